//! Sentences about syncing and about what this tablet holds.

use crate::sentences::sentences;

sentences! {
    title: "Đồng bộ", "Sync";
    offline: "Không có mạng", "Offline";
    idle: "Đã đồng bộ", "In sync";
    drafts: "Còn bản nháp", "Drafts left";
    still_offline: "Vẫn không có mạng. Máy tự gửi khi có mạng lại.", "There is still no network. The tablet sends when it is back.";
    export_given(name: &str): "Trình duyệt đang lưu tệp {name}. Hãy kiểm tra trong mục Tải xuống.",
        "The browser is saving {name}. Look for it among the downloads.";
    carry_done: "Đã nộp tệp cho trụ sở.", "The file was handed in at headquarters.";
    waiting: "Chờ gửi", "Waiting to send";
    syncing: "Đang đồng bộ", "Syncing";
    failed: "Đồng bộ bị lỗi", "Sync failed";
    offline_long: "Không liên lạc được với trụ sở. Cứ làm việc bình thường: mọi thứ được lưu trên máy và tự gửi khi có mạng.",
        "Headquarters cannot be reached. Keep working: everything is stored on this tablet and sent when the network is back.";
    idle_long: "Trụ sở đã nhận mọi thứ ghi trên máy này.", "Headquarters has everything recorded on this tablet.";
    waiting_long: "Có nội dung đã lưu trên máy và sẽ tự gửi.", "There are events stored here that will be sent.";
    syncing_long: "Đang gửi và nhận.", "Sending and receiving.";
    pending: "Nội dung chờ trụ sở nhận", "Events not accepted yet";
    pending_short(n: u64): "{n} chờ gửi", "{n} to send", "{n} to send";
    last_contact: "Lần liên lạc gần nhất", "Last contact";
    never: "Chưa lần nào", "Never";
    refused_request: "Mã lần bị từ chối gần nhất, đọc cho trụ sở khi được hỏi",
        "Code of the last refusal, to be read out when headquarters asks";
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
    app_outdated: "Trụ sở gửi dữ liệu của phiên bản mới hơn ứng dụng này. Hãy tải lại trang để cập nhật ứng dụng; những gì đã ghi vẫn còn và vẫn được gửi.",
        "Headquarters sends data of a later version than this app. Reload the page to update the app; what was recorded stays and is still sent.";
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
    only_here_count(n: u64): "{n} nội dung chưa được trụ sở nhận", "{n} event that headquarters does not have", "{n} events that headquarters does not have";
    only_here_since(time: &str): "từ {time}", "since {time}";
    only_here_care: "Đừng xóa dữ liệu trình duyệt và đừng gỡ ứng dụng cho đến khi gửi xong.",
        "Do not clear the browser's data or remove the app until it is sent.";
    by_inspection: "Theo cuộc kiểm tra", "By inspection";

    held: "Trụ sở đang xem xét", "Held by headquarters";
    held_long: "Những nội dung này trụ sở đã nhận nhưng chưa tính. Mở cuộc kiểm tra để xem lý do.",
        "Headquarters has these events and does not count them yet. Open the inspection to see why.";

    backup: "Trong bản sao lưu của trụ sở", "In headquarters' backup";
    backup_covers(covered: &str, recorded: &str): "{covered} trên {recorded} nội dung ghi trên máy này",
        "{covered} of {recorded} events recorded here";
    kept: "Thời hạn giữ trên máy", "Kept on this tablet";
    kept_days(n: u64): "ít nhất {n} ngày sau khi có trong bản sao lưu của trụ sở",
        "at least {n} day after it is in headquarters' backup",
        "at least {n} days after it is in headquarters' backup";
    backup_unknown: "Trụ sở chưa báo có bản sao lưu", "Headquarters has not told of a backup yet";

    export: "Mang đi không cần mạng", "Carry it without a network";
    export_long: "Tệp chứa mọi thứ trụ sở chưa nhận, mã hóa cho trụ sở và cho đoàn. Lưu vào thẻ nhớ hoặc đưa cho đồng nghiệp mang về. Lưu tệp không làm thay đổi gì trên máy này.",
        "The file holds everything that headquarters has not accepted, encrypted to headquarters and the team. Save it to a memory stick, or let a colleague take it. Saving it changes nothing here.";
    export_link(n: u64): "Lưu tệp với {n} nội dung", "Save a file with {n} event", "Save a file with {n} events";
    export_none: "Không có gì để mang đi: trụ sở đã nhận hết.", "There is nothing to carry: headquarters has it all.";
    export_preparing: "Đang mã hóa…", "Encrypting…";
    export_no_key: "Máy này ghi danh trước khi trụ sở có khóa nhận tệp. Hãy gọi trụ sở để được ghi danh lại.",
        "This tablet was enrolled before headquarters had a key for files. Ask headquarters to enrol it again.";
    export_too_large: "Quá nhiều cho một tệp. Hãy gửi bớt qua mạng rồi thử lại.",
        "There is too much for one file. Deliver some of it over a network, then try again.";

    carry: "Mang giúp đồng nghiệp", "Carry for a colleague";
    carry_long: "Chọn tệp .bienban của đồng nghiệp. Máy này giữ tệp và tự nộp cho trụ sở khi có mạng; không ai mở tệp trên đường đi.",
        "Choose a colleague's .bienban file. This tablet keeps it and hands it in when there is a network; nobody opens it on the way.";
    carry_choose: "Chọn tệp để mang", "Choose a file to carry";
    carry_storing: "Đang lưu…", "Storing…";
    carry_taken: "Đã nhận tệp. Máy sẽ nộp cho trụ sở khi có mạng.", "The file is here. It will be handed in when there is a network.";
    carry_not_a_bundle: "Đây không phải tệp .bienban, hoặc tệp đã hỏng. Hãy xin đồng nghiệp lưu lại.",
        "This is no .bienban file, or it is damaged. Ask your colleague to save it again.";
    carry_list: "Tệp chờ nộp", "Files to hand in";
    carry_since(time: &str, size: &str): "nhận lúc {time}, {size}", "taken {time}, {size}";
    carry_waits: "Chờ mạng", "Waiting for a network";

    enrol_again: "Ghi danh lại máy này", "Enrol this tablet again";
    enrol_again_long: "Cần mã mời mới của trụ sở. Mọi thứ đã ghi vẫn nằm trên máy và vẫn được gửi.",
        "You need a new invitation from headquarters. Everything recorded stays here and is still sent.";
    enrol_again_back: "Quay lại, không ghi danh", "Go back without enrolling";

    loss_wiped: "Dữ liệu của Biên Bản trên máy này đã bị xóa.", "The data of Biên Bản on this tablet was deleted.";
    loss_wiped_nothing: "Không mất gì: trụ sở đã nhận mọi thứ ghi trên máy này. Ghi danh lại để tải về.",
        "Nothing is lost: headquarters has everything that was recorded here. Enrol again to get it back.";
    loss_wiped_some(n: u64): "Có thể đã mất {n} nội dung mà trụ sở chưa nhận. Ghi danh lại để tải về phần trụ sở đã có, rồi ghi lại phần thiếu.",
        "{n} event that headquarters had not accepted may be lost. Enrol again to get back what headquarters has, then record again what is missing.",
        "{n} events that headquarters had not accepted may be lost. Enrol again to get back what headquarters has, then record again what is missing.";
    loss_accepted_at(time: &str): "Lần cuối trụ sở nhận: {time}.", "Headquarters last accepted something at {time}.";
    loss_older: "Dữ liệu trên máy này là một bản cũ hơn.", "The data on this tablet is an older copy.";
    loss_older_back(n: u64): "{n} nội dung ghi sau bản này đã có ở trụ sở và sẽ được tải về.",
        "{n} event recorded after this copy is at headquarters and comes back.",
        "{n} events recorded after this copy are at headquarters and come back.";
    loss_older_lost(n: u64): "{n} nội dung ghi sau bản này chưa được trụ sở nhận, có thể đã mất. Hãy kiểm tra và ghi lại.",
        "{n} event recorded after this copy was not accepted and may be lost. Check, and record it again.",
        "{n} events recorded after this copy were not accepted and may be lost. Check, and record them again.";
    loss_older_nothing_lost: "Không mất gì.", "Nothing is lost.";
    loss_understood: "Đã hiểu", "I understand";
}
