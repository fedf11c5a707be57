//! `/office/held`: the held events that wait for a person, journal by journal, and the decision.
//!
//! The page reads what waits; whether an event still waits is asked again in the transaction that
//! writes the decision, so of two clerks one decides.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{EventId, InspectionId, JournalId};
use domain::law::Bilingual;
use domain::moment::Moment;
use domain::state::HeldReason;
use maud::{Markup, html};
use proof::chain::Journal;
use serde::Deserialize;
use sync::recall::Verdict;
use texts::{Lang, clerk as t, custody, office};

use super::clerk::Clerk;
use super::filled::Filled;
use super::inspection::View;
use super::library::Library;
use super::listing::{Ask, Cell, Column, Ending, Sheet, file_links};
use super::lists::{both, in_lang};
use super::record::{self, Held, Record};
use super::trouble::Told;
use super::{layout, overview, words};
use crate::access::Right;
use crate::headquarters::Headquarters;
use crate::store::{StoreFault, Tx, judgements};
use crate::{clock, ledger};

/// How many events of one journal are shown; the others are decided with these or afterwards.
const SHOWN: usize = 200;

/// What is wrong with a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Reason,
    None,
    Unclear,
    Decided,
}

impl Fault {
    fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Reason => custody::fault_reason(lang),
            Self::None => custody::fault_none(lang),
            Self::Unclear => custody::fault_unclear(lang),
            Self::Decided => custody::fault_decided(lang),
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Reason | Self::None | Self::Unclear => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Decided => StatusCode::CONFLICT,
        }
    }
}

/// What was decided just before, to be said once.
#[derive(Deserialize)]
pub(crate) struct Done {
    admitted: Option<u64>,
    set_aside: Option<u64>,
}

/// A decision as it was asked for.
struct Asked {
    verdict: Verdict,
    reason: String,
    inspection: InspectionId,
    events: BTreeSet<EventId>,
    /// The whole journal, shown or not.
    all_of: Option<Journal>,
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Query(done): Query<Done>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let notice = notice(&done, clerk.lang);
    draw(&headquarters, &clerk, &Filled::default(), &notice).await
}

fn notice(done: &Done, lang: Lang) -> Markup {
    html! {
        @if let Some(count) = done.admitted { p.done role="status" { (custody::admitted(lang, count)) } }
        @if let Some(count) = done.set_aside { p.done role="status" { (custody::set_aside_done(lang, count)) } }
    }
}

pub(crate) async fn decide(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let lang = clerk.lang;
    let filled = Filled::parse(&form);
    if filled.has("all") || filled.has("none") {
        return Ok(draw(&headquarters, &clerk, &filled, &html! {}).await?.into_response());
    }
    let decided = match read(&filled) {
        Ok(asked) => judge(&headquarters, &clerk, asked).await,
        Err(fault) => Ok(Err(fault)),
    };
    match decided.map_err(|fault| Told(fault.into(), lang))? {
        Ok((verdict, count)) => Ok(Redirect::to(&done(verdict, count)).into_response()),
        Err(fault) => {
            let notice = html! {
                p.bad role="alert" { (custody::not_decided(lang)) " " (fault.sentence(lang)) }
            };
            let page = draw(&headquarters, &clerk, &filled, &notice).await?;
            Ok((fault.status(), page).into_response())
        }
    }
}

fn done(verdict: Verdict, count: usize) -> String {
    match verdict {
        Verdict::Admitted => format!("/office/held?admitted={count}"),
        Verdict::SetAside => format!("/office/held?set_aside={count}"),
    }
}

/// Reads the form of one event, or that of a journal's ticked ones.
fn read(filled: &Filled) -> Result<Asked, Fault> {
    let pressed = |one, ticked| filled.has(one) || filled.has(ticked);
    let admit = pressed("admit", "admit_ticked");
    let verdict = match (admit, pressed("set_aside", "set_aside_ticked")) {
        (true, false) => Verdict::Admitted,
        (false, true) => Verdict::SetAside,
        (true, true) | (false, false) => return Err(Fault::Unclear),
    };
    let field = if filled.has("journal") { "reason_for_ticked" } else { "reason" };
    let reason = filled.reason(field).ok_or(Fault::Reason)?.to_owned();
    let inspection = filled.id::<InspectionId>("inspection").ok_or(Fault::Decided)?;
    let events = filled.all("event").iter().filter_map(|id| id.parse().ok());
    let events = events.collect::<BTreeSet<EventId>>();
    let journal = filled.id::<JournalId>("journal").filter(|_| filled.has("rest"));
    let all_of = journal.map(|journal| Journal { inspection, journal });
    if events.is_empty() && all_of.is_none() {
        return Err(Fault::None);
    }
    Ok(Asked { verdict, reason, inspection, events, all_of })
}

/// Writes the decision; how many events it decided.
async fn judge(
    headquarters: &Headquarters,
    clerk: &Clerk,
    asked: Asked,
) -> Result<Result<(Verdict, usize), Fault>, StoreFault> {
    let (keys, by, verdict) = (headquarters.keys.clone(), clerk.person.id, asked.verdict);
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move {
            let events = everything(tx, &asked).await?;
            let said = (asked.verdict, asked.reason.as_str());
            let by = (by, clock::now());
            let judged = ledger::judge(tx, &keys, asked.inspection, &events, said, by).await?;
            Ok::<_, StoreFault>(judged.len())
        })
    });
    let count = work.await?;
    Ok(if count == 0 { Err(Fault::Decided) } else { Ok((verdict, count)) })
}

/// The chosen events and, where the whole journal was meant, those that were not shown.
async fn everything(tx: &mut Tx, asked: &Asked) -> Result<BTreeSet<EventId>, StoreFault> {
    let mut events = asked.events.clone();
    if let Some(journal) = asked.all_of {
        let waiting = judgements::waiting_in(tx, journal).await?;
        events.extend(waiting.into_iter().skip(SHOWN));
    }
    Ok(events)
}

async fn draw(
    headquarters: &Headquarters,
    clerk: &Clerk,
    filled: &Filled,
    notice: &Markup,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let store = &headquarters.store;
    let judging = clerk.scope_of(headquarters, Right::Judge).await.map_err(told)?;
    let mut journals = Vec::new();
    let inspections = judgements::inspections(store.readers()).await.map_err(told)?;
    for id in inspections.into_iter().filter(|id| clerk.scope().holds(*id)) {
        let Some(record) = record::read(headquarters, id).await.map_err(told)? else { continue };
        let library = Library::of(store, &record).await.map_err(told)?;
        let judges = judging.holds(id);
        let page = Page { record: &record, library: &library, filled, judges, lang };
        journals.extend(record.waiting().iter().map(|(id, held)| page.journal(*id, held)));
    }
    let body = html! {
        h1 { (office::held_events(lang)) }
        (notice)
        p { (custody::what_held_is(lang)) }
        @if journals.is_empty() { p { (custody::nothing_waits(lang)) } }
        @else { p.actions { (file_links("/office/held", &Ask::default(), lang)) } }
        @for journal in &journals { (journal) }
    };
    Ok(layout::page(lang, office::held_events(lang), Some(clerk), &body))
}

/// Every event that waits, also those that the page does not show, as a file.
pub(crate) async fn file(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    ending: Ending,
) -> Result<Response, Told> {
    let told = |fault: StoreFault| Told(fault.into(), clerk.lang);
    let store = &headquarters.store;
    let mut rows = Vec::new();
    let inspections = judgements::inspections(store.readers()).await.map_err(told)?;
    for id in inspections.into_iter().filter(|id| clerk.scope().holds(*id)) {
        let Some(record) = record::read(&headquarters, id).await.map_err(told)? else { continue };
        let library = Library::of(store, &record).await.map_err(told)?;
        rows.extend(
            record.waiting().into_values().flatten().map(|held| Row::of(&record, &library, held)),
        );
    }
    let name = format!("held-{}", overview::today());
    let sheet = Sheet { name, title: office::held_events, columns: columns(), rows };
    Ok(sheet.file(ending, clerk.lang))
}

/// A held event as it stands in the files.
struct Row {
    place: Bilingual,
    what: Bilingual,
    author: Bilingual,
    reason: HeldReason,
    at: Moment,
    accepted_at: Option<Moment>,
    inspection: InspectionId,
    journal: JournalId,
    event: EventId,
}

impl Row {
    fn of(record: &Record, library: &Library, held: &Held) -> Self {
        let filled = Filled::default();
        let page = |lang| Page { record, library, filled: &filled, judges: false, lang };
        let place =
            |lang| record.opening().map_or(office::not_opened(lang), |it| &it.establishment.name);
        let what = |lang| View { record, library, judges: false, lang }.act(&held.entry);
        Self {
            place: both(|lang| place(lang).to_owned()),
            what: both(what),
            author: both(|lang| page(lang).author(held)),
            reason: held.reason,
            at: held.entry.at,
            accepted_at: record.accepted_at(&held.entry.id),
            inspection: record.id,
            journal: held.journal,
            event: held.entry.id,
        }
    }
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::<Row>::new("establishment", office::establishment, |row, lang| {
            Cell::words(in_lang(&row.place, lang))
        }),
        Column::<Row>::new("what", office::act, |row, lang| Cell::words(in_lang(&row.what, lang))),
        Column::<Row>::new("author", office::author, |row, lang| {
            Cell::words(in_lang(&row.author, lang))
        }),
        Column::<Row>::new("held_reason", office::held_reason, |row, lang| {
            Cell::words(words::held_reason(row.reason, lang))
        }),
        Column::<Row>::new("recorded_at", office::recorded_at, |row, _| Cell::Moment(row.at)),
        Column::<Row>::new("accepted_at", office::accepted_at, |row, _| {
            Cell::moment(row.accepted_at)
        }),
        Column::<Row>::new("inspection", t::inspection_id, |row, _| {
            Cell::words(row.inspection.to_string())
        }),
        Column::<Row>::new("journal", office::journal, |row, _| {
            Cell::words(row.journal.to_string())
        }),
        Column::<Row>::new("event", t::event_id, |row, _| Cell::words(row.event.to_string())),
    ]
}

struct Page<'a> {
    record: &'a Record,
    library: &'a Library,
    filled: &'a Filled,
    /// Whether whoever looks may decide.
    judges: bool,
    lang: Lang,
}

impl Page<'_> {
    fn journal(&self, journal: JournalId, held: &[&Held]) -> Markup {
        let lang = self.lang;
        let opening = self.record.opening();
        let place = opening.map_or(office::not_opened(lang), |opening| &opening.establishment.name);
        let author = held.first().map(|held| self.author(held)).unwrap_or_default();
        html! {
            section.journal id={ "journal-" (journal) } {
                h2 { (custody::journal_of(lang, &author)) }
                p {
                    (custody::on_inspection(lang)) ": "
                    a.line href={ "/office/inspections/" (self.record.id) } { (place) }
                }
                @if self.judges && held.len() > 1 { (self.ticking(journal)) }
                ul.held { @for held in held.iter().take(SHOWN) { (self.event(held, journal)) } }
                @if self.judges && held.len() > 1 { (self.several(journal, held.len())) }
            }
        }
    }

    /// Ticks every box or none; the decision stands below the events, where they are all ticked.
    fn ticking(&self, journal: JournalId) -> Markup {
        let (lang, form) = (self.lang, form_of(journal));
        let here = format!("/office/held#journal-{journal}");
        html! {
            p.actions {
                // Before the others of this form, or the return key would press one of them.
                button form=(form) disabled hidden {}
                button.second form=(form) name="all" value="1" formaction=(here) formnovalidate { (custody::tick_all(lang)) }
                button.second form=(form) name="none" value="1" formaction=(here) formnovalidate { (custody::tick_none(lang)) }
                a href={ "#decide-" (journal) } { (custody::to_decision(lang)) }
            }
        }
    }

    fn is_ticked(&self, journal: JournalId, event: &str) -> bool {
        let filled = self.filled;
        filled.one("journal") == journal.to_string()
            && !filled.has("none")
            && (filled.has("all") || filled.all("event").iter().any(|ticked| ticked == event))
    }

    fn author(&self, held: &Held) -> String {
        let seat = held.entry.author;
        if self.record.is_headquarters(&seat) {
            return office::headquarters(self.lang).to_owned();
        }
        let name = self.record.name(&seat);
        name.unwrap_or_else(|| custody::unknown_author(self.lang, &seat.to_string()))
    }

    /// One form for what is ticked. The boxes stand beside the events and belong to it by its id.
    fn several(&self, journal: JournalId, count: usize) -> Markup {
        let (lang, rest) = (self.lang, count.saturating_sub(SHOWN));
        let asked = self.filled.one("journal") == journal.to_string();
        let reason = if asked { self.filled.one("reason_for_ticked") } else { "" };
        html! {
            form.sheet method="post" action="/office/held" id=(form_of(journal)) {
                (no_decision_by_return())
                fieldset id={ "decide-" (journal) } {
                    legend { (custody::several_at_once(lang)) }
                    p.quiet { (custody::admitting_is_final(lang)) }
                    input type="hidden" name="inspection" value=(self.record.id);
                    input type="hidden" name="journal" value=(journal);
                    @if rest > 0 {
                        label.choice {
                            input type="checkbox" name="rest" value="1"
                                checked[asked && !self.filled.has("none") && (self.filled.has("all") || self.filled.has("rest"))];
                            (custody::and_the_rest(lang, u64::try_from(rest).unwrap_or(u64::MAX)))
                        }
                    }
                    label {
                        (custody::why_decide(lang))
                        input name="reason_for_ticked" required maxlength="500" value=(reason);
                    }
                    // The number of ticked boxes is counted by the stylesheet, as they are ticked.
                    p.actions {
                        button.second.counted name="admit_ticked" value="1" { (custody::admit_ticked(lang)) }
                        button.second.counted name="set_aside_ticked" value="1" { (custody::set_aside_ticked(lang)) }
                    }
                }
            }
        }
    }

    fn event(&self, held: &Held, journal: JournalId) -> Markup {
        let id = held.entry.id;
        let several =
            self.judges && self.record.waiting().get(&journal).is_some_and(|held| held.len() > 1);
        html! {
            li data-held=(id) {
                @if several {
                    label.what {
                        input type="checkbox" name="event" value=(id) form=(form_of(journal))
                            checked[self.is_ticked(journal, &id.to_string())]
                            aria-labelledby={ "what-" (id) };
                        (self.what(held))
                    }
                } @else { div.what { (self.what(held)) } }
                @if self.judges { (self.deciding(id)) }
            }
        }
    }

    /// The form that decides about one event.
    fn deciding(&self, id: EventId) -> Markup {
        let lang = self.lang;
        let asked = !self.filled.has("journal") && self.filled.one("event") == id.to_string();
        let reason = if asked { self.filled.one("reason") } else { "" };
        html! {
            form.decide method="post" action="/office/held" {
                (no_decision_by_return())
                input type="hidden" name="inspection" value=(self.record.id);
                input type="hidden" name="event" value=(id);
                label {
                    (custody::why_decide(lang))
                    input name="reason" required maxlength="500" value=(reason);
                }
                button.second name="admit" value="1" { (custody::admit(lang)) }
                button.second name="set_aside" value="1" { (custody::set_aside(lang)) }
                span.quiet { (custody::admitting_is_final(lang)) }
            }
        }
    }

    fn what(&self, held: &Held) -> Markup {
        let lang = self.lang;
        let (record, library) = (self.record, self.library);
        let view = View { record, library, judges: self.judges, lang };
        html! {
            span {
                span.words id={ "what-" (held.entry.id) } { (view.act(&held.entry)) }
                span.quiet.below {
                    (self.author(held)) ", " (words::moment(held.entry.at, lang)) ". "
                    (office::held_reason(lang)) ": " (words::held_reason(held.reason, lang)) "."
                }
            }
        }
    }
}

fn form_of(journal: JournalId) -> String {
    format!("ticked-{journal}")
}

/// The return key in a field presses the first button of its form; a decision is never made by it.
fn no_decision_by_return() -> Markup {
    html! { button disabled hidden {} }
}

/// The form by which an event that was set aside is admitted after all.
pub(super) fn admit_after_all(record: &Record, event: EventId, lang: Lang) -> Markup {
    html! {
        form.decide method="post" action="/office/held" {
            (no_decision_by_return())
            input type="hidden" name="inspection" value=(record.id);
            input type="hidden" name="event" value=(event);
            label { (custody::why_decide(lang)) input name="reason" required maxlength="500"; }
            button.second name="admit" value="1" { (custody::admit_after_all(lang)) }
        }
    }
}

/// Where the decision about an inspection's held events is made.
pub(super) fn link(record: &Record, lang: Lang) -> Markup {
    let first = record.waiting().keys().next().copied();
    html! {
        @if let Some(journal) = first {
            p.actions { a href={ "/office/held#journal-" (journal) } { (custody::decide_here(lang)) } }
        }
    }
}
