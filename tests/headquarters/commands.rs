//! The commands by which headquarters is looked after, as processes: what they print, and with
//! which status they end. Compiled with the program, so that it is the one that is tried.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails by it")]

use std::path::Path;
use std::process::{Command, Output};

use domain::act::{Act, Body, OpenJournal, UnknownAct};
use domain::ids::{InspectionId, JournalId, Salt};
use domain::moment::Moment;
use headquarters::headquarters::Headquarters;
use headquarters::keyring::Keyring;
use headquarters::tablet_app::TabletApp;
use proof::chain::{Circumstance, Journal, extend};
use proof::envelope::{Entropy, EnvelopeKeyPair, seal};
use proof::head::Head;
use proof::seat::seat_of;
use proof::sign::KeyPair;
use proof::vault::file::SealedVault;
use proof::vault::{DataKey, SlotId, escrow};
use sync::message::bundle::Bundle;
use sync::message::push::Part;

fn bienban(arguments: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let program = env!("CARGO_BIN_EXE_bienban");
    let run = Command::new(program).args(arguments).current_dir(folder).output();
    let Output { status, stdout, stderr } = run.expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// A folder with a headquarters that was started once, and has stopped.
async fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let app = TabletApp::choose(Some("nowhere".into()));
    let started = Headquarters::start(&folder.path().join("data"), None, app).await;
    drop(started.expect("it starts"));
    folder
}

/// A journal by a seat that nobody enrolled, from an event on, as a bundle.
fn bundle(folder: &Path, from: usize) -> Vec<u8> {
    let keys = KeyPair::from_seed(&[7; 32]);
    let journal = Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };
    let (seat, key) = (seat_of(&keys.public()), keys.public());
    let opening = Act::OpenJournal(OpenJournal { seat, key, app: "tests 1".to_owned() });
    let circumstance = Circumstance { at: Moment(0), salt: Salt([0; 16]), anchor: None };
    let note = Act::Unknown(UnknownAct { name: "note".to_owned(), payload: vec![0xa0] });
    let (first, tip) =
        extend(journal, None, circumstance, &Body::of(opening)).expect("it is small");
    let (second, tip) =
        extend(journal, Some(tip), circumstance, &Body::of(note)).expect("it is small");
    let head = keys.sign_head(&Head { journal, tip, at: Moment(0) });
    let parts = vec![Part { head, events: [first, second][from..].to_vec() }];
    let keyring = Keyring::open(&folder.join("data/keyring.toml")).expect("it is there");
    let to = [keyring.envelope().public()];
    seal(&Bundle { parts }.to_bytes(), &to, &Entropy([3; 32])).expect("there is a recipient")
}

#[tokio::test]
async fn a_bundle_is_imported_once_and_a_bad_one_is_named() {
    let folder = begun().await;
    let file = bundle(folder.path(), 0);
    std::fs::write(folder.path().join("work.bienban"), &file).expect("there is room");
    std::fs::write(folder.path().join("cut.bienban"), &file[..40]).expect("there is room");
    let import = |name: &str| bienban(&["import", name], folder.path());
    let took = |line: &str| (Some(0), format!("{line}\n"), String::new());
    assert_eq!(import("work.bienban"), took("took 0, held 2, already had 0"));
    assert_eq!(import("work.bienban"), took("took 0, held 0, already had 2"));
    for name in ["cut.bienban", "none.bienban"] {
        let (code, stdout, stderr) = import(name);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
        assert!(stderr.contains(name) && stderr.lines().count() == 1, "{stderr}");
    }

    let other = begun().await;
    let (code, _, stderr) = bienban(
        &["import", &folder.path().join("work.bienban").display().to_string()],
        other.path(),
    );
    assert_eq!(code, Some(2));
    assert!(stderr.contains("is not for this headquarters"), "{stderr}");
}

#[tokio::test]
async fn a_bundle_that_is_not_taken_whole_says_so() {
    let folder = begun().await;
    let file = bundle(folder.path(), 1);
    std::fs::write(folder.path().join("rest.bienban"), file).expect("there is room");
    let (code, stdout, stderr) = bienban(&["import", "rest.bienban"], folder.path());
    assert_eq!((code, stdout.as_str()), (Some(1), "took 0, held 0, already had 0\n"));
    assert!(stderr.contains("not taken from the bundle `rest.bienban`: 1 events"), "{stderr}");
}

#[tokio::test]
async fn a_backup_is_made_and_restored_and_says_what_it_holds() {
    let folder = begun().await;
    std::fs::write(folder.path().join("work.bienban"), bundle(folder.path(), 0))
        .expect("there is room");
    bienban(&["import", "work.bienban"], folder.path());
    let (code, stdout, stderr) = bienban(&["backup", "saved"], folder.path());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.starts_with("`saved` holds 2 events (positions 0 to 1) of 1 inspection as of "));
    assert_eq!(stdout.lines().count(), 1);
    let (code, _, stderr) = bienban(&["backup", "saved"], folder.path());
    assert_eq!(code, Some(2), "{stderr}");

    let restore = ["restore", "saved", "--data", "new", "--keys", "data/keyring.toml"];
    let (code, stdout, stderr) = bienban(&restore, folder.path());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.contains("bienban serve --data new --keys data/keyring.toml"), "{stdout}");
    assert!(stdout.contains("from position 2 on"), "{stdout}");
    let (code, _, stderr) = bienban(&restore, folder.path());
    assert_eq!(code, Some(2));
    assert!(stderr.contains("is not empty"), "{stderr}");
}

#[tokio::test]
async fn somebody_is_invited_while_headquarters_runs() {
    let folder = tempfile::tempdir().expect("there is room");
    let app = TabletApp::choose(Some("nowhere".into()));
    let started = Headquarters::start(&folder.path().join("data"), None, app).await;
    let running = started.expect("it starts");
    let (code, stdout, stderr) = bienban(&["invite", "--name", "Kiểm tra viên A"], folder.path());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.starts_with("code: "), "{stdout}");
    drop(running);
}

/// A vault without rows, sealed to the private half as it was printed.
fn empty_vault(private_half: &str) -> Vec<u8> {
    let digits: String = private_half.chars().filter(char::is_ascii_hexdigit).take(64).collect();
    let secret = domain::ids::from_hex(&digits).expect("64 digits");
    let to = EnvelopeKeyPair::from_secret(&secret).public();
    let (slot, key) = (SlotId([4; 16]), DataKey::new([9; 32]));
    let escrow = escrow::wrap(&key, slot, &to, &Entropy([8; 32])).expect("it is a key");
    SealedVault { slot, seat: None, escrow, rows: Vec::new() }.to_bytes()
}

#[tokio::test]
async fn the_escrow_key_is_printed_once_and_opens_vaults_for_a_reason() {
    let folder = begun().await;
    let init = ["escrow", "init", "--data", "data"];
    let (status, out, _) = bienban(&init, folder.path());
    assert_eq!(status, Some(0));
    let half = out.lines().next().and_then(|line| line.strip_prefix("private half: "));
    let half = half.expect("it is printed").to_owned();
    assert_eq!(bienban(&init, folder.path()).0, Some(2), "there is one");
    let kept: Vec<u8> =
        std::fs::read(folder.path().join("data/bienban.sqlite")).expect("it is there");
    let keyring = std::fs::read(folder.path().join("data/keyring.toml")).expect("it is there");
    let digits: String = half.chars().filter(char::is_ascii_hexdigit).take(64).collect();
    let secret: [u8; 32] = domain::ids::from_hex(&digits).expect("64 digits");
    for bytes in [kept, keyring] {
        assert!(!bytes.windows(32).any(|window| window == secret), "the private half is kept");
        assert!(!bytes.windows(64).any(|window| window == digits.as_bytes()));
    }

    std::fs::write(folder.path().join("half"), &half).expect("there is room");
    std::fs::write(folder.path().join("vault"), empty_vault(&half)).expect("there is room");
    let recover = |file, half, reason| {
        let arguments = [
            "escrow",
            "recover",
            file,
            "--private-half",
            half,
            "--reason",
            reason,
            "--data",
            "data",
        ];
        bienban(&arguments, folder.path())
    };
    let (status, out, err) = recover("vault", "half", "mất mật khẩu");
    assert_eq!((status, out.as_str()), (Some(0), "took 0, held 0, already had 0\n"), "{err}");
    for (file, half, reason) in [
        ("vault", "half", " "),
        ("half", "half", "x"),
        ("vault", "vault", "x"),
        ("none", "half", "x"),
    ] {
        let (status, out, err) = recover(file, half, reason);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}

/// What a command printed, which worked.
fn printed(arguments: &[&str], folder: &Path) -> String {
    let (code, stdout, stderr) = bienban(arguments, folder);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{arguments:?}");
    stdout
}

/// Why a command did not work, in one line.
fn refused(arguments: &[&str], folder: &Path) -> String {
    let (code, stdout, stderr) = bienban(arguments, folder);
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arguments:?}: {stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr
}

#[tokio::test]
async fn people_and_units_are_looked_after_while_headquarters_runs() {
    let folder = tempfile::tempdir().expect("there is room");
    let app = TabletApp::choose(Some("nowhere".into()));
    let started = Headquarters::start(&folder.path().join("data"), None, app).await;
    let running = started.expect("it starts");
    let run = |arguments: &[&str]| printed(arguments, folder.path());
    let fail = |arguments: &[&str]| refused(arguments, folder.path());

    assert!(run(&["unit", "add", "Phòng Mẫu"]).starts_with("unit: "));
    assert!(fail(&["unit", "add", "Phòng Mẫu"]).contains("the name is taken"));
    run(&["unit", "rename", "Phòng Mẫu", "Phòng Một"]);
    assert!(fail(&["unit", "rename", "Phòng Mẫu", "X"]).contains("there is no unit `Phòng Mẫu`"));
    let add = ["user", "add", "Kiểm tra viên A", "--role", "inspector", "--unit", "Phòng Một"];
    assert!(run(&add).starts_with("person: "));
    assert!(fail(&add).contains("the name is taken"));
    assert!(fail(&["user", "add", "B", "--role", "owner"]).contains("`owner` is no role"));
    assert_eq!(run(&["unit", "list"]), "Phòng Một\t1\n");
    run(&["user", "roles", "Kiểm tra viên A", "inspector", "lead"]);
    assert_eq!(run(&["user", "list"]), "Kiểm tra viên A\tinspector,lead\tPhòng Một\t\n");
    run(&["user", "unit", "Kiểm tra viên A"]);
    assert_eq!(run(&["user", "list"]), "Kiểm tra viên A\tinspector,lead\t\t\n");
    assert!(fail(&["user", "roles", "Không có ai", "lead"]).contains("there is nobody named"));

    let invite = ["invite", "--name", "Kiểm tra viên B", "--role", "lead", "--days", "1"];
    assert!(run(&invite).contains("/enrol#"));
    let office = ["invite", "--name", "Cán bộ Mẫu", "--office"];
    assert!(run(&office).starts_with("office: http://127.0.0.1:8080/office/enter?token="));
    assert!(fail(&["invite", "--name", "C", "--days", "0"]).contains("--days takes 1 to 90"));
    let as_inspector = ["invite", "--name", "D", "--office", "--role", "inspector"];
    assert!(run(&as_inspector).contains("/office/enter?token="));

    assert!(run(&["user", "reset-passphrase", "Cán bộ Mẫu"]).contains("/office/enter?token="));
    assert!(fail(&["user", "reset-totp", "Cán bộ Mẫu"]).contains("has no passphrase yet"));
    assert!(fail(&["user", "leave", "D", "--reason", " "]).contains("--reason is empty"));
    run(&["user", "leave", "D", "--reason", "nghỉ hưu"]);
    assert!(!run(&["user", "list"]).contains("D\t"));
    drop(running);
}

/// A headquarters as a process of its own, which ends with the test.
struct Serving {
    child: std::process::Child,
    lines: std::io::Lines<std::io::BufReader<std::process::ChildStdout>>,
}

impl Serving {
    fn start(folder: &Path) -> Self {
        use std::io::BufRead;
        let log = std::fs::File::create(folder.join("log")).expect("there is room");
        let serve = ["serve", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0"];
        let mut child = Command::new(env!("CARGO_BIN_EXE_bienban"))
            .args(serve)
            .current_dir(folder)
            .env("BIENBAN_LOG", "trace")
            .stdout(std::process::Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program runs");
        let lines = std::io::BufReader::new(child.stdout.take().expect("it is piped")).lines();
        Self { child, lines }
    }

    /// What stands behind the first word of the next line.
    fn next(&mut self, begins: &str) -> String {
        let line = self.lines.next().expect("it goes on").expect("it speaks UTF-8");
        line.strip_prefix(begins).unwrap_or_else(|| panic!("{line}")).to_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_key_is_rotated_and_no_other_keyring_is_touched() {
    let folder = begun().await;
    let (status, _, err) = bienban(&["keys", "rotate", "order", "--data", "data"], folder.path());
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(bienban(&["keys", "rotate", "signing", "--data", "data"], folder.path()).0, Some(2));
    assert_eq!(bienban(&["keys", "rotate", "order", "--data", "none"], folder.path()).0, Some(2));
    let stranger = folder.path().join("other.toml");
    Keyring::open(&stranger).expect("it is made");
    let before = std::fs::read(&stranger).expect("it is there");
    let other = ["keys", "rotate", "order", "--data", "data", "--keys", "other.toml"];
    assert_ne!(bienban(&other, folder.path()).0, Some(0));
    assert_eq!(std::fs::read(&stranger).expect("it is there"), before);
}

#[tokio::test]
async fn an_empty_headquarters_prints_a_link_and_its_log_has_no_secret_of_a_sign_in() {
    let folder = tempfile::tempdir().expect("there is room");
    let mut serving = Serving::start(folder.path());
    let address = serving.next("listening on ");
    serving.next("ops: ");
    let link = serving.next("administrator: ");
    let token = link.rsplit_once("?token=").expect("it has one").1.to_owned();
    let page = reqwest::get(&link).await.expect("it answers");
    assert_eq!(page.status(), 200);

    let client = reqwest::Client::new();
    let (passphrase, code) = ("mot-cum-mat-khau-rieng", "918273");
    let fields = format!("name=ai+do&passphrase={passphrase}&code={code}");
    let form = "application/x-www-form-urlencoded";
    for path in ["/office/sign-in", "/office/enter"] {
        let sent = client.post(format!("{address}{path}")).header("content-type", form);
        let answer = sent.body(format!("{fields}&token={token}")).send().await;
        assert!(answer.expect("it answers").status().is_client_error());
    }
    let cookie = "bienban_office=MOTPHIENDANGNHAP";
    let asked = client.get(format!("{address}/office")).header("cookie", cookie).send().await;
    asked.expect("it answers");
    drop(serving);
    let log = std::fs::read_to_string(folder.path().join("log")).expect("it is there");
    assert!(log.contains("POST") && log.contains("/office/sign-in"), "it logs what is asked");
    for secret in [passphrase, code, &token, "MOTPHIENDANGNHAP"] {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }

    let mut again = Serving::start(folder.path());
    again.next("listening on ");
    again.next("ops: ");
    assert_ne!(again.next("administrator: ").rsplit_once("?token=").expect("it has one").1, token);
}

#[tokio::test]
async fn the_audit_is_verified_to_its_end_and_a_hash_that_it_does_not_have_is_named() {
    let folder = begun().await;
    let (status, told, _) = bienban(&["audit", "verify"], folder.path());
    assert_eq!(status, Some(0), "{told}");
    let last = told.lines().find_map(|line| line.strip_prefix("last: ")).expect("it says so");
    assert!(told.starts_with("rows: ") && last.len() == 64, "{told}");
    let holds = bienban(&["audit", "verify", "--holds", last], folder.path());
    assert_eq!(holds.0, Some(0), "{}", holds.2);
    let lost = bienban(&["audit", "verify", "--holds", &"0".repeat(64)], folder.path());
    assert_eq!(lost.0, Some(1));
    assert!(lost.2.contains("no row of the audit has the hash"), "{}", lost.2);
    for bad in [vec!["--holds", "x"], vec!["--data", "nowhere"]] {
        let refused = bienban(&[&["audit", "verify"], &bad[..]].concat(), folder.path());
        assert_eq!(refused.0, Some(2), "{}", refused.2);
    }
}

#[test]
fn tls_that_cannot_be_is_refused_before_anything_is_opened() {
    let folder = tempfile::tempdir().expect("there is room");
    for (arguments, named) in [
        (vec!["--tls-cert", "none.pem", "--tls-key", "none.key"], "`none.pem`"),
        (vec!["--tls-cert", "none.pem"], "--tls-key"),
        (vec!["--public-url", "bienban.example"], "`bienban.example`"),
    ] {
        let refused = bienban(&[&["serve"], &arguments[..]].concat(), folder.path());
        assert_eq!(refused.0, Some(2), "{}", refused.2);
        assert!(refused.2.contains(named), "{}", refused.2);
        assert!(!folder.path().join("data").exists());
    }
}
