//! `--files-from`: paths from a list, as `find` and `git` write them.

use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;

use super::args::Command;
use super::args::Inputs;
use super::files;
use super::read::is_standard_input;
use super::read::standard_input;
use crate::ingest::archive::MAX_FILE_BYTES;

/// What editors on Windows begin a text with.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Adds the paths of its list to the paths of a command.
///
/// # Errors
/// When the list cannot be read, and when there is nothing in it and no path beside it.
pub(super) fn add(command: &mut Command) -> anyhow::Result<()> {
    let inputs = match command {
        Command::Report(report) => &mut report.inputs,
        Command::Watch(watch) => &mut watch.report.inputs,
        Command::Serve(serve) => &mut serve.inputs,
        Command::Show(show) => &mut show.inputs,
        Command::Review(review) => &mut review.inputs,
        // Each path is answered as it comes.
        Command::Export(export) if export.each => return Ok(()),
        Command::Export(export) => &mut export.inputs,
        Command::Athlete(athlete) => &mut athlete.inputs,
        #[cfg(feature = "mcp")]
        Command::Mcp(mcp) => {
            super::mcp::refuse_standard_input(&mcp.inputs)?;
            &mut mcp.inputs
        }
        _ => return Ok(()),
    };
    add_to(inputs)
}

fn add_to(inputs: &mut Inputs) -> anyhow::Result<()> {
    let Some(list) = inputs.files_from.as_deref() else {
        return Ok(());
    };
    if is_standard_input(list) && inputs.paths.iter().any(|path| is_standard_input(path)) {
        bail!("standard input is either the list of --files-from or one file; leave out one `-`");
    }
    let shown = list.display();
    let bytes = match is_standard_input(list) {
        true => standard_input()?,
        false => files::read(list, MAX_FILE_BYTES as u64).with_context(|| {
            format!("{shown}: expected a list of paths for --files-from; check the path")
        })?,
    };
    inputs.paths.extend(paths(&bytes));
    if inputs.paths.is_empty() {
        bail!("the list of --files-from ({shown}) holds no path; expected one a line");
    }
    Ok(())
}

/// Returns the paths of a list: each ended by a NUL where there is one, else a line each.
fn paths(list: &[u8]) -> Vec<PathBuf> {
    let list = list.strip_prefix(BYTE_ORDER_MARK).unwrap_or(list);
    let ends_with_nul = list.contains(&0);
    let parts = list.split(|byte| *byte == if ends_with_nul { 0 } else { b'\n' });
    let parts = parts.map(|part| match part {
        [line @ .., b'\r'] if !ends_with_nul => line,
        part => part,
    });
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(path).collect()
}

/// Returns a path of the list; a single `-` in it is a file of that name.
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    match bytes {
        b"-" => Path::new(".").join("-"),
        bytes => PathBuf::from(of_system(bytes)),
    }
}

#[cfg(unix)]
fn of_system(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn of_system(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_path_a_line_or_ends_each_with_nul() {
        let shown = |list: &[u8]| {
            let paths = paths(list).into_iter();
            paths
                .map(|path| path.display().to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            shown(b"\xEF\xBB\xBFa b.fit\r\n\nc.gpx"),
            ["a b.fit", "c.gpx"]
        );
        assert_eq!(
            shown(b"two\nlines.fit\0b.fit\r\0"),
            ["two\nlines.fit", "b.fit\r"]
        );
        assert_eq!(shown(b"-\n"), ["./-"]);
        assert!(shown(b"\n\r\n").is_empty());
    }
}
