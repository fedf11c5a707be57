//! A real browser behind its own driver, with a profile that outlives it.
//!
//! A browser can be closed as a person closes it, or killed as a dead battery does.

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
}

/// A running browser.
#[derive(Debug)]
pub struct Browser {
    /// The session.
    pub page: WebDriver,
    profile: PathBuf,
    driver: Kept,
}

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
        std::fs::create_dir_all(profile)?;
        let port = free_port().await?;
        let driver = start_driver(engine, port).await?;
        let url = format!("http://127.0.0.1:{port}");
        let page = WebDriver::new(&url, capabilities(engine, profile)?)
            .await
            .with_context(|| format!("start {engine:?}"))?;
        page.set_script_timeout(Duration::from_secs(60)).await?;
        Ok(Self { page, profile: profile.to_owned(), driver })
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

    /// Kills it as a dead battery does, and starts another on the same profile.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn kill_and_start(&mut self, engine: Engine, profile: &Path) -> anyhow::Result<()> {
        kill_users_of(&self.profile);
        self.driver.kill();
        kill_users_of(&self.profile);
        let dead = std::mem::replace(self, Self::start(engine, profile).await?);
        // The session is gone with its driver; ending it politely would only wait for an answer.
        let _ = dead.page.leak();
        Ok(())
    }
}

async fn start_driver(engine: Engine, port: u16) -> anyhow::Result<Kept> {
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
    };
    let driver = Kept::start(command.stdout(Stdio::null()).stderr(Stdio::null()))?;
    listening(port).await?;
    Ok(driver)
}

fn capabilities(engine: Engine, profile: &Path) -> anyhow::Result<Capabilities> {
    match engine {
        Engine::Chromium => chromium(profile),
        Engine::Firefox => firefox(profile),
    }
}

fn chromium(profile: &Path) -> anyhow::Result<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for flag in CHROMIUM_FLAGS {
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
