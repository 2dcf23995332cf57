//! Counters that count distance in coarse steps.

use super::cells::floor_index;

/// The coarse steps in which watches count distance, in metres: some write whole metres every two
/// seconds and half the step between, some only every third or fifth metre.
const COARSE_STEPS_M: [f64; 7] = [10.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.5];
/// So close to a multiple is one, in steps.
const NEARLY_WHOLE_STEPS: f64 = 1e-6;
/// The share of multiples from which a counter is coarse: by chance it is 2 % for a watch that counts
/// centimetres, 20 % for one that counts decimetres, and 50 % of even ones for one that counts metres.
const COARSE_SHARE: f64 = 0.9;
/// Steps up to this leave speeds that the filter of spikes can bear, in metres: they are not
/// smoothed.
const BEARABLE_STEP_M: f64 = 1.0;
/// Speed from coarser steps is smoothed until one step more or less changes it by at most this, in
/// metres per second: as much as increments of ordinary watches scatter (measured, 0.2–0.5).
const SMOOTHED_STEP_M_S: f64 = 0.4;

/// Returns the coarsest step of which nearly all increments of a distance are multiples, 0 for a fine
/// counter. Increments are asked, as a counter need not begin at a multiple.
///
/// # Units
/// Metres.
pub(super) fn quantum_m(distance_m: &[f64]) -> f64 {
    let increments_m: Vec<f64> = distance_m
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .filter(|increment_m| *increment_m > 0.0)
        .collect();
    let is_multiple = |value: f64, step_m: f64| {
        let steps = value / step_m;
        (steps - steps.round()).abs() < NEARLY_WHOLE_STEPS
    };
    COARSE_STEPS_M
        .into_iter()
        .filter(|_| !increments_m.is_empty())
        .find(|step_m| {
            let multiples = increments_m
                .iter()
                .filter(|value| is_multiple(**value, *step_m));
            multiples.count() as f64 >= COARSE_SHARE * increments_m.len() as f64
        })
        .unwrap_or(0.0)
}

/// Smooths the steps of a coarse counter in some stretches of running, and returns by how much one step
/// more or less still changes the speed of a second, in metres per second.
///
/// Each stretch (half-open, in cells) is averaged by itself: its total is kept, distance never falls, and
/// an even speed stays as it is.
pub(super) fn smooth_steps(
    increments_m: &mut [f64],
    stretches: &[(usize, usize)],
    quantum_m: f64,
) -> f64 {
    if quantum_m <= BEARABLE_STEP_M {
        return quantum_m;
    }
    let half = floor_index((quantum_m / SMOOTHED_STEP_M_S / 2.0).ceil());
    for (start, end) in stretches {
        smooth(&mut increments_m[*start..*end], half);
    }
    quantum_m / (2 * half + 1) as f64
}

/// Averages increments over `half` cells to each side, mirrored at the ends so that none is lost.
fn smooth(increments_m: &mut [f64], half: usize) {
    let half = half.min(increments_m.len());
    let mirrored: Vec<f64> = increments_m[..half]
        .iter()
        .rev()
        .chain(increments_m.iter())
        .chain(increments_m[increments_m.len() - half..].iter().rev())
        .copied()
        .collect();
    for (increment_m, window) in increments_m.iter_mut().zip(mirrored.windows(2 * half + 1)) {
        *increment_m = window.iter().sum::<f64>() / window.len() as f64;
    }
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a test that cannot read its input has failed"
    )]

    use super::*;
    use crate::ingest;
    use crate::ingest::Activity;
    use crate::streams::Streams;
    use crate::streams::resample;

    /// The sum of speed over whole seconds, in metres.
    fn by_speed_m(streams: &Streams, start: usize, end: usize) -> f64 {
        streams.speed_m_s.present(start..end).sum()
    }

    /// What a counter in steps shows each second of an even run.
    fn counted(step_m: f64, speed_m_s: f64, seconds: u32) -> Vec<f64> {
        (0..=seconds)
            .map(|second| (f64::from(second) * speed_m_s / step_m + 1e-9).floor() * step_m)
            .collect()
    }

    #[test]
    fn coarse_counters_are_known() {
        for step_m in [0.5, 1.0, 3.0, 5.0] {
            // 3.7 m/s: the increments differ by one step.
            let found_m = quantum_m(&counted(step_m, 3.7, 600));
            assert!((found_m - step_m).abs() < 1e-9, "{step_m}: {found_m}");
            let shifted: Vec<f64> = counted(step_m, 3.7, 600)
                .iter()
                .map(|metres| metres + 0.37)
                .collect();
            assert!((quantum_m(&shifted) - step_m).abs() < 1e-9, "{step_m}");
        }
        assert!(quantum_m(&[0.0, 3.21, 6.48, 9.5]).abs() < 1e-9);
        assert!(quantum_m(&[]).abs() < 1e-9);
        assert!(quantum_m(&[5.0, 5.0]).abs() < 1e-9);
    }

    #[test]
    fn smoothing_keeps_the_total_and_an_even_speed() {
        let mut even = vec![3.0; 50];
        smooth(&mut even, 4);
        assert!(even.iter().all(|metres| (metres - 3.0).abs() < 1e-9));
        let mut uneven: Vec<f64> = (0..50_u32)
            .map(|second| f64::from(second * 7 % 5) * 3.0)
            .collect();
        let total_m: f64 = uneven.iter().sum();
        smooth(&mut uneven, 4);
        assert!((uneven.iter().sum::<f64>() - total_m).abs() < 1e-9);
    }

    #[test]
    fn a_pause_is_not_smoothed_into() {
        let mut increments_m = vec![3.0; 60];
        increments_m[20..40].fill(0.0);
        let before_m = increments_m.clone();
        let stretches = [(0, 20), (40, 60)];
        assert!(smooth_steps(&mut increments_m, &stretches, 3.0) <= SMOOTHED_STEP_M_S);
        let changed = increments_m.iter().zip(&before_m);
        assert!(changed.into_iter().all(|(a, b)| (a - b).abs() < 1e-9));
    }

    #[test]
    fn any_minute_of_a_coarse_counter_has_the_right_speed() {
        for (step_m, speed_m_s) in [1.0, 3.0, 5.0]
            .into_iter()
            .flat_map(|step_m| [3.0, 3.3, 4.0].map(|speed_m_s| (step_m, speed_m_s)))
        {
            let name = format!("{speed_m_s} m/s in steps of {step_m} m");
            let mut activity = Activity::default();
            activity.records.time_s = (0..=600).map(f64::from).collect();
            let distance_m = counted(step_m, speed_m_s, 600);
            let total_m = distance_m[600];
            activity.records.distance_m = distance_m.into_iter().collect();
            let streams = resample(&activity);
            assert!(
                !streams.suspect.contains(&true),
                "{name}: {:?}",
                streams.repairs
            );
            let found_m = streams.distance_between_m(0, 600).unwrap();
            assert!((found_m - total_m).abs() < 1e-6, "{name}: {found_m}");
            assert!(
                (by_speed_m(&streams, 0, 600) - total_m).abs() < 1e-6,
                "{name}"
            );
            // The first and last seconds are averaged over fewer.
            for start in 15..525 {
                let mean_m_s = by_speed_m(&streams, start, start + 60) / 60.0;
                assert!(
                    (mean_m_s / speed_m_s - 1.0).abs() < 0.01,
                    "{name}: {mean_m_s} at {start}"
                );
            }
        }
    }

    #[test]
    fn laps_of_a_counter_in_steps_of_3_m_keep_their_distance() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/runs/four-sixes.fit");
        let bytes = std::fs::read(path).unwrap();
        let read = ingest::read(&bytes, ingest::Format::Fit, ingest::Strictness::Lenient);
        let activity = &read.unwrap()[0];
        let streams = resample(activity);
        let mut compared = 0;
        for lap in &activity.laps {
            let (start, end) = (lap.start_s.round(), lap.end_s.round());
            let [start, end] = [start, end].map(floor_index);
            let lap_m = lap.distance_m.unwrap();
            let end = end.min(streams.len());
            // Where a dropout is bridged, the counter stood still and the lap does not know better.
            let is_bridged = |edge: usize| streams.suspect.get(edge) == Some(&true);
            if is_bridged(start) || is_bridged(end) {
                continue;
            }
            let found_m = streams.distance_between_m(start, end).unwrap();
            let speed_m = by_speed_m(&streams, start, end);
            assert!(
                (found_m / lap_m - 1.0).abs() < 0.015 && (speed_m / lap_m - 1.0).abs() < 0.015,
                "{found_m} (speed: {speed_m}) for {lap_m} in {start}..{end}"
            );
            compared += 1;
        }
        assert!(compared >= 6, "{compared} laps");
    }
}
