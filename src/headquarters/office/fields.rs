//! The fields of forms: a label, the control, and the fault beside it, tied to each other for
//! those who hear the page.

use maud::{Markup, html};

/// A field of a form.
pub(super) struct Field<'a> {
    /// Its name, which is also its id.
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) fault: Option<&'a str>,
}

impl Field<'_> {
    fn invalid(&self) -> Option<&'static str> {
        self.fault.map(|_| "true")
    }

    fn described(&self) -> Option<String> {
        self.fault.map(|_| fault_id(self.name))
    }
}

fn fault_id(name: &str) -> String {
    format!("{name}-fault")
}

/// A control under its label, with the fault below.
pub(super) fn labelled(field: &Field<'_>, control: Markup) -> Markup {
    html! {
        div.field {
            label for=(field.name) { (field.label) }
            (control)
            (fault(field.name, field.fault))
        }
    }
}

/// One line of words.
pub(super) fn text(field: &Field<'_>, value: &str) -> Markup {
    labelled(
        field,
        html! {
            input id=(field.name) name=(field.name) value=(value) maxlength="500"
                aria-invalid=[field.invalid()] aria-describedby=[field.described()];
        },
    )
}

/// A passphrase; never filled in by the page. Managers know what it is for by `autocomplete`.
pub(super) fn passphrase(
    name: &str,
    label: &str,
    autocomplete: &str,
    fault: Option<&str>,
) -> Markup {
    passphrase_as((name, name), label, autocomplete, fault)
}

/// The same under an id of its own, where the page has several fields of the name.
pub(super) fn passphrase_as(
    (id, name): (&str, &str),
    label: &str,
    autocomplete: &str,
    fault: Option<&str>,
) -> Markup {
    let field = Field { name: id, label, fault };
    labelled(
        &field,
        html! {
            input type="password" id=(id) name=(name) maxlength="1024" autocomplete=(autocomplete) required
                aria-invalid=[field.invalid()] aria-describedby=[field.described()];
        },
    )
}

/// A name to sign in with, and a hint.
pub(super) fn user_name(
    name: &str,
    (label, hint): (&str, &str),
    value: &str,
    fault: Option<&str>,
) -> Markup {
    let field = Field { name, label, fault };
    html! {
        div {
            (labelled(&field, html! {
                input id=(name) name=(name) value=(value) maxlength="200" autocomplete="username"
                    autocapitalize="none" spellcheck="false" required
                    aria-invalid=[field.invalid()] aria-describedby=[field.described()];
            }))
            p.quiet.hint { (hint) }
        }
    }
}

/// A code that an app shows, and a hint.
pub(super) fn code(name: &str, label: &str, hint: &str, fault: Option<&str>) -> Markup {
    let field = Field { name, label, fault };
    html! {
        div {
            (labelled(&field, html! {
                input id=(name) name=(name) maxlength="40" autocomplete="one-time-code"
                    autocapitalize="none" spellcheck="false"
                    aria-invalid=[field.invalid()] aria-describedby=[field.described()];
            }))
            @if !hint.is_empty() { p.quiet.hint { (hint) } }
        }
    }
}

/// Several lines of words.
pub(super) fn words(field: &Field<'_>, value: &str) -> Markup {
    labelled(
        field,
        html! {
            textarea id=(field.name) name=(field.name) rows="3" maxlength="2000"
                aria-invalid=[field.invalid()] aria-describedby=[field.described()] { (value) }
        },
    )
}

/// A day.
pub(super) fn day(field: &Field<'_>, value: &str) -> Markup {
    labelled(
        field,
        html! {
            input type="date" id=(field.name) name=(field.name) value=(value)
                aria-invalid=[field.invalid()] aria-describedby=[field.described()];
        },
    )
}

/// What is wrong with a field.
pub(super) fn fault(name: &str, fault: Option<&str>) -> Markup {
    html! { @if let Some(fault) = fault { p.fault id=(fault_id(name)) { (fault) } } }
}

/// The label of a field that has to be filled in.
pub(super) fn must(label: &str) -> String {
    format!("{label} *")
}

/// Everything that is wrong with a form, each line leading to its field. A browser puts the reader
/// there as the page opens, so that it is neither below the fold nor left unheard.
pub(super) fn summary<'a>(title: &str, faults: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! {
        div.banner.bad-banner id="faults" role="alert" tabindex="-1" autofocus {
            p { strong { (title) } }
            ul { @for (field, sentence) in faults { li { a href={ "#" (field) } { (sentence) } } } }
        }
    }
}
