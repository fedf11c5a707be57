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
    text_normal: "Vừa (100 %)", "Normal (100%)";
    text_large: "Lớn (125 %)", "Large (125%)";
    text_larger: "Rất lớn (150 %)", "Larger (150%)";
    text_largest: "Lớn nhất (200 %)", "Largest (200%)";
    only_here: "Chỉ áp dụng cho máy này.", "For this device only.";
}
