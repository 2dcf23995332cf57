//! What becomes of each kind of session, without its laps: made-up runs with hard wander and slow-downs,
//! of seeds that the gate was not fitted on.

use crate::common::made_up::MadeUp;
use crate::common::metrics::overlap;
use crate::common::motion::Difficulty;
use crate::common::plan::Kind;
use crate::common::workouts::Workout;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::Segment;
use hardeasy::segmentation::SegmentKind;
use hardeasy::segmentation::segment;
use rayon::prelude::*;

/// The seeds of each kind.
const SEEDS: std::ops::Range<u64> = 4200..4210;

/// One run with its segments.
struct Found {
    run: MadeUp,
    segments: Vec<Segment>,
}

fn found(workout: Workout) -> Vec<Found> {
    let seeds: Vec<u64> = SEEDS.collect();
    seeds
        .par_iter()
        .map(|seed| {
            let run = MadeUp::new(workout, *seed, Difficulty::Hard);
            let segments = segment(&run.streams, LapPolicy::Ignore).segments;
            Found { run, segments }
        })
        .collect()
}

impl Found {
    fn count(&self, kind: SegmentKind) -> usize {
        let of_kind = self.segments.iter().filter(|one| one.kind == kind);
        of_kind.count()
    }

    fn efforts(&self) -> usize {
        let works = self.segments.iter().filter(|one| one.kind.is_work());
        works.count()
    }

    fn has_right_number(&self) -> bool {
        self.efforts() == self.run.efforts().len()
    }

    /// Returns whether each true stretch of a kind meets a segment of a kind.
    fn meets(&self, truth: Kind, kind: SegmentKind) -> bool {
        let wanted = self.run.spans(|other| other == truth);
        assert!(!wanted.is_empty(), "{}", self.run.workout.name());
        wanted.iter().all(|wanted| {
            let own = self.segments.iter().filter(|one| one.kind == kind);
            own.map(|one| (one.start_s, one.end_s))
                .any(|one| overlap(wanted, &one) >= 0.5)
        })
    }
}

/// Asserts that something holds for at least so many of the ten runs of a kind.
fn assert_most(workout: Workout, least: usize, holds: impl Fn(&Found) -> bool) {
    assert_most_of(&found(workout), least, holds);
}

/// Returns the runs of a kind whose altitude shows the slope: without it, hills look like efforts, and
/// efforts uphill like none.
fn with_slope(workout: Workout) -> Vec<Found> {
    let known: Vec<Found> = found(workout)
        .into_iter()
        .filter(|one| one.run.streams.grade_quality.is_used())
        .collect();
    assert!(known.len() >= 5, "{}: {}", workout.name(), known.len());
    known
}

fn assert_most_of(found: &[Found], least: usize, holds: impl Fn(&Found) -> bool) {
    let met = found.iter().filter(|one| holds(one)).count();
    let seeds: Vec<u64> = found
        .iter()
        .filter(|one| !holds(one))
        .map(|one| one.run.seed)
        .collect();
    assert!(
        met >= least,
        "{}: {met} of {}; not {seeds:?}",
        found[0].run.workout.name(),
        found.len()
    );
}

#[test]
fn sets_of_repetitions_are_found_whole() {
    for workout in [
        Workout::ThirtyThirty,
        Workout::TwoHundreds,
        Workout::FourHundreds,
        Workout::Kilometres,
        Workout::Miles,
        Workout::ThreeTens,
        Workout::FourSixes,
        Workout::TwoSets,
    ] {
        assert_most(workout, 9, Found::has_right_number);
    }
}

#[test]
fn sets_of_kinds_never_fitted_on_are_found_whole() {
    for workout in [Workout::Ladder, Workout::RunStop, Workout::WalkRecoveries] {
        assert_most(workout, 9, Found::has_right_number);
    }
}

#[test]
fn standing_between_repetitions_is_rest() {
    assert_most(Workout::RunStop, 9, |one| {
        one.meets(Kind::Rest, SegmentKind::Rest)
    });
}

#[test]
fn walking_between_repetitions_is_recovery() {
    assert_most(Workout::WalkRecoveries, 9, |one| {
        one.meets(Kind::Recovery, SegmentKind::Recovery)
    });
}

#[test]
fn strides_are_strides() {
    // The gate keeps one doubtful stride less or more in three of these runs.
    assert_most(Workout::Strides, 7, |one| {
        one.has_right_number() && one.meets(Kind::Stride, SegmentKind::Stride)
    });
    assert_most(Workout::TwoHundreds, 10, |one| {
        one.count(SegmentKind::Stride) == 0
    });
}

#[test]
fn repetitions_uphill_are_hills_where_altitude_shows_them() {
    let known = with_slope(Workout::Hills);
    assert_most_of(&known, known.len() - 1, |one| {
        one.count(SegmentKind::Hill) >= 4
    });
    assert_most(Workout::Kilometres, 10, |one| {
        one.count(SegmentKind::Hill) == 0
    });
}

#[test]
fn a_single_block_is_tempo() {
    assert_most(Workout::Tempo, 8, |one| {
        one.efforts() == 1 && one.meets(Kind::Tempo, SegmentKind::Tempo)
    });
    assert_most(Workout::ThreeTens, 9, |one| {
        one.count(SegmentKind::Tempo) == 0
    });
}

#[test]
fn getting_steadily_faster_is_a_progression() {
    for workout in [Workout::Progression, Workout::TreadmillSteps] {
        assert_most(workout, 8, |one| one.count(SegmentKind::Progression) == 1);
    }
    for workout in [
        Workout::Easy,
        Workout::Tempo,
        Workout::Race,
        Workout::Kilometres,
    ] {
        assert_most(workout, 10, |one| one.count(SegmentKind::Progression) == 0);
    }
}

#[test]
fn efforts_without_a_pattern_are_mostly_found() {
    for workout in [Workout::Fartlek, Workout::Surges] {
        assert_most(workout, 7, |one| {
            one.efforts().abs_diff(one.run.efforts().len()) <= 1
        });
    }
}

#[test]
fn running_between_walks_is_found() {
    assert_most(Workout::RunWalk, 9, Found::has_right_number);
}

#[test]
fn a_race_between_easy_running_is_one_effort() {
    assert_most(Workout::Race, 9, |one| one.efforts() == 1);
}

#[test]
fn steady_running_has_no_efforts() {
    for workout in [Workout::Easy, Workout::Recovery, Workout::Steady] {
        assert_most(workout, 9, |one| one.efforts() == 0);
    }
    let known = with_slope(Workout::EasyHilly);
    assert_most_of(&known, known.len() - 1, |one| one.efforts() == 0);
}

#[test]
fn traffic_lights_are_stops_and_no_efforts() {
    assert_most(Workout::LongWithLights, 9, |one| one.efforts() == 0);
    assert_most(Workout::LongWithLights, 9, |one| {
        one.count(SegmentKind::Stop) > 0 && one.count(SegmentKind::Rest) == 0
    });
}
