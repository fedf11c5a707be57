//! Sentences of a finding: what was found, and what the other side says.

use crate::sentences::sentences;

sentences! {
    title(n: usize): "Dấu hiệu vi phạm {n}", "Finding {n}";
    facts: "Tình tiết, sự việc", "Facts";
    facts_hint: "Thấy gì, ở đâu, giấy tờ nào. Ghi sự việc, không nhận định.",
        "What was seen, where, which document. Facts, not opinions.";
    quantity: "Số lượng, đơn vị (ví dụ: 1.200 cuốn)", "Quantity and unit (such as 1,200 copies)";
    act_on: "Ngày xảy ra hành vi", "Day of the act";
    inspection_day: "Ngày kiểm tra", "Inspection day";
    remedy: "Biện pháp khắc phục", "What is to be put right";
    remedy_by: "Hạn khắc phục", "To be put right by";
    statement_state: "Ý kiến của đối tượng", "Statement of the other side";
    statement_none: "Chưa hỏi", "Not asked yet";
    given: "Có ý kiến", "Given";
    declined: "Từ chối nêu ý kiến", "Declined";
    impossible: "Không lấy được ý kiến", "Could not be asked";
    choose: "Chọn…", "Choose…";
    statement: "Nội dung ý kiến, hoặc lý do không có", "The statement, or the reason why there is none";
    add: "Thêm dấu hiệu vi phạm", "Add another finding";
    discard: "Bỏ phần chưa ghi", "Discard";
    discard_sure: "Bỏ những gì đang gõ ở đây? Chưa có gì được ghi vào biên bản.",
        "Discard what is typed here? Nothing of it has been recorded.";
    draft: "Bản nháp đã giữ trên máy, chưa ghi vào hồ sơ", "A draft kept on this tablet, not recorded";
    record_draft: "Ghi bản nháp", "Record the draft";
    empty: "Dấu hiệu bắt đầu được ghi từ sự việc đầu tiên.", "The finding begins with its first fact.";
    complete: "Đủ nội dung", "Complete";
    missing: "Còn thiếu:", "Missing:";
    missing_facts: "tình tiết", "facts";
    missing_act_on: "ngày xảy ra", "day of the act";
    missing_statement_state: "ý kiến của đối tượng", "statement of the other side";
    missing_statement_words: "nội dung ý kiến", "words of the statement";
    missing_statement_reason: "lý do không lấy được ý kiến", "reason why it could not be asked";
    missing_later_deadline: "hạn khắc phục sau ngày xảy ra", "a deadline after the day of the act";
    missing_decision: "chọn một trong hai nội dung khác nhau", "choice between two values";
    statement_choose: "Đã ghi lời mà chưa chọn: có ý kiến, từ chối hay không lấy được?",
        "There are words and no choice yet: given, declined or impossible?";
    day_incomplete: "Ngày chưa đủ, chưa được ghi.", "The day is not complete and not recorded.";
    none_left: "Không còn dấu hiệu nào: thêm dấu hiệu khác hoặc đổi câu trả lời.",
        "No finding is left: add another or change the answer.";
    withdraw: "Rút lại dấu hiệu này", "Withdraw this finding";
    withdraw_title: "Rút lại dấu hiệu vi phạm", "Withdraw the finding";
    withdraw_kept: "Nội dung đã ghi vẫn nằm trong hồ sơ cùng lý do rút lại.",
        "What was recorded stays in the record, with the reason.";
    withdraw_reason: "Lý do rút lại", "Reason for withdrawing";
    withdraw_reason_missing: "Nhập lý do rút lại.", "Enter the reason.";
    withdraw_submit: "Rút lại", "Withdraw";
    withdrawn: "Đã rút lại", "Withdrawn";
    withdrawn_because(reason: &str): "Đã rút lại: {reason}", "Withdrawn: {reason}";
    left_over(n: usize): "Câu trả lời không còn là “Có dấu hiệu vi phạm” nhưng vẫn còn {n} dấu hiệu. Rút lại?",
        "The answer is no longer “Possible violation”, and {n} finding still stands. Withdraw it?",
        "The answer is no longer “Possible violation”, and {n} findings still stand. Withdraw them?";
    left_over_keep: "Giữ lại", "Keep";
    basis_on(day: &str): "Điều khoản có hiệu lực ngày {day}", "Provisions in force on {day}";
    basis_needs_day: "Chọn ngày xảy ra để biết điều khoản áp dụng.", "Choose the day of the act to see the provisions.";
    basis_empty: "Không có điều khoản nào của mục này có hiệu lực vào ngày đó. Hãy hỏi pháp chế.",
        "No provision of this item was in force on that day. Ask the legal desk.";
}
