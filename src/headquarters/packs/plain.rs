//! What people are shown is in plain words: what only an editor can use, such as the place of a
//! copy in somebody's files, is refused. What the words say is not judged.

/// Words that stand for a missing value or for somebody's files, never for the law.
const EDITORS: [&str; 2] = ["null", "github"];

/// Where an address begins: who has no network cannot follow it.
const ADDRESS: &str = "://";

/// The first word that a person in a print hall cannot use.
pub(super) fn editors_word(text: &str) -> Option<&str> {
    if text.contains(ADDRESS) {
        return Some(ADDRESS);
    }
    let mut before = "";
    text.split(|c: char| !c.is_alphanumeric() && c != '_').find(|word| {
        let follows_offset = before.eq_ignore_ascii_case("offset");
        before = word;
        word.contains('_')
            || (follows_offset && is_place_in_file(word))
            || EDITORS.iter().any(|editors| word.eq_ignore_ascii_case(editors))
    })
}

/// Offset is also a way of printing: "máy in offset 4 màu" is said in every print hall.
fn is_place_in_file(word: &str) -> bool {
    word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_an_editor_can_use_is_told_from_the_words_of_the_trade() {
        let cases = [
            ("mức phạt giữ null.", Some("null")),
            ("Null", Some("Null")),
            ("github:a/b@9e34 c.md", Some("github")),
            ("(read_file id 688)", Some("read_file")),
            ("toàn văn, offset 4766000-4821000", Some("4766000")),
            ("xem print.machine.import_declaration", Some("import_declaration")),
            ("https://example.vn/a", Some("://")),
            ("Máy in offset 4 màu, offset 2015", None),
            ("The licence was annulled", None),
            ("Nghị định 72/2022/NĐ-CP ngày 04/10/2022, toàn văn theo Công báo", None),
        ];
        for (text, expected) in cases {
            assert_eq!(editors_word(text), expected, "{text}");
        }
    }
}
