//! `sw.js`: the service worker with the shell it keeps in its first line.
//! The list stands in the script, because a worker must decide at once whether it answers a
//! request, and because a browser looks for an update by comparing this one file.

use anyhow::Result;

use super::shell::Shell;

const WORKER: &str = include_str!("../shell/service_worker.js");

/// The script for one shell.
pub(super) fn render(shell: &Shell) -> Result<String> {
    Ok(format!("const SHELL = {};\n{WORKER}", serde_json::to_string(shell)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::shell::PrecachedFile;

    #[test]
    fn the_script_begins_with_the_shell_it_keeps() {
        let file = PrecachedFile { path: "/a.js".to_owned(), sha256: "00".to_owned(), size: 1 };
        let shell = Shell { version: "1".to_owned(), files: vec![file] };
        let script = render(&shell).unwrap();
        let line = script.lines().next().unwrap();
        let json = line.strip_prefix("const SHELL = ").unwrap().strip_suffix(';').unwrap();
        assert_eq!(serde_json::from_str::<Shell>(json).unwrap(), shell);
    }
}
