//! What an address says about enrolling: that it is the page for it, and, on this machine alone, a
//! code with the passphrase that goes with it.
//!
//! Only the demonstration prints such addresses. A fragment never leaves the browser, but the
//! browser keeps it in its history: nothing but a server on this very machine is taken by it.

use screens::seam::Passphrase;

use crate::browser;

/// Parts the code from the passphrase.
const PART: char = '.';

/// The hosts that are this machine.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// A code with a passphrase.
pub(crate) struct Invitation {
    pub(crate) code: String,
    pub(crate) passphrase: Passphrase,
}

/// The invitation in the address of this page.
pub(crate) fn invitation() -> Option<Invitation> {
    let location = browser::window().ok()?.location();
    invitation_in(&location.hostname().ok()?, &location.hash().ok()?)
}

/// Whether this is the page for enrolling.
pub(crate) fn is_enrolment() -> bool {
    let path = browser::window().ok().and_then(|window| window.location().pathname().ok());
    path.is_some_and(|path| path == "/enrol")
}

fn invitation_in(host: &str, fragment: &str) -> Option<Invitation> {
    if !LOOPBACK.contains(&host) {
        return None;
    }
    let (code, passphrase) = fragment.strip_prefix('#')?.split_once(PART)?;
    let is_whole = !code.is_empty() && !passphrase.is_empty() && !code.contains('/');
    is_whole.then(|| Invitation {
        code: code.to_owned(),
        passphrase: Passphrase(passphrase.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_in_an_address_counts_on_this_machine_alone() {
        let read = |host, fragment| {
            invitation_in(host, fragment).map(|it| format!("{} {}", it.code, it.passphrase.0))
        };
        let both = Some("MAU0-1 giay-muc".to_owned());
        assert_eq!(read("127.0.0.1", "#MAU0-1.giay-muc"), both);
        assert_eq!(read("localhost", "#MAU0-1.giay-muc"), both);
        assert_eq!(read("bienban.example", "#MAU0-1.giay-muc"), None);
        for fragment in ["", "#MAU0-1", "#MAU0-1.", "#.giay", "#/inspection/a.b"] {
            assert_eq!(read("127.0.0.1", fragment), None, "{fragment}");
        }
    }
}
