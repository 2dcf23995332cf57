//! Why a segment is what it is: reasons with their numbers and what they add to the log-odds.

use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::segmentation::SegmentKind;
use crate::segmentation::context;
use crate::segmentation::features;
use crate::segmentation::gate::Gate;
use crate::segmentation::gate::Verdict;
use crate::segmentation::laps::LAP_LOG_ODDS;
use crate::segmentation::rhythm;
use crate::units::round;

/// No reason counts for more than this, in log-odds, so that a list stays readable. Chosen.
const MOST_LOG_ODDS: f64 = 4.0;
/// Reasons that add less than this are not told, in log-odds.
const LEAST_LOG_ODDS: f64 = 0.1;
/// How many reasons are told.
const MOST_REASONS: usize = 6;

/// What features speak of together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theme {
    Contrast,
    RunContrast,
    Length,
    Evenness,
    Edges,
    Wander,
    Similar,
    Rarity,
    Heart,
    Cadence,
    Power,
    Slope,
    Place,
    Rivals,
    Set,
    FirstLook,
}

const THEMES: [Theme; 16] = [
    Theme::Contrast,
    Theme::RunContrast,
    Theme::Length,
    Theme::Evenness,
    Theme::Edges,
    Theme::Wander,
    Theme::Similar,
    Theme::Rarity,
    Theme::Heart,
    Theme::Cadence,
    Theme::Power,
    Theme::Slope,
    Theme::Place,
    Theme::Rivals,
    Theme::Set,
    Theme::FirstLook,
];

fn theme(feature: &str) -> Theme {
    match feature {
        "left"
        | "right"
        | "least_contrast"
        | "far"
        | "wide_left"
        | "wide_right"
        | "rise"
        | "rise_foot"
        | "clearness"
        | "slow_left"
        | "slow_right"
        | "raw_left"
        | "raw_right"
        | "raw_least"
        | "over_background"
        | "contrast_over_background" => Theme::Contrast,
        "to_median" | "to_fast" | "to_slow" | "speed" => Theme::RunContrast,
        "ln_length" | "share" | "round_time" | "round_distance" => Theme::Length,
        "unevenness" | "dip" | "trend" | "slow_inside" | "step_length" => Theme::Evenness,
        "edge_start" | "edge_end" | "inside_start" | "inside_end" | "outside_start"
        | "outside_end" => Theme::Edges,
        "contrast_in_wander" | "run_wander" | "noise" | "sampling" | "run_slow" | "run_min"
        | "run_spread" | "background_spread" => Theme::Wander,
        "stronger" | "comparable" | "share_of_strongest" => Theme::Rarity,
        "power_left" | "power_right" => Theme::Power,
        "similar" | "best_similar" => Theme::Similar,
        "heart_rise" | "heart_level" | "heart_fall" => Theme::Heart,
        "cadence_left" | "cadence_right" => Theme::Cadence,
        "slope" => Theme::Slope,
        "since_start_min" | "to_end_min" => Theme::Place,
        "parent_length" | "parent_rise" | "children" | "best_child" | "seen" | "rival"
        | "rivals_chosen" | "rivals_count" | "rival_overlap" | "rival_like_middle" => Theme::Rivals,
        "first_look" | "to_best" | "odds_rank" => Theme::FirstLook,
        _ => Theme::Set,
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    features::NAMES
        .into_iter()
        .chain(context::NAMES)
        .chain(rhythm::NAMES)
}

/// Returns the reasons for a bout that comes from a candidate, strongest first.
pub(crate) fn of_candidate(gate: &Gate, verdict: &Verdict, candidate: usize) -> Vec<Evidence> {
    let Some(row) = verdict.rows.get(candidate) else {
        return Vec::new();
    };
    let parts = gate.third.contributions(row);
    let mut reasons: Vec<Evidence> = THEMES
        .into_iter()
        .filter_map(|wanted| {
            let total: f64 = names()
                .zip(&parts)
                .filter(|(name, _)| theme(name) == wanted)
                .map(|(_, part)| part)
                .sum();
            reason(wanted, row, total)
        })
        .collect();
    reasons.sort_by(|one, other| strength(other).total_cmp(&strength(one)));
    reasons.truncate(MOST_REASONS);
    reasons
}

fn strength(evidence: &Evidence) -> f64 {
    evidence.contribution.unwrap_or(0.0).abs()
}

fn reason(theme: Theme, row: &[f64], total: f64) -> Option<Evidence> {
    if total.abs() < LEAST_LOG_ODDS {
        return None;
    }
    let value = |wanted: &str| {
        names()
            .position(|name| name == wanted)
            .map_or(f64::NAN, |index| row[index])
    };
    let percent = |ratio: f64| (ratio.exp() - 1.0) * 100.0;
    let (text, value, unit) = words(theme, &value, percent);
    Some(Evidence {
        text,
        value: value.is_finite().then(|| round(value, 3)),
        unit: value.is_finite().then(|| unit.to_owned()),
        contribution: Some(round(total.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS), 2)),
    })
}

fn words(
    theme: Theme,
    value: &dyn Fn(&str) -> f64,
    percent: impl Fn(f64) -> f64,
) -> (String, f64, &'static str) {
    match theme {
        Theme::Contrast => faster(
            percent(value("least_contrast")),
            "than right before and after",
        ),
        Theme::RunContrast => faster(percent(value("to_median")), "than the middle of the run"),
        Theme::Length => {
            let length = value("ln_length").exp();
            (format!("lasts {length:.0} s"), length, "s")
        }
        Theme::Evenness => {
            let uneven = 100.0 * value("unevenness");
            (format!("pace varies {uneven:.1} % inside"), uneven, "%")
        }
        Theme::Edges => {
            let step = 100.0 * value("edge_start").min(value("edge_end"));
            (
                format!("speed changes by at least {step:.0} % at its edges"),
                step,
                "%",
            )
        }
        Theme::Wander => {
            let wander = 100.0 * value("run_wander");
            (
                format!("the run's own pace wanders {wander:.1} %"),
                wander,
                "%",
            )
        }
        Theme::Similar => {
            let count = value("similar");
            (
                format!("{count:.0} similar stretches in the run"),
                count,
                "count",
            )
        }
        Theme::Rarity => {
            let count = value("stronger");
            (
                format!("{count:.0} other stretches of a like length stand out as much"),
                count,
                "count",
            )
        }
        Theme::Heart => heart(value("heart_rise")),
        Theme::Power => {
            let more = percent(value("power_left").min(value("power_right")));
            signed(more, "power", "than around it", "higher", "lower")
        }
        Theme::Cadence => {
            let more = percent(value("cadence_left").min(value("cadence_right")));
            signed(more, "cadence", "than around it", "higher", "lower")
        }
        Theme::Slope => {
            let slope = 100.0 * value("slope");
            (format!("slope {slope:.1} %"), slope, "%")
        }
        Theme::Place => {
            let minute = value("since_start_min");
            (format!("starts in minute {minute:.0}"), minute, "min")
        }
        Theme::Rivals => (
            "compared with other cuts of the same stretch".to_owned(),
            f64::NAN,
            "",
        ),
        Theme::Set => {
            let count = value("set_count");
            (
                format!("against {count:.0} other efforts found: length, speed, spacing"),
                count,
                "count",
            )
        }
        Theme::FirstLook => {
            let odds = value("first_look");
            (
                "as the stages before judged it".to_owned(),
                odds,
                "log-odds",
            )
        }
    }
}

fn faster(percent: f64, than: &str) -> (String, f64, &'static str) {
    let word = if percent < 0.0 { "slower" } else { "faster" };
    (
        format!("{:.0} % {word} {than}", percent.abs()),
        percent,
        "%",
    )
}

fn signed(
    percent: f64,
    what: &str,
    than: &str,
    more: &str,
    less: &str,
) -> (String, f64, &'static str) {
    if percent.is_finite() {
        let word = if percent < 0.0 { less } else { more };
        (
            format!("{what} {:.0} % {word} {than}", percent.abs()),
            percent,
            "%",
        )
    } else {
        (format!("{what} not recorded"), percent, "")
    }
}

fn heart(rise: f64) -> (String, f64, &'static str) {
    if rise.is_finite() {
        (format!("heart rate changes by {rise:+.0} bpm"), rise, "bpm")
    } else {
        ("heart rate not recorded".to_owned(), rise, "")
    }
}

/// Returns the reason that a lap gives.
pub(crate) fn of_lap(executed: bool, programmed: bool) -> Evidence {
    let text = match (programmed, executed) {
        (true, true) => "a programmed step, and the data show it",
        (true, false) => "a programmed step that the data do not show",
        (false, _) => "both ends marked by hand",
    };
    Evidence {
        text: text.to_owned(),
        value: None,
        unit: None,
        contribution: Some(if programmed {
            2.0 * LAP_LOG_ODDS
        } else {
            LAP_LOG_ODDS
        }),
    }
}

/// Returns the reason for a segment that is no bout.
pub(crate) fn of_rest(segment: &Segment) -> Vec<Evidence> {
    let text = match segment.kind {
        SegmentKind::WarmUp => "before the first effort",
        SegmentKind::CoolDown => "after the last effort",
        SegmentKind::Recovery => "between two efforts, moving",
        SegmentKind::Rest => "between two efforts, standing",
        SegmentKind::Stop => "standing, with steady running around it",
        _ => "no effort stands out",
    };
    vec![Evidence {
        text: text.to_owned(),
        value: segment.speed_m_s,
        unit: segment.speed_m_s.map(|_| "m/s".to_owned()),
        contribution: None,
    }]
}
