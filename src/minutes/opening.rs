//! What both documents begin with: the state, the title, what is unfinished, the decision, the
//! team and the other side.

use domain::act::{OpenInspection, Role};
use domain::register::Field;
use domain::state::NoEffect;
use texts::{Lang, minutes as t};

use crate::document::{Block, Fact, Fill};
use crate::finding::unfinished;
use crate::papers::{Papers, Signing, moment};

/// The state's name, the title, and what a reader must not overlook; `also` is of this document
/// alone.
pub(crate) fn top(
    (title, under): (&str, &str),
    also: Vec<String>,
    papers: &Papers<'_>,
    lang: Lang,
) -> Vec<Block> {
    let state = Block::State { name: t::state(lang).to_owned(), motto: t::motto(lang).to_owned() };
    let title = Block::Title { title: title.to_owned(), under: under.to_owned() };
    let copy = match lang {
        Lang::Vi => None,
        Lang::En => Some(Block::Paragraph(t::reading_copy(lang).to_owned())),
    };
    [Some(state), Some(title), copy, notice(also, papers, lang)].into_iter().flatten().collect()
}

fn notice(also: Vec<String>, papers: &Papers<'_>, lang: Lang) -> Option<Block> {
    let opening = papers.opened().is_none().then(|| t::unfinished_opening(lang).to_owned());
    let held = some(papers.state.held().count()).map(|n| t::held_events(lang, n));
    let unknown = some(without_effect(papers, |why| matches!(why, NoEffect::UnknownAct(_))))
        .map(|n| t::unknown_acts(lang, n));
    let withheld = some(without_effect(papers, |why| matches!(why, NoEffect::Withheld)))
        .map(|n| t::withheld(lang, n));
    let cancelled = papers.state.cancelled().map(|it| t::cancelled(lang, &it.reason));
    let mut points: Vec<_> = cancelled.into_iter().chain(opening).collect();
    points.extend(also);
    points.extend(unfinished(papers, lang));
    points.extend([held, unknown, withheld].into_iter().flatten());
    let about = t::unfinished(lang).to_owned();
    (!points.is_empty()).then_some(Block::Notice { about, points })
}

fn some(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}

fn without_effect(papers: &Papers<'_>, of: fn(&NoEffect) -> bool) -> usize {
    papers.state.no_effect().filter(|(_, why)| of(why)).count()
}

/// The decision that orders the inspection, or that there is none yet.
pub(crate) fn decision(papers: &Papers<'_>, lang: Lang) -> Fill {
    let ordered = papers.opened().and_then(|opened| opened.opening.decision.as_ref());
    match (papers.state.decision(), ordered) {
        (Some(number), Some(decision)) if decision.number == number => {
            let day = texts::format::day(lang, decision.on);
            Fill::Written(t::decision_on(lang, number, &day))
        }
        (Some(number), _) => Fill::Written(t::decision_number(lang, number)),
        (None, _) => Fill::Missing(t::no_decision(lang).to_owned()),
    }
}

/// Day and place.
pub(crate) fn time_and_place(papers: &Papers<'_>, signing: &Signing, lang: Lang) -> Vec<Fact> {
    let place = papers.inspection_field(Field::Place, lang);
    let address =
        |opening: &OpenInspection| Fill::of(&opening.establishment.address, place.words());
    let place = match (&place, opened(papers)) {
        (Fill::Missing(_), Some(opening)) => address(opening),
        (Fill::Written(_) | Fill::Missing(_), _) => place,
    };
    vec![
        Fact::new(t::day(lang), day(papers, lang)),
        Fact::new(t::drawn_up_at(lang), drawn_up_at(signing, lang)),
        Fact::new(t::place(lang), place),
    ]
}

/// When the document is drawn up; while that is not, it says so.
fn drawn_up_at(signing: &Signing, lang: Lang) -> Fill {
    match signing.at {
        Some(at) => Fill::Written(moment(at, lang)),
        None => Fill::Missing(t::not_recorded(lang).to_owned()),
    }
}

/// The day of the inspection.
pub(crate) fn day(papers: &Papers<'_>, lang: Lang) -> Fill {
    let day = opened(papers).map(|opening| texts::format::day(lang, opening.on));
    Fill::of(&day.unwrap_or_default(), t::not_recorded(lang))
}

pub(crate) fn opened<'a>(papers: &Papers<'a>) -> Option<&'a OpenInspection> {
    papers.opened().map(|opened| &opened.opening)
}

/// A field of the opening, or that it is not recorded.
pub(crate) fn of_opening(
    papers: &Papers<'_>,
    lang: Lang,
    field: fn(&OpenInspection) -> &str,
) -> Fill {
    Fill::of(opened(papers).map(field).unwrap_or_default(), t::not_recorded(lang))
}

/// The kind of establishment, in the law pack's words where it is there.
pub(crate) fn kind(papers: &Papers<'_>, lang: Lang) -> Fill {
    let id = opened(papers).map(|opening| opening.establishment.kind.as_str());
    let term = id.zip(papers.law).and_then(|(id, law)| law.establishment_kind(id));
    match term {
        Some(term) => Fill::Written(lang.pick(&term.words.vi, &term.words.en).clone()),
        None => Fill::of(id.unwrap_or_default(), t::not_recorded(lang)),
    }
}

/// The team as persons, the lead first; whoever left after the day of the inspection stands here
/// too. A seat that opened the inspection by itself leads it until headquarters says otherwise;
/// its name is not known before that.
pub(crate) fn team(papers: &Papers<'_>, lang: Lang) -> Block {
    let head = vec![t::name(lang).to_owned(), t::role(lang).to_owned()];
    let members = papers.state.members();
    let named = members.iter().map(|member| row(member.name, member.role, lang));
    let opener = papers.opened().map(|opened| &opened.author);
    let unnamed = opener
        .filter(|author| papers.state.seat(author).is_none())
        .filter(|author| papers.state.role(author) != Role::None)
        .map(|author| row("", papers.state.role(author), lang));
    Block::table(head, unnamed.into_iter().chain(named).collect())
}

fn row(name: &str, role: Role, lang: Lang) -> Vec<Fill> {
    let role = match role {
        Role::None => t::left(lang),
        Role::Member => t::member(lang),
        Role::Lead => t::lead(lang),
    };
    vec![Fill::of(name, t::not_recorded(lang)), Fill::Written(role.to_owned())]
}

/// The lead's name, where headquarters has named one.
pub(crate) fn lead(papers: &Papers<'_>) -> Option<String> {
    let members = papers.state.members();
    let lead = members.iter().find(|member| member.role == Role::Lead);
    lead.map(|member| member.name.to_owned())
}
