//! The table of every route and role, from what the router was given.

use std::fmt::Write as _;

use super::right::Reach;
use super::rule::Rule;
use crate::identity::Role;

/// One route with its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address, with what varies in braces.
    pub path: &'static str,
    /// What it asks for.
    pub rule: Rule,
}

impl Route {
    /// What it answers to whom, in one line of the table.
    fn line(&self) -> String {
        let cells = match self.rule {
            Rule::Public => vec!["yes"; 7],
            Rule::Seat => ["401", "yes"].into_iter().chain(["401"; 5]).collect(),
            Rule::Operator => vec!["–"; 7],
            Rule::Session(right) => {
                let by_role = Role::ALL.map(|role| right.given_by(role).map_or("403", Reach::word));
                ["303", "303"].into_iter().chain(by_role).collect()
            }
        };
        let Self { method, path, rule } = self;
        format!("| {method} | `{path}` | {} | {} |", rule.words(), cells.join(" | "))
    }
}

impl Rule {
    /// Its words in the table.
    fn words(self) -> String {
        match self {
            Self::Public => "public".to_owned(),
            Self::Seat => "seat".to_owned(),
            Self::Session(right) => format!("{right:?}"),
            Self::Operator => "operator".to_owned(),
        }
    }
}

/// The table as Markdown.
pub fn markdown(routes: &[Route]) -> String {
    let roles = Role::ALL.map(Role::word).join(" | ");
    let mut table = format!("| | address | rule | nobody | seat | {roles} |\n");
    table += "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for route in routes {
        let _ = writeln!(table, "{}", route.line());
    }
    table
}
