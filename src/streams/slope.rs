//! Altitude, slope and what slope costs.

use crate::channel::Channel;
use crate::ingest::AltitudeSource;
use crate::statistics::median;

use super::cells::floor_index;
use super::quality::GradeQuality;
use super::repair_log::Kind;
use super::repair_log::Repairs;
use super::speed_spikes::hampel;

/// The step of the distance grid on which altitude is fitted, in metres.
const BIN_M: f64 = 5.0;
/// Half the stretch over which slope is fitted, in bins: 40 m. Convention.
const HALF_FIT_BINS: usize = 8;
/// A fit needs altitude in at least this many bins.
const LEAST_BINS: usize = 6;
/// Altitude is joined over at most this many bins without any, 100 m.
const LONGEST_HOLE_BINS: usize = 20;
/// Half the window in which spikes of altitude are looked for, in bins.
const SPIKE_HALF_WINDOW_BINS: usize = 7;
/// A spike of altitude is at least this high, in metres.
const SPIKE_M: f64 = 3.0;
/// Slopes change by less than this over 80 m in the median on real ground; satellite altitude
/// wanders more. See [`roughness`].
const SMOOTH_ROUGHNESS: f64 = 0.03;
/// Slopes steeper than this are taken as this, as a fraction: the curve was
/// fitted within ±0.30 and is not known beyond.
const STEEPEST_GRADE: f64 = 0.35;

/// How uncertain flat-equivalent speed is, as a fraction of it, for each unit of slope on either
/// side of level.
///
/// # Units
/// Fraction per slope (a fraction). Measured as the distance of two published curves: Minetti 2002
/// (energy) and Robb 2017 (heart rate) differ by 0.12–0.14 at 5 % and 0.20–0.27 at 10 %, which is
/// about 1.8 times the slope of half the way between. Contested: single runners differ downhill.
pub const GRADE_UNCERTAINTY: f64 = 1.8;

/// Altitude and slope on the time grid.
#[derive(Clone, Debug, Default)]
pub(super) struct Slope {
    pub(super) altitude_m: Channel,
    pub(super) grade: Channel,
    pub(super) quality: GradeQuality,
}

/// Returns how much faster the runner would be on the flat for the same heart rate, as a ratio.
///
/// *Steps*: clamp the slope to ±0.35, then f(i) = 1 + 2.817 i + 18.205 i² + 10.819 i³ − 36.852 i⁴ −
/// 137.07 i⁵, with i the slope as a fraction (rise over horizontal distance).
///
/// *What is open*: the curve behind it was fitted to steady minutes of many runners at equal heart
/// rate; single runners differ downhill and on rough ground, so flat-equivalent speed is uncertain
/// by about [`GRADE_UNCERTAINTY`] · |i|. It says what a slope costs in heart rate, not in energy.
///
/// # Units
/// Slope as a fraction in, ratio out: effort speed = speed × ratio.
///
/// # References
/// Our least-squares fit (|i| ≤ 0.30, largest error 0.02) to the plot in Robb (2017), "An improved
/// GAP model", Strava engineering. Compare Minetti et al. (2002), Journal of Applied Physiology
/// 93:1039, whose energy cost gives more relief downhill.
#[must_use]
pub fn grade_factor(grade: f64) -> f64 {
    let i = grade.clamp(-STEEPEST_GRADE, STEEPEST_GRADE);
    1.0 + i * (2.817 + i * (18.205 + i * (10.819 + i * (-36.852 + i * -137.07))))
}

/// Fits altitude and slope over distance, ±40 m around each cell.
///
/// Over distance, not over time: a stop is one place, and the noise of a slow runner does not become
/// a wall.
pub(super) fn fit(
    altitude_m: &Channel,
    distance_m: &Channel,
    source: AltitudeSource,
    repairs: &mut Repairs,
) -> Slope {
    let first_m = distance_m.get(0).unwrap_or(0.0);
    let last_m = distance_m.get(altitude_m.len()).unwrap_or(first_m);
    if !altitude_m.has_values() || last_m - first_m < BIN_M * LEAST_BINS as f64 {
        return Slope {
            altitude_m: altitude_m.clone(),
            grade: Channel::absent(altitude_m.len()),
            quality: GradeQuality::None,
        };
    }
    let places: Vec<f64> = (0..altitude_m.len())
        .map(|cell| middle_m(distance_m, cell).map_or(0.0, |middle| (middle - first_m) / BIN_M))
        .collect();
    let bins: Vec<usize> = places.iter().map(|place| floor_index(*place)).collect();
    let profile = profile_m(altitude_m, &bins, repairs);
    let lines = lines(&profile);
    let quality = match source {
        AltitudeSource::Barometric => GradeQuality::Barometric,
        _ if roughness(&lines).is_some_and(|value| value <= SMOOTH_ROUGHNESS) => {
            GradeQuality::Smooth
        }
        _ => GradeQuality::Noisy,
    };
    let line_at = |bin: usize| lines.get(bin).copied().flatten();
    let in_bin =
        |(place, bin): (&f64, &usize)| line_at(*bin).map(|line| line.at(place - *bin as f64 - 0.5));
    Slope {
        altitude_m: places.iter().zip(&bins).map(in_bin).collect(),
        grade: bins
            .iter()
            .map(|bin| line_at(*bin).map(|line| line.slope_m / BIN_M))
            .filter(|_| quality.is_used())
            .chain(std::iter::repeat(None))
            .take(places.len())
            .collect(),
        quality,
    }
}

/// A straight line through the altitude around a bin.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    /// Altitude in the middle of the bin.
    middle_m: f64,
    /// Rise from one bin to the next.
    slope_m: f64,
}

impl Line {
    fn at(self, bins: f64) -> f64 {
        self.middle_m + self.slope_m * bins
    }
}

fn middle_m(distance_m: &Channel, cell: usize) -> Option<f64> {
    Some(f64::midpoint(
        distance_m.get(cell)?,
        distance_m.get(cell + 1)?,
    ))
}

/// Returns the mean altitude in each bin of distance, spikes replaced, short holes joined.
fn profile_m(altitude_m: &Channel, bins: &[usize], repairs: &mut Repairs) -> Vec<Option<f64>> {
    let last = bins.iter().copied().max().unwrap_or(0);
    let mut sums = vec![(0.0, 0.0); last + 1];
    for (bin, altitude) in bins.iter().zip(altitude_m.iter()) {
        if let Some(altitude) = altitude {
            let (sum, count) = &mut sums[*bin];
            *sum += altitude;
            *count += 1.0;
        }
    }
    let means: Vec<Option<f64>> = sums
        .iter()
        .map(|(sum, count)| (*count > 0.0).then(|| sum / count))
        .collect();
    let (clean, replaced) = hampel(&means, SPIKE_HALF_WINDOW_BINS, SPIKE_M);
    let spikes: Vec<bool> = bins.iter().map(|bin| replaced[*bin]).collect();
    repairs.note_cells(Kind::AltitudeSpikes, &spikes);
    let mut profile: Vec<Option<f64>> = clean.iter().collect();
    join_holes(&mut profile);
    profile
}

/// Joins holes of up to 100 m by straight lines.
fn join_holes(profile: &mut [Option<f64>]) {
    let mut last: Option<(usize, f64)> = None;
    for bin in 0..profile.len() {
        let Some(value) = profile[bin] else { continue };
        if let Some((from, before)) = last
            && bin - from <= LONGEST_HOLE_BINS
        {
            let step = (value - before) / (bin - from) as f64;
            for (index, hole) in profile[from + 1..bin].iter_mut().enumerate() {
                *hole = Some(before + step * (index + 1) as f64);
            }
        }
        last = Some((bin, value));
    }
}

/// Returns the least-squares line around each bin, absent where there is too little altitude.
fn lines(profile: &[Option<f64>]) -> Vec<Option<Line>> {
    let filled: Vec<f64> = profile.iter().map(|bin| bin.unwrap_or(f64::NAN)).collect();
    let whole = filled.windows(2 * HALF_FIT_BINS + 1).map(line_through_all);
    let at_the_start = std::iter::repeat_n(None, HALF_FIT_BINS);
    let mut whole = at_the_start.chain(whole.map(Some));
    (0..profile.len())
        .map(|bin| {
            let line = whole.next().flatten();
            profile[bin]?;
            // A sum with an absent value is no number.
            if let Some(line) = line.filter(|line| !line.slope_m.is_nan()) {
                return Some(line);
            }
            let start = bin.saturating_sub(HALF_FIT_BINS);
            let end = (bin + HALF_FIT_BINS + 1).min(profile.len());
            line_through(&profile[start..end], bin as f64 - start as f64)
        })
        .collect()
}

/// Returns what [`line_through`] does of a whole window without absent values, seen from its middle: the
/// sums of places are known.
fn line_through_all(values: &[f64]) -> Line {
    let half = HALF_FIT_BINS as f64;
    let count = 2.0 * half + 1.0;
    let xx = half * (half + 1.0) * count / 3.0;
    let (mut y, mut xy, mut place) = (0.0, 0.0, -half);
    for value in values {
        y += value;
        xy += place * value;
        place += 1.0;
    }
    let slope_m = (count * xy) / (count * xx);
    Line {
        middle_m: y / count,
        slope_m,
    }
}

/// Returns the least-squares line through values one bin apart, seen from `origin`.
fn line_through(values: &[Option<f64>], origin: f64) -> Option<Line> {
    let (mut count, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (index, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let place = index as f64 - origin;
            count += 1.0;
            x += place;
            y += value;
            xx += place * place;
            xy += place * value;
        }
    }
    if count < LEAST_BINS as f64 {
        return None;
    }
    let slope_m = (count * xy - x * y) / (count * xx - x * x);
    Some(Line {
        middle_m: (y - slope_m * x) / count,
        slope_m,
    })
}

/// Returns the median change of slope between two stretches of 80 m that touch, as a fraction.
fn roughness(lines: &[Option<Line>]) -> Option<f64> {
    let step = 2 * HALF_FIT_BINS;
    let changes = (step..lines.len())
        .filter_map(|bin| Some((lines[bin]?.slope_m - lines[bin - step]?.slope_m).abs() / BIN_M));
    median(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3 m/s for a while, with the altitude that a function of distance gives.
    fn hill(cells: usize, altitude: impl Fn(f64) -> f64) -> (Channel, Channel) {
        let distance_m = (0..=cells).map(|edge| 3.0 * edge as f64).collect();
        let altitude_m = (0..cells)
            .map(|cell| altitude(3.0 * cell as f64 + 1.5))
            .collect();
        (altitude_m, distance_m)
    }

    #[test]
    fn the_factor_is_within_002_of_the_plot() {
        let table = [
            (-0.2, 1.08),
            (-0.1, 0.87),
            (-0.02, 0.96),
            (0.0, 1.0),
            (0.05, 1.18),
            (0.1, 1.46),
            (0.2, 2.29),
        ];
        for (grade, factor) in table {
            assert!((grade_factor(grade) - factor).abs() < 0.02, "{grade}");
        }
        assert!((grade_factor(0.9) - grade_factor(0.35)).abs() < 1e-12);
    }

    #[test]
    fn a_known_hill_has_its_slope() {
        // Flat for 300 m, 6 % for 300 m, flat.
        let (altitude_m, distance_m) = hill(300, |d| 100.0 + 0.06 * (d - 300.0).clamp(0.0, 300.0));
        let slope = fit(
            &altitude_m,
            &distance_m,
            AltitudeSource::Unknown,
            &mut Repairs::default(),
        );
        assert_eq!(slope.quality, GradeQuality::Smooth);
        let grade = |cell: usize| slope.grade.get(cell).unwrap_or(9.0);
        assert!(
            grade(50).abs() < 1e-9 && (grade(150) - 0.06).abs() < 1e-3 && grade(250).abs() < 1e-9
        );
        assert!((slope.altitude_m.get(150).unwrap_or(0.0) - 109.09).abs() < 0.3);
    }

    #[test]
    fn noise_is_not_slope() {
        let (altitude_m, distance_m) = hill(600, |d| 100.0 + 8.0 * (d / 35.0).sin());
        let slope = fit(
            &altitude_m,
            &distance_m,
            AltitudeSource::Unknown,
            &mut Repairs::default(),
        );
        assert_eq!(slope.quality, GradeQuality::Noisy);
        assert!(!slope.grade.has_values());
        assert_eq!(slope.grade.len(), 600);
    }

    #[test]
    fn without_distance_there_is_no_slope() {
        let (altitude_m, _) = hill(60, |_| 100.0);
        let slope = fit(
            &altitude_m,
            &Channel::absent(61),
            AltitudeSource::Barometric,
            &mut Repairs::default(),
        );
        assert_eq!(slope.quality, GradeQuality::None);
        assert_eq!(slope.altitude_m.get(5), Some(100.0));
    }
}
