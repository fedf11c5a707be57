//! The canary: a random word in the store and in a second place, with how far each own journal is
//! stored and accepted. It tells a store that was wiped, or that is an old copy, from a new one.
//!
//! Nothing that was recorded is in the second place, only numbers; nothing is decided by it but
//! to leave journals whose last event is not certain. A browser that deletes both places at once
//! leaves nothing to notice.

use std::collections::BTreeMap;

use domain::ids::{InspectionId, JournalId, from_hex, to_hex};
use domain::moment::Moment;
use domain::order;
use gloo_storage::{LocalStorage as SmallStore, Storage};
use proof::chain::Journal;
use proof::vault::SlotId;
use screens::seam::Loss;
use serde::{Deserialize, Serialize};
use storage::contract::{Canary, Fault, OwnJournal};
use storage::store::beginning::Beginning;
use storage::vault::slot::Slot;

use crate::{Facts, browser};

/// How every name in the second place begins, followed by the vault's.
const PREFIX: &str = "bienban.";

/// The name of the word in the second place.
const WORD: &str = "canary";

/// The name of the time at which headquarters last accepted something.
const ACCEPTED_AT: &str = "accepted_at";

/// How the names of journals in the second place begin.
const JOURNAL: &str = "journal.";

/// How far a journal was, by the second place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    stored_through: u64,
    accepted_through: Option<u64>,
}

impl Mark {
    fn of(own: &OwnJournal) -> Self {
        Self { stored_through: own.tip.seq, accepted_through: own.accepted_through }
    }

    /// How many of its events from `seq` on there were, and how many of them were accepted.
    fn count_from(self, seq: u64) -> (u64, u64) {
        let count = |through: u64| through.saturating_add(1).saturating_sub(seq);
        (count(self.stored_through), self.accepted_through.map_or(0, count))
    }
}

/// What the second place says.
struct Second {
    word: Option<Canary>,
    accepted_at: Option<Moment>,
    journals: BTreeMap<Journal, Mark>,
}

impl Second {
    /// What is said of the vault whose names begin so.
    fn read(prefix: &str) -> Self {
        let word = SmallStore::get::<String>(format!("{prefix}{WORD}")).ok();
        let word = word.and_then(|word| from_hex(&word).ok()).map(Canary);
        let accepted_at = SmallStore::get::<i64>(format!("{prefix}{ACCEPTED_AT}")).ok().map(Moment);
        Self { word, accepted_at, journals: marks(prefix) }
    }
}

impl Second {
    /// Whether every journal ends in the store where it was noted, or later: tip and events are
    /// written in one piece, so nothing need be counted then.
    fn is_covered(&self, own: &[OwnJournal]) -> bool {
        let reaches = |(journal, mark): (&Journal, &Mark)| {
            let here = own.iter().find(|own| own.journal == *journal);
            here.is_some_and(|own| own.tip.seq >= mark.stored_through)
        };
        self.journals.iter().all(reaches)
    }
}

/// How the names of a vault begin.
fn prefix_of(slot: SlotId) -> String {
    format!("{PREFIX}{slot}.")
}

/// Every name in the second place.
fn names() -> Vec<String> {
    let place = SmallStore::raw();
    (0..place.length().unwrap_or(0)).filter_map(|at| place.key(at).ok().flatten()).collect()
}

fn marks(prefix: &str) -> BTreeMap<Journal, Mark> {
    let mark = |name: String| {
        Some((journal_of(name.strip_prefix(prefix)?)?, SmallStore::get(&name).ok()?))
    };
    order::gather(names().into_iter().filter_map(mark))
}

fn journal_of(name: &str) -> Option<Journal> {
    let (inspection, journal) = name.strip_prefix(JOURNAL)?.split_once('.')?;
    let journal = journal.parse::<JournalId>().ok()?;
    Some(Journal { inspection: inspection.parse::<InspectionId>().ok()?, journal })
}

fn name_of(journal: Journal) -> String {
    format!("{JOURNAL}{}.{}", journal.inspection, journal.journal)
}

/// Notes in the second place how far an own journal is. A place that cannot be written warns of
/// nothing later; what is stored is stored all the same.
pub(crate) fn note_stored(slot: SlotId, journal: Journal, through: u64) {
    let name = format!("{}{}", prefix_of(slot), name_of(journal));
    let accepted_through =
        SmallStore::get::<Mark>(&name).ok().and_then(|mark| mark.accepted_through);
    let _ = SmallStore::set(name, Mark { stored_through: through, accepted_through });
}

/// Notes in the second place how far headquarters has own journals.
pub(crate) fn note_accepted<'a>(slot: SlotId, own: impl Iterator<Item = &'a OwnJournal>) {
    let prefix = prefix_of(slot);
    for own in own {
        let _ = SmallStore::set(format!("{prefix}{}", name_of(own.journal)), Mark::of(own));
        let _ = SmallStore::set(format!("{prefix}{ACCEPTED_AT}"), browser::now().0);
    }
}

/// Gives a store that was just made, or that has none, a canary, and the second place the same.
pub(crate) async fn begin(slot: SlotId, facts: &Facts) -> Result<(), Fault> {
    let Beginning { canary, own, .. } = facts.beginning().await?;
    let word = match canary {
        Some(word) => word,
        None => {
            let word = browser::random().map_err(|lacking| Fault::Other(lacking.to_string()))?;
            facts.put_canary(Canary(word)).await?;
            Canary(word)
        }
    };
    let prefix = prefix_of(slot);
    for journal in marks(&prefix).into_keys() {
        SmallStore::delete(format!("{prefix}{}", name_of(journal)));
    }
    for own in own.rows {
        let _ = SmallStore::set(format!("{prefix}{}", name_of(own.journal)), Mark::of(&own));
    }
    let _ = SmallStore::set(format!("{prefix}{WORD}"), to_hex(&word.0));
    Ok(())
}

/// Forgets what is said of stores that are not here: a person has been told and has begun anew.
pub(crate) fn forget_lost(slots: &[Slot]) {
    let here: Vec<String> = slots.iter().map(|slot| prefix_of(slot.id)).collect();
    for name in names().into_iter().filter(|name| name.starts_with(PREFIX)) {
        if !here.iter().any(|prefix| name.starts_with(prefix)) {
            SmallStore::delete(name);
        }
    }
}

/// What was said of the clear store is said of the vault into which it moved.
pub(crate) fn adopt(slot: SlotId) {
    let prefix = prefix_of(slot);
    let is_clear = |rest: &str| rest == WORD || rest == ACCEPTED_AT || rest.starts_with(JOURNAL);
    for name in names() {
        let Some(rest) = name.strip_prefix(PREFIX).filter(|rest| is_clear(rest)) else { continue };
        if let Ok(Some(value)) = SmallStore::raw().get_item(&name) {
            let _ = SmallStore::raw().set_item(&format!("{prefix}{rest}"), &value);
        }
        SmallStore::delete(&name);
    }
}

/// Says what was in stores of which nothing is here, when there is no vault at all.
pub(crate) fn check_wiped() -> Option<Loss> {
    let all = names();
    let words = all.iter().filter_map(|name| name.strip_suffix(WORD));
    let lost: Vec<Second> =
        words.filter(|prefix| prefix.starts_with(PREFIX)).map(Second::read).collect();
    (!lost.is_empty()).then(|| wiped(&lost))
}

/// Compares both places when a vault is opened. Journals of an older store are left. `word` and
/// `own` are what the store was just found to have; what it has afterwards comes back.
pub(crate) async fn check(
    slot: SlotId,
    facts: &Facts,
    word: Option<Canary>,
    own: Vec<OwnJournal>,
) -> Result<(Option<Loss>, Vec<OwnJournal>), Fault> {
    let second = Second::read(&prefix_of(slot));
    match second.word {
        // The second place is new: it learns what is here.
        None => begin(slot, facts).await.map(|()| (None, own)),
        Some(noted) if word == Some(noted) && second.is_covered(&own) => Ok((None, own)),
        Some(noted) => {
            let loss = older(facts, &second, word != Some(noted)).await?;
            Ok((loss, facts.tips().await?.rows))
        }
    }
}

fn wiped(lost: &[Second]) -> Loss {
    let marks = lost.iter().flat_map(|second| second.journals.values());
    let (stored, accepted) = sum(marks.map(|mark| mark.count_from(0)));
    let accepted_at = lost.iter().filter_map(|second| second.accepted_at).max();
    Loss::Wiped { accepted, lost: stored.saturating_sub(accepted), accepted_at }
}

/// What an old copy lacks. Its journals that were further are left: it has forgotten their last
/// events. Of another store than the one that was noted every journal is.
async fn older(facts: &Facts, second: &Second, is_other: bool) -> Result<Option<Loss>, Fault> {
    let mut missing = Vec::new();
    for (journal, mark) in &second.journals {
        let here = facts.reach(*journal).await?.map_or(0, |seq| seq.saturating_add(1));
        missing.push(mark.count_from(here));
    }
    if is_other {
        facts.leave_all().await?;
    }
    for own in facts.tips().await?.rows {
        let noted = second.journals.get(&own.journal);
        if noted.is_some_and(|mark| mark.stored_through > own.tip.seq) {
            facts.leave(own.journal).await?;
        }
    }
    let (stored, accepted) = sum(missing.into_iter());
    let lost = stored.saturating_sub(accepted);
    Ok((stored > 0).then_some(Loss::Older { lost, coming_back: accepted }))
}

fn sum(counts: impl Iterator<Item = (u64, u64)>) -> (u64, u64) {
    counts.fold((0, 0), |(stored, accepted), (s, a)| (stored + s, accepted + a))
}

#[cfg(test)]
mod tests {
    use domain::ids::EventId;
    use proof::chain::Tip;
    use storage::contract::Standing;

    use super::*;

    #[test]
    fn what_is_missing_is_counted_from_what_is_here() {
        let mark = Mark { stored_through: 9, accepted_through: Some(6) };
        assert_eq!(mark.count_from(0), (10, 7));
        assert_eq!(mark.count_from(5), (5, 2));
        assert_eq!(mark.count_from(8), (2, 0));
        assert_eq!(mark.count_from(12), (0, 0));
        assert_eq!(Mark { accepted_through: None, ..mark }.count_from(3), (7, 0));
    }

    #[test]
    fn a_store_that_ends_before_a_mark_or_lacks_a_journal_is_looked_at_closely() {
        let journal =
            |of| Journal { inspection: InspectionId([1; 16]), journal: JournalId([of; 16]) };
        let own = |of, seq| OwnJournal {
            journal: journal(of),
            tip: Tip { seq, id: EventId([0; 32]) },
            accepted_through: None,
            standing: Standing::Open,
        };
        let mark = Mark { stored_through: 5, accepted_through: None };
        let journals = order::gather([(journal(1), mark)]);
        let second = Second { word: None, accepted_at: None, journals };
        assert!(second.is_covered(&[own(1, 5)]) && second.is_covered(&[own(2, 0), own(1, 6)]));
        assert!(!second.is_covered(&[own(1, 4)]) && !second.is_covered(&[own(2, 9)]));
    }

    #[test]
    fn a_journal_is_found_again_by_its_name() {
        let journal = Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };
        assert_eq!(journal_of(&name_of(journal)), Some(journal));
        assert_eq!(journal_of("bienban.theme"), None);
    }
}
