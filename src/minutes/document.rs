//! A document as blocks of words, before it has a face.
//!
//! What can be written and what is missing are told apart here, so that no face can pass over
//! a gap in silence. Nothing here knows HTML or PDF.

use texts::Lang;

/// A document in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The language of its words.
    pub lang: Lang,
    /// What stands on top and in the window's title.
    pub title: String,
    /// Its content, in order.
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The state's name and motto, which open an official document.
    State {
        /// The state's name.
        name: String,
        /// Its motto.
        motto: String,
    },
    /// The document's title with the provision under which it is drawn up.
    Title {
        /// The title.
        title: String,
        /// Under which provision.
        under: String,
    },
    /// The heading of a part.
    Part(String),
    /// The heading of a finding within a part.
    Subpart(String),
    /// A paragraph.
    Paragraph(String),
    /// What a reader must not overlook, with its points.
    Notice {
        /// What it is about.
        about: String,
        /// Its points.
        points: Vec<String>,
    },
    /// Names with what stands for each.
    Facts(Vec<Fact>),
    /// Lines of a list.
    List(Vec<String>),
    /// A table with its heading row.
    Table {
        /// The heading row.
        head: Vec<String>,
        /// The rows; each as long as the heading.
        rows: Vec<Vec<Fill>>,
    },
    /// Places to sign, side by side.
    Signatures(Vec<Signature>),
}

/// A name and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// What stands for it.
    pub fill: Fill,
}

/// What stands in a place that is to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// What is known.
    Written(String),
    /// Nothing; and why not, openly.
    Missing(String),
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signs here, by function.
    pub who: String,
    /// What to do here.
    pub how: String,
    /// The name, where it is known.
    pub name: Option<String>,
}

impl Fact {
    /// A name with words, or with the reason why there are none.
    pub fn new(name: impl Into<String>, fill: Fill) -> Self {
        Self { name: name.into(), fill }
    }
}

impl Fill {
    /// The words; or `missing` when there are none but spaces.
    pub fn of(words: &str, missing: &str) -> Self {
        if words.trim().is_empty() {
            Self::Missing(missing.to_owned())
        } else {
            Self::Written(words.to_owned())
        }
    }

    /// The words of either kind.
    pub fn words(&self) -> &str {
        match self {
            Self::Written(words) | Self::Missing(words) => words,
        }
    }
}

impl Block {
    /// A table; rows are cut or filled up with nothing to the length of the heading.
    pub(crate) fn table(head: Vec<String>, mut rows: Vec<Vec<Fill>>) -> Self {
        for row in &mut rows {
            row.resize(head.len(), Fill::Written(String::new()));
        }
        Self::Table { head, rows }
    }
}
