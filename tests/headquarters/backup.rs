//! Making backups and refusing bad ones: nothing is overwritten, nothing damaged is restored.

use std::path::Path;

use domain::act::Role;
use domain::answer::Answer;
use domain::ids::InspectionId;
use headquarters::backup::{self, Manifest};
use headquarters::clock;

use crate::house::House;
use crate::tablet::Tablet;

async fn at_work(house: &House) -> (Tablet<'_>, InspectionId) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.push().await;
    (tablet, inspection)
}

async fn refused(backup: &Path, data: &Path, keys: Option<&Path>) -> String {
    let line = backup::restore(backup, data, keys, clock::now()).await.unwrap_err().to_string();
    assert!(!line.contains('\n'), "{line}");
    line
}

#[tokio::test]
async fn tablets_learn_how_much_is_in_a_backup() {
    let house = House::start().await;
    let (mut tablet, inspection) = at_work(&house).await;
    assert_eq!(tablet.pull().await.durable_through, None);
    let manifest = Manifest::read(&house.backup().await).unwrap();
    let all = u64::try_from(house.positions().await.len()).unwrap();
    assert_eq!((manifest.positions, manifest.inspections), (all, 1));
    assert_eq!(tablet.pull().await.durable_through, Some(all));

    tablet.tap(inspection, "b", Answer::Compliant);
    let answer = tablet.push_answer().await;
    assert_eq!(answer.durable_through, Some(all), "what came since is in none");
    house.backup().await;
    assert_eq!(tablet.pull().await.durable_through, Some(all + 1));
    let page = house.clerk().await.get("/office/backup?lang=en").await;
    assert!(page.text().contains("Every event is in a backup."), "{}", page.text());
}

#[tokio::test]
async fn a_restored_headquarters_still_says_what_its_backup_holds() {
    let house = House::start().await;
    let (tablet, inspection) = at_work(&house).await;
    let backup = house.backup().await;
    let positions = Manifest::read(&backup).unwrap().positions;
    let parked = tablet.parked();
    let house = house.restore(&backup).await;
    let mut tablet = parked.at(&house);
    assert_eq!(tablet.pull().await.durable_through, Some(positions));
    tablet.tap(inspection, "b", Answer::Compliant);
    tablet.push().await;
    let page = house.clerk().await.get("/office/backup?lang=en").await;
    assert!(page.text().contains("1 event accepted since then"), "{}", page.text());
    assert!(page.text().contains(&format!("{positions} of {} events", positions + 1)));
}

#[tokio::test]
async fn a_backup_made_in_the_middle_of_pushes_is_whole() {
    let house = House::start().await;
    let (tablet, inspection) = at_work(&house).await;
    let keys = tablet.keys.clone();
    let mut tablet = tablet;
    for item in 0..400 {
        tablet.tap(inspection, &format!("i{item}"), Answer::Compliant);
    }
    let chain = tablet.chain(inspection).clone();
    let pushing = async {
        for through in (3..=chain.events.len()).step_by(5) {
            tablet.push_parts(vec![chain.cut(through).part(&keys, through - 3)]).await;
        }
    };
    let backing_up = async {
        let mut made = Vec::new();
        for _ in 0..4 {
            made.push(house.backup().await);
        }
        made
    };
    let ((), made) = tokio::join!(pushing, backing_up);
    let positions = made.iter().map(|made| Manifest::read(made).unwrap().positions);
    let positions = positions.collect::<Vec<_>>();
    assert!(positions.is_sorted(), "{positions:?}");
    let keyring = house.path().join("data/keyring.toml");
    for (at, made) in made.iter().enumerate() {
        let data = house.path().join(format!("restored-{at}"));
        backup::restore(made, &data, Some(&keyring), clock::now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_backup_never_overwrites_and_needs_something_to_copy() {
    let house = House::start().await;
    let made = house.backup().await;
    let before = std::fs::read(made.join("manifest.json")).unwrap();
    let again = backup::make(&made, house.data(), clock::now()).await.unwrap_err().to_string();
    assert!(again.contains("is not empty and nothing in it is overwritten"), "{again}");
    assert_eq!(std::fs::read(made.join("manifest.json")).unwrap(), before);

    let nothing = house.path().join("nothing");
    let target = house.path().join("target");
    let fault = backup::make(&target, &nothing, clock::now()).await.unwrap_err().to_string();
    assert!(fault.contains("has no database") && fault.contains("--data"), "{fault}");
    assert!(!nothing.exists() && !target.exists());
}

#[tokio::test]
async fn a_backup_holds_no_secret_key() {
    let house = House::start().await;
    at_work(&house).await;
    let made = house.backup().await;
    let mut names = std::fs::read_dir(&made)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect::<Vec<_>>();
    names.sort();
    assert_eq!(names, ["bienban.sqlite", "manifest.json"]);
    let keyring = std::fs::read_to_string(house.path().join("data/keyring.toml")).unwrap();
    let database = std::fs::read(made.join("bienban.sqlite")).unwrap();
    for line in keyring.lines().filter(|line| line.contains('=')) {
        let key: [u8; 32] = domain::ids::from_hex(line.split('"').nth(1).unwrap()).unwrap();
        assert!(!database.windows(32).any(|bytes| bytes == key));
    }
}

#[tokio::test]
async fn a_damaged_an_unfinished_and_a_newer_backup_are_not_restored() {
    let house = House::start().await;
    at_work(&house).await;
    let keyring = house.path().join("data/keyring.toml");
    let target = house.path().join("restored");
    type Spoil = fn(&Path);
    let cases: [(Spoil, &str); 6] = [
        (|made| respell(&made.join("bienban.sqlite")), "is damaged"),
        (|made| flip(&made.join("bienban.sqlite")), "is damaged"),
        (|made| cut(&made.join("bienban.sqlite")), "is damaged"),
        (|made| std::fs::remove_file(made.join("manifest.json")).unwrap(), "no finished backup"),
        (|made| replace(made, "\"schema\": 3", "\"schema\": 99"), "update this program"),
        (|made| replace(made, "\"positions\": ", "\"positions\": 1"), "says otherwise"),
    ];
    for (spoil, words) in cases {
        let made = house.backup().await;
        spoil(&made);
        let line = refused(&made, &target, Some(&keyring)).await;
        assert!(line.contains(words), "`{line}` does not say `{words}`");
        assert!(!target.join("bienban.sqlite").exists());
    }
    let line = refused(&house.path().join("nowhere"), &target, Some(&keyring)).await;
    assert!(line.contains("no finished backup"), "{line}");
}

fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

/// Damage that SQLite does not see: another letter in what somebody recorded.
fn respell(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let at = bytes.windows(7).position(|window| window == b"tests 1").unwrap();
    bytes[at] = b'T';
    std::fs::write(file, bytes).unwrap();
}

fn cut(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[..bytes.len() - 4096]).unwrap();
}

fn replace(made: &Path, old: &str, new: &str) {
    let file = made.join("manifest.json");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(old), "{text}");
    std::fs::write(&file, text.replace(old, new)).unwrap();
}

#[tokio::test]
async fn a_restore_overwrites_nothing_and_needs_the_right_keys() {
    let house = House::start().await;
    let made = house.backup().await;
    let keyring = house.path().join("data/keyring.toml");
    let line = refused(&made, house.data(), Some(&keyring)).await;
    assert!(line.contains("is not empty") && line.contains("--data"), "{line}");

    let target = house.path().join("restored");
    let line = refused(&made, &target, None).await;
    assert!(line.contains("there is no keyring") && line.contains("--keys"), "{line}");
    let stranger = house.path().join("stranger.toml");
    std::fs::write(&stranger, format!("signing = \"{}\"\n", "5a".repeat(32))).unwrap();
    let line = refused(&made, &target, Some(&stranger)).await;
    assert!(line.contains("is not the one of this database"), "{line}");

    std::fs::create_dir_all(&target).unwrap();
    std::fs::copy(&keyring, target.join("keyring.toml")).unwrap();
    backup::restore(&made, &target, None, clock::now()).await.unwrap();
}

#[tokio::test]
async fn a_restore_that_was_cut_short_is_no_headquarters() {
    use headquarters::headquarters::Headquarters;
    use headquarters::tablet_app::TabletApp;

    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bienban.sqlite.restoring"), b"half").unwrap();
    let app = TabletApp::choose(Some("nowhere".into()));
    let Err(fault) = Headquarters::start(folder.path(), None, app).await else {
        panic!("it started")
    };
    assert!(fault.to_string().contains("was not finished"), "{fault}");
}

/// What the migrations to schema 3 and 2 add, taken away again.
const TO_SCHEMA_1: &str = "drop table inspection_units; drop table units; drop table credentials;
    drop table audit; drop table retention; drop table headquarters_keys;
    drop table sealed_vaults;
    alter table persons drop column roles; alter table persons drop column unit;
    alter table persons drop column ended_at_ms; alter table persons drop column ended_by;
    alter table persons drop column ended_because; drop table recovery_codes;
    alter table sessions drop column handle; alter table sessions drop column last_used_ms;
    alter table sessions drop column agent;
    alter table invitations drop column made_by; alter table invitations drop column taken_by;
    drop table own_journals; drop table judgements;
    drop index events_held;
    alter table seats drop column revoked_by; alter table seats drop column revoked_because;
    delete from _sqlx_migrations where version > 1; pragma user_version = 1";

#[tokio::test]
async fn a_database_of_an_earlier_schema_is_backed_up_as_it_is_and_brought_up_to_date() {
    let house = House::start().await;
    let (tablet, inspection) = at_work(&house).await;
    house.execute(TO_SCHEMA_1).await;
    let made = house.backup().await;
    assert_eq!(Manifest::read(&made).unwrap().schema, 1);
    let parked = tablet.parked();

    // In place: headquarters goes on in its journal. From the backup: in another.
    let house = house.restart().await;
    house.assign(inspection, house.team(inspection).await[0].0.id, Role::Lead).await;
    assert_eq!(house.own_journals(inspection).await, 1);
    let house = house.restore(&made).await;
    house.assign(inspection, house.team(inspection).await[0].0.id, Role::Lead).await;
    assert_eq!(house.own_journals(inspection).await, 2);
    let mut tablet = parked.at(&house);
    tablet.tap(inspection, "b", Answer::Compliant);
    assert_eq!(tablet.push().await[0].held, None);
}
