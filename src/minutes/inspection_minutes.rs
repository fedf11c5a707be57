//! The inspection minutes (biên bản kiểm tra).
//!
//! Source: Decree 217/2025/NĐ-CP, article 15, clause 3, point a: the team, the other side and
//! those concerned, what was checked, the results, the statement of the other side, the
//! signatures; where the other side does not sign, the commune authorities or a witness do.

use domain::answer::Answer;
use domain::checklist::Section;
use domain::register::{Address, Field};
use texts::{Lang, minutes as t};

use crate::document::{Block, Document, Fact, Fill};
use crate::papers::{Papers, Signing, of_register};
use crate::{finding, opening, signing};

/// The inspection minutes of an inspection as it stands.
pub fn inspection_minutes(papers: &Papers<'_>, signing: &Signing, lang: Lang) -> Document {
    let title = t::inspection_minutes(lang);
    let lead = (t::sign_lead(lang), opening::lead(papers));
    let blocks = [
        opening::top(
            (title, t::inspection_minutes_basis(lang)),
            unfinished(papers, lang),
            papers,
            lang,
        ),
        basis(papers, lang),
        part(t::time_and_place(lang), opening::time_and_place(papers, signing, lang)),
        vec![Block::Part(t::team(lang).to_owned()), opening::team(papers, lang)],
        part(t::other_side(lang), other_side(papers, lang)),
        content(papers, lang),
        results(papers, lang),
        finding::explanation(papers, lang),
        vec![Block::Paragraph(t::explanation_no_condition(lang).to_owned())],
        signing::closing(signing, lang),
        signing::places(lead, t::sign_other_side(lang), signing, lang),
    ];
    Document { lang, title: title.to_owned(), blocks: blocks.concat() }
}

fn part(heading: &str, facts: Vec<Fact>) -> Vec<Block> {
    vec![Block::Part(heading.to_owned()), Block::Facts(facts)]
}

fn basis(papers: &Papers<'_>, lang: Lang) -> Vec<Block> {
    let number = Fill::Missing(t::not_recorded(lang).to_owned());
    let reason = opening::of_opening(papers, lang, |opening| &opening.reason);
    let facts = vec![
        Fact::new(t::number(lang), number),
        Fact::new(t::decision(lang), opening::decision(papers, lang)),
        Fact::new(t::reason(lang), reason),
    ];
    part(t::basis(lang), facts)
}

fn other_side(papers: &Papers<'_>, lang: Lang) -> Vec<Fact> {
    let name = opening::of_opening(papers, lang, |opening| &opening.establishment.name);
    let address = opening::of_opening(papers, lang, |opening| &opening.establishment.address);
    vec![
        Fact::new(t::establishment(lang), name),
        Fact::new(t::kind(lang), opening::kind(papers, lang)),
        Fact::new(t::address(lang), address),
        Fact::new(t::present(lang), papers.inspection_field(Field::Present, lang)),
    ]
}

/// What was checked: how each section's items were answered, and the notes.
fn content(papers: &Papers<'_>, lang: Lang) -> Vec<Block> {
    let heading = Block::Part(t::content(lang).to_owned());
    let sections = sections(papers);
    if sections.is_empty() {
        return vec![heading, Block::Paragraph(t::no_checklist(lang).to_owned())];
    }
    let columns = [
        t::section(lang),
        t::asked(lang),
        t::compliant(lang),
        t::violation(lang),
        t::not_applicable(lang),
        t::not_checked(lang),
        t::unanswered(lang),
        t::in_conflict(lang),
    ];
    let rows = sections.iter().map(|section| section.row(lang)).collect();
    let table = Block::table(columns.map(str::to_owned).to_vec(), rows);
    [vec![heading, table], notes(papers, &sections, lang)].concat()
}

/// That items which are asked have no answer yet, or a violation without its facts.
fn unfinished(papers: &Papers<'_>, lang: Lang) -> Vec<String> {
    let unanswered = sections(papers).iter().map(|section| section.count.unanswered).sum();
    let without_facts = without_facts(papers).len();
    let lines = [
        (unanswered, t::unanswered_items as fn(Lang, usize) -> String),
        (without_facts, t::items_without_facts),
    ];
    let lines = lines.into_iter().filter(|(count, _)| *count > 0);
    lines.map(|(count, words)| words(lang, count)).collect()
}

/// The items that were answered with a violation and have no finding that stands: the table of
/// what was checked counts them, so they are listed as well.
fn without_facts<'a>(papers: &Papers<'a>) -> Vec<&'a str> {
    let is_violation = |item: &&str| {
        let register = papers.state.register(&Address::item(*item, Field::Answer));
        let answer = register.and_then(|it| it.value()).and_then(|value| value.as_answer());
        answer == Some(Answer::Violation)
    };
    let has_finding = |item: &str| {
        papers.state.findings_of(item).iter().any(|finding| finding.withdrawn.is_none())
    };
    let items = sections(papers).into_iter().flat_map(|section| section.items);
    items.filter(is_violation).filter(|item| !has_finding(item)).collect()
}

/// A section with the items that are asked in this inspection.
struct Asked<'a> {
    section: &'a Section,
    items: Vec<&'a str>,
    count: Count,
}

/// How many of a section's items were answered how.
#[derive(Default)]
struct Count {
    answers: [usize; 4],
    unanswered: usize,
    in_conflict: usize,
}

fn sections<'a>(papers: &Papers<'a>) -> Vec<Asked<'a>> {
    let Some(opening) = opening::opened(papers) else {
        return Vec::new();
    };
    let (kind, on) = (opening.establishment.kind.as_str(), opening.on);
    let asked = papers.checklists.iter().flat_map(|checklist| checklist.asked(kind, on));
    let section = |(section, items): (&'a Section, Vec<(&'a domain::checklist::Item, _)>)| {
        let items: Vec<_> = items.into_iter().map(|(item, _)| item.id.as_str()).collect();
        Asked { section, count: count(papers, &items), items }
    };
    asked.map(section).collect()
}

fn count(papers: &Papers<'_>, items: &[&str]) -> Count {
    let mut count = Count::default();
    for item in items {
        let register = papers.state.register(&Address::item(*item, Field::Answer));
        let answer = register.and_then(|r| r.value()).and_then(|value| value.as_answer());
        match answer {
            Some(answer) => count.answers[place(answer)] += 1,
            None if register.is_some_and(|register| register.is_conflict()) => {
                count.in_conflict += 1;
            }
            None => count.unanswered += 1,
        }
    }
    count
}

/// The column of an answer.
fn place(answer: Answer) -> usize {
    match answer {
        Answer::Compliant => 0,
        Answer::Violation => 1,
        Answer::NotApplicable => 2,
        Answer::NotChecked => 3,
    }
}

impl Asked<'_> {
    fn row(&self, lang: Lang) -> Vec<Fill> {
        let title = lang.pick(&self.section.title.vi, &self.section.title.en);
        let mut numbers = vec![self.items.len()];
        numbers.extend(self.count.answers);
        numbers.extend([self.count.unanswered, self.count.in_conflict]);
        let numbers = numbers.into_iter().map(|number| Fill::Written(number.to_string()));
        core::iter::once(Fill::Written(title.clone())).chain(numbers).collect()
    }
}

fn notes(papers: &Papers<'_>, sections: &[Asked<'_>], lang: Lang) -> Vec<Block> {
    let items = sections.iter().flat_map(|section| &section.items);
    let note = |item: &&str| {
        let register = papers.state.register(&Address::item(*item, Field::Note))?;
        let note = of_register(Some(register), lang);
        let question = finding::question(item, papers, lang);
        Some(Fact::new(question.words(), note))
    };
    let notes: Vec<_> = items.filter_map(note).collect();
    if notes.is_empty() {
        return Vec::new();
    }
    vec![Block::Subpart(t::notes(lang).to_owned()), Block::Facts(notes)]
}

fn results(papers: &Papers<'_>, lang: Lang) -> Vec<Block> {
    let standing = finding::standing(papers);
    let mut blocks = vec![Block::Part(t::results(lang).to_owned())];
    let without_facts = without_facts(papers);
    if standing.is_empty() && without_facts.is_empty() {
        blocks.push(Block::Paragraph(t::no_findings(lang).to_owned()));
    }
    if !standing.is_empty() {
        blocks.push(Block::Paragraph(t::findings_are_facts(lang).to_owned()));
        blocks.extend(standing.iter().flat_map(|finding| finding::blocks(finding, papers, lang)));
        blocks.push(Block::Paragraph(t::fine_indicative(lang).to_owned()));
    }
    if !without_facts.is_empty() {
        let question = |item| finding::question(item, papers, lang).words().to_owned();
        blocks.push(Block::Subpart(t::without_facts(lang).to_owned()));
        blocks.push(Block::List(without_facts.into_iter().map(question).collect()));
    }
    blocks.extend(finding::withdrawn(papers, lang));
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html;
    use crate::papers::OtherSide;
    use crate::sample;
    use domain::act::Act;
    use domain::state::State;
    use proptest::prelude::*;

    fn article(acts: Vec<Act>, other_side: OtherSide, lang: Lang) -> String {
        article_of(&sample::fold(acts), other_side, lang)
    }

    fn article_of(state: &State, other_side: OtherSide, lang: Lang) -> String {
        let (checklists, law) = ([sample::checklist()], sample::law());
        let papers = Papers { state, checklists: &checklists, law: Some(&law) };
        let signing = Signing { other_side, ..sample::signing() };
        html::article(&inspection_minutes(&papers, &signing, lang))
    }

    #[test]
    fn the_minutes_of_a_sample_inspection_are_as_pinned() {
        for lang in Lang::ALL {
            let html = article(sample::whole(), OtherSide::Signs, lang);
            insta::assert_snapshot!(format!("inspection_minutes_{}", lang.tag()), html);
        }
    }

    #[test]
    fn what_is_not_known_says_so() {
        let html = article(Vec::new(), OtherSide::Signs, Lang::Vi);
        for words in ["chưa ghi", "chưa có quyết định", "Chưa nhận được lời mở cuộc kiểm tra"]
        {
            assert!(html.contains(words), "`{words}` in {html}");
        }
    }

    #[test]
    fn a_finding_without_a_statement_is_named_on_top() {
        let html = article(sample::without_statement(), OtherSide::Signs, Lang::Vi);
        let notice = html.split("class=\"notice\"").nth(1).expect("there is a notice");
        assert!(notice.contains("Dấu hiệu 1 còn thiếu: ý kiến của đối tượng"), "{notice}");
    }

    #[test]
    fn a_fine_without_a_source_is_no_source_and_never_zero() {
        let html = article(sample::without_statement(), OtherSide::Signs, Lang::Vi);
        assert!(html.contains("chưa có nguồn về khung phạt"), "{html}");
        assert!(!html.contains("0 đồng)"), "{html}");
    }

    #[test]
    fn whoever_does_not_sign_is_not_signed_for() {
        let refuses = OtherSide::Refuses { reason: "Không đồng ý số lượng".to_owned() };
        let html = article(sample::whole(), refuses, Lang::Vi);
        assert!(html.contains("Không đồng ý số lượng"));
        assert!(html.contains("Đại diện chính quyền cấp xã") && html.contains("Người chứng kiến"));
        assert!(!html.contains("<p class=\"who\">Đại diện cơ sở</p>"));
    }

    #[test]
    fn a_violation_without_a_finding_is_counted_and_listed() {
        let html = article(sample::with_a_violation_alone(), OtherSide::Signs, Lang::Vi);
        assert!(html.contains("1 mục có dấu hiệu mà chưa ghi sự việc"), "{html}");
        let listed = html.split("<h3>Có dấu hiệu, chưa ghi sự việc</h3>").nth(1);
        let question = sample::item("print.copy").question_vi;
        assert!(listed.is_some_and(|rest| rest.contains(&question)), "{html}");
        assert!(!html.contains("Chưa ghi nhận dấu hiệu vi phạm nào."), "{html}");
        for written in [sample::whole(), sample::without_statement()] {
            let html = article(written, OtherSide::Signs, Lang::Vi);
            assert!(!html.contains("chưa ghi sự việc"), "{html}");
        }
    }

    #[test]
    fn a_withdrawn_finding_stays_with_its_reason() {
        let html = article(sample::with_withdrawal(), OtherSide::Signs, Lang::Vi);
        assert!(html.contains("lý do rút lại: nhầm máy in"), "{html}");
        assert!(!html.contains("<h3>Dấu hiệu 1</h3>"), "{html}");
    }

    #[test]
    fn two_quantities_that_do_not_know_each_other_are_both_shown() {
        let html = article(sample::with_conflict(), OtherSide::Signs, Lang::Vi);
        assert!(html.contains("chưa thống nhất: "), "{html}");
        assert!(html.contains("100 cuốn") && html.contains("120 cuốn"), "{html}");
    }

    #[test]
    fn two_states_of_a_statement_are_shown_in_words() {
        let html = article(sample::with_two_statement_states(), OtherSide::Signs, Lang::Vi);
        assert!(html.contains("chưa thống nhất: Từ chối nêu ý kiến / Có ý kiến"), "{html}");
    }

    #[test]
    fn nothing_is_claimed_that_nobody_recorded() {
        let html = article(sample::whole(), OtherSide::Signs, Lang::Vi);
        for name in ["Đã đọc lại cho những người có mặt", "Chứng cứ đã thu thập", "Số tờ"]
        {
            let open = format!("<dt>{name}</dt>\n<dd><em class=\"missing\">chưa ghi</em></dd>");
            assert!(html.contains(&open), "`{name}` in {html}");
        }
    }

    #[test]
    fn the_seat_that_opened_by_itself_leads_and_has_no_name_yet() {
        let state = sample::fold_by_a_seat(vec![sample::open(None)]);
        let html = article_of(&state, OtherSide::Signs, Lang::En);
        assert!(html.contains("decision pending"));
        let row = "<tr><td><em class=\"missing\">not recorded</em></td><td>Lead of the team</td>";
        assert!(html.contains(row), "{html}");
    }

    #[test]
    fn headquarters_does_not_stand_in_the_team() {
        let html = article(vec![sample::open(None)], OtherSide::Signs, Lang::En);
        assert!(!html.contains("Lead of the team</td>"), "{html}");
    }

    proptest! {
        #[test]
        fn every_word_of_the_record_is_escaped(words in "(\\PC|[<>&\"']){1,30}") {
            let acts = sample::whole_saying(Some(&words));
            let html = article(acts, OtherSide::Refuses { reason: words.clone() }, Lang::Vi);
            let plain = article(
                sample::whole_saying(Some("x")),
                OtherSide::Refuses { reason: "x".to_owned() },
                Lang::Vi,
            );
            if !words.trim().is_empty() {
                prop_assert_eq!(html.matches('<').count(), plain.matches('<').count());
            }
        }

        #[test]
        fn the_order_in_which_events_arrive_changes_no_byte(
            order in Just((0..sample::whole().len()).collect::<Vec<_>>()).prop_shuffle()
        ) {
            let (acts, signing) = (sample::whole(), sample::signing());
            let (checklists, law) = ([sample::checklist()], sample::law());
            let of = |state| {
                let papers = Papers { state: &state, checklists: &checklists, law: Some(&law) };
                html::page(&inspection_minutes(&papers, &signing, Lang::Vi))
            };
            prop_assert_eq!(of(sample::fold_in(&acts, &order)), of(sample::fold(acts.clone())));
        }
    }
}
