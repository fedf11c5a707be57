//! Tables that become cards on a narrow screen. Drawn as blocks, their elements no longer say that
//! they are a table: the roles say it again, and each cell carries the title of its column.

use maud::{Markup, html};

/// A table under a name, with the titles of its columns.
pub(super) fn table(name: &str, heads: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll role="group" aria-label=(name) tabindex="0" {
            table.cards role="table" aria-label=(name) {
                thead role="rowgroup" {
                    tr role="row" { @for head in heads { th role="columnheader" scope="col" { (head) } } }
                }
                tbody role="rowgroup" { (rows) }
            }
        }
    }
}

/// The cells of a row, which is `tr role="row"`.
pub(super) fn cells(heads: &[&str], cells: &[Markup]) -> Markup {
    html! {
        @for (head, cell) in heads.iter().zip(cells) {
            td role="cell" data-label=(head) { div.words { (cell) } }
        }
    }
}
