//! Words and keys written in clear into every place of a browser, as a careless page writes them:
//! a search that does not find them there finds nothing anywhere.

use serde_json::json;
use thirtyfour::WebDriver;

use crate::browser::Engine;
use crate::profile::needle::{Needle, What};

/// A place in which a browser keeps what pages give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What it is, for people.
    pub name: &'static str,
    /// Parts of the paths of its files.
    pub files: &'static [&'static str],
    /// What of everything is kept there.
    pub keeps: Keeps,
    /// Whether it is written within seconds, or at leisure and when the browser is closed.
    pub is_soon: bool,
}

/// What is written to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Words and bytes.
    Everything,
    /// Words.
    Words,
    /// The first word: it is in the address and the title of the page, the others are not, so that
    /// what is typed cannot be taken for them.
    FirstWord,
}

const fn place(name: &'static str, files: &'static [&'static str], keeps: Keeps) -> Place {
    Place { name, files, keeps, is_soon: true }
}

const OF_CHROMIUM: &[Place] = &[
    place("IndexedDB", &["Default/IndexedDB/"], Keeps::Everything),
    place("Cache", &["/CacheStorage/"], Keeps::Everything),
    Place { is_soon: false, ..place("local storage", &["Default/Local Storage/"], Keeps::Words) },
    place("session storage", &["Default/Session Storage/"], Keeps::Words),
    place("fields of a session", &["Default/Sessions/"], Keeps::Words),
    place("history", &["Default/History"], Keeps::FirstWord),
];

const OF_FIREFOX: &[Place] = &[
    place("IndexedDB", &["/idb/"], Keeps::Everything),
    place("Cache", &["/cache/"], Keeps::Everything),
    place("local storage", &["/ls/"], Keeps::Words),
    place("session", &["sessionstore"], Keeps::Words),
    place("history", &["places.sqlite"], Keeps::FirstWord),
];

const OF_WEBKIT: &[Place] = &[
    place("IndexedDB", &["IndexedDB"], Keeps::Everything),
    place("Cache", &["CacheStorage"], Keeps::Everything),
    place("local storage", &["LocalStorage", "localstorage"], Keeps::Words),
];

/// The places of a browser.
#[must_use]
pub fn places(engine: Engine) -> &'static [Place] {
    match engine {
        Engine::Chromium => OF_CHROMIUM,
        Engine::Firefox => OF_FIREFOX,
        Engine::WebKit => OF_WEBKIT,
    }
}

/// Everything at once, in clear.
const PLANT: &str = "const [words, bytes, name] = [arguments[0], arguments[1], arguments[2]];\
    const settle = arguments[arguments.length - 1];\
    const text = words.join('\\n');\
    const all = bytes.map((some) => new Uint8Array(some));\
    (async () => {\
      localStorage.setItem(name, text);\
      sessionStorage.setItem(name, text);\
      const field = document.createElement('textarea');\
      field.id = name;\
      document.body.append(field);\
      field.focus();\
      field.value = text;\
      field.dispatchEvent(new Event('input', { bubbles: true }));\
      field.dispatchEvent(new Event('change', { bubbles: true }));\
      const cache = await caches.open(name);\
      await cache.put(`/${name}`, new Response(new Blob([text, ...all])));\
      const database = await new Promise((done, failed) => {\
        const open = indexedDB.open(name);\
        open.onupgradeneeded = () => open.result.createObjectStore('planted');\
        open.onsuccess = () => done(open.result);\
        open.onerror = () => failed(open.error);\
      });\
      await new Promise((done, failed) => {\
        const rows = database.transaction('planted', 'readwrite', { durability: 'strict' });\
        rows.objectStore('planted').put({ words, bytes: all }, name);\
        rows.oncomplete = done;\
        rows.onabort = () => failed(rows.error);\
      });\
      database.close();\
      history.pushState({}, '', `#/${encodeURIComponent(words[0])}`);\
      document.title = words[0];\
    })().then(() => settle(''), (error) => settle(String(error)));";

/// Writes needles in clear into every place, under a name.
///
/// # Errors
/// When the page refuses.
pub async fn plant(page: &WebDriver, needles: &[Needle], name: &str) -> anyhow::Result<()> {
    let (mut words, mut bytes) = (Vec::new(), Vec::new());
    for needle in needles {
        match &needle.what {
            What::Words(some) => words.push(some),
            What::Bytes(some) => bytes.push(some),
        }
    }
    let planted = page.execute_async(PLANT, vec![json!(words), json!(bytes), json!(name)]).await?;
    let refused = planted.json().as_str().unwrap_or("nothing came back");
    anyhow::ensure!(refused.is_empty(), "nothing was planted: {refused}");
    Ok(())
}

/// The places in which not all that belongs there is among what was found, each with how much is
/// missing.
pub fn missing(
    engine: Engine,
    needles: &[Needle],
    found: &crate::profile::finding::Findings,
) -> Vec<String> {
    let missing = places(engine).iter().filter_map(|place| {
        let there = found.needles_in(place.files);
        let is_words = |needle: &&Needle| matches!(needle.what, What::Words(_));
        let words = needles.iter().filter(is_words);
        let belongs: Vec<_> = match place.keeps {
            Keeps::Everything => needles.iter().collect(),
            Keeps::Words => words.collect(),
            Keeps::FirstWord => words.take(1).collect(),
        };
        let missing: Vec<_> =
            belongs.iter().filter(|it| !there.contains(it.name.as_str())).collect();
        let names: Vec<_> = missing.iter().map(|needle| needle.name.as_str()).collect();
        (!names.is_empty())
            .then(|| format!("{} of {}: {}", names.len(), place.name, names.join(", ")))
    });
    missing.collect()
}

/// Whether what was given to every place that is written soon has reached the disk, as a search
/// for one word shows.
#[must_use]
pub fn is_everywhere(engine: Engine, found: &crate::profile::finding::Findings) -> bool {
    let mut soon = places(engine).iter().filter(|place| place.is_soon);
    soon.all(|place| !found.needles_in(place.files).is_empty())
}
