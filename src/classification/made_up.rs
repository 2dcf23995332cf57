//! Runs for tests, made of their parts, by athletes with a past.
//!
//! The notation of a run: parts separated by ";", each a word, a length ("4:00" or "400m") and a
//! speed ("94%" of critical speed, "easy", "slow" or metres per second). "6x: work …, jog …" repeats
//! what follows up to the next ";", the last recovery left out.

use chrono::DateTime;
use chrono::Duration;
use chrono::NaiveDate;
use chrono::Utc;

use super::Session;
use super::judge;
use crate::channel::Channel;
use crate::ingest::Activity;
use crate::ingest::Sport;
use crate::segmentation::LapReport;
use crate::segmentation::LapUse;
use crate::segmentation::Segment;
use crate::segmentation::SegmentKind::*;
use crate::segmentation::Segmentation;
use crate::segmentation::exact;
use crate::settings::Corrections;
use crate::settings::Race;
use crate::settings::Settings;
use crate::streams::GradeQuality;
use crate::streams::HeartRateQuality;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::summary::Origin;
use crate::summary::RunSummary;
use crate::summary::Source;
use crate::summary::summarise;
use crate::vocabulary::SegmentKind;

/// Weeks of training before a case.
const WEEKS: i64 = 8;
/// The Sunday of this week holds a race.
const RACE_WEEK: i64 = 5;
/// A Thursday, four days after the last run of the eight weeks.
pub(super) const LATER: i64 = WEEKS * 7 + 3;
/// The morning after the last run of the eight weeks.
pub(super) const NEXT_DAY: i64 = WEEKS * 7;
/// An evening run starts so long after a morning run.
const EVENING_H: i64 = 12;
/// "Slow" is slower than easy by this, in seconds per kilometre: well within a recovery run.
const SLOW_S_PER_KM: f64 = 50.0;
/// The slope of hill repetitions.
const HILL: f64 = 0.07;

/// The athletes of the cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Five runs a week.
    Club,
    /// Runs and walks three times a week.
    Beginner,
    /// Seven runs a week.
    Fast,
    /// Four runs a week, without heart rate.
    Masters,
    /// Five runs a week, with easy days near the middle zone.
    Brisk,
    /// The club runner with a strap that shows nonsense, and the program has seen that.
    WrongHeartRate,
    /// The club runner without a past.
    Newcomer,
}

use Who::*;

/// The days before a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// The eight weeks, then three days off.
    DaysOff,
    /// The eight weeks, the last Sunday's long run a day ago.
    AfterLong,
    /// Intervals on the day before.
    AfterIntervals,
    /// A 10 km race on the day before.
    AfterRace,
    /// Intervals in the morning of the same day.
    EveningAfterIntervals,
    /// An easy run in the morning of the same day.
    EveningAfterEasy,
    /// Nothing at all.
    Alone,
}

/// What is out of the ordinary in a case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum But {
    /// The watch recorded no heart rate.
    NoHeartRate,
    /// Heart rate was higher than the speed explains, by so many beats.
    HigherHeartRate(f64),
    /// Nothing recorded speed or distance.
    NoSpeed,
    /// It was on a treadmill.
    Treadmill,
    /// The activity has a name.
    Named(&'static str),
    /// The settings hold a race for the day: name, metres.
    Planned(&'static str, f64),
    /// It was another sport.
    Other(Sport),
    /// It felt so hard, of 10.
    Felt(f64),
    /// The efforts were the steps of a programme.
    Programmed,
    /// Each effort led along one straight, and each recovery back.
    ThereAndBack,
}

impl Who {
    /// Returns critical speed and habitual easy speed, in metres per second.
    fn speeds(self) -> (f64, f64) {
        match self {
            Club | WrongHeartRate | Newcomer => (4.0, 2.9),
            Beginner => (2.6, 2.1),
            Fast => (5.2, 3.9),
            Masters => (3.5, 2.6),
            Brisk => (3.5, 2.9),
        }
    }

    /// Returns heart rate at a speed: 140 when the club runner runs easily, 168 at 95 % of critical
    /// speed, which is threshold.
    fn heart_rate(self, speed: f64) -> f64 {
        50.0 + 124.0 * speed / self.speeds().0
    }

    /// Returns a usual week: the day of the week from Monday, the run.
    fn week(self) -> &'static [(i64, &'static str)] {
        match self {
            Club | WrongHeartRate => &[
                (1, "up 15:00; 6x: work 4:00 103.75%, jog 1:30; down 10:00"),
                (2, "run 45:00 easy"),
                (3, "up 15:00; tempo 25:00 93.75%; down 10:00"),
                (5, "run 50:00 easy"),
                (6, "run 95:00 2.85"),
            ],
            Beginner => &[
                (1, "8x: work 3:00 easy, walk 2:00"),
                (3, "run 30:00 easy"),
                (6, "run 40:00 easy"),
            ],
            Fast => &[
                (0, "run 50:00 easy"),
                (1, "up 18:00; 8x: work 3:00 105%, jog 1:30; down 12:00"),
                (2, "run 60:00 easy"),
                (3, "run 60:00 easy"),
                (4, "up 18:00; tempo 25:00 95%; down 12:00"),
                (5, "run 50:00 easy"),
                (6, "run 105:00 3.85"),
            ],
            Masters => &[
                (1, "up 12:00; 5x: work 3:00 103%, jog 2:00; down 10:00"),
                (3, "run 40:00 easy"),
                (5, "up 12:00; tempo 20:00 94%; down 10:00"),
                (6, "run 92:00 2.55"),
            ],
            Brisk => &[
                (1, "up 12:00; 5x: work 3:00 103%, jog 2:00; down 10:00"),
                (2, "run 45:00 easy"),
                (3, "up 12:00; tempo 20:00 94%; down 10:00"),
                (5, "run 50:00 easy"),
                (6, "run 92:00 2.85"),
            ],
            Newcomer => &[],
        }
    }

    /// Returns the eight weeks before the cases.
    pub(super) fn eight_weeks(self) -> Vec<RunSummary> {
        let week = |number: i64| {
            self.week().iter().map(move |&(weekday, usual)| {
                let is_race = number == RACE_WEEK && weekday == 6;
                let parts = if is_race { "run 5000m 103.7%" } else { usual };
                self.run(number * 7 + weekday, 0, parts, &[])
            })
        };
        (0..WEEKS).flat_map(week).collect()
    }

    /// Returns the athlete's settings: the race of the eight weeks, and those of the days before.
    pub(super) fn settings(self) -> Settings {
        let race = Race {
            day: day(RACE_WEEK * 7 + 6),
            name: None,
            distance_m: Some(5000.0),
            time_s: None,
        };
        Settings {
            birth_year: Some(1990),
            races: vec![race],
            ..Settings::default()
        }
    }

    /// Returns a run on a day (counted from a Monday), hours after six in the morning.
    pub(super) fn run(self, day: i64, hours: i64, parts: &str, but: &[But]) -> RunSummary {
        let track = Track::new(self, parts, but);
        let mut activity = Activity {
            sport: Sport::Running,
            start: Some(start_of_all() + Duration::days(day) + Duration::hours(hours)),
            utc_offset_s: Some(0),
            ..Activity::default()
        };
        for one in but {
            match *one {
                But::Treadmill => activity.sub_sport = Some("treadmill".to_owned()),
                But::Named(name) => activity.name = Some(name.to_owned()),
                But::Other(sport) => activity.sport = sport,
                But::Felt(exertion) => activity.perceived_exertion = Some(exertion),
                _ => {}
            }
        }
        summarise(
            &activity,
            &track.streams(),
            track.segmentation(),
            origin(day, hours, parts),
        )
    }
}

/// Returns the session of a case.
pub(super) fn session(who: Who, before: Before, parts: &str, but: &[But]) -> Session {
    let (mut runs, mut settings) = (Vec::new(), who.settings());
    if before != Before::Alone {
        runs = who.eight_weeks();
    }
    let intervals = "up 15:00; 5x: work 4:00 102%, jog 2:00; down 10:00";
    let (own_day, hours) = match before {
        Before::DaysOff | Before::Alone => (LATER, 0),
        Before::AfterLong => (NEXT_DAY, 0),
        Before::AfterIntervals => {
            runs.push(who.run(LATER - 1, 0, intervals, &[]));
            (LATER, 0)
        }
        Before::AfterRace => {
            runs.push(who.run(LATER - 1, 3, "run 10000m 100%", &[]));
            settings.races.push(planned(LATER - 1, "10 km", 10_000.0));
            (LATER, 0)
        }
        Before::EveningAfterIntervals => {
            runs.push(who.run(LATER, 0, intervals, &[]));
            (LATER, EVENING_H)
        }
        Before::EveningAfterEasy => {
            runs.push(who.run(LATER, 0, "run 40:00 easy", &[]));
            (LATER, EVENING_H)
        }
    };
    for one in but {
        if let But::Planned(name, distance_m) = *one {
            settings.races.push(planned(own_day, name, distance_m));
        }
    }
    let own = who.run(own_day, hours, parts, but);
    let path = own.head.source.path.clone();
    runs.push(own);
    let sessions = judge(runs, &settings, &Corrections::default(), false);
    let mut own = sessions.into_iter().filter(|s| s.head.source.path == path);
    own.next().expect("each run has a session")
}

fn planned(number: i64, name: &str, distance_m: f64) -> Race {
    Race {
        day: day(number),
        name: Some(name.to_owned()),
        distance_m: Some(distance_m),
        time_s: None,
    }
}

fn start_of_all() -> DateTime<Utc> {
    let monday = DateTime::parse_from_rfc3339("2026-01-05T06:00:00Z");
    monday.expect("a sound literal").with_timezone(&Utc)
}

fn day(number: i64) -> NaiveDate {
    (start_of_all() + Duration::days(number)).date_naive()
}

fn origin(day: i64, hours: i64, parts: &str) -> Origin {
    Origin {
        athlete: None,
        source: Source {
            path: format!("day {day} {hours} {parts}"),
            sha256: format!("{:012x}", day * 100 + hours),
            ..Source::default()
        },
        time_zone: None,
        changes: crate::ingest::Changes::default(),
    }
}

/// A run second by second.
struct Track<'a> {
    who: Who,
    but: &'a [But],
    speeds: Vec<f64>,
    segments: Vec<Segment>,
}

impl<'a> Track<'a> {
    fn new(who: Who, parts: &str, but: &'a [But]) -> Self {
        let mut track = Self {
            who,
            but,
            speeds: Vec::new(),
            segments: Vec::new(),
        };
        for item in parts.split(';').map(str::trim) {
            let Some((count, body)) = item.split_once("x:") else {
                track.add(item);
                continue;
            };
            let body: Vec<&str> = body.split(',').map(str::trim).collect();
            let count: usize = count.trim().parse().expect("a number of repetitions");
            let all: Vec<&str> = body
                .iter()
                .copied()
                .cycle()
                .take(count * body.len())
                .collect();
            let is_recovery = body.len() == 2 && !body[1].starts_with("run");
            let dropped = usize::from(is_recovery);
            all[..all.len() - dropped]
                .iter()
                .for_each(|part| track.add(part));
        }
        track
    }

    /// Adds one part.
    fn add(&mut self, part: &str) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (critical, easy) = self.who.speeds();
        let (kind, usual) = match words[0] {
            "up" => (WarmUp, 0.97 * easy),
            "down" => (CoolDown, 0.93 * easy),
            "run" => (Steady, easy),
            "work" => (Work, easy),
            "tempo" => (Tempo, easy),
            "hill" => (Hill, easy),
            "stride" => (Stride, easy),
            "progression" => (Progression, easy),
            "jog" => (Recovery, 0.8 * easy),
            "walk" => (Recovery, 1.4),
            "rest" => (Rest, 0.0),
            "stop" => (Stop, 0.0),
            other => panic!("{other} is no part of a run"),
        };
        let speed = match words.get(2).copied() {
            None => usual,
            Some("easy") => easy,
            Some("slow") => 1000.0 / (1000.0 / easy + SLOW_S_PER_KM),
            Some(word) => match word.strip_suffix('%') {
                Some(share) => number(share) / 100.0 * critical,
                None => number(word),
            },
        };
        let seconds = seconds(words[1], speed);
        let start = self.speeds.len();
        self.speeds.extend((0..seconds).map(|second| {
            let ripple = if speed > 0.0 { 0.06 } else { 0.0 };
            speed + ripple * (f64::from(second) / 9.0).sin()
        }));
        let heart_rate = self.heart_rate(speed);
        let segment = segment(kind, (start, self.speeds.len()), speed, heart_rate);
        match self.segments.last_mut() {
            // Steps of one progression, and steady running at another speed, are one segment.
            Some(last) if last.kind == kind && matches!(kind, Steady | Progression) => {
                *last = joined(last, &segment);
            }
            _ => self.segments.push(segment),
        }
    }

    fn heart_rate(&self, speed: f64) -> Option<f64> {
        let without = self.who == Masters || self.but.contains(&But::NoHeartRate);
        let higher = self.but.iter().find_map(|one| match one {
            But::HigherHeartRate(beats) => Some(*beats),
            _ => None,
        });
        let nonsense = (self.who == WrongHeartRate).then_some(176.0);
        let beats = nonsense.unwrap_or(self.who.heart_rate(speed) + higher.unwrap_or(0.0));
        (!without).then_some(beats.round())
    }

    fn has_speed(&self) -> bool {
        !self.but.contains(&But::NoSpeed)
    }

    fn streams(&self) -> Streams {
        let count = self.speeds.len();
        let mut distance = vec![0.0];
        for speed in &self.speeds {
            distance.push(distance[distance.len() - 1] + speed);
        }
        let speed: Channel = self.speeds.iter().copied().collect();
        let mut heart_rate = Channel::default();
        self.speeds
            .iter()
            .for_each(|v| heart_rate.push(self.heart_rate(*v)));
        let quality = match (heart_rate.has_values(), self.who) {
            (false, _) => HeartRateQuality::None,
            (true, WrongHeartRate) => HeartRateQuality::Invalid,
            (true, _) => HeartRateQuality::Valid,
        };
        let (latitude_deg, longitude_deg) = self.positions();
        let cadence = |v: &f64| if *v >= 1.7 { 164.0 } else { 112.0 };
        let (speed, distance_m, speed_source) = if self.has_speed() {
            (speed, distance.into_iter().collect(), SpeedSource::Distance)
        } else {
            let none = Channel::absent(count);
            (none, Channel::absent(count + 1), SpeedSource::None)
        };
        Streams {
            elapsed_s: f64::from(u32::try_from(count).expect("a run of a day at most")),
            effort_speed_m_s: speed.clone(),
            speed_m_s: speed,
            speed_source,
            distance_m,
            grade: Channel::absent(count),
            grade_quality: GradeQuality::None,
            heart_rate_bpm: heart_rate,
            heart_rate_quality: quality,
            latitude_deg,
            longitude_deg,
            cadence_spm: self.speeds.iter().map(cadence).collect(),
            paused: vec![false; count],
            gap: vec![false; count],
            suspect: vec![false; count],
            sampling_s: 1.0,
            ..Streams::default()
        }
    }

    /// Returns positions on a meridian, at sea, where they are asked for.
    fn positions(&self) -> (Channel, Channel) {
        const METRE_DEG: f64 = 360.0 / 40_030_000.0;
        if !self.but.contains(&But::ThereAndBack) {
            return (Channel::default(), Channel::default());
        }
        let mut north = 0.0;
        let latitudes = self.speeds.iter().zip(0_u32..).map(|(speed, second)| {
            let inside =
                |s: &&Segment| s.start_s <= f64::from(second) && f64::from(second) < s.end_s;
            let is_back = self
                .segments
                .iter()
                .find(inside)
                .is_some_and(|s| s.kind == Recovery);
            north += if is_back { -speed } else { *speed };
            north * METRE_DEG
        });
        let latitudes: Channel = latitudes.collect();
        (latitudes, self.speeds.iter().map(|_| -30.0).collect())
    }

    fn segmentation(self) -> Segmentation {
        let mut laps = LapReport::default();
        if self.but.contains(&But::Programmed) {
            laps.used = LapUse::Structured;
        }
        if self.has_speed() {
            return Segmentation {
                segments: self.segments,
                laps,
                ..Segmentation::default()
            };
        }
        let whole = (0, self.speeds.len());
        let mut only = segment(Steady, whole, 0.0, self.heart_rate(self.speeds[0]));
        (only.distance_m, only.speed_m_s) = (None, None);
        let reason = if only.heart_rate_bpm.is_some() {
            "no speed was recorded"
        } else {
            "no speed and no heart rate were recorded"
        };
        Segmentation {
            segments: vec![only],
            cannot_tell: Some(reason.to_owned()),
            ..Segmentation::default()
        }
    }
}

fn number(word: &str) -> f64 {
    word.parse()
        .unwrap_or_else(|_| panic!("{word} is no number"))
}

/// Returns a length in seconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths of the cases are below a day"
)]
fn seconds(length: &str, speed: f64) -> u32 {
    let seconds = match length.split_once(':') {
        Some((minutes, seconds)) => number(minutes) * 60.0 + number(seconds),
        None => number(length.trim_end_matches('m')) / speed,
    };
    seconds.round() as u32
}

fn joined(first: &Segment, second: &Segment) -> Segment {
    let moving_s = first.moving_s + second.moving_s;
    let mean = |a: Option<f64>, b: Option<f64>| {
        let sum = a? * first.moving_s + b? * second.moving_s;
        Some(sum / moving_s)
    };
    Segment {
        end_s: second.end_s,
        end_low_s: second.end_s,
        end_high_s: second.end_s,
        moving_s,
        distance_m: first.distance_m.zip(second.distance_m).map(|(a, b)| a + b),
        speed_m_s: mean(first.speed_m_s, second.speed_m_s),
        effort_speed_m_s: mean(first.effort_speed_m_s, second.effort_speed_m_s),
        heart_rate_bpm: mean(first.heart_rate_bpm, second.heart_rate_bpm),
        ..first.clone()
    }
}

fn segment(
    kind: SegmentKind,
    (start, end): (usize, usize),
    speed: f64,
    heart_rate_bpm: Option<f64>,
) -> Segment {
    let seconds = |cell: usize| f64::from(u32::try_from(cell).expect("a run of a day at most"));
    let (start_s, end_s) = (seconds(start), seconds(end));
    let moving_s = if speed > 0.0 { end_s - start_s } else { 0.0 };
    Segment {
        moving_s,
        distance_m: Some(speed * moving_s),
        effort_speed_m_s: (speed > 0.0).then_some(speed),
        pace_s_per_km: None,
        heart_rate_bpm,
        heart_rate_max_bpm: heart_rate_bpm,
        heart_rate_end_bpm: heart_rate_bpm,
        slope: (kind == Hill).then_some(HILL),
        ..exact::segment(kind, start_s, end_s, speed)
    }
}
