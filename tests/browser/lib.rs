//! Nothing: what is here runs in a browser, and only for `cargo xtask bench`.
