//! The administrative violation record (biên bản vi phạm hành chính), form MBB01.
//!
//! Source: Article 58 of the Law on handling administrative violations as amended in 2020, and
//! form MBB01 of Decree 118/2021/NĐ-CP as amended in 2025. Most of the form is written by hand
//! by the competent person; what the record does not hold is left open and says so.

use domain::finding::Finding;
use domain::register::Field;
use texts::{Lang, minutes as t};

use crate::citation;
use crate::document::{Block, Document, Fact, Fill};
use crate::papers::{Papers, Signing, of_register};
use crate::{finding, opening, signing};

/// The violation record over the findings that stand.
pub fn violation_record(papers: &Papers<'_>, signing: &Signing, lang: Lang) -> Document {
    let title = t::violation_record(lang);
    let paragraph = |words: &str| vec![Block::Paragraph(words.to_owned())];
    let blocks = [
        opening::top((title, t::violation_record_basis(lang)), Vec::new(), papers, lang),
        paragraph(t::record_time_limit(lang)),
        part(t::basis(lang), basis(papers, signing, lang)),
        part(t::drawn_up_by(lang), people(lang)),
        part(t::violating_side(lang), violating_side(papers, lang)),
        acts(papers, lang),
        part(
            t::statements(lang),
            open(&[t::statement_witness(lang), t::statement_injured(lang)], lang),
        ),
        part(t::measures(lang), open(&[t::stop_demand(lang), t::preventive(lang)], lang)),
        finding::explanation(papers, lang),
        part(t::handover(lang), open(&handover(lang), lang)),
        paragraph(t::record_is_no_decision(lang)),
        signing::closing(signing, lang),
        signing::places((t::drawn_up_by(lang), None), t::sign_violator(lang), signing, lang),
    ];
    Document { lang, title: title.to_owned(), blocks: blocks.concat() }
}

fn part(heading: &str, facts: Vec<Fact>) -> Vec<Block> {
    vec![Block::Part(heading.to_owned()), Block::Facts(facts)]
}

/// Lines of the form that the record holds nothing for.
fn open(names: &[&str], lang: Lang) -> Vec<Fact> {
    let missing = || Fill::Missing(t::not_recorded(lang).to_owned());
    names.iter().map(|name| Fact::new(*name, missing())).collect()
}

fn handover(lang: Lang) -> [&'static str; 3] {
    [t::appointment(lang), t::electronic_address(lang), t::handover(lang)]
}

fn basis(papers: &Papers<'_>, signing: &Signing, lang: Lang) -> Vec<Fact> {
    let day = opening::day(papers, lang);
    let based_on = match &day {
        Fill::Written(day) => Fill::Written(t::record_basis(lang, day)),
        Fill::Missing(_) => day,
    };
    let mut facts = open(&[t::number(lang), t::field(lang)], lang);
    facts.push(Fact::new(t::basis(lang), based_on));
    facts.push(Fact::new(t::decision(lang), opening::decision(papers, lang)));
    facts.extend(opening::time_and_place(papers, signing, lang));
    facts.extend(open(&[t::place_elsewhere(lang)], lang));
    facts
}

/// Who draws it up is not taken from the team: only a competent person may.
fn people(lang: Lang) -> Vec<Fact> {
    open(&[t::drawn_up_by(lang), t::witnesses(lang), t::interpreter(lang)], lang)
}

fn violating_side(papers: &Papers<'_>, lang: Lang) -> Vec<Fact> {
    let name = opening::of_opening(papers, lang, |opening| &opening.establishment.name);
    let address = opening::of_opening(papers, lang, |opening| &opening.establishment.address);
    let mut facts = vec![
        Fact::new(t::establishment(lang), name),
        Fact::new(t::registered_office(lang), address),
    ];
    facts.extend(open(&[t::business_code(lang), t::licence_number(lang)], lang));
    facts.extend(open(&[t::representative(lang), t::authorised(lang)], lang));
    facts
}

fn acts(papers: &Papers<'_>, lang: Lang) -> Vec<Block> {
    let heading = Block::Part(t::acts(lang).to_owned());
    let standing = finding::standing(papers);
    if standing.is_empty() {
        return vec![heading, Block::Paragraph(t::no_findings(lang).to_owned())];
    }
    let described = standing.iter().flat_map(|(number, finding)| {
        [Block::Subpart(t::finding(lang, *number)), Block::Facts(act(finding, papers, lang))]
    });
    let injured = Block::Facts(open(&[t::injured(lang)], lang));
    core::iter::once(heading).chain(described).chain([injured]).collect()
}

fn act(finding: &Finding<'_>, papers: &Papers<'_>, lang: Lang) -> Vec<Fact> {
    let field = |field| of_register(finding.register(field), lang);
    vec![
        Fact::new(t::facts(lang), field(Field::Facts)),
        Fact::new(t::quantity(lang), field(Field::Quantity)),
        Fact::new(t::act_on(lang), field(Field::ActOn)),
        Fact::new(t::provision(lang), citation::provisions(finding, papers, lang)),
        Fact::new(t::statement(lang), finding::statement(finding, lang)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{html, sample};

    fn article(acts: Vec<domain::act::Act>, lang: Lang) -> String {
        let (state, checklists, law) = (sample::fold(acts), [sample::checklist()], sample::law());
        let papers = Papers { state: &state, checklists: &checklists, law: Some(&law) };
        html::article(&violation_record(&papers, &sample::signing(), lang))
    }

    #[test]
    fn the_record_of_a_sample_inspection_is_as_pinned() {
        let html = article(sample::whole(), Lang::Vi);
        insta::assert_snapshot!("violation_record_vi", html);
    }

    #[test]
    fn every_act_has_the_statement_of_the_other_side_beside_it() {
        let html = article(sample::whole(), Lang::Vi);
        let acts = html.matches("<h3>Dấu hiệu").count();
        let statements = html.matches("<dt>Ý kiến của đối tượng</dt>").count();
        assert_eq!((acts, statements), (2, 2));
    }

    #[test]
    fn a_withdrawn_finding_is_no_act() {
        let html = article(sample::with_withdrawal(), Lang::Vi);
        assert!(!html.contains("nhầm máy in"), "{html}");
    }

    #[test]
    fn the_right_to_explanation_stands_in_the_record_with_its_deadlines() {
        let html = article(sample::whole(), Lang::En);
        assert!(html.contains("within 2 working days") && html.contains("within 5 working days"));
        assert!(html.contains("there is the right; the maximum of the range is VND 40,000,000"));
    }
}
