//! What a practice inspection is made of: the packs that are here, read and handed over. What is
//! practised never comes back to this room.

use std::rc::Rc;

use leptos::prelude::*;
use screens::seam::{Material, Practice};

use crate::browser;
use crate::library::{PackTrouble, current};
use crate::tablet::Tablet;

/// Reads the packs that new inspections pin.
pub(crate) async fn give(tablet: Rc<Tablet>) {
    tablet.board.practice.set(Practice::Fetching);
    let given = material(&tablet).await.map_or(Practice::Missing, Practice::Given);
    tablet.board.practice.set(given);
}

async fn material(tablet: &Tablet) -> Result<Material, PackTrouble> {
    let facts = tablet.facts().ok_or(PackTrouble::Missing)?;
    let list = facts.pack_list().await.map_err(PackTrouble::Store)?;
    let law = current(&list, "law").next().ok_or(PackTrouble::Missing)?;
    let lists: Vec<_> = current(&list, "checklist").collect();
    Ok(Material {
        law: tablet.library.law(&facts, law).await?,
        checklists: tablet.library.checklists(&facts, &lists).await?,
        at: browser::now(),
    })
}
