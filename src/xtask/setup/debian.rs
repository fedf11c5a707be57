//! Debian packages, installed only by root on Debian.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process;
use crate::steps::step;

/// Another apt may be at work, as on a machine that has just started.
const WAIT_FOR_LOCK: [&str; 2] = ["-o", "DPkg::Lock::Timeout=600"];

/// Installs packages.
///
/// # Errors
/// When this is no Debian, the user is not root, or apt fails.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    ensure!(is_debian(), "this is no Debian, so nothing was installed");
    ensure!(is_root(), "only root may install, so nothing was installed");
    step(&format!("set up: Debian packages {}", packages.join(", ")), || {
        process::run(apt_get().arg("update"))?;
        process::run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(packages))
    })
}

/// The command that a person types to get packages.
pub(crate) fn advice(packages: &[&str]) -> String {
    format!("apt-get install {}", packages.join(" "))
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").is_file() && process::find("apt-get").is_some()
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.args(WAIT_FOR_LOCK).env("DEBIAN_FRONTEND", "noninteractive");
    command
}
