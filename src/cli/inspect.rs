//! `inspect`: what a file holds, and what was repaired.

use std::io::BufReader;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use anyhow::Context;
use anyhow::bail;

use super::args::Common;
use super::args::InspectArguments;
use super::args::Names;
use super::diagnose;
use super::exit::Exit;
use super::print;
use super::read;
use crate::clean::clean_text;
use crate::ingest;
use crate::ingest::Content;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::archive;
use crate::ingest::archive::Member;
use crate::ingest::platforms;
use crate::pipeline::MASK;
use crate::pipeline::without_addresses;
use crate::report::text;

/// Fields of FIT messages that name a device or a person rather than tell of the activity.
const IDENTITIES: [&str; 4] = [
    "serial_number",
    "ant_device_number",
    "friendly_name",
    "global_id",
];

/// What is asked for.
#[derive(Clone, Copy)]
struct Asked<'a> {
    command: &'a InspectArguments,
    full_names: bool,
}

/// What became of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// All of it was read.
    Whole,
    /// Something that it once held is missing.
    Partial,
    /// It is sound but no activity.
    Skipped,
    /// Nothing could be read.
    Failed,
}

/// Shows what a file, or each member of an archive, holds.
pub(super) fn run(common: &Common, command: &InspectArguments) -> anyhow::Result<Exit> {
    let asked = Asked {
        command,
        full_names: common.names == Names::Full,
    };
    let mut shown = Shown {
        asked,
        first: None,
        told: Vec::new(),
        fault: None,
    };
    unpack(&command.file, &mut |member| shown.next(member))?;
    let told = shown.end()?;
    let is_any_read = told
        .iter()
        .any(|told| matches!(told, Told::Whole | Told::Partial));
    let is_all_read = told
        .iter()
        .all(|told| matches!(told, Told::Whole | Told::Skipped));
    Ok(match (is_any_read, is_all_read) {
        (true, true) => Exit::Complete,
        (true, false) => Exit::SomeFailed,
        (false, _) => Exit::Nothing,
    })
}

/// What was shown so far of a file, member by member, so that an archive of any size may be looked into.
struct Shown<'a> {
    asked: Asked<'a>,
    /// The first member, until it is known whether there is another.
    first: Option<Member>,
    told: Vec<Told>,
    /// What ended the showing.
    fault: Option<anyhow::Error>,
}

impl Shown<'_> {
    fn next(&mut self, member: Member) {
        if self.told.is_empty() && self.first.is_none() {
            self.first = Some(member);
            return;
        }
        for member in self.first.take().into_iter().chain([member]) {
            self.show(&member, true);
        }
    }

    fn end(mut self) -> anyhow::Result<Vec<Told>> {
        if let Some(only) = self.first.take() {
            self.show(&only, false);
        }
        self.fault.map_or(Ok(self.told), Err)
    }

    fn show(&mut self, member: &Member, is_one_of_several: bool) {
        if self.fault.is_some() {
            return;
        }
        match shown(member, is_one_of_several, self.asked) {
            Ok(told) => self.told.push(told),
            Err(fault) => self.fault = Some(fault),
        }
    }
}

fn shown(member: &Member, is_one_of_several: bool, asked: Asked<'_>) -> anyhow::Result<Told> {
    let path = member.path.as_deref().map(clean_text);
    let path = path.map(|path| asked.shown(path));
    let name = asked.shown(asked.command.file.display().to_string());
    let name = path
        .as_ref()
        .map_or(name.clone(), |path| format!("{name}: {path}"));
    if let (true, Some(path)) = (is_one_of_several, &path) {
        print(&format!("== {path}\n"))?;
    }
    let told = inspect(member, &name, asked)?;
    if is_one_of_several {
        print("\n")?;
    }
    Ok(told)
}

/// Hands out what a file, or standard input, holds.
fn unpack(path: &Path, take: &mut dyn FnMut(Member)) -> anyhow::Result<()> {
    if read::is_standard_input(path) {
        archive::unpack(read::standard_input()?, take);
        return Ok(());
    }
    // Reading a pipe that nobody writes to would wait for ever.
    if path.exists() && !path.is_file() {
        bail!(
            "{}: expected a file, found a folder or a pipe; use - for standard input",
            path.display()
        );
    }
    let cannot = || {
        format!(
            "{}: cannot be read; check the path and its permissions",
            path.display()
        )
    };
    let file = std::fs::File::open(path).with_context(cannot)?;
    archive::unpack_file(BufReader::new(file), &|_| true, take)
        .with_context(|| format!("{}: cannot be read", path.display()))
}

/// Shows one file.
fn inspect(member: &Member, name: &str, asked: Asked<'_>) -> anyhow::Result<Told> {
    let bytes = match &member.bytes {
        Ok(bytes) => bytes,
        Err(error) => return Ok(not_read(name, error)),
    };
    let found = match ingest::detect(bytes) {
        Content::Export(format) => return export(bytes, format, member, name, asked),
        Content::Empty => return Ok(not_read(name, &Error::file(ErrorKind::Empty))),
        Content::Sessions => "session documents of hardeasy; `hardeasy show` shows them",
        Content::System(what) => {
            diagnose(
                "skipped",
                &format!("{name}: {what}, not a recorded activity"),
            );
            return Ok(Told::Skipped);
        }
        Content::Other(_) if platforms::read(bytes).is_some() => {
            let text = "a list of a platform's export, which tells of recordings; read with the folder or archive";
            diagnose("skipped", &format!("{name}: {text}"));
            return Ok(Told::Skipped);
        }
        Content::Other(what) => &format!("{what}; export the activity again"),
        Content::Gzip | Content::Zip => "an archive in archives; unpack it first",
    };
    diagnose(
        "failed",
        &format!("{name}: file: expected a FIT, GPX or TCX export, found {found}"),
    );
    Ok(Told::Failed)
}

/// Shows one export that is not packed.
fn export(
    bytes: &[u8],
    format: Format,
    member: &Member,
    name: &str,
    asked: Asked<'_>,
) -> anyhow::Result<Told> {
    if asked.command.messages {
        return messages(bytes, format, asked).map(|()| Told::Whole);
    }
    let account = ingest::account(bytes, format);
    print(&asked.shown(text::account_text(&account, &member.warnings)))?;
    match ingest::read(bytes, format, ingest::Strictness::Lenient) {
        Ok(activities) => {
            for activity in &activities {
                print(&asked.shown(text::activity_text(activity)))?;
            }
            let mut warnings = member.warnings.iter().chain(&account.warnings);
            let is_lost = warnings.any(ingest::Warning::loses_data);
            Ok(if is_lost { Told::Partial } else { Told::Whole })
        }
        Err(error) => Ok(not_read(name, &error)),
    }
}

fn not_read(name: &str, error: &Error) -> Told {
    let (word, told) = if error.is_skip() {
        ("skipped", Told::Skipped)
    } else {
        ("failed", Told::Failed)
    };
    diagnose(word, &format!("{name}: {error}"));
    told
}

/// Names every FIT message with its fields by fitparser.
///
/// fitparser may panic or write to standard error on damaged files, so it runs in a process of its
/// own whose standard error is not shown.
fn messages(bytes: &[u8], format: Format, asked: Asked<'_>) -> anyhow::Result<()> {
    if format != Format::Fit {
        bail!("--messages is for FIT files");
    }
    if asked.command.in_process {
        return fit_messages(bytes, asked);
    }
    let mut unpacked = tempfile::NamedTempFile::new().context("no temporary file can be made")?;
    std::io::Write::write_all(&mut unpacked, bytes)?;
    let program = std::env::current_exe().context("the program cannot find itself")?;
    let names = if asked.full_names { "full" } else { "masked" };
    let status = Command::new(program)
        .args(["inspect", "--messages", "--in-process", "--names", names])
        .arg(unpacked.path())
        .stderr(Stdio::null())
        .status()
        .context("the independent decoder cannot be started")?;
    if !status.success() {
        bail!(
            "the independent decoder (fitparser) cannot read this file; run inspect without --messages for what hardeasy can read of it"
        );
    }
    Ok(())
}

fn fit_messages(bytes: &[u8], asked: Asked<'_>) -> anyhow::Result<()> {
    for message in fitparser::from_bytes(bytes)? {
        let fields: Vec<String> = message
            .fields()
            .iter()
            .map(|field| {
                let is_hidden = !asked.full_names && IDENTITIES.contains(&field.name());
                let value = match is_hidden {
                    true => MASK.to_owned(),
                    false => field.value().to_string(),
                };
                let text = format!("{}={value} {}", field.name(), field.units());
                clean_text(asked.shown(text).trim_end())
            })
            .collect();
        print(&format!("{}: {}\n", message.kind(), fields.join(", ")))?;
    }
    Ok(())
}

impl Asked<'_> {
    /// Returns a text as it may be shown.
    fn shown(self, text: String) -> String {
        match self.full_names {
            true => text,
            false => without_addresses(&text),
        }
    }
}
