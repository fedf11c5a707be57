//! `cargo xtask convert-legal ITEMS.json PACKS`: turns the researched items into packs, once.
//!
//! Writes PACKS/checklists/ and PACKS/sources.toml, and the list of provisions at the end of each
//! instrument, whose head must already be there. The packs are the source from then on: neither
//! the build nor any test needs this, and running it again would undo what lawyers edited.

mod names;
mod researched;
mod sections;
mod toml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use researched::{Citation, Item};

/// What the conversion reads and where it writes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The researched items.
    items: PathBuf,
    /// The folder of packs, with the heads of the instruments in it.
    packs: PathBuf,
}

/// Converts; refuses when something in the items would be lost or is not expected.
pub(crate) fn convert(arguments: &Arguments) -> Result<()> {
    let items = researched::read(&arguments.items)?;
    let sources = names_of_sources(&items)?;
    let versions = versions_of_provisions(&items)?;
    write(&arguments.packs.join("sources.toml"), &toml::sources(&sources))?;
    for (instrument, provisions) in &versions {
        append_provisions(&arguments.packs, instrument, provisions)?;
    }
    for checklist in sections::CHECKLISTS {
        let text = toml::checklist(checklist, &items, &sources, &versions)?;
        write(&arguments.packs.join("checklists").join(format!("{}.toml", checklist.id)), &text)?;
    }
    ensure!(
        items.iter().filter(|item| sections::section_of(item).is_some()).count() == items.len(),
        "an item belongs to no section"
    );
    Ok(())
}

/// Where a provision stands, in the order of the instrument.
pub(crate) type PlaceKey = (u32, String, u32, u32, toml::Place);
/// The versions of each provision of each instrument, by their first day.
pub(crate) type Versions = BTreeMap<&'static str, BTreeSet<(PlaceKey, researched::DayRange)>>;

fn versions_of_provisions(items: &[Item]) -> Result<Versions> {
    let mut versions = Versions::new();
    for citation in items.iter().flat_map(|item| &item.legal_basis) {
        let known = names::instrument(&citation.instrument)?;
        let version = (toml::place_key(citation)?, names::days(known.id, citation));
        versions.entry(known.id).or_default().insert(version);
    }
    for citation in names::not_cited_but_dated() {
        let known = names::instrument(&citation.instrument)?;
        let version = (toml::place_key(&citation)?, names::days(known.id, &citation));
        versions.entry(known.id).or_default().insert(version);
    }
    Ok(versions)
}

fn append_provisions(
    packs: &Path,
    instrument: &str,
    provisions: &BTreeSet<(PlaceKey, researched::DayRange)>,
) -> Result<()> {
    let path = packs.join("instruments").join(format!("{instrument}.toml"));
    let head =
        fs::read_to_string(&path).with_context(|| format!("no head `{}`", path.display()))?;
    if head.contains("\nprovisions = [") {
        bail!("`{}` lists provisions already; remove them to convert again", path.display());
    }
    write(&path, &(head + &toml::provisions(provisions)))
}

fn names_of_sources(items: &[Item]) -> Result<Vec<(&'static str, String)>> {
    let mut texts = Vec::new();
    for source in items.iter().flat_map(|item| &item.sources) {
        if !texts.contains(source) {
            texts.push(source.clone());
        }
    }
    ensure!(texts.len() == names::SOURCES.len(), "{} sources, not as named", texts.len());
    let named = names::SOURCES.iter().copied().zip(texts);
    let further = names::FURTHER_SOURCES.iter().map(|(id, text)| (*id, (*text).to_owned()));
    Ok(named.chain(further).collect())
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Whether two citations name the same place, on whatever days.
pub(crate) fn same_place(a: &Citation, b: &toml::Place) -> bool {
    a.article == b.article && a.clause == b.clause && a.point == b.point
}
