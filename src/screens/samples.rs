//! Made-up checklists for the tests of this room.

use domain::checklist::{Checklist, Item, ItemConfidence, Section};
use domain::law::{Addressee, Bilingual, Confidence, Days, Place, Provision};
use jiff::civil::date;

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
