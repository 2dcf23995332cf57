//! The command line: the only place with arguments, standard output, the clock and the environment.
//!
//! Results go to standard output, progress and diagnostics to standard error.

mod args;
mod athlete;
mod cache;
mod compare;
mod correct;
mod demo;
mod exit;
mod export;
mod files_from;
mod help;
mod inspect;
mod marks;
#[cfg(feature = "mcp")]
mod mcp;
mod messages;
mod range;
mod read;
mod report;
mod review;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod shell;
mod show;
mod terminal;
mod watch;
mod welcome;
mod words;
mod write_thresholds;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

use crate::clean::clean_lines;
use crate::clean::clean_screen;
use crate::pipeline::files;

use args::Arguments;
use args::Color;
use args::Command;
use args::Common;
use exit::Exit;

/// Runs the program with the arguments of the process and returns its exit code.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return answered(&error),
    };
    let done = set_up(&arguments.common).and_then(|()| dispatch(arguments));
    match done {
        Ok(exit) => exit.into(),
        Err(error) => failed(&error).into(),
    }
}

/// Prints what the parser of arguments answers: that they are wrong, or the help or version that was asked for.
fn answered(error: &clap::Error) -> ExitCode {
    let printed = match welcome::instead_of(error) {
        Some(text) => anstream::stderr().write_all(text.as_bytes()),
        None => error.print().and_then(|()| std::io::stdout().flush()),
    };
    match printed {
        // There is nowhere left to say that standard error cannot be written.
        _ if error.use_stderr() => Exit::Nothing.into(),
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => failed(&fault.into()).into(),
    }
}

/// Tells why a command could not be carried out, and returns how it ended; a reader who has gone is no fault.
fn failed(error: &anyhow::Error) -> Exit {
    if exit::is_closed_pipe(error) {
        return Exit::Complete;
    }
    let next = match exit::is_full(error) {
        true => "; make room or write elsewhere, and run it again",
        false => "",
    };
    diagnose("error", &format!("{error:#}{next}"));
    Exit::Nothing
}

fn dispatch(mut arguments: Arguments) -> anyhow::Result<Exit> {
    files_from::add(&mut arguments.command)?;
    let common = &arguments.common;
    match &arguments.command {
        Command::Report(command) => report::run(common, command),
        Command::Demo(command) => demo::run(common, command),
        Command::Watch(command) => watch::run(common, command),
        #[cfg(feature = "serve")]
        Command::Serve(command) => serve::run(common, command),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => anyhow::bail!(
            "this build of hardeasy serves no pages; use `hardeasy watch`, or build it with --features full"
        ),
        Command::Show(command) => show::run(common, command),
        Command::Review(command) => review::run(common, command),
        Command::Compare(command) => compare::run(common, command),
        Command::Export(command) => export::run(common, command),
        Command::Schema(command) => schema::run(command),
        Command::Inspect(command) => inspect::run(common, command),
        Command::Athlete(command) => athlete::run(common, command),
        Command::Correct(command) => correct::run(common, command),
        #[cfg(feature = "mcp")]
        Command::Mcp(command) => mcp::run(common, command),
        #[cfg(not(feature = "mcp"))]
        Command::Mcp(_) => anyhow::bail!(
            "this build of hardeasy answers no other programs; use `hardeasy export`, or build it with --features full"
        ),
        Command::Cache(command) => cache::run(common, command),
        Command::Completions(command) => shell::completions(command),
        Command::Man(command) => shell::man(command),
        Command::Help(command) => help::run(command),
    }
}

/// Sets what holds for the whole process: the colours of both standard streams, and threads.
fn set_up(common: &Common) -> anyhow::Result<()> {
    let choice = match common.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    if let Some(jobs) = common.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
        pool.build_global()
            .context("the threads cannot be started; give a smaller --jobs")?;
    }
    Ok(())
}

/// Writes one line to standard error, its first word in colour.
fn diagnose(word: &str, text: &str) {
    let color = match word {
        "error" | "failed" => anstyle::AnsiColor::Red,
        "partial" | "warning" => anstyle::AnsiColor::Yellow,
        _ => anstyle::AnsiColor::Cyan,
    };
    let style = color.on_default().bold();
    let text = crate::clean::clean_text(text);
    // There is nowhere left to say that standard error is closed.
    let _ = writeln!(anstream::stderr(), "{style}{word}{style:#}: {text}");
}

/// Writes text for people to standard output, in colour where `--color` and the terminal allow it: of what steers
/// a terminal nothing passes but colours and line ends, wherever it comes from.
fn print_in_colour(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(clean_screen(text).as_bytes())?;
    Ok(out.flush()?)
}

/// Writes text and documents to standard output: of what steers a terminal nothing passes but line ends.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(clean_lines(text).as_bytes())?;
    Ok(out.flush()?)
}
