//! The form: what was filled in stays filled in, and each fault stands beside its field.

use domain::act::Role;
use maud::{Markup, html};
use texts::search::{Query, fold};
use texts::{Lang, clerk as t, format, office};

use super::{Fault, HERE, Known, Offer, is_for, read};
use crate::office::clerk::Clerk;
use crate::office::fields::{self, Field, must};
use crate::office::filled::Filled;
use crate::office::lists::in_lang;
use crate::office::{layout, sharing, team};

/// The most known establishments that a search names.
const FOUND: usize = 20;

pub(super) fn page(clerk: &Clerk, offer: &Offer, filled: &Filled, faults: &[Fault]) -> Markup {
    let form = Form { offer, filled, faults, lang: clerk.lang };
    let (lang, chosen) = (clerk.lang, read::chosen(filled, offer));
    let body = html! {
        h1 { (t::plan_title(lang)) }
        p.quiet { (t::plan_lead(lang)) " " (t::required_means(lang)) }
        @if !faults.is_empty() { (form.summary()) }
        // One form: whichever button is pressed, everything that was written comes back.
        form.sheet method="post" action=(HERE) {
            @match chosen {
                Some(known) => (form.chosen(known)),
                None => {
                    @if !offer.known.is_empty() { (form.search()) }
                    (form.new_establishment())
                },
            }
            (form.when_and_why())
            (sharing::choice(&offer.units, filled.one("unit"), lang))
            (form.team())
            (form.checklists(chosen.map_or(filled.one("kind"), |known| &known.place.kind)))
            p { button name="save" value="1" { (t::submit_plan(lang)) } }
        }
    };
    layout::page(lang, t::plan_title(lang), Some(clerk), &body)
}

struct Form<'a> {
    offer: &'a Offer,
    filled: &'a Filled,
    faults: &'a [Fault],
    lang: Lang,
}

impl Form<'_> {
    fn fault(&self, field: &str) -> Option<&'static str> {
        let fault = self.faults.iter().find(|fault| fault.field() == field);
        fault.map(|fault| fault.sentence(self.lang))
    }

    fn summary(&self) -> Markup {
        let faults = self.faults.iter().map(|fault| (fault.field(), fault.sentence(self.lang)));
        fields::summary(t::plan_not_saved(self.lang), faults)
    }

    fn search(&self) -> Markup {
        let (lang, find) = (self.lang, self.filled.one("find"));
        html! {
            fieldset id="known" {
                legend { (t::known_establishments(lang)) }
                div.field {
                    label for="find" { (t::find_establishment(lang)) }
                    input id="find" type="search" name="find" value=(find) aria-describedby="find-hint";
                    p.quiet id="find-hint" { (t::search_hint(lang)) }
                }
                p { button.second name="search" value="1" formaction={ (HERE) "#known" } { (t::find(lang)) } }
                @if !find.is_empty() { (self.found(find)) }
            }
        }
    }

    fn found(&self, find: &str) -> Markup {
        let (lang, query) = (self.lang, Query::new(find));
        let is_found = |known: &&Known| {
            query.is_in(&fold(&format!("{} {}", known.place.name, known.place.address)))
        };
        let mut found = self.offer.known.values().filter(is_found).collect::<Vec<_>>();
        found.sort_by_key(|known| (fold(&known.place.name), known.place.establishment));
        html! {
            @if found.is_empty() { p.empty { (t::found_none(lang)) } }
            ul.found {
                @for known in found.iter().take(FOUND) { (self.one_found(known)) }
            }
            @if found.len() > FOUND { p.quiet { (t::found_more(lang, found.len() - FOUND)) } }
        }
    }

    fn one_found(&self, known: &Known) -> Markup {
        let (lang, place) = (self.lang, &known.place);
        html! {
            li {
                button.second name="choose" value=(place.establishment)
                    formaction={ (HERE) "#establishment" } { (t::choose_this(lang, &place.name)) }
                p.quiet {
                    (in_lang(&place.kind_words, lang)) " · " (place.address)
                    @if let Some(day) = known.last { " · " (t::last_inspected(lang, &format::day(lang, day))) }
                    @if let Some(day) = known.planned { " · " (t::planned_for(lang, &format::day(lang, day))) }
                }
            }
        }
    }

    fn chosen(&self, known: &Known) -> Markup {
        let (lang, place) = (self.lang, &known.place);
        html! {
            fieldset id="establishment" {
                legend { (t::chosen_establishment(lang)) }
                input type="hidden" name="known" value=(place.establishment);
                // What was typed for a new one comes back with it.
                @for name in ["find", "establishment", "kind", "address"] {
                    @if self.filled.has(name) { input type="hidden" name=(name) value=(self.filled.one(name)); }
                }
                dl {
                    dt { (office::establishment_name(lang)) } dd { (place.name) }
                    dt { (office::kind(lang)) } dd { (in_lang(&place.kind_words, lang)) }
                    dt { (office::address(lang)) } dd { (place.address) }
                    @if let Some(day) = known.planned {
                        dt { (t::already_planned(lang)) } dd { (format::day(lang, day)) }
                    }
                }
                p {
                    button.second name="another" value="1" formaction={ (HERE) "#known" } {
                        (t::another_establishment(lang))
                    }
                }
            }
        }
    }

    fn new_establishment(&self) -> Markup {
        let lang = self.lang;
        let kinds = &self.offer.library.law.establishment_kinds;
        html! {
            fieldset {
                legend { (t::new_establishment(lang)) }
                (self.text("establishment", &must(office::establishment_name(lang))))
                (fields::labelled(&self.field("kind", &must(office::kind(lang))), html! {
                    select id="kind" name="kind" aria-invalid=[self.invalid("kind")] aria-describedby=[self.described("kind")] {
                        option value="" {}
                        @for term in kinds {
                            option value=(term.id) selected[self.filled.one("kind") == term.id] {
                                (in_lang(&term.words, lang))
                            }
                        }
                    }
                }))
                (self.text("address", office::address(lang)))
            }
        }
    }

    fn when_and_why(&self) -> Markup {
        let lang = self.lang;
        let today = self.offer.today.to_string();
        let on = if self.filled.has("on") { self.filled.one("on") } else { &today };
        html! {
            fieldset {
                legend { (t::when_and_why(lang)) }
                (fields::day(&self.field("on", &must(office::day(lang))), on))
                (self.text("reason", &must(office::reason(lang))))
                (self.text("decision", t::decision_number(lang)))
                (fields::day(&self.field("decision_on", office::decision_on(lang)), self.filled.one("decision_on")))
                p.quiet { (t::decision_pending_hint(lang)) }
            }
        }
    }

    fn team(&self) -> Markup {
        let lang = self.lang;
        html! {
            fieldset id="team" aria-describedby=[self.described("team")] {
                legend { (office::team(lang)) }
                p.quiet { (t::team_hint(lang)) }
                (fields::fault("team", self.fault("team")))
                @for (person, tablets) in &self.offer.persons {
                    div.person {
                        (team::choice(person, team::chosen(self.filled, person.id).unwrap_or(Role::None), lang))
                        (team::tablets(*tablets, lang))
                    }
                }
            }
        }
    }

    fn checklists(&self, kind: &str) -> Markup {
        let lang = self.lang;
        html! {
            fieldset id="checklists" aria-describedby=[self.described("checklists")] {
                legend { (office::checklists(lang)) }
                p.quiet { (t::checklists_hint(lang)) }
                (fields::fault("checklists", self.fault("checklists")))
                @for list in self.offer.checklists(kind) {
                    // Of a kind that is known, what does not fit cannot be chosen.
                    @if kind.is_empty() || is_for(list, kind) || self.filled.all("checklist").contains(&list.id) {
                        label.choice {
                            input type="checkbox" name="checklist" value=(list.id)
                                checked[self.filled.all("checklist").contains(&list.id)];
                            span {
                                (in_lang(&list.title, lang))
                                span.quiet.kinds { (t::for_kinds(lang, &self.kinds_of(list))) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn kinds_of(&self, list: &domain::checklist::Checklist) -> String {
        let kinds = list.establishment_kinds.iter();
        let kinds = kinds.map(|kind| self.offer.library.kind(kind, self.lang));
        kinds.collect::<Vec<_>>().join(", ")
    }

    fn text(&self, name: &'static str, label: &str) -> Markup {
        fields::text(&self.field(name, label), self.filled.one(name))
    }

    fn field<'f>(&self, name: &'static str, label: &'f str) -> Field<'f> {
        Field { name, label, fault: self.fault(name) }
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        self.fault(name).map(|_| "true")
    }

    fn described(&self, name: &str) -> Option<String> {
        self.fault(name).map(|_| format!("{name}-fault"))
    }
}
