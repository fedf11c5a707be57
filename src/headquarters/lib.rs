//! Headquarters: see the README below.
#![doc = include_str!("README.md")]

pub mod commands;

pub mod access;
mod forms;
pub mod limits;
pub mod tls;
pub mod web;

pub mod api;
pub mod metrics;
pub mod office;
pub mod ops;
pub mod tablet_app;

pub mod backup;

pub mod cursor;
pub mod custody;
pub mod escrow;
pub mod follow;
pub mod intake;
pub mod ledger;
pub mod news;

pub mod audit;
pub mod demo;
pub mod headers;
pub mod headquarters;
pub mod identity;
pub mod requests;
pub mod retention;
pub mod serve;

pub mod clock;
mod disk;
pub mod keyring;
pub mod packs;
pub mod pieces;
pub mod store;
