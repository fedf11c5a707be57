//! One file per command.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod doctor;
pub(crate) mod icons;
pub(crate) mod run;
pub(crate) mod test;
pub(crate) mod trunk_styles;
