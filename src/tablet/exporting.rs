//! The file with everything that headquarters has not accepted, sealed to headquarters and to
//! the team.
//!
//! Making it changes nothing: an event is sent when headquarters says so, and only then.

use std::collections::BTreeSet;
use std::rc::Rc;

use domain::ids::{EnvelopeKey, InspectionId};
use domain::moment::Moment;
use domain::order;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use proof::envelope::{self, Entropy, SealFault};
use screens::seam::{Export, ExportTrouble, StoreTrouble};
use storage::contract::{Fault, OwnJournal};
use sync::message::bundle::{Bundle, EXTENSION, MAX_BUNDLE_BYTES, MEDIA_TYPE};
use sync::message::push::Part;
use sync::replica::Run;
use web_sys::{Blob, BlobPropertyBag, Url};

use crate::outbox::{Outbox, OutboxFault};
use crate::seat::Seat;
use crate::tablet::Tablet;
use crate::{Facts, browser, record, trouble};

/// Makes the file and shows where it is.
pub(crate) async fn prepare(tablet: &Rc<Tablet>) {
    let made = match tablet.facts_and_seat() {
        Some((facts, seat)) => make(&facts, &seat).await,
        None => Err(ExportTrouble::Store(StoreTrouble::Unavailable)),
    };
    show(tablet, made.unwrap_or_else(Export::Failed));
}

/// Nobody looks at the file any more.
pub(crate) fn forget(tablet: &Tablet) {
    show(tablet, Export::Idle);
}

fn show(tablet: &Tablet, export: Export) {
    let before = tablet.board.export.get_untracked();
    tablet.board.export.set(export);
    if let Export::Ready { href, .. } = before {
        // An address that is none any more is gone already.
        let _ = Url::revoke_object_url(&href);
    }
}

async fn make(facts: &Facts, seat: &Seat) -> Result<Export, ExportTrouble> {
    let parts = parts(facts, seat).await?;
    let events = parts.iter().map(|part| part.events.len() as u64).sum();
    if events == 0 {
        return Ok(Export::Nothing);
    }
    let recipients = recipients(facts, seat, &parts).await?;
    let sealed = seal(&Bundle { parts }.to_bytes(), &recipients)?;
    let href =
        address(&sealed, MEDIA_TYPE).ok_or(ExportTrouble::Store(StoreTrouble::Unavailable))?;
    Ok(Export::Ready { href, file_name: file_name(browser::now()), events })
}

async fn parts(facts: &Facts, seat: &Seat) -> Result<Vec<Part>, ExportTrouble> {
    let mut outbox = Outbox::new(facts, seat, MAX_BUNDLE_BYTES);
    let own = facts.tips().await.map_err(|fault| store(&fault))?.rows;
    for own in own.iter().filter(|own| own.pending() > 0) {
        add(&mut outbox, own).await?;
    }
    if facts.is_survey_due().await.map_err(|fault| store(&fault))? {
        let survey = facts.survey(&seat.headquarters()).await.map_err(|fault| store(&fault))?;
        for carry in &survey.carried {
            outbox.add_carried(carry).await.map_err(|fault| fault_of(&fault))?;
        }
    }
    Ok(outbox.into_parts())
}

async fn add(outbox: &mut Outbox<'_>, own: &OwnJournal) -> Result<(), ExportTrouble> {
    let mut from = own.accepted_through.map_or(0, |seq| seq.saturating_add(1));
    while from <= own.tip.seq {
        let run = Run { journal: own.journal, from, through: own.tip.seq };
        let added = outbox.add(&run).await.map_err(|fault| fault_of(&fault))?;
        let Some(added) = added else { return Err(ExportTrouble::TooLarge) };
        from = added.through.saturating_add(1);
    }
    Ok(())
}

fn fault_of(fault: &OutboxFault) -> ExportTrouble {
    match fault {
        OutboxFault::Store(fault) => store(fault),
        OutboxFault::Signing => ExportTrouble::Store(StoreTrouble::Unavailable),
    }
}

/// Headquarters, and everyone on the teams concerned.
async fn recipients(
    facts: &Facts,
    seat: &Seat,
    parts: &[Part],
) -> Result<Vec<EnvelopeKey>, ExportTrouble> {
    let mut keys: BTreeSet<EnvelopeKey> = order::gather(seat.headquarters_envelopes());
    if keys.is_empty() {
        return Err(ExportTrouble::NoKey);
    }
    for inspection in inspections(parts) {
        let entries = facts.laid(inspection).await.map_err(|fault| store(&fault))?.entries;
        let state = record::fold(&entries.rows, &seat.headquarters()).state;
        keys.extend(state.team().map(|assigned| assigned.envelope));
    }
    Ok(keys.into_iter().collect())
}

fn inspections(parts: &[Part]) -> BTreeSet<InspectionId> {
    let heads = parts.iter().filter_map(|part| proof::head::Head::from_bytes(&part.head.head).ok());
    order::gather(heads.map(|head| head.journal.inspection))
}

fn seal(content: &[u8], recipients: &[EnvelopeKey]) -> Result<Vec<u8>, ExportTrouble> {
    let entropy = browser::random().map_err(|_| ExportTrouble::Store(StoreTrouble::Unavailable))?;
    envelope::seal(content, recipients, &Entropy(entropy)).map_err(|fault| match fault {
        SealFault::NoRecipient | SealFault::Key(_) => ExportTrouble::NoKey,
        SealFault::TooManyRecipients(_) | SealFault::TooLarge { .. } => ExportTrouble::TooLarge,
    })
}

/// The address of the file within this page.
pub(crate) fn address(bytes: &[u8], media_type: &str) -> Option<String> {
    let pieces = Array::of1(&Uint8Array::from(bytes));
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&pieces, &kind).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// The day and the minute in Viet Nam. By hand: a formatter for every form of date is larger than
/// all of this file.
fn file_name(now: Moment) -> String {
    let Some(at) = now.local() else { return format!("bienban{EXTENSION}") };
    let day = format!("{:04}{:02}{:02}", at.year(), at.month(), at.day());
    format!("bienban-{day}-{:02}{:02}{EXTENSION}", at.hour(), at.minute())
}

fn store(fault: &Fault) -> ExportTrouble {
    ExportTrouble::Store(trouble::of(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_the_minute_in_viet_nam() {
        assert_eq!(file_name(Moment(0)), "bienban-19700101-0700.bienban");
    }
}
