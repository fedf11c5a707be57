//! QR codes as pictures inside the page: black on white in every theme, because cameras need it.

use maud::{Markup, html};
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// The white edge that readers need, in modules.
const EDGE: usize = 4;

/// The picture of a text; nothing when it is too long for one.
pub(super) fn picture(text: &str, named: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M) else {
        return html! {};
    };
    let size = code.width() + 2 * EDGE;
    html! {
        svg.qr role="img" aria-label=(named) viewBox={ "0 0 " (size) " " (size) } shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path fill="#000" d=(path(&code)) {}
        }
    }
}

/// One square for each dark module.
fn path(code: &QrCode) -> String {
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let squares =
        dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + EDGE, at / width + EDGE));
    squares.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_square_for_each_dark_module_and_a_name() {
        let text = "otpauth://totp/x?secret=ABC";
        let drawn = picture(text, "QR").0;
        let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).unwrap();
        let dark = code.to_colors().into_iter().filter(|color| *color == Color::Dark).count();
        assert_eq!(drawn.matches('M').count(), dark);
        assert!(drawn.contains("role=\"img\" aria-label=\"QR\""), "{drawn}");
        assert_eq!(picture(&"a".repeat(5000), "QR").0, "");
    }
}
