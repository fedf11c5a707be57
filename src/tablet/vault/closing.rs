//! Before a vault is closed: what is shown is stored as an event or kept as a draft, as far as
//! that can be.
//!
//! Here is found out what would be lost, and whether that gets less. What follows when it does not
//! is decided by whoever closes the vault.

use std::rc::Rc;

use domain::law::Bilingual;
use domain::moment::Moment;
use screens::seam::{DraftPlace, InspectionModel};

use crate::tablet::Tablet;
use crate::{browser, showing};

/// How often what would be lost is looked at again.
pub(crate) const AGAIN_MS: u32 = 50;

/// After how long a person is told that something is being waited for.
const TELL_MS: i64 = 1_000;

/// After how long without anything getting better it is called hopeless.
const HOPELESS_MS: i64 = 20_000;

/// What comes of looking.
pub(crate) enum Look {
    /// Nothing would be lost.
    Kept,
    /// Something would, and it is not certain yet.
    Waits,
    /// Something would, for so long that a person should hear of it.
    WaitsLong,
    /// It will not be stored by itself: the items in which it is, as far as they have a name.
    Stuck(Vec<Bilingual>),
}

/// For how long it has not become less.
pub(crate) struct Patience {
    begun: Moment,
    since: Moment,
    least: usize,
}

impl Patience {
    /// Begins to wait.
    pub(crate) fn from(now: Moment) -> Self {
        Self { begun: now, since: now, least: usize::MAX }
    }

    /// So much would be lost: for how long it has not become less.
    fn stands_for_ms(&mut self, count: usize, now: Moment) -> i64 {
        if count < self.least {
            (self.least, self.since) = (count, now);
        }
        now.since_ms(self.since)
    }

    fn look(&mut self, left: Left, now: Moment) -> Look {
        match self.stands_for_ms(left.count(), now) {
            _ if left.count() == 0 => Look::Kept,
            HOPELESS_MS.. => Look::Stuck(left.items),
            _ if now.since_ms(self.begun) >= TELL_MS => Look::WaitsLong,
            _ => Look::Waits,
        }
    }
}

/// What is neither stored nor kept.
struct Left {
    items: Vec<Bilingual>,
    /// How much is still to be written, whatever it is.
    jobs: usize,
}

impl Left {
    fn count(&self) -> usize {
        self.items.len().saturating_add(self.jobs)
    }
}

/// Looks whether anything would be lost. After [`Look::Kept`] nothing can be recorded before the
/// caller waits for something.
pub(crate) async fn look(tablet: &Tablet, patience: &mut Patience) -> Look {
    let drafts = drafts(tablet).await;
    let (model, jobs) = (tablet.open(), tablet.jobs.count());
    let items = model.as_ref().map_or_else(Vec::new, |model| unkept(model, &drafts));
    if let Some(model) = model.filter(|_| jobs == 0 && !items.is_empty()) {
        model.save_drafts();
    }
    patience.look(Left { items, jobs }, browser::now())
}

/// The drafts of the open inspection as they lie in the store; none while it is being written to,
/// or when they cannot be read.
async fn drafts(tablet: &Tablet) -> Vec<(DraftPlace, String)> {
    let (Some(facts), Some(model)) = (tablet.facts(), tablet.open()) else { return Vec::new() };
    if tablet.jobs.count() > 0 {
        return Vec::new();
    }
    showing::drafts(&facts, model.id()).await.unwrap_or_default()
}

/// The items in which something is neither an event in the store nor one of these drafts.
fn unkept(model: &Rc<InspectionModel>, drafts: &[(DraftPlace, String)]) -> Vec<Bilingual> {
    let sheet = model.sheet();
    let is_kept = |at: &DraftPlace, text: &str| {
        drafts.iter().any(|(place, kept)| place == at && kept == text)
    };
    let item = |place| {
        let item = sheet.plan().item(place);
        Bilingual { vi: item.question_vi.clone(), en: item.question_en.clone() }
    };
    sheet.losing(is_kept).into_iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(items: usize, jobs: usize) -> Left {
        let item = || Bilingual { vi: "a".to_owned(), en: "a".to_owned() };
        Left { items: std::iter::repeat_with(item).take(items).collect(), jobs }
    }

    fn seen(patience: &mut Patience, left: Left, at_ms: i64) -> (&'static str, usize) {
        match patience.look(left, Moment(at_ms)) {
            Look::Kept => ("kept", 0),
            Look::Waits => ("waits", 0),
            Look::WaitsLong => ("waits long", 0),
            Look::Stuck(items) => ("stuck", items.len()),
        }
    }

    #[test]
    fn what_gets_less_is_waited_for_and_what_does_not_is_hopeless() {
        let mut patience = Patience::from(Moment(0));
        assert_eq!(seen(&mut patience, left(2, 3), 0), ("waits", 0));
        assert_eq!(seen(&mut patience, left(2, 3), 19_999), ("waits long", 0));
        assert_eq!(seen(&mut patience, left(2, 0), 20_000), ("waits long", 0));
        assert_eq!(seen(&mut patience, left(2, 0), 39_999), ("waits long", 0));
        assert_eq!(seen(&mut patience, left(2, 0), 40_000), ("stuck", 2));
        assert_eq!(seen(&mut patience, left(0, 0), 40_001), ("kept", 0));
    }

    #[test]
    fn what_becomes_more_and_less_again_is_no_hope() {
        let mut patience = Patience::from(Moment(0));
        assert_eq!(seen(&mut patience, left(1, 0), 0), ("waits", 0));
        assert_eq!(seen(&mut patience, left(1, 1), 10_000), ("waits long", 0));
        assert_eq!(seen(&mut patience, left(1, 0), 20_000), ("stuck", 1));
    }

    #[test]
    fn a_queue_that_stands_still_is_hopeless_without_a_name() {
        let mut patience = Patience::from(Moment(0));
        assert_eq!(seen(&mut patience, left(0, 1), 0), ("waits", 0));
        assert_eq!(seen(&mut patience, left(0, 1), 20_000), ("stuck", 0));
    }
}
