//! How much an inspection holds, in words: for whoever is about to cancel it, and afterwards.

use domain::register::{Field, Subject};
use domain::state::State;
use texts::{Lang, clerk as t};

/// What was recorded in an inspection and stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) answers: usize,
    findings: usize,
    pieces: usize,
}

impl Recorded {
    pub(super) fn of(state: &State) -> Self {
        let findings = state.findings();
        Self {
            answers: answers(state),
            findings: findings.iter().filter(|finding| finding.withdrawn.is_none()).count(),
            pieces: state.pieces().count(),
        }
    }

    /// `3 answers, 1 finding, 0 pieces of evidence`; `None` when there is nothing.
    pub(super) fn words(self, lang: Lang) -> Option<String> {
        let Self { answers, findings, pieces } = self;
        let counts = [
            t::answers_count(lang, answers),
            t::findings_count(lang, findings),
            t::pieces_count(lang, pieces),
        ];
        (answers + findings + pieces > 0).then(|| counts.join(", "))
    }
}

/// How many items have an answer. Conflicts count as answered: there is something to decide
/// between.
fn answers(state: &State) -> usize {
    let answers = state.registers().filter(|(address, register)| {
        let is_answer =
            matches!(address.subject, Subject::Item(_)) && address.field == Field::Answer;
        is_answer && register.current().any(|(_, written)| !written.value.is_empty())
    });
    answers.count()
}
