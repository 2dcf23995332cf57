//! The essentials of a training block, in at most 40 lines.

use crate::clean::clean_text;
use crate::report::content::partial_sums;
use crate::report::content::strip;
use crate::report::content::zones;
use crate::report::text::layout::ABSENT;
use crate::report::text::layout::LINE_WIDTH;
use crate::report::text::layout::Side;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::table;
use crate::review::BlockTotals;
use crate::review::Day;
use crate::review::DayKind;
use crate::review::Review;
use crate::review::Tone;
use crate::review::Week;
use crate::settings::WeekStart;
use crate::units::Metres;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// The most lines of a review.
///
/// # Units
/// Lines: what a large terminal shows at once.
const MOST_LINES: usize = 40;
/// The most weeks in the table; the last ones count.
const MOST_WEEKS: usize = 12;
/// What stands in a day strip for a day outside the block.
const OUTSIDE: &str = "_";

/// Returns the essentials: totals, weeks with their day strips, the foremost findings.
#[must_use]
pub fn review_text(review: &Review, units: UnitSystem) -> String {
    let mut text = heading(review);
    text.push('\n');
    for line in totals(review, units) {
        text.push_str(&paragraph(&line, LINE_WIDTH, 0, 2));
    }
    if !review.weeks.is_empty() {
        text.push('\n');
        text.push_str(&weeks_text(review, units));
    }
    text.push('\n');
    let room = MOST_LINES.saturating_sub(text.lines().count());
    text.push_str(&findings_text(review, room));
    text
}

/// Returns the heading line.
pub(super) fn heading(review: &Review) -> String {
    let span = match (review.from, review.to) {
        (Some(from), Some(to)) => format!(
            "{from} to {to}, {}",
            crate::units::plural(review.weeks.len(), "week")
        ),
        _ => "no dated activity".to_owned(),
    };
    let whose = review.athlete.as_deref().map(clean_text);
    let whose = whose.map(|name| format!("{name}: ")).unwrap_or_default();
    paragraph(&format!("{whose}Training block {span}"), LINE_WIDTH, 0, 2)
}

/// Returns the lines of totals and distributions.
pub(super) fn totals(review: &Review, units: UnitSystem) -> Vec<String> {
    let totals = &review.totals;
    let rated = |count: usize| format!("{count} of {} runs rated", totals.runs);
    let mut lines = vec![format!(
        "{} · {} · {} · {} · {} other activities",
        crate::units::plural(totals.runs, "run"),
        distance(totals, units),
        Seconds(totals.moving_s).show(),
        crate::units::plural(totals.quality_sessions, "quality session"),
        totals.cross_training
    )];
    if totals.rated_runs > 0 {
        let rated = rated(totals.rated_runs);
        let beside = match totals.cross_training_load {
            Some(points) if points > 0.0 => format!("; other sports {points:.0} beside it"),
            _ => String::new(),
        };
        let load = totals.load.unwrap_or_default();
        lines.push(format!("Running load: {load:.0} points ({rated}{beside})"));
    }
    if let (Some(point), true) = (review.load_curve.last(), totals.rated_runs > 0) {
        lines.push(format!(
            "Smoothed load: {:.0} points a day over 7 days, {:.0} over 42 days",
            point.smoothed_7, point.smoothed_42
        ));
    }
    let distribution = &review.distribution;
    let rated = rated(distribution.rated_runs);
    if let Some([low, middle, high]) = distribution.time_pct() {
        lines.push(format!(
            "Running time by zone: {low} % easy, {middle} % moderate, {high} % hard ({rated})"
        ));
    }
    lines.extend(zones::of_sums(&totals.own_zones).iter().map(zones::line));
    if distribution.rated_runs > 0 {
        let [low, middle, high] = distribution.goal_runs;
        lines.push(format!(
            "Runs by the zone of their main part: {low} in zone 1, {middle} in zone 2, {high} in zone 3 ({rated})"
        ));
    }
    lines
}

/// Returns the distance of a block, and of how many runs it is.
fn distance(totals: &BlockTotals, units: UnitSystem) -> String {
    let part = partial_sums::of_runs(totals.measured_runs, totals.runs);
    match totals.distance_m {
        None => "no distance recorded".to_owned(),
        Some(metres) if part.is_empty() => Metres(metres).show_short(units),
        Some(metres) => format!("{} ({part})", Metres(metres).show_short(units)),
    }
}

/// Returns the table of the last weeks and the legend of its day strips.
fn weeks_text(review: &Review, units: UnitSystem) -> String {
    let left_out = review.weeks.len().saturating_sub(MOST_WEEKS);
    let weeks = &review.weeks[left_out..];
    let rows = weeks
        .iter()
        .map(|week| week_row(week, &review.days, units))
        .collect();
    let mut text = table(&week_head(units, review.week_starts), rows, LINE_WIDTH);
    let legend = match left_out {
        0 => legend(weeks),
        _ => format!("{}; {left_out} earlier weeks not shown", legend(weeks)),
    };
    text.push_str(&paragraph(&legend, LINE_WIDTH, 0, 0));
    text
}

/// Returns what the letters of a day strip mean, and what the signs before numbers do.
pub(super) fn legend(weeks: &[Week]) -> String {
    let keys = strip::KINDS.map(|kind| match kind {
        DayKind::Hard => format!("{} (quality session)", strip::day_key(kind)),
        _ => strip::day_key(kind),
    });
    let is_partial = |week: &Week| {
        let known = [week.measured_runs, week.rated_runs];
        known
            .iter()
            .any(|known| partial_sums::is_partial(*known, week.runs))
    };
    let part = if weeks.iter().any(is_partial) {
        format!(", {}", partial_sums::AT_LEAST_KEY)
    } else {
        String::new()
    };
    format!("{}, {OUTSIDE} not in the block{part}", keys.join(", "))
}

/// Returns the head of the table of weeks.
pub(super) fn week_head(units: UnitSystem, starts: WeekStart) -> [(&'static str, Side); 8] {
    let days = match starts {
        WeekStart::Monday => "Mo to Su",
        WeekStart::Sunday => "Su to Sa",
    };
    [
        ("week", Side::Left),
        (days, Side::Left),
        ("runs", Side::Right),
        (units.distance_unit(), Side::Right),
        ("time", Side::Right),
        ("longest", Side::Right),
        ("quality", Side::Right),
        ("load", Side::Right),
    ]
}

/// Returns the row of a week; a partial one says how many of its days lie in the block.
pub(super) fn week_row(week: &Week, days: &[Day], units: UnitSystem) -> Vec<String> {
    let name = match week.days_in_block {
        7 => week.name.clone(),
        part => format!("{} {part}/7", week.name),
    };
    let sum = |value: Option<String>, known| match value {
        Some(value) => format!("{}{value}", partial_sums::sign(known, week.runs)),
        None => ABSENT.to_owned(),
    };
    let distance = week.distance_m.map(|metres| metres / units.distance_m());
    let distance = distance.map(|length| format!("{length:.1}"));
    let load = week.load.map(|points| format!("{points:.0}"));
    vec![
        name,
        day_letters(week, days),
        week.runs.to_string(),
        sum(distance, week.measured_runs),
        Seconds(week.moving_s).show(),
        Seconds(week.longest_run_s).show(),
        week.quality_sessions.to_string(),
        sum(load, week.rated_runs),
    ]
}

/// Returns the seven letters of a week.
fn day_letters(week: &Week, days: &[Day]) -> String {
    let letters: Vec<&str> = week
        .monday
        .iter_days()
        .take(7)
        .map(
            |date| match days.binary_search_by_key(&date, |day| day.day) {
                Ok(index) => strip::day_letter(days[index].kind),
                Err(_) => OUTSIDE,
            },
        )
        .collect();
    letters.join(" ")
}

/// Returns the mark before a finding.
pub(super) fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "+",
        Tone::Look => "!",
        Tone::Fact => "-",
        Tone::NotEvaluated => "?",
    }
}

/// Returns the foremost findings that fit the room.
fn findings_text(review: &Review, room: usize) -> String {
    let mut text = String::new();
    let mut shown = 0;
    for finding in review.ranked().0 {
        let line = format!(
            "{} {} [{}]",
            mark(finding.tone),
            clean_text(&finding.text),
            finding.grade.words()
        );
        let lines = paragraph(&line, LINE_WIDTH, 0, 2);
        // One line stays free for what is left out.
        if text.lines().count() + lines.lines().count() + 1 > room {
            break;
        }
        text.push_str(&lines);
        shown += 1;
    }
    match review.findings.len() - shown {
        0 => text,
        more => format!("{text}({more} more: --format markdown)\n"),
    }
}
