//! Taking a push into custody: load what `sync::admission` needs, let it decide, store what it
//! says. All inside the writer's transaction, so that of two racing pushes only one is fresh.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::{Act, Role};
use domain::ids::EventId;
use domain::moment::Moment;
use domain::state::Custody;
use proof::chain::{Journal, Tip, Verified};
use proof::sign::KeyPair;
use sync::admission::{
    self, AdmissionFault, Author, Decision, Examination, Examined, Known, Writer, blank, decide,
};
use sync::message::push::{JournalAnswer, Part};
use sync::message::refusal::RefusalCode;

use crate::follow::{self, CameBack};
use crate::ledger;
use crate::store::events::{self, Fresh};
use crate::store::{Store, StoreFault, Tx, inspections, own_journals, people};

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
    /// What became of the events.
    pub events: Counts,
}

/// What became of events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Stored, and part of the state.
    pub accepted: usize,
    /// Stored, and waiting for a person.
    pub held: usize,
    /// In custody already.
    pub repeated: usize,
}

impl Counts {
    /// How many events were stored.
    pub fn fresh(self) -> usize {
        self.accepted + self.held
    }

    /// How many are in custody.
    pub fn in_custody(self) -> usize {
        self.fresh() + self.repeated
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            accepted: self.accepted + other.accepted,
            held: self.held + other.held,
            repeated: self.repeated + other.repeated,
        }
    }

    fn of(decision: &Decision, run: usize) -> Self {
        let (repeated, fresh) = (decision.stored, run.saturating_sub(decision.stored));
        match decision.custody {
            Custody::Accepted if decision.answer.expected.is_some() => Self::default(),
            Custody::Accepted => Self { accepted: fresh, repeated, ..Self::default() },
            Custody::Held(_) => Self { held: fresh, repeated, ..Self::default() },
        }
    }
}

impl Taken {
    /// What was taken first and what was taken then.
    #[must_use]
    pub fn and(mut self, then: Self) -> Self {
        then.answers.into_iter().for_each(|answer| put_answer(&mut self.answers, answer));
        self.events = self.events.plus(then.events);
        self
    }
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
    let (mut taken, mut back) = (Taken::default(), CameBack::default());
    for examination in examinations {
        let answer = match examination {
            Examination::Whole(examined) => {
                let part = (examined.as_ref(), now);
                let (answer, counts) = take_part(tx, keys, part, &mut back).await?;
                taken.events = taken.events.plus(counts);
                answer
            }
            Examination::NeedsBeginning(journal) => admission::needs_beginning(*journal),
        };
        put_answer(&mut taken.answers, answer);
    }
    follow::say_what_is_owed(tx, keys, &back, now).await?;
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
    (examined, now): (&Examined, Moment),
    back: &mut CameBack,
) -> Result<(JournalAnswer, Counts), StoreFault> {
    let known = events::journal(&mut *tx, examined.journal).await?;
    // Another seat was first with this journal's name since the part was examined.
    if known.is_some_and(|(author, _)| author != examined.author) {
        let refused = Some(RefusalCode::Malformed);
        let answer = JournalAnswer { refused, ..blank(examined.journal) };
        return Ok((answer, Counts::default()));
    }
    let known = known.map(|(_, known)| known);
    let author = examined.author.seat;
    let writer = inspections::writer(&mut *tx, examined.journal.inspection, author).await?;
    let opens = opens(tx, examined).await?;
    let standing = admission::standing(writer, opens);
    let stored = stored(tx, examined, known).await?;
    let decision = decide(examined, known, &stored, standing);
    let fresh = examined.run.get(decision.stored..).unwrap_or_default();
    if let (Some(known), false) = (decision.known, fresh.is_empty()) {
        store(tx, examined, fresh, (known, decision.custody), now).await?;
        let counts = decision.custody == Custody::Accepted;
        if writer == Writer::Headquarters {
            came_back(tx, examined.journal, back).await?;
        } else if opens && counts {
            confirm_opener(tx, keys, examined, now).await?;
        }
    }
    let counts = Counts::of(&decision, examined.run.len());
    Ok((decision.answer, counts))
}

/// Headquarters' own events that it had forgotten: it never goes on in a journal of which others
/// know more, and its record follows what the journal says.
async fn came_back(tx: &mut Tx, journal: Journal, back: &mut CameBack) -> Result<(), StoreFault> {
    own_journals::leave(&mut *tx, journal).await?;
    follow::follow(tx, journal.inspection, back).await
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
/// says so in the stream, with name and keys, unless it has said something already.
async fn confirm_opener(
    tx: &mut Tx,
    keys: &KeyPair,
    examined: &Examined,
    now: Moment,
) -> Result<(), StoreFault> {
    let inspection = examined.journal.inspection;
    let seat = people::seat(&mut *tx, examined.author.seat).await?;
    let Some(seat) = seat else { return Ok(()) };
    inspections::set_opener(&mut *tx, inspection, examined.author.seat).await?;
    if inspections::role(&mut *tx, inspection, seat.person.id).await?.is_some() {
        return Ok(());
    }
    ledger::assign(tx, keys, inspection, (seat.person.id, Role::Lead), (None, now)).await
}
