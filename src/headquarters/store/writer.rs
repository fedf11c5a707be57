//! The one writer: takes what waits, runs it inside one transaction, commits once, answers all.
//!
//! A commit to disk costs the same for one push as for sixty. Each piece of work stands under a
//! savepoint of its own, so one that is refused takes nothing of the others with it. Nothing is
//! answered before the commit.

use std::future::Future;
use std::pin::Pin;
use std::time::Instant;

use prometheus_client::metrics::histogram::Histogram;
use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use super::fault::StoreFault;
use crate::metrics;

/// The most pieces of work in one transaction.
const MAX_GROUP: usize = 64;

/// How much may wait before senders have to.
const MAX_WAITING: usize = 1024;

/// A connection inside the writer's transaction.
pub type Tx = SqliteConnection;

/// The future that a piece of work gives.
pub type Working<'c, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'c>>;

/// Where work for the writer is handed in.
#[derive(Clone)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Box<dyn Job>>,
    commits: Histogram,
}

impl Writer {
    pub(super) fn start(db: SqliteConnection) -> Self {
        let (jobs, waiting) = mpsc::channel(MAX_WAITING);
        let commits = metrics::seconds();
        tokio::spawn(write(db, waiting, commits.clone()));
        Self { jobs, commits }
    }

    pub(super) fn waiting(&self) -> usize {
        self.jobs.max_capacity() - self.jobs.capacity()
    }

    pub(super) fn commits(&self) -> &Histogram {
        &self.commits
    }

    /// Runs the work and gives its outcome after the commit.
    pub(super) async fn run<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreFault> + Send + 'static,
        W: for<'c> FnOnce(&'c mut Tx) -> Working<'c, T, E> + Send + 'static,
    {
        let (reply, outcome) = oneshot::channel();
        let job = Request { work: Some(work), outcome: None, reply };
        self.jobs.send(Box::new(job)).await.map_err(|_| StoreFault::WriterGone)?;
        outcome.await.map_err(|_| StoreFault::WriterGone)?
    }
}

trait Job: Send {
    /// Runs and says whether it is to be kept.
    fn run<'c>(&'c mut self, tx: &'c mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>>;

    /// Answers, after the commit or after its failure.
    fn answer(self: Box<Self>, committed: Result<(), StoreFault>);
}

struct Request<W, T, E> {
    work: Option<W>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<W, T, E> Job for Request<W, T, E>
where
    T: Send,
    E: From<StoreFault> + Send,
    W: for<'c> FnOnce(&'c mut Tx) -> Working<'c, T, E> + Send,
{
    fn run<'c>(&'c mut self, tx: &'c mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 'c>> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            let outcome = work(tx).await;
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreFault>) {
        let nothing_ran = || Err(StoreFault::WriterGone.into());
        let outcome = match committed {
            Ok(()) => self.outcome.unwrap_or_else(nothing_ran),
            Err(fault) => Err(fault.into()),
        };
        // Whoever asked may have gone away; what is stored stays stored.
        let _ = self.reply.send(outcome);
    }
}

async fn write(
    mut db: SqliteConnection,
    mut waiting: mpsc::Receiver<Box<dyn Job>>,
    commits: Histogram,
) {
    while let Some(first) = waiting.recv().await {
        let mut group = vec![first];
        while group.len() < MAX_GROUP {
            let Ok(next) = waiting.try_recv() else { break };
            group.push(next);
        }
        let began = Instant::now();
        let committed = run_group(&mut db, &mut group).await.map_err(StoreFault::from);
        commits.observe(began.elapsed().as_secs_f64());
        if let Err(fault) = &committed {
            tracing::error!(%fault, "nothing of {} requests was stored", group.len());
            // Fails when the engine has rolled back by itself, which is as good.
            let _ = sqlx::query("rollback").execute(&mut db).await;
        }
        for job in group {
            job.answer(committed.clone());
        }
    }
}

/// Each statement is handed to the database's thread and waited for, which costs more than most of
/// them do; so what ends one piece of work and begins the next goes there together.
async fn run_group(db: &mut Tx, group: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    let mut before = "begin immediate; savepoint job";
    for job in group {
        sqlx::raw_sql(before).execute(&mut *db).await?;
        before = if job.run(&mut *db).await {
            "release savepoint job; savepoint job"
        } else {
            "rollback to savepoint job; release savepoint job; savepoint job"
        };
    }
    let last = before.strip_suffix("savepoint job").unwrap_or(before);
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("{last}commit"))).execute(&mut *db).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::ids::PersonId;
    use domain::moment::Moment;

    use super::*;
    use crate::store::Store;
    use crate::store::people::{self, Person};

    /// Adds a person and then fails, when told to.
    async fn add(store: &Store, name: &'static str, fails: bool) -> Result<(), StoreFault> {
        let id = PersonId(crate::clock::random());
        let work = store.write(move |tx| {
            Box::pin(async move {
                people::add_person(tx, &Person { id, name: name.to_owned() }, Moment(0)).await?;
                if fails { Err(StoreFault::Damaged("sample")) } else { Ok(()) }
            })
        });
        work.await
    }

    #[tokio::test]
    async fn work_that_fails_leaves_nothing_and_takes_no_neighbour_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let (a, b, c) =
            tokio::join!(add(&store, "A", false), add(&store, "B", true), add(&store, "C", false));
        assert!(a.is_ok() && c.is_ok());
        assert!(matches!(b, Err(StoreFault::Damaged("sample"))), "{b:?}");
        let names = people::persons(store.readers()).await.unwrap();
        assert_eq!(names.into_iter().map(|person| person.name).collect::<Vec<_>>(), ["A", "C"]);
    }
}
