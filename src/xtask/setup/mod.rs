//! What the commands need and can fetch themselves: each is looked for first, and installed only
//! when it is missing. Installs nothing into the system except Debian packages, as root.

pub(crate) mod browsers;
pub(crate) mod debian;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod tools;
pub(crate) mod wasm_opt;
pub(crate) mod wasm_target;
