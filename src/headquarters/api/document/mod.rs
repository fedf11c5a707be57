//! The OpenAPI document: what can be asked, what is answered, and what every field means.
//!
//! The rooms that own the messages know nothing of it. `messages.rs` describes their written form
//! once more, and a test compares it with what those rooms write.

mod described;
mod messages;
pub(super) mod office;
mod refusals;
mod samples;
pub(super) mod tablets;

pub(super) use described::Described;

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Paths;
use utoipa::openapi::schema::{Components, ComponentsBuilder};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ContactBuilder, Info, InfoBuilder, OpenApi, OpenApiBuilder};

/// The scheme of requests that a seat proves to be its own.
const SEAT: &str = "seat";

/// The scheme of whoever is signed in to the office.
const OFFICE: &str = "office";

/// The name of the header under `#/components/headers`.
const REQUEST_ID: &str = "RequestId";

const ABOUT: &str = "\
What tablets and the office ask of headquarters.

Messages that carry events are deterministic CBOR (RFC 8949, section 4.2) with whole numbers as \
keys; all others are JSON. Binary values stand in JSON as lower-case hexadecimal digits. Moments \
are milliseconds since 1970-01-01T00:00:00Z; days are `YYYY-MM-DD` in Viet Nam.

Every answer names its request in `x-request-id`, and a refusal also in its body.
An address under `/api/` that is not here is answered with 404 and a refusal, a method that is \
not here with 405.";

const PROOF: &str = "\
`Authorization: Seat SEAT.AT_MS.SIGNATURE`: the seat's id in hexadecimal, the moment of signing \
in milliseconds since 1970, and an Ed25519 signature in hexadecimal. Signed are five lines, each \
ended by a line feed: `bienban/request/v1`, the method, path and query as sent, the moment, and \
the SHA-256 of the body in hexadecimal. The moment may be 300 s from headquarters' clock.";

const COOKIE: &str = "\
The session of the office, set by `/office/enter` for 12 hours. Without it, pages are answered \
with 303 to `/office/sign-in`.";

/// The document of these paths.
pub(super) fn of(paths: Paths) -> OpenApi {
    let tag =
        |name: &str, about: &str| TagBuilder::new().name(name).description(Some(about)).build();
    OpenApiBuilder::new()
        .info(info())
        .tags(Some([
            tag(tablets::TAG, "What tablets ask."),
            tag(office::TAG, "Pages and files of the office, as browsers ask for them."),
        ]))
        .paths(paths)
        .components(Some(components()))
        .build()
}

fn info() -> Info {
    InfoBuilder::new()
        .title("Biên Bản, headquarters")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .contact(Some(ContactBuilder::new().name(Some("those who run headquarters")).build()))
        .build()
}

fn components() -> Components {
    let proof = ApiKeyValue::with_description("authorization", PROOF);
    let cookie = ApiKeyValue::with_description("bienban_office", COOKIE);
    let header = HeaderBuilder::new()
        .description(Some("The request's id, by which the log is searched."))
        .schema(Some(described::text("The id: letters, digits, `-` and `_`, at most 64.")))
        .build();
    messages::all(ComponentsBuilder::new())
        .security_scheme(SEAT, SecurityScheme::ApiKey(ApiKey::Header(proof)))
        .security_scheme(OFFICE, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)))
        .header(REQUEST_ID, header)
        .build()
}
