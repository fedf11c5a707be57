//! Sentences of the inspection screen, around the findings.

use crate::sentences::sentences;

sentences! {
    loading: "Đang mở cuộc kiểm tra…", "Opening the inspection…";
    unknown: "Cuộc kiểm tra này không có trên máy.", "This inspection is not on this tablet.";
    unknown_next: "Có thể nó được phân công cho người khác. Đồng bộ rồi mở lại từ trang Hôm nay.",
        "It may be assigned to someone else. Sync, then open it from Today.";
    pack_missing: "Chưa có danh mục mà cuộc kiểm tra này dùng.", "The checklist of this inspection is not here yet.";
    pack_missing_next: "Kết nối mạng để tải; những gì đã ghi vẫn còn nguyên.",
        "Connect to fetch it; what was recorded is still there.";
    read_only: "Anh/chị không còn trong đoàn: chỉ xem, không ghi thêm được. Những gì đã ghi mà chưa gửi vẫn được gửi về; trụ sở giữ lại và xem xét.",
        "You are no longer on the team: you can read and not write. What you recorded and did not send is still sent; headquarters keeps it and decides about it.";
    cancelled(by: &str, at: &str, reason: &str): "{by} đã hủy cuộc kiểm tra này lúc {at}. Lý do: {reason}",
        "{by} cancelled this inspection, {at}. Reason: {reason}";
    cancelled_means: "Những gì đã ghi vẫn còn nguyên. Vẫn ghi thêm được, và trụ sở vẫn nhận.",
        "What was recorded is still here. You can go on recording, and headquarters still receives it.";
    day_corrected(before: &str, on: &str): "Trụ sở đã sửa ngày kiểm tra từ {before} thành {on}. Danh mục dưới đây còn hỏi theo ngày cũ.",
        "Headquarters has corrected the day of the inspection from {before} to {on}. The items below are still those of the day before that.";
    ask_by_new_day: "Hỏi theo ngày mới", "Ask by the new day";
    no_items: "Không có mục nào cho loại cơ sở và ngày kiểm tra này.",
        "There are no items for this kind of establishment and day.";
    no_opening: "Chưa nhận được phần mở đầu của cuộc kiểm tra này. Hãy đồng bộ.",
        "The opening of this inspection has not arrived. Sync first.";
    held(n: usize): "{n} nội dung đang chờ trụ sở xem xét, chưa tính vào đây.",
        "{n} event is held by headquarters and not counted here.",
        "{n} events are held by headquarters and not counted here.";
    held_own(n: usize): "{n} nội dung anh/chị ghi đang chờ trụ sở xem xét, chưa tính vào đây.",
        "{n} event of yours is held by headquarters and not counted here.",
        "{n} events of yours are held by headquarters and not counted here.";
    held_show: "Xem từng nội dung và lý do", "Show each event and the reason";
    held_not_on_team: "Người ghi không có trong đoàn khi trụ sở nhận được", "The author was not on the team when it arrived";
    held_seat_revoked: "Chỗ làm việc của người ghi đã bị thu hồi", "The author's seat is revoked";
    held_forked: "Nhật ký bị tách thành hai nhánh", "The journal has two branches";
    held_unknown_seat: "Trụ sở không biết chỗ làm việc đã ghi", "Headquarters does not know the seat that wrote it";
    held_by(name: &str, at: &str, reason: &str): "{name} ghi lúc {at}. {reason}.", "{name}, {at}. {reason}.";
    act_opens_journal: "Bắt đầu nhật ký", "Begins a journal";
    act_opens_inspection(name: &str): "Mở cuộc kiểm tra tại {name}", "Opens the inspection of {name}";
    act_writes(place: &str, field: &str, value: &str): "{place} – {field}: {value}", "{place} – {field}: {value}";
    act_begins(place: &str, field: &str, value: &str): "{place} – dấu hiệu vi phạm mới, {field}: {value}",
        "{place} – a new finding, {field}: {value}";
    act_withdraws(place: &str, reason: &str): "{place} – rút dấu hiệu vi phạm: {reason}",
        "{place} – withdraws a finding: {reason}";
    act_of_headquarters: "Việc chỉ trụ sở được làm", "What only headquarters may do";
    act_unknown: "Việc do phiên bản mới hơn ghi", "Something written by a newer version";
    whole_inspection: "Cả cuộc kiểm tra", "The inspection as a whole";
    some_finding: "Dấu hiệu vi phạm", "A finding";
    answer: "trả lời", "answer";
    field_provision: "điều khoản", "provision";
    field_decision: "quyết định", "decision";
    field_place: "địa điểm", "place";
    field_present: "người có mặt", "those present";
    not_understood(n: usize): "{n} nội dung do phiên bản mới hơn ghi, máy này chưa đọc được. Hãy cập nhật ứng dụng.",
        "{n} event was written by a newer version; update the app to read it.",
        "{n} events were written by a newer version; update the app to read them.";

    search: "Tìm mục hoặc điều khoản", "Search items and provisions";
    found_none: "Không có mục nào khớp. Thử ít chữ hơn.", "Nothing matches. Try fewer words.";
    sections: "Các phần", "Sections";
    next_open: "Mục chưa trả lời", "Next unanswered";
    all_answered: "Mọi mục đã trả lời.", "Every item is answered.";
    progress(answered: u32, items: u32): "{answered}/{items}", "{answered}/{items}";
    progress_long(answered: u32, items: u32): "{answered} trên {items} mục đã trả lời", "{answered} of {items} items answered";

    compliant: "Đạt", "Compliant";
    violation: "Có dấu hiệu vi phạm", "Possible violation";
    not_applicable: "Không áp dụng", "Not applicable";
    not_checked: "Không kiểm tra", "Not checked";

    recorded: "Đang ghi…", "Storing…";
    stored: "Đã lưu", "Stored";
    failed: "Chưa lưu được", "Not stored";

    recheck: "Cần kiểm tra lại nội dung hiện hành", "Check the content in force";
    earlier_acts(day: &str): "Chỉ hỏi về hành vi trước ngày {day}", "Asked for acts before {day} only";
    sanction_only: "Hành vi bị cấm trực tiếp trong quy định xử phạt", "The act itself is named in the sanctioning provision";

    note: "Ghi chú", "Note";
    add_note: "Thêm ghi chú", "Add a note";

    conflict: "Hai người ghi khác nhau. Chọn câu trả lời đúng:", "Two values differ. Choose the right one:";
    conflict_by(name: &str, at: &str): "{name} ghi lúc {at}", "{name}, {at}";
    conflict_here(name: &str): "Có hai nội dung khác nhau ở ô “{name}”. Chọn nội dung đúng:",
        "Two values differ in “{name}”. Choose the right one:";
    decide: "Chọn nội dung này", "Choose this";
    decide_which(value: &str, name: &str): "Chọn nội dung này: {value}, {name} ghi", "Choose this: {value}, by {name}";
    conflicts(n: u32): "{n} mục có hai nội dung khác nhau, cần quyết định.",
        "{n} item has two different values and needs a decision.",
        "{n} items have two different values and need a decision.";
    to_decide(n: u32): "{n} cần quyết định", "{n} to decide", "{n} to decide";
    me: "Tôi", "Me";
    headquarters: "Trụ sở", "Headquarters";
    empty_value: "(để trống)", "(empty)";
}
