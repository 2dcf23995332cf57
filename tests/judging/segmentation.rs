//! The search for change points against exhaustive search, and whole runs made for a rule.

use crate::common::exact;
use hardeasy::ingest::Intensity;
use hardeasy::ingest::Lap;
use hardeasy::ingest::LapTrigger;
use hardeasy::ingest::WorkoutStep;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::LapUse;
use hardeasy::segmentation::SegmentKind;
use hardeasy::segmentation::Segmentation;
use hardeasy::segmentation::changepoint::optimal_partition;
use hardeasy::segmentation::segment;
use hardeasy::streams::Streams;

/// Differences below this come from the order of additions.
const ROUNDING: f64 = 1e-9;

fn cost(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

fn objective(values: &[f64], ends: &[usize], penalty: f64) -> f64 {
    let mut start = 0;
    let mut total = -penalty;
    for end in ends {
        total += penalty + cost(&values[start..*end]);
        start = *end;
    }
    total
}

/// Returns the least objective over all partitions into stretches of at least the least length.
fn exhaustive(values: &[f64], penalty: f64, least_length: usize) -> f64 {
    let mut best = vec![f64::INFINITY; values.len() + 1];
    best[0] = -penalty;
    for end in least_length..=values.len() {
        for start in 0..=end - least_length {
            best[end] = best[end].min(best[start] + penalty + cost(&values[start..end]));
        }
    }
    best[values.len()]
}

/// Returns the least objective by trying every subset of edges: what the other search is checked by.
fn every_subset(values: &[f64], penalty: f64, least_length: usize) -> f64 {
    let inner = values.len() - 1;
    (0..1_u32 << inner)
        .filter_map(|subset| {
            let mut ends: Vec<usize> = (1..=inner)
                .filter(|edge| subset >> (edge - 1) & 1 == 1)
                .collect();
            ends.push(values.len());
            let long_enough = ends
                .iter()
                .zip(std::iter::once(&0).chain(&ends))
                .all(|(end, start)| end - start >= least_length);
            long_enough.then(|| objective(values, &ends, penalty))
        })
        .fold(f64::INFINITY, f64::min)
}

fn signals(alphabet: &'static [f64], length: usize) -> impl Iterator<Item = Vec<f64>> {
    (0..alphabet.len().pow(u32::try_from(length).unwrap_or(0))).map(move |mut code| {
        (0..length)
            .map(|_| {
                let letter = alphabet[code % alphabet.len()];
                code /= alphabet.len();
                letter
            })
            .collect()
    })
}

fn check(values: &[f64], penalty: f64, least_length: usize, optimum: f64) {
    let ends = optimal_partition(values, penalty, least_length);
    let mut start = 0;
    for end in &ends {
        assert!(
            end - start >= least_length,
            "{values:?} {penalty} {least_length}: {ends:?}"
        );
        start = *end;
    }
    assert_eq!(ends.last(), Some(&values.len()));
    let found = objective(values, &ends, penalty);
    assert!(
        (found - optimum).abs() < ROUNDING,
        "{values:?} penalty {penalty} least length {least_length}: {ends:?} costs {found}, best {optimum}"
    );
}

#[test]
fn two_letters_up_to_twelve_samples_are_cut_best() {
    for length in 1..=12 {
        for values in signals(&[0.0, 1.0], length) {
            for least_length in 1..=length.min(6) {
                for penalty in [0.0, 0.1, 0.35, 1.0] {
                    check(
                        &values,
                        penalty,
                        least_length,
                        exhaustive(&values, penalty, least_length),
                    );
                }
            }
        }
    }
}

#[test]
fn three_letters_up_to_nine_samples_are_cut_best() {
    for length in 1..=9 {
        for values in signals(&[0.0, 1.0, 3.0], length) {
            for least_length in 1..=length.min(4) {
                for penalty in [0.2, 0.7] {
                    check(
                        &values,
                        penalty,
                        least_length,
                        exhaustive(&values, penalty, least_length),
                    );
                }
            }
        }
    }
}

#[test]
fn the_recursion_used_for_comparison_agrees_with_every_subset() {
    for length in 1..=10 {
        for values in signals(&[0.0, 1.0], length) {
            for least_length in 1..=length.min(3) {
                let one = exhaustive(&values, 0.3, least_length);
                let other = every_subset(&values, 0.3, least_length);
                assert!((one - other).abs() < ROUNDING, "{values:?}: {one} {other}");
            }
        }
    }
}

/// Streams with a given speed each second, as an exact watch would record them.
fn streams(speed_m_s: &[f64]) -> Streams {
    Streams {
        elapsed_s: speed_m_s.len() as f64 - 0.4,
        ..exact::streams(speed_m_s)
    }
}

/// Noise of the size of distance increments, the same at every call.
fn noise(second: usize) -> f64 {
    let mut state = (second as u64 + 11).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state ^= state >> 29;
    state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state ^= state >> 32;
    0.6 * ((state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5)
}

/// Returns six repetitions of three minutes with two minutes of jogging, warm-up and cool-down. The
/// runner takes up each new pace with a time constant of two seconds.
fn session() -> Vec<f64> {
    const SHARE_EACH_S: f64 = 0.393;
    let mut pace = 2.7;
    (0..3300)
        .map(|second: usize| {
            let inside = (600..2280).contains(&second) && (second - 600) % 300 < 180;
            let level = if inside { 4.3 } else { 2.7 };
            pace += SHARE_EACH_S * (level - pace);
            pace + noise(second)
        })
        .collect()
}

fn assert_partition(found: &Segmentation, elapsed_s: f64) {
    let mut at_s = 0.0;
    for segment in &found.segments {
        assert!(
            (segment.start_s - at_s).abs() < ROUNDING,
            "hole before {}",
            segment.start_s
        );
        assert!(segment.end_s > segment.start_s);
        at_s = segment.end_s;
    }
    assert!((at_s - elapsed_s).abs() < ROUNDING);
}

#[test]
fn repetitions_are_found_named_and_explained() {
    let streams = streams(&session());
    let found = segment(&streams, LapPolicy::Auto);
    assert_partition(&found, streams.elapsed_s);
    let works: Vec<_> = found
        .segments
        .iter()
        .filter(|segment| segment.kind.is_work())
        .collect();
    assert_eq!(works.len(), 6);
    for (index, work) in works.iter().enumerate() {
        let start_s = 600.0 + 300.0 * index as f64;
        assert!(
            (work.start_s - start_s).abs() <= 2.0,
            "{} {start_s}",
            work.start_s
        );
        assert!((work.end_s - start_s - 180.0).abs() <= 2.0);
        assert!(work.start_low_s <= work.start_s && work.start_s <= work.start_high_s);
        assert!(!work.evidence.is_empty());
    }
    assert_eq!(found.sets.len(), 1);
    assert_eq!(found.sets[0].name, "6 × 3 min");
    assert_eq!(found.sets[0].recovery.as_deref(), Some("2 min jog"));
    assert_eq!(found.segments[0].kind, SegmentKind::WarmUp);
    assert_eq!(
        found.segments.last().map(|last| last.kind),
        Some(SegmentKind::CoolDown)
    );
}

#[test]
fn scaled_speeds_give_the_same_count() {
    let faster: Vec<f64> = session().iter().map(|speed| 1.05 * speed).collect();
    let found = segment(&streams(&faster), LapPolicy::Auto);
    assert_eq!(
        found
            .segments
            .iter()
            .filter(|segment| segment.kind.is_work())
            .count(),
        6
    );
}

#[test]
fn an_even_run_is_one_steady_run() {
    let even: Vec<f64> = (0..2400).map(|second| 2.8 + noise(second)).collect();
    let streams = streams(&even);
    let found = segment(&streams, LapPolicy::Auto);
    assert_partition(&found, streams.elapsed_s);
    assert_eq!(found.segments.len(), 1);
    assert_eq!(found.segments[0].kind, SegmentKind::Steady);
}

#[test]
fn without_speed_nothing_can_be_told() {
    let none = Streams {
        elapsed_s: 1800.5,
        paused: vec![false; 1801],
        gap: vec![false; 1801],
        ..Streams::default()
    };
    let found = segment(&none, LapPolicy::Auto);
    assert_eq!(
        found.cannot_tell.as_deref(),
        Some("no speed and no heart rate were recorded")
    );
    assert_partition(&found, none.elapsed_s);
    assert!(
        segment(&Streams::default(), LapPolicy::Auto)
            .segments
            .is_empty()
    );
}

fn lap(start_s: f64, end_s: f64, intensity: Intensity, step: u16) -> Lap {
    Lap {
        start_s,
        end_s,
        intensity: Some(intensity),
        workout_step: Some(step),
        ..Lap::default()
    }
}

#[test]
fn programmed_steps_fix_boundaries_and_one_that_was_not_run_says_so() {
    // The second step is hardly faster than the running before and after it.
    let pace = |second: usize| match second {
        600..780 | 1080..1260 => 4.2,
        1560..1680 => 2.68,
        _ => 2.6,
    };
    let speeds: Vec<f64> = (0..2400)
        .map(|second| pace(second) + 0.3 * noise(second))
        .collect();
    let mut streams = streams(&speeds);
    streams.marks.laps = vec![
        lap(0.0, 601.5, Intensity::Warmup, 0),
        lap(601.5, 781.0, Intensity::Active, 1),
        lap(781.0, 1080.0, Intensity::Recovery, 2),
        lap(1080.0, 1260.0, Intensity::Active, 3),
        lap(1260.0, 1560.0, Intensity::Recovery, 4),
        lap(1560.0, 1680.0, Intensity::Active, 5),
        lap(1680.0, 2399.6, Intensity::Cooldown, 6),
    ];
    let found = segment(&streams, LapPolicy::Auto);
    assert_partition(&found, streams.elapsed_s);
    assert_eq!(found.laps.used, LapUse::Structured);
    let works: Vec<_> = found
        .segments
        .iter()
        .filter(|segment| segment.kind.is_work())
        .collect();
    assert_eq!(works.len(), 3);
    assert!((works[0].start_s - 601.5).abs() < ROUNDING);
    assert!(works[0].executed && works[1].executed && !works[2].executed);
    assert!(
        found
            .laps
            .agreement
            .is_some_and(|agreement| agreement < 0.9)
    );
    assert!(!found.laps.disagreements.is_empty());
    assert_eq!(
        segment(&streams, LapPolicy::Ignore).laps.used,
        LapUse::Ignored
    );
}

#[test]
fn a_step_that_was_skipped_is_no_effort_and_one_that_hardly_paused_no_recovery() {
    let mut streams = streams(&session());
    streams.marks.laps = vec![
        lap(0.0, 599.0, Intensity::Warmup, 0),
        lap(599.0, 601.5, Intensity::Active, 1),
        lap(601.5, 603.0, Intensity::Recovery, 2),
        lap(603.0, 780.0, Intensity::Active, 3),
        lap(780.0, 781.0, Intensity::Recovery, 4),
        lap(781.0, 960.0, Intensity::Active, 5),
        lap(960.0, 3299.6, Intensity::Cooldown, 6),
    ];
    let found = segment(&streams, LapPolicy::Auto);
    assert_partition(&found, streams.elapsed_s);
    let works = found.segments.iter();
    let works = works.filter(|segment| segment.kind.is_work());
    let spans: Vec<(f64, f64)> = works
        .map(|segment| (segment.start_s, segment.end_s))
        .collect();
    assert_eq!(spans, [(603.0, 780.0), (780.0, 960.0)]);
}

#[test]
fn a_lap_whose_speed_is_hardly_known_moved_as_long_as_its_timer_ran() {
    let mut streams = streams(&session());
    for cell in 10..290 {
        streams.speed_m_s.set(cell, None);
    }
    let timed = |start_s, end_s| Lap {
        timer_s: Some(end_s - start_s),
        ..lap(start_s, end_s, Intensity::Active, 1)
    };
    streams.marks.laps = vec![timed(0.0, 300.0), timed(300.0, 500.0)];
    let rows = segment(&streams, LapPolicy::Auto).laps.rows;
    let moving_s: Vec<Option<f64>> = rows.iter().map(|row| row.moving_s).collect();
    assert_eq!(moving_s, [Some(300.0), Some(200.0)]);
}

#[test]
fn kilometres_counted_inside_a_step_do_not_cut_it_and_the_workout_says_what_steps_are() {
    let mut streams = streams(&session());
    let step = |start_s, end_s, step| Lap {
        intensity: None,
        ..lap(start_s, end_s, Intensity::Other, step)
    };
    streams.marks.laps = vec![
        step(0.0, 600.0, 0),
        step(600.0, 700.0, 1),
        step(700.0, 780.0, 1),
        step(780.0, 3299.6, 2),
    ];
    streams.marks.workout = [Intensity::Warmup, Intensity::Active, Intensity::Recovery]
        .into_iter()
        .zip(0..)
        .map(|(intensity, index)| WorkoutStep {
            index,
            intensity: Some(intensity),
            ..WorkoutStep::default()
        })
        .collect();
    let found = segment(&streams, LapPolicy::Auto);
    let works: Vec<_> = found
        .segments
        .iter()
        .filter(|segment| segment.kind.is_work())
        .collect();
    assert_eq!(works.len(), 1);
    assert!((works[0].end_s - 780.0).abs() < ROUNDING);
}

#[test]
fn counted_kilometres_are_never_repetitions() {
    let mut streams = streams(&session());
    streams.marks.laps = (0..9)
        .map(|index| Lap {
            start_s: 360.0 * f64::from(index),
            end_s: 360.0 * f64::from(index + 1),
            distance_m: Some(1000.0),
            ..Lap::default()
        })
        .collect();
    let found = segment(&streams, LapPolicy::Auto);
    assert_eq!(found.laps.used, LapUse::Detected);
    assert_eq!(
        found.segments,
        segment(&streams, LapPolicy::Ignore).segments
    );
}

/// Laps pressed at given moments.
fn pressed(edges_s: &[f64]) -> Vec<Lap> {
    edges_s
        .windows(2)
        .map(|edges| Lap {
            start_s: edges[0],
            end_s: edges[1],
            trigger: LapTrigger::Manual,
            ..Lap::default()
        })
        .collect()
}

fn works_with(speed_m_s: &[f64], edges_s: &[f64]) -> (LapUse, Vec<(f64, f64)>) {
    works_of(streams(speed_m_s), edges_s)
}

fn works_of(mut streams: Streams, edges_s: &[f64]) -> (LapUse, Vec<(f64, f64)>) {
    streams.marks.laps = pressed(edges_s);
    let found = segment(&streams, LapPolicy::Auto);
    assert_partition(&found, streams.elapsed_s);
    let works = found.segments.iter().filter(|one| one.kind.is_work());
    let spans = works.map(|work| (work.start_s, work.end_s)).collect();
    (found.laps.used, spans)
}

#[test]
fn laps_by_hand_fix_repetitions_and_a_press_inside_one_does_not_cut_it() {
    let mut edges_s = vec![0.0];
    for repetition in 0..6 {
        let start_s = 601.0 + 300.0 * f64::from(repetition);
        edges_s.push(start_s);
        if repetition == 2 {
            edges_s.push(start_s + 80.0);
        }
        edges_s.push(start_s + 179.0);
    }
    edges_s.push(3299.6);
    let (used, works) = works_with(&session(), &edges_s);
    assert_eq!(used, LapUse::Manual);
    assert_eq!(works.len(), 6, "{works:?}");
    for (repetition, work) in (0..).zip(works) {
        let start_s = 601.0 + 300.0 * f64::from(repetition);
        assert!((work.0 - start_s).abs() < ROUNDING, "{work:?}");
        assert!((work.1 - start_s - 179.0).abs() < ROUNDING, "{work:?}");
    }
}

#[test]
fn a_jog_between_walks_is_no_repetition() {
    // Three fast laps with walking between, then jogging between two walks.
    let pace = |second: usize| match second {
        0..600 => 2.7,
        600..1320 if (second - 600) % 240 < 120 => 4.6,
        1440..1560 => 2.3,
        _ => 1.4,
    };
    let speed: Vec<f64> = (0..2000)
        .map(|second| pace(second) + 0.3 * noise(second))
        .collect();
    let edges_s = [
        0.0, 600.0, 720.0, 840.0, 960.0, 1080.0, 1200.0, 1440.0, 1560.0, 1999.6,
    ];
    let (used, works) = works_with(&speed, &edges_s);
    assert_eq!(used, LapUse::Manual);
    assert_eq!(works, [(600.0, 720.0), (840.0, 960.0), (1080.0, 1200.0)]);
}

#[test]
fn laps_by_hand_in_an_even_run_mark_nothing() {
    let even: Vec<f64> = (0..2400).map(|second| 2.8 + noise(second)).collect();
    let (used, works) = works_with(&even, &[0.0, 500.0, 620.0, 1400.0, 1900.0, 2399.6]);
    assert_eq!(used, LapUse::Detected);
    assert!(works.is_empty());
}

#[test]
fn the_way_down_between_hills_is_no_repetition_though_it_is_faster() {
    // Up for a minute at 2.9 m/s, which is an effort of 4.2; down for two at 3.3, which is easy.
    let is_up = |second: usize| (600..1500).contains(&second) && (second - 600) % 180 < 60;
    let is_down = |second: usize| (600..1500).contains(&second) && !is_up(second);
    let pick = |up: f64, down: f64| {
        move |second: usize| {
            let own = match (is_up(second), is_down(second)) {
                (true, _) => up,
                (_, true) => down,
                _ => 2.8,
            };
            own + 0.3 * noise(second)
        }
    };
    let speed: Vec<f64> = (0..2100).map(pick(2.9, 3.3)).collect();
    let mut hills = streams(&speed);
    hills.effort_speed_m_s = (0..2100).map(pick(4.2, 2.9)).collect();
    let edges_s: Vec<f64> = [0.0]
        .into_iter()
        .chain((0..5).flat_map(|hill| {
            let start_s = 600.0 + 180.0 * f64::from(hill);
            [start_s, start_s + 60.0]
        }))
        .chain([1500.0, 2099.6])
        .collect();
    let (used, works) = works_of(hills, &edges_s);
    assert_eq!(used, LapUse::Manual);
    let ups: Vec<(f64, f64)> = edges_s[1..11].chunks(2).map(|up| (up[0], up[1])).collect();
    assert_eq!(works, ups);
}

#[test]
fn laps_that_hold_a_rest_do_not_join() {
    // Each lap is a repetition and the standing after it: pressed at the start of each.
    let pace = |second: usize| match second {
        0..600 => 2.7,
        600..1800 if (second - 600) % 240 < 150 => 4.5,
        600..1800 => 0.0,
        _ => 2.6,
    };
    let speed: Vec<f64> = (0..2400)
        .map(|second| {
            if pace(second) > 0.0 {
                pace(second) + 0.3 * noise(second)
            } else {
                0.0
            }
        })
        .collect();
    let edges_s = [0.0, 600.0, 840.0, 1080.0, 1320.0, 1560.0, 1800.0, 2399.6];
    let (_, works) = works_with(&speed, &edges_s);
    assert_eq!(works.len(), 5, "{works:?}");
}

#[test]
fn an_effort_up_to_the_end_of_the_recording_has_no_cool_down() {
    let speed: Vec<f64> = (0..2000)
        .map(|second| if second < 900 { 2.7 } else { 4.1 } + noise(second))
        .collect();
    let streams = streams(&speed);
    let found = segment(&streams, LapPolicy::Ignore);
    assert_partition(&found, streams.elapsed_s);
    let last = found.segments.last().map(|last| last.kind.is_work());
    assert_eq!(last, Some(true), "{:?}", found.segments.last());
}
