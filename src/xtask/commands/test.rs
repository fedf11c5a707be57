//! `cargo xtask test`: every check, one after the other, to the end, and a table of what came out.
//! A check that cannot run here is skipped aloud, with the way to make it run.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use clap::builder::PossibleValuesParser;

use crate::checks::{self, Check, Outcome};
use crate::steps::Seconds;
use crate::workspace::Workspace;

/// Which checks to run.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Runs only this check; may be given several times.
    #[arg(long, value_name = "CHECK", value_parser = PossibleValuesParser::new(checks::names()))]
    only: Vec<String>,
    /// Leaves this check out; may be given several times.
    #[arg(long, value_name = "CHECK", value_parser = PossibleValuesParser::new(checks::names()))]
    skip: Vec<String>,
}

struct Row {
    name: &'static str,
    took: Duration,
    result: Result<Outcome>,
}

/// Runs the chosen checks.
///
/// # Errors
/// When one failed; all the others have run all the same.
pub(crate) fn test(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let (chosen, left_out): (Vec<_>, Vec<_>) =
        checks::ALL.iter().partition(|check| arguments.choose(check.name));
    let started = Instant::now();
    let rows: Vec<Row> = chosen.into_iter().map(|check| run(workspace, check)).collect();
    print_table(&rows, &left_out, started.elapsed());
    let failed: Vec<_> = rows.iter().filter(|row| row.result.is_err()).map(|r| r.name).collect();
    ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

impl Arguments {
    fn choose(&self, name: &str) -> bool {
        let is = |other: &String| other == name;
        (self.only.is_empty() || self.only.iter().any(is)) && !self.skip.iter().any(is)
    }
}

fn run(workspace: &Workspace, check: &Check) -> Row {
    println!("\n=== {}: {}", check.name, check.about);
    let started = Instant::now();
    let result = (check.run)(workspace);
    let row = Row { name: check.name, took: started.elapsed(), result };
    println!("{}", row.line());
    row
}

fn print_table(rows: &[Row], left_out: &[&Check], took: Duration) {
    println!("\n=== summary, {} in all", Seconds(took));
    for row in rows {
        println!("{}", row.line());
    }
    for check in left_out {
        println!("LEFT OUT  {:<33}by --only or --skip", check.name);
    }
}

impl Row {
    fn line(&self) -> String {
        let (word, remark) = match &self.result {
            Ok(Outcome::Passed) => ("passed ", String::new()),
            Ok(Outcome::Skipped { why, advice }) => ("SKIPPED", format!("{why}; try: {advice}")),
            Err(error) => ("FAILED ", format!("{error:#}")),
        };
        let took = Seconds(self.took).to_string();
        format!("{word}   {:<18} {took:>12}  {remark}", self.name).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_flags_every_check_is_chosen() {
        let chosen = |only: &[&str], skip: &[&str], name| {
            let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
            Arguments { only: words(only), skip: words(skip) }.choose(name)
        };
        assert!(chosen(&[], &[], "fmt"));
        assert!(chosen(&["fmt"], &[], "fmt"));
        assert!(!chosen(&["docs"], &[], "fmt"));
        assert!(!chosen(&[], &["fmt"], "fmt"));
        assert!(!chosen(&["fmt"], &["fmt"], "fmt"));
    }

    #[test]
    fn a_skipped_check_says_why_and_how_to_get_it() {
        let skipped = Outcome::Skipped {
            why: "firefox is missing".to_owned(),
            advice: "apt-get install firefox-esr".to_owned(),
        };
        let row = Row { name: "storage-firefox", took: Duration::ZERO, result: Ok(skipped) };
        assert_eq!(
            row.line(),
            "SKIPPED   storage-firefox           0.0 s  \
             firefox is missing; try: apt-get install firefox-esr"
        );
    }
}
