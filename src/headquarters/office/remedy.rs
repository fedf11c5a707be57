//! `/office/inspections/{id}/remedies/{finding}`: following the remedy of one finding to its end.
//!
//! What is said goes into headquarters' journal and names what it saw standing; where two clerks
//! speak at once, both words stand and the page says so. Files of evidence are on disk before the
//! word that names them is written; what they are taken from is `upload`'s.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::act::{Act, Body};
use domain::finding::Finding;
use domain::ids::FindingId;
use domain::moment::parse_day;
use domain::piece::{MediaType, Piece};
use domain::register::Field as Of;
use domain::remedy::{FollowRemedy, FollowUp, FollowUps, Outcome, Progress};
use jiff::civil::Date;
use maud::{Markup, html};
use texts::{Lang, clerk as t, format, office, pieces as evidence};

use super::clerk::Clerk;
use super::fields::{self, Field};
use super::filled::Filled;
use super::library::Library;
use super::listing::{Tone, mark};
use super::lists::remedies::{due, words_of};
use super::notice::Notice;
use super::overview::today;
use super::pieces::{self, OnDisk};
use super::record::Record;
use super::trouble::{Told, Trouble};
use super::upload::{self, FileFault, Sent};
use super::{inspection, layout, words};
use crate::access::Right;
use crate::headquarters::Headquarters;
use crate::pieces::{MAX_PIECE_BYTES, MAX_PIECES};
use crate::store::StoreFault;
use crate::{audit, clock, ledger};

/// What is wrong with what was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    Outcome,
    On,
    Until,
    UntilAlone,
    Note,
    File(FileFault),
}

impl Fault {
    fn sentence(&self, lang: Lang) -> String {
        let fixed = match self {
            Self::Outcome => t::fault_outcome(lang),
            Self::On => t::fault_outcome_on(lang),
            Self::Until => t::fault_outcome_until(lang),
            Self::UntilAlone => t::fault_until_alone(lang),
            Self::Note => t::fault_outcome_note(lang),
            Self::File(fault) => return fault.sentence(lang),
        };
        fixed.to_owned()
    }

    fn field(&self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::On => "on",
            Self::Until | Self::UntilAlone => "until",
            Self::Note => "note",
            Self::File(_) => upload::FILES,
        }
    }
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Path((id, finding)): Path<(String, String)>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let (record, library) = inspection::load(&headquarters, &id, clerk.lang).await?;
    let finding = named(&record, &finding, clerk.lang)?;
    let on_disk = OnDisk::look(&headquarters.pieces, pieces_of(&finding)).await;
    Ok(draw((&record, &library, &on_disk), &finding, &clerk, &Attempt::default()))
}

pub(crate) async fn follow(
    State(headquarters): State<Arc<Headquarters>>,
    Path((id, finding)): Path<(String, String)>,
    clerk: Clerk,
    request: Request,
) -> Result<Response, Told> {
    let told = |trouble| Told(trouble, clerk.lang);
    let (record, library) = inspection::load(&headquarters, &id, clerk.lang).await?;
    let finding = named(&record, &finding, clerk.lang)?;
    if finding.remedy_on(today()).is_none() {
        return Err(told(Trouble::NotFound));
    }
    let sent = upload::read(request, &headquarters.pieces).await;
    let sent = sent.map_err(|_| told(Trouble::UnreadableForm))?;
    match take(sent, &finding, today()).await {
        Err(attempt) => {
            let on_disk = OnDisk::look(&headquarters.pieces, pieces_of(&finding)).await;
            let page = draw((&record, &library, &on_disk), &finding, &clerk, &attempt);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok(follow) => {
            let place = place(&record, finding.id);
            let body = Body { act: Act::FollowRemedy(follow), by: Some(clerk.person.id) };
            let stored = store(&headquarters, record.id, body).await;
            stored.map_err(|fault| Told(fault.into(), clerk.lang))?;
            Ok(Redirect::to(&Notice::RemedyRecorded.on(&place)).into_response())
        }
    }
}

/// What was filled in and is not recorded, with what is wrong with it.
#[derive(Default)]
struct Attempt {
    filled: Filled,
    faults: Vec<Fault>,
    had_files: bool,
}

/// Reads what was sent and keeps its files; where anything is wrong, nothing is kept.
async fn take(sent: Sent, finding: &Finding<'_>, today: Date) -> Result<FollowRemedy, Attempt> {
    let Sent { filled, files, refused } = sent;
    let had_files = !files.is_empty() || !refused.is_empty();
    let said = read(&filled, finding, today);
    let mut faults = said.as_ref().err().cloned().unwrap_or_default();
    faults.extend(refused.into_iter().map(Fault::File));
    match said {
        Ok(follow) if faults.is_empty() => match upload::keep(files).await {
            Ok(evidence) => Ok(FollowRemedy { evidence, ..follow }),
            Err(fault) => Err(Attempt { filled, faults: vec![Fault::File(fault)], had_files }),
        },
        Ok(_) | Err(_) => Err(Attempt { filled, faults, had_files }),
    }
}

fn pieces_of<'f>(finding: &'f Finding<'_>) -> impl Iterator<Item = &'f Piece> {
    finding.follow_ups().into_iter().flat_map(FollowUps::pieces)
}

fn place(record: &Record, finding: FindingId) -> String {
    format!("/office/inspections/{}/remedies/{finding}", record.id)
}

fn named<'a>(record: &'a Record, finding: &str, lang: Lang) -> Result<Finding<'a>, Told> {
    let id = finding.parse().ok();
    id.and_then(|id| record.state.finding(id)).ok_or(Told(Trouble::NotFound, lang))
}

async fn store(
    headquarters: &Headquarters,
    inspection: domain::ids::InspectionId,
    body: Body,
) -> Result<(), StoreFault> {
    let keys = headquarters.keys.clone();
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move {
            let by = body.by;
            ledger::append(&mut *tx, &keys, inspection, vec![body], clock::now()).await?;
            audit::note(tx, by, audit::Act::RemedyFollowed, &inspection.to_string(), "").await
        })
    });
    work.await
}

/// Reads the form; names everything that is wrong with it at once.
fn read(filled: &Filled, finding: &Finding<'_>, today: Date) -> Result<FollowRemedy, Vec<Fault>> {
    let on = parse_day(filled.one("on")).filter(|on| *on <= today);
    let outcome = outcome(filled, on);
    let note = filled.one("note").to_owned();
    let faults = [
        outcome.clone().err(),
        on.is_none().then_some(Fault::On),
        note.is_empty().then_some(Fault::Note),
    ];
    let faults = faults.into_iter().flatten().collect::<Vec<_>>();
    match (outcome, on) {
        (Ok(outcome), Some(on)) if faults.is_empty() => {
            let over = finding.follow_ups().into_iter().flat_map(FollowUps::current);
            let over = over.map(|(event, _)| *event).collect();
            let evidence = Vec::new();
            Ok(FollowRemedy { finding: finding.id, outcome, on, note, over, evidence })
        }
        (Ok(_) | Err(_), _) => Err(faults),
    }
}

fn outcome(filled: &Filled, on: Option<Date>) -> Result<Outcome, Fault> {
    let until = filled.one("until");
    let ended = |outcome| if until.is_empty() { Ok(outcome) } else { Err(Fault::UntilAlone) };
    match filled.one("outcome") {
        "done" => ended(Outcome::Done),
        "not_done" => ended(Outcome::NotDone),
        "extended" => {
            let later = parse_day(until).filter(|until| on.is_none_or(|on| on < *until));
            later.map(Outcome::Extended).ok_or(Fault::Until)
        }
        _ => Err(Fault::Outcome),
    }
}

fn draw(
    (record, library, on_disk): (&Record, &Library, &OnDisk),
    finding: &Finding<'_>,
    clerk: &Clerk,
    attempt: &Attempt,
) -> Markup {
    let lang = clerk.lang;
    let view = View { record, library, on_disk, finding, lang };
    let back = format!("/office/inspections/{}", record.id);
    let body = html! {
        p.actions {
            a href="/office/remedies" { (t::remedies(lang)) }
            a href=(back) { (office::back_to_inspection(lang)) }
        }
        h1 { (t::follow(lang)) }
        @match finding.remedy_on(today()) {
            None => p.empty { (t::no_remedy(lang)) },
            Some(progress) => {
                (view.facts(progress))
                (view.history())
                @if progress == Progress::Undecided { p.banner.warn { (t::follow_undecided(lang)) } }
                @if !clerk.may(Right::Follow) {}
                @else if matches!(progress, Progress::Done | Progress::NotDone) && attempt.faults.is_empty() {
                    details {
                        summary { (t::correct_outcome(lang)) }
                        p.quiet { (t::newer_outcome_counts(lang)) }
                        (view.form(attempt))
                    }
                } @else { (view.form(attempt)) }
            },
        }
    };
    layout::page(lang, t::follow(lang), Some(clerk), &body)
}

struct View<'a> {
    record: &'a Record,
    library: &'a Library,
    on_disk: &'a OnDisk,
    finding: &'a Finding<'a>,
    lang: Lang,
}

impl View<'_> {
    fn facts(&self, progress: Progress) -> Markup {
        let (lang, finding) = (self.lang, self.finding);
        let (words, tone) = words_of(progress, lang);
        let name = self.record.opening().map(|opening| opening.establishment.name.as_str());
        html! {
            dl data-progress=(super::lists::remedies::name_of(progress)) {
                dt { (t::remedy_state(lang)) }
                dd {
                    (mark(tone, words))
                    @if let Some(by) = due(progress) { " " (format::day(lang, by)) }
                }
                dt { (office::establishment(lang)) } dd { (name.unwrap_or_default()) }
                dt { (office::item(lang)) } dd { (self.library.question(finding.item, lang)) }
                dt { (office::facts(lang)) } dd.words { (finding.text(Of::Facts)) }
                dt { (t::remedy(lang)) } dd.words { (finding.text(Of::Remedy)) }
                dt { (t::remedy_by(lang)) }
                dd { @if let Some(by) = finding.remedy_by() { (format::day(lang, by)) } }
            }
        }
    }

    fn history(&self) -> Markup {
        let lang = self.lang;
        let history = self.finding.follow_ups().map(FollowUps::history).unwrap_or_default();
        html! {
            h2 { (t::follow_history(lang)) }
            @if history.is_empty() { p.empty { (t::follow_history_none(lang)) } }
            @else { ol.story { @for (event, said) in history { li.step data-event=(event) { (self.said(said)) } } } }
        }
    }

    fn said(&self, said: &FollowUp) -> Markup {
        let lang = self.lang;
        let by = said.by.and_then(|by| self.record.person(by));
        html! {
            p.said { span.label { (words::outcome(said.outcome, &said.note, lang)) } }
            (pieces::list(&said.evidence, self.on_disk, lang))
            dl.when {
                dt { (t::outcome_on(lang)) } dd { (format::day(lang, said.on)) }
                dt { (office::author(lang)) } dd { (by.unwrap_or(office::headquarters(lang))) }
                dt { (office::recorded_at(lang)) } dd { (words::moment(said.at, lang)) }
            }
        }
    }

    fn form(&self, attempt: &Attempt) -> Markup {
        let Attempt { filled, faults, had_files } = attempt;
        let lang = self.lang;
        let sentences = faults.iter().map(|fault| (fault.field(), fault.sentence(lang)));
        let sentences = sentences.collect::<Vec<_>>();
        let fault = |name: &str| {
            let found = sentences.iter().find(|(field, _)| *field == name);
            found.map(|(_, sentence)| sentence.as_str())
        };
        let field = |name, label| Field { name, label, fault: fault(name) };
        let today = today().to_string();
        let on = if filled.has("on") { filled.one("on") } else { &today };
        let listed = sentences.iter().map(|(field, sentence)| (*field, sentence.as_str()));
        html! {
            h2 { (t::follow_new(lang)) }
            @if !faults.is_empty() { (fields::summary(evidence::not_recorded(lang), listed)) }
            form.sheet method="post" enctype="multipart/form-data" action=(place(self.record, self.finding.id)) {
                (outcomes(filled, fault("outcome"), lang))
                (fields::day(&field("on", t::outcome_on(lang)), on))
                (fields::day(&field("until", t::outcome_until(lang)), filled.one("until")))
                (fields::words(&field("note", t::outcome_note(lang)), filled.one("note")))
                // The last, so that everything else is read when the line breaks in a file.
                (files(faults, *had_files, lang))
                p { button { (t::record_outcome(lang)) } }
            }
        }
    }
}

/// Browsers never fill this field in again: where files were sent, the page says so.
fn files(faults: &[Fault], had_files: bool, lang: Lang) -> Markup {
    let own = faults.iter().filter(|fault| fault.field() == upload::FILES).collect::<Vec<_>>();
    let accepted = MediaType::ALLOWED.iter().map(MediaType::as_str).collect::<Vec<_>>().join(",");
    let hint = evidence::evidence_hint(lang, MAX_PIECES, &format::size(lang, MAX_PIECE_BYTES));
    let (name, hint_id, fault_id) = (upload::FILES, "evidence-hint", "evidence-fault");
    let described =
        if own.is_empty() { hint_id.to_owned() } else { format!("{fault_id} {hint_id}") };
    html! {
        div.field {
            label for=(name) { (evidence::evidence(lang)) }
            p.quiet id=(hint_id) {
                (hint)
                @if had_files { " " strong { (evidence::choose_again(lang)) } }
            }
            input type="file" id=(name) name=(name) multiple accept=(accepted)
                aria-invalid=[(!own.is_empty()).then_some("true")] aria-describedby=(described);
            @if !own.is_empty() {
                div id=(fault_id) { @for fault in own { p.fault { (fault.sentence(lang)) } } }
            }
        }
    }
}

fn outcomes(filled: &Filled, fault: Option<&str>, lang: Lang) -> Markup {
    let choices = [
        ("done", t::outcome_done(lang)),
        ("extended", t::outcome_extended(lang)),
        ("not_done", t::outcome_not_done(lang)),
    ];
    html! {
        fieldset id="outcome" aria-describedby=[fault.map(|_| "outcome-fault")] {
            legend { (t::outcome(lang)) }
            (fields::fault("outcome", fault))
            @for (value, words) in choices {
                label.choice {
                    input type="radio" name="outcome" value=(value) checked[filled.one("outcome") == value];
                    (words)
                }
            }
        }
    }
}

/// The mark of a remedy, with the way to follow it; nothing where none is asked.
pub(super) fn linked(record: &Record, finding: &Finding<'_>, lang: Lang) -> Markup {
    let Some(progress) = finding.remedy_on(today()) else { return html! {} };
    let (words, tone): (&str, Tone) = words_of(progress, lang);
    html! { (mark(tone, words)) " " a.line href=(place(record, finding.id)) { (t::follow(lang)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[track_caller]
    fn check(form: &str, expected: Result<Outcome, Fault>) {
        let filled = Filled::parse(form.as_bytes());
        assert_eq!(outcome(&filled, Some(date(2026, 8, 1))), expected, "{form}");
    }

    #[test]
    fn only_more_time_has_a_day_and_it_is_a_later_one() {
        check("outcome=done&until=", Ok(Outcome::Done));
        check("outcome=extended&until=2026-08-02", Ok(Outcome::Extended(date(2026, 8, 2))));
        check("outcome=extended&until=2026-08-01", Err(Fault::Until));
        check("outcome=extended", Err(Fault::Until));
        check("outcome=done&until=2026-08-02", Err(Fault::UntilAlone));
        check("outcome=maybe", Err(Fault::Outcome));
        check("", Err(Fault::Outcome));
    }
}
