//! The kinds of session, each as a plan for an athlete.

use super::athlete::Athlete;
use super::plan::Plan;
use super::rng::Rng;
use super::workout_further as further;
use super::workout_runs as runs;
use super::workout_sets as sets;

/// A kind of session that the benchmark and the fixtures know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the sessions")]
pub enum Workout {
    ThirtyThirty,
    TwoHundreds,
    FourHundreds,
    Kilometres,
    Miles,
    ThreeTens,
    Tempo,
    Progression,
    Fartlek,
    Strides,
    Hills,
    Easy,
    EasyHilly,
    LongWithLights,
    Race,
    Surges,
    Ladder,
    TwoSets,
    RunStop,
    WalkRecoveries,
    TreadmillSteps,
    RunWalk,
    FourSixes,
    Recovery,
    Steady,
    Short,
    Walk,
    Cycling,
    Strength,
    PausedSets,
    RaceWithWarmUp,
    TrackShort,
    HillsNoAltitude,
    TempoBlock,
    StopsEasy,
    RunWalkLong,
    Hike,
    BeginnerWalkRunWalk,
}

use Workout as W;

impl Workout {
    /// The kinds that are bundled as fixtures, running first.
    pub const ALL: [Workout; 29] = [
        W::ThirtyThirty,
        W::TwoHundreds,
        W::FourHundreds,
        W::Kilometres,
        W::Miles,
        W::ThreeTens,
        W::Tempo,
        W::Progression,
        W::Fartlek,
        W::Strides,
        W::Hills,
        W::Easy,
        W::EasyHilly,
        W::LongWithLights,
        W::Race,
        W::Surges,
        W::Ladder,
        W::TwoSets,
        W::RunStop,
        W::WalkRecoveries,
        W::TreadmillSteps,
        W::RunWalk,
        W::FourSixes,
        W::Recovery,
        W::Steady,
        W::Short,
        W::Walk,
        W::Cycling,
        W::Strength,
    ];

    /// Further kinds on foot, which no fixture is of.
    pub const FURTHER: [Workout; 9] = [
        W::PausedSets,
        W::RaceWithWarmUp,
        W::TrackShort,
        W::HillsNoAltitude,
        W::TempoBlock,
        W::StopsEasy,
        W::RunWalkLong,
        W::Hike,
        W::BeginnerWalkRunWalk,
    ];

    /// Returns the name in file names and tables.
    pub fn name(self) -> &'static str {
        match self {
            W::ThirtyThirty => "thirty-thirty",
            W::TwoHundreds => "200s",
            W::FourHundreds => "400s",
            W::Kilometres => "kilometres",
            W::Miles => "miles",
            W::ThreeTens => "three-tens",
            W::Tempo => "tempo",
            W::Progression => "progression",
            W::Fartlek => "fartlek",
            W::Strides => "strides",
            W::Hills => "hills",
            W::Easy => "easy",
            W::EasyHilly => "easy-hilly",
            W::LongWithLights => "long-with-lights",
            W::Race => "race",
            W::Surges => "long-with-surges",
            W::Ladder => "ladder",
            W::TwoSets => "two-sets",
            W::RunStop => "run-stop",
            W::WalkRecoveries => "walk-recoveries",
            W::TreadmillSteps => "treadmill-steps",
            W::RunWalk => "run-walk",
            W::FourSixes => "four-sixes",
            W::Recovery => "recovery",
            W::Steady => "steady",
            W::Short => "short",
            W::Walk => "walk",
            W::Cycling => "cycling",
            W::Strength => "strength",
            W::PausedSets => "paused-sets",
            W::RaceWithWarmUp => "race-with-warm-up",
            W::TrackShort => "track-short",
            W::HillsNoAltitude => "hills-no-altitude",
            W::TempoBlock => "tempo-block",
            W::StopsEasy => "stops-easy",
            W::RunWalkLong => "run-walk-long",
            W::Hike => "hike",
            W::BeginnerWalkRunWalk => "beginner-walk-run-walk",
        }
    }

    /// Returns a plan of this kind for an athlete.
    pub fn plan(self, athlete: &Athlete, seed: u64) -> Plan {
        let rng = &mut Rng::new(seed).stream(2);
        match self {
            W::ThirtyThirty
            | W::TwoHundreds
            | W::FourHundreds
            | W::Kilometres
            | W::Miles
            | W::ThreeTens
            | W::Ladder
            | W::TwoSets => sets::interval_plan(self, athlete, rng),
            W::RunStop | W::WalkRecoveries | W::RunWalk | W::FourSixes | W::TreadmillSteps => {
                sets::pausing_plan(self, athlete, rng)
            }
            W::Tempo
            | W::Progression
            | W::Fartlek
            | W::Strides
            | W::Hills
            | W::Race
            | W::Surges => runs::mixed_plan(self, athlete, rng),
            _ if Workout::FURTHER.contains(&self) => further::plan(self, athlete, rng),
            _ => runs::plain_plan(self, athlete, rng),
        }
    }
}
