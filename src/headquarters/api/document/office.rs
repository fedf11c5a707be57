//! Pages and files of the office. They are for people; what programs may rely on are the CSV files.

use super::OFFICE;
use super::described::{Described, Word, choice, word};

pub(super) const TAG: &str = "office";

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const LANG: Word = choice("lang", "The language of this page, before the cookie's.", &["vi", "en"]);

fn by_anyone(summary: &str) -> Described {
    Described::new(TAG, summary, "")
        .asks(&[LANG])
        .answers_page(429, "Too many requests from this address; `retry-after` says when again.")
        .answers_page(503, "Too much is asked at once; `retry-after` says when again.")
}

fn by_clerk(summary: &str) -> Described {
    by_anyone(summary)
        .secured(OFFICE)
        .answers_nothing(303, "Nobody is signed in: `/office/sign-in` says how.")
        .answers_page(403, "Whoever is signed in has no right to it.")
        .answers_page(500, "The store did not answer; nothing was changed.")
}

/// A page.
pub(in crate::api) fn page(summary: &str) -> Described {
    by_clerk(summary).answers_page(200, "The page.")
}

fn about_one(described: Described) -> Described {
    described
        .answers_plain(400, "The address is no text.")
        .answers_page(404, "There is no such inspection or finding.")
}

/// A page about one inspection, or something in it.
pub(in crate::api) fn page_of_one(summary: &str) -> Described {
    about_one(page(summary))
}

const CSV_ANSWER: &str = "CSV in UTF-8 with a byte order mark, the same in both languages.";
const XLSX_ANSWER: &str = "A spreadsheet in the reader's language.";

const FORBIDDEN: &str =
    "Whoever is signed in has no right to it, or the form was sent by a page of another place.";

const CANCELLED: &str = "The inspection is cancelled.";

/// The form that corrects a plan.
pub(in crate::api) fn correction() -> Described {
    page_of_one("The form of a plan's correction").answers_page(410, CANCELLED)
}

/// A table as CSV.
pub(in crate::api) fn table_csv(summary: &str) -> Described {
    by_clerk(summary).answers_file("text/csv", CSV_ANSWER)
}

/// A table as a spreadsheet.
pub(in crate::api) fn table_xlsx(summary: &str) -> Described {
    by_clerk(summary).answers_file(XLSX, XLSX_ANSWER)
}

/// A table about one inspection as CSV.
pub(in crate::api) fn csv_of_one(summary: &str) -> Described {
    about_one(table_csv(summary))
}

/// A table about one inspection as a spreadsheet.
pub(in crate::api) fn xlsx_of_one(summary: &str) -> Described {
    about_one(table_xlsx(summary))
}

/// A form that was sent.
fn form(summary: &str, about: &str, words: &[Word]) -> Described {
    by_clerk(summary)
        .takes_form(about, words)
        .answers_nothing(303, "Done, or nobody is signed in: the page to go on with.")
        .answers_plain(400, "The body ended early.")
        .answers_page(403, FORBIDDEN)
        .answers_page(413, "The form is larger than 2 MiB.")
        .answers_plain(415, "The body is no form.")
        .answers_page(422, "Something is missing or wrong; the page names it.")
}

/// The three forms of a list: how it is narrowed.
const LIST: [Word; 8] = [
    word("q", "Words that must all be there; diacritics do not matter.", "so in"),
    word("sort", "The column to sort by, by its name in the CSV.", "day"),
    choice("order", "Which way.", &["up", "down"]),
    word("page", "The page, counted from 1; 50 rows each. Files have all rows.", "1"),
    word("state", "Only rows in this state.", "open"),
    word("kind", "Only establishments of this kind.", "printer_publications"),
    word("from", "Only rows from this day on, `YYYY-MM-DD`.", "2026-07-01"),
    word("through", "Only rows up to this day, `YYYY-MM-DD`.", "2026-07-31"),
];

/// Ways to narrow that only some lists have.
const OF_SOME_LISTS: [Word; 3] = [
    word(
        "person",
        "Inspections of this person, 32 hexadecimal digits.",
        "66666666666666666666666666666666",
    ),
    word("needs", "Inspections that need something.", "held"),
    word("provision", "Findings under this provision.", "nd-mau-1"),
];

/// A list as a page.
pub(in crate::api) fn list(summary: &str) -> Described {
    page(summary).asks(&LIST).asks(&OF_SOME_LISTS)
}

/// A list as CSV.
pub(in crate::api) fn list_csv(summary: &str) -> Described {
    table_csv(summary).asks(&LIST).asks(&OF_SOME_LISTS)
}

/// A list as a spreadsheet.
pub(in crate::api) fn list_xlsx(summary: &str) -> Described {
    table_xlsx(summary).asks(&LIST).asks(&OF_SOME_LISTS)
}

/// The ways to narrow a timeline.
const TIMELINE: [Word; 2] = [
    word("by", "Only events of this author.", "Kiểm tra viên Mẫu"),
    choice(
        "kind",
        "Only events of this kind.",
        &["opening", "team", "answer", "finding", "remedy", "custody", "journal", "other"],
    ),
];

pub(in crate::api) fn timeline() -> Described {
    let page = word("page", "The page, counted from 1.", "1");
    page_of_one("An inspection event by event").asks(&TIMELINE).asks(&[page])
}

pub(in crate::api) fn timeline_csv() -> Described {
    csv_of_one("An inspection event by event").asks(&TIMELINE)
}

pub(in crate::api) fn timeline_xlsx() -> Described {
    xlsx_of_one("An inspection event by event").asks(&TIMELINE)
}

const BUSY: &str = "Too many tries, or too many at once; `Retry-After` says when again.";

pub(in crate::api) fn enter() -> Described {
    by_anyone("What a link that headquarters gave opens")
        .asks(&[word("token", "The code in the link.", "MAU00-MAU00-MAU00-MAU00")])
        .answers_page(200, "The form by which a new person sets up how to sign in.")
        .answers_nothing(
            303,
            "A link of the demonstration: signed in; sets the cookie of the session.",
        )
        .answers_plain(400, "The code stands there twice.")
        .answers_page(409, "The person has a passphrase, and signs in with it.")
        .answers_page(410, "The link was used, has expired or never existed.")
        .answers_page(500, "The store did not answer; nothing was changed.")
}

/// A form that whoever is not signed in sends.
fn form_of_anyone(summary: &str, about: &str, words: &[Word]) -> Described {
    by_anyone(summary)
        .takes_form(about, words)
        .answers_plain(400, "The body ended early.")
        .answers_page(403, "The form was sent by a page of another place.")
        .answers_plain(413, "The form is larger than 2 MiB.")
        .answers_plain(415, "The body is no form.")
        .answers_page(422, "Something is missing or wrong; the page names it.")
        .answers_page(429, BUSY)
        .answers_page(500, "The store did not answer; nothing was changed.")
}

pub(in crate::api) fn set_up() -> Described {
    let words = [
        word("token", "The code in the link.", "MAU00-MAU00-MAU00-MAU00"),
        word("name", "The full name, of the first administrator only.", "Cán bộ Mẫu"),
        word("sign_in_name", "The name to sign in with.", "can bo mau"),
        word("passphrase", "The passphrase.", ""),
        word("again", "The passphrase once more.", ""),
        word("secret", "What stood in the form.", ""),
        word("code", "The code that the authenticator app shows.", "000000"),
    ];
    form_of_anyone("Set up how one signs in, by a link", "Passphrase and first code.", &words)
        .answers_page(200, "Signed in; the recovery codes, shown this once.")
        .answers_page(410, "The link was used, has expired or never existed.")
}

pub(in crate::api) fn sign_in_page() -> Described {
    by_anyone("The form to sign in with")
        .answers_page(200, "The page.")
        .answers_page(500, "The store did not answer.")
}

pub(in crate::api) fn sign_in() -> Described {
    let words = [
        word("name", "The sign-in name, or the full name.", "can bo mau"),
        word("passphrase", "The passphrase.", ""),
        word("code", "The code of the authenticator app, or a recovery code.", "000000"),
    ];
    form_of_anyone("Sign in", "Name, passphrase and code.", &words)
        .answers_nothing(303, "Signed in; sets the cookie of the session.")
}

pub(in crate::api) fn leave() -> Described {
    by_anyone("Out")
        .answers_nothing(303, "Signed out; the cookie is taken back.")
        .answers_page(403, "The form was sent by a page of another place.")
        .answers_page(500, "The store did not answer; the session goes on.")
}

/// Something that a cookie keeps.
fn choose(summary: &str, to: Word) -> Described {
    Described::new(TAG, summary, "")
        .asks(&[to])
        .answers_nothing(303, "Kept in a cookie; back to the page before.")
        .answers_plain(400, "The choice stands there twice.")
}

pub(in crate::api) fn language() -> Described {
    let to = choice("to", "The language; another word means Vietnamese.", &["vi", "en"]);
    choose("Choose the language", to)
}

pub(in crate::api) fn theme() -> Described {
    let to = choice(
        "to",
        "The colours; another word means those of the system.",
        &["system", "light", "dark", "contrast"],
    );
    choose("Choose the colours", to)
}

pub(in crate::api) fn sheet() -> Described {
    Described::new(TAG, "The sheet of styles of the office", "").answers_file("text/css", "CSS.")
}

const REASON: Word = word("reason", "Why, at most 500 characters.", "Mất máy");

pub(in crate::api) fn revoke() -> Described {
    let seat = "The seat, 32 hexadecimal digits.";
    let seat = word("seat", seat, "55555555555555555555555555555555");
    form("Revoke a seat", "The seat and the reason.", &[seat, REASON])
}

const PRESENT: Word = word("present", "The present passphrase.", "");

const NO_CODES: &str = "No codes are asked of this person, or the form is somebody else's.";

pub(in crate::api) fn own_passphrase() -> Described {
    let words = [
        PRESENT,
        word("passphrase", "The new passphrase.", ""),
        word("again", "The new passphrase once more.", ""),
        word("username", "The sign-in name, for managers of passphrases.", "can bo mau"),
    ];
    form("Change one's passphrase", "The passphrase that there is, and the new one.", &words)
        .answers_page(429, BUSY)
}

pub(in crate::api) fn own_codes_form() -> Described {
    page("The form of another authenticator app").answers_page(404, NO_CODES)
}

pub(in crate::api) fn own_codes() -> Described {
    let words = [
        PRESENT,
        word("secret", "What stood in the form.", ""),
        word("code", "The code that the authenticator app shows.", "000000"),
    ];
    form("Set up another authenticator app", "Passphrase and first code.", &words)
        .answers_page(200, "The recovery codes, shown this once.")
        .answers_page(404, NO_CODES)
        .answers_page(429, BUSY)
}

pub(in crate::api) fn own_recovery() -> Described {
    form("Get new recovery codes", "The passphrase.", &[PRESENT])
        .answers_page(200, "The recovery codes, shown this once.")
        .answers_page(404, NO_CODES)
        .answers_page(429, BUSY)
}

pub(in crate::api) fn own_sessions() -> Described {
    let words = [
        word("session", "The session, 32 hexadecimal digits.", ""),
        word("others", "The button; whatever it says.", ""),
    ];
    form("End one's sessions", "One session, or all others.", &words)
}

const ROLE: Word = Word {
    name: "role",
    about: "A role; may be there several times.",
    sample: "office",
    of: &["inspector", "lead", "office", "administrator", "auditor"],
};

const UNIT: Word = word("unit", "The unit, 32 hexadecimal digits; empty for every unit.", "");

pub(in crate::api) fn add_person() -> Described {
    let name = word("name", "The name, as it stands in the minutes.", "Cán bộ Mẫu");
    form("Add a person", "Name, roles and unit.", &[name, ROLE, UNIT])
}

const NO_PERSON: &str = "There is no such person.";

pub(in crate::api) fn person() -> Described {
    page("A person").answers_plain(400, "The address is no text.").answers_page(404, NO_PERSON)
}

fn form_about_person(summary: &str, about: &str, words: &[Word]) -> Described {
    form(summary, about, words)
        .answers_page(404, NO_PERSON)
        .answers_plain(400, "The address is no text, or the body ended early.")
}

pub(in crate::api) fn change_person() -> Described {
    form_about_person("Change a person's roles and unit", "Roles and unit.", &[ROLE, UNIT])
}

pub(in crate::api) fn reset_person() -> Described {
    let what = choice("what", "What is set up anew.", &["passphrase", "totp"]);
    form_about_person("Take a way to sign in away", "Which.", &[what])
        .answers_page(200, "The link by which it is set up anew, shown this once.")
}

pub(in crate::api) fn person_leaves() -> Described {
    let seats = choice("seats", "What becomes of the tablets.", &["revoke", "keep"]);
    form_about_person(
        "Say that a person has left",
        "Why, and what becomes of the tablets.",
        &[REASON, seats],
    )
}

pub(in crate::api) fn change_units() -> Described {
    let words = [
        choice("do", "What is done.", &["add", "rename", "end"]),
        UNIT,
        word("name", "The name of the unit.", "Phòng Mẫu"),
    ];
    form("Add, rename or end a unit", "What is done, to which unit.", &words)
}

pub(in crate::api) fn give_invitation() -> Described {
    let words = [
        word("person", "For whom, 32 hexadecimal digits.", "66666666666666666666666666666666"),
        choice("opens", "What it opens.", &["seat", "office"]),
        choice("days", "For how many days.", &["7", "1", "14", "30"]),
    ];
    form("Give an invitation", "For whom, to what, for how long.", &words)
        .answers_page(200, "The invitation, shown this once.")
}

pub(in crate::api) fn take_back_invitation() -> Described {
    let invitation = word("invitation", "The invitation, 64 hexadecimal digits.", "");
    form("Take an invitation back", "Which.", &[invitation])
}

pub(in crate::api) fn held() -> Described {
    page("Held events that wait for a person")
        .asks(&[
            word("admitted", "How many events were admitted just before.", "1"),
            word("set_aside", "How many events were set aside just before.", "1"),
        ])
        .answers_plain(400, "A count is no whole number.")
}

pub(in crate::api) fn judge() -> Described {
    let about = "One event with `admit` or `set_aside` and `reason`; or those ticked in a journal \
                 with `admit_ticked` or `set_aside_ticked`, `reason_for_ticked` and `journal`.";
    form(
        "Admit held events, or set them aside",
        about,
        &[
            word(
                "inspection",
                "The inspection, 32 hexadecimal digits.",
                "11111111111111111111111111111111",
            ),
            word("event", "The event's id, 64 hexadecimal digits; may be there several times.", ""),
            REASON,
            word("admit", "The button; whatever it says.", ""),
            word("set_aside", "The button; whatever it says.", ""),
            word(
                "journal",
                "The journal, 32 hexadecimal digits.",
                "22222222222222222222222222222222",
            ),
            word("rest", "Also what waits in the journal and was not shown.", ""),
            word("reason_for_ticked", "Why, at most 500 characters.", "Đã xác minh"),
            word("admit_ticked", "The button; whatever it says.", ""),
            word("set_aside_ticked", "The button; whatever it says.", ""),
        ],
    )
    .answers_page(409, "Somebody has decided it in the meantime.")
}

const PLAN: [Word; 9] = [
    word("known", "An establishment that is known, 32 hexadecimal digits.", ""),
    word("establishment", "The name of a new one.", "Cơ sở in Mẫu A"),
    word("kind", "Its kind.", "printer_publications"),
    word("address", "Its address.", "Số 1 phố Ví Dụ"),
    word("reason", "Why it is inspected.", "Kiểm tra định kỳ"),
    word("on", "The day of the inspection, `YYYY-MM-DD`.", "2026-07-02"),
    word("decision", "The number of the decision; empty while it is pending.", "01/QĐ-MẪU"),
    word("decision_on", "The day of the decision, `YYYY-MM-DD`.", "2026-07-01"),
    word("checklist", "A checklist by its name; all for the kind when none is there.", "printing"),
];

pub(in crate::api) fn plan() -> Described {
    let find = word("find", "Words to look for among known establishments.", "mau a");
    page("The form of a new inspection").asks(&PLAN).asks(&[find])
}

pub(in crate::api) fn open() -> Described {
    let about = "The inspection. The team is in fields `role-PERSON`, each `lead` or `member`; \
                 exactly one is lead.";
    form("Open an inspection", about, &PLAN)
}

pub(in crate::api) fn correct() -> Described {
    let words = [
        word("on", "The day of the inspection, `YYYY-MM-DD`.", "2026-07-02"),
        word("reason", "Why it is inspected.", "Kiểm tra định kỳ"),
        word("decision", "The number of the decision; empty while it is pending.", "01/QĐ-MẪU"),
        word("decision_on", "The day of the decision, `YYYY-MM-DD`.", "2026-07-01"),
    ];
    about_one(form("Correct a plan", "The plan as it shall stand.", &words))
        .answers_page(410, CANCELLED)
        .answers_plain(400, "The address is no text, or the body ended early.")
}

pub(in crate::api) fn cancel() -> Described {
    let why = word("why_cancel", "Why, at most 500 characters.", "Cơ sở đã giải thể");
    about_one(form("Cancel an inspection for good", "The reason.", &[why]))
        .answers_page(410, CANCELLED)
        .answers_plain(400, "The address is no text, or the body ended early.")
}

pub(in crate::api) fn team() -> Described {
    let about = "Fields `role-PERSON` (32 hexadecimal digits), each `lead`, `member` or empty.";
    about_one(form("Change the team", about, &[]))
        .answers_page(410, CANCELLED)
        .answers_plain(400, "The address is no text, or the body ended early.")
}

pub(in crate::api) fn follow() -> Described {
    let words = [
        choice("outcome", "What became of it.", &["done", "not_done", "extended"]),
        word(
            "on",
            "The day on which it was established, `YYYY-MM-DD`; not later than today.",
            "2026-07-20",
        ),
        word("until", "Only with `extended`: the last day, `YYYY-MM-DD`.", "2026-08-20"),
        word("note", "What was seen.", "Đã xem tại cơ sở"),
    ];
    let files = word("evidence", "At most 10 files of 20 MB: PDF, JPEG, PNG or WebP.", "");
    let about = "The outcome with its day, a note and files of evidence.";
    about_one(by_clerk("Say what became of a remedy"))
        .takes_form_with_files(about, &words, &files)
        .answers_nothing(303, "Recorded, or nobody is signed in: the page to go on with.")
        .answers_page(400, "The body is no form with files, or it ended early.")
        .answers_page(403, FORBIDDEN)
        .answers_page(413, "The form is larger than 300 MB.")
        .answers_page(422, "Something is missing or wrong; the page names it.")
}

const AUDIT: [Word; 4] = [
    word(
        "person",
        "Only rows of this person, 32 hexadecimal digits.",
        "66666666666666666666666666666666",
    ),
    word("act", "Only rows of this act, by its word.", "findings-read"),
    word("from", "Only rows from this day on, `YYYY-MM-DD`.", "2026-07-01"),
    word("through", "Only rows up to this day, `YYYY-MM-DD`.", "2026-07-31"),
];

pub(in crate::api) fn audit() -> Described {
    let rows = word("page", "The page, counted from 1; 100 rows each. Files have all rows.", "1");
    page("Who did what, and who read what").asks(&AUDIT).asks(&[rows])
}

pub(in crate::api) fn audit_csv() -> Described {
    table_csv("Who did what, and who read what").asks(&AUDIT)
}

pub(in crate::api) fn audit_xlsx() -> Described {
    table_xlsx("Who did what, and who read what").asks(&AUDIT)
}

pub(in crate::api) fn set_retention() -> Described {
    let words = [
        word("tablet-records", "Days, 7 to 365.", "30"),
        word("tablet-evidence", "Days, 1 to 365.", "7"),
        word("closed-inspections", "Days, 365 to 36500.", "3650"),
        word("audit", "Days, 365 to 36500.", "3650"),
    ];
    form("Say how long records are kept", "The days of each kind of record.", &words)
}

pub(in crate::api) fn share() -> Described {
    let words = [
        word("unit", "The unit, 32 hexadecimal digits.", "77777777777777777777777777777777"),
        word("share", "The button; whatever it says.", ""),
        word("unshare", "The button; whatever it says.", ""),
        word("give", "The button; whatever it says.", ""),
    ];
    about_one(form("Show an inspection to a unit, or no longer", "The unit and a button.", &words))
        .answers_plain(400, "The address is no text, or the body ended early.")
}

pub(in crate::api) fn piece() -> Described {
    by_clerk("A piece of evidence that the record names")
        .answers_file("application/octet-stream", "Its content, in the media type it was taken as.")
        .answers_plain(400, "The address is no text.")
        .answers_page(404, "The record names no such piece.")
        .answers_page(410, "The record names it and it is not on disk any longer.")
}
