//! The sentences of the inspection minutes and of the violation record.
//!
//! The Vietnamese document is the official one; the English one is a reading copy and says so.

use crate::sentences::sentences;

sentences! {
    state: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM";
    motto: "Độc lập – Tự do – Hạnh phúc", "Independence – Freedom – Happiness";
    reading_copy: "Bản tiếng Việt là bản chính thức.", "A reading copy; the Vietnamese document is the official one.";
    inspection_minutes: "Biên bản kiểm tra", "Inspection minutes";
    inspection_minutes_basis: "Lập theo điểm a khoản 3 Điều 15 Nghị định 217/2025/NĐ-CP",
        "Drawn up under Article 15, clause 3, point a of Decree 217/2025/NĐ-CP";
    violation_record: "Biên bản vi phạm hành chính", "Administrative violation record";
    violation_record_basis: "Mẫu MBB01; lập theo Điều 58 Luật Xử lý vi phạm hành chính",
        "Form MBB01; drawn up under Article 58 of the Law on handling administrative violations";
    not_recorded: "chưa ghi", "not recorded";
    no_source: "chưa có nguồn", "no source";
    no_decision: "chưa có quyết định", "decision pending";
    undecided(values: &str): "chưa thống nhất: {values}", "not decided between: {values}";
    unfinished: "Bản này chưa đủ nội dung để ký:", "This copy is not ready to be signed:";
    unfinished_finding(n: usize, what: &str): "Dấu hiệu {n} còn thiếu: {what}", "Finding {n} still lacks: {what}";
    items_without_facts(n: usize): "{n} mục có dấu hiệu mà chưa ghi sự việc", "{n} item has a violation whose facts are not recorded", "{n} items have a violation whose facts are not recorded";
    without_facts: "Có dấu hiệu, chưa ghi sự việc", "A violation, with no facts recorded";
    unanswered_items(n: usize): "{n} mục kiểm tra chưa trả lời", "{n} item has no answer yet", "{n} items have no answer yet";
    cancelled(reason: &str): "Trụ sở đã hủy cuộc kiểm tra này, lý do: {reason}", "Headquarters has cancelled this inspection: {reason}";
    unfinished_opening: "Chưa nhận được lời mở cuộc kiểm tra", "The opening of the inspection has not arrived";
    held_events(n: usize): "{n} sự kiện đang chờ xem xét, không thuộc nội dung bản này",
        "{n} event is held and is no part of this copy", "{n} events are held and are no part of this copy";
    unknown_acts(n: usize): "{n} sự kiện do phiên bản mới hơn ghi, chương trình này chưa đọc được",
        "{n} event of a later version cannot be read by this program", "{n} events of a later version cannot be read by this program";
    withheld(n: usize): "{n} sự kiện không kèm nội dung trong bản sao này",
        "{n} event has its content withheld from this copy", "{n} events have their content withheld from this copy";

    number: "Số biên bản", "Number";
    basis: "Căn cứ", "Basis";
    decision: "Quyết định kiểm tra", "Decision that orders the inspection";
    decision_on(number: &str, day: &str): "số {number} ngày {day}", "no. {number} of {day}";
    decision_number(number: &str): "số {number}", "no. {number}";
    reason: "Lý do kiểm tra", "Reason for the inspection";
    time_and_place: "Thời gian, địa điểm", "Time and place";
    day: "Ngày kiểm tra", "Day of the inspection";
    drawn_up_at: "Lập biên bản lúc", "Drawn up at";
    place: "Địa điểm", "Place";
    place_elsewhere: "Lý do lập ở nơi khác", "Reason for drawing it up elsewhere";
    team: "Đoàn kiểm tra", "Inspection team";
    name: "Họ tên", "Name";
    role: "Vai trò", "Role";
    lead: "Trưởng đoàn", "Lead of the team";
    member: "Thành viên", "Member of the team";
    left: "Đã rời đoàn", "Left the team";
    other_side: "Đối tượng kiểm tra", "Inspected establishment";
    establishment: "Tên cơ sở", "Establishment";
    kind: "Loại cơ sở", "Kind";
    address: "Địa chỉ", "Address";
    present: "Người tham gia phía cơ sở", "Present for the establishment";
    content: "Nội dung kiểm tra", "What was checked";
    section: "Phần", "Section";
    asked: "Số mục", "Items";
    compliant: "Đạt", "Compliant";
    violation: "Có dấu hiệu", "Violation";
    not_applicable: "Không áp dụng", "Not applicable";
    not_checked: "Không kiểm tra", "Not checked";
    unanswered: "Chưa trả lời", "Unanswered";
    in_conflict: "Chưa thống nhất", "In conflict";
    no_checklist: "Chưa có danh mục kiểm tra trên máy này", "The checklist is not on this machine";
    notes: "Ghi chú", "Notes";
    results: "Kết quả kiểm tra", "Results";
    no_findings: "Chưa ghi nhận dấu hiệu vi phạm nào.", "No findings are recorded.";
    findings_are_facts: "Dưới đây là sự việc Đoàn ghi nhận; việc kết luận vi phạm thuộc người có thẩm quyền.",
        "What follows are facts that the team found; whether they are violations is for the competent person to decide.";
    finding(n: usize): "Dấu hiệu {n}", "Finding {n}";
    item: "Mục kiểm tra", "Item";
    item_unknown(id: &str): "mục {id} không có trong bộ dữ liệu", "item {id} is not in the pack";
    facts: "Sự việc", "Facts";
    quantity: "Số lượng", "Quantity";
    act_on: "Ngày xảy ra", "Day of the act";
    provision: "Điều khoản", "Provision";
    provision_needs_day: "chưa có ngày xảy ra để chọn điều khoản", "no provision can be chosen without the day of the act";
    provision_none: "không có điều khoản nào của mục có hiệu lực vào ngày đó", "no provision of the item was in force on that day";
    fine: "Khung phạt tham khảo", "Indicative range";
    fine_for(range: &str, whom: &str): "{range}, mức đối với {whom}", "{range}, for {whom}";
    an_organisation: "tổ chức", "an organisation";
    an_individual: "cá nhân", "an individual";
    fine_indicative: "Khung phạt chỉ để tham khảo; quyết định thuộc người có thẩm quyền.",
        "Ranges are indicative; the decision belongs to the competent person.";
    evidence_kinds: "Loại chứng cứ quyết định mục này", "Kinds of evidence that decide the item";
    evidence: "Chứng cứ đã thu thập", "Evidence collected";
    remedy: "Biện pháp khắc phục", "Remedy";
    remedy_by: "Hạn khắc phục", "To be put right by";
    statement: "Ý kiến của đối tượng", "Statement of the other side";
    statement_given(words: &str): "Có ý kiến: {words}", "Given: {words}";
    statement_declined: "Từ chối nêu ý kiến", "Declined";
    statement_declined_because(reason: &str): "Từ chối nêu ý kiến, lý do: {reason}", "Declined, with the reason: {reason}";
    statement_impossible(reason: &str): "Không lấy được ý kiến, lý do: {reason}", "Could not be asked, for the reason: {reason}";
    withdrawn: "Dấu hiệu đã rút lại", "Withdrawn findings";
    withdrawn_kept: "Nội dung đã ghi vẫn nằm trong hồ sơ.", "What was recorded stays in the record.";
    withdrawn_because(n: usize, facts: &str, reason: &str): "Dấu hiệu {n} ({facts}), lý do rút lại: {reason}",
        "Finding {n} ({facts}), withdrawn because: {reason}";

    explanation: "Quyền giải trình", "Right to explanation";
    explanation_when: "Theo Điều 61 Luật Xử lý vi phạm hành chính, có quyền giải trình khi hành vi có thể bị tước quyền sử dụng giấy phép hoặc đình chỉ hoạt động có thời hạn, hoặc khi mức tối đa của khung phạt từ 30.000.000 đồng đối với tổ chức, từ 15.000.000 đồng đối với cá nhân.",
        "Under Article 61 of the Law on handling administrative violations there is a right to explanation where the act may cost a licence or lead to suspension for a time, or where the maximum of the range is at least VND 30,000,000 for an organisation or VND 15,000,000 for an individual.";
    explanation_deadlines: "Giải trình trực tiếp: gửi yêu cầu trong 02 ngày làm việc. Giải trình bằng văn bản: gửi trong 05 ngày làm việc. Cả hai kể từ ngày lập biên bản vi phạm hành chính.",
        "To be heard in person: ask within 2 working days. In writing: send it within 5 working days. Both count from the day on which the violation record is drawn up.";
    explanation_no_condition: "Giải trình không phải là điều kiện để ký biên bản này.", "An explanation is no condition for signing.";
    explanation_of_finding(n: usize, answer: &str): "Dấu hiệu {n}: {answer}", "Finding {n}: {answer}";
    explanation_yes_fine(max: &str): "có quyền giải trình; mức tối đa của khung là {max}",
        "there is the right; the maximum of the range is {max}";
    explanation_yes_suspension: "có quyền giải trình; có quy định tước giấy phép hoặc đình chỉ",
        "there is the right; the provision knows suspension";
    explanation_below(max: &str): "mức tối đa của khung là {max}, dưới ngưỡng; hình thức bổ sung chưa có nguồn đầy đủ",
        "the maximum of the range is {max}, below the threshold; sources on supplementary sanctions are not complete";
    explanation_no_source: "chưa có nguồn về khung phạt; người có thẩm quyền xác định trước khi lập biên bản vi phạm",
        "no source for the range; the competent person settles it before the violation record is drawn up";

    closing: "Kết thúc", "Closing";
    copies: "Số bản", "Number of copies";
    copies_at_least(n: u16): "{n} (ít nhất 02 bản, mỗi bên giữ một bản)", "{n} (at least two; each side keeps one)";
    sheets: "Số tờ", "Sheets";
    ended_at: "Kết thúc lúc", "Ended at";
    read_out: "Đã đọc lại cho những người có mặt", "Read out to all who are present";
    signatures: "Chữ ký", "Signatures";
    sign_lead: "Trưởng đoàn kiểm tra", "Lead of the team";
    sign_other_side: "Đại diện cơ sở", "For the establishment";
    sign_commune: "Đại diện chính quyền cấp xã", "For the commune authorities";
    sign_witness: "Người chứng kiến", "Witness";
    sign_or_witness: "Đối tượng không ký: đại diện chính quyền cấp xã hoặc ít nhất một người chứng kiến ký thay.",
        "The other side does not sign: the commune authorities or at least one witness sign instead.";
    sign_violator: "Bên vi phạm", "Violating side";
    signed_name: "Ký, ghi rõ họ tên", "Signature and full name";
    refusal_reason: "Lý do đối tượng không ký", "Reason why the other side does not sign";

    field: "Lĩnh vực", "Field";
    record_time_limit: "Phải lập trong 02 ngày làm việc kể từ khi phát hiện; vụ việc phức tạp 05 ngày làm việc.",
        "To be drawn up within 2 working days of detection; 5 in complex cases.";
    record_is_no_decision: "Biên bản này không phải là quyết định xử phạt.", "This record is no decision on a sanction.";
    record_basis(day: &str): "Biên bản kiểm tra ngày {day}", "Inspection minutes of {day}";
    drawn_up_by: "Người lập biên bản", "Drawn up by";
    witnesses: "Người chứng kiến", "Witnesses";
    interpreter: "Người phiên dịch", "Interpreter";
    violating_side: "Bên vi phạm (tổ chức)", "Violating side (organisation)";
    registered_office: "Trụ sở", "Registered office";
    business_code: "Mã số doanh nghiệp", "Business code";
    licence_number: "Số giấy phép, ngày cấp, nơi cấp", "Licence: number, day, issuer";
    representative: "Người đại diện theo pháp luật, chức danh", "Legal representative and position";
    authorised: "Đại diện theo ủy quyền", "Authorised representative";
    acts: "Hành vi", "Acts";
    injured: "Bên bị thiệt hại", "Injured side";
    statements: "Ý kiến", "Statements";
    statement_witness: "Ý kiến của người chứng kiến", "Statement of the witnesses";
    statement_injured: "Ý kiến của bên bị thiệt hại", "Statement of the injured side";
    measures: "Yêu cầu và biện pháp", "Demands and measures";
    stop_demand: "Yêu cầu chấm dứt ngay hành vi", "Demand to end the act at once";
    preventive: "Biện pháp ngăn chặn, tang vật", "Preventive measures, exhibits";
    appointment: "Hẹn làm việc", "Appointment";
    electronic_address: "Địa chỉ nhận thông báo điện tử, VNeID", "Electronic address, VNeID";
    handover: "Giao nhận biên bản", "Handing over of this record";

    report: "Báo cáo kết quả kiểm tra", "Report on inspections";
    report_period(from: &str, through: &str): "Từ {from} đến hết {through}", "From {from} through {through}";
    report_inspections: "Số cuộc kiểm tra", "Inspections";
    report_findings: "Số dấu hiệu vi phạm", "Findings";
    report_withdrawn: "Số dấu hiệu đã rút lại", "Findings withdrawn";
    report_undated(n: usize): "{n} cuộc kiểm tra chưa có ngày, không tính vào kỳ này",
        "{n} inspection has no day and is not counted", "{n} inspections have no day and are not counted";
    report_none: "Không có cuộc kiểm tra nào trong kỳ.", "There were no inspections in this time.";
}
