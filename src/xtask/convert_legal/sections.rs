//! The checklists, and which items go into which section: by the first two parts of their ids.

use super::researched::Item;

pub(crate) struct Checklist {
    /// The items' domain; also the name of the file.
    pub(crate) id: &'static str,
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
    pub(crate) sections: &'static [Section],
}

pub(crate) struct Section {
    pub(crate) id: &'static str,
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
    /// The second parts of the ids of its items.
    parts: &'static [&'static str],
}

const fn section(
    id: &'static str,
    vi: &'static str,
    en: &'static str,
    parts: &'static [&'static str],
) -> Section {
    Section { id, vi, en, parts }
}

/// The section that an item belongs to.
pub(crate) fn section_of(item: &Item) -> Option<&'static str> {
    let checklist = CHECKLISTS.iter().find(|checklist| checklist.id == item.domain)?;
    let part = item.id.split('.').nth(1).unwrap_or(&item.id);
    let by_part = |section: &&Section| section.parts.contains(&part);
    checklist.sections.iter().find(by_part).map(|section| section.id)
}

pub(crate) const CHECKLISTS: &[Checklist] = &[
    Checklist {
        id: "press",
        vi: "Kiểm tra hoạt động báo chí",
        en: "Inspection of the press",
        sections: &[
            section("press.licence", "Giấy phép hoạt động báo chí", "Press licence", &["licence"]),
            section(
                "press.bulletin",
                "Bản tin, đặc san",
                "Bulletins and special issues",
                &["bulletin", "special"],
            ),
            section(
                "press.masthead",
                "Thông tin ghi trên sản phẩm báo chí",
                "Particulars on the press product",
                &["masthead"],
            ),
            section(
                "press.deposit",
                "Lưu chiểu và lưu giữ",
                "Legal deposit and retention",
                &["deposit", "retention"],
            ),
            section(
                "press.correction",
                "Cải chính, xin lỗi",
                "Corrections and apologies",
                &["correction"],
            ),
            section(
                "press.reply",
                "Phản hồi và trả lời",
                "Right of reply and answers",
                &["reply", "response"],
            ),
            section(
                "press.interview",
                "Phỏng vấn, xuất xứ nguồn tin, thông tin về trẻ em",
                "Interviews, attribution, information on children",
                &["interview", "source", "child"],
            ),
            section(
                "press.card",
                "Thẻ nhà báo, giấy giới thiệu",
                "Press cards and letters of introduction",
                &["card"],
            ),
            section(
                "press.office",
                "Văn phòng đại diện, phóng viên thường trú",
                "Representative offices and resident correspondents",
                &["office"],
            ),
            section(
                "press.channel",
                "Kênh trên không gian mạng, trí tuệ nhân tạo",
                "Channels on the network, artificial intelligence",
                &["channel", "ai"],
            ),
            section("press.ad", "Quảng cáo trên báo chí", "Advertising in the press", &["ad"]),
            section(
                "press.print",
                "Hợp đồng in, sử dụng tác phẩm",
                "Printing contract, use of works",
                &["print", "copyright"],
            ),
            section(
                "press.link",
                "Liên kết trong hoạt động báo chí",
                "Co-operation in press activities",
                &["link"],
            ),
            section(
                "press.report",
                "Báo cáo, giải trình, họp báo",
                "Reports and press conferences",
                &["report", "conference"],
            ),
            section(
                "press.aggregator",
                "Trang thông tin điện tử tổng hợp",
                "News aggregation sites",
                &["aggregator"],
            ),
        ],
    },
    Checklist {
        id: "publishing",
        vi: "Kiểm tra hoạt động xuất bản",
        en: "Inspection of publishing",
        sections: &[
            section(
                "pub.licence",
                "Giấy phép, điều kiện hoạt động",
                "Licence and conditions",
                &["licence", "conditions", "foreign_office"],
            ),
            section(
                "pub.registration",
                "Đăng ký xuất bản, quyết định xuất bản",
                "Registration and publishing decisions",
                &["registration", "decision"],
            ),
            section(
                "pub.file",
                "Hồ sơ biên tập, hợp đồng in",
                "Editing files and printing contracts",
                &["file", "contract"],
            ),
            section(
                "pub.copyright",
                "Chấp thuận của chủ sở hữu quyền",
                "Consent of right holders",
                &["copyright", "child"],
            ),
            section("pub.partner", "Liên kết xuất bản", "Co-publishing", &["partner"]),
            section("pub.imprint", "Thông tin ghi trên xuất bản phẩm", "Imprint", &["imprint"]),
            section(
                "pub.ad",
                "Quảng cáo trên xuất bản phẩm",
                "Advertising in publications",
                &["ad"],
            ),
            section(
                "pub.deposit",
                "Lưu chiểu, nộp Thư viện Quốc gia",
                "Legal deposit and the National Library",
                &["deposit"],
            ),
            section(
                "pub.noncommercial",
                "Tài liệu không kinh doanh, hội chợ",
                "Non-commercial documents and fairs",
                &["noncommercial", "fair"],
            ),
            section("pub.report", "Báo cáo, giải trình", "Reports", &["report"]),
        ],
    },
    Checklist {
        id: "printing",
        vi: "Kiểm tra hoạt động in",
        en: "Inspection of printing",
        sections: &[
            section("print.pub", "In xuất bản phẩm", "Printing of publications", &["pub"]),
            section(
                "print.other",
                "In sản phẩm không phải là xuất bản phẩm",
                "Printing of products other than publications",
                &["other"],
            ),
            section(
                "print.photocopy",
                "Dịch vụ photocopy, nhân bản",
                "Photocopying and duplication",
                &["photocopy", "copy"],
            ),
            section(
                "print.machine",
                "Thiết bị in, máy photocopy màu",
                "Printing equipment and colour copiers",
                &["machine"],
            ),
        ],
    },
    Checklist {
        id: "distribution",
        vi: "Kiểm tra hoạt động phát hành",
        en: "Inspection of distribution",
        sections: &[
            section(
                "dist.registration",
                "Đăng ký hoạt động, điều kiện",
                "Registration and conditions",
                &["registration", "head_qualified", "household"],
            ),
            section("dist.invoice", "Hóa đơn, chứng từ", "Invoices and vouchers", &["invoice"]),
            section(
                "dist.goods",
                "Xuất bản phẩm đang bán, phát hành",
                "Publications on sale",
                &["noncommercial_sale", "foreign_job_sale", "undeposited", "pirated"],
            ),
            section("dist.press", "Phát hành báo chí nhập khẩu", "Imported press", &["press"]),
            section(
                "dist.import",
                "Nhập khẩu xuất bản phẩm",
                "Import of publications",
                &["import"],
            ),
        ],
    },
    Checklist {
        id: "electronic",
        vi: "Kiểm tra xuất bản và phát hành điện tử",
        en: "Inspection of electronic publishing and distribution",
        sections: &[
            section(
                "epub.conditions",
                "Đăng ký và điều kiện kỹ thuật",
                "Registration and technical conditions",
                &[
                    "registered",
                    "server_vn",
                    "domain_vn",
                    "drm",
                    "user_auth",
                    "user_notice",
                    "archive",
                    "certificate",
                    "staff",
                ],
            ),
            section(
                "epub.products",
                "Xuất bản phẩm điện tử",
                "Electronic publications",
                &["consent", "deposit", "deposit_match", "imprint", "ads", "import_permit"],
            ),
        ],
    },
    Checklist {
        id: "agency",
        vi: "Kiểm tra nghĩa vụ của cơ quan nhà nước với báo chí",
        en: "Duties of state agencies towards the press",
        sections: &[
            section(
                "agency.spokesperson",
                "Người phát ngôn, ủy quyền, quy chế",
                "Spokespersons, delegation, internal rules",
                &["spokesperson", "delegation", "channels", "regulation"],
            ),
            section(
                "agency.periodic",
                "Thông tin định kỳ, họp báo",
                "Periodic information and press conferences",
                &["periodic", "conference"],
            ),
            section(
                "agency.incident",
                "Thông tin đột xuất, theo yêu cầu",
                "Information on incidents and on request",
                &["incident", "request", "refusal"],
            ),
            section(
                "agency.reply",
                "Trả lời, kiến nghị, khiếu nại do báo chuyển đến",
                "Answers, petitions and complaints passed on by the press",
                &["reply", "complaint", "correction_request"],
            ),
            section("agency.report", "Báo cáo", "Reports", &["report"]),
        ],
    },
];
