//! The annotated dump: every byte of a form with its offset and what it means.
//!
//! A dump is refused when the bytes are not of the shape, so that the explanation cannot say
//! something that the bytes do not.

use core::ops::Range;

use crate::cbor::{Kind, Node, read};
use crate::shape::{Key, Need, Part, Rule, Shape};

const BYTES_A_LINE: usize = 16;

/// The dump of `bytes`, which are of the form `rule`.
pub(crate) fn dump(bytes: &[u8], rule: &Rule) -> Result<String, String> {
    let node = read(bytes, 0..bytes.len())?;
    let dumper = Dumper { bytes };
    let lines = dumper.value(0, &node, &rule.shape, &Label::top(rule.name))?;
    Ok(lines.iter().map(|line| dumper.written(line)).collect())
}

struct Dumper<'b> {
    bytes: &'b [u8],
}

struct Line {
    range: Range<usize>,
    depth: usize,
    text: String,
}

/// What a value is called, and how deep it stands.
struct Label {
    depth: usize,
    name: String,
}

impl Label {
    fn top(name: &str) -> Self {
        Self { depth: 0, name: name.to_owned() }
    }

    fn inner(&self, name: String) -> Self {
        Self { depth: self.depth + 1, name }
    }
}

type Lines = Result<Vec<Line>, String>;

impl Dumper<'_> {
    /// The lines of a value; its first line begins at `from`, where its key stands.
    fn value(&self, from: usize, node: &Node, shape: &Shape, label: &Label) -> Lines {
        match (shape, &node.kind) {
            (Shape::As(rule), _) => self.value(from, node, &rule.shape, label),
            (Shape::Either(shapes), _) => self.either(from, node, shapes, label),
            (Shape::Holding(rule), Kind::Bytes(range)) => {
                let inner = read(self.bytes, range.clone())?;
                let said = format!("{} bytes that hold:", range.len());
                let top = label.inner(rule.name.to_owned());
                let rest = self.value(inner.start, &inner, &rule.shape, &top)?;
                Ok(with(head(from, node, label, &said), rest))
            }
            (Shape::List(each), Kind::List(items)) => self.list(from, node, items, each, label),
            (Shape::Tuple(parts), Kind::List(items)) => self.tuple(from, node, items, parts, label),
            (Shape::Map(keys), Kind::Map(pairs)) => self.map(from, node, pairs, keys, label),
            (Shape::Any, _) => Ok(vec![leaf(from, node, label, "any one value")]),
            (_, _) => {
                let said = said(shape, &node.kind).ok_or_else(|| {
                    format!("`{}` at {} is not as its shape says", label.name, node.start)
                })?;
                Ok(vec![leaf(from, node, label, &said)])
            }
        }
    }

    fn either(&self, from: usize, node: &Node, shapes: &[Shape], label: &Label) -> Lines {
        let mut tried = shapes.iter().map(|shape| self.value(from, node, shape, label));
        let fault = || format!("`{}` at {} fits no shape", label.name, node.start);
        tried.find(Result::is_ok).unwrap_or_else(|| Err(fault()))
    }

    fn tuple(
        &self,
        from: usize,
        node: &Node,
        items: &[Node],
        parts: &[Part],
        label: &Label,
    ) -> Lines {
        if items.len() != parts.len() {
            return Err(format!("`{}` at {} has {} places", label.name, node.start, items.len()));
        }
        let mut lines = vec![head(from, node, label, &format!("list of {}", items.len()))];
        for (item, part) in items.iter().zip(parts) {
            let inner = label.inner(part.name.to_owned());
            lines.extend(self.value(item.start, item, &part.shape, &inner)?);
        }
        Ok(lines)
    }

    fn list(&self, from: usize, node: &Node, items: &[Node], each: &Shape, label: &Label) -> Lines {
        let mut lines = vec![head(from, node, label, &format!("list of {}", items.len()))];
        for (place, item) in items.iter().enumerate() {
            let inner = label.inner(format!("[{place}]"));
            lines.extend(self.value(item.start, item, each, &inner)?);
        }
        Ok(lines)
    }

    fn map(
        &self,
        from: usize,
        node: &Node,
        pairs: &[(Node, Node)],
        keys: &[Key],
        label: &Label,
    ) -> Lines {
        let mut lines = vec![head(from, node, label, &format!("map of {}", pairs.len()))];
        for key in keys.iter().filter(|key| key.need == Need::Always) {
            node.key(key.key).ok_or_else(|| format!("`{}` has no key {}", label.name, key.key))?;
        }
        for (number, value) in pairs {
            let number_of = number.uint()?;
            let key = keys.iter().find(|key| key.key == number_of);
            let key = key.ok_or_else(|| format!("`{}` has key {number_of}", label.name))?;
            let inner = label.inner(format!("{} {}", key.key, key.name));
            lines.extend(self.value(number.start, value, &key.shape, &inner)?);
        }
        Ok(lines)
    }

    /// One line, or more where the bytes do not fit on one.
    fn written(&self, line: &Line) -> String {
        let mut text = String::new();
        let starts = line.range.clone().step_by(BYTES_A_LINE);
        for (place, start) in starts.enumerate() {
            let end = line.range.end.min(start + BYTES_A_LINE);
            let hex: Vec<_> = self.bytes[start..end].iter().map(|b| format!("{b:02x}")).collect();
            let said = if place == 0 { line.text.as_str() } else { "" };
            let indent = if place == 0 { ". ".repeat(line.depth) } else { String::new() };
            let whole = format!("{start:>5}  {:<47}  {indent}{said}", hex.join(" "));
            text.push_str(whole.trim_end());
            text.push('\n');
        }
        text
    }
}

fn with(first: Line, rest: Vec<Line>) -> Vec<Line> {
    core::iter::once(first).chain(rest).collect()
}

fn head(from: usize, node: &Node, label: &Label, said: &str) -> Line {
    line(from..node.head_end, label, said)
}

fn leaf(from: usize, node: &Node, label: &Label, said: &str) -> Line {
    line(from..node.end, label, said)
}

fn line(range: Range<usize>, label: &Label, said: &str) -> Line {
    Line { range, depth: label.depth, text: format!("{}: {said}", label.name) }
}

/// What a single value says; `None` when it is not of the shape.
fn said(shape: &Shape, kind: &Kind) -> Option<String> {
    match (shape, kind) {
        (Shape::Uint | Shape::Int, Kind::Uint(number)) => Some(number.to_string()),
        (Shape::Int, Kind::Negative(number)) => Some(number.to_string()),
        (Shape::NumberIs(own, word), Kind::Uint(number)) => {
            (own == number).then(|| format!("{number} = {word}"))
        }
        (Shape::Text, Kind::Text(text)) => Some(format!("\"{text}\"")),
        (Shape::Day, Kind::Text(text)) => (text.len() == 10).then(|| format!("\"{text}\"")),
        (Shape::TextIs(own), Kind::Text(text)) => (own == text).then(|| format!("\"{text}\"")),
        (Shape::AnyBytes, Kind::Bytes(range)) => Some(format!("{} bytes", range.len())),
        (Shape::Sealed, Kind::Bytes(range)) => Some(format!("{} sealed bytes", range.len())),
        (Shape::Bytes(length), Kind::Bytes(range)) => {
            (*length == range.len()).then(|| format!("{length} bytes"))
        }
        (Shape::Bool, Kind::Bool(word)) => Some(word.to_string()),
        (Shape::Null, Kind::Null) => Some("nothing".to_owned()),
        (
            Shape::Uint
            | Shape::Int
            | Shape::Text
            | Shape::Day
            | Shape::TextIs(_)
            | Shape::NumberIs(..)
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
            | Shape::Either(_),
            _,
        ) => None,
    }
}
