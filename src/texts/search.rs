//! Finding things by words, without regard to Vietnamese diacritics: "so" finds "sổ". What is
//! searched, and where the words stand in it, is not looked at here.

/// The words that someone looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(Vec<String>);

impl Query {
    /// The words of a text; none for an empty one.
    pub fn new(text: &str) -> Self {
        Self(fold(text).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a folded text has every word, whole or in part.
    pub fn is_in(&self, folded: &str) -> bool {
        self.0.iter().all(|word| folded.contains(word.as_str()))
    }
}

/// The text in lower case without diacritics, đ as d.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(base).collect()
}

/// The bare letter; `None` for a mark that combines with the letter before it.
fn base(letter: char) -> Option<char> {
    Some(match letter {
        '\u{300}'..='\u{36f}' => return None,
        'à' | 'á' | 'â' | 'ã' | 'ă' | 'ạ'..='ặ' => 'a',
        'è' | 'é' | 'ê' | 'ẹ'..='ệ' => 'e',
        'ì' | 'í' | 'ĩ' | 'ỉ' | 'ị' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ù' | 'ú' | 'ũ' | 'ư' | 'ụ'..='ự' => 'u',
        'ý' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => 'y',
        'đ' => 'd',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diacritics_and_case_do_not_matter() {
        let cases = [
            ("so", "Sổ ghi chép"),
            ("SỔ", "có so không"),
            ("dieu 28c", "khoản 1 Điều 28c"),
            ("đ", "Điểm d"),
            ("luu chieu", "nộp lưu chiểu"),
        ];
        for (query, text) in cases {
            assert!(Query::new(query).is_in(&fold(text)), "{query} in {text}");
        }
        assert!(!Query::new("so giay").is_in(&fold("sổ ghi")));
    }

    #[test]
    fn every_vietnamese_letter_folds_to_ascii() {
        let letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
        for text in [letters.to_owned(), letters.to_uppercase()] {
            assert!(fold(&text).is_ascii(), "{}", fold(&text));
        }
        assert_eq!(fold("so\u{309} D\u{323}"), "so d");
    }

    #[test]
    fn no_words_find_everything() {
        assert!(Query::new("  ").is_empty());
        assert!(Query::new("").is_in("x"));
    }
}
