//! The repetitions of a session side by side: how fast each was, and what heart rate did.
//!
//! Programmed steps carry no target pace in what is read, so the line to hold a repetition against
//! is the mean of its set. Efforts of a ladder or a fartlek, which are no set, stand without one.

mod heart_rates;
mod places;
mod sets;

use crate::classification::Session;
use crate::report::drawing::chart;
use crate::report::drawing::figure::Axis;
use crate::report::drawing::figure::Bar;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Panel;
use crate::report::drawing::figure::Shape;
use crate::report::drawing::figure::Tick;
use crate::report::drawing::figure::Width;
use crate::report::drawing::ink::Ink;
use crate::report::drawing::ink::segment_ink;
use crate::report::drawing::layout;
use crate::report::drawing::letters;
use crate::report::drawing::ticks;
use crate::streams::HeartRateQuality;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;

use crate::report::charts::repetitions::heart_rates::Beats;
use crate::report::charts::repetitions::places::GROUP_GAP;
use crate::report::charts::repetitions::places::Letters;
use crate::report::charts::repetitions::places::Places;
use crate::report::charts::repetitions::sets::Effort;
use crate::report::charts::repetitions::sets::Group;
use crate::report::drawing::figure::Sizes;

/// Fewer efforts are not compared.
const LEAST_EFFORTS: usize = 2;
/// The least span of speeds, so that even repetitions look even.
///
/// # Units
/// Ratio to the fastest.
const LEAST_SPAN: f64 = 0.06;
/// The bars begin so far below the slowest, as a share of the span: differences are seen, but even
/// the fastest is only twice as high.
const BELOW_SLOWEST: f64 = 1.0;
/// The least height of a bar, as a share of the panel: a cut one is still seen.
const LEAST_BAR: f64 = 0.06;
/// Opacity of a programmed repetition that the data do not show.
const NOT_EXECUTED_OPACITY: f64 = 0.45;
/// Height of the names of groups.
const NAMES_PX: u32 = 20;
/// Height of the panel of paces on a laptop and on a phone.
const PACE_PX: Sizes<u32> = Sizes {
    wide: 170,
    narrow: 150,
};
/// Room that letters above a bar take.
const LETTERS_PX: f64 = 20.0;

/// Returns the chart of a session for a laptop as an SVG file; empty when it has no repetitions.
#[must_use]
pub fn svg(session: &Session, units: UnitSystem) -> String {
    figure(session, units, Width::Wide)
        .map_or_else(String::new, |figure| chart::standalone(&figure))
}

/// Returns what is drawn; absent when the session has fewer than two repetitions with a speed.
#[must_use]
pub fn figure(session: &Session, units: UnitSystem, width: Width) -> Option<Figure> {
    let groups = sets::groups(session);
    let counts: Vec<usize> = groups.iter().map(|group| group.efforts.len()).collect();
    if counts.iter().sum::<usize>() < LEAST_EFFORTS {
        return None;
    }
    let view = View {
        y: pace_axis(&groups, units, width)?,
        places: Places::new(&counts, width),
        is_graded: session.data_quality.altitude.is_used(),
        groups,
        units,
        width,
    };
    let heart_rates = heart_rates::panel(&view.beats(session), &view.places, width);
    Some(Figure {
        title: "Repetitions".to_owned(),
        description: view.description(),
        width,
        legend: legend(heart_rates.is_some()),
        x: Axis {
            low: 0.0,
            high: view.places.high,
            ticks: view.numbers(),
        },
        panels: [view.names(), view.paces()]
            .into_iter()
            .chain(heart_rates)
            .collect(),
    })
}

/// Returns what the marks mean.
fn legend(has_heart_rates: bool) -> Vec<Key> {
    let beats = "heart rate: top at the end, then how far it falls in the recovery";
    let beats = has_heart_rates.then(|| Key::block(Ink::HeartRate, beats));
    let mean = Key::line(Ink::Reference, 2, "mean of the set");
    [mean].into_iter().chain(beats).collect()
}

/// Returns the axis of speeds, with room above the fastest for letters.
fn pace_axis(groups: &[Group], units: UnitSystem, width: Width) -> Option<Axis> {
    let (low, high) = sets::usual_speeds(groups)?;
    let span = (high - low).max(high * LEAST_SPAN);
    let base = (low - span * BELOW_SLOWEST).max(0.0);
    let height_px = f64::from(PACE_PX.on(width));
    let top = base + (high - base) * height_px / (height_px - LETTERS_PX);
    Some(Axis {
        low: base,
        high: top,
        ticks: ticks::pace(base, top, units, width.pick(6, 5)),
    })
}

/// What the panels are made from.
struct View {
    groups: Vec<Group>,
    places: Places,
    /// Whether slopes are taken out of the speeds.
    is_graded: bool,
    /// The axis of speeds.
    y: Axis,
    units: UnitSystem,
    width: Width,
}

impl View {
    /// Returns the efforts with their places.
    fn efforts(&self) -> impl Iterator<Item = (f64, &Effort)> {
        let groups = self.groups.iter().zip(&self.places.middles);
        groups.flat_map(|(group, middles)| middles.iter().copied().zip(&group.efforts))
    }

    /// Returns the numbers of the efforts, as many of each group as there is room for.
    fn numbers(&self) -> Vec<Tick> {
        /// Every effort is numbered, or else the first of a group and every so many-th.
        const STEPS: [usize; 4] = [1, 5, 10, 20];
        let of_step = |step: usize| -> Vec<Tick> {
            self.efforts()
                .filter(|(_, one)| one.number == 1 || one.number.is_multiple_of(step))
                .map(|(at, one)| Tick::new(at, one.number.to_string()))
                .collect()
        };
        let rarest = of_step(usize::MAX);
        STEPS
            .into_iter()
            .map(of_step)
            .find(|ticks| ticks::are_apart(ticks, self.places.room_px))
            .unwrap_or_else(|| ticks::apart(rarest, self.places.room_px))
    }

    /// Returns the row of the names of the groups with their means.
    fn names(&self) -> Panel {
        let names = (0..self.groups.len()).filter_map(|group| self.name(group));
        let mut shapes: Vec<Shape> = names.collect();
        if self.groups.len() > 1 {
            shapes.extend((0..self.groups.len()).map(|group| {
                let (left, right) = self.places.span(group);
                Shape::Line {
                    points: vec![(left, 0.0), (right, 0.0)],
                    ink: Ink::Label,
                    width_px: 1,
                }
            }));
        }
        Panel {
            label: String::new(),
            height_px: NAMES_PX,
            y: Axis::plain(0.0, 1.0),
            shapes,
        }
    }

    /// Returns the longest name of a group that fits in either system of units.
    fn name(&self, index: usize) -> Option<Shape> {
        let group = &self.groups[index];
        let texts = |units| -> Vec<String> {
            let mean = format!("mean {}", clock(group.mean_m_s(), units));
            if group.is_set {
                vec![format!("{}, {mean}", group.name), mean, group.name.clone()]
            } else {
                vec![group.name.clone()]
            }
        };
        let (left, right) = self.places.span(index);
        let room_px = if self.groups.len() > 1 {
            (right - left + GROUP_GAP) * self.places.room_px
        } else {
            layout::plot_width_px(self.width)
        };
        let fits = |text: &String| letters::text_width_px(text) <= room_px;
        let all = SYSTEMS.map(texts);
        let fitting = (0..all[0].len()).find(|choice| all.iter().all(|of| fits(&of[*choice])))?;
        let half = letters::text_width_px(&all[0][fitting]) / 2.0 / self.places.room_px;
        Some(Shape::Text {
            at: (f64::midpoint(left, right).max(half), 0.6),
            text: texts(self.units).swap_remove(fitting),
            ink: Ink::Label,
        })
    }

    fn paces(&self) -> Panel {
        let bars = self.efforts().map(|(at, one)| {
            Shape::Bar(Bar {
                x: (at - self.places.half_bar, at + self.places.half_bar),
                y: (self.y.low, self.top(one)),
                ink: segment_ink(one.kind),
                opacity: if one.executed {
                    1.0
                } else {
                    NOT_EXECUTED_OPACITY
                },
            })
        });
        let sets = (0..self.groups.len()).filter(|group| self.groups[*group].is_set);
        let means = sets.flat_map(|group| self.mean_line(group));
        let quantity = if self.is_graded {
            "grade-adjusted pace"
        } else {
            "pace"
        };
        Panel {
            label: format!(
                "{quantity} (min{}), bars from {}",
                self.units.pace_unit(),
                clock(self.y.low, self.units)
            ),
            height_px: self.pace_px(),
            shapes: bars.chain(means).chain(self.clocks()).collect(),
            y: self.y.clone(),
        }
    }

    fn pace_px(&self) -> u32 {
        PACE_PX.on(self.width)
    }

    /// Returns where the bar of an effort ends: at its speed, unless that is far off.
    fn top(&self, effort: &Effort) -> f64 {
        let span = self.y.high - self.y.low;
        let letters = span * LETTERS_PX / f64::from(self.pace_px());
        let least = self.y.low + span * LEAST_BAR;
        effort.speed_m_s.clamp(least, self.y.high - letters)
    }

    /// Returns the mean of a set as a line that can be told from the bars that it crosses.
    fn mean_line(&self, group: usize) -> [Shape; 2] {
        let (left, right) = self.places.span(group);
        let mean = self.groups[group].mean_m_s();
        let beyond = (1.0 - 2.0 * self.places.half_bar).min(GROUP_GAP) / 2.0;
        [(Ink::Ground, 4), (Ink::Reference, 2)].map(|(ink, width_px)| Shape::Line {
            points: vec![(left - beyond, mean), (right + beyond, mean)],
            ink,
            width_px,
        })
    }

    /// Returns the paces above the bars: all, or else the fastest and the slowest of each group
    /// where no higher bar is in the way.
    fn clocks(&self) -> Vec<Shape> {
        let groups = self.groups.iter().zip(&self.places.middles);
        let mut letters = Vec::new();
        let mut texts = Vec::new();
        for (group, middles) in groups {
            let (slowest, fastest) = group.extremes();
            for (at, one) in middles.iter().zip(&group.efforts) {
                let place = (*at, self.above(group, one));
                let width_px = clock_width_px(one.speed_m_s);
                let is_extreme = one.speed_m_s <= slowest || one.speed_m_s >= fastest;
                letters.push(Letters {
                    at: *at,
                    width_px,
                    matters: is_extreme && !self.is_hidden(place, width_px),
                });
                texts.push(Shape::Text {
                    at: place,
                    text: clock(one.speed_m_s, self.units),
                    ink: Ink::Label,
                });
            }
        }
        let written = self.places.written(&letters).into_iter();
        written.map(|index| texts[index].clone()).collect()
    }

    /// Returns whether letters at a place would stand on the bar of another effort.
    fn is_hidden(&self, (at, middle): (f64, f64), width_px: f64) -> bool {
        let reach = width_px / 2.0 / self.places.room_px + self.places.half_bar;
        let unit = (self.y.high - self.y.low) / f64::from(self.pace_px());
        let bottom = middle - LETTERS_PX / 3.0 * unit;
        self.efforts().any(|(other, one)| {
            let distance = (other - at).abs();
            0.0 < distance && distance < reach && self.top(one) > bottom
        })
    }

    /// Returns where the letters above a bar stand: above the line of the mean, if that lies there.
    fn above(&self, group: &Group, effort: &Effort) -> f64 {
        let unit = (self.y.high - self.y.low) / f64::from(self.pace_px());
        let away = LETTERS_PX / 2.0 * unit;
        let (top, mean) = (self.top(effort), group.mean_m_s());
        let is_below = group.is_set && top < mean && mean < top + 2.0 * away;
        if is_below { mean + away } else { top + away }
    }

    /// Returns the heart rates around the ends of the efforts; none where they are not sound.
    fn beats(&self, session: &Session) -> Vec<Beats> {
        let quality = session.data_quality.heart_rate;
        if !matches!(quality, HeartRateQuality::Valid | HeartRateQuality::Partial) {
            return Vec::new();
        }
        let known = self.efforts().filter_map(|(at, one)| {
            let (end_bpm, after_bpm) = one.heart_rate_bpm?;
            Some(Beats {
                at,
                end_bpm,
                after_bpm,
            })
        });
        known.collect()
    }

    fn description(&self) -> String {
        let pace = |speed: f64| MetresPerSecond(speed).show_pace(self.units);
        let told = self.groups.iter().map(|group| {
            let (slowest, fastest) = group.extremes();
            let speeds = if group.efforts.len() > 1 {
                let mean = pace(group.mean_m_s());
                format!(
                    "mean {mean}, fastest {}, slowest {}",
                    pace(fastest),
                    pace(slowest)
                )
            } else {
                pace(fastest)
            };
            let fall = group.heart_rate_fall_bpm();
            let fall = fall.map(|bpm| format!(", heart rate falls by {bpm:.0} bpm"));
            format!("{}: {speeds}{}. ", group.name, fall.unwrap_or_default())
        });
        let told: String = told.collect();
        let base = pace(self.y.low);
        format!("{told}The bars begin at {base}; a dashed line is the mean of a set.")
    }
}

/// Both systems of units: a chart has the same marks in either, only its letters differ.
const SYSTEMS: [UnitSystem; 2] = [UnitSystem::Metric, UnitSystem::Imperial];

/// Returns the pace of a speed without its unit.
fn clock(speed_m_s: f64, units: UnitSystem) -> String {
    let pace = MetresPerSecond(speed_m_s).pace_s(units);
    pace.map_or_else(|| "-".to_owned(), |pace| Seconds(pace).show())
}

/// Returns the room for a pace in either system of units.
fn clock_width_px(speed_m_s: f64) -> f64 {
    let widths = SYSTEMS.map(|units| letters::text_width_px(&clock(speed_m_s, units)));
    widths[0].max(widths[1])
}

#[cfg(test)]
mod tests;
