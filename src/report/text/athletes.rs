//! One line per athlete, for a coach.

use crate::clean::clean_text;
use crate::report::content::partial_sums;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::LINE_WIDTH;
use crate::report::text::layout::Side;
use crate::report::text::layout::cut;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::table;
use crate::review::Finding;
use crate::review::Review;
use crate::review::Tone;
use crate::units::UnitSystem;

/// Columns that a name may take.
const NAME_WIDTH: usize = 14;
/// Columns that the foremost finding may take.
const FINDING_WIDTH: usize = 22;
/// What the columns mean.
const LEGEND: &str = "a week: runs, distance and quality sessions, over the weeks of the block; time in the \
                      easy, moderate and hard zone; single runs more than 10 % longer than any of the 30 \
                      days before; the finding that matters most of those worth a look";

/// Returns a table with a line for each athlete.
#[must_use]
pub fn athletes_text(reviews: &[&Review], units: UnitSystem) -> String {
    let distance = format!("{}/wk", units.distance_unit());
    let head = [
        ("athlete", Side::Left),
        ("runs", Side::Right),
        (distance.as_str(), Side::Right),
        ("quality", Side::Right),
        ("e/m/h %", Side::Right),
        ("spikes", Side::Right),
        ("worth a look", Side::Left),
    ];
    let rows = reviews.iter().map(|review| row(review, units)).collect();
    format!(
        "{}\n{}",
        table(&head, rows, LINE_WIDTH),
        paragraph(&legend(reviews), LINE_WIDTH, 0, 0)
    )
}

fn legend(reviews: &[&Review]) -> String {
    let mut totals = reviews.iter().map(|review| &review.totals);
    if totals.any(|totals| partial_sums::is_partial(totals.measured_runs, totals.runs)) {
        format!("{LEGEND}; {}", partial_sums::AT_LEAST_KEY)
    } else {
        LEGEND.to_owned()
    }
}

fn row(review: &Review, units: UnitSystem) -> Vec<String> {
    let days: u32 = review.weeks.iter().map(|week| week.days_in_block).sum();
    let weeks = f64::from(days) / 7.0;
    let a_week = |total: f64, decimals: usize| match weeks {
        none if none <= 0.0 => ABSENT.to_owned(),
        weeks => format!("{:.decimals$}", total / weeks),
    };
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let totals = &review.totals;
    let zones = review.distribution.time_pct();
    let zones = zones.map(|[low, middle, high]| format!("{low}/{middle}/{high}"));
    let name = review.athlete.as_deref().unwrap_or("–");
    vec![
        cut(&clean_text(name), NAME_WIDTH),
        a_week(count(totals.runs), 1),
        totals.distance_m.map_or_else(
            || ABSENT.to_owned(),
            |metres| {
                let sign = partial_sums::sign(totals.measured_runs, totals.runs);
                format!("{sign}{}", a_week(metres / units.distance_m(), 1))
            },
        ),
        a_week(count(totals.quality_sessions), 1),
        zones.unwrap_or_else(|| ABSENT.to_owned()),
        spikes(&review.findings),
        cut(&foremost(&review.findings), FINDING_WIDTH),
    ]
}

/// Returns the number of single long runs, where they could be told.
fn spikes(findings: &[Finding]) -> String {
    let finding = findings.iter().find(|f| f.id == "single_run_spike");
    match finding.filter(|finding| finding.tone != Tone::NotEvaluated) {
        None => ABSENT.to_owned(),
        Some(finding) => {
            let spikes = finding.numbers.iter().find(|n| n.name == "spikes");
            format!("{:.0}", spikes.map_or(0.0, |spikes| spikes.value))
        }
    }
}

/// Returns the name of the foremost finding that is worth a look.
fn foremost(findings: &[Finding]) -> String {
    let look = findings.iter().find(|finding| finding.tone == Tone::Look);
    look.map_or_else(
        || "nothing".to_owned(),
        |finding| finding.id.replace('_', " "),
    )
}
