//! The names that the packs give to instruments and sources, and the two days that the items
//! had wrong. Knows nothing of TOML.

use anyhow::{Result, anyhow};

use super::researched::{Citation, DayRange, Role};

pub(crate) struct Instrument {
    pub(crate) id: &'static str,
    /// The text that this name stands for, where the instrument has several.
    text: Option<&'static str>,
    name: &'static str,
}

const INSTRUMENTS: &[Instrument] = &[
    named("luat-103-2016", "Luật Báo chí số 103/2016/QH13"),
    named("luat-126-2025", "Luật Báo chí số 126/2025/QH15"),
    named("luat-19-2012", "Luật Xuất bản số 19/2012/QH13"),
    named("luat-102-2016", "Luật Trẻ em số 102/2016/QH13"),
    named(
        "luat-16-2012",
        "Luật Quảng cáo số 16/2012/QH13 (sửa đổi bởi Luật 75/2025/QH15 từ 2026-01-01)",
    ),
    named("nd-237-2026", "Nghị định 237/2026/NĐ-CP"),
    named("nd-244-2026", "Nghị định 244/2026/NĐ-CP"),
    named("nd-09-2017", "Nghị định 09/2017/NĐ-CP"),
    named("nd-195-2013", "Nghị định 195/2013/NĐ-CP"),
    named("nd-60-2014", "Nghị định 60/2014/NĐ-CP (sửa đổi bởi 25/2018/NĐ-CP và 72/2022/NĐ-CP)"),
    named("tt-01-2020", "Thông tư 01/2020/TT-BTTTT"),
    named("tt-03-2015", "Thông tư 03/2015/TT-BTTTT"),
    named("tt-05-2016", "Thông tư 05/2016/TT-BTTTT (ISBN)"),
    Instrument {
        id: "nd-119-2020", text: Some("2020-original"), name: "Nghị định 119/2020/NĐ-CP"
    },
    Instrument {
        id: "nd-119-2020",
        text: Some("consolidated-2022"),
        name: "Nghị định 119/2020/NĐ-CP (sửa đổi, bổ sung bởi Nghị định 14/2022/NĐ-CP)",
    },
];

const fn named(id: &'static str, name: &'static str) -> Instrument {
    Instrument { id, text: None, name }
}

pub(crate) fn instrument(name: &str) -> Result<&'static Instrument> {
    let known = INSTRUMENTS.iter().find(|instrument| instrument.name == name);
    known.ok_or_else(|| anyhow!("instrument `{name}` has no name in the packs"))
}

/// The days of a citation, corrected where the instrument itself says otherwise.
pub(crate) fn days(id: &str, citation: &Citation) -> DayRange {
    let text = instrument(&citation.instrument).ok().and_then(|known| known.text);
    let from = corrected_start(id, citation).unwrap_or(&citation.effective_from).to_owned();
    DayRange { from, until: citation.effective_until.clone(), text }
}

/// Starts that the research notes contradict: Decree 237/2026 article 27 puts article 17 off,
/// Law 126/2025 article 50 brings article 28 clause 4 forward.
fn corrected_start(id: &str, citation: &Citation) -> Option<&'static str> {
    match (id, citation.article.as_str(), citation.clause.as_deref()) {
        ("nd-237-2026", "17", _) => Some("2028-07-01"),
        ("luat-126-2025", "28", Some("4")) => Some("2026-01-01"),
        _ => None,
    }
}

/// Provisions with a start of their own that no item cites, from the research notes.
pub(crate) fn not_cited_but_dated() -> Vec<Citation> {
    let press_law = "Luật Báo chí số 126/2025/QH15";
    let dated = [
        (press_law, "16", Some("4"), None, "2026-01-01"),
        (press_law, "28", Some("2"), Some("c"), "2027-01-01"),
    ];
    dated
        .into_iter()
        .map(|(instrument, article, clause, point, from)| Citation {
            role: Role::Duty,
            instrument: instrument.to_owned(),
            article: article.to_owned(),
            clause: clause.map(str::to_owned),
            point: point.map(str::to_owned),
            effective_from: from.to_owned(),
            effective_until: None,
        })
        .collect()
}

/// Names for the items' sources, in the order of their first use.
pub(crate) const SOURCES: [&str; 53] = [
    "luat-bao-chi-2025-ban-dich-luoc",
    "phap-dien-32-1-bao-chi",
    "nd-237-2026-ocr",
    "stp-binhduong-139",
    "ttxvn-giay-phep-14295",
    "tnt305-ff103b1ec9ae9a79",
    "haiphong-bieu-tuong-nhac-hieu",
    "phap-dien-39-13-nd-119",
    "haiphong-luu-chieu-bao-chi",
    "hoinhabao-cai-chinh-69002",
    "lawnet-cai-chinh-144110",
    "tailieuluat-1446",
    "tnt305-765d0f03c926fdd7",
    "truyenhinhthanhhoa-8308670",
    "tvpl-hinh-tre-em-39107",
    "ttxvn-the-nha-bao-10639",
    "lsvn-the-nha-bao",
    "thanhtra-bao-cao-giai-trinh",
    "phap-dien-41-9-quang-cao",
    "haiphong-phat-hanh-bao-chi",
    "haiphong-lien-ket-bao-chi",
    "vdong-481245",
    "tnt305-fc1edc5857f33d22",
    "phap-dien-32-3-xuat-ban",
    "tvpl-thanh-lap-nxb-529350",
    "lawnet-giay-phep-xuat-ban-125701",
    "luatminhkhue-xuat-ban",
    "phap-dien-39-13",
    "thanhtra-xac-nhan-dang-ky",
    "luatduonggia-tai-ban",
    "tvpl-tai-ban-436577",
    "haiphong-bao-cao-xuat-ban",
    "haiphong-quy-trinh-xuat-ban",
    "lawnet-quy-trinh-83993",
    "tvpl-bien-tap-vien-79052",
    "haiphong-lien-ket-xuat-ban",
    "haiphong-thong-tin-xuat-ban-pham",
    "hethongphapluat-dieu-25",
    "nd-72-2022-cong-bao",
    "luatquanghuy-giay-phep-in",
    "vietjack-nd-60-2014-chuong-2",
    "phap-dien-nd-60-2014-goc",
    "haiphong-dieu-28b",
    "haiphong-dieu-28c",
    "plo-photocopy-543702",
    "haiphong-dieu-28c-du",
    "sotttt-haiphong-dieu-29",
    "haiphong-dieu-30",
    "github-67159687892",
    "tvpl-nhap-khau-7231",
    "nd-244-2026-toan-van",
    "phap-dien-nd-09-2017",
    "luat-bao-chi-2025-ban-dich",
];

/// Sources that only instruments name, from the research notes.
pub(crate) const FURTHER_SOURCES: &[(&str, &str)] = &[
    (
        "nghien-cuu-2026-07",
        "Bản ghi nghiên cứu FACTS, lập theo nguồn lưu tới 23/7/2026 (bảng văn bản; nguồn của từng dòng nêu ở đó)",
    ),
    ("nghien-cuu-2026-11", "Bản ghi nghiên cứu FACTS2, lần tìm thứ hai, 23/11/2026"),
    ("plo-890219", "plo.vn post890219"),
    ("vneconomy", "vneconomy.vn"),
    ("legislation-tracking", "documents/LEGISLATION_TRACKING.md (bảng theo dõi văn bản)"),
    ("luatvietnam-en", "english.luatvietnam.vn (ngày ký)"),
    ("dichvuhaiquan-72-2022", "dichvuhaiquan.com.vn 72-2022"),
    ("baovephapluat-95809", "baovephapluat.vn 95809"),
    ("ttxvn", "TTXVN"),
    ("chiakhoaphapluat-159", "chiakhoaphapluat.vn (Điều 24, 25 Nghị định 159/2013)"),
    ("hethongphapluat-159", "hethongphapluat.com (Điều 24, 25 Nghị định 159/2013)"),
    ("nd-174-2026-ocr", "Nghị định 174/2026/NĐ-CP, điều khoản cuối (OCR)"),
    ("123docz-10145162", "text.123docz 10145162 (căn cứ của NĐ 284/2026, 291/2026)"),
    (
        "luat-xlvphc-58-wikisource",
        "vi.wikisource.org \"Cong bao Chinh phu 1181 1182 nam 2020.pdf/21\" (Điều 58, sửa 2020)",
    ),
    (
        "tnt305-eac4a1989e2afda0",
        "github:tnt305/tai_lieu_noi_bo@94c5034a src/etl/dataset/eac4a1989e2afda0.md",
    ),
    (
        "tnt305-059f30d9beae78f7",
        "github:tnt305/tai_lieu_noi_bo@94c5034a src/etl/dataset/059f30d9beae78f7.md",
    ),
    (
        "tnt305-c218e5b24dfd5380",
        "github:tnt305/tai_lieu_noi_bo@94c5034a src/etl/dataset/c218e5b24dfd5380.md (mẫu MBB01–30)",
    ),
    (
        "tnt305-1b473c74f0bdd38d",
        "github:tnt305/tai_lieu_noi_bo@94c5034a src/etl/dataset/1b473c74f0bdd38d.md",
    ),
    (
        "luat-thanh-tra-84-2025",
        "github:Trangsct/skill-sct@3821ed3b hnh-sct-vn/…/06-kiem-tra/Luat-Thanh-tra-84-2025.docx",
    ),
    (
        "nd-217-2025",
        "github:Trangsct/skill-sct@3821ed3b hnh-sct-vn/…/06-kiem-tra/ND-217-2025-kiem-tra-chuyen-nganh.docx",
    ),
    ("nq-66-17-2026-phu-luc", "Nghị quyết 66.17/2026/NQ-CP, phụ lục"),
    ("baomoi-ct-32", "baomoi 20821070, 20903239 (tin về Chỉ thị 32/CT-UBND)"),
];
