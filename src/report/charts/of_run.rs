//! The charts of a run, each made once for its page and for its file.

use crate::classification::Session;
use crate::report::charts::best_effort_curve;
use crate::report::charts::drift_plot;
use crate::report::charts::repetitions;
use crate::report::charts::timeline;
use crate::report::charts::timeline::Along;
use crate::report::charts::timeline::Sources;
use crate::report::charts::zones;
use crate::report::drawing::screens::Screens;
use crate::streams::Streams;

/// The charts of a run; each is absent where the run has none.
#[derive(Clone, Debug, Default)]
pub struct RunCharts {
    /// The run over time.
    pub over_time: Option<Screens>,
    /// The same over distance.
    pub over_distance: Option<Screens>,
    /// The time in zones.
    pub effort: Option<Screens>,
    /// The repetitions.
    pub repetitions: Option<Screens>,
    /// The best efforts.
    pub best_efforts: Option<Screens>,
    /// Heart rate against effort.
    pub drift: Option<Screens>,
}

impl RunCharts {
    /// Returns the charts of a run, those over time only where it has streams.
    #[must_use]
    pub fn new(session: &Session, streams: Option<&Streams>) -> Self {
        let zones = session.distribution.as_ref();
        let with_streams = streams.map_or_else(Self::default, |streams| {
            let sources = Sources::new(streams);
            let over = |along| timeline::screens(session, streams, &sources, along);
            Self {
                over_time: over(Along::Time),
                over_distance: over(Along::Distance),
                drift: Screens::of(|units, width| {
                    drift_plot::figure(session, streams, units, width)
                }),
                ..Self::default()
            }
        });
        Self {
            effort: zones.and_then(|rated| Screens::alike(|width| zones::figure(rated, width))),
            repetitions: Screens::of(|units, width| repetitions::figure(session, units, width)),
            best_efforts: Screens::of(|units, width| {
                best_effort_curve::run_figure(session, units, width)
            }),
            ..with_streams
        }
    }
}
