//! What a session cost: 100 points are one hour at threshold.

use crate::classification::Load;
use crate::classification::LoadBy;
use crate::classification::distribution::coverage;
use crate::classification::features::Features;
use crate::classification::intensity_source::IntensitySources;
use crate::history::THRESHOLD_OF_CRITICAL_SPEED;
use crate::settings::Sex;
use crate::summary::EFFORT_BIN_M_S;
use crate::summary::HEART_RATE_BIN_BPM;
use crate::summary::Histogram;
use crate::summary::POWER_BIN_W;
use crate::summary::SegmentHistograms;
use crate::units::SECONDS_PER_HOUR;
use crate::units::SECONDS_PER_MINUTE;
use crate::units::round;
use crate::vocabulary::LoadMethod;

/// Points of an hour at threshold.
const POINTS_PER_HOUR: f64 = 100.0;
/// The exponent of the mean within a segment; contested, see [`load`].
const INTENSITY_EXPONENT: i32 = 4;
/// The exponent of heart-rate load of men.
///
/// # Units
/// Per heart-rate reserve. Banister 1991; Morton 1990, JAP 69:1171.
const EXPONENT_OF_MEN: f64 = 1.92;
/// The same of women, from the same sources.
const EXPONENT_OF_WOMEN: f64 = 1.67;
/// The same where the sex is not known: their middle.
const EXPONENT_OF_ANYONE: f64 = 1.80;
/// Resting heart rate where nothing is known.
///
/// # Units
/// Beats per minute.
const ASSUMED_RESTING_BPM: f64 = 58.0;
/// Perceived exertion of an hour at threshold.
///
/// # Units
/// Points of the 0–10 scale: "very hard", Foster 2001, JSCR 15:109.
const THRESHOLD_EXERTION: f64 = 7.0;
/// A part of a run must be rated in this share to stand for the whole.
///
/// # Units
/// Ratio.
const LEAST_COVERAGE: f64 = 0.5;

/// Returns the load: by effort speed where there is one (by power where slopes make it uncertain),
/// else by power, by heart rate, by perceived exertion; and what the other methods say.
///
/// Steps by effort speed: for each segment, g = (mean of v⁴)^¼ over the seconds of its histogram
/// of 15 s means; points = 100 · hours · (g / (0.95 CS))²; the session is the sum. By power the
/// same with power over 0.95 of critical power.
///
/// Steps by heart rate: x = (HR − rest) / (maximum − rest); Σ minutes · x · e^(b·x), divided by the
/// same for an hour at threshold heart rate, times 100.
///
/// Steps by perceived exertion: exertion · minutes of the timer without what was no running, divided by
/// the same for an hour at 7.
///
/// # References
/// Hours · intensity² as in public descriptions of running load; the fourth
/// power is borrowed from cycling and contested for running. Banister 1991. Foster 2001.
pub(super) fn load(features: &Features<'_>, perceived_exertion: Option<f64>) -> Option<Load> {
    let sources = IntensitySources::new(features);
    let (speed, power) = (by_effort(features), by_power(features, &sources));
    let (first, second) = if sources.power_leads() {
        (power, speed)
    } else {
        (speed, power)
    };
    let mut methods = [
        first,
        second,
        by_heart_rate(features),
        by_exertion(features, perceived_exertion),
    ]
    .into_iter()
    .flatten()
    .map(rounded);
    let load = methods.next()?;
    let alternatives = methods.map(|other| LoadBy {
        method: other.method,
        value: other.value,
        coverage: other.coverage,
    });
    Some(Load {
        alternatives: alternatives.collect(),
        ..load
    })
}

fn rounded(load: Load) -> Load {
    let by_segment: Vec<f64> = load.by_segment.iter().map(|v| round(*v, 1)).collect();
    Load {
        value: round(load.value, 1),
        coverage: round(load.coverage, 3),
        by_segment,
        ..load
    }
}

fn by_effort(features: &Features<'_>) -> Option<Load> {
    if !features.is_run {
        return None;
    }
    let threshold = THRESHOLD_OF_CRITICAL_SPEED * features.critical_speed()?;
    let bins = |part: &SegmentHistograms| intensity_points(&part.effort, EFFORT_BIN_M_S, threshold);
    summed(LoadMethod::EffortSpeed, features, bins, |part| &part.effort)
}

fn by_power(features: &Features<'_>, sources: &IntensitySources<'_>) -> Option<Load> {
    let threshold = THRESHOLD_OF_CRITICAL_SPEED * sources.critical_power?;
    let bins = |part: &SegmentHistograms| intensity_points(&part.power, POWER_BIN_W, threshold);
    summed(LoadMethod::Power, features, bins, |part| &part.power)
}

/// Returns the points of the seconds in a histogram of effort speed or power.
fn intensity_points(histogram: &Histogram, width: f64, threshold: f64) -> f64 {
    let total = histogram.total_s();
    if total <= 0.0 {
        return 0.0;
    }
    let fourth = histogram
        .bins(width)
        .map(|(low, high, seconds)| {
            seconds * ((low + high) / 2.0 / threshold).powi(INTENSITY_EXPONENT)
        })
        .sum::<f64>()
        / total;
    POINTS_PER_HOUR * total / SECONDS_PER_HOUR * fourth.sqrt()
}

fn by_heart_rate(features: &Features<'_>) -> Option<Load> {
    let maximum = features.references.maximum_heart_rate_bpm.as_ref()?.value;
    let threshold = features.threshold_heart_rate()?;
    let resting = features.references.resting_heart_rate_bpm.as_ref();
    let resting = resting.map_or(ASSUMED_RESTING_BPM, |r| r.value);
    let exponent = match features.history.settings().sex {
        Some(Sex::Male) => EXPONENT_OF_MEN,
        Some(Sex::Female) => EXPONENT_OF_WOMEN,
        None => EXPONENT_OF_ANYONE,
    };
    let reserve = |beats: f64| ((beats - resting) / (maximum - resting)).max(0.0);
    let intensity = |beats: f64| reserve(beats) * (exponent * reserve(beats)).exp();
    let at_threshold = intensity(threshold);
    if maximum <= resting || threshold <= resting {
        return None;
    }
    let points = |part: &SegmentHistograms| {
        let bins = part.heart_rate.bins(HEART_RATE_BIN_BPM);
        bins.map(|(low, high, seconds)| {
            POINTS_PER_HOUR * seconds / SECONDS_PER_HOUR * intensity((low + high) / 2.0)
                / at_threshold
        })
        .sum()
    };
    summed(LoadMethod::HeartRate, features, points, |part| {
        &part.heart_rate
    })
}

/// Adds up the points of the parts, where enough of the run is rated; they belong to segments only
/// where there are segments.
fn summed(
    method: LoadMethod,
    features: &Features<'_>,
    points: impl Fn(&SegmentHistograms) -> f64,
    histogram: impl Fn(&SegmentHistograms) -> &Histogram,
) -> Option<Load> {
    let parts = &features.run.details.histograms;
    let rated: f64 = parts.iter().map(|part| histogram(part).total_s()).sum();
    if rated <= 0.0 || rated < LEAST_COVERAGE * features.moving_s {
        return None;
    }
    let points: Vec<f64> = parts.iter().map(points).collect();
    Some(Load {
        value: points.iter().sum(),
        method,
        coverage: coverage(features, rated),
        alternatives: Vec::new(),
        by_segment: if points.len() == features.run.segments.len() {
            points
        } else {
            Vec::new()
        },
    })
}

fn by_exertion(features: &Features<'_>, perceived_exertion: Option<f64>) -> Option<Load> {
    let head = &features.run.head;
    let on_foot_s = head.timer_s - head.not_running_s.unwrap_or(0.0);
    let minutes = on_foot_s.max(0.0) / SECONDS_PER_MINUTE;
    Some(Load {
        value: POINTS_PER_HOUR * perceived_exertion? * minutes
            / (THRESHOLD_EXERTION * SECONDS_PER_HOUR / SECONDS_PER_MINUTE),
        method: LoadMethod::PerceivedExertion,
        coverage: 1.0,
        ..Load::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(speed_bin: u32, seconds: u32) -> Histogram {
        Histogram {
            first: speed_bin,
            seconds: vec![seconds],
        }
    }

    fn by_speed(histogram: &Histogram, threshold_m_s: f64) -> f64 {
        intensity_points(histogram, EFFORT_BIN_M_S, threshold_m_s)
    }

    #[test]
    fn an_hour_at_threshold_is_a_hundred_points() {
        // The bin 3.8–3.9 has its middle at 3.85.
        assert!((by_speed(&at(38, 3600), 3.85) - 100.0).abs() < 1e-9);
        assert!((by_speed(&at(38, 1800), 7.7) - 12.5).abs() < 1e-9);
    }

    #[test]
    fn ten_times_three_minutes_cost_clearly_more_than_an_easy_hour() {
        // Threshold 3.85; easy 2.85 (0.74 of it); jog 2.35.
        let easy_hour = by_speed(&at(28, 3600), 3.85);
        let session = by_speed(&at(28, 1500), 3.85)
            + 10.0 * by_speed(&at(38, 180), 3.85)
            + 9.0 * by_speed(&at(23, 60), 3.85);
        assert!((easy_hour - 54.8).abs() < 0.1, "{easy_hour}");
        assert!((session - 78.4).abs() < 0.2, "{session}");
        assert!(session > 1.3 * easy_hour);
    }

    use crate::history::Confidence;
    use crate::history::History;
    use crate::history::Reference;
    use crate::history::References;
    use crate::ingest::Sport;
    use crate::settings::Settings;
    use crate::summary::RunSummary;

    fn reference(value: f64) -> Option<Reference> {
        Some(Reference::exact(value, Confidence::High))
    }

    /// A run of an hour whose seconds lie in one bin each of heart rate and effort.
    fn hour(heart_rate_bin: u32, speed_bin: u32, rated_s: u32) -> RunSummary {
        let mut run = RunSummary::default();
        run.head.sport = Sport::Running;
        run.head.moving_s = 3600.0;
        run.head.timer_s = 3600.0;
        run.details.histograms = vec![SegmentHistograms {
            heart_rate: at(heart_rate_bin, rated_s),
            effort: at(speed_bin, rated_s),
            ..SegmentHistograms::default()
        }];
        run
    }

    fn references() -> References {
        References {
            critical_speed_m_s: reference(4.0),
            threshold_heart_rate_bpm: reference(171.0),
            maximum_heart_rate_bpm: reference(190.0),
            resting_heart_rate_bpm: reference(50.0),
            ..References::default()
        }
    }

    fn loads(run: &RunSummary, sex: Option<Sex>, exertion: Option<f64>) -> Vec<(LoadMethod, f64)> {
        let history = History::new(Settings {
            sex,
            ..Settings::default()
        });
        let references = references();
        let features = Features::new(run, &references, &history, exertion);
        let found = load(&features, exertion);
        let others = |load: Load| {
            let by = load
                .alternatives
                .into_iter()
                .map(|by| (by.method, by.value));
            std::iter::once((load.method, load.value))
                .chain(by)
                .collect::<Vec<_>>()
        };
        found.map_or_else(Vec::new, others)
    }

    #[test]
    fn every_method_gives_an_hour_at_threshold_a_hundred_points() {
        // The middles of the bins: 171 beats and 3.85 m/s, 0.95 of critical speed being 3.8.
        let found = loads(&hour(85, 38, 3600), None, Some(7.0));
        let by_speed = 100.0 * (3.85f64 / 3.8).powi(2);
        assert_eq!(
            found,
            [
                (LoadMethod::EffortSpeed, round(by_speed, 1)),
                (LoadMethod::HeartRate, 100.0),
                (LoadMethod::PerceivedExertion, 100.0),
            ]
        );
    }

    #[test]
    fn heart_rate_counts_by_the_reserve_and_its_exponential() {
        // 141 beats of 50–190 are 0.65 of the reserve, threshold 121/140.
        let points = |exponent: f64| {
            let intensity = |reserve: f64| reserve * (exponent * reserve).exp();
            round(
                100.0 * intensity(91.0 / 140.0) / intensity(121.0 / 140.0),
                1,
            )
        };
        for (sex, exponent) in [
            (None, 1.80),
            (Some(Sex::Male), 1.92),
            (Some(Sex::Female), 1.67),
        ] {
            let found = loads(&hour(70, 28, 3600), sex, None);
            assert_eq!(found[1], (LoadMethod::HeartRate, points(exponent)));
        }
        // Below rest nothing counts.
        assert_eq!(
            loads(&hour(20, 28, 3600), None, None)[1],
            (LoadMethod::HeartRate, 0.0)
        );
    }

    #[test]
    fn half_of_a_run_has_to_be_rated_and_what_was_no_running_does_not_count() {
        assert_eq!(loads(&hour(70, 28, 1799), None, None), []);
        assert_eq!(loads(&hour(70, 28, 1800), None, None).len(), 2);
        let mut run = hour(70, 28, 0);
        run.head.not_running_s = Some(600.0);
        // 50 of 60 minutes at half of 7.
        let found = loads(&run, None, Some(3.5));
        assert_eq!(found, [(LoadMethod::PerceivedExertion, 41.7)]);
    }
}
