//! The sentences of the office about backups, and about what a restore is missing.

use crate::sentences::sentences;

sentences! {
    backup: "Sao lưu", "Backup";
    last_backup: "Bản sao lưu gần nhất", "Last backup";
    never: "chưa có bản nào", "none yet";
    due_never: "Chưa có bản sao lưu nào; hãy báo người vận hành", "There is no backup yet; tell those who run headquarters";
    due_old(days: i64): "Bản sao lưu gần nhất đã {days} ngày; hãy báo người vận hành",
        "The last backup is {days} day old; tell those who run headquarters", "The last backup is {days} days old; tell those who run headquarters";
    tell_operator: "Cần sao lưu: hãy báo người vận hành.", "Where a backup is due, tell those who run headquarters.";
    make_one: "Người vận hành: `bienban backup THƯ-MỤC` tạo bản sao lưu, cả khi trụ sở đang chạy.",
        "If you run headquarters: `bienban backup DIR` makes one, also while headquarters runs.";
    covered(durable: u64, positions: u64): "{durable} trên {positions} sự kiện nằm trong bản sao lưu.", "{durable} of {positions} events are in a backup.";
    nothing_to_cover: "Chưa có gì để sao lưu: trụ sở chưa nhận sự kiện nào.", "There is nothing to back up: headquarters has no event yet.";
    all_covered: "Mọi sự kiện đều nằm trong bản sao lưu.", "Every event is in a backup.";
    restored: "Khôi phục", "Restored";
    never_restored: "Trụ sở này chưa từng được khôi phục từ bản sao lưu.",
        "This headquarters was never restored from a backup.";
    restored_at: "Khôi phục lúc", "Restored";
    backup_of: "Từ bản sao lưu lúc", "From the backup of";
    backup_had(positions: u64): "{positions} sự kiện trong bản sao lưu", "{positions} event in the backup", "{positions} events in the backup";
    since_then(n: u64): "{n} sự kiện nhận được từ khi khôi phục", "{n} event accepted since then", "{n} events accepted since then";
    not_back: "Chỗ làm việc chưa liên lạc từ khi khôi phục", "Seats that have not been heard of since the restore";
    not_back_means: "Những gì các máy này gửi sau bản sao lưu có thể còn thiếu cho tới khi chúng kết nối lại.",
        "What these tablets sent after the backup may be missing until they connect again.";
    enrolled_later: "Những chỗ làm việc ghi danh sau bản sao lưu chỉ hiện ra khi có máy mang lại nhật ký của trụ sở.",
        "Seats that enrolled after the backup appear only when a tablet has brought headquarters' journals back.";
    all_back: "Mọi chỗ làm việc đang dùng đều đã liên lạc lại.", "Every seat in use has been heard of again.";
    missing: "Sự kiện còn thiếu", "Missing events";
    missing_means: "Có sự kiện nhắc tới chúng, nhưng chúng chưa ở đây. Máy nào còn giữ sẽ tự gửi lại; máy không có mạng thì xuất tệp để nhập bằng `bienban import`.",
        "Other events name them, and they are not here. A tablet that still has them sends them by itself; one without a network exports a file for `bienban import`.";
    missing_of(n: u64): "{n} sự kiện còn thiếu", "{n} missing event", "{n} missing events";
    none_missing: "Không thấy sự kiện nào còn thiếu.", "No event is seen to be missing.";
    none_missing_means: "Chỉ thấy được điều gì còn thiếu khi có sự kiện khác nhắc tới; phần cuối nhật ký của một máy chưa liên lạc thì không thấy được.",
        "What is missing is seen only where another event names it; the end of a journal whose tablet has not connected is not seen.";
    not_resupplied: "Không máy tính bảng nào gửi lại được", "No tablet can send again";
    not_resupplied_means: "Những việc làm sau bản sao lưu: thu hồi chỗ làm việc, lời mời, người chưa có máy, người vào văn phòng. Hãy làm lại.",
        "What was done after the backup: revoked seats, invitations, people without a tablet, people let into the office. Do it again.";
    missing_event: "Sự kiện", "Event";
    named_by: "Được nhắc tới bởi", "Named by";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn what_is_covered_is_said_in_numbers() {
        assert_eq!(covered(Lang::En, 3, 5), "3 of 5 events are in a backup.");
        assert_eq!(covered(Lang::Vi, 3, 5), "3 trên 5 sự kiện nằm trong bản sao lưu.");
    }
}
