//! The contract suite: what every place for rows has to show.
//!
//! The same cases run on memory natively and on IndexedDB in real browsers. A case gets a place
//! that was empty before; opening it again is what a reload or a second tab does. What only
//! one of the places can show stands in `properties` and `browser`.

pub(crate) mod samples;

mod appending;
mod beginning;
mod catching_up;
mod damage;
mod delivering;
mod hoping;
mod keeping;
mod pulling;
mod recovering;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
mod properties;

use core::future::Future;
use core::task::Poll;
use std::future::poll_fn;
use std::pin::pin;

use crate::contract::Fault;
use crate::seam::Seam;
use crate::store::Store;
use crate::tables::{Change, Decision, Key, Read, Row, Span, Table, Tables};
use crate::vault::Vault;

/// Somewhere a store can be opened, again and again.
pub(crate) trait Place {
    /// What keeps the rows.
    type Rows: Tables;

    /// What the rows pass.
    type Seam: Seam;

    /// One more handle on the same seam.
    fn seam(&self) -> Self::Seam;

    /// One more handle on the same place.
    async fn rows(&self) -> Self::Rows;

    /// The disk is full for the next write, after `changes` of its changes were made.
    fn fill_up_after(&self, changes: usize);

    /// One more store on the same place.
    async fn open(&self) -> Store<Self::Rows, Self::Seam> {
        Store::new(self.rows().await, self.seam())
    }

    /// Everything in a table, as it lies there.
    async fn lying_in(&self, table: Table) -> Vec<Row> {
        let read = Read::rows(table, Span::Under(Key(Vec::new())));
        let found = self.rows().await.read(&[read]).await.expect("it is there");
        found.into_iter().flatten().collect()
    }

    /// Puts a row past every rule.
    async fn overwrite(&self, table: Table, row: Row) {
        let decide = |_| Decision { changes: vec![Change::Put(table, row)], value: () };
        self.rows().await.write(&[table], &[], decide).await.expect("it can be written");
    }
}

/// The same place behind a vault.
pub(crate) struct Vaulted<P>(pub(crate) P);

impl<P: Place> Place for Vaulted<P> {
    type Rows = P::Rows;
    type Seam = Vault;

    fn seam(&self) -> Vault {
        samples::vault(1)
    }

    async fn rows(&self) -> P::Rows {
        self.0.rows().await
    }

    fn fill_up_after(&self, changes: usize) {
        self.0.fill_up_after(changes);
    }
}

/// Every case, for whoever makes tests of them.
macro_rules! for_each_case {
    ($make:ident) => {
        $make! {
            appending::what_is_appended_reads_back;
            appending::a_wrong_tip_is_behind_and_changes_nothing;
            appending::of_two_handles_exactly_one_wins;
            appending::of_two_handles_that_begin_a_journal_one_goes_on_with_the_others;
            appending::a_full_disk_in_the_middle_leaves_nothing;
            appending::everything_is_there_after_opening_again;
            appending::a_journal_that_was_left_takes_nothing_more;
            appending::a_draft_goes_with_the_event_made_of_it;
            appending::a_draft_stays_when_the_event_is_not_stored;
            appending::journals_of_one_inspection_do_not_mix;
            beginning::the_beginning_is_what_is_read_one_by_one;
            beginning::an_inspection_is_what_is_read_of_it_one_by_one;
            beginning::several_packs_come_in_the_order_in_which_they_are_asked_for;
            catching_up::only_what_is_not_known_is_read;
            catching_up::much_that_is_not_known_is_read_at_once;
            catching_up::a_page_is_checked_by_what_it_follows_alone;
            catching_up::what_was_known_of_a_page_before_is_found;
            catching_up::what_headquarters_held_before_is_found;
            damage::a_damaged_event_is_named_and_the_others_are_read;
            damage::an_event_under_the_key_of_another_is_damage;
            damage::a_run_ends_before_a_damaged_event;
            damage::a_damaged_tip_stops_its_journal_alone;
            damage::a_damaged_place_leaves_its_event_readable;
            damage::a_pack_with_other_bytes_is_damage;
            delivering::a_run_keeps_to_its_limits;
            delivering::a_run_has_at_least_one_event;
            delivering::a_long_journal_keeps_its_order;
            delivering::what_is_accepted_is_counted;
            delivering::a_word_of_another_epoch_changes_nothing;
            delivering::a_new_epoch_forgets_what_was_said_and_no_event;
            delivering::health_counts_what_exists_only_here;
            hoping::a_hope_for_an_older_tip_leaves_nothing_and_is_behind;
            hoping::a_hope_for_an_open_journal_leaves_nothing_when_it_was_left;
            hoping::a_wrong_hope_is_stored_the_slow_way_over_what_was_there;
            hoping::a_hope_that_comes_true_keeps_what_was_accepted;
            keeping::a_draft_is_overwritten_and_survives_opening_again;
            keeping::drafts_of_other_inspections_are_left_out;
            keeping::packs_are_kept_by_hash;
            keeping::the_list_of_packs_is_replaced;
            keeping::the_seat_and_its_epoch_are_kept_together;
            keeping::the_last_checkpoint_is_kept;
            keeping::a_bundle_is_carried_until_it_is_let_go;
            keeping::a_bundle_with_other_bytes_is_damage;
            keeping::another_seat_leaves_the_journals_of_the_one_before;
            keeping::the_canary_is_kept;
            keeping::an_enrolment_under_way_is_kept_until_it_is_over;
            keeping::the_last_contact_is_kept_and_its_backup_counts_in_its_epoch;
            keeping::what_is_in_a_backup_is_counted;
            keeping::the_reach_of_a_journal_is_what_is_here;
            recovering::a_new_epoch_offers_what_has_no_place_in_it;
            recovering::what_came_back_in_the_new_epoch_counts_as_accepted;
            recovering::a_run_of_another_goes_out_under_the_head_it_came_with;
            recovering::both_branches_of_another_go_out_under_their_heads;
            recovering::what_was_forgotten_and_came_back_is_carried_like_anothers;
            pulling::a_page_and_its_cursor_are_there_together;
            pulling::the_same_page_again_changes_nothing;
            pulling::a_full_disk_in_the_middle_of_a_page_leaves_nothing;
            pulling::an_own_event_that_comes_back_is_not_doubled;
            pulling::an_own_event_nobody_here_remembers_is_reported;
            pulling::a_fork_stands_beside_the_original_and_is_not_pushed;
            pulling::a_held_event_says_why;
            pulling::a_withheld_body_does_not_replace_one_that_is_here;
            pulling::an_inspection_that_is_gone_is_known_and_not_visible;
        }
    };
}
pub(crate) use for_each_case;

/// What a store answers when the disk is full.
const FULL: Fault = Fault::Full;

/// Drives two futures at once, each whenever the other waits.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut from_a, mut from_b) = (None, None);
    poll_fn(|context| {
        if from_a.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(context)
        {
            from_a = Some(value);
        }
        if from_b.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(context)
        {
            from_b = Some(value);
        }
        if from_a.is_some() && from_b.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    (from_a.expect("it is ready"), from_b.expect("it is ready"))
}
