//! Unsent work as a file: saved from the page by the browser, and taken in by headquarters.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::ensure;
use serde_json::json;
use thirtyfour::prelude::*;
use tokio::time::sleep;

use crate::{places, tablet};

/// Saves the file that the page offers as a person does, and says where it is.
///
/// # Errors
/// When the page offers none or none arrives.
pub async fn save(page: &WebDriver, folder: &Path) -> anyhow::Result<PathBuf> {
    let into = json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
    page.cdp().send_raw("Browser.setDownloadBehavior", into).await?;
    let ready = "return !!document.querySelector('a[data-action=export][href^=\"blob:\"]')";
    tablet::until(page, ready, vec![]).await?;
    let save = "document.querySelector('a[data-action=export]').click(); return true";
    let _: bool = tablet::script(page, save, vec![]).await?;
    for _ in 0..200 {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut bundles = files.map(|file| file.path());
        if let Some(bundle) = bundles.find(|path| path.extension() == Some("bienban".as_ref())) {
            return Ok(bundle);
        }
        sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("no file was saved")
}

/// What `bienban import` prints.
///
/// # Errors
/// When it takes nothing in.
pub fn import(data: &Path, bundle: &Path) -> anyhow::Result<String> {
    let binary = places::workspace().join(places::told("BIENBAN_BIN", "target/debug/bienban"));
    let mut import = Command::new(binary);
    let output = import.arg("import").arg(bundle).arg("--data").arg(data).output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "import ended with {}: {told}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}
