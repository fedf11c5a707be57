//! Sentences about who may do what: refusals, units, the audit, and how long records are kept.

use crate::sentences::sentences;

sentences! {
    forbidden: "Anh/chị không có quyền mở trang này", "You have no right to this page";
    forbidden_next: "Chưa có gì thay đổi. Nếu công việc cần trang này, hãy đề nghị quản trị viên cấp quyền.",
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
    unit: "Đơn vị", "Unit";
    own_unit: "Đơn vị chủ trì", "Unit in charge";
    no_unit: "Chưa gắn đơn vị", "No unit yet";
    by_unit: "Dấu hiệu vi phạm theo đơn vị chủ trì", "Findings by unit in charge";
    units_of_inspection: "Đơn vị được xem cuộc kiểm tra này", "Units that see this inspection";
    sharing_means: "Đơn vị được chia sẻ xem được mọi nội dung của cuộc kiểm tra nhưng không thay đổi được gì.",
        "A unit it is shared with reads everything in the inspection and changes nothing.";
    shared_with(unit: &str): "Đã chia sẻ với {unit}", "Shared with {unit}";
    share: "Chia sẻ với đơn vị này", "Share with this unit";
    give: "Giao cho đơn vị này chủ trì", "Put this unit in charge";
    share_no_longer(unit: &str): "Thôi chia sẻ với {unit}", "Share with {unit} no longer";
    done_units_saved: "Đã lưu các đơn vị.", "The units are saved.";

    audit: "Nhật ký truy cập", "Audit";
    audit_lead: "Ai đã làm gì với người dùng, máy, bộ dữ liệu và cuộc kiểm tra, và ai đã đọc dấu hiệu vi phạm hay chứng cứ. Nhật ký này chỉ được ghi thêm.",
        "Who did what to people, tablets, packs and inspections, and who read findings and evidence. It is only added to.";
    audit_holds(rows: u64): "Nhật ký nguyên vẹn: đã kiểm chứng cả {rows} dòng.", "The audit is whole: its {rows} row verifies.", "The audit is whole: all of its {rows} rows verify.";
    audit_broken(position: u64): "Dòng {position} không đúng như đã ghi, hoặc có dòng trước đó bị mất. Hãy báo người vận hành và giữ nguyên hệ thống.",
        "Row {position} is not what was written, or one before it is missing. Tell those who run headquarters, and leave everything as it is.";
    last_hash: "Mã băm của dòng cuối", "Hash of the last row";
    last_hash_means: "Ai giữ lại mã này có thể chứng minh về sau rằng không dòng nào trước đó bị thay đổi hay bị xóa.",
        "Whoever keeps it can prove later that no row up to it was changed or taken away.";
    audit_count(n: u64): "{n} dòng", "{n} row", "{n} rows";
    audit_empty: "Không có dòng nào phù hợp.", "No row fits.";
    anyone: "Mọi người", "Anyone";
    any_act: "Mọi hành động", "Any act";
    act: "Hành động", "Act";
    day_from: "Từ ngày", "From";
    day_through: "Đến ngày", "Through";
    object: "Đối tượng", "Object";
    detail: "Chi tiết", "Detail";
    moment: "Thời điểm", "Moment";
    narrow: "Lọc", "Filter";
    program_itself: "Hệ thống hoặc người vận hành", "The program or its operator";
    person_id: "Mã người dùng", "Person id";
    hash: "Mã băm", "Hash";
    hash_before: "Mã băm của dòng trước", "Hash of the row before";
    act_signed_in: "đăng nhập", "signed in";
    act_sign_in_refused: "đăng nhập bị từ chối", "was refused at sign-in";
    act_signed_out: "đăng xuất", "signed out";
    act_session_ended: "kết thúc phiên", "ended a session";
    act_passphrase_set: "đặt cụm mật khẩu", "set a passphrase";
    act_person_added: "thêm người", "added a person";
    act_person_changed: "thay đổi thông tin người", "changed a person";
    act_person_left: "ghi nhận người thôi việc", "noted that a person left";
    act_unit_added: "thêm đơn vị", "added a unit";
    act_unit_changed: "thay đổi đơn vị", "changed a unit";
    act_unit_ended: "kết thúc đơn vị", "ended a unit";
    act_invitation_given: "cấp lời mời", "gave an invitation";
    act_invitation_revoked: "thu hồi lời mời", "took an invitation back";
    act_invitation_taken: "nhận lời mời", "took an invitation";
    act_seat_enrolled: "ghi danh máy tính bảng", "enrolled a tablet";
    act_seat_revoked: "thu hồi máy tính bảng", "revoked a tablet";
    act_pack_published: "công bố bộ dữ liệu", "published a pack";
    act_inspection_opened: "mở cuộc kiểm tra", "opened an inspection";
    act_inspection_corrected: "sửa kế hoạch kiểm tra", "corrected the plan of an inspection";
    act_inspection_cancelled: "hủy cuộc kiểm tra", "cancelled an inspection";
    act_inspection_shared: "thay đổi đơn vị được xem", "changed which units see an inspection";
    act_team_changed: "thay đổi đoàn", "changed a team";
    act_held_admitted: "chấp nhận sự kiện bị giữ", "admitted held events";
    act_held_set_aside: "để riêng sự kiện bị giữ", "set held events aside";
    act_remedy_followed: "ghi kết quả khắc phục", "said what became of a remedy";
    act_evidence_read: "xem chứng cứ", "read evidence";
    act_findings_read: "xem dấu hiệu vi phạm", "read findings";
    act_audit_read: "xem nhật ký truy cập", "read the audit";
    act_audit_exported: "xuất nhật ký truy cập", "exported the audit";
    act_keys_rotated: "thay khóa của trụ sở", "rotated headquarters' keys";
    act_escrow_initialised: "tạo khóa ký gửi", "made the escrow key";
    act_escrow_used: "dùng khóa ký gửi", "used the escrow key";
    act_erase_order_given: "ra lệnh xóa máy", "gave an order to erase";
    act_sealed_vault_received: "nhận dữ liệu đang khóa của máy bị thu hồi", "received a locked vault";
    act_sealed_vault_opened: "mở dữ liệu đang khóa của máy bị thu hồi", "opened a locked vault";
    act_retention_set: "đặt thời hạn lưu giữ", "set how long records are kept";
    act_backup_made: "sao lưu", "made a backup";
    act_bundle_imported: "nhập gói dữ liệu", "took in a bundle";

    by_link: "qua đường dẫn", "by a link";
    by_first_link: "qua đường dẫn lập người quản trị đầu tiên", "by the link of the first administrator";
    passphrase_changed: "tự đổi", "changed by the person";
    way_in_taken_away: "quản trị viên đặt lại", "taken away by an administrator";

    retention: "Thời hạn lưu giữ", "Retention";
    retention_lead: "Thời gian tối thiểu phải giữ. Máy tính bảng giữ bản của mình ít nhất chừng ấy ngày sau khi trụ sở đã nhận và đã có bản sao lưu; thời hạn hiện trên máy. Chương trình chưa tự xóa gì, ở cả hai nơi.",
        "The least time for which things are kept. A tablet keeps its copy for at least so many days after headquarters has it in a backup, and shows it. The program deletes nothing by itself yet, in either place.";
    retention_not_saved: "Chưa lưu thời hạn", "Nothing was saved";
    save_retention: "Lưu thời hạn", "Save";
    done_retention_set: "Đã lưu thời hạn lưu giữ.", "The retention is saved.";
    days: "Số ngày", "Days";
    so_many_days(n: u32): "{n} ngày", "{n} day", "{n} days";
    fault_days(fewest: u32, most: u32): "Nhập số ngày từ {fewest} đến {most}.", "Give a number of days from {fewest} to {most}.";
    nobody_decided: "Mặc định; chưa có ai quyết định.", "Default; nobody has decided yet.";
    decided_by(name: &str): "Do {name} quyết định", "Decided by {name}";
    keep_tablet_records: "Bản ghi trên máy tính bảng", "Records on tablets";
    why_tablet_records: "Mặc định 30 ngày: đủ để đoàn xem lại và để trụ sở dựng lại từ máy nếu phải khôi phục.",
        "Default 30 days: enough for the team to look back, and for headquarters to be made whole from tablets after a restore.";
    keep_tablet_evidence: "Bản gốc chứng cứ trên máy tính bảng", "Originals of evidence on tablets";
    why_tablet_evidence: "Mặc định 7 ngày sau khi trụ sở ký nhận: ảnh chiếm nhiều chỗ và là thứ dễ lộ nhất khi mất máy.",
        "Default 7 days after headquarters' receipt: pictures take the most room, and are what a lost tablet would show first.";
    keep_closed_inspections: "Cuộc kiểm tra đã kết thúc tại trụ sở", "Closed inspections at headquarters";
    why_closed_inspections: "Mặc định 3.650 ngày (mười năm): hãy đặt theo quy định lưu trữ của cơ quan.",
        "Default 3,650 days (ten years): set it by your agency's rules on archives.";
    keep_audit: "Nhật ký truy cập", "The audit";
    why_audit: "Mặc định 3.650 ngày (mười năm): giữ lâu bằng hồ sơ mà nó nói đến.",
        "Default 3,650 days (ten years): as long as the records it speaks of.";
    back_to_overview: "Về trang tổng quan", "Back to the overview";
}
