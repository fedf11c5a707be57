//! Random kills while two inspectors are at work: headquarters ends with exactly what was done.
//!
//! Some items are one inspector's alone, some are answered by both. The number of kills is
//! `BIENBAN_KILLS` (12 without it), the seed `BIENBAN_SEED`; both are printed. Killing a process
//! does not test a loss of power: the operating system keeps what was written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, ensure};
use e2e_tests::browser::Engine;
use e2e_tests::chance::{Chance, told};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::tablet::{self, Answers};
use serde_json::json;

/// The answers that need nothing more.
const PLAIN: [&str; 3] = ["compliant", "not_applicable", "not_checked"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_inspectors_lose_nothing_to_random_kills() -> anyhow::Result<()> {
    let kills = told("BIENBAN_KILLS", 12);
    let seed = told("BIENBAN_SEED", u64::from(std::process::id()));
    println!("{kills} kills, BIENBAN_SEED={seed}");
    let folder = tempfile::tempdir()?;
    let mut world = World::start(folder.path(), Chance(seed)).await?;
    for kill in 0..kills {
        for who in [0, 1] {
            world.work(who).await.with_context(|| format!("{who} at work before kill {kill}"))?;
        }
        world.kill_and_return().await.with_context(|| format!("kill {kill}"))?;
    }
    world.agree().await.context("agreement")?;
    world.check_headquarters().await.context("headquarters")?;
    let [first, second] = world.team;
    first.close().await?;
    second.close().await
}

/// What one inspector did and is not known to have lost.
#[derive(Default)]
struct Done {
    /// On items that are nobody else's.
    alone: Answers,
    /// On items that both answer; each was stored before anything else was done.
    shared: Answers,
    /// The facts of the findings, by item.
    facts: BTreeMap<String, String>,
}

struct World {
    chance: Chance,
    headquarters: Headquarters,
    team: [Inspector; 2],
    inspection: String,
    /// The items of each inspector alone, and those of both.
    alone: [Vec<String>; 2],
    shared: Vec<String>,
    done: [Done; 2],
}

impl World {
    async fn start(folder: &Path, chance: Chance) -> anyhow::Result<Self> {
        let headquarters = Headquarters::start(&folder.join("headquarters")).await?;
        let first = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder).await?;
        let second = Inspector::enrol(Engine::Chromium, &headquarters, 1, folder).await?;
        let inspection = first.inspections().await?.first().context("no inspection")?.clone();
        first.enter(&inspection).await?;
        second.enter(&inspection).await?;
        let items = tablet::items(first.page()).await?;
        let every_third = |from| items.iter().skip(from).step_by(3).cloned().collect();
        let (alone, shared) = ([every_third(0), every_third(1)], every_third(2));
        let (team, done) = ([first, second], [Done::default(), Done::default()]);
        Ok(Self { chance, headquarters, team, inspection, alone, shared, done })
    }

    async fn work(&mut self, who: usize) -> anyhow::Result<()> {
        for _ in 0..=self.chance.below(3) {
            match self.chance.below(4) {
                0 => self.answer_together(who).await?,
                1 => self.find(who).await?,
                _ => self.answer_alone(who).await?,
            }
        }
        Ok(())
    }

    /// A tap that is not waited for.
    async fn answer_alone(&mut self, who: usize) -> anyhow::Result<()> {
        let item = self.chance.one_of(&self.alone[who]).clone();
        let answer = *self.chance.one_of(&PLAIN);
        let done = &mut self.done[who];
        // Moving away from *violation* asks about the finding; that is another journey.
        let is_news = done.alone.get(&item).is_none_or(|tapped| tapped != answer);
        if is_news && !done.facts.contains_key(&item) {
            tap(&self.team[who], &item, answer).await?;
            done.alone.insert(item, answer.to_owned());
        }
        Ok(())
    }

    /// A tap on an item that the other answers too, waited for until it is stored.
    async fn answer_together(&mut self, who: usize) -> anyhow::Result<()> {
        let item = self.chance.one_of(&self.shared).clone();
        let answer = *self.chance.one_of(&PLAIN);
        let page = self.team[who].page();
        let shown = tablet::answers(page, false).await?;
        if shown.get(&item).is_none_or(|shown| shown != answer) {
            tap(&self.team[who], &item, answer).await?;
            tablet::stored(page, &item).await?;
            self.done[who].shared.insert(item, answer.to_owned());
        }
        Ok(())
    }

    async fn find(&mut self, who: usize) -> anyhow::Result<()> {
        let item = self.chance.one_of(&self.alone[who]).clone();
        if self.done[who].facts.contains_key(&item) {
            return Ok(());
        }
        let facts = format!("Thiếu {} bản lưu", self.chance.below(900));
        tap(&self.team[who], &item, "violation").await?;
        let page = self.team[who].page();
        tablet::write(page, &item, "facts", &facts).await?;
        tablet::stored(page, &item).await?;
        self.done[who].alone.insert(item.clone(), "violation".to_owned());
        self.done[who].facts.insert(item, facts);
        Ok(())
    }

    /// Kills tablets, headquarters or several of them, and brings back what was killed.
    async fn kill_and_return(&mut self) -> anyhow::Result<()> {
        let victims = 1 + self.chance.below(7);
        let headquarters_dies = victims & 4 != 0;
        if headquarters_dies {
            self.headquarters.kill();
        }
        for who in [0, 1] {
            if victims & (1 << who) != 0 {
                self.restart(who).await.with_context(|| format!("tablet {who}"))?;
            }
        }
        if headquarters_dies {
            self.headquarters.start_again().await?;
        }
        Ok(())
    }

    async fn restart(&mut self, who: usize) -> anyhow::Result<()> {
        let stored = self.answers_alone(who, true).await?;
        self.team[who].die_and_return().await?;
        tablet::inspections(self.team[who].page()).await?;
        tablet::enter(self.team[who].page(), &self.inspection).await?;
        let there = self.answers_alone(who, false).await?;
        for (item, answer) in &stored {
            let now = there.get(item);
            ensure!(now == Some(answer), "`{item}` was stored as `{answer}` and is {now:?}");
        }
        self.done[who].alone = there;
        Ok(())
    }

    /// What the page of an inspector shows on the items that are nobody else's.
    async fn answers_alone(&self, who: usize, only_stored: bool) -> anyhow::Result<Answers> {
        let mut answers = tablet::answers(self.team[who].page(), only_stored).await?;
        answers.retain(|item, _| self.alone[who].contains(item));
        Ok(answers)
    }

    /// Everything arrives, the first inspector decides every conflict, and both pages are alike.
    async fn agree(&mut self) -> anyhow::Result<()> {
        self.meet().await?;
        self.conflicts_are_between_last_words().await?;
        let decide = "const open = document.querySelector('[data-value-by] button[data-decide]');\
                      open?.click();\
                      return !open";
        tablet::until(self.team[0].page(), decide, vec![]).await?;
        let settled = "return !document.querySelector('[data-value-by]')\
                       && ![...document.querySelectorAll('[data-saved]')]\
                         .some(item => item.dataset.saved !== 'stored')";
        tablet::until(self.team[0].page(), settled, vec![]).await?;
        self.meet().await?;
        let [first, second] = [&self.team[0], &self.team[1]];
        let shown = tablet::answers(first.page(), false).await?;
        let same = "const rows = {};\
                    for (const radio of document.querySelectorAll(\
                      '[data-item] input[type=radio]:checked'))\
                      rows[radio.closest('[data-item]').dataset.item] = radio.value;\
                    const keys = Object.keys(rows);\
                    return keys.length === Object.keys(arguments[0]).length\
                      && keys.every(key => rows[key] === arguments[0][key])";
        tablet::until(second.page(), same, vec![json!(shown)]).await
    }

    async fn meet(&self) -> anyhow::Result<()> {
        for inspector in &self.team {
            tablet::delivered(inspector.page()).await?;
        }
        for inspector in &self.team {
            inspector.enter(&self.inspection).await?;
            let idle = "return document.querySelector('[data-pending]').dataset.state === 'idle'";
            tablet::until(inspector.page(), idle, vec![]).await?;
        }
        Ok(())
    }

    /// On a shared item stands what one of the two said last, or both when they did not know.
    async fn conflicts_are_between_last_words(&self) -> anyhow::Result<()> {
        let rows = self.rows().await?;
        for item in &self.shared {
            let last: BTreeSet<&String> =
                self.done.iter().filter_map(|done| done.shared.get(item)).collect();
            let standing: BTreeSet<&String> =
                rows.iter().filter(|(of, _)| of == item).map(|(_, value)| value).collect();
            ensure!(standing.is_empty() == last.is_empty(), "`{item}`: {standing:?} of {last:?}");
            ensure!(standing.is_subset(&last), "`{item}`: {standing:?} of {last:?}");
        }
        Ok(())
    }

    /// The values headquarters has, with their items.
    async fn rows(&self) -> anyhow::Result<BTreeSet<(String, String)>> {
        let rows = self.headquarters.spreadsheet(&self.inspection, "answers").await?;
        Ok(rows.iter().skip(1).map(|row| (row[0].clone(), row[1].clone())).collect())
    }

    /// The spreadsheets equal what was done, row for row.
    async fn check_headquarters(&self) -> anyhow::Result<()> {
        let rows = self.rows().await?;
        let shown = tablet::answers(self.team[0].page(), false).await?;
        ensure!(rows == shown.into_iter().collect(), "headquarters has {rows:?}");
        for done in &self.done {
            for (item, answer) in &done.alone {
                let row = (item.clone(), answer.clone());
                ensure!(rows.contains(&row), "`{item}` is not `{answer}` at headquarters");
            }
        }
        let findings = self.headquarters.spreadsheet(&self.inspection, "findings").await?;
        let mut findings: Vec<_> =
            findings.iter().skip(1).map(|row| (row[1].clone(), row[3].clone())).collect();
        findings.sort();
        let mut written: Vec<_> = self.done.iter().flat_map(|done| done.facts.clone()).collect();
        written.sort();
        ensure!(findings == written, "headquarters has {findings:?}, written was {written:?}");
        Ok(())
    }
}

async fn tap(inspector: &Inspector, item: &str, answer: &str) -> anyhow::Result<()> {
    let saved = tablet::tap(inspector.page(), item, answer).await?;
    ensure!(saved == "recorded", "`{item}` says `{saved}` in the task of the tap");
    Ok(())
}
