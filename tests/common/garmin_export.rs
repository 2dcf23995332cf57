//! A Garmin account export as it comes, of a person who does not exist.

use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;

use super::fit_encoder::Encoder;
use super::fit_encoder::Message;
use super::fit_encoder::Value as V;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::fit_writer::number;
use super::fixture_runs;
use super::packing::zip;
use super::recording::Recording;

/// The address that is in names and documents.
pub const ADDRESS: &str = "jane.doe@mail.example";
/// The serial number that every FIT file of the writer bears.
pub const SERIAL: &str = "3900000017";
/// The number of the message that holds a name.
const USER_PROFILE: u16 = 3;
/// The first start: 2026-05-04 06:00 UTC.
const FIRST_START_S: i64 = 1_777_874_400;
const DAY_S: i64 = 86_400;
/// Local time minus UTC of what has no recording, in milliseconds.
const OFFSET_MS: i64 = 7_200_000;

/// What an export holds, by path.
pub struct GarminExport {
    /// The documents and tables.
    pub documents: Vec<(String, Vec<u8>)>,
    /// The recordings, by name.
    pub recordings: Vec<(String, Vec<u8>)>,
}

impl GarminExport {
    /// Returns an export of some days with one run each, and of the activities without a recording.
    pub fn new(days: usize) -> Self {
        let made = fixture_runs::recordings();
        let runs: Vec<Recording> = (0..days)
            .map(|day| {
                let mut run = made[day % 2].1.clone();
                run.start_unix_s = FIRST_START_S + DAY_S * day as i64;
                run
            })
            .collect();
        let named = runs.iter().enumerate();
        let recordings =
            named.map(|(day, run)| (format!("{ADDRESS}_{}.fit", 170_000 + day), fit(run)));
        let mut recordings: Vec<(String, Vec<u8>)> = recordings.collect();
        recordings.push((format!("{ADDRESS}_9.txt"), b"no recording".to_vec()));
        Self {
            documents: documents(&runs),
            recordings,
        }
    }

    /// Returns it as one archive, the recordings in an archive within.
    pub fn zipped(&self) -> Vec<u8> {
        let part = self.part();
        let members = self.members(&part);
        let members: Vec<(&str, &[u8])> = members
            .iter()
            .map(|(name, bytes)| (*name, *bytes))
            .collect();
        zip(&members)
    }

    /// Writes it as folders, the recordings still in their archive.
    pub fn unpack(&self, root: &Path) {
        let part = self.part();
        for (name, bytes) in self.members(&part) {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    /// Returns the archive of the recordings.
    fn part(&self) -> Vec<u8> {
        let members = self.recordings.iter();
        let members: Vec<(&str, &[u8])> = members
            .map(|(name, bytes)| (&name[..], &bytes[..]))
            .collect();
        zip(&members)
    }

    fn members<'a>(&'a self, part: &'a [u8]) -> Vec<(&'a str, &'a [u8])> {
        let documents = self.documents.iter();
        let mut members: Vec<(&str, &[u8])> = documents
            .map(|(name, bytes)| (&name[..], &bytes[..]))
            .collect();
        members.push((
            "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip",
            part,
        ));
        members
    }
}

/// Returns a recording as FIT, with what names its owner and device.
fn fit(run: &Recording) -> Vec<u8> {
    let mut messages = fit_writer::messages(run);
    let name = format!("Jane Doe {ADDRESS}");
    let profile = vec![(0, V::Text(name, 40)), (4, V::U16(Some(580)))];
    let sensor = vec![
        (253, fit_writer::stamp(run, 0.0)),
        (0, V::U8(Some(1))),
        (3, V::U32z(SERIAL.parse().ok())),
    ];
    messages.insert(1, Message::new(USER_PROFILE, profile));
    messages.insert(2, Message::new(number::DEVICE_INFO, sensor));
    let mut encoder = Encoder::new(Wire::default());
    messages.iter().for_each(|message| encoder.message(message));
    encoder.finish()
}

fn documents(runs: &[Recording]) -> Vec<(String, Vec<u8>)> {
    let fitness = |name: &str| format!("DI_CONNECT/DI-Connect-Fitness/{ADDRESS}_{name}.json");
    let user = |name: &str| format!("DI_CONNECT/DI-Connect-User/{name}.json");
    let days = (0..runs.len() as i64).map(|day| day_of(FIRST_START_S + DAY_S * day));
    let days: Vec<String> = days.collect();
    let each = |of: &dyn Fn(&String) -> Value| Value::Array(days.iter().map(of).collect());
    let activities = activities(runs);
    let (first, second) = activities.split_at(2);
    // The parts of an export overlap.
    let second = [&first[1..], second].concat();
    let gear = json!([{
        "gearDTOS": [{"gearPk": 11, "gearTypeName": "Shoes", "customMakeModel": format!("Blue of {ADDRESS}")}],
        "gearActivityDTOs": {"11": [{"gearPk": 11, "activityId": 9000}]},
    }]);
    let profile = json!({"emailAddress": ADDRESS, "serialNumber": SERIAL});
    let all = [
        (
            fitness("0_summarizedActivities"),
            json!([{"summarizedActivitiesExport": first}]),
        ),
        (
            fitness("1001_summarizedActivities"),
            json!([{"summarizedActivitiesExport": second}]),
        ),
        (fitness("gear"), gear),
        (fitness("workout"), json!([{"owner": ADDRESS}])),
        (user("user_profile"), profile),
        (
            user("user_settings"),
            json!({"measurementSystem": "metric"}),
        ),
        (user("user_reminders"), json!([])),
        (
            "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2026-05-01_2026-08-09.json".to_owned(),
            each(&|day| json!({"calendarDate": day, "restingHeartRate": 47, "totalSteps": 9000})),
        ),
        (
            "DI_CONNECT/DI-Connect-Wellness/2026-05-01_2026-08-09_7_sleepData.json".to_owned(),
            each(
                &|day| json!({"calendarDate": day, "deepSleepSeconds": 3600, "lightSleepSeconds": 18000, "remSleepSeconds": 5400}),
            ),
        ),
        (
            "DI_CONNECT/DI-Connect-Wellness/2026-05-01_2026-08-09_7_healthStatusData.json"
                .to_owned(),
            each(&|day| json!({"calendarDate": day, "metrics": [{"type": "HRV", "value": 61.0}]})),
        ),
    ];
    let mut documents: Vec<(String, Vec<u8>)> = all
        .into_iter()
        .map(|(name, document)| (name, document.to_string().into_bytes()))
        .collect();
    let table = format!("email,serial\n{ADDRESS},{SERIAL}\n");
    documents.push(("customer_data/customer.csv".to_owned(), table.into_bytes()));
    documents
}

fn day_of(unix_s: i64) -> String {
    let at = chrono::DateTime::from_timestamp(unix_s, 0).unwrap();
    at.date_naive().to_string()
}

/// Returns the runs; then one that was typed in, and a triathlon with its parts, all without a recording.
fn activities(runs: &[Recording]) -> Vec<Value> {
    let mut all: Vec<Value> = runs
        .iter()
        .enumerate()
        .map(|(index, run)| {
            let elapsed_ms = f64::from(run.elapsed_s()) * 1000.0;
            json!({
                "activityId": 9000 + index, "name": format!("Run {index} of {ADDRESS}"),
                "description": format!("write to {ADDRESS}"), "activityType": "running", "eventTypeId": 9,
                "startTimeGmt": run.start_unix_s * 1000, "startTimeLocal": (run.start_unix_s + i64::from(run.utc_offset_s)) * 1000,
                "duration": elapsed_ms, "elapsedDuration": elapsed_ms,
                "distance": run.distance_m().map(|metres| metres * 100.0), "workoutRpe": 40, "workoutFeel": 75,
                "trainingEffectLabel": "AEROBIC_BASE", "parent": false, "deviceId": 3_900_000_017_u64,
            })
        })
        .collect();
    let evening_ms = (FIRST_START_S + DAY_S / 2) * 1000;
    let mut add = |id: u64, word: &str, minutes: i64, start_ms: i64, key: &str| {
        all.push(json!({
            "activityId": id, "activityType": word, "startTimeGmt": start_ms, "startTimeLocal": start_ms + OFFSET_MS,
            "duration": minutes * 60_000, "distance": minutes * 20_000, "workoutRpe": 30, key: true,
        }));
    };
    add(9100, "strength_training", 45, evening_ms, "manualActivity");
    let next_ms = evening_ms + DAY_S * 1000;
    add(9200, "multi_sport", 90, next_ms, "parent");
    add(9201, "lap_swimming", 30, next_ms, "favorite");
    add(9202, "running", 60, next_ms + 30 * 60_000, "favorite");
    all
}
