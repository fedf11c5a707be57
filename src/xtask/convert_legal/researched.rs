//! The researched items as they were handed over. A key that is not listed here stops the
//! conversion, so that nothing is dropped unseen.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) domain: String,
    pub(crate) establishment_types: Vec<String>,
    pub(crate) question_vi: String,
    pub(crate) question_en: String,
    pub(crate) evidence_kinds: Vec<String>,
    pub(crate) evidence_vi: String,
    pub(crate) legal_basis: Vec<Citation>,
    pub(crate) warning_possible: bool,
    pub(crate) fine_min_vnd: Option<u64>,
    pub(crate) fine_max_vnd: Option<u64>,
    pub(crate) applies_to: String,
    pub(crate) fine_text_version: Option<String>,
    pub(crate) supplementary_sanctions: Vec<String>,
    pub(crate) remedial_measures: Vec<String>,
    pub(crate) confidence: String,
    pub(crate) sources: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) confidence_duty: Option<String>,
    pub(crate) confidence_fine: Option<String>,
    pub(crate) must_recheck_current_text: bool,
    pub(crate) domain_decree_status: Option<String>,
    pub(crate) asked_until: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Citation {
    pub(crate) role: Role,
    pub(crate) instrument: String,
    pub(crate) article: String,
    pub(crate) clause: Option<String>,
    pub(crate) point: Option<String>,
    pub(crate) effective_from: String,
    /// The last day in force.
    pub(crate) effective_until: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Duty,
    Sanction,
}

/// First and last day, as written, and the text that was read where there are several.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DayRange {
    pub(crate) from: String,
    pub(crate) until: Option<String>,
    pub(crate) text: Option<&'static str>,
}

pub(crate) fn read(path: &Path) -> Result<Vec<Item>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("`{}` is not as expected", path.display()))
}
