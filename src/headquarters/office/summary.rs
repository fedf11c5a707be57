//! What the list of inspections says of each; folded again only when something new arrived.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use domain::act::Role;
use domain::ids::InspectionId;
use domain::register::{Field, Subject};
use domain::state::State;
use jiff::civil::Date;

use super::record::{self, Record};
use crate::headquarters::Headquarters;
use crate::store::StoreFault;
use crate::store::inspections::Listed;

/// One inspection in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its id.
    pub id: InspectionId,
    /// Name, kind and day, when the opening has arrived.
    pub opening: Option<(String, String, Date)>,
    /// The team, the lead first.
    pub team: Vec<(String, Role)>,
    /// The number of the decision.
    pub decision: Option<String>,
    /// How many items are answered.
    pub answers: usize,
    /// How many findings stand.
    pub findings: usize,
    /// How many registers have two values.
    pub conflicts: usize,
    /// How many events are held.
    pub held: usize,
    /// How many events are named and are not here.
    pub missing: usize,
}

/// Summaries that were made, with the end of the inspection they were made at.
#[derive(Debug, Default)]
pub struct Summaries(Mutex<BTreeMap<InspectionId, (u64, Summary)>>);

impl Summaries {
    fn known(&self, listed: &Listed) -> Option<Summary> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (end, summary) = known.get(&listed.id)?;
        (*end == listed.end).then(|| summary.clone())
    }

    fn keep(&self, listed: &Listed, summary: &Summary) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(listed.id, (listed.end, summary.clone()));
    }
}

/// The summary of an inspection; `None` when it has no events.
pub(super) async fn of(
    headquarters: &Headquarters,
    listed: &Listed,
) -> Result<Option<Summary>, StoreFault> {
    if let Some(known) = headquarters.summaries.known(listed) {
        return Ok(Some(known));
    }
    let Some(record) = record::read(headquarters, listed.id).await? else { return Ok(None) };
    let summary = made_from(&record);
    headquarters.summaries.keep(listed, &summary);
    Ok(Some(summary))
}

fn made_from(record: &Record) -> Summary {
    let opening = record.opening().map(|opening| {
        let place = &opening.establishment;
        (place.name.clone(), place.kind.clone(), opening.on)
    });
    let findings = record.state.findings();
    Summary {
        id: record.id,
        opening,
        team: record.team.clone(),
        decision: record.state.decision().map(str::to_owned),
        answers: answered(&record.state),
        findings: findings.iter().filter(|finding| finding.withdrawn.is_none()).count(),
        conflicts: record.state.registers().filter(|(_, register)| register.is_conflict()).count(),
        held: record.state.held().count(),
        missing: record.missing().count(),
    }
}

fn answered(state: &State) -> usize {
    let answers = state.registers().filter(|(address, register)| {
        let is_answer =
            matches!(address.subject, Subject::Item(_)) && address.field == Field::Answer;
        is_answer && register.current().any(|(_, written)| !written.value.is_empty())
    });
    answers.count()
}
