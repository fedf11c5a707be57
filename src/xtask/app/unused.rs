//! Takes out what crates offer to scripts and no script of ours asks for.
//!
//! What is exported is kept by every tool, with all that it calls.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Output;

use super::files;

/// Streams that end in the program, of `wasm-streams`. Bodies are read and sent whole.
const CLASSES: [&str; 3] =
    ["IntoUnderlyingByteSource", "IntoUnderlyingSink", "IntoUnderlyingSource"];

/// Takes their functions out of the program's exports; wasm-opt then removes them.
pub(super) fn take_out(program: &mut Output) {
    let exports = &mut program.wasm_mut().exports;
    let own = |name: &str| CLASSES.iter().any(|class| is_of(class, name));
    let unused: Vec<_> = exports.iter().filter(|it| own(&it.name)).map(|it| it.id()).collect();
    for id in unused {
        exports.delete(id);
    }
}

/// Takes the classes out of the script.
///
/// # Errors
/// When the script has them in another form, or uses them.
pub(super) fn take_out_of_script(script: &Path) -> Result<()> {
    let text = files::read_text(script)?;
    files::write(script, without_classes(text)?)
}

fn without_classes(mut script: String) -> Result<String> {
    for class in CLASSES {
        if !script.contains(&format!("class {class} ")) {
            continue;
        }
        let ends_class = format!("{class}.prototype.free;\n");
        script = without(&script, &format!("export class {class} {{"), &ends_class)?;
        script = without(&script, &format!("const {class}Finalization ="), ";\n")?;
        ensure!(!script.contains(class), "the script of the program uses `{class}`");
    }
    Ok(script)
}

fn without(script: &str, from: &str, through: &str) -> Result<String> {
    let (before, rest) = script.split_once(from).with_context(|| lacks(from))?;
    let (_, after) = rest.split_once(through).with_context(|| lacks(through))?;
    Ok(format!("{before}{after}"))
}

fn lacks(words: &str) -> String {
    format!("the script of the program has no `{}`: compare `app/unused.rs`", words.trim_end())
}

/// `intounderlyingsink_write` and `__wbg_intounderlyingsink_free` are of the class
/// `IntoUnderlyingSink`.
fn is_of(class: &str, export: &str) -> bool {
    let name = export.strip_prefix("__wbg_").unwrap_or(export);
    let method = name.strip_prefix(&class.to_lowercase());
    method.is_some_and(|method| method.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "export class IntoUnderlyingSink {
    close() {
        wasm.intounderlyingsink_close(this.ptr);
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;

function imports() {}
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));
const other = 1;
";

    #[test]
    fn the_classes_leave_the_script_and_the_rest_stays() {
        let script = without_classes(SCRIPT.to_owned()).unwrap();
        assert_eq!(script, "\nfunction imports() {}\nconst other = 1;\n");
    }

    #[test]
    fn a_script_that_uses_a_class_is_refused() {
        let script = format!("{SCRIPT}new IntoUnderlyingSink();\n");
        assert!(without_classes(script).is_err());
    }

    #[test]
    fn a_script_without_the_classes_stays_as_it_is() {
        assert_eq!(without_classes("let a = 1;".to_owned()).unwrap(), "let a = 1;");
    }

    #[test]
    fn functions_are_known_by_their_class() {
        let own = |name: &str| CLASSES.iter().any(|class| is_of(class, name));
        assert!(own("intounderlyingsink_write") && own("__wbg_intounderlyingsource_free"));
        assert!(!own("main") && !own("__wbindgen_malloc") && !own("intounderlyingsinks_write"));
    }
}
