//! The program `bienban`.
fn main() {}
