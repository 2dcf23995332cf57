//! Critical power: what the runner's power meter shows at critical speed.

use crate::history::Confidence;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::Z90;
use crate::statistics::SD_PER_MAD;
use crate::statistics::median_of;

/// The days from which it is learned.
///
/// # Units
/// Days: about three months; meters are changed and calibrated.
pub(super) const WINDOW_DAYS: u64 = 90;
/// It rests on at least so many blocks of even running.
const LEAST_BLOCKS: usize = 10;
/// These come from at least so many runs.
const LEAST_RUNS: usize = 4;
/// Power per speed may scatter by this much; more, and the power follows something else than the
/// runner.
///
/// # Units
/// Ratio (robust coefficient of variation). Chosen: about the error that makers state, twice.
const MOST_SCATTER: f64 = 0.06;

/// Returns critical power from the blocks of even running of some sessions and critical speed.
///
/// Steps: power over effort speed of each 5-minute block; their median times critical speed. Only
/// sessions since the power last came from another source count, as meters differ by a fifth and
/// more. The interval joins that of critical speed and the scatter of the blocks.
///
/// # Units
/// Watts, as the athlete's own meter shows them.
///
/// # References
/// Power per kilogram in level running is nearly proportional to speed, about 1.04 J/(kg m), which
/// is how meters model it; that it stays so up to critical speed is assumed.
pub(super) fn critical_power(past: &[PastSession], critical: &Reference) -> Option<Reference> {
    let newest = past.iter().rev().find(|p| p.power_source.is_some())?;
    let with_power = past
        .iter()
        .rev()
        .take_while(|p| p.power_source.is_none() || p.power_source == newest.power_source)
        .filter(|p| p.steady_blocks.iter().any(|block| block.power_w.is_some()));
    let runs = with_power.clone().count();
    let mut ratios: Vec<f64> = with_power
        .flat_map(|p| &p.steady_blocks)
        .filter_map(|block| Some(block.power_w? / block.effort_speed_m_s))
        .filter(|ratio| ratio.is_finite() && *ratio > 0.0)
        .collect();
    if ratios.len() < LEAST_BLOCKS || runs < LEAST_RUNS {
        return None;
    }
    let ratio = median_of(&mut ratios)?;
    let mut deviations: Vec<f64> = ratios.iter().map(|r| (r / ratio - 1.0).abs()).collect();
    let scatter = SD_PER_MAD * median_of(&mut deviations)?;
    if scatter > MOST_SCATTER {
        return None;
    }
    let of_speed = (critical.high - critical.low) / 2.0 / critical.value;
    let half_width = of_speed.hypot(Z90 * scatter);
    let value = ratio * critical.value;
    Some(Reference {
        value,
        low: value * (1.0 - half_width),
        high: value * (1.0 + half_width),
        source: format!(
            "power over speed of {} blocks of even running, {WINDOW_DAYS} days, at critical speed",
            ratios.len()
        ),
        date: Some(newest.day),
        confidence: if critical.is_weak() {
            Confidence::Low
        } else {
            critical.confidence
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::SteadyBlock;

    fn session(source: &str, per_speed: f64) -> PastSession {
        PastSession {
            power_source: Some(source.to_owned()),
            steady_blocks: [2.8, 2.9, 3.0]
                .map(|speed| SteadyBlock {
                    effort_speed_m_s: speed,
                    power_w: Some(per_speed * speed),
                    ..SteadyBlock::default()
                })
                .to_vec(),
            ..PastSession::default()
        }
    }

    fn critical() -> Reference {
        Reference {
            value: 4.0,
            low: 3.88,
            high: 4.12,
            source: String::new(),
            date: None,
            confidence: Confidence::Fair,
        }
    }

    #[test]
    fn power_at_critical_speed_by_hand() {
        let past: Vec<PastSession> = (0..4).map(|_| session("native", 80.0)).collect();
        let power = critical_power(&past, &critical()).expect("12 blocks of 4 runs");
        // 80 W per m/s · 4.0 m/s, ± 3 % of critical speed.
        assert!((power.value - 320.0).abs() < 1e-9);
        assert!((power.high - 329.6).abs() < 1e-6, "{power:?}");
        assert_eq!(critical_power(&past[..3], &critical()), None);
    }

    #[test]
    fn another_meter_starts_anew() {
        let mut past: Vec<PastSession> = (0..4).map(|_| session("native", 100.0)).collect();
        past.extend((0..4).map(|_| session("developer field", 80.0)));
        let power = critical_power(&past, &critical()).expect("12 blocks of the new meter");
        assert!((power.value - 320.0).abs() < 1e-9);
    }

    #[test]
    fn ten_blocks_of_four_runs_are_needed_and_little_scatter() {
        let runs = |count: usize| -> Vec<PastSession> {
            (0..count).map(|_| session("native", 80.0)).collect()
        };
        let mut nine = runs(4);
        nine[0].steady_blocks.clear();
        assert_eq!(critical_power(&nine, &critical()), None);
        let more = nine[1].steady_blocks[0].clone();
        nine[1].steady_blocks.push(more);
        // Ten blocks, of three runs.
        assert_eq!(critical_power(&nine, &critical()), None);
        let mut ten = runs(4);
        ten[0].steady_blocks.truncate(1);
        assert!(critical_power(&ten, &critical()).is_some());
        ten[1].steady_blocks.truncate(2);
        assert_eq!(critical_power(&ten, &critical()), None);
        // Half of the runs a few percent above, half below: 1.4826 times that is the scatter.
        let scattered = |share: f64| {
            let runs: Vec<PastSession> = (0..8)
                .map(|run| {
                    session(
                        "native",
                        80.0 * if run % 2 == 0 {
                            1.0 + share
                        } else {
                            1.0 - share
                        },
                    )
                })
                .collect();
            critical_power(&runs, &critical())
        };
        assert_eq!(scattered(0.041), None);
        let found = scattered(0.02).expect("little scatter");
        let half_width = 0.03f64.hypot(1.645 * SD_PER_MAD * 0.02);
        assert!(
            (found.low - 320.0 * (1.0 - half_width)).abs() < 1e-6,
            "{found:?}"
        );
        assert!(
            (found.high - 320.0 * (1.0 + half_width)).abs() < 1e-6,
            "{found:?}"
        );
        assert_eq!(found.confidence, Confidence::Fair);
        let weak = Reference {
            confidence: Confidence::LowerBound,
            ..critical()
        };
        assert_eq!(
            critical_power(&runs(4), &weak).map(|r| r.confidence),
            Some(Confidence::LowerBound)
        );
    }
}
