//! Sentences about who may do what: refusals, units, the audit, and how long records are kept.

use crate::sentences::sentences;

sentences! {
    forbidden: "Bạn không có quyền mở trang này", "You have no right to this page";
    forbidden_next: "Chưa có gì thay đổi. Nếu công việc của bạn cần trang này, hãy đề nghị quản trị viên cấp quyền.",
        "Nothing was changed. If your work needs it, ask an administrator for the right.";
    back_to_overview: "Về trang tổng quan", "Back to the overview";
}
