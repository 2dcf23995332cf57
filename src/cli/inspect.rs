//! `inspect`: what a file holds, and what was repaired.

use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use anyhow::Context;
use anyhow::bail;

use super::args::InspectArguments;
use super::diagnose;
use super::exit::Exit;
use super::print;
use crate::ingest;
use crate::ingest::Content;
use crate::ingest::Format;
use crate::ingest::archive;
use crate::ingest::archive::Member;
use crate::report::clean_text;

/// Shows what a file, or each member of an archive, holds.
pub(super) fn run(command: &InspectArguments) -> anyhow::Result<Exit> {
    let bytes = content(&command.file)?;
    let mut members = Vec::new();
    archive::unpack(bytes, &mut |member| members.push(member));
    let several = members.len() > 1;
    let mut exit = Exit::Complete;
    for member in members {
        if several {
            print(&format!(
                "== {}\n",
                clean_text(member.path.as_deref().unwrap_or_default())
            ))?;
        }
        if !inspect(&member, command)? {
            exit = if several {
                Exit::SomeFailed
            } else {
                Exit::Nothing
            };
        }
    }
    Ok(exit)
}

fn content(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("standard input cannot be read")?;
        return Ok(bytes);
    }
    std::fs::read(path).with_context(|| {
        format!(
            "{}: cannot be read; check the path and its permissions",
            path.display()
        )
    })
}

/// Shows one file; returns whether an activity could be read.
fn inspect(member: &Member, command: &InspectArguments) -> anyhow::Result<bool> {
    let name = command.file.display().to_string();
    let bytes = match &member.bytes {
        Ok(bytes) => bytes,
        Err(error) => return failed(&name, &error.to_string()),
    };
    let format = match ingest::detect(bytes) {
        Content::Export(format) => format,
        Content::Empty => {
            return failed(
                &name,
                &ingest::Error::file(ingest::ErrorKind::Empty).to_string(),
            );
        }
        Content::Other(what) | Content::System(what) => {
            return failed(
                &name,
                &format!(
                    "file: expected a FIT, GPX or TCX export, found {what}; export the activity again"
                ),
            );
        }
        Content::Sessions => {
            return failed(
                &name,
                "stored session documents; show them with `hardeasy show`",
            );
        }
        Content::Gzip | Content::Zip => {
            return failed(&name, "packed more than three times; unpack it first");
        }
    };
    if command.messages {
        return messages(bytes, format, command).map(|()| true);
    }
    print(&account_text(&ingest::account(bytes, format), member))?;
    match ingest::read(bytes, format, ingest::Strictness::Lenient) {
        Ok(activities) => {
            for activity in &activities {
                print(&activity_text(activity))?;
            }
            Ok(true)
        }
        Err(error) => failed(&name, &error.to_string()),
    }
}

fn failed(name: &str, reason: &str) -> anyhow::Result<bool> {
    diagnose("failed", &format!("{name}: {reason}"));
    Ok(false)
}

fn account_text(account: &ingest::Account, member: &Member) -> String {
    let mut text = String::new();
    for (name, value) in &account.facts {
        text += &format!("{name:<22} {}\n", clean_text(value));
    }
    text += &format!("\n{:<34} {:>9}  note\n", "what", "count");
    for row in &account.rows {
        text += format!(
            "{:<34} {:>9}  {}",
            clean_text(&row.what),
            row.count,
            clean_text(&row.note)
        )
        .trim_end();
        text.push('\n');
    }
    let warnings: Vec<_> = member.warnings.iter().chain(&account.warnings).collect();
    text += &format!(
        "\nrepaired or dropped: {}\n",
        if warnings.is_empty() { "nothing" } else { "" }
    );
    for warning in warnings {
        text += &warning_text(warning);
    }
    text
}

fn warning_text(warning: &ingest::Warning) -> String {
    let place = warning
        .place
        .as_deref()
        .map(|place| format!("{place}: "))
        .unwrap_or_default();
    format!("  {} {place}{}\n", warning.code, clean_text(&warning.text))
}

/// Returns what was made of the file: the activity as later stages see it.
fn activity_text(activity: &ingest::Activity) -> String {
    let start = activity.start.map_or_else(
        || "unknown: the clock was never set".to_owned(),
        |start| start.to_rfc3339(),
    );
    let records = &activity.records;
    let mut text = format!("\nactivity: {:?}, started {start}\n", activity.sport);
    let elapsed_s = records.time_s.last().copied().unwrap_or_default();
    text += &format!(
        "  {} records over {}, {} laps, {} pauses\n",
        records.len(),
        crate::units::Seconds(elapsed_s).show(),
        activity.laps.len(),
        activity.pauses.len()
    );
    let columns = [
        ("position", &records.latitude_deg),
        ("distance", &records.distance_m),
        ("speed", &records.speed_m_s),
        ("altitude", &records.altitude_m),
        ("heart rate", &records.heart_rate_bpm),
        ("cadence", &records.cadence_spm),
        ("power", &records.power_w),
        ("temperature", &records.temperature_c),
    ];
    for (name, column) in columns {
        text += &format!(
            "  {name:<12} in {} of {} records\n",
            column.count(),
            records.len()
        );
    }
    text
}

/// Names every FIT message with its fields by fitparser.
///
/// fitparser may panic or write to standard error on damaged files, so it runs in a process of its
/// own whose standard error is not shown.
fn messages(bytes: &[u8], format: Format, command: &InspectArguments) -> anyhow::Result<()> {
    if format != Format::Fit {
        bail!("--messages is for FIT files");
    }
    if command.in_process {
        return fit_messages(bytes);
    }
    let mut unpacked = tempfile::NamedTempFile::new().context("no temporary file can be made")?;
    std::io::Write::write_all(&mut unpacked, bytes)?;
    let program = std::env::current_exe().context("the program cannot find itself")?;
    let status = Command::new(program)
        .args(["inspect", "--messages", "--in-process"])
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

fn fit_messages(bytes: &[u8]) -> anyhow::Result<()> {
    for message in fitparser::from_bytes(bytes)? {
        let fields: Vec<String> = message
            .fields()
            .iter()
            .map(|field| {
                clean_text(
                    format!("{}={} {}", field.name(), field.value(), field.units()).trim_end(),
                )
            })
            .collect();
        print(&format!("{}: {}\n", message.kind(), fields.join(", ")))?;
    }
    Ok(())
}
