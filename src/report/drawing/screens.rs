//! Charts as pages show them: in both unit systems, for a laptop and for a phone.

use maud::Markup;

use crate::report::drawing::chart;
use crate::report::drawing::figure::Figure;
use crate::report::drawing::figure::Key;
use crate::report::drawing::figure::Width;
use crate::units::UnitSystem;

/// A chart in both unit systems.
#[derive(Clone, Debug, PartialEq)]
pub struct Both {
    metric: Figure,
    /// Absent where the chart is the same in both.
    imperial: Option<Figure>,
}

impl Both {
    /// Returns a chart that is drawn in either system.
    pub fn of(figure: impl Fn(UnitSystem) -> Option<Figure>) -> Option<Self> {
        let metric = figure(UnitSystem::Metric)?;
        let imperial = figure(UnitSystem::Imperial)?;
        Some(Self {
            imperial: (imperial != metric).then_some(imperial),
            metric,
        })
    }

    /// Returns a chart that is the same in both systems.
    #[must_use]
    pub fn alike(figure: Figure) -> Self {
        Self {
            metric: figure,
            imperial: None,
        }
    }

    /// Returns the chart in one of the systems.
    #[must_use]
    pub fn in_units(&self, units: UnitSystem) -> &Figure {
        match (units, &self.imperial) {
            (UnitSystem::Imperial, Some(imperial)) => imperial,
            _ => &self.metric,
        }
    }

    /// Returns the chart for a page: see [`chart::inline`].
    #[must_use]
    pub fn inline(&self) -> Markup {
        chart::inline(&self.metric, self.imperial.as_ref())
    }

    /// Returns what the marks mean, in metric units and in imperial ones.
    pub fn legend(&self) -> impl Iterator<Item = (&Key, &Key)> {
        let imperial = self.in_units(UnitSystem::Imperial);
        self.metric.legend.iter().zip(&imperial.legend)
    }
}

/// A chart on both screens.
#[derive(Clone, Debug, PartialEq)]
pub struct Screens {
    /// On a laptop.
    pub wide: Both,
    /// On a phone.
    pub narrow: Both,
}

impl Screens {
    /// Returns a chart that is drawn in either unit system.
    pub fn of(figure: impl Fn(UnitSystem, Width) -> Option<Figure>) -> Option<Self> {
        Some(Self {
            wide: Both::of(|units| figure(units, Width::Wide))?,
            narrow: Both::of(|units| figure(units, Width::Narrow))?,
        })
    }

    /// Returns a chart that is the same in both unit systems.
    pub fn alike(figure: impl Fn(Width) -> Option<Figure>) -> Option<Self> {
        Some(Self {
            wide: Both::alike(figure(Width::Wide)?),
            narrow: Both::alike(figure(Width::Narrow)?),
        })
    }

    /// Returns the chart for a laptop as an SVG file.
    #[must_use]
    pub fn file(&self, units: UnitSystem) -> String {
        chart::standalone(self.wide.in_units(units))
    }
}
