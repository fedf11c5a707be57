//! The suite on memory.

use core::future::Future;
use core::task::{Context, Poll, Waker};
use std::pin::pin;

use super::Place;
use crate::contract::Fault;
use crate::memory::Memory;

impl Place for Memory {
    type Rows = Self;

    async fn rows(&self) -> Self {
        self.clone()
    }

    fn fill_up_after(&self, changes: usize) {
        self.fail_after(changes, Fault::Full);
    }
}

/// The outcome of a future that never waits.
pub(super) fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("memory never waits"),
    }
}

macro_rules! on_memory {
    ($($module:ident :: $case:ident;)*) => {
        $(
            #[test]
            fn $case() {
                at_once(super::$module::$case(Memory::new()));
            }
        )*
    };
}
super::for_each_case!(on_memory);

#[test]
fn a_store_that_another_tab_took_over_is_blocked() {
    use super::samples::{batch, journal};
    use crate::contract::Appended;

    let memory = Memory::new();
    let store = at_once(memory.open());
    memory.fail_after(0, Fault::Blocked);
    let appended = at_once(store.append(&batch(journal(1, 1), None, &["a"])));
    assert_eq!(appended, Appended::Failed(Fault::Blocked));
}
