//! What holds after any history: every stored event is there exactly once, and nothing else.

use proptest::prelude::*;

use domain::ids::EventId;
use proof::chain::{Journal, Tip};

use super::Place;
use super::samples::{EPOCH, at_once, batch, cursor, journal, page};
use crate::contract::{Appended, Fault, Standing, Taken};
use crate::memory::Memory;

/// Something that happens to a tablet with two tabs.
#[derive(Debug, Clone)]
enum Step {
    /// A tab appends after the tip it believes in; the disk may be full in the middle.
    Append { tab: usize, journal: u8, events: usize, full_after: Option<usize> },
    /// A tab is loaded anew.
    Reload { tab: usize },
    /// Headquarters sends back everything that was stored so far.
    ComeBack,
    /// A journal is left for good.
    Leave { journal: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    let append = (0usize..2, 1u8..3, 1usize..4, proptest::option::of(0usize..5)).prop_map(
        |(tab, journal, events, full_after)| Step::Append { tab, journal, events, full_after },
    );
    prop_oneof![
        6 => append,
        2 => (0usize..2).prop_map(|tab| Step::Reload { tab }),
        1 => Just(Step::ComeBack),
        1 => (1u8..3).prop_map(|journal| Step::Leave { journal }),
    ]
}

/// What a tab believes about the tip of each journal.
type Beliefs = [Option<Tip>; 3];

/// The place, two tabs with their beliefs, and what was called stored.
struct World {
    memory: Memory,
    tabs: [Beliefs; 2],
    stored: Vec<(Journal, Vec<EventId>)>,
    left: Vec<Journal>,
    counter: i64,
}

impl World {
    fn new() -> Self {
        let memory = Memory::new();
        at_once(async { memory.open().await.begin_epoch(EPOCH).await }).expect("it has room");
        Self { memory, tabs: [[None; 3]; 2], stored: Vec::new(), left: Vec::new(), counter: 0 }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Append { tab, journal, events, full_after } => {
                self.append(*tab, *journal, *events, *full_after);
            }
            Step::Reload { tab } => self.reload(*tab),
            Step::ComeBack => self.come_back(),
            Step::Leave { journal } => self.leave(*journal),
        }
    }

    fn append(&mut self, tab: usize, number: u8, events: usize, full_after: Option<usize>) {
        let believed = self.tabs[tab][usize::from(number)];
        let names: Vec<String> = (0..events).map(|_| self.fresh_name()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let batch = batch(journal(1, number), believed, &names);
        if let Some(changes) = full_after {
            self.memory.fail_after(changes, Fault::Full);
        }
        let outcome = at_once(async { self.memory.open().await.append(&batch).await });
        match outcome {
            Appended::Stored => {
                let ids = batch.events().iter().map(|(tip, _)| tip.id).collect();
                self.stored.push((batch.journal(), ids));
                self.tabs[tab][usize::from(number)] = batch.tip();
            }
            Appended::Behind(tip) => self.tabs[tab][usize::from(number)] = tip,
            Appended::Failed(fault) => assert_eq!(fault, Fault::Full),
            Appended::Elsewhere(journal, tip) => {
                self.tabs[tab][usize::from(journal.journal.0[0])] = Some(tip);
            }
            Appended::Left => assert!(self.left.contains(&batch.journal())),
        }
    }

    fn leave(&mut self, number: u8) {
        let left = at_once(async { self.memory.open().await.leave(journal(1, number)).await });
        match left {
            Ok(()) => self.left.push(journal(1, number)),
            // A disk that was told to be full for an append that was behind is full only now.
            Err(fault) => assert_eq!(fault, Fault::Full),
        }
    }

    fn fresh_name(&mut self) -> String {
        self.counter += 1;
        format!("act {}", self.counter)
    }

    fn reload(&mut self, tab: usize) {
        let tips = at_once(async { self.memory.open().await.tips().await }).expect("it reads");
        self.tabs[tab] = [None; 3];
        for own in tips.rows {
            self.tabs[tab][usize::from(own.journal.journal.0[0])] = Some(own.tip);
        }
    }

    fn come_back(&self) {
        let store = at_once(self.memory.open());
        let inspection = journal(1, 1).inspection;
        let entries = at_once(store.entries(inspection)).expect("it reads").rows;
        let events = entries.into_iter().map(|entry| entry.event).collect();
        let page = page(events, 0, domain::state::Custody::Accepted);
        let taken = at_once(store.take_page(EPOCH, inspection, &cursor("1"), &page));
        // A disk that was told to be full for an append that was behind is full only now.
        let expected = [Taken::Stored { forgotten: vec![] }, Taken::Failed(Fault::Full)];
        assert!(expected.contains(&taken), "{taken:?}");
    }

    fn check(&self) {
        let store = at_once(self.memory.open());
        let entries = at_once(store.entries(journal(1, 1).inspection)).expect("it reads");
        assert_eq!(entries.damaged, []);
        let mut there: Vec<EventId> = entries.rows.iter().map(|entry| entry.event.id).collect();
        let mut stored: Vec<EventId> =
            self.stored.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
        there.sort_unstable();
        stored.sort_unstable();
        assert_eq!(there, stored);
        for number in 1..3 {
            self.check_chain(journal(1, number));
        }
        let own = at_once(store.tips()).expect("it reads").rows;
        let open = own.iter().filter(|own| own.standing == Standing::Open);
        assert!(open.count() <= 1, "one journal is open at most");
    }

    /// What is pushed of a journal is what was stored in it, in the order it was stored in.
    fn check_chain(&self, journal: Journal) {
        let run = at_once(async { self.memory.open().await.run(journal, 0, 500, 1 << 20).await });
        let run = run.expect("it reads");
        assert_eq!(run.damaged, None);
        let pushed: Vec<EventId> = run.events.iter().map(|event| event.id).collect();
        let stored = self.stored.iter().filter(|(of, _)| *of == journal);
        assert_eq!(pushed, stored.flat_map(|(_, ids)| ids.clone()).collect::<Vec<_>>());
        let chain = verified_chain(&run.events, journal);
        assert!(chain, "what is pushed is one chain");
    }
}

fn verified_chain(events: &[proof::chain::Verified], journal: Journal) -> bool {
    let events = events.iter().map(|event| event.event.clone()).collect();
    proof::chain::verify_run(journal, events).is_ok()
}

proptest! {
    #[test]
    fn every_stored_event_is_there_exactly_once(
        steps in proptest::collection::vec(step(), 0..40)
    ) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        world.check();
    }
}
