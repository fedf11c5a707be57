//! `bienban demo` as a process: started, read, killed and started again on the same folder.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use domain::ids::from_hex;

use crate::places;
use crate::process::{Kept, free_port, listening};

/// A running headquarters with sample data.
#[derive(Debug)]
pub struct Headquarters {
    /// Its port.
    pub port: u16,
    /// What it printed, by the word before the colon.
    pub tablets: Vec<String>,
    /// The address of the office, signed in.
    pub office: String,
    /// What opens the vaults of the tablets.
    pub passphrase: String,
    data: PathBuf,
    app: Option<PathBuf>,
    items: Option<usize>,
    process: Option<Kept>,
}

impl Headquarters {
    /// Starts on a new or an existing folder.
    ///
    /// # Errors
    /// When it does not start or does not print what it promises.
    pub async fn start(data: &Path) -> anyhow::Result<Self> {
        Self::start_with(data, None).await
    }

    /// Starts as one that serves the tablet app of this folder.
    ///
    /// # Errors
    /// As [`Headquarters::start`].
    pub async fn serving(app: &Path, data: &Path) -> anyhow::Result<Self> {
        Self::start_with(data, Some(app.to_owned())).await
    }

    /// Starts with an inspection of this many items in front, as one that serves the tablet app of
    /// this folder.
    ///
    /// # Errors
    /// As [`Headquarters::start`].
    pub async fn of_size(app: &Path, data: &Path, items: usize) -> anyhow::Result<Self> {
        let stopped = Self::stopped(data, Some(app.to_owned())).await?;
        let mut headquarters = Self { items: Some(items), ..stopped };
        headquarters.start_again().await?;
        Ok(headquarters)
    }

    async fn start_with(data: &Path, app: Option<PathBuf>) -> anyhow::Result<Self> {
        let mut headquarters = Self::stopped(data, app).await?;
        headquarters.start_again().await?;
        Ok(headquarters)
    }

    async fn stopped(data: &Path, app: Option<PathBuf>) -> anyhow::Result<Self> {
        Ok(Self {
            port: free_port().await?,
            tablets: Vec::new(),
            office: String::new(),
            passphrase: String::new(),
            data: data.to_owned(),
            app,
            items: None,
            process: None,
        })
    }

    /// Starts an empty one, as whoever sets it up does; `office` is the link that makes the first
    /// administrator.
    ///
    /// # Errors
    /// When it does not start or prints no link.
    pub async fn empty(data: &Path) -> anyhow::Result<Self> {
        let mut headquarters = Self::stopped(data, None).await?;
        let listen = format!("127.0.0.1:{}", headquarters.port);
        let binary = places::told("BIENBAN_BIN", "target/debug/bienban");
        let mut process = Kept::start(
            Command::new(places::workspace().join(binary))
                .current_dir(places::workspace())
                .args(["serve", "--listen", &listen, "--ops-listen", "127.0.0.1:0", "--data"])
                .arg(&headquarters.data)
                .stdout(Stdio::piped())
                .stderr(Stdio::inherit()),
        )?;
        let output = process.child().stdout.take().context("headquarters prints nothing")?;
        let mut lines = BufReader::new(output).lines();
        while headquarters.office.is_empty() {
            let Some(line) = lines.next() else { bail!("headquarters ended before it was ready") };
            if let Some(link) = line?.strip_prefix("administrator: ") {
                headquarters.office = link.to_owned();
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        headquarters.process = Some(process);
        listening(headquarters.port).await?;
        Ok(headquarters)
    }

    /// Starts again on the same folder and port.
    ///
    /// # Errors
    /// As [`Headquarters::start`].
    pub async fn start_again(&mut self) -> anyhow::Result<()> {
        let binary = places::told("BIENBAN_BIN", "target/debug/bienban");
        let mut process = Kept::start(
            Command::new(places::workspace().join(binary))
                .current_dir(places::workspace())
                .args(["demo", "--listen", &format!("127.0.0.1:{}", self.port), "--data"])
                .arg(&self.data)
                .args(self.items.iter().map(|items| format!("--items={items}")))
                .envs(self.app.iter().map(|app| ("BIENBAN_DIST", app)))
                .stdout(Stdio::piped())
                .stderr(Stdio::inherit()),
        )?;
        let output = process.child().stdout.take().context("headquarters prints nothing")?;
        let mut lines = BufReader::new(output).lines();
        (self.tablets, self.office) = (Vec::new(), String::new());
        while self.office.is_empty() {
            let Some(line) = lines.next() else { bail!("headquarters ended before it was ready") };
            self.read(&line?);
        }
        // What it prints later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        self.process = Some(process);
        listening(self.port).await
    }

    fn read(&mut self, line: &str) {
        if let Some(url) = line.strip_prefix("tablet: ") {
            self.tablets.push(url.to_owned());
        } else if let Some(words) = line.strip_prefix("passphrase: ") {
            words.clone_into(&mut self.passphrase);
        } else if let Some(url) = line.strip_prefix("office: ") {
            self.office = url.to_owned();
        }
    }

    /// Kills it at once (SIGKILL).
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// A client that is signed in at the office.
    ///
    /// # Errors
    /// When the office does not let it in.
    pub async fn office_client(&self) -> anyhow::Result<reqwest::Client> {
        let client = reqwest::Client::builder().cookie_store(true).build()?;
        client.get(&self.office).send().await?.error_for_status()?;
        Ok(client)
    }

    /// Takes the first member who does not lead off the team of an inspection, as a clerk does
    /// with the form there.
    ///
    /// # Errors
    /// When the form is not there, has no member or is refused.
    pub async fn take_member_off_team(&self, inspection: &str) -> anyhow::Result<()> {
        let (client, origin) =
            (self.office_client().await?, format!("http://127.0.0.1:{}", self.port));
        let page = format!("{origin}/office/inspections/{inspection}");
        let html = client.get(&page).send().await?.error_for_status()?.text().await?;
        let is_member = |choice: &&str| {
            let options = choice.split("</select>").next().unwrap_or_default();
            options.contains("value=\"member\" selected")
        };
        let mut choices = html.split("select name=\"role-").skip(1);
        let choice = choices.find(is_member).context("the form shows no member")?;
        let person = choice.split('"').next().unwrap_or_default();
        let form = [(format!("role-{person}"), "")];
        let asked = client.post(format!("{page}/team")).header("origin", &origin).form(&form);
        asked.send().await?.error_for_status()?;
        Ok(())
    }

    /// Runs `bienban` with these words on the folder of this headquarters; what it printed.
    ///
    /// # Errors
    /// When the command fails; with what it said.
    pub fn command(&self, words: &[&str]) -> anyhow::Result<String> {
        let binary = places::told("BIENBAN_BIN", "target/debug/bienban");
        let ended = Command::new(places::workspace().join(binary))
            .args(words)
            .arg("--data")
            .arg(&self.data)
            .output()?;
        ensure!(ended.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ended.stderr));
        Ok(String::from_utf8(ended.stdout)?)
    }

    /// The secret key with which it signs its journals and vouches for its other keys.
    ///
    /// # Errors
    /// When the keyring is not there or has none.
    pub fn signing_seed(&self) -> anyhow::Result<[u8; 32]> {
        let keyring = std::fs::read_to_string(self.data.join("keyring.toml"))?;
        let line = keyring.lines().find_map(|line| line.strip_prefix("signing = "));
        let digits = line.context("the keyring has no `signing`")?.trim_matches('"');
        Ok(from_hex(digits)?)
    }

    /// The seats on tablets, and how many events came from each, as the office shows them.
    ///
    /// # Errors
    /// When the page is not there or no such page.
    pub async fn seats(&self) -> anyhow::Result<BTreeMap<String, u64>> {
        let page = format!("http://127.0.0.1:{}/office/seats", self.port);
        let asked = self.office_client().await?.get(page).send().await?;
        let html = asked.error_for_status()?.text().await?;
        let rows = html.split("data-seat=\"").skip(1);
        rows.map(|row| {
            let seat = row.split('"').next().unwrap_or_default();
            let counts = row.split("class=\"below\">").nth(2).unwrap_or_default();
            let digits: String =
                counts.chars().take_while(|it| *it != '<').filter(char::is_ascii_digit).collect();
            let events = digits.parse().with_context(|| format!("no count in {counts:.80}"))?;
            Ok((seat.to_owned(), events))
        })
        .collect()
    }

    /// Revokes a seat as a clerk does with the form.
    ///
    /// # Errors
    /// When the form is refused.
    pub async fn revoke(&self, seat: &str) -> anyhow::Result<()> {
        let origin = format!("http://127.0.0.1:{}", self.port);
        let form = [("seat", seat), ("reason", "Máy bị mất")];
        let page = format!("{origin}/office/seats");
        let asked = self.office_client().await?.post(page).header("origin", origin).form(&form);
        asked.send().await?.error_for_status()?;
        Ok(())
    }

    /// The rows of a spreadsheet of an inspection (`answers` or `findings`), with the heading.
    ///
    /// # Errors
    /// When it is not handed out or is no CSV.
    pub async fn spreadsheet(
        &self,
        inspection: &str,
        which: &str,
    ) -> anyhow::Result<Vec<Vec<String>>> {
        let url =
            format!("http://127.0.0.1:{}/office/inspections/{inspection}/{which}.csv", self.port);
        let answer = self.office_client().await?.get(url).send().await?.error_for_status()?;
        let bytes = answer.bytes().await?;
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).context("the BOM is missing")?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let rows = reader.records().collect::<Result<Vec<_>, _>>()?;
        Ok(rows.iter().map(|row| row.iter().map(str::to_owned).collect()).collect())
    }
}
