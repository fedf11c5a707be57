//! The bare page as files beside the app: the same number of items in the same sections.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// As many as the app puts into a section of its synthetic checklist.
const ITEMS_IN_SECTION: usize = 25;

const ANSWERS: [(&str, &str); 4] = [
    ("compliant", "Đạt"),
    ("violation", "Có dấu hiệu vi phạm"),
    ("not_applicable", "Không áp dụng"),
    ("not_checked", "Không kiểm tra"),
];

/// Writes the page into the folder that headquarters serves.
pub(crate) fn write(app: &Path, items: usize) -> std::io::Result<()> {
    let folder = app.join("bare");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page(items))?;
    fs::write(folder.join("bare.js"), include_str!("bare/bare.js"))?;
    fs::write(folder.join("bare.css"), include_str!("bare/bare.css"))?;
    fs::write(folder.join("worker.js"), include_str!("bare/worker.js"))
}

fn page(items: usize) -> String {
    let mut page =
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Bare</title>\
        <meta name=\"viewport\" content=\"width=device-width\">\
        <link rel=\"stylesheet\" href=\"/bare/bare.css\"></head><body>"
            .to_owned();
    for first in (0..items).step_by(ITEMS_IN_SECTION) {
        let _ = write!(page, "<section><h2>Phần {}</h2>", first / ITEMS_IN_SECTION + 1);
        for item in first..items.min(first + ITEMS_IN_SECTION) {
            add_item(&mut page, item);
        }
        page.push_str("</section>");
    }
    page + "<script src=\"/bare/bare.js\"></script></body></html>"
}

fn add_item(page: &mut String, item: usize) {
    let _ = write!(
        page,
        "<div data-item=\"{item}\" role=\"radiogroup\" aria-labelledby=\"q{item}\">\
         <h3 id=\"q{item}\">Mục {item}: có giấy phép và hồ sơ theo quy định không?</h3><div>"
    );
    for (value, words) in ANSWERS {
        let _ = write!(
            page,
            "<label><input type=\"radio\" name=\"a{item}\" value=\"{value}\"> {words}</label>"
        );
    }
    page.push_str("</div></div>");
}
