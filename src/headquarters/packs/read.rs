//! What each file of a folder of packs says, by its `kind`. Looks at one file at a time; what
//! files say about each other is looked at in `assemble`.

use core::str::FromStr;

use domain::law::{Addressee, Bilingual, Confidence};
use jiff::civil::Date;

use super::PackFile;
use super::toml::{Line, Notes, Spot, Table, parse};

/// What the files of a folder say.
#[derive(Default)]
pub(super) struct Written<'a> {
    pub(super) laws: Vec<WrittenLaw<'a>>,
    pub(super) sources: Vec<WrittenSource<'a>>,
    pub(super) establishment_kinds: Vec<WrittenTerm<'a>>,
    pub(super) evidence_kinds: Vec<WrittenTerm<'a>>,
    pub(super) instruments: Vec<WrittenInstrument<'a>>,
    pub(super) checklists: Vec<WrittenChecklist<'a>>,
}

pub(super) struct WrittenLaw<'a> {
    pub(super) id: Spot<'a, String>,
    pub(super) version: u32,
    pub(super) title: Bilingual,
}

pub(super) struct WrittenSource<'a> {
    pub(super) id: Spot<'a, String>,
    /// What people are shown of it.
    pub(super) title: Spot<'a, String>,
}

pub(super) struct WrittenTerm<'a> {
    pub(super) id: Spot<'a, String>,
    pub(super) words: Bilingual,
}

pub(super) struct WrittenInstrument<'a> {
    pub(super) id: Spot<'a, String>,
    pub(super) number: String,
    pub(super) title: Bilingual,
    pub(super) cited: Bilingual,
    pub(super) issued_on: Option<Date>,
    pub(super) effective_from: Option<Date>,
    /// The last day in force.
    pub(super) effective_until: Option<Spot<'a, Date>>,
    pub(super) replaced_by: Vec<Spot<'a, String>>,
    pub(super) amended_by: Vec<Spot<'a, String>>,
    pub(super) individual_pays_half: bool,
    pub(super) texts: Vec<(Spot<'a, String>, Bilingual)>,
    pub(super) confidence: Confidence,
    pub(super) confidence_from: Option<Confidence>,
    pub(super) sources: Vec<Spot<'a, String>>,
    pub(super) note: Option<String>,
    pub(super) provisions: Vec<WrittenProvision<'a>>,
}

pub(super) struct WrittenProvision<'a> {
    pub(super) line: Line<'a>,
    pub(super) place: domain::law::Place,
    pub(super) from: Date,
    /// The last day in force.
    pub(super) until: Option<Date>,
    pub(super) text: Option<String>,
}

pub(super) struct WrittenChecklist<'a> {
    pub(super) id: Spot<'a, String>,
    pub(super) version: u32,
    pub(super) title: Bilingual,
    pub(super) establishment_kinds: Vec<Spot<'a, String>>,
    pub(super) sections: Vec<WrittenSection<'a>>,
}

pub(super) struct WrittenSection<'a> {
    pub(super) id: Spot<'a, String>,
    pub(super) title: Bilingual,
    pub(super) items: Vec<WrittenItem<'a>>,
}

pub(super) struct WrittenItem<'a> {
    pub(super) id: Spot<'a, String>,
    pub(super) question: Bilingual,
    pub(super) establishment_kinds: Vec<Spot<'a, String>>,
    pub(super) evidence_kinds: Vec<Spot<'a, String>>,
    pub(super) evidence_vi: String,
    pub(super) duties: Vec<WrittenCitation<'a>>,
    pub(super) sanctions: Vec<WrittenCitation<'a>>,
    pub(super) fine: Option<(Line<'a>, u64, u64)>,
    pub(super) fine_text: Option<Spot<'a, String>>,
    pub(super) warning_possible: bool,
    pub(super) applies_to: Addressee,
    pub(super) supplementary_sanctions: Vec<String>,
    pub(super) remedies: Vec<String>,
    pub(super) confidence: Confidence,
    pub(super) confidence_duty: Option<Confidence>,
    pub(super) confidence_fine: Option<Confidence>,
    pub(super) sources: Vec<Spot<'a, String>>,
    pub(super) note: Option<String>,
    pub(super) must_recheck: bool,
    pub(super) domain_decree_status: Option<String>,
    /// The last day of inspection on which it is asked.
    pub(super) asked_until: Option<Spot<'a, Date>>,
}

pub(super) struct WrittenCitation<'a> {
    pub(super) line: Line<'a>,
    pub(super) instrument: String,
    pub(super) place: domain::law::Place,
    /// Only the version in force from this day.
    pub(super) from: Option<Date>,
}

/// Reads every file; what cannot be read is noted and left out.
pub(super) fn read<'a>(
    documents: &'a [(&'a PackFile, toml_edit::Document<&'a str>)],
    notes: &'a Notes,
) -> Written<'a> {
    let mut written = Written::default();
    for (file, document) in documents {
        let root = Table::root(file, document, notes);
        read_file(&root, notes, &mut written);
    }
    written
}

/// Parses every file; what is not TOML is noted and left out.
pub(super) fn parse_all<'a>(
    files: &'a [PackFile],
    notes: &Notes,
) -> Vec<(&'a PackFile, toml_edit::Document<&'a str>)> {
    files.iter().filter_map(|file| parse(file, notes).map(|document| (file, document))).collect()
}

fn read_file<'a>(root: &Table<'a>, notes: &Notes, written: &mut Written<'a>) {
    let Some(kind) = root.words("kind") else {
        return;
    };
    match kind.value.as_str() {
        "law" => written.laws.extend(law(root)),
        "sources" => written.sources.extend(root.tables("sources").iter().filter_map(source)),
        "vocabulary" => {
            written.establishment_kinds.extend(terms(root, "establishment_kinds"));
            written.evidence_kinds.extend(terms(root, "evidence_kinds"));
        }
        "instrument" => written.instruments.extend(instrument(root, notes)),
        "checklist" => written.checklists.extend(checklist(root, notes)),
        other => {
            let known = "law, vocabulary, sources, instrument or checklist";
            notes.note(&kind.line, format!("unknown kind of file `{other}`; write {known}"));
            return;
        }
    }
    root.refuse_unknown_keys();
}

fn law<'a>(root: &Table<'a>) -> Option<WrittenLaw<'a>> {
    let (id, version, title) = (root.words("id"), version(root), bilingual(root, "title"));
    Some(WrittenLaw { id: id?, version: version?, title: title? })
}

fn source<'a>(table: &Table<'a>) -> Option<WrittenSource<'a>> {
    let (id, title) = (table.words("id"), table.shown_words("title"));
    // Where exactly it was read is for editors: it must be noted, and stays in this folder.
    table.words("cite");
    table.refuse_unknown_keys();
    Some(WrittenSource { id: id?, title: title? })
}

fn terms<'a>(root: &Table<'a>, key: &'static str) -> Vec<WrittenTerm<'a>> {
    root.tables(key).iter().filter_map(term).collect()
}

fn term<'a>(table: &Table<'a>) -> Option<WrittenTerm<'a>> {
    let (id, vi, en) = (table.words("id"), table.shown_words("vi"), table.shown_words("en"));
    table.refuse_unknown_keys();
    Some(WrittenTerm { id: id?, words: Bilingual { vi: vi?.value, en: en?.value } })
}

fn instrument<'a>(root: &Table<'a>, notes: &Notes) -> Option<WrittenInstrument<'a>> {
    let id = root.words("id");
    let number = root.shown_words("number");
    let title = bilingual(root, "title");
    let cited = bilingual(root, "cited");
    let confidence = confidence(root, "confidence", notes);
    let sources = root.some_words("sources");
    let texts = root.tables("texts").iter().filter_map(text_version).collect();
    let provisions = root.tables("provisions").iter().filter_map(provision).collect();
    let issued_on = root.optional_day("issued_on").map(|day| day.value);
    let effective_from = root.optional_day("effective_from").map(|day| day.value);
    Some(WrittenInstrument {
        effective_until: root.optional_day("effective_until"),
        replaced_by: root.word_list("replaced_by"),
        amended_by: root.word_list("amended_by"),
        individual_pays_half: root.flag("individual_pays_half"),
        confidence_from: optional_confidence(root, "confidence_from", notes),
        note: note(root),
        id: id?,
        number: number?.value,
        title: title?,
        cited: cited?,
        issued_on,
        effective_from,
        texts,
        confidence: confidence.unwrap_or(Confidence::Memory),
        sources,
        provisions,
    })
}

fn text_version<'a>(table: &Table<'a>) -> Option<(Spot<'a, String>, Bilingual)> {
    let (id, cited) = (table.words("id"), bilingual(table, "cited"));
    table.refuse_unknown_keys();
    Some((id?, cited?))
}

fn provision<'a>(table: &Table<'a>) -> Option<WrittenProvision<'a>> {
    let (place, from) = (place(table), table.day("from"));
    let until = table.optional_day("until").map(|day| day.value);
    let text = table.optional_words("text").map(|text| text.value);
    table.refuse_unknown_keys();
    Some(WrittenProvision { line: table.line(), place: place?, from: from?.value, until, text })
}

fn checklist<'a>(root: &Table<'a>, notes: &Notes) -> Option<WrittenChecklist<'a>> {
    let (id, version, title) = (root.words("id"), version(root), bilingual(root, "title"));
    let establishment_kinds = root.some_words("establishment_kinds");
    let tables = root.tables("sections");
    let sections = tables.iter().filter_map(|table| section(table, notes)).collect();
    Some(WrittenChecklist {
        id: id?,
        version: version?,
        title: title?,
        establishment_kinds,
        sections,
    })
}

fn section<'a>(table: &Table<'a>, notes: &Notes) -> Option<WrittenSection<'a>> {
    let (id, title) = (table.words("id"), bilingual(table, "title"));
    let tables = table.tables("items");
    if tables.is_empty() {
        notes.note(&table.line(), "the section has no items");
    }
    let items = tables.iter().filter_map(|table| item(table, notes)).collect();
    table.refuse_unknown_keys();
    Some(WrittenSection { id: id?, title: title?, items })
}

/// An item with a fault in one field is still read for the others, so that all are named.
fn item<'a>(table: &Table<'a>, notes: &Notes) -> Option<WrittenItem<'a>> {
    let id = table.words("id");
    let evidence = table.table("evidence");
    let confidence = table.table("confidence");
    let grade = |key| confidence.as_ref().and_then(|it| optional_confidence(it, key, notes));
    let item = WrittenItem {
        question: bilingual(table, "question").unwrap_or_default(),
        establishment_kinds: table.some_words("establishment_kinds"),
        evidence_kinds: evidence.as_ref().map(|it| it.some_words("kinds")).unwrap_or_default(),
        evidence_vi: evidence
            .as_ref()
            .and_then(|it| it.shown_words("vi"))
            .map(owned)
            .unwrap_or_default(),
        duties: citations(table, "duties"),
        sanctions: citations(table, "sanctions"),
        fine: table.optional_table("fine").and_then(|it| fine(&it)),
        fine_text: table.optional_words("fine_text"),
        warning_possible: table.flag("warning_possible"),
        applies_to: addressee(table, notes),
        supplementary_sanctions: plain(table.shown_word_list("supplementary_sanctions")),
        remedies: plain(table.shown_word_list("remedies")),
        confidence: confidence
            .as_ref()
            .and_then(|it| self::confidence(it, "overall", notes))
            .unwrap_or(Confidence::Memory),
        confidence_duty: grade("duty"),
        confidence_fine: grade("fine"),
        sources: table.some_words("sources"),
        note: note(table),
        must_recheck: table.flag("must_recheck"),
        domain_decree_status: table.optional_shown_words("domain_decree_status").map(owned),
        asked_until: table.optional_day("asked_until"),
        id: id?,
    };
    for below in [Some(table), evidence.as_ref(), confidence.as_ref()].into_iter().flatten() {
        below.refuse_unknown_keys();
    }
    Some(item)
}

/// The note that people are shown. What `editor_note` says beside it stays in this folder.
fn note(table: &Table<'_>) -> Option<String> {
    table.optional_words("editor_note");
    table.optional_shown_words("note").map(owned)
}

fn fine<'a>(table: &Table<'a>) -> Option<(Line<'a>, u64, u64)> {
    let (min, max) = (table.number("min_vnd", 0), table.number("max_vnd", 0));
    table.refuse_unknown_keys();
    Some((table.line(), min?.value, max?.value))
}

fn citations<'a>(table: &Table<'a>, key: &'static str) -> Vec<WrittenCitation<'a>> {
    table.tables(key).iter().filter_map(citation).collect()
}

fn citation<'a>(table: &Table<'a>) -> Option<WrittenCitation<'a>> {
    let (instrument, place) = (table.words("instrument"), place(table));
    let from = table.optional_day("from").map(|day| day.value);
    table.refuse_unknown_keys();
    Some(WrittenCitation { line: table.line(), instrument: instrument?.value, place: place?, from })
}

fn place(table: &Table<'_>) -> Option<domain::law::Place> {
    let article = table.words("article").map(owned);
    let clause = table.optional_words("clause").map(owned);
    let point = table.optional_words("point").map(owned);
    Some(domain::law::Place { article: article?, clause, point })
}

fn bilingual(table: &Table<'_>, key: &'static str) -> Option<Bilingual> {
    let below = table.table(key)?;
    let (vi, en) = (below.shown_words("vi"), below.shown_words("en"));
    below.refuse_unknown_keys();
    Some(Bilingual { vi: vi?.value, en: en?.value })
}

fn version(table: &Table<'_>) -> Option<u32> {
    u32::try_from(table.number("version", 1)?.value).ok()
}

fn confidence(table: &Table<'_>, key: &'static str, notes: &Notes) -> Option<Confidence> {
    table.words(key).and_then(|word| known(&word, "verified, secondary or memory", notes))
}

fn optional_confidence(table: &Table<'_>, key: &'static str, notes: &Notes) -> Option<Confidence> {
    table.optional_words(key).and_then(|word| known(&word, "verified, secondary or memory", notes))
}

fn addressee(table: &Table<'_>, notes: &Notes) -> Addressee {
    let word = table.words("applies_to");
    let read = word.and_then(|word| known(&word, "organisation or individual", notes));
    read.unwrap_or(Addressee::Organisation)
}

fn known<T: FromStr>(word: &Spot<'_, String>, words: &str, notes: &Notes) -> Option<T> {
    let read = word.value.parse().ok();
    if read.is_none() {
        notes.note(&word.line, format!("unknown word `{}`; write {words}", word.value));
    }
    read
}

fn owned(spot: Spot<'_, String>) -> String {
    spot.value
}

fn plain(list: Vec<Spot<'_, String>>) -> Vec<String> {
    list.into_iter().map(owned).collect()
}
