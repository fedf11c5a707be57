//! Sentences of the locked tablet, of choosing a passphrase, and of locking.

use crate::sentences::sentences;

sentences! {
    title: "Máy đang khóa", "The tablet is locked";
    passphrase: "Cụm mật khẩu", "Passphrase";
    new_passphrase: "Đặt cụm mật khẩu cho máy này", "Choose a passphrase for this tablet";
    show: "Hiện cụm mật khẩu", "Show the passphrase";
    submit: "Mở khóa", "Unlock";
    working: "Đang mở…", "Opening…";
    wrong: "Cụm mật khẩu không đúng. Hãy thử lại.", "The passphrase is not right. Try again.";
    wrong_here: "Cụm mật khẩu không đúng với chỗ đang chọn. Hãy xem đã chọn đúng chỗ chưa rồi thử lại.",
        "The passphrase is not the one of this place. See whether the place is yours, then try again.";
    slowed(n: u64): "Đã nhập sai nhiều lần. Hãy đợi {n} giây rồi thử lại.",
        "Too many were wrong. Wait {n} second, then try again.",
        "Too many were wrong. Wait {n} seconds, then try again.";
    no_worker: "Trình duyệt này không tạo được khóa từ cụm mật khẩu. Hãy tải lại trang; nếu vẫn vậy, cập nhật trình duyệt. Dữ liệu vẫn còn nguyên.",
        "This browser cannot make a key of the passphrase. Reload the page; if that does not help, update the browser. Nothing is lost.";
    places: "Chỗ làm việc", "Place";
    places_hint: "Mỗi người có một chỗ, đánh số theo thứ tự ghi danh trên máy này. Chưa rõ chỗ nào của mình thì thử từng chỗ.",
        "Each person has one, numbered in the order of enrolment on this tablet. If you do not know yours, try each.";
    place(n: u32): "Chỗ {n}", "Place {n}";
    nothing_waits: "Khi máy khóa, không gì được gửi đi hay tải về. Mọi việc đã lưu đều đã đến trụ sở.",
        "While the tablet is locked nothing is sent or fetched. Everything stored has reached headquarters.";
    waits_inside(n: u64): "Khi máy khóa, không gì được gửi đi. Còn {n} việc đã lưu chờ gửi về trụ sở; hãy mở khóa để gửi.",
        "While the tablet is locked nothing is sent. {n} stored entry waits for headquarters; unlock to send it.",
        "While the tablet is locked nothing is sent. {n} stored entries wait for headquarters; unlock to send them.";
    forgotten: "Quên cụm mật khẩu?", "Forgot the passphrase?";
    forgotten_lead: "Không ai đọc được cụm mật khẩu, kể cả trụ sở. Hãy xin trụ sở mã mời mới rồi ghi danh chỗ khác trên máy này: những gì trụ sở đã nhận sẽ về lại. Chỗ đang khóa vẫn được giữ nguyên, đừng xóa dữ liệu của trình duyệt.",
        "Nobody can read the passphrase, headquarters neither. Ask headquarters for a new invitation and enrol another place on this tablet: what headquarters accepted comes back. The locked place stays as it is; do not clear the browser's data.";
    give_lead: "Những gì chỉ có trong chỗ đang khóa, trụ sở mở được bằng khóa ký gửi. Lưu tệp dưới đây và chuyển cho trụ sở; ngoài trụ sở không ai đọc được.",
        "What exists only in the locked place can be opened by headquarters with its escrow key. Save the file below and hand it to headquarters; nobody else can read it.";
    give: "Tạo tệp giao trụ sở", "Make the file for headquarters";
    save_file: "Lưu tệp", "Save the file";
    file_too_large: "Tệp quá lớn, trình duyệt không tạo được. Hãy mang máy đến trụ sở.",
        "The file is too large for this browser. Take the tablet to headquarters.";
    no_escrow: "Khi ghi danh, trụ sở chưa có khóa ký gửi: không có cụm mật khẩu thì không ai mở được những gì chỉ có ở đây. Nếu nhớ lại, hãy thử lại.",
        "Headquarters had no escrow key at enrolment: without the passphrase nobody can open what exists only here. If you remember it, try again.";
    enrol_beside: "Ghi danh chỗ khác trên máy này", "Enrol another place on this tablet";
    to_vaults: "Về trang mở khóa", "Back to unlocking";
    new_hint: "Ít nhất 12 ký tự, hoặc 4 từ, ví dụ một câu chỉ mình anh/chị nhớ. Dán từ trình quản lý mật khẩu cũng được.",
        "At least 12 characters, or 4 words: a sentence that only you remember, for instance. Pasting from a password manager is fine.";
    new_lost: "Cụm này mở khóa máy, cả khi không có mạng; trụ sở không đọc được. Nếu quên: những gì trụ sở đã nhận sẽ về lại bằng mã mời mới; những gì chỉ có trên máy này chỉ mở được nếu trụ sở có khóa ký gửi, phần Cài đặt sẽ cho biết.",
        "It opens the tablet, also without a network; headquarters cannot read it. If you forget it, what headquarters accepted comes back with a new invitation; what exists only here can be opened only where headquarters has an escrow key, and the settings will tell.";
    short: "Cụm mật khẩu quá ngắn: cần ít nhất 12 ký tự, hoặc 4 từ.",
        "The passphrase is too short: it needs 12 characters, or 4 words.";
    repeating: "Cụm mật khẩu lặp lại vài ký tự nên dễ đoán. Hãy chọn cụm khác.",
        "The passphrase repeats a few characters and is easy to guess. Choose another.";
    protect_title: "Đặt cụm mật khẩu để bảo vệ dữ liệu", "Choose a passphrase to protect what is here";
    protect_lead: "Phiên bản này mã hóa mọi thứ trên máy. Dữ liệu đã có sẽ được chuyển vào chỗ được khóa, kiểm tra lại từng dòng, rồi bản cũ mới bị xóa. Không gì bị mất.",
        "This version encrypts everything on the tablet. What is here moves into a locked place, is checked row by row, and only then is the old copy deleted. Nothing is lost.";
    protect_submit: "Bảo vệ dữ liệu", "Protect it";
    protect_working: "Đang chuyển và kiểm tra…", "Moving and checking…";
    erased_title: "Trụ sở đã thu hồi chỗ làm việc này", "Headquarters revoked this place";
    erased_lead: "Mọi việc lưu ở đây đã đến trụ sở, có biên nhận ký số; sau đó máy đã xóa theo lệnh của trụ sở. Không gì bị mất. Nếu có nhầm lẫn, hãy gọi trụ sở và xin mã mời mới.",
        "Everything stored here has reached headquarters, with a signed receipt; then the tablet erased it by headquarters' order. Nothing is lost. If this is a mistake, call headquarters and ask for a new invitation.";
    lock_now: "Khóa ngay", "Lock now";
    after: "Tự khóa khi không dùng", "Lock by itself when not used";
    after_5: "Sau 5 phút", "After 5 minutes";
    after_15: "Sau 15 phút", "After 15 minutes";
    after_30: "Sau 30 phút", "After 30 minutes";
    after_60: "Sau 60 phút", "After 60 minutes";
    waits: "Chưa khóa được: còn nội dung chưa lưu. Máy sẽ khóa ngay khi lưu xong.",
        "Not locked yet: something is not stored. The tablet locks as soon as it is.";
    stuck_title: "Chưa khóa được: máy không lưu được", "Not locked: the tablet cannot store this";
    stuck_lead: "Nếu khóa ngay, phần dưới đây sẽ mất; mọi việc đã lưu vẫn còn nguyên.",
        "If it locks now, this is lost; everything that is stored stays.";
    stuck_unnamed: "Nội dung vừa nhập, chưa kịp lưu", "What was entered last and is not stored";
    stuck_hint: "Để lưu, hãy mở lại mục đó và làm theo hướng dẫn ở đó. Nếu không ai chọn, máy vẫn tự khóa khi hết thời gian không dùng.",
        "To store it, open the item again and follow what it says. If nobody chooses, the tablet locks by itself after the idle time.";
    stuck_stay: "Chưa khóa", "Do not lock";
    stuck_anyway: "Khóa và bỏ phần chưa lưu", "Lock and lose what is not stored";
    escrow_kept: "Nếu quên cụm mật khẩu, trụ sở mở được những gì chỉ có trên máy này bằng khóa ký gửi.",
        "If you forget the passphrase, headquarters can open what exists only here with its escrow key.";
    escrow_none: "Trụ sở chưa có khóa ký gửi: nếu quên cụm mật khẩu, những gì chỉ có trên máy này sẽ mất. Hãy gửi về trụ sở thường xuyên.",
        "Headquarters has no escrow key: if you forget the passphrase, what exists only here is lost. Send to headquarters often.";
    escrow_title: "Hãy ghi nhớ cụm mật khẩu", "Remember the passphrase";
    understood: "Tôi đã hiểu", "I understand";
}
