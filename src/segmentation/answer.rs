//! Whether the running answers what was programmed: in speed, in power or in heart rate.
//!
//! Running is compared with running. Any run stands out from a walk, so that where the recoveries
//! were walked or stood, the steps are compared with the other running, and heart rate has to fall far.
//!
//! Why the programme does not decide by itself: it tells what was meant. Steps get run like the rest, on
//! a bad day or because the watch was left in yesterday's workout, and watches write the intensity
//! "interval" on the laps of free runs too. The first rule asked for speed alone, 5 % over what
//! lies beside a step: repetitions uphill or into the wind, which only power or heart rate answer, fail
//! it, and any running beside a walk passes.

use std::ops::Range;

use crate::channel::Sums;
use crate::segmentation::sets::LEAST_HEART_RATE_S;
use crate::segmentation::signals::Signals;
use crate::thresholds::STANDING_M_S;
use crate::thresholds::WALKING_M_S;

/// A step answers in speed or power when it is this much more than a recovery that was run.
///
/// # Units
/// Ratio. Chosen: easy running wanders by about 5 %.
const OVER_JOG: f64 = 1.10;
/// A step answers in speed when it is this much faster than the running outside the programme, where
/// recoveries were walked or stood.
///
/// # Units
/// Ratio. Chosen: a warm-up is run up to 8 % slower than easy running.
const OVER_EASY: f64 = 1.12;
/// A step answers in speed when it is this many times as fast as the walk beside it, where nothing
/// else was run.
///
/// # Units
/// Ratio. Chosen: easy running is up to twice as fast as walking; 2.2 at
/// first.
const OVER_WALK: f64 = 2.4;
/// What was partly walked and partly stood counts as a walk of at least this speed.
///
/// # Units
/// Metres per second. Convention: 4.7 km/h.
const WALK_M_S: f64 = 1.3;
/// Heart rate answers when it rises and falls by this much between a step and a recovery that was run.
///
/// # Units
/// Beats per minute. Chosen: on an even run it wanders by half of that.
const HEART_OVER_JOG_BPM: f64 = 8.0;
/// The same where the recovery was walked or stood.
///
/// # Units
/// Beats per minute. Chosen: a walk of some minutes in an easy run lets it fall by about 25.
const HEART_OVER_WALK_BPM: f64 = 32.0;
/// Heart rate at an end is the mean of this many seconds.
///
/// # Units
/// Seconds. Chosen: some beats of noise average out, and it falls by few in that time.
const HEART_END_S: usize = 10;
/// Shorter recoveries let heart rate not fall.
///
/// # Units
/// Seconds. Chosen: of a fall with a time constant of 30 s (De Smet 2017) half is done by then.
const LEAST_FALL_S: usize = 20;
/// So much other running tells how one usually runs.
///
/// # Units
/// Seconds of running. Chosen: the jog to the start is shorter.
const LEAST_BASE_S: f64 = 60.0;
/// A recovery was run when this share of it was moved, at running speed.
///
/// # Units
/// Share of its time. Chosen: the larger part.
const MOVED_SHARE: f64 = 0.5;

/// The seconds of a stretch that were moved, or run, and how fast.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved {
    /// How many seconds.
    pub(crate) seconds: f64,
    /// Their mean grade-adjusted speed.
    pub(crate) effort_m_s: f64,
}

/// Returns the seconds of a stretch that are at least so fast; absent when there are none. Where speed
/// comes late, the metres covered in the same seconds put it right: of a repetition of half a minute,
/// six seconds of the recovery before it would be a fifth.
pub(crate) fn moved(
    signals: &Signals,
    seconds: impl Iterator<Item = usize>,
    least_m_s: f64,
) -> Option<Moved> {
    let (mut count, mut effort, mut late, mut in_time) = (0.0, 0.0, 0.0, 0.0);
    for second in seconds.filter(|second| *second < signals.len()) {
        if signals.speed[second] >= least_m_s {
            count += 1.0;
            effort += signals.effort_sums.sum(second..second + 1);
            late += signals.speed[second];
            in_time += signals.edge_speed[second];
        }
    }
    (late > 0.0).then(|| Moved {
        seconds: count,
        effort_m_s: effort / count * in_time / late,
    })
}

/// Returns how a stretch was moved: over the seconds that were not stood.
pub(crate) fn moving(signals: &Signals, range: &Range<usize>) -> Option<Moved> {
    moved(signals, range.clone(), STANDING_M_S)
}

/// Returns whether steps are answered, for each: one recovery beside it is enough, as the last before
/// a light or a hill may not be usual. The steps, in seconds of the elapsed clock, are in order and lie
/// apart; what lies between them are their recoveries. The base is the slower of the running before the
/// first and after the last: the warm-up of some is the cool-down of others.
pub(crate) fn answers(signals: &Signals, steps: &[Range<usize>]) -> Vec<bool> {
    let first = steps.first().map_or(0, |step| step.start);
    let last = steps.last().map_or(signals.len(), |step| step.end);
    let base = sides(signals, &(first..last))
        .into_iter()
        .min_by(|one, other| one.effort_m_s.total_cmp(&other.effort_m_s));
    (0..steps.len())
        .map(|index| {
            let own = &steps[index];
            let before = index.checked_sub(1).map(|one| steps[one].end..own.start);
            let after = steps.get(index + 1).map(|next| own.end..next.start);
            let mut gaps = [before, after].into_iter().flatten();
            gaps.any(|gap| is_answered(signals, own, &gap, base))
        })
        .collect()
}

/// Returns whether a step stands out from a recovery beside it.
fn is_answered(
    signals: &Signals,
    step: &Range<usize>,
    gap: &Range<usize>,
    base: Option<Moved>,
) -> bool {
    let Some(own) = moving(signals, step) else {
        return false;
    };
    let rest = moving(signals, gap);
    let change = heart_change(signals, step, gap);
    match rest.filter(|rest| is_run(*rest, gap.len())) {
        Some(rest) => {
            own.effort_m_s >= OVER_JOG * rest.effort_m_s
                || change.is_some_and(|change| change >= HEART_OVER_JOG_BPM)
                || power_ratio(signals, step, gap).is_some_and(|ratio| ratio >= OVER_JOG)
        }
        None => {
            over_walk(own, rest, gap.len(), base)
                || change.is_some_and(|change| change >= HEART_OVER_WALK_BPM)
        }
    }
}

fn is_run(rest: Moved, length: usize) -> bool {
    rest.effort_m_s >= WALKING_M_S && rest.seconds >= MOVED_SHARE * length as f64
}

/// Returns whether a step stands out where its recovery was walked or stood.
fn over_walk(own: Moved, rest: Option<Moved>, length: usize, base: Option<Moved>) -> bool {
    if let Some(base) = base {
        return own.effort_m_s >= OVER_EASY * base.effort_m_s;
    }
    let metres = rest.map_or(0.0, |rest| rest.effort_m_s * rest.seconds);
    let overall_m_s = metres / length.max(1) as f64;
    own.effort_m_s >= OVER_WALK * overall_m_s.max(WALK_M_S)
}

/// Returns how much higher heart rate is at the end of a step than at the end of the recovery beside it;
/// absent where it lags behind.
fn heart_change(signals: &Signals, step: &Range<usize>, gap: &Range<usize>) -> Option<f64> {
    let long = step.len() as f64 >= LEAST_HEART_RATE_S && gap.len() >= LEAST_FALL_S;
    let mean = |range: Range<usize>| signals.heart_sums.mean(range);
    let end =
        |range: &Range<usize>| range.end.saturating_sub(HEART_END_S).max(range.start)..range.end;
    let high = mean(end(step)).filter(|_| long)?;
    // In a stop of the timer no heart rate is recorded: what it fell to shows when it goes on.
    let low = mean(end(gap)).or_else(|| mean(gap.end..gap.end + HEART_END_S / 2))?;
    Some(high - low)
}

fn power_ratio(signals: &Signals, step: &Range<usize>, gap: &Range<usize>) -> Option<f64> {
    let mean = |sums: &Sums, range: &Range<usize>| sums.mean(range.clone());
    let (own, rest) = (
        mean(&signals.power_sums, step)?,
        mean(&signals.power_sums, gap)?,
    );
    (rest > 0.0).then_some(own / rest)
}

/// Returns whether a lone stretch stands out from the running before it and after it: from both, as a
/// run that slows down, or speeds up, stands out from one.
pub(crate) fn stands_out(signals: &Signals, stretch: &Range<usize>) -> bool {
    let Some(own) = moving(signals, stretch) else {
        return false;
    };
    let sides = sides(signals, stretch);
    !sides.is_empty()
        && sides
            .iter()
            .all(|side| own.effort_m_s >= OVER_EASY * side.effort_m_s)
}

/// Returns the running before a stretch and after it, where there is enough of it.
fn sides(signals: &Signals, stretch: &Range<usize>) -> Vec<Moved> {
    [0..stretch.start, stretch.end..signals.len()]
        .into_iter()
        .filter_map(|side| moved(signals, side, WALKING_M_S))
        .filter(|side| side.seconds >= LEAST_BASE_S)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::exact;
    use crate::streams::Streams;

    /// A run of stretches of a length, a speed and a heart rate.
    fn signals(parts: &[(usize, f64, f64)]) -> Signals {
        let spread = |value: fn(&(usize, f64, f64)) -> f64| {
            let stretches: Vec<_> = parts.iter().map(|part| (part.0, value(part))).collect();
            exact::speeds(&stretches)
        };
        Signals::new(&Streams {
            heart_rate_bpm: spread(|part| part.2).into_iter().collect(),
            ..exact::streams(&spread(|part| part.1))
        })
    }

    const STEPS: [Range<usize>; 2] = [600..1200, 1320..1920];

    fn run(step: (f64, f64), rest: (f64, f64)) -> Vec<bool> {
        let parts = [
            (600, 2.8, 140.0),
            (600, step.0, step.1),
            (120, rest.0, rest.1),
            (600, step.0, step.1),
            (600, 2.8, 140.0),
        ];
        answers(&signals(&parts), &STEPS)
    }

    #[test]
    fn speed_or_heart_rate_answers_where_recoveries_are_run() {
        assert_eq!(run((4.0, 170.0), (2.5, 150.0)), [true; 2]);
        assert_eq!(run((2.9, 165.0), (2.8, 150.0)), [true; 2]);
        assert_eq!(run((2.9, 143.0), (2.8, 140.0)), [false; 2]);
    }

    #[test]
    fn a_walk_lets_easy_running_be_easy() {
        assert_eq!(run((2.9, 143.0), (1.5, 120.0)), [false; 2]);
        assert_eq!(run((2.9, 175.0), (1.5, 130.0)), [true; 2]);
        assert_eq!(run((3.9, 143.0), (1.5, 120.0)), [true; 2]);
        assert_eq!(run((3.9, 143.0), (0.0, 120.0)), [true; 2]);
    }

    #[test]
    fn a_lone_step_stands_out_from_both_sides_or_not() {
        let lone = |speed, after| {
            let signals = signals(&[(600, 2.8, 140.0), (1200, speed, 150.0), (600, after, 150.0)]);
            stands_out(&signals, &(600..1800))
        };
        assert!(lone(3.6, 2.8));
        assert!(!lone(2.9, 2.8));
        assert!(!lone(3.6, 3.5));
    }

    #[test]
    fn what_is_moved_is_a_mean_put_right_by_the_metres() {
        let mut streams = exact::streams(&exact::speeds(&[(10, 0.5), (10, 3.0), (10, 2.0)]));
        let found = |streams: &Streams, least| {
            moved(&Signals::new(streams), 0..40, least).map(|one| (one.seconds, one.effort_m_s))
        };
        assert_eq!(found(&streams, 0.8), Some((20.0, 2.5)));
        assert_eq!(found(&streams, 2.5), Some((10.0, 3.0)));
        assert_eq!(found(&streams, 3.5), None);
        // Half of the metres were covered in these seconds.
        streams.distance_speed_m_s = exact::speeds(&[(10, 0.5), (10, 1.5), (10, 1.0)])
            .into_iter()
            .collect();
        assert_eq!(found(&streams, 0.8), Some((20.0, 1.25)));
    }

    #[test]
    fn heart_rate_answers_where_step_and_recovery_are_long_enough() {
        let change = |step: usize, gap: usize| {
            let run = signals(&[
                (300, 2.8, 140.0),
                (step, 4.0, 175.0),
                (gap, 2.0, 150.0),
                (300, 2.8, 135.0),
            ]);
            heart_change(&run, &(300..300 + step), &(300 + step..300 + step + gap))
        };
        assert_eq!(change(180, 60), Some(25.0));
        assert_eq!(change(180, 20), Some(25.0));
        assert_eq!(change(180, 19), None);
        assert_eq!(change(10, 60), None);
    }

    #[test]
    fn power_answers_beside_speed() {
        let with = |step: f64, rest: f64| {
            let speeds =
                exact::speeds(&[(600, 2.8), (600, 2.9), (120, 2.8), (600, 2.9), (600, 2.8)]);
            let watts = exact::speeds(&[
                (600, 200.0),
                (600, step),
                (120, rest),
                (600, step),
                (600, 200.0),
            ]);
            let run = Signals::new(&Streams {
                power_w: watts.into_iter().collect(),
                ..exact::streams(&speeds)
            });
            (
                answers(&run, &STEPS),
                power_ratio(&run, &STEPS[0], &(1200..1320)),
            )
        };
        assert_eq!(with(275.0, 250.0), (vec![true; 2], Some(1.1)));
        assert_eq!(with(270.0, 250.0).0, [false; 2]);
        assert_eq!(with(270.0, 0.0), (vec![false; 2], None));
    }

    #[test]
    fn beside_a_walk_a_step_stands_out_from_the_running_outside_or_from_the_walk() {
        let moved = |seconds, effort_m_s| Moved {
            seconds,
            effort_m_s,
        };
        let base = Some(moved(600.0, 2.5));
        assert!(over_walk(moved(60.0, 2.81), None, 60, base));
        assert!(!over_walk(moved(60.0, 2.79), None, 60, base));
        // Half of 60 s at 3 m/s are 1.5 m/s over all of it.
        let rest = Some(moved(30.0, 3.0));
        assert!(over_walk(moved(60.0, 3.61), rest, 60, None));
        assert!(!over_walk(moved(60.0, 3.59), rest, 60, None));
        // Who stood is taken to have walked at 1.3 m/s.
        assert!(
            over_walk(moved(60.0, 3.13), None, 60, None)
                && !over_walk(moved(60.0, 3.11), None, 60, None)
        );
        assert!(
            is_run(moved(30.0, 1.9), 60)
                && !is_run(moved(29.0, 1.9), 60)
                && !is_run(moved(30.0, 1.8), 60)
        );
    }

    #[test]
    fn a_minute_of_running_on_a_side_tells_how_one_runs() {
        let count = |before: usize| {
            let run = signals(&[(before, 2.8, 140.0), (600, 4.0, 170.0), (600, 1.5, 120.0)]);
            sides(&run, &(before..before + 600)).len()
        };
        assert_eq!((count(60), count(59)), (1, 0));
    }
}
