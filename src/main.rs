//! The program: everything it does is in the library, behind [`leadby::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    leadby::cli::run()
}
