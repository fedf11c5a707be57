//! The laws notice what they are there for: each fault that is planted is found.

use simulation::plant::Plant;
use simulation::run;

/// Within how many seeds each planted fault must be found.
const SEEDS: u64 = 2_000;

fn is_found(plant: Plant) {
    let found = run::seeds(0, SEEDS, Some(plant));
    let Some(failure) = found else { panic!("{plant:?} was not found within {SEEDS} seeds") };
    println!("{plant:?} was found with seed {}: {}", failure.seed, failure.law);
}

macro_rules! plants {
    ($($name:ident: $plant:ident;)*) => {
        $(
            #[test]
            fn $name() {
                is_found(Plant::$plant);
            }
        )*

        #[test]
        fn each_fault_that_can_be_planted_is() {
            assert_eq!([$(Plant::$plant),*], Plant::ALL);
        }
    };
}

plants! {
    a_lost_acknowledgement_is_found: LostAcknowledgement;
    a_reordered_page_is_found: ReorderedPage;
    an_event_applied_twice_is_found: DoubleApply;
    an_over_that_is_ignored_is_found: OverIgnored;
    a_snapshot_that_forgets_a_pending_over_is_found: SnapshotForgetsPendingOver;
    a_gap_in_the_positions_is_found: PositionGap;
    a_held_event_that_is_folded_is_found: HeldFolded;
    a_deletion_without_a_receipt_is_found: DeletionWithoutReceipt;
    a_fork_that_is_merged_silently_is_found: ForkMergedSilently;
    an_epoch_that_is_ignored_is_found: EpochIgnored;
}
