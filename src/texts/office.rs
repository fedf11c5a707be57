//! The sentences of the office pages.

use crate::sentences::sentences;

sentences! {
    office: "Biên Bản – Văn phòng", "Biên Bản – Office";
    skip_to_content: "Tới nội dung chính", "Skip to content";
    inspections: "Các cuộc kiểm tra", "Inspections";
    seats: "Máy tính bảng", "Tablets";
    open_inspection: "Mở cuộc kiểm tra", "Open an inspection";
    sign_out: "Đăng xuất", "Sign out";
    other_language: "English", "Tiếng Việt";
    app_missing: "Chưa có ứng dụng máy tính bảng", "The tablet app is not built";
    app_missing_how: "Trụ sở đang chạy, nhưng thư mục của ứng dụng còn trống. Hãy chạy `cargo xtask build` rồi tải lại trang.",
        "Headquarters is running, but the folder of the app is empty. Run `cargo xtask build`, then reload.";
    app_not_found: "Hãy quay lại trang đầu.", "Go back to the first page.";
    sign_in: "Vào văn phòng", "Enter the office";
    sign_in_how: "Mở đường dẫn văn phòng mà trụ sở đã gửi cho bạn. Mỗi đường dẫn dùng được một lần.",
        "Open the office link that headquarters gave you. Each link works once.";
    for_operators: "Dành cho người vận hành", "For those who run headquarters";
    sign_in_operator: "Người vận hành: `bienban demo` in ra đường dẫn dùng thử; `bienban invite --office --name \"TÊN\"` in ra đường dẫn dùng một lần.",
        "If you run headquarters: `bienban demo` prints a trial link; `bienban invite --office --name \"NAME\"` prints a link that works once.";
    link_spent: "Đường dẫn này đã được dùng, đã hết hạn hoặc không tồn tại. Hãy xin trụ sở đường dẫn khác.",
        "This link was used, has expired or never existed. Ask headquarters for another.";
    not_found: "Không tìm thấy trang này", "There is no such page";
    not_found_next: "Quay lại danh sách các cuộc kiểm tra.", "Go back to the list of inspections.";
    failed: "Trụ sở chưa làm được việc này", "Headquarters could not do this";
    failed_next: "Chưa có gì được lưu. Hãy thử lại; nếu vẫn không được, hãy báo người vận hành.",
        "Nothing was stored. Try again; if it still fails, tell those who run headquarters.";
    foreign_form: "Biểu mẫu này không được gửi từ trang văn phòng. Hãy mở lại trang và gửi lại.",
        "This form was not sent from the office pages. Open the page again and send it again.";
    no_inspections: "Chưa có cuộc kiểm tra nào.", "There are no inspections yet.";
    establishment: "Cơ sở", "Establishment";
    kind: "Loại cơ sở", "Kind";
    day: "Ngày kiểm tra", "Day";
    team: "Đoàn", "Team";
    lead: "trưởng đoàn", "lead";
    member: "thành viên", "member";
    decision: "Quyết định", "Decision";
    no_decision: "chưa có quyết định", "decision pending";
    answers: "Trả lời", "Answers";
    findings: "Dấu hiệu vi phạm", "Findings";
    held: "Chờ xem xét", "Held";
    conflicts: "Chưa thống nhất", "Conflicts";
    reason: "Lý do", "Reason";
    address: "Địa chỉ", "Address";
    opened_by: "Người mở", "Opened by";
    headquarters: "Trụ sở", "Headquarters";
    not_opened: "Chưa nhận được lời mở cuộc kiểm tra", "The opening has not arrived yet";
    no_findings: "Chưa ghi nhận dấu hiệu vi phạm nào.", "No findings are recorded.";
    no_answers: "Chưa có câu trả lời nào.", "There are no answers yet.";
    item: "Mục kiểm tra", "Item";
    provision: "Điều khoản", "Provision";
    no_act_on: "chưa có ngày xảy ra hành vi", "the day of the act is missing";
    no_provision: "không có điều khoản nào có hiệu lực vào ngày đó", "no provision was in force on that day";
    facts: "Sự việc", "Facts";
    quantity: "Số lượng", "Quantity";
    act_on: "Ngày xảy ra hành vi", "Day of the act";
    remedy_by: "Hạn khắc phục", "Remedy by";
    statement: "Ý kiến của đối tượng", "Statement";
    author: "Người ghi", "Author";
    recorded_at: "Ghi lúc", "Recorded";
    accepted_at: "Trụ sở nhận lúc", "Accepted";
    value: "Giá trị", "Value";
    withdrawn: "Đã rút lại", "Withdrawn";
    conflict: "chưa thống nhất", "in conflict";
    two_values: "hai giá trị, chờ quyết định", "two values, to be decided";
    held_events: "Sự kiện chờ xem xét", "Held events";
    held_means: "Đã lưu giữ, chưa được tính vào kết quả.", "In custody, not yet part of the result.";
    act: "Nội dung", "What was done";
    held_reason: "Lý do giữ lại", "Held because";
    not_on_team: "người ghi không thuộc đoàn khi sự kiện tới", "its author was not on the team when it arrived";
    seat_revoked: "chỗ làm việc đã bị thu hồi", "its seat is revoked";
    forked: "nhật ký có hai nhánh", "its journal has two branches";
    unknown_seat: "trụ sở không biết chỗ làm việc này", "headquarters does not know its seat";
    verification: "Kiểm chứng bản ghi", "Verification of the record";
    journal: "Nhật ký", "Journal";
    events: "Số sự kiện", "Events";
    outcome: "Kết quả", "Outcome";
    verified: "chuỗi liền mạch, chữ ký đúng", "the chain is whole and signed";
    not_verified: "KHÔNG kiểm chứng được", "NOT verified";
    conflicts_section: "Giá trị chưa thống nhất", "Values in conflict";
    inspection_minutes: "Biên bản kiểm tra (bản xem trước)", "Inspection minutes (preview)";
    violation_record: "Biên bản vi phạm hành chính (bản xem trước)", "Violation record (preview)";
    back_to_inspection: "Về cuộc kiểm tra", "Back to the inspection";
    preview_means: "Bản xem trước theo những gì trụ sở đã nhận; chưa ký, chưa có giá trị pháp lý.",
        "A preview of what headquarters has; unsigned, and without legal force.";
    how_to_print: "Để in hoặc lưu thành PDF, bấm Ctrl+P (máy Mac: ⌘P).",
        "To print or to save as PDF, press Ctrl+P (on a Mac: ⌘P).";
    findings_xlsx: "Dấu hiệu vi phạm, Excel (XLSX)", "Findings, Excel (XLSX)";
    answers_xlsx: "Trả lời, Excel (XLSX)", "Answers, Excel (XLSX)";
    timeline_xlsx: "Diễn biến, Excel (XLSX)", "Timeline, Excel (XLSX)";
    findings_csv: "Dấu hiệu vi phạm, CSV (mã máy)", "Findings, CSV (for programs)";
    answers_csv: "Trả lời, CSV (mã máy)", "Answers, CSV (for programs)";
    establishment_name: "Tên cơ sở", "Name of the establishment";
    decision_number: "Số quyết định (để trống nếu chưa có)", "Number of the decision (leave empty while pending)";
    decision_on: "Ngày quyết định", "Day of the decision";
    checklists: "Danh mục", "Checklists";
    checklists_default: "Không chọn gì: dùng mọi danh mục dành cho loại cơ sở này.",
        "None ticked: every checklist for this kind is taken.";
    role_of: "Vai trò", "Role";
    not_in_team: "không tham gia", "not on the team";
    open_now: "Mở cuộc kiểm tra", "Open the inspection";
    form_faults: "Chưa ghi được: hãy sửa những chỗ sau.", "Not recorded: please mend the following.";
    fault_establishment: "Hãy ghi tên cơ sở.", "Write the name of the establishment.";
    fault_kind: "Hãy chọn loại cơ sở.", "Choose the kind of establishment.";
    fault_reason: "Hãy ghi lý do kiểm tra.", "Write the reason of the inspection.";
    fault_day: "Hãy chọn ngày kiểm tra.", "Choose the day of the inspection.";
    fault_decision: "Quyết định cần cả số và ngày.", "A decision needs both its number and its day.";
    fault_lead: "Đoàn cần đúng một trưởng đoàn.", "A team needs exactly one lead.";
    fault_checklists: "Không có danh mục nào cho loại cơ sở này.", "No checklist is for this kind of establishment.";
    no_seats: "Chưa có chỗ làm việc nào.", "There are no seats yet.";
    person: "Người", "Person";
    app: "Ứng dụng", "App";
    enrolled_at: "Ghi danh lúc", "Enrolled";
    last_contact: "Liên lạc gần nhất", "Last contact";
    seat_state: "Tình trạng", "State";
    seat_active: "đang dùng", "in use";
    revoked: "đã thu hồi", "revoked";
    compliant: "Đạt", "Compliant";
    violation: "Có dấu hiệu vi phạm", "Possible violation";
    not_applicable: "Không áp dụng", "Not applicable";
    not_checked: "Không kiểm tra", "Not checked";
    declined: "từ chối nêu ý kiến", "declined";
    impossible: "không lấy được ý kiến", "impossible";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn both_languages_say_something_different() {
        for sentence in [office, inspections, sign_in, no_decision, held_means, fault_lead] {
            assert_ne!(sentence(Lang::Vi), sentence(Lang::En));
        }
    }
}
