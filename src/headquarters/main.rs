//! The program `bienban`. Everything it does is in the library beside it.

fn main() -> std::process::ExitCode {
    headquarters::commands::main()
}
