//! `--each`: every path of a list is answered by itself, as soon as it comes, so that a job can keep one
//! program at work.

use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use serde::Deserialize;

use super::whole;
use crate::cli::args::Common;
use crate::cli::args::ExportArguments;
use crate::cli::args::ExportFormat;
use crate::cli::exit::Exit;
use crate::cli::files_from;
use crate::cli::read;
use crate::pipeline;
use crate::pipeline::FileLine;
use crate::pipeline::Input;
use crate::pipeline::NamedFile;
use crate::pipeline::Options;
use crate::pipeline::Outcome;
use crate::pipeline::Status;

/// A line of the list has no more.
///
/// # Units
/// Bytes: 1 MB. No system has paths above 64 KB, and each of their bytes may take six in JSON.
const MOST_LINE_BYTES: u64 = 1 << 20;

/// A line of the list that is no mere path.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    /// Where the file lies.
    file: PathBuf,
    /// The path that documents tell, in place of its name.
    path: Option<String>,
    /// Whose it is.
    athlete: Option<String>,
}

/// Answers the paths of the list: as many lines as it has, empty ones left out, in its order. What goes wrong with
/// a path is told in its answer, and the next one is read.
///
/// # Errors
/// When the list cannot be read, or nobody reads the answers.
pub(super) fn run(common: &Common, command: &ExportArguments) -> anyhow::Result<Exit> {
    if command.format != ExportFormat::Json {
        bail!("--each answers each path with a document on one line; give --format json");
    }
    let options = Options {
        // Whoever asks file by file keeps the answers, and a pack would be written anew for each.
        cache: None,
        ..read::options(common, &command.inputs)
    };
    let mut out = io::stdout().lock();
    let (mut sessions, mut is_whole) = (0, true);
    let mut list = list(command)?;
    while let Some(line) =
        next_line(&mut list).context("the list of --files-from cannot be read")?
    {
        let text = line.text.strip_suffix(b"\r").unwrap_or(&line.text);
        if text.is_empty() {
            continue;
        }
        let outcome = match line.is_whole {
            true => answer(text, &options),
            false => failed(&beginning(text), None, too_long()),
        };
        sessions += outcome.sessions.len();
        let lost = outcome.count(Status::Failed) + outcome.count(Status::Partial);
        is_whole = is_whole && lost == 0;
        out.write_all(whole(&outcome)?.as_bytes())?;
        // Whoever asks may wait for it before the next path is given.
        out.flush()?;
    }
    Ok(match (sessions, is_whole) {
        (0, _) => Exit::Nothing,
        (_, true) => Exit::Complete,
        (_, false) => Exit::SomeFailed,
    })
}

/// A line of the list.
struct Line {
    text: Vec<u8>,
    /// Whether it is all of the line.
    is_whole: bool,
}

/// Reads the next line; of one that is too long the beginning is kept, and the rest is passed over.
fn next_line(list: &mut dyn BufRead) -> io::Result<Option<Line>> {
    let mut text = Vec::new();
    let read = list
        .take(MOST_LINE_BYTES + 1)
        .read_until(b'\n', &mut text)?;
    if read == 0 {
        return Ok(None);
    }
    let is_ended = text.pop_if(|last| *last == b'\n').is_some();
    let is_whole = text.len() as u64 <= MOST_LINE_BYTES;
    if !is_whole && !is_ended {
        list.skip_until(b'\n')?;
    }
    Ok(Some(Line { text, is_whole }))
}

fn too_long() -> String {
    format!(
        "expected at most {MOST_LINE_BYTES} bytes in a line of the list, found more; give one path a line"
    )
}

/// Returns the beginning of a line, enough to find it again.
fn beginning(line: &[u8]) -> String {
    const SHOWN_BYTES: usize = 80;
    let shown = line.get(..SHOWN_BYTES).unwrap_or(line);
    format!("{}…", String::from_utf8_lossy(shown))
}

fn list(command: &ExportArguments) -> anyhow::Result<Box<dyn BufRead>> {
    let list = command.inputs.files_from.as_deref();
    match list.unwrap_or(Path::new("-")) {
        standard if read::is_standard_input(standard) => Ok(Box::new(io::stdin().lock())),
        path => {
            let file = File::open(path)
                .with_context(|| format!("{}: the list cannot be read", path.display()))?;
            Ok(Box::new(BufReader::new(file)))
        }
    }
}

/// Reads what one line asks for.
fn answer(line: &[u8], options: &Options) -> Outcome {
    let shown = || String::from_utf8_lossy(line).into_owned();
    let input = match input(line) {
        Ok(input) => input,
        Err(error) => {
            let reason = format!(
                "expected a path, or {{\"file\": …, \"path\": …, \"athlete\": …}}: {error}; a path that begins with {{ is given as ./{{"
            );
            return failed(&shown(), None, reason);
        }
    };
    let (path, athlete) = match &input {
        Input::Named(named) => (named.path.clone(), named.athlete.clone()),
        _ => (shown(), None),
    };
    pipeline::read_runs(vec![input], options, &|_, _| {})
        .unwrap_or_else(|problem| failed(&path, athlete.as_deref(), problem.to_string()))
}

/// Returns what a line of the list names.
fn input(line: &[u8]) -> serde_json::Result<Input> {
    if line.first() != Some(&b'{') {
        return Ok(Input::Path(files_from::path(line)));
    }
    let ask: Ask = serde_json::from_slice(line)?;
    let name = ask.file.file_name().unwrap_or(ask.file.as_os_str());
    let name = name.to_string_lossy().into_owned();
    Ok(Input::Named(NamedFile {
        path: ask.path.unwrap_or(name),
        athlete: ask.athlete,
        file: ask.file,
    }))
}

/// Returns the outcome of a path that was not read.
fn failed(path: &str, athlete: Option<&str>, reason: String) -> Outcome {
    let mut outcome = Outcome::default();
    outcome.account = vec![FileLine::new(path, athlete, Status::Failed, reason)];
    outcome
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_line_is_a_path_or_says_more() {
        let named = |line: &str| match input(line.as_bytes()).unwrap() {
            Input::Named(named) => (named.file, named.path, named.athlete),
            other => panic!("{other:?}"),
        };
        assert!(matches!(input(b"a b.fit"), Ok(Input::Path(path)) if path == Path::new("a b.fit")));
        assert_eq!(
            named(r#"{"file": "/t/1", "path": "ann/a\n\"b\".fit", "athlete": "ann"}"#),
            (
                "/t/1".into(),
                "ann/a\n\"b\".fit".to_owned(),
                Some("ann".to_owned())
            )
        );
        assert_eq!(
            named(r#"{"file": "/t/1"}"#),
            ("/t/1".into(), "1".to_owned(), None)
        );
        for wrong in ["{", "{}", r#"{"file": 1}"#, r#"{"file": "a", "fil": "b"}"#] {
            assert!(input(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
