//! A finding: facts that a competent person may later hold to be a violation.
//!
//! This file has the rule that says when a finding is complete ([`Finding::missing`]), with its
//! proof below. A finding judges no one: it has facts, a day, a provision, and what the other
//! side says.

use jiff::civil::Date;

use crate::answer::StatementState;
use crate::ids::{FindingId, SeatId};
use crate::merge::Register;
use crate::moment::Moment;
use crate::register::{Address, Field, Subject, Value};
use crate::state::State;

/// One finding as the state holds it.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'a> {
    /// Its id.
    pub id: FindingId,
    /// The item it belongs to.
    pub item: &'a str,
    /// The seat that began it.
    pub author: SeatId,
    /// When it was begun, by that seat's clock.
    pub begun_at: Moment,
    /// The reason for which it was withdrawn, if it was.
    pub withdrawn: Option<&'a str>,
    pub(crate) state: &'a State,
}

/// What a finding still lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// What was found, in words.
    Facts,
    /// The day of the act, by which the provision is chosen.
    ActOn,
    /// Whether the other side gave a statement.
    StatementState,
    /// The words of the statement that was given.
    StatementWords,
    /// The reason why a statement was impossible.
    StatementReason,
    /// A day by which it is to be put right that is not before the act.
    LaterDeadline,
    /// Two values stand side by side in this field and a person has to decide.
    Decision,
}

impl<'a> Finding<'a> {
    /// The register of one of its fields, if anything was ever written there.
    pub fn register(&self, field: Field) -> Option<&'a Register> {
        self.state.register(&Address::finding(self.id, field))
    }

    /// The value of a field; `None` when it is empty, in conflict or was never written.
    pub fn value(&self, field: Field) -> Option<&'a Value> {
        self.register(field)?.value().filter(|value| !value.is_empty())
    }

    /// The value of a field as text; empty when there is none.
    pub fn text(&self, field: Field) -> String {
        self.value(field).map(Value::to_string).unwrap_or_default()
    }

    /// The day of the act.
    pub fn act_on(&self) -> Option<Date> {
        self.value(Field::ActOn)?.as_day()
    }

    /// Whether the other side gave a statement.
    pub fn statement_state(&self) -> Option<StatementState> {
        self.value(Field::StatementState)?.as_statement_state()
    }

    /// What is missing before this finding can stand in the minutes; empty when it is complete
    /// or withdrawn.
    ///
    /// The record needs the description of the act with its day, and the statement of the other
    /// side or the reason why there is none (Article 58 of the Law on handling administrative
    /// violations; Article 15.3a of Decree 217/2025).
    pub fn missing(&self) -> Vec<Missing> {
        if self.withdrawn.is_some() {
            return Vec::new();
        }
        let facts = self.value(Field::Facts).is_none().then_some(Missing::Facts);
        let act_on = self.act_on().is_none().then_some(Missing::ActOn);
        let deadline = self.is_due_before_the_act().then_some(Missing::LaterDeadline);
        let conflict = self.has_conflict().then_some(Missing::Decision);
        let missing = [facts, act_on, self.missing_statement(), deadline, conflict];
        missing.into_iter().flatten().collect()
    }

    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }

    fn missing_statement(&self) -> Option<Missing> {
        let words = self.value(Field::Statement).is_some();
        match self.statement_state() {
            None => Some(Missing::StatementState),
            Some(StatementState::Given) if !words => Some(Missing::StatementWords),
            Some(StatementState::Impossible) if !words => Some(Missing::StatementReason),
            // Someone who declines owes no reason.
            Some(StatementState::Given | StatementState::Impossible | StatementState::Declined) => {
                None
            }
        }
    }

    fn is_due_before_the_act(&self) -> bool {
        let due = self.value(Field::RemedyBy).and_then(Value::as_day);
        due.zip(self.act_on()).is_some_and(|(due, act)| due < act)
    }

    fn has_conflict(&self) -> bool {
        self.state.conflicts_about(&Subject::Finding(self.id)).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::{Act, BeginFinding, Body, WithdrawFinding};
    use crate::ids::EventId;
    use crate::register::Write;
    use crate::state::{Custody, Entry};
    use jiff::civil::date;

    const FINDING: FindingId = FindingId([1; 16]);

    /// Folds a finding that begins with `facts` and has these other fields.
    fn finding_with(facts: &str, fields: &[(Field, Value)]) -> State {
        let write = |field: &Field, value: &Value| Write {
            address: Address::finding(FINDING, field.clone()),
            value: value.clone(),
            over: Vec::new(),
        };
        let first = write(&Field::Facts, &Value::text(facts));
        let item = "print.licence.valid".to_owned();
        let mut acts = vec![Act::BeginFinding(BeginFinding { finding: FINDING, item, first })];
        acts.extend(fields.iter().map(|(field, value)| Act::Set(write(field, value))));
        fold(acts)
    }

    fn fold(acts: Vec<Act>) -> State {
        let mut state = State::new([]);
        for (seq, act) in (0u8..).zip(acts) {
            let entry = Entry {
                id: EventId([seq; 32]),
                author: SeatId([9; 16]),
                seq: u64::from(seq),
                at: Moment(i64::from(seq)),
                body: Some(Body::of(act)),
            };
            state.apply(&entry, Custody::Accepted);
        }
        state
    }

    fn check(facts: &str, fields: &[(Field, Value)], missing: &[Missing]) {
        let state = finding_with(facts, fields);
        let finding = state.finding(FINDING).expect("it was begun");
        assert_eq!(finding.missing(), missing, "{facts:?} {fields:?}");
    }

    #[test]
    fn a_finding_is_complete_with_facts_day_and_statement() {
        let day = (Field::ActOn, Value::Day(date(2026, 7, 1)));
        let state = |state: StatementState| (Field::StatementState, state.value());
        let words = (Field::Statement, Value::text("Đã nộp hồ sơ ngày 20/6"));
        let given = state(StatementState::Given);

        check("thiếu hợp đồng in", &[day.clone(), given.clone(), words.clone()], &[]);
        check("thiếu", &[day.clone(), state(StatementState::Declined)], &[]);
        check("thiếu", &[day.clone(), given.clone()], &[Missing::StatementWords]);
        let impossible = state(StatementState::Impossible);
        check("thiếu", &[day.clone(), impossible], &[Missing::StatementReason]);
        check("thiếu", std::slice::from_ref(&day), &[Missing::StatementState]);
        check("thiếu", &[given.clone(), words.clone()], &[Missing::ActOn]);
        check("   ", &[day, given, words], &[Missing::Facts]);
    }

    #[test]
    fn what_is_to_be_put_right_before_it_happened_is_not_complete() {
        let fields = |due| {
            let declined = (Field::StatementState, StatementState::Declined.value());
            let act_on = (Field::ActOn, Value::Day(date(2026, 9, 3)));
            [declined, act_on, (Field::RemedyBy, Value::Day(due))]
        };
        check("thiếu", &fields(date(2026, 9, 2)), &[Missing::LaterDeadline]);
        check("thiếu", &fields(date(2026, 9, 3)), &[]);
    }

    #[test]
    fn two_values_that_do_not_know_each_other_keep_a_finding_open() {
        let quantities = [Value::text("100 cuốn"), Value::text("120 cuốn")];
        let mut fields = vec![
            (Field::ActOn, Value::Day(date(2026, 7, 1))),
            (Field::StatementState, StatementState::Declined.value()),
        ];
        fields.extend(quantities.map(|value| (Field::Quantity, value)));
        check("thiếu", &fields, &[Missing::Decision]);
    }

    #[test]
    fn a_withdrawn_finding_stays_and_lacks_nothing() {
        let mut state = finding_with("", &[]);
        let withdraw = WithdrawFinding { finding: FINDING, reason: "nhầm cơ sở".to_owned() };
        let entry = Entry {
            id: EventId([77; 32]),
            author: SeatId([9; 16]),
            seq: 77,
            at: Moment(77),
            body: Some(Body::of(Act::WithdrawFinding(withdraw))),
        };
        state.apply(&entry, Custody::Accepted);
        let finding = state.finding(FINDING).expect("it was begun");
        assert_eq!(finding.withdrawn, Some("nhầm cơ sở"));
        assert_eq!(finding.missing(), []);
    }
}
