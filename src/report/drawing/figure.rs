//! *What* is drawn in a chart: plain panels, shapes and ticks in the chart's own quantities, to be
//! tested by value. *How* it is drawn is the business of [`crate::report::drawing::chart`].

use crate::report::drawing::ink::Ink;

/// For which screen a chart is drawn. Each chart exists twice, so that its letters stay readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// A laptop.
    Wide,
    /// A phone held upright.
    Narrow,
}

impl Width {
    /// Returns one of two things, by the width.
    #[must_use]
    pub fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Width::Wide => wide,
            Width::Narrow => narrow,
        }
    }
}

/// A size on either screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes<T> {
    /// On a laptop.
    pub wide: T,
    /// On a phone.
    pub narrow: T,
}

impl<T> Sizes<T> {
    /// Returns the size on a screen.
    #[must_use]
    pub fn on(self, width: Width) -> T {
        width.pick(self.wide, self.narrow)
    }
}

/// One chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its title, for those who cannot see it.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// For which screen.
    pub width: Width,
    /// The common horizontal axis; no labels are drawn without ticks.
    pub x: Axis,
    /// The panels from top to bottom.
    pub panels: Vec<Panel>,
    /// What the marks mean, for those who see the chart without its page.
    pub legend: Vec<Key>,
}

/// One entry of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// How the mark looks.
    pub swatch: Swatch,
    /// What it means, ASCII.
    pub text: String,
}

impl Key {
    /// Returns the entry of a filled colour.
    #[must_use]
    pub fn block(ink: Ink, text: impl Into<String>) -> Self {
        Self::pale_block(ink, 1.0, text)
    }

    /// Returns the entry of a colour that is not opaque.
    #[must_use]
    pub fn pale_block(ink: Ink, opacity: f64, text: impl Into<String>) -> Self {
        let text = text.into();
        let swatch = Swatch::Block { ink, opacity };
        Self { swatch, text }
    }

    /// Returns the entry of a line.
    #[must_use]
    pub fn line(ink: Ink, width_px: u32, text: impl Into<String>) -> Self {
        let text = text.into();
        let swatch = Swatch::Line { ink, width_px };
        Self { swatch, text }
    }

    /// Returns the entry of a dot.
    #[must_use]
    pub fn dot(ink: Ink, filled: bool, text: impl Into<String>) -> Self {
        let text = text.into();
        let swatch = Swatch::Dot { ink, filled };
        Self { swatch, text }
    }

    /// Returns a remark without a mark.
    #[must_use]
    pub fn note(text: impl Into<String>) -> Self {
        let text = text.into();
        let swatch = Swatch::Nothing;
        Self { swatch, text }
    }
}

/// How a mark looks in a legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Swatch {
    /// A filled rectangle.
    Block {
        /// The colour.
        ink: Ink,
        /// How opaque it is, 0–1.
        opacity: f64,
    },
    /// A line.
    Line {
        /// The colour.
        ink: Ink,
        /// The thickness.
        width_px: u32,
    },
    /// A dot.
    Dot {
        /// The colour.
        ink: Ink,
        /// Whether it is filled.
        filled: bool,
    },
    /// No mark: the entry is a remark.
    Nothing,
}

/// One panel of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The quantity and its unit, written above the panel; may be empty.
    pub label: String,
    /// The height without the label.
    pub height_px: u32,
    /// The vertical axis.
    pub y: Axis,
    /// The marks, the lowest first.
    pub shapes: Vec<Shape>,
}

/// A linear axis; values outside of it are drawn at its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The value at the left or at the bottom.
    pub low: f64,
    /// The value at the right or at the top.
    pub high: f64,
    /// The marked values.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// Returns an axis without ticks.
    #[must_use]
    pub fn plain(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            ticks: Vec::new(),
        }
    }

    /// Returns a line at each marked value, for a panel above a horizontal axis.
    pub fn guides(&self, y: (f64, f64)) -> impl Iterator<Item = Shape> + '_ {
        self.ticks.iter().map(move |tick| Shape::Line {
            points: vec![(tick.at, y.0), (tick.at, y.1)],
            ink: Ink::Grid,
            width_px: 1,
        })
    }

    /// Returns where a value lies on the axis, 0 at its low and 1 at its high end, never outside.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        if span.abs() > 0.0 {
            ((value - self.low) / span).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

/// One marked value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The value.
    pub at: f64,
    /// What is written there: ASCII, as the drawing library reckons text by bytes.
    pub label: String,
}

impl Tick {
    /// Returns a tick.
    #[must_use]
    pub fn new(at: f64, label: impl Into<String>) -> Self {
        Self {
            at,
            label: label.into(),
        }
    }
}

/// One mark, in the quantities of the axes.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Bar(Bar),
    /// Ground below the panel: from it down through all further panels.
    Ground {
        /// From where to where on the horizontal axis.
        x: (f64, f64),
        /// The colour.
        ink: Ink,
        /// How opaque it is, 0–1.
        opacity: f64,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<(f64, f64)>,
        /// The colour.
        ink: Ink,
        /// The thickness.
        width_px: u32,
    },
    /// A dot, full or hollow.
    Dot {
        /// Its middle.
        at: (f64, f64),
        /// From its middle to its edge.
        radius_px: u32,
        /// The colour.
        ink: Ink,
        /// Whether it is full; else only its edge is drawn.
        filled: bool,
    },
    /// The ground between a line and the bottom of the panel.
    Area {
        /// The points of the line.
        points: Vec<(f64, f64)>,
        /// The colour.
        ink: Ink,
    },
    /// The ground between two lines, as of an interval around a value.
    Band {
        /// Horizontal place, lower and upper end.
        points: Vec<(f64, f64, f64)>,
        /// The colour.
        ink: Ink,
    },
    /// A horizontal line at a reference value, with its name at the right end.
    Level {
        /// The value.
        at: f64,
        /// The name.
        label: String,
    },
    /// Letters right of the panel, for which the chart makes room: the newest value of a line.
    End {
        /// The value.
        at: f64,
        /// How it is written, ASCII.
        text: String,
        /// A remark below it, ASCII.
        remark: String,
        /// The colour of the value.
        ink: Ink,
    },
    /// Letters centred on a point.
    Text {
        /// The point.
        at: (f64, f64),
        /// The letters, ASCII.
        text: String,
        /// The colour.
        ink: Ink,
    },
}

/// A filled rectangle.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// From where to where on the horizontal axis.
    pub x: (f64, f64),
    /// From where to where on the vertical axis.
    pub y: (f64, f64),
    /// The colour.
    pub ink: Ink,
    /// How opaque it is, 0–1.
    pub opacity: f64,
}

impl Bar {
    /// Returns an opaque rectangle.
    #[must_use]
    pub fn solid(x: (f64, f64), y: (f64, f64), ink: Ink) -> Self {
        Self {
            x,
            y,
            ink,
            opacity: 1.0,
        }
    }
}
