//! The order of the steps.

use crate::channel::Channel;
use crate::ingest::Activity;
use crate::ingest::Lap;
use crate::ingest::Series;
use crate::ingest::SportFrom;

use super::choice;
use super::derive;
use super::fastest;
use super::grid::Streams;
use super::ground::Ground;
use super::heart_rate;
use super::marks::Marked;
use super::marks::Marks;
use super::not_run;
use super::not_run::Body;
use super::not_run::Found;
use super::odometer::Odometer;
use super::quality::SpeedSource;
use super::repair_log::Kind;
use super::repair_log::Repairs;
use super::slope;
use super::slope::Slope;
use super::speed_spikes;
use super::timeline;
use super::timeline::Timeline;
use super::track::Track;

/// Carries out the steps that [`super::resample`] names.
pub(super) fn streams(activity: &Activity, marked: &Marked) -> Streams {
    let mut repairs = Repairs::default();
    let used = timeline::usable_records(&activity.records.time_s, &mut repairs);
    let times_s = &activity.records.time_s[..used];
    let fastest_m_s = fastest::fastest_m_s(activity.sport);
    let mut timeline = Timeline::new(times_s, &activity.pauses);
    let mut odometer = Odometer::new(activity, used, &timeline, fastest_m_s, &mut repairs);
    let scaled_to = activity.true_distance_m.map_or(Ok(1.0), |true_m| {
        let away_m = away_m(activity, times_s, (&timeline, &odometer), marked);
        odometer.scale_to(true_m, away_m, &mut repairs)
    });
    let scale = scaled_to.as_ref().copied().unwrap_or(1.0);
    let device_timer_s = activity.totals.timer_s;
    timeline.infer_pauses(times_s, &odometer, device_timer_s, &mut repairs);
    let still = timeline.still();
    let mut track = bridged(&odometer, &timeline, &still, &mut repairs);
    let inputs = Inputs {
        activity,
        times_s,
        timeline: &timeline,
        fastest_m_s,
        scale,
    };
    let body = inputs.body();
    let mut found = not_run::find(&track, &body, activity.sport, marked);
    if activity.sport_from == SportFrom::User {
        // Whose sport the runner names is that sport.
        found.not_a_run = None;
    }
    let away = track.settle_strays(&found, &mut repairs);
    track.settle_jumps(fastest_m_s, &mut repairs);
    let step_m_s = track.smooth_steps(odometer.quantum_m);
    let mut streams = Streams {
        elapsed_s: timeline.elapsed_s,
        sampling_s: timeline.sampling_s,
        gap: timeline.gaps(times_s, &still),
        distance_m: match odometer.source {
            SpeedSource::None => Channel::absent(timeline.cells() + 1),
            _ => track.distance_m(),
        },
        suspect: track.suspect.clone(),
        paused: timeline.paused(&still),
        away,
        ahead: found.ahead(),
        not_a_run: found.not_a_run.clone(),
        refused_distance: scaled_to.err(),
        marks: Marks {
            laps: scaled(&activity.laps, scale),
            workout: activity.workout.clone(),
            splits: activity.splits.clone(),
        },
        ..Streams::default()
    };
    let ways = Ways {
        odometer: &odometer,
        track: &track,
        step_m_s,
        found: &found,
    };
    streams.add_speed(&inputs, &ways, &mut repairs);
    streams.add_slope_and_effort(&inputs, &body, &mut repairs);
    streams.add_body(&inputs, &body, &mut repairs);
    streams.find_motion(&timeline.sparse(times_s));
    let told = repairs.close();
    streams.repairs = told.repairs;
    streams.repaired_way = told.longest_of_way;
    streams
}

/// Returns the way from second to second, its drop-outs bridged.
fn bridged(
    odometer: &Odometer,
    timeline: &Timeline,
    still: &[bool],
    repairs: &mut Repairs,
) -> Track {
    let mut track = Track::new(odometer, timeline, still);
    track.judge_gaps(odometer, timeline, repairs);
    track.bridge_dropouts(repairs);
    track
}

/// Returns the metres that nobody ran, before any are scaled: a true distance is of what was run.
fn away_m(
    activity: &Activity,
    times_s: &[f64],
    (timeline, odometer): (&Timeline, &Odometer),
    marked: &Marked,
) -> f64 {
    let mut unheard = Repairs::default();
    let mut track = bridged(odometer, timeline, &timeline.still(), &mut unheard);
    let inputs = Inputs {
        activity,
        times_s,
        timeline,
        fastest_m_s: fastest::fastest_m_s(activity.sport),
        scale: 1.0,
    };
    let found = not_run::find(&track, &inputs.body(), activity.sport, marked);
    let before_m: f64 = track.increments_m.iter().sum();
    track.settle_strays(&found, &mut unheard);
    before_m - track.increments_m.iter().sum::<f64>()
}

/// Returns laps with their distances scaled.
fn scaled(laps: &[Lap], scale: f64) -> Vec<Lap> {
    let scaled = laps.iter().map(|lap| Lap {
        distance_m: lap.distance_m.map(|metres| metres * scale),
        ..lap.clone()
    });
    scaled.collect()
}

/// What every channel is made from.
struct Inputs<'a> {
    activity: &'a Activity,
    times_s: &'a [f64],
    timeline: &'a Timeline,
    fastest_m_s: f64,
    /// By how much distances and speeds were scaled to be true.
    scale: f64,
}

/// What speed is made from.
struct Ways<'a> {
    odometer: &'a Odometer,
    track: &'a Track,
    /// By how much one step of the counter changes the speed of a second.
    step_m_s: f64,
    found: &'a Found,
}

impl Ways<'_> {
    /// Takes the device's speed out where distance ran ahead: it is of the same positions.
    fn take_out_ahead(&self, device: &mut Channel) {
        for (start, end) in self.found.ahead() {
            for cell in start..end {
                device.set(cell, None);
            }
        }
    }
}

impl Inputs<'_> {
    /// Returns what the body did, as recorded.
    fn body(&self) -> Body {
        let records = &self.activity.records;
        Body {
            cadence_spm: self.nearest(&records.cadence_spm),
            heart_rate_bpm: self.sample(&records.heart_rate_bpm),
            altitude_m: self.sample(&records.altitude_m),
        }
    }

    fn sample(&self, column: &Channel) -> Channel {
        self.timeline.sample(self.times_s, column)
    }

    /// Returns the nearest record in place of the mean of two: half of a cadence is none.
    fn nearest(&self, column: &Channel) -> Channel {
        self.timeline.sample_nearest(self.times_s, column)
    }

    /// Returns the device's own speed `lag_s` later, absent where it is impossible.
    fn device_speed(&self, lag_s: f64) -> Channel {
        const MIDDLE_S: f64 = 0.5;
        let column = &self.activity.records.speed_m_s;
        self.timeline
            .sample_at(self.times_s, column, MIDDLE_S + lag_s)
            .iter()
            .map(|speed| Some(speed? * self.scale))
            .map(|speed| speed.filter(|speed| (0.0..=self.fastest_m_s).contains(speed)))
            .collect()
    }
}

impl Streams {
    /// Chooses and repairs speed.
    fn add_speed(&mut self, inputs: &Inputs, ways: &Ways, repairs: &mut Repairs) {
        let (odometer, track) = (ways.odometer, ways.track);
        let increments = match odometer.source {
            SpeedSource::Distance | SpeedSource::Position => track.speed_m_s(),
            _ => Channel::absent(self.len()),
        };
        let lag_s = choice::lag_s(&increments, &inputs.device_speed(0.0));
        let lag_s = lag_s.unwrap_or(choice::USUAL_LAG_S);
        let mut device = inputs.device_speed(lag_s);
        ways.take_out_ahead(&mut device);
        if device.has_values() {
            self.device_lag_s = lag_s;
        }
        let still = track.still();
        let tolerance_m_s = speed_spikes::tolerance_m_s(self.sampling_s, ways.step_m_s);
        let (increments, spikes) = speed_spikes::replace_spikes(&increments, tolerance_m_s);
        let (device, _) = speed_spikes::replace_spikes(&device, tolerance_m_s);
        let device_wins = choice::prefers_device(&increments, &device, still);
        let (first, second) = if device_wins {
            (&device, &increments)
        } else {
            (&increments, &device)
        };
        self.speed_m_s = derive::speed_m_s(first, second, still);
        self.speed_source = match (device_wins, odometer.source) {
            (true, _) if device.has_values() => SpeedSource::Device,
            (_, source) => source,
        };
        if !device_wins {
            repairs.note_cells(Kind::SpeedSpikes, &spikes);
            for (suspect, spike) in self.suspect.iter_mut().zip(&spikes) {
                *suspect |= spike;
            }
        }
        self.distance_speed_m_s = increments;
        self.device_speed_m_s = device;
    }

    /// Adds altitude, slope, effort speed and positions.
    fn add_slope_and_effort(&mut self, inputs: &Inputs, body: &Body, repairs: &mut Repairs) {
        let records = &inputs.activity.records;
        let source = inputs.activity.altitude_source;
        self.latitude_deg = inputs.sample(&records.latitude_deg);
        self.longitude_deg = inputs.sample(&records.longitude_deg);
        let mut slope = slope::fit(&body.altitude_m, &self.distance_m, source, repairs);
        if slope.quality.is_used() && fastest::is_on_foot(inputs.activity.sport) {
            self.distrust(body, &mut slope, repairs);
        }
        self.effort_speed_m_s =
            derive::effort_speed_m_s(&self.speed_m_s, &slope.grade, slope.quality);
        self.altitude_m = slope.altitude_m;
        self.grade = slope.grade;
        self.grade_quality = slope.quality;
    }

    /// Takes slope out where altitude cannot be the ground's.
    fn distrust(&mut self, body: &Body, slope: &mut Slope, repairs: &mut Repairs) {
        let ground = Ground {
            altitude_m: &body.altitude_m,
            grade: &slope.grade,
            speed_m_s: &self.speed_m_s,
            heart_rate_bpm: &body.heart_rate_bpm,
            latitude_deg: &self.latitude_deg,
            longitude_deg: &self.longitude_deg,
        };
        let (unsound, is_climb_unknown) = ground.unsound();
        self.altitude_drifts = is_climb_unknown;
        repairs.note_cells(Kind::AltitudeUnsound, &unsound);
        for (cell, _) in unsound.iter().enumerate().filter(|(_, bad)| **bad) {
            slope.grade.set(cell, None);
            slope.altitude_m.set(cell, None);
        }
    }

    /// Adds what the body did: cadence, heart rate, power; and temperature.
    fn add_body(&mut self, inputs: &Inputs, body: &Body, repairs: &mut Repairs) {
        let records = &inputs.activity.records;
        self.cadence_spm = derive::cadence_spm(&body.cadence_spm, &self.speed_m_s, repairs);
        (self.heart_rate_bpm, self.heart_rate_quality) = heart_rate::validate(
            &body.heart_rate_bpm,
            &self.cadence_spm,
            &self.effort_speed_m_s,
            repairs,
        );
        self.power_w = inputs.sample(&records.power_w);
        self.temperature_c = inputs.sample(&records.temperature_c);
        let further = records.further.iter().map(|series| Series {
            name: series.name.clone(),
            values: inputs.nearest(&series.values),
        });
        self.further = further.collect();
    }
}
