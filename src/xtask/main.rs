//! The commands a developer types.
fn main() {}
