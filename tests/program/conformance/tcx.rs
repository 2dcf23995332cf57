//! TCX: laps, points with little in them, several sports, courses.

use super::Case;
use super::broken;
use super::case;
use super::run;
use crate::common::tcx_writer;

pub(super) fn cases() -> Vec<Case> {
    let text = tcx_writer::write(&run(), "");
    let without = |element: &str| -> String {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        let parts = text.split(open.as_str()).enumerate();
        let parts = parts.map(|(index, part)| match part.split_once(close.as_str()) {
            Some((_, rest)) if index > 0 => rest,
            _ => part,
        });
        parts.collect()
    };
    let point = text.rfind("     <Trackpoint").expect("a point");
    let cadence = text.replace("<ns3:RunCadence>", "<ns3:RunCadence>3");
    let resting = text.replace(">Active<", ">Resting<");
    let later = text.replace("2026-04-01", "2026-04-02");
    let lap = later.find("   <Lap").expect("a lap")..later.find("   <Creator").expect("a creator");
    let activity = |sport: &str, laps: &str| {
        format!("<Activity Sport=\"{sport}\"><Id>2026-04-02T08:00:00Z</Id>{laps}</Activity>")
    };
    let several = text.replace(
        " </Activities>",
        &format!("{}</Activities>", activity("Biking", &later[lap])),
    );
    let only_totals = format!(
        "<TrainingCenterDatabase><Activities>{}</Activities></TrainingCenterDatabase>",
        activity(
            "Running",
            "<Lap StartTime=\"2026-04-02T08:00:00Z\"><TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters></Lap>"
        )
    );
    let planned = "<TrainingCenterDatabase><Workouts><Workout Sport=\"Running\"><Name>Intervals</Name></Workout></Workouts></TrainingCenterDatabase>";
    vec![
        case(
            "63",
            "nothing: a sound TCX file",
            ("run.tcx", text.as_str()),
            "ok 1/361",
            "",
        ),
        case(
            "63a",
            "an empty track, a point without latitude",
            broken("empty-elements.tcx"),
            "warned 1/73 W-xml-bad-position W-watch-distance",
            "",
        ),
        case(
            "63b",
            "points without a position",
            ("indoor.tcx", without("Position")),
            "ok 1/361",
            "",
        ),
        case(
            "63c",
            "points without a distance",
            ("gps.tcx", without("DistanceMeters")),
            "ok 1/361",
            "",
        ),
        case(
            "63d",
            "points without heart rate",
            ("plain.tcx", without("HeartRateBpm")),
            "ok 1/361",
            "",
        ),
        case(
            "63e",
            "cadences beyond 300",
            ("cadence.tcx", cadence),
            "ok 1/361",
            "",
        ),
        case(
            "63f",
            "laps that are called resting",
            ("rest.tcx", resting),
            "ok 1/361",
            "",
        ),
        case(
            "63g",
            "two activities of different sports",
            ("two.tcx", several),
            "ok 2/722",
            "",
        ),
        case(
            "63h",
            "laps without points",
            ("totals.tcx", only_totals),
            "ok 1/0",
            "",
        ),
        case(
            "63i",
            "a workout to be run",
            ("plan.tcx", planned),
            "skipped",
            "not a recorded activity",
        ),
        case(
            "59d",
            "TCX cut within a lap",
            broken("truncated.tcx"),
            "partial 1/37 W-xml-incomplete W-watch-distance W-watch-time",
            "37 points kept",
        ),
        case(
            "59e",
            "TCX cut between two points",
            ("cut.tcx", &text[..point]),
            "partial 1/360 W-xml-incomplete",
            "incomplete",
        ),
        case(
            "57b",
            "ten spaces before the declaration, as Strava writes TCX",
            ("spaces.tcx", format!("          {text}")),
            "ok 1/361",
            "",
        ),
    ]
}
