//! The keyboard alone: in what order the focus goes and what a screen reader hears at each stop,
//! and the whole way from the first page to a finding at headquarters.
//!
//! What is heard is read from the browser's accessibility tree and pinned in `heard/`;
//! `BIENBAN_WRITE_HEARD=1` writes it anew, to be read before it is committed.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use e2e_tests::browser::Engine;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::places;
use e2e_tests::tablet;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// The screens that are heard, and how many stops of each.
const SCREENS: [(&str, usize); 5] =
    [("#/", 16), ("#/new", 16), ("#/sync", 16), ("#/settings", 16), ("#/inspection/", 24)];

/// Whether the element in focus is one that a selector finds.
const IN_FOCUS: &str = "return !!document.activeElement?.matches(arguments[0])";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_heard_at_each_stop_is_pinned() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let inspector = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let inspection = inspector.inspections().await?.first().context("no inspection")?.clone();
    let mut differences = Vec::new();
    for lang in ["vi", "en"] {
        speak(&inspector, lang).await?;
        let heard = hear_all(&inspector, &inspection).await?;
        differences.extend(difference(&format!("{lang}.txt"), &heard)?);
    }
    inspector.close().await?;
    ensure!(differences.is_empty(), "{}", differences.join("\n"));
    Ok(())
}

async fn speak(inspector: &Inspector, lang: &str) -> anyhow::Result<()> {
    go(inspector.page(), "#/settings").await?;
    let choose = "const radio = document.querySelector(`input[type=radio][value=${arguments[0]}]`);\
                  radio?.click();\
                  return document.documentElement.lang === arguments[0]";
    tablet::until(inspector.page(), choose, vec![json!(lang)]).await
}

async fn hear_all(inspector: &Inspector, inspection: &str) -> anyhow::Result<String> {
    let mut heard = String::new();
    for (screen, stops) in SCREENS {
        let address = match screen {
            "#/inspection/" => format!("{screen}{inspection}"),
            _ => screen.to_owned(),
        };
        go(inspector.page(), &address).await?;
        writeln!(heard, "{screen}")?;
        for stop in hear(inspector.page(), stops).await? {
            writeln!(heard, "  {stop}")?;
        }
    }
    Ok(heard)
}

async fn go(page: &WebDriver, screen: &str) -> anyhow::Result<()> {
    let go = "location.hash = arguments[0]; return true";
    let _: bool = tablet::script(page, go, vec![json!(screen)]).await?;
    let what = if screen.contains("inspection") { "[data-item]" } else { "h1" };
    let painted = "return location.hash === arguments[0] && !!document.querySelector(arguments[1])";
    tablet::until(page, painted, vec![json!(screen), json!(what)]).await?;
    let from_the_top = "document.activeElement?.blur(); return true";
    let _: bool = tablet::script(page, from_the_top, vec![]).await?;
    Ok(())
}

/// What is heard at each stop from the top, at most `stops` of them.
async fn hear(page: &WebDriver, stops: usize) -> anyhow::Result<Vec<String>> {
    let mut heard = Vec::new();
    for _ in 0..stops {
        press(page, Key::Tab).await?;
        if tablet::script(page, IN_FOCUS, vec![json!("body")]).await? {
            break;
        }
        // Whether and when a browser offers to install is its own affair.
        if !tablet::script(page, IN_FOCUS, vec![json!(".install *")]).await? {
            heard.push(stop(page).await?);
        }
    }
    Ok(heard)
}

async fn press(page: &WebDriver, key: Key) -> anyhow::Result<()> {
    Ok(page.action_chain().send_keys(char::from(key)).perform().await?)
}

/// Role, name and states of what is in focus, by the accessibility tree. Numbers change from day
/// to day and are left out.
async fn stop(page: &WebDriver) -> anyhow::Result<String> {
    let devtools = page.cdp();
    let focused = json!({ "expression": "document.activeElement" });
    let focused = devtools.send_raw("Runtime.evaluate", focused).await?;
    let object = json!({ "objectId": focused["result"]["objectId"], "fetchRelatives": false });
    let tree = devtools.send_raw("Accessibility.getPartialAXTree", object).await?;
    let node = &tree["nodes"][0];
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().to_owned();
    let (role, name) = (text(&node["role"]), text(&node["name"]));
    let states = node["properties"].as_array().into_iter().flatten().filter_map(state);
    let states = states.collect::<Vec<_>>().join(", ");
    let line = format!("{role} \"{name}\" {states}");
    let line: String = line.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    Ok(line.replace("##", "#").replace("##", "#").trim_end().to_owned())
}

fn state(property: &Value) -> Option<String> {
    let name = property["name"].as_str()?;
    let value = &property["value"]["value"];
    let shown = ["checked", "expanded", "required", "invalid", "disabled"].contains(&name);
    let is_set = !matches!(value.as_str(), Some("false")) && *value != json!(false);
    (shown && (is_set || name == "expanded")).then(|| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{name}={value}")
    })
}

/// The first line that differs from what is pinned.
fn difference(file: &str, heard: &str) -> anyhow::Result<Option<String>> {
    let path: PathBuf = places::workspace().join("tests/e2e/heard").join(file);
    if std::env::var_os("BIENBAN_WRITE_HEARD").is_some() {
        std::fs::create_dir_all(path.parent().context("a folder")?)?;
        std::fs::write(&path, heard)?;
    }
    let pinned = std::fs::read_to_string(&path).with_context(|| format!("read `{file}`"))?;
    let lines = pinned.lines().zip(heard.lines()).enumerate();
    let mut differing = lines.filter(|(_, (pinned, heard))| pinned != heard);
    let first = differing.next().map(|(line, (pinned, heard))| {
        format!("{file}:{}: `{pinned}` is pinned, `{heard}` is heard", line + 1)
    });
    let lengths = (pinned.lines().count(), heard.lines().count());
    let longer = (lengths.0 != lengths.1).then(|| format!("{file}: {lengths:?} lines"));
    Ok(first.or(longer))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finding_is_made_without_a_pointer() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let inspector = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let inspection = inspector.inspections().await?.first().context("no inspection")?.clone();
    let page = inspector.page();
    tab_to(page, "[data-inspection]").await.context("the inspection")?;
    press(page, Key::Enter).await?;
    tablet::until(page, "return !!document.querySelector('[data-item]')", vec![]).await?;
    let items = tablet::items(page).await?;
    let [answered, found, ..] = items.as_slice() else { anyhow::bail!("too few items") };

    tab_to(page, &format!("[data-item='{answered}'] input[type=radio]")).await.context("radio")?;
    press(page, Key::Space).await?;
    let first: String = tablet::script(page, "return document.activeElement.value", vec![]).await?;
    tablet::stored_answer(page, answered, &first).await?;

    tab_to(page, &format!("[data-item='{found}'] input[type=radio]")).await.context("radio")?;
    press(page, Key::Space).await?;
    for _ in 0..3 {
        if tablet::script(page, IN_FOCUS, vec![json!("[value=violation]")]).await? {
            break;
        }
        press(page, Key::Right).await?;
    }
    for (field, words) in [
        ("facts", "Không xuất trình được giấy phép"),
        ("quantity", "2 máy in"),
        ("statement", "Sẽ nộp bản sao trong tuần"),
    ] {
        tab_to(page, &format!("[data-item='{found}'] [name={field}]")).await.context(field)?;
        page.action_chain().send_keys(words).perform().await?;
    }
    press(page, Key::Tab).await?;
    tablet::stored(page, found).await?;
    tablet::delivered(page).await?;
    let findings = headquarters.spreadsheet(&inspection, "findings").await?;
    ensure!(findings.len() == 2, "{findings:?}");
    ensure!(findings[1][3] == "Không xuất trình được giấy phép", "{findings:?}");
    ensure!(findings[1][4] == "2 máy in", "{findings:?}");

    go(page, "#/settings").await?;
    tab_to(page, "button[name=lock]").await.context("the lock")?;
    press(page, Key::Enter).await?;
    let at_the_field = "return document.activeElement?.matches('.unlock input[name=passphrase]')";
    tablet::until(page, at_the_field, vec![]).await.context("the focus on the passphrase")?;
    page.action_chain().send_keys(headquarters.passphrase.as_str()).perform().await?;
    press(page, Key::Enter).await?;
    tablet::until(page, "return !!document.querySelector('nav.tabs')", vec![]).await?;
    inspector.close().await
}

/// Goes on from stop to stop until one is reached that a selector finds.
async fn tab_to(page: &WebDriver, selector: &str) -> anyhow::Result<()> {
    tablet::until(page, "return !!document.querySelector(arguments[0])", vec![json!(selector)])
        .await?;
    for _ in 0..120 {
        press(page, Key::Tab).await?;
        if tablet::script(page, IN_FOCUS, vec![json!(selector)]).await? {
            return Ok(());
        }
    }
    anyhow::bail!("`{selector}` is not reached within 120 stops")
}
