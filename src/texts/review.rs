//! Sentences of the review before leaving an inspection.

use crate::sentences::sentences;

sentences! {
    title: "Rà soát trước khi rời đi", "Review before leaving";
    back: "Về danh mục", "Back to the checklist";
    complete: "Không còn thiếu gì trên máy này.", "Nothing is missing on this tablet.";
    open(n: usize): "Còn {n} việc phải làm.", "{n} thing is left to do.", "{n} things are left to do.";
    failed: "Chưa lưu được", "Not stored";
    conflicts: "Hai nội dung khác nhau, cần quyết định", "Two values to decide between";
    drafts: "Bản nháp, chưa ghi vào hồ sơ", "Drafts, not recorded";
    no_finding: "Trả lời “Có dấu hiệu vi phạm” mà chưa có dấu hiệu nào", "Answered “Possible violation” without a finding";
    contradicting: "Có dấu hiệu vi phạm mà câu trả lời là khác: rút lại hoặc đổi câu trả lời",
        "A finding stands beside another answer: withdraw it or change the answer";
    findings: "Dấu hiệu vi phạm còn thiếu nội dung", "Findings that lack something";
    unanswered: "Mục chưa trả lời", "Unanswered items";
    unanswered_in(n: usize): "{n} mục chưa trả lời", "{n} unanswered", "{n} unanswered";
    held(n: usize): "{n} nội dung trụ sở đang xem xét, chưa tính vào biên bản",
        "{n} event is held by headquarters and not part of the minutes yet",
        "{n} events are held by headquarters and not part of the minutes yet";
    not_understood(n: usize): "{n} nội dung do phiên bản mới hơn ghi: hãy cập nhật ứng dụng",
        "{n} event was written by a newer version: update the app",
        "{n} events were written by a newer version: update the app";
    no_decision: "Chưa có số quyết định", "The decision's number is pending";
    good_to_know: "Nên biết", "Good to know";
    not_checked(n: u32): "{n} mục trả lời “Không kiểm tra”", "{n} item answered “Not checked”",
        "{n} items answered “Not checked”";
    finding_of(n: usize): "Dấu hiệu {n}", "Finding {n}";
    team: "Ai đã trả lời", "Who answered";
    team_line(n: u32, at: &str): "{n} mục, lần cuối {at}", "{n} item, last at {at}", "{n} items, last at {at}";
    to_sync: "Xem việc gửi về trụ sở", "See what waits to be sent";
}
