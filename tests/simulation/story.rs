//! A story: what people do and what goes wrong, as a list that can be made shorter.
//!
//! An action names tablets, seats and inspections by small numbers that are taken modulo how
//! many there are, so that each action still means something when others are left out.

use core::fmt;

use crate::chance::Chance;

/// A world and what happens in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What chance in the world begins with.
    pub seed: u64,
    /// How many tablets there are, each with a seat at the beginning.
    pub tablets: usize,
    /// How many processes of headquarters share the store.
    pub processes: usize,
    /// How many events fit into an answer to a pull.
    pub room: usize,
    /// What happens, in order.
    pub actions: Vec<Action>,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Time passes.
    Pass {
        /// How long, in milliseconds.
        ms: u32,
    },
    /// Headquarters opens an inspection; the bits of `team` say whose it is.
    Open {
        /// The team.
        team: u8,
    },
    /// A seat opens an inspection offline.
    OpenThere {
        /// The tablet.
        tablet: u8,
    },
    /// A seat answers an item.
    Answer {
        /// The tablet.
        tablet: u8,
        /// Which of its inspections.
        inspection: u8,
        /// Which item.
        item: u8,
        /// Which answer.
        value: u8,
    },
    /// A seat begins a finding.
    Find {
        /// The tablet.
        tablet: u8,
        /// Which of its inspections.
        inspection: u8,
    },
    /// A seat withdraws a finding.
    Withdraw {
        /// The tablet.
        tablet: u8,
        /// Which of its inspections.
        inspection: u8,
    },
    /// The office puts a person on a team or off it.
    Assign {
        /// The person.
        person: u8,
        /// The inspection.
        inspection: u8,
        /// On it, rather than off it.
        joins: bool,
    },
    /// A person enrols on a tablet.
    Enrol {
        /// The tablet.
        tablet: u8,
        /// The person.
        person: u8,
    },
    /// Another seat of the tablet goes to work.
    Switch {
        /// The tablet.
        tablet: u8,
    },
    /// The office revokes a seat.
    Revoke {
        /// The seat.
        seat: u8,
    },
    /// The office decides about held events.
    Judge {
        /// The inspection.
        inspection: u8,
        /// Which of them it spares.
        spare: u8,
        /// Admitted, rather than set aside.
        admit: bool,
    },
    /// Something goes wrong.
    Trouble(Trouble),
}

/// Something that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// What the network does to a tablet from here on.
    Weather {
        /// The tablet.
        tablet: u8,
        /// How much of what is sent is lost, of a hundred.
        lost_percent: u8,
        /// How much of it arrives twice, of a hundred.
        doubled_percent: u8,
        /// The longest delay in milliseconds.
        delay_ms: u16,
    },
    /// The clock of a tablet jumps.
    Jump {
        /// The tablet.
        tablet: u8,
        /// By how much, in seconds.
        seconds: i32,
    },
    /// A tablet dies at one of its next steps, and is started again.
    Kill {
        /// The tablet.
        tablet: u8,
        /// At which.
        after: u8,
    },
    /// The next writes of a tablet's store fail.
    Full {
        /// The tablet.
        tablet: u8,
        /// How many.
        writes: u8,
    },
    /// A tablet dies and its store has lost its last writes.
    LoseWrites {
        /// The tablet.
        tablet: u8,
        /// How many.
        writes: u8,
    },
    /// Somebody copies the profile of a tablet.
    Copy {
        /// The tablet.
        tablet: u8,
    },
    /// A tablet comes back with the profile that was copied.
    OldProfile {
        /// The tablet.
        tablet: u8,
        /// Whether the canary tells.
        is_noticed: bool,
    },
    /// The store of a tablet is gone; its person enrols anew.
    Wipe {
        /// The tablet.
        tablet: u8,
    },
    /// A process of headquarters dies at one of its next steps, and is started again.
    KillProcess {
        /// The process.
        process: u8,
        /// At which.
        after: u8,
    },
    /// A backup of headquarters is made.
    Backup,
    /// Headquarters comes back from the last backup.
    Restore,
    /// A file with a tablet's unsent work is made and handed in much later.
    Bundle {
        /// The tablet.
        tablet: u8,
    },
}

impl Story {
    /// The story of a seed.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::from_seed(seed);
        let (tablets, processes) = (2 + chance.below(3), 1 + chance.below(3));
        let room = 12 + chance.below(20);
        let length = 20 + chance.below(50);
        let mut actions = vec![Action::Open { team: 0b111 }, Action::Open { team: chance.byte() }];
        actions.push(Action::Pass { ms: 40_000 });
        actions.extend((0..length).map(|_| Action::any(&mut chance)));
        let small = |number: u64| usize::try_from(number).unwrap_or(1);
        Self {
            seed,
            tablets: small(tablets),
            processes: small(processes),
            room: small(room),
            actions,
        }
    }
}

impl Action {
    fn any(chance: &mut Chance) -> Self {
        match chance.below(100) {
            0..25 => Self::Answer {
                tablet: chance.byte(),
                inspection: chance.byte(),
                item: chance.byte(),
                value: chance.byte(),
            },
            25..30 => Self::Find { tablet: chance.byte(), inspection: chance.byte() },
            30..33 => Self::Withdraw { tablet: chance.byte(), inspection: chance.byte() },
            33..46 => Self::Pass { ms: pause_ms(chance) },
            46..48 => Self::Open { team: chance.byte() },
            48..51 => Self::OpenThere { tablet: chance.byte() },
            51..56 => Self::Assign {
                person: chance.byte(),
                inspection: chance.byte(),
                joins: chance.percent(60),
            },
            56..60 => Self::Enrol { tablet: chance.byte(), person: chance.byte() },
            60..66 => Self::Switch { tablet: chance.byte() },
            66..67 => Self::Revoke { seat: chance.byte() },
            67..70 => Self::Judge {
                inspection: chance.byte(),
                spare: chance.byte(),
                admit: chance.percent(60),
            },
            _ => Self::Trouble(Trouble::any(chance)),
        }
    }
}

impl Trouble {
    fn any(chance: &mut Chance) -> Self {
        let tablet = chance.byte();
        match chance.below(30) {
            0..6 => Self::Weather {
                tablet,
                lost_percent: [0, 10, 40, 90][usize::from(chance.byte() % 4)],
                doubled_percent: [0, 0, 30][usize::from(chance.byte() % 3)],
                delay_ms: [10, 300, 9_000][usize::from(chance.byte() % 3)],
            },
            6..8 => {
                let seconds = i32::try_from(chance.below(200_000)).unwrap_or(0) - 100_000;
                Self::Jump { tablet, seconds }
            }
            8..13 => Self::Kill { tablet, after: chance.byte() % 8 },
            13..15 => Self::Full { tablet, writes: 1 + chance.byte() % 6 },
            15..17 => Self::LoseWrites { tablet, writes: 1 + chance.byte() % 5 },
            17..19 => Self::Copy { tablet },
            19..21 => Self::OldProfile { tablet, is_noticed: chance.percent(50) },
            21..22 => Self::Wipe { tablet },
            22..25 => Self::KillProcess { process: chance.byte(), after: chance.byte() % 5 },
            25..27 => Self::Backup,
            27..28 => Self::Restore,
            _ => Self::Bundle { tablet },
        }
    }
}

fn pause_ms(chance: &mut Chance) -> u32 {
    let bound = [500, 5_000, 60_000][usize::from(chance.byte() % 3)];
    u32::try_from(chance.below(bound)).unwrap_or(0)
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, tablets, processes, room, actions } = self;
        writeln!(f, "seed {seed}: {tablets} tablets, {processes} processes, {room} events a page")?;
        actions.iter().enumerate().try_for_each(|(line, action)| writeln!(f, "{line:>4}. {action}"))
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pass { ms } => write!(f, "{ms} ms pass"),
            Self::Open { team } => write!(f, "headquarters opens an inspection for {team:#b}"),
            Self::OpenThere { tablet } => write!(f, "tablet {tablet} opens an inspection"),
            Self::Answer { tablet, inspection, item, value } => {
                write!(f, "tablet {tablet} answers {value} to {item} in {inspection}")
            }
            Self::Find { tablet, inspection } => {
                write!(f, "tablet {tablet} begins a finding in {inspection}")
            }
            Self::Withdraw { tablet, inspection } => {
                write!(f, "tablet {tablet} withdraws a finding in {inspection}")
            }
            Self::Assign { person, inspection, joins } => {
                let word = if *joins { "joins" } else { "leaves" };
                write!(f, "person {person} {word} the team of {inspection}")
            }
            Self::Enrol { tablet, person } => {
                write!(f, "person {person} enrols on tablet {tablet}")
            }
            Self::Switch { tablet } => write!(f, "another seat works on tablet {tablet}"),
            Self::Revoke { seat } => write!(f, "seat {seat} is revoked"),
            Self::Judge { inspection, spare, admit } => {
                let word = if *admit { "admits" } else { "sets aside" };
                write!(f, "the office {word} what is held in {inspection}, sparing {spare}")
            }
            Self::Trouble(trouble) => trouble.fmt(f),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weather { tablet, lost_percent, doubled_percent, delay_ms } => write!(
                f,
                "the network of tablet {tablet} loses {lost_percent} %, doubles {doubled_percent} \
                 % and delays by up to {delay_ms} ms"
            ),
            Self::Jump { tablet, seconds } => {
                write!(f, "the clock of tablet {tablet} jumps by {seconds} s")
            }
            Self::Kill { tablet, after } => write!(f, "tablet {tablet} dies after {after} steps"),
            Self::Full { tablet, writes } => {
                write!(f, "{writes} writes of tablet {tablet} fail")
            }
            Self::LoseWrites { tablet, writes } => {
                write!(f, "tablet {tablet} dies and loses its last {writes} writes")
            }
            Self::Copy { tablet } => write!(f, "the profile of tablet {tablet} is copied"),
            Self::OldProfile { tablet, is_noticed } => {
                let word = if *is_noticed { "noticed" } else { "unnoticed" };
                write!(f, "tablet {tablet} comes back with its copied profile, {word}")
            }
            Self::Wipe { tablet } => write!(f, "tablet {tablet} is wiped and enrolled anew"),
            Self::KillProcess { process, after } => {
                write!(f, "process {process} dies after {after} steps")
            }
            Self::Backup => f.write_str("headquarters is backed up"),
            Self::Restore => f.write_str("headquarters comes back from its last backup"),
            Self::Bundle { tablet } => write!(f, "tablet {tablet} hands in a file with its work"),
        }
    }
}
