//! Settings, corrections and wellness.csv through the program: what they change, and one clear message
//! for each kind of fault.

use std::fs;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use serde_json::Value;

/// Returns a folder that holds one run of six repetitions, `a.fit`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = fixture("runs/kilometres.fit");
    fs::copy(run, folder.path().join("a.fit")).expect("a copy");
    folder
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn document(path: &str) -> Value {
    let output = hardeasy(&["export", path, "--format", "ndjson"]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    serde_json::from_slice(&output.stdout).expect("one session")
}

/// Faults of settings: the file, its content, and where and what the message says.
const FAULTS: [(&str, &str, &str); 26] = [
    (
        "hardeasy.toml",
        "units = \"metric\"\nheight = 180\n",
        "line 2, column 1: expected one of `units`, `timezone`, `week_starts`, `birth_year`, `sex`, \
         `thresholds`, `races`, `tests`, `zones`, found the unknown key `height`; correct the name or remove the line",
    ),
    (
        "hardeasy.toml",
        "birth_year = \"1988\"\n",
        "line 1, column 14: expected a whole number, found string \"1988\"; \
         write a value of that type",
    ),
    (
        "hardeasy.toml",
        "timezone = \"Europe/Atlantis\"\n",
        "line 1, column 12: expected a time zone such as Europe/Berlin, found \"Europe/Atlantis\"; \
         correct the name",
    ),
    (
        "hardeasy.toml",
        "[[thresholds]]\nfrom = 2026-03-01\nresting_heart_rate_bpm = 300\n",
        "line 3, column 26: expected resting_heart_rate_bpm from 25 to 110 bpm, found 300; \
         correct the value or remove the line",
    ),
    (
        "hardeasy.toml",
        "[[thresholds]]\nfrom = 2026-03-01\neasy_speed_m_s = 3\n\
         [[thresholds]]\nfrom = \"2026-03-01\"\neasy_speed_m_s = 3\n",
        "line 5, column 8: expected each date once, found 2026-03-01 a second time; \
         put the values of one date into one entry",
    ),
    (
        "hardeasy.toml",
        "[[races]]\nname = \"City 10 km\"\n",
        "line 1, column 1: expected `day`, found none; add it",
    ),
    (
        "hardeasy.toml",
        "[[tests]]\nday = 2026-03-01\ndistance_m = 3000\ntime_s = 3500\n",
        "line 4, column 10: expected a mean speed from 1 to 8 m/s, found 3000 m in 3500 s, \
         0.9 m/s; correct one of the two",
    ),
    (
        "hardeasy.toml",
        "[[tests]]\nday = 2026-03-01\ndistance_m = 400\ntime_s = 70\n",
        "line 4, column 10: expected time_s from 120 to 3600 s, found 70; \
         correct the value or remove the line",
    ),
    (
        "hardeasy.toml",
        "[[thresholds]]\nfrom = 2026-03-01\nmaximum_heart_rate_bpm = 150\n\
         [[thresholds]]\nfrom = 2026-03-02\nthreshold_heart_rate_bpm = 200\n",
        "line 6, column 28: expected threshold_heart_rate_bpm below maximum_heart_rate_bpm (150), \
         found 200; correct one of the two",
    ),
    (
        "hardeasy.toml",
        "[[thresholds]]\nfrom = 2026-03-01\n",
        "line 2, column 8: expected a value from that day on, found none; \
         add one or remove the entry",
    ),
    (
        "hardeasy.toml",
        "[[races]]\nday = 2026-03-01\n[[races]]\nday = 2026-03-01\n",
        "line 4, column 7: expected each race once, found the race of 2026-03-01 a second time; \
         remove one of the two",
    ),
    (
        "hardeasy.corrections.toml",
        "3fa94c02d1b7 = 7\n",
        "line 1, column 16: expected a table of what is said of a run, found integer `7`; \
         write a value of that type",
    ),
    (
        "hardeasy.toml",
        "[[tests]]\nday = 2026-03-01\n",
        "line 2, column 7: expected distance_m with time_s, or heart_rate_bpm, found neither; \
         add what was measured",
    ),
    (
        "hardeasy.toml",
        "sex = \"female\"\nunits = \n",
        "line 2, column 9: ",
    ),
    (
        "hardeasy.corrections.toml",
        "[3fa94c02d1b7]\nkinds = \"tempo\"\n",
        "line 2, column 1: expected one of `kind`, `rpe`, `note`, `exclude`, `sport`, `crop`, `distance_m`, `time_s`, `segments`, \
         found the unknown key `kinds`; correct the name or remove the line",
    ),
    (
        "hardeasy.corrections.toml",
        "[3fa94c02d1b7]\nexclude = \"yes\"\n",
        "line 2, column 11: expected true or false, found string \"yes\"; \
         write a value of that type",
    ),
    (
        "hardeasy.corrections.toml",
        "[3fa94c02d1b7]\nrpe = 17\n",
        "line 2, column 7: expected rpe from 0 to 10, found 17; \
         correct the value or remove the line",
    ),
    (
        "hardeasy.corrections.toml",
        "[3fa94c02d1b7]\nkind = \"sprint\"\n",
        "line 2, column 8: expected one of easy, recovery, long, ",
    ),
    (
        "hardeasy.corrections.toml",
        "[3fa94c02d1b7]\nrpe = 7\n[3fa94c02d1b7]\nrpe = 8\n",
        "line 3, column 2: ",
    ),
    (
        "hardeasy.corrections.toml",
        "[[3fa94c02d1b7.segments]]\nstart_s = 905\nend_s = 1135\nkind = \"work\"\n\
         [[3fa94c02d1b7.segments]]\nstart_s = 1100\nend_s = 1200\nkind = \"rest\"\n",
        "line 6, column 11: expected segments that do not overlap, \
         found 1100 to 1200 s over 905 to 1135 s; correct one of the two",
    ),
    (
        "hardeasy.corrections.toml",
        "[3fa94c02d1b7]\nsegments = [{ start_s = 905, end_s = 805, kind = \"work\" }]\n",
        "line 2, column 38: expected at least 1 s after start_s (905), found 805; \
         correct one of the two",
    ),
    (
        "wellness.csv",
        "date,weight_kg\n2026-05-01,61\n",
        "line 1, column 6: expected one of date, resting_hr_bpm, hrv_ms, sleep_h, soreness, mood, \
         found the unknown column \"weight_kg\"; correct the name or remove the column",
    ),
    (
        "wellness.csv",
        "date,mood\n2026-05-01,good\n",
        "line 2, column 12: expected a number as mood, found \"good\"; \
         write a number or leave the cell empty",
    ),
    (
        "wellness.csv",
        "date;resting_hr_bpm\r\n2026-05-01;48\r\n2026-05-02;300\r\n",
        "line 3, column 12: expected resting_hr_bpm from 25 to 110 bpm, found 300; \
         correct the value or leave the cell empty",
    ),
    (
        "wellness.csv",
        "date\n2026-05-01\n2026-05-01\n",
        "line 3, column 1: expected each date once, found 2026-05-01 a second time; \
         put the values of one date into one row",
    ),
    (
        "wellness.csv",
        "date\n2026-02-30\n",
        "line 2, column 1: expected a day as in 2026-05-01, found \"2026-02-30\"; correct the date",
    ),
];

#[test]
fn each_fault_gets_one_message_with_its_place_and_ends_with_2() {
    for (file, content, message) in FAULTS {
        let runs = folder();
        fs::write(runs.path().join(file), content).expect("written");
        let output = hardeasy(&["show", &path(&runs, "")]);
        let said = err(&output);
        let of_file = format!("{}: {message}", path(&runs, file));
        assert_eq!(exit(&output), 2, "{content}: {said}");
        assert!(out(&output).is_empty(), "{content}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(
            said.starts_with(&format!("error: {of_file}")),
            "{said}{of_file}"
        );
        assert!(said.contains("; "), "no next step: {said}");
    }
}

#[test]
fn a_marked_segment_flows_into_every_output() {
    let runs = folder();
    let file = path(&runs, "a.fit");
    let before = document(&file);
    let segments = before["segments"].as_array().expect("segments");
    let repetitions = || segments.iter().filter(|one| one["kind"] == "work");
    let first = repetitions().next().expect("a repetition");
    let (start, end) = (&first["start_s"], &first["end_s"]);
    let mark = format!("{start}-{end}=steady");
    let corrected = hardeasy(&["correct", &file, "--segment", &mark]);
    assert_eq!(exit(&corrected), 0, "{}", err(&corrected));
    let after = document(&file);
    assert_eq!(after["corrected"], true);
    let first_after = &after["segments"][0];
    assert_eq!(first_after["kind"], "warm_up");
    assert_eq!(after["sets"][0]["reps"], repetitions().count() - 1);
    assert_eq!(after["moving_s"], before["moving_s"]);
    assert_eq!(after["distance_m"], before["distance_m"]);
    let table = hardeasy(&["export", &file, "--format", "csv", "--table", "segments"]);
    assert!(out(&table).contains("; you,you marked "), "{}", out(&table));
    assert!(out(&hardeasy(&["show", &file])).contains("you marked"));
}

#[test]
fn stored_documents_keep_marked_segments() {
    let runs = folder();
    let file = path(&runs, "a.fit");
    let marked = hardeasy(&[
        "correct",
        &file,
        "--segment",
        "10:00-12:00=work",
        "--segment",
        "9:00:00-9:10:00=rest",
    ]);
    assert_eq!(exit(&marked), 0, "{}", err(&marked));
    let documents = hardeasy(&["export", &file, "--format", "ndjson"]);
    let text = out(&documents);
    assert!(text.contains("W-correction-segment"), "{text}");
    assert!(text.contains("you marked it"), "{text}");

    let stored = tempfile::tempdir().expect("a temporary folder");
    let corrections = runs.path().join("hardeasy.corrections.toml");
    fs::write(stored.path().join("runs.ndjson"), &documents.stdout).expect("written");
    fs::copy(
        &corrections,
        stored.path().join("hardeasy.corrections.toml"),
    )
    .expect("a copy");
    let again = hardeasy(&["export", &path(&stored, ""), "--format", "ndjson"]);
    assert_eq!(exit(&again), 0, "{}", err(&again));
    assert!(out(&again) == text, "documents differ");
    assert!(!err(&again).contains("warned"), "{}", err(&again));
}

#[test]
fn marks_that_a_stored_document_does_not_show_are_told() {
    let runs = folder();
    let documents = hardeasy(&["export", &path(&runs, "a.fit"), "--format", "ndjson"]);
    hardeasy(&[
        "correct",
        &path(&runs, "a.fit"),
        "--segment",
        "10:00-12:00=work",
    ]);
    fs::write(runs.path().join("runs.ndjson"), &documents.stdout).expect("written");
    let again = hardeasy(&["export", &path(&runs, "runs.ndjson"), "--format", "ndjson"]);
    assert!(err(&again).contains("1 warned"), "{}", err(&again));
    assert!(err(&again).contains("cut at your marks"), "{}", err(&again));
}

#[test]
fn changes_that_a_stored_document_cannot_take_are_told_in_one_line() {
    let runs = folder();
    let file = path(&runs, "a.fit");
    let documents = hardeasy(&["export", &file, "--format", "ndjson"]);
    let stored = path(&runs, "runs.ndjson");
    fs::write(&stored, &documents.stdout).expect("written");
    let again = || err(&hardeasy(&["show", &stored]));
    assert!(!again().contains("stored document"), "{}", again());
    hardeasy(&[
        "correct",
        &file,
        "--crop",
        "1:00-10:00",
        "--sport",
        "hiking",
    ]);
    hardeasy(&["correct", &file, "--distance", "2000"]);
    let told = again();
    let lines = told.lines().filter(|line| line.contains("stored document"));
    let lines: Vec<&str> = lines.collect();
    assert_eq!(lines.len(), 1, "{told}");
    let all = "cropped or scaled to a distance or taken for another sport";
    assert!(lines[0].contains(all), "{told}");
    // What a document shows already is no news.
    let documents = hardeasy(&["export", &file, "--format", "ndjson"]);
    fs::write(&stored, &documents.stdout).expect("written");
    assert!(!again().contains("stored document"), "{}", again());
}

#[test]
fn the_one_run_of_an_archive_can_be_corrected() {
    let archive = tempfile::tempdir().expect("a temporary folder");
    let bundled = fixture("runs/steady.zip");
    fs::copy(bundled, archive.path().join("steady.zip")).expect("a copy");
    let file = path(&archive, "steady.zip");
    let member = document(&file)["source"]["member"].clone();
    let corrected = hardeasy(&["correct", &file, "--kind", "tempo"]);
    assert_eq!(exit(&corrected), 0, "{}", err(&corrected));
    let member = member.as_str().expect("a member");
    assert!(
        out(&corrected).starts_with(&format!("corrected {member} in ")),
        "{}",
        out(&corrected)
    );
    assert_eq!(document(&file)["kind"], "tempo");
}

#[test]
fn each_athlete_has_mornings_of_their_own() {
    let club = tempfile::tempdir().expect("a temporary folder");
    for athlete in ["ann", "bob"] {
        fs::create_dir(club.path().join(athlete)).expect("a folder");
        let run = club.path().join(athlete).join("a.fit");
        fs::copy(fixture("runs/kilometres.fit"), run).expect("a copy");
    }
    let day = document(&path(&club, "ann/a.fit"))["day"].clone();
    let day: chrono::NaiveDate = day.as_str().expect("a day").parse().expect("a date");
    let mornings: String = day
        .iter_days()
        .rev()
        .skip(1)
        .take(14)
        .map(|day| format!("{day},48,7.5\n"))
        .collect();
    let table = format!("date,resting_hr_bpm,sleep_h\n{mornings}{day},50,6\n");
    fs::write(club.path().join("ann/wellness.csv"), table).expect("written");
    fs::write(
        club.path().join("wellness.csv"),
        "date,mood\n2026-01-01,3\n",
    )
    .expect("written");

    let output = hardeasy(&[
        "export",
        &path(&club, ""),
        "--athletes",
        "--format",
        "ndjson",
    ]);
    let resting: Vec<Value> = out(&output)
        .lines()
        .map(|line| {
            let session: Value = serde_json::from_str(line).expect("JSON");
            session["references"]["resting_heart_rate_bpm"].clone()
        })
        .collect();
    assert_eq!(resting[0]["value"], 48.0);
    assert_eq!(
        resting[0]["source"],
        "median of 14 mornings in wellness.csv"
    );
    assert_eq!(resting[0]["confidence"], "high");
    assert_ne!(resting[1]["value"], 48.0);

    let days = hardeasy(&[
        "export",
        &path(&club, ""),
        "--athletes",
        "--format",
        "csv",
        "--table",
        "days",
    ]);
    let text = out(&days);
    let header = text.lines().next().expect("a header");
    assert!(
        header.ends_with("resting_hr_bpm,hrv_ms,sleep_h,soreness,mood"),
        "{header}"
    );
    let row = |athlete: &str| {
        let start = format!("{athlete},{day}");
        text.lines()
            .find(|line| line.starts_with(&start))
            .expect("its row")
    };
    assert!(row("ann").ends_with(",50.0,,6.0,,"), "{}", row("ann"));
    assert!(row("bob").ends_with(",,,,,"), "{}", row("bob"));
}

#[test]
fn corrections_in_any_folder_below_count() {
    let runs = folder();
    let inner = runs.path().join("2026/01");
    fs::create_dir_all(&inner).expect("a folder");
    fs::rename(runs.path().join("a.fit"), inner.join("a.fit")).expect("moved");
    let file = path(&runs, "2026/01/a.fit");
    assert_eq!(exit(&hardeasy(&["correct", &file, "--kind", "fartlek"])), 0);
    assert_eq!(document(&path(&runs, ""))["kind"], "fartlek");
    assert_eq!(document(&path(&runs, "2026"))["kind"], "fartlek");
    assert_eq!(document(&file)["kind"], "fartlek");
}

#[test]
fn a_file_that_is_not_utf_8_says_where_and_what_to_do() {
    let folder = folder();
    fs::write(
        folder.path().join("wellness.csv"),
        b"date,mood\n2026-03-01,\xff\n",
    )
    .expect("written");
    let output = hardeasy(&["show", &path(&folder, "")]);
    assert_eq!(exit(&output), 2);
    let expected =
        "line 2, column 12: expected text in UTF-8, found the byte 0xFF; save the file as UTF-8";
    assert!(err(&output).contains(expected), "{}", err(&output));
}

#[test]
fn marks_leave_no_slivers_between_them() {
    let folder = folder();
    let run = path(&folder, "a.fit");
    let marks = [
        "--segment",
        "10-20=work",
        "--segment",
        "20.3-30=work",
        "--segment",
        "30.505-33=work",
    ];
    let output = hardeasy(&[&["correct", run.as_str()][..], &marks[..]].concat());
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let document = document(&run);
    let segments = document["segments"].as_array().expect("segments");
    let lengths = segments.iter().map(|segment| {
        let time = |key: &str| segment[key].as_f64().expect("a time");
        time("end_s") - time("start_s")
    });
    let shortest = lengths.fold(f64::INFINITY, f64::min);
    assert!(shortest > 0.95, "{shortest}");
}

#[test]
fn corrections_of_two_folders_count_together() {
    let runs = folder();
    let inner = runs.path().join("2026");
    fs::create_dir_all(&inner).expect("a folder");
    fs::rename(runs.path().join("a.fit"), inner.join("a.fit")).expect("moved");
    let hash = document(&path(&runs, ""))["source"]["sha256"].clone();
    let hash = hash.as_str().expect("a hash");
    let write = |name: &str, text: String| fs::write(path(&runs, name), text).expect("written");
    write(
        "hardeasy.corrections.toml",
        format!("[{}]\nkind = \"fartlek\"\nnote = \"outer\"\n", &hash[..12]),
    );
    write(
        "2026/hardeasy.corrections.toml",
        format!("[{hash}]\nnote = \"inner\"\nrpe = 4\n"),
    );
    let read = document(&path(&runs, ""));
    assert_eq!(read["kind"], "fartlek");
    assert_eq!(read["note"], "inner");
    assert_eq!(read["perceived_exertion"], 4.0);
}

#[test]
fn corrections_that_are_for_no_run_of_a_folder_are_told_in_one_line() {
    let runs = folder();
    let corrections = path(&runs, "hardeasy.corrections.toml");
    fs::write(
        &corrections,
        "[848ec24dd1e9]\nrpe = 7\n[948ec24dd1e9]\nrpe = 8\n",
    )
    .expect("written");
    let warning = format!(
        "warning: no activity was read for the correction of 848ec24dd1e9 in {corrections} and 1 more; \
         remove the entry or correct its name\n"
    );
    let said = |arguments: &[&str]| {
        let output = hardeasy(arguments);
        assert_eq!(exit(&output), 0);
        err(&output)
    };
    let all = said(&["show", &path(&runs, "")]);
    assert!(all.contains(&warning), "{all}");
    assert!(said(&["show", &path(&runs, ""), "--quiet"]).is_empty());
    // The file may be for the other runs beside this one.
    let one = said(&["show", &path(&runs, "a.fit")]);
    assert!(!one.contains("warning"), "{one}");
}
