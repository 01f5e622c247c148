//! The program: a stand-in until the command line is there. Opens the screens and nothing else.
#![expect(clippy::disallowed_methods, reason = "this is the edge")]

use std::process::ExitCode;

use leadby::calendar::Now;
use leadby::practice;
use leadby::terminal::{Clock, Environment, Session, run};

fn main() -> ExitCode {
    let variable = |name: &str| std::env::var(name).ok();
    let clock = variable("LEADBY_NOW")
        .and_then(|text| chrono::DateTime::parse_from_rfc3339(&text).ok())
        .map_or_else(Clock::real, |stamp| Clock::fixed(Now::new(stamp)));
    let mut arguments = std::env::args().skip_while(|word| word != "--journal");
    let journal = arguments
        .nth(1)
        .unwrap_or_else(|| "journal.jsonl".to_owned());
    let session = Session {
        journal: journal.into(),
        catalog: practice::Catalog::new(Vec::new()),
        clock,
        open: None,
        environment: Environment {
            term: variable("TERM"),
            no_color: variable("NO_COLOR").is_some(),
            colorterm: variable("COLORTERM"),
            colorfgbg: variable("COLORFGBG"),
            theme: None,
        },
    };
    match run(session) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            use std::io::Write;
            let mut errors = std::io::stderr();
            let _ = writeln!(errors, "Error: {failure}.");
            for hint in failure.hints() {
                let _ = writeln!(errors, "Hint: {hint}");
            }
            ExitCode::from(failure.kind().exit_code())
        }
    }
}
