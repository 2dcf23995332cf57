//! Where letters may stand in a panel without hiding what is drawn there.

use crate::report::drawing::figure::Axis;
use crate::report::drawing::letters;
use crate::report::drawing::ticks;
use crate::report::drawing::trace;

/// Half the height of letters, with the space around them.
const HALF_HEIGHT_PX: f64 = 9.0;
/// Space beside letters.
const GAP_PX: f64 = 3.0;
/// Lines are looked at in steps of so many pixels.
const STEP_PX: f64 = 4.0;

/// Width of a column: letters hide points of a few of them.
const COLUMN_PX: f64 = 16.0;

/// A panel with what is drawn in it so far, in pixels from its lower left corner.
pub(in crate::report) struct FreePlaces<'a> {
    x: &'a Axis,
    y: &'a Axis,
    size_px: (f64, f64),
    /// Points of lines, by column.
    columns: Vec<Vec<(f64, f64)>>,
    /// Middles and half widths of letters.
    letters: Vec<((f64, f64), f64)>,
}

impl<'a> FreePlaces<'a> {
    /// Returns an empty panel with some axes.
    pub(in crate::report) fn new(x: &'a Axis, y: &'a Axis, size_px: (f64, f64)) -> Self {
        Self {
            x,
            y,
            size_px,
            columns: vec![Vec::new(); column(size_px.0) + 1],
            letters: Vec::new(),
        }
    }

    /// Says that a line goes through some points.
    pub(in crate::report) fn add_line(&mut self, points: &[(f64, f64)]) {
        for pair in points.windows(2) {
            let (from, to) = (self.pixel(pair[0]), self.pixel(pair[1]));
            let steps = ((to.0 - from.0).abs().max((to.1 - from.1).abs()) / STEP_PX).ceil();
            let shares = (0..=trace::whole(steps)).map(|step| ticks::as_f64(step) / steps.max(1.0));
            for share in shares {
                let x = from.0 + share * (to.0 - from.0);
                let y = from.1 + share * (to.1 - from.1);
                let last = self.columns.len() - 1;
                self.columns[column(x).min(last)].push((x, y));
            }
        }
    }

    /// Returns a place for letters whose middle is so many pixels above a point, moved sideways
    /// until they lie within the panel.
    pub(in crate::report) fn beside(
        &self,
        point: (f64, f64),
        above_px: f64,
        text: &str,
    ) -> (f64, f64) {
        let half = letters::text_width_px(text) / 2.0;
        let (x, y) = self.pixel(point);
        let x = x.min(self.size_px.0 - half).max(half);
        let y = y + above_px;
        (
            self.x.low + x / self.size_px.0 * (self.x.high - self.x.low),
            self.y.low + y / self.size_px.1 * (self.y.high - self.y.low),
        )
    }

    /// Returns whether letters at a place touch no others.
    pub(in crate::report) fn is_free(&self, place: (f64, f64), text: &str) -> bool {
        self.touched(place, text) == 0
    }

    /// Returns the place at which letters hide least, the first of equal ones.
    pub(in crate::report) fn freest(
        &self,
        places: impl IntoIterator<Item = (f64, f64)>,
        text: &str,
    ) -> Option<(f64, f64)> {
        let places = places.into_iter();
        places.min_by_key(|place| self.hidden(*place, text))
    }

    /// Returns whether letters at a place hide nothing at all.
    pub(in crate::report) fn is_clear(&self, place: (f64, f64), text: &str) -> bool {
        self.hidden(place, text) == 0
    }

    /// Returns how much letters at a place would hide.
    fn hidden(&self, place: (f64, f64), text: &str) -> usize {
        /// Letters upon letters are worse than any length of line.
        const LETTERS_WEIGHT: usize = 1000;
        let (x, y) = self.pixel(place);
        let half = letters::text_width_px(text) / 2.0 + GAP_PX;
        // What is farther away lies in other columns.
        let last = self.columns.len() - 1;
        let near = column(x - half).min(last)..=column(x + half).min(last);
        let points = self.columns[near].iter().flatten();
        let hidden =
            points.filter(|(px, py)| (px - x).abs() < half && (py - y).abs() < HALF_HEIGHT_PX);
        let outside = y < HALF_HEIGHT_PX || y > self.size_px.1 - HALF_HEIGHT_PX;
        hidden.count() + LETTERS_WEIGHT * (self.touched(place, text) + usize::from(outside))
    }

    /// Says that letters stand at a place.
    pub(in crate::report) fn add_letters(&mut self, place: (f64, f64), text: &str) {
        let half = letters::text_width_px(text) / 2.0;
        self.letters.push((self.pixel(place), half));
    }

    fn touched(&self, place: (f64, f64), text: &str) -> usize {
        let (x, y) = self.pixel(place);
        let half = letters::text_width_px(text) / 2.0 + GAP_PX;
        let letters = self.letters.iter();
        letters
            .filter(|((ox, oy), other)| {
                (ox - x).abs() < half + other && (oy - y).abs() < 2.0 * HALF_HEIGHT_PX
            })
            .count()
    }

    fn pixel(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (
            self.x.share(x) * self.size_px.0,
            self.y.share(y) * self.size_px.1,
        )
    }
}

/// Returns the column of a place, the first for places left of the panel.
fn column(x_px: f64) -> usize {
    trace::whole(x_px / COLUMN_PX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_avoid_other_letters_before_lines() {
        let axis = Axis::plain(0.0, 100.0);
        let mut panel = FreePlaces::new(&axis, &axis, (100.0, 100.0));
        let (low, middle, high) = ((50.0, 20.0), (50.0, 50.0), (50.0, 80.0));
        assert_eq!(panel.freest([low, middle], "ab"), Some(low));
        panel.add_line(&[(0.0, 20.0), (100.0, 20.0)]);
        assert!(panel.is_free(low, "ab") && !panel.is_clear(low, "ab"));
        assert_eq!(panel.freest([low, middle], "ab"), Some(middle));
        panel.add_letters(middle, "ab");
        assert!(!panel.is_free(middle, "ab"));
        assert_eq!(panel.freest([low, middle, high], "ab"), Some(high));
        assert_eq!(panel.freest([low, middle], "ab"), Some(low));
        assert_eq!(panel.freest([], "ab"), None);
    }

    #[test]
    fn letters_stay_within_the_panel() {
        let axis = Axis::plain(0.0, 100.0);
        let panel = FreePlaces::new(&axis, &axis, (100.0, 100.0));
        let (x, y) = panel.beside((0.0, 50.0), 10.0, "abc");
        assert!((x - letters::text_width_px("abc") / 2.0).abs() < 1e-9);
        assert!((y - 60.0).abs() < 1e-9);
    }
}
