//! Sentences of the settings of this device.

use crate::sentences::sentences;

sentences! {
    title: "Cài đặt trên máy này", "Settings of this device";
    language: "Ngôn ngữ", "Language";
    theme: "Giao diện", "Theme";
    theme_system: "Theo máy", "As the system";
    theme_light: "Sáng", "Light";
    theme_dark: "Tối", "Dark";
    theme_contrast: "Tương phản cao (ngoài nắng)", "High contrast (in sunlight)";
    text_size: "Cỡ chữ", "Text size";
    text_normal: "Vừa", "Normal";
    text_large: "Lớn", "Large";
    text_larger: "Rất lớn", "Larger";
    only_here: "Chỉ áp dụng cho máy này.", "For this device only.";
}
