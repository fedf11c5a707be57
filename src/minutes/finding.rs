//! One finding as both documents show it, with the statement of the other side beside it.

use domain::answer::StatementState;
use domain::finding::{Finding, Missing};
use domain::register::Field;
use texts::{Lang, minutes as t};

use crate::citation;
use crate::document::{Block, Fact, Fill};
use crate::explanation::Right;
use crate::papers::{Papers, of_register};

/// The findings that stand, with their numbers; withdrawn ones keep theirs.
pub(crate) fn standing<'a>(papers: &Papers<'a>) -> Vec<(usize, Finding<'a>)> {
    numbered(papers).into_iter().filter(|(_, finding)| finding.withdrawn.is_none()).collect()
}

fn numbered<'a>(papers: &Papers<'a>) -> Vec<(usize, Finding<'a>)> {
    (1..).zip(papers.state.findings()).collect()
}

/// A finding with its heading.
pub(crate) fn blocks(
    (number, finding): &(usize, Finding<'_>),
    papers: &Papers<'_>,
    lang: Lang,
) -> Vec<Block> {
    vec![Block::Subpart(t::finding(lang, *number)), Block::Facts(facts(finding, papers, lang))]
}

fn facts(finding: &Finding<'_>, papers: &Papers<'_>, lang: Lang) -> Vec<Fact> {
    let field = |field| of_register(finding.register(field), lang);
    vec![
        Fact::new(t::item(lang), question(finding.item, papers, lang)),
        Fact::new(t::facts(lang), field(Field::Facts)),
        Fact::new(t::quantity(lang), field(Field::Quantity)),
        Fact::new(t::act_on(lang), field(Field::ActOn)),
        Fact::new(t::provision(lang), citation::provisions(finding, papers, lang)),
        Fact::new(t::fine(lang), citation::penalty(finding, papers, lang)),
        Fact::new(t::evidence_kinds(lang), evidence_kinds(finding.item, papers, lang)),
        Fact::new(t::evidence(lang), Fill::Missing(t::not_recorded(lang).to_owned())),
        Fact::new(t::remedy(lang), field(Field::Remedy)),
        Fact::new(t::remedy_by(lang), field(Field::RemedyBy)),
        Fact::new(t::statement(lang), statement(finding, lang)),
    ]
}

/// The question of an item.
pub(crate) fn question(item: &str, papers: &Papers<'_>, lang: Lang) -> Fill {
    match papers.item(item) {
        Some(item) => Fill::Written(lang.pick(&item.question_vi, &item.question_en).clone()),
        None => Fill::Missing(t::item_unknown(lang, item)),
    }
}

/// The kinds of evidence that decide the item.
fn evidence_kinds(item: &str, papers: &Papers<'_>, lang: Lang) -> Fill {
    let Some(item) = papers.item(item) else {
        return Fill::Missing(t::item_unknown(lang, item));
    };
    let word = |kind: &String| match papers.law.and_then(|law| law.evidence_kind(kind)) {
        Some(term) => lang.pick(&term.words.vi, &term.words.en).clone(),
        None => kind.clone(),
    };
    let words: Vec<_> = item.evidence_kinds.iter().map(word).collect();
    Fill::of(&words.join(", "), t::no_source(lang))
}

/// What the other side says, or why it says nothing.
pub(crate) fn statement(finding: &Finding<'_>, lang: Lang) -> Fill {
    let words = of_register(finding.register(Field::Statement), lang);
    let Some(state) = finding.statement_state() else {
        return of_register(finding.register(Field::StatementState), lang);
    };
    match (state, words) {
        (StatementState::Given, Fill::Written(words)) => {
            Fill::Written(t::statement_given(lang, &words))
        }
        (StatementState::Given, Fill::Missing(why)) => {
            Fill::Missing(t::statement_given(lang, &why))
        }
        (StatementState::Declined, Fill::Written(reason)) => {
            Fill::Written(t::statement_declined_because(lang, &reason))
        }
        (StatementState::Declined, Fill::Missing(_)) => {
            Fill::Written(t::statement_declined(lang).to_owned())
        }
        (StatementState::Impossible, Fill::Written(reason)) => {
            Fill::Written(t::statement_impossible(lang, &reason))
        }
        (StatementState::Impossible, Fill::Missing(why)) => {
            Fill::Missing(t::statement_impossible(lang, &why))
        }
    }
}

/// The withdrawn findings with their reasons; nothing where there are none.
pub(crate) fn withdrawn(papers: &Papers<'_>, lang: Lang) -> Vec<Block> {
    let line = |(number, finding): &(usize, Finding<'_>)| {
        let reason = finding.withdrawn?;
        let facts = of_register(finding.register(Field::Facts), lang);
        Some(t::withdrawn_because(lang, *number, facts.words(), reason))
    };
    let lines: Vec<_> = numbered(papers).iter().filter_map(line).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let kept = Block::Paragraph(t::withdrawn_kept(lang).to_owned());
    vec![Block::Subpart(t::withdrawn(lang).to_owned()), kept, Block::List(lines)]
}

/// The right to explanation: the rule, and the answer for each finding.
pub(crate) fn explanation(papers: &Papers<'_>, lang: Lang) -> Vec<Block> {
    let answer = |(number, finding): &(usize, Finding<'_>)| {
        let item = papers.item(finding.item).zip(finding.act_on());
        let right = item.map_or(Right::NoSource, |(item, act_on)| Right::of(item, act_on));
        t::explanation_of_finding(lang, *number, &right.words(lang))
    };
    let answers: Vec<_> = standing(papers).iter().map(answer).collect();
    let mut blocks = vec![
        Block::Part(t::explanation(lang).to_owned()),
        Block::Paragraph(t::explanation_when(lang).to_owned()),
        Block::Paragraph(t::explanation_deadlines(lang).to_owned()),
    ];
    if !answers.is_empty() {
        blocks.push(Block::List(answers));
    }
    blocks
}

/// What keeps the document from being signed; nothing where it is complete.
pub(crate) fn unfinished(papers: &Papers<'_>, lang: Lang) -> Vec<String> {
    let line = |(number, finding): &(usize, Finding<'_>)| {
        let missing = finding.missing();
        let words: Vec<_> = missing.into_iter().map(|missing| lacks(missing, lang)).collect();
        (!words.is_empty()).then(|| t::unfinished_finding(lang, *number, &words.join(", ")))
    };
    standing(papers).iter().filter_map(line).collect()
}

fn lacks(missing: Missing, lang: Lang) -> &'static str {
    match missing {
        Missing::Facts => texts::finding::missing_facts(lang),
        Missing::ActOn => texts::finding::missing_act_on(lang),
        Missing::StatementState => texts::finding::missing_statement_state(lang),
        Missing::StatementWords => texts::finding::missing_statement_words(lang),
        Missing::LaterDeadline => texts::finding::missing_later_deadline(lang),
        Missing::StatementReason => texts::finding::missing_statement_reason(lang),
        Missing::Decision => texts::finding::missing_decision(lang),
    }
}
