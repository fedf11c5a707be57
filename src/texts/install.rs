//! Sentences about installing the app, each platform in its own way.

use crate::sentences::sentences;

sentences! {
    title: "Cài Biên Bản lên máy này", "Install Biên Bản on this device";
    why: "Ứng dụng đã cài mở được khi không có mạng và trình duyệt giữ dữ liệu lâu hơn.",
        "An installed app opens without a network, and the browser keeps its data longer.";
    install: "Cài ứng dụng", "Install the app";
    later: "Để sau", "Not now";
    installed: "Biên Bản đã được cài trên máy này.", "Biên Bản is installed on this device.";
    share_first: "Chạm nút Chia sẻ", "Tap the Share button";
    share_icon: "(hình vuông có mũi tên lên)", "(a square with an arrow up)";
    share_then: "Chọn “Thêm vào Màn hình chính”, rồi mở Biên Bản từ màn hình chính.",
        "Choose “Add to Home Screen”, then open Biên Bản from the home screen.";
    share_storage: "Ứng dụng đã cài có kho dữ liệu riêng, ban đầu trống: hãy ghi danh trong ứng dụng đã cài, và gửi hết những gì đang có ở đây trước.",
        "The installed app has a store of its own that is empty at first: enrol inside the installed app, and send what is here before that.";
    dock: "Trong Safari, mở trình đơn Tệp rồi chọn “Thêm vào Dock”.", "In Safari, open the File menu and choose “Add to Dock”.";
    menu: "Mở trình đơn của trình duyệt rồi chọn “Cài đặt” hoặc “Thêm vào màn hình chính”.",
        "Open the browser's menu and choose “Install” or “Add to Home screen”.";
    not_here: "Trình duyệt này không cài được ứng dụng; vẫn làm việc được trong trang này, kể cả khi không có mạng.",
        "This browser cannot install apps; you can work in this page, also without a network.";
}
