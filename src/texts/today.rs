//! Sentences of the first page.

use crate::sentences::sentences;

sentences! {
    title: "Hôm nay", "Today";
    greeting(name: &str): "Chỗ làm việc của {name}", "Seat of {name}";
    inspections: "Các cuộc kiểm tra", "Inspections";
    reading: "Đang đọc dữ liệu trên máy…", "Reading what is on this tablet…";
    none: "Chưa có cuộc kiểm tra nào trên máy này.", "There is no inspection on this tablet yet.";
    none_next: "Kết nối mạng để nhận phân công từ trụ sở, hoặc tự mở một cuộc kiểm tra.",
        "Connect to receive what headquarters assigned, or open an inspection yourself.";
    open_new: "Mở cuộc kiểm tra mới", "Open an inspection";
    ready: "Sẵn sàng làm việc không cần mạng", "Ready to work without a network";
    preparing: "Đang tải về để làm việc không cần mạng", "Fetching what is needed to work without a network";
    preparing_count(done: u32, total: u32): "{done} trên {total}", "{done} of {total}";
    stale: "Trụ sở có dữ liệu mới hơn chưa tải về; máy vẫn làm việc được với dữ liệu đang có.",
        "Headquarters has newer data that is not here yet; you can work with what is here.";
    answered(answered: u32, items: u32): "{answered}/{items} mục đã trả lời", "{answered} of {items} items answered";
    findings(n: u32): "{n} dấu hiệu vi phạm", "{n} finding", "{n} findings";
    incomplete(n: u32): "{n} chưa đủ nội dung", "{n} incomplete", "{n} incomplete";
    conflicts(n: u32): "{n} mục cần quyết định", "{n} item needs a decision", "{n} items need a decision";
    drafts(n: usize): "{n} bản nháp chưa ghi", "{n} draft not recorded", "{n} drafts not recorded";
    held(n: u64): "{n} nội dung chờ xem xét", "{n} event held", "{n} events held";
    pending(n: u64): "{n} nội dung chờ gửi", "{n} event to send", "{n} events to send";
    delivered: "Trụ sở đã nhận đủ", "Headquarters has everything";
    decision(number: &str): "Quyết định số {number}", "Decision no. {number}";
    cancelled: "Đã hủy", "Cancelled";
    decision_pending: "Chưa có quyết định", "Decision pending";
    on(day: &str): "Ngày {day}", "{day}";
    opened_by_me: "Tự mở", "Opened by you";
    opened_by(name: &str): "{name} mở", "Opened by {name}";
    next: "Việc tiếp theo", "Next";
    next_begin: "Bắt đầu", "Begin";
    next_continue: "Làm tiếp", "Continue";
    next_review: "Rà soát", "Review";
    on_today: "Hôm nay", "Today";
    nothing_next: "Không còn cuộc kiểm tra nào chưa xong.", "No inspection is unfinished.";
    unfinished(n: usize): "{n} cuộc chưa xong", "{n} inspection unfinished", "{n} inspections unfinished";
    all_sent: "Không có gì chờ gửi", "Nothing waits to be sent";
    begin: "Chưa bắt đầu", "Not started";
    complete: "Đã trả lời hết", "All answered";
}
