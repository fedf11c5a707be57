//! What a search found: which needle, where, and how it lay there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use super::needle::Hit;

/// How much of what stands around it is shown, in bytes.
const AROUND: usize = 24;

/// A needle in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Which.
    pub needle: String,
    /// In which form.
    pub form: &'static str,
    /// In which file, from the profile's folder on.
    pub file: PathBuf,
    /// How the file had to be unpacked.
    pub way: Vec<&'static str>,
    /// What stands around it, what cannot be read as dots.
    pub around: String,
}

impl Finding {
    /// A hit in a layer of a file.
    pub fn of(hit: Hit<'_>, file: &Path, way: &[&'static str], layer: &[u8]) -> Self {
        let from = hit.start.saturating_sub(AROUND);
        let to = (hit.end + AROUND).min(layer.len());
        let around = String::from_utf8_lossy(layer.get(from..to).unwrap_or_default());
        let shown =
            |c: char| if c.is_control() || c == char::REPLACEMENT_CHARACTER { '·' } else { c };
        Self {
            needle: hit.needle.to_owned(),
            form: hit.form,
            file: file.to_owned(),
            way: way.to_vec(),
            around: around.chars().map(shown).collect(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, way) = (self.file.display(), self.way.join(" > "));
        write!(f, "`{}` ({}) in {file} [{way}]: {}", self.needle, self.form, self.around)
    }
}

/// Everything that a search found, each needle once in each file and form, and how much it saw.
#[derive(Debug, Default)]
pub struct Findings {
    by_place: BTreeMap<(String, PathBuf, &'static str), Finding>,
    /// How many files were searched.
    pub files: usize,
    /// How large they were in all, in bytes.
    pub bytes: usize,
}

impl Findings {
    /// Adds one.
    pub fn add(&mut self, finding: Finding) {
        let place = (finding.needle.clone(), finding.file.clone(), finding.form);
        self.by_place.entry(place).or_insert(finding);
    }

    /// Counts a file.
    pub fn note_file(&mut self, bytes: usize) {
        self.files += 1;
        self.bytes += bytes;
    }

    /// All.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        self.by_place.values()
    }

    /// The needles found in files whose path has one of these parts.
    pub fn needles_in(&self, parts: &[&str]) -> BTreeSet<&str> {
        let is_there = |found: &&Finding| {
            let file = found.file.to_string_lossy();
            parts.iter().any(|part| file.contains(part))
        };
        self.all().filter(is_there).map(|found| found.needle.as_str()).collect()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, megabytes) = (self.by_place.len(), self.bytes / 1_000_000);
        writeln!(f, "{found} found in {} files of {megabytes} MB", self.files)?;
        self.all().try_for_each(|finding| writeln!(f, "  {finding}"))
    }
}
