//! The sentences of the pages about people, units and invitations.

use crate::sentences::sentences;

sentences! {
    people: "Người dùng", "People";
    people_pages: "Người dùng, đơn vị, lời mời", "People, units, invitations";
    units: "Đơn vị", "Units";
    invitations: "Lời mời", "Invitations";
    name: "Họ tên", "Name";
    roles: "Vai trò", "Roles";
    unit: "Đơn vị", "Unit";
    every_unit: "Mọi đơn vị", "Every unit";
    tablets: "Máy tính bảng", "Tablets";
    last_sign_in: "Đăng nhập lần cuối", "Last sign-in";
    never: "chưa lần nào", "never";
    has_no_passphrase: "chưa đặt cụm mật khẩu", "no passphrase yet";
    state: "Tình trạng", "State";
    works: "đang làm việc", "at work";
    has_left: "đã rời", "has left";
    left_at: "Rời lúc", "Left";
    left_because: "Lý do rời", "Reason for leaving";
    who_said_left: "Người ghi", "Said by";
    person_id: "Mã người dùng", "Person id";
    unit_id: "Mã đơn vị", "Unit id";

    inspector: "Kiểm tra viên", "Inspector";
    inspector_means: "ghi chép trên máy tính bảng", "records on a tablet";
    lead: "Trưởng đoàn", "Lead";
    lead_means: "dẫn đoàn, xem xét sự kiện bị giữ của đoàn mình", "leads teams, judges their held events";
    office: "Văn phòng", "Office";
    office_means: "lập kế hoạch, theo dõi khắc phục, báo cáo", "plans, follows remedies, reports";
    administrator: "Quản trị", "Administrator";
    administrator_means: "quản lý người dùng, đơn vị, lời mời, máy tính bảng", "looks after people, units, invitations and tablets";
    auditor: "Giám sát", "Auditor";
    auditor_means: "xem mọi thứ, không thay đổi gì", "reads everything, changes nothing";
    no_roles: "chưa có vai trò", "no role";
    no_roles_hint: "Người không có vai trò nào không làm được gì.", "Who has no role can do nothing.";

    add_person: "Thêm người", "Add a person";
    add: "Thêm", "Add";
    name_hint: "Như ghi trong biên bản. Hai người trùng tên cần thêm một từ để phân biệt.",
        "As it stands in the minutes. Two people of the same name need a word that tells them apart.";
    change_person: "Vai trò và đơn vị", "Roles and unit";
    change_means: "Khi có thay đổi, các phiên đăng nhập của người này kết thúc.", "When something changes, this person's sessions end.";
    save: "Lưu", "Save";
    invite_person: "Mời", "Invite";
    leaves: "Rời cơ quan", "Has left";
    leave_means: "Các phiên đăng nhập, lời mời và cụm mật khẩu kết thúc ngay. Họ tên vẫn ở lại trong hồ sơ.",
        "Sessions, invitations and passphrase end at once. The name stays in the record.";
    leave_reason: "Lý do", "Reason";
    seats_revoke: "Thu hồi máy tính bảng của người này", "Revoke this person's tablets";
    seats_revoke_means: "những gì còn gửi lên được giữ chờ xem xét", "what they still send is held";
    seats_keep: "Giữ máy tính bảng để gửi nốt", "Keep the tablets until everything is sent";
    seats_keep_means: "nhớ thu hồi sau đó ở trang Máy tính bảng", "remember to revoke them later, on the page of tablets";
    do_leave(name: &str): "Ghi nhận {name} đã rời", "Say that {name} has left";
    reset_passphrase: "Đặt lại cụm mật khẩu", "Reset the passphrase";
    reset_totp: "Đặt lại mã xác thực", "Reset the codes";
    reset_means: "Dùng khi quên cụm mật khẩu hoặc mất điện thoại. Các phiên kết thúc, và một đường dẫn dùng một lần hiện ra để người này tự đặt lại.",
        "For a forgotten passphrase or a lost phone. Sessions end, and a link that works once is shown, by which this person sets it up anew.";
    not_saved: "Chưa lưu được.", "Nothing was saved.";
    no_people: "Chưa có ai.", "There is nobody yet.";

    fault_name: "Hãy điền tên, nhiều nhất 200 ký tự.", "Fill in a name, in at most 200 characters.";
    fault_name_taken: "Tên này đã có. Hãy thêm một từ để phân biệt.", "This name is there already. Add a word that tells them apart.";
    fault_no_person: "Không có người này, hoặc người này đã rời.", "There is no such person, or the person has left.";
    fault_no_unit: "Không có đơn vị này, hoặc đơn vị đã kết thúc.", "There is no such unit, or it has ended.";
    fault_last_administrator: "Đây là người quản trị cuối cùng có thể đăng nhập. Hãy lập một người quản trị khác trước.",
        "This is the last administrator who can sign in. Appoint another one first.";
    fault_unit_in_use: "Còn người trong đơn vị này, hoặc đơn vị đã kết thúc.", "People are in this unit, or it has ended.";
    fault_no_invitation: "Lời mời này đã được dùng, đã hết hạn hoặc đã thu hồi.", "This invitation was used, has expired or was taken back.";
    fault_no_passphrase: "Người này chưa đặt cụm mật khẩu; hãy gửi lời mời vào văn phòng.", "This person has no passphrase yet; give an invitation into the office.";
    fault_reason: "Hãy ghi lý do, nhiều nhất 500 ký tự.", "Write the reason, in at most 500 characters.";
    fault_person: "Hãy chọn một người.", "Choose a person.";

    units_lead: "Sở, phòng, đội… Người thuộc một đơn vị thấy cuộc kiểm tra của đơn vị đó; người không thuộc đơn vị nào thấy tất cả.",
        "Departments, divisions, teams… Who is in a unit sees its inspections; who is in none sees all.";
    add_unit: "Thêm đơn vị", "Add a unit";
    unit_name: "Tên đơn vị", "Name of the unit";
    persons_in_it: "Số người", "People";
    rename: "Đổi tên", "Rename";
    rename_of(name: &str): "Đổi tên {name}", "Rename {name}";
    end_unit: "Kết thúc đơn vị", "End the unit";
    end_unit_of(name: &str): "Kết thúc {name}", "End {name}";
    end_unit_means: "Chỉ kết thúc được khi không còn ai trong đơn vị. Tên vẫn ở lại trong hồ sơ.", "Only when nobody is in it. The name stays in the record.";
    in_use: "đang dùng", "in use";
    ended: "đã kết thúc", "ended";
    ended_at: "Kết thúc lúc", "Ended";
    no_units: "Chưa có đơn vị nào.", "There are no units yet.";
    since: "Từ", "Since";

    open_invitations: "Lời mời chưa dùng", "Invitations not used yet";
    no_invitations: "Không có lời mời nào đang chờ.", "No invitations are waiting.";
    for_whom: "Người được mời", "For";
    opens: "Dùng cho", "Opens";
    opens_seat: "máy tính bảng", "a tablet";
    opens_office: "văn phòng", "the office";
    given_by: "Người mời", "Given by";
    by_command: "người vận hành", "the operator";
    given_at: "Mời lúc", "Given";
    expires_at: "Hết hạn", "Expires";
    invite: "Mời một người", "Invite somebody";
    choose_person: "Chọn người", "Choose a person";
    what_opens: "Lời mời để", "The invitation is for";
    to_tablet: "Làm việc trên máy tính bảng", "Working on a tablet";
    to_office: "Vào văn phòng", "Entering the office";
    valid_for: "Có hiệu lực", "Valid for";
    days(n: i64): "{n} ngày", "{n} day", "{n} days";
    make_invitation: "Tạo lời mời", "Make the invitation";
    roles_first: "Người được mời cần có sẵn vai trò; lời mời không trao vai trò.", "Whoever is invited needs a role already; an invitation gives none.";
    lacks_role_seat: "Người này chưa có vai trò Kiểm tra viên hoặc Trưởng đoàn. Hãy trao vai trò trước.",
        "This person is neither inspector nor lead. Give a role first.";
    lacks_role_office: "Người này chưa có vai trò nào. Hãy trao vai trò trước.", "This person has no role. Give a role first.";
    invitation_for(name: &str): "Lời mời cho {name}", "Invitation for {name}";
    shown_once: "Chỉ hiện một lần này. Ai có mã này cũng vào được thay người được mời: hãy đưa tận tay hoặc gửi qua đường an toàn.",
        "It is shown this once. Whoever has it can come in as this person: hand it over yourself, or send it a safe way.";
    seat_how: "Mở ứng dụng trên máy tính bảng và nhập mã này, hoặc quét hình bằng máy ảnh của máy tính bảng. Trên iPad: cài ứng dụng trước, rồi nhập mã bên trong ứng dụng.",
        "Open the app on the tablet and type this code, or scan the picture with its camera. On an iPad, install the app first and type the code inside it.";
    office_how: "Mở đường dẫn này trong trình duyệt rồi tự đặt cụm mật khẩu và ứng dụng xác thực.",
        "Open this link in a browser, and set up passphrase and authenticator app.";
    picture: "Mã QR của lời mời", "QR code of the invitation";
    short_code: "Mã", "Code";
    link: "Đường dẫn", "Link";
    valid_until: "Có hiệu lực đến", "Valid until";
    back_to_invitations: "Về danh sách lời mời", "Back to the invitations";
    back_to_people: "Về danh sách người dùng", "Back to the people";
    take_back: "Thu hồi", "Take back";
    take_back_of(name: &str): "Thu hồi lời mời cho {name}", "Take back the invitation for {name}";
    proxy_address: "Hình và đường dẫn dùng địa chỉ của trang đang mở. Máy tính bảng phải truy cập được địa chỉ đó.",
        "Picture and link use the address under which you opened this page. The tablet has to reach it.";

    still_held: "Những gì còn trên máy", "What is still on a tablet";
    still_held_unknown: "không rõ, vì trụ sở chỉ biết những gì đã nhận.", "not known, because headquarters knows only what arrived.";
    received(n: u64): "đã nhận {n} sự kiện", "{n} event received", "{n} events received";
    events_received: "Sự kiện đã nhận", "Events received";

    done_added: "Đã thêm.", "Added.";
    done_changed: "Đã lưu.", "Saved.";
    done_left: "Đã ghi nhận người này rời cơ quan.", "It is noted that this person has left.";
    done_unit_ended: "Đã kết thúc đơn vị.", "The unit has ended.";
    done_taken_back: "Đã thu hồi lời mời.", "The invitation is taken back.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn one_of_something_is_written_so_in_english() {
        assert_eq!(
            (days(Lang::En, 1), days(Lang::En, 7)),
            ("1 day".to_owned(), "7 days".to_owned())
        );
        assert_eq!(days(Lang::Vi, 7), "7 ngày");
    }
}
