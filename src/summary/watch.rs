//! The watch's own totals beside ours, and why they differ.

use crate::ingest::Activity;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::streams::Streams;
use crate::summary::Difference;
use crate::summary::RunHead;
use crate::summary::Total;
use crate::summary::Watch;
use crate::units::Metres;
use crate::units::Seconds;
use crate::units::UnitSystem;
use crate::units::round;

/// Distances that differ by more than this are told.
///
/// # Units
/// Percent. Rounding and the last seconds of a run stay below it.
const DISTANCE_PCT: f64 = 0.5;
/// Times that differ by more than this are told.
///
/// # Units
/// Percent.
const TIME_PCT: f64 = 2.0;
/// Smaller differences are a matter of rounding, however short the run.
///
/// # Units
/// Metres, and seconds.
const LEAST_M: f64 = 10.0;
/// See [`LEAST_M`].
const LEAST_S: f64 = 10.0;
/// Records that end so much before the timer of the watch cover only a part.
///
/// # Units
/// Share of the watch's elapsed time.
const COVERED: f64 = 0.97;

/// Returns the totals of the watch, where it wrote any, with what differs from those of a head.
pub(super) fn watch(activity: &Activity, streams: &Streams, head: &RunHead) -> Option<Watch> {
    let totals = &activity.totals;
    let mut watch = Watch {
        elapsed_s: rounded(totals.elapsed_s),
        timer_s: rounded(totals.timer_s),
        moving_s: rounded(totals.moving_s),
        distance_m: rounded(totals.distance_m),
        ascent_m: rounded(totals.ascent_m),
        energy_kcal: rounded(totals.energy_kcal),
        differences: Vec::new(),
    };
    if watch == Watch::default() {
        return None;
    }
    if streams.is_empty() {
        return Some(watch);
    }
    let reasons = Reasons { activity, streams };
    let told = [
        (Total::Distance, head.distance_m, watch.distance_m),
        (Total::Timer, Some(head.timer_s), watch.timer_s),
        (Total::Moving, Some(head.moving_s), watch.moving_s),
    ];
    for (total, ours, theirs) in told {
        let (limit_pct, least) = match total {
            Total::Distance => (DISTANCE_PCT, LEAST_M),
            Total::Timer | Total::Moving => (TIME_PCT, LEAST_S),
        };
        let Some((ours, theirs)) = ours.zip(theirs).filter(|(_, theirs)| *theirs > 0.0) else {
            continue;
        };
        let percent = (ours / theirs - 1.0) * 100.0;
        if percent.abs() > limit_pct && (ours - theirs).abs() > least {
            watch.differences.push(Difference {
                total,
                percent: round(percent, 1),
                why: reasons.why(total, ours < theirs),
            });
        }
    }
    Some(watch)
}

fn rounded(value: Option<f64>) -> Option<f64> {
    value
        .filter(|value| value.is_finite() && *value > 0.0)
        .map(|value| round(value, 1))
}

/// What explains a difference.
struct Reasons<'a> {
    activity: &'a Activity,
    streams: &'a Streams,
}

impl Reasons<'_> {
    fn why(&self, total: Total, is_less: bool) -> String {
        let of_watch_s = self
            .activity
            .totals
            .elapsed_s
            .or(self.activity.totals.timer_s);
        let recorded_s = self.streams.elapsed_s;
        let repaired = self.streams.repaired_way.as_deref();
        if let Some(of_watch_s) = of_watch_s
            && is_less
            && recorded_s < COVERED * of_watch_s
        {
            let (recorded, all) = (Seconds(recorded_s).show(), Seconds(of_watch_s).show());
            return format!("the records cover only {recorded} of {all}");
        }
        match (total, repaired) {
            (Total::Moving, _) => {
                "the watch draws the line between moving and standing elsewhere".to_owned()
            }
            (Total::Timer, _) if !is_less => {
                "the watch stopped its timer without saying when".to_owned()
            }
            (_, Some(repaired)) => format!("the recording was repaired ({repaired})"),
            (Total::Distance, None) => {
                "the summary of the watch is not the sum of its records".to_owned()
            }
            (Total::Timer, None) => "the timer of the watch and its records disagree".to_owned(),
        }
    }
}

impl Watch {
    /// Returns the differences as warnings; where to draw the line between moving and standing is no
    /// fault of either.
    pub(super) fn warnings(&self, head: &RunHead) -> Vec<Warning> {
        let told = |difference: &Difference| {
            let code = match difference.total {
                Total::Distance => WarningCode::WatchDistance,
                Total::Timer => WarningCode::WatchTime,
                Total::Moving => return None,
            };
            Some(Warning::new(code, self.line(difference, head)?))
        };
        self.differences.iter().filter_map(told).collect()
    }

    /// Returns each difference in words: both values, by how much, and why.
    pub fn lines(&self, head: &RunHead) -> Vec<String> {
        let differences = self.differences.iter();
        differences
            .filter_map(|difference| self.line(difference, head))
            .collect()
    }

    fn line(&self, difference: &Difference, head: &RunHead) -> Option<String> {
        let metres = |metres| Metres(metres).show(UnitSystem::Metric);
        let seconds = |seconds| Seconds(seconds).show();
        let (what, theirs, ours) = match difference.total {
            Total::Distance => (
                "the watch says",
                metres(self.distance_m?),
                metres(head.distance_m?),
            ),
            Total::Timer => (
                "the timer of the watch says",
                seconds(self.timer_s?),
                seconds(head.timer_s),
            ),
            Total::Moving => (
                "moving by the watch",
                seconds(self.moving_s?),
                seconds(head.moving_s),
            ),
        };
        let (percent, why) = (difference.percent, &difference.why);
        Some(format!(
            "{what} {theirs}, the records {ours} ({percent:+.1} %): {why}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Totals;

    fn told(ours_m: f64, recorded_s: f64) -> Vec<(String, String)> {
        let activity = Activity {
            totals: Totals {
                timer_s: Some(3_000.0),
                distance_m: Some(10_000.0),
                ..Totals::default()
            },
            ..Activity::default()
        };
        let streams = Streams {
            elapsed_s: recorded_s,
            paused: vec![false; 2],
            ..Streams::default()
        };
        let head = RunHead {
            distance_m: Some(ours_m),
            timer_s: recorded_s,
            ..RunHead::default()
        };
        let watch = watch(&activity, &streams, &head).expect("the watch says something");
        let warnings = watch.warnings(&head).into_iter();
        warnings
            .map(|warning| (warning.code, warning.text))
            .collect()
    }

    #[test]
    fn small_differences_are_not_worth_a_word() {
        assert_eq!(told(9_960.0, 2_990.0), []);
    }

    #[test]
    fn what_differs_is_told_with_its_reason() {
        let [distance, time] = &told(8_000.0, 2_400.0)[..] else {
            panic!("expected distance and time");
        };
        assert_eq!(distance.0, "W-watch-distance");
        assert!(
            distance
                .1
                .ends_with("the records cover only 40:00 of 50:00"),
            "{}",
            distance.1
        );
        assert_eq!(time.0, "W-watch-time");
        assert!(
            told(9_000.0, 3_000.0)[0]
                .1
                .contains("not the sum of its records")
        );
    }
}
