//! How long a browser takes to fold 100,000 events, and whether it folds them as a native program
//! does. The time is printed for `cargo xtask bench` to read; it decides nothing.
#![cfg(target_arch = "wasm32")]

#[path = "../../src/domain/benches/fold/volume.rs"]
mod volume;

use std::hint::black_box;

use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const RUNS: usize = 7;

#[wasm_bindgen_test]
fn a_hundred_thousand_events_fold_in_a_browser() {
    let events = volume::events();
    let items = usize::try_from(volume::ITEMS).expect("a browser counts that far");
    for _ in 0..RUNS {
        let begun = js_sys::Date::now();
        let state = black_box(volume::fold(&events));
        console_log!("fold_ms {}", js_sys::Date::now() - begun);
        assert_eq!(state.findings().len(), items, "one finding of each item");
    }
}
