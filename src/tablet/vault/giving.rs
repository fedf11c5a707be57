//! The file of a locked vault, for headquarters to open with its escrow key.

use std::rc::Rc;

use domain::moment::Moment;
use leptos::prelude::*;
use proof::vault::file::EXTENSION;
use screens::seam::{Export, ExportTrouble, StoreTrouble};
use storage::indexed_db::IndexedDb;
use storage::vault::giving;

use crate::tablet::Tablet;
use crate::{browser, exporting, trouble, vault};

/// What the file is to the browser.
const MEDIA_TYPE: &str = "application/octet-stream";

/// Makes the file and shows where it is.
pub(crate) async fn give(tablet: Rc<Tablet>, id: String) {
    tablet.board.vault_file.set(Export::Preparing);
    let made = make(&tablet, &id).await;
    tablet.board.vault_file.set(made.unwrap_or_else(Export::Failed));
}

async fn make(tablet: &Tablet, id: &str) -> Result<Export, ExportTrouble> {
    let unavailable = ExportTrouble::Store(StoreTrouble::Unavailable);
    let vaults = tablet.vaults().ok_or(unavailable)?;
    let slots = vault::slots(&vaults).await.map_err(ExportTrouble::Store)?;
    let slot = slots.iter().find(|slot| slot.id.to_string() == id).ok_or(unavailable)?;
    let rows = vault::rows(IndexedDb::open(&slot.database, |_| {}).await);
    let given = giving::give(slot, &rows.map_err(ExportTrouble::Store)?).await;
    let given = given.map_err(|fault| ExportTrouble::Store(trouble::of(&fault)))?;
    let given = given.ok_or(ExportTrouble::NoKey)?;
    let href = exporting::address(&given.to_bytes(), MEDIA_TYPE).ok_or(ExportTrouble::TooLarge)?;
    Ok(Export::Ready { href, file_name: file_name(browser::now(), slot.number), events: 0 })
}

fn file_name(now: Moment, number: u32) -> String {
    let Some(at) = now.local() else { return format!("bienban-{number}{EXTENSION}") };
    let day = format!("{:04}{:02}{:02}", at.year(), at.month(), at.day());
    format!("bienban-{day}-{number}{EXTENSION}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_says_the_day_and_the_place_and_nobodys_name() {
        assert_eq!(file_name(Moment(0), 2), "bienban-19700101-2.bienban-vault");
    }
}
