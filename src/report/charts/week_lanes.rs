//! Marks of weeks above the bars of a block: of races, of runs much longer than usual, of easier
//! weeks.

use crate::report::charts::week_axis::WeekAxis;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Sizes;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::ticks;
use crate::review::Review;
use crate::review::SessionLine;
use crate::vocabulary::SessionKind;

/// Height of a row of marks above the bars.
const LANE_PX: u32 = 18;
/// Radius of a mark on a laptop and on a phone.
const MARK_PX: Sizes<u32> = Sizes { wide: 4, narrow: 3 };

/// Marks of one meaning above the bars.
#[derive(Debug)]
pub(super) struct Lane {
    /// The meaning in a word.
    pub(super) word: &'static str,
    /// The same in a sentence.
    pub(super) meaning: &'static str,
    pub(super) ink: Ink,
    pub(super) filled: bool,
    /// The places of the marked weeks.
    pub(super) places: Vec<usize>,
}

/// Returns the marks that there are.
pub(super) fn lanes(review: &Review, axis: &WeekAxis<'_>) -> Vec<Lane> {
    let places = |days: Vec<chrono::NaiveDate>| {
        let mut places: Vec<usize> = days.iter().filter_map(|day| axis.place(*day)).collect();
        places.dedup();
        places
    };
    let races = review.sessions.iter();
    let races = races.filter(|line| line.kind == SessionKind::Race);
    let days = |line: &SessionLine| line.day;
    let spikes = review.single_run_spikes().into_iter();
    let lanes = [
        Lane {
            word: "race",
            meaning: "race",
            ink: Ink::Hard,
            filled: true,
            places: places(races.map(days).collect()),
        },
        Lane {
            word: "spike",
            meaning: "spike: a run much longer than any of the days before",
            ink: Ink::Hard,
            filled: false,
            places: places(spikes.map(days).collect()),
        },
        Lane {
            word: "easier",
            meaning: "easier: well below the weeks before",
            ink: Ink::Easy,
            filled: true,
            places: places(review.easier_weeks()),
        },
    ];
    let lanes = lanes.into_iter();
    lanes.filter(|lane| !lane.places.is_empty()).collect()
}

/// Returns the panel of marks; absent when there is none.
pub(super) fn panel(lanes: &[Lane], width: Width) -> Option<Panel> {
    let count = u32::try_from(lanes.len()).ok().filter(|count| *count > 0)?;
    let height = |row: usize| ticks::as_f64(lanes.len() - 1 - row) + 0.5;
    let marks = lanes.iter().enumerate().flat_map(|(row, lane)| {
        lane.places.iter().map(move |place| Shape::Dot {
            at: (ticks::as_f64(*place), height(row)),
            radius_px: MARK_PX.on(width),
            ink: lane.ink,
            filled: lane.filled,
        })
    });
    let ticks = lanes.iter().enumerate();
    Some(Panel {
        label: String::new(),
        height_px: LANE_PX * count,
        y: Axis {
            low: 0.0,
            high: f64::from(count),
            ticks: ticks
                .map(|(row, lane)| Tick::new(height(row), lane.word))
                .collect(),
        },
        shapes: marks.collect(),
    })
}
