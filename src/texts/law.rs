//! Sentences about the law: how a provision is cited and what an indicative range means.

use crate::Lang;
use crate::sentences::sentences;

sentences! {
    details: "Căn cứ và mức tham khảo", "Legal basis and indicative range";
    duties: "Nghĩa vụ", "Duty";
    sanctions: "Quy định xử phạt", "Sanctioning provision";
    no_duty: "Chưa có nguồn về nghĩa vụ.", "No source for the duty.";
    no_sanction: "Chưa có nguồn về quy định xử phạt.", "No source for a sanctioning provision.";
    in_force_from(day: &str): "có hiệu lực từ {day}", "in force from {day}";
    in_force_through(from: &str, last: &str): "có hiệu lực từ {from} đến hết {last}", "in force {from} to {last}";
    by_day_of_act: "Mục được hỏi theo ngày kiểm tra; điều khoản cho một dấu hiệu được chọn theo ngày xảy ra hành vi.",
        "Items are asked by the day of the inspection; the provision for a finding is chosen by the day of the act.";
    evidence: "Chứng cứ cần xem", "Evidence to look at";
    range: "Mức phạt tham khảo", "Indicative fine";
    organisation: "Tổ chức", "Organisation";
    individual: "Cá nhân", "Individual";
    indicative: "Mức tham khảo: thẩm quyền quyết định thuộc người có thẩm quyền.",
        "Indicative: the decision belongs to the competent person.";
    no_source: "Chưa có nguồn", "No source";
    warning: "Cảnh cáo", "Warning";
    warning_or(amounts: &str): "Cảnh cáo hoặc phạt tiền {amounts}", "Warning, or a fine of {amounts}";
    fine(amounts: &str): "Phạt tiền {amounts}", "A fine of {amounts}";
    supplementary: "Hình thức phạt bổ sung", "Supplementary sanctions";
    remedies: "Biện pháp khắc phục hậu quả", "Remedial measures";
    sources: "Nguồn", "Sources";
    confidence: "Mức độ đối chiếu", "How well it was verified";
    unverified(part: &str): "{part}: chưa đối chiếu văn bản gốc", "{part}: not compared with the original text";
    verified: "Đã đối chiếu văn bản", "Verified in the text";
    secondary: "Theo bản tóm tắt hoặc trích, chưa đối chiếu văn bản gốc",
        "From a summary or excerpt, not compared with the original";
    memory: "Chưa tìm được nguồn, chưa đối chiếu văn bản gốc", "No source was found, not compared with the original";
    of_item: "Mục kiểm tra nói chung", "Item as a whole";
    of_duty: "Nghĩa vụ", "Duty";
    of_fine: "Mức phạt", "Fine";
    note: "Lưu ý", "Note";
    text_read(text: &str): "Mức phạt đọc trong văn bản: {text}", "The range was read in: {text}";
    provision: "Điều khoản", "Provision";
    wording: "Nguyên văn", "Wording";
    no_wording(of: &str): "Chưa có nguyên văn trong máy. Xem {of} trên Công báo hoặc Cơ sở dữ liệu quốc gia về pháp luật (vbpl.vn).",
        "The wording is not on this tablet. See {of} in the Official Gazette or the national database of law (vbpl.vn).";
    ended: "hết hiệu lực", "no longer in force";
    not_yet: "chưa có hiệu lực", "not yet in force";
    next: "Quy định tiếp theo", "What follows";
    next_from(day: &str): "Từ {day}, mục kiểm tra dẫn:", "From {day}, the item cites:";
    next_none: "Chưa biết quy định nào tiếp theo.", "What follows is not known.";
    of_duty_here: "Nghĩa vụ theo điều khoản này", "Duty under this provision";
    of_fine_here: "Mức phạt theo điều khoản này", "Fine under this provision";
    of_instrument: "Văn bản nói chung", "Instrument as a whole";
    instrument: "Văn bản", "Instrument";
    versions: "Các bản theo thời gian", "Versions in time";
    on_inspection_day(day: &str): "đang áp dụng vào ngày kiểm tra {day}", "in force on the inspection day {day}";
    not_on_inspection_day(day: &str): "Không có bản nào có hiệu lực vào ngày kiểm tra {day}.",
        "No version was in force on the inspection day {day}.";
    replaced_by: "Văn bản được thay thế bởi", "Instrument replaced by";
    replaced_by_none: "Chưa thấy văn bản nào thay thế toàn bộ văn bản này.", "No instrument is known that replaces the whole of this one.";
    replaces: "Thay thế cho", "Replaces";
    amended_by: "Được sửa đổi bởi", "Amended by";
    issued_on(day: &str): "Ban hành ngày {day}", "Issued on {day}";
    days_unknown: "Chưa có nguồn về ngày hiệu lực.", "No source for its days in force.";
    of_first_day: "Ngày bắt đầu hiệu lực", "First day in force";
    not_in_pack: "Bộ dữ liệu trên máy chưa có văn bản này.", "The pack on this tablet does not have this instrument.";
    no_sources: "Chưa ghi nguồn.", "No source was noted.";
    decree: "Tình trạng nghị định xử phạt", "State of the sanctioning decree";
}

/// `điểm b khoản 1 Điều 28c`, or `Article 28c, clause 1, point b`.
pub fn place(lang: Lang, article: &str, clause: Option<&str>, point: Option<&str>) -> String {
    match lang {
        Lang::Vi => {
            let point = point.map(|point| format!("điểm {point} ")).unwrap_or_default();
            let clause = clause.map(|clause| format!("khoản {clause} ")).unwrap_or_default();
            format!("{point}{clause}Điều {article}")
        }
        Lang::En => {
            let clause = clause.map(|clause| format!(", clause {clause}")).unwrap_or_default();
            let point = point.map(|point| format!(", point {point}")).unwrap_or_default();
            format!("Article {article}{clause}{point}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_cited_from_the_inside_in_vietnamese() {
        assert_eq!(place(Lang::Vi, "28c", Some("1"), Some("b")), "điểm b khoản 1 Điều 28c");
        assert_eq!(place(Lang::Vi, "8", None, Some("đ")), "điểm đ Điều 8");
        assert_eq!(place(Lang::En, "28c", Some("1"), None), "Article 28c, clause 1");
    }
}
