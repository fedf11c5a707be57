//! How the pages about people look: the table, and the fields of roles and unit.

use maud::{Markup, html};
use texts::{Lang, people as t};

use super::{HERE, Row, Staff, one, role, role_means, roles, state};
use crate::identity::{Role, Roles, UnitId};
use crate::office::fields::{self, Field};
use crate::office::filled::Filled;
use crate::office::listing::mark;
use crate::office::listing::{Cell, Tone};
use crate::office::words;

/// That nothing was saved, and why.
pub(in crate::office) fn not_saved(fault: &str, lang: Lang) -> Markup {
    html! {
        div.banner.bad-banner id="faults" role="alert" tabindex="-1" autofocus {
            p { strong { (t::not_saved(lang)) } " " (fault) }
        }
    }
}

pub(super) fn table(rows: &[Row], lang: Lang) -> Markup {
    let heads =
        [t::name(lang), t::roles(lang), t::unit(lang), t::tablets(lang), t::last_sign_in(lang)];
    html! {
        @if rows.is_empty() { p.empty { (t::no_people(lang)) } }
        @else {
            div.scroll role="group" aria-label=(t::people(lang)) tabindex="0" {
                table.cards.list role="table" aria-label=(t::people(lang)) {
                    thead role="rowgroup" {
                        tr role="row" { @for head in heads { th role="columnheader" scope="col" { (head) } } }
                    }
                    tbody role="rowgroup" {
                        @for row in rows { (line(row, heads, lang)) }
                    }
                }
            }
        }
    }
}

fn line(row: &Row, heads: [&str; 5], lang: Lang) -> Markup {
    let person = &row.member.person;
    html! {
        tr role="row" data-person=(person.id) {
            td role="cell" data-label=(heads[0]) {
                a.row href=(one::address(person.id)) { strong { (person.name) } }
                @if row.member.departure.is_some() { " " (mark(Tone::Calm, t::has_left(lang))) }
            }
            td role="cell" data-label=(heads[1]) { (roles(row.member.standing.roles, lang)) }
            td role="cell" data-label=(heads[2]) { (row.unit.as_deref().unwrap_or(t::every_unit(lang))) }
            td.number role="cell" data-label=(heads[3]) { (row.tablets) }
            td role="cell" data-label=(heads[4]) { (last_sign_in(row, lang)) }
        }
    }
}

fn last_sign_in(row: &Row, lang: Lang) -> Markup {
    match (row.signs_in, &row.member.departure) {
        (Some(Some(at)), _) => words::moment(at, lang),
        (Some(None), _) => html! { (t::never(lang)) },
        (None, None) => match state(row, lang) {
            Cell::Mark { words, .. } => html! { span.quiet { (words) } },
            Cell::Empty
            | Cell::Words(_)
            | Cell::Number(_)
            | Cell::Day(_)
            | Cell::Moment(_)
            | Cell::Named { .. } => html! {},
        },
        (None, Some(_)) => html! {},
    }
}

/// The form that adds somebody.
pub(super) fn adding(staff: &Staff, filled: &Filled, fault: Option<&str>, lang: Lang) -> Markup {
    let chosen = filled.all("role").iter().filter_map(|word| Role::of_word(word));
    html! {
        details open[fault.is_some()] {
            summary { (t::add_person(lang)) }
            form.sheet method="post" action=(HERE) {
                div {
                    (fields::text(&Field { name: "name", label: t::name(lang), fault: None }, filled.one("name")))
                    p.quiet.hint { (t::name_hint(lang)) }
                }
                (standing(staff, (Roles::of(chosen), filled.one("unit").parse().ok()), lang))
                p { button { (t::add(lang)) } }
            }
        }
    }
}

/// The fields of roles and unit.
pub(super) fn standing(
    staff: &Staff,
    (chosen, unit): (Roles, Option<UnitId>),
    lang: Lang,
) -> Markup {
    let offered = staff.units.iter().filter(|it| it.ended_at.is_none() || Some(it.id) == unit);
    html! {
        fieldset {
            legend { (t::roles(lang)) }
            p.quiet { (t::no_roles_hint(lang)) }
            @for one in Role::ALL {
                label.choice {
                    input type="checkbox" name="role" value=(one.word()) checked[chosen.include(one)];
                    span { (role(one, lang)) span.quiet.kinds { (role_means(one, lang)) } }
                }
            }
        }
        div.field {
            label for="unit" { (t::unit(lang)) }
            select id="unit" name="unit" {
                option value="" { (t::every_unit(lang)) }
                @for it in offered {
                    option value=(it.id) selected[Some(it.id) == unit] { (it.name) }
                }
            }
        }
    }
}
