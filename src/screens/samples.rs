//! Made-up checklists and a made-up store for the tests of this room.

use std::rc::Rc;

use domain::act::{Act, BeginFinding, Body, WithdrawFinding};
use domain::answer::Answer;
use domain::checklist::{Checklist, Item, ItemConfidence, Section};
use domain::ids::{EventId, FindingId, SeatId};
use domain::law::{Addressee, Bilingual, Confidence, Days, Place, Provision};
use domain::moment::Moment;
use domain::register::{Value, Write};
use domain::state::{Custody, Entry, State};
use jiff::civil::date;

use crate::inspection::plan::{ItemPlace, Plan};
use crate::inspection::state::{Recording, Sheet, Spot, Step};
use crate::seam::Settled;

/// The seat whose tablet it is.
pub(crate) const ME: SeatId = SeatId([7; 16]);

/// A checklist for printers with these sections and items.
pub(crate) fn checklist(sections: &[(&str, &[&str])]) -> Checklist {
    let section = |(id, items): &(&str, &[&str])| Section {
        id: (*id).to_owned(),
        title: Bilingual { vi: format!("Phần {id}"), en: format!("Section {id}") },
        items: items.iter().map(|id| item(id)).collect(),
    };
    Checklist {
        id: "printing".to_owned(),
        version: 1,
        sections: sections.iter().map(section).collect(),
        sources: vec!["Công báo".to_owned()],
        ..Checklist::default()
    }
}

/// An item for printers with one duty in force from 2026-07-01.
pub(crate) fn item(id: &str) -> Item {
    let duty = Provision {
        instrument: "luat-126-2025".into(),
        place: Place { article: "18".into(), clause: None, point: None },
        text: None,
        days: Days::through(date(2026, 7, 1), None).unwrap(),
    };
    Item {
        id: id.to_owned(),
        question_vi: "Có giấy phép không?".to_owned(),
        question_en: "Is there a licence?".to_owned(),
        establishment_kinds: vec!["printer".to_owned()],
        evidence_kinds: vec!["licence".to_owned()],
        evidence_vi: "Giấy phép".to_owned(),
        duties: vec![duty],
        sanctions: Vec::new(),
        fine: None,
        warning_possible: false,
        applies_to: Addressee::Organisation,
        fine_text: None,
        supplementary_sanctions: Vec::new(),
        remedies: Vec::new(),
        confidence: ItemConfidence {
            overall: Confidence::Verified,
            duty: Some(Confidence::Verified),
            fine: None,
        },
        sources: vec![0],
        note: None,
        must_recheck: false,
        domain_decree_status: None,
        asked_before: None,
    }
}

/// An empty inspection of a printer over these sections and items.
pub(crate) fn sheet(sections: &[(&str, &[&str])]) -> Sheet {
    let plan = Plan::new(vec![Rc::new(checklist(sections))], "printer", date(2026, 9, 1));
    Sheet::new(plan, State::new([]), ME, Vec::new())
}

/// An empty inspection of a printer over one item.
pub(crate) fn sheet_of(item: Item) -> Sheet {
    let mut list = checklist(&[("a", &[])]);
    list.sections[0].items.push(item);
    let plan = Plan::new(vec![Rc::new(list)], "printer", date(2026, 9, 1));
    Sheet::new(plan, State::new([]), ME, Vec::new())
}

/// Answers an item and stores it.
pub(crate) fn store_answer(sheet: &mut Sheet, place: ItemPlace, answer: Answer) {
    for step in sheet.answer(place, answer, || FindingId([1; 16])) {
        store(sheet, &step);
    }
}

/// Does what the tablet does with a recording: appends it, applies it, settles it.
pub(crate) fn store(sheet: &mut Sheet, step: &Step) -> Vec<Step> {
    let Step::Record(ticket, place, recording) = step else {
        return Vec::new();
    };
    let entry = entry(ticket.0, act(sheet, *place, recording));
    sheet.apply(&entry, Custody::Accepted);
    sheet.settle(*ticket, Settled::Stored).map_or(Vec::new(), |(_, steps)| steps)
}

/// An event of this seat.
pub(crate) fn entry(seq: u64, act: Act) -> Entry {
    let mut id = [0; 32];
    id[..8].copy_from_slice(&seq.to_be_bytes());
    Entry { id: EventId(id), author: ME, seq, at: Moment(0), body: Some(Body::of(act)) }
}

fn act(sheet: &Sheet, place: ItemPlace, recording: &Recording) -> Act {
    let write = |spot: &Spot, value: &Value| {
        let address = sheet.address(place, spot);
        Write { over: sheet.state().over(&address), address, value: value.clone() }
    };
    match recording {
        Recording::Set { spot, value } => Act::Set(write(spot, value)),
        Recording::Begin { finding, field, value } => Act::BeginFinding(BeginFinding {
            finding: *finding,
            item: sheet.plan().item(place).id.clone(),
            first: write(&Spot::finding(*finding, field.clone()), value),
        }),
        Recording::Withdraw { finding, reason } => {
            Act::WithdrawFinding(WithdrawFinding { finding: *finding, reason: reason.clone() })
        }
    }
}
