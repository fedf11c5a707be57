//! `/office/audit`: who did what and who read what, the last first, and whether the chain of it
//! holds, as a page and as files.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::ids::{PersonId, to_hex};
use domain::moment::{Moment, parse_day};
use jiff::civil::Date;
use jiff::{ToSpan, tz::Offset};
use maud::{Markup, html};
use texts::{Lang, access as t, clerk as c, office, people as people_t};

use super::clerk::Clerk;
use super::listing::{Ask, Cell, Column, Ending, Sheet, file_links, pager};
use super::people::role;
use super::trouble::Told;
use super::{cards, layout, overview, words};
use crate::audit::{Act, Chain, Row};
use crate::headquarters::Headquarters;
use crate::identity::Role;
use crate::store::audit::{self, Wanted};
use crate::store::{StoreFault, people, units};

const HERE: &str = "/office/audit";

/// Rows on a page.
const PAGE_ROWS: u64 = 100;

/// The most rows in a file: more does not go into a spreadsheet.
const FILE_ROWS: u64 = 1_000_000;

/// Headquarters' clock is the one of Viet Nam.
const HOURS_EAST: i8 = 7;

/// What the filters ask for.
fn wanted(ask: &Ask) -> Wanted {
    let through = parse_day(ask.value("through"));
    Wanted {
        who: ask.value("person").parse().ok(),
        act: Act::of_word(ask.value("act")),
        from: parse_day(ask.value("from")).and_then(begins),
        before: through.and_then(|day| day.checked_add(1.day()).ok()).and_then(begins),
    }
}

fn begins(day: Date) -> Option<Moment> {
    let begins = Offset::constant(HOURS_EAST).to_timestamp(day.at(0, 0, 0, 0)).ok()?;
    Some(Moment(begins.as_millisecond()))
}

/// What everyone is called.
type Names = BTreeMap<PersonId, String>;

/// What people and units are called, by the words in which rows name them.
type Known = BTreeMap<String, String>;

/// The rows that are asked for, with how many there are in all.
struct Found {
    rows: Vec<Row>,
    all: u64,
    names: Names,
    known: Known,
    chain: Chain,
}

async fn load(
    headquarters: &Headquarters,
    wanted: &Wanted,
    (limit, offset): (u64, u64),
) -> Result<Found, StoreFault> {
    headquarters.reads.flush().await?;
    let db = headquarters.store.readers();
    let persons = people::persons(db).await?;
    let units = units::all(db).await?.into_iter().map(|unit| (unit.id.to_string(), unit.name));
    let known = persons.iter().map(|person| (person.id.to_string(), person.name.clone()));
    Ok(Found {
        known: known.chain(units).collect(),
        rows: audit::wanted(db, wanted, (limit, offset)).await?,
        all: audit::counted(db, wanted).await?,
        names: persons.into_iter().map(|person| (person.id, person.name)).collect(),
        chain: audit::verify(db).await?,
    })
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let ask = Ask::parse(&query.unwrap_or_default());
    let page = u64::try_from(ask.page()).unwrap_or(1);
    let found = load(&headquarters, &wanted(&ask), (PAGE_ROWS, (page - 1) * PAGE_ROWS)).await;
    let found = found.map_err(|fault| Told(fault.into(), lang))?;
    let pages = usize::try_from(found.all.div_ceil(PAGE_ROWS).max(1)).unwrap_or(usize::MAX);
    let body = html! {
        h1 { (t::audit(lang)) }
        p.quiet { (t::audit_lead(lang)) }
        (standing(&found.chain, lang))
        (filters(&found.names, &ask, lang))
        div.split {
            p.quiet role="status" { (t::audit_count(lang, found.all)) }
            p.actions { (file_links(HERE, &ask, lang)) }
        }
        @if found.rows.is_empty() { p.empty { (t::audit_empty(lang)) } } @else { (table(&found, lang)) }
        @if pages > 1 { (pager(HERE, ask.page(), pages, &ask, lang, t::audit(lang))) }
    };
    Ok(layout::page(lang, t::audit(lang), Some(&clerk), &body))
}

fn standing(chain: &Chain, lang: Lang) -> Markup {
    match chain {
        Chain::Whole { rows, last } => html! {
            p.banner.good data-audit-rows=(rows) { (t::audit_holds(lang, *rows)) }
            details {
                summary { (c::technical(lang)) }
                dl { dt { (t::last_hash(lang)) } dd { code { (to_hex(last)) } } }
                p.quiet { (t::last_hash_means(lang)) }
            }
        },
        Chain::Broken { position } => html! {
            p.banner.bad-banner role="alert" data-audit-broken=(position) { (t::audit_broken(lang, *position)) }
        },
    }
}

fn filters(names: &Names, ask: &Ask, lang: Lang) -> Markup {
    let mut acts =
        Act::ALL.iter().map(|act| (act.word(), act_words(*act, lang))).collect::<Vec<_>>();
    acts.sort_by_key(|(_, words)| texts::search::fold(words));
    html! {
        form.filters method="get" action=(HERE) {
            div.field {
                label for="person" { (office::person(lang)) }
                select id="person" name="person" {
                    option value="" { (t::anyone(lang)) }
                    @for (person, name) in names {
                        option value=(person) selected[ask.value("person") == person.to_string()] { (name) }
                    }
                }
            }
            div.field {
                label for="act" { (t::act(lang)) }
                select id="act" name="act" {
                    option value="" { (t::any_act(lang)) }
                    @for (word, words) in acts {
                        option value=(word) selected[ask.value("act") == word] { (words) }
                    }
                }
            }
            @for (name, label) in [("from", t::day_from(lang)), ("through", t::day_through(lang))] {
                div.field {
                    label for=(name) { (label) }
                    input type="date" id=(name) name=(name) value=(ask.value(name));
                }
            }
            p { button.second { (t::narrow(lang)) } }
        }
    }
}

fn table(found: &Found, lang: Lang) -> Markup {
    let heads =
        [t::moment(lang), office::person(lang), t::act(lang), t::object(lang), t::detail(lang)];
    let row = |row: &Row| {
        [
            words::moment(row.at, lang),
            html! { (name(row, &found.names, lang)) },
            html! { (words_of(&row.act, lang)) },
            object(row, &found.known),
            html! { (detail(row, &found.known, lang)) },
        ]
    };
    let rows = html! {
        @for one in &found.rows {
            tr role="row" data-audit=(one.position) { (cards::cells(&heads, &row(one))) }
        }
    };
    cards::table(t::audit(lang), &heads, &rows)
}

/// What it was done with, by its name where it is a person or a unit.
fn object(row: &Row, known: &Known) -> Markup {
    match known.get(&row.object) {
        Some(name) => html! { (name) },
        None => html! { @if !row.object.is_empty() { code { (row.object) } } },
    }
}

/// The detail in the reader's words where it is one of the program's own.
fn detail(row: &Row, known: &Known, lang: Lang) -> String {
    if let Some(name) = known.get(&row.detail) {
        return name.clone();
    }
    if let Some(standing) = row.detail.strip_prefix("roles: ") {
        return standing_words(standing, known, lang);
    }
    let words = match row.detail.as_str() {
        "seat" => people_t::to_tablet(lang),
        "office" => people_t::to_office(lang),
        "by link" => t::by_link(lang),
        "by first link" => t::by_first_link(lang),
        "changed" => t::passphrase_changed(lang),
        "taken away" => t::way_in_taken_away(lang),
        other => other,
    };
    words.to_owned()
}

/// Roles and unit, which a row has as `inspector lead; unit: ID`.
fn standing_words(standing: &str, known: &Known, lang: Lang) -> String {
    let (roles, unit) = standing.split_once("; unit: ").unwrap_or((standing, ""));
    let named = |word: &str| Role::of_word(word).map_or(word, |it| role(it, lang)).to_owned();
    let roles = roles.split_whitespace().map(named).collect::<Vec<_>>();
    let roles =
        if roles.is_empty() { people_t::no_roles(lang).to_owned() } else { roles.join(", ") };
    let unit = known.get(unit).map_or(people_t::every_unit(lang), String::as_str);
    format!("{roles}; {unit}")
}

fn name(row: &Row, names: &Names, lang: Lang) -> String {
    match row.who {
        None => t::program_itself(lang).to_owned(),
        Some(person) => names.get(&person).cloned().unwrap_or_else(|| person.to_string()),
    }
}

/// The page's rows, all of them, as a file.
pub(crate) async fn file(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
    ending: Ending,
) -> Result<Response, Told> {
    let ask = Ask::parse(&query.unwrap_or_default());
    let found = load(&headquarters, &wanted(&ask), (FILE_ROWS, 0)).await;
    let Found { rows, names, .. } = found.map_err(|fault| Told(fault.into(), clerk.lang))?;
    let named = |row: Row| Named {
        vi: name(&row, &names, Lang::Vi),
        en: name(&row, &names, Lang::En),
        row,
    };
    let rows = rows.into_iter().map(named).collect();
    let name = format!("audit-{}", overview::today());
    let sheet = Sheet { name, title: t::audit, columns: columns(), rows };
    Ok(sheet.file(ending, clerk.lang))
}

/// A row with who it was.
struct Named {
    row: Row,
    vi: String,
    en: String,
}

fn columns() -> Vec<Column<Named>> {
    vec![
        Column::<Named>::new("position", c::position, |it, _| {
            usize::try_from(it.row.position).map_or(Cell::Empty, Cell::Number)
        }),
        Column::<Named>::new("at", t::moment, |it, _| Cell::Moment(it.row.at)),
        Column::<Named>::new("person", office::person, |it, lang| {
            Cell::words(lang.pick(&it.vi, &it.en).clone())
        }),
        Column::<Named>::new("person_id", t::person_id, |it, _| {
            Cell::words(it.row.who.map_or(String::new(), |who| who.to_string()))
        })
        .in_files(),
        Column::<Named>::new("act", t::act, |it, lang| Cell::Named {
            name: it.row.act.clone(),
            words: words_of(&it.row.act, lang),
        }),
        Column::<Named>::new("object", t::object, |it, _| Cell::words(it.row.object.clone())),
        Column::<Named>::new("detail", t::detail, |it, _| Cell::words(it.row.detail.clone())),
        Column::<Named>::new("prev", t::hash_before, |it, _| Cell::words(to_hex(&it.row.prev)))
            .in_files(),
        Column::<Named>::new("hash", t::hash, |it, _| Cell::words(to_hex(&it.row.hash))).in_files(),
    ]
}

/// The words of an act; one of a later version is named as it stands.
fn words_of(act: &str, lang: Lang) -> String {
    Act::of_word(act).map_or_else(|| act.to_owned(), |act| act_words(act, lang).to_owned())
}

fn act_words(act: Act, lang: Lang) -> &'static str {
    match act {
        Act::SignedIn => t::act_signed_in(lang),
        Act::SignInRefused => t::act_sign_in_refused(lang),
        Act::SignedOut => t::act_signed_out(lang),
        Act::SessionEnded => t::act_session_ended(lang),
        Act::PassphraseSet => t::act_passphrase_set(lang),
        Act::PersonAdded => t::act_person_added(lang),
        Act::PersonChanged => t::act_person_changed(lang),
        Act::PersonLeft => t::act_person_left(lang),
        Act::UnitAdded => t::act_unit_added(lang),
        Act::UnitChanged => t::act_unit_changed(lang),
        Act::UnitEnded => t::act_unit_ended(lang),
        Act::InvitationGiven => t::act_invitation_given(lang),
        Act::InvitationRevoked => t::act_invitation_revoked(lang),
        Act::InvitationTaken => t::act_invitation_taken(lang),
        Act::SeatEnrolled => t::act_seat_enrolled(lang),
        Act::SeatRevoked => t::act_seat_revoked(lang),
        Act::PackPublished => t::act_pack_published(lang),
        Act::InspectionOpened => t::act_inspection_opened(lang),
        Act::InspectionCorrected => t::act_inspection_corrected(lang),
        Act::InspectionCancelled => t::act_inspection_cancelled(lang),
        Act::InspectionShared => t::act_inspection_shared(lang),
        Act::TeamChanged => t::act_team_changed(lang),
        Act::HeldAdmitted => t::act_held_admitted(lang),
        Act::HeldSetAside => t::act_held_set_aside(lang),
        Act::RemedyFollowed => t::act_remedy_followed(lang),
        Act::EvidenceRead => t::act_evidence_read(lang),
        Act::FindingsRead => t::act_findings_read(lang),
        Act::AuditRead => t::act_audit_read(lang),
        Act::AuditExported => t::act_audit_exported(lang),
        Act::KeysRotated => t::act_keys_rotated(lang),
        Act::EscrowInitialised => t::act_escrow_initialised(lang),
        Act::EscrowUsed => t::act_escrow_used(lang),
        Act::EraseOrderGiven => t::act_erase_order_given(lang),
        Act::SealedVaultReceived => t::act_sealed_vault_received(lang),
        Act::SealedVaultOpened => t::act_sealed_vault_opened(lang),
        Act::RetentionSet => t::act_retention_set(lang),
        Act::BackupMade => t::act_backup_made(lang),
        Act::BundleImported => t::act_bundle_imported(lang),
    }
}
