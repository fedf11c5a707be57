//! The report over the inspections of a time: how many there were, of whom, with how many
//! findings. It counts records and ranks no one.

use domain::law::Days;
use texts::{Lang, minutes as t};

use crate::document::{Block, Document, Fact, Fill};
use crate::papers::Papers;
use crate::{finding, opening};

/// The report over those inspections whose day is within `days`.
pub fn report(inspections: &[Papers<'_>], days: Days, lang: Lang) -> Document {
    let title = t::report(lang);
    let counted: Vec<_> = inspections.iter().filter(|papers| is_within(papers, days)).collect();
    let undated = inspections.iter().filter(|papers| opening::opened(papers).is_none()).count();
    let mut blocks = vec![
        Block::State { name: t::state(lang).to_owned(), motto: t::motto(lang).to_owned() },
        Block::Title { title: title.to_owned(), under: period(days, lang) },
    ];
    if undated > 0 {
        blocks.push(Block::Paragraph(t::report_undated(lang, undated)));
    }
    blocks.push(Block::Facts(totals(&counted, lang)));
    blocks.push(table(&counted, lang));
    Document { lang, title: title.to_owned(), blocks }
}

fn is_within(papers: &Papers<'_>, days: Days) -> bool {
    opening::opened(papers).is_some_and(|opening| days.contains(opening.on))
}

fn period(days: Days, lang: Lang) -> String {
    let from = texts::format::day(lang, days.from());
    let last = days.last().map(|last| texts::format::day(lang, last));
    t::report_period(lang, &from, last.as_deref().unwrap_or("…"))
}

fn totals(counted: &[&Papers<'_>], lang: Lang) -> Vec<Fact> {
    let written = |number: usize| Fill::Written(number.to_string());
    let findings = counted.iter().map(|papers| finding::standing(papers).len()).sum();
    let withdrawn = counted.iter().map(|papers| withdrawn(papers)).sum();
    vec![
        Fact::new(t::report_inspections(lang), written(counted.len())),
        Fact::new(t::report_findings(lang), written(findings)),
        Fact::new(t::report_withdrawn(lang), written(withdrawn)),
    ]
}

fn withdrawn(papers: &Papers<'_>) -> usize {
    papers.state.findings().len() - finding::standing(papers).len()
}

fn table(counted: &[&Papers<'_>], lang: Lang) -> Block {
    if counted.is_empty() {
        return Block::Paragraph(t::report_none(lang).to_owned());
    }
    let head = [
        t::day(lang),
        t::establishment(lang),
        t::kind(lang),
        t::decision(lang),
        t::report_findings(lang),
        t::report_withdrawn(lang),
    ];
    let rows = counted.iter().map(|papers| row(papers, lang)).collect();
    Block::table(head.map(str::to_owned).to_vec(), rows)
}

fn row(papers: &Papers<'_>, lang: Lang) -> Vec<Fill> {
    vec![
        opening::day(papers, lang),
        opening::of_opening(papers, lang, |opening| &opening.establishment.name),
        opening::kind(papers, lang),
        opening::decision(papers, lang),
        Fill::Written(finding::standing(papers).len().to_string()),
        Fill::Written(withdrawn(papers).to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use jiff::civil::date;

    #[test]
    fn a_report_counts_what_falls_into_its_days() {
        let state = sample::fold(sample::with_withdrawal());
        let papers = [Papers { state: &state, checklists: &[], law: None }];
        let counts = |from, last| {
            let days = Days::through(from, Some(last)).unwrap();
            let report = report(&papers, days, Lang::En);
            let Some(Block::Facts(facts)) = report.blocks.get(2) else {
                panic!("there are totals after state and title: {report:?}");
            };
            facts.iter().map(|fact| fact.fill.words().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(counts(date(2026, 7, 1), date(2026, 7, 31)), ["1", "0", "1"]);
        assert_eq!(counts(date(2026, 8, 1), date(2026, 8, 31)), ["0", "0", "0"]);
    }

    #[test]
    fn an_inspection_without_a_day_is_named_and_not_counted() {
        let state = sample::fold(Vec::new());
        let papers = [Papers { state: &state, checklists: &[], law: None }];
        let days = Days::through(date(2026, 1, 1), None).unwrap();
        let report = report(&papers, days, Lang::En);
        let words = Block::Paragraph(t::report_undated(Lang::En, 1));
        assert!(report.blocks.contains(&words), "{report:?}");
    }
}
