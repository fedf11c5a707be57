//! One inspector with a tablet of one's own: a browser, its profile, and where headquarters is.
//!
//! It is used where several of them meet; what a page promises is read in `tablet`.

use std::path::{Path, PathBuf};

use anyhow::Context;
use thirtyfour::prelude::*;

use crate::browser::{Browser, Engine};
use crate::headquarters::Headquarters;
use crate::tablet;

/// An inspector with a tablet.
#[derive(Debug)]
pub struct Inspector {
    engine: Engine,
    browser: Browser,
    profile: PathBuf,
    address: String,
    passphrase: String,
}

impl Inspector {
    /// Enrols as the demo inspector of this number, in a new profile of its own in `folder`.
    ///
    /// # Errors
    /// When headquarters has no such inspector, or the app does not get ready to go offline.
    pub async fn enrol(
        engine: Engine,
        headquarters: &Headquarters,
        number: usize,
        folder: &Path,
    ) -> anyhow::Result<Self> {
        let profile = folder.join(format!("inspector-{number}"));
        let browser = Browser::start(engine, &profile).await?;
        let invitation = headquarters.tablets.get(number).context("no such inspector")?;
        tablet::open(&browser.page, invitation).await?;
        let address = format!("http://127.0.0.1:{}/", headquarters.port);
        let passphrase = headquarters.passphrase.clone();
        Ok(Self { engine, browser, profile, address, passphrase })
    }

    /// The page in front.
    pub fn page(&self) -> &WebDriver {
        &self.browser.page
    }

    /// Opens the first page anew and enters an inspection from there.
    ///
    /// # Errors
    /// When the inspection is not on the page.
    pub async fn enter(&self, inspection: &str) -> anyhow::Result<()> {
        self.page().goto(&self.address).await?;
        self.page().refresh().await?;
        tablet::unlock_if_locked(self.page(), &self.passphrase).await?;
        tablet::enter(self.page(), inspection).await
    }

    /// Opens the first page anew, which also asks headquarters for news.
    ///
    /// # Errors
    /// When there is no inspection on it.
    pub async fn inspections(&self) -> anyhow::Result<Vec<String>> {
        self.page().goto(&self.address).await?;
        self.page().refresh().await?;
        tablet::unlock_if_locked(self.page(), &self.passphrase).await?;
        tablet::inspections(self.page()).await
    }

    /// The tablet dies and is started again on the same profile.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn die_and_return(&mut self) -> anyhow::Result<()> {
        let (engine, profile) = (self.engine, self.profile.clone());
        self.browser.kill_and_start(engine, &profile).await?;
        tablet::arrive(self.page(), &self.address, &self.passphrase).await
    }

    /// Closes the browser as a person does.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn close(self) -> anyhow::Result<()> {
        self.browser.close().await
    }
}
