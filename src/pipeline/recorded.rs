//! *one file → its activities as they were recorded, nothing judged*

use std::path::Path;

use super::FileLine;
use super::Status;
use super::decode;
use super::decode::Packed;
use crate::ingest;
use crate::ingest::Activity;
use crate::ingest::Content;
use crate::ingest::Error;
use crate::ingest::ErrorKind;
use crate::ingest::Place;
use crate::ingest::Strictness;
use crate::ingest::archive::Member;

/// Reads the activities of one file, packed or not, as they were recorded, with an account of the file or of
/// each member of the archive.
#[must_use]
pub fn read_recorded(path: &Path) -> (Vec<Activity>, Vec<FileLine>) {
    let shown = path.display().to_string();
    let read = decode::members(Packed::File(path, &[]), &member);
    let read = read.unwrap_or_else(|reason| {
        let nothing = FileLine::new("", None, Status::Failed, reason);
        vec![(Vec::new(), nothing)]
    });
    let mut all = Vec::new();
    let mut account = Vec::new();
    for (activities, mut line) in read {
        line.path.clone_from(&shown);
        account.push(line);
        all.extend(activities);
    }
    (all, account)
}

fn member(member: Member) -> (Vec<Activity>, FileLine) {
    let mut line = FileLine {
        member: member.path,
        reason: None,
        warnings: member.warnings,
        ..FileLine::new("", None, Status::Ok, "")
    };
    let left_out = |mut line: FileLine, status, reason: &dyn std::fmt::Display| {
        line.status = status;
        line.reason = Some(reason.to_string());
        (Vec::new(), line)
    };
    let read = member.bytes.and_then(|bytes| match ingest::detect(&bytes) {
        Content::Export(format) => ingest::read(&bytes, format, Strictness::Lenient),
        content => Err(unexpected(&content)),
    });
    match read {
        Ok(activities) => {
            line.activities = activities.len();
            let own = activities.iter().flat_map(|one| one.warnings.clone());
            line.warnings.extend(own);
            line.status = decode::status(&line);
            (activities, line)
        }
        // An archive may hold anything besides.
        Err(error) if error.is_skip() || (line.member.is_some() && is_foreign(&error)) => {
            left_out(line, Status::Skipped, &error)
        }
        Err(error) => left_out(line, Status::Failed, &error),
    }
}

fn is_foreign(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Unexpected { .. }) && error.place == Place::File
}

/// Returns what is said of content that holds no recording.
fn unexpected(content: &Content) -> Error {
    let found = match content {
        Content::Empty => return Error::file(ErrorKind::Empty),
        Content::Other(found) | Content::System(found) => *found,
        _ => "documents of hardeasy, which hold no recording",
    };
    Error::file(ErrorKind::Unexpected {
        expected: "a FIT, GPX or TCX export".to_owned(),
        found: found.to_owned(),
        next: "export the activity again".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> (Vec<Activity>, Vec<FileLine>) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        read_recorded(&root.join(name))
    }

    #[test]
    fn each_member_of_an_archive_has_its_line() {
        let (activities, account) = fixture("broken/with-junk.zip");
        let read: usize = account.iter().map(|line| line.activities).sum();
        assert_eq!(read, activities.len());
        assert!(!activities.is_empty());
        assert!(account.iter().all(|line| line.member.is_some()));
    }

    #[test]
    fn what_holds_no_recording_says_what_it_is() {
        for (name, expected) in [
            (
                "broken/web-page.gpx",
                "found a web page; export the activity again",
            ),
            ("broken/empty.fit", "found an empty file"),
            ("broken/nowhere.fit", "cannot be read"),
        ] {
            let (activities, account) = fixture(name);
            assert!(activities.is_empty(), "{name}");
            assert_eq!(account[0].status, Status::Failed, "{name}");
            let reason = account[0].reason.as_deref().unwrap_or_default();
            assert!(reason.contains(expected), "{name}: {reason}");
        }
        let (_, account) = fixture("broken/settings.fit");
        assert_eq!(account[0].status, Status::Skipped);
    }

    #[test]
    fn what_was_repaired_is_told() {
        let (activities, account) = fixture("broken/truncated.fit");
        assert_eq!(activities.len(), 1);
        assert_eq!(account[0].status, Status::Partial);
    }
}
