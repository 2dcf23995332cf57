//! The panel of heart rates below the bars: at the end of each effort, and after its recovery.

use crate::report::charts::repetitions::places::Letters;
use crate::report::charts::repetitions::places::Places;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Sizes;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::letters;
use crate::report::drawing::near_median::near_median;
use crate::report::drawing::ticks;

/// Heart rates farther from their median do not set the axis.
///
/// # Units
/// Ratio. Chosen: recoveries end a quarter below the efforts.
const FAR_OFF: f64 = 0.35;
/// Fewer efforts with a heart rate are not compared.
const LEAST_EFFORTS: usize = 2;
/// The least span of the axis.
///
/// # Units
/// Beats per minute.
const LEAST_SPAN_BPM: f64 = 30.0;
/// Height of the panel on a laptop and on a phone.
const HEIGHT_PX: Sizes<u32> = Sizes {
    wide: 120,
    narrow: 110,
};
/// Room that letters above and below the marks take.
const LETTERS_PX: f64 = 20.0;
/// The width of a range as a share of a bar.
const RANGE_SHARE: f64 = 0.4;
/// The greatest width of a range.
const MOST_RANGE_PX: f64 = 20.0;
/// Opacity of a range.
const RANGE_OPACITY: f64 = 0.45;
/// Radius of a dot.
const DOT_PX: u32 = 4;
/// Radius of a dot where there is little room.
const SMALL_DOT_PX: u32 = 2;

/// Heart rate around the end of an effort.
#[derive(Clone, Copy)]
pub(super) struct Beats {
    /// The middle of the effort's bar.
    pub(super) at: f64,
    /// At its end.
    pub(super) end_bpm: f64,
    /// At the end of the recovery after it.
    pub(super) after_bpm: Option<f64>,
}

impl Beats {
    fn ends(&self) -> (f64, f64) {
        let after = self.after_bpm.unwrap_or(self.end_bpm);
        (after.min(self.end_bpm), after.max(self.end_bpm))
    }
}

/// Returns the panel; absent where too little is known to compare.
pub(super) fn panel(known: &[Beats], places: &Places, width: Width) -> Option<Panel> {
    if known.len() < LEAST_EFFORTS {
        return None;
    }
    let all = known.iter().flat_map(|one| [one.ends().0, one.ends().1]);
    let (low, high) = near_median(all, FAR_OFF)?;
    let height_px = HEIGHT_PX.on(width);
    let missing = (LEAST_SPAN_BPM - (high - low)).max(0.0) / 2.0;
    let span = high - low + 2.0 * missing;
    let letters = span * LETTERS_PX / (f64::from(height_px) - 2.0 * LETTERS_PX);
    let y = Axis {
        low: low - missing - letters,
        high: high + missing + letters,
        ticks: ticks::round(low - missing - letters, high + missing + letters, 5),
    };
    let mut shapes: Vec<Shape> = known.iter().flat_map(|one| range(one, places)).collect();
    shapes.extend(texts(known, places, &y, letters / 2.0));
    Some(Panel {
        label: "heart rate at the end, and its fall (bpm)".to_owned(),
        height_px,
        y,
        shapes,
    })
}

/// Returns the change of heart rate in the recovery as a bar, and a dot at the end of the effort.
fn range(one: &Beats, places: &Places) -> Vec<Shape> {
    let most = MOST_RANGE_PX / places.room_px;
    let half = (places.half_bar * RANGE_SHARE).min(most / 2.0);
    let bar = one.after_bpm.map(|_| {
        Shape::Bar(Bar {
            x: (one.at - half, one.at + half),
            y: one.ends(),
            ink: Ink::HeartRate,
            opacity: RANGE_OPACITY,
        })
    });
    let has_room = places.half_bar * places.room_px >= f64::from(DOT_PX);
    let dot = Shape::Dot {
        at: (one.at, one.end_bpm),
        radius_px: if has_room { DOT_PX } else { SMALL_DOT_PX },
        ink: Ink::HeartRate,
        filled: true,
    };
    bar.into_iter().chain([dot]).collect()
}

/// Returns the heart rates above the ranges and the changes below them.
fn texts(known: &[Beats], places: &Places, y: &Axis, away: f64) -> Vec<Shape> {
    let ends = known
        .iter()
        .map(|one| (one.at, one.ends().1 + away, format!("{:.0}", one.end_bpm)));
    let changes = known.iter().filter_map(|one| {
        let change = one.after_bpm? - one.end_bpm;
        Some((one.at, one.ends().0 - away, format!("{change:+.0}")))
    });
    let mut shapes = row(ends.collect(), places);
    shapes.extend(row(changes.collect(), places));
    for shape in &mut shapes {
        if let Shape::Text { at, .. } = shape {
            at.1 = at.1.clamp(y.low + away, y.high - away);
        }
    }
    shapes
}

/// Returns texts with their places: all, or else the first and the last.
fn row(texts: Vec<(f64, f64, String)>, places: &Places) -> Vec<Shape> {
    let last = texts.len().saturating_sub(1);
    let letters = texts
        .iter()
        .enumerate()
        .map(|(index, (at, _, text))| Letters {
            at: *at,
            width_px: letters::text_width_px(text),
            matters: index == 0 || index == last,
        });
    let letters: Vec<Letters> = letters.collect();
    let written = places.written(&letters).into_iter();
    let shapes = written.map(|index| {
        let (x, y, text) = &texts[index];
        Shape::Text {
            at: (*x, *y),
            text: text.clone(),
            ink: Ink::Label,
        }
    });
    shapes.collect()
}
