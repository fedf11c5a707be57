//! On which provisions a finding rests, in words: those of its item in force on the day of the
//! act, or the one that the inspector chose instead.

use domain::finding::Finding;
use domain::law::{Addressee, Law, Penalty, Provision};
use domain::register::Field;
use texts::{Lang, law as words, minutes as t};

use crate::document::Fill;
use crate::papers::Papers;

/// The provisions of a finding, duties first.
pub fn provisions(finding: &Finding<'_>, papers: &Papers<'_>, lang: Lang) -> Fill {
    if let Some(chosen) = finding.value(Field::Provision) {
        return Fill::Written(chosen.to_string());
    }
    let Some(item) = papers.item(finding.item) else {
        return Fill::Missing(t::item_unknown(lang, finding.item));
    };
    let Some(act_on) = finding.act_on() else {
        return Fill::Missing(t::provision_needs_day(lang).to_owned());
    };
    let basis = item.basis_on(act_on);
    let all = basis.duties.into_iter().chain(basis.sanctions);
    let mut cited = Vec::new();
    for words in all.map(|provision| cite(provision, papers.law, lang)) {
        if !cited.contains(&words) {
            cited.push(words);
        }
    }
    Fill::of(&cited.join("; "), t::provision_none(lang))
}

/// `điểm b khoản 1 Điều 28c Nghị định …`; the instrument's own name in packs where the law
/// pack does not hold it.
pub fn cite(provision: &Provision, law: Option<&Law>, lang: Lang) -> String {
    let place = &provision.place;
    let place = words::place(lang, &place.article, place.clause.as_deref(), place.point.as_deref());
    let instrument = law.and_then(|law| law.instrument(&provision.instrument));
    let cited = instrument.map(|instrument| instrument.cited_for(provision));
    let cited = cited.map(|cited| lang.pick(&cited.vi, &cited.en).as_str());
    format!("{place} {}", cited.unwrap_or(provision.instrument.as_str()))
}

/// What the instruments provide for the act of a finding; missing is no source, never zero.
pub fn penalty(finding: &Finding<'_>, papers: &Papers<'_>, lang: Lang) -> Fill {
    let (Some(item), Some(act_on)) = (papers.item(finding.item), finding.act_on()) else {
        return Fill::Missing(t::no_source(lang).to_owned());
    };
    let whom = match item.applies_to {
        Addressee::Organisation => t::an_organisation(lang),
        Addressee::Individual => t::an_individual(lang),
    };
    match item.penalty_on(act_on) {
        Penalty::NoSource => Fill::Missing(t::no_source(lang).to_owned()),
        Penalty::Warning => Fill::Written(words::warning(lang).to_owned()),
        Penalty::Fine(range) => {
            let amounts = texts::format::amounts(lang, range.min_vnd(), range.max_vnd());
            Fill::Written(t::fine_for(lang, &words::fine(lang, &amounts), whom))
        }
        Penalty::WarningOrFine(range) => {
            let amounts = texts::format::amounts(lang, range.min_vnd(), range.max_vnd());
            Fill::Written(t::fine_for(lang, &words::warning_or(lang, &amounts), whom))
        }
    }
}
