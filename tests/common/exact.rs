//! Runs that are known exactly, for tests that judge by value: streams without noise, segments without
//! doubt. Unit tests of the library take them from here, too.

use hardeasy::segmentation::Segment;
use hardeasy::streams::SpeedSource;
use hardeasy::streams::Streams;
use hardeasy::vocabulary::SegmentKind;

/// Returns the streams of a run with a speed in each second, as an exact watch would record them on the
/// flat.
pub fn streams(speed_m_s: &[f64]) -> Streams {
    let length = speed_m_s.len();
    let mut distance_m = 0.0;
    let edges = std::iter::once(0.0).chain(speed_m_s.iter().map(|speed| {
        distance_m += speed;
        distance_m
    }));
    Streams {
        elapsed_s: length as f64,
        speed_m_s: speed_m_s.iter().copied().collect(),
        speed_source: SpeedSource::Distance,
        distance_speed_m_s: speed_m_s.iter().copied().collect(),
        effort_speed_m_s: speed_m_s.iter().copied().collect(),
        distance_m: edges.collect(),
        paused: vec![false; length],
        gap: vec![false; length],
        suspect: vec![false; length],
        sampling_s: 1.0,
        ..Streams::default()
    }
}

/// Returns the speed of each second of stretches of so many seconds at a speed.
pub fn speeds(stretches: &[(usize, f64)]) -> Vec<f64> {
    let all = stretches.iter();
    all.flat_map(|(seconds, speed)| std::iter::repeat_n(*speed, *seconds))
        .collect()
}

/// Returns a segment that is moved throughout, with nothing known of it but its distance and its speed.
pub fn segment(kind: SegmentKind, start_s: f64, end_s: f64, speed_m_s: f64) -> Segment {
    let moving_s = end_s - start_s;
    Segment {
        kind,
        start_s,
        end_s,
        start_low_s: start_s,
        start_high_s: start_s,
        end_low_s: end_s,
        end_high_s: end_s,
        moving_s,
        distance_m: Some(speed_m_s * moving_s),
        speed_m_s: Some(speed_m_s),
        effort_speed_m_s: Some(speed_m_s),
        effort_uncertainty: None,
        pace_s_per_km: (speed_m_s > 0.0).then(|| 1000.0 / speed_m_s),
        heart_rate_bpm: None,
        heart_rate_max_bpm: None,
        heart_rate_end_bpm: None,
        cadence_spm: None,
        power_w: None,
        further: Default::default(),
        slope: None,
        set: None,
        rep: None,
        name: None,
        planned: None,
        executed: true,
        confidence: 0.9,
        sources: Vec::new(),
        evidence: Vec::new(),
    }
}
