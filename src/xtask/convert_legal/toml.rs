//! How the packs are written: TOML as a lawyer would lay it out. Decides nothing about the law.

use std::collections::BTreeSet;

use anyhow::{Context, Result};

use super::researched::{Citation, DayRange, Item, Role};
use super::sections::{Checklist, section_of};
use super::{PlaceKey, Versions, names, same_place};

/// Where a provision stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) article: String,
    pub(crate) clause: Option<String>,
    pub(crate) point: Option<String>,
}

/// The order of an instrument: 9, 28, 28a; a, b, c, d, đ, e.
pub(crate) fn place_key(citation: &Citation) -> Result<PlaceKey> {
    let (number, suffix) = numbered(&citation.article)?;
    let clause = citation.clause.as_deref().map_or(Ok((0, "")), numbered)?.0;
    let point = citation.point.as_deref().map_or(0, |point| {
        let at = "abcdđeghiklmnopqrstuvxy".chars().position(|letter| point.starts_with(letter));
        at.map_or(u32::MAX, |at| at as u32 + 1)
    });
    let place = Place {
        article: citation.article.clone(),
        clause: citation.clause.clone(),
        point: citation.point.clone(),
    };
    Ok((number, suffix.to_owned(), clause, point, place))
}

fn numbered(name: &str) -> Result<(u32, &str)> {
    let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    let number = name[..digits].parse().with_context(|| format!("`{name}` has no number"))?;
    Ok((number, &name[digits..]))
}

pub(crate) fn sources(sources: &[(&str, String)]) -> String {
    let mut text = String::from(
        "#:schema schema/sources.json\n\
         # Where facts were read. Items and instruments name a source by its id.\n\
         kind = \"sources\"\n",
    );
    for (id, cite) in sources {
        text += &format!("\n[[sources]]\nid = {}\ncite = {}\n", quoted(id), quoted(cite));
    }
    text
}

pub(crate) fn provisions(versions: &BTreeSet<(PlaceKey, DayRange)>) -> String {
    let mut text = String::from("provisions = [\n");
    for ((.., place), days) in versions {
        text += &format!("  {{ {}, from = {}", place_keys(place), days.from);
        if let Some(until) = &days.until {
            text += &format!(", until = {until}");
        }
        if let Some(version) = days.text {
            text += &format!(", text = {}", quoted(version));
        }
        text += " },\n";
    }
    text + "]\n"
}

pub(crate) fn checklist(
    checklist: &Checklist,
    items: &[Item],
    sources: &[(&str, String)],
    versions: &Versions,
) -> Result<String> {
    let own = || items.iter().filter(|item| item.domain == checklist.id);
    let mut kinds: Vec<&String> = Vec::new();
    for kind in own().flat_map(|item| &item.establishment_types) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let mut text = format!(
        "#:schema ../schema/checklist.json\nkind = \"checklist\"\nid = {}\nversion = 1\n\
         title.vi = {}\ntitle.en = {}\nestablishment_kinds = {}\n",
        quoted(checklist.id),
        quoted(checklist.vi),
        quoted(checklist.en),
        list(&kinds),
    );
    for section in checklist.sections {
        text += &format!(
            "\n\n[[sections]]\nid = {}\ntitle.vi = {}\ntitle.en = {}\n",
            quoted(section.id),
            quoted(section.vi),
            quoted(section.en)
        );
        for item in own().filter(|item| section_of(item) == Some(section.id)) {
            text += &item_table(item, sources, versions)
                .with_context(|| format!("item `{}`", item.id))?;
        }
    }
    Ok(text)
}

fn item_table(item: &Item, sources: &[(&str, String)], versions: &Versions) -> Result<String> {
    let mut text = format!(
        "\n[[sections.items]]\nid = {}\nestablishment_kinds = {}\nquestion.vi = {}\n\
         question.en = {}\nevidence.kinds = {}\nevidence.vi = {}\n",
        quoted(&item.id),
        list(&item.establishment_types),
        quoted(&item.question_vi),
        quoted(&item.question_en),
        list(&item.evidence_kinds),
        quoted(&item.evidence_vi),
    );
    text += &citations("duties", item, Role::Duty, versions)?;
    text += &citations("sanctions", item, Role::Sanction, versions)?;
    if let (Some(min), Some(max)) = (item.fine_min_vnd, item.fine_max_vnd) {
        text += &format!("fine = {{ min_vnd = {}, max_vnd = {} }}\n", grouped(min), grouped(max));
    }
    text += &format!("applies_to = {}\n", quoted(&item.applies_to));
    text += &optional("fine_text", item.fine_text_version.as_deref());
    if item.warning_possible {
        text += "warning_possible = true\n";
    }
    text += &optional_list("supplementary_sanctions", &item.supplementary_sanctions);
    text += &optional_list("remedies", &item.remedial_measures);
    text += &optional("domain_decree_status", item.domain_decree_status.as_deref());
    text += &format!("confidence.overall = {}\n", quoted(&item.confidence));
    text += &optional("confidence.duty", item.confidence_duty.as_deref());
    text += &optional("confidence.fine", item.confidence_fine.as_deref());
    if item.must_recheck_current_text {
        text += "must_recheck = true\n";
    }
    if let Some(day) = &item.asked_until {
        text += &format!("asked_until = {day}\n");
    }
    text += &optional("note", item.note.as_deref());
    text += &format!("sources = {}\n", list(&source_ids(item, sources)?));
    Ok(text)
}

/// One line for each place; `from` only where not every version of the place is meant.
fn citations(key: &str, item: &Item, role: Role, versions: &Versions) -> Result<String> {
    let mut lines: Vec<String> = Vec::new();
    for citation in item.legal_basis.iter().filter(|citation| citation.role == role) {
        let id = names::instrument(&citation.instrument)?.id;
        let place = place_key(citation)?.4;
        let meant = item
            .legal_basis
            .iter()
            .filter(|other| other.role == role && other.instrument == citation.instrument)
            .filter(|other| same_place(other, &place))
            .count();
        let listed = versions[id].iter().filter(|((.., other), _)| *other == place).count();
        let only = (meant != listed).then(|| names::days(id, citation).from);
        let only = only.map(|from| format!(", from = {from}")).unwrap_or_default();
        let line = format!("  {{ instrument = {}, {}{only} }},\n", quoted(id), place_keys(&place));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return Ok(String::new());
    }
    Ok(format!("{key} = [\n{}]\n", lines.concat()))
}

fn source_ids(item: &Item, sources: &[(&str, String)]) -> Result<Vec<String>> {
    let id_of = |text: &String| {
        let named = sources.iter().find(|(_, cite)| cite == text);
        named.map(|(id, _)| (*id).to_owned()).with_context(|| format!("source `{text}`"))
    };
    item.sources.iter().map(id_of).collect()
}

fn place_keys(place: &Place) -> String {
    let mut keys = format!("article = {}", quoted(&place.article));
    if let Some(clause) = &place.clause {
        keys += &format!(", clause = {}", quoted(clause));
    }
    if let Some(point) = &place.point {
        keys += &format!(", point = {}", quoted(point));
    }
    keys
}

fn optional(key: &str, value: Option<&str>) -> String {
    value.map(|value| format!("{key} = {}\n", quoted(value))).unwrap_or_default()
}

fn optional_list(key: &str, values: &[String]) -> String {
    if values.is_empty() { String::new() } else { format!("{key} = {}\n", list(values)) }
}

fn list(values: &[impl AsRef<str>]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| quoted(value.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `60_000_000`: amounts are read by people.
fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let head = digits.len() % 3;
    let mut groups: Vec<&str> = Vec::new();
    if head > 0 {
        groups.push(&digits[..head]);
    }
    groups.extend((head..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.join("_")
}
