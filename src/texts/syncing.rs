//! Sentences about syncing and about what this tablet holds.

use crate::sentences::sentences;

sentences! {
    title: "Đồng bộ", "Sync";
    offline: "Không có mạng", "Offline";
    idle: "Đã đồng bộ", "In sync";
    waiting: "Chờ gửi", "Waiting to send";
    syncing: "Đang đồng bộ", "Syncing";
    failed: "Đồng bộ bị lỗi", "Sync failed";
    offline_long: "Không liên lạc được với trụ sở. Cứ làm việc bình thường: mọi thứ được lưu trên máy và tự gửi khi có mạng.",
        "Headquarters cannot be reached. Keep working: everything is stored on this tablet and sent when the network is back.";
    idle_long: "Trụ sở đã nhận mọi thứ ghi trên máy này.", "Headquarters has everything recorded on this tablet.";
    waiting_long: "Có sự kiện đã lưu trên máy và sẽ tự gửi.", "There are events stored here that will be sent.";
    syncing_long: "Đang gửi và nhận.", "Sending and receiving.";
    pending: "Sự kiện chờ trụ sở nhận", "Events not accepted yet";
    pending_short(n: u64): "{n} chờ gửi", "{n} to send", "{n} to send";
    last_contact: "Lần liên lạc gần nhất", "Last contact";
    never: "Chưa lần nào", "Never";
    sync_now: "Đồng bộ ngay", "Sync now";
    next_step: "Việc cần làm", "Next step";

    unreachable: "Trụ sở không trả lời. Máy tự thử lại; không cần làm gì.",
        "Headquarters does not answer. The tablet tries again by itself; there is nothing to do.";
    unreadable: "Câu trả lời không đọc được. Có thể mạng này chuyển hướng sang trang đăng nhập: hãy đổi mạng. Máy tự thử lại.",
        "The answer cannot be read. This network may redirect to a sign-in page: change it. The tablet tries again by itself.";
    not_stored: "Dữ liệu nhận về chưa lưu được trên máy. Giải phóng bộ nhớ; máy tự thử lại.",
        "What came could not be stored here. Free some space; the tablet tries again by itself.";
    unknown_seat: "Trụ sở không biết chỗ làm việc này. Không có gì bị xóa. Hãy gọi trụ sở để được ghi danh lại.",
        "Headquarters does not know this seat. Nothing is deleted. Ask headquarters to enrol it again.";
    revoked: "Chỗ làm việc này đã bị thu hồi. Những gì đã ghi vẫn được gửi và chờ xem xét. Hãy gọi trụ sở.",
        "This seat is revoked. What was recorded is still sent, and held. Call headquarters.";
    unproven: "Trụ sở không xác minh được chữ ký của chỗ làm việc. Hãy gọi trụ sở; không có gì bị xóa.",
        "Headquarters could not verify this seat's signature. Call headquarters; nothing is deleted.";
    stale_proof: "Đồng hồ của máy lệch so với trụ sở. Hãy chỉnh giờ tự động; máy tự thử lại.",
        "This tablet's clock differs from headquarters. Set it to automatic; the tablet tries again by itself.";
    refused_message: "Trụ sở không nhận được dữ liệu ở dạng này. Hãy cập nhật ứng dụng; nếu vẫn vậy, gọi trụ sở.",
        "Headquarters cannot take the data in this form. Update the app; if that does not help, call headquarters.";
    future_version: "Ứng dụng mới hơn trụ sở. Hãy báo trụ sở cập nhật; dữ liệu vẫn lưu trên máy.",
        "This app is newer than headquarters. Tell headquarters to update; the data stays here.";
    busy: "Trụ sở đang bận hoặc gặp lỗi. Máy tự thử lại; không cần làm gì.",
        "Headquarters is busy or at fault. The tablet tries again by itself; there is nothing to do.";

    storage: "Bộ nhớ trên máy này", "Storage on this tablet";
    persisted: "Trình duyệt đã cam kết giữ dữ liệu.", "The browser has promised to keep the data.";
    not_persisted: "Trình duyệt chưa cam kết giữ dữ liệu: khi thiếu chỗ, nó có thể xóa.",
        "The browser has not promised to keep the data: short of space, it may delete it.";
    persisted_unknown: "Chưa hỏi trình duyệt có giữ dữ liệu hay không.", "The browser was not asked to keep the data.";
    ask_persist: "Yêu cầu giữ dữ liệu", "Ask to keep the data";
    used(used: &str, quota: &str): "Đã dùng {used} trên {quota}", "{used} of {quota} used";
    used_only(used: &str): "Đã dùng {used}", "{used} used";
    used_unknown: "Trình duyệt không cho biết dung lượng.", "The browser does not tell how much is used.";
    only_here: "Chỉ có trên máy này", "On this tablet only";
    only_here_none: "Không có gì: trụ sở đã nhận hết.", "Nothing: headquarters has it all.";
    only_here_count(n: u64): "{n} sự kiện chưa được trụ sở nhận", "{n} event that headquarters does not have", "{n} events that headquarters does not have";
    only_here_since(time: &str): "từ {time}", "since {time}";
    only_here_care: "Đừng xóa dữ liệu trình duyệt và đừng gỡ ứng dụng cho đến khi gửi xong.",
        "Do not clear the browser's data or remove the app until it is sent.";
    by_inspection: "Theo cuộc kiểm tra", "By inspection";
}
