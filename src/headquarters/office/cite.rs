//! Which provisions a finding rests on, in words: those of its item that were in force on the
//! day of the act, or the one that the inspector chose instead.

use domain::finding::Finding;
use domain::law::{Law, Place, Provision};
use domain::register::Field;
use texts::Lang;

use super::library::Library;

/// The provisions of a finding.
pub(super) enum Cited {
    /// In words, at least one.
    Provisions(Vec<String>),
    /// The day of the act is missing, so none can be chosen.
    NoDay,
    /// Nothing that the item cites was in force on that day.
    NoneInForce,
}

/// The provisions of a finding, duties first.
pub(super) fn provisions(finding: &Finding<'_>, library: &Library, lang: Lang) -> Cited {
    if let Some(chosen) = finding.value(Field::Provision) {
        return Cited::Provisions(vec![chosen.to_string()]);
    }
    let Some(act_on) = finding.act_on() else { return Cited::NoDay };
    let Some(item) = library.item(finding.item) else { return Cited::NoneInForce };
    let basis = item.basis_on(act_on);
    let all = basis.duties.into_iter().chain(basis.sanctions);
    let mut words = Vec::new();
    for words_of_one in all.map(|provision| in_words(provision, &library.law, lang)) {
        if !words.contains(&words_of_one) {
            words.push(words_of_one);
        }
    }
    if words.is_empty() { Cited::NoneInForce } else { Cited::Provisions(words) }
}

/// `điểm b khoản 1 Điều 28c Nghị định …`.
fn in_words(provision: &Provision, law: &Law, lang: Lang) -> String {
    let Place { article, clause, point } = &provision.place;
    let place = texts::law::place(lang, article, clause.as_deref(), point.as_deref());
    let instrument = law.instrument(&provision.instrument);
    let cited = instrument.map(|instrument| instrument.cited_for(provision));
    let cited =
        cited.map_or(provision.instrument.as_str(), |cited| lang.pick(&cited.vi, &cited.en));
    lang.pick(format!("{place} {cited}"), format!("{place}, {cited}"))
}
