//! Headquarters through its real router on a real database file.
//!
//! Tests read like stories: a `house` is started, tablets enrol, tap, push and pull. What the
//! store does inside is not looked at, except to see that nothing of it changed.

#[cfg(test)]
mod house;
#[cfg(test)]
mod newcomer;
#[cfg(test)]
mod tablet;

#[cfg(test)]
mod access;
#[cfg(test)]
mod app;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod bundle;
#[cfg(test)]
mod clerk;
#[cfg(test)]
mod custody;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod document;
#[cfg(test)]
mod enrolment;
#[cfg(test)]
mod held;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod office;
#[cfg(test)]
mod oversight;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod passphrases;
#[cfg(test)]
mod people;
#[cfg(test)]
mod pieces;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod remedies;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod restore;
#[cfg(test)]
mod revocation;
#[cfg(test)]
mod sheets;
#[cfg(test)]
mod start;
#[cfg(test)]
mod story;
#[cfg(test)]
mod team;
#[cfg(test)]
mod timeline;
#[cfg(test)]
mod tls;
