//! Chooses among the rules: the first whose conditions are all met, with a confidence and the next
//! best.

use crate::classification::Calibration;
use crate::classification::RunnerUp;
use crate::classification::condition::Condition;
use crate::classification::features::Features;
use crate::classification::rule::Rule;
use crate::classification::rules;
use crate::classification::title;
use crate::ingest::Sport;
use crate::segmentation::Evidence;
use crate::streams::HeartRateQuality;
use crate::units::round;
use crate::vocabulary::SessionKind;

/// What the file itself says of the sport is right so often.
///
/// # Units
/// Probability. Chosen: some rides are saved as runs, some runs as walks.
const SAID_BY_FILE: f64 = 0.99;
/// What totals alone tell of a kind, or a title beside them, is right at most so often.
///
/// # Units
/// Probability. Chosen: a mean pace is the same for an even run and for intervals with slow rests.
const WITHOUT_RECORDING: f64 = 0.6;
/// Below this a verdict leaves room for what the title says, if that is the next best kind.
///
/// # Units
/// Probability: where "likely" begins.
const TITLE_DECIDES_BELOW: f64 = 0.6;
/// A next best kind below this is not worth naming.
///
/// # Units
/// Probability.
const LEAST_RUNNER_UP: f64 = 0.02;

/// What was decided.
pub(super) struct Decision {
    /// The kind.
    pub(super) kind: SessionKind,
    /// How sure that is, 0–1.
    pub(super) confidence: f64,
    /// The next best kind.
    pub(super) runner_up: Option<RunnerUp>,
    /// Why.
    pub(super) evidence: Vec<Evidence>,
    /// All kinds whose conditions are met; the chosen one is the first.
    pub(super) met: Vec<SessionKind>,
}

/// Decides what kind of session a run was.
pub(super) fn decide(features: &Features<'_>) -> Decision {
    if features.run.head.sport != Sport::Running {
        let text = "the file is not a run";
        return certain(SessionKind::CrossTraining, text, SAID_BY_FILE);
    }
    if let Some(reason) = nothing_to_go_by(features) {
        return certain(SessionKind::Undecided, &reason, 0.0);
    }
    let rules = rules::all(features);
    let shares = shares(&rules);
    let chosen = rules
        .iter()
        .position(Rule::is_met)
        .unwrap_or_else(|| most_likely(&shares));
    let kind = rules[chosen].kind;
    let calibration = Calibration::of(kind, features.is_cold());
    let next = runner_up(kind, &rules, &shares);
    let shares = bounded(share_of(kind, &rules, &shares), next);
    let (own, next) = calibrated(shares, calibration);
    let decision = Decision {
        kind,
        confidence: round(own, 3),
        runner_up: next.and_then(worth_naming),
        evidence: evidence(features, &rules, chosen),
        met: rules
            .iter()
            .filter(|rule| rule.is_met())
            .map(|rule| rule.kind)
            .collect(),
    };
    heard(decision, features)
}

/// Hears what the athlete says of a run: it decides where nothing was recorded, and between two kinds of
/// which neither is clear; it is told in any case.
fn heard(mut decision: Decision, features: &Features<'_>) -> Decision {
    let run = features.run;
    let is_bare = run.segments.is_empty() && run.data_quality.heart_rate == HeartRateQuality::None;
    if is_bare {
        let text = "nothing but totals is known, and a mean hides efforts";
        decision.evidence.push(remark(text.to_owned()));
        decision.confidence = decision.confidence.min(WITHOUT_RECORDING);
    }
    let Some(said) = title::kind(&run.head) else {
        return decision;
    };
    // The rules of a race have heard the title already.
    let is_open = said != SessionKind::Race
        && decision.confidence < TITLE_DECIDES_BELOW
        && decision
            .runner_up
            .as_ref()
            .is_some_and(|next| next.kind == said);
    let can_be = is_bare && (said != SessionKind::Race || may_be_race(features));
    let decides = said != decision.kind && (can_be || is_open);
    if decides {
        decision.runner_up = Some(RunnerUp {
            kind: decision.kind,
            confidence: round(decision.confidence.min(1.0 - WITHOUT_RECORDING), 3),
        });
        decision.kind = said;
        decision.confidence = if can_be {
            WITHOUT_RECORDING
        } else {
            decision.confidence
        };
        decision.met.insert(0, said);
    }
    let agrees = if said == decision.kind {
        ""
    } else {
        "; the recording does not show it"
    };
    let text = format!("{}{agrees}", title::words(&run.head, said));
    match decides {
        true => decision.evidence.insert(0, remark(text)),
        false => decision.evidence.push(remark(text)),
    }
    decision
}

/// Returns whether totals are those of a race, as far as the athlete's easy pace is known.
fn may_be_race(features: &Features<'_>) -> bool {
    /// Races are faster than easy running by more than this. Chosen: the slowest, ultras aside, are run at
    /// some 1.1 of easy pace.
    const FASTER: f64 = 1.05;
    let head = &features.run.head;
    let easy = features.references.easy_speed_m_s.as_ref();
    let mean = head
        .distance_m
        .map(|metres| metres / head.moving_s.max(1.0));
    easy.zip(mean)
        .is_none_or(|(easy, mean)| mean >= FASTER * easy.value)
}

fn remark(text: String) -> Evidence {
    Evidence {
        text,
        value: None,
        unit: None,
        contribution: None,
    }
}

/// Returns what was missing and what would help, when nothing can be said.
fn nothing_to_go_by(features: &Features<'_>) -> Option<String> {
    let run = features.run;
    let has_speed = features.effort_speed_m_s.is_some() || run.head.distance_m.is_some();
    if has_speed || features.heart_rate().is_some() {
        return None;
    }
    let missing = match (&run.details.cannot_tell, run.data_quality.heart_rate) {
        (_, HeartRateQuality::Invalid) => "no speed was recorded, and heart rate is not sound",
        (Some(reason), _) => reason,
        (None, _) => "no speed and no heart rate were recorded",
    };
    Some(format!(
        "{missing}; one of them would do: a foot pod, a strap, or the kind in the corrections file"
    ))
}

fn certain(kind: SessionKind, text: &str, confidence: f64) -> Decision {
    Decision {
        kind,
        confidence,
        runner_up: None,
        evidence: vec![remark(text.to_owned())],
        met: vec![kind],
    }
}

/// Returns the share of probability of each rule: that it holds and none before it does.
fn shares(rules: &[Rule]) -> Vec<f64> {
    let mut left = 1.0;
    let mut shares: Vec<f64> = rules
        .iter()
        .map(|rule| {
            let share = left * rule.probability();
            left -= share;
            share
        })
        .collect();
    let total: f64 = shares.iter().sum();
    if total > 0.0 {
        shares.iter_mut().for_each(|share| *share /= total);
    }
    shares
}

fn most_likely(shares: &[f64]) -> usize {
    let order = |a: &(usize, &f64), b: &(usize, &f64)| a.1.total_cmp(b.1).then(b.0.cmp(&a.0));
    let best = shares.iter().enumerate().max_by(order);
    best.map_or(0, |(index, _)| index)
}

/// Returns the share of a kind, which several rules may give.
fn share_of(kind: SessionKind, rules: &[Rule], shares: &[f64]) -> f64 {
    let pairs = rules.iter().zip(shares);
    pairs
        .filter(|(rule, _)| rule.kind == kind)
        .map(|(_, share)| share)
        .sum()
}

/// Returns the most probable other kind and its share.
fn runner_up(chosen: SessionKind, rules: &[Rule], shares: &[f64]) -> Option<(SessionKind, f64)> {
    let others = rules.iter().filter(|rule| rule.kind != chosen);
    others
        .map(|rule| (rule.kind, share_of(rule.kind, rules, shares)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}

/// Returns both shares such that the chosen kind has at least that of the next.
///
/// The order of the list decides, not the shares: many conditions met narrowly have a small product,
/// and the next kind may then have the greater share. Which of the two it is, is open; they get even
/// odds, half of what both have together.
fn bounded(own: f64, next: Option<(SessionKind, f64)>) -> (f64, Option<(SessionKind, f64)>) {
    match next {
        Some((kind, share)) if share > own => {
            let even = f64::midpoint(own, share);
            (even, Some((kind, even)))
        }
        next => (own, next),
    }
}

/// Returns both shares with that of the chosen kind as often right as it says; the others keep their
/// proportions to one another.
fn calibrated(
    (own, next): (f64, Option<(SessionKind, f64)>),
    calibration: Calibration,
) -> (f64, Option<(SessionKind, f64)>) {
    let sure = calibration.confidence(own);
    let left = (1.0 - sure) / (1.0 - own).max(f64::MIN_POSITIVE);
    (
        sure,
        next.map(|(kind, share)| (kind, (share * left).min(sure))),
    )
}

fn worth_naming((kind, confidence): (SessionKind, f64)) -> Option<RunnerUp> {
    let confidence = round(confidence, 3);
    (confidence >= LEAST_RUNNER_UP).then_some(RunnerUp { kind, confidence })
}

/// Returns the conditions of the chosen rule, the nearest miss of each kind that came before it,
/// and what was assumed.
fn evidence(features: &Features<'_>, rules: &[Rule], chosen: usize) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = rules[chosen]
        .conditions
        .iter()
        .map(Condition::evidence)
        .collect();
    evidence.extend(nearest_miss(rules, chosen));
    if features.is_cold() {
        let text = "low confidence: judged without the athlete's history, from this run alone";
        evidence.push(remark(text.to_owned()));
    }
    evidence
}

/// Returns the failed condition of the most probable other rule that was not met, unless it says
/// only what the chosen rule says already.
fn nearest_miss(rules: &[Rule], chosen: usize) -> Option<Evidence> {
    let missed = rules
        .iter()
        .filter(|rule| rule.kind != rules[chosen].kind && !rule.is_met());
    let nearest = missed.max_by(|a, b| a.probability().total_cmp(&b.probability()))?;
    let failed = nearest
        .conditions
        .iter()
        .filter(|condition| !condition.is_met())
        .min_by(|a, b| a.probability().total_cmp(&b.probability()))?;
    let mut given = rules[chosen].conditions.iter();
    if given.any(|given| given.finds_the_same(failed)) {
        return None;
    }
    let evidence = failed.evidence();
    Some(Evidence {
        text: format!("not {}: {}", with_article(nearest.kind), evidence.text),
        contribution: evidence.contribution.map(|value| -value),
        ..evidence
    })
}

/// Returns a kind as it is said of a run, as in "a race", "easy".
fn with_article(kind: SessionKind) -> String {
    use SessionKind::*;
    match kind {
        Recovery | Tempo | Long => format!("a {} run", kind.words()),
        Progression | Fartlek | Race | Walk => format!("a {}", kind.words()),
        _ => kind.words().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_kind_is_never_more_sure_than_the_chosen_one() {
        let next = Some((SessionKind::Easy, 0.5));
        assert_eq!(bounded(0.3, next), (0.4, Some((SessionKind::Easy, 0.4))));
        assert_eq!(bounded(0.6, next), (0.6, next));
        assert_eq!(bounded(0.6, None), (0.6, None));
    }

    #[test]
    fn a_calibrated_share_leaves_the_rest_in_proportion() {
        let known = Calibration::of(SessionKind::Tempo, false);
        let (own, next) = calibrated((0.5, Some((SessionKind::Easy, 0.3))), known);
        assert!((own - known.confidence(0.5)).abs() < 1e-9);
        let (_, next) = next.expect("it had one");
        assert!((next / (1.0 - own) - 0.6).abs() < 1e-9);
    }

    use crate::classification::condition::Unit;
    use crate::classification::condition::at_least;
    use crate::classification::condition::fact;

    /// A rule with even odds, or with those of a margin in units of its softness.
    fn rule(kind: SessionKind, margin: f64) -> Rule {
        Rule::new(kind, vec![at_least(margin, 0.0, 1.0, Unit::Ratio, "{}")])
    }

    #[test]
    fn a_rule_has_what_those_before_it_leave() {
        use SessionKind::*;
        let rules = [
            rule(Race, 0.0),
            rule(Tempo, 0.0),
            rule(Race, 0.0),
            rule(Easy, 40.0),
        ];
        let found = shares(&rules);
        for (found, wanted) in found.iter().zip([0.5, 0.25, 0.125, 0.125]) {
            assert!((found - wanted).abs() < 1e-9, "{found}");
        }
        // Together they are one, however little each is.
        let unsure = shares(&[rule(Race, 0.0), rule(Easy, 0.0)]);
        assert!((unsure[0] - 2.0 / 3.0).abs() < 1e-9 && (unsure[1] - 1.0 / 3.0).abs() < 1e-9);
        assert!((share_of(Race, &rules, &found) - 0.625).abs() < 1e-9);
        assert!(share_of(Long, &rules, &found) == 0.0);
        assert_eq!(
            runner_up(Race, &rules, &found).map(|(kind, _)| kind),
            Some(Tempo)
        );
        assert_eq!(
            runner_up(Tempo, &rules, &found),
            Some((Race, share_of(Race, &rules, &found)))
        );
        assert_eq!(runner_up(Race, &rules[..1], &found[..1]), None);
    }

    #[test]
    fn where_no_rule_is_met_the_likeliest_is_taken_of_equal_ones_the_first() {
        assert_eq!(most_likely(&[0.2, 0.5, 0.3]), 1);
        assert_eq!(most_likely(&[0.2, 0.4, 0.4]), 1);
        assert_eq!(most_likely(&[]), 0);
    }

    #[test]
    fn the_nearest_miss_is_told_with_its_sign_turned() {
        use SessionKind::*;
        let missed = Rule::new(
            Tempo,
            vec![
                at_least(0.9, 0.95, 0.05, Unit::Ratio, "{} of critical speed"),
                fact(true, "one block"),
            ],
        );
        let rules = [missed, rule(Long, -9.0), rule(Easy, 2.0)];
        let told = nearest_miss(&rules, 2).expect("a miss");
        assert!(
            told.text
                .starts_with("not a tempo run: 90 % of critical speed"),
            "{}",
            told.text
        );
        assert_eq!((told.value, told.contribution), (Some(0.9), Some(1.0)));
        // A kind does not miss itself.
        assert!(nearest_miss(&rules[2..], 0).is_none());
        let named = worth_naming((Tempo, 0.6));
        assert_eq!(
            named.map(|next| (next.kind, next.confidence)),
            Some((Tempo, 0.6))
        );
        assert!(worth_naming((Tempo, 0.001)).is_none());
    }
}
