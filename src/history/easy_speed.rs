//! Habitual easy speed: the speed around which the athlete's easy running lies.

use chrono::NaiveDate;

use crate::history::Confidence;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::Z90;
use crate::history::numbers::age_days;
use crate::summary::SteadyBlock;
use crate::thresholds::WALKING_M_S;

/// The days from which it is learned.
///
/// # Units
/// Days: six half-lives, so that nothing leaves with a jolt.
pub(super) const WINDOW_DAYS: u64 = 168;
/// A block counts half after so many days.
///
/// # Units
/// Days. Chosen: four weeks outlast a cold or a holiday and still follow a season.
const HALF_LIFE_DAYS: f64 = 28.0;
/// The blocks of one run weigh at most this together: a habit is made of runs, and a long one is
/// still one.
///
/// # Units
/// Seconds: what a usual easy run holds besides its first minutes.
const MOST_PER_RUN_S: f64 = 1800.0;
/// Enough easy running for a value that is trusted.
///
/// # Units
/// Seconds. Convention.
const ENOUGH_S: f64 = 3600.0;
/// Blocks farther than this from the value pull no harder than blocks at this distance.
///
/// # Units
/// Log speed: twice the spread of 5-minute means in ordinary runs, measured on 33 real ones (4.6 %).
/// Nearer, the value would cling to one of two habits and jump to the other.
const FAR: f64 = 0.09;
/// The share of the pull that faster blocks have; slower ones have the rest. Below one half the
/// slower of two habits leads, as the easy one should.
///
/// # Units
/// Ratio.
const FASTER_SHARE: f64 = 0.4;
/// Steps of halving when the balance is sought: the last is 5 · 10⁻⁷ wide.
const HALVINGS: usize = 22;
/// The least log speed of those among which it is sought: 1 m/s.
///
/// # Units
/// Log speed.
const LEAST_SOUGHT: f64 = 0.0;
/// The greatest of them: 7.4 m/s.
///
/// # Units
/// Log speed.
const MOST_SOUGHT: f64 = 2.0;
/// The least half-width of the interval.
///
/// # Units
/// Ratio.
const NARROWEST: f64 = 0.015;
/// Half-width of the interval of a value from little running.
///
/// # Units
/// Ratio.
const WIDE: f64 = 0.08;

/// A block with its weight: its duration, halved every [`HALF_LIFE_DAYS`], and
/// limited for a run as a whole.
struct Weighted {
    log_speed: f64,
    weight: f64,
}

/// Returns the habitual easy speed from the blocks of easy running of some sessions.
///
/// Steps: each block of effort speed v weighs its duration · ½^(age / 28 d), the blocks of
/// one run together at most 30 min; the value is where
/// the pulls of faster blocks (40 %) and slower blocks (60 %) balance in ln v, the pull growing
/// with the distance up to 9 % and not beyond (a Huber estimate of the 0.4 quantile).
///
/// # Units
/// Metres per second.
///
/// # References
/// Huber 1964, Ann. Math. Stat. 35:73. The definition is this program's own. A mode was tried and
/// given up: it jumps when two habits are about equally frequent, and one ordinary run must not do
/// that.
pub(super) fn easy_speed(past: &[PastSession], on: NaiveDate) -> Option<Reference> {
    let runs: Vec<Run> = past.iter().filter_map(|one| Run::of(one, on)).collect();
    let blocks: Vec<Weighted> = runs.iter().flat_map(Run::blocks).collect();
    let duration_s: f64 = runs.iter().map(|run| run.duration_s).sum();
    let newest = runs.last().map(|run| run.session.day);
    let date = newest?;
    let centre = balance(&blocks);
    let enough = duration_s >= ENOUGH_S;
    let half_width = if enough {
        (Z90 * spread(&blocks, centre) / effective(&blocks).sqrt()).max(NARROWEST)
    } else {
        WIDE
    };
    let confidence = if enough {
        Confidence::High
    } else {
        Confidence::Low
    };
    Some(Reference {
        value: centre.exp(),
        low: (centre - half_width).exp(),
        high: (centre + half_width).exp(),
        source: format!(
            "middle of {} blocks of easy running, half-weight after {HALF_LIFE_DAYS} days",
            blocks.len()
        ),
        date: Some(date),
        confidence,
    })
}

/// A run with easy running in it.
struct Run<'a> {
    session: &'a PastSession,
    /// The easy running.
    duration_s: f64,
    /// What it weighs, its age counted.
    weight: f64,
}

impl<'a> Run<'a> {
    fn of(session: &'a PastSession, on: NaiveDate) -> Option<Self> {
        let duration_s: f64 = running(session).map(|block| block.duration_s).sum();
        let fade = 0.5f64.powf(age_days(session.day, on) / HALF_LIFE_DAYS);
        (duration_s > 0.0).then_some(Self {
            session,
            duration_s,
            weight: duration_s.min(MOST_PER_RUN_S) * fade,
        })
    }

    fn blocks(&self) -> impl Iterator<Item = Weighted> {
        let of_a_second = self.weight / self.duration_s;
        running(self.session).map(move |block| Weighted {
            log_speed: block.effort_speed_m_s.ln(),
            weight: block.duration_s * of_a_second,
        })
    }
}

fn running(session: &PastSession) -> impl Iterator<Item = &SteadyBlock> {
    let blocks = session.easy_blocks.iter();
    blocks.filter(|block| block.effort_speed_m_s >= WALKING_M_S)
}

/// Returns the log speed at which the pulls balance.
fn balance(blocks: &[Weighted]) -> f64 {
    let (mut low, mut high) = (LEAST_SOUGHT, MOST_SOUGHT);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        let pull: f64 = blocks
            .iter()
            .map(|block| {
                let distance = ((block.log_speed - middle) / FAR).clamp(-1.0, 1.0);
                let share = if distance > 0.0 {
                    FASTER_SHARE
                } else {
                    1.0 - FASTER_SHARE
                };
                block.weight * share * distance
            })
            .sum();
        if pull > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// Returns the standard deviation of log speed, blocks far away counted as just far.
fn spread(blocks: &[Weighted], centre: f64) -> f64 {
    let farthest = 2.0 * FAR;
    let (mut sum, mut weight) = (0.0, 0.0);
    for block in blocks {
        let distance = (block.log_speed - centre).clamp(-farthest, farthest);
        sum += block.weight * distance * distance;
        weight += block.weight;
    }
    (sum / weight).sqrt()
}

/// Returns the number of equally weighted blocks that would be worth as much.
fn effective(blocks: &[Weighted]) -> f64 {
    let sum: f64 = blocks.iter().map(|b| b.weight).sum();
    let squares: f64 = blocks.iter().map(|b| b.weight * b.weight).sum();
    sum * sum / squares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(speeds: &[(f64, usize)]) -> Vec<Weighted> {
        speeds
            .iter()
            .flat_map(|&(speed, count)| {
                (0..count).map(move |_| Weighted {
                    log_speed: speed.ln(),
                    weight: 300.0,
                })
            })
            .collect()
    }

    fn middle(speeds: &[(f64, usize)]) -> f64 {
        balance(&blocks(speeds)).exp()
    }

    #[test]
    fn the_balance_by_hand() {
        // Two blocks, 2 % apart in log speed: 0.4 · (b − m) = 0.6 · (m − a), so m = a + 0.4 · 0.02.
        let pair = [
            Weighted {
                log_speed: 1.0,
                weight: 300.0,
            },
            Weighted {
                log_speed: 1.02,
                weight: 300.0,
            },
        ];
        assert!((balance(&pair) - 1.008).abs() < 1e-6);
    }

    #[test]
    fn faster_running_pulls_little_however_fast() {
        // 9 · 0.4 = 40 · 0.6 · d / 0.09, so d = 0.0135.
        assert!((middle(&[(2.95, 40), (3.8, 9)]) - 2.95 * 0.0135f64.exp()).abs() < 1e-6);
        assert!((middle(&[(2.95, 40), (3.8, 9)]) - middle(&[(2.95, 40), (4.8, 9)])).abs() < 1e-6);
    }

    #[test]
    fn the_slower_of_two_equal_habits_leads_and_one_run_changes_little() {
        let even = middle(&[(2.8, 20), (3.3, 20)]);
        assert!(even < 3.0, "{even}");
        let one_more_run = middle(&[(2.8, 20), (3.3, 26)]);
        assert!(
            (one_more_run / even - 1.0).abs() < 0.04,
            "{even} {one_more_run}"
        );
    }

    fn past(day: u32, count: usize, duration_s: f64, effort_speed_m_s: f64) -> PastSession {
        let block = SteadyBlock {
            duration_s,
            effort_speed_m_s,
            ..SteadyBlock::default()
        };
        PastSession {
            day: NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May"),
            easy_blocks: vec![block; count],
            ..PastSession::default()
        }
    }

    #[test]
    fn an_old_run_and_a_long_one_by_hand() {
        // Half an hour four weeks ago weighs 900 s, an hour today 1,800 s.
        let runs = [past(1, 2, 900.0, 2.7), past(29, 6, 600.0, 3.0)];
        let on = runs[1].day;
        let found = easy_speed(&runs, on).expect("two runs");
        // 1800 · 0.4 · (d − x) = 900 · 0.6 · x, so x = 4/7 of the distance d of both.
        let (apart, slower) = ((3.0f64 / 2.7).ln(), 4.0 / 7.0);
        let value = 2.7 * (slower * apart).exp();
        assert!((found.value - value).abs() < 1e-5, "{}", found.value);
        // Mean square (900 · x² + 1800 · (d − x)²) / 2700, worth 2700² / (2 · 450² + 6 · 300²) blocks.
        let variance =
            (900.0 * slower * slower + 1800.0 * (1.0 - slower).powi(2)) / 2700.0 * apart * apart;
        let half_width = 1.645 * (variance * 945_000.0).sqrt() / 2700.0;
        assert!(((found.high / found.value).ln() - half_width).abs() < 1e-5);
        assert!(((found.value / found.low).ln() - half_width).abs() < 1e-5);
        assert!(half_width > NARROWEST);
        assert_eq!((found.confidence, found.date), (Confidence::High, Some(on)));
    }

    #[test]
    fn less_than_an_hour_is_little_to_go_by_and_walking_nothing() {
        let runs = [past(1, 5, 600.0, 3.0), past(2, 5, 600.0, 1.5)];
        let found = easy_speed(&runs, runs[1].day).expect("one run");
        assert!((found.value - 3.0).abs() < 1e-5);
        assert!(((found.high / found.value).ln() - WIDE).abs() < 1e-9);
        assert_eq!(
            (found.confidence, found.date),
            (Confidence::Low, Some(runs[0].day))
        );
        let enough = [past(1, 6, 600.0, 3.0)];
        let found = easy_speed(&enough, enough[0].day).expect("one run");
        assert!(((found.high / found.value).ln() - NARROWEST).abs() < 1e-9);
        assert_eq!(found.confidence, Confidence::High);
        assert_eq!(easy_speed(&runs[1..], runs[1].day), None);
    }
}
