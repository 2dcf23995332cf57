//! What was not run, and what a recording cannot have held, leaves no trace in the values of a run: made-up
//! files of each kind.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::athlete::Athlete;
use crate::common::carried::carried;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::gpx_writer;
use crate::common::gpx_writer::Dialect;
use crate::common::laps::Laps;
use crate::common::months::Months;
use crate::common::plan::Kind;
use crate::common::plan::Length::Seconds;
use crate::common::plan::Plan;
use crate::common::plan::Terrain;
use crate::common::recording::Recording;
use crate::common::tcx_writer;
use crate::common::workouts::Workout;
use hardeasy::channel::Channel;
use hardeasy::classification::Session;
use hardeasy::classification::judge;
use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Changes;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::segmentation;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::SegmentEdit;
use hardeasy::segmentation::SegmentKind;
use hardeasy::segmentation::segment;
use hardeasy::settings::Corrections;
use hardeasy::settings::Settings;
use hardeasy::streams::HeartRateQuality;
use hardeasy::streams::resample;
use hardeasy::streams::resample_marked;
use hardeasy::summary::Origin;
use hardeasy::summary::RunSummary;
use hardeasy::summary::Source;
use hardeasy::summary::summarise;
use hardeasy::vocabulary::LoadMethod;

fn read(bytes: &[u8], format: Format) -> Activity {
    let activities = ingest::read(bytes, format, Strictness::Lenient).unwrap();
    activities.into_iter().next().unwrap()
}

fn from_fit(run: &Recording) -> Activity {
    read(&fit_writer::write(run, Wire::default()), Format::Fit)
}

/// Returns the summary of a recording whose stretches are marked.
pub(crate) fn summary(activity: &Activity, marks: &[SegmentEdit], name: &str) -> RunSummary {
    let said = segmentation::said_by(marks.iter().map(|e| (e.kind, e.start_s, e.end_s)));
    let streams = resample_marked(activity, &said);
    let found = segment(&streams, LapPolicy::Auto);
    let (found, _) = segmentation::edit(&streams, found, marks);
    let source = Source {
        path: name.to_owned(),
        sha256: name.to_owned(),
        ..Source::default()
    };
    let origin = Origin {
        source,
        ..Origin::default()
    };
    summarise(activity, &streams, found, origin)
}

/// Judges runs with a threshold that the settings give, so that each has a load.
fn judged(runs: Vec<RunSummary>) -> Vec<Session> {
    let text = "[[thresholds]]\nfrom = 2020-01-01\ncritical_speed_m_s = 4.2\n";
    let settings = Settings::parse(text).unwrap();
    judge(runs, &settings, &Corrections::default(), false)
}

fn one(activity: &Activity, marks: &[SegmentEdit]) -> Session {
    judged(vec![summary(activity, marks, "one")]).remove(0)
}

/// An easy run of three quarters of an hour, at 3 m/s.
fn easy(options: &Options) -> Recording {
    let plan = Plan::new("easy").step(Kind::Steady, Seconds(2700.0), 3.0);
    generate(&plan, &Athlete::of_the_season(), 5, options)
}

fn near(what: &str, value: f64, expected: f64, within: f64) {
    assert!(
        (value - expected).abs() <= within,
        "{what}: {value}, expected {expected} ± {within}"
    );
}

fn load(session: &Session) -> f64 {
    session.load.as_ref().unwrap().value
}

/// Asserts that a run with a stretch that nobody ran has the values of the rest of it.
fn assert_left_out(what: &str, with: &Session, run: &Session, away_s: f64, kept: f64) {
    let (head, sound) = (&with.head, &run.head);
    let distance = (head.distance_m.unwrap(), sound.distance_m.unwrap());
    near(what, distance.0, kept * distance.1, 0.02 * distance.1);
    near(
        what,
        head.moving_s,
        kept * sound.moving_s,
        0.02 * sound.moving_s,
    );
    // A GPX file has no timer: where nothing moves it is taken to have stood.
    let on_foot_s = head.timer_s - head.not_running_s.unwrap_or(0.0);
    near(what, on_foot_s, sound.timer_s - away_s, 20.0);
    near(what, load(with), kept * load(run), 0.05 * load(run));
    let best = |session: &Session| session.best_efforts[0].elapsed_s.unwrap();
    assert!(
        best(with) > 0.97 * best(run),
        "{what}: {:?}",
        with.best_efforts
    );
    let stops = with.segments.iter();
    let stops = stops.filter(|one| one.kind == SegmentKind::Stop);
    let stood_s: f64 = stops.map(|stop| stop.elapsed_s()).sum();
    near(what, stood_s, away_s, 30.0);
}

#[test]
fn a_stretch_marked_as_a_stop_leaves_every_value() {
    let activity = from_fit(&easy(&Options::default()));
    let stop = SegmentEdit {
        start_s: 1200.0,
        end_s: 1800.0,
        kind: SegmentKind::Stop,
    };
    let (run, marked) = (one(&activity, &[]), one(&activity, &[stop]));
    assert_left_out("marked", &marked, &run, 600.0, 2100.0 / 2700.0);
    for effort in &marked.best_efforts {
        let start_s = effort.continuous_start_s;
        let Some((start_s, time_s)) = start_s.zip(effort.continuous_s) else {
            continue;
        };
        let is_apart = start_s + time_s <= 1201.0 || start_s >= 1799.0;
        assert!(is_apart, "{effort:?}");
    }
}

#[test]
fn load_by_exertion_counts_no_time_that_was_cut_away() {
    let felt = |marks: &[SegmentEdit]| {
        let mut activity = from_fit(&easy(&Options::default()));
        activity.perceived_exertion = Some(3.0);
        let run = summary(&activity, marks, "felt");
        let nothing = (Settings::default(), Corrections::default());
        let session = judge(vec![run], &nothing.0, &nothing.1, false).remove(0);
        let load = session.load.unwrap();
        let others = load.alternatives.iter().map(|by| (by.method, by.value));
        let mut all = std::iter::once((load.method, load.value)).chain(others);
        all.find(|(method, _)| *method == LoadMethod::PerceivedExertion)
            .unwrap()
            .1
    };
    let stop = SegmentEdit {
        start_s: 0.0,
        end_s: 900.0,
        kind: SegmentKind::Stop,
    };
    near("exertion", felt(&[stop]), felt(&[]) * 1800.0 / 2700.0, 0.3);
}

#[test]
fn a_way_home_without_recorded_steps_is_cut_off_a_gpx_file() {
    let options = Options {
        cadence: false,
        ..Options::default()
    };
    let gpx = |run: &Recording| {
        let text = gpx_writer::write(run, Dialect::Gpxtpx, "Morning Run");
        one(&read(text.as_bytes(), Format::Gpx), &[])
    };
    let run = easy(&options);
    let sound = gpx(&run);
    for (what, speed_m_s, heart_rate_bpm) in [("ride", 6.6, 112), ("drive", 15.0, 88)] {
        let mut home = run.clone();
        carried(&mut home, 2100..2701, speed_m_s, heart_rate_bpm);
        let session = gpx(&home);
        assert_left_out(what, &session, &sound, 600.0, 2100.0 / 2700.0);
        let told = session.warnings.iter().any(|w| w.code == "W-not-running");
        assert!(told, "{what}: {:?}", session.warnings);
    }
}

#[test]
fn a_ferry_or_a_tram_in_the_middle_is_a_stop() {
    let run = easy(&Options::default());
    let sound = one(&from_fit(&run), &[]);
    for (what, speed_m_s, heart_rate_bpm) in [("ferry", 5.5, 95), ("tram", 9.0, 98)] {
        let mut carried_on = run.clone();
        carried(&mut carried_on, 1200..1800, speed_m_s, heart_rate_bpm);
        let session = one(&from_fit(&carried_on), &[]);
        assert_left_out(what, &session, &sound, 600.0, 2100.0 / 2700.0);
    }
}

#[test]
fn laps_with_impossible_numbers_change_nothing() {
    let options = Options {
        laps: Laps::Auto(1000.0),
        ..Options::default()
    };
    let run = easy(&options);
    let mut odd = run.clone();
    for (index, lap) in odd.laps.iter_mut().enumerate() {
        lap.distance_m = Some([40_000.0, 1e9, -5.0, 0.0][index % 4]);
    }
    let read_in = |run: &Recording| {
        let tcx = tcx_writer::write(run, "");
        [
            one(&from_fit(run), &[]),
            one(&read(tcx.as_bytes(), Format::Tcx), &[]),
        ]
    };
    for (sound, odd) in read_in(&run).iter().zip(&read_in(&odd)) {
        assert_eq!(odd.head.distance_m, sound.head.distance_m);
        assert_eq!((odd.kind, &odd.segments), (sound.kind, &sound.segments));
        assert_eq!(odd.best_efforts, sound.best_efforts);
        let possible = odd.laps.rows.iter().all(|row| {
            let length_s = row.end_s - row.start_s;
            row.distance_m
                .is_none_or(|metres| (0.0..=12.0 * length_s).contains(&metres))
        });
        assert!(possible, "{:?}", odd.laps.rows);
    }
}

#[test]
fn heart_rate_of_a_steep_start_stays() {
    let mut plan = Plan::new("easy").step(Kind::Steady, Seconds(360.0), 3.6);
    plan.steps[0].grade = 0.14;
    plan.terrain = Terrain::Flat;
    let plan = plan.step(Kind::Steady, Seconds(1800.0), 2.7);
    let run = generate(&plan, &Athlete::of_the_season(), 7, &Options::default());
    let mut steep = run.clone();
    for sample in &mut steep.samples {
        // Up for six minutes with the heart of a climb, then an easy run on the flat.
        let breathing = (sample.time_s / 7 % 3) as u8;
        let beats = if sample.time_s < 330 { 172 } else { 142 };
        sample.heart_rate_bpm = Some(beats + breathing);
    }
    let kept = |run: &Recording| {
        let streams = resample(&from_fit(run));
        let speed = streams.speed_m_s.mean(60..300).unwrap();
        (speed, streams.heart_rate_bpm.present(30..300).count())
    };
    let (speed_m_s, beats) = kept(&steep);
    assert!(speed_m_s < 2.7, "a slow climb: {speed_m_s}");
    assert!(beats > 260, "{beats} of 270 s kept");
    for sample in &mut steep.samples {
        sample.altitude_m = sample.altitude_m.and(Some(100.0));
    }
    assert!(kept(&steep).1 < 60, "on the flat it is the sensor's fault");
}

/// The runs of an athlete's months, the last of them an easy run with another heart rate.
fn with_last(change: impl Fn(usize, f64, f64) -> f64) -> Session {
    let months = Months::new(9100, true);
    let files = months.files.iter();
    let mut runs: Vec<Activity> = files.map(|bytes| read(bytes, Format::Fit)).collect();
    let mut last = runs.pop().unwrap();
    let records = &mut last.records;
    let pairs = records
        .heart_rate_bpm
        .iter()
        .zip(records.cadence_spm.iter());
    let changed: Channel = pairs
        .enumerate()
        .map(|(cell, (beats, steps))| Some(change(cell, beats?, steps.unwrap_or(160.0))))
        .collect();
    records.heart_rate_bpm = changed;
    runs.push(last);
    let named = runs.iter().enumerate();
    let runs = named.map(|(index, run)| summary(run, &[], &index.to_string()));
    judge(
        runs.collect(),
        &Settings::default(),
        &Corrections::default(),
        false,
    )
    .pop()
    .unwrap()
}

#[test]
fn a_run_whose_heart_rate_was_largely_cadence_is_not_unexpectedly_hard() {
    let high = with_last(|_, beats, _| beats + 18.0);
    assert_eq!(high.data_quality.heart_rate, HeartRateQuality::Valid);
    assert!(high.expectation.unexpectedly_hard, "{:?}", high.expectation);
    let locked = with_last(|cell, beats, steps| {
        if (cell / 700) % 2 == 1 {
            steps + (cell / 9 % 2) as f64
        } else {
            beats + 18.0
        }
    });
    assert_ne!(locked.data_quality.heart_rate, HeartRateQuality::Valid);
    assert!(
        !locked.expectation.unexpectedly_hard,
        "{:?}",
        locked.expectation
    );
}

#[test]
fn two_samples_an_hour_apart_give_no_load() {
    let mut activity = from_fit(&easy(&Options::default()));
    let records = &mut activity.records;
    records.time_s = vec![0.0, 3600.0];
    let two = |channel: &Channel| (0..2).map(|i| channel.get(100 + i)).collect::<Channel>();
    records.heart_rate_bpm = two(&records.heart_rate_bpm);
    records.cadence_spm = two(&records.cadence_spm);
    records.altitude_m = two(&records.altitude_m);
    records.latitude_deg = Channel::default();
    records.longitude_deg = Channel::default();
    records.speed_m_s = Channel::default();
    records.distance_m = Channel::default();
    records.power_w = Channel::default();
    records.temperature_c = Channel::default();
    activity.laps.clear();
    let session = one(&activity, &[]);
    assert!(session.load.is_none(), "{:?}", session.load);
    assert!(session.distribution.is_none(), "{:?}", session.distribution);
}

#[test]
fn rests_and_stops_have_no_pace() {
    let mut rests = 0;
    for workout in [Workout::RunStop, Workout::StopsEasy, Workout::Ladder] {
        for seed in 1..5 {
            let athlete = Athlete::random(seed);
            let plan = workout.plan(&athlete, seed);
            let run = generate(&plan, &athlete, seed, &Options::default());
            let session = one(&from_fit(&run), &[]);
            let stood = |kind| matches!(kind, SegmentKind::Rest | SegmentKind::Stop);
            for segment in session.segments.iter().filter(|one| stood(one.kind)) {
                rests += 1;
                let numbers = (segment.speed_m_s, segment.effort_speed_m_s);
                assert_eq!(numbers, (None, None), "{segment:?}");
                assert_eq!(segment.pace_s_per_km, None);
            }
        }
    }
    assert!(rests > 10, "{rests} rests and stops");
}

/// Returns an activity with another cadence in some seconds.
fn with_cadence(
    activity: &Activity,
    cadence_spm: Option<f64>,
    is_there: &dyn Fn(f64) -> bool,
) -> Activity {
    let records = &activity.records;
    let column = records
        .time_s
        .iter()
        .enumerate()
        .map(|(index, time_s)| match is_there(*time_s) {
            true => cadence_spm,
            false => records.cadence_spm.get(index),
        });
    let mut other = activity.clone();
    other.records.cadence_spm = column.collect();
    other
}

#[test]
fn a_sensor_of_steps_that_fails_in_the_efforts_cuts_none_of_them() {
    let athlete = Athlete::of_the_season();
    let speed = 1.04 * athlete.critical_speed_m_s;
    let plan = Plan::new("intervals")
        .easy_end(Kind::WarmUp, 14.0, athlete.easy_m_s)
        .repeat(
            5,
            (Kind::Work, Seconds(180.0), speed),
            (Kind::Recovery, Seconds(120.0), 0.8 * athlete.easy_m_s),
        )
        .easy_end(Kind::CoolDown, 10.0, athlete.easy_m_s);
    let activity = from_fit(&generate(&plan, &athlete, 7, &Options::default()));
    let sound = one(&activity, &[]);
    let works: Vec<(f64, f64)> = sound
        .segments
        .iter()
        .filter(|segment| segment.kind.is_work())
        .map(|segment| (segment.start_s, segment.end_s))
        .collect();
    assert_eq!(works.len(), 5);
    let in_work = |time_s: f64| {
        works
            .iter()
            .any(|(start, end)| (*start..*end).contains(&time_s))
    };
    for failed in [
        with_cadence(&activity, None, &in_work),
        with_cadence(&activity, Some(0.0), &in_work),
        with_cadence(&activity, Some(85.0), &in_work),
        with_cadence(&activity, Some(0.0), &|_| true),
    ] {
        let session = one(&failed, &[]);
        assert_eq!(session.kind, sound.kind);
        assert_eq!(session.head.not_running_s, None);
        near(
            "distance",
            session.head.distance_m.unwrap(),
            sound.head.distance_m.unwrap(),
            1.0,
        );
    }
}

#[test]
fn a_true_distance_is_of_what_was_run() {
    let mut run = easy(&Options::default());
    carried(&mut run, 2100..2701, 6.6, 112);
    let mut activity = from_fit(&run);
    let before = one(&activity, &[]).head;
    let true_m = 1.03 * before.distance_m.unwrap();
    let changes = Changes {
        distance_m: Some(true_m),
        ..Changes::default()
    };
    assert!(changes.apply(&mut activity).is_empty());
    let after = one(&activity, &[]).head;
    near(
        "distance",
        after.distance_m.unwrap(),
        true_m,
        0.005 * true_m,
    );
    near("moving time", after.moving_s, before.moving_s, 15.0);
    near(
        "the ride",
        after.not_running_s.unwrap(),
        before.not_running_s.unwrap(),
        15.0,
    );
}
