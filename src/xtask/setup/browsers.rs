//! The browsers that tests drive, each with its driver.
//! A variable in the environment (`CHROMIUM`, `CHROMEDRIVER`, `FIREFOX`, `GECKODRIVER`, `XVFB`,
//! `WEBKITDRIVER`) goes before what is found in `PATH`.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{debian, tools};
use crate::process;
use crate::workspace::Workspace;

/// A browser engine that tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium, driven by chromedriver.
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// WebKitGTK, driven by WebKitWebDriver. It has no headless mode, so its program is the
    /// display; what shows a page in it is a script of the tests.
    WebKit,
}

/// A browser that can be driven.
pub(crate) struct Browser {
    /// Which one it is.
    pub(crate) engine: Engine,
    /// The browser itself.
    pub(crate) program: PathBuf,
    /// The WebDriver server for it.
    pub(crate) driver: PathBuf,
}

impl Engine {
    /// Every engine, in the order in which they are tried.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The variable that names the browser.
    pub(crate) fn program_variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMIUM",
            Self::Firefox => "FIREFOX",
            Self::WebKit => "XVFB",
        }
    }

    /// The variable that names the driver. wasm-bindgen's test runner reads it too.
    pub(crate) fn driver_variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMEDRIVER",
            Self::Firefox => "GECKODRIVER",
            Self::WebKit => "WEBKITDRIVER",
        }
    }

    /// The browser and its driver as they are on this machine.
    pub(crate) fn find(self, workspace: &Workspace) -> Option<Browser> {
        let (program, driver) = (self.find_program()?, self.find_driver(workspace)?);
        Some(Browser { engine: self, program, driver })
    }

    /// The browser and its driver, installed when they are missing and that is possible.
    ///
    /// # Errors
    /// When something is still missing; `advice` says how to get it.
    pub(crate) fn find_or_install(self, workspace: &Workspace) -> Result<Browser> {
        if let Some(browser) = self.find(workspace) {
            return Ok(browser);
        }
        let missing = || format!("{self} or its driver is missing");
        self.install(workspace).with_context(missing)?;
        self.find(workspace).with_context(missing)
    }

    /// What a person types to get the browser and its driver.
    pub(crate) fn advice(self) -> String {
        let packages = debian::advice(self.packages());
        match self {
            Self::Chromium | Self::WebKit => packages,
            Self::Firefox => format!("{packages}; {}", tools::geckodriver().advice()),
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => {
                &["webkit2gtk-driver", "xvfb", "gir1.2-webkit2-4.1", "gir1.2-gtk-3.0", "python3-gi"]
            }
        }
    }

    fn install(self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Chromium | Self::WebKit => debian::install(self.packages()),
            Self::Firefox => {
                if self.find_program().is_none() {
                    debian::install(self.packages())?;
                }
                tools::geckodriver().find_or_install(workspace).map(drop)
            }
        }
    }

    fn find_program(self) -> Option<PathBuf> {
        let names = match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome"][..],
            Self::Firefox => &["firefox", "firefox-esr"][..],
            Self::WebKit if !has_webkit_for_scripts() => &[][..],
            Self::WebKit => &["Xvfb"][..],
        };
        from_environment(self.program_variable())
            .or_else(|| names.iter().find_map(|name| process::find(name)))
    }

    fn find_driver(self, workspace: &Workspace) -> Option<PathBuf> {
        from_environment(self.driver_variable()).or_else(|| match self {
            Self::Chromium => process::find("chromedriver"),
            Self::Firefox => tools::geckodriver().find(workspace),
            Self::WebKit => process::find("WebKitWebDriver"),
        })
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}

/// Whether a script can show a page with WebKitGTK: Debian's files for that are in place.
fn has_webkit_for_scripts() -> bool {
    let folders = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let mut descriptions = folders.map(|folder| folder.path().join("girepository-1.0"));
    descriptions.any(|folder| folder.join("WebKit2-4.1.typelib").is_file())
        && Path::new("/usr/lib/python3/dist-packages/gi").is_dir()
}

fn from_environment(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|program| program.is_file())
}
