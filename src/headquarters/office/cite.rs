//! Which provisions a finding rests on, in words: those of its item that were in force on the
//! day of the act, or the one that the inspector chose instead.

use domain::finding::Finding;
use domain::law::{Bilingual, Law, Place, Provision};
use domain::register::Field;
use texts::Lang;

use super::library::Library;
use super::lists::both;

/// The provisions of a finding.
pub(super) enum Cited {
    /// In words, at least one.
    Provisions(Vec<String>),
    /// The day of the act is missing, so none can be chosen.
    NoDay,
    /// Nothing that the item cites was in force on that day.
    NoneInForce,
}

/// One provision that a finding rests on, as lists sort and group it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The legal document; `None` where an inspector wrote the provision by hand.
    pub instrument: Option<Bilingual>,
    /// Article, clause and point, numbers by their size.
    pub place: [(u32, String); 3],
    /// The whole of it, in words.
    pub words: Bilingual,
}

/// The provisions of a finding, duties first.
pub(super) fn provisions(finding: &Finding<'_>, library: &Library, lang: Lang) -> Cited {
    if finding.value(Field::Provision).is_none() && finding.act_on().is_none() {
        return Cited::NoDay;
    }
    let mut words = Vec::new();
    for citation in citations(finding, library) {
        let words_of_one = lang.pick(citation.words.vi, citation.words.en);
        if !words.contains(&words_of_one) {
            words.push(words_of_one);
        }
    }
    if words.is_empty() { Cited::NoneInForce } else { Cited::Provisions(words) }
}

/// The same for lists; none while the day is missing or none was in force.
pub(super) fn citations(finding: &Finding<'_>, library: &Library) -> Vec<Citation> {
    if let Some(chosen) = finding.value(Field::Provision) {
        let words = Bilingual { vi: chosen.to_string(), en: chosen.to_string() };
        return vec![Citation { instrument: None, place: Default::default(), words }];
    }
    let (Some(act_on), Some(item)) = (finding.act_on(), library.item(finding.item)) else {
        return Vec::new();
    };
    let basis = item.basis_on(act_on);
    let all = basis.duties.into_iter().chain(basis.sanctions);
    all.map(|provision| citation(provision, &library.law)).collect()
}

fn citation(provision: &Provision, law: &Law) -> Citation {
    let Place { article, clause, point } = &provision.place;
    let part = |part: Option<&str>| by_size(part.unwrap_or_default());
    let instrument = law.instrument(&provision.instrument);
    let cited = instrument.map(|instrument| instrument.cited_for(provision).clone());
    let unknown = || both(|_| provision.instrument.to_string());
    Citation {
        instrument: Some(cited.unwrap_or_else(unknown)),
        place: [by_size(article), part(clause.as_deref()), part(point.as_deref())],
        words: both(|lang| in_words(provision, law, lang)),
    }
}

/// `28c` as 28 and `c`, so that Article 9 stands before Article 28.
fn by_size(part: &str) -> (u32, String) {
    let digits = part.chars().take_while(char::is_ascii_digit).count();
    let (number, letters) = part.split_at(digits);
    (number.parse().unwrap_or(0), letters.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_nine_stands_before_article_twenty_eight() {
        let mut articles = ["28c", "9", "28", "", "10"].map(by_size);
        articles.sort();
        let expected = [(0, ""), (9, ""), (10, ""), (28, ""), (28, "c")];
        assert_eq!(articles, expected.map(|(number, letters)| (number, letters.to_owned())));
    }
}
