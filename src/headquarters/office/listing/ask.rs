//! What an address asks of a list: the pairs behind its `?`, read and written.

use std::collections::BTreeMap;

/// The pairs of a query string; of a name that stands twice, the last one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::office) struct Ask(BTreeMap<String, String>);

impl Ask {
    /// Reads what stands behind the `?`.
    pub(in crate::office) fn parse(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.trim().to_owned()));
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a name; empty when there is none.
    pub(in crate::office) fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The page, counted from 1.
    pub(in crate::office) fn page(&self) -> usize {
        self.value("page").parse().unwrap_or(1).max(1)
    }

    /// The same with another value; without the name when the value is empty. Whatever changes
    /// leads back to the first page.
    pub(in crate::office) fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.0.remove("page");
        other.0.remove(name);
        if !value.is_empty() {
            other.0.insert(name.to_owned(), value.to_owned());
        }
        other
    }

    /// The same without a name.
    pub(in crate::office) fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.0.remove(name);
        other
    }

    /// An address with these pairs.
    pub(in crate::office) fn address(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.0);
        format!("{path}?{}", query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_and_changes_lead_to_the_first_page() {
        let ask = Ask::parse("q=s%E1%BB%95+b&state=&page=3");
        assert_eq!((ask.value("q"), ask.value("state"), ask.page()), ("sổ b", "", 3));
        assert_eq!(ask.with("sort", "day").address("/office"), "/office?q=s%E1%BB%95+b&sort=day");
        assert_eq!(ask.with("q", "").address("/office"), "/office");
    }

    #[test]
    fn a_page_that_is_no_number_is_the_first() {
        for query in ["page=0", "page=-1", "page=x", ""] {
            assert_eq!(Ask::parse(query).page(), 1, "{query}");
        }
    }
}
