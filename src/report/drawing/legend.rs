//! Where the title and the legend of a chart that stands alone are written.

use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Swatch;
use crate::report::drawing::layout;
use crate::report::drawing::letters;

/// Where the middle of the title lies below the top.
pub(in crate::report) const TITLE_MIDDLE_PX: i32 = 14;
/// Width and height of a sample of a mark.
pub(in crate::report) const SAMPLE_PX: i32 = 12;
/// Height of the title.
const TITLE_PX: i32 = 26;
/// Height of a row of entries.
const ROW_PX: i32 = 20;
/// Space below the last row.
const BELOW_PX: i32 = 8;
/// Space between a sample and its text.
const TEXT_GAP_PX: i32 = 6;
/// Space between two entries.
const KEY_GAP_PX: i32 = 14;

/// An entry at its place.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Place<'a> {
    /// The entry.
    pub(in crate::report) key: &'a Key,
    /// Where it begins.
    pub(in crate::report) left_px: i32,
    /// Where its middle lies below the top.
    pub(in crate::report) middle_px: i32,
}

impl Place<'_> {
    /// Returns where the text begins.
    pub(in crate::report) fn text_left_px(&self) -> i32 {
        self.left_px + sample_px(self.key)
    }
}

/// Returns the height of title and legend.
pub(in crate::report) fn height_px(figure: &Figure) -> u32 {
    let rows = places(figure)
        .last()
        .map_or(TITLE_PX, |last| last.middle_px + ROW_PX / 2);
    u32::try_from(rows + BELOW_PX).unwrap_or_default()
}

/// Returns the entries at their places: as many a row as there is room for.
pub(in crate::report) fn places(figure: &Figure) -> Vec<Place<'_>> {
    let room = layout::bare_width_px(figure.width);
    let (mut left_px, mut middle_px) = (0, TITLE_PX + ROW_PX / 2);
    let mut places = Vec::new();
    for key in &figure.legend {
        let width_px = sample_px(key) + layout::pixel(letters::text_width_px(&key.text));
        if left_px > 0 && f64::from(left_px + width_px) > room {
            (left_px, middle_px) = (0, middle_px + ROW_PX);
        }
        places.push(Place {
            key,
            left_px,
            middle_px,
        });
        left_px += width_px + KEY_GAP_PX;
    }
    places
}

/// Returns the room that the sample of an entry takes.
fn sample_px(key: &Key) -> i32 {
    match key.swatch {
        Swatch::Nothing => 0,
        _ => SAMPLE_PX + TEXT_GAP_PX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::drawing::figure::Axis;
    use crate::report::drawing::figure::Width;
    use crate::report::drawing::ink::Ink;

    fn with(legend: Vec<Key>, width: Width) -> Figure {
        Figure {
            title: "t".to_owned(),
            description: String::new(),
            width,
            x: Axis::plain(0.0, 1.0),
            panels: Vec::new(),
            legend,
        }
    }

    #[test]
    fn entries_that_do_not_fit_go_to_the_next_row() {
        let keys = ["one", "a rather long entry of some words", "three"];
        let keys = keys.map(|text| Key::block(Ink::Hard, text)).to_vec();
        let row = |width| -> Vec<i32> {
            let figure = with(keys.clone(), width);
            places(&figure)
                .iter()
                .map(|place| place.middle_px)
                .collect()
        };
        assert_eq!(row(Width::Wide), [36, 36, 36]);
        assert_eq!(row(Width::Narrow), [36, 36, 56]);
        assert_eq!(height_px(&with(keys.clone(), Width::Narrow)), 74);
    }

    #[test]
    fn a_remark_has_no_swatch() {
        let figure = with(
            vec![Key::note("cut"), Key::dot(Ink::Hard, true, "race")],
            Width::Wide,
        );
        let text_left: Vec<i32> = places(&figure).iter().map(Place::text_left_px).collect();
        assert_eq!(text_left[0], 0);
        assert_eq!(text_left[1], places(&figure)[1].left_px + 18);
        assert_eq!(height_px(&with(Vec::new(), Width::Wide)), 34);
    }
}
