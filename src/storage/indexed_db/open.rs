//! Opening the store, bringing it to this version, and giving way to a later one.
//!
//! A change of the store only ever adds; what an older shell needs stays.

use core::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequestReadyState};

use super::IndexedDb;
use super::fault::{fault_of, is_newer, text_of};
use super::requests::promise;
use crate::contract::{Damage, Fault};
use crate::tables::Table;

/// The version of the store that this build writes: the tables of [`Table::ALL`]. Version 1 had
/// no `carried`.
pub(crate) const VERSION: u32 = 2;

/// The version of the directory of vaults: the tables of [`Table::DIRECTORY`].
const DIRECTORY_VERSION: u32 = 1;

/// Which tables a database has, and from which version on.
#[derive(Debug, Clone, Copy)]
struct Layout {
    tables: &'static [Table],
    version: Option<u32>,
}

/// A store at a version; as it is, without one.
const fn store_layout(version: Option<u32>) -> Layout {
    Layout { tables: &Table::ALL, version }
}

/// What came of opening the store.
pub enum Open {
    /// It is open.
    Ready(IndexedDb),
    /// It was written by a newer version of the app: update this one, or export.
    Newer,
    /// Another tab holds an older version and does not let go: close it.
    Blocked,
    /// It cannot be opened.
    Failed(Fault),
}

/// Why a connection was closed from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Another tab brings the store to another version, or deletes it.
    GaveWay,
    /// The browser closed it, because the place is gone or broken.
    ByBrowser,
}

impl IndexedDb {
    /// Opens the store of this name, making it when it is not there. `on_closed` is called when
    /// the connection is closed from outside: the screen has to say "reload".
    pub async fn open(name: &str, on_closed: impl Fn(Closed) + 'static) -> Open {
        Self::open_version(name, VERSION, on_closed).await
    }

    /// Opens the directory of vaults, making it when it is not there.
    pub async fn open_directory(name: &str, on_closed: impl Fn(Closed) + 'static) -> Open {
        let layout = Layout { tables: &Table::DIRECTORY, version: Some(DIRECTORY_VERSION) };
        Self::open_layout(name, layout, on_closed).await
    }

    /// Opens a store that a newer version of the app wrote, as it is: for exporting what this one
    /// understands of it. A newer version only ever added.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn open_newer(name: &str) -> Result<Self, Fault> {
        let layout = store_layout(None);
        let opened = match request(name, layout) {
            Ok(request) => opened(&request).await,
            Err(error) => Err(error),
        };
        let opened = opened.map_err(|error| fault_of(&error))?;
        match opened.map(|database| ready(database, layout, |_| {})) {
            Some(Open::Ready(rows)) => Ok(rows),
            Some(Open::Failed(fault)) => Err(fault),
            Some(Open::Newer | Open::Blocked) | None => Err(Fault::Blocked),
        }
    }

    /// Opens the store at a version other than that of this build, for tests.
    pub(crate) async fn open_version(
        name: &str,
        version: u32,
        on_closed: impl Fn(Closed) + 'static,
    ) -> Open {
        Self::open_layout(name, store_layout(Some(version)), on_closed).await
    }

    async fn open_layout(name: &str, layout: Layout, on_closed: impl Fn(Closed) + 'static) -> Open {
        let request = match request(name, layout) {
            Ok(request) => request,
            Err(error) => return Open::Failed(fault_of(&error)),
        };
        match opened(&request).await {
            Ok(Some(database)) => ready(database, layout, on_closed),
            Ok(None) => {
                close_when_opened(&request);
                Open::Blocked
            }
            Err(error) if is_newer(&error) => Open::Newer,
            Err(error) => Open::Failed(fault_of(&error)),
        }
    }
}

/// The browser's databases.
fn factory() -> Result<IdbFactory, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    factory
        .dyn_into()
        .map_err(|_| js_sys::Error::new("this browser gives no `indexedDB` to this page").into())
}

/// Whether there is a database of this name. None is made by asking.
///
/// # Errors
/// See [`Fault`].
pub async fn exists(name: &str) -> Result<bool, Fault> {
    let request =
        factory().and_then(|factory| factory.open(name)).map_err(|error| fault_of(&error))?;
    let refuse = {
        let request = request.clone();
        // Only a database that is not there needs making; it is not made.
        Closure::once_into_js(move || match request.transaction() {
            Some(upgrade) => upgrade.abort(),
            None => Ok(()),
        })
    };
    request.set_onupgradeneeded(Some(refuse.unchecked_ref()));
    match opened(&request).await {
        Ok(Some(database)) => {
            database.close();
            Ok(true)
        }
        Ok(None) => Err(Fault::Blocked),
        Err(error) if text_of(&error, "name") == "AbortError" => Ok(false),
        Err(error) => Err(fault_of(&error)),
    }
}

/// Deletes the database of this name with everything in it.
///
/// # Errors
/// [`Fault::Blocked`] when another tab holds it open; it goes when that tab lets go.
pub async fn delete(name: &str) -> Result<(), Fault> {
    let request = factory().and_then(|factory| factory.delete_database(name));
    let request = request.map_err(|error| fault_of(&error))?;
    let answer = promise(|resolve, _| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(resolve));
        request.set_onblocked(Some(resolve));
    });
    JsFuture::from(answer).await.map_err(|error| fault_of(&error))?;
    if request.ready_state() != IdbRequestReadyState::Done {
        return Err(Fault::Blocked);
    }
    match request.error().map_err(|error| fault_of(&error))? {
        Some(error) => Err(fault_of(&error.into())),
        None => Ok(()),
    }
}

/// Asks for a database; without a version, as it is.
fn request(name: &str, layout: Layout) -> Result<IdbOpenDbRequest, JsValue> {
    let factory = factory()?;
    let request = match layout.version {
        Some(version) => factory.open_with_u32(name, version)?,
        None => factory.open(name)?,
    };
    let upgrade = {
        let request = request.clone();
        // An error in here aborts the upgrade and comes back as the request's own error.
        Closure::once_into_js(move || upgrade(&request, layout.tables))
    };
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    Ok(request)
}

/// Adds the tables that are missing.
fn upgrade(request: &IdbOpenDbRequest, tables: &[Table]) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.dyn_into()?;
    let present = database.object_store_names();
    for table in tables {
        if !present.contains(table.name()) {
            database.create_object_store(table.name())?;
        }
    }
    Ok(())
}

/// Waits for the connection; `None` when another one is in the way.
async fn opened(request: &IdbOpenDbRequest) -> Result<Option<IdbDatabase>, JsValue> {
    let answer = promise(|resolve, _| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(resolve));
        request.set_onblocked(Some(resolve));
    });
    JsFuture::from(answer).await?;
    if request.ready_state() != IdbRequestReadyState::Done {
        return Ok(None);
    }
    match request.error()? {
        Some(error) => Err(error.into()),
        None => Ok(Some(request.result()?.dyn_into()?)),
    }
}

/// Nobody waits for this connection any longer: it must not be in the way of the next one.
fn close_when_opened(request: &IdbOpenDbRequest) {
    let late = request.clone();
    let close = Closure::once_into_js(move || {
        if let Ok(Ok(database)) = late.result().map(JsCast::dyn_into::<IdbDatabase>) {
            database.close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
}

fn ready(database: IdbDatabase, layout: Layout, on_closed: impl Fn(Closed) + 'static) -> Open {
    if let Some(table) = missing(&database, layout.tables) {
        database.close();
        let why = "the table is missing".to_owned();
        return Open::Failed(Fault::Damaged(Damage { table, row: String::new(), why }));
    }
    let closed = Rc::new(Cell::new(None));
    let on_closed = Rc::new(on_closed);
    let handlers = [Closed::GaveWay, Closed::ByBrowser].map(|why| {
        let (database, closed, on_closed) =
            (database.clone(), Rc::clone(&closed), Rc::clone(&on_closed));
        Closure::<dyn FnMut(Event)>::new(move |_| {
            database.close();
            closed.set(Some(why));
            on_closed(why);
        })
    });
    let [gave_way, by_browser] = &handlers;
    database.set_onversionchange(Some(gave_way.as_ref().unchecked_ref()));
    database.set_onclose(Some(by_browser.as_ref().unchecked_ref()));
    Open::Ready(IndexedDb { database, closed, _handlers: handlers })
}

fn missing(database: &IdbDatabase, tables: &[Table]) -> Option<Table> {
    let present = database.object_store_names();
    tables.iter().copied().find(|table| !present.contains(table.name()))
}
