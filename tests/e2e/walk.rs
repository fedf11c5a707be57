//! Walking everywhere that links lead to, as somebody does who wants to see every screen.

use std::collections::BTreeSet;

use anyhow::ensure;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::tablet;

/// The addresses of links that lead on, without what only downloads or ends the visit.
const LINKS: &str = "return [...document.querySelectorAll('a[href]:not([download])')]\
    .map(link => link.getAttribute('href').split('?')[0])\
    .filter(href => href.startsWith(arguments[0]) && !/[.](csv|xlsx|css)$|language|leave/.test(href))";

/// Chooses theme and language as a person does.
///
/// # Errors
/// When the page does not answer.
pub async fn choose(page: &WebDriver, theme: &str, lang: &str) -> anyhow::Result<()> {
    let choose = "const radio = value => [...document.querySelectorAll('input[type=radio]')]\
          .find(radio => radio.value === value);\
        if (!radio(arguments[0]) || !radio(arguments[1])) return false;\
        radio(arguments[0]).click();\
        radio(arguments[1]).click();\
        return true";
    go(page, "#/settings").await?;
    tablet::until(page, choose, vec![json!(theme), json!(lang)]).await?;
    let chosen = "return document.documentElement.lang === arguments[0]";
    tablet::until(page, chosen, vec![json!(lang)]).await
}

/// Every screen that links lead to, of several inspections the first.
///
/// # Errors
/// When the page does not answer.
pub async fn screens(page: &WebDriver) -> anyhow::Result<Vec<String>> {
    let (mut known, mut waiting) = (BTreeSet::new(), vec!["#/".to_owned()]);
    let mut screens = Vec::new();
    while let Some(screen) = waiting.pop() {
        if !known.insert(pattern(&screen)) {
            continue;
        }
        go(page, &screen).await?;
        let mut links: Vec<String> = tablet::script(page, LINKS, vec![json!("#/")]).await?;
        links.reverse();
        waiting.extend(links);
        screens.push(screen);
    }
    ensure!(screens.len() >= 5, "only {screens:?} were found");
    Ok(screens)
}

/// An address with every part that names one of many left out, and without a place on its screen.
fn pattern(address: &str) -> String {
    let screen = address.split("/go/").next().unwrap_or(address);
    let parts = screen.split('/').map(|part| {
        let names_one = part.len() > 12 && part.chars().any(|c| c.is_ascii_digit());
        if names_one { "*" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Shows a screen.
///
/// # Errors
/// When the page does not answer.
pub async fn go(page: &WebDriver, screen: &str) -> anyhow::Result<()> {
    let go = "location.hash = arguments[0]; return true";
    let _: bool = tablet::script(page, go, vec![json!(screen)]).await?;
    let painted = "return location.hash === arguments[0] && !!document.querySelector('h1')";
    tablet::until(page, painted, vec![json!(screen)]).await
}

/// Every page that links lead to, of several of one kind the first.
///
/// # Errors
/// When the page does not answer.
pub async fn office_pages(page: &WebDriver, base: &str) -> anyhow::Result<Vec<String>> {
    let (mut known, mut waiting) = (BTreeSet::new(), vec!["/office".to_owned()]);
    let mut pages = Vec::new();
    while let Some(address) = waiting.pop() {
        if !known.insert(pattern(&address)) {
            continue;
        }
        page.goto(format!("{base}{address}")).await?;
        let mut links: Vec<String> = tablet::script(page, LINKS, vec![json!("/office")]).await?;
        links.reverse();
        waiting.extend(links);
        pages.push(address);
    }
    ensure!(pages.len() >= 5, "only {pages:?} were found");
    Ok(pages)
}
