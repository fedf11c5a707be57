//! Headquarters comes back from a backup: tablets bring what it lost, and what nobody has is named.

use std::collections::BTreeSet;

use domain::act::{Act, Role};
use domain::answer::Answer;
use domain::ids::{EventId, InspectionId};
use domain::register::{Address, Field, Write};
use domain::state::State;
use proof::hash::id_of;
use sync::message::pull::Pull;
use sync::message::refusal::RefusalCode;

use crate::house::House;
use crate::tablet::Tablet;

/// What must be the same before and after.
#[derive(Debug, PartialEq)]
struct Held {
    events: BTreeSet<EventId>,
    state: State,
    team: Vec<(headquarters::store::people::Person, Role)>,
}

async fn all(house: &House, inspections: &[InspectionId]) -> Vec<Held> {
    let mut all = Vec::new();
    for id in inspections {
        let events = house.events(*id).await;
        all.push(Held { events, state: house.state(*id).await, team: house.team(*id).await });
    }
    all
}

/// A write over an event of a colleague.
fn over(item: &str, event: EventId) -> Act {
    let address = Address::item(item, Field::Answer);
    Act::Set(Write { address, value: Answer::NotApplicable.value(), over: vec![event] })
}

/// Gapless positions, and every journal whole under its heads.
async fn assert_whole(house: &House, inspections: &[InspectionId]) {
    let positions = house.positions().await;
    assert_eq!(positions, (0..i64::try_from(positions.len()).unwrap()).collect::<Vec<_>>());
    let clerk = house.clerk().await;
    for id in inspections {
        let page = clerk.get(&format!("/office/inspections/{id}")).await;
        assert!(!page.text().contains("KHÔNG kiểm chứng được"), "{}", page.text());
    }
}

#[tokio::test]
async fn everything_that_tablets_still_have_comes_back() {
    let house = House::start().await;
    let (a_person, a_code) = house.invite("Kiểm tra viên A").await;
    let (b_person, b_code) = house.invite("Kiểm tra viên B").await;
    let (_, d_code) = house.invite("Người ngoài đoàn").await;
    let first = house.plan(&[(a_person, Role::Lead), (b_person, Role::Member)]).await;
    let mut a = Tablet::enrolled(&house, &a_code).await;
    let mut b = Tablet::enrolled(&house, &b_code).await;
    let mut outsider = Tablet::enrolled(&house, &d_code).await;
    a.tap(first, "before", Answer::Compliant);
    a.push().await;
    b.pull_all().await;
    let backup = house.backup().await;

    // A day's work after the backup: both inspectors, an opening on the spot and one by
    // headquarters, a third inspector who enrols and joins, and a decision about a held event.
    a.tap(first, "after", Answer::Violation);
    let shared = id_of(a.chain(first).events.last().unwrap());
    let spot = a.open().await;
    a.tap(spot, "spot", Answer::Compliant);
    a.push().await;
    b.pull_all().await;
    b.record(first, over("after", shared));
    b.push().await;
    let second = house.plan(&[(b_person, Role::Lead), (a_person, Role::Member)]).await;
    let (c_person, c_code) = house.invite("Kiểm tra viên C").await;
    let mut c = Tablet::enrolled(&house, &c_code).await;
    let clerk = house.clerk().await;
    let join = format!("role-{c_person}=member");
    clerk.post(&format!("/office/inspections/{first}/team"), &join).await;
    c.pull_all().await;
    c.tap(first, "third", Answer::Compliant);
    c.push().await;
    outsider.tap(first, "outside", Answer::Violation);
    outsider.push().await;
    let held = id_of(&outsider.chain(first).events[1]);
    let admit = format!("inspection={first}&event={held}&reason=x&admit=1");
    clerk.post("/office/held", &admit).await;
    a.pull_all().await;
    let inspections = [first, spot, second];
    let before = all(&house, &inspections).await;
    let (epoch, waiting) = (house.headquarters.epoch(), house.waiting().await);

    let (a, b, c, outsider) = (a.parked(), b.parked(), c.parked(), outsider.parked());
    let house = house.restore(&backup).await;
    assert_ne!(house.headquarters.epoch(), epoch);
    assert_ne!(all(&house, &inspections).await, before, "the backup is older");
    let mut c = c.at(&house);
    let refused = c.pull_with(&Pull::default()).await;
    assert_eq!(refused.refusal().1, RefusalCode::UnknownSeat);

    let mut a = a.at(&house);
    for answer in a.resupply().await {
        assert_eq!((answer.expected, answer.refused, answer.fork), (None, None, false));
    }
    assert_eq!(all(&house, &inspections).await, before, "one tablet had it all");
    assert_eq!(house.waiting().await, waiting, "what was judged waits no more");
    c.pull_all().await;
    c.tap(first, "goes on", Answer::Compliant);
    assert_eq!(c.push().await[0].held, None, "a seat enrolled after the backup is known again");
    let now = house.digest().await;
    b.at(&house).resupply().await;
    outsider.at(&house).resupply().await;
    assert_eq!(house.digest().await, now, "the others bring nothing new");
    assert_whole(&house, &inspections).await;
}

#[tokio::test]
async fn headquarters_goes_on_in_new_journals_and_a_second_restore_works_too() {
    let mut house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut parked = Tablet::enrolled(&house, &code).await.parked();
    for round in 1..=2 {
        let backup = house.backup().await;
        // Headquarters writes after the backup, and only this tablet hears of it.
        house.assign(inspection, person, Role::Member).await;
        let mut tablet = parked.at(&house);
        tablet.tap(inspection, &format!("round {round}"), Answer::Compliant);
        tablet.push().await;
        tablet.pull_all().await;
        let before = house.events(inspection).await;
        parked = tablet.parked();

        house = house.restore(&backup).await;
        // It writes before anyone came back: not into the journal whose end it has lost.
        house.assign(inspection, person, Role::Lead).await;
        let mut tablet = parked.at(&house);
        for answer in tablet.resupply().await {
            assert_eq!((answer.held, answer.fork, answer.expected), (None, false, None));
        }
        assert!(before.is_subset(&house.events(inspection).await));
        assert_eq!(house.own_journals(inspection).await, round + 1);
        assert_eq!(house.team(inspection).await[0].1, Role::Lead, "its later word stands");
        assert_eq!(house.state(inspection).await.role(&tablet.seat()), Role::Lead);
        assert_whole(&house, &[inspection]).await;
        parked = tablet.parked();
    }
}

#[tokio::test]
async fn a_seat_that_comes_back_with_one_inspection_is_introduced_to_the_others() {
    let house = House::start().await;
    let (a, a_code) = house.invite("Kiểm tra viên A").await;
    let (b, b_code) = house.invite("Kiểm tra viên B").await;
    let shared = house.plan(&[(a, Role::Lead), (b, Role::Member)]).await;
    let own = house.plan(&[(b, Role::Lead)]).await;
    let a = Tablet::enrolled(&house, &a_code).await;
    let backup = house.backup().await;
    let b = Tablet::enrolled(&house, &b_code).await;
    let (a, b) = (a.parked_after_pull().await, b.parked());
    let house = house.restore(&backup).await;
    a.at(&house).resupply().await;
    let mut b = b.at(&house);
    for inspection in [shared, own] {
        assert_ne!(house.state(inspection).await.role(&b.seat()), Role::None);
        b.tap(inspection, "a", Answer::Compliant);
    }
    for answer in b.push().await {
        assert_eq!(answer.held, None);
    }
    assert_whole(&house, &[shared, own]).await;
}

#[tokio::test]
async fn a_tablet_alone_brings_back_what_it_opened_on_the_spot() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let backup = house.backup().await;
    let spot = tablet.open().await;
    tablet.push().await;
    let parked = tablet.parked();
    let house = house.restore(&backup).await;
    // It has not pulled since, so nobody has headquarters' confirmation any more.
    let mut tablet = parked.at(&house);
    tablet.resupply().await;
    assert_eq!(house.state(spot).await.role(&tablet.seat()), Role::Lead);
    assert_eq!(house.team(spot).await.len(), 1);
}

#[tokio::test]
async fn who_was_taken_off_the_team_does_not_come_back_as_its_opener() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let (other, other_code) = house.invite("Kiểm tra viên B").await;
    let mut opener = Tablet::enrolled(&house, &code).await;
    let mut lead = Tablet::enrolled(&house, &other_code).await;
    let backup = house.backup().await;
    let spot = opener.open().await;
    opener.push().await;
    let form = format!("role-{person}=&role-{other}=lead");
    house.clerk().await.post(&format!("/office/inspections/{spot}/team"), &form).await;
    lead.pull_all().await;
    let (opener, lead) = (opener.parked(), lead.parked());
    let house = house.restore(&backup).await;
    let mut lead = lead.at(&house);
    lead.resupply().await;
    opener.at(&house).resupply().await;
    let team = house.team(spot).await;
    assert_eq!(team.iter().map(|(person, _)| person.id).collect::<Vec<_>>(), [other]);
}

#[tokio::test]
async fn a_seat_revoked_before_the_backup_stays_revoked() {
    let house = House::start().await;
    let (a, code) = house.invite("Kiểm tra viên A").await;
    let (b, b_code) = house.invite("Kiểm tra viên B").await;
    let inspection = house.plan(&[(a, Role::Lead), (b, Role::Member)]).await;
    let tablet = Tablet::enrolled(&house, &code).await;
    let lost = Tablet::enrolled(&house, &b_code).await;
    house.revoke(lost.seat()).await;
    let backup = house.backup().await;
    house.assign(inspection, a, Role::Lead).await;
    let (tablet, lost) = (tablet.parked_after_pull().await, lost.parked());
    let house = house.restore(&backup).await;
    let mut tablet = tablet.at(&house);
    tablet.resupply().await;
    let lost = lost.at(&house);
    assert_eq!(lost.get("/api/v1/packs").await.refusal().1, RefusalCode::Revoked);
    assert_eq!(house.team(inspection).await.len(), 2, "its person is still on the team");
}

#[tokio::test]
async fn headquarters_own_word_is_dated_after_its_last_whatever_the_clock_says() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    Tablet::enrolled(&house, &code).await;
    house.assign_at(inspection, person, Role::Member, domain::moment::Moment(0)).await;
    let dates = house.dates(inspection).await;
    assert_eq!(dates.len(), 4, "opened twice, introduced, assigned");
    assert!(dates.is_sorted(), "{dates:?}");
}

#[tokio::test]
async fn a_database_that_was_put_back_without_a_restore_is_noticed_by_the_first_tablet_that_pulls()
{
    let house = House::start().await;
    let (a_person, a_code) = house.invite("Kiểm tra viên A").await;
    let (b_person, b_code) = house.invite("Kiểm tra viên B").await;
    let inspection = house.plan(&[(a_person, Role::Lead), (b_person, Role::Member)]).await;
    let mut a = Tablet::enrolled(&house, &a_code).await;
    let mut b = Tablet::enrolled(&house, &b_code).await;
    b.pull_all().await;
    let old = house.backup().await;
    a.tap(inspection, "a", Answer::Compliant);
    a.push().await;
    house.assign(inspection, a_person, Role::Lead).await;
    let before = house.events(inspection).await;
    let epoch = house.headquarters.epoch();
    let (a, b) = (a.parked_after_pull().await, b.parked());

    let house = house.put_back(&old).await;
    assert_eq!(house.headquarters.epoch(), epoch, "nobody told it");
    // The lost positions are given anew, to somebody who had not seen the lost events.
    let mut b = b.at(&house);
    for item in ["x", "y", "z"] {
        b.tap(inspection, item, Answer::Compliant);
    }
    b.push().await;
    b.pull_all().await;
    assert_eq!(house.headquarters.epoch(), epoch);

    a.at(&house).resupply().await;
    assert_ne!(house.headquarters.epoch(), epoch, "so that every tablet offers everything again");
    assert!(before.is_subset(&house.events(inspection).await));
    house.assign(inspection, a_person, Role::Lead).await;
    assert_eq!(house.own_journals(inspection).await, 2);
    assert_whole(&house, &[inspection]).await;
    let again = house.headquarters.epoch();
    b.pull_all().await;
    assert_eq!(house.headquarters.epoch(), again, "it is noticed once");
    let house = house.restart().await;
    assert_eq!(house.headquarters.epoch(), again, "and kept");
}

#[tokio::test]
async fn what_is_named_and_not_here_is_shown_until_it_comes() {
    let house = House::start().await;
    let (a_person, a_code) = house.invite("Kiểm tra viên A").await;
    let (b_person, b_code) = house.invite("Kiểm tra viên B").await;
    let inspection = house.plan(&[(a_person, Role::Lead), (b_person, Role::Member)]).await;
    let mut a = Tablet::enrolled(&house, &a_code).await;
    let mut b = Tablet::enrolled(&house, &b_code).await;
    let backup = house.backup().await;
    a.tap(inspection, "x", Answer::Compliant);
    let lost = id_of(&a.chain(inspection).events[1]);
    a.push().await;
    b.record(inspection, over("x", lost));
    let (a, b) = (a.parked(), b.parked());

    let house = house.restore(&backup).await;
    house.age_contacts().await;
    let clerk = house.clerk().await;
    let page = clerk.get("/office/backup?lang=en").await;
    assert_eq!(page.text().matches("data-silent=").count(), 2, "{}", page.text());
    assert!(page.text().contains("No event is seen to be missing."));

    let b = b.at(&house);
    b.push_parts(vec![b.part(inspection, 0)]).await;
    let page = clerk.get("/office/backup?lang=en").await;
    assert_eq!(page.text().matches("data-silent=").count(), 1, "{}", page.text());
    assert!(page.text().contains(&format!("data-missing-in=\"{inspection}\"")));
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains(&format!("data-missing=\"{lost}\"")));

    a.at(&house).resupply().await;
    let page = clerk.get("/office/backup?lang=en").await;
    assert!(!page.text().contains("data-missing-in") && !page.text().contains("data-silent"));
}

#[tokio::test]
async fn invitations_and_sessions_of_the_former_life_open_nothing() {
    use headquarters::store::people::{Opens, Uses};

    let house = House::start().await;
    let (_, code) = house.invite_to("Kiểm tra viên A", Opens::Seat, Uses::Once).await;
    let cookie = house.clerk().await.into_cookie();
    let backup = house.backup().await;
    Tablet::enrolled(&house, &code).await;
    let house = house.restore(&backup).await;
    let stranger = Tablet::new(&house);
    assert_eq!(stranger.enrol(&code).await.refusal().1, RefusalCode::InvitationSpent);
    let page = house.clerk_with(cookie).get("/office").await;
    assert_eq!(page.header("location"), "/office/sign-in");
}
