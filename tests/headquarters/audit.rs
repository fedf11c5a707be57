//! Who did what is one chain that is only ever added to.

use domain::act::Role;
use headquarters::audit::{self, Act, Chain};
use headquarters::clock;
use headquarters::store::StoreFault;
use headquarters::store::audit::{Wanted, verify, wanted};

use crate::house::House;

/// The acts of the audit, the first first, without what the start of headquarters notes.
pub(crate) async fn acts(house: &House) -> Vec<String> {
    house.headquarters.reads.flush().await.unwrap();
    let db = house.headquarters.store.readers();
    let rows = wanted(db, &Wanted::default(), (1000, 0)).await.unwrap();
    let acts = rows.into_iter().rev().map(|row| row.act);
    acts.filter(|act| act != Act::PackPublished.word()).collect()
}

async fn chain(house: &House) -> Chain {
    verify(house.headquarters.store.readers()).await.unwrap()
}

#[tokio::test]
async fn what_the_office_does_to_an_inspection_is_noted_with_the_person() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    assert_eq!(acts(&house).await, ["inspection-opened", "team-changed"]);
    let db = house.headquarters.store.readers();
    let of_person = Wanted { who: Some(person), act: Some(Act::TeamChanged), ..Wanted::default() };
    let rows = wanted(db, &of_person, (10, 0)).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].object, inspection.to_string());
    assert_eq!(rows[0].detail, format!("{person} lead"));
    assert!(matches!(chain(&house).await, Chain::Whole { .. }));
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_a_row() {
    let house = House::start().await;
    for change in ["update audit set object = 'x'", "delete from audit"] {
        let work = house.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                sqlx::raw_sql(change).execute(tx).await?;
                Ok(())
            })
        });
        let fault = work.await.unwrap_err().to_string();
        assert!(fault.contains("the audit is only added to"), "{fault}");
    }
}

#[tokio::test]
async fn a_row_that_was_changed_behind_headquarters_back_breaks_the_chain() {
    let house = House::start().await;
    assert!(matches!(chain(&house).await, Chain::Whole { rows: 2.., .. }));
    house.execute("drop trigger audit_is_never_changed").await;
    house.execute("update audit set detail = 'x' where position = 2").await;
    assert_eq!(chain(&house).await, Chain::Broken { position: 2 });
}

#[tokio::test]
async fn reading_is_noted_once_in_five_minutes_and_before_the_end() {
    let house = House::start().await;
    let (person, _) = house.invite("Cán bộ Mẫu").await;
    let reads = &house.headquarters.reads;
    for object in ["a", "a", "b"] {
        reads.note(person, Act::EvidenceRead, object, "");
    }
    assert_eq!(acts(&house).await, ["evidence-read", "evidence-read"]);
    reads.flush().await.unwrap();
    assert_eq!(acts(&house).await.len(), 2, "nothing is written twice");
}

#[tokio::test]
async fn a_backup_and_every_pack_are_noted_by_the_program_itself() {
    let house = House::start().await;
    let db = house.headquarters.store.readers();
    let published = Wanted { act: Some(Act::PackPublished), ..Wanted::default() };
    assert!(!wanted(db, &published, (1, 0)).await.unwrap().is_empty());
    house.backup().await;
    assert_eq!(acts(&house).await, ["backup-made"]);
    let house = house.restart().await;
    assert_eq!(acts(&house).await, ["backup-made"], "a pack is published once");
    assert!(matches!(chain(&house).await, Chain::Whole { .. }));
}

#[tokio::test]
async fn notes_of_one_transaction_that_fails_are_not_kept() {
    let house = House::start().await;
    let work = house.headquarters.store.write::<(), StoreFault, _>(|tx| {
        Box::pin(async move {
            audit::note(tx, None, Act::UnitAdded, "", &clock::code()).await?;
            Err(StoreFault::Damaged("sample"))
        })
    });
    assert!(work.await.is_err());
    assert!(acts(&house).await.is_empty());
}
