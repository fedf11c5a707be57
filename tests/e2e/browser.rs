//! A real browser behind its own driver, with a profile that outlives it.
//!
//! A browser can be closed as a person closes it, or killed as a dead battery does.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use serde_json::json;
use thirtyfour::prelude::*;

use crate::places;
use crate::process::{Kept, free_port, kill_users_of, listening};

/// Which browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Debian's Chromium.
    Chromium,
    /// Debian's Firefox ESR.
    Firefox,
    /// Debian's WebKitGTK, shown by `webkit/browser.py`: as near to the Safari of an iPad as a
    /// machine without one comes.
    WebKit,
}

/// How the user of a browser likes pages to look; only Chromium is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Liking {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A running browser.
#[derive(Debug)]
pub struct Browser {
    /// The session.
    pub page: WebDriver,
    profile: PathBuf,
    driver: Kept,
    /// WebKitGTK has no headless mode.
    _display: Option<Display>,
}

/// The name by which `webkit/browser.py` is asked for.
const WEBKIT_NAME: &str = "BienbanTestBrowser";

const CHROMIUM_FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,800",
];

impl Browser {
    /// Starts a browser on a profile, new or used before.
    ///
    /// # Errors
    /// When the browser or its driver is missing or does not start.
    pub async fn start(engine: Engine, profile: &Path) -> anyhow::Result<Self> {
        Self::start_liking(engine, profile, Liking::Light).await
    }

    /// Starts a browser whose user likes pages to look in some way.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn start_liking(
        engine: Engine,
        profile: &Path,
        liking: Liking,
    ) -> anyhow::Result<Self> {
        std::fs::create_dir_all(profile)?;
        let port = free_port().await?;
        let display = (engine == Engine::WebKit).then(Display::start).transpose()?;
        let driver = start_driver(engine, port, display.as_ref()).await?;
        let url = format!("http://127.0.0.1:{port}");
        let page = WebDriver::new(&url, capabilities(engine, profile, liking)?)
            .await
            .with_context(|| format!("start {engine:?}"))?;
        page.set_script_timeout(Duration::from_secs(60)).await?;
        Ok(Self { page, profile: profile.to_owned(), driver, _display: display })
    }

    /// Closes it as a person does.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn close(mut self) -> anyhow::Result<()> {
        self.page.quit().await?;
        self.driver.kill();
        kill_users_of(&self.profile);
        Ok(())
    }

    /// Closes it as a person does, and starts another on the same profile.
    ///
    /// # Errors
    /// When the driver does not answer, and as [`Browser::start`].
    pub async fn close_and_start(&mut self, engine: Engine, profile: &Path) -> anyhow::Result<()> {
        self.page.clone().quit().await?;
        self.kill_and_start(engine, profile).await
    }

    /// Kills it as a dead battery does.
    pub fn kill(&mut self) {
        kill_users_of(&self.profile);
        self.driver.kill();
        kill_users_of(&self.profile);
    }

    /// Kills it as a dead battery does, and starts another on the same profile.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn kill_and_start(&mut self, engine: Engine, profile: &Path) -> anyhow::Result<()> {
        self.kill();
        let dead = std::mem::replace(self, Self::start(engine, profile).await?);
        // The session is gone with its driver; ending it politely would only wait for an answer.
        let _ = dead.page.leak();
        Ok(())
    }
}

async fn start_driver(
    engine: Engine,
    port: u16,
    display: Option<&Display>,
) -> anyhow::Result<Kept> {
    let port_text = port.to_string();
    let mut command = match engine {
        Engine::Chromium => {
            let mut command = Command::new(places::told("CHROMEDRIVER", "chromedriver"));
            command.arg(format!("--port={port_text}"));
            command
        }
        Engine::Firefox => {
            let mut command = Command::new(places::told("GECKODRIVER", "geckodriver"));
            command.args(["--port", &port_text, "--websocket-port", "0"]);
            command
        }
        Engine::WebKit => {
            let mut command = Command::new(places::told("WEBKITDRIVER", "WebKitWebDriver"));
            command.arg(format!("--port={port_text}"));
            command.envs(display.map(|display| ("DISPLAY", display.name.clone())));
            // Drawing by the processor: there is no graphics card to share memory with.
            command.envs([
                ("LIBGL_ALWAYS_SOFTWARE", "1"),
                ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
                ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
            ]);
            command
        }
    };
    let driver = Kept::start(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
    listening(port).await?;
    Ok(driver)
}

fn capabilities(engine: Engine, profile: &Path, liking: Liking) -> anyhow::Result<Capabilities> {
    match engine {
        Engine::Chromium => chromium(profile, liking),
        Engine::Firefox => firefox(profile),
        Engine::WebKit => webkit(profile),
    }
}

fn chromium(profile: &Path, liking: Liking) -> anyhow::Result<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let dark: &[&str] = match liking {
        Liking::Light => &[],
        Liking::Dark => &["--force-dark-mode"],
    };
    for flag in CHROMIUM_FLAGS.iter().chain(dark) {
        capabilities.add_arg(flag)?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    Ok(capabilities.into())
}

fn firefox(profile: &Path) -> anyhow::Result<Capabilities> {
    let mut capabilities = Capabilities::new();
    let arguments = ["-headless", "-profile", &profile.display().to_string()].map(str::to_owned);
    let binary = places::told("FIREFOX", "/usr/bin/firefox-esr");
    capabilities.set("browserName", json!("firefox"))?;
    capabilities.set(
        "moz:firefoxOptions",
        json!({ "args": arguments, "binary": binary.display().to_string() }),
    )?;
    Ok(capabilities)
}

fn webkit(profile: &Path) -> anyhow::Result<Capabilities> {
    let mut capabilities = Capabilities::new();
    let program = places::workspace().join("tests/e2e/webkit/browser.py").canonicalize()?;
    capabilities.set("browserName", json!(WEBKIT_NAME))?;
    capabilities.set(
        "webkitgtk:browserOptions",
        json!({ "binary": program.display().to_string(), "args": [profile.display().to_string()] }),
    )?;
    Ok(capabilities)
}

/// A display that nobody sees.
#[derive(Debug)]
struct Display {
    name: String,
    _process: Kept,
}

impl Display {
    /// Starts one under a number that is free.
    fn start() -> anyhow::Result<Self> {
        let program = places::told("XVFB", "Xvfb");
        let mut process = Kept::start(
            Command::new(program)
                .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1400x1000x24"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let output = process.child().stdout.take().context("the display prints nothing")?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        Ok(Self { name: format!(":{}", number.trim()), _process: process })
    }
}
