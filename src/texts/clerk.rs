//! Sentences for the clerk: the dashboard, the lists, the timeline, planning, and remedies.

use crate::sentences::sentences;

sentences! {
    dashboard: "Tổng quan", "Overview";
    dashboard_lead(day: &str): "Tình hình đến ngày {day}, theo những gì trụ sở đã nhận.",
        "As of {day}, from what headquarters has received.";
    menu: "Menu", "Menu";
    main_navigation: "Điều hướng chính", "Main navigation";
    inspections: "Cuộc kiểm tra", "Inspections";
    findings: "Dấu hiệu vi phạm", "Findings";
    remedies: "Khắc phục", "Remedies";
    plan: "Lập kế hoạch", "Plan";
    gallery: "Mẫu giao diện", "Components";

    theme: "Giao diện", "Theme";
    theme_system: "Theo máy", "As the system";
    theme_light: "Sáng", "Light";
    theme_dark: "Tối", "Dark";
    theme_contrast: "Tương phản cao", "High contrast";

    needs_you: "Cần xử lý", "Needs attention";
    first_steps: "Bắt đầu", "First steps";
    first_units: "Thêm các đơn vị của cơ quan", "Add the units of your agency";
    first_people: "Thêm người và giao vai trò", "Add people and give them roles";
    first_invitations: "Mời từng người vào văn phòng hoặc lên máy tính bảng", "Invite each into the office or to a tablet";
    nothing_needs_you: "Không có việc nào chờ xử lý.", "Nothing is waiting for you.";
    conflicts_open(n: usize): "{n} cuộc còn giá trị chưa thống nhất", "{n} inspection with values in conflict", "{n} inspections with values in conflict";
    held_waiting(n: usize): "{n} sự kiện chờ xem xét", "{n} held event waits", "{n} held events wait";
    decisions_pending(n: usize): "{n} cuộc chưa có quyết định", "{n} inspection without a decision", "{n} inspections without a decision";
    not_verified(n: usize): "{n} cuộc có bản ghi không kiểm chứng được", "{n} inspection whose record does not verify", "{n} inspections whose record does not verify";
    remedies_overdue(n: usize): "{n} yêu cầu khắc phục quá hạn", "{n} remedy is overdue", "{n} remedies are overdue";
    remedies_soon(n: usize): "{n} yêu cầu đến hạn trong 7 ngày", "{n} remedy is due within 7 days", "{n} remedies are due within 7 days";
    remedies_undecided(n: usize): "{n} kết quả khắc phục chưa thống nhất", "{n} remedy has two outcomes", "{n} remedies have two outcomes";
    tablets_silent(n: usize): "{n} máy không liên lạc quá 7 ngày", "{n} tablet not heard from for 7 days", "{n} tablets not heard from for 7 days";
    silent_tablets: "Máy tính bảng không liên lạc quá 7 ngày", "Tablets not heard from for 7 days";
    silent_since: "Liên lạc gần nhất", "Last heard from";
    by_stage: "Cuộc kiểm tra theo tình trạng", "Inspections by state";
    by_kind: "Dấu hiệu vi phạm theo loại cơ sở", "Findings by kind of establishment";
    by_provision: "Dấu hiệu vi phạm theo điều khoản", "Findings by provision";
    by_remedy: "Tình hình khắc phục", "Remedies by state";
    by_provision_note: "Một dấu hiệu có nhiều điều khoản được tính vào từng điều khoản; dấu hiệu đã rút không được tính.",
        "A finding that cites several provisions counts for each; withdrawn findings do not count.";
    chart_empty: "Chưa có số liệu.", "There are no figures yet.";
    other_provisions(n: usize): "{n} điều khoản khác", "{n} other provision", "{n} other provisions";
    by_hand: "Ghi tay", "Written by hand";
    no_provision: "Chưa xác định điều khoản", "No provision yet";
    share: "Tên", "Name";
    count: "Số lượng", "Count";
    nearest: "Cuộc kiểm tra quanh hôm nay", "Inspections around today";
    all_inspections: "Xem tất cả cuộc kiểm tra", "See all inspections";

    order_next: "Việc trước mắt", "What is next";
    lead_and_others(name: &str, others: usize): "{name} +{others}", "{name} +{others}";
    team_lead: "Trưởng đoàn", "Lead";
    items_of(answered: usize, asked: usize): "{answered}/{asked} mục", "{answered}/{asked} items";
    progress_of(answered: usize, asked: usize): "đã trả lời {answered} trên {asked} mục", "{answered} of {asked} items answered";
    news_at(when: &str): "tin: {when}", "news: {when}";
    today_at(time: &str): "hôm nay {time}", "today {time}";
    stage: "Tình trạng", "State";
    stage_not_opened: "chưa nhận được thông tin mở", "opening missing";
    stage_planned: "đã lên kế hoạch", "planned";
    stage_under_way: "đang kiểm tra", "under way";
    held_short: "chờ xem xét", "held";
    stage_cancelled: "đã hủy", "cancelled";
    stage_answered: "đã trả lời hết", "all answered";
    answered_of: "Đã trả lời", "Answered";
    items_asked: "Số mục", "Items";
    last_news: "Tin mới nhất", "Last news";
    verifies: "Kiểm chứng", "Verification";
    is_verified: "đúng", "verified";
    is_not_verified: "không kiểm chứng được", "not verified";

    complete: "Đủ nội dung", "Complete";
    is_complete: "đủ", "complete";
    is_incomplete: "còn thiếu", "incomplete";
    is_withdrawn: "đã rút", "withdrawn";
    finding_state: "Hồ sơ", "Completeness";
    item_id: "Mã mục", "Item id";
    finding_id: "Mã dấu hiệu", "Finding id";
    inspection_id: "Mã cuộc kiểm tra", "Inspection id";

    remedy: "Biện pháp khắc phục", "Remedy";
    remedy_by: "Hạn ghi trong biên bản", "Deadline in the record";
    remedy_until: "Hạn hiện tại", "Deadline";
    remedy_state: "Tình trạng khắc phục", "Remedy state";
    remedy_note: "Ghi chú mới nhất", "Last note";
    remedy_on: "Ngày xác nhận", "Established on";
    remedy_none: "không yêu cầu", "none asked";
    progress_overdue: "quá hạn", "overdue";
    progress_due: "còn hạn", "due";
    progress_no_deadline: "chưa có hạn", "no deadline";
    progress_undecided: "chưa thống nhất", "two outcomes";
    progress_done: "đã khắc phục", "put right";
    progress_not_done: "không khắc phục", "not put right";

    search: "Tìm", "Search";
    search_hint: "Không cần gõ dấu", "Diacritics do not matter";
    everything: "Tất cả", "All";
    day_from: "Kiểm tra từ", "Inspected from";
    day_through: "Kiểm tra đến", "Inspected until";
    due_from: "Hạn từ ngày", "Due from";
    due_through: "Hạn đến ngày", "Due through";
    needs: "Việc cần xử lý", "Needs";
    needs_decision: "Chưa có quyết định", "Decision pending";
    needs_conflict: "Có giá trị chưa thống nhất", "Values in conflict";
    needs_held: "Có sự kiện chờ xem xét", "Held events";
    needs_verification: "Không kiểm chứng được", "Record not verified";
    provision: "Điều khoản", "Provision";
    person: "Người trong đoàn", "Person on the team";
    only_open: "còn phải theo dõi", "still open";
    due_soon: "đến hạn trong 7 ngày", "due within 7 days";
    apply: "Lọc", "Filter";
    clear: "Bỏ lọc", "Clear filters";
    filters: "Bộ lọc", "Filters";
    not_a_day: "Ngày phải có dạng NĂM-THÁNG-NGÀY.", "A day is written YEAR-MONTH-DAY.";
    rows_of(first: usize, last: usize, all: usize): "{first}–{last} trên {all}", "{first}–{last} of {all}";
    filtered_from(all: usize): "lọc từ {all}", "filtered from {all}";
    filters_active(n: usize): "Bộ lọc ({n})", "Filters ({n})";
    more_filters: "Thêm", "More";
    remove_filter(label: &str): "Bỏ lọc {label}", "Remove the filter {label}";
    sort: "Sắp xếp", "Sort";
    sort_default(column: &str): "Mặc định: {column}", "As usual: {column}";
    sort_up(column: &str): "{column}, tăng dần", "{column}, ascending";
    sort_down(column: &str): "{column}, giảm dần", "{column}, descending";
    pages_below: "Trang, ở cuối danh sách", "Pages, below the list";
    rows(shown: usize, all: usize): "{shown} trên {all} dòng", "{shown} of {all} rows", "{shown} of {all} rows";
    nothing_matches: "Không có dòng nào khớp bộ lọc.", "No row matches the filters.";
    nothing_yet: "Chưa có dòng nào.", "There is nothing here yet.";
    sorted_up(column: &str): "Sắp xếp theo {column}, tăng dần", "Sort by {column}, ascending";
    sorted_down(column: &str): "Sắp xếp theo {column}, giảm dần", "Sort by {column}, descending";
    pages: "Trang", "Pages";
    page_of(page: usize, pages: usize): "Trang {page}/{pages}", "Page {page} of {pages}";
    previous: "Trang trước", "Previous page";
    next: "Trang sau", "Next page";
    as_csv: "CSV (mã máy)", "CSV (for programs)";
    as_xlsx: "Tải Excel (XLSX)", "Download Excel (XLSX)";

    timeline: "Diễn biến", "Timeline";
    timeline_of(name: &str): "Diễn biến: {name}", "Timeline: {name}";
    timeline_lead: "Những việc đã làm, theo thứ tự trụ sở nhận. Giờ là giờ của máy người ghi.",
        "What was done, in the order in which headquarters accepted it. Times are the author's clock.";
    events_count(n: usize): "{n} sự kiện", "{n} event", "{n} events";
    events_of(n: usize, all: usize): "{n} trên {all} sự kiện", "{n} of {all} events", "{n} of {all} events";
    replaced_before: "Thay cho", "Replaces";
    event_id: "Mã sự kiện", "Event id";
    position: "Vị trí", "Position";
    what: "Sự việc", "What";
    act_kind: "Loại sự kiện", "Kind of event";
    kind_journal: "Nhật ký", "Journals";
    kind_opening: "Mở cuộc kiểm tra", "Openings";
    kind_team: "Đoàn", "Team";
    kind_answer: "Trả lời và ghi chú", "Answers and notes";
    kind_finding: "Dấu hiệu vi phạm", "Findings";
    kind_remedy: "Khắc phục", "Remedies";
    kind_custody: "Xem xét sự kiện", "Decisions on held events";
    kind_other: "Khác", "Other";
    began_on_tablet: "Bắt đầu ghi trên máy", "Began to record on this machine";
    newest_first: "Mới nhất trước", "Newest first";
    oldest_first: "Cũ nhất trước", "Oldest first";
    with_technical: "Hiện chi tiết kỹ thuật", "Show technical details";
    without_technical: "Ẩn chi tiết kỹ thuật", "Hide technical details";
    more_of_finding(n: usize): "{n} chi tiết nữa của dấu hiệu này", "{n} more on this finding";
    see_finding: "Xem dấu hiệu", "See the finding";
    opened_inspection(name: &str, day: &str): "Mở cuộc kiểm tra {name}, ngày {day}", "Opened the inspection of {name} for {day}";
    joined_team(name: &str, role: &str): "{name} vào đoàn, vai trò: {role}", "{name} joined the team as {role}";
    seat_left_team(name: &str): "Thu hồi máy của {name}; {name} vẫn trong đoàn", "The tablet of {name} was revoked; {name} stays on the team";
    left_after_the_day: "rời đoàn sau ngày kiểm tra", "left after the day of the inspection";
    cancelled_inspection(reason: &str): "Hủy cuộc kiểm tra, lý do: {reason}", "Cancelled the inspection: {reason}";
    left_team(name: &str): "{name} rời đoàn", "{name} left the team";
    cleared(place: &str): "{place}: đã xóa", "{place}: cleared";
    began_finding(item: &str): "Ghi nhận dấu hiệu vi phạm ở mục “{item}”", "Began a finding on “{item}”";
    withdrew_finding(reason: &str): "Rút dấu hiệu vi phạm, lý do: {reason}", "Withdrew a finding: {reason}";
    admitted(n: usize, reason: &str): "Nhận {n} sự kiện, lý do: {reason}", "Admitted {n} held event: {reason}", "Admitted {n} held events: {reason}";
    set_aside(n: usize, reason: &str): "Gác lại {n} sự kiện, lý do: {reason}", "Set {n} held event aside: {reason}", "Set {n} held events aside: {reason}";
    remedy_was_done(note: &str): "Đã khắc phục: {note}", "Put right: {note}";
    remedy_was_not_done(note: &str): "Không khắc phục: {note}", "Not put right: {note}";
    remedy_was_extended(day: &str, note: &str): "Gia hạn khắc phục đến {day}: {note}", "More time for the remedy, until {day}: {note}";
    unknown_act(name: &str): "Sự kiện do phiên bản mới hơn ghi ({name})", "An event of a later version ({name})";
    withheld: "Nội dung không có trong bản này", "The content is withheld from this copy";
    unreadable: "Không đọc được nội dung", "The content cannot be read";
    replaced(value: &str, author: &str): "Thay cho: {value} ({author})", "Replaces: {value} ({author})";
    replaced_unknown: "Thay cho một giá trị không có ở đây", "Replaces a value that is not here";
    conflict_began: "từ đây chưa thống nhất", "in conflict from here";
    conflict_decided: "đã thống nhất", "conflict decided";
    held_because(reason: &str): "Giữ lại: {reason}", "Held: {reason}";
    held_admitted: "đã nhận", "admitted";
    held_set_aside: "đã gác lại", "set aside";
    held_waits: "đang chờ xem xét", "waiting";
    counted: "được tính", "counts";
    custody: "Tính vào kết quả", "Counts";
    field_answer: "Trả lời", "Answer";
    statement_given: "có ý kiến", "given";

    plan_title: "Lập kế hoạch kiểm tra", "Plan an inspection";
    plan_lead: "Khi lưu, cuộc kiểm tra được giao ngay cho đoàn; máy tính bảng nhận được ở lần đồng bộ kế tiếp.",
        "Once saved, the inspection is assigned at once; tablets receive it with their next sync.";
    known_establishments: "Cơ sở đã biết", "Known establishments";
    find_establishment: "Tìm cơ sở đã từng kiểm tra", "Find an establishment that was inspected before";
    find: "Tìm", "Find";
    found_none: "Không tìm thấy; hãy nhập cơ sở mới bên dưới.", "None found; enter a new one below.";
    found_more(n: usize): "Còn {n} cơ sở khác; hãy gõ thêm chữ.", "{n} more; type more words.", "{n} more; type more words.";
    choose_this(name: &str): "Chọn {name}", "Choose {name}";
    last_inspected(day: &str): "kiểm tra gần nhất: {day}", "last inspected {day}";
    chosen_establishment: "Cơ sở", "Establishment";
    another_establishment: "Chọn cơ sở khác", "Choose another";
    optional: "không bắt buộc", "optional";
    new_establishment: "Cơ sở mới", "New establishment";
    when_and_why: "Thời gian và căn cứ", "When and why";
    decision_pending_hint: "Để trống cả hai ô nếu chưa có quyết định; cuộc kiểm tra sẽ được đánh dấu.",
        "Leave both empty while the decision is pending; the inspection is marked so.";
    decision_number: "Số quyết định", "Number of the decision";
    team_hint: "Đúng một trưởng đoàn. Người chưa có máy nhận cuộc kiểm tra khi ghi danh.",
        "Exactly one lead. A person without a tablet receives it when enrolled.";
    tablets_of(n: usize): "{n} máy", "{n} tablet", "{n} tablets";
    no_tablet: "chưa có máy", "no tablet yet";
    checklists_hint: "Không chọn gì: dùng mọi danh mục dành cho loại cơ sở này.",
        "None ticked: every checklist for this kind is taken.";
    for_kinds(kinds: &str): "dành cho: {kinds}", "for: {kinds}";
    fault_checklist_kind: "Có danh mục không dành cho loại cơ sở này.", "A ticked checklist is not for this kind.";
    fault_known: "Cơ sở này không còn trong hồ sơ; hãy chọn lại.", "This establishment is not on record; choose again.";
    fault_day_recorded: "Đã có nội dung ghi tại cơ sở: ngày kiểm tra không đổi được nữa.",
        "Something was recorded on the spot: the day of the inspection stands.";
    fault_day_far: "Ngày kiểm tra quá xa: nhiều nhất 2 năm tới, 5 năm trước. Hãy xem lại năm.",
        "The day of the inspection is too far away: 2 years ahead or 5 years back at most. Check the year.";
    fault_decision_far: "Ngày quyết định quá xa. Hãy xem lại năm.", "The day of the decision is too far away. Check the year.";
    fault_decision_late: "Ngày quyết định không thể sau ngày kiểm tra.", "The decision cannot be later than the inspection.";
    submit_plan: "Lưu và giao cho đoàn", "Save and assign";
    plan_not_saved: "Chưa lưu được: hãy sửa những chỗ sau.", "Not saved: please mend the following.";
    required_means: "Ô có dấu * phải điền.", "Fields with * have to be filled in.";
    planned_for(day: &str): "đã có kế hoạch {day}", "already planned for {day}";
    already_planned: "Đã có kế hoạch", "Already planned for";
    done_planned: "Đã lưu kế hoạch và giao cho đoàn.", "The plan is saved and assigned.";
    done_plan_corrected: "Đã sửa kế hoạch. Máy tính bảng nhận được ở lần đồng bộ kế tiếp.",
        "The plan is corrected. Tablets receive it with their next sync.";
    done_cancelled: "Đã hủy cuộc kiểm tra. Mọi thứ đã ghi vẫn đọc được.", "The inspection is cancelled. What was recorded can still be read.";
    done_team_saved: "Đã lưu đoàn.", "The team is saved.";
    done_remedy_recorded: "Đã ghi kết quả khắc phục.", "The outcome is recorded.";
    done_seat_revoked: "Đã thu hồi máy. Người dùng máy đó vẫn ở trong các đoàn; muốn làm tiếp cần ghi danh máy khác.",
        "The tablet is revoked. Its person stays on every team, and needs another tablet to go on.";
    done_signed_out: "Đã đăng xuất.", "You are signed out.";
    correct_plan: "Sửa kế hoạch", "Correct the plan";
    correct_plan_of(name: &str): "Sửa kế hoạch: {name}", "Correct the plan: {name}";
    correct_plan_means: "Sửa ngày, lý do và quyết định. Kế hoạch trước vẫn còn trong diễn biến. Đổi ngày thì những mục được hỏi theo ngày đó có thể khác.",
        "Change the day, the reason and the decision. The former plan stays in the timeline. With another day other items may be asked.";
    save_correction: "Lưu kế hoạch", "Save the plan";
    corrected_plan: "Sửa kế hoạch", "Corrected the plan";
    decision_of_day(number: &str, day: &str): "{number}, ngày {day}", "{number} of {day}";
    cancel_inspection: "Hủy cuộc kiểm tra", "Cancel the inspection";
    not_cancelled: "Chưa hủy được: hãy sửa những chỗ sau.", "Not cancelled: please mend the following.";
    is_cancelled: "Cuộc kiểm tra này đã hủy", "This inspection is cancelled";
    is_cancelled_next: "Kế hoạch và đoàn không sửa được nữa. Những gì đã ghi vẫn đọc được; muốn kiểm tra thì lập kế hoạch mới.",
        "Its plan and its team cannot be changed any more. What was recorded can still be read; plan a new one to inspect after all.";
    recorded_so_far(what: &str): "Cuộc kiểm tra này đã có {what}. Hủy thì tất cả vẫn được giữ, cả những gì đoàn còn gửi về.",
        "This inspection already has {what}. All of it is kept when it is cancelled, and so is what the team still sends.";
    nothing_recorded: "Chưa có gì được ghi trong cuộc kiểm tra này.", "Nothing was recorded in this inspection yet.";
    kept_of_cancelled(what: &str): "Đã ghi và được giữ lại: {what}.", "Recorded, and kept: {what}.";
    recorded_before_cancelling(what: &str): "Đã ghi đến lúc đó: {what}", "Recorded until then: {what}";
    answers_count(n: usize): "{n} câu trả lời", "{n} answer", "{n} answers";
    pieces_count(n: usize): "{n} chứng cứ", "{n} piece of evidence", "{n} pieces of evidence";
    cancel_means: "Cuộc kiểm tra đã hủy vẫn đọc được, và những gì đoàn còn gửi về vẫn được giữ. Không rút lại được; muốn kiểm tra thì lập kế hoạch mới.",
        "A cancelled inspection can still be read, and what its team still sends is kept. It cannot be undone; plan a new one to inspect after all.";
    why_cancel: "Lý do hủy", "Reason for cancelling";
    unanswered: "chưa trả lời", "not answered";
    not_asked: "Mục không thuộc danh mục của cuộc này", "Items that this inspection does not ask";
    lead_decides: "Trưởng đoàn quyết định trên máy tính bảng; ở đây chỉ xem.", "The lead decides on the tablet; here they are only shown.";
    findings_count(n: usize): "{n} dấu hiệu vi phạm", "{n} finding", "{n} findings";
    conflicts_count(n: usize): "{n} giá trị chưa thống nhất", "{n} value in conflict", "{n} values in conflict";
    other_inspections(n: usize): "{n} cuộc khác tại cơ sở này", "{n} other inspection here", "{n} other inspections here";
    work_group: "Theo dõi", "Follow";
    documents_group: "Tài liệu", "Documents";
    downloads_group: "Tải về", "Downloads";
    no_violation_record: "Chưa có dấu hiệu vi phạm nên chưa có biên bản vi phạm.", "Without a finding there is no violation record.";
    technical: "Chi tiết kỹ thuật", "Technical details";
    correct_outcome: "Sửa lại kết quả", "Correct the outcome";
    newer_outcome_counts: "Kết quả ghi sau được tính; kết quả trước vẫn còn trong quá trình theo dõi.",
        "The newer outcome counts; the former one stays above.";
    plan_again: "Lập kế hoạch kiểm tra lại cơ sở này", "Plan another inspection here";

    follow: "Theo dõi khắc phục", "Follow the remedy";
    follow_history: "Quá trình theo dõi", "What was said";
    follow_history_none: "Chưa có kết quả nào được ghi.", "Nothing was recorded yet.";
    follow_new: "Ghi kết quả", "Record an outcome";
    follow_undecided: "Có hai kết quả khác nhau. Ghi kết quả đúng; nó thay cho cả hai.",
        "Two outcomes differ. Record the right one; it replaces both.";
    outcome: "Kết quả", "Outcome";
    outcome_done: "Đã khắc phục", "Put right";
    outcome_not_done: "Không khắc phục, thôi theo dõi", "Not put right, no longer waited for";
    outcome_extended: "Gia hạn", "More time";
    outcome_on: "Ngày xác nhận", "Established on";
    outcome_until: "Gia hạn đến ngày (chỉ khi gia hạn)", "More time until (only with more time)";
    outcome_note: "Căn cứ, ghi chú", "Basis, note";
    fault_outcome: "Hãy chọn kết quả.", "Choose the outcome.";
    fault_outcome_on: "Hãy chọn ngày xác nhận, không muộn hơn hôm nay.", "Choose the day, not later than today.";
    fault_outcome_until: "Hãy chọn ngày gia hạn, sau ngày xác nhận.", "Choose a day after the one on which it was established.";
    fault_until_alone: "Chỉ ghi ngày này khi chọn “Gia hạn”.", "Only with “More time”.";
    fault_outcome_note: "Hãy ghi căn cứ hoặc lý do.", "Write the basis or the reason.";
    record_outcome: "Ghi kết quả", "Record the outcome";
    no_remedy: "Dấu hiệu này không yêu cầu khắc phục.", "This finding asks for no remedy.";

    gallery_lead: "Mọi thành phần của trang văn phòng, trong từng giao diện.", "Every component of the office pages, in each theme.";
    sample_buttons: "Nút bấm", "Buttons";
    sample_primary: "Việc chính", "Primary";
    sample_secondary: "Việc phụ", "Secondary";
    sample_plain: "Nút chữ", "Plain";
    sample_danger: "Việc không rút lại được", "Cannot be undone";
    sample_disabled: "Không bấm được", "Disabled";
    sample_link: "Đường dẫn", "A link";
    sample_fields: "Ô nhập", "Fields";
    sample_text: "Một dòng chữ", "One line";
    sample_words: "Nhiều dòng", "Several lines";
    sample_day: "Ngày", "Day";
    sample_choice: "Chọn một", "One of several";
    sample_fault: "Ô có lỗi", "A field with a fault";
    sample_fault_words: "Điều sai và cách sửa đứng ngay dưới ô.", "What is wrong and what to do stands below the field.";
    sample_groups: "Nhóm lựa chọn", "Choice groups";
    sample_sections: "Phần nội dung", "Sections";
    sample_more: "Mở thêm", "More";
    sample_typography: "Chữ", "Type";
    sample_pangram: "Ẩm ướt, nghiêng ngả, thưởng thức, quyển sổ, ngữ nghĩa, hoẵng, khuỷu", "The quick brown fox jumps over the lazy dog";
    sample_notices: "Thông báo", "Notices";
    sample_notice_good: "Đã lưu.", "Stored.";
    sample_notice_info: "Một điều nên biết.", "Something worth knowing.";
    sample_notice_warn: "Một việc cần xem lại.", "Something to look at again.";
    sample_notice_bad: "Chưa làm được; đây là bước tiếp theo.", "Not done; this is the next step.";
    sample_marks: "Nhãn", "Marks";
    sample_progress: "Tiến độ", "Progress";
    sample_progress_label: "12 trên 40 mục", "12 of 40 items";
    sample_empty: "Trống và lỗi", "Empty and error";
    sample_empty_words: "Chưa có gì ở đây.", "There is nothing here.";
    sample_error_words: "Trang này chưa mở được. Hãy thử lại.", "This page could not be opened. Try again.";
    sample_table: "Bảng", "Table";
    sample_chart: "Biểu đồ", "Chart";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang::{En, Vi};

    #[test]
    fn counts_have_an_english_singular() {
        assert_eq!(remedies_overdue(En, 1), "1 remedy is overdue");
        assert_eq!(remedies_overdue(En, 2), "2 remedies are overdue");
        assert_eq!(remedies_overdue(Vi, 2), "2 yêu cầu khắc phục quá hạn");
    }
}
