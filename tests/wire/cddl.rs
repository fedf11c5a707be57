//! The shapes as CDDL (RFC 8610), the notation in which experts read such forms.

use crate::shape::{Need, Rule, Shape};

/// The rules as one CDDL file.
pub(crate) fn written(rules: &[&Rule]) -> String {
    let rules: Vec<_> = rules
        .iter()
        .map(|rule| format!("; {}\n{} = {}\n", rule.meaning, rule.name, shape(&rule.shape, 0)))
        .collect();
    let day = "; a civil day in Viet Nam\nday = tstr .regexp \"[0-9]{4}-[0-9]{2}-[0-9]{2}\"\n";
    format!("{}\n{day}", rules.join("\n"))
}

fn shape(of: &Shape, depth: usize) -> String {
    match of {
        Shape::Uint => "uint".to_owned(),
        Shape::Int => "int".to_owned(),
        Shape::Text => "tstr".to_owned(),
        Shape::Day => "day".to_owned(),
        Shape::TextIs(text) => format!("\"{text}\""),
        Shape::NumberIs(number, _) => number.to_string(),
        Shape::Bytes(length) => format!("bstr .size {length}"),
        Shape::Sealed | Shape::AnyBytes => "bstr".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Any => "any".to_owned(),
        Shape::Holding(rule) => format!("bstr .cbor {}", rule.name),
        Shape::As(rule) => rule.name.to_owned(),
        Shape::List(each) => format!("[* {}]", shape(each, depth)),
        Shape::Tuple(parts) => {
            let parts: Vec<_> = parts
                .iter()
                .map(|part| format!("{}: {}", part.name, shape(&part.shape, depth)))
                .collect();
            format!("[{}]", parts.join(", "))
        }
        Shape::Map(keys) => {
            let inner = "  ".repeat(depth + 1);
            let pairs: Vec<_> = keys
                .iter()
                .map(|key| {
                    let value = shape(&key.shape, depth + 1);
                    format!(
                        "{inner}{}{}: {value}, ; {}{}\n",
                        mark(key.need),
                        key.key,
                        key.name,
                        word(&key.shape)
                    )
                })
                .collect();
            format!("{{\n{}{}}}", pairs.concat(), "  ".repeat(depth))
        }
        Shape::Either(shapes) => {
            let shapes: Vec<_> = shapes.iter().map(|of| shape(of, depth)).collect();
            shapes.join(" / ")
        }
    }
}

/// What numbers stand for, as the end of a comment.
fn word(of: &Shape) -> String {
    match of {
        Shape::NumberIs(_, word) => format!(": {word}"),
        Shape::Uint
        | Shape::Int
        | Shape::Text
        | Shape::Day
        | Shape::TextIs(_)
        | Shape::Bytes(_)
        | Shape::Sealed
        | Shape::Bool
        | Shape::AnyBytes
        | Shape::Null
        | Shape::Any
        | Shape::Holding(_)
        | Shape::As(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Either(_) => String::new(),
    }
}

fn mark(need: Need) -> &'static str {
    match need {
        Need::Always => "",
        Need::MayLack => "? ",
    }
}
