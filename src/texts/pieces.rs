//! The sentences about pieces of evidence: taking them in, showing them, and saying what is wrong.

use crate::sentences::sentences;

sentences! {
    evidence: "Tệp chứng cứ (không bắt buộc)", "Files of evidence (optional)";
    evidence_hint(files: usize, size: &str): "PDF, JPEG, PNG hoặc WebP; tối đa {files} tệp, mỗi tệp không quá {size}.",
        "PDF, JPEG, PNG or WebP; {files} file at most, no larger than {size}.",
        "PDF, JPEG, PNG or WebP; {files} files at most, each no larger than {size}.";
    choose_again: "Chưa tệp nào được giữ lại; hãy chọn lại các tệp.", "No file was kept; choose the files again.";
    not_recorded: "Chưa ghi: hãy sửa những chỗ sau.", "Not recorded: please mend the following.";
    too_large(name: &str, size: &str): "“{name}” lớn hơn {size}; hãy nén lại hoặc chia nhỏ.", "“{name}” is larger than {size}; make it smaller or split it.";
    empty(name: &str): "“{name}” không có nội dung; hãy kiểm tra lại tệp.", "“{name}” has no content; check the file.";
    other_kind(name: &str): "“{name}” không phải là PDF, JPEG, PNG hay WebP; hãy lưu lại thành một trong các loại này.",
        "“{name}” is not a PDF, JPEG, PNG or WebP; save it as one of these.";
    unusable_name(name: &str): "Tên tệp “{name}” không dùng được; hãy đặt tên ngắn hơn 200 chữ, không có dấu / \\ và ký tự ẩn.",
        "The file name “{name}” cannot be used; choose one of up to 200 letters without / \\ and hidden characters.";
    not_on_disk(name: &str): "Trụ sở chưa ghi được “{name}” vào đĩa; hãy thử lại, nếu vẫn không được, hãy báo người vận hành.",
        "Headquarters could not write “{name}” to its disk; try again, and if it still fails, tell those who run headquarters.";
    too_many(most: usize): "Chỉ đính kèm được {most} tệp mỗi lần; hãy ghi kết quả nhiều lần hoặc gộp tệp.",
        "Only {most} file can be taken at once; record the outcome again for more, or join files.",
        "Only {most} files can be taken at once; record the outcome again for more, or join files.";
    too_much: "Các tệp gửi lên quá lớn; hãy gửi ít tệp hơn.", "The files are too large together; send fewer.";
    pieces: "Chứng cứ", "Evidence";
    how_many: "Số tệp chứng cứ", "Pieces of evidence";
    is_missing: "tệp không còn ở trụ sở", "the file is no longer at headquarters";
    is_damaged: "tệp ở trụ sở đã hỏng", "the file at headquarters is damaged";
    missing_next: "Bản ghi vẫn nêu tên tệp này. Hãy tìm tệp trong bản sao lưu, hoặc đính kèm lại đúng tệp đó vào một kết quả mới.",
        "The record still names it. Look for it in a backup, or attach the very same file to a new outcome.";
    unreadable_form: "Trụ sở không đọc được biểu mẫu này", "Headquarters could not read this form";
    unreadable_form_next: "Chưa có gì được lưu. Hãy quay lại trang trước và gửi lại.", "Nothing was stored. Go back and send it again.";
    none_named: "Chưa có chứng cứ nào được đính kèm.", "No piece of evidence was attached yet.";
    all_here(n: usize): "{n} tệp chứng cứ được nhắc tới trong bản ghi, đều có ở trụ sở.", "{n} piece of evidence is named by the record, and it is here.", "{n} pieces of evidence are named by the record, and all of them are here.";
    not_here(n: usize, all: usize): "{n} trên {all} tệp chứng cứ không còn nguyên vẹn ở trụ sở. Hãy tìm trong bản sao lưu khác, hoặc đính kèm lại đúng tệp đó.",
        "{n} of {all} pieces of evidence is not here as it was. Look for it in another backup, or attach the very same file again.",
        "{n} of {all} pieces of evidence are not here as they were. Look for them in another backup, or attach the very same files again.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang::{En, Vi};

    #[test]
    fn a_refusal_names_the_file_and_what_to_do() {
        assert_eq!(
            too_large(En, "a.pdf", "20 MB"),
            "“a.pdf” is larger than 20 MB; make it smaller or split it."
        );
        for sentence in [empty, other_kind, unusable_name, not_on_disk] {
            for lang in [Vi, En] {
                assert!(sentence(lang, "a.pdf").contains("“a.pdf”"));
            }
        }
    }
}
