//! The acts: what an event's body says was done.
//!
//! A body is `{0: name, 1: payload, ? 2: person}`. A name or payload that this build does not
//! know becomes [`Act::Unknown`] and is kept; an act is never refused. Whether the author was
//! entitled to it is not decided here.

use core::ops::Range;

use jiff::civil::Date;
use minicbor::{Decode, Decoder, Encode, Encoder};
use thiserror::Error;

use crate::cbor::{self, CborFault};
use crate::event::to_vec;
use crate::ids::{
    EnvelopeKey, EstablishmentId, EventId, FindingId, PackHash, PersonId, SeatId, SigningKey,
};
use crate::moment::day_as_text;
use crate::register::Write;
use crate::remedy::FollowRemedy;

/// The body of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// What was done.
    pub act: Act,
    /// The person, where the seat alone does not tell (headquarters is one seat for many).
    pub by: Option<PersonId>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// `journal/open`: the first event of every journal.
    OpenJournal(OpenJournal),
    /// `inspection/open`: the inspection begins to exist.
    OpenInspection(OpenInspection),
    /// `inspection/cancel`: headquarters says that the inspection does not take place.
    CancelInspection(CancelInspection),
    /// `team/seat`: headquarters says who works at a seat and with which role here.
    AssignSeat(AssignSeat),
    /// `register/set`: a value is written.
    Set(Write),
    /// `finding/begin`: a finding begins with its first fact.
    BeginFinding(BeginFinding),
    /// `finding/withdraw`: a finding is taken back, with a reason; it stays in the record.
    WithdrawFinding(WithdrawFinding),
    /// `remedy/follow`: headquarters says what became of a finding's remedy.
    FollowRemedy(FollowRemedy),
    /// `custody/admit`: headquarters makes held events part of the state.
    Admit(Judgement),
    /// `custody/set_aside`: headquarters leaves held events out of the state for good.
    SetAside(Judgement),
    /// An act of a later version, kept as it came.
    Unknown(UnknownAct),
}

/// Payload of `journal/open`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OpenJournal {
    /// The seat that writes this journal.
    #[n(0)]
    pub seat: SeatId,
    /// The key under which its heads verify; the seat's id is derived from it.
    #[n(1)]
    pub key: SigningKey,
    /// Name and version of the program that writes.
    #[n(2)]
    pub app: String,
}

/// Payload of `inspection/open`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OpenInspection {
    /// Where.
    #[n(0)]
    pub establishment: Establishment,
    /// Why this inspection takes place.
    #[n(1)]
    pub reason: String,
    /// The decision that orders it; absent while it is pending.
    #[n(2)]
    pub decision: Option<Decision>,
    /// The day of the inspection; an item is asked when a duty is in force on it.
    #[cbor(n(3), with = "day_as_text")]
    pub on: Date,
    /// The checklists, pinned.
    #[n(4)]
    pub checklists: Vec<PackHash>,
    /// The law, pinned.
    #[n(5)]
    pub law: PackHash,
}

/// The inspected organisation as it was known when the inspection was opened.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Establishment {
    /// Its id.
    #[n(0)]
    pub id: EstablishmentId,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its kind, a name that checklists use (`printing_house`, …).
    #[n(2)]
    pub kind: String,
    /// Its address; empty when not known.
    #[n(3)]
    pub address: String,
}

/// The decision that orders an inspection.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Decision {
    /// Its number.
    #[n(0)]
    pub number: String,
    /// Its day.
    #[cbor(n(1), with = "day_as_text")]
    pub on: Date,
}

/// Payload of `inspection/cancel`. Counts only in headquarters' journals.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CancelInspection {
    /// Why.
    #[n(0)]
    pub reason: String,
}

/// Payload of `team/seat`. Counts only in headquarters' journals.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct AssignSeat {
    /// The seat.
    #[n(0)]
    pub seat: SeatId,
    /// The key under which it signs.
    #[n(1)]
    pub key: SigningKey,
    /// The key to which the team encrypts for it.
    #[n(2)]
    pub envelope: EnvelopeKey,
    /// The person at the seat.
    #[n(3)]
    pub person: PersonId,
    /// The person's name, as it stands in the minutes.
    #[n(4)]
    pub name: String,
    /// The role in this inspection.
    #[n(5)]
    pub role: Role,
    /// The role that the person keeps where only the seat is taken off, because it was revoked;
    /// absent in every other word.
    #[n(6)]
    pub keeps: Option<Role>,
}

impl AssignSeat {
    /// The role that this leaves to the person, whatever becomes of the seat.
    pub fn role_of_person(&self) -> Role {
        self.keeps.unwrap_or(self.role)
    }
}

/// The role of a seat in one inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// No longer part of the team.
    #[n(0)]
    None,
    /// Member of the team.
    #[n(1)]
    Member,
    /// Lead of the team.
    #[n(2)]
    Lead,
}

/// Payload of `finding/begin`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BeginFinding {
    /// The finding.
    #[n(0)]
    pub finding: FindingId,
    /// The item it belongs to.
    #[n(1)]
    pub item: String,
    /// Its first fact; the address is one of this finding.
    #[n(2)]
    pub first: Write,
}

/// Payload of `finding/withdraw`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct WithdrawFinding {
    /// The finding.
    #[n(0)]
    pub finding: FindingId,
    /// Why.
    #[n(1)]
    pub reason: String,
}

/// Payload of `custody/admit` and `custody/set_aside`. Counts only in headquarters' journals.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Judgement {
    /// The held events it is about.
    #[n(0)]
    pub events: Vec<EventId>,
    /// Why.
    #[n(1)]
    pub reason: String,
}

/// An act that this build cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownAct {
    /// Its name.
    pub name: String,
    /// Its payload, one CBOR value.
    pub payload: Vec<u8>,
}

/// Why bytes are not a body.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BodyFault {
    /// The bytes are not deterministic CBOR.
    #[error("the body cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not name, payload and person.
    #[error("the body is not name, payload and person: {0}")]
    Shape(String),
}

impl Body {
    /// A body that needs no person beside the seat.
    pub fn of(act: Act) -> Self {
        Self { act, by: None }
    }

    /// Writes the body; its bytes are kept from then on.
    pub fn to_bytes(&self) -> Vec<u8> {
        let payload = self.act.payload();
        to_vec(&Parts { name: self.act.name(), payload: &payload, by: self.by })
    }

    /// Reads a body from outside.
    ///
    /// # Errors
    /// See [`BodyFault`]; an act that is not known is no fault.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BodyFault> {
        cbor::check(bytes)?;
        let parts = Parts::split(bytes).map_err(|e| BodyFault::Shape(e.to_string()))?;
        Ok(Self { act: Act::from_parts(parts.name, parts.payload), by: parts.by })
    }
}

impl Act {
    /// The name on the wire.
    pub fn name(&self) -> &str {
        match self {
            Self::OpenJournal(_) => "journal/open",
            Self::OpenInspection(_) => "inspection/open",
            Self::CancelInspection(_) => "inspection/cancel",
            Self::AssignSeat(_) => "team/seat",
            Self::Set(_) => "register/set",
            Self::BeginFinding(_) => "finding/begin",
            Self::WithdrawFinding(_) => "finding/withdraw",
            Self::FollowRemedy(_) => "remedy/follow",
            Self::Admit(_) => "custody/admit",
            Self::SetAside(_) => "custody/set_aside",
            Self::Unknown(unknown) => &unknown.name,
        }
    }

    fn payload(&self) -> Vec<u8> {
        match self {
            Self::OpenJournal(payload) => to_vec(payload),
            Self::OpenInspection(payload) => to_vec(payload),
            Self::CancelInspection(payload) => to_vec(payload),
            Self::AssignSeat(payload) => to_vec(payload),
            Self::Set(payload) => to_vec(payload),
            Self::BeginFinding(payload) => to_vec(payload),
            Self::WithdrawFinding(payload) => to_vec(payload),
            Self::FollowRemedy(payload) => to_vec(payload),
            Self::Admit(payload) | Self::SetAside(payload) => to_vec(payload),
            Self::Unknown(unknown) => unknown.payload.clone(),
        }
    }

    fn from_parts(name: &str, payload: &[u8]) -> Self {
        let known = match name {
            "journal/open" => minicbor::decode(payload).map(Self::OpenJournal),
            "inspection/open" => minicbor::decode(payload).map(Self::OpenInspection),
            "inspection/cancel" => minicbor::decode(payload).map(Self::CancelInspection),
            "team/seat" => minicbor::decode(payload).map(Self::AssignSeat),
            "register/set" => minicbor::decode(payload).map(Self::Set),
            "finding/begin" => minicbor::decode(payload).map(Self::BeginFinding),
            "finding/withdraw" => minicbor::decode(payload).map(Self::WithdrawFinding),
            "remedy/follow" => minicbor::decode(payload).map(Self::FollowRemedy),
            "custody/admit" => minicbor::decode(payload).map(Self::Admit),
            "custody/set_aside" => minicbor::decode(payload).map(Self::SetAside),
            _ => Err(minicbor::decode::Error::message("of a later version")),
        };
        known.unwrap_or_else(|_| {
            Self::Unknown(UnknownAct { name: name.to_owned(), payload: payload.to_vec() })
        })
    }
}

/// The three parts of a body, the payload still as bytes.
struct Parts<'a> {
    name: &'a str,
    payload: &'a [u8],
    by: Option<PersonId>,
}

impl<C> Encode<C> for Parts<'_> {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.map(2 + u64::from(self.by.is_some()))?.u8(0)?.str(self.name)?.u8(1)?;
        e.writer_mut().write_all(self.payload).map_err(minicbor::encode::Error::write)?;
        if let Some(person) = self.by {
            e.u8(2)?.encode(person)?;
        }
        Ok(())
    }
}

impl<'a> Parts<'a> {
    fn split(bytes: &'a [u8]) -> Result<Self, minicbor::decode::Error> {
        let missing = |what| move || minicbor::decode::Error::message(what);
        let mut d = Decoder::new(bytes);
        let (mut name, mut payload, mut by) = (None, None, None);
        for _ in 0..d.map()?.ok_or_else(missing("the length is missing"))? {
            match d.u64()? {
                0 => name = Some(d.str()?),
                1 => payload = bytes.get(span(&mut d)?),
                2 => by = Some(d.decode()?),
                _ => d.skip()?,
            }
        }
        Ok(Self {
            name: name.ok_or_else(missing("the name is missing"))?,
            payload: payload.ok_or_else(missing("the payload is missing"))?,
            by,
        })
    }
}

/// Where the next value stands in the bytes.
fn span(d: &mut Decoder<'_>) -> Result<Range<usize>, minicbor::decode::Error> {
    let start = d.position();
    d.skip()?;
    Ok(start..d.position())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;
    use crate::ids::PieceHash;
    use crate::piece::{MediaType, Piece, PieceName};
    use crate::register::{Address, Field};
    use crate::remedy::Outcome;
    use proptest::prelude::*;

    fn tap() -> Act {
        Act::Set(Write {
            address: Address::item("print.licence.valid", Field::Answer),
            value: Answer::Violation.value(),
            over: vec![EventId([9; 32])],
        })
    }

    #[test]
    fn a_body_goes_there_and_back_with_and_without_a_person() {
        for by in [None, Some(PersonId([7; 16]))] {
            let body = Body { act: tap(), by };
            assert_eq!(cbor::check(&body.to_bytes()), Ok(()));
            assert_eq!(Body::from_bytes(&body.to_bytes()), Ok(body));
        }
    }

    /// One of each known act. Whoever adds a case to [`Act`] adds it here: the match below does
    /// not compile without.
    fn one_of_each() -> Vec<Act> {
        let Act::Set(write) = tap() else { return vec![] };
        let (seat, key) = (SeatId([1; 16]), SigningKey([2; 32]));
        let finding = FindingId([3; 16]);
        let judgement = Judgement { events: vec![EventId([4; 32])], reason: "đủ".to_owned() };
        let establishment = Establishment {
            id: EstablishmentId([5; 16]),
            name: "Cơ sở in Mẫu A".to_owned(),
            kind: "printer".to_owned(),
            address: String::new(),
        };
        vec![
            Act::OpenJournal(OpenJournal { seat, key, app: "app".to_owned() }),
            Act::OpenInspection(OpenInspection {
                establishment,
                reason: "kế hoạch".to_owned(),
                decision: None,
                on: jiff::civil::date(2026, 7, 1),
                checklists: vec![PackHash([6; 32])],
                law: PackHash([7; 32]),
            }),
            Act::CancelInspection(CancelInspection { reason: "hoãn".to_owned() }),
            Act::AssignSeat(AssignSeat {
                seat,
                key,
                envelope: EnvelopeKey([8; 32]),
                person: PersonId([9; 16]),
                name: "Kiểm tra viên A".to_owned(),
                role: Role::Lead,
                keeps: None,
            }),
            Act::Set(write.clone()),
            Act::BeginFinding(BeginFinding { finding, item: "a".to_owned(), first: write }),
            Act::WithdrawFinding(WithdrawFinding { finding, reason: "nhầm".to_owned() }),
            Act::FollowRemedy(FollowRemedy {
                finding,
                outcome: Outcome::Extended(jiff::civil::date(2026, 9, 1)),
                on: jiff::civil::date(2026, 8, 1),
                note: "công văn".to_owned(),
                over: vec![EventId([8; 32])],
                evidence: vec![Piece {
                    content: PieceHash([9; 32]),
                    size_bytes: 1,
                    media: MediaType::Jpeg,
                    name: PieceName::new("ảnh.jpg").expect("it is a name"),
                }],
            }),
            Act::Admit(judgement.clone()),
            Act::SetAside(judgement),
        ]
    }

    #[test]
    fn every_known_act_is_read_back_as_itself() {
        let acts = one_of_each();
        for act in &acts {
            let read = Body::from_bytes(&Body::of(act.clone()).to_bytes());
            assert_eq!(read.map(|body| body.act).as_ref(), Ok(act));
        }
        let mut places: Vec<usize> = acts.iter().map(place).collect();
        places.dedup();
        assert_eq!(places, (0..10).collect::<Vec<_>>(), "an act is missing from this test");
    }

    fn place(act: &Act) -> usize {
        match act {
            Act::OpenJournal(_) => 0,
            Act::OpenInspection(_) => 1,
            Act::CancelInspection(_) => 2,
            Act::AssignSeat(_) => 3,
            Act::Set(_) => 4,
            Act::BeginFinding(_) => 5,
            Act::WithdrawFinding(_) => 6,
            Act::FollowRemedy(_) => 7,
            Act::Admit(_) => 8,
            Act::SetAside(_) => 9,
            Act::Unknown(_) => 10,
        }
    }

    #[test]
    fn an_act_of_a_later_version_is_kept_byte_for_byte() {
        let later = Act::Unknown(UnknownAct {
            name: "evidence/stamp".to_owned(),
            payload: vec![0xa1, 0x00, 0xf5],
        });
        let bytes = Body::of(later.clone()).to_bytes();
        let read = Body::from_bytes(&bytes).expect("it is well formed");
        assert_eq!(read.act, later);
        assert_eq!(read.to_bytes(), bytes);
    }

    #[test]
    fn a_known_name_with_a_payload_of_another_shape_is_unknown_and_not_refused() {
        let bytes = to_vec(&Parts { name: "register/set", payload: &[0x01], by: None });
        let read = Body::from_bytes(&bytes).expect("it is well formed");
        assert!(matches!(read.act, Act::Unknown(_)));
    }

    #[test]
    fn a_body_without_name_or_payload_is_refused() {
        for bytes in [&[0xa0][..], &[0xa1, 0x01, 0x00], &[0xa1, 0x00, 0x61, 0x61], &[0x80]] {
            assert!(matches!(Body::from_bytes(bytes), Err(BodyFault::Shape(_))), "{bytes:02x?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = Body::from_bytes(&bytes);
        }
    }
}
