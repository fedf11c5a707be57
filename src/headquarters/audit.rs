//! Who did what at headquarters, and who read what: one chain of rows that is only ever added to.
//! It keeps no secret, decides nothing, and says nothing of what tablets record: their journals do.

mod reads;

use domain::ids::PersonId;
use domain::moment::Moment;
use proof::hash::sha256;

pub use reads::Reads;

use crate::clock;
use crate::store::{StoreFault, Tx, audit};

/// Defines the acts, each with its word.
macro_rules! acts {
    ($($(#[doc = $about:literal])+ $act:ident $word:literal;)+) => {
        /// What was done. Its word stands in the database, in files and in addresses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act { $($(#[doc = $about])+ $act,)+ }

        impl Act {
            /// Every act.
            pub const ALL: &[Self] = &[$(Self::$act),+];

            /// Its word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$act => $word),+ }
            }
        }
    };
}

acts! {
    /// Somebody signed in to the office.
    SignedIn "sign-in";
    /// Somebody tried to, and was refused.
    SignInRefused "sign-in-refused";
    /// Somebody signed out.
    SignedOut "sign-out";
    /// A session was ended by somebody else than by signing out.
    SessionEnded "session-ended";
    /// A person set a passphrase, or another one.
    PassphraseSet "passphrase-set";
    /// A person became known.
    PersonAdded "person-added";
    /// A person's name, roles or unit changed.
    PersonChanged "person-changed";
    /// A person left.
    PersonLeft "person-left";
    /// A unit became known.
    UnitAdded "unit-added";
    /// A unit got another name.
    UnitChanged "unit-changed";
    /// A unit ended.
    UnitEnded "unit-ended";
    /// An invitation was given.
    InvitationGiven "invitation-given";
    /// An invitation was taken back.
    InvitationRevoked "invitation-revoked";
    /// An invitation was used.
    InvitationTaken "invitation-taken";
    /// A seat enrolled.
    SeatEnrolled "seat-enrolled";
    /// A seat was revoked.
    SeatRevoked "seat-revoked";
    /// A pack was published.
    PackPublished "pack-published";
    /// An inspection was opened by the office.
    InspectionOpened "inspection-opened";
    /// The plan of an inspection was corrected.
    InspectionCorrected "inspection-corrected";
    /// An inspection was cancelled.
    InspectionCancelled "inspection-cancelled";
    /// An inspection was shown to a unit, or no longer.
    InspectionShared "inspection-shared";
    /// A team changed.
    TeamChanged "team-changed";
    /// Held events were admitted.
    HeldAdmitted "held-admitted";
    /// Held events were set aside.
    HeldSetAside "held-set-aside";
    /// What became of a remedy was said.
    RemedyFollowed "remedy-followed";
    /// A piece of evidence was read.
    EvidenceRead "evidence-read";
    /// Findings or answers were read: a page, a file, or the minutes.
    FindingsRead "findings-read";
    /// The audit was read.
    AuditRead "audit-read";
    /// The audit was taken out as a file.
    AuditExported "audit-exported";
    /// Headquarters got new keys.
    KeysRotated "keys-rotated";
    /// The escrow key was made.
    EscrowInitialised "escrow-initialised";
    /// The escrow key opened something.
    EscrowUsed "escrow-used";
    /// An order to erase was given to a revoked seat.
    EraseOrderGiven "erase-order-given";
    /// The locked vault of a revoked seat arrived.
    SealedVaultReceived "sealed-vault-received";
    /// The locked vault of a revoked seat was opened.
    SealedVaultOpened "sealed-vault-opened";
    /// How long a kind of record is kept was set.
    RetentionSet "retention-set";
    /// A backup was made.
    BackupMade "backup-made";
    /// A bundle was taken in.
    BundleImported "bundle-imported";
}

impl Act {
    /// The act of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.word() == word)
    }
}

/// The longest object or detail, in bytes: a row says what was done and repeats no text of it.
const MAX_BYTES: usize = 500;

/// Adds a row in the transaction of what it tells of. `who` is `None` where nobody is signed in:
/// the program itself, a command on the machine, a stranger.
///
/// Never give it a code, a passphrase, a key or a sentence of the record.
///
/// # Errors
/// See [`StoreFault`].
pub async fn note(
    tx: &mut Tx,
    who: Option<PersonId>,
    act: Act,
    object: &str,
    detail: &str,
) -> Result<(), StoreFault> {
    note_at(tx, &Note::new(who, act, object, detail)).await
}

/// The same in a transaction of its own, on a connection beside the writer's.
///
/// # Errors
/// See [`StoreFault`].
pub async fn note_alone(
    db: &mut Tx,
    who: Option<PersonId>,
    act: Act,
    object: &str,
    detail: &str,
) -> Result<(), StoreFault> {
    sqlx::query("begin immediate").execute(&mut *db).await?;
    note(&mut *db, who, act, object, detail).await?;
    sqlx::query("commit").execute(db).await?;
    Ok(())
}

/// A row before it has its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    at: Moment,
    who: Option<PersonId>,
    act: Act,
    object: String,
    detail: String,
}

impl Note {
    fn new(who: Option<PersonId>, act: Act, object: &str, detail: &str) -> Self {
        let (object, detail) = (cut(object), cut(detail));
        Self { at: clock::now(), who, act, object, detail }
    }
}

/// As much of a text as a row takes, in one line.
fn cut(text: &str) -> String {
    let mut line = text.replace(|c: char| c.is_control(), " ");
    line.truncate(line.floor_char_boundary(MAX_BYTES));
    line
}

async fn note_at(tx: &mut Tx, note: &Note) -> Result<(), StoreFault> {
    let (position, prev) = audit::end(&mut *tx).await?;
    let row = Row {
        position,
        at: note.at,
        who: note.who,
        act: note.act.word().to_owned(),
        object: note.object.clone(),
        detail: note.detail.clone(),
        prev,
        hash: [0; 32],
    };
    let hash = row.hash_of_its_content();
    audit::append(tx, &Row { hash, ..row }).await
}

/// A row of the chain. `act` is a word: a later version may know more of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place, counted from 1 without gaps.
    pub position: u64,
    /// When it was done.
    pub at: Moment,
    /// By whom.
    pub who: Option<PersonId>,
    /// What; see [`Act::word`].
    pub act: String,
    /// To what: an id, or an address.
    pub object: String,
    /// What else there is to say.
    pub detail: String,
    /// The hash of the row before, or zeros.
    pub prev: [u8; 32],
    /// The hash over all of the above.
    pub hash: [u8; 32],
}

impl Row {
    /// SHA-256 over the words of the row, each led by its length, so that no two rows have the
    /// same bytes.
    pub fn hash_of_its_content(&self) -> [u8; 32] {
        let (position, at) = (self.position.to_be_bytes(), self.at.0.to_be_bytes());
        let who = self.who.as_ref().map_or(&[][..], |person| &person.0[..]);
        let texts = [&self.act, &self.object, &self.detail].map(|text| text.as_bytes());
        let [act, object, detail] = texts;
        let mut bytes = Vec::new();
        for part in [&b"bienban/audit/v1"[..], &self.prev, &position, &at, who, act, object, detail]
        {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        }
        sha256(&bytes)
    }
}

/// What is known of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// Every row follows from the one before.
    Whole {
        /// How many there are.
        rows: u64,
        /// The hash of the last one: whoever keeps it can tell later that nothing before it
        /// changed.
        last: [u8; 32],
    },
    /// This row is not what was written, or not in its place.
    Broken {
        /// Its place.
        position: u64,
    },
}

/// Follows the chain while rows are handed to it.
#[derive(Debug, Clone, Default)]
pub struct Follower {
    rows: u64,
    last: [u8; 32],
}

impl Follower {
    /// Takes the next row.
    ///
    /// # Errors
    /// The place of a row that does not follow.
    pub fn take(&mut self, row: &Row) -> Result<(), u64> {
        let follows = row.position == self.rows + 1 && row.prev == self.last;
        if !follows || row.hash != row.hash_of_its_content() {
            return Err(row.position);
        }
        (self.rows, self.last) = (row.position, row.hash);
        Ok(())
    }

    /// That everything handed in was whole.
    pub fn whole(self) -> Chain {
        Chain::Whole { rows: self.rows, last: self.last }
    }

    /// The last place taken.
    pub fn through(&self) -> u64 {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(position: u64, prev: [u8; 32]) -> Row {
        let row = Row {
            position,
            at: Moment(7),
            who: None,
            act: Act::SignedIn.word().to_owned(),
            object: String::new(),
            detail: String::new(),
            prev,
            hash: [0; 32],
        };
        Row { hash: row.hash_of_its_content(), ..row }
    }

    #[test]
    fn every_act_comes_back_from_its_word_and_no_two_share_one() {
        for act in Act::ALL {
            assert_eq!(Act::of_word(act.word()), Some(*act));
        }
        assert_eq!(Act::of_word("erased"), None);
    }

    #[test]
    fn a_changed_a_missing_and_a_moved_row_break_the_chain() {
        let first = row(1, [0; 32]);
        let second = row(2, first.hash);
        let mut follower = Follower::default();
        assert_eq!([follower.take(&first), follower.take(&second)], [Ok(()), Ok(())]);
        assert_eq!(follower.whole(), Chain::Whole { rows: 2, last: second.hash });
        assert_eq!(Follower::default().take(&second), Err(2), "one is missing");
        let changed = Row { object: "x".to_owned(), ..first.clone() };
        assert_eq!(Follower::default().take(&changed), Err(1));
        let of_another = Row { prev: [1; 32], ..first };
        assert_eq!(Follower::default().take(&of_another), Err(1));
    }

    #[test]
    fn words_cannot_move_from_one_field_into_the_next() {
        let one = Row { object: "ab".to_owned(), detail: "c".to_owned(), ..row(1, [0; 32]) };
        let other = Row { object: "a".to_owned(), detail: "bc".to_owned(), ..one.clone() };
        assert_ne!(one.hash_of_its_content(), other.hash_of_its_content());
    }

    #[test]
    fn a_long_text_is_cut_between_letters_and_stays_in_one_line() {
        let long = "ộ".repeat(MAX_BYTES);
        assert!(cut(&long).len() <= MAX_BYTES && cut(&long).chars().all(|c| c == 'ộ'));
        assert_eq!(cut("a\r\nb"), "a  b");
    }
}
