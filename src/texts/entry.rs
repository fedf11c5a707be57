//! The sentences of coming in: signing in to the office, setting up how one signs in, and one's
//! own account.

use crate::sentences::sentences;

sentences! {
    sign_in: "Đăng nhập văn phòng", "Sign in to the office";
    sign_in_name: "Tên đăng nhập hoặc họ tên", "Sign-in name or full name";
    passphrase: "Cụm mật khẩu", "Passphrase";
    code: "Mã xác thực", "Code";
    code_hint: "6 chữ số trong ứng dụng xác thực, hoặc một mã khôi phục.",
        "The 6 digits in your authenticator app, or a recovery code.";
    do_sign_in: "Đăng nhập", "Sign in";
    refused: "Tên, cụm mật khẩu hoặc mã xác thực không đúng. Mỗi mã chỉ dùng được một lần: nếu vừa dùng, hãy chờ mã sau.",
        "The name, the passphrase or the code is not right. Each code works once: if you have just used it, wait for the next one.";
    wait(seconds: i64): "Đã thử quá nhiều lần. Hãy chờ {seconds} giây rồi thử lại.",
        "Too many tries. Wait {seconds} second, then try again.", "Too many tries. Wait {seconds} seconds, then try again.";
    no_account: "Chưa đăng nhập được?", "You cannot sign in yet?";
    no_account_how: "Lần đầu, hãy mở đường dẫn mà trụ sở gửi cho anh/chị và tự đặt cụm mật khẩu. Quên cụm mật khẩu hoặc mất điện thoại: hãy xin người quản trị một đường dẫn mới.",
        "The first time, open the link that headquarters gave you and choose a passphrase. If you forgot it or lost your phone, ask an administrator for a new link.";
    operator_how: "Người vận hành: khi chưa có người quản trị, `bienban serve` in ra đường dẫn lập người quản trị đầu tiên; `bienban user reset-passphrase \"TÊN\"` và `bienban user reset-totp \"TÊN\"` in ra đường dẫn đặt lại.",
        "If you run headquarters: while there is no administrator, `bienban serve` prints the link that makes the first one; `bienban user reset-passphrase \"NAME\"` and `bienban user reset-totp \"NAME\"` print links to set up anew.";
    demonstration: "Đây là bản dùng thử", "This is the demonstration";
    demonstration_how(name: &str): "Tên là “{name}”, cụm mật khẩu do `bienban demo` in ra; mã xác thực để trống. Mọi dữ liệu ở đây là hư cấu.",
        "The name is “{name}”, the passphrase is printed by `bienban demo`; leave the code empty. All data here is fictional.";

    set_up: "Đặt cách đăng nhập", "Set up how you sign in";
    first_administrator: "Lập người quản trị đầu tiên", "The first administrator";
    first_means: "Trụ sở chưa có người quản trị. Người điền trang này sẽ quản lý người dùng, đơn vị, lời mời và máy tính bảng.",
        "Headquarters has no administrator yet. Whoever fills in this page looks after people, units, invitations and tablets.";
    set_up_for(name: &str): "Đường dẫn này dành cho {name}. Nếu không đúng tên mình, hãy đóng trang và báo người quản trị.",
        "This link is for {name}. If that is not you, close the page and tell an administrator.";
    full_name: "Họ tên", "Full name";
    choose_name: "Tên đăng nhập", "Sign-in name";
    choose_name_hint: "Không phân biệt dấu và chữ hoa.", "Marks and capitals do not matter.";
    new_passphrase: "Cụm mật khẩu mới", "New passphrase";
    new_passphrase_hint: "Ít nhất 12 ký tự, hoặc ít nhất 4 từ. Dán được; nên dùng trình quản lý mật khẩu.",
        "At least 12 characters, or at least 4 words. You may paste; a password manager is a good idea.";
    again: "Nhập lại cụm mật khẩu mới", "New passphrase once more";
    present_passphrase: "Cụm mật khẩu hiện nay", "Present passphrase";
    second: "Ứng dụng xác thực", "Authenticator app";
    second_how: "Quét hình này bằng ứng dụng xác thực trên điện thoại (loại mã 6 chữ số theo thời gian), hoặc nhập khóa bằng tay. Sau đó điền mã mà ứng dụng đang hiện.",
        "Scan this picture with an authenticator app on your phone (6-digit codes by time), or type the key. Then fill in the code that the app shows.";
    second_picture: "Mã QR cho ứng dụng xác thực", "QR code for the authenticator app";
    second_letters: "Khóa để nhập bằng tay", "Key to type";
    present_code: "Mã đang hiện trong ứng dụng", "Code that the app shows";
    finish: "Lưu và vào văn phòng", "Save and enter the office";
    not_set_up: "Chưa lưu được.", "Nothing was saved.";
    has_passphrase: "Anh/chị đã có cách đăng nhập. Đường dẫn này không thay cho việc đăng nhập.",
        "You have a way to sign in already. This link does not stand in for it.";
    busy: "Trụ sở đang bận kiểm tra nhiều lượt đăng nhập. Hãy thử lại sau vài giây.",
        "Headquarters is busy with many sign-ins. Try again in a few seconds.";
    fault_name: "Hãy điền họ tên, nhiều nhất 200 ký tự.", "Fill in the full name, in at most 200 characters.";
    fault_sign_in_name: "Hãy chọn tên đăng nhập, nhiều nhất 200 ký tự.", "Choose a sign-in name, in at most 200 characters.";
    fault_sign_in_name_taken: "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.", "Somebody else signs in with this name. Choose another.";
    fault_short: "Cụm mật khẩu cần ít nhất 12 ký tự, hoặc ít nhất 4 từ với 8 chữ cái.", "A passphrase needs at least 12 characters, or at least 4 words with 8 letters.";
    fault_long: "Cụm mật khẩu quá dài.", "The passphrase is too long.";
    fault_is_name: "Cụm mật khẩu không được chỉ là họ tên hoặc tên đăng nhập.", "The passphrase must not be little more than your name.";
    fault_differs: "Hai lần nhập không giống nhau.", "Both passphrases are not the same.";
    fault_wrong: "Cụm mật khẩu hiện nay không đúng.", "This is not your present passphrase.";
    fault_code: "Mã không đúng với lúc này. Hãy xem giờ trên điện thoại và điền mã đang hiện.",
        "The code is not the present one. Check the time on your phone and fill in the code that is shown.";

    recovery: "Mã khôi phục", "Recovery codes";
    recovery_means: "Mỗi mã thay cho mã xác thực một lần, khi không có điện thoại. Các mã chỉ hiện một lần này: hãy in hoặc chép lại và cất ở nơi an toàn, tách khỏi điện thoại.",
        "Each code stands in for the app once, when you do not have your phone. They are shown this once: print or copy them, and keep them in a safe place apart from your phone.";
    recovery_kept: "Tôi đã cất các mã, vào văn phòng", "I have kept the codes, enter the office";

    account: "Tài khoản của tôi", "Your account";
    roles: "Vai trò", "Roles";
    unit: "Đơn vị", "Unit";
    every_unit: "mọi đơn vị", "every unit";
    sessions: "Các phiên đăng nhập", "Sessions";
    sessions_how(hours: i64, idle: i64): "Mỗi phiên kết thúc sau {hours} giờ, hoặc sau {idle} phút không dùng.",
        "A session ends after {hours} hours, or after {idle} minutes without use.", "A session ends after {hours} hours, or after {idle} minutes without use.";
    this_session: "phiên này", "this session";
    began: "Bắt đầu", "Began";
    last_used: "Dùng lần cuối", "Last used";
    browser_on(browser: &str, system: &str): "{browser} trên {system}", "{browser} on {system}";
    unknown_browser: "Trình duyệt không rõ", "Unknown browser";
    end_session: "Kết thúc phiên này", "End this session";
    end_others: "Kết thúc mọi phiên khác", "End all other sessions";
    change_passphrase: "Đổi cụm mật khẩu", "Change the passphrase";
    change_passphrase_means: "Mọi phiên đăng nhập khác của anh/chị sẽ kết thúc.", "All your other sessions end.";
    renew_second: "Thay ứng dụng xác thực", "Another authenticator app";
    renew_second_means: "Ứng dụng cũ và các mã khôi phục cũ không còn dùng được.", "The old app and the old recovery codes stop working.";
    renew_recovery: "Lấy mã khôi phục mới", "New recovery codes";
    recovery_left(n: u64): "Còn {n} mã khôi phục.", "{n} recovery code is left.", "{n} recovery codes are left.";
    no_second_in_demonstration: "Bản dùng thử không hỏi mã xác thực.", "The demonstration asks for no code.";
    back_to_account: "Về trang tài khoản", "Back to your account";
    done_passphrase: "Đã đổi cụm mật khẩu. Các phiên khác đã kết thúc.", "The passphrase is changed. Other sessions have ended.";
    done_session_ended: "Đã kết thúc phiên.", "The session has ended.";
    done_recovery_used: "Anh/chị vừa dùng một mã khôi phục. Hãy xem còn bao nhiêu mã, và thay ứng dụng xác thực nếu đã mất điện thoại.",
        "You have used a recovery code. See how many are left, and set up another app if your phone is lost.";
}
