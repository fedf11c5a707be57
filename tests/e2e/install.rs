//! The browser's offer to install the app: taken up it takes the hint away, declined it leaves the
//! way in words.
//!
//! The offer is an event with the face of the browser's own, whose question is answered here: a
//! browser that a driver runs makes no offer, and its question cannot be answered from outside.

use anyhow::{Context, ensure};
use e2e_tests::browser::Engine;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::{tablet, walk};
use serde_json::json;
use thirtyfour::prelude::*;

const OFFER: &str = "const offer = new Event('beforeinstallprompt', { cancelable: true });\
    const answer = { outcome: arguments[0], platform: 'web' };\
    window.asked = 0;\
    offer.platforms = ['web'];\
    offer.userChoice = new Promise((settle) => {\
      offer.prompt = () => { window.asked += 1; settle(answer); return Promise.resolve(answer); };\
    });\
    dispatchEvent(offer);\
    return offer.defaultPrevented";

const TAKE_UP: &str = "const button = document.querySelector('.install .primary:not([hidden])');\
    button?.click();\
    return !!button";

async fn offer(page: &WebDriver, outcome: &str) -> anyhow::Result<()> {
    let is_kept: bool = tablet::script(page, OFFER, vec![json!(outcome)]).await?;
    ensure!(is_kept, "the browser would ask in its own time");
    tablet::until(page, TAKE_UP, vec![]).await.context("the button")?;
    tablet::until(page, "return window.asked === 1", vec![]).await.context("the question")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_is_taken_up_or_declined_and_the_hint_follows() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let inspector = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let page = inspector.page();
    inspector.inspections().await?;

    offer(page, "dismissed").await.context("declined")?;
    let in_words = "const hint = document.querySelector('.install');\
        return !!hint?.querySelector('li') && !hint.querySelector('.primary:not([hidden])')";
    tablet::until(page, in_words, vec![]).await.context("the hint stays, in words")?;

    offer(page, "accepted").await.context("taken up")?;
    let gone = "return !document.querySelector('.install')";
    tablet::until(page, gone, vec![]).await.context("the hint goes")?;
    walk::go(page, "#/settings").await?;
    let said = "return document.querySelectorAll('.install li').length === 1\
                && !document.querySelector('.install .primary:not([hidden])')";
    tablet::until(page, said, vec![]).await.context("the settings say that it is installed")?;
    inspector.close().await
}
