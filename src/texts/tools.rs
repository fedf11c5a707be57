//! Sentences of the tools of an inspection: filters, a whole section at once, what is copied, and
//! who wrote what.

use crate::sentences::sentences;

sentences! {
    filters: "Chỉ hiện", "Show only";
    unanswered: "Chưa trả lời", "Unanswered";
    violations: "Vi phạm", "Violations";
    conflicts: "Cần quyết định", "To decide";
    unverified: "Căn cứ chưa đối chiếu", "Basis not verified";
    shown(n: usize): "Đang hiện {n} mục", "{n} item shown", "{n} items shown";
    none_shown: "Không có mục nào như vậy.", "There is no such item.";

    clear_section: "Bỏ “không áp dụng” của cả phần", "Clear “not applicable” for the whole section";
    clear_shown(n: usize): "Bỏ “không áp dụng” của {n} mục đang hiện",
        "Clear “not applicable” for the {n} item shown", "Clear “not applicable” for the {n} items shown";
    clear_search: "Xóa tìm kiếm và bộ lọc", "Clear search and filter";
    mark_section: "Cả phần không áp dụng", "Whole section not applicable";
    mark_shown(n: usize): "{n} mục đang hiện: không áp dụng", "{n} item shown: not applicable",
        "{n} items shown: not applicable";
    of_section(act: &str, title: &str): "{act}: {title}", "{act}: {title}";
    section_marked(n: usize): "Đã ghi {n} mục: không áp dụng.", "{n} item marked not applicable.",
        "{n} items marked not applicable.";
    section_left(n: usize): "Giữ nguyên {n} mục có dấu hiệu vi phạm hoặc đang cần quyết định.",
        "{n} item with a finding or to decide was left as it is.",
        "{n} items with a finding or to decide were left as they are.";
    undo: "Hoàn tác", "Undo";
    undone(n: usize): "Đã trả lại {n} mục như trước.", "{n} item is as before again.", "{n} items are as before again.";
    close: "Đóng", "Close";
    clear_answer: "Bỏ câu trả lời", "Clear the answer";

    copy: "Chép từ dấu hiệu trước", "Copy from an earlier finding";
    copy_one(facts: &str): "Chép từ dấu hiệu trước: “{facts}”", "Copy from the earlier finding: “{facts}”";
    copied: "Đã chép.", "Copied.";
    copy_choose: "Chọn dấu hiệu để chép tình tiết", "Choose the finding whose facts are copied";
    copy_kept: "Chép tình tiết và biện pháp khắc phục; ngày, số lượng và ý kiến thì không.",
        "Facts and remedy are copied; day, quantity and statement are not.";

    answered_by(name: &str, at: &str): "{name} trả lời lúc {at}", "Answered by {name}, {at}";
    who: "Ai đã ghi", "Who wrote what";
    nobody: "Chưa ai ghi gì ở mục này.", "Nobody has written anything here.";
    noted_by(name: &str, at: &str): "Ghi chú: {name}, {at}", "Note: {name}, {at}";
    found_by(name: &str, at: &str): "Dấu hiệu vi phạm: {name}, {at}", "Finding: {name}, {at}";
    answer_by(answer: &str, name: &str, at: &str): "{answer}: {name}, {at}", "{answer}: {name}, {at}";
    review: "Rà soát", "Review";
}
