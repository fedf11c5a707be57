//! Sentences of the screen on which a browser becomes a seat.

use crate::sentences::sentences;

sentences! {
    title: "Ghi danh máy tính bảng này", "Enrol this tablet";
    lead: "Nhập mã mời mà trụ sở đã cấp cho anh/chị. Sau khi ghi danh, máy này làm việc được cả khi không có mạng.",
        "Enter the invitation code that headquarters gave you. Once enrolled, this tablet also works without a network.";
    code: "Mã mời", "Invitation code";
    code_hint: "Mã dùng một lần. Gõ đúng từng ký tự, hoặc mở đường dẫn trong thư mời.",
        "A code works once. Type it exactly, or open the link in the invitation.";
    code_missing: "Hãy nhập mã mời.", "Enter the invitation code.";
    submit: "Ghi danh", "Enrol";
    working: "Đang hỏi trụ sở…", "Asking headquarters…";
    unreachable: "Không kết nối được với trụ sở. Kiểm tra mạng rồi thử lại; mã mời vẫn còn dùng được.",
        "Headquarters cannot be reached. Check the network and try again; the code has not been used.";
    spent: "Mã mời đã được dùng, đã hết hạn hoặc không đúng. Hãy xin trụ sở mã khác.",
        "The code was used, has expired or is not right. Ask headquarters for another one.";
    refused: "Trụ sở từ chối ghi danh. Hãy gọi cho trụ sở và cho biết mã mời.",
        "Headquarters refused. Call headquarters and name the code.";
    unreadable: "Không đọc được câu trả lời của trụ sở. Có thể mạng này chuyển hướng sang trang đăng nhập; hãy đổi mạng rồi thử lại.",
        "The answer of headquarters cannot be read. This network may redirect to a sign-in page; change the network and try again.";
    not_stored: "Chưa lưu được khóa của chỗ làm việc trên máy này. Hãy giải phóng bộ nhớ rồi thử lại.",
        "The seat's key could not be stored on this tablet. Free some space and try again.";
    keys_note: "Khóa ký được tạo trên máy này và không rời khỏi máy.",
        "The signing key is made on this tablet and never leaves it.";
}
