//! How a run wanders, in the figures that real runs were measured by.

use super::recording::Recording;

/// The figures of one run at 1 Hz; shares are of the mean or median speed.
#[derive(Clone, Debug)]
pub struct Wander {
    /// Coefficient of variation of 60 s means.
    pub variation_60_s: f64,
    /// Coefficient of variation of 300 s means.
    pub variation_300_s: f64,
    /// Scaled median difference of neighbouring 15 s means.
    pub difference_15_s: f64,
    /// Scaled median difference of neighbouring 60 s means.
    pub difference_60_s: f64,
    /// Fastest window over median speed, for windows of [`WINDOWS_S`].
    pub fastest: [f64; 6],
    /// Autocorrelation of the device's speed at [`LAGS_S`], in steady windows of 180 s.
    pub device_autocorrelation: [f64; 5],
    /// Standard deviation of the device's speed in those windows.
    pub device_sd_m_s: f64,
}

/// Windows of the fastest stretch.
pub const WINDOWS_S: [usize; 6] = [20, 30, 60, 120, 300, 600];
/// Lags of the autocorrelation.
pub const LAGS_S: [usize; 5] = [1, 2, 5, 10, 20];
/// Makes a median absolute deviation comparable to a standard deviation.
const MAD_SCALE: f64 = 1.4826;

impl Wander {
    /// Measures a run that was recorded each second.
    pub fn of(run: &Recording) -> Self {
        let distances: Vec<f64> = run.samples.iter().filter_map(|s| s.distance_m).collect();
        let speeds: Vec<f64> = distances.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let device: Vec<f64> = run.samples.iter().filter_map(|s| s.speed_m_s).collect();
        let median = quantile(&blocks(&speeds, 15), 0.5);
        let fastest = WINDOWS_S.map(|width| {
            let ends = distances.iter().skip(width).zip(&distances);
            let most = ends.map(|(to, from)| to - from).fold(0.0, f64::max);
            most / width as f64 / median
        });
        let steady = steadiest_quarter(&device);
        let middle = |of: &dyn Fn(&[f64]) -> f64| {
            quantile(
                &steady.iter().map(|window| of(window)).collect::<Vec<_>>(),
                0.5,
            )
        };
        Self {
            variation_60_s: variation(&blocks(&speeds, 60)),
            variation_300_s: variation(&blocks(&speeds, 300)),
            difference_15_s: difference(&blocks(&speeds, 15)) / median,
            difference_60_s: difference(&blocks(&speeds, 60)) / median,
            fastest,
            device_autocorrelation: LAGS_S
                .map(|lag| middle(&|window| autocorrelation(window, lag))),
            device_sd_m_s: middle(&|window| variation(window) * mean(window)),
        }
    }
}

/// Returns the value below which a share of the values lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

/// Returns the windows of 180 s, the first left out, that vary least.
fn steadiest_quarter(speeds: &[f64]) -> Vec<&[f64]> {
    let mut windows: Vec<&[f64]> = speeds.chunks_exact(180).skip(1).collect();
    windows.sort_by(|a, b| variation(a).total_cmp(&variation(b)));
    windows.truncate(windows.len().div_ceil(4));
    windows
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn blocks(values: &[f64], width: usize) -> Vec<f64> {
    values.chunks_exact(width).map(mean).collect()
}

fn variation(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: Vec<f64> = values.iter().map(|v| (v - middle) * (v - middle)).collect();
    mean(&squares).sqrt() / middle
}

fn difference(blocks: &[f64]) -> f64 {
    let steps: Vec<f64> = blocks
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        .collect();
    MAD_SCALE * quantile(&steps, 0.5) / std::f64::consts::SQRT_2
}

fn autocorrelation(values: &[f64], lag: usize) -> f64 {
    let middle = mean(values);
    let centred: Vec<f64> = values.iter().map(|v| v - middle).collect();
    let product: f64 = centred
        .iter()
        .zip(&centred[lag..])
        .map(|(a, b)| a * b)
        .sum();
    product / centred.iter().map(|v| v * v).sum::<f64>()
}
