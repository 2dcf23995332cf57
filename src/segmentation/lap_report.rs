//! What is told of the laps: how they were used, where they and detection agree, and where not.

use crate::human::record_speed_m_s;
use crate::ingest::Lap;
use crate::segmentation::LapReport;
use crate::segmentation::LapRow;
use crate::segmentation::LapUse;
use crate::segmentation::agreement::agreement;
use crate::segmentation::agreement::is_met;
use crate::segmentation::bout::Bout;
use crate::segmentation::laps::Fixed;
use crate::segmentation::laps::Refused;
use crate::segmentation::measure::distance;
use crate::segmentation::measure::moving_s;
use crate::segmentation::measure::time;
use crate::streams::Streams;
use crate::units::round;

/// A shorter lap is cut by the second, and its distance may seem too long.
///
/// # Units
/// Seconds. Chosen: one second of five is not more than speeds of records leave open.
const LEAST_LAP_S: f64 = 5.0;
/// No more disagreements are listed.
///
/// # Units
/// Count. Chosen: laps of another workout disagree everywhere, which a dozen lines say as well.
const MOST_DISAGREEMENTS: usize = 12;

/// Returns how the laps were used and how they compare with detection alone: the agreement is that of
/// the efforts that laps mark, used or refused, absent where they mark none. Rows are all laps; a
/// distance that cannot have been run is put right.
pub(crate) fn report(streams: &Streams, fixed: &Fixed, blind: &[Bout]) -> LapReport {
    let used = fixed.used;
    let marked = match &fixed.refused {
        Some(refused) => Some(&refused.bouts),
        None => matches!(used, LapUse::Structured | LapUse::Manual).then_some(&fixed.bouts),
    };
    let mut told: Vec<String> = fixed.refused.iter().map(not_used).collect();
    told.extend(
        marked
            .iter()
            .flat_map(|marked| disagreements(marked, blind)),
    );
    told.truncate(MOST_DISAGREEMENTS);
    LapReport {
        used,
        agreement: marked.map(|marked| round(agreement(marked, blind), 3)),
        disagreements: told,
        rows: streams
            .marks
            .laps
            .iter()
            .map(|lap| row(streams, lap))
            .collect(),
    }
}

/// Returns why laps were not used, in words.
fn not_used(refused: &Refused) -> String {
    format!("the laps were not used: {}", refused.why)
}

/// Returns a lap for documents. Its moving time is measured; the timer's stands in where speed is
/// unknown.
fn row(streams: &Streams, lap: &Lap) -> LapRow {
    let moving_s = moving_s(streams, lap.start_s, lap.end_s);
    LapRow {
        start_s: time(lap.start_s),
        end_s: time(lap.end_s),
        moving_s: moving_s.or(lap.timer_s).map(time),
        distance_m: lap_distance_m(streams, lap).map(|distance| round(distance, 1)),
        trigger: lap.trigger,
        intensity: lap.intensity,
        workout_step: lap.workout_step,
    }
}

/// Returns the distance of a lap, that of the records where the watch's cannot have been run.
fn lap_distance_m(streams: &Streams, lap: &Lap) -> Option<f64> {
    let elapsed_s = lap.end_s - lap.start_s;
    let most_m = record_speed_m_s(elapsed_s) * elapsed_s.max(LEAST_LAP_S);
    lap.distance_m
        .filter(|metres| (0.0..=most_m).contains(metres))
        .or_else(|| distance(streams, lap.start_s, lap.end_s))
}

/// Returns the efforts that only one of both has, in words with times, in order of start.
fn disagreements(fixed: &[Bout], blind: &[Bout]) -> Vec<String> {
    let missed = fixed
        .iter()
        .filter(|bout| !is_met(bout, blind))
        .map(|bout| (bout, "marked as an effort, not found without the laps"));
    let unmarked = blind
        .iter()
        .filter(|bout| !is_met(bout, fixed))
        .map(|bout| (bout, "found as an effort, not marked as one"));
    let mut all: Vec<(&Bout, &str)> = missed.chain(unmarked).collect();
    all.sort_by(|one, other| one.0.start.at_s.total_cmp(&other.0.start.at_s));
    all.into_iter()
        .map(|(bout, what)| {
            format!(
                "{} to {}: {what}",
                clock(bout.start.at_s),
                clock(bout.end.at_s)
            )
        })
        .collect()
}

/// Returns a moment as on a watch: "12:05", "1:02:05".
fn clock(seconds: f64) -> String {
    let whole = seconds.round();
    let (hours, minutes, rest) = (
        (whole / 3600.0).floor(),
        (whole / 60.0).floor() % 60.0,
        whole % 60.0,
    );
    if hours > 0.0 {
        format!("{hours:.0}:{minutes:02.0}:{rest:02.0}")
    } else {
        format!("{minutes:.0}:{rest:02.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::bout::made_up;
    use crate::segmentation::exact;
    use crate::segmentation::laps::found;

    fn bout(start_s: f64, end_s: f64) -> Bout {
        Bout {
            from_lap: true,
            ..made_up(start_s, end_s)
        }
    }

    #[test]
    fn moments_are_told_as_on_a_watch() {
        assert_eq!(clock(0.4), "0:00");
        assert_eq!(clock(725.0), "12:05");
        assert_eq!(clock(3599.6), "1:00:00");
        assert_eq!(clock(7505.0), "2:05:05");
    }

    #[test]
    fn what_only_one_of_both_has_is_told_in_order() {
        let fixed = Fixed {
            used: LapUse::Manual,
            ..found(vec![bout(600.0, 840.0), bout(900.0, 1000.0)], None)
        };
        let blind = [bout(600.0, 830.0), bout(300.0, 400.0)];
        let report = report(&Streams::default(), &fixed, &blind);
        assert_eq!(
            report.disagreements,
            [
                "5:00 to 6:40: found as an effort, not marked as one",
                "15:00 to 16:40: marked as an effort, not found without the laps",
            ]
        );
        // One of two met on each side.
        assert_eq!((report.used, report.agreement), (LapUse::Manual, Some(0.5)));
        let many: Vec<Bout> = (0..20)
            .map(|n| bout(60.0 * f64::from(n), 60.0 * f64::from(n) + 30.0))
            .collect();
        let none = super::report(&Streams::default(), &fixed, &many);
        assert_eq!(none.disagreements.len(), MOST_DISAGREEMENTS);
        let detected = super::report(&Streams::default(), &found(Vec::new(), None), &blind);
        assert_eq!(
            (detected.agreement, detected.disagreements.len()),
            (None, 0)
        );
    }

    #[test]
    fn a_lap_has_its_own_distance_unless_nobody_can_have_run_it() {
        let mut streams = exact::streams(&exact::speeds(&[(100, 3.0), (60, 0.0), (100, 4.0)]));
        let lap = |start_s, end_s, distance_m| Lap {
            start_s,
            end_s,
            distance_m,
            timer_s: Some(1.0),
            ..Lap::default()
        };
        streams.marks.laps = vec![
            lap(0.0, 100.0, Some(290.04)),
            lap(100.0, 160.0, Some(5000.0)),
            lap(160.0, 260.0, None),
        ];
        let report = report(&streams, &found(Vec::new(), None), &[]);
        let rows: Vec<(f64, f64, Option<f64>, Option<f64>)> = report
            .rows
            .iter()
            .map(|row| (row.start_s, row.end_s, row.moving_s, row.distance_m))
            .collect();
        assert_eq!(
            rows,
            [
                (0.0, 100.0, Some(100.0), Some(290.0)),
                (100.0, 160.0, Some(0.0), Some(0.0)),
                (160.0, 260.0, Some(100.0), Some(400.0)),
            ]
        );
        // Where speed is unknown the timer says how long one moved.
        streams.speed_m_s = crate::channel::Channel::absent(260);
        let unknown = super::report(&streams, &found(Vec::new(), None), &[]);
        assert_eq!(unknown.rows[0].moving_s, Some(1.0));
    }
}
