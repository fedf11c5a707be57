//! Sentences about who may do what: refusals, units, the audit, and how long records are kept.

use crate::sentences::sentences;

sentences! {
    forbidden: "Bạn không có quyền mở trang này", "You have no right to this page";
    forbidden_next: "Chưa có gì thay đổi. Nếu công việc của bạn cần trang này, hãy đề nghị quản trị viên cấp quyền.",
        "Nothing was changed. If your work needs it, ask an administrator for the right.";
    too_large: "Biểu mẫu quá lớn", "The form is too large";
    too_large_next: "Chưa có gì được lưu. Hãy gửi ít chữ hoặc ít tệp hơn mỗi lần.",
        "Nothing was stored. Send fewer words or files at a time.";
    too_many: "Quá nhiều yêu cầu từ máy hoặc mạng này", "Too many requests from this machine or network";
    too_many_next: "Chưa có gì được lưu. Hãy chờ một phút rồi thử lại.",
        "Nothing was stored. Wait a minute, then try again.";
    busy: "Trụ sở đang bận", "Headquarters is busy";
    busy_next: "Chưa có gì được lưu. Hãy thử lại sau vài giây.",
        "Nothing was stored. Try again in a few seconds.";
    back_to_overview: "Về trang tổng quan", "Back to the overview";
}
