//! What the research found, counted, and the two days on which the law changed.

use std::collections::{BTreeMap, BTreeSet};

use domain::checklist::{Asking, Checklist, Item};
use domain::law::{Addressee, Confidence, FineRange, Penalty};
use jiff::civil::{Date, date};

use super::{items, read_packs};

const LAST_DAY_OF_2016_LAW: Date = date(2026, 6, 30);
const FIRST_DAY_OF_2025_LAW: Date = date(2026, 7, 1);

#[test]
fn all_researched_items_are_there_with_sources_and_confidence() {
    let (_, checklists) = read_packs();
    let counts: BTreeMap<&str, usize> =
        checklists.iter().map(|list| (list.id.as_str(), list.items().count())).collect();
    let expected = [
        ("agency", 22),
        ("distribution", 22),
        ("electronic", 15),
        ("press", 82),
        ("printing", 40),
        ("publishing", 53),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
    let ids: BTreeSet<&str> = items(checklists).map(|item| item.id.as_str()).collect();
    assert_eq!(ids.len(), 234);
    for list in checklists {
        for item in list.items() {
            assert_eq!(list.sources_of(item).count(), item.sources.len(), "{}", item.id);
            assert!(!item.sources.is_empty(), "{}", item.id);
        }
    }
}

#[test]
fn no_source_and_no_confidence_mark_is_lost() {
    let (_, checklists) = read_packs();
    let all = || items(checklists);
    assert_eq!(all().map(|item| item.sources.len()).sum::<usize>(), 483);
    let overall = |grade| all().filter(|item| item.confidence.overall == grade).count();
    assert_eq!(Confidence::ALL.map(overall), [195, 38, 1]);
    let duty = |grade| all().filter(|item| item.confidence.duty == Some(grade)).count();
    assert_eq!(Confidence::ALL.map(duty), [194, 16, 0]);
    let fine = |grade| all().filter(|item| item.confidence.fine == Some(grade)).count();
    assert_eq!(Confidence::ALL.map(fine), [99, 18, 0]);
    assert_eq!(all().filter(|item| item.must_recheck).count(), 77);
    assert_eq!(all().filter(|item| item.note.is_some()).count(), 139);
    assert_eq!(all().filter(|item| item.domain_decree_status.is_some()).count(), 120);
    assert_eq!(all().map(|item| item.remedies.len()).sum::<usize>(), 14);
}

#[test]
fn amounts_are_as_researched_and_missing_ones_stay_missing() {
    let (_, checklists) = read_packs();
    let all = || items(checklists);
    assert_eq!(all().filter(|item| item.fine.is_some()).count(), 108);
    assert_eq!(all().filter(|item| item.penalty() == Penalty::Warning).count(), 9);
    assert_eq!(all().filter(|item| item.penalty() == Penalty::NoSource).count(), 117);
    let individuals: Vec<&str> = all()
        .filter(|item| item.applies_to == Addressee::Individual)
        .map(|item| item.id.as_str())
        .collect();
    assert_eq!(individuals, ["press.card.expired", "press.card.altered", "press.card.returned"]);
}

#[test]
fn an_amount_is_for_an_organisation_and_half_of_it_for_an_individual() {
    let (law, checklists) = read_packs();
    let item = find(checklists, "press.licence.extra_publication");
    let decree = law.instrument(&item.sanctions[0].instrument).unwrap();
    let indicative = item.fine.unwrap().indicative_for(
        Addressee::Individual,
        item.applies_to,
        decree.individual_pays_half,
    );
    assert_eq!(indicative, FineRange::new(30_000_000, 50_000_000).ok());
    assert_eq!(
        decree.cited_for(&item.sanctions[0]).vi,
        "Nghị định 119/2020/NĐ-CP (sửa đổi, bổ sung bởi Nghị định 14/2022/NĐ-CP)"
    );
}

#[test]
fn a_finding_rests_on_the_law_of_the_day_of_the_act() {
    let (_, checklists) = read_packs();
    let cases = [
        ("press.licence.valid", LAST_DAY_OF_2016_LAW, vec!["luat-103-2016/18"]),
        ("press.licence.valid", FIRST_DAY_OF_2025_LAW, vec!["luat-126-2025/18/1"]),
        ("press.licence.extra_publication", LAST_DAY_OF_2016_LAW, vec!["luat-103-2016/31"]),
        (
            "press.licence.extra_publication",
            FIRST_DAY_OF_2025_LAW,
            vec!["luat-126-2025/18/1", "luat-126-2025/18/2", "nd-237-2026/4/2"],
        ),
        ("press.bulletin.format", LAST_DAY_OF_2016_LAW, vec!["luat-103-2016/34/1"]),
        ("press.bulletin.format", FIRST_DAY_OF_2025_LAW, vec![]),
        ("agency.delegation.posted_12h", LAST_DAY_OF_2016_LAW, vec!["nd-09-2017/3/6"]),
        ("agency.delegation.posted_12h", FIRST_DAY_OF_2025_LAW, vec![]),
        ("print.other.licence", date(2022, 12, 31), vec!["nd-60-2014/12/1"]),
        ("print.other.licence", date(2023, 1, 1), vec!["nd-60-2014/12/1"]),
    ];
    for (id, act_on, expected) in cases {
        let basis = find(checklists, id).basis_on(act_on);
        let cited: Vec<String> = basis.duties.iter().map(|duty| duty.to_string()).collect();
        assert_eq!(cited, expected, "{id} on {act_on}");
    }
}

#[test]
fn an_item_is_asked_by_the_law_of_the_day_of_the_inspection() {
    let (_, checklists) = read_packs();
    let earlier = Asking::EarlierActs { before: FIRST_DAY_OF_2025_LAW };
    let cases = [
        ("press.licence.valid", Asking::Current, Asking::Current),
        ("press.bulletin.format", Asking::Current, earlier),
        ("press.card.letter", Asking::NotAsked, Asking::Current),
        ("press.card.altered", Asking::SanctionOnly, Asking::SanctionOnly),
        ("press.deposit.electronic_match", Asking::NotAsked, Asking::NotAsked),
        ("print.other.register", Asking::NotAsked, Asking::NotAsked),
    ];
    for (id, on_the_eve, on_the_day) in cases {
        let item = find(checklists, id);
        assert_eq!(item.asking_on(LAST_DAY_OF_2016_LAW), on_the_eve, "{id} on the eve");
        assert_eq!(item.asking_on(FIRST_DAY_OF_2025_LAW), on_the_day, "{id} on the day");
    }
}

/// Of 234 items, 196 rest on a duty in force from 2026-07-01 and 36 do not any more: 22 cite a
/// sanction alone, 12 are asked for earlier acts, 2 are retired. The two on electronic deposit
/// wait for 2028-07-01.
#[test]
fn the_items_are_asked_in_these_numbers_before_and_after_the_change_of_law() {
    let (_, checklists) = read_packs();
    assert_eq!(asked(checklists, LAST_DAY_OF_2016_LAW), [184, 22, 1, 27]);
    assert_eq!(asked(checklists, FIRST_DAY_OF_2025_LAW), [196, 22, 12, 4]);
    assert_eq!(asked(checklists, date(2028, 7, 1)), [198, 22, 12, 2]);
}

#[test]
fn sixty_seven_items_have_several_duties_at_once() {
    let (_, checklists) = read_packs();
    let several = |item: &&Item| item.basis_on(FIRST_DAY_OF_2025_LAW).duties.len() > 1;
    assert_eq!(items(checklists).filter(several).count(), 67);
}

#[test]
fn electronic_deposit_is_a_duty_from_2028() {
    let (_, checklists) = read_packs();
    for id in ["press.deposit.electronic_access", "press.deposit.electronic_match"] {
        let item = find(checklists, id);
        assert_eq!(item.asking_on(date(2028, 6, 30)), Asking::NotAsked, "{id}");
        assert_eq!(item.asking_on(date(2028, 7, 1)), Asking::Current, "{id}");
    }
}

#[test]
fn a_printing_house_is_asked_at_least_twelve_items() {
    let (law, checklists) = read_packs();
    for kind in ["printer_publications", "printer_other"] {
        let asked = checklists.iter().flat_map(|list| list.asked(kind, date(2026, 11, 23)));
        assert!(asked.map(|(_, items)| items.len()).sum::<usize>() >= 12, "{kind}");
        assert!(law.establishment_kind(kind).is_some(), "{kind}");
    }
}

#[test]
fn every_cited_instrument_is_in_the_law_with_sources() {
    let (law, checklists) = read_packs();
    assert_eq!(law.instruments.len(), 54);
    for item in items(checklists) {
        for provision in item.duties.iter().chain(&item.sanctions) {
            let listed =
                law.provision(&provision.instrument, &provision.place, provision.days.from());
            assert_eq!(listed, Some(provision), "{}", item.id);
        }
    }
    assert!(law.instruments.iter().all(|instrument| !instrument.sources.is_empty()));
}

/// Current, on a sanction alone, for earlier acts, not asked.
fn asked(checklists: &[Checklist], day: Date) -> [usize; 4] {
    let mut counts = [0; 4];
    for item in items(checklists) {
        let place = match item.asking_on(day) {
            Asking::Current => 0,
            Asking::SanctionOnly => 1,
            Asking::EarlierActs { .. } => 2,
            Asking::NotAsked => 3,
        };
        counts[place] += 1;
    }
    counts
}

fn find<'a>(checklists: &'a [Checklist], id: &str) -> &'a Item {
    items(checklists).find(|item| item.id == id).unwrap()
}
