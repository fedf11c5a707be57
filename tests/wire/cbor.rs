//! A reader of CBOR that shares no code with the product: what it reads, anyone can read.
//!
//! It knows where each value stands in the bytes, so that a dump can show it. It does not ask
//! whether the bytes are deterministic; `domain::cbor` does.

use core::ops::Range;

/// One value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Where its first byte is.
    pub(crate) start: usize,
    /// Where its head (kind and length) ends.
    pub(crate) head_end: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Uint(u64),
    Negative(i64),
    Bytes(Range<usize>),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    Bool(bool),
    Null,
}

/// Reads the one value that `bytes[range]` is, with offsets in `bytes`.
pub(crate) fn read(bytes: &[u8], range: Range<usize>) -> Result<Node, String> {
    let whole = bytes.get(..range.end).ok_or("the range ends after the bytes")?;
    let node = node(whole, range.start)?;
    if node.end == range.end {
        Ok(node)
    } else {
        Err(format!("bytes are left over from {}", node.end))
    }
}

fn node(bytes: &[u8], start: usize) -> Result<Node, String> {
    let first = *bytes.get(start).ok_or_else(|| format!("the bytes end at {start}"))?;
    let (argument, head_end) = argument(bytes, start, first & 31)?;
    let made = |end, kind| Ok(Node { start, head_end, end, kind });
    match first >> 5 {
        0 => made(head_end, Kind::Uint(argument)),
        1 => made(head_end, Kind::Negative(-1 - small(argument)?)),
        2 => {
            let end = run(bytes, head_end, argument)?;
            made(end, Kind::Bytes(head_end..end))
        }
        3 => {
            let end = run(bytes, head_end, argument)?;
            let text = core::str::from_utf8(&bytes[head_end..end]).map_err(|e| e.to_string())?;
            made(end, Kind::Text(text.to_owned()))
        }
        4 => {
            let items = several(bytes, head_end, argument)?;
            made(end_of(&items, head_end), Kind::List(items))
        }
        5 => {
            let items = several(bytes, head_end, argument.saturating_mul(2))?;
            let end = end_of(&items, head_end);
            let pairs = items.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
            made(end, Kind::Map(pairs.collect()))
        }
        7 if argument == 20 || argument == 21 => made(head_end, Kind::Bool(argument == 21)),
        7 if argument == 22 => made(head_end, Kind::Null),
        _ => Err(format!("the byte {first:02x} at {start} is not used in records")),
    }
}

fn argument(bytes: &[u8], start: usize, short: u8) -> Result<(u64, usize), String> {
    let extra = match short {
        0..=23 => return Ok((u64::from(short), start + 1)),
        24..=27 => 1_usize << (short - 24),
        _ => return Err(format!("the length at {start} is not definite")),
    };
    let end = start + 1 + extra;
    let tail = bytes.get(start + 1..end).ok_or_else(|| format!("the bytes end after {start}"))?;
    Ok((tail.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), end))
}

fn small(argument: u64) -> Result<i64, String> {
    i64::try_from(argument).map_err(|e| e.to_string())
}

fn run(bytes: &[u8], start: usize, length: u64) -> Result<usize, String> {
    let length = usize::try_from(length).map_err(|e| e.to_string())?;
    let end = start.checked_add(length).filter(|end| *end <= bytes.len());
    end.ok_or_else(|| format!("the bytes end inside the value at {start}"))
}

fn several(bytes: &[u8], start: usize, count: u64) -> Result<Vec<Node>, String> {
    let (mut items, mut at) = (Vec::new(), start);
    for _ in 0..count {
        let item = node(bytes, at)?;
        at = item.end;
        items.push(item);
    }
    Ok(items)
}

fn end_of(items: &[Node], start: usize) -> usize {
    items.last().map_or(start, |item| item.end)
}

impl Node {
    /// The place in a list.
    pub(crate) fn at(&self, place: usize) -> Result<&Node, String> {
        match &self.kind {
            Kind::List(items) => items.get(place).ok_or_else(|| format!("no place {place}")),
            Kind::Uint(_)
            | Kind::Negative(_)
            | Kind::Bytes(_)
            | Kind::Text(_)
            | Kind::Map(_)
            | Kind::Bool(_)
            | Kind::Null => Err(format!("no list at {}", self.start)),
        }
    }

    /// The places of a list.
    pub(crate) fn places(&self) -> Result<&[Node], String> {
        match &self.kind {
            Kind::List(items) => Ok(items),
            Kind::Uint(_)
            | Kind::Negative(_)
            | Kind::Bytes(_)
            | Kind::Text(_)
            | Kind::Map(_)
            | Kind::Bool(_)
            | Kind::Null => Err(format!("no list at {}", self.start)),
        }
    }

    /// The value under a numbered key of a map; `None` when the key is not there.
    pub(crate) fn key(&self, key: u64) -> Option<&Node> {
        match &self.kind {
            Kind::Map(pairs) => {
                let mut pairs = pairs.iter();
                pairs.find(|(own, _)| matches!(own.kind, Kind::Uint(n) if n == key)).map(|p| &p.1)
            }
            Kind::Uint(_)
            | Kind::Negative(_)
            | Kind::Bytes(_)
            | Kind::Text(_)
            | Kind::List(_)
            | Kind::Bool(_)
            | Kind::Null => None,
        }
    }

    /// The bytes of a byte string.
    pub(crate) fn bytes<'b>(&self, whole: &'b [u8]) -> Result<&'b [u8], String> {
        self.range().map(|range| &whole[range])
    }

    /// Where the bytes of a byte string stand.
    pub(crate) fn range(&self) -> Result<Range<usize>, String> {
        match &self.kind {
            Kind::Bytes(range) => Ok(range.clone()),
            Kind::Uint(_)
            | Kind::Negative(_)
            | Kind::List(_)
            | Kind::Text(_)
            | Kind::Map(_)
            | Kind::Bool(_)
            | Kind::Null => Err(format!("no byte string at {}", self.start)),
        }
    }

    /// The number.
    pub(crate) fn uint(&self) -> Result<u64, String> {
        match self.kind {
            Kind::Uint(number) => Ok(number),
            Kind::Bytes(_)
            | Kind::Negative(_)
            | Kind::List(_)
            | Kind::Text(_)
            | Kind::Map(_)
            | Kind::Bool(_)
            | Kind::Null => Err(format!("no number at {}", self.start)),
        }
    }

    /// The text.
    pub(crate) fn text(&self) -> Result<&str, String> {
        match &self.kind {
            Kind::Text(text) => Ok(text),
            Kind::Bytes(_)
            | Kind::Negative(_)
            | Kind::List(_)
            | Kind::Uint(_)
            | Kind::Map(_)
            | Kind::Bool(_)
            | Kind::Null => Err(format!("no text at {}", self.start)),
        }
    }
}
