//! What was filled in on a form, as it came.

use std::collections::BTreeMap;
use std::str::FromStr;

/// The longest reason, in characters.
const MAX_REASON: usize = 500;

/// The fields of a form; a field may be there several times.
#[derive(Debug, Default, Clone)]
pub(crate) struct Filled(BTreeMap<String, Vec<String>>);

impl Filled {
    pub(crate) fn parse(form: &[u8]) -> Self {
        let mut filled = Self::default();
        for (name, value) in form_urlencoded::parse(form) {
            filled.put(name.into_owned(), &value);
        }
        filled
    }

    /// Adds what stands in a field.
    pub(super) fn put(&mut self, name: String, value: &str) {
        self.0.entry(name).or_default().push(value.trim().to_owned());
    }

    /// The same with another value in a field; without the field when the value is empty.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.0.remove(name);
        if !value.is_empty() {
            other.0.insert(name.to_owned(), vec![value.to_owned()]);
        }
        other
    }

    /// The first value of a field; empty when it is not there.
    pub(super) fn one(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a field is there, whatever it says: a button that was pressed, a box that is ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The names of the fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The id in a field.
    pub(crate) fn id<I: FromStr>(&self, name: &str) -> Option<I> {
        self.one(name).parse().ok()
    }

    /// A reason that is written and not too long.
    pub(super) fn reason(&self, name: &str) -> Option<&str> {
        let reason = self.one(name);
        let fits = !reason.is_empty() && reason.chars().count() <= MAX_REASON;
        fits.then_some(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_something_and_not_a_book() {
        let reason = |text: &str| {
            let filled = Filled::parse(format!("reason={text}").as_bytes());
            filled.reason("reason").map(str::to_owned)
        };
        assert_eq!(reason("++m%E1%BA%A5t+m%C3%A1y+"), Some("mất máy".to_owned()));
        assert_eq!((reason(""), reason("+++")), (None, None));
        assert!(reason(&"a".repeat(MAX_REASON)).is_some());
        assert_eq!(reason(&"a".repeat(MAX_REASON + 1)), None);
        assert_eq!(Filled::parse(b"").reason("reason"), None);
    }
}
