//! The athlete's line of heart rate over speed and time.

use chrono::NaiveDate;

use crate::history::PastSession;
use crate::history::numbers::age_days;
use crate::history::numbers::count;
use crate::history::prior::Prior;
use crate::summary::SteadyBlock;

/// The days from which it is learned: four half-lives.
///
/// # Units
/// Days.
pub(super) const WINDOW_DAYS: u64 = 168;
/// A block counts half after so many days.
///
/// # Units
/// Days. Chosen, as for critical speed.
const HALF_LIFE_DAYS: f64 = 42.0;
/// Blocks that start earlier or later than this are left out: heart rate still rises, or heat and
/// thirst lift it.
///
/// # Units
/// Seconds from the start: 10 min, 75 min. Convention.
const STARTS_S: std::ops::RangeInclusive<f64> = 600.0..=4500.0;
/// The line needs so many blocks.
const LEAST_BLOCKS: usize = 8;
/// The time at which the line is read off.
///
/// # Units
/// Hours: half an hour into a run. Heart rate drifts, so a threshold belongs to a time; half an hour
/// is that of Friel's time trial after its warm-up.
const READ_AT_H: f64 = 0.5;
/// How much heart rate at the same speed differs from day to day.
///
/// # Units
/// Beats per minute, standard deviation. Chosen from Lamberts 2004, JSCR 18:587, who found 5–8 beats
/// between the lowest and the highest of several days.
const DAY_SD_BPM: f64 = 3.0;
/// Residuals beyond this pull no harder.
///
/// # Units
/// Beats per minute: about three standard deviations.
const FAR_BPM: f64 = 9.0;
/// What is expected of heart rate at the mean speed, of its rise with speed and of its drift.
///
/// # Units
/// Beats per minute; beats per minute for a doubling by that straight line (runners go from about
/// 60 to 100, as heart rate rises by about 100 from standing to critical speed and easy running is
/// at 0.77 of it); beats per minute per hour (12–24 were measured on 15 real runs, fewer are usual
/// in the cool). The first is as good as nothing.
const EXPECTED: [Prior; 3] = [
    Prior {
        mean: 150.0,
        sd: 100.0,
    },
    Prior {
        mean: 80.0,
        sd: 25.0,
    },
    Prior {
        mean: 12.0,
        sd: 8.0,
    },
];
/// Blocks whose speed differs from the one asked for by this share count half.
///
/// # Units
/// Ratio. Chosen: the line bends at both ends, so the middle should be fitted where it is read.
const NEAR: f64 = 0.15;

/// A line of heart rate: value, rise with speed, drift with time, and how sure they are.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The speed in whose multiples it is fitted.
    centre_m_s: f64,
    mean: [f64; 3],
    covariance: [[f64; 3]; 3],
    /// The newest day that it rests on.
    pub(super) day: NaiveDate,
}

/// The blocks of even running of some sessions, as lines see them on a day.
pub(super) struct Blocks {
    points: Vec<Point>,
    centre_m_s: f64,
    day: NaiveDate,
}

/// A block.
struct Point {
    speed_m_s: f64,
    /// Hours from the time at which the line is read.
    hours: f64,
    beats: f64,
    weight: f64,
}

impl Blocks {
    /// Returns the blocks of some sessions; nothing when there are too few.
    pub(super) fn of(past: &[PastSession], on: NaiveDate) -> Option<Self> {
        let mut points = Vec::new();
        let mut day = None;
        for session in past {
            let first = points.len();
            points.extend(usable(session));
            let own = points.len() - first;
            if own > 0 {
                day = Some(session.day);
                let fade = 0.5f64.powf(age_days(session.day, on) / HALF_LIFE_DAYS);
                let weight = fade / (DAY_SD_BPM * DAY_SD_BPM * count(own));
                points[first..].iter_mut().for_each(|p| p.weight = weight);
            }
        }
        let sum: f64 = points.iter().map(|point| point.speed_m_s).sum();
        (points.len() >= LEAST_BLOCKS).then_some(())?;
        Some(Self {
            centre_m_s: sum / count(points.len()),
            day: day?,
            points,
        })
    }
}

impl Line {
    /// Fits the line; where a speed is asked for, blocks near it count most.
    ///
    /// Steps: h = a + b (v / v̄ − 1) + d (t − ½ h) by least squares with what is expected of a, b, d
    /// as further equations (ridge); a session of n blocks weighs ½^(age / 42 d) / (3 bpm)², each
    /// block a n-th of it, as what the day brings is common to them; residuals over 9 bpm pull no harder
    /// (Huber, one further round).
    ///
    /// # Units
    /// Beats per minute, metres per second, hours.
    ///
    /// # References
    /// Huber 1964, Ann. Math. Stat. 35:73; Hoerl & Kennard 1970, Technometrics 12:55. The model is
    /// this program's own.
    pub(super) fn fit(blocks: &Blocks, asked_m_s: Option<f64>) -> Option<Self> {
        let terms = |p: &Point| [1.0, p.speed_m_s / blocks.centre_m_s - 1.0, p.hours];
        let weights: Vec<f64> = blocks
            .points
            .iter()
            .map(|p| p.weight * asked_m_s.map_or(1.0, |asked| nearness(p.speed_m_s, asked)))
            .collect();
        let solved = |before: Option<&[f64; 3]>| {
            let rows = blocks.points.iter().zip(&weights).map(|(point, weight)| {
                let terms = terms(point);
                let away = before.map_or(0.0, |mean| (point.beats - dot(&terms, mean)).abs());
                (terms, point.beats, weight * FAR_BPM / away.max(FAR_BPM))
            });
            solve(rows)
        };
        let (first, _) = solved(None)?;
        let (mean, covariance) = solved(Some(&first))?;
        Some(Self {
            centre_m_s: blocks.centre_m_s,
            mean,
            covariance,
            day: blocks.day,
        })
    }

    /// Returns heart rate at a speed half an hour into a run, and its standard deviation.
    pub(super) fn beats_at(&self, speed_m_s: f64) -> (f64, f64) {
        let terms = [1.0, speed_m_s / self.centre_m_s - 1.0, 0.0];
        let variance: f64 = (0..3)
            .flat_map(|i| (0..3).map(move |j| (i, j)))
            .map(|(i, j)| terms[i] * self.covariance[i][j] * terms[j])
            .sum();
        (dot(&terms, &self.mean), variance.max(0.0).sqrt())
    }

    /// Returns how far the heart rate of a block that can lie on the line is above it, at its speed and
    /// time.
    pub(super) fn above(&self, block: &SteadyBlock) -> Option<f64> {
        let point = point(block)?;
        let terms = [1.0, point.speed_m_s / self.centre_m_s - 1.0, point.hours];
        Some(point.beats - dot(&terms, &self.mean))
    }

    /// Returns the rise of heart rate with speed.
    ///
    /// # Units
    /// Beats per minute per metre per second.
    pub(super) fn slope(&self) -> f64 {
        self.mean[1] / self.centre_m_s
    }

    /// Returns the speed at which heart rate is so high half an hour into a run.
    pub(super) fn speed_at(&self, beats: f64) -> Option<f64> {
        let speed = self.centre_m_s + (beats - self.mean[0]) / self.slope();
        (self.slope() > 0.0 && speed > 0.0).then_some(speed)
    }
}

/// Returns the blocks of a session that count, without their weight.
fn usable(session: &PastSession) -> impl Iterator<Item = Point> {
    session.steady_blocks.iter().filter_map(point)
}

fn point(block: &SteadyBlock) -> Option<Point> {
    let middle_s = block.start_s + block.duration_s / 2.0;
    let beats = block.heart_rate_bpm?;
    STARTS_S.contains(&block.start_s).then_some(Point {
        speed_m_s: block.effort_speed_m_s,
        hours: middle_s / 3600.0 - READ_AT_H,
        beats,
        weight: 0.0,
    })
}

fn nearness(speed: f64, asked: f64) -> f64 {
    1.0 / (1.0 + ((speed / asked - 1.0) / NEAR).powi(2))
}

fn dot(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Returns the solution of the weighted normal equations and the inverse of their matrix; a row is
/// its terms, its value and its weight.
fn solve(rows: impl Iterator<Item = ([f64; 3], f64, f64)>) -> Option<([f64; 3], [[f64; 3]; 3])> {
    let mut matrix = [[0.0; 3]; 3];
    let mut right = [0.0; 3];
    for (i, Prior { mean, sd }) in EXPECTED.iter().enumerate() {
        matrix[i][i] = sd.powi(-2);
        right[i] = mean * sd.powi(-2);
    }
    for (terms, beats, weight) in rows {
        for i in 0..3 {
            let weighted = weight * terms[i];
            right[i] += weighted * beats;
            for j in 0..3 {
                matrix[i][j] += weighted * terms[j];
            }
        }
    }
    let inverse = inverse(&matrix)?;
    Some((inverse.map(|row| dot(&row, &right)), inverse))
}

/// Returns the inverse of a 3 × 3 matrix by its cofactors.
fn inverse(m: &[[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let cofactor = |i: usize, j: usize| {
        let (a, b) = ((i + 1) % 3, (i + 2) % 3);
        let (c, d) = ((j + 1) % 3, (j + 2) % 3);
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant: f64 = (0..3).map(|j| m[0][j] * cofactor(0, j)).sum();
    (determinant > 0.0)
        .then(|| std::array::from_fn(|i| std::array::from_fn(|j| cofactor(j, i) / determinant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(day: u32, blocks: &[(f64, f64, f64)]) -> PastSession {
        PastSession {
            day: date(day),
            steady_blocks: blocks
                .iter()
                .map(|(start_s, speed, beats)| SteadyBlock {
                    start_s: *start_s,
                    duration_s: 300.0,
                    effort_speed_m_s: *speed,
                    heart_rate_bpm: Some(*beats),
                    ..SteadyBlock::default()
                })
                .collect(),
            ..PastSession::default()
        }
    }

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, day).expect("a day of May")
    }

    fn fitted(past: &[PastSession]) -> Line {
        let blocks = Blocks::of(past, date(30)).expect("many blocks");
        Line::fit(&blocks, None).expect("a regular matrix")
    }

    #[test]
    fn the_line_by_hand() {
        // 140 + 25 · (v − 3) + 6 · (t − 30 min) / 1 h; with many sessions little is left of what was
        // expected.
        let blocks: Vec<(f64, f64, f64)> = [900.0, 1200.0, 1500.0, 1800.0, 2100.0, 2400.0]
            .into_iter()
            .zip([2.8, 3.6, 3.0, 3.4, 3.2, 2.6])
            .map(|(start, v)| {
                let hours = (start + 150.0) / 3600.0 - 0.5;
                (start, v, 140.0 + 25.0 * (v - 3.0) + 6.0 * hours)
            })
            .collect();
        let past: Vec<PastSession> = (1..30).map(|day| session(day, &blocks)).collect();
        let line = fitted(&past);
        assert!((line.slope() - 25.0).abs() < 0.2, "{}", line.slope());
        let (beats, sd) = line.beats_at(3.8);
        assert!((beats - 160.0).abs() < 0.3, "{beats}");
        assert!(sd > 0.3 && sd < 2.0, "{sd}");
        let speed = line.speed_at(160.0).expect("it rises");
        assert!((speed - 3.8).abs() < 0.02, "{speed}");
    }

    #[test]
    fn far_from_what_was_run_it_is_unsure() {
        let blocks = [
            (900.0, 2.8, 140.0),
            (1200.0, 2.8, 140.0),
            (1500.0, 2.8, 140.0),
        ];
        let past: Vec<PastSession> = (1..30).map(|day| session(day, &blocks)).collect();
        let line = fitted(&past);
        // All speeds are the centre: nothing is learned of the slope, which stays 80 ± 25 for a
        // doubling. At 1.25 of it: 80 / 4 above, 25 / 4 unsure.
        let (beats, sd) = line.beats_at(3.5);
        assert!(
            (beats - line.beats_at(2.8).0 - 20.0).abs() < 1e-6,
            "{beats}"
        );
        assert!((sd - 6.25).abs() < 0.2, "{sd}");
    }

    #[test]
    fn an_inverse_by_hand() {
        let found = inverse(&[[2.0, 1.0, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, 4.0]]).expect("regular");
        let wanted =
            [[2.0, -1.0, 0.0], [-1.0, 2.0, 0.0], [0.0, 0.0, 0.75]].map(|r| r.map(|v| v / 3.0));
        for (a, b) in found.iter().flatten().zip(wanted.iter().flatten()) {
            assert!((a - b).abs() < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn one_session_says_what_a_day_brings_however_many_blocks_it_has() {
        let read = |count: usize, day: u32| {
            // In the middle of half an hour, so that drift is no question.
            let past = [session(day, &vec![(1650.0, 3.0, 140.0); count])];
            let blocks = Blocks::of(&past, date(30)).expect("enough blocks");
            Line::fit(&blocks, None)
                .expect("a regular matrix")
                .beats_at(3.0)
        };
        for count in [8, 20] {
            let (beats, sd) = read(count, 30);
            // 140 ± 3 and 150 ± 100.
            assert!((beats - 140.0).abs() < 0.02, "{beats}");
            assert!((sd - 2.9987).abs() < 1e-3, "{sd}");
        }
        // A week ago it counts 2^(−7 / 42).
        assert!((read(8, 23).1 - 3.0 * 2f64.powf(7.0 / 84.0)).abs() < 0.01);
        assert!(Blocks::of(&[session(30, &[(1650.0, 3.0, 140.0); 7])], date(30)).is_none());
    }

    #[test]
    fn the_line_follows_the_blocks_near_the_speed_that_is_asked_for() {
        // Two straight lines that meet at 3 m/s: 10 beats a m/s below, 40 above.
        let speeds = [2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6];
        let blocks: Vec<(f64, f64, f64)> = speeds
            .iter()
            .map(|v| {
                (
                    1650.0,
                    *v,
                    140.0 + (v - 3.0) * if *v < 3.0 { 10.0 } else { 40.0 },
                )
            })
            .collect();
        let past: Vec<PastSession> = (1..30).map(|day| session(day, &blocks)).collect();
        let blocks = Blocks::of(&past, date(30)).expect("many blocks");
        let slope = |asked| Line::fit(&blocks, asked).expect("a regular matrix").slope();
        assert!(slope(Some(2.4)) < slope(None) - 1.0, "{}", slope(Some(2.4)));
        assert!(slope(Some(3.6)) > slope(None) + 1.0, "{}", slope(Some(3.6)));
        assert!((nearness(2.0, 2.0) - 1.0).abs() < 1e-12);
        assert!((nearness(2.3, 2.0) - 0.5).abs() < 1e-12);
        assert!((nearness(1.4, 2.0) - 0.2).abs() < 1e-12);
    }
}
