//! The chart of pace in the terminal: a bar for each column of characters, in the colour of the
//! segment that lies there, and the axes. [`super::pace_characters`] makes characters of it.

use crate::classification::Session;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;
use crate::report::text::layout::paragraph;
use crate::report::text::pace_characters::pace_lines;
use crate::report::text::pace_characters::plot_width;
use crate::report::text::pace_columns::PaceChart;
use crate::report::text::pace_columns::ROWS;
use crate::report::text::pace_columns::bars;
use crate::streams::Streams;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;
use crate::vocabulary::SessionKind;

/// The rows that bear a pace, evenly spaced; the topmost row is often empty.
const LABELLED_ROWS: [usize; 3] = [0, 3, 6];
/// Columns of the time axis for each of its labels.
const COLUMNS_PER_TIME: usize = 9;

/// Returns the chart of pace over time, or a line that says why there is none.
pub(super) fn pace_chart(
    session: &Session,
    streams: Option<&Streams>,
    units: UnitSystem,
    columns: usize,
) -> String {
    if session.kind == SessionKind::CrossTraining {
        return String::new();
    }
    match plan(session, streams, units, columns) {
        Ok(chart) => format!("\n{}", pace_lines(&chart, units, columns)),
        Err(why) => format!(
            "\n{}",
            paragraph(&format!("No chart of pace: {why}."), columns, 0, 2)
        ),
    }
}

/// Returns what is drawn, or why nothing can be.
fn plan<'a>(
    session: &'a Session,
    streams: Option<&Streams>,
    units: UnitSystem,
    columns: usize,
) -> Result<PaceChart<'a>, &'static str> {
    let streams = streams.ok_or("the recording itself is not at hand")?;
    if !streams.speed_m_s.has_values() {
        return Err("no speed was recorded");
    }
    let source = trace::Source::new(&streams.speed_m_s, &streams.paused);
    let lines = trace::stretches(&source, trace::Along::Time, Width::Wide, false);
    let (low, high) = trace::pace_range(&lines).ok_or("hardly any movement was recorded")?;
    let axis = Axis {
        low,
        high,
        ticks: pace_ticks(low, high, units),
    };
    let references = reference_ticks(session, &axis, units);
    let width = plot_width(columns, &references);
    Ok(PaceChart {
        columns: bars(&session.segments, streams, &axis, width),
        paces: axis.ticks.iter().map(|tick| at_row(tick, &axis)).collect(),
        references: references.iter().map(|tick| at_row(tick, &axis)).collect(),
        times: time_columns(streams, width),
    })
}

/// Returns the roundest pace of each row that bears one. Equal steps of pace would crowd at the
/// slow end when there is walking between fast running.
fn pace_ticks(low: f64, high: f64, units: UnitSystem) -> Vec<Tick> {
    let speed = |row: usize| low + (high - low) * ticks::as_f64(row) / ticks::as_f64(ROWS);
    let tick = |row: usize| ticks::roundest_pace(speed(row), speed(row + 1), units);
    LABELLED_ROWS.into_iter().filter_map(tick).collect()
}

/// Returns the reference values that lie within the axis.
fn reference_ticks(session: &Session, axis: &Axis, units: UnitSystem) -> Vec<Tick> {
    let references = &session.references;
    let known = [
        ("critical", references.critical_speed_m_s.as_ref()),
        ("easy", references.easy_speed_m_s.as_ref()),
    ];
    let known = known.into_iter().filter_map(|(name, reference)| {
        let speed_m_s = reference?.value;
        let pace = MetresPerSecond(speed_m_s).pace_s(units)?;
        let label = format!("{name} {}", Seconds(pace).show());
        Some(Tick::new(speed_m_s, label))
    });
    known
        .filter(|tick| axis.low < tick.at && tick.at < axis.high)
        .collect()
}

fn at_row(tick: &Tick, axis: &Axis) -> (usize, String) {
    let row = trace::whole(axis.share(tick.at) * ticks::as_f64(ROWS));
    (row.min(ROWS - 1), tick.label.clone())
}

fn time_columns(streams: &Streams, width: usize) -> Vec<(usize, String)> {
    let elapsed_s = ticks::as_f64(streams.len());
    let ticks = ticks::time(elapsed_s, width / COLUMNS_PER_TIME);
    let column = |at_s: f64| trace::whole(at_s / elapsed_s * ticks::as_f64(width));
    ticks
        .into_iter()
        .map(|tick| (column(tick.at).min(width - 1), tick.label))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::channel::Channel;
    use crate::report::made_up;
    use crate::report::text::layout;
    use crate::report::text::pace_columns::STEPS;
    use crate::vocabulary::SegmentKind;

    /// Columns in all that leave 72 for the plot: 50 s each in an hour.
    const COLUMNS: usize = 79;

    /// Returns an hour at 3 m/s with an effort at 4.5 m/s from half an hour on, ten minutes long.
    fn hour() -> (Session, Vec<Option<f64>>) {
        let segments = vec![
            made_up::segment(SegmentKind::WarmUp, 0.0, 1800.0, 3.0),
            made_up::segment(SegmentKind::Tempo, 1800.0, 2400.0, 4.5),
            made_up::segment(SegmentKind::CoolDown, 2400.0, 3600.0, 3.0),
        ];
        let session = Session {
            kind: SessionKind::Tempo,
            segments,
            ..Session::default()
        };
        let speed = |second| {
            if (1800..2400).contains(&second) {
                4.5
            } else {
                3.0
            }
        };
        (
            session,
            (0..3600).map(|second| Some(speed(second))).collect(),
        )
    }

    fn streams(speed_m_s: Vec<Option<f64>>) -> Streams {
        Streams {
            paused: vec![false; speed_m_s.len()],
            speed_m_s: speed_m_s.into_iter().collect(),
            ..Streams::default()
        }
    }

    fn heights(session: &Session, speed_m_s: Vec<Option<f64>>) -> Vec<Option<usize>> {
        let streams = streams(speed_m_s);
        let chart = plan(session, Some(&streams), UnitSystem::Metric, COLUMNS).unwrap();
        chart.columns.iter().map(|column| column.height).collect()
    }

    fn plain(session: &Session, streams: &Streams, columns: usize) -> String {
        let text = pace_chart(session, Some(streams), UnitSystem::Metric, columns);
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn a_bar_is_as_high_as_the_pace_of_its_time() {
        let (session, speed) = hour();
        let heights = heights(&session, speed);
        assert_eq!(heights.len(), 72);
        // The axis goes from 2.88 to 4.62 m/s: 8 % of the span below and above.
        assert!(heights[..36].iter().all(|height| *height == Some(4)));
        assert!(heights[36..48].iter().all(|height| *height == Some(60)));
        assert!(heights[48..].iter().all(|height| *height == Some(4)));
    }

    #[test]
    fn a_spike_fills_its_column_and_moves_no_other() {
        let (session, mut speed) = hour();
        let even = heights(&session, speed.clone());
        speed[3010..3040].fill(Some(12.0));
        let spiked = heights(&session, speed);
        let moved = (0..72).filter(|column| even[*column] != spiked[*column]);
        assert_eq!(moved.collect::<Vec<_>>(), [60]);
        assert_eq!(spiked[60], Some(ROWS * STEPS));
    }

    #[test]
    fn a_stop_a_pause_and_a_hole_are_gaps() {
        let (session, mut speed) = hour();
        speed[500..600].fill(Some(0.0));
        speed[3000..3100].fill(None);
        let mut streams = streams(speed);
        streams.paused[2600..2650].fill(true);
        let chart = plan(&session, Some(&streams), UnitSystem::Metric, COLUMNS).unwrap();
        let gaps = (0..72).filter(|column| chart.columns[*column].height.is_none());
        assert_eq!(gaps.collect::<Vec<_>>(), [10, 11, 52, 60, 61]);
        // The slow end of the axis stays where running is.
        assert_eq!(chart.columns[0].height, Some(4));
    }

    #[test]
    fn a_short_effort_has_a_column_of_its_own_pace() {
        let (mut session, mut speed) = hour();
        session.segments = vec![made_up::segment(SegmentKind::Steady, 0.0, 3000.0, 3.0)];
        for start in [3000, 3120, 3240, 3360] {
            let at = ticks::as_f64(start);
            let stride = made_up::segment(SegmentKind::Stride, at, at + 15.0, 6.0);
            let jog = made_up::segment(SegmentKind::Recovery, at + 15.0, at + 120.0, 3.0);
            session.segments.extend([stride, jog]);
            speed[start..start + 15].fill(Some(6.0));
        }
        let streams = streams(speed);
        let chart = plan(&session, Some(&streams), UnitSystem::Metric, COLUMNS).unwrap();
        let strides = chart.columns.iter().enumerate().filter(|(_, column)| {
            column
                .segment
                .is_some_and(|segment| segment.kind == SegmentKind::Stride)
        });
        let strides: Vec<_> = strides
            .map(|(index, column)| (index, column.height))
            .collect();
        let heights: Vec<_> = strides.iter().map(|(_, height)| *height).collect();
        assert_eq!(
            strides.iter().map(|stride| stride.0).collect::<Vec<_>>(),
            [60, 62, 64, 67]
        );
        assert!(heights.iter().all(|height| *height == heights[0]));
        assert!(heights[0] > Some(50), "{heights:?}");
    }

    #[test]
    fn labels_are_round_and_at_their_heights() {
        let (mut session, speed) = hour();
        session.references = made_up::intervals().0.references;
        let streams = streams(speed);
        let chart = plan(&session, Some(&streams), UnitSystem::Metric, COLUMNS).unwrap();
        let labels = [(0, "5:30"), (3, "4:30"), (6, "3:50")];
        assert_eq!(
            chart.paces,
            labels.map(|(row, label)| (row, label.to_owned()))
        );
        let times: Vec<_> = chart
            .times
            .iter()
            .map(|(at, label)| (*at, label.as_str()))
            .collect();
        assert_eq!(
            times,
            [
                (0, "0"),
                (12, "10"),
                (24, "20"),
                (36, "30"),
                (48, "40"),
                (60, "50"),
                (71, "60 min")
            ]
        );
        let wide = plain(&session, &streams, 120);
        assert!(wide.contains("╌ critical 4:04"), "{wide}");
        assert!(wide.contains("╌ easy 5:39"), "{wide}");
    }

    fn strip(session: &Session, streams: &Streams, columns: usize) -> String {
        let text = plain(session, streams, columns);
        let line = text.lines().find(|line| line.starts_with("min/km"));
        line.unwrap().replace('─', "")
    }

    #[test]
    fn the_strip_names_the_segments_in_their_order() {
        let (session, streams) = made_up::intervals();
        let strip = |columns| strip(&session, &streams, columns);
        assert_eq!(strip(120), "min/km w1r2r3r4r5r6xc");
        // The stop of 40 s is too short for the columns of a narrow terminal.
        assert_eq!(strip(40), "min/km w1r2r3r4r5r6c");
    }

    #[test]
    fn numbers_without_room_are_their_last_digits() {
        let (mut session, speed) = hour();
        session.segments.truncate(1);
        for rep in 1..=12 {
            let at = 1800.0 + 120.0 * ticks::as_f64(rep - 1);
            let mut work = made_up::segment(SegmentKind::Work, at, at + 60.0, 4.5);
            work.rep = Some(rep);
            let jog = made_up::segment(SegmentKind::Recovery, at + 60.0, at + 120.0, 3.0);
            session.segments.extend([work, jog]);
        }
        let streams = streams(speed);
        assert_eq!(
            strip(&session, &streams, 40).replace('r', ""),
            "min/km w123456789012"
        );
        assert!(strip(&session, &streams, 130).contains("9r10r11r12"));
    }

    #[test]
    fn every_length_of_run_fits_every_width() {
        for seconds in [20, 180, 3600, 6 * 3600] {
            let speed = (0..seconds).map(|second| Some(3.0 + f64::from(second % 60) / 40.0));
            let streams = streams(speed.collect());
            let end = f64::from(seconds);
            let session = Session {
                segments: vec![made_up::segment(SegmentKind::Steady, 0.0, end, 3.7)],
                ..Session::default()
            };
            for columns in [40, 80, 120] {
                let text = plain(&session, &streams, columns);
                assert!(text.lines().count() <= 14, "{text}");
                assert!(
                    text.lines().all(|line| layout::width(line) <= columns),
                    "{text}"
                );
                assert!(text.contains(" min") && text.contains("s steady"), "{text}");
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_said_in_a_line() {
        let (session, speed) = hour();
        let no_speed = Streams {
            heart_rate_bpm: Channel::from_iter([140.0; 60]),
            paused: vec![false; 60],
            ..Streams::default()
        };
        assert_eq!(
            plain(&session, &no_speed, 80),
            "\nNo chart of pace: no speed was recorded.\n"
        );
        let standing = streams(vec![Some(0.0); 60]);
        assert!(plain(&session, &standing, 80).contains("hardly any movement"));
        let stored = pace_chart(&session, None, UnitSystem::Metric, 80);
        assert!(stored.contains("the recording itself is not at hand"));
        let ride = Session {
            kind: SessionKind::CrossTraining,
            ..session
        };
        assert_eq!(plain(&ride, &streams(speed), 80), "");
    }
}
