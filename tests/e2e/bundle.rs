//! What is only on a tablet comes to headquarters as a file, without any network.

use anyhow::{Context, ensure};
use e2e_tests::browser::Engine;
use e2e_tests::files;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::tablet;

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

    let show = "location.hash = '#/sync'; return true";
    let _: bool = tablet::script(inspector.page(), show, vec![]).await?;
    let bundle = files::save(inspector.page(), &folder.path().join("saved")).await?;
    ensure!(tablet::pending(inspector.page()).await? > 0, "saving a file is no delivery");
    inspector.close().await?;

    let first = files::import(&data, &bundle)?;
    ensure!(first.starts_with("took 2, held 0, already had 0"), "{first}");
    let again = files::import(&data, &bundle)?;
    ensure!(again.starts_with("took 0, held 0, already had 2"), "{again}");
    headquarters.start_again().await?;
    let rows = headquarters.spreadsheet(&inspection, "answers").await?;
    ensure!(rows.len() == 2 && rows[1][..2] == [item, "compliant".to_owned()], "{rows:?}");
    Ok(())
}
