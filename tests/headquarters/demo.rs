//! The demonstration: what it seeds, once, and what its links open.

use axum::http::StatusCode;
use domain::act::{Act, Body, OpenInspection};
use domain::checklist::Asking;
use domain::event::Header;
use domain::pack::{self, Pack};
use domain::remedy::Progress;
use headquarters::access::Scope;
use headquarters::office::overview;
use headquarters::{clock, demo};

use crate::house::House;
use crate::tablet::Tablet;

/// The openings as a tablet orders them: by day, then by when they were opened.
async fn openings(house: &House) -> Vec<OpenInspection> {
    let code = &demo::codes(&house.headquarters.keyring).tablets[0];
    let news = Tablet::enrolled(house, code).await.pull().await;
    let mut openings = Vec::new();
    for entry in news.pages.iter().flat_map(|page| &page.entries) {
        let body = Body::from_bytes(entry.event.body.as_deref().unwrap()).unwrap();
        let opened_at = Header::from_bytes(&entry.event.header).unwrap().at;
        if let Act::OpenInspection(opening) = body.act {
            openings.push(((opening.on, opened_at), opening));
        }
    }
    openings.sort_by_key(|(order, _)| *order);
    assert!(openings.is_sorted_by(|a, b| a.0 < b.0), "no two were opened at once");
    openings.into_iter().map(|(_, opening)| opening).collect()
}

/// How many items an opening asks.
async fn asked(house: &House, opening: &OpenInspection) -> Vec<usize> {
    let mut sections = Vec::new();
    for hash in &opening.checklists {
        let db = house.headquarters.store.readers();
        let bytes = headquarters::store::packs::bytes(db, *hash).await.unwrap().unwrap();
        let Pack::Checklist(list) = pack::decode(&bytes).unwrap() else { panic!("no checklist") };
        let kind = opening.establishment.kind.clone();
        for (_, items) in list.asked(&kind, opening.on) {
            assert!(items.iter().all(|(_, asking)| *asking != Asking::NotAsked));
            sections.push(items.len());
        }
    }
    sections
}

#[tokio::test]
async fn the_first_inspection_is_a_printing_house_with_twelve_items_or_more() {
    let house = House::start().await;
    demo::seed(&house.headquarters, None).await.unwrap();
    let openings = openings(&house).await;
    assert_eq!(openings[0].establishment.name, "Cơ sở in Mẫu A");
    assert_eq!(Some(openings[0].on), clock::now().day());
    assert!(asked(&house, &openings[0]).await.iter().sum::<usize>() >= 12);
    assert!(
        openings.iter().any(|other| other.establishment.kind != openings[0].establishment.kind)
    );
    for opening in &openings {
        assert!(!asked(&house, opening).await.is_empty(), "{}", opening.establishment.name);
    }
}

#[tokio::test]
async fn synthetic_items_stand_in_front_in_sections_of_25() {
    let house = House::start().await;
    demo::seed(&house.headquarters, Some(60)).await.unwrap();
    let openings = openings(&house).await;
    assert_eq!(asked(&house, &openings[0]).await, [25, 25, 10]);
    assert_eq!(openings[1].establishment.name, "Cơ sở in Mẫu A");
}

#[tokio::test]
async fn the_samples_are_seeded_once_and_the_links_stay() {
    let house = House::start().await;
    demo::seed(&house.headquarters, None).await.unwrap();
    let codes = demo::codes(&house.headquarters.keyring);
    let before = house.digest().await;
    let house = house.restart().await;
    demo::seed(&house.headquarters, Some(100)).await.unwrap();
    assert_eq!(house.digest().await, before);
    assert_eq!(demo::codes(&house.headquarters.keyring), codes);
}

#[tokio::test]
async fn the_passphrase_is_long_enough_for_a_tablet_and_stays() {
    let house = House::start().await;
    let passphrase = demo::codes(&house.headquarters.keyring).passphrase;
    assert_eq!(passphrase.split('-').count(), 6);
    assert!(passphrase.chars().count() >= 12, "{passphrase}");
    let house = house.restart().await;
    assert_eq!(demo::codes(&house.headquarters.keyring).passphrase, passphrase);
}

#[tokio::test]
async fn each_link_opens_any_number_of_times() {
    let house = House::start().await;
    demo::seed(&house.headquarters, None).await.unwrap();
    let codes = demo::codes(&house.headquarters.keyring);
    for code in codes.tablets.iter().chain(&codes.tablets) {
        Tablet::enrolled(&house, code).await;
    }
    for _ in 0..2 {
        let answer = house.get(&format!("/office/enter?token={}", codes.office)).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/office"));
    }
}

#[tokio::test]
async fn the_past_fills_the_office_and_not_the_tablets_of_the_demonstration() {
    let house = House::start().await;
    demo::seed(&house.headquarters, None).await.unwrap();
    assert_eq!(openings(&house).await.len(), 3, "the inspectors are on no team of the past");
    let overview = overview::load(&house.headquarters, &Scope::Everything).await.unwrap();
    assert!(overview.digests.iter().all(|digest| digest.verifies && digest.missing == 0));
    let findings = overview.digests.iter().flat_map(|digest| &digest.findings);
    let progress = findings.filter_map(|finding| Some(finding.progress?.on(overview.today)));
    let progress = progress.collect::<Vec<_>>();
    assert!(progress.iter().any(|it| matches!(it, Progress::Overdue(_))), "{progress:?}");
    assert!(progress.contains(&Progress::Done) && progress.contains(&Progress::NotDone));
    assert!(overview.digests.iter().any(|digest| digest.conflicts > 0));
}
