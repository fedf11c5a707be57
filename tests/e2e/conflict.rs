//! Two inspectors of one team on the same inspection, offline: each sees the other's work
//! afterwards, nobody's value is lost, one decides, and all agree.

use std::path::Path;

use anyhow::{Context, ensure};
use e2e_tests::browser::Engine;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::tablet;
use serde_json::json;
use thirtyfour::prelude::*;

const FIRST_FACTS: &str = "Thiếu 3 bản lưu chiểu";
const SECOND_FACTS: &str = "Không có sổ nhận bản thảo";
const FIRST_QUANTITY: &str = "3 bản";
const SECOND_QUANTITY: &str = "5 bản";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_inspectors_disagree_one_decides_and_all_agree() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut team = Team::meet(folder.path()).await.context("enrolment")?;
    team.work_apart().await.context("work without a network")?;
    team.sync().await.context("sync")?;
    team.see_both_values().await.context("both values")?;
    team.see_two_findings().await.context("two findings")?;
    team.decide().await.context("a decision")?;
    team.disagree_about_a_finding().await.context("a conflict in a finding")?;
    team.headquarters_agrees().await.context("headquarters")?;
    team.leave().await
}

struct Team {
    headquarters: Headquarters,
    first: Inspector,
    second: Inspector,
    inspection: String,
    /// Answered differently, alike, and with one finding of each.
    items: [String; 3],
}

impl Team {
    async fn meet(folder: &Path) -> anyhow::Result<Self> {
        let headquarters = Headquarters::start(&folder.join("headquarters")).await?;
        let first = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder).await?;
        let second = Inspector::enrol(Engine::Chromium, &headquarters, 1, folder).await?;
        let inspection = first.inspections().await?.first().context("no inspection")?.clone();
        first.enter(&inspection).await?;
        second.enter(&inspection).await?;
        let items = tablet::items(first.page()).await?;
        let [a, b, c, ..] = items.as_slice() else { anyhow::bail!("only {} items", items.len()) };
        let items = [a.clone(), b.clone(), c.clone()];
        Ok(Self { headquarters, first, second, inspection, items })
    }

    /// Headquarters cannot be reached; neither sees the other.
    async fn work_apart(&mut self) -> anyhow::Result<()> {
        self.headquarters.kill();
        let [differs, alike, found] = &self.items;
        for (inspector, answer, facts) in [
            (&self.first, "compliant", FIRST_FACTS),
            (&self.second, "not_applicable", SECOND_FACTS),
        ] {
            let page = inspector.page();
            tablet::tap(page, differs, answer).await?;
            tablet::stored_answer(page, differs, answer).await?;
            tablet::tap(page, alike, "not_checked").await?;
            tablet::stored_answer(page, alike, "not_checked").await?;
            tablet::tap(page, found, "violation").await?;
            tablet::write(page, found, "facts", facts).await?;
            tablet::stored(page, found).await?;
        }
        Ok(())
    }

    async fn sync(&mut self) -> anyhow::Result<()> {
        self.headquarters.start_again().await?;
        for inspector in [&self.first, &self.second] {
            tablet::delivered(inspector.page()).await?;
        }
        self.ask_for_news().await
    }

    async fn ask_for_news(&self) -> anyhow::Result<()> {
        for inspector in [&self.first, &self.second] {
            inspector.enter(&self.inspection).await?;
        }
        Ok(())
    }

    /// Each page shows both values, each with its author, and no choice is made for anyone.
    async fn see_both_values(&self) -> anyhow::Result<()> {
        let [differs, alike, _] = &self.items;
        for inspector in [&self.first, &self.second] {
            let page = inspector.page();
            in_conflict(page, differs, 2).await?;
            let authors: Vec<String> = tablet::script(page, AUTHORS, vec![json!(differs)]).await?;
            ensure!(authors.len() == 2 && authors[0] != authors[1], "{authors:?}");
            let checked = tablet::answers(page, false).await?;
            ensure!(!checked.contains_key(differs), "a choice is made: {checked:?}");
            // Equal values are no conflict.
            tablet::stored_answer(page, alike, "not_checked").await?;
            in_conflict(page, alike, 0).await?;
        }
        Ok(())
    }

    async fn see_two_findings(&self) -> anyhow::Result<()> {
        for inspector in [&self.first, &self.second] {
            let facts = "return [...document.querySelectorAll(\
                `[data-item='${arguments[0]}'] [data-finding] [name=facts]`)]\
                .map(field => field.value).sort().join('|') === arguments[1]";
            let both = format!("{SECOND_FACTS}|{FIRST_FACTS}");
            let arguments = vec![json!(self.items[2]), json!(both)];
            tablet::until(inspector.page(), facts, arguments).await?;
        }
        Ok(())
    }

    /// The second inspector takes the first one's value; both then show it alone.
    async fn decide(&self) -> anyhow::Result<()> {
        let differs = &self.items[0];
        self.second_takes_the_value_of_the_first(differs).await?;
        tablet::delivered(self.second.page()).await?;
        self.first.enter(&self.inspection).await?;
        for inspector in [&self.first, &self.second] {
            tablet::stored_answer(inspector.page(), differs, "compliant").await?;
            in_conflict(inspector.page(), differs, 0).await?;
        }
        Ok(())
    }

    async fn second_takes_the_value_of_the_first(&self, item: &str) -> anyhow::Result<()> {
        let decide = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
            const values = [...item.querySelectorAll('[data-value-by]')];\
            values.find(value => !value.innerText.includes('Tôi'))\
              .querySelector('button[data-decide]').click();\
            return item.dataset.saved";
        let page = self.second.page();
        let saved: String = tablet::script(page, decide, vec![json!(item)]).await?;
        ensure!(saved == "recorded", "a decision says `{saved}` in the task of the tap");
        tablet::stored(page, item).await
    }

    /// Both write another quantity into the same finding, without a network.
    async fn disagree_about_a_finding(&mut self) -> anyhow::Result<()> {
        let found = self.items[2].clone();
        self.headquarters.kill();
        for (inspector, quantity) in
            [(&self.first, FIRST_QUANTITY), (&self.second, SECOND_QUANTITY)]
        {
            tablet::write(inspector.page(), &found, "quantity", quantity).await?;
            tablet::stored(inspector.page(), &found).await?;
        }
        self.sync().await?;
        for inspector in [&self.first, &self.second] {
            in_conflict(inspector.page(), &found, 2).await?;
        }
        self.second_takes_the_value_of_the_first(&found).await?;
        tablet::delivered(self.second.page()).await?;
        self.ask_for_news().await?;
        for inspector in [&self.first, &self.second] {
            in_conflict(inspector.page(), &found, 0).await?;
        }
        Ok(())
    }

    /// One row for each value that stands, and none of them in conflict.
    async fn headquarters_agrees(&self) -> anyhow::Result<()> {
        let [differs, alike, found] = &self.items;
        let rows = self.headquarters.spreadsheet(&self.inspection, "answers").await?;
        for (item, answer) in [(differs, "compliant"), (alike, "not_checked"), (found, "violation")]
        {
            let of_item: Vec<_> = rows.iter().filter(|row| row[0] == *item).collect();
            ensure!(!of_item.is_empty(), "`{item}` has no answer");
            ensure!(of_item.iter().all(|row| row[1] == answer), "{of_item:?}");
            ensure!(of_item.iter().all(|row| row[4] != "true"), "{of_item:?}");
        }
        let findings = self.headquarters.spreadsheet(&self.inspection, "findings").await?;
        let mut written: Vec<_> = findings.iter().skip(1).map(|row| (&row[3], &row[4])).collect();
        written.sort();
        let (first, second) = (FIRST_FACTS.to_owned(), SECOND_FACTS.to_owned());
        ensure!(written.len() == 2, "{findings:?}");
        ensure!(*written[0].0 == second && *written[1].0 == first, "{written:?}");
        let quantities: Vec<_> =
            written.iter().map(|row| row.1.as_str()).filter(|text| !text.is_empty()).collect();
        ensure!(quantities == [FIRST_QUANTITY], "{written:?}");
        Ok(())
    }

    async fn leave(self) -> anyhow::Result<()> {
        self.first.close().await?;
        self.second.close().await
    }
}

const AUTHORS: &str = "return [...document.querySelectorAll(\
    `[data-item='${arguments[0]}'] [data-value-by]`)].map(value => value.dataset.valueBy)";

/// Waits until an item shows this many values against each other; none is no conflict.
async fn in_conflict(page: &WebDriver, item: &str, values: usize) -> anyhow::Result<()> {
    let condition = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
        return !!item && (item.dataset.conflict === 'true') === (arguments[1] > 0)\
          && item.querySelectorAll('[data-value-by]').length === arguments[1]";
    tablet::until(page, condition, vec![json!(item), json!(values)]).await
}
