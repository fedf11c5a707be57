//! The sentences of the office about held events, and about who works on the team.

use crate::sentences::sentences;

sentences! {
    held_waiting(n: u64): "Chờ xem xét ({n})", "Held ({n})";
    nothing_waits: "Không có sự kiện nào chờ xem xét.", "No held events are waiting.";
    what_held_is: "Những sự kiện này đã được lưu giữ nguyên vẹn nhưng chưa được tính vào kết quả. Nhận: tính vào kết quả, và không rút lại được. Gác lại: vẫn nằm trong hồ sơ, không tính vào kết quả; sau này vẫn có thể nhận.",
        "These events are kept whole and are not yet part of the result. Admit: they become part of it, and this cannot be undone. Set aside: they stay in the record and out of the result; they can still be admitted later.";
    journal_of(name: &str): "Nhật ký của {name}", "Journal of {name}";
    unknown_author(seat: &str): "chỗ làm việc chưa biết {seat}", "unknown seat {seat}";
    on_inspection: "Cuộc kiểm tra", "Inspection";
    several_at_once: "Quyết định cho những sự kiện được đánh dấu", "Decide on the ticked events";
    tick_all: "Chọn tất cả", "Tick all";
    tick_none: "Bỏ chọn tất cả", "Untick all";
    to_decision: "Tới phần quyết định", "To the decision";
    admitting_is_final: "Nhận rồi không rút lại được.", "Admitting cannot be undone.";
    and_the_rest(n: u64): "và {n} sự kiện nữa của nhật ký này, không hiện ở đây",
        "and {n} more event of this journal that is not shown here", "and {n} more events of this journal that are not shown here";
    why_decide: "Lý do của quyết định", "Reason for the decision";
    admit: "Nhận", "Admit";
    set_aside: "Gác lại", "Set aside";
    admit_ticked: "Nhận các sự kiện đã đánh dấu", "Admit the ticked events";
    set_aside_ticked: "Gác lại các sự kiện đã đánh dấu", "Set aside the ticked events";
    admit_after_all: "Nhận sự kiện đã gác lại", "Admit it after all";
    admitted(n: u64): "Đã nhận {n} sự kiện.", "{n} event is admitted.", "{n} events are admitted.";
    set_aside_done(n: u64): "Đã gác lại {n} sự kiện.", "{n} event is set aside.", "{n} events are set aside.";
    not_decided: "Chưa quyết định được.", "Nothing was decided.";
    fault_reason: "Hãy ghi lý do, nhiều nhất 500 ký tự.", "Write the reason, in at most 500 characters.";
    fault_none: "Hãy đánh dấu ít nhất một sự kiện.", "Tick at least one event.";
    fault_unclear: "Hãy chọn nhận hoặc gác lại.", "Choose to admit or to set aside.";
    fault_decided: "Sự kiện này không còn chờ: đã có người quyết định, hoặc sự kiện không bị giữ lại.",
        "This event does not wait any longer: someone has decided about it, or it is not held.";
    decide_here: "Quyết định về các sự kiện này", "Decide about these events";
    decisions: "Quyết định về sự kiện chờ xem xét", "Decisions about held events";
    decided: "Quyết định", "Decision";
    was_admitted: "đã nhận", "admitted";
    was_set_aside: "đã gác lại", "set aside";
    decided_by: "Người quyết định", "Decided by";
    decided_at: "Quyết định lúc", "Decided";
    unknown_person: "không rõ", "not known";
    act_open_journal: "Mở nhật ký", "Opens the journal";
    act_open_inspection(name: &str): "Mở cuộc kiểm tra tại {name}", "Opens the inspection of {name}";
    act_assign(name: &str): "Phân công {name}", "Assigns {name}";
    act_begin: "Bắt đầu ghi dấu hiệu vi phạm", "Begins a finding";
    act_withdraw: "Rút lại dấu hiệu vi phạm", "Withdraws a finding";
    act_judge: "Quyết định về sự kiện bị giữ", "Decides about held events";
    act_unknown(name: &str): "Hành vi của phiên bản sau: {name}", "An act of a later version: {name}";
    act_withheld: "Nội dung không có trong bản này", "The content is withheld from this copy";
    cleared: "(xóa)", "(cleared)";
    note: "Ghi chú", "Note";
    remedy: "Biện pháp khắc phục", "Remedy";
    statement_state: "Có ý kiến hay không", "Whether there is a statement";
    place: "Nơi kiểm tra", "Place";
    present: "Người tham dự của cơ sở", "Present for the establishment";
    change_team: "Thay đổi đoàn", "Change the team";
    change_team_means: "Người mới thấy cuộc kiểm tra từ đầu. Người rời đoàn không còn nhận tin mới; những gì người đó còn gửi được giữ lại chờ xem xét.",
        "Who joins sees the inspection from its beginning. Who leaves gets no more news; what they still send is held for a decision.";
    save_team: "Lưu đoàn", "Save the team";
    team_not_saved: "Chưa lưu được đoàn.", "The team was not saved.";
    fault_person: "Có người không được biết ở trụ sở. Hãy tải lại trang.", "One of the persons is not known. Reload the page.";
    revoke: "Thu hồi", "Revoke";
    revoke_of(name: &str): "Thu hồi máy của {name}", "Revoke the tablet of {name}";
    revoke_means: "Máy bị thu hồi không còn nhận được gì. Khi liên lạc được, máy gửi nốt những gì chưa gửi (trụ sở giữ lại chờ xem xét), rồi tự xóa những gì trụ sở đã ký nhận; ở trụ sở không gì bị xóa. Không thể hoàn tác. Người dùng máy vẫn ở trong các đoàn, và làm tiếp được khi ghi danh máy khác.",
        "A revoked tablet gets nothing any more. Once it is heard from, it sends what it has not sent, which is held for a decision, and erases what headquarters has given a receipt for; nothing is deleted at headquarters. It cannot be undone. Its person stays on every team, and goes on with another tablet once that is enrolled.";
    concerns(n: usize): "{n} cuộc kiểm tra chưa xong mà người này tham gia:", "{n} unfinished inspection of this person:", "{n} unfinished inspections of this person:";
    concerns_more(n: usize): "và {n} cuộc khác", "and {n} more", "and {n} more";
    concerns_none: "Người này không tham gia cuộc kiểm tra nào chưa xong.", "This person is on no unfinished inspection.";
    silent: "lâu chưa liên lạc", "not heard from";
    silent_days: "Số ngày chưa liên lạc", "Days of silence";
    revoked_at: "Thu hồi lúc", "Revoked";
    who_revoked: "Người thu hồi", "Revoked by";
    seat_id: "Mã chỗ làm việc", "Seat id";
    silent_for(n: i64): "{n} ngày chưa liên lạc", "not heard from for {n} day", "not heard from for {n} days";
    how_to_enrol: "Thêm máy hoặc ghi danh lại: tạo một lời mời cho người sẽ dùng máy.",
        "To add a tablet or to enrol one again, make an invitation for the person who will use it.";
    why_revoke: "Lý do thu hồi", "Reason for revoking";
    not_revoked: "Chưa thu hồi được.", "It was not revoked.";
    fault_seat: "Không có chỗ làm việc này, hoặc đã bị thu hồi.", "There is no such seat, or it is revoked already.";
    revoked_because(reason: &str): "lý do: {reason}", "because: {reason}";
    revoked_by(name: &str): "người thu hồi: {name}", "by {name}";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn one_event_and_several_are_told_apart_in_english() {
        assert_eq!(admitted(Lang::En, 1), "1 event is admitted.");
        assert_eq!(admitted(Lang::En, 2), "2 events are admitted.");
        assert_eq!(admitted(Lang::Vi, 2), "Đã nhận 2 sự kiện.");
    }
}
