//! The replica by named cases, and against a headquarters behind a network that loses requests
//! and answers: whatever is stored arrives, and the machine comes to rest.

use domain::ids::JournalId;
use proptest::prelude::*;

use super::*;

const EPOCH: Epoch = Epoch([1; 16]);

fn journal(number: u8) -> Journal {
    Journal { inspection: InspectionId([number; 16]), journal: JournalId([number; 16]) }
}

fn with_stored(through: u64) -> Replica {
    let progress =
        JournalProgress { journal: journal(1), stored_through: through, accepted_through: None };
    let restored = Restored { journals: vec![progress], epoch: Some(EPOCH), ..Restored::default() };
    Replica::new(restored, 42, Moment(0))
}

fn accepted(through: u64) -> PushAnswer {
    let answer = crate::admission::blank(journal(1));
    PushAnswer {
        epoch: EPOCH,
        journals: vec![JournalAnswer { accepted_through: Some(through), ..answer }],
        durable_through: None,
    }
}

fn effects(replica: &mut Replica) -> Vec<Effect> {
    std::iter::from_fn(|| replica.poll_effect()).collect()
}

fn run(from: u64, through: u64) -> Effect {
    Effect::Push(vec![Run { journal: journal(1), from, through }])
}

#[test]
fn nothing_is_begun_while_the_page_is_hidden_or_offline() {
    let mut replica = with_stored(3);
    assert_eq!(effects(&mut replica), []);
    replica.handle_input(Input::Offline, Moment(0));
    replica.handle_input(Input::Shown, Moment(0));
    assert_eq!(effects(&mut replica), []);
    assert_eq!(replica.poll_timeout(), None);
    assert_eq!(replica.status(), Status { pending: 4, activity: Activity::Offline });
    replica.handle_input(Input::Online, Moment(0));
    assert_eq!(effects(&mut replica), [run(0, 3)]);
}

#[test]
fn what_is_stored_is_pushed_page_by_page_and_then_news_is_pulled() {
    let mut replica = with_stored(700);
    replica.handle_input(Input::Shown, Moment(0));
    assert_eq!(effects(&mut replica), [run(0, 499)]);
    replica.handle_input(Input::Pushed(Ok(accepted(499))), Moment(1));
    let remembered = Effect::Remember(journal(1), Some(499));
    assert_eq!(effects(&mut replica), [remembered, run(500, 700)]);
    replica.handle_input(Input::Pushed(Ok(accepted(700))), Moment(2));
    assert_eq!(replica.status().pending, 0);
    assert!(matches!(effects(&mut replica)[..], [Effect::Remember(..), Effect::Pull(_)]));
    replica.handle_input(Input::Pulled(Ok(PullOutcome::default())), Moment(3));
    assert_eq!(replica.status().activity, Activity::Idle);
    assert_eq!(replica.poll_timeout(), Some(Moment(3 + PULL_EVERY_MS)));
}

#[test]
fn a_tap_is_pushed_at_once_and_news_keeps_its_time() {
    let mut replica = with_stored(0);
    replica.handle_input(Input::Shown, Moment(0));
    replica.handle_input(Input::Pushed(Ok(accepted(0))), Moment(1));
    replica.handle_input(Input::Pulled(Ok(PullOutcome::default())), Moment(2));
    effects(&mut replica);
    replica.handle_input(Input::Stored { journal: journal(1), through: 1 }, Moment(5));
    assert_eq!(effects(&mut replica), [run(1, 1)]);
    replica.handle_input(Input::Pushed(Ok(accepted(1))), Moment(6));
    assert_eq!(effects(&mut replica), [Effect::Remember(journal(1), Some(1))]);
    assert_eq!(replica.poll_timeout(), Some(Moment(2 + PULL_EVERY_MS)));
    replica.handle_input(Input::Asked, Moment(7));
    assert!(matches!(effects(&mut replica)[..], [Effect::Pull(_)]));
}

#[test]
fn an_answer_that_is_lost_is_asked_for_again_after_a_wait() {
    let mut replica = with_stored(0);
    replica.handle_input(Input::Shown, Moment(0));
    assert_eq!(effects(&mut replica), [run(0, 0)]);
    replica.handle_input(Input::Pushed(Err(SyncFault::Unreachable)), Moment(10));
    assert_eq!(replica.status().activity, Activity::Offline);
    let again = replica.poll_timeout().expect("it passes by itself");
    replica.handle_timeout(again.later_by_ms(-1));
    assert_eq!(effects(&mut replica), []);
    replica.handle_timeout(again);
    assert_eq!(effects(&mut replica), [run(0, 0)]);
}

#[test]
fn a_refusal_of_the_seat_waits_for_a_person() {
    let mut replica = with_stored(0);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let refused = SyncFault::Refused(RefusalCode::UnknownSeat);
    replica.handle_input(Input::Pushed(Err(refused.clone())), Moment(1));
    assert_eq!(replica.status().activity, Activity::Failed(refused));
    assert_eq!(replica.poll_timeout(), None);
    replica.handle_input(Input::Asked, Moment(2));
    assert_eq!(effects(&mut replica), [run(0, 0)]);
}

#[test]
fn a_gap_is_filled_from_where_headquarters_says() {
    let mut replica = with_stored(9);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let mut answer = accepted(3);
    answer.journals[0].expected = Some(4);
    replica.handle_input(Input::Pushed(Ok(answer)), Moment(1));
    assert_eq!(effects(&mut replica)[1], run(4, 9));
}

#[test]
fn a_journal_of_which_headquarters_knows_more_is_abandoned() {
    let mut replica = with_stored(2);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    replica.handle_input(Input::Pushed(Ok(accepted(5))), Moment(1));
    assert_eq!(effects(&mut replica)[0], Effect::Abandon(journal(1)));
    assert_eq!(replica.status().pending, 0);
}

#[test]
fn a_new_life_of_headquarters_makes_everything_pending_again() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    replica.handle_input(Input::Pushed(Ok(accepted(4))), Moment(1));
    effects(&mut replica);
    let epoch = Some(Epoch([2; 16]));
    replica.handle_input(
        Input::Pulled(Ok(PullOutcome { epoch, ..PullOutcome::default() })),
        Moment(2),
    );
    assert_eq!(effects(&mut replica), [Effect::NewEpoch(Epoch([2; 16])), run(0, 4)]);
}

#[test]
fn an_answer_that_moves_nothing_is_not_asked_for_again_at_once() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let answer = PushAnswer { epoch: EPOCH, journals: vec![], durable_through: None };
    replica.handle_input(Input::Pushed(Ok(answer)), Moment(1));
    assert_eq!(effects(&mut replica), []);
    assert_eq!(replica.status().activity, Activity::Failed(SyncFault::Unreadable));
}

#[derive(Debug, Clone)]
enum Happening {
    Taps(u64),
    Delivered,
    RequestLost,
    AnswerLost,
    Refused,
    TimePasses,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        (1u64..600).prop_map(Happening::Taps),
        Just(Happening::Delivered),
        Just(Happening::RequestLost),
        Just(Happening::AnswerLost),
        Just(Happening::Refused),
        Just(Happening::TimePasses),
    ]
}

/// A replica, a headquarters that counts, and a network that does as it is told.
struct World {
    replica: Replica,
    now: Moment,
    stored: u64,
    accepted: u64,
}

impl World {
    fn new() -> Self {
        let mut replica = Replica::new(Restored::default(), 7, Moment(0));
        replica.handle_input(Input::Shown, Moment(0));
        Self { replica, now: Moment(0), stored: 0, accepted: 0 }
    }

    fn happen(&mut self, happening: &Happening) {
        self.now = self.now.later_by_ms(10);
        match happening {
            Happening::Taps(count) => self.tap(*count),
            Happening::TimePasses => self.pass_time(),
            Happening::Delivered => self.network(true, None),
            Happening::RequestLost => self.network(false, Some(SyncFault::Unreachable)),
            Happening::AnswerLost => self.network(true, Some(SyncFault::Unreachable)),
            Happening::Refused => {
                self.network(false, Some(SyncFault::Refused(RefusalCode::Internal)));
            }
        }
    }

    fn tap(&mut self, count: u64) {
        self.stored += count;
        let stored = Input::Stored { journal: journal(1), through: self.stored - 1 };
        self.replica.handle_input(stored, self.now);
    }

    fn pass_time(&mut self) {
        if let Some(at) = self.replica.poll_timeout() {
            self.now = self.now.max(at);
            self.replica.handle_timeout(self.now);
        }
    }

    fn network(&mut self, arrives: bool, answer_lost: Option<SyncFault>) {
        let Some(effect) = self.replica.poll_effect() else { return };
        let input = match effect {
            Effect::Push(runs) => {
                assert_eq!(runs[0].from, self.accepted.min(runs[0].from), "a gap was sent");
                if arrives {
                    self.accepted = self.accepted.max(runs[0].through + 1);
                }
                Input::Pushed(match answer_lost {
                    Some(fault) => Err(fault),
                    None => Ok(accepted(self.accepted - 1)),
                })
            }
            Effect::Pull(_) => {
                let outcome = PullOutcome { epoch: Some(EPOCH), ..PullOutcome::default() };
                Input::Pulled(answer_lost.map_or(Ok(outcome), Err))
            }
            Effect::Remember(..) | Effect::NewEpoch(_) => return,
            Effect::Abandon(_) => panic!("a journal was abandoned without reason"),
        };
        self.replica.handle_input(input, self.now);
    }
}

proptest! {
    #[test]
    fn whatever_is_stored_arrives_when_the_network_is_good_in_the_end(
        happenings in prop::collection::vec(happening(), 0..60)
    ) {
        let mut world = World::new();
        for happening in &happenings {
            world.happen(happening);
        }
        for _ in 0..400 {
            world.happen(&Happening::TimePasses);
            world.happen(&Happening::Delivered);
        }
        prop_assert_eq!(world.accepted, world.stored);
        prop_assert_eq!(world.replica.status().pending, 0);
    }
}
