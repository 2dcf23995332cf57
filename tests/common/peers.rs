//! Simple methods to compare with, as scripts and other programs use them.

use hardeasy::segmentation::changepoint::optimal_partition;
use hardeasy::streams::Streams;

use super::metrics::Span;

/// Shorter efforts are not counted, in seconds.
const LEAST_EFFORT_S: usize = 8;
/// Gaps up to this inside an effort are bridged, in seconds.
const BRIDGED_S: usize = 8;
/// Slower than this is standing.
const STANDING_M_S: f64 = 0.8;
/// The median of |x| for a standard normal x.
const NORMAL_MEDIAN: f64 = 0.6745;

/// A named method.
pub type Peer = (&'static str, fn(&Streams) -> Vec<Span>);

/// All of them.
pub const PEERS: [Peer; 4] = [
    ("nothing found", |_| Vec::new()),
    ("threshold on device speed", threshold),
    ("PELT + BIC, device speed", change_points),
    ("peaks + k-means", peaks),
];

/// The device's own speed as recorded, else the best there is.
fn device_speed(streams: &Streams) -> Vec<f64> {
    let channel = if streams.device_speed_m_s.has_values() {
        &streams.device_speed_m_s
    } else {
        &streams.speed_m_s
    };
    channel.iter().map(|speed| speed.unwrap_or(0.0)).collect()
}

fn smoothed(speed: &[f64], half: usize) -> Vec<f64> {
    (0..speed.len())
        .map(|at| {
            let part = &speed[at.saturating_sub(half)..(at + half + 1).min(speed.len())];
            part.iter().sum::<f64>() / part.len() as f64
        })
        .collect()
}

/// Returns the middle between the means of the slow and the fast values (two-means).
fn middle(values: &[f64]) -> f64 {
    let moving: Vec<f64> = values
        .iter()
        .copied()
        .filter(|v| *v >= STANDING_M_S)
        .collect();
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
    let mut limit = mean(&moving);
    for _ in 0..50 {
        let (fast, slow): (Vec<f64>, Vec<f64>) = moving.iter().partition(|v| **v >= limit);
        limit = f64::midpoint(mean(&fast), mean(&slow));
    }
    limit
}

/// Returns the stretches in which something holds, short gaps bridged, short stretches left out.
fn stretches(holds: &[bool]) -> Vec<Span> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in holds.iter().enumerate().filter(|(_, holds)| **holds) {
        match found.last_mut() {
            Some(last) if at <= last.1 + BRIDGED_S => last.1 = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found.retain(|(start, end)| end - start >= LEAST_EFFORT_S);
    let seconds = |(start, end)| (start as f64, end as f64);
    found.into_iter().map(seconds).collect()
}

/// Returns the stretches above the middle between slow and fast.
fn above_middle(values: &[f64]) -> Vec<Span> {
    let limit = middle(values);
    stretches(
        &values
            .iter()
            .map(|value| *value >= limit)
            .collect::<Vec<_>>(),
    )
}

/// Smoothed speed above the middle between slow and fast.
fn threshold(streams: &Streams) -> Vec<Span> {
    let speed = smoothed(&device_speed(streams), 5);
    above_middle(&speed)
}

/// Exact change points with the textbook penalty and noise; stretches above the middle are efforts.
fn change_points(streams: &Streams) -> Vec<Span> {
    let speed = device_speed(streams);
    let mut steps: Vec<f64> = speed
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        .collect();
    if steps.is_empty() {
        return Vec::new();
    }
    steps.sort_by(f64::total_cmp);
    let noise = steps[steps.len() / 2] / NORMAL_MEDIAN / std::f64::consts::SQRT_2;
    let penalty = 2.0 * noise.max(1e-3).powi(2) * (speed.len() as f64).ln();
    let mut level = Vec::with_capacity(speed.len());
    let mut start = 0;
    for end in optimal_partition(&speed, penalty, 2) {
        let mean = speed[start..end].iter().sum::<f64>() / (end - start) as f64;
        level.resize(end, mean);
        start = end;
    }
    above_middle(&level)
}

/// Peaks of smoothed speed above its mean, grouped by speed and length into two; the faster group
/// where the run's speed varies at all.
fn peaks(streams: &Streams) -> Vec<Span> {
    const LEAST_VARIANCE: f64 = 0.25;
    let speed = smoothed(&device_speed(streams), 2);
    let moving: Vec<f64> = speed
        .iter()
        .copied()
        .filter(|v| *v >= STANDING_M_S)
        .collect();
    let count = moving.len().max(1) as f64;
    let mean = moving.iter().sum::<f64>() / count;
    let variance = moving.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count;
    if variance < LEAST_VARIANCE {
        return Vec::new();
    }
    let found = stretches(&speed.iter().map(|speed| *speed > mean).collect::<Vec<_>>());
    let traits: Vec<[f64; 2]> = found
        .iter()
        .map(|(start, end)| {
            let part = &speed[*start as usize..*end as usize];
            [
                part.iter().sum::<f64>() / part.len() as f64,
                (end - start).ln(),
            ]
        })
        .collect();
    let Some(fastest) = traits.iter().copied().max_by(|a, b| a[0].total_cmp(&b[0])) else {
        return Vec::new();
    };
    let slowest = traits
        .iter()
        .copied()
        .min_by(|a, b| a[0].total_cmp(&b[0]))
        .unwrap_or(fastest);
    let mut centres = [slowest, fastest];
    let near = |one: &[f64; 2], other: &[f64; 2]| {
        (one[0] - other[0]).powi(2) + (one[1] - other[1]).powi(2)
    };
    for _ in 0..50 {
        for side in 0..2 {
            let own: Vec<&[f64; 2]> = traits
                .iter()
                .filter(|one| (near(one, &centres[1]) <= near(one, &centres[0])) == (side == 1))
                .collect();
            if !own.is_empty() {
                let mean =
                    |axis: usize| own.iter().map(|one| one[axis]).sum::<f64>() / own.len() as f64;
                centres[side] = [mean(0), mean(1)];
            }
        }
    }
    found
        .into_iter()
        .zip(&traits)
        .filter(|(_, one)| near(one, &centres[1]) <= near(one, &centres[0]))
        .map(|(span, _)| span)
        .collect()
}
