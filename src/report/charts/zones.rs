//! The time of a run in three and in five zones, with the zone that the session was for.

use crate::classification::Distribution;
use crate::classification::Session;
use crate::report::charts::distribution::ZONE_INKS;
use crate::report::charts::distribution::ZONE_WORDS;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::layout;
use crate::report::drawing::letters;
use crate::review::percentages;
use crate::units::SECONDS_PER_MINUTE;

/// The words for the five zones.
pub const FIVE_ZONE_WORDS: [&str; 5] = ["very easy", "easy", "steady", "threshold", "above"];
/// The inks of the five zones: where one of the three is halved, its lower half has the same.
const FIVE_ZONE_INKS: [Ink; 5] = [
    Ink::Easy,
    Ink::EasyUpper,
    Ink::Middle,
    Ink::MiddleUpper,
    Ink::Hard,
];
/// Height of a bar.
const BAR_PX: f64 = 30.0;
/// Height of the letters of the mark of the goal.
const GOAL_PX: f64 = 20.0;
/// Height of the line below them.
const GOAL_LINE_PX: f64 = 3.0;
/// Space between the mark and the bar.
const GOAL_GAP_PX: f64 = 3.0;
/// The least width of the mark, so that a goal for which no time was spent is seen.
const LEAST_GOAL_PX: f64 = 16.0;
/// Space between two parts of a bar.
const PART_GAP_PX: f64 = 2.0;
/// Less time that could not be rated is not shown.
///
/// # Units
/// Ratio to the moving time.
const LEAST_UNRATED: f64 = 0.005;

/// Returns the chart of a run for a laptop as an SVG file; empty when it could not be rated.
#[must_use]
pub fn svg(session: &Session) -> String {
    let distribution = session.distribution.as_ref();
    distribution
        .and_then(|distribution| figure(distribution, Width::Wide))
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when no time was rated.
#[must_use]
pub fn figure(distribution: &Distribution, width: Width) -> Option<Figure> {
    let rated_s: f64 = distribution.zone_s.iter().sum();
    if rated_s <= 0.0 {
        return None;
    }
    let unrated_s = unrated_s(distribution, rated_s);
    let view = View {
        whole_s: rated_s + unrated_s,
        unrated_s,
        width,
    };
    let three = parts(distribution.zone_s, ZONE_WORDS, ZONE_INKS);
    let five = parts(distribution.five_zone_s, FIVE_ZONE_WORDS, FIVE_ZONE_INKS);
    let goal = usize::from(distribution.goal_zone.clamp(1, 3)) - 1;
    Some(Figure {
        title: "Time in three and in five zones".to_owned(),
        description: format!(
            "The session was for the {} zone. Three zones: {}. Five zones: {}.",
            ZONE_WORDS[goal],
            view.shares(&three),
            view.shares(&five)
        ),
        width,
        x: Axis::plain(0.0, 1.0),
        panels: vec![view.three_zones(&three, goal), view.five_zones(&five)],
        legend: legend(&five, unrated_s),
    })
}

/// Returns the five zones, as there is room for few of them in the bar.
fn legend(five: &[Part], unrated_s: f64) -> Vec<Key> {
    let zones = five.iter().map(|part| (part.ink, part.share()));
    let not_rated = || format!("not rated {} min", minutes(unrated_s));
    let unrated = (unrated_s > 0.0).then(|| (Ink::Unrated, not_rated()));
    let keys = zones.chain(unrated);
    keys.map(|(ink, text)| Key::block(ink, text)).collect()
}

/// Returns the moving time that could not be rated, as its share of what could says.
fn unrated_s(distribution: &Distribution, rated_s: f64) -> f64 {
    let coverage = distribution.coverage;
    let unrated = if coverage > 0.0 { 1.0 - coverage } else { 0.0 };
    if unrated >= LEAST_UNRATED {
        rated_s * unrated / coverage
    } else {
        0.0
    }
}

/// A part of a bar.
struct Part {
    word: &'static str,
    seconds: f64,
    /// The whole percentage of the rated time.
    percent: u32,
    ink: Ink,
}

impl Part {
    /// Returns its time and its percentage, as in "easy 30 min (75 %)".
    fn share(&self) -> String {
        let (word, minutes, percent) = (self.word, minutes(self.seconds), self.percent);
        format!("{word} {minutes} min ({percent} %)")
    }
}

fn parts<const PARTS: usize>(
    seconds: [f64; PARTS],
    words: [&'static str; PARTS],
    inks: [Ink; PARTS],
) -> Vec<Part> {
    let percents = percentages(seconds).unwrap_or([0; PARTS]);
    let part = |index: usize| Part {
        word: words[index],
        seconds: seconds[index],
        percent: percents[index],
        ink: inks[index],
    };
    (0..PARTS).map(part).collect()
}

/// What the bars are made from.
struct View {
    whole_s: f64,
    unrated_s: f64,
    width: Width,
}

impl View {
    /// Returns the three zones with the mark of the goal above them.
    fn three_zones(&self, parts: &[Part], goal: usize) -> Panel {
        let height = BAR_PX + GOAL_GAP_PX + GOAL_LINE_PX + GOAL_PX;
        let mut shapes = self.bars(parts);
        shapes.extend(self.goal(parts, goal));
        Panel {
            label: match self.width {
                Width::Wide => format!("three zones: {}", self.shares(parts)),
                Width::Narrow => {
                    let percents = parts
                        .iter()
                        .map(|part| format!("{} {} %", part.word, part.percent));
                    percents.collect::<Vec<_>>().join(", ")
                }
            },
            height_px: pixels(height),
            y: Axis::plain(0.0, height),
            shapes,
        }
    }

    fn five_zones(&self, parts: &[Part]) -> Panel {
        Panel {
            label: "five zones".to_owned(),
            height_px: pixels(BAR_PX),
            y: Axis::plain(0.0, BAR_PX),
            shapes: self.bars(parts),
        }
    }

    /// Returns from where to where each part reaches, and what is not rated.
    fn spans(&self, parts: &[Part]) -> Vec<(f64, f64)> {
        let mut left = 0.0;
        let ends = parts.iter().map(|part| {
            let span = (left, left + part.seconds / self.whole_s);
            left = span.1;
            span
        });
        ends.collect()
    }

    fn bars(&self, parts: &[Part]) -> Vec<Shape> {
        let room = layout::bare_width_px(self.width);
        let spans = self.spans(parts);
        let last = spans.last().map_or(0.0, |span| span.1);
        let unrated = Part {
            word: "not rated",
            seconds: self.unrated_s,
            percent: 0,
            ink: Ink::Unrated,
        };
        let shown = parts.iter().zip(spans).chain([(&unrated, (last, 1.0))]);
        let mut shapes = Vec::new();
        for (part, (left, right)) in shown.filter(|(part, _)| part.seconds > 0.0) {
            let gap = PART_GAP_PX / room;
            let right = if right < 1.0 && right - left > 2.0 * gap {
                right - gap
            } else {
                right
            };
            let bar = Bar::solid((left, right), (0.0, BAR_PX), part.ink);
            shapes.push(Shape::Bar(bar));
            shapes.extend(self.word(part, (left, right)));
        }
        shapes
    }

    /// Returns the longest words that fit into a part.
    fn word(&self, part: &Part, (left, right): (f64, f64)) -> Option<Shape> {
        /// Space to either side of the words.
        const PADDING_PX: f64 = 6.0;
        let room = (right - left) * layout::bare_width_px(self.width) - PADDING_PX;
        let minutes = format!("{} min", minutes(part.seconds));
        [
            format!("{} {minutes}", part.word),
            part.word.to_owned(),
            minutes,
        ]
        .into_iter()
        .find(|text| letters::text_width_px(text) < room)
        .map(|text| Shape::Text {
            at: (f64::midpoint(left, right), BAR_PX / 2.0),
            text,
            ink: part.ink.letters(),
        })
    }

    /// Returns the mark of the zone that the session was for.
    fn goal(&self, parts: &[Part], goal: usize) -> Vec<Shape> {
        let room = layout::bare_width_px(self.width);
        let (left, right) = self.spans(parts)[goal];
        let half = ((right - left) / 2.0).max(LEAST_GOAL_PX / 2.0 / room);
        let middle = f64::midpoint(left, right).clamp(half, 1.0 - half);
        let bottom = BAR_PX + GOAL_GAP_PX;
        let text = format!("main part: zone {}", goal + 1);
        let half_text = letters::text_width_px(&text) / 2.0 / room;
        vec![
            Shape::Bar(Bar::solid(
                (middle - half, middle + half),
                (bottom, bottom + GOAL_LINE_PX),
                Ink::Label,
            )),
            Shape::Text {
                at: (
                    middle.clamp(half_text, 1.0 - half_text),
                    bottom + GOAL_LINE_PX + GOAL_PX / 2.0,
                ),
                text,
                ink: Ink::Label,
            },
        ]
    }

    /// Returns the time in each part as a list.
    fn shares(&self, parts: &[Part]) -> String {
        let mut shares: Vec<String> = parts.iter().map(Part::share).collect();
        if self.unrated_s > 0.0 {
            shares.push(format!("not rated {} min", minutes(self.unrated_s)));
        }
        shares.join(", ")
    }
}

fn minutes(seconds: f64) -> String {
    format!("{:.0}", seconds / SECONDS_PER_MINUTE)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a height of some pixels"
)]
fn pixels(height: f64) -> u32 {
    height as u32
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::report::made_up::bars;

    fn distribution() -> Distribution {
        Distribution {
            zone_s: [1800.0, 600.0, 1200.0],
            five_zone_s: [600.0, 1200.0, 300.0, 300.0, 1200.0],
            goal_zone: 3,
            coverage: 0.9,
            ..Distribution::default()
        }
    }

    #[test]
    fn both_bars_share_their_bounds_and_end_with_what_is_not_rated() {
        let figure = figure(&distribution(), Width::Wide).unwrap();
        let [three, five] = &figure.panels[..] else {
            panic!("two bars");
        };
        // An hour was rated, a tenth of all was not: 4000 s in all.
        let starts = |panel: &Panel| -> Vec<(Ink, f64)> {
            let bars = bars(panel).into_iter();
            bars.map(|(ink, left, _)| (ink, (left * 1e6).round() / 1e6))
                .collect()
        };
        assert_eq!(
            starts(three)[..4],
            [
                (Ink::Easy, 0.0),
                (Ink::Middle, 0.45),
                (Ink::Hard, 0.6),
                (Ink::Unrated, 0.9)
            ]
        );
        assert_eq!(
            starts(five),
            [
                (Ink::Easy, 0.0),
                (Ink::EasyUpper, 0.15),
                (Ink::Middle, 0.45),
                (Ink::MiddleUpper, 0.525),
                (Ink::Hard, 0.6),
                (Ink::Unrated, 0.9)
            ]
        );
        assert_eq!(
            three.label,
            "three zones: easy 30 min (50 %), moderate 10 min (17 %), hard 20 min (33 %), not rated 7 min"
        );
    }

    #[test]
    fn the_goal_is_marked_even_where_no_time_was_spent() {
        let goal = |goal_zone, zone_s| {
            let distribution = Distribution {
                goal_zone,
                zone_s,
                coverage: 1.0,
                ..distribution()
            };
            let figure = figure(&distribution, Width::Narrow).unwrap();
            let (ink, left, right) = *bars(&figure.panels[0]).last().unwrap();
            assert_eq!(ink, Ink::Label);
            (left, right)
        };
        assert_eq!(goal(1, [900.0, 300.0, 0.0]), (0.0, 0.75));
        let (left, right) = goal(3, [900.0, 300.0, 0.0]);
        assert!(left > 0.9 && right <= 1.0 && right - left > 0.04);
    }

    #[test]
    fn labels_fit_the_phone() {
        let distribution = Distribution {
            zone_s: [9000.0, 6600.0, 1200.0],
            five_zone_s: [3000.0, 6000.0, 3300.0, 3300.0, 1200.0],
            ..distribution()
        };
        let figure = figure(&distribution, Width::Narrow).unwrap();
        for panel in &figure.panels {
            let width_px = letters::text_width_px(&panel.label);
            assert!(
                width_px < layout::bare_width_px(Width::Narrow),
                "{}",
                panel.label
            );
        }
    }

    #[test]
    fn what_was_not_rated_has_no_chart() {
        assert_eq!(figure(&Distribution::default(), Width::Wide), None);
        assert_eq!(svg(&Session::default()), "");
    }
}
