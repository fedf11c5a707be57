//! Sample data for `bienban demo`: fictional establishments, two inspectors, open inspections.
//!
//! Its links can be opened any number of times and stay the same through restarts: the codes are
//! derived from the keyring, so that the database holds their hashes only.

mod passphrase;
mod past;

pub use passphrase::passphrase;

use domain::act::{Decision, Establishment, OpenInspection, Role};
use domain::checklist::{Checklist, Item, ItemConfidence, Section};
use domain::ids::{EstablishmentId, InspectionId, PackHash, PersonId};
use domain::law::{Addressee, Bilingual, Confidence};
use domain::moment::Moment;
use domain::pack::{self, Pack, PackKind};
use jiff::civil::Date;
use proof::sign::KeyPair;
use thiserror::Error;

use crate::headquarters::Headquarters;
use crate::identity::{self, Roles, Standing};
use crate::keyring::Keyring;
use crate::store::people::{self, Opens, Person, Uses};
use crate::store::{self, StoreFault, Tx, inspections};
use crate::{clock, ledger};

/// Items in a section of the synthetic checklist.
const SECTION_ITEMS: usize = 25;

/// How long before the start the samples begin to be opened, in seconds.
const OPENED_BEFORE_S: i64 = 60;

/// The most items of a synthetic inspection: its pack has to fit into a tablet's memory.
pub const MAX_ITEMS: usize = 10_000;

const INSPECTORS: [(&str, Role); 2] =
    [("Kiểm tra viên A", Role::Lead), ("Kiểm tra viên B", Role::Member)];
const CLERK: &str = "Cán bộ văn phòng";

/// The demonstration's inspections: name, address, kind, checklist, reason.
const SAMPLES: [(&str, &str, &str, &str, &str); 3] = [
    (
        "Cơ sở in Mẫu A",
        "Số 1 phố Ví Dụ, phường Mẫu",
        "printer_publications",
        "printing",
        "Kiểm tra định kỳ theo kế hoạch năm",
    ),
    (
        "Nhà phát hành sách Mẫu B",
        "Số 2 phố Ví Dụ, phường Mẫu",
        "distributor",
        "distribution",
        "Kiểm tra định kỳ theo kế hoạch năm",
    ),
    (
        "Tạp chí Mẫu C",
        "Số 3 phố Ví Dụ, phường Mẫu",
        "press_print",
        "press",
        "Kiểm tra theo kế hoạch năm",
    ),
];

/// The codes of the demonstration's links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// One for each inspector.
    pub tablets: Vec<String>,
    /// The office.
    pub office: String,
    /// What opens the vault of each inspector.
    pub passphrase: String,
}

/// Why there is no demonstration.
#[derive(Debug, Error)]
pub enum DemoFault {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The packs of this program lack what the samples need.
    #[error("the packs of this program have no `{0}`; use another build")]
    NoPack(&'static str),
}

/// The codes of this keyring.
pub fn codes(keyring: &Keyring) -> Codes {
    let code = |purpose: &str| {
        let mut bytes = [0; 20];
        let derived = keyring.derive(purpose);
        bytes.iter_mut().zip(derived).for_each(|(byte, from)| *byte = from);
        clock::code_of(&bytes)
    };
    let tablets = (0..INSPECTORS.len()).map(|at| code(&format!("demo tablet {at}"))).collect();
    Codes { tablets, office: code("demo office"), passphrase: passphrase(keyring) }
}

/// Puts the samples into an empty store; a store with anything in it is left as it is.
///
/// # Errors
/// See [`DemoFault`].
pub async fn seed(headquarters: &Headquarters, items: Option<usize>) -> Result<(), DemoFault> {
    let codes = codes(&headquarters.keyring);
    let tablets = past::keys(&headquarters.keyring);
    let (keys, keyring) = (headquarters.keys.clone(), headquarters.keyring.clone());
    headquarters
        .store
        .write(move |tx| {
            Box::pin(async move {
                let persons = people::persons(&mut *tx).await?;
                let known = inspections::all(&mut *tx).await?;
                if persons.is_empty() && known.is_empty() {
                    let now = clock::now();
                    let clerk = fill(tx, &keys, &codes, items, now).await?;
                    past::fill(tx, &keys, &tablets, (clerk, now)).await?;
                }
                let clerk =
                    people::persons(&mut *tx).await?.into_iter().find(|it| it.name == CLERK);
                if let Some(clerk) = clerk {
                    let named = (clerk.id, CLERK);
                    passphrase::give(tx, &keyring, named, clock::now()).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn fill(
    tx: &mut Tx,
    keys: &KeyPair,
    codes: &Codes,
    items: Option<usize>,
    now: Moment,
) -> Result<PersonId, DemoFault> {
    let team = add_inspectors(tx, codes, now).await?;
    let clerk = add_person(tx, CLERK, now).await?;
    let roles = Roles::of([identity::Role::Office, identity::Role::Administrator]);
    people::appoint(&mut *tx, clerk, Standing { roles, unit: None }).await?;
    invite(tx, &codes.office, clerk, Opens::Office, now).await?;
    let today = now.day().unwrap_or(Date::ZERO);
    let law = current(tx, PackKind::Law, None).await?;
    // A tablet shows the inspections of a day in the order in which they were opened: each is
    // opened a second after the one before, and the synthetic one first of all.
    let opened = |number: u8| now.later_by_ms(1000 * (i64::from(number) - OPENED_BEFORE_S));
    if let Some(items) = items {
        let list = synthetic(items);
        let pinned = store::packs::publish(tx, &pack::encode(&Pack::Checklist(list))).await?;
        let place = ("Cơ sở in Mẫu lớn", "Số 9 phố Ví Dụ, phường Mẫu", "printer_publications");
        let opening = opening(place, "Đo tốc độ", (vec![pinned], law), today, 0);
        open(tx, keys, opening, &team, (clerk, opened(0))).await?;
    }
    for ((name, address, kind, list, reason), number) in SAMPLES.into_iter().zip(1..) {
        let pinned = current(tx, PackKind::Checklist, Some(list)).await?;
        let opening = opening((name, address, kind), reason, (vec![pinned], law), today, number);
        open(tx, keys, opening, &team, (clerk, opened(number))).await?;
    }
    Ok(clerk)
}

async fn add_inspectors(
    tx: &mut Tx,
    codes: &Codes,
    now: Moment,
) -> Result<Vec<(PersonId, Role)>, StoreFault> {
    let mut team = Vec::new();
    for ((name, role), code) in INSPECTORS.into_iter().zip(&codes.tablets) {
        let person = add_person(tx, name, now).await?;
        let roles = Roles::of([identity::Role::Inspector, identity::Role::Lead]);
        people::appoint(&mut *tx, person, Standing { roles, unit: None }).await?;
        invite(tx, code, person, Opens::Seat, now).await?;
        team.push((person, role));
    }
    Ok(team)
}

async fn add_person(tx: &mut Tx, name: &str, now: Moment) -> Result<PersonId, StoreFault> {
    let id = PersonId(clock::random());
    people::add_person(tx, &Person { id, name: name.to_owned() }, now).await?;
    Ok(id)
}

async fn invite(
    tx: &mut Tx,
    code: &str,
    person: PersonId,
    opens: Opens,
    now: Moment,
) -> Result<(), StoreFault> {
    people::invite(tx, code, person, opens, Uses::Any, (now, Moment(i64::MAX))).await
}

async fn current(
    tx: &mut Tx,
    kind: PackKind,
    id: Option<&'static str>,
) -> Result<PackHash, DemoFault> {
    let packs = store::packs::list(tx).await?;
    let is_it = |pack: &&sync::message::packs::PackEntry| {
        pack.current && pack.kind == kind.word() && id.is_none_or(|id| pack.id == id)
    };
    let found = packs.iter().find(is_it).map(|pack| pack.sha256);
    found.ok_or(DemoFault::NoPack(id.unwrap_or(kind.word())))
}

fn opening(
    (name, address, kind): (&str, &str, &str),
    reason: &str,
    (checklists, law): (Vec<PackHash>, PackHash),
    today: Date,
    number: u8,
) -> OpenInspection {
    OpenInspection {
        establishment: Establishment {
            id: EstablishmentId(clock::random()),
            name: name.to_owned(),
            kind: kind.to_owned(),
            address: address.to_owned(),
        },
        reason: reason.to_owned(),
        decision: Some(Decision { number: format!("{number:02}/QĐ-MẪU"), on: today }),
        on: today,
        checklists,
        law,
    }
}

async fn open(
    tx: &mut Tx,
    keys: &KeyPair,
    opening: OpenInspection,
    team: &[(PersonId, Role)],
    by: (PersonId, Moment),
) -> Result<(), StoreFault> {
    let id = InspectionId(clock::random());
    ledger::open_inspection(tx, keys, (id, opening), team, by).await
}

/// A checklist of `count` items that nobody would ask, for measuring.
fn synthetic(count: usize) -> Checklist {
    let items = (1..=count).map(synthetic_item).collect::<Vec<_>>();
    let sections = items.chunks(SECTION_ITEMS).zip(1..).map(|(items, number)| Section {
        id: format!("synthetic.{number}"),
        title: Bilingual { vi: format!("Phần {number}"), en: format!("Section {number}") },
        items: items.to_vec(),
    });
    Checklist {
        id: "synthetic".to_owned(),
        version: 1,
        title: Bilingual {
            vi: "Danh mục đo tốc độ".to_owned(),
            en: "Synthetic checklist".to_owned(),
        },
        establishment_kinds: vec!["printer_publications".to_owned()],
        sections: sections.collect(),
        sources: vec!["made by bienban demo".to_owned()],
    }
}

fn synthetic_item(number: usize) -> Item {
    Item {
        id: format!("synthetic.item.{number}"),
        question_vi: format!("Mục thử số {number}: giấy tờ có đúng như quy định không?"),
        question_en: format!("Trial item {number}: are the papers as required?"),
        establishment_kinds: vec!["printer_publications".to_owned()],
        evidence_kinds: vec!["licence".to_owned()],
        evidence_vi: "Giấy tờ mẫu".to_owned(),
        duties: vec![always()],
        sanctions: Vec::new(),
        fine: None,
        warning_possible: false,
        applies_to: Addressee::Organisation,
        fine_text: None,
        supplementary_sanctions: Vec::new(),
        remedies: Vec::new(),
        confidence: ItemConfidence { overall: Confidence::Memory, duty: None, fine: None },
        sources: vec![0],
        note: None,
        must_recheck: false,
        domain_decree_status: None,
        asked_before: None,
    }
}

/// A provision that is in force on every day.
#[expect(clippy::expect_used, reason = "a range without an end is never empty")]
fn always() -> domain::law::Provision {
    domain::law::Provision {
        instrument: "synthetic".into(),
        place: domain::law::Place { article: "1".to_owned(), clause: None, point: None },
        text: None,
        days: domain::law::Days::through(jiff::civil::date(2000, 1, 1), None)
            .expect("it has no end"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synthetic_checklist_has_sections_of_25_and_can_be_read_back() {
        let list = synthetic(60);
        let sizes = list.sections.iter().map(|section| section.items.len()).collect::<Vec<_>>();
        assert_eq!(sizes, [25, 25, 10]);
        let bytes = pack::encode(&Pack::Checklist(list.clone()));
        assert_eq!(pack::decode(&bytes).unwrap(), Pack::Checklist(list));
    }
}
