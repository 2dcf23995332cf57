//! Laps, splits and timer pauses on the elapsed clock.

use crate::ingest::DeviceSplit;
use crate::ingest::Lap;
use crate::ingest::Pause;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::lap_points;
use crate::units::plural;

use super::messages::LapMessage;
use super::messages::SplitMessage;
use super::messages::TimerEvent;
use super::note::note;
use super::own;
use super::profile;

/// Shorter laps are none: a press that was not meant, or a leftover; in seconds. Judgement.
const SHORTEST_LAP_S: f64 = 1.0;

/// Laps may overlap by this much in seconds, because starts are written in whole seconds.
const ROUNDING_S: f64 = 2.0;

/// A lap that begins with the one before and repeats more of it than this, in seconds, carries a wrong
/// start. Judgement: more than rounding can do to the short laps that a press too many leaves.
const REPEATED_S: f64 = 10.0;

/// The elapsed clock of one activity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Elapsed {
    /// The first record, in seconds since the FIT epoch.
    pub(super) base: u32,
    /// The last record, in seconds after the first.
    pub(super) end_s: f64,
}

impl Elapsed {
    /// Returns a time on the elapsed clock.
    fn at(self, time: u32) -> f64 {
        f64::from(time) - f64::from(self.base)
    }

    /// Cuts a span to the activity; nothing when it lies outside.
    fn clip(self, start_s: f64, end_s: f64) -> Option<(f64, f64)> {
        let (start_s, end_s) = (start_s.max(0.0), end_s.min(self.end_s));
        (end_s > start_s).then_some((start_s, end_s))
    }
}

/// Returns the laps in order, with those that cannot be left out.
///
/// Whether they are efforts is told by a file of ours alone.
pub(super) fn laps(
    messages: &[&LapMessage],
    clock: Elapsed,
    is_own: bool,
    warnings: &mut Vec<Warning>,
) -> Vec<Lap> {
    let (mut laps, misplaced) = placed(messages, clock);
    for lap in laps.iter_mut().filter(|_| !is_own) {
        lap.is_effort = None;
    }
    note(warnings, misplaced, WarningCode::FitLaps, |n| {
        format!(
            "{} with the start of the run placed after the one before",
            plural(n, "lap")
        )
    });
    laps.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let count = laps.len();
    laps.retain_mut(|lap| match clock.clip(lap.start_s, lap.end_s) {
        Some((start_s, end_s)) if end_s - start_s >= SHORTEST_LAP_S => {
            (lap.start_s, lap.end_s) = (start_s, end_s);
            true
        }
        _ => false,
    });
    note(warnings, count - laps.len(), WarningCode::FitLaps, |n| {
        format!(
            "{} dropped: without length, or outside the records",
            plural(n, "lap")
        )
    });
    let mut overlapping = 0;
    for index in 1..laps.len() {
        let start_s = laps[index].start_s;
        let before = &mut laps[index - 1];
        if before.end_s > start_s {
            overlapping += usize::from(before.end_s - start_s > ROUNDING_S);
            before.end_s = start_s;
        }
    }
    note(warnings, overlapping, WarningCode::FitLaps, |n| {
        format!("{} cut", plural(n, "overlapping lap"))
    });
    laps.retain(|lap| lap.end_s > lap.start_s);
    laps
}

/// Returns each lap where its message puts it, and how many carried the start of an earlier one.
fn placed(messages: &[&LapMessage], clock: Elapsed) -> (Vec<Lap>, usize) {
    let starts_are_useless =
        messages.len() > 1 && messages.iter().all(|lap| lap.start == messages[0].start);
    let (mut previous_end_s, mut misplaced) = (0.0, 0);
    let mut laps: Vec<Lap> = Vec::with_capacity(messages.len());
    for (index, message) in messages.iter().enumerate() {
        let own_start_s = message
            .start
            .filter(|_| !starts_are_useless)
            .map(|start| clock.at(start));
        // The time of the message is its end only when nothing better is known: some devices write
        // all laps at the end.
        let written_s = message.written.map(|time| clock.at(time));
        let elapsed_end_s = |start_s: f64| message.elapsed_s.map(|elapsed_s| start_s + elapsed_s);
        let is_misplaced = index.checked_sub(1).is_some_and(|before| {
            let span_s = own_start_s.and_then(|start_s| Some((start_s, elapsed_end_s(start_s)?)));
            messages[before].written < message.written
                && span_s.is_some_and(|span_s| covers(span_s, &laps))
        });
        misplaced += usize::from(is_misplaced);
        let start_s = own_start_s
            .filter(|_| !is_misplaced)
            .unwrap_or(previous_end_s);
        let end_s = if starts_are_useless || is_misplaced {
            written_s.or(elapsed_end_s(start_s))
        } else {
            elapsed_end_s(start_s).or(written_s)
        };
        let end_s = end_s.unwrap_or(start_s);
        previous_end_s = end_s;
        laps.push(Lap {
            start_s,
            end_s,
            timer_s: message.timer_s.filter(|_| !is_misplaced),
            distance_m: message.distance_m,
            trigger: profile::lap_trigger(message.trigger),
            intensity: profile::intensity(message.intensity),
            workout_step: message.workout_step,
            is_effort: message.intensity.and_then(own::is_effort),
        });
    }
    (laps, misplaced)
}

/// Returns whether a span covers the last lap so far, one of some length.
fn covers((start_s, end_s): (f64, f64), laps: &[Lap]) -> bool {
    laps.last().is_some_and(|last| {
        last.end_s - start_s > REPEATED_S
            && start_s <= last.start_s + ROUNDING_S
            && end_s > last.end_s
    })
}

/// Returns the laps between the points of a course that are named as laps.
pub(super) fn of_points(points: &[u32], clock: Elapsed) -> Vec<Lap> {
    let boundaries_s = points.iter().map(|time| clock.at(*time)).collect();
    lap_points::laps(boundaries_s, clock.end_s)
}

/// Returns the device's splits in order.
pub(super) fn splits(messages: &[SplitMessage], clock: Elapsed) -> Vec<DeviceSplit> {
    let mut splits: Vec<DeviceSplit> = messages
        .iter()
        .filter_map(|message| {
            let start_s = clock.at(message.start?);
            let end_s = match message.end {
                Some(end) => clock.at(end),
                None => start_s + message.elapsed_s?,
            };
            let (start_s, end_s) = clock.clip(start_s, end_s)?;
            Some(DeviceSplit {
                start_s,
                end_s,
                kind: profile::split_kind(message.kind),
            })
        })
        .collect();
    splits.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    splits
}

/// Pairs the stops and starts of the timer.
///
/// A second stop, or a start while the timer runs, changes nothing; a stop that is never followed
/// by a start is the end, not a pause.
pub(super) fn pauses(events: &[TimerEvent], clock: Elapsed) -> Vec<Pause> {
    let mut events = events.to_vec();
    events.sort_by_key(|event| event.time);
    let mut stopped_s = None;
    let mut pauses = Vec::new();
    for event in events {
        let at_s = clock.at(event.time);
        if !event.is_start {
            stopped_s = stopped_s.or(Some(at_s));
        } else if let Some(start_s) = stopped_s.take()
            && let Some((start_s, end_s)) = clock.clip(start_s, at_s)
        {
            pauses.push(Pause { start_s, end_s });
        }
    }
    pauses
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOCK: Elapsed = Elapsed {
        base: 1_000,
        end_s: 600.0,
    };

    fn lap(start: u32, elapsed_s: f64, written: u32) -> LapMessage {
        LapMessage {
            start: Some(start),
            elapsed_s: Some(elapsed_s),
            written: Some(written),
            ..LapMessage::default()
        }
    }

    fn spans(messages: &[LapMessage], warnings: &mut Vec<Warning>) -> Vec<(f64, f64)> {
        let messages: Vec<&LapMessage> = messages.iter().collect();
        laps(&messages, CLOCK, false, warnings)
            .iter()
            .map(|lap| (lap.start_s, lap.end_s))
            .collect()
    }

    #[test]
    fn laps_that_were_written_at_the_end_are_placed_by_start_and_length() {
        let mut warnings = Vec::new();
        let messages = [lap(1_300, 300.4, 1_601), lap(1_000, 300.3, 1_601)];
        assert_eq!(
            spans(&messages, &mut warnings),
            [(0.0, 300.0), (300.0, 600.0)]
        );
        assert_eq!(warnings, []);
    }

    #[test]
    fn laps_with_one_start_are_placed_by_their_ends() {
        let messages = [lap(1_000, 300.0, 1_300), lap(1_000, 600.0, 1_600)];
        assert_eq!(
            spans(&messages, &mut Vec::new()),
            [(0.0, 300.0), (300.0, 600.0)]
        );
    }

    #[test]
    fn a_last_lap_with_the_start_of_the_run_follows_the_one_before() {
        let mut warnings = Vec::new();
        let messages = [
            lap(1_000, 250.0, 1_250),
            lap(1_250, 250.0, 1_500),
            lap(1_000, 600.0, 1_600),
        ];
        assert_eq!(
            spans(&messages, &mut warnings),
            [(0.0, 250.0), (250.0, 500.0), (500.0, 600.0)]
        );
        assert!(warnings[0].text.starts_with("1 lap with the start"));
    }

    #[test]
    fn overlapping_and_empty_laps_are_told() {
        let mut warnings = Vec::new();
        let messages = [
            lap(1_000, 400.0, 0),
            lap(1_300, 300.0, 0),
            lap(1_599, 0.01, 0),
            lap(9_000, 10.0, 0),
        ];
        assert_eq!(
            spans(&messages, &mut warnings),
            [(0.0, 300.0), (300.0, 600.0)]
        );
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].text.starts_with("2 laps dropped"));
        assert!(warnings[1].text.starts_with("1 overlapping"));
    }

    #[test]
    fn unbalanced_timer_events_give_sound_pauses() {
        let event = |time, is_start| TimerEvent { time, is_start };
        let events = [
            event(1_000, true),
            event(1_100, false),
            event(1_110, false),
            event(1_130, true),
            event(1_140, true),
            event(1_500, false),
        ];
        assert_eq!(
            pauses(&events, CLOCK),
            [Pause {
                start_s: 100.0,
                end_s: 130.0
            }]
        );
        assert_eq!(pauses(&events[1..2], CLOCK), []);
    }
}
