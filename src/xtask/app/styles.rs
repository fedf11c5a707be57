//! One stylesheet out of `style/*.css`: the tokens and the base first, then one file per screen.
//! The files are joined as they are; nothing is rewritten.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::files;

/// What the other stylesheets build on, in this order.
const FIRST: [&str; 2] = ["tokens.css", "main.css"];

/// The content of every stylesheet of a folder, each under a comment with its name.
pub(crate) fn concatenate(folder: &Path) -> Result<String> {
    let mut sheets = files::list(folder)?;
    sheets.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    sheets.sort_by_key(|file| (rank(file), file.clone()));
    let text = |sheet: &PathBuf| -> Result<String> {
        Ok(format!("/* {} */\n{}", sheet.display(), files::read_text(&folder.join(sheet))?))
    };
    sheets.iter().map(text).collect()
}

fn rank(file: &Path) -> usize {
    FIRST.iter().position(|first| file == Path::new(first)).unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_base_come_before_the_screens() {
        let folder = tempfile::tempdir().unwrap();
        for sheet in ["today.css", "main.css", "inspection.css", "tokens.css", "README.md"] {
            files::write(&folder.path().join(sheet), format!("{sheet} {{}}\n")).unwrap();
        }
        let sheets = concatenate(folder.path()).unwrap();
        let order: Vec<_> = sheets.lines().filter(|line| line.ends_with("{}")).collect();
        assert_eq!(order, ["tokens.css {}", "main.css {}", "inspection.css {}", "today.css {}"]);
    }

    #[test]
    fn no_stylesheet_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(concatenate(&folder.path().join("style")).unwrap(), "");
    }
}
