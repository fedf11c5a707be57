//! One thing after the other: the queue through which everything that writes goes.
//!
//! A recording names the events it replaces, so it has to see every recording before it; two of
//! them are never under way at once. What only reads need not wait here.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

type Job = Pin<Box<dyn Future<Output = ()>>>;

/// A queue of jobs.
#[derive(Clone, Default)]
pub(crate) struct Jobs(Rc<RefCell<Queue>>);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Job>,
    is_working: bool,
}

impl Jobs {
    /// Does a job after all that were given before.
    pub(crate) fn give(&self, job: impl Future<Output = ()> + 'static) {
        let mut queue = self.0.borrow_mut();
        queue.waiting.push_back(Box::pin(job));
        if !queue.is_working {
            queue.is_working = true;
            spawn_local(self.clone().work());
        }
    }

    /// How many are not done.
    pub(crate) fn count(&self) -> usize {
        let queue = self.0.borrow();
        queue.waiting.len() + usize::from(queue.is_working)
    }

    /// Waits until all that were given before are done.
    pub(crate) async fn done(&self) {
        let mut tell = None;
        let told = Promise::new(&mut |resolve, _| tell = Some(resolve));
        self.give(async move {
            if let Some(tell) = tell {
                // A promise that is settled already stays what it is.
                let _ = tell.call0(&JsValue::UNDEFINED);
            }
        });
        let _ = JsFuture::from(told).await;
    }

    async fn work(self) {
        while let Some(job) = self.next() {
            job.await;
        }
    }

    fn next(&self) -> Option<Job> {
        let mut queue = self.0.borrow_mut();
        let job = queue.waiting.pop_front();
        queue.is_working = job.is_some();
        job
    }
}
