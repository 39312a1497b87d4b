//! The program: reads the command line, and says in one place what went wrong.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    server::choose_tls();
    server::run::run(&server::cli::Cli::parse()).unwrap_or_else(|error| {
        // Nobody is left to tell if stderr is gone as well.
        let _ = writeln!(std::io::stderr(), "sabaqtas: {error:#}");
        ExitCode::FAILURE
    })
}
