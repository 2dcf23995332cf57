//! Runs read again in the light of what is known of the athlete: made-up runs, whose true habits are known.

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::made_up::MadeUp;
use crate::common::motion::Difficulty;
use crate::common::workouts::Workout;
use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::segmentation::AthletePast;
use hardeasy::segmentation::Habits;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::segment;
use hardeasy::streams::resample;
use hardeasy::summary::Origin;
use hardeasy::summary::RunSummary;
use hardeasy::summary::summarise;

/// Seeds that nothing is fitted on.
const SEEDS: std::ops::Range<u64> = 4300..4306;

fn summary(run: &MadeUp) -> RunSummary {
    let bytes = fit_writer::write(&run.recording, Wire::default());
    let activities = ingest::read(&bytes, Format::Fit, Strictness::Lenient).expect("it is sound");
    let streams = resample(&activities[0]);
    let origin = Origin::default();
    let found = segment(&streams, LapPolicy::Ignore);
    summarise(&activities[0], &streams, found, origin)
}

/// Returns the habits of the athlete of a seed, running so much faster than they do.
fn habits(seed: u64, factor: f64) -> Habits {
    let athlete = Athlete::random(seed);
    Habits {
        easy_speed_m_s: athlete.easy_m_s * factor,
        easy_half_width: 0.02,
        critical_speed_m_s: Some(athlete.critical_speed_m_s * factor),
        ..Habits::default()
    }
}

fn read(mut run: RunSummary, habits: Option<&Habits>) -> RunSummary {
    run.read_again(AthletePast {
        habits,
        race_m: None,
    });
    run
}

/// Whatever a run was read as before, the same knowledge gives the same summary; and what it gives is one
/// whole reading: its segments cover the run, and all that is kept by segment has as many entries.
#[test]
fn the_same_knowledge_gives_the_same_summary() {
    let kinds = [
        Workout::TempoBlock,
        Workout::StopsEasy,
        Workout::Fartlek,
        Workout::Strides,
        Workout::PausedSets,
    ];
    for (workout, seed) in kinds
        .iter()
        .flat_map(|kind| SEEDS.map(move |seed| (*kind, seed)))
    {
        let plain = read(summary(&MadeUp::new(workout, seed, Difficulty::Hard)), None);
        for first in [0.7, 1.0, 1.3] {
            let once = read(plain.clone(), Some(&habits(seed, first)));
            assert_eq!(once.segments.len(), once.details.histograms.len());
            let covered = once.segments.last().map(|last| last.end_s);
            assert_eq!(covered, plain.segments.last().map(|last| last.end_s));
            let direct = read(plain.clone(), Some(&habits(seed, 1.1)));
            assert_eq!(read(once.clone(), Some(&habits(seed, 1.1))), direct);
            assert_eq!(read(once, None), plain, "{} {seed}", workout.name());
        }
    }
}

/// The runner's word that a race was run on the day counts, and only where the distance fits.
#[test]
fn a_named_race_is_found_where_its_distance_was_run() {
    let mut found = 0;
    for seed in SEEDS {
        let run = MadeUp::new(Workout::RaceWithWarmUp, seed, Difficulty::Hard);
        let (start_s, end_s) = run.efforts()[0];
        let mut summary = summary(&run);
        let race = |one: &hardeasy::segmentation::Segment| {
            one.kind.is_work()
                && (one.start_s - start_s).abs() < 20.0
                && (one.end_s - end_s).abs() < 20.0
        };
        let true_m = summary
            .details
            .candidates
            .iter()
            .find(|one| (one.start_s - start_s).abs() < 20.0 && (one.end_s - end_s).abs() < 20.0)
            .map(|one| one.distance_m);
        summary.read_again(AthletePast {
            habits: None,
            race_m: true_m,
        });
        found += usize::from(summary.segments.iter().any(race));
    }
    assert!(found >= 5, "{found} of {}", SEEDS.count());
}
