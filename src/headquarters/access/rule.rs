//! What a route asks for, and the decision: pure, from what is known of who asks and of what.

use domain::act::Role as OnTeam;

use super::right::{Reach, Right};
use crate::identity::{Roles, Standing};

/// What a route asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Nothing.
    Public,
    /// A request that a seat signed.
    Seat,
    /// Somebody who is signed in and has this right.
    Session(Right),
    /// To come in by the address of those who run headquarters.
    Operator,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Nobody that headquarters knows.
    Nobody,
    /// A seat that proved to be one.
    Seat,
    /// Somebody who is signed in.
    Person(Standing),
    /// Somebody at the address of those who run headquarters.
    Operator,
}

/// What is asked for, as far as it is an inspection or in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// No inspection.
    None,
    /// One of these suffices; with none the thing is not known, and the handler says so.
    Any(Vec<Tie>),
}

/// What ties a person to an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The role on its team.
    pub role: OnTeam,
    /// What the person's unit has to do with it.
    pub unit: UnitTie,
}

/// What a person's unit has to do with an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitTie {
    /// It is the unit's own, or the person sees every unit.
    Own,
    /// It is shared with the unit.
    Shared,
    /// Nothing.
    None,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is answered.
    Allowed,
    /// Whoever asks has to say first who that is.
    SignIn,
    /// Whoever asks may not.
    Forbidden,
}

/// Decides about a request.
pub fn decide(rule: Rule, who: Who, object: &Object) -> Decision {
    match (rule, who) {
        (Rule::Public, _) | (Rule::Seat, Who::Seat) | (Rule::Operator, Who::Operator) => {
            Decision::Allowed
        }
        (Rule::Session(right), Who::Person(standing)) if standing.roles != Roles::default() => {
            let allowed = reaches(right, standing).any(|reach| covers(reach, object));
            if allowed { Decision::Allowed } else { Decision::Forbidden }
        }
        (Rule::Operator, _) => Decision::Forbidden,
        (Rule::Seat | Rule::Session(_), _) => Decision::SignIn,
    }
}

/// The reaches of a right that somebody's roles give.
pub(super) fn reaches(right: Right, standing: Standing) -> impl Iterator<Item = Reach> {
    standing.roles.each().filter_map(move |role| right.given_by(role))
}

fn covers(reach: Reach, object: &Object) -> bool {
    match object {
        Object::None => true,
        Object::Any(ties) => ties.is_empty() || ties.iter().any(|tie| covers_one(reach, *tie)),
    }
}

fn covers_one(reach: Reach, tie: Tie) -> bool {
    match reach {
        Reach::Nothing => false,
        Reach::Led => tie.role == OnTeam::Lead,
        Reach::Team => tie.role != OnTeam::None,
        Reach::OwnUnit => tie.unit == UnitTie::Own,
        Reach::Unit => tie.unit != UnitTie::None,
        Reach::Everything => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Role;

    fn person(roles: &[Role]) -> Who {
        Who::Person(Standing { roles: Roles::of(roles.iter().copied()), unit: None })
    }

    fn tied(role: OnTeam, unit: UnitTie) -> Object {
        Object::Any(vec![Tie { role, unit }])
    }

    #[test]
    fn nobody_and_who_has_no_role_sign_in_first() {
        for right in Right::ALL {
            for who in [Who::Nobody, Who::Seat, Who::Operator, person(&[])] {
                assert_eq!(decide(Rule::Session(right), who, &Object::None), Decision::SignIn);
            }
        }
    }

    #[test]
    fn only_a_seat_passes_as_a_seat_and_only_an_operator_as_one() {
        let everyone = person(&Role::ALL);
        assert_eq!(decide(Rule::Seat, everyone, &Object::None), Decision::SignIn);
        assert_eq!(decide(Rule::Seat, Who::Seat, &Object::None), Decision::Allowed);
        for who in [Who::Nobody, Who::Seat, everyone] {
            assert_eq!(decide(Rule::Operator, who, &Object::None), Decision::Forbidden);
            assert_eq!(decide(Rule::Public, who, &Object::None), Decision::Allowed);
        }
    }

    #[test]
    fn an_administrator_reads_no_finding_and_an_auditor_changes_nothing() {
        let reading = [Right::ReadFindings, Right::ReadEvidence, Right::ListInspections];
        for right in reading {
            let decided =
                decide(Rule::Session(right), person(&[Role::Administrator]), &Object::None);
            assert_eq!(decided, Decision::Forbidden, "{right:?}");
        }
        let changing = [
            Right::Plan,
            Right::Judge,
            Right::Follow,
            Right::ManagePeople,
            Right::ManageSeats,
            Right::SetRetention,
        ];
        for right in changing {
            let decided = decide(Rule::Session(right), person(&[Role::Auditor]), &Object::None);
            assert_eq!(decided, Decision::Forbidden, "{right:?}");
        }
        for right in Right::ALL.into_iter().filter(|right| !changing.contains(right)) {
            let decided = decide(Rule::Session(right), person(&[Role::Auditor]), &Object::None);
            assert_eq!(decided, Decision::Allowed, "{right:?}");
        }
    }

    #[test]
    fn each_reach_covers_its_inspections_and_no_others() {
        use OnTeam::{Lead, Member, None as Off};
        let read = Rule::Session(Right::ReadFindings);
        let plan = Rule::Session(Right::Plan);
        let judge = Rule::Session(Right::Judge);
        let cases = [
            (read, Role::Inspector, Member, UnitTie::None, true),
            (read, Role::Inspector, Off, UnitTie::Own, false),
            (read, Role::Office, Off, UnitTie::Shared, true),
            (read, Role::Office, Lead, UnitTie::None, false),
            (plan, Role::Office, Off, UnitTie::Own, true),
            (plan, Role::Office, Off, UnitTie::Shared, false),
            (judge, Role::Lead, Lead, UnitTie::None, true),
            (judge, Role::Lead, Member, UnitTie::Own, false),
            (judge, Role::Inspector, Lead, UnitTie::Own, false),
        ];
        for (rule, role, on_team, unit, allowed) in cases {
            let decided = decide(rule, person(&[role]), &tied(on_team, unit));
            let expected = if allowed { Decision::Allowed } else { Decision::Forbidden };
            assert_eq!(decided, expected, "{rule:?} {role:?} {on_team:?} {unit:?}");
        }
    }

    #[test]
    fn several_roles_give_what_each_gives() {
        let both = person(&[Role::Inspector, Role::Administrator]);
        for right in [Right::ReadFindings, Right::ManagePeople] {
            assert_eq!(decide(Rule::Session(right), both, &Object::None), Decision::Allowed);
        }
        let plan = Rule::Session(Right::Plan);
        assert_eq!(decide(plan, both, &Object::None), Decision::Forbidden);
    }
}
