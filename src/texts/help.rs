//! Help in place: what each screen is for, in a few sentences.

use crate::sentences::sentences;

sentences! {
    title: "Trợ giúp", "Help";
    whole: "Mở toàn bộ trợ giúp", "Open all of the help";
    about: "Trợ giúp cho màn hình này", "Help for this screen";

    today_title: "Trang Hôm nay", "Today";
    today_1: "Trên cùng là việc nên làm tiếp, rồi những gì chưa xong và chờ gửi.",
        "At the top is what to do next, then what is unfinished and what waits to be sent.";
    today_2: "“Sẵn sàng làm việc không cần mạng” nghĩa là ứng dụng, danh mục và các cuộc kiểm tra đã ở trên máy.",
        "“Ready to work without a network” means that app, checklists and inspections are on the tablet.";
    today_3: "Cuộc kiểm tra phát sinh tại chỗ thì mở ngay trên máy, không cần chờ trụ sở; trụ sở xác nhận sau.",
        "An inspection that comes up on the spot is opened here without waiting for headquarters, which confirms it later.";

    inspection_title: "Trong cuộc kiểm tra", "In an inspection";
    inspection_1: "Chạm câu trả lời là ghi ngay, không có nút lưu. “Đã lưu” nghĩa là đã nằm trên máy này.",
        "A tap on an answer records it; there is no save button. “Stored” means that it is on this tablet.";
    inspection_2: "Chữ đang gõ được giữ làm bản nháp và được ghi khi rời ô.",
        "What is being typed is kept as a draft and recorded when you leave the field.";
    inspection_3: "Câu trả lời đổi được bất cứ lúc nào, hoặc bỏ đi bằng “Bỏ câu trả lời”. Dấu hiệu vi phạm thì rút lại với lý do.",
        "An answer can be changed at any time, or cleared with “Clear the answer”. A finding is withdrawn with a reason.";
    inspection_4: "“Mục chưa trả lời” đưa đến mục tiếp theo; các nút dưới ô tìm lọc danh mục; ô tìm không cần gõ dấu.",
        "“Next unanswered” leads to the next item; the buttons under the search filter; the search needs no diacritics.";
    inspection_5: "Hai người ghi khác nhau thì cả hai nội dung đều còn, cho đến khi một người chọn.",
        "When two people wrote different values, both stay until one of them chooses.";

    review_title: "Rà soát", "Review";
    review_1: "Liệt kê những gì còn thiếu. Mỗi dòng dẫn đến đúng chỗ phải sửa.",
        "Lists what is missing. Each line leads to the place.";
    review_2: "Ý kiến của đối tượng phải được hỏi tại chỗ: có ý kiến, từ chối, hoặc không lấy được và lý do.",
        "The statement of the other side is asked on the spot: given, declined, or impossible with the reason.";

    law_title: "Căn cứ pháp lý", "The law";
    law_1: "Chạm vào điều khoản để xem ngày hiệu lực, văn bản thay thế, mức độ đối chiếu và nguồn.",
        "Tap a provision to see its days in force, what replaced it, how well it was verified, and its sources.";
    law_2: "Điều khoản của một dấu hiệu được chọn theo ngày xảy ra hành vi, không theo ngày kiểm tra.",
        "The provision of a finding is chosen by the day of the act, not by the day of the inspection.";

    sync_title: "Đồng bộ", "Sync";
    sync_1: "Ứng dụng tự gửi khi có mạng và đang mở. “Đã lưu” là ở trên máy; “Trụ sở đã nhận đủ” mới là đã đến nơi.",
        "The app sends by itself while it is open and connected. “Stored” is on the tablet; only “accepted” has arrived.";
    sync_2: "Đừng xóa dữ liệu trình duyệt khi còn nội dung chờ gửi.",
        "Do not clear the browser's data while events wait to be sent.";

    settings_title: "Cài đặt", "Settings";
    settings_1: "Ngôn ngữ, màu và cỡ chữ chỉ đổi trên máy này. Ngoài nắng nên dùng tương phản cao.",
        "Language, colours and text size change on this device only. In sunlight use high contrast.";

    new_title: "Mở cuộc kiểm tra mới", "Opening an inspection";
    new_1: "Ghi lý do mở; số quyết định có thể bổ sung sau. Người mở là trưởng đoàn cho đến khi trụ sở phân công khác.",
        "Give the reason; the decision's number may follow. Who opens it leads until headquarters assigns otherwise.";

    practice_title: "Bài tập", "Practice";
    practice_1: "Một cuộc kiểm tra ví dụ để thử mọi thao tác. Nó chỉ ở trong bộ nhớ của trang này và không bao giờ được gửi.",
        "An example to try everything on. It lives in the memory of this page only and is never sent.";

    keys_title: "Bàn phím", "Keyboard";
    keys_1: "Tab đi giữa các mục, phím mũi tên chọn câu trả lời, Esc đóng bảng thông tin.",
        "Tab moves between items, the arrow keys choose an answer, Escape closes a sheet.";
}
