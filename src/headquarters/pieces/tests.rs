//! The folder of pieces on a real disk: what is kept, what is refused, and that nothing else
//! stays.

use domain::ids::PieceHash;
use domain::piece::{MediaType, Piece, PieceName};
use proof::hash::sha256;
use tempfile::TempDir;

use super::*;

const PDF: &[u8] = b"%PDF-1.7 sample";

fn opened() -> (TempDir, Pieces) {
    let data = tempfile::tempdir().unwrap();
    let pieces = Pieces::open(data.path()).unwrap();
    (data, pieces)
}

fn name() -> PieceName {
    PieceName::new("giấy phép.pdf").unwrap()
}

async fn arrived(pieces: &Pieces, chunks: &[&[u8]]) -> Result<Whole, Refused> {
    let mut arriving = pieces.begin().await?;
    for chunk in chunks {
        arriving.take(chunk).await?;
    }
    arriving.end().await
}

async fn kept(pieces: &Pieces, content: &[u8]) -> Piece {
    arrived(pieces, &[content]).await.unwrap().keep(name()).await.unwrap()
}

/// Every file below the folder of pieces, apart from folders.
fn files(data: &TempDir) -> Vec<String> {
    let folder = data.path().join(FOLDER);
    let mut files = names_in(&folder).unwrap();
    files.retain(|name| folder.join(name).is_file());
    files.extend(all_in(&folder).unwrap().iter().map(PieceHash::to_string));
    files
}

#[tokio::test]
async fn what_is_kept_lies_under_its_hash_and_is_read_back() {
    let (data, pieces) = opened();
    // One byte at a time, as a slow line may bring it.
    let chunks = PDF.chunks(1).collect::<Vec<_>>();
    let whole = arrived(&pieces, &chunks).await.unwrap();
    assert_eq!(whole.content(), PieceHash(sha256(PDF)));
    let piece = whole.keep(name()).await.unwrap();
    assert_eq!((piece.size_bytes, &piece.media), (15, &MediaType::Pdf));
    let hex = piece.content.to_string();
    let file = data.path().join(FOLDER).join(&hex[..2]).join(&hex[2..]);
    assert_eq!(std::fs::read(file).unwrap(), PDF);
    assert_eq!(pieces.read(piece.content).await.unwrap(), PDF);
    assert_eq!(pieces.standing(&piece).await, Standing::Here);
    assert_eq!(files(&data), [hex]);
}

#[tokio::test]
async fn what_is_refused_or_given_up_leaves_no_trace() {
    let (data, pieces) = opened();
    assert!(matches!(arrived(&pieces, &[]).await, Err(Refused::Empty)));
    assert!(matches!(arrived(&pieces, &[b"%PD"]).await, Err(Refused::OtherKind)));
    assert!(matches!(arrived(&pieces, &[b"<!doctype", b" html>"]).await, Err(Refused::OtherKind)));
    let mut arriving = pieces.begin().await.unwrap();
    arriving.take(PDF).await.unwrap();
    drop(arriving);
    drop(arrived(&pieces, &[PDF]).await.unwrap());
    assert_eq!(files(&data), [""; 0]);
}

#[tokio::test]
async fn the_longest_piece_is_kept_and_one_byte_more_is_refused_at_once() {
    let (data, pieces) = opened();
    let most = usize::try_from(MAX_PIECE_BYTES).unwrap();
    let mut content = PDF.to_vec();
    content.resize(most, b' ');
    let mut arriving = pieces.begin().await.unwrap();
    arriving.take(&content).await.unwrap();
    assert!(matches!(arriving.take(b" ").await, Err(Refused::TooLarge)));
    drop(arriving);
    let piece = kept(&pieces, &content).await;
    assert_eq!(piece.size_bytes, MAX_PIECE_BYTES);
    assert_eq!(files(&data).len(), 1);
}

#[tokio::test]
async fn damage_and_loss_are_told_apart_and_the_same_content_again_heals_both() {
    let (data, pieces) = opened();
    let piece = kept(&pieces, PDF).await;
    let file = path_in(&data.path().join(FOLDER), piece.content);

    std::fs::write(&file, b"%PDF-1.7 Sample").unwrap();
    let fault = pieces.read(piece.content).await.unwrap_err();
    assert!(matches!(fault, PieceFault::Damaged(damaged) if damaged == piece.content));
    std::fs::write(&file, b"%PDF").unwrap();
    assert_eq!(pieces.standing(&piece).await, Standing::Damaged);
    std::fs::remove_file(&file).unwrap();
    let fault = pieces.read(piece.content).await.unwrap_err();
    assert!(matches!(fault, PieceFault::Missing(missing) if missing == piece.content));
    assert_eq!(pieces.standing(&piece).await, Standing::Missing);

    std::fs::write(&file, b"other").unwrap();
    assert_eq!(kept(&pieces, PDF).await, piece);
    assert_eq!(pieces.read(piece.content).await.unwrap(), PDF);
}

#[tokio::test]
async fn what_a_kill_left_half_written_is_gone_at_the_next_start() {
    let (data, pieces) = opened();
    let piece = kept(&pieces, PDF).await;
    let half = data.path().join(FOLDER).join("00").with_extension(PART);
    std::fs::write(&half, b"%PDF-1.7 sam").unwrap();
    let pieces = Pieces::open(data.path()).unwrap();
    assert!(!half.exists());
    assert_eq!(pieces.read(piece.content).await.unwrap(), PDF);
}

#[tokio::test]
async fn a_copy_has_every_whole_piece_and_names_the_damaged() {
    let (data, pieces) = opened();
    let [one, other] = [kept(&pieces, PDF).await, kept(&pieces, b"\x89PNG\r\n\x1a\n").await];
    let folder = data.path().join(FOLDER);
    std::fs::write(path_in(&folder, other.content), b"\x89PNG\r\n\x1a\r").unwrap();
    // What is called otherwise is no piece.
    std::fs::write(folder.join("note.txt"), b"x").unwrap();
    let target = data.path().join("copy");
    let copied = copy_all(&folder, &target).unwrap();
    assert_eq!(copied, Copied { count: 1, bytes: 15, damaged: vec![other.content] });
    assert_eq!(all_in(&target).unwrap(), [one.content]);
    let nowhere = copy_all(&data.path().join("nowhere"), &data.path().join("empty")).unwrap();
    assert_eq!(nowhere, Copied::default());
    assert!(!data.path().join("empty").exists());
}
