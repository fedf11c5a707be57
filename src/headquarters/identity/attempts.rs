//! How often somebody may try to sign in: after some failures each try waits longer, up to a cap.
//!
//! Counted for a name, for an address, and for a browser that has signed in before. Such a browser
//! is held up by its own failures only, so that no stranger can keep a person out. All of it is in
//! memory: a restart forgets it, and costs whoever tries no more than a few tries.

use std::collections::BTreeMap;
use std::net::IpAddr;

use domain::moment::Moment;
use proof::hash::sha256;

/// After so long without a failure, those before are forgotten, in milliseconds.
const FORGET_MS: i64 = 60 * 60 * 1000;

/// The most that is remembered; beyond it the oldest goes.
const MAX_KEPT: usize = 10_000;

/// For whom tries are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// A name, known or not, by its hash.
    Name([u8; 32]),
    /// An address, of IPv6 the network.
    Address(IpAddr),
    /// A browser that has signed in as somebody before.
    Browser([u8; 16]),
}

impl Counted {
    /// Tries under a name.
    pub fn name(folded: &str) -> Self {
        Self::Name(sha256(folded.as_bytes()))
    }

    /// Tries from an address. Whoever has one IPv6 address has the whole network of 64 bits.
    pub fn address(address: IpAddr) -> Self {
        Self::Address(match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(six) => match six.to_ipv4_mapped() {
                Some(four) => IpAddr::V4(four),
                None => IpAddr::V6((u128::from(six) & !u128::from(u64::MAX)).into()),
            },
        })
    }

    /// How many failures cost nothing, and the longest wait in milliseconds. Behind one address
    /// there may be a whole office.
    fn patience(self) -> (u32, i64) {
        match self {
            Self::Name(_) | Self::Browser(_) => (5, 60_000),
            Self::Address(_) => (20, 300_000),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Moment,
}

/// What is known of failures.
#[derive(Debug, Default)]
pub struct Attempts(BTreeMap<Counted, Failures>);

impl Attempts {
    /// How long is still to be waited before the next try, in milliseconds; 0 when it may be now.
    pub fn wait_ms(&self, whom: Counted, now: Moment) -> i64 {
        let Some(failures) = self.0.get(&whom) else { return 0 };
        let since_ms = now.since_ms(failures.last).max(0);
        if since_ms >= FORGET_MS { 0 } else { (pause_ms(whom, failures.count) - since_ms).max(0) }
    }

    /// Notes a failure. A try that was refused because it came too soon is none.
    pub fn failed(&mut self, whom: Counted, now: Moment) {
        let before = self.0.get(&whom).filter(|it| now.since_ms(it.last) < FORGET_MS);
        let count = before.map_or(0, |it| it.count).saturating_add(1);
        self.0.insert(whom, Failures { count, last: now });
        if self.0.len() > MAX_KEPT {
            self.forget_the_oldest();
        }
    }

    /// Forgets the failures of one who has signed in.
    pub fn succeeded(&mut self, whom: Counted) {
        self.0.remove(&whom);
    }

    fn forget_the_oldest(&mut self) {
        let oldest = self.0.iter().min_by_key(|(_, failures)| failures.last).map(|(whom, _)| *whom);
        if let Some(oldest) = oldest {
            self.0.remove(&oldest);
        }
    }
}

/// 1 s after the failures that cost nothing, then twice as long each time, up to the cap.
fn pause_ms(whom: Counted, failures: u32) -> i64 {
    let (free, cap_ms) = whom.patience();
    match failures.checked_sub(free) {
        None => 0,
        Some(beyond) => 1000_i64.checked_shl(beyond.min(20)).unwrap_or(cap_ms).min(cap_ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failures: u32, whom: Counted) -> i64 {
        let mut attempts = Attempts::default();
        (0..failures).for_each(|_| attempts.failed(whom, Moment(0)));
        attempts.wait_ms(whom, Moment(0))
    }

    #[test]
    fn some_failures_cost_nothing_then_each_costs_twice_as_much_up_to_a_cap() {
        let name = Counted::name("can bo");
        let waits = [0, 4, 5, 6, 7, 11, 12, 4000].map(|failures| after(failures, name));
        assert_eq!(waits, [0, 0, 1000, 2000, 4000, 60_000, 60_000, 60_000]);
        let address = Counted::address([127, 0, 0, 1].into());
        assert_eq!([19, 20, 40].map(|failures| after(failures, address)), [0, 1000, 300_000]);
    }

    #[test]
    fn waiting_success_and_an_hour_end_it() {
        let name = Counted::name("can bo");
        let mut attempts = Attempts::default();
        (0..8).for_each(|_| attempts.failed(name, Moment(0)));
        assert_eq!(attempts.wait_ms(name, Moment(7999)), 1);
        assert_eq!(attempts.wait_ms(name, Moment(8000)), 0);
        assert_eq!(attempts.wait_ms(Counted::name("other"), Moment(0)), 0);
        attempts.failed(name, Moment(FORGET_MS));
        assert_eq!(attempts.wait_ms(name, Moment(FORGET_MS)), 0, "those before are forgotten");
        (0..8).for_each(|_| attempts.failed(name, Moment(FORGET_MS)));
        attempts.succeeded(name);
        assert_eq!(attempts.wait_ms(name, Moment(FORGET_MS)), 0);
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out_for_longer_than_the_cap() {
        let name = Counted::name("can bo");
        let mut attempts = Attempts::default();
        (0..30).for_each(|_| attempts.failed(name, Moment(1_000_000_000)));
        assert_eq!(attempts.wait_ms(name, Moment(0)), 60_000);
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let mut attempts = Attempts::default();
        for at in 0..=MAX_KEPT {
            let at = i64::try_from(at).unwrap();
            attempts.failed(Counted::name(&at.to_string()), Moment(at));
        }
        assert_eq!(attempts.0.len(), MAX_KEPT);
        assert!(!attempts.0.contains_key(&Counted::name("0")), "the oldest went");
    }

    #[test]
    fn a_network_of_addresses_is_one_and_a_mapped_address_is_the_plain_one() {
        let of = |text: &str| Counted::address(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
