//! What the sync screen shows beside delivery while someone looks at it: what is in a backup, the
//! file to carry, and the bundles that are carried.

use std::rc::Rc;

use leptos::prelude::*;
use screens::seam::{Backup, Export};
use storage::contract::Fault;

use crate::tablet::Tablet;
use crate::{carrying, exporting, shell};

/// Someone looks.
pub(crate) fn look(tablet: &Rc<Tablet>) {
    tablet.board.export.set(Export::Preparing);
    changed(tablet);
}

/// Nobody looks any more.
pub(crate) fn leave(tablet: &Rc<Tablet>) {
    exporting::forget(tablet);
}

/// Something that is shown there may have changed. Once for everything that changes meanwhile.
pub(crate) fn changed(tablet: &Rc<Tablet>) {
    let is_seen = tablet.board.export.get_untracked() != Export::Idle;
    if !is_seen || tablet.safety_is_due.replace(true) {
        return;
    }
    let own = tablet.clone();
    tablet.jobs.give(async move {
        own.safety_is_due.set(false);
        exporting::prepare(&own).await;
        shell::refresh_health(&own).await;
        carrying::refresh(&own).await;
        // A count that cannot be read is left out; the store says elsewhere that it is broken.
        let backup = count(&own).await.unwrap_or_default();
        let kept_days = retention_days(&own).await.unwrap_or_default();
        own.board.health.update(|health| {
            health.backup = backup;
            health.kept_days = kept_days;
        });
    });
}

async fn retention_days(tablet: &Tablet) -> Result<Option<u32>, Fault> {
    let Some(facts) = tablet.facts() else { return Ok(None) };
    Ok(facts.retention().await?.map(|retention| retention.records_days))
}

async fn count(tablet: &Tablet) -> Result<Option<Backup>, Fault> {
    let Some(facts) = tablet.facts() else { return Ok(None) };
    let contact = facts.contact().await?;
    let Some(durable) = contact.and_then(|contact| contact.durable_through) else {
        return Ok(None);
    };
    let counted = facts.backed_up(durable).await?;
    Ok(Some(Backup { covered: counted.in_backup, recorded: counted.recorded }))
}
