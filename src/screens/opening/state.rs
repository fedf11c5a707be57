//! What the form decides: which fields are missing, and what inspection they amount to.

use domain::act::Decision;
use domain::moment::parse_day;
use jiff::civil::Date;

use crate::seam::NewInspection;

/// The form as it is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) establishment: String,
    pub(super) kind: String,
    pub(super) address: String,
    pub(super) reason: String,
    pub(super) on: String,
    pub(super) decision: DecisionForm,
}

/// What is known about the decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum DecisionForm {
    /// It is pending.
    #[default]
    Pending,
    /// It has a number and a day, as typed.
    Known { number: String, on: String },
}

/// A field that has to be put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Establishment,
    Kind,
    Reason,
    Day,
    DecisionNumber,
    DecisionDay,
}

impl Form {
    /// An empty form for an inspection on `day`.
    pub(super) fn on(day: Date) -> Self {
        Self { on: day.to_string(), ..Self::default() }
    }

    /// The inspection, or every field that has to be put right.
    pub(super) fn read(&self) -> Result<NewInspection, Vec<Fault>> {
        let faults = self.faults();
        let (Some(on), Ok(decision), []) = (plausible(&self.on), self.decision(), &*faults) else {
            return Err(faults);
        };
        Ok(NewInspection {
            establishment_name: self.establishment.trim().to_owned(),
            kind: self.kind.clone(),
            address: self.address.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
            decision,
            on,
        })
    }

    fn faults(&self) -> Vec<Fault> {
        let blank = |text: &str| text.trim().is_empty();
        let fields = [
            blank(&self.establishment).then_some(Fault::Establishment),
            blank(&self.kind).then_some(Fault::Kind),
            blank(&self.reason).then_some(Fault::Reason),
            plausible(&self.on).is_none().then_some(Fault::Day),
        ];
        let decision = self.decision().err().unwrap_or_default();
        fields.into_iter().flatten().chain(decision).collect()
    }

    fn decision(&self) -> Result<Option<Decision>, Vec<Fault>> {
        let DecisionForm::Known { number, on } = &self.decision else {
            return Ok(None);
        };
        match (number.trim(), plausible(on)) {
            ("", day) => {
                let day = day.is_none().then_some(Fault::DecisionDay);
                Err([Fault::DecisionNumber].into_iter().chain(day).collect())
            }
            (_, None) => Err(vec![Fault::DecisionDay]),
            (number, Some(on)) => Ok(Some(Decision { number: number.to_owned(), on })),
        }
    }
}

/// The year of a day that is typed passes through 2, 20 and 202.
fn plausible(text: &str) -> Option<Date> {
    parse_day(text).filter(|day| day.year() >= 1900)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn filled() -> Form {
        Form {
            establishment: " Cơ sở in Mẫu B ".to_owned(),
            kind: "printer_other".to_owned(),
            reason: "Tin báo của người dân".to_owned(),
            ..Form::on(date(2026, 9, 1))
        }
    }

    fn known(number: &str, on: &str) -> Form {
        let decision = DecisionForm::Known { number: number.to_owned(), on: on.to_owned() };
        Form { decision, ..filled() }
    }

    #[test]
    fn a_pending_decision_is_no_fault() {
        let read = filled().read().unwrap();
        assert_eq!((read.establishment_name.as_str(), read.decision), ("Cơ sở in Mẫu B", None));
        assert_eq!(read.on, date(2026, 9, 1));
    }

    #[test]
    fn every_missing_field_is_named() {
        let faults = Form::default().read().unwrap_err();
        assert_eq!(faults, [Fault::Establishment, Fault::Kind, Fault::Reason, Fault::Day]);
    }

    #[test]
    fn a_known_decision_has_a_number_and_a_day() {
        let decision = known("12/QĐ-STTTT", "2026-08-30").read().unwrap().decision;
        assert_eq!(decision.map(|decision| decision.on), Some(date(2026, 8, 30)));
        let both = vec![Fault::DecisionNumber, Fault::DecisionDay];
        assert_eq!(known(" ", "").read(), Err(both));
        assert_eq!(known("12", "0026-08-30").read(), Err(vec![Fault::DecisionDay]));
    }
}
