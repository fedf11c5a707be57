//! What keeps headquarters from starting is named in one line, with the next step.

use std::path::Path;

use headquarters::headquarters::Headquarters;
use headquarters::tablet_app::TabletApp;

use crate::house::House;

/// Why headquarters does not start on a folder.
async fn fault(data: &Path) -> String {
    let app = TabletApp::choose(Some("nowhere".into()));
    match Headquarters::start(data, None, app).await {
        Ok(_) => panic!("it started"),
        Err(fault) => {
            let line = fault.to_string();
            assert!(!line.contains('\n'), "{line}");
            line
        }
    }
}

#[tokio::test]
async fn a_folder_in_use_is_named() {
    let house = House::start().await;
    let line = fault(&house.path().join("data")).await;
    assert!(line.contains("is in use by another bienban"), "{line}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let line = fault(&file.join("data")).await;
    assert!(line.contains("cannot write in") && line.contains("--data"), "{line}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let garbage = b"this is not a database, whatever its name says".repeat(100);
    std::fs::write(folder.path().join("bienban.sqlite"), garbage).unwrap();
    let line = fault(folder.path()).await;
    assert!(line.contains("is damaged") && line.contains("restore a backup"), "{line}");
}

#[tokio::test]
async fn a_database_with_a_page_overwritten_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bienban.sqlite");
    let app = TabletApp::choose(Some("nowhere".into()));
    drop(Headquarters::start(folder.path(), None, app).await.unwrap());
    alter(&file, "pragma wal_checkpoint(truncate)").await;
    let mut bytes = std::fs::read(&file).unwrap();
    let from = bytes.len() / 2;
    bytes[from..from + 8192].fill(0xee);
    std::fs::write(&file, bytes).unwrap();
    let line = fault_once_free(folder.path()).await;
    assert!(line.contains("is damaged"), "{line}");
}

#[tokio::test]
async fn a_newer_schema_asks_for_a_newer_program() {
    for change in [
        "pragma user_version = 99",
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (99, 'later', 1, x'00', 0)",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bienban.sqlite");
        let app = TabletApp::choose(Some("nowhere".into()));
        drop(Headquarters::start(folder.path(), None, app).await.unwrap());
        alter(&file, change).await;
        let line = fault_once_free(folder.path()).await;
        assert!(line.contains("written by a newer bienban (schema 99)"), "{line}");
    }
}

#[tokio::test]
async fn a_database_without_its_keyring_is_not_given_new_keys() {
    let folder = tempfile::tempdir().unwrap();
    let app = TabletApp::choose(Some("nowhere".into()));
    drop(Headquarters::start(folder.path(), None, app).await.unwrap());
    std::fs::remove_file(folder.path().join("keyring.toml")).unwrap();
    let line = fault_once_free(folder.path()).await;
    assert!(line.contains("is not the one of this database"), "{line}");
    assert!(!folder.path().join("keyring.toml").exists());
}

async fn alter(file: &Path, change: &'static str) {
    use sqlx::Connection;

    let url = format!("sqlite://{}", file.display());
    let mut db = sqlx::SqliteConnection::connect(&url).await.unwrap();
    sqlx::query(change).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

/// The lock goes with the last clone, which the writer's task may hold for a moment longer.
async fn fault_once_free(data: &Path) -> String {
    loop {
        let line = fault(data).await;
        if !line.contains("in use") {
            return line;
        }
        tokio::task::yield_now().await;
    }
}
