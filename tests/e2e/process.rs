//! Child processes that never outlive their test, and killing whoever uses a folder.

use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// A child process that is killed when it is dropped.
#[derive(Debug)]
pub struct Kept(Child);

impl Kept {
    /// Starts a program.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let program = command.get_program().to_owned();
        command.spawn().map(Self).with_context(|| format!("start `{}`", program.display()))
    }

    /// Kills it at once (SIGKILL) and waits until it is gone.
    pub fn kill(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// The child itself.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Kills (SIGKILL) every process whose command line names this folder: a browser with all its
/// helpers, by its profile.
pub fn kill_users_of(folder: &Path) {
    let named = folder.to_string_lossy().into_owned();
    for pid in processes().into_iter().filter(|pid| command_line(*pid).contains(&named)) {
        // A helper may end with its browser before its turn comes.
        let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
    }
}

/// What the renderers of the browser on this profile hold in memory, shared pages counted by
/// their share (PSS), in MB; `None` when there is none.
pub fn renderers_mb(profile: &Path) -> Option<f64> {
    let named = format!("--user-data-dir={}", profile.display());
    let all = processes();
    let browser = *all.iter().find(|pid| {
        let line = command_line(**pid);
        line.contains(&named) && !line.contains("--type=")
    })?;
    let is_renderer =
        |pid: &u32| command_line(*pid).contains("--type=renderer") && is_below(*pid, browser);
    let shares = all.iter().copied().filter(is_renderer).filter_map(pss_kb);
    let total: f64 = shares.sum();
    (total > 0.0).then_some(total / 1_024.0)
}

fn is_below(pid: u32, above: u32) -> bool {
    let mut at = Some(pid);
    while let Some(pid) = at.filter(|pid| *pid > 1) {
        if pid == above {
            return true;
        }
        at = parent(pid);
    }
    false
}

fn parent(pid: u32) -> Option<u32> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok()
}

fn pss_kb(pid: u32) -> Option<f64> {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

fn processes() -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = std::process::id();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| *pid != own)
        .collect()
}

fn command_line(pid: u32) -> String {
    let bytes = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).replace('\0', " ")
}

/// A port on loopback that was free a moment ago.
///
/// # Errors
/// When no port can be bound.
pub async fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("bind a port on loopback")?;
    Ok(listener.local_addr()?.port())
}

/// Waits until something listens on a port.
///
/// # Errors
/// When nothing does within 20 seconds.
pub async fn listening(port: u16) -> anyhow::Result<()> {
    for _ in 0..200 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return Ok(());
        }
        sleep(Duration::from_millis(100)).await;
    }
    bail!("nothing listens on port {port} after 20 s")
}
