//! The packs of this repository: that nothing researched is lost, that the days are right, and
//! that what a tired editor gets wrong is refused by file and line.

mod editing;
mod facts;
mod program;
mod schema;

use std::sync::LazyLock;

use domain::checklist::{Checklist, Item};
use domain::law::Law;
use domain::pack::{self, Pack};

use super::{Compiled, embedded};

/// The packs of this repository, as a tablet reads them.
fn read_packs() -> &'static (Law, Vec<Checklist>) {
    static PACKS: LazyLock<(Law, Vec<Checklist>)> = LazyLock::new(decoded);
    &PACKS
}

fn decoded() -> (Law, Vec<Checklist>) {
    let mut law = None;
    let mut checklists = Vec::new();
    for Compiled { bytes, .. } in embedded().unwrap() {
        match pack::decode(&bytes).unwrap() {
            Pack::Law(read) => law = Some(read),
            Pack::Checklist(list) => checklists.push(list),
            Pack::Register(register) => panic!("no register is edited here: {}", register.id),
        }
    }
    (law.unwrap(), checklists)
}

fn items(checklists: &[Checklist]) -> impl Iterator<Item = &Item> {
    checklists.iter().flat_map(Checklist::items)
}

/// The line of a file that says its version, whatever it is by now.
fn version_line(text: &str) -> String {
    text.lines().find(|line| line.starts_with("version = ")).unwrap().to_owned()
}
