//! The tablet app: carries out in the browser what the screens mean to do.
//!
//! Decisions are elsewhere: what a screen shows in `screens`, what to send in `sync`, what is
//! stored in `storage`. Here are the browser, the keys, the network, and the one queue through
//! which every recording goes.
#![doc = include_str!("README.md")]

mod browser;
mod canary;
mod carrying;
mod draft_field;
mod erasing;
mod exporting;
mod install;
mod jobs;
mod keys;
mod leaving;
mod library;
mod network;
mod opening;
mod outbox;
mod overview;
mod practice;
mod record;
mod recording;
mod safety;
mod seat;
mod shell;
mod showing;
mod shown;
mod start;
mod syncing;
mod tablet;
mod tabs;
mod together;
mod trouble;
mod updating;
mod vault;
mod worker;

/// Name and version of this program, as journals and seats name it.
const APP: &str = concat!("bienban-tablet ", env!("CARGO_PKG_VERSION"));

/// The facts on this tablet.
type Facts = storage::store::Store<storage::indexed_db::IndexedDb, storage::vault::Vault>;

fn main() {
    screens::mount(|| {
        let tablet = tablet::Tablet::new(screens::seam::Board::new());
        let wiring = tablet::wiring(&tablet);
        start::start(tablet);
        wiring
    });
}
