//! Sentences of the form with which an inspector opens an inspection.

use crate::sentences::sentences;

sentences! {
    title: "Mở cuộc kiểm tra", "Open an inspection";
    lead: "Dùng khi phải kiểm tra ngay mà trụ sở chưa phân công. Trụ sở sẽ xác nhận sau.",
        "For an inspection that cannot wait for headquarters, which confirms it later.";
    establishment: "Tên cơ sở", "Name of the establishment";
    kind: "Loại cơ sở", "Kind of establishment";
    choose: "Chọn…", "Choose…";
    kinds_missing: "Chưa tải được danh mục loại cơ sở. Hãy kết nối mạng một lần để tải bộ dữ liệu.",
        "The kinds of establishment are not here yet. Connect once to fetch the packs.";
    address: "Địa chỉ (nếu biết)", "Address (if known)";
    reason: "Lý do mở cuộc kiểm tra", "Reason for opening it";
    on: "Ngày kiểm tra", "Day of the inspection";
    decision: "Quyết định kiểm tra", "Decision";
    decision_pending: "Chưa có, sẽ bổ sung", "Pending";
    decision_known: "Đã có số", "Has a number";
    decision_number: "Số quyết định", "Number of the decision";
    decision_on: "Ngày ban hành", "Day of the decision";
    submit: "Mở cuộc kiểm tra", "Open the inspection";
    recording: "Đang lưu…", "Storing…";
    faults(n: usize): "Còn {n} ô chưa điền đúng:", "One field needs attention:", "{n} fields need attention:";
    establishment_missing: "Nhập tên cơ sở.", "Enter the name of the establishment.";
    kind_missing: "Chọn loại cơ sở.", "Choose the kind of establishment.";
    reason_missing: "Nhập lý do.", "Enter the reason.";
    day_missing: "Chọn ngày kiểm tra.", "Choose the day of the inspection.";
    number_missing: "Nhập số quyết định, hoặc chọn “Chưa có”.",
        "Enter the number of the decision, or choose “Pending”.";
    decision_day_missing: "Chọn ngày ban hành quyết định.", "Choose the day of the decision.";
}
