//! The suite on memory.

use super::samples::at_once;
use super::{Place, Vaulted};
use crate::contract::Fault;
use crate::memory::Memory;
use crate::seam::Clear;

impl Place for Memory {
    type Rows = Self;
    type Seam = Clear;

    fn seam(&self) -> Clear {
        Clear
    }

    async fn rows(&self) -> Self {
        self.clone()
    }

    fn fill_up_after(&self, changes: usize) {
        self.fail_after(changes, Fault::Full);
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

/// The same cases behind a vault.
mod behind_a_vault {
    use super::*;

    macro_rules! on_memory_behind_a_vault {
        ($($module:ident :: $case:ident;)*) => {
            $(
                #[test]
                fn $case() {
                    at_once(super::super::$module::$case(Vaulted(Memory::new())));
                }
            )*
        };
    }
    crate::suite::for_each_case!(on_memory_behind_a_vault);
}

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
