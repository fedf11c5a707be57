//! One transaction: its requests, and waiting for it.
//!
//! Requests of a transaction are answered in order, so only the last one is waited for. No
//! callback of ours is ever registered: the browser resolves promises itself, and nothing can
//! be called after it was dropped.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::running::Running;
use crate::tables::{Change, Key, Read, Row, Span, Table, Want};

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Reading; may run beside other reading.
    ReadOnly,
    /// Reading and writing, alone on its tables; complete when the browser has told the disk.
    StrictReadWrite,
}

/// One transaction of the browser's database.
pub(super) struct Transaction {
    inner: IdbTransaction,
    /// `complete` or `abort`, whichever comes; registered at once, so that neither is missed.
    done: Promise,
    _running: Running,
}

impl Transaction {
    /// Opens a transaction over these tables.
    ///
    /// `web-sys` has the options behind a flag for the whole build, hence by hand.
    pub(super) fn begin(
        database: &IdbDatabase,
        tables: &[Table],
        mode: Mode,
    ) -> Result<Self, JsValue> {
        let names: Array = tables.iter().map(|table| JsValue::from(table.name())).collect();
        let options = Object::new();
        let mode = match mode {
            Mode::ReadOnly => "readonly",
            Mode::StrictReadWrite => {
                Reflect::set(&options, &"durability".into(), &"strict".into())?;
                "readwrite"
            }
        };
        let begin: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
        let inner: IdbTransaction =
            begin.call3(database, &names, &mode.into(), &options)?.dyn_into()?;
        let done = promise(|resolve, _| {
            inner.set_oncomplete(Some(resolve));
            inner.set_onabort(Some(resolve));
        });
        let running = Running::of(&inner);
        Ok(Self { inner, done, _running: running })
    }

    /// Reads everything that is asked for.
    pub(super) async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, JsValue> {
        found(&self.ask_all(reads)?).await
    }

    /// Reads, and makes changes before anything of it has come back.
    pub(super) async fn read_and_change(
        &self,
        reads: &[Read],
        changes: &[Change],
    ) -> Result<(Vec<Vec<Row>>, Undecided<'_>), JsValue> {
        let undecided = Undecided(self);
        let asked = self.ask_all(reads)?;
        changes.iter().try_for_each(|change| self.change(change))?;
        Ok((found(&asked).await?, undecided))
    }

    fn ask_all(&self, reads: &[Read]) -> Result<Vec<Asked>, JsValue> {
        reads.iter().map(|read| self.ask(read)).collect()
    }

    fn ask(&self, read: &Read) -> Result<Asked, JsValue> {
        let table = self.table(read.table)?;
        if let Span::Exactly(key) = &read.span {
            return Asked::one(&table, key, read.want);
        }
        Asked::several(&table, &range(&read.span)?, read.limit, read.want)
    }

    /// Makes one change; whether it worked is known when the transaction is complete.
    pub(super) fn change(&self, change: &Change) -> Result<(), JsValue> {
        match change {
            Change::Put(table, Row { key, bytes }) => {
                let value = Uint8Array::from(bytes.as_slice());
                self.table(*table)?.put_with_key(&value, &key_of(key))?;
            }
            Change::Delete(table, key) => {
                self.table(*table)?.delete(&key_of(key))?;
            }
        }
        Ok(())
    }

    /// Waits until everything is on disk. Nothing more can be asked or changed.
    pub(super) async fn complete(self) -> Result<(), JsValue> {
        #[expect(deprecated, reason = "`web-sys` marks it so, no browser and no standard does")]
        // Saves the browser from finding out by itself; one that cannot be told finds out.
        let _ = self.inner.commit();
        let event: web_sys::Event = JsFuture::from(self.done).await?.dyn_into()?;
        if event.type_() == "complete" {
            return Ok(());
        }
        let aborted = || js_sys::Error::new("the transaction was aborted").into();
        Err(self.inner.error().map_or_else(aborted, JsValue::from))
    }

    /// Takes everything back.
    pub(super) fn abort(&self) {
        // It fails only when the transaction is over, and then there is nothing to take back.
        let _ = self.inner.abort();
    }

    fn table(&self, table: Table) -> Result<IdbObjectStore, JsValue> {
        self.inner.object_store(table.name())
    }
}

/// Changes that nobody has decided on: left so, they are taken back. The browser completes no
/// transaction before the answers to its reads have been heard, so there is always time for it.
pub(super) struct Undecided<'t>(&'t Transaction);

impl Undecided<'_> {
    /// They are to stay.
    pub(super) fn keep(self) {
        core::mem::forget(self);
    }
}

impl Drop for Undecided<'_> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What was asked of the browser for one [`Read`].
enum Asked {
    /// The value at a key.
    Value(Key, IdbRequest),
    /// Whether there is something at a key.
    Presence(Key, IdbRequest),
    /// Several values with their keys.
    Rows { keys: IdbRequest, values: IdbRequest },
    /// Several keys.
    Keys(IdbRequest),
}

impl Asked {
    fn one(table: &IdbObjectStore, key: &Key, want: Want) -> Result<Self, JsValue> {
        match want {
            Want::Rows => Ok(Self::Value(key.clone(), table.get(&key_of(key))?)),
            Want::Keys => Ok(Self::Presence(key.clone(), table.get_key(&key_of(key))?)),
        }
    }

    fn several(
        table: &IdbObjectStore,
        range: &JsValue,
        limit: Option<u32>,
        want: Want,
    ) -> Result<Self, JsValue> {
        let keys = match limit {
            Some(limit) => table.get_all_keys_with_key_and_limit(range, limit)?,
            None => table.get_all_keys_with_key(range)?,
        };
        if want == Want::Keys {
            return Ok(Self::Keys(keys));
        }
        let values = match limit {
            Some(limit) => table.get_all_with_key_and_limit(range, limit)?,
            None => table.get_all_with_key(range)?,
        };
        Ok(Self::Rows { keys, values })
    }

    fn last_request(&self) -> &IdbRequest {
        match self {
            Self::Value(_, request) | Self::Presence(_, request) | Self::Keys(request) => request,
            Self::Rows { values, .. } => values,
        }
    }

    fn rows(&self) -> Result<Vec<Row>, JsValue> {
        match self {
            Self::Value(key, request) => {
                let value = request.result()?;
                let found = (!value.is_undefined()).then(|| bytes_of(&value));
                Ok(found.map(|bytes| Row { key: key.clone(), bytes }).into_iter().collect())
            }
            Self::Presence(key, request) => {
                let found = !request.result()?.is_undefined();
                let row = Row { key: key.clone(), bytes: Vec::new() };
                Ok(found.then_some(row).into_iter().collect())
            }
            Self::Rows { keys, values } => {
                let (keys, values) = (list(keys)?, list(values)?);
                let row = |(key, value): (JsValue, JsValue)| Row {
                    key: Key(key_bytes(&key)),
                    bytes: bytes_of(&value),
                };
                Ok(keys.iter().zip(values.iter()).map(row).collect())
            }
            Self::Keys(keys) => {
                let row = |key: JsValue| Row { key: Key(key_bytes(&key)), bytes: Vec::new() };
                Ok(list(keys)?.iter().map(row).collect())
            }
        }
    }
}

/// What was found for everything that was asked.
async fn found(asked: &[Asked]) -> Result<Vec<Vec<Row>>, JsValue> {
    if let Some(last) = asked.last() {
        answered(last.last_request()).await?;
    }
    asked.iter().map(Asked::rows).collect()
}

/// Waits for a request; the transaction is still open when it is answered.
pub(super) async fn answered(request: &IdbRequest) -> Result<(), JsValue> {
    let answer = promise(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
    });
    match JsFuture::from(answer).await {
        Ok(_) => Ok(()),
        Err(event) => Err(request.error()?.map_or(event, JsValue::from)),
    }
}

/// A promise whose two ends are handed out at once.
pub(super) fn promise(mut hand_out: impl FnMut(&Function, &Function)) -> Promise {
    Promise::new(&mut |resolve, reject| hand_out(&resolve, &reject))
}

fn list(request: &IdbRequest) -> Result<Array, JsValue> {
    request.result()?.dyn_into()
}

fn range(span: &Span) -> Result<JsValue, JsValue> {
    let (from, under) = match span {
        Span::Exactly(key) => return Ok(key_of(key)),
        Span::Under(under) => (under, under),
        Span::From { from, under } => (from.max(under), under),
    };
    let range = match under.after_prefix() {
        Some(after) => IdbKeyRange::bound_with_lower_open_and_upper_open(
            &key_of(from),
            &key_of(&after),
            false,
            true,
        )?,
        None => IdbKeyRange::lower_bound(&key_of(from))?,
    };
    Ok(range.into())
}

fn key_of(key: &Key) -> JsValue {
    Uint8Array::from(key.0.as_slice()).into()
}

/// The browser hands keys back as `ArrayBuffer`s.
fn key_bytes(key: &JsValue) -> Vec<u8> {
    Uint8Array::new(key).to_vec()
}

/// The bytes of a value; none for a value that is no bytes, which then cannot be read as a row.
fn bytes_of(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}
