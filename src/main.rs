//! Process in, exit code out; the one place that prints an error.

use elsakube::cli;
use elsakube::commands::{self, Exit};
use elsakube::diagnostics::{Diagnostic, Diagnostics, Severity, text};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    let (cli, sets) = match cli::parse(std::env::args_os()) {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help and version go to stdout, and a reader that has gone away is no mistake there either.
            let code = error.exit_code();
            let _ = error.print();
            return Ok(ExitCode::from(u8::try_from(code).unwrap_or(2)));
        }
    };
    let color = cli.color.on(io::stderr().is_terminal());
    let mut stdout = io::stdout().lock();
    let mut stderr = io::stderr().lock();
    match commands::run(&cli, sets, &mut stdout) {
        Ok(outcome) => {
            let errors = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
            let found = outcome.diagnostics.into_iter().filter(|found| !cli.quiet || errors(found));
            print(&mut stderr, &found.collect::<Vec<_>>(), color);
            if !cli.quiet {
                for hint in &outcome.hints {
                    let _ = writeln!(stderr, "{hint}");
                }
            }
            Ok(if outcome.exit == Exit::Yes { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
        Err(Diagnostics(diagnostics)) => {
            let (mut shown, mut errors) = (Vec::new(), 0);
            for diagnostic in diagnostics {
                let error = diagnostic.severity == Severity::Error;
                errors += usize::from(error);
                if error || !cli.quiet {
                    shown.push(diagnostic);
                }
            }
            print(&mut stderr, &shown, color);
            if errors > 1 {
                let _ = writeln!(stderr, "{errors} errors, nothing was written");
            }
            Ok(ExitCode::from(2))
        }
    }
}

fn print(stderr: &mut impl Write, diagnostics: &[Diagnostic], color: bool) {
    for diagnostic in diagnostics {
        let _ = writeln!(stderr, "{}", text::render(diagnostic, color));
    }
}
