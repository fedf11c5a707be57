//! The store's faults in the words of the screens.

use screens::seam::StoreTrouble;
use storage::contract::Fault;

/// What the inspector is told of a fault.
pub(crate) fn of(fault: &Fault) -> StoreTrouble {
    match fault {
        Fault::Full => StoreTrouble::Full,
        Fault::Blocked => StoreTrouble::Blocked,
        Fault::Damaged(_) => StoreTrouble::Damaged,
        Fault::Other(_) => StoreTrouble::Unavailable,
    }
}
