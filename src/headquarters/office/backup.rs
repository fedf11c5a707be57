//! `/office/backup`: how much of the record is in a backup, and after a restore what is missing.
//!
//! It says what can be seen and no more: the end of a journal that only a silent tablet has is
//! named by that tablet's silence.

use std::sync::Arc;

use axum::extract::State;
use domain::moment::Moment;
use maud::{Markup, html};
use texts::{Lang, backup, office, pieces as t};

use super::clerk::Clerk;
use super::listing::{Tone, mark};
use super::overview::{self, Digest};
use super::pieces::OnDisk;
use super::trouble::Told;
use super::{cards, layout, words};
use crate::access::Right;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::StoreFault;
use crate::store::meta::{self, Restoration};
use crate::store::people::{self, Seat};

/// A backup that is older than this, in days, is too old once something has come since: one
/// night's backup may fail without a word, two may not.
const OLD_DAYS: i64 = 2;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Why a backup is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// There is none, and something to lose.
    Never,
    /// The last one was made so many days ago, and something has come since.
    Old(i64),
}

impl Due {
    /// Why a backup is to be made by now; `None` where there is no need.
    pub(super) async fn load(
        headquarters: &Headquarters,
        now: Moment,
    ) -> Result<Option<Self>, StoreFault> {
        let db = headquarters.store.readers();
        let positions = meta::positions(db).await?;
        let covered = meta::durable_through(db).await?.unwrap_or(0);
        Ok(Self::of(positions.saturating_sub(covered), meta::backup_at(db).await?, now))
    }

    /// `uncovered` events are in no backup.
    fn of(uncovered: u64, backup_at: Option<Moment>, now: Moment) -> Option<Self> {
        let days = backup_at.map(|at| now.since_ms(at) / DAY_MS);
        match days {
            _ if uncovered == 0 => None,
            None => Some(Self::Never),
            Some(days) => (days >= OLD_DAYS).then_some(Self::Old(days)),
        }
    }

    /// What is wrong, and the next step.
    pub(super) fn words(self, lang: Lang) -> String {
        match self {
            Self::Never => backup::due_never(lang).to_owned(),
            Self::Old(days) => backup::due_old(lang, days),
        }
    }
}

/// What the page says.
struct Standing {
    due: Option<Due>,
    positions: u64,
    durable_through: u64,
    backup_at: Option<Moment>,
    restoration: Option<Restoration>,
    seats: Vec<Seat>,
    missing: Vec<Arc<Digest>>,
    on_disk: OnDisk,
}

impl Standing {
    async fn load(headquarters: &Headquarters, clerk: &Clerk) -> Result<Self, StoreFault> {
        let db = headquarters.store.readers();
        let overview = overview::load(headquarters, clerk.scope()).await?;
        let on_disk = OnDisk::look(&headquarters.pieces, overview.pieces()).await;
        let mut missing = overview.digests;
        missing.retain(|digest| digest.missing > 0);
        Ok(Self {
            due: Due::load(headquarters, clock::now()).await?,
            positions: meta::positions(db).await?,
            durable_through: meta::durable_through(db).await?.unwrap_or(0),
            backup_at: meta::backup_at(db).await?,
            restoration: meta::restoration(db).await?,
            seats: people::seats(db).await?,
            missing,
            on_disk,
        })
    }

    /// The seats in use that have been silent since the restore.
    fn silent(&self, since: Moment) -> Vec<&Seat> {
        let in_use = self.seats.iter().filter(|seat| seat.revocation.is_none());
        in_use.filter(|seat| seat.last_contact < since).collect()
    }
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let standing = Standing::load(&headquarters, &clerk).await;
    let standing = standing.map_err(|fault| Told(fault.into(), lang))?;
    let body = html! {
        h1 { (backup::backup(lang)) }
        (made(&standing, lang))
        h2 { (backup::restored(lang)) }
        @match &standing.restoration {
            None => { p { (backup::never_restored(lang)) } }
            Some(restoration) => { (restored(&standing, restoration, lang)) }
        }
        (missing(&standing, clerk.may_anywhere(Right::ReadFindings), lang))
        (pieces(&standing.on_disk, lang))
    };
    Ok(layout::page(lang, backup::backup(lang), Some(&clerk), &body))
}

fn made(standing: &Standing, lang: Lang) -> Markup {
    let Standing { positions, durable_through, .. } = standing;
    html! {
        @if let Some(due) = standing.due { p.banner.warn { (due.words(lang)) } }
        dl {
            dt { (backup::last_backup(lang)) }
            dd {
                @match standing.backup_at {
                    Some(at) => { (words::moment(at, lang)) }
                    None => { (mark(Tone::Bad, backup::never(lang))) }
                }
            }
        }
        @if durable_through < positions { p { (backup::covered(lang, *durable_through, *positions)) } }
        @else if *positions == 0 { p { (backup::nothing_to_cover(lang)) } }
        @else { p { (backup::all_covered(lang)) } }
        p { (backup::tell_operator(lang)) }
        details {
            summary { (office::for_operators(lang)) }
            p.quiet { (words::with_commands(backup::make_one(lang))) }
        }
    }
}

fn restored(standing: &Standing, restoration: &Restoration, lang: Lang) -> Markup {
    let Restoration { at, backup_at, positions } = *restoration;
    let silent = standing.silent(at);
    html! {
        dl {
            dt { (backup::restored_at(lang)) } dd { (words::moment(at, lang)) }
            dt { (backup::backup_of(lang)) }
            dd { (words::moment(backup_at, lang)) ", " (backup::backup_had(lang, positions)) }
        }
        p { (backup::since_then(lang, standing.positions.saturating_sub(positions))) }
        h2 { (backup::not_back(lang)) }
        @if silent.is_empty() { p { (backup::all_back(lang)) } }
        @else { p { (backup::not_back_means(lang)) } (seats(&silent, lang)) }
        p.quiet { (backup::enrolled_later(lang)) }
        h2 { (backup::not_resupplied(lang)) }
        p { (backup::not_resupplied_means(lang)) }
    }
}

fn seats(seats: &[&Seat], lang: Lang) -> Markup {
    let heads = [office::person(lang), office::app(lang), office::last_contact(lang)];
    let row = |seat: &Seat| {
        let last_contact = words::moment(seat.last_contact, lang);
        [html! { (seat.person.name) }, html! { (seat.app) }, last_contact]
    };
    let rows = html! {
        @for seat in seats {
            tr role="row" data-silent=(seat.id) { (cards::cells(&heads, &row(seat))) }
        }
    };
    cards::table(backup::not_back(lang), &heads, &rows)
}

fn missing(standing: &Standing, reads: bool, lang: Lang) -> Markup {
    html! {
        h2 { (backup::missing(lang)) }
        @if standing.missing.is_empty() {
            p { (backup::none_missing(lang)) }
        } @else {
            p { (words::with_commands(backup::missing_means(lang))) }
            ul {
                @for digest in &standing.missing {
                    li data-missing-in=(digest.id) {
                        @if reads {
                            a href={ "/office/inspections/" (digest.id) "#missing" } { (place(digest, lang)) }
                        } @else { (place(digest, lang)) }
                        ": " (backup::missing_of(lang, u64::try_from(digest.missing).unwrap_or(u64::MAX)))
                    }
                }
            }
        }
        p.quiet { (backup::none_missing_means(lang)) }
    }
}

fn place(digest: &Digest, lang: Lang) -> &str {
    digest.place.as_ref().map_or(office::not_opened(lang), |place| &place.name)
}

/// Which pieces they are, the pages of the remedies say.
fn pieces(on_disk: &OnDisk, lang: Lang) -> Markup {
    let (all, gone) = on_disk.counts();
    html! {
        h2 { (t::pieces(lang)) }
        @if all == 0 { p { (t::none_named(lang)) } }
        @else if gone == 0 { p data-pieces=(all) { (t::all_here(lang, all)) } }
        @else { p.banner.warn data-pieces=(all) data-pieces-gone=(gone) { (t::not_here(lang, gone, all)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_due_when_something_is_in_none_and_two_nights_have_passed() {
        let now = Moment(100 * DAY_MS);
        let days_ago = |days: i64| Some(Moment(now.0 - days * DAY_MS));
        let cases = [
            (0, None, None),
            (1, None, Some(Due::Never)),
            (1, days_ago(1), None),
            (1, days_ago(2), Some(Due::Old(2))),
            (0, days_ago(90), None),
        ];
        for (uncovered, backup_at, due) in cases {
            assert_eq!(Due::of(uncovered, backup_at, now), due, "{uncovered} since {backup_at:?}");
        }
    }
}
