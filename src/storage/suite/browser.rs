//! The suite on IndexedDB in a real browser, and what only a browser can show.
//!
//! No page can fill a browser's quota in reasonable time, so a full disk is the one thing that
//! is feigned: a request throws what the browser throws then. Everything else is real.

use core::cell::Cell;
use core::future::Future;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::samples::{appended, batch, journal};
use super::{Place, Vaulted, samples};
use crate::contract::{Appended, Fault};
use crate::directory::Directory;
use crate::indexed_db::{Closed, IndexedDb, Open, VERSION, delete, exists};
use crate::seam::Clear;
use crate::store::Store;
use crate::tables::{Read, Span, Table, Tables};

wasm_bindgen_test_configure!(run_in_browser);

/// A database of its own for one case.
struct Browser {
    name: String,
}

impl Browser {
    async fn empty(case: &str) -> Self {
        let name = format!("suite-{case}");
        run(
            "(name) => new Promise((done, failed) => {
                const request = indexedDB.deleteDatabase(name);
                request.onsuccess = done;
                request.onerror = request.onblocked = failed;
            })",
            &[&name],
        )
        .await;
        Self { name }
    }
}

impl Place for Browser {
    type Rows = IndexedDb;
    type Seam = Clear;

    fn seam(&self) -> Clear {
        Clear
    }

    async fn rows(&self) -> IndexedDb {
        ready(IndexedDb::open(&self.name, |_| {}).await)
    }

    fn fill_up_after(&self, changes: usize) {
        call(
            "(changes) => {
                const genuine = IDBObjectStore.prototype.put;
                IDBObjectStore.prototype.put = function (...given) {
                    if (changes-- > 0) return genuine.apply(this, given);
                    IDBObjectStore.prototype.put = genuine;
                    throw new DOMException('no room', 'QuotaExceededError');
                };
            }",
            &[&changes.to_string()],
        );
    }
}

macro_rules! in_the_browser {
    ($($module:ident :: $case:ident;)*) => {
        $(
            #[wasm_bindgen_test]
            async fn $case() {
                super::$module::$case(Browser::empty(stringify!($case)).await).await;
            }
        )*
    };
}
super::for_each_case!(in_the_browser);

/// The same cases behind a vault.
mod behind_a_vault {
    use super::*;

    macro_rules! in_the_browser_behind_a_vault {
        ($($module:ident :: $case:ident;)*) => {
            $(
                #[wasm_bindgen_test]
                async fn $case() {
                    let place = Browser::empty(concat!("vault-", stringify!($case))).await;
                    super::super::$module::$case(Vaulted(place)).await;
                }
            )*
        };
    }
    crate::suite::for_each_case!(in_the_browser_behind_a_vault);
}

#[wasm_bindgen_test]
async fn a_database_is_found_and_deleted_and_none_is_made_by_asking() {
    let place = Browser::empty("exists").await;
    for _ in 0..2 {
        assert_eq!(exists(&place.name).await, Ok(false));
    }
    let store = place.open().await;
    assert_eq!(exists(&place.name).await, Ok(true));
    drop(store);
    assert_eq!(delete(&place.name).await, Ok(()));
    assert_eq!(exists(&place.name).await, Ok(false));
}

#[wasm_bindgen_test]
async fn the_directory_of_vaults_is_kept() {
    let name = Browser::empty("directory").await.name;
    let open = async || Directory::new(ready(IndexedDb::open_directory(&name, |_| {}).await));
    let added = open().await.add(samples::slot(1)).await.expect("it has room");
    assert_eq!(added.number, 1);
    assert_eq!(open().await.slots().await.expect("it reads").rows, [added]);
}

#[wasm_bindgen_test]
async fn every_write_is_strict() {
    let place = Browser::empty("strict").await;
    let store = place.open().await;
    call(
        "() => {
            const genuine = IDBDatabase.prototype.transaction;
            self.seenTransactions = [];
            self.unspy = () => { IDBDatabase.prototype.transaction = genuine; };
            IDBDatabase.prototype.transaction = function (...given) {
                const transaction = genuine.apply(this, given);
                self.seenTransactions.push(transaction.mode + ' ' + transaction.durability);
                return transaction;
            };
        }",
        &[],
    );
    appended(&store, journal(1, 1), &["a", "b"]).await;
    store.put_draft(&samples::draft("facts", "a")).await.expect("it can be written");
    store.entries(journal(1, 1).inspection).await.expect("it reads");
    let seen = call("() => { self.unspy(); return self.seenTransactions.join(', '); }", &[]);
    let expected = "readwrite strict, readwrite strict, readonly default";
    assert_eq!(seen.as_string().as_deref(), Some(expected), "one transaction each");
}

#[wasm_bindgen_test]
async fn a_transaction_aborted_by_the_browser_leaves_nothing() {
    let place = Browser::empty("aborted").await;
    let store = place.open().await;
    let first = appended(&store, journal(1, 1), &["a"]).await;
    call(
        "() => {
            const genuine = IDBObjectStore.prototype.put;
            let puts = 0;
            IDBObjectStore.prototype.put = function (...given) {
                const request = genuine.apply(this, given);
                if (++puts === 2) {
                    IDBObjectStore.prototype.put = genuine;
                    request.onsuccess = () => { try { this.transaction.abort(); } catch {} };
                    this.transaction.commit = () => {};
                }
                return request;
            };
        }",
        &[],
    );
    let outcome = store.append(&batch(journal(1, 1), first.tip(), &["b", "c", "d"])).await;
    assert!(matches!(outcome, Appended::Failed(Fault::Other(_))), "{outcome:?}");
    assert_eq!(place.lying_in(Table::Events).await.len(), 1);
    assert_eq!(store.tips().await.expect("it reads").rows[0].tip, first.tip().expect("one"));
}

#[wasm_bindgen_test]
async fn a_read_that_the_browser_breaks_off_is_a_fault_and_does_not_hang() {
    let store = Browser::empty("broken-off").await.open().await;
    appended(&store, journal(1, 1), &["a"]).await;
    call(
        "() => {
            const genuine = IDBObjectStore.prototype.getAll;
            IDBObjectStore.prototype.getAll = function (...given) {
                IDBObjectStore.prototype.getAll = genuine;
                const request = genuine.apply(this, given);
                queueMicrotask(() => this.transaction.abort());
                return request;
            };
        }",
        &[],
    );
    let read = store.entries(journal(1, 1).inspection).await;
    assert!(matches!(read, Err(Fault::Other(_))), "{read:?}");
    assert_eq!(store.entries(journal(1, 1).inspection).await.expect("it reads").rows.len(), 1);
}

#[wasm_bindgen_test]
async fn a_tab_gives_way_to_a_newer_version_and_says_so() {
    let place = Browser::empty("gives-way").await;
    let told = Rc::new(Cell::new(None));
    let on_closed = {
        let told = Rc::clone(&told);
        move |closed| told.set(Some(closed))
    };
    let old = Store::new(ready(IndexedDb::open(&place.name, on_closed).await), Clear);
    let first = appended(&old, journal(1, 1), &["a"]).await;

    let newer = ready(IndexedDb::open_version(&place.name, VERSION + 1, |_| {}).await);
    assert_eq!(told.get(), Some(Closed::GaveWay));
    assert_eq!(old.tables().closed(), Some(Closed::GaveWay));
    let outcome = old.append(&batch(journal(1, 1), first.tip(), &["b"])).await;
    assert_eq!(outcome, Appended::Failed(Fault::Blocked));
    assert_eq!(old.tips().await, Err(Fault::Blocked));

    let read = Read::keys(Table::Events, Span::Under(crate::tables::Key(vec![])));
    let kept = newer.read(&[read]).await.expect("it reads");
    assert_eq!(kept[0].len(), 1, "what was stored is there for the newer version");
    let again = IndexedDb::open(&place.name, |_| {}).await;
    assert!(matches!(again, Open::Newer), "an older app does not open a newer store");
    let as_it_is = IndexedDb::open_newer(&place.name).await.expect("it reads what it understands");
    let run = Store::new(as_it_is, Clear).run(journal(1, 1), 0, 500, 1 << 20).await;
    assert_eq!(run.expect("it reads").events.len(), 1, "and so it can still export");
}

#[wasm_bindgen_test]
async fn what_was_hoped_for_and_never_decided_on_is_taken_back() {
    let place = Browser::empty("undecided").await;
    let store = place.open().await;
    let first = appended(&store, journal(1, 1), &["a"]).await;
    let lost = batch(journal(1, 1), first.tip(), &["lost"]);
    {
        let mut appending = core::pin::pin!(store.append(&lost));
        let mut context = core::task::Context::from_waker(core::task::Waker::noop());
        assert!(appending.as_mut().poll(&mut context).is_pending(), "everything is asked for");
    }
    assert_eq!(place.lying_in(Table::Events).await.len(), 1);
    let more = batch(journal(1, 1), first.tip(), &["b"]);
    assert_eq!(store.append(&more).await, Appended::Stored);
}

#[wasm_bindgen_test]
async fn what_is_hoped_for_goes_out_before_anything_has_come_back() {
    let place = Browser::empty("at-once").await;
    let store = place.open().await;
    let first = appended(&store, journal(1, 1), &["a"]).await;
    let more = batch(journal(1, 1), first.tip(), &["b"]);
    call(
        "() => {
            self.puts = self.transactions = 0;
            const counted = (prototype, name, count) => {
                const genuine = prototype[name];
                prototype[name] = function (...given) {
                    count();
                    return genuine.apply(this, given);
                };
                return () => { prototype[name] = genuine; };
            };
            const put = counted(IDBObjectStore.prototype, 'put', () => { self.puts += 1; });
            const begin = counted(IDBDatabase.prototype, 'transaction',
                () => { self.transactions += 1; });
            self.genuine = () => { put(); begin(); };
        }",
        &[],
    );
    let mut appending = core::pin::pin!(store.append(&more));
    let mut context = core::task::Context::from_waker(core::task::Waker::noop());
    assert!(appending.as_mut().poll(&mut context).is_pending());
    assert_eq!(call("() => self.puts", &[]).as_f64(), Some(2.0), "the event and the tip");
    assert_eq!(appending.await, Appended::Stored);
    let begun = call("() => { self.genuine(); return self.transactions; }", &[]);
    assert_eq!(begun.as_f64(), Some(1.0), "no hope was in vain");
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_give_way_blocks_the_opening() {
    let place = Browser::empty("blocks").await;
    run(
        "(name) => new Promise((done, failed) => {
            const request = indexedDB.open(name, 1);
            request.onsuccess = () => { self.stubborn = request.result; done(); };
            request.onerror = failed;
        })",
        &[&place.name],
    )
    .await;
    let outcome = IndexedDb::open_version(&place.name, VERSION, |_| {}).await;
    assert!(matches!(outcome, Open::Blocked));

    // Once the other tab is gone, opening again works: the late connection is not in the way.
    call("() => self.stubborn.close()", &[]);
    ready(IndexedDb::open_version(&place.name, VERSION + 1, |_| {}).await);
}

#[wasm_bindgen_test]
async fn a_store_of_version_1_is_brought_to_this_one_with_everything_in_it() {
    let (place, source) = (Browser::empty("version-1").await, Browser::empty("version-1-of").await);
    let written = source.open().await;
    let first = appended(&written, journal(1, 1), &["a", "b"]).await;
    written.put_draft(&samples::draft("facts", "a")).await.expect("it can be written");
    drop(written);
    // The nine tables of version 1, with the same rows.
    run(
        "async (from, to) => {
            const tables =
                'events places heads journals inspections packs drafts meta marks'.split(' ');
            const settled = (request) => new Promise((done, failed) => {
                request.onsuccess = () => done(request.result);
                request.onerror = failed;
            });
            const old = indexedDB.open(to, 1);
            old.onupgradeneeded = () => {
                tables.forEach((table) => old.result.createObjectStore(table));
            };
            const [source, target] = [await settled(indexedDB.open(from)), await settled(old)];
            for (const table of tables) {
                const rows = source.transaction(table).objectStore(table);
                const [keys, values] =
                    await Promise.all([settled(rows.getAllKeys()), settled(rows.getAll())]);
                const copying = target.transaction(table, 'readwrite');
                const copied = new Promise((done) => { copying.oncomplete = done; });
                keys.forEach((key, at) => copying.objectStore(table).put(values[at], key));
                // A connection with a transaction under way is not closed yet.
                await copied;
            }
            source.close();
            target.close();
        }",
        &[&source.name, &place.name],
    )
    .await;

    let store = place.open().await;
    let entries = store.entries(journal(1, 1).inspection).await.expect("it reads").rows;
    assert_eq!(entries.len(), 2);
    assert_eq!(store.drafts(journal(1, 1).inspection).await.expect("it reads").rows.len(), 1);
    let more = batch(journal(1, 1), first.tip(), &["c"]);
    assert_eq!(store.append(&more).await, Appended::Stored);
    store.carry("a.bienban", vec![1], domain::moment::Moment(0)).await.expect("it has its table");
    let again = IndexedDb::open_version(&place.name, 1, |_| {}).await;
    assert!(matches!(again, Open::Newer), "an older app does not open a newer store");
}

#[wasm_bindgen_test]
async fn a_store_without_one_of_its_tables_is_damaged() {
    let place = Browser::empty("missing-table").await;
    run(
        "(name) => new Promise((done, failed) => {
            const request = indexedDB.open(name, 2);
            request.onupgradeneeded = () => request.result.createObjectStore('events');
            request.onsuccess = () => { request.result.close(); done(); };
            request.onerror = failed;
        })",
        &[&place.name],
    )
    .await;
    let Open::Failed(Fault::Damaged(damage)) = IndexedDb::open(&place.name, |_| {}).await else {
        panic!("a store with one table of ten must not open");
    };
    assert_eq!(damage.table, Table::Places);
}

#[wasm_bindgen_test]
async fn a_value_that_is_no_bytes_is_named() {
    let place = Browser::empty("no-bytes").await;
    let store = place.open().await;
    appended(&store, journal(1, 1), &["a", "b"]).await;
    run(
        "(name) => new Promise((done, failed) => {
            const request = indexedDB.open(name);
            request.onerror = failed;
            request.onsuccess = () => {
                const transaction = request.result.transaction('events', 'readwrite');
                transaction.oncomplete = () => { request.result.close(); done(); };
                const events = transaction.objectStore('events');
                events.getAllKeys().onsuccess = ({ target }) => {
                    events.put('not bytes', target.result[0]);
                };
            };
        })",
        &[&place.name],
    )
    .await;
    let entries = store.entries(journal(1, 1).inspection).await.expect("the other is readable");
    assert_eq!((entries.rows.len(), entries.damaged.len()), (1, 1));
}

#[wasm_bindgen_test]
async fn the_device_tells_what_this_browser_tells() {
    let device = Browser::empty("device").await.open().await.health().await;
    let device = device.expect("it reads").device;
    let has_manager = call("() => 'storage' in navigator", &[]).as_bool() == Some(true);
    assert_eq!(device.quota_bytes.is_some(), has_manager);
    assert_eq!(device.persisted.is_some(), has_manager);
    assert!(device.quota_bytes.is_none_or(|quota| quota > 0));
}

/// The times are for whoever looks at them with `--nocapture`; nothing is decided by a clock.
#[wasm_bindgen_test]
async fn three_thousand_events_read_back() {
    let place = Browser::empty("many").await;
    let store = place.open().await;
    let names: Vec<String> = (0..3_000).map(|number| format!("act {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let started = now_ms();
    let batch = appended(&store, journal(1, 1), &names).await;
    let written = now_ms();
    let entries = store.entries(journal(1, 1).inspection).await.expect("it reads");
    let read = now_ms();
    assert_eq!((entries.rows.len(), entries.damaged.len()), (3_000, 0));
    let mut tip = batch.tip();
    for name in &names[..20] {
        let one = samples::batch(journal(1, 1), tip, &[name]);
        assert_eq!(store.append(&one).await, Appended::Stored);
        tip = one.tip();
    }
    let each = (now_ms() - read) / 20.0;
    wasm_bindgen_test::console_log!(
        "3,000 events: append {:.0} ms, read and verify {:.0} ms; one event each: {each:.1} ms",
        written - started,
        read - written,
    );
}

fn ready(open: Open) -> IndexedDb {
    match open {
        Open::Ready(rows) => rows,
        Open::Newer => panic!("the store is newer"),
        Open::Blocked => panic!("the store is blocked"),
        Open::Failed(fault) => panic!("the store does not open: {fault}"),
    }
}

fn now_ms() -> f64 {
    call("() => performance.now()", &[]).as_f64().expect("it is a number")
}

/// Calls a function written in the browser's language.
fn call(source: &str, arguments: &[&str]) -> JsValue {
    let function: Function =
        js_sys::eval(&format!("({source})")).expect("it parses").dyn_into().expect("a function");
    let arguments = arguments.iter().map(|argument| JsValue::from(*argument)).collect();
    Reflect::apply(&function, &JsValue::UNDEFINED, &arguments).expect("it does not throw")
}

/// Calls a function that promises something, and waits for it.
async fn run(source: &str, arguments: &[&str]) {
    let promise: Promise = call(source, arguments).dyn_into().expect("a promise");
    JsFuture::from(promise).await.expect("the promise is kept");
}
