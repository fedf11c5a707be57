//! What a signed-in person may do, by which role, and for which inspections: the one table.

use crate::audit::Act;
use crate::identity::Role;

/// What a page or a form of the office asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// To be signed in: the overview, one's own sessions.
    Enter,
    /// To see which inspections there are and how far they have come.
    ListInspections,
    /// To read findings, answers, remedies, timelines and documents.
    ReadFindings,
    /// To read pieces of evidence.
    ReadEvidence,
    /// To plan, correct, cancel and share inspections, and to say who is on the team.
    Plan,
    /// To see which events are held.
    ReadHeld,
    /// To admit held events or set them aside.
    Judge,
    /// To say what became of a remedy.
    Follow,
    /// To see people, units and invitations.
    ReadPeople,
    /// To change people and units, and to invite.
    ManagePeople,
    /// To see the seats.
    ReadSeats,
    /// To revoke seats.
    ManageSeats,
    /// To see what is in a backup.
    ReadBackup,
    /// To read the audit.
    ReadAudit,
    /// To see how long records are kept.
    ReadRetention,
    /// To say how long records are kept.
    SetRetention,
}

/// Which inspections a right is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// None: the right is given, and shows no inspection.
    Nothing,
    /// Those that the person leads.
    Led,
    /// Those on whose team the person is.
    Team,
    /// Those of the person's unit.
    OwnUnit,
    /// Those of the person's unit, and those shared with it.
    Unit,
    /// All: what is shown of them is no more than which they are.
    Everything,
}

impl Reach {
    /// Its word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing | Self::Everything => "yes",
            Self::Led => "led",
            Self::Team => "team",
            Self::OwnUnit => "own unit",
            Self::Unit => "unit",
        }
    }
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 16] = [
        Self::Enter,
        Self::ListInspections,
        Self::ReadFindings,
        Self::ReadEvidence,
        Self::Plan,
        Self::ReadHeld,
        Self::Judge,
        Self::Follow,
        Self::ReadPeople,
        Self::ManagePeople,
        Self::ReadSeats,
        Self::ManageSeats,
        Self::ReadBackup,
        Self::ReadAudit,
        Self::ReadRetention,
        Self::SetRetention,
    ];

    /// Whether a role gives this right, and for which inspections.
    pub fn given_by(self, role: Role) -> Option<Reach> {
        match role {
            Role::Inspector => self.of_inspector(),
            Role::Lead => self.of_lead(),
            Role::Office => self.of_office(),
            Role::Administrator => self.of_administrator(),
            Role::Auditor => self.of_auditor(),
        }
    }

    fn of_inspector(self) -> Option<Reach> {
        match self {
            Self::Enter | Self::ListInspections | Self::ReadFindings | Self::ReadEvidence => {
                Some(Reach::Team)
            }
            Self::Plan
            | Self::ReadHeld
            | Self::Judge
            | Self::Follow
            | Self::ReadPeople
            | Self::ManagePeople
            | Self::ReadSeats
            | Self::ManageSeats
            | Self::ReadBackup
            | Self::ReadAudit
            | Self::ReadRetention
            | Self::SetRetention => None,
        }
    }

    fn of_lead(self) -> Option<Reach> {
        match self {
            Self::ReadHeld | Self::Judge | Self::Follow => Some(Reach::Led),
            Self::Enter
            | Self::ListInspections
            | Self::ReadFindings
            | Self::ReadEvidence
            | Self::Plan
            | Self::ReadPeople
            | Self::ManagePeople
            | Self::ReadSeats
            | Self::ManageSeats
            | Self::ReadBackup
            | Self::ReadAudit
            | Self::ReadRetention
            | Self::SetRetention => self.of_inspector(),
        }
    }

    fn of_office(self) -> Option<Reach> {
        match self {
            Self::Enter
            | Self::ListInspections
            | Self::ReadFindings
            | Self::ReadEvidence
            | Self::ReadHeld => Some(Reach::Unit),
            Self::Plan | Self::Judge | Self::Follow => Some(Reach::OwnUnit),
            Self::ReadPeople
            | Self::ManagePeople
            | Self::ReadSeats
            | Self::ManageSeats
            | Self::ReadBackup
            | Self::ReadAudit
            | Self::ReadRetention
            | Self::SetRetention => None,
        }
    }

    fn of_administrator(self) -> Option<Reach> {
        match self {
            Self::Enter => Some(Reach::Nothing),
            Self::ReadPeople
            | Self::ManagePeople
            | Self::ReadSeats
            | Self::ManageSeats
            | Self::ReadBackup
            | Self::ReadAudit
            | Self::ReadRetention
            | Self::SetRetention => Some(Reach::Everything),
            Self::ListInspections
            | Self::ReadFindings
            | Self::ReadEvidence
            | Self::Plan
            | Self::ReadHeld
            | Self::Judge
            | Self::Follow => None,
        }
    }

    fn of_auditor(self) -> Option<Reach> {
        match self {
            Self::Enter
            | Self::ListInspections
            | Self::ReadFindings
            | Self::ReadEvidence
            | Self::ReadHeld => Some(Reach::Unit),
            Self::ReadPeople
            | Self::ReadSeats
            | Self::ReadBackup
            | Self::ReadAudit
            | Self::ReadRetention => Some(Reach::Everything),
            Self::Plan
            | Self::Judge
            | Self::Follow
            | Self::ManagePeople
            | Self::ManageSeats
            | Self::SetRetention => None,
        }
    }

    /// What is noted of somebody who read at this address, if anything is.
    pub fn noted(self, path: &str) -> Option<Act> {
        let is_file = path.ends_with(".csv") || path.ends_with(".xlsx");
        match self {
            Self::ReadFindings | Self::ReadHeld => Some(Act::FindingsRead),
            Self::ReadEvidence => Some(Act::EvidenceRead),
            Self::ReadAudit if is_file => Some(Act::AuditExported),
            Self::ReadAudit => Some(Act::AuditRead),
            Self::Enter
            | Self::ListInspections
            | Self::Plan
            | Self::Judge
            | Self::Follow
            | Self::ReadPeople
            | Self::ManagePeople
            | Self::ReadSeats
            | Self::ManageSeats
            | Self::ReadBackup
            | Self::ReadRetention
            | Self::SetRetention => None,
        }
    }
}
