//! An operation while it is being described, in as few words as each address needs.

use serde_json::Value;
use sync::message::refusal::RefusalCode;
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, Object, ObjectBuilder, Ref, SchemaFormat, Type,
};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, RefOr, Required, ResponseBuilder, Schema};

use super::{REQUEST_ID, refusals, samples};

/// An operation while it is being described.
pub(in crate::api) struct Described(OperationBuilder);

/// A word that is sent, with what it means.
pub(super) struct Word {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) sample: &'static str,
    /// What it may be, where it is one of several.
    pub(super) of: &'static [&'static str],
}

/// A word that may be anything.
pub(super) const fn word(name: &'static str, about: &'static str, sample: &'static str) -> Word {
    Word { name, about, sample, of: &[] }
}

/// A word that is one of several.
pub(super) const fn choice(
    name: &'static str,
    about: &'static str,
    of: &'static [&'static str],
) -> Word {
    Word { name, about, sample: of[0], of }
}

/// A schema of text.
pub(super) fn text(about: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).description(Some(about)).build()
}

/// A schema with a property for each word.
fn fields(words: &[Word]) -> ObjectBuilder {
    words.iter().fold(ObjectBuilder::new(), |form, word| {
        form.property(word.name, RefOr::T(Schema::Object(word.schema())))
    })
}

/// A schema of bytes that are no text.
pub(super) fn binary(about: &str) -> Object {
    let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
    let bytes = ObjectBuilder::new().schema_type(Type::String).format(Some(format));
    bytes.description(Some(about)).build()
}

impl Word {
    fn schema(&self) -> Object {
        let of = (!self.of.is_empty()).then(|| self.of.iter().copied());
        let word = ObjectBuilder::new().schema_type(Type::String).description(Some(self.about));
        word.enum_values(of).examples([self.sample]).build()
    }
}

impl Described {
    pub(super) fn new(tag: &str, summary: &str, description: &str) -> Self {
        let operation = OperationBuilder::new().tag(tag).summary(Some(summary));
        Self(operation.description((!description.is_empty()).then_some(description)))
    }

    /// Who may ask.
    pub(super) fn secured(self, scheme: &str) -> Self {
        Self(self.0.security(SecurityRequirement::new(scheme, Vec::<String>::new())))
    }

    /// What may stand behind the `?`.
    pub(super) fn asks(self, words: &[Word]) -> Self {
        let parameters = words.iter().map(|word| {
            ParameterBuilder::new()
                .name(word.name)
                .parameter_in(ParameterIn::Query)
                .required(Required::False)
                .description(Some(word.about))
                .schema(Some(word.schema()))
                .build()
        });
        Self(parameters.fold(self.0, OperationBuilder::parameter))
    }

    /// A body, of which there is a sample in JSON.
    pub(super) fn takes_json<T: ToSchema>(self, about: &str, sample: Value) -> Self {
        self.takes("application/json", about, json::<T>(sample))
    }

    /// A body of bytes.
    pub(super) fn takes_binary(self, media: &str, schema: &str) -> Self {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
        self.takes(media, "See the schema.", content)
    }

    /// The fields of a form.
    pub(super) fn takes_form(self, about: &str, words: &[Word]) -> Self {
        let form = fields(words).description(Some(about)).build();
        let content = ContentBuilder::new().schema(Some(form)).build();
        self.takes("application/x-www-form-urlencoded", about, content)
    }

    /// The fields of a form, and files in one more field of it.
    pub(super) fn takes_form_with_files(self, about: &str, words: &[Word], files: &Word) -> Self {
        let all = ArrayBuilder::new().items(binary(files.about)).description(Some(files.about));
        let form = fields(words).property(files.name, all).description(Some(about)).build();
        let content = ContentBuilder::new().schema(Some(form)).build();
        self.takes("multipart/form-data", about, content)
    }

    fn takes(self, media: &str, about: &str, content: Content) -> Self {
        let body = RequestBodyBuilder::new().description(Some(about)).content(media, content);
        Self(self.0.request_body(Some(body.required(Some(Required::True)).build())))
    }

    /// The answer to what is as it should be, in JSON.
    pub(super) fn answers_json<T: ToSchema>(self, about: &str, sample: Value) -> Self {
        self.answers(200, about, Some(("application/json", json::<T>(sample))))
    }

    /// The answer to what is as it should be, in a form that has a schema of its own.
    pub(super) fn answers_binary(self, media: &str, about: &str, schema: &str) -> Self {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
        self.answers(200, about, Some((media, content)))
    }

    /// An answer of text or of a file.
    pub(super) fn answers_file(self, media: &str, about: &str) -> Self {
        let is_text = media.starts_with("text/");
        let schema = if is_text { text(about) } else { binary(about) };
        self.answers(200, about, Some((media, Content::new(Some(schema)))))
    }

    /// An answer without a body.
    pub(super) fn answers_nothing(self, status: u16, about: &str) -> Self {
        self.answers(status, about, None)
    }

    /// Another page instead of the one that was asked for.
    pub(super) fn answers_page(self, status: u16, about: &str) -> Self {
        self.answers(status, about, Some(("text/html", Content::new(Some(text(about))))))
    }

    /// Words of the server itself, for programs that do not ask as the document says.
    pub(super) fn answers_plain(self, status: u16, about: &str) -> Self {
        self.answers(status, about, Some(("text/plain", Content::new(Some(text(about))))))
    }

    /// The refusals of the API.
    pub(super) fn refuses(self, codes: &[RefusalCode]) -> Self {
        refusals::by_status(codes).into_iter().fold(self, |described, (status, about)| {
            let code = codes.iter().find(|code| code.status() == status);
            let sample = samples::refusal(code.copied().unwrap_or(RefusalCode::Other));
            let content = json::<super::messages::Refusal>(sample);
            described.answers(status, &about, Some(("application/json", content)))
        })
    }

    fn answers(self, status: u16, about: &str, content: Option<(&str, Content)>) -> Self {
        let response = ResponseBuilder::new().description(about);
        let response = match content {
            Some((media, content)) => response.content(media, content),
            None => response,
        };
        let id = Ref::new(format!("#/components/headers/{REQUEST_ID}"));
        let response = response.header_ref(crate::requests::HEADER.as_str(), id);
        Self(self.0.response(status.to_string(), response.build()))
    }

    /// The operation at its address; what stands in braces there is described here once.
    pub(in crate::api) fn at(self, method: &HttpMethod, path: &str) -> Operation {
        let verb = if *method == HttpMethod::Post { "post" } else { "get" };
        let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        let id = [verb].into_iter().chain(words).collect::<Vec<_>>().join("_");
        let named = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let operation = named.fold(self.0, |operation, name| {
            let (about, sample) = of_path(name);
            let schema = Word { name: "", about, sample, of: &[] }.schema();
            let parameter = ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(about))
                .schema(Some(schema));
            operation.parameter(parameter.build())
        });
        operation.operation_id(Some(id)).build()
    }
}

fn of_path(name: &str) -> (&'static str, &'static str) {
    match name {
        "sha256" => (
            "The pack's SHA-256, 64 hexadecimal digits.",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
        "finding" => {
            ("The finding's id, 32 hexadecimal digits.", "22222222222222222222222222222222")
        }
        _ => ("The inspection's id, 32 hexadecimal digits.", "11111111111111111111111111111111"),
    }
}

fn json<T: ToSchema>(sample: Value) -> Content {
    let schema = Ref::from_schema_name(T::name());
    ContentBuilder::new().schema(Some(schema)).example(Some(sample)).build()
}
