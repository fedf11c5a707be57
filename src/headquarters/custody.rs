//! Taking a push into custody: load what `sync::admission` needs, let it decide, store what it
//! says. All inside the writer's transaction, so that of two racing pushes only one is fresh.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::{Act, Role};
use domain::ids::EventId;
use domain::moment::Moment;
use domain::state::Custody;
use proof::chain::{Journal, Tip, Verified};
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission::{
    self, AdmissionFault, Author, Examination, Examined, Known, Standing, blank, decide,
};
use sync::message::push::{JournalAnswer, Part};
use sync::message::refusal::RefusalCode;

use crate::ledger;
use crate::store::events::{self, Fresh};
use crate::store::people::{self, Seat};
use crate::store::{Store, StoreFault, Tx, inspections};

/// The authors of the journals that parts claim to be of, as far as headquarters has them.
///
/// # Errors
/// See [`StoreFault`].
pub async fn authors(
    store: &Store,
    journals: &BTreeSet<Journal>,
) -> Result<BTreeMap<Journal, Author>, StoreFault> {
    let mut authors = BTreeMap::new();
    for journal in journals {
        if let Some((author, _)) = events::journal(store.readers(), *journal).await? {
            authors.insert(*journal, author);
        }
    }
    Ok(authors)
}

/// Checks every part from its bytes. A part may go on from one before it in the same push.
///
/// # Errors
/// The first [`AdmissionFault`]: then nothing of the push is taken.
pub fn examine(
    parts: Vec<Part>,
    mut authors: BTreeMap<Journal, Author>,
) -> Result<Vec<Examination>, AdmissionFault> {
    let mut examinations = Vec::with_capacity(parts.len());
    for part in parts {
        let journal = admission::journal_of(&part)?;
        let examination = admission::examine(part, authors.get(&journal).copied())?;
        if let Examination::Whole(examined) = &examination {
            authors.insert(journal, examined.author);
        }
        examinations.push(examination);
    }
    Ok(examinations)
}

/// What was taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// One answer for each journal, in the order of their first part.
    pub answers: Vec<JournalAnswer>,
    /// How many events were stored.
    pub fresh: usize,
}

/// Takes examined parts into custody.
///
/// # Errors
/// See [`StoreFault`].
pub async fn take(
    tx: &mut Tx,
    keys: &KeyPair,
    examinations: &[Examination],
    now: Moment,
) -> Result<Taken, StoreFault> {
    let mut taken = Taken::default();
    for examination in examinations {
        let answer = match examination {
            Examination::Whole(examined) => {
                let (answer, fresh) = take_part(tx, keys, examined, now).await?;
                taken.fresh += fresh;
                answer
            }
            Examination::NeedsBeginning(journal) => admission::needs_beginning(*journal),
        };
        put_answer(&mut taken.answers, answer);
    }
    Ok(taken)
}

/// The last part of a journal says how far it reaches.
fn put_answer(answers: &mut Vec<JournalAnswer>, answer: JournalAnswer) {
    match answers.iter_mut().find(|other| other.journal() == answer.journal()) {
        Some(earlier) => *earlier = answer,
        None => answers.push(answer),
    }
}

async fn take_part(
    tx: &mut Tx,
    keys: &KeyPair,
    examined: &Examined,
    now: Moment,
) -> Result<(JournalAnswer, usize), StoreFault> {
    let refused = |code| (JournalAnswer { refused: Some(code), ..blank(examined.journal) }, 0);
    let known = events::journal(&mut *tx, examined.journal).await?;
    // Another seat was first with this journal's name since the part was examined.
    if known.is_some_and(|(author, _)| author != examined.author) {
        return Ok(refused(RefusalCode::Malformed));
    }
    let known = known.map(|(_, known)| known);
    let seat = people::seat(&mut *tx, examined.author.seat).await?;
    let by_headquarters = examined.author.seat == seat_of(&keys.public());
    if seat.is_none() && !by_headquarters {
        return Ok(refused(RefusalCode::UnknownSeat));
    }
    let opens = opens(tx, examined).await?;
    let standing = standing(tx, examined, seat.as_ref(), opens).await?;
    let stored = stored(tx, examined, known).await?;
    let decision = decide(examined, known, &stored, standing);
    let fresh = examined.run.get(decision.stored..).unwrap_or_default();
    if let (Some(known), false) = (decision.known, fresh.is_empty()) {
        store(tx, examined, fresh, (known, decision.custody), now).await?;
        if opens && decision.custody == Custody::Accepted {
            confirm_opener(tx, keys, examined, seat.as_ref(), now).await?;
        }
    }
    Ok((decision.answer, fresh.len()))
}

/// Whether the run opens an inspection that nobody has opened.
async fn opens(tx: &mut Tx, examined: &Examined) -> Result<bool, StoreFault> {
    let opening = |event: &Verified| {
        event.body.as_ref().is_some_and(|body| matches!(body.act, Act::OpenInspection(_)))
    };
    if !examined.run.iter().any(opening) {
        return Ok(false);
    }
    Ok(inspections::opener(tx, examined.journal.inspection).await?.is_none())
}

async fn standing(
    tx: &mut Tx,
    examined: &Examined,
    seat: Option<&Seat>,
    opens: bool,
) -> Result<Standing, StoreFault> {
    // Headquarters' own events, brought back by a tablet after a restore.
    let Some(seat) = seat else { return Ok(Standing::OnTeam) };
    if seat.revoked_at.is_some() {
        return Ok(Standing::Revoked);
    }
    let role = inspections::role(tx, examined.journal.inspection, seat.person.id).await?;
    Ok(match role {
        Role::Member | Role::Lead => Standing::OnTeam,
        Role::None if opens => Standing::OnTeam,
        Role::None => Standing::NotOnTeam,
    })
}

/// What of the run, and of what it follows, is stored. A run that goes on from the tip needs no
/// look: nothing that follows a tip is stored anywhere.
async fn stored(
    tx: &mut Tx,
    examined: &Examined,
    known: Option<Known>,
) -> Result<BTreeSet<EventId>, StoreFault> {
    let (Some(first), Some(last), Some(known)) = (examined.run.first(), examined.run.last(), known)
    else {
        return Ok(BTreeSet::new());
    };
    if first.header.prev == Some(known.tip.id) {
        return Ok(BTreeSet::new());
    }
    let from = first.header.seq.saturating_sub(1);
    events::ids_between(tx, examined.journal, from, last.header.seq).await
}

async fn store(
    tx: &mut Tx,
    examined: &Examined,
    fresh: &[Verified],
    (known, custody): (Known, Custody),
    now: Moment,
) -> Result<(), StoreFault> {
    let Some(last) = fresh.last() else { return Ok(()) };
    let run = Fresh {
        journal: examined.journal,
        author: examined.author,
        events: fresh,
        head: &examined.head,
        head_tip: Tip { seq: last.header.seq, id: last.id },
        custody,
        known,
        now,
    };
    events::store(tx, &run).await
}

/// The seat that opened an inspection leads it until headquarters says otherwise; headquarters
/// says so in the stream, with name and keys.
async fn confirm_opener(
    tx: &mut Tx,
    keys: &KeyPair,
    examined: &Examined,
    seat: Option<&Seat>,
    now: Moment,
) -> Result<(), StoreFault> {
    let inspection = examined.journal.inspection;
    inspections::set_opener(tx, inspection, examined.author.seat).await?;
    match seat {
        Some(seat) => ledger::assign(tx, keys, inspection, (seat.person.id, Role::Lead), now).await,
        None => Ok(()),
    }
}
