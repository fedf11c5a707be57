//! Real browsers, a real headquarters and a network that can lose answers, for the journeys.
//!
//! Everything started here binds to loopback and is ended by process id, also when a test
//! fails. What the journeys check is in the test files.

pub mod browser;
pub mod chance;
pub mod files;
pub mod headquarters;
pub mod inspector;
pub mod network;
pub mod planting;
pub mod portal;
pub mod process;
pub mod profile;
pub mod secrets;
pub mod tablet;
pub mod versions;
pub mod voice;
pub mod walk;

/// Where the tools and programs are; told by `cargo xtask test`, with defaults for a developer.
pub mod places {
    use std::path::PathBuf;

    /// A path told by an environment variable, or a default.
    pub fn told(variable: &str, default: &str) -> PathBuf {
        std::env::var_os(variable).map_or_else(|| default.into(), PathBuf::from)
    }

    /// The workspace's folder.
    pub fn workspace() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
    }
}
