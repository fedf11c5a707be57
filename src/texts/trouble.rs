//! Sentences for a store that does not do what was asked: what is wrong, and the next step.

use crate::sentences::sentences;

sentences! {
    blocked: "Một thẻ khác đang giữ kho dữ liệu.", "Another tab keeps the store.";
    blocked_next: "Đóng các thẻ Biên Bản khác rồi thử lại.", "Close the other tabs of Biên Bản, then try again.";
    newer: "Dữ liệu trên máy do phiên bản mới hơn ghi.", "The data on this tablet was written by a newer version.";
    newer_next: "Tải lại trang để dùng phiên bản mới. Dữ liệu vẫn còn nguyên.",
        "Reload the page to get the newer version. The data is untouched.";
    damaged: "Có phần dữ liệu trên máy không đọc được.", "Some of the data on this tablet cannot be read.";
    damaged_next: "Đừng xóa dữ liệu trình duyệt. Hãy gọi trụ sở.", "Do not clear the browser's data. Call headquarters.";
    full: "Máy hết chỗ lưu.", "There is no space left on this tablet.";
    full_next: "Xóa bớt tệp khác trên máy rồi bấm Thử lại. Câu trả lời vẫn hiện ở đây cho đến khi đóng ứng dụng.",
        "Free some space, then press Try again. The answer stays on screen until the app is closed.";
    unavailable: "Trình duyệt không cho lưu dữ liệu.", "The browser gives no storage.";
    unavailable_next: "Tắt chế độ riêng tư hoặc cho phép lưu dữ liệu cho trang này, rồi tải lại.",
        "Leave private browsing or allow this page to store data, then reload.";
    reload: "Tải lại trang", "Reload";
}
