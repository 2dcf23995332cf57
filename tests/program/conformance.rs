//! What becomes of every odd, damaged or hostile input that is known: a table of cases, each made by the
//! project's own writers, which is a page of the manual, too.
//!
//! `HARDEASY_BLESS=1 cargo test --test program conformance` writes the page again.
#![expect(
    clippy::cast_possible_truncation,
    clippy::too_many_lines,
    reason = "the numbers of six minutes are small; a table of cases is long"
)]

mod documents;
mod fit_files;
mod fit_meaning;
mod fit_messages;
mod gpx;
mod hostile;
mod packed;
mod sources;
mod tcx;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use hardeasy::classification::Session;
use hardeasy::pipeline;
use hardeasy::pipeline::FileLine;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;
use hardeasy::pipeline::read_recorded;
use rayon::prelude::*;

use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::fixture_broken;
use crate::common::generator::Keep;
use crate::common::generator::Power;
use crate::common::golden::BLESS;
use crate::common::program::exit;
use crate::common::program::program;
use crate::common::recording::Recording;

/// A sound run that lies beside every case, in a folder that is read first.
const GOOD: &str = "0/good.fit";
/// 2020-01-01, before all cases: what is known of the athlete then is the same with and without them.
const GOOD_START_UNIX_S: i64 = 1_577_865_600;
/// Most that is said of one input: a bad file must not flood the account.
const MOST_WARNINGS: usize = 12;
/// What the program may use of memory on a case, its threads' stacks among it, and of a processor: an endless
/// loop ends here.
const MOST_KILOBYTES: u32 = 1 << 20;
const MOST_PROCESSOR_S: u32 = 120;

/// One case.
struct Case {
    /// The number in the list of cases, or a letter for a family beyond it, and what tells it from others of
    /// that number.
    id: String,
    /// What is odd about it.
    shows: String,
    /// Its files, by name.
    files: Vec<(String, Vec<u8>)>,
    /// What becomes of each input: the status, how many activities of how many records, the codes.
    becomes: &'static str,
    /// What is said of it.
    says: &'static str,
}

/// Returns a case of one file.
fn case(
    id: &str,
    shows: &str,
    (name, bytes): (&str, impl Into<Vec<u8>>),
    becomes: &'static str,
    says: &'static str,
) -> Case {
    Case {
        id: id.to_owned(),
        shows: shows.to_owned(),
        files: vec![(name.to_owned(), bytes.into())],
        becomes,
        says,
    }
}

fn cases() -> Vec<Case> {
    [
        fit_files::cases(),
        fit_messages::cases(),
        fit_meaning::cases(),
        gpx::cases(),
        tcx::cases(),
        documents::cases(),
        hostile::cases(),
        packed::cases(),
        sources::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The run of most cases: six minutes, a record each second.
fn run() -> Recording {
    fixture_broken::run(Keep::All, Power::None)
}

/// A file of `fixtures/broken`.
fn broken(name: &str) -> (&str, Vec<u8>) {
    let files = fixture_broken::files().into_iter();
    let path = format!("broken/{name}");
    let mut found = files.filter(|file| file.path == path);
    (name, found.next().expect("a fixture").bytes)
}

fn good() -> Vec<u8> {
    let mut run = run();
    run.start_unix_s = GOOD_START_UNIX_S;
    fit_writer::write(&run, Wire::default())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

fn read(folder: &Path) -> Outcome {
    let input = vec![Input::Path(folder.to_path_buf())];
    pipeline::read_runs(input, &Options::default(), &|_, _| {}).expect("no settings")
}

/// Returns the document of the run that lies beside.
fn document_of_good(outcome: &Outcome) -> String {
    let is_good = |session: &&Session| session.head.source.path == GOOD;
    let found: Vec<&Session> = outcome.sessions.iter().filter(is_good).collect();
    let [session] = found[..] else {
        panic!("{} good runs", found.len());
    };
    serde_json::to_string(session).expect("a document")
}

/// What became of a case.
struct Told {
    becomes: String,
    exit: i32,
    complaints: Vec<String>,
}

/// Returns what became of an input: the status, activities and records, the codes of warnings.
fn words(line: &FileLine, records: Option<usize>) -> String {
    let mut text = line.status.word().to_owned();
    if line.activities > 0 {
        let _ = write!(text, " {}", line.activities);
        if let Some(records) = records {
            let _ = write!(text, "/{records}");
        }
    }
    for warning in &line.warnings {
        let _ = write!(text, " {}", warning.code);
    }
    text
}

/// Returns the records of a file or of a member of an archive.
fn records(folder: &Path, line: &FileLine) -> Option<usize> {
    let (activities, account) = read_recorded(&folder.join(&line.path));
    // Of an archive the activities come in the order of its account.
    let mut rest = activities.iter();
    for other in account {
        let own = rest.by_ref().take(other.activities);
        let count = own.map(|activity| activity.records.len()).sum();
        if other.member == line.member {
            return Some(count);
        }
    }
    None
}

fn tell(case: &Case, alone: &str) -> Told {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), GOOD, &good());
    for (name, bytes) in &case.files {
        write(folder.path(), name, bytes);
    }
    let outcome = read(folder.path());
    let mut complaints = Vec::new();
    let mut complain = |what: String| complaints.push(format!("{}: {what}", case.id));
    if document_of_good(&outcome) != alone {
        complain("the good run beside it is another one".to_owned());
    }
    let lines: Vec<&FileLine> = outcome
        .account
        .iter()
        .filter(|line| line.path != GOOD)
        .collect();
    let becomes: Vec<String> = lines
        .iter()
        .map(|line| words(line, records(folder.path(), line)))
        .collect();
    let said = lines.iter().flat_map(|line| {
        let warnings = line.warnings.iter().map(|warning| warning.text.clone());
        warnings.chain(line.reason.clone())
    });
    let said: Vec<String> = said.chain(outcome.recognised.clone()).collect();
    if !said.iter().any(|text| text.contains(case.says)) && !case.says.is_empty() {
        complain(format!("{:?} is not said in {said:#?}", case.says));
    }
    for line in &lines {
        let is_silent = line.reason.is_none() && line.warnings.is_empty();
        if is_silent != (line.status == Status::Ok) || line.warnings.len() > MOST_WARNINGS {
            complain(format!("{line:?}"));
        }
    }
    let counted: usize = outcome.account.iter().map(|line| line.activities).sum();
    if counted != outcome.sessions.len() {
        complain(format!(
            "{counted} counted, {} read",
            outcome.sessions.len()
        ));
    }
    let is_bad = |line: &&&FileLine| matches!(line.status, Status::Failed | Status::Partial);
    let expected = i32::from(lines.iter().any(|line| is_bad(&line)));
    let exit = exit_of(folder.path());
    if exit != expected {
        complain(format!("exit {exit}, expected {expected}"));
    }
    Told {
        becomes: becomes.join(" + "),
        exit,
        complaints,
    }
}

/// Returns how the program ends on a folder, with bounds on what it may use where a shell sets them.
fn exit_of(folder: &Path) -> i32 {
    let arguments = ["export", "--format", "ndjson", "--no-cache"];
    let plain = program();
    let mut command = match cfg!(target_os = "linux") {
        true => {
            let mut shell = std::process::Command::new("sh");
            let limits = format!(
                "ulimit -v {MOST_KILOBYTES}; ulimit -t {MOST_PROCESSOR_S}; exec \"$0\" \"$@\""
            );
            shell.arg("-c").arg(limits).arg(plain.get_program());
            for (name, value) in plain.get_envs() {
                shell.env(name, value.unwrap_or_default());
            }
            shell
        }
        false => plain,
    };
    let output = command
        .args(arguments)
        .arg(folder)
        .output()
        .expect("the program starts");
    exit(&output)
}

/// Returns the rows of the page.
fn table(cases: &[Case], told: &[Told]) -> String {
    let mut out =
        String::from("| case | what is odd | what becomes of it | exit |\n|---|---|---|---|\n");
    for (case, told) in cases.iter().zip(told) {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            case.id, case.shows, told.becomes, told.exit
        );
    }
    out
}

#[test]
fn every_case_of_the_conformance_table() {
    let cases = cases();
    let ids: BTreeSet<&String> = cases.iter().map(|case| &case.id).collect();
    assert_eq!(ids.len(), cases.len(), "two cases have one name");
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), GOOD, &good());
    let alone = document_of_good(&read(folder.path()));
    let told: Vec<Told> = cases.par_iter().map(|case| tell(case, &alone)).collect();
    let mut complaints: Vec<String> = told.iter().flat_map(|one| one.complaints.clone()).collect();
    for (case, told) in cases.iter().zip(&told) {
        if case.becomes != told.becomes {
            complaints.push(format!(
                "{}: expected {:?}, found {:?}",
                case.id, case.becomes, told.becomes
            ));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    check_page(&table(&cases, &told));
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let count = format!("{} cases", cases.len());
    assert!(
        readme.expect("README.md").contains(&count),
        "README.md does not say {count}"
    );
}

/// Compares the table with that of the manual, or writes it there.
fn check_page(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual/conformance.md");
    let page = fs::read_to_string(&path).expect("the page");
    let page = page.replace("\r\n", "\n");
    let start = page.find("| case |").expect("a table");
    if std::env::var_os(BLESS).is_some() {
        fs::write(path, format!("{}{table}", &page[..start])).expect("written");
        return;
    }
    let rows = page[start..].lines().zip(table.lines());
    let differs = rows.into_iter().find(|(a, b)| a != b);
    assert!(
        page[start..] == *table,
        "the table of the manual is another one, at {differs:?}: {BLESS}=1 writes it"
    );
}
