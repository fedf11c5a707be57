//! `/office/inspections/{id}`: what was recorded, by whom and when, and whether it verifies.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::finding::Finding;
use domain::ids::InspectionId;
use domain::register::{Address, Field, Subject};
use domain::state::{Entry, Register};
use maud::{Markup, html};
use sync::recall::Verdict;
use texts::{Lang, backup, clerk as clerk_texts, custody, office};

use super::cite::{self, Cited};
use super::clerk::Clerk;
use super::library::Library;
use super::record::{self, Held, Judged, Record};
use super::trouble::{Told, Trouble};
use super::{held, layout, remedy, team, words};
use crate::headquarters::Headquarters;
use crate::store::StoreFault;

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    draw(&headquarters, &id, &clerk, None).await
}

/// The page; with what is wrong with the team that was to be saved.
pub(super) async fn draw(
    headquarters: &Headquarters,
    id: &str,
    clerk: &Clerk,
    fault: Option<team::Fault>,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let (record, library) = load(headquarters, id, lang).await?;
    let roles = team::roles(headquarters, record.id).await;
    let roles = roles.map_err(|fault| Told(fault.into(), lang))?;
    let name = record.opening().map(|opening| opening.establishment.name.as_str());
    let title = name.unwrap_or(office::not_opened(lang));
    let view = View { record: &record, library: &library, lang };
    let body = html! {
        h1 { (title) }
        (view.facts_of_opening())
        (team::form(record.id, &roles, fault, lang))
        p.actions {
            a href={ "/office/inspections/" (record.id) "/timeline" } { (clerk_texts::timeline(lang)) }
            a href={ "/office/inspections/" (record.id) "/inspection-minutes" } { (office::inspection_minutes(lang)) }
            a href={ "/office/inspections/" (record.id) "/violation-record" } { (office::violation_record(lang)) }
            a href={ "/office/inspections/" (record.id) "/findings.csv" } { (office::findings_csv(lang)) }
            a href={ "/office/inspections/" (record.id) "/answers.csv" } { (office::answers_csv(lang)) }
            @if let Some(opening) = record.opening() {
                a href={ "/office/inspections/new?known=" (opening.establishment.id) } { (clerk_texts::plan_again(lang)) }
            }
        }
        (view.findings())
        (view.conflicts())
        (view.held())
        (view.decisions())
        (view.missing())
        (view.answers())
        (view.verification())
    };
    Ok(layout::page(lang, title, Some(clerk), &body))
}

/// Reads the inspection that an address names, with the packs it pins.
pub(super) async fn load(
    headquarters: &Headquarters,
    id: &str,
    lang: Lang,
) -> Result<(Record, Library), Told> {
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let not_found = || Told(Trouble::NotFound, lang);
    let id: InspectionId = id.parse().map_err(|_| not_found())?;
    let record = record::read(headquarters, id).await.map_err(told)?.ok_or_else(not_found)?;
    let library = Library::of(&headquarters.store, &record).await.map_err(told)?;
    Ok((record, library))
}

/// An inspection as it is drawn.
pub(super) struct View<'a> {
    pub(super) record: &'a Record,
    pub(super) library: &'a Library,
    pub(super) lang: Lang,
}

impl View<'_> {
    fn facts_of_opening(&self) -> Markup {
        let lang = self.lang;
        let Some(opened) = self.record.state.opened() else { return html! {} };
        let opening = &opened.opening;
        let by = self.record.is_headquarters(&opened.author);
        let by = if by {
            office::headquarters(lang).to_owned()
        } else {
            self.record.author(&opened.author)
        };
        html! {
            dl {
                dt { (office::kind(lang)) } dd { (self.library.kind(&opening.establishment.kind, lang)) }
                dt { (office::address(lang)) } dd { (opening.establishment.address) }
                dt { (office::day(lang)) } dd { (texts::format::day(lang, opening.on)) }
                dt { (office::decision(lang)) } dd { (words::decision(self.record.state.decision(), lang)) }
                dt { (office::reason(lang)) } dd { (opening.reason) }
                dt { (office::team(lang)) } dd { (words::team(&self.record.team, lang)) }
                dt { (office::opened_by(lang)) } dd { (by) ", " (words::moment(opened.at, lang)) }
            }
        }
    }

    fn findings(&self) -> Markup {
        let findings = self.record.state.findings();
        html! {
            h2 { (office::findings(self.lang)) }
            @if findings.is_empty() { p { (office::no_findings(self.lang)) } }
            @for finding in &findings { (self.finding(finding)) }
        }
    }

    fn finding(&self, finding: &Finding<'_>) -> Markup {
        let lang = self.lang;
        let accepted = self.record.finding_accepted_at(finding.id);
        html! {
            article.finding.withdrawn[finding.withdrawn.is_some()] data-finding=(finding.id) {
                h3 { (self.library.question(finding.item, lang)) }
                @if let Some(reason) = finding.withdrawn {
                    p { span.mark { (office::withdrawn(lang)) } " " (reason) }
                }
                dl {
                    dt { (office::item(lang)) } dd { code { (finding.item) } }
                    dt { (office::provision(lang)) } dd { (self.provision(finding)) }
                    dt { (office::facts(lang)) } dd.words { (self.field(finding, Field::Facts)) }
                    dt { (office::quantity(lang)) } dd { (self.field(finding, Field::Quantity)) }
                    dt { (office::act_on(lang)) } dd { (self.field(finding, Field::ActOn)) }
                    dt { (clerk_texts::remedy(lang)) } dd.words { (self.field(finding, Field::Remedy)) }
                    dt { (office::remedy_by(lang)) }
                    dd { (self.field(finding, Field::RemedyBy)) " " (remedy::linked(self.record, finding, lang)) }
                    dt { (office::statement(lang)) } dd.words { (words::statement(finding, lang)) }
                    dt { (office::author(lang)) } dd { (self.record.author(&finding.author)) }
                    dt { (office::recorded_at(lang)) } dd { (words::moment(finding.begun_at, lang)) }
                    @if let Some(accepted) = accepted {
                        dt { (office::accepted_at(lang)) } dd { (words::moment(accepted, lang)) }
                    }
                }
            }
        }
    }

    fn provision(&self, finding: &Finding<'_>) -> Markup {
        match cite::provisions(finding, self.library, self.lang) {
            Cited::Provisions(provisions) => html! {
                @for (at, provision) in provisions.iter().enumerate() {
                    @if at > 0 { br; }
                    (provision)
                }
            },
            Cited::NoDay => html! { span.quiet { (office::no_act_on(self.lang)) } },
            Cited::NoneInForce => html! { span.quiet { (office::no_provision(self.lang)) } },
        }
    }

    fn field(&self, finding: &Finding<'_>, field: Field) -> Markup {
        match finding.register(field) {
            Some(register) if register.is_conflict() => {
                html! { span.mark { (office::two_values(self.lang)) } }
            }
            Some(register) => {
                html! { @if let Some(value) = register.value() { (words::value(value, self.lang)) } }
            }
            None => html! {},
        }
    }

    fn conflicts(&self) -> Markup {
        let state = &self.record.state;
        let conflicts = state.registers().filter(|(address, _)| state.conflict(address).is_some());
        let conflicts = conflicts.collect::<Vec<_>>();
        html! {
            @if !conflicts.is_empty() {
                h2 { (office::conflicts_section(self.lang)) }
                (self.values(&conflicts))
            }
        }
    }

    fn answers(&self) -> Markup {
        let answers = self.record.state.registers().filter(|(address, register)| {
            matches!(address.subject, Subject::Item(_)) && register.current().next().is_some()
        });
        let answers = answers.collect::<Vec<_>>();
        html! {
            h2 { (office::answers(self.lang)) }
            @if answers.is_empty() { p { (office::no_answers(self.lang)) } }
            @else { (self.values(&answers)) }
        }
    }

    fn values(&self, registers: &[(&Address, &Register)]) -> Markup {
        let lang = self.lang;
        html! {
            div.scroll role="group" aria-label=(office::answers(lang)) tabindex="0" {
                table {
                    thead {
                        tr {
                            th scope="col" { (office::item(lang)) }
                            th scope="col" { (office::value(lang)) }
                            th scope="col" { (office::author(lang)) }
                            th scope="col" { (office::recorded_at(lang)) }
                            th scope="col" { (office::accepted_at(lang)) }
                        }
                    }
                    tbody { @for (address, register) in registers { (self.rows(address, register)) } }
                }
            }
        }
    }

    fn rows(&self, address: &Address, register: &Register) -> Markup {
        let lang = self.lang;
        html! {
            @for (event, written) in register.current() {
                tr {
                    td { (self.subject(address)) }
                    td.words {
                        (words::value(&written.value, lang))
                        @if register.is_conflict() { " " span.mark { (office::conflict(lang)) } }
                    }
                    td { (self.record.author(&written.author)) }
                    td { (words::moment(written.at, lang)) }
                    td {
                        @if let Some(at) = self.record.accepted_at(event) { (words::moment(at, lang)) }
                    }
                }
            }
        }
    }

    fn subject(&self, address: &Address) -> Markup {
        let is_answer = address.field == Field::Answer;
        let field = html! { @if !is_answer { " " code { (address.field) } } };
        match &address.subject {
            Subject::Item(item) => html! { (self.library.question(item, self.lang)) (field) },
            Subject::Finding(finding) => {
                let item = self.record.state.finding(*finding).map(|finding| finding.item);
                html! { (self.library.question(item.unwrap_or(""), self.lang)) (field) }
            }
            Subject::Inspection => html! { (field) },
        }
    }

    /// What an event does, in words.
    pub(super) fn act(&self, entry: &Entry) -> String {
        words::act(entry.body.as_ref(), |subject| self.question(subject), self.lang)
    }

    fn question(&self, subject: &Subject) -> String {
        let item = match subject {
            Subject::Item(item) => item,
            Subject::Finding(finding) => self.record.item_of(*finding).unwrap_or(""),
            Subject::Inspection => "",
        };
        self.library.question(item, self.lang).to_owned()
    }

    fn held(&self) -> Markup {
        let (waiting, lang) = (self.record.waiting(), self.lang);
        html! {
            @if !waiting.is_empty() {
                h2 { (office::held_events(lang)) }
                p { (office::held_means(lang)) }
                (held::link(self.record, lang))
                div.scroll role="group" aria-label=(office::held_events(lang)) tabindex="0" {
                    table {
                        thead {
                            tr {
                                th scope="col" { (office::act(lang)) }
                                th scope="col" { (office::author(lang)) }
                                th scope="col" { (office::held_reason(lang)) }
                                th scope="col" { (office::recorded_at(lang)) }
                            }
                        }
                        tbody {
                            @for held in waiting.values().flatten() {
                                tr {
                                    td.words { (self.act(&held.entry)) }
                                    td { (self.record.author(&held.entry.author)) }
                                    td { (words::held_reason(held.reason, lang)) }
                                    td { (words::moment(held.entry.at, lang)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn decisions(&self) -> Markup {
        let (decided, lang) = (self.record.decided().collect::<Vec<_>>(), self.lang);
        html! {
            @if !decided.is_empty() {
                h2 { (custody::decisions(lang)) }
                div.scroll role="group" aria-label=(custody::decisions(lang)) tabindex="0" {
                    table {
                        thead {
                            tr {
                                th scope="col" { (office::act(lang)) }
                                th scope="col" { (office::author(lang)) }
                                th scope="col" { (custody::decided(lang)) }
                                th scope="col" { (office::reason(lang)) }
                                th scope="col" { (custody::decided_by(lang)) }
                                th scope="col" { (custody::decided_at(lang)) }
                            }
                        }
                        tbody { @for (held, judged) in decided { (self.decision(held, judged)) } }
                    }
                }
            }
        }
    }

    fn decision(&self, held: &Held, judged: &Judged) -> Markup {
        let lang = self.lang;
        let by = judged.by.and_then(|person| self.record.person(person));
        html! {
            tr data-decided=(held.entry.id) {
                td.words { (self.act(&held.entry)) }
                td { (self.record.author(&held.entry.author)) }
                td {
                    @match judged.verdict {
                        Verdict::Admitted => { (custody::was_admitted(lang)) }
                        Verdict::SetAside => {
                            (custody::was_set_aside(lang))
                            (held::admit_after_all(self.record, held.entry.id, lang))
                        }
                    }
                }
                td.words { (judged.reason) }
                td { (by.unwrap_or(custody::unknown_person(lang))) }
                td { (words::moment(judged.at, lang)) }
            }
        }
    }

    fn missing(&self) -> Markup {
        let (missing, lang) = (self.record.missing().collect::<Vec<_>>(), self.lang);
        html! {
            @if !missing.is_empty() {
                h2 id="missing" { (backup::missing(lang)) }
                p { (backup::missing_means(lang)) }
                div.scroll role="group" aria-label=(backup::missing(lang)) tabindex="0" {
                    table {
                        thead {
                            tr {
                                th scope="col" { (backup::missing_event(lang)) }
                                th scope="col" { (backup::named_by(lang)) }
                            }
                        }
                        tbody {
                            @for (event, by) in missing {
                                tr data-missing=(event) { td { code { (event) } } td { code { (by) } } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn verification(&self) -> Markup {
        let lang = self.lang;
        html! {
            h2 { (office::verification(lang)) }
            div.scroll role="group" aria-label=(office::verification(lang)) tabindex="0" {
                table {
                    thead {
                        tr {
                            th scope="col" { (office::journal(lang)) }
                            th scope="col" { (office::author(lang)) }
                            th.number scope="col" { (office::events(lang)) }
                            th scope="col" { (office::outcome(lang)) }
                        }
                    }
                    tbody {
                        @for checked in &self.record.journals {
                            tr {
                                td { code { (checked.journal) } }
                                td { (self.author_or_headquarters(checked)) }
                                td.number { (checked.events) }
                                td { (outcome(checked.fault.as_deref(), lang)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn author_or_headquarters(&self, checked: &record::Checked) -> String {
        if self.record.is_headquarters(&checked.author) {
            office::headquarters(self.lang).to_owned()
        } else {
            self.record.author(&checked.author)
        }
    }
}

fn outcome(fault: Option<&str>, lang: Lang) -> Markup {
    match fault {
        None => html! { (office::verified(lang)) },
        Some(fault) => html! { span.bad { (office::not_verified(lang)) } ": " (fault) },
    }
}
