//! Sentences of the practice inspection, which headquarters never sees.

use crate::sentences::sentences;

sentences! {
    title: "Cuộc kiểm tra thực hành", "Practice inspection";
    open: "Thực hành với một cuộc kiểm tra ví dụ", "Practise with an example inspection";
    open_hint: "Không gửi về trụ sở, không nằm trong hồ sơ.", "Nothing of it is sent or kept in a record.";
    banner: "BÀI TẬP: không phải cuộc kiểm tra thật. Không gì ở đây được gửi đi hay lưu lại; đóng trang là hết.",
        "PRACTICE: not a real inspection. Nothing here is sent or stored; it ends when the page is closed.";
    again: "Bỏ và làm lại từ đầu", "Throw away and begin again";
    again_sure: "Bỏ mọi thứ đã ghi trong bài tập này?", "Throw away everything in this practice?";
    again_yes: "Bỏ, làm lại", "Throw away";
    fetching: "Đang mở bài tập…", "Opening the practice…";
    missing: "Chưa có danh mục nào trên máy để thực hành.", "There is no checklist on this tablet to practise with.";
    missing_next: "Kết nối mạng để tải danh mục rồi thử lại.", "Connect to fetch the checklists, then try again.";
    establishment: "Cơ sở Ví Dụ", "Example establishment";
    address: "Địa chỉ ví dụ", "Example address";
    reason: "Thực hành", "Practice";
    decision: "00/QĐ-VD", "00/QD-EX";
    colleague: "Đồng nghiệp ví dụ", "Example colleague";
    facts: "Ví dụ: sổ ghi thiếu ngày nhận bản thảo ở hai trang.", "Example: two pages of the book lack the day of receipt.";
}
