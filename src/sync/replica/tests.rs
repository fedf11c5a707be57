//! The replica by named cases, and against a headquarters behind a network that loses requests
//! and answers: whatever is stored arrives, and the machine comes to rest.

use domain::ids::{EventId, JournalId};
use proof::chain::Tip;
use proptest::prelude::*;

use super::*;
use crate::carrying::Whose;

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

fn answer_of(journals: Vec<JournalAnswer>) -> PushAnswer {
    PushAnswer { epoch: EPOCH, journals, durable_through: None }
}

fn has(number: u8, through: u64) -> JournalAnswer {
    let answer = crate::admission::blank(journal(number));
    JournalAnswer { accepted_through: Some(through), ..answer }
}

/// The answer to a push of a run of the first journal.
fn answered(from: u64, through: u64, answer: JournalAnswer) -> Input {
    let runs = vec![Run { journal: journal(1), from, through }];
    Input::Pushed(Ok(Sent { runs, answer: answer_of(vec![answer]) }))
}

fn accepted(from: u64, through: u64) -> Input {
    answered(from, through, has(1, through))
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
    replica.handle_input(accepted(0, 499), Moment(1));
    let remembered = Effect::Remember(journal(1), Some(499));
    assert_eq!(effects(&mut replica), [remembered, run(500, 700)]);
    replica.handle_input(accepted(500, 700), Moment(2));
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
    replica.handle_input(accepted(0, 0), Moment(1));
    replica.handle_input(Input::Pulled(Ok(PullOutcome::default())), Moment(2));
    effects(&mut replica);
    replica.handle_input(Input::Stored { journal: journal(1), through: 1 }, Moment(5));
    assert_eq!(effects(&mut replica), [run(1, 1)]);
    replica.handle_input(accepted(1, 1), Moment(6));
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
fn a_refusal_of_the_seat_is_asked_about_again_slowly() {
    let mut replica = with_stored(0);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let refused = SyncFault::Refused(RefusalCode::UnknownSeat);
    replica.handle_input(Input::Pushed(Err(refused.clone())), Moment(1));
    assert_eq!(replica.status().activity, Activity::Failed(refused));
    let again = replica.poll_timeout().expect("a colleague may bring the seat back");
    assert!(again >= Moment(7_500), "{again:?}");
    replica.handle_input(Input::Asked, Moment(2));
    assert_eq!(effects(&mut replica), [run(0, 0)]);
}

#[test]
fn a_gap_is_filled_from_where_headquarters_says() {
    let mut replica = with_stored(9);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let lost = JournalAnswer { expected: Some(0), ..crate::admission::blank(journal(1)) };
    replica.handle_input(accepted(0, 3), Moment(1));
    assert_eq!(effects(&mut replica)[1], run(4, 9));
    replica.handle_input(answered(4, 9, lost), Moment(2));
    assert_eq!(effects(&mut replica)[1], run(0, 9));
}

#[test]
fn a_journal_of_which_headquarters_knows_more_is_abandoned() {
    let mut replica = with_stored(2);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    replica.handle_input(answered(0, 2, has(1, 5)), Moment(1));
    assert!(effects(&mut replica).contains(&Effect::Abandon(journal(1))));
    assert_eq!(replica.status().pending, 0);
}

#[test]
fn what_was_not_sent_is_not_accepted_however_far_headquarters_is() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    replica.handle_input(answered(0, 2, has(1, 9)), Moment(1));
    let expected = [
        Effect::Remember(journal(1), Some(2)),
        Effect::Abandon(journal(1)),
        Effect::Push(vec![Run { journal: journal(1), from: 3, through: 4 }]),
    ];
    assert_eq!(effects(&mut replica), expected);
}

#[test]
fn a_journal_with_two_branches_is_left_and_still_pushed() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    replica.handle_input(answered(0, 2, JournalAnswer { fork: true, ..has(1, 2) }), Moment(1));
    assert!(effects(&mut replica).contains(&Effect::Abandon(journal(1))));
    assert_eq!(replica.status().pending, 2);
}

#[test]
fn a_new_life_of_headquarters_makes_everything_pending_again() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    replica.handle_input(accepted(0, 4), Moment(1));
    effects(&mut replica);
    let again = new_life(&mut replica, 2);
    let expected = [Effect::NewEpoch(Epoch([2; 16])), Effect::Pull(Pull::default())];
    assert_eq!(again, expected);
    assert_eq!(replica.status().pending, 5);
}

/// A pull that tells of another life of headquarters.
fn new_life(replica: &mut Replica, epoch: u8) -> Vec<Effect> {
    let epoch = Some(Epoch([epoch; 16]));
    let outcome = PullOutcome { epoch, more: true, ..PullOutcome::default() };
    replica.handle_input(Input::Pulled(Ok(outcome)), Moment(2));
    effects(replica)
}

fn pulled(replica: &mut Replica, epoch: u8, more: bool) -> Vec<Effect> {
    let outcome = PullOutcome { epoch: Some(Epoch([epoch; 16])), more, ..PullOutcome::default() };
    replica.handle_input(Input::Pulled(Ok(outcome)), Moment(3));
    effects(replica)
}

fn carry(number: u8, whose: Whose) -> Carry {
    let tip = Tip { seq: 1, id: EventId([number; 32]) };
    Carry { whose, journal: journal(number), from: 0, tip }
}

#[test]
fn a_new_life_is_pulled_to_the_end_then_given_back_in_order() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    replica.handle_input(accepted(0, 4), Moment(1));
    effects(&mut replica);
    new_life(&mut replica, 2);
    assert_eq!(pulled(&mut replica, 2, false), [Effect::Survey(Epoch([2; 16]))]);

    let own = JournalProgress { journal: journal(1), stored_through: 4, accepted_through: Some(3) };
    let carried = vec![carry(8, Whose::Headquarters), carry(9, Whose::Colleague)];
    let survey = Survey { journals: vec![own], carried: carried.clone() };
    replica.handle_input(Input::Surveyed(Ok(survey)), Moment(4));
    assert_eq!(effects(&mut replica), [Effect::Carry(vec![carried[0]])]);
    assert_eq!(replica.status().pending, 5);
    replica.handle_input(carried_answer(8, has(8, 1), 2), Moment(5));
    assert_eq!(effects(&mut replica), [Effect::Carry(vec![carried[1]])]);
    replica.handle_input(carried_answer(9, has(9, 1), 2), Moment(6));
    assert_eq!(effects(&mut replica), [Effect::Recovered, run(4, 4)]);
}

fn carried_answer(number: u8, answer: JournalAnswer, epoch: u8) -> Input {
    let runs = vec![Run { journal: journal(number), from: 0, through: 1 }];
    let answer = PushAnswer { epoch: Epoch([epoch; 16]), ..answer_of(vec![answer]) };
    Input::Pushed(Ok(Sent { runs, answer }))
}

#[test]
fn what_was_to_be_given_back_when_the_app_closed_is_given_back_after_a_pull() {
    let restored = Restored { is_recovering: true, epoch: Some(EPOCH), ..Restored::default() };
    let mut replica = Replica::new(restored, 42, Moment(0));
    replica.handle_input(Input::Shown, Moment(0));
    assert_eq!(effects(&mut replica), [Effect::Pull(Pull::default())]);
    assert_eq!(pulled(&mut replica, 1, false), [Effect::Survey(EPOCH)]);
}

#[test]
fn a_promise_of_more_that_brings_nothing_is_not_asked_about_at_once() {
    let mut replica = Replica::new(Restored::default(), 42, Moment(0));
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    assert_eq!(pulled(&mut replica, 1, true), [Effect::NewEpoch(EPOCH)]);
    assert_eq!(replica.status().activity, Activity::Failed(SyncFault::Unreadable));
}

#[test]
fn a_clock_that_is_set_back_does_not_make_a_wait_longer() {
    let mut replica = with_stored(0);
    let late = Moment(1_000_000_000);
    replica.handle_input(Input::Shown, late);
    replica.handle_input(Input::Pushed(Err(SyncFault::Unreachable)), late);
    effects(&mut replica);
    replica.handle_timeout(Moment(0));
    let again = replica.poll_timeout().expect("it passes by itself");
    assert!(again <= Moment(retry::LONGEST_MS), "{again:?}");
}

#[test]
fn a_seat_that_may_not_pull_any_longer_still_gives_back_what_it_has() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    replica.handle_input(accepted(0, 4), Moment(1));
    new_life(&mut replica, 2);
    let refused = SyncFault::Refused(RefusalCode::Revoked);
    replica.handle_input(Input::Pulled(Err(refused)), Moment(3));
    replica.handle_input(Input::Asked, Moment(4));
    assert_eq!(effects(&mut replica), [Effect::Survey(Epoch([2; 16]))]);
}

#[test]
fn a_seat_that_may_not_pull_asks_for_the_epoch_by_pushing_nothing() {
    let mut replica =
        Replica::new(Restored { epoch: Some(EPOCH), ..Restored::default() }, 42, Moment(0));
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let refused = SyncFault::Refused(RefusalCode::Revoked);
    replica.handle_input(Input::Pulled(Err(refused.clone())), Moment(1));
    assert_eq!(effects(&mut replica), [Effect::Push(vec![])]);
    let sent = Sent { runs: vec![], answer: answer_of(vec![]) };
    replica.handle_input(Input::Pushed(Ok(sent)), Moment(2));
    assert_eq!(effects(&mut replica), []);
    assert_eq!(replica.status().activity, Activity::Failed(refused));
}

#[test]
fn a_page_that_is_not_believed_does_not_keep_the_others_and_is_asked_for_again() {
    let mut replica = Replica::new(Restored::default(), 42, Moment(0));
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let (bad, good) = (InspectionId([3; 16]), InspectionId([4; 16]));
    let cursor = |text: &str| Cursor(text.to_owned());
    let passed = PassedOver { cursor: cursor("7"), fault: SyncFault::AppOutdated };
    let outcome = PullOutcome {
        epoch: Some(EPOCH),
        cursors: [(good, cursor("5"))].into(),
        passed_over: [(bad, passed)].into(),
        more: true,
        ..PullOutcome::default()
    };
    replica.handle_input(Input::Pulled(Ok(outcome)), Moment(1));
    let on = Pull { have: [(good, cursor("5")), (bad, cursor("7"))].into() };
    assert_eq!(effects(&mut replica)[1..], [Effect::Pull(on)]);
    assert_eq!(pulled(&mut replica, 1, false), []);
    assert_eq!(replica.status().activity, Activity::Failed(SyncFault::AppOutdated));
    let again = replica.poll_timeout().expect("it is tried again");
    replica.handle_timeout(again);
    let anew = Pull { have: [(good, cursor("5"))].into() };
    assert_eq!(effects(&mut replica), [Effect::Pull(anew)]);
}

#[test]
fn a_journal_that_headquarters_cannot_read_does_not_keep_the_others() {
    let journals = [1, 2].map(|number| JournalProgress {
        journal: journal(number),
        stored_through: 0,
        accepted_through: None,
    });
    let restored =
        Restored { journals: journals.to_vec(), epoch: Some(EPOCH), ..Restored::default() };
    let mut replica = Replica::new(restored, 42, Moment(0));
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let refused = || Input::Pushed(Err(SyncFault::Refused(RefusalCode::Malformed)));
    replica.handle_input(refused(), Moment(1));
    assert_eq!(effects(&mut replica), [run(0, 0)]);
    replica.handle_input(refused(), Moment(2));
    let second = Run { journal: journal(2), from: 0, through: 0 };
    assert_eq!(effects(&mut replica), [Effect::Push(vec![second])]);
    let answer = answer_of(vec![has(2, 0)]);
    replica.handle_input(Input::Pushed(Ok(Sent { runs: vec![second], answer })), Moment(3));
    assert_eq!(replica.status().pending, 1);
}

#[test]
fn an_answer_that_moves_nothing_is_not_asked_for_again_at_once() {
    let mut replica = with_stored(4);
    replica.handle_input(Input::Shown, Moment(0));
    effects(&mut replica);
    let runs = vec![Run { journal: journal(1), from: 0, through: 4 }];
    let sent = Sent { runs, answer: answer_of(vec![]) };
    replica.handle_input(Input::Pushed(Ok(sent)), Moment(1));
    assert_eq!(effects(&mut replica), [Effect::Pull(Pull::default())]);
    replica.handle_input(Input::Pulled(Ok(PullOutcome::default())), Moment(2));
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
                match answer_lost {
                    Some(fault) => Input::Pushed(Err(fault)),
                    None => answered(runs[0].from, runs[0].through, has(1, self.accepted - 1)),
                }
            }
            Effect::Pull(_) => {
                let outcome = PullOutcome { epoch: Some(EPOCH), ..PullOutcome::default() };
                Input::Pulled(answer_lost.map_or(Ok(outcome), Err))
            }
            Effect::Remember(..) | Effect::NewEpoch(_) => return,
            Effect::Survey(_) | Effect::Carry(_) | Effect::Recovered => {
                panic!("headquarters has only one life here")
            }
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
