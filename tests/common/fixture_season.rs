//! `fixtures/season`: twelve weeks of one made-up athlete, up to a 10 km race.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use super::athlete::Athlete;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::fixture::Fixture;
use super::fixture::truth;
use super::generator::Keep;
use super::generator::Options;
use super::generator::generate;
use super::laps::Laps;
use super::packing::gzip;
use super::plan::Kind;
use super::plan::Length::Metres;
use super::plan::Length::Seconds;
use super::plan::Plan;
use super::plan::Sport;
use super::recording::Recording;
use super::rng::Rng;
use super::season_pack;
use super::workout_runs;
use super::workout_sets;

/// What a day holds; minutes unless said otherwise.
#[derive(Clone, Copy, Debug)]
enum Day {
    Easy(f64),
    /// Minutes, strides.
    Strides(f64, u32),
    Recovery(f64),
    /// Meant as a recovery run, but ever faster: minutes, speed at the end over critical speed.
    Drift(f64, f64),
    Long(f64),
    /// Minutes in all, minutes at marathon effort near the end.
    LongFast(f64, f64),
    /// Minutes of the block, share of critical speed.
    Tempo(f64, f64),
    /// Repetitions, metres, share of critical speed, seconds of recovery.
    Reps(u32, f64, f64, f64),
    /// Repetitions, minutes, share of critical speed.
    Minutes(u32, f64, f64),
    /// Repetitions, seconds.
    Hills(u32, f64),
    /// Metres as fast as possible, share of critical speed.
    Trial(f64, f64),
    /// The race over 10 km.
    Race,
    Ride(f64),
    Gym(f64),
}

use Day as D;

const MON: u64 = 0;
const TUE: u64 = 1;
const WED: u64 = 2;
const THU: u64 = 3;
const FRI: u64 = 4;
const SAT: u64 = 5;
const SUN: u64 = 6;

/// The weeks from Monday 2026-03-02: three of base, one light with a test; three of building, one
/// light with a test; two at the peak; two of taper with the race on the last day.
#[rustfmt::skip]
const WEEKS: [&[(u64, Day)]; 12] = [
    &[(MON, D::Gym(30.0)), (TUE, D::Easy(45.0)), (WED, D::Hills(8, 45.0)), (THU, D::Recovery(30.0)), (SAT, D::Strides(38.0, 5)), (SUN, D::Long(75.0))],
    &[(MON, D::Gym(30.0)), (TUE, D::Tempo(20.0, 0.92)), (WED, D::Recovery(30.0)), (THU, D::Easy(45.0)), (SAT, D::Strides(38.0, 6)), (SUN, D::Long(82.0))],
    &[(MON, D::Easy(35.0)), (TUE, D::Hills(10, 60.0)), (WED, D::Drift(34.0, 0.79)), (THU, D::Easy(45.0)), (THU, D::Gym(35.0)), (SAT, D::Tempo(22.0, 0.93)), (SUN, D::Long(90.0))],
    &[(TUE, D::Strides(35.0, 5)), (WED, D::Ride(50.0)), (THU, D::Easy(40.0)), (SAT, D::Trial(5000.0, 1.03)), (SUN, D::Easy(62.0))],
    &[(MON, D::Recovery(26.0)), (TUE, D::Reps(6, 800.0, 1.04, 120.0)), (WED, D::Recovery(30.0)), (THU, D::Easy(50.0)), (FRI, D::Gym(35.0)), (SAT, D::Tempo(24.0, 0.94)), (SUN, D::Long(95.0))],
    &[(MON, D::Ride(45.0)), (TUE, D::Reps(5, 1000.0, 1.03, 120.0)), (WED, D::Drift(38.0, 0.90)), (THU, D::Strides(45.0, 6)), (FRI, D::Gym(35.0)), (SAT, D::Minutes(3, 10.0, 0.95)), (SUN, D::Long(100.0))],
    &[(MON, D::Recovery(30.0)), (TUE, D::Reps(10, 400.0, 1.05, 75.0)), (TUE, D::Recovery(25.0)), (WED, D::Easy(45.0)), (THU, D::Easy(50.0)), (FRI, D::Gym(30.0)), (SAT, D::Tempo(28.0, 0.94)), (SUN, D::LongFast(105.0, 20.0))],
    &[(TUE, D::Strides(40.0, 5)), (WED, D::Ride(60.0)), (THU, D::Trial(3000.0, 1.065)), (FRI, D::Recovery(25.0)), (SUN, D::Long(75.0))],
    &[(MON, D::Recovery(30.0)), (TUE, D::Reps(6, 1000.0, 1.02, 120.0)), (WED, D::Recovery(32.0)), (THU, D::Easy(50.0)), (FRI, D::Gym(30.0)), (SAT, D::Minutes(4, 8.0, 0.96)), (SUN, D::Long(108.0))],
    &[(MON, D::Drift(35.0, 0.86)), (TUE, D::Reps(12, 400.0, 1.05, 75.0)), (WED, D::Recovery(30.0)), (THU, D::Easy(55.0)), (FRI, D::Gym(30.0)), (SAT, D::Reps(3, 2000.0, 1.0, 150.0)), (SUN, D::Long(112.0))],
    &[(TUE, D::Reps(5, 1000.0, 1.02, 120.0)), (WED, D::Recovery(30.0)), (THU, D::Strides(38.0, 5)), (SAT, D::Tempo(20.0, 0.95)), (SUN, D::Long(75.0))],
    &[(TUE, D::Reps(5, 400.0, 1.03, 90.0)), (WED, D::Recovery(25.0)), (THU, D::Easy(35.0)), (SAT, D::Strides(22.0, 4)), (SUN, D::Race)],
];

/// Share of critical speed from which running is in the middle zone.
const MIDDLE_ZONE_FROM: f64 = 0.823;
/// The seed of the first activity; each has its own.
const SEED: u64 = 20_000;

/// Returns the season's activities and the truth about all of them.
pub fn files() -> Vec<Fixture> {
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let mut out: Vec<Fixture> = Vec::new();
    let mut truths = Vec::new();
    for (week, days) in WEEKS.iter().enumerate() {
        for (place, &(weekday, day)) in days.iter().enumerate() {
            let date = monday + Days::new(7 * week as u64 + weekday);
            let second = place > 0 && days[place - 1].0 == weekday;
            let seed = SEED + 100 * week as u64 + place as u64;
            let run = record(day, date, second, week, seed);
            let (ending, bytes) = export(day, &run);
            let half = if second { "-evening" } else { "" };
            let path = format!("season/{}/{date}{half}.{ending}", date.format("%Y-%m"));
            let file = path.rsplit('/').next().unwrap().to_owned();
            truths.push(truth(&run, &file, run.session));
            out.push(Fixture {
                path,
                bytes,
                made_by: "generator",
                shows: format!("week {}: {}", week + 1, describe(day)),
            });
        }
    }
    let packed = season_pack::pack(&out);
    out.push(packed);
    out.push(Fixture {
        path: "season.json".into(),
        bytes: format!("[{}]\n", truths.join(",\n")).into_bytes(),
        made_by: "generator",
        shows: "the truth of the season".into(),
    });
    out
}

/// Makes the recording of a day.
fn record(day: Day, date: NaiveDate, second: bool, week: usize, seed: u64) -> Recording {
    let rng = &mut Rng::new(seed).stream(3);
    let mut athlete = Athlete::of_the_season();
    // A little faster from week to week, and a heart that has better and worse days.
    athlete.critical_speed_m_s += 0.008 * (week as f64 - 5.5);
    athlete.heart_rate_intercept_bpm += 1.5 * rng.normal();
    let local_s = match (
        second,
        matches!(day, D::Gym(_)),
        date.weekday().number_from_monday(),
    ) {
        (true, ..) | (_, true, _) => 18.5 * 3600.0,
        (_, _, 6..) => 8.5 * 3600.0,
        _ => 6.4 * 3600.0,
    } + rng.range(-600.0, 600.0).round();
    let midnight = date.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp();
    let offset_s = -7200;
    let options = Options {
        start_unix_s: midnight + local_s as i64 - offset_s,
        utc_offset_s: offset_s as i32,
        ..options(day)
    };
    let mut run = generate(&plan(day, &athlete, rng), &athlete, seed, &options);
    let (exertion, feel) = exertion(day);
    if exertion >= 8.0 || rng.chance(0.6) {
        run.perceived_exertion = Some(exertion);
        run.feel = Some(feel);
    }
    run
}

/// How hard it felt, 0–10, and how good, 0–100.
fn exertion(day: Day) -> (f64, u8) {
    match day {
        D::Recovery(_) => (2.0, 75),
        D::Easy(_) | D::Strides(..) | D::Ride(_) => (3.0, 75),
        D::Drift(..) | D::Gym(_) => (4.0, 50),
        D::Long(_) => (5.0, 75),
        D::LongFast(..) | D::Tempo(..) | D::Minutes(..) => (7.0, 75),
        D::Hills(..) | D::Reps(..) => (7.0, 50),
        D::Trial(..) => (9.0, 75),
        D::Race => (10.0, 100),
    }
}

fn plan(day: Day, athlete: &Athlete, rng: &mut Rng) -> Plan {
    let cs = athlete.critical_speed_m_s;
    let easy = athlete.easy_m_s * rng.range(0.975, 1.025);
    let mut minutes = |minutes: f64| Seconds(60.0 * minutes + rng.range(0.0, 50.0).round());
    let jog = athlete.easy_m_s * 0.8;
    let steady = |session, length, speed| Plan::new(session).step(Kind::Steady, length, speed);
    let set =
        |session, count, work, rest| workout_sets::set_plan(session, athlete, count, work, rest);
    match day {
        D::Easy(m) => steady("easy", minutes(m), easy),
        D::Strides(m, count) => workout_runs::strides(athlete, m, count),
        D::Recovery(m) => steady("recovery", minutes(m), 0.86 * easy),
        D::Drift(m, end) => steady("recovery", Seconds(12.0 * m), 0.87 * easy).ramp(
            Kind::Steady,
            Seconds(48.0 * m),
            0.9 * easy,
            end * cs,
        ),
        D::Long(m) => steady("long", minutes(m), 0.985 * easy),
        D::LongFast(m, fast) => steady("long", Seconds(60.0 * (m - fast - 10.0)), 0.985 * easy)
            .step(Kind::Tempo, Seconds(60.0 * fast), 0.91 * cs)
            .step(Kind::CoolDown, Seconds(600.0), 0.95 * easy),
        D::Tempo(m, share) => workout_runs::tempo(athlete, m, share),
        D::Reps(count, metres, share, rest) => {
            let work = (Kind::Work, Metres(metres), share * cs);
            set(
                "intervals",
                count,
                work,
                (Kind::Recovery, Seconds(rest), jog),
            )
        }
        D::Minutes(count, m, share) => {
            let work = (Kind::Work, Seconds(60.0 * m), share * cs);
            set(
                "intervals",
                count,
                work,
                (Kind::Recovery, Seconds(120.0), jog),
            )
        }
        D::Hills(count, seconds) => workout_runs::hills(athlete, count, seconds, 0.065),
        D::Trial(metres, share) => all_out(athlete, metres, share * cs),
        D::Race => all_out(athlete, 10_000.0, 0.99 * cs),
        D::Ride(m) => steady("cross_training", minutes(m), 7.5).sport(Sport::Cycling),
        D::Gym(m) => steady("cross_training", minutes(m), 0.0).sport(Sport::Strength),
    }
}

/// A race or a test: warm-up, a wait at the start, the distance, a walk, cool-down.
fn all_out(athlete: &Athlete, metres: f64, speed_m_s: f64) -> Plan {
    Plan::new("race")
        .easy_end(Kind::WarmUp, 15.0, athlete.easy_m_s)
        .step(Kind::Rest, Seconds(150.0), 0.0)
        .step(Kind::Tempo, Metres(metres), speed_m_s)
        .step(Kind::Rest, Seconds(120.0), 0.0)
        .easy_end(Kind::CoolDown, 9.0, athlete.easy_m_s)
}

/// Quality sessions are recorded each second, the rest smartly, as the athlete's watch does
/// outside workouts.
fn options(day: Day) -> Options {
    let (laps, keep) = match day {
        D::Reps(..) | D::Minutes(..) => (Laps::Structured, Keep::All),
        D::Hills(..) | D::Trial(..) => (Laps::Manual, Keep::All),
        D::Tempo(..) | D::Race => (Laps::Auto(1000.0), Keep::All),
        D::Ride(_) | D::Gym(_) => (Laps::One, Keep::Every(5)),
        _ => (Laps::Auto(1000.0), Keep::Smart),
    };
    let stops_per_hour = match day {
        D::Easy(_) | D::Recovery(_) => 1.0,
        _ => 0.0,
    };
    Options {
        laps,
        keep,
        stops_per_hour,
        ..Options::default()
    }
}

/// What was recorded each second is packed, as the archives of large sites hold it.
fn export(day: Day, run: &Recording) -> (&'static str, Vec<u8>) {
    let bytes = fit_writer::write(run, Wire::default());
    match options(day).keep {
        Keep::All => ("fit.gz", gzip(&bytes)),
        _ => ("fit", bytes),
    }
}

fn describe(day: Day) -> String {
    match day {
        D::Easy(m) => format!("easy, {m} min"),
        D::Strides(m, count) => format!("easy, {m} min, then {count} strides"),
        D::Recovery(m) => format!("recovery run, {m} min"),
        D::Drift(m, end) => {
            let zone = if end > MIDDLE_ZONE_FROM {
                "into the middle zone"
            } else {
                "into an easy run"
            };
            format!("recovery run, {m} min, that drifts {zone}")
        }
        D::Long(m) => format!("long, {m} min"),
        D::LongFast(m, fast) => format!("long, {m} min, {fast} of them fast"),
        D::Tempo(m, share) => format!("tempo, {m} min at {:.0} % of critical speed", share * 100.0),
        D::Reps(count, metres, ..) => format!("{count} × {metres} m"),
        D::Minutes(count, m, _) => format!("{count} × {m} min"),
        D::Hills(count, seconds) => format!("{count} × {seconds} s uphill"),
        D::Trial(metres, _) => format!("test over {metres} m"),
        D::Race => "race over 10 km".into(),
        D::Ride(m) => format!("ride, {m} min"),
        D::Gym(m) => format!("strength training, {m} min"),
    }
}
