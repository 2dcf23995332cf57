//! Streams → Segmentation: the steps in their order.
//!
//! 1. `signals`: channels without holes, and which seconds are run.
//! 2. `levels`: candidates, from change points (`changepoint`, by the noise that `noise` measures).
//! 3. `gate`: the log-odds of each that it is an effort.
//! 4. `readings`: the candidates worth keeping, and the choices of efforts among them.
//! 5. For each choice: `edges` finds its edges; `laps` may fix others; `stops` cuts repetitions at rests
//!    in which the watch was stopped; `progression` takes the run as a whole, where no laps do; `labels`
//!    names what lies where; `measure` and `evidence` fill the segments; `sets` puts repetitions together.
//!
//! Edges come after the choice, as an edge costs as much as many features and only a few are needed.
//! Laps come after detection, which is blind to them, so that both can be compared (`agreement`).

use crate::segmentation::Candidate;
use crate::segmentation::Evidence;
use crate::segmentation::LapPolicy;
use crate::segmentation::LapUse;
use crate::segmentation::Segment;
use crate::segmentation::Segmentation;
use crate::segmentation::away;
use crate::segmentation::bout::AGREE;
use crate::segmentation::bout::Bout;
use crate::segmentation::bout::overlap;
use crate::segmentation::edges::Boundary;
use crate::segmentation::edges::Turn;
use crate::segmentation::edges::refine;
use crate::segmentation::evidence;
use crate::segmentation::filled::base_speed;
use crate::segmentation::filled::based;
use crate::segmentation::filled::calm_confidence;
use crate::segmentation::filled::own_wander;
use crate::segmentation::filled::rest;
use crate::segmentation::gate::Gate;
use crate::segmentation::gate::Verdict;
use crate::segmentation::gate::bounded;
use crate::segmentation::gate::judge;
use crate::segmentation::gate::logit;
use crate::segmentation::gate::probability;
use crate::segmentation::labels::Stretch;
use crate::segmentation::labels::stretches;
use crate::segmentation::lap_report;
use crate::segmentation::laps;
use crate::segmentation::laps::PROGRAMMED_MARKS;
use crate::segmentation::levels::Component;
use crate::segmentation::levels::candidates;
use crate::segmentation::measure::measured;
use crate::segmentation::progression::progression;
use crate::segmentation::readings;
use crate::segmentation::sets::sets;
use crate::segmentation::signals::Signals;
use crate::segmentation::stops;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::units::round;
use crate::vocabulary::RestsOn;
use crate::vocabulary::SegmentKind;

/// Less movement than this is no run.
///
/// # Units
/// Seconds. Chosen: nothing in it could be called an effort among running.
const LEAST_MOVING_S: f64 = 60.0;
/// A refined bout is never shorter; else its change points stay.
///
/// # Units
/// Seconds, as for candidates.
const LEAST_BOUT_S: f64 = 8.0;
/// The log-odds of an effort that laps mark where detection found nothing, before the mark counts.
///
/// # Units
/// Log-odds. Chosen: a little less likely than not, as detection misses more than it invents.
const UNFOUND_LOG_ODDS: f64 = -0.5;
/// Cuts a run into segments with a given gate. Where nothing can be said of a run, it is one steady
/// segment that says why.
pub(crate) fn segment_with(streams: &Streams, policy: LapPolicy, gate: &Gate) -> Segmentation {
    let signals = Signals::new(streams);
    if let Some(reason) = cannot_tell(streams, &signals) {
        return unsaid(streams, &signals, policy, reason);
    }
    let components = candidates(streams, &signals);
    let verdict = judge(&signals, &components, gate);
    let told = readings::told(&signals, &components, &verdict);
    let draft = Draft {
        candidates: told
            .iter()
            .map(|index| readings::candidate(&signals, &components[*index], &verdict, *index))
            .collect(),
        streams,
        policy,
        gate,
        signals: &signals,
        components: &components,
        verdict: &verdict,
        told,
    };
    let first = readings::first(&signals, &draft.candidates, gate);
    let found = draft.read(&first);
    let others = match found.laps.used {
        LapUse::Structured | LapUse::Manual => Vec::new(),
        _ => readings::others(&signals, &draft.candidates, &first, gate),
    };
    Segmentation {
        others: others.iter().map(|choice| draft.read(choice)).collect(),
        ..found
    }
}

/// A run whose candidates are judged, before efforts are chosen among them.
struct Draft<'a> {
    streams: &'a Streams,
    policy: LapPolicy,
    gate: &'a Gate,
    signals: &'a Signals,
    components: &'a [Component],
    verdict: &'a Verdict,
    /// The candidates that are told, and which of all they are.
    candidates: Vec<Candidate>,
    told: Vec<usize>,
}

impl Draft<'_> {
    /// Returns the run with some of the told candidates as efforts, given by their places among these.
    ///
    /// What laps fix comes before what was chosen, a rising run before both, except where laps decide:
    /// whoever marks repetitions in a rising run has said what it was.
    fn read(&self, efforts: &[usize]) -> Segmentation {
        let (streams, signals, verdict) = (self.streams, self.signals, self.verdict);
        let chosen: Vec<usize> = efforts.iter().map(|place| self.told[*place]).collect();
        let blind = blind_bouts(signals, self.components, verdict, &chosen);
        let mut fixed = match self.policy {
            LapPolicy::Auto => laps::bouts(streams, signals, &blind),
            LapPolicy::Ignore => laps::unasked(blind.clone()),
        };
        let used = fixed.used;
        fixed.bouts = stops::cut(streams, signals, &fixed.bouts);
        let mut bouts = fixed.bouts.clone();
        judge_marked(&mut bouts, &blind, used);
        let is_marked = matches!(used, LapUse::Structured | LapUse::Manual);
        let rising = (!is_marked).then(|| progression(signals, &blind)).flatten();
        if let Some(rising) = &rising {
            bouts = vec![rising.bout(streams.elapsed_s)];
        }
        for bout in &mut bouts {
            // The last second is seldom a whole one.
            bout.end.at_s = bout.end.at_s.min(streams.elapsed_s);
            bout.probability = bounded(bout.probability);
        }
        let whole = stretches(signals, &bouts, streams.elapsed_s);
        let mut segments: Vec<Segment> = away::cut(&streams.away, whole)
            .iter()
            .map(|stretch| {
                explained(
                    streams,
                    signals,
                    stretch,
                    &bouts,
                    (self.gate, verdict, used),
                )
            })
            .collect();
        for segment in segments.iter_mut().filter(|one| one.kind.is_work()) {
            let mut own = efforts.iter().map(|place| &self.candidates[*place]);
            let own = own.find(|one| readings::is(segment, one));
            let reason = own.and_then(evidence::of_sustained);
            segment.evidence.splice(0..0, reason);
        }
        let risen = segments
            .iter_mut()
            .find(|one| one.kind == SegmentKind::Progression);
        if let Some((risen, rising)) = risen.zip(rising) {
            risen.evidence = rising.evidence();
        }
        let missed = verdict.probabilities.iter().copied().fold(0.0, f64::max);
        calm_confidence(&mut segments, missed);
        let sets = sets(&mut segments);
        Segmentation {
            sets,
            candidates: self.kept(&bouts),
            efforts: efforts.to_vec(),
            others: Vec::new(),
            laps: lap_report::report(streams, &fixed, &blind),
            wander: own_wander(signals, &segments),
            base_speed_m_s: base_speed(&segments),
            cannot_tell: None,
            segments,
        }
    }

    /// Returns the told candidates, those that became segments marked.
    fn kept(&self, bouts: &[Bout]) -> Vec<Candidate> {
        let is_bout = |index: &usize| bouts.iter().any(|bout| bout.candidate == Some(*index));
        let told = self.candidates.iter().zip(&self.told);
        told.map(|(candidate, index)| Candidate {
            kept: is_bout(index),
            ..candidate.clone()
        })
        .collect()
    }
}

/// Returns why nothing can be said of a run, in the words of documents.
fn cannot_tell(streams: &Streams, signals: &Signals) -> Option<&'static str> {
    if streams.speed_source == SpeedSource::None || !streams.speed_m_s.has_values() {
        return Some(if streams.heart_rate_bpm.has_values() {
            "no speed was recorded"
        } else {
            "no speed and no heart rate were recorded"
        });
    }
    (signals.moving_s < LEAST_MOVING_S).then_some("hardly any movement was recorded")
}

/// Returns a run of which nothing can be said; its laps are still told.
fn unsaid(streams: &Streams, signals: &Signals, policy: LapPolicy, reason: &str) -> Segmentation {
    let fixed = match policy {
        LapPolicy::Auto => laps::found(Vec::new(), None),
        LapPolicy::Ignore => laps::unasked(Vec::new()),
    };
    let segments = stretches(&Signals::default(), &[], streams.elapsed_s)
        .iter()
        .map(|stretch| {
            let mut segment = measured(streams, signals, stretch);
            segment.evidence = vec![Evidence {
                text: format!("cannot tell: {reason}"),
                value: None,
                unit: None,
                contribution: None,
            }];
            segment
        })
        .collect();
    Segmentation {
        segments,
        laps: lap_report::report(streams, &fixed, &[]),
        cannot_tell: Some(reason.to_owned()),
        ..Segmentation::default()
    }
}

/// Returns the chosen candidates with refined edges, in order, none overlapping.
///
/// An edge that two of them share is that of the first. An edge at the end of the run is the end. Where
/// refining would leave too little, or reach into the one before, the change points stay.
pub(crate) fn blind_bouts(
    signals: &Signals,
    components: &[Component],
    verdict: &Verdict,
    chosen: &[usize],
) -> Vec<Bout> {
    let mut bouts: Vec<Bout> = Vec::new();
    for (place, index) in chosen.iter().enumerate() {
        let range = &components[*index].range;
        let middle = usize::midpoint(range.start, range.end);
        let before = place
            .checked_sub(1)
            .map_or(0, |place| components[chosen[place]].range.end);
        let after = chosen
            .get(place + 1)
            .map_or(signals.len(), |next| components[*next].range.start);
        let mut start = refine(signals, range.start, Turn::Faster, before..middle);
        let mut end = refine(signals, range.end, Turn::Slower, middle..after);
        if range.start == before {
            start = bouts.last().map_or(Boundary::exact(0.0), |bout| bout.end);
        }
        if range.end == after {
            end = Boundary::exact(range.end as f64);
        }
        let too_early = bouts.last().is_some_and(|bout| start.at_s < bout.end.at_s);
        if too_early || end.at_s - start.at_s < LEAST_BOUT_S {
            start = Boundary::exact(range.start as f64);
            end = Boundary::exact(range.end as f64);
        }
        bouts.push(Bout {
            start,
            end,
            probability: verdict.confidence[*index],
            candidate: Some(*index),
            executed: true,
            from_lap: false,
            is_progression: false,
        });
    }
    bouts
}

/// Gives marked bouts the probability of what detection found there, raised by the mark; a step that the
/// data do not show is not raised.
fn judge_marked(bouts: &mut [Bout], blind: &[Bout], used: LapUse) {
    let programmed = used == LapUse::Structured;
    let raise = laps::LAP_LOG_ODDS * if programmed { PROGRAMMED_MARKS } else { 1.0 };
    for bout in bouts.iter_mut().filter(|bout| bout.from_lap) {
        let best = blind
            .iter()
            .map(|other| {
                let common = overlap(
                    (bout.start.at_s, bout.end.at_s),
                    (other.start.at_s, other.end.at_s),
                );
                (common, other)
            })
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .filter(|(common, _)| *common > AGREE);
        let odds = best.map_or(UNFOUND_LOG_ODDS, |(_, other)| logit(other.probability));
        bout.candidate = best.and_then(|(_, other)| other.candidate);
        bout.probability = probability(if bout.executed { odds + raise } else { odds });
    }
}

/// Returns a stretch as a segment with its reasons and sources.
fn explained(
    streams: &Streams,
    signals: &Signals,
    stretch: &Stretch,
    bouts: &[Bout],
    (gate, verdict, used): (&Gate, &Verdict, LapUse),
) -> Segment {
    let Some(bout) = stretch.bout.map(|index| &bouts[index]) else {
        return rest(streams, signals, stretch);
    };
    let mut segment = based(streams, signals, stretch);
    segment.executed = bout.executed;
    segment.confidence = round(bout.probability, 3);
    if bout.from_lap {
        let programmed = used == LapUse::Structured;
        segment.sources.push(if programmed {
            RestsOn::Workout
        } else {
            RestsOn::Laps
        });
        segment
            .evidence
            .push(evidence::of_lap(bout.executed, programmed));
    }
    if let Some(candidate) = bout.candidate {
        segment
            .evidence
            .extend(evidence::of_candidate(gate, verdict, candidate));
    }
    if segment.heart_rate_bpm.is_some() {
        segment.sources.push(RestsOn::HeartRate);
    }
    segment
}
