//! Refusals: one JSON envelope for every answer that is not the one asked for.

use domain::moment::Moment;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)*) => {
        /// What kind of refusal it is; decides what the tablet does next.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RefusalCode {
            $($(#[$doc])* $name,)*
            /// A code of a later version.
            #[serde(other)]
            Other,
        }

        impl RefusalCode {
            /// Every code this build gives.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The HTTP status it comes with.
            pub fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)*
                    Self::Other => 500,
                }
            }

            /// The code as it stands in the envelope.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Other => "other",
                }
            }
        }
    };
}

codes! {
    /// The message cannot be read or breaks a rule of its form.
    Malformed = "malformed", 400;
    /// There is no proof of seat, or it does not verify.
    Unproven = "unproven", 401;
    /// The proof was signed too far from headquarters' clock; the envelope has the time.
    StaleProof = "stale_proof", 401;
    /// Headquarters does not know the seat: nothing is deleted, export or enrol again.
    UnknownSeat = "unknown_seat", 401;
    /// The seat is revoked.
    Revoked = "revoked", 403;
    /// There is no such thing, or this seat may not see it.
    NotFound = "not_found", 404;
    /// The invitation was used, has expired or never existed.
    InvitationSpent = "invitation_spent", 410;
    /// The message is larger than allowed.
    TooLarge = "too_large", 413;
    /// The message is of a kind that is not taken here.
    UnsupportedMedia = "unsupported_media", 415;
    /// The message is of a future version: headquarters has to be updated.
    FutureVersion = "future_version", 426;
    /// Too many requests come from one address or one seat; nothing was stored.
    TooMany = "too_many", 429;
    /// Headquarters is at fault; nothing was stored.
    Internal = "internal", 500;
    /// Headquarters is busy or starting; nothing was stored.
    Busy = "busy", 503;
}

/// The envelope: `{"errors":[{"code":…,"detail":…}]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What is wrong; at least one.
    pub errors: Vec<RefusalDetail>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalDetail {
    /// What kind of refusal.
    pub code: RefusalCode,
    /// One sentence that names the thing and the next step; for logs and experts.
    pub detail: String,
    /// Headquarters' clock, with [`RefusalCode::StaleProof`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Moment>,
    /// The order to erase, with [`RefusalCode::Revoked`]: a [`proof::word::Word`] as hexadecimal
    /// digits. Nothing else about this refusal erases anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

impl Refusal {
    /// A refusal with one thing wrong.
    pub fn of(code: RefusalCode, detail: impl Into<String>) -> Self {
        Self { errors: vec![RefusalDetail { code, detail: detail.into(), now: None, order: None }] }
    }

    /// The kind of the first thing wrong; `None` for an empty envelope.
    pub fn code(&self) -> Option<RefusalCode> {
        self.errors.first().map(|error| error.code)
    }

    /// The order to erase that came with it, not yet believed.
    pub fn order(&self) -> Option<&str> {
        self.errors.iter().find_map(|error| error.order.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_as_it_says() {
        for code in RefusalCode::ALL {
            let json = serde_json::to_string(code).expect("it is plain data");
            assert_eq!(json, format!("\"{}\"", code.as_str()));
        }
    }

    #[test]
    fn a_code_of_a_later_version_is_read_as_other() {
        let read = serde_json::from_str::<Refusal>(
            r#"{"errors":[{"code":"moon_phase","detail":"…","extra":1}]}"#,
        );
        assert_eq!(read.ok().and_then(|refusal| refusal.code()), Some(RefusalCode::Other));
    }
}
