//! What `cargo xtask test` checks, cheapest first. Each check stands alone: any can be run by
//! itself, and brings what it needs.

use anyhow::Result;

use crate::workspace::Workspace;

mod api;
pub(crate) mod browser;
mod judges;
mod native;

/// One thing that must hold.
pub(crate) struct Check {
    /// What `--only` and `--skip` call it.
    pub(crate) name: &'static str,
    /// One line for the reader of the output.
    pub(crate) about: &'static str,
    /// Finds out.
    pub(crate) run: fn(&Workspace) -> Result<Outcome>,
}

/// How a check ended that did not fail.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It holds.
    Passed,
    /// It could not be found out on this machine.
    Skipped {
        /// What is missing.
        why: String,
        /// What to type to get it.
        advice: String,
    },
}

/// Every check, in the order in which they run.
pub(crate) static ALL: [Check; 15] = [
    Check { name: "fmt", about: "the code is formatted", run: native::fmt },
    Check {
        name: "service-worker",
        about: "what the service worker answers",
        run: native::service_worker,
    },
    Check { name: "typos", about: "words are written as they should be", run: judges::typos },
    Check { name: "deny", about: "licences and origins of what is built in", run: judges::deny },
    Check { name: "unused", about: "no dependency that nothing uses", run: judges::unused },
    Check { name: "clippy", about: "lints, on this machine", run: native::clippy },
    Check { name: "clippy-wasm", about: "lints, for the browser", run: native::clippy_wasm },
    Check { name: "unit", about: "the tests of every crate, on this machine", run: native::unit },
    Check { name: "docs", about: "the documentation, without warnings", run: native::docs },
    Check {
        name: "storage-chromium",
        about: "the store, in Chromium",
        run: browser::storage_in_chromium,
    },
    Check {
        name: "storage-firefox",
        about: "the store, in Firefox",
        run: browser::storage_in_firefox,
    },
    Check { name: "app", about: "the tablet app and bienban can be built", run: browser::app },
    Check { name: "size", about: "the app shell has not grown", run: browser::size },
    Check { name: "api", about: "the API keeps to its document, whatever is sent", run: api::api },
    Check { name: "e2e", about: "the journey, in every browser", run: browser::journey },
];

/// The names of all checks.
pub(crate) fn names() -> Vec<&'static str> {
    ALL.iter().map(|check| check.name).collect()
}
