//! Evidence of a remedy: taken in whole, named by the record, handed out as it was, and never
//! hidden when it is not there.

use std::path::PathBuf;

use axum::http::StatusCode;
use domain::act::Role;
use domain::ids::{InspectionId, PieceHash, to_hex};
use domain::piece::{MediaType, Piece, PieceName};
use headquarters::backup::{self, Manifest};
use headquarters::clock;
use headquarters::headers::OFFICE_POLICY;
use proof::hash::sha256;

use crate::house::{Answer, Clerk, House};
use crate::remedies::{in_days, overdue};
use crate::tablet::Tablet;

const PDF: &[u8] = b"%PDF-1.7\n% sample";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0sample";

/// The names and contents of files.
type Files<'a> = &'a [(&'a str, &'a [u8])];

fn done() -> String {
    format!("outcome=done&on={}&until=&note=C%C3%B4ng+v%C4%83n+s%E1%BB%91+5", in_days(0))
}

/// The page of a remedy after its end was recorded with a letter and a photograph.
async fn evidenced(house: &House) -> (InspectionId, String) {
    let (inspection, path) = overdue(house).await;
    let clerk = house.clerk().await;
    let files = [("Giấy phép \"mới\".pdf", PDF), ("ảnh.jpg", JPEG)];
    let files = files.map(|(name, content)| (name.replace('"', "%22"), content));
    let files = files.iter().map(|(name, content)| (name.as_str(), *content)).collect::<Vec<_>>();
    let answer = clerk.post_files(&path, &done(), &files).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    (inspection, path)
}

fn hash_of(content: &[u8]) -> String {
    to_hex(&sha256(content))
}

fn file_of(house: &House, content: &[u8]) -> PathBuf {
    let hash = hash_of(content);
    house.data().join("pieces").join(&hash[..2]).join(&hash[2..])
}

async fn download(clerk: &Clerk<'_>, content: &[u8]) -> Answer {
    clerk.get(&format!("/office/pieces/{}?lang=en", hash_of(content))).await
}

async fn named(house: &House, inspection: InspectionId) -> Vec<Piece> {
    house.state(inspection).await.pieces().cloned().collect()
}

/// How many files lie in the folder of pieces, whatever they are called.
fn files_on_disk(house: &House) -> usize {
    let below = |folder: PathBuf| {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    let shelves = below(house.data().join("pieces")).into_iter();
    shelves.map(|path| if path.is_dir() { below(path).len() } else { 1 }).sum()
}

#[tokio::test]
async fn what_a_clerk_attaches_is_named_shown_and_handed_out_as_it_was() {
    let house = House::start().await;
    let (inspection, path) = evidenced(&house).await;
    let pieces = named(&house, inspection).await;
    let letter = Piece {
        content: PieceHash(sha256(PDF)),
        size_bytes: 17,
        media: MediaType::Pdf,
        name: PieceName::new("Giấy phép %22mới%22.pdf").unwrap(),
    };
    let photograph = Piece {
        content: PieceHash(sha256(JPEG)),
        size_bytes: 17,
        media: MediaType::Jpeg,
        name: PieceName::new("ảnh.jpg").unwrap(),
    };
    assert_eq!(pieces, [letter, photograph]);
    assert_eq!(std::fs::read(file_of(&house, PDF)).unwrap(), PDF);

    let clerk = house.clerk().await;
    let timeline = format!("/office/inspections/{inspection}/timeline?kind=remedy");
    for page in [&path, &timeline] {
        let page = clerk.get(page).await;
        for content in [PDF, JPEG] {
            assert!(page.text().contains(&format!("href=\"/office/pieces/{}\"", hash_of(content))));
        }
        for words in ["ảnh.jpg", "JPEG · 17 B", "PDF · 17 B"] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
    }
    let sheet = clerk.get("/office/remedies.csv").await;
    let mut rows = csv::Reader::from_reader(sheet.text().trim_start_matches('\u{feff}').as_bytes());
    let column = rows.headers().unwrap().iter().position(|title| title == "pieces").unwrap();
    let counts = rows.records().map(|row| row.unwrap()[column].to_owned()).collect::<Vec<_>>();
    assert_eq!(counts, ["2"]);
}

#[tokio::test]
async fn a_piece_is_handed_out_shut_in_and_to_the_office_alone() {
    let house = House::start().await;
    evidenced(&house).await;
    let clerk = house.clerk().await;
    for (content, kind, way) in [
        (
            PDF,
            "application/pdf",
            "attachment; filename=\"Gi_y ph_p _22m_i_22.pdf\"; filename*=UTF-8''Gi%E1%BA%A5y%20ph%C3%A9p%20%2522m%E1%BB%9Bi%2522.pdf",
        ),
        (JPEG, "image/jpeg", "inline; filename=\"_nh.jpg\"; filename*=UTF-8''%E1%BA%A3nh.jpg"),
    ] {
        let answer = download(&clerk, content).await;
        assert_eq!((answer.status, &answer.body[..]), (StatusCode::OK, content));
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("content-disposition"), way);
        let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        assert_eq!(answer.header("content-security-policy"), policy);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        let stranger = house.get(&format!("/office/pieces/{}", hash_of(content))).await;
        assert_eq!(stranger.status, StatusCode::SEE_OTHER);
        assert_eq!((stranger.header("location"), stranger.body.len()), ("/office/sign-in", 0));
    }
    for nonsense in ["x", "../keyring.toml", "..%2f..%2fkeyring.toml", &"0".repeat(64)] {
        let answer = clerk.get(&format!("/office/pieces/{nonsense}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nonsense}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_is_named_and_nothing_is_kept() {
    let house = House::start().await;
    let (_, path) = overdue(&house).await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    let mut large = PDF.to_vec();
    large.resize(20_000_001, b' ');
    let long = format!("{}.pdf", "a".repeat(200));
    let eleven = [("a.pdf", PDF); 11];
    let cases: [(Files<'_>, &str); 11] = [
        (&[("to.pdf", &large)], "“to.pdf” is larger than 20 MB"),
        (&[("page.pdf", b"<!doctype html><script>")], "“page.pdf” is not a PDF, JPEG, PNG or WebP"),
        (&[("ngắn.pdf", b"%P")], "“ngắn.pdf” is not a PDF"),
        (&[("trống.pdf", b"")], "“trống.pdf” has no content"),
        (&[("", PDF)], "The file name “” cannot be used"),
        (&[("../../keyring.toml", PDF)], "The file name “../../keyring.toml” cannot be used"),
        (&[("C:\\thư.pdf", PDF)], "The file name “C:\\thư.pdf” cannot be used"),
        (&[("..", PDF)], "The file name “..” cannot be used"),
        (&[("a\u{202e}fdp.exe", PDF)], "The file name “a\u{fffd}fdp.exe” cannot be used"),
        (&[(&long, PDF)], "cannot be used"),
        (&eleven, "Only 10 files can be taken at once"),
    ];
    for (files, words) in cases {
        // A good file beside it is not kept either.
        let files = [files, &[("ảnh.jpg", JPEG)]].concat();
        let answer = clerk.post_files(&format!("{path}?lang=en"), &done(), &files).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        for shown in [words, "id=\"evidence-fault\"", "choose the files again", "Công văn số 5"]
        {
            assert!(answer.text().contains(shown), "{shown}: {}", answer.text());
        }
        assert!(answer.text().contains("value=\"done\" checked"), "the rest of the form stays");
        assert_eq!(files_on_disk(&house), 0, "{words}");
    }
    let note_missing = format!("outcome=done&on={}&note=", in_days(0));
    let answer = clerk.post_files(&path, &note_missing, &[("a.pdf", PDF)]).await;
    assert!(
        answer.text().contains("id=\"note-fault\"") && !answer.text().contains("evidence-fault")
    );
    assert_eq!(files_on_disk(&house), 0);
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_file_of_full_size_is_taken() {
    let house = House::start().await;
    let (inspection, path) = overdue(&house).await;
    let mut content = PDF.to_vec();
    content.resize(20_000_000, b' ');
    let answer = house.clerk().await.post_files(&path, &done(), &[("a.pdf", &content)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(named(&house, inspection).await[0].size_bytes, 20_000_000);
}

#[tokio::test]
async fn a_form_without_end_is_cut_and_answered_in_words() {
    let house = House::start().await;
    let (_, path) = overdue(&house).await;
    let clerk = house.clerk().await;
    let endless = clerk.post_without_end(&format!("{path}?lang=en"), &done(), PDF).await;
    assert_eq!(endless.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["too large together", "Công văn số 5"] {
        assert!(endless.text().contains(words), "{words}: {}", endless.text());
    }
    assert_eq!(files_on_disk(&house), 0);
}

#[tokio::test]
async fn nothing_is_recorded_of_a_file_that_the_disk_refuses() {
    let house = House::start().await;
    let (_, path) = overdue(&house).await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    let shelf = file_of(&house, PDF).parent().unwrap().to_owned();
    std::fs::write(&shelf, b"in the way").unwrap();
    let path = format!("{path}?lang=en");
    let answer = clerk.post_files(&path, &done(), &[("thư.pdf", PDF)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["could not write “thư.pdf” to its disk", "Công văn số 5"] {
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
    }
    assert_eq!((house.digest().await, files_on_disk(&house)), (before, 1));
    std::fs::remove_file(shelf).unwrap();
    let again = clerk.post_files(&path, &done(), &[("thư.pdf", PDF)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_files_names_none_and_one_that_is_no_form_is_refused() {
    let house = House::start().await;
    let (inspection, path) = overdue(&house).await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    let answer = clerk.post(&format!("{path}?lang=en"), &done()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("could not read this form"), "{}", answer.text());
    let elsewhere = clerk.post_from("http://127.0.0.1:9", &path, &done()).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert_eq!(house.digest().await, before);

    // What browsers send of a field in which no file was chosen.
    let answer = clerk.post_files(&path, &done(), &[("", b"")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(named(&house, inspection).await, []);
    assert!(!clerk.get(&path).await.text().contains("class=\"pieces\""));
}

#[tokio::test]
async fn a_file_without_an_event_is_nobodys_and_stands_in_nobodys_way() {
    let house = House::start().await;
    let (inspection, path) = overdue(&house).await;
    // What a kill between the file and the commit leaves.
    let mut arriving = house.headquarters.pieces.begin().await.unwrap();
    arriving.take(PDF).await.unwrap();
    let whole = arriving.end().await.unwrap();
    let piece = whole.keep(PieceName::new("a.pdf").unwrap()).await.unwrap();
    let house = house.restart().await;
    let clerk = house.clerk().await;
    assert_eq!(house.headquarters.pieces.read(piece.content).await.unwrap(), PDF);
    assert_eq!(download(&clerk, PDF).await.status, StatusCode::NOT_FOUND);
    let page = clerk.get("/office/backup?lang=en").await;
    assert!(page.text().contains("No piece of evidence was attached yet."));

    let answer = clerk.post_files(&path, &done(), &[("b.pdf", PDF)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(named(&house, inspection).await[0].name.as_str(), "b.pdf");
    assert_eq!((download(&clerk, PDF).await.status, files_on_disk(&house)), (StatusCode::OK, 1));
}

#[tokio::test]
async fn what_is_damaged_or_gone_is_said_and_never_handed_out() {
    let house = House::start().await;
    let (_, path) = evidenced(&house).await;
    let clerk = house.clerk().await;
    let backup = || async { clerk.get("/office/backup?lang=en").await.text().to_owned() };
    assert!(
        backup().await.contains("2 pieces of evidence are named by the record, and all of them")
    );

    std::fs::write(file_of(&house, PDF), b"%PDF-1.7\n% Sample").unwrap();
    let answer = download(&clerk, PDF).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.text().contains("the file at headquarters is damaged"));
    assert_eq!(answer.header("content-security-policy"), OFFICE_POLICY);

    std::fs::remove_file(file_of(&house, JPEG)).unwrap();
    let answer = download(&clerk, JPEG).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.text().contains("the file is no longer at headquarters"));
    let page = clerk.get(&path).await;
    assert!(page.text().contains("ảnh.jpg") && page.text().contains("tệp không còn ở trụ sở"));
    assert!(!page.text().contains(&format!("/office/pieces/{}", hash_of(JPEG))));
    assert!(backup().await.contains("1 of 2 pieces of evidence is not here as it was"));

    // The very same file once more brings it back, also for the word that named it first.
    clerk.post_files(&path, &done(), &[("lại.jpg", JPEG)]).await;
    assert_eq!(&download(&clerk, JPEG).await.body[..], JPEG);
}

#[tokio::test]
async fn a_backup_brings_evidence_back_and_is_refused_when_any_of_it_is_not_whole() {
    let house = House::start().await;
    evidenced(&house).await;
    let made = house.backup().await;
    let manifest = Manifest::read(&made).unwrap();
    assert_eq!((manifest.pieces.count, manifest.pieces.bytes), (2, 34));
    assert!(manifest.in_words().contains("2 pieces of evidence"), "{}", manifest.in_words());

    let keyring = house.path().join("data/keyring.toml");
    let in_backup = |content| {
        let hash = hash_of(content);
        made.join("pieces").join(&hash[..2]).join(&hash[2..])
    };
    let target = house.path().join("restored");
    let spoilt: [(&dyn Fn(), &str); 2] = [
        (
            &|| std::fs::write(in_backup(PDF), b"%PDF-1.7\n% Sample").unwrap(),
            "content of its piece",
        ),
        (&|| std::fs::remove_file(in_backup(PDF)).unwrap(), "it has 1 pieces, its manifest 2"),
    ];
    for (spoil, words) in spoilt {
        spoil();
        let fault = backup::restore(&made, &target, Some(&keyring), clock::now()).await;
        let line = fault.unwrap_err().to_string();
        assert!(line.contains("is damaged") && line.contains(words), "{line}");
        assert_eq!(std::fs::read_dir(&target).unwrap().count(), 0, "nothing of it stays");
    }
    std::fs::write(in_backup(PDF), PDF).unwrap();
    let house = house.restore(&made).await;
    let clerk = house.clerk().await;
    for content in [PDF, JPEG] {
        assert_eq!(&download(&clerk, content).await.body[..], content);
    }
}

#[tokio::test]
async fn a_backup_is_made_without_what_is_damaged_and_names_it() {
    let house = House::start().await;
    evidenced(&house).await;
    std::fs::write(file_of(&house, PDF), b"%PDF-1.7\n% Sample").unwrap();
    let made = house.backup().await;
    let pieces = Manifest::read(&made).unwrap().pieces;
    assert_eq!((pieces.count, pieces.damaged), (1, vec![PieceHash(sha256(PDF))]));
    let house = house.restore(&made).await;
    let clerk = house.clerk().await;
    assert_eq!(download(&clerk, PDF).await.status, StatusCode::GONE);
    assert_eq!(download(&clerk, JPEG).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_backup_from_before_there_was_evidence_is_restored() {
    let house = House::start().await;
    overdue(&house).await;
    let made = house.backup().await;
    assert!(!made.join("pieces").exists());
    let file = made.join("manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    manifest["form"] = "bienban/backup/v1".into();
    manifest.as_object_mut().unwrap().remove("pieces").unwrap();
    std::fs::write(&file, manifest.to_string()).unwrap();
    let house = house.restore(&made).await;
    assert_eq!(house.clerk().await.get("/office/remedies").await.status, StatusCode::OK);
}

#[tokio::test]
async fn evidence_that_only_a_tablet_still_names_is_shown_as_missing_after_a_restore() {
    let house = House::start().await;
    let (inspection, path) = overdue(&house).await;
    let (person, code) = house.invite("Kiểm tra viên B").await;
    house.assign(inspection, person, Role::Member).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let made = house.backup().await;
    let clerk = house.clerk().await;
    clerk.post_files(&path, &done(), &[("thư.pdf", PDF)]).await;
    tablet.pull_all().await;
    let tablet = tablet.parked();

    let house = house.restore(&made).await;
    let clerk = house.clerk().await;
    assert!(!clerk.get(&path).await.text().contains("thư.pdf"), "the backup is older");
    tablet.at(&house).resupply().await;
    let page = clerk.get(&path).await;
    assert!(page.text().contains("thư.pdf") && page.text().contains("tệp không còn ở trụ sở"));
    assert_eq!(download(&clerk, PDF).await.status, StatusCode::GONE);
    let backup = clerk.get("/office/backup?lang=en").await;
    assert!(backup.text().contains("1 of 1 pieces of evidence is not here"), "{}", backup.text());
}
