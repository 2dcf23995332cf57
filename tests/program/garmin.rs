//! A Garmin account export: what comes of it, and what does not.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Output;

use crate::common::garmin_export::ADDRESS;
use crate::common::garmin_export::GarminExport;
use crate::common::garmin_export::SERIAL;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::program::tree;
use serde_json::Value;
use tempfile::TempDir;

/// A folder whose name nobody is to see.
const PRIVATE: &str = "private-folder";

/// Returns a folder that holds an export as one archive, or as folders, below one with a private name.
fn place(export: &GarminExport, zipped: bool) -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join(PRIVATE).join("export");
    fs::create_dir_all(&folder).unwrap();
    match zipped {
        true => fs::write(folder.join("garmin.zip"), export.zipped()).unwrap(),
        false => export.unpack(&folder),
    }
    (root, folder)
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    let folder = folder.display().to_string();
    let mut all = arguments.to_vec();
    all.insert(1, &folder);
    hardeasy(&all)
}

fn documents(output: &Output) -> Vec<Value> {
    let text = out(output);
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn activities_are_told_once_each_with_what_was_said_of_them() {
    let export = GarminExport::new(3);
    for zipped in [true, false] {
        let (_root, folder) = place(&export, zipped);
        let output = run(&["export", "--format", "ndjson"], &folder);
        assert_eq!(exit(&output), 0, "{}", err(&output));
        let found = "found: Garmin Connect export up to 2026-05-06: 6 activities, 3 with recordings, 4 runs; \
                     mornings of Garmin Connect: 3 days";
        assert!(err(&output).contains(found), "{}", err(&output));
        let all = documents(&output);
        assert_eq!(all.len(), 6);
        let of_name = |name: &str| all.iter().find(|one| one["name"] == name).unwrap();
        let first = of_name("Run 0 of …");
        assert_eq!(first["perceived_exertion"], 4.0);
        assert_eq!(first["remarks"]["description"], "write to …");
        assert_eq!(first["remarks"]["gear"], "Blue of …");
        assert_eq!(first["remarks"]["training_effect"], "aerobic base");
        let without: Vec<&Value> = all
            .iter()
            .filter(|one| one["remarks"]["without_recording"] == true)
            .collect();
        let sports: Vec<&str> = without
            .iter()
            .filter_map(|one| one["sport"].as_str())
            .collect();
        assert_eq!(sports, ["strength", "swimming", "running"]);
        assert_eq!(without[0]["remarks"]["typed_in"], true);
        assert_eq!(without[2]["distance_m"], 12_000.0);
        assert_eq!(without[2]["elapsed_s"], 3600.0);
        assert_eq!(without[2]["utc_offset_s"], 7200);
    }
}

#[test]
fn one_recording_of_an_unpacked_export_is_told_of_too() {
    let export = GarminExport::new(2);
    let (_root, folder) = place(&export, false);
    let part = folder.join("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1");
    fs::create_dir_all(&part).unwrap();
    for (name, bytes) in &export.recordings {
        fs::write(part.join(name), bytes).unwrap();
    }
    let file = part.join(&export.recordings[1].0);
    let all = documents(&run(&["export", "--format", "ndjson"], &file));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["name"], "Run 1 of …");
}

#[test]
fn mornings_fill_in_what_was_not_noted() {
    let (_root, folder) = place(&GarminExport::new(3), true);
    let table = "date,resting_hr_bpm,mood\n2026-05-05,52,7\n2026-05-06,,6\n";
    fs::write(folder.join("wellness.csv"), table).unwrap();
    let review = run(&["review", "--format", "json"], &folder);
    let review: Value = serde_json::from_str(&out(&review)).unwrap();
    let days = review["days"].as_array().unwrap();
    let of = |day: &str| &days.iter().find(|one| one["day"] == day).unwrap()["wellness"];
    assert_eq!(of("2026-05-04")["resting_hr_bpm"], 47.0);
    assert_eq!(of("2026-05-04")["resting_hr_from"], "garmin");
    assert_eq!(of("2026-05-05")["resting_hr_bpm"], 52.0);
    assert_eq!(of("2026-05-05").get("resting_hr_from"), None);
    assert_eq!(of("2026-05-05")["sleep_h"], 7.5);
    assert_eq!(of("2026-05-06")["resting_hr_bpm"], 47.0);
    assert_eq!(of("2026-05-06")["mood"], 6.0);
    assert_eq!(of("2026-05-06")["hrv_ms"], 61.0);
}

#[test]
fn other_documents_are_counted_and_broken_ones_are_told() {
    let mut export = GarminExport::new(1);
    let (_root, folder) = place(&export, true);
    let output = run(&["export", "--format", "ndjson"], &folder);
    let others = "7 ok, 6 skipped";
    assert!(err(&output).contains(others), "{}", err(&output));

    let broken = "DI_CONNECT/DI-Connect-Fitness/x_2002_summarizedActivities.json";
    export.documents.push((
        broken.to_owned(),
        b"[{\"summarizedActivitiesExport\":[{".to_vec(),
    ));
    let (_root, folder) = place(&export, true);
    let output = run(&["export", "--format", "ndjson"], &folder);
    let told = format!(
        "failed: garmin.zip: {broken}: file: expected the activities of a Garmin Connect export"
    );
    assert!(err(&output).contains(&told), "{}", err(&output));
    assert_eq!(exit(&output), 1);
    assert_eq!(documents(&output).len(), 4);
}

/// What must not be found in what is written.
struct Secrets {
    /// Where inputs lie.
    root: String,
}

impl Secrets {
    fn look(&self, what: &str, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let (user, domain) = ADDRESS.split_once('@').unwrap();
        for secret in [user, domain, "Jane Doe", SERIAL, PRIVATE, &self.root] {
            assert!(!text.contains(secret), "{secret} in {what}");
        }
    }

    fn look_at(&self, output: &Output, what: &str) {
        self.look(what, &output.stdout);
        self.look(what, &output.stderr);
    }
}

/// Every way to write, each after its command; `FOLDER` is a new folder outside the inputs.
const WAYS: [&str; 20] = [
    "report -o FOLDER",
    "export --format ndjson",
    "export --format json",
    "export --format csv -o FOLDER",
    "export --format csv --table sessions",
    "export --format csv --table segments",
    "export --format csv --table laps",
    "export --format csv --table days",
    "export --format csv --table weeks",
    "export --format csv --table zones",
    "export --format csv --table samples",
    "export --format gpx -o FOLDER",
    "show",
    "review --format text",
    "review --format markdown",
    "review --format json",
    "athlete --format text",
    "athlete --format json",
    "athlete --format svg",
    "athlete --format svg -o FOLDER/athlete.svg",
];

#[test]
fn no_address_no_serial_number_and_no_place_is_written() {
    let export = GarminExport::new(3);
    let loose = tempfile::tempdir().unwrap();
    let loose_folder = loose.path().join(PRIVATE).join("loose");
    fs::create_dir_all(&loose_folder).unwrap();
    for (name, bytes) in &export.recordings {
        fs::write(loose_folder.join(name), bytes).unwrap();
    }
    let (zipped, zipped_folder) = place(&export, true);
    let (unpacked, unpacked_folder) = place(&export, false);
    for (root, folder) in [
        (&zipped, &zipped_folder),
        (&unpacked, &unpacked_folder),
        (&loose, &loose_folder),
    ] {
        let secrets = Secrets {
            root: root.path().display().to_string(),
        };
        for way in WAYS {
            let written = tempfile::tempdir().unwrap();
            let place = written.path().display().to_string();
            let way = way.replace("FOLDER", &place);
            let arguments: Vec<&str> = way.split(' ').collect();
            let output = run(&arguments, folder);
            assert!(exit(&output) <= 1, "{way}: {}", err(&output));
            secrets.look_at(&output, &way);
            for (path, bytes) in tree(written.path()) {
                secrets.look(&way, path.display().to_string().as_bytes());
                secrets.look(&format!("{way}: {}", path.display()), &bytes);
            }
        }
    }
    let secrets = Secrets {
        root: loose.path().display().to_string(),
    };
    let file = |index: usize| loose_folder.join(&export.recordings[index].0);
    for way in [
        "show",
        "export --format ndjson",
        "inspect",
        "inspect --messages",
    ] {
        let arguments: Vec<&str> = way.split(' ').collect();
        secrets.look_at(&run(&arguments, &file(0)), way);
    }
    let archive = zipped_folder.join("garmin.zip");
    let inspected = run(&["inspect"], &archive);
    secrets.look("inspect of an archive", &inspected.stdout);
    let other = file(1).display().to_string();
    for format in ["text", "markdown", "json"] {
        let output = run(&["compare", &other, "--format", format], &file(0));
        assert_eq!(exit(&output), 0, "{}", err(&output));
        secrets.look_at(&output, "compare");
    }
    let site = tempfile::tempdir().unwrap();
    let page = site.path().join("page.html").display().to_string();
    secrets.look_at(&run(&["compare", &other, "-o", &page], &file(0)), "compare");
    for (path, bytes) in tree(site.path()) {
        secrets.look(&path.display().to_string(), &bytes);
    }
    // Who asks for names gets them.
    let full = run(
        &["export", "--format", "ndjson", "--names", "full"],
        &zipped_folder,
    );
    assert!(out(&full).contains(ADDRESS));
}

#[test]
fn a_file_that_is_not_there_is_told_without_an_address() {
    let root = tempfile::tempdir().unwrap();
    let output = run(&["show"], &root.path().join(format!("{ADDRESS}_1.fit")));
    assert!(!err(&output).contains(ADDRESS), "{}", err(&output));
}
