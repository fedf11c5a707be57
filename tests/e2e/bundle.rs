//! What is only on a tablet comes to headquarters as a file, without any network.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use e2e_tests::browser::Engine;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::places;
use e2e_tests::tablet;
use serde_json::json;
use thirtyfour::prelude::*;
use tokio::time::sleep;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unsent_work_comes_to_headquarters_as_a_file() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("headquarters");
    let mut headquarters = Headquarters::start(&data).await?;
    let inspector = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let inspection = inspector.inspections().await?.first().context("no inspection")?.clone();
    inspector.enter(&inspection).await?;
    let item = tablet::items(inspector.page()).await?.first().context("no item")?.clone();
    headquarters.kill();
    tablet::tap(inspector.page(), &item, "compliant").await?;
    tablet::stored_answer(inspector.page(), &item, "compliant").await?;

    let bundle = saved(inspector.page(), &folder.path().join("saved")).await?;
    ensure!(tablet::pending(inspector.page()).await? > 0, "saving a file is no delivery");
    inspector.close().await?;

    let first = import(&data, &bundle)?;
    ensure!(first.starts_with("took 2, held 0, already had 0"), "{first}");
    let again = import(&data, &bundle)?;
    ensure!(again.starts_with("took 0, held 0, already had 2"), "{again}");
    headquarters.start_again().await?;
    let rows = headquarters.spreadsheet(&inspection, "answers").await?;
    ensure!(rows.len() == 2 && rows[1][..2] == [item, "compliant".to_owned()], "{rows:?}");
    Ok(())
}

/// Saves the file as a person does, and says where it is.
async fn saved(page: &WebDriver, folder: &Path) -> anyhow::Result<PathBuf> {
    let into = json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
    page.cdp().send_raw("Browser.setDownloadBehavior", into).await?;
    let _: bool = tablet::script(page, "location.hash = '#/sync'; return true", vec![]).await?;
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
fn import(data: &Path, bundle: &Path) -> anyhow::Result<String> {
    let binary = places::workspace().join(places::told("BIENBAN_BIN", "target/debug/bienban"));
    let mut import = Command::new(binary);
    let output = import.arg("import").arg(bundle).arg("--data").arg(data).output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "import ended with {}: {told}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}
