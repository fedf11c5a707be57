//! The form: what was filled in stays filled in, and each fault stands beside its field.

use domain::act::Role;
use maud::{Markup, html};
use texts::search::{Query, fold};
use texts::{Lang, clerk as t, format, office};

use super::{Fault, Offer, is_for, read};
use crate::office::clerk::Clerk;
use crate::office::fields::{self, Field};
use crate::office::filled::Filled;
use crate::office::lists::in_lang;
use crate::office::overview::Place;
use crate::office::{layout, team};

/// The most known establishments that a search names.
const FOUND: usize = 20;

pub(super) fn page(
    clerk: &Clerk,
    offer: &Offer,
    filled: &Filled,
    find: &str,
    faults: &[Fault],
) -> Markup {
    let form = Form { offer, filled, faults, lang: clerk.lang };
    let (lang, chosen) = (clerk.lang, read::chosen(filled, offer));
    let body = html! {
        h1 { (t::plan_title(lang)) }
        p.quiet { (t::plan_lead(lang)) }
        @if !faults.is_empty() { (form.summary()) }
        @if chosen.is_none() && !offer.known.is_empty() { (form.search(find)) }
        form.sheet method="post" action="/office/inspections/new" {
            @match chosen {
                Some(place) => (form.chosen(place)),
                None => (form.new_establishment()),
            }
            (form.when_and_why())
            (form.team())
            (form.checklists(chosen.map_or(filled.one("kind"), |place| &place.kind)))
            p { button { (t::submit_plan(lang)) } }
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
        fields::summary(office::form_faults(self.lang), faults)
    }

    fn search(&self, find: &str) -> Markup {
        let lang = self.lang;
        html! {
            section aria-labelledby="known" {
                h2 id="known" { (t::known_establishments(lang)) }
                form.filters method="get" action="/office/inspections/new" role="search" {
                    label {
                        (t::find_establishment(lang))
                        input type="search" name="find" value=(find) placeholder=(t::search_hint(lang));
                    }
                    div.actions { button.second { (t::find(lang)) } }
                }
                @if !find.is_empty() { (self.found(find)) }
            }
        }
    }

    fn found(&self, find: &str) -> Markup {
        let (lang, query) = (self.lang, Query::new(find));
        let is_found =
            |place: &&Place| query.is_in(&fold(&format!("{} {}", place.name, place.address)));
        let mut found = self.offer.known.values().filter(is_found).collect::<Vec<_>>();
        found.sort_by_key(|place| (fold(&place.name), place.establishment));
        html! {
            @if found.is_empty() { p.empty { (t::found_none(lang)) } }
            ul.found {
                @for place in found.iter().take(FOUND) {
                    li {
                        a.row href={ "/office/inspections/new?known=" (place.establishment) } {
                            (t::choose_this(lang, &place.name))
                        }
                        p.quiet {
                            (in_lang(&place.kind_words, lang)) " · " (place.address) " · "
                            (t::last_inspected(lang, &format::day(lang, place.on)))
                        }
                    }
                }
            }
            @if found.len() > FOUND { p.quiet { (t::found_more(lang, found.len() - FOUND)) } }
        }
    }

    fn chosen(&self, place: &Place) -> Markup {
        let lang = self.lang;
        html! {
            fieldset id="establishment" {
                legend { (t::chosen_establishment(lang)) }
                input type="hidden" name="known" value=(place.establishment);
                dl {
                    dt { (office::establishment_name(lang)) } dd { (place.name) }
                    dt { (office::kind(lang)) } dd { (in_lang(&place.kind_words, lang)) }
                    dt { (office::address(lang)) } dd { (place.address) }
                }
                p.actions { a href="/office/inspections/new" { (t::another_establishment(lang)) } }
            }
        }
    }

    fn new_establishment(&self) -> Markup {
        let lang = self.lang;
        let kinds = &self.offer.library.law.establishment_kinds;
        html! {
            fieldset {
                legend { (t::new_establishment(lang)) }
                (self.text("establishment", office::establishment_name(lang)))
                (fields::labelled(&self.field("kind", office::kind(lang)), html! {
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
                (fields::day(&self.field("on", office::day(lang)), on))
                (self.text("reason", office::reason(lang)))
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
                        @match tablets {
                            0 => span.mark.warn { (t::no_tablet(lang)) },
                            _ => span.quiet { (t::tablets_of(lang, *tablets)) },
                        }
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

    fn text(&self, name: &'static str, label: &'static str) -> Markup {
        fields::text(&self.field(name, label), self.filled.one(name))
    }

    fn field(&self, name: &'static str, label: &'static str) -> Field<'static> {
        Field { name, label, fault: self.fault(name) }
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        self.fault(name).map(|_| "true")
    }

    fn described(&self, name: &str) -> Option<String> {
        self.fault(name).map(|_| format!("{name}-fault"))
    }
}
