//! Why a segment is what it is: reasons with their numbers and what they add to the log-odds.
//!
//! The gate adds up trees, and each tree adds on the way to its leaf, so that every feature has a share
//! of the log-odds; the shares of one candidate add up to what the third stage says of it, less what it
//! says of any. A hundred shares are no reason, so features that speak of one thing are a theme, a
//! theme is one sentence with the number that a runner would look at, and the strongest few are told.
//! Shares of features that are alike may cancel; within a theme that is harmless.
//!
//! Shapley values were not used: they cost an evaluation for each subset of features, and what a path
//! adds is exact for the tree as it is.

use crate::segmentation::Candidate;
use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::segmentation::gate::Gate;
use crate::segmentation::gate::Verdict;
use crate::segmentation::gate::feature::Theme;
use crate::segmentation::gate::table;
use crate::segmentation::laps::LAP_LOG_ODDS;
use crate::segmentation::laps::PROGRAMMED_MARKS;
use crate::segmentation::sustained;
use crate::units::round;
use crate::vocabulary::SegmentKind;

/// No reason counts for more than this.
///
/// # Units
/// Log-odds. Chosen: 4 makes 98 of 100 of an even chance; more would dwarf the others in a list.
const MOST_LOG_ODDS: f64 = 4.0;
/// Reasons that add less than this are not told.
///
/// # Units
/// Log-odds. Chosen: 0.2 makes 55 of 100 of an even chance, which convinces nobody. 0.1 at first.
const LEAST_LOG_ODDS: f64 = 0.2;
/// How many reasons are told.
///
/// # Units
/// Count. Chosen: what fits beside a segment on a page.
const MOST_REASONS: usize = 5;

/// Returns the reasons for a bout that comes from a candidate, strongest first; none where an early
/// stage gave it up, so that the last has no row of it.
pub(crate) fn of_candidate(gate: &Gate, verdict: &Verdict, candidate: usize) -> Vec<Evidence> {
    let Some(row) = verdict.rows.get(candidate) else {
        return Vec::new();
    };
    let parts = gate.third.contributions(row);
    let mut reasons: Vec<Evidence> = Theme::ALL
        .into_iter()
        .filter_map(|wanted| {
            let total: f64 = table::all()
                .zip(&parts)
                .filter(|(feature, _)| feature.theme == wanted)
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

/// Returns the sentence of a theme, absent where it hardly counts.
fn reason(theme: Theme, row: &[f64], total: f64) -> Option<Evidence> {
    if total.abs() < LEAST_LOG_ODDS {
        return None;
    }
    let value = |wanted: &str| {
        table::all()
            .position(|feature| feature.name == wanted)
            .map_or(f64::NAN, |index| row[index])
    };
    let (text, value, unit) = words(theme, &value);
    Some(Evidence {
        text,
        value: value.is_finite().then(|| round(value, 3)),
        unit: value.is_finite().then(|| unit.to_owned()),
        contribution: Some(round(total.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS), 2)),
    })
}

/// A sentence, its number and the unit of that.
type Words = (String, f64, &'static str);

/// Returns the sentence of a theme, with the feature of the theme that a runner can check on the page, which
/// need not be the one that counted most.
fn words(theme: Theme, value: &dyn Fn(&str) -> f64) -> Words {
    match theme {
        Theme::Contrast | Theme::RunContrast | Theme::Power | Theme::Cadence => {
            in_comparison(theme, value)
        }
        Theme::Similar | Theme::Rarity | Theme::Set => counted(theme, value),
        Theme::Heart => heart(value("heart_rise_bpm")),
        Theme::Length => {
            let length = value("ln_length_s").exp();
            (format!("lasts {length:.0} s"), length, "s")
        }
        Theme::Place => {
            let minute = value("since_start_min");
            (format!("starts in minute {minute:.0}"), minute, "min")
        }
        Theme::Rivals => {
            let text = "beside longer and shorter cuts of the same stretch";
            (text.to_owned(), f64::NAN, "")
        }
        Theme::FirstLook => {
            let text = "by itself, before it is compared with the rest of the run";
            (text.to_owned(), value("first_look"), "log-odds")
        }
        Theme::Evenness | Theme::Edges | Theme::Wander | Theme::Slope | Theme::Breaks => {
            in_percent(theme, value)
        }
    }
}

/// Returns the sentence of a theme that compares a stretch with others by a ratio.
fn in_comparison(theme: Theme, value: &dyn Fn(&str) -> f64) -> Words {
    let percent = |ratio: f64| (ratio.exp() - 1.0) * 100.0;
    let least = |one: &str, other: &str| percent(value(one).min(value(other)));
    match theme {
        Theme::Power => {
            let more = least("power_left", "power_right");
            signed(more, "power", "than around it", "higher", "lower")
        }
        Theme::Cadence => {
            let more = least("cadence_left", "cadence_right");
            signed(more, "cadence", "than around it", "higher", "lower")
        }
        Theme::RunContrast => faster(
            percent(value("running_middle")),
            "than the other running of the run",
        ),
        _ => faster(
            percent(value("least_contrast")),
            "than right before and after",
        ),
    }
}

/// Returns the sentence of a theme that counts others.
fn counted(theme: Theme, value: &dyn Fn(&str) -> f64) -> Words {
    let (name, text): (&str, fn(f64) -> String) = match theme {
        Theme::Similar => ("similar", |n| {
            format!("{n:.0} similar stretches in the run")
        }),
        Theme::Rarity => ("stronger", |n| {
            format!("{n:.0} other stretches of a like length stand out as much")
        }),
        _ => ("set_count", |n| {
            format!("against {n:.0} other efforts found: length, speed, spacing")
        }),
    };
    let count = value(name);
    (text(count), count, "count")
}

/// Returns the sentence of a theme whose number is a share.
fn in_percent(theme: Theme, value: &dyn Fn(&str) -> f64) -> Words {
    let (share, text): (f64, fn(f64) -> String) = match theme {
        Theme::Evenness => (value("unevenness"), |p| {
            format!("pace varies {p:.1} % inside")
        }),
        Theme::Edges => (value("edge_start").min(value("edge_end")), |p| {
            format!("speed changes by at least {p:.0} % at its edges")
        }),
        Theme::Wander => (value("run_wander"), |p| {
            format!("the run's own pace wanders {p:.1} %")
        }),
        Theme::Slope => (value("slope"), |p| format!("slope {p:.1} %")),
        _ => (value("run_slow"), |p| {
            format!("{p:.0} % of the run is stood, walked or paused")
        }),
    };
    let percent = 100.0 * share;
    (text(percent), percent, "%")
}

fn faster(percent: f64, than: &str) -> Words {
    let word = if percent < 0.0 { "slower" } else { "faster" };
    (
        format!("{:.0} % {word} {than}", percent.abs()),
        percent,
        "%",
    )
}

fn signed(percent: f64, what: &str, than: &str, more: &str, less: &str) -> Words {
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

fn heart(rise: f64) -> Words {
    if rise.is_finite() {
        (format!("heart rate changes by {rise:+.0} bpm"), rise, "bpm")
    } else {
        ("heart rate not recorded".to_owned(), rise, "")
    }
}

/// Returns the reason that a lap gives, with what it adds to the log-odds whether or not the data bear
/// it out: what was meant is evidence by itself.
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
            PROGRAMMED_MARKS * LAP_LOG_ODDS
        } else {
            LAP_LOG_ODDS
        }),
    }
}

/// Returns the reason that a lone sustained effort has besides; by the run alone, as documents are read
/// with other habits later.
pub(crate) fn of_sustained(candidate: &Candidate) -> Option<Evidence> {
    let log_odds = sustained::log_odds(candidate, None);
    let more = (candidate.contrast - 1.0) * 100.0;
    (log_odds > 0.0).then(|| Evidence {
        text: format!("long and even, {more:.0} % faster than the other running of the run"),
        value: Some(round(more, 1)),
        unit: Some("%".to_owned()),
        contribution: Some(log_odds),
    })
}

/// Returns the reason for a segment that is no bout: its place, with its speed beside it. It has no
/// log-odds, as nothing was weighed.
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

#[cfg(test)]
mod tests;
