//! `/office/inspections/{id}`: what was recorded, by whom and when, and whether it verifies.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::act::Role;
use domain::finding::Finding;
use domain::ids::InspectionId;
use domain::register::{Address, Field, Subject};
use domain::state::Entry;
use maud::{Markup, html};
use sync::recall::Verdict;
use texts::{Lang, backup, clerk as clerk_texts, custody, office};

use super::cite::{self, Cited};
use super::clerk::Clerk;
use super::filled::Filled;
use super::library::Library;
use super::listing::{Tone, mark};
use super::lists::inspections;
use super::overview::{self, Digest, Overview};
use super::record::{self, Held, Judged, Record};
use super::recorded::Recorded;
use super::teammates::{self, Teammate};
use super::trouble::{Told, Trouble};
use super::{answers, cards, held, layout, remedy, sharing, team, words};
use crate::access::Right;
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
    fault: Option<(team::Fault, &Filled)>,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let (record, library) = load(headquarters, id, lang).await?;
    let roles = team::roles(headquarters, record.id).await;
    let roles = roles.map_err(|fault| Told(fault.into(), lang))?;
    let recorded = roles.iter().filter(|known| known.role != Role::None);
    let recorded = recorded.map(|known| (known.person.clone(), known.role)).collect::<Vec<_>>();
    let mates = teammates::with_recorded(&teammates::of_stream(&record), &recorded);
    let overview = overview::load(headquarters, clerk.scope()).await;
    let overview = overview.map_err(|fault| Told(fault.into(), lang))?;
    let judges = clerk.may(Right::Judge);
    let view = View { record: &record, library: &library, judges, lang };
    let units = sharing::Section::load(headquarters, record.id).await;
    let units = units.map_err(|fault| Told(fault.into(), lang))?;
    let title = view.title();
    let body = html! {
        p.actions { a href="/office/inspections" { (clerk_texts::all_inspections(lang)) } }
        h1 { (title) }
        @if let Some((fault, _)) = fault { (team::summary(fault, lang)) }
        @if let Some(digest) = overview.digests.iter().find(|digest| digest.id == record.id) {
            (view.standing(digest))
        }
        (view.cancelled())
        (view.facts_of_opening(&mates))
        (view.elsewhere(&overview))
        (view.ways(clerk))
        @if record.state.cancelled().is_none() && clerk.may(Right::Plan) { (team::form(record.id, &roles, fault, lang)) }
        @if clerk.may(Right::Plan) { (units.draw(record.id, clerk)) }
        (view.findings())
        (answers::conflicts(&view))
        (view.held())
        (view.decisions())
        (view.missing())
        (answers::sections(&view))
        (view.verification())
    };
    let title = title.as_str();
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
    /// Whether whoever looks may decide about held events.
    pub(super) judges: bool,
    pub(super) lang: Lang,
}

impl View<'_> {
    /// Where, and on which day.
    fn title(&self) -> String {
        match self.record.opening() {
            Some(opening) => {
                let day = texts::format::day(self.lang, opening.on);
                format!("{}, {day}", opening.establishment.name)
            }
            None => office::not_opened(self.lang).to_owned(),
        }
    }

    /// How far it has come, and what it waits for.
    fn standing(&self, digest: &Digest) -> Markup {
        let (lang, waiting) =
            (self.lang, self.record.waiting().values().map(Vec::len).sum::<usize>());
        html! {
            div.marks.standing {
                (inspections::stage_mark(digest.stage(), lang))
                @if digest.asked > 0 {
                    span {
                        progress max=(digest.asked) value=(digest.answered.min(digest.asked)) aria-hidden="true" {}
                        " " a.line href="#answers" { (clerk_texts::items_of(lang, digest.answered, digest.asked)) }
                    }
                }
                a.line href="#findings" { (clerk_texts::findings_count(lang, digest.standing().count())) }
                @if digest.conflicts > 0 { a.line href="#conflicts" { (mark(Tone::Warn, &clerk_texts::conflicts_count(lang, digest.conflicts))) } }
                @if waiting > 0 { a.line href="#held" { (mark(Tone::Warn, &clerk_texts::held_waiting(lang, waiting))) } }
                @if digest.waits_for_decision() { (mark(Tone::Warn, office::no_decision(lang))) }
            }
        }
    }

    /// Other inspections of the same establishment, the last day first.
    fn elsewhere(&self, overview: &Overview) -> Markup {
        let here = self.record.opening().map(|opening| opening.establishment.id);
        let others = overview.digests.iter().filter(|digest| digest.id != self.record.id);
        let others = others.filter_map(|digest| Some((digest, digest.place.as_ref()?)));
        let others = others.filter(|(_, place)| Some(place.establishment) == here);
        let mut others = others.collect::<Vec<_>>();
        others.sort_by_key(|(_, place)| std::cmp::Reverse(place.on));
        let lang = self.lang;
        html! {
            @if !others.is_empty() {
                details {
                    summary { (clerk_texts::other_inspections(lang, others.len())) }
                    ul {
                        @for (digest, place) in others {
                            li {
                                a.line href={ "/office/inspections/" (digest.id) } { (texts::format::day(lang, place.on)) }
                                " " (inspections::stage_mark(digest.stage(), lang))
                            }
                        }
                    }
                }
            }
        }
    }

    /// What leads on from here, by what it is for.
    fn ways(&self, clerk: &Clerk) -> Markup {
        let (lang, id) = (self.lang, self.record.id);
        let to = |rest: &str, words: &str| html! { a href={ "/office/inspections/" (id) "/" (rest) } { (words) } };
        html! {
            div.ways {
                nav aria-label=(clerk_texts::work_group(lang)) {
                    h2 { (clerk_texts::work_group(lang)) }
                    (to("timeline", clerk_texts::timeline(lang)))
                    @if self.record.opening().is_some() && self.record.state.cancelled().is_none() && clerk.may(Right::Plan) {
                        (to("plan", clerk_texts::correct_plan(lang)))
                    }
                    @if let Some(opening) = self.record.opening() && clerk.may_anywhere(Right::Plan) {
                        a.button href={ "/office/inspections/new?known=" (opening.establishment.id) } { (clerk_texts::plan_again(lang)) }
                    }
                }
                nav aria-label=(clerk_texts::documents_group(lang)) {
                    h2 { (clerk_texts::documents_group(lang)) }
                    (to("inspection-minutes", office::inspection_minutes(lang)))
                    @if self.record.state.findings().iter().any(|finding| finding.withdrawn.is_none()) {
                        (to("violation-record", office::violation_record(lang)))
                    } @else {
                        span.quiet { (clerk_texts::no_violation_record(lang)) }
                    }
                }
                nav aria-label=(clerk_texts::downloads_group(lang)) {
                    h2 { (clerk_texts::downloads_group(lang)) }
                    (to("findings.xlsx", office::findings_xlsx(lang)))
                    (to("answers.xlsx", office::answers_xlsx(lang)))
                    (to("timeline.xlsx", office::timeline_xlsx(lang)))
                    (to("findings.csv", office::findings_csv(lang)))
                    (to("answers.csv", office::answers_csv(lang)))
                }
            }
        }
    }

    fn facts_of_opening(&self, mates: &[Teammate]) -> Markup {
        let lang = self.lang;
        let Some(opened) = self.record.state.opened() else { return html! {} };
        let opening = &opened.opening;
        html! {
            dl {
                dt { (office::kind(lang)) } dd { (self.library.kind(&opening.establishment.kind, lang)) }
                dt { (office::address(lang)) } dd { (opening.establishment.address) }
                dt { (office::day(lang)) } dd { (texts::format::day(lang, opening.on)) }
                dt { (office::decision(lang)) } dd {
                    (words::decision(self.record.state.decision(), lang))
                    @if let Some(decision) = &opening.decision && self.record.state.decision() == Some(&decision.number) {
                        ", " (texts::format::day(lang, decision.on))
                    }
                }
                dt { (office::reason(lang)) } dd { (opening.reason) }
                @if !self.library.checklists.is_empty() {
                    dt { (office::checklists(lang)) }
                    dd { (self.library.checklists.iter().map(|list| lang.pick(&list.title.vi, &list.title.en).as_str()).collect::<Vec<_>>().join(", ")) }
                }
                dt { (office::team(lang)) } dd { (teammates::line(mates, lang)) }
                @if let Some((by, at)) = self.record.opened_by(lang) {
                    dt { (office::opened_by(lang)) } dd { (by) ", " (words::moment(at, lang)) }
                }
            }
        }
    }

    fn cancelled(&self) -> Markup {
        let Some(cancelled) = self.record.state.cancelled() else { return html! {} };
        let lang = self.lang;
        let by = cancelled.by.and_then(|person| self.record.person(person));
        html! {
            div.banner.warn {
                p {
                    strong { (clerk_texts::cancelled_inspection(lang, &cancelled.reason)) } " "
                    (by.unwrap_or(custody::unknown_person(lang))) ", " (words::moment(cancelled.at, lang))
                }
                @if let Some(recorded) = Recorded::of(&self.record.state).words(lang) {
                    p { (clerk_texts::kept_of_cancelled(lang, &recorded)) }
                }
            }
        }
    }

    fn findings(&self) -> Markup {
        let findings = self.record.state.findings();
        html! {
            h2 id="findings" { (office::findings(self.lang)) }
            @if findings.is_empty() { p { (office::no_findings(self.lang)) } }
            @for finding in &findings { (self.finding(finding)) }
        }
    }

    fn finding(&self, finding: &Finding<'_>) -> Markup {
        let lang = self.lang;
        let accepted = self.record.finding_accepted_at(finding.id);
        html! {
            article.finding.withdrawn[finding.withdrawn.is_some()] id={ "finding-" (finding.id) } data-finding=(finding.id) {
                h3 { (self.library.question(finding.item, lang)) }
                @if let Some(reason) = finding.withdrawn {
                    p { span.mark { (office::withdrawn(lang)) } " " (reason) }
                }
                dl {
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
                details {
                    summary { (clerk_texts::technical(lang)) }
                    dl { dt { (clerk_texts::item_id(lang)) } dd { code { (finding.item) } } }
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

    pub(super) fn subject(&self, address: &Address) -> Markup {
        let is_answer = address.field == Field::Answer;
        let field = html! { @if !is_answer { " · " (words::field(&address.field, self.lang)) } };
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
        let heads = [
            office::act(lang),
            office::author(lang),
            office::held_reason(lang),
            office::recorded_at(lang),
        ];
        html! {
            @if !waiting.is_empty() {
                h2 id="held" { (office::held_events(lang)) }
                p { (office::held_means(lang)) }
                (held::link(self.record, lang))
                (cards::table(office::held_events(lang), &heads, &html! {
                    @for held in waiting.values().flatten() {
                        tr role="row" {
                            (cards::cells(&heads, &[
                                html! { (self.act(&held.entry)) },
                                html! { (self.record.author(&held.entry.author)) },
                                html! { (words::held_reason(held.reason, lang)) },
                                words::moment(held.entry.at, lang),
                            ]))
                        }
                    }
                }))
            }
        }
    }

    fn decisions(&self) -> Markup {
        let (decided, lang) = (self.record.decided().collect::<Vec<_>>(), self.lang);
        let heads = [
            office::act(lang),
            office::author(lang),
            custody::decided(lang),
            office::reason(lang),
            custody::decided_by(lang),
            custody::decided_at(lang),
        ];
        html! {
            @if !decided.is_empty() {
                h2 { (custody::decisions(lang)) }
                (cards::table(custody::decisions(lang), &heads, &html! {
                    @for (held, judged) in decided {
                        tr role="row" data-decided=(held.entry.id) {
                            (cards::cells(&heads, &self.decision(held, judged)))
                        }
                    }
                }))
            }
        }
    }

    fn decision(&self, held: &Held, judged: &Judged) -> [Markup; 6] {
        let lang = self.lang;
        let by = judged.by.and_then(|person| self.record.person(person));
        let verdict = html! {
            @match judged.verdict {
                Verdict::Admitted => (custody::was_admitted(lang)),
                Verdict::SetAside => {
                    (custody::was_set_aside(lang))
                    @if self.judges { (held::admit_after_all(self.record, held.entry.id, lang)) }
                }
            }
        };
        [
            html! { (self.act(&held.entry)) },
            html! { (self.record.author(&held.entry.author)) },
            verdict,
            html! { (judged.reason) },
            html! { (by.unwrap_or(custody::unknown_person(lang))) },
            words::moment(judged.at, lang),
        ]
    }

    fn missing(&self) -> Markup {
        let (missing, lang) = (self.record.missing().collect::<Vec<_>>(), self.lang);
        let heads = [backup::missing_event(lang), backup::named_by(lang)];
        html! {
            @if !missing.is_empty() {
                h2 id="missing" { (backup::missing(lang)) }
                p { (backup::missing_means(lang)) }
                (cards::table(backup::missing(lang), &heads, &html! {
                    @for (event, by) in missing {
                        tr role="row" data-missing=(event) {
                            (cards::cells(&heads, &[html! { code { (event) } }, html! { code { (by) } }]))
                        }
                    }
                }))
            }
        }
    }

    fn verification(&self) -> Markup {
        let lang = self.lang;
        let heads = [
            office::journal(lang),
            office::author(lang),
            office::events(lang),
            office::outcome(lang),
        ];
        html! {
            h2 { (office::verification(lang)) }
            (cards::table(office::verification(lang), &heads, &html! {
                @for checked in &self.record.journals {
                    tr role="row" {
                        (cards::cells(&heads, &[
                            html! { code { (checked.journal) } },
                            html! { (self.author_or_headquarters(checked)) },
                            html! { (checked.events) },
                            outcome(checked.fault.as_deref(), lang),
                        ]))
                    }
                }
            }))
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
