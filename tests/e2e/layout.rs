//! Nothing overflows and everything can be hit: on every screen of the tablet, from a narrow phone to
//! a tablet on its side, also with letters at twice their size, in both languages. Of the office's
//! pages it is asked whether they fit the screen and whether everything can be hit.
//!
//! A target is what a finger has to hit: 48 CSS pixels each way. A link within a sentence is left
//! out, as in WCAG 2.2, 2.5.8.

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::tablet;
use e2e_tests::walk;
use serde_json::json;
use thirtyfour::prelude::*;

/// Narrow phone, tablet upright, tablet on its side.
const SIZES: [(u32, u32); 3] = [(360, 800), (800, 1280), (1280, 800)];

/// What is wider than its place, one line each: the page itself, and words in controls and headings.
const OVERFLOWING: &str = "const faults = [];\
    const page = document.documentElement;\
    if (page.scrollWidth > innerWidth) faults.push(`the page is ${page.scrollWidth} px wide`);\
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true });\
    const isSeen = (element) => !element\
      || (!element.matches('.unseen, details:not([open]) > :not(summary)')\
        && getComputedStyle(element).clipPath === 'none' && isSeen(element.parentElement));\
    const wordsOf = (element) => {\
      const around = { left: Infinity, right: -Infinity, bottom: -Infinity };\
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);\
      for (let text = walker.nextNode(); text; text = walker.nextNode()) {\
        if (!isSeen(text.parentElement)) continue;\
        const range = document.createRange();\
        range.selectNodeContents(text);\
        for (const line of range.getClientRects()) {\
          around.left = Math.min(around.left, line.left);\
          around.right = Math.max(around.right, line.right);\
          around.bottom = Math.max(around.bottom, line.bottom);\
        }\
      }\
      return around;\
    };\
    for (const element of document.querySelectorAll(\
        'button, a.button, nav a, label, legend, summary, h1, h2, h3, h4, dt, dd, td, th, .chip')) {\
      const place = element.getBoundingClientRect();\
      const words = wordsOf(element);\
      const clips = getComputedStyle(element).overflowX !== 'visible';\
      const over = clips ? element.scrollWidth - element.clientWidth\
        : Math.max(words.right - place.right, place.left - words.left, words.bottom - place.bottom);\
      if (isShown(element) && place.width > 1 && over > 1.5)\
        faults.push(`“${element.textContent.trim().slice(0, 40)}” overflows by ${Math.round(over)} px`);\
    }\
    return [...new Set(faults)]";

/// A page that has to be pushed sideways. Tables of the office have room of their own for that.
const TOO_WIDE: &str = "const wide = document.documentElement.scrollWidth;\
    return wide > innerWidth ? [`the page is ${wide} px wide`] : []";

/// What a finger has to hit and is too small for it.
const SMALL: &str = "const faults = [];\
    const target = (element) => element.matches('input[type=radio], input[type=checkbox]')\
      ? element.closest('label') ?? element : element;\
    for (const element of document.querySelectorAll(\
        'button, a[href], input, select, textarea, summary')) {\
      const place = target(element).getBoundingClientRect();\
      const style = getComputedStyle(element);\
      const isWithin = element.tagName === 'A' && style.display === 'inline';\
      const isShown = element.checkVisibility({ visibilityProperty: true })\
        && place.width > 1 && place.height > 1 && place.right > 0 && place.bottom > 0;\
      if (isShown && !isWithin && (place.width < 47.5 || place.height < 47.5))\
        faults.push(`${element.tagName} “${(element.textContent || element.name || element.value)\
          .trim().slice(0, 30)}” is ${Math.round(place.width)} × ${Math.round(place.height)}`);\
    }\
    return [...new Set(faults)]";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_overflows_and_every_target_can_be_hit() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let inspector = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let inspection = inspector.inspections().await?.first().context("no inspection")?.clone();
    inspector.enter(&inspection).await?;
    let page = inspector.page();
    let item = tablet::items(page).await?.first().context("no item")?.clone();
    tablet::tap(page, &item, "violation").await?;
    tablet::write(page, &item, "facts", "Thiếu 3 bản lưu chiểu").await?;
    tablet::stored(page, &item).await?;

    let mut faults = Vec::new();
    for (size, lang) in [("normal", "vi"), ("largest", "vi"), ("largest", "en"), ("normal", "en")] {
        walk::choose(page, size, lang).await?;
        for screen in walk::screens(page).await? {
            walk::go(page, &screen).await?;
            for (width, height) in SIZES {
                resize(page, width, height).await?;
                let place = format!("{screen} {width}×{height} {size} {lang}");
                let small = if size == "normal" { SMALL } else { "return []" };
                for script in [OVERFLOWING, small] {
                    let found: Vec<String> = tablet::script(page, script, vec![]).await?;
                    faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
                }
            }
        }
    }
    inspector.close().await?;
    ensure!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_the_office_is_too_wide_and_every_target_can_be_hit() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let browser = Browser::start(Engine::Chromium, &folder.path().join("clerk")).await?;
    let (page, base) = (&browser.page, format!("http://127.0.0.1:{}", headquarters.port));
    page.goto(&headquarters.office).await?;
    let mut addresses = walk::office_pages(page, &base).await?;
    addresses.push("/office/sign-in".to_owned());
    let mut faults = Vec::new();
    for lang in ["vi", "en"] {
        page.goto(format!("{base}/office/language?to={lang}")).await?;
        for address in &addresses {
            page.goto(format!("{base}{address}")).await?;
            for (width, height) in SIZES {
                resize(page, width, height).await?;
                for script in [TOO_WIDE, SMALL] {
                    let found: Vec<String> = tablet::script(page, script, vec![]).await?;
                    let place = format!("{address} {width}×{height} {lang}");
                    faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
                }
            }
        }
    }
    browser.close().await?;
    ensure!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

/// Gives the page a size and waits until it is laid out.
async fn resize(page: &WebDriver, width: u32, height: u32) -> anyhow::Result<()> {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    page.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
    let laid_out = "return innerWidth === arguments[0]";
    tablet::until(page, laid_out, vec![json!(width)]).await
}
