//! Faults of one file that would poison a season: made from a sound easy run.

use chrono::Duration;
use hardeasy::channel::Channel;
use hardeasy::ingest::Activity;

use super::rng::Rng;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poison {
    /// The last quarter of an hour is a ride home.
    RideHome,
    /// The whole is a ride, saved as a run.
    Ride,
    /// The last minutes are a drive.
    DriveHome,
    /// For 30–300 s the distance runs on its own.
    Glitch,
    /// The altitude rises on the flat.
    Drift,
    /// The clock stands for a minute.
    FrozenClock,
}

impl Poison {
    /// All of them.
    pub const ALL: [Poison; 6] = [
        Poison::RideHome,
        Poison::Ride,
        Poison::DriveHome,
        Poison::Glitch,
        Poison::Drift,
        Poison::FrozenClock,
    ];
}

/// Returns a run with a fault, or as it was, ten hours later on the same day.
pub fn poisoned(run: &Activity, poison: Option<Poison>, rng: &mut Rng) -> Activity {
    let mut bad = run.clone();
    bad.start = run.start.map(|start| start + Duration::hours(10));
    bad.laps.clear();
    bad.splits.clear();
    let length = bad.records.len();
    let Some(poison) = poison else {
        return bad;
    };
    match poison {
        Poison::RideHome => moved(&mut bad, length.saturating_sub(900), length, 6.6, 118.0),
        Poison::Ride => moved(&mut bad, 0, length, 6.4, 118.0),
        Poison::DriveHome => moved(&mut bad, length.saturating_sub(600), length, 14.0, 88.0),
        Poison::Glitch => {
            let seconds = rng.whole(30, 300) as usize;
            let start = length / 3;
            run_ahead(&mut bad, start, start + seconds, rng.range(5.8, 7.0));
        }
        Poison::Drift => drift(&mut bad, length / 2, 150, 1.1),
        Poison::FrozenClock => freeze(&mut bad, length / 2, 60),
    }
    bad
}

/// Gives a stretch another distance, without steps and with another heart rate.
fn moved(run: &mut Activity, start: usize, end: usize, speed_m_s: f64, heart_bpm: f64) {
    run_ahead(run, start, end, speed_m_s);
    run.records.power_w = Channel::default();
    for record in start..end {
        run.records.cadence_spm.set(record, Some(0.0));
        let beats = heart_bpm + (record % 7) as f64 / 3.0;
        run.records.heart_rate_bpm.set(record, Some(beats));
    }
}

/// Lets distance and speed of a stretch say another speed; what follows keeps its own.
fn run_ahead(run: &mut Activity, start: usize, end: usize, speed_m_s: f64) {
    let records = &mut run.records;
    let end = end.min(records.time_s.len());
    let mut distance_m = Channel::default();
    let mut more_m = 0.0;
    for record in 0..records.time_s.len() {
        if (start.max(1)..end).contains(&record) {
            let seconds = records.time_s[record] - records.time_s[record - 1];
            let own = records
                .distance_m
                .get(record)
                .zip(records.distance_m.get(record - 1));
            more_m += speed_m_s * seconds - own.map_or(0.0, |(now, before)| now - before);
            records.speed_m_s.set(record, Some(speed_m_s));
        }
        distance_m.push(records.distance_m.get(record).map(|own| own + more_m));
    }
    records.distance_m = distance_m;
}

/// Lets altitude rise for some seconds.
fn drift(run: &mut Activity, start: usize, seconds: usize, climb_m_s: f64) {
    let altitude = run.records.altitude_m.iter().enumerate();
    let risen = altitude.map(|(record, altitude)| {
        let on = record.clamp(start, start + seconds) - start;
        altitude.map(|altitude| altitude + climb_m_s * on as f64)
    });
    run.records.altitude_m = risen.collect();
}

/// Lets the clock stand for some seconds while the rest goes on.
fn freeze(run: &mut Activity, start: usize, seconds: usize) {
    let records = &mut run.records;
    let kept: Vec<usize> = (0..records.time_s.len())
        .filter(|record| !(start..start + seconds).contains(record))
        .collect();
    let stood_s = seconds as f64;
    let times = kept.iter().map(|record| {
        let time_s = records.time_s[*record];
        if *record < start {
            time_s
        } else {
            time_s - stood_s
        }
    });
    let times: Vec<f64> = times.collect();
    let keep = |channel: &mut Channel| {
        if !channel.is_empty() {
            *channel = kept.iter().map(|record| channel.get(*record)).collect();
        }
    };
    for channel in [
        &mut records.latitude_deg,
        &mut records.longitude_deg,
        &mut records.distance_m,
        &mut records.speed_m_s,
        &mut records.altitude_m,
        &mut records.heart_rate_bpm,
        &mut records.cadence_spm,
        &mut records.power_w,
        &mut records.temperature_c,
    ] {
        keep(channel);
    }
    records.time_s = times;
}
