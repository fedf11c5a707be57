//! Sentences that every screen shares.

use crate::sentences::sentences;

sentences! {
    name: "Biên Bản", "Biên Bản";
    to_content: "Đến nội dung chính", "Skip to main content";
    main_navigation: "Điều hướng chính", "Main navigation";
    today: "Hôm nay", "Today";
    syncing: "Đồng bộ", "Sync";
    settings: "Cài đặt", "Settings";
    back: "Quay lại", "Back";
    cancel: "Hủy", "Cancel";
    retry: "Thử lại", "Try again";
    opening: "Đang mở Biên Bản…", "Opening Biên Bản…";
    update_offered: "Đã có phiên bản mới. Cập nhật không làm mất gì đã ghi hay đang gõ.",
        "A new version is ready. Updating loses nothing that is recorded or typed.";
    update_later: "Để sau", "Later";
    update_apply: "Cập nhật ngay", "Update now";
    update_taken: "Đang cập nhật…", "Updating…";
    update_waits: "Cập nhật được khi mọi thứ trên màn hình đã lưu.",
        "You can update once everything on screen is stored.";
    update_form: "Mở xong hoặc rời biểu mẫu này rồi mới cập nhật.", "Finish or leave this form before updating.";
    help: "Trợ giúp", "Help";
    to_inspection: "Danh mục", "Checklist";
    nothing_here: "Không có trang này", "There is no such page";
    to_today: "Về trang Hôm nay", "Go to Today";
}
