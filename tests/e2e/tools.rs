//! The tools of an inspection, used as a person uses them: a section marked while a search hides a
//! part of it, a finding that opens at the end of the screen, facts copied, a sheet left step by
//! step, and headquarters' word on an inspection that is open.

use anyhow::{Context, ensure};
use e2e_tests::browser::Engine;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::{tablet, walk};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// An inspector in the first inspection.
struct AtWork {
    headquarters: Headquarters,
    inspector: Inspector,
    inspection: String,
    items: Vec<String>,
    _folder: TempDir,
}

impl AtWork {
    async fn begin() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
        let inspector = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
        let inspection = inspector.inspections().await?.first().context("no inspection")?.clone();
        inspector.enter(&inspection).await?;
        let items = tablet::items(inspector.page()).await?;
        Ok(Self { headquarters, inspector, inspection, items, _folder: folder })
    }

    fn page(&self) -> &WebDriver {
        self.inspector.page()
    }

    async fn until(&self, condition: &str, arguments: Vec<Value>) -> anyhow::Result<()> {
        tablet::until(self.page(), condition, arguments).await
    }

    /// Does something in the page that returns whether it could.
    async fn act(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<()> {
        tablet::until(self.page(), script, arguments).await
    }

    async fn search(&self, words: &str) -> anyhow::Result<()> {
        let search = "const box = document.getElementById('search');\
                      box.value = arguments[0];\
                      box.dispatchEvent(new Event('input', { bubbles: true }));\
                      return true";
        self.act(search, vec![json!(words)]).await
    }

    /// Gives the page a size, as on a device whose scroll bars take no room.
    async fn size(&self, width: u32, height: u32) -> anyhow::Result<()> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
        self.page().cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        self.until(
            "return innerWidth === arguments[0] && innerHeight === arguments[1]",
            vec![json!(width), json!(height)],
        )
        .await
    }

    /// A clerk sends a form about the inspection.
    async fn clerk_posts(&self, what: &str, form: &[(&str, &str)]) -> anyhow::Result<()> {
        let origin = format!("http://127.0.0.1:{}", self.headquarters.port);
        let url = format!("{origin}/office/inspections/{}/{what}", self.inspection);
        let client = self.headquarters.office_client().await?;
        let asked = client.post(url).header("origin", &origin).form(form);
        asked.send().await?.error_for_status()?;
        Ok(())
    }

    /// The tablet asks for news until they are on the page, as when the network comes back.
    async fn until_news(&self, condition: &str, arguments: Vec<Value>) -> anyhow::Result<()> {
        let ask = format!("dispatchEvent(new Event('online')); {condition}");
        self.until(&ask, arguments).await
    }

    async fn end(self) -> anyhow::Result<()> {
        self.inspector.close().await
    }
}

const SHOWN: &str = "[...document.querySelectorAll('#s0 .item[data-shown]')]";
const MARK: &str = "document.querySelector('#s0 .mark-section')";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_a_search_shows_is_marked_with_its_section() -> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    work.search("hop dong").await?;
    let some = format!(
        "const shown = {SHOWN}.length;\
         return shown > 0 && shown < document.querySelectorAll('#s0 .item').length\
           && {MARK}.innerText.includes(String(shown))"
    );
    work.until(&some, vec![]).await.context("the button says how many")?;
    let marked = |of_shown: &str| {
        format!(
            "const has = item => item.querySelector('input:checked')?.value;\
             const hidden = [...document.querySelectorAll('.item:not([data-shown])')];\
             return hidden.every(item => !has(item)) && {SHOWN}.every(item => {of_shown})"
        )
    };
    work.act(&format!("{MARK}.click(); return true"), vec![]).await?;
    let all = "item.dataset.saved === 'stored' && has(item) === 'not_applicable'";
    work.until(&marked(all), vec![]).await.context("marked")?;
    work.act(&format!("{MARK}.click(); return true"), vec![]).await?;
    work.until(&marked("!has(item)"), vec![]).await.context("cleared")?;
    work.end().await
}

/// How often the page says, for eyes, that nothing was found.
const SAID: &str = "const said = [...document.querySelectorAll('.search p, .empty p')]\
      .filter(p => p.textContent && p.getBoundingClientRect().width > 1).length;";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_nothing_was_found_is_said_once_and_not_above_an_item() -> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    work.search("zzz").await?;
    let nothing = "return said === 1 && !!document.querySelector('.inspection > .empty')";
    work.until(&format!("{SAID}{nothing}"), vec![]).await?;
    work.act("document.querySelector('.next .primary').click(); return true", vec![]).await?;
    let one = "return !document.querySelector('.inspection > .empty') && said === 1\
               && document.querySelectorAll('.item[data-shown]').length === 1\
               && /1/.test(document.querySelector('.search p').textContent)";
    work.until(&format!("{SAID}{one}"), vec![]).await?;
    work.end().await
}

/// Whether the beginning and the end of a field can be tapped; a field that is higher than the
/// screen has only one of them there.
const IS_FREE: &str = "const isFree = (field) => {\
      const place = field.getBoundingClientRect();\
      const at = (y) => document.elementFromPoint(place.left + place.width / 2, y) === field;\
      const [top, bottom] = [at(place.top + 4), at(place.bottom - 4)];\
      return place.height > innerHeight / 3 ? top || bottom : top && bottom;\
    };";

const TO_THE_EDGE: &str = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
    const answers = item.querySelector('.answers');\
    const bar = document.querySelector('.next').getBoundingClientRect();\
    const end = bar.top > innerHeight / 2 ? bar.top : innerHeight;\
    scrollBy(0, answers.getBoundingClientRect().bottom - end + 4);\
    return Math.abs(answers.getBoundingClientRect().bottom - end) < 40";

const COVERED: &str = "const form = document.querySelector(\
      `[data-item='${arguments[0]}'] [data-finding]`);\
    const faults = [];\
    for (const field of form.querySelectorAll('textarea, input, select')) {\
      for (const from of [0, document.documentElement.scrollHeight]) {\
        document.activeElement.blur();\
        scrollTo(0, from);\
        field.focus();\
        if (!isFree(field)) {\
          const place = field.getBoundingClientRect();\
          const bar = document.querySelector('.next').getBoundingClientRect().top;\
          faults.push(`${field.name} from ${from}: ${place.top} to ${place.bottom}, bar at ${bar}`);\
        }\
      }\
    }\
    return faults";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_field_of_a_finding_lies_under_a_bar() -> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    let mut faults = Vec::new();
    // Phones, one of them with the keyboard on its screen, and tablets both ways.
    let sizes = [(390, 844), (360, 740), (390, 500), (800, 1280), (1280, 800)];
    for (letters, from) in [("normal", 0), ("largest", 5)] {
        walk::choose(work.page(), letters, "vi").await?;
        walk::go(work.page(), &format!("#/inspection/{}", work.inspection)).await?;
        work.until("return !!document.querySelector('[data-item]')", vec![]).await?;
        for (number, (width, height)) in sizes.into_iter().enumerate() {
            let item = &work.items[from + number];
            work.size(width, height).await?;
            work.act(TO_THE_EDGE, vec![json!(item)]).await.context("at the edge")?;
            tablet::tap(work.page(), item, "violation").await?;
            let opened = format!(
                "{IS_FREE} const facts = document.querySelector(\
                   `[data-item='${{arguments[0]}}'] [name=facts]`);\
                 return !!facts && isFree(facts)"
            );
            work.until(&opened, vec![json!(item)])
                .await
                .with_context(|| format!("opened at {width}×{height} {letters}"))?;
            let covered = format!("{IS_FREE}{COVERED}");
            let found: Vec<String> =
                tablet::script(work.page(), &covered, vec![json!(item)]).await?;
            let at = |fault| format!("{width}×{height} {letters}: {fault}");
            faults.extend(found.into_iter().map(at));
        }
    }
    work.end().await?;
    ensure!(faults.is_empty(), "{} fields are covered:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

const FACTS: &str = "Không xuất trình được hợp đồng in";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_facts_of_the_only_earlier_finding_come_and_go_by_one_tap() -> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    let [first, second] = [&work.items[0], &work.items[1]];
    tablet::tap(work.page(), first, "violation").await?;
    tablet::write(work.page(), first, "facts", FACTS).await?;
    tablet::stored(work.page(), first).await?;
    tablet::tap(work.page(), second, "violation").await?;
    let copy = "const buttons = [...document.querySelectorAll(\
                  `[data-item='${arguments[0]}'] [data-finding] button`)];\
                const copy = buttons.find(button => button.innerText.includes(arguments[1]));\
                copy?.click();\
                return !!copy";
    let has = "const facts = document.querySelector(`[data-item='${arguments[0]}'] [name=facts]`);\
               return facts.value === arguments[1]";
    work.act(copy, vec![json!(second), json!(FACTS)]).await.context("offered")?;
    work.until(has, vec![json!(second), json!(FACTS)]).await.context("copied")?;
    tablet::stored(work.page(), second).await?;
    let undo = "const undo = document.querySelector(\
                  `[data-item='${arguments[0]}'] .copied button`);\
                undo?.click();\
                return !!undo";
    work.act(undo, vec![json!(second)]).await.context("undo")?;
    work.until(has, vec![json!(second), json!("")]).await.context("taken back")?;
    tablet::stored(work.page(), second).await?;
    work.act(copy, vec![json!(second), json!(FACTS)]).await.context("offered again")?;
    work.end().await
}

const SHEET: &str = "document.querySelector('dialog[open] .popup-text')";

/// Opens the law that the first item cites and follows a link in it.
async fn two_steps_into_the_law(work: &AtWork) -> anyhow::Result<String> {
    let item = &work.items[0];
    let law = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
               if (!item.querySelector('.basis')) item.querySelector('.why').click();\
               item.querySelector('[data-law]')?.click();\
               return !!document.querySelector('dialog[open] [data-popup]')";
    work.act(law, vec![json!(item)]).await.context("the law")?;
    let first: String =
        tablet::script(work.page(), &format!("return {SHEET}.innerText"), vec![]).await?;
    work.act(&format!("{SHEET}.querySelector('[data-popup]').click(); return true"), vec![])
        .await?;
    let other = format!("return {SHEET}.innerText !== arguments[0]");
    work.until(&other, vec![json!(first)]).await.context("the second step")?;
    Ok(first)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_back_leads_through_a_sheet_step_by_step() -> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    let first = two_steps_into_the_law(&work).await?;
    let shows = format!("return {SHEET}?.innerText === arguments[0]");
    work.page().back().await?;
    work.until(&shows, vec![json!(first)]).await.context("one step back")?;
    work.page().forward().await?;
    work.until(&format!("return {SHEET}.innerText !== arguments[0]"), vec![json!(first)])
        .await
        .context("forward again")?;
    work.page().back().await?;
    work.until(&shows, vec![json!(first)]).await?;
    work.page().back().await?;
    let home = format!("#/inspection/{}", work.inspection);
    let closed = "return !document.querySelector('dialog[open]') && history.state === null\
                  && location.hash === arguments[0]";
    work.until(closed, vec![json!(home)]).await.context("closed by the way back")?;

    two_steps_into_the_law(&work).await?;
    work.act(
        "document.querySelector('dialog[open] header button:last-child').click(); return true",
        vec![],
    )
    .await?;
    work.until(closed, vec![json!(home)]).await.context("closed by its button")?;
    work.page().back().await?;
    work.until("return location.hash.length < 3", vec![])
        .await
        .context("back to the first page")?;
    work.end().await
}

const REASON: &str = "Cơ sở di dời xưởng in";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_inspection_that_is_cancelled_says_so_where_it_is_open() -> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    let [first, second] = [&work.items[0], &work.items[1]];
    tablet::tap(work.page(), first, "compliant").await?;
    tablet::stored(work.page(), first).await?;
    tablet::delivered(work.page()).await?;
    work.clerk_posts("cancel", &[("why_cancel", REASON), ("cancel", "1")]).await?;
    let said = "return [...document.querySelectorAll('.inspection-head .warning')]\
                .some(line => line.innerText.includes(arguments[0]))";
    work.until_news(said, vec![json!(REASON)]).await.context("on the open inspection")?;
    tablet::stored_answer(work.page(), first, "compliant").await.context("nothing is hidden")?;
    tablet::tap(work.page(), second, "compliant").await?;
    tablet::stored_answer(work.page(), second, "compliant").await?;
    tablet::delivered(work.page()).await.context("what is recorded later is sent")?;
    walk::go(work.page(), "#/").await?;
    let card = "return !!document.querySelector(`[data-inspection='${arguments[0]}']`)\
                ?.innerText.includes(arguments[1])";
    work.until(card, vec![json!(work.inspection), json!(REASON)]).await.context("on today")?;
    work.end().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_corrected_day_is_on_the_open_inspection_at_once() -> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    let form = [("on", "2026-12-24"), ("reason", "Theo kế hoạch"), ("decision", "")];
    work.clerk_posts("plan", &form).await?;
    let said = "const head = document.querySelector('.inspection-head');\
                return head.querySelector('.facts').innerText.includes('24/12/2026')\
                  && !!head.querySelector('.warning button')";
    work.until_news(said, vec![]).await?;
    let ask = "document.querySelector('.inspection-head .warning button').click(); return true";
    work.act(ask, vec![]).await?;
    let anew = "return !!document.querySelector('[data-item]')\
                && !document.querySelector('.inspection-head .warning button')\
                && document.querySelector('.facts').innerText.includes('24/12/2026')";
    work.until(anew, vec![]).await.context("asked by the new day")?;
    work.end().await
}

const HURRIED: &str = "Viết xong là mở cuộc khác ngay";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_kept_by_whoever_goes_straight_to_another_inspection()
-> anyhow::Result<()> {
    let work = AtWork::begin().await?;
    let item = &work.items[0];
    tablet::tap(work.page(), item, "violation").await?;
    tablet::write(work.page(), item, "facts", FACTS).await?;
    tablet::stored(work.page(), item).await?;
    let other = "return document.querySelectorAll('[data-inspection]')[1]?.dataset.inspection";
    walk::go(work.page(), "#/").await?;
    let other: String = tablet::script(work.page(), other, vec![]).await?;
    let open = "return !!document.querySelector(`[data-item='${arguments[0]}'] [name=facts]`)";
    walk::go(work.page(), &format!("#/inspection/{}", work.inspection)).await?;
    work.until(open, vec![json!(item)]).await?;
    // Typed, left and gone in one task: nothing has been recorded yet.
    let hurry = "const facts = document.querySelector(`[data-item='${arguments[0]}'] [name=facts]`);\
                 facts.focus();\
                 facts.value = arguments[1];\
                 facts.dispatchEvent(new InputEvent('input', { bubbles: true }));\
                 facts.blur();\
                 location.hash = `#/inspection/${arguments[2]}`;\
                 return true";
    let typed = vec![json!(item), json!(HURRIED), json!(other)];
    let _: bool = tablet::script(work.page(), hurry, typed).await?;
    let is_open = "return location.hash === `#/inspection/${arguments[0]}`\
                     && !!document.querySelector('[data-item]')\
                     && !document.querySelector(`[data-item='${arguments[1]}']`)";
    work.until(is_open, vec![json!(other), json!(item)]).await.context("the other one")?;
    walk::go(work.page(), &format!("#/inspection/{}", work.inspection)).await?;
    let kept = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
                return item?.dataset.saved === 'stored'\
                  && item.querySelector('[name=facts]')?.value === arguments[1]";
    work.until(kept, vec![json!(item), json!(HURRIED)]).await.context("what was typed")?;
    work.end().await
}
