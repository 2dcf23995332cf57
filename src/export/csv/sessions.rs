//! The table of sessions.

use crate::classification::Distribution;
use crate::classification::Session;
use crate::export::csv::cell::Cell;
use crate::export::csv::columns::Column;
use crate::history::Reference;
use crate::review::session_id;
use crate::review::session_title;

/// Returns the columns of the table of sessions.
pub(super) fn session_columns<'a>() -> Vec<Column<&'a Session>> {
    [
        run_columns(),
        kind_columns(),
        zone_columns(),
        load_columns(),
        execution_columns(),
        reference_columns(),
        quality_columns(),
    ]
    .concat()
}

/// Returns the columns of what was run: file, day, sport, totals.
fn run_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        ("session", |s| Cell::Code(session_id(s))),
        ("athlete", |s| s.head.athlete.as_deref().into()),
        ("path", |s| s.head.source.path.as_str().into()),
        ("member", |s| s.head.source.member.as_deref().into()),
        ("format", |s| Cell::name(&s.head.source.format)),
        ("sha256", |s| Cell::Code(s.head.source.sha256.clone())),
        ("device", |s| s.head.source.device.as_deref().into()),
        ("day", |s| s.head.day.into()),
        ("day_from", |s| Cell::name(&s.head.day_from)),
        ("start_time", |s| s.head.start_time.into()),
        ("utc_offset_s", |s| s.head.utc_offset_s.into()),
        ("sport", |s| Cell::name(&s.head.sport)),
        ("sub_sport", |s| s.head.sub_sport.as_deref().into()),
        ("name", |s| s.head.name.as_deref().into()),
        ("elapsed_s", |s| s.head.elapsed_s.into()),
        ("timer_s", |s| s.head.timer_s.into()),
        ("moving_s", |s| s.head.moving_s.into()),
        ("distance_m", |s| s.head.distance_m.into()),
        ("ascent_m", |s| s.head.ascent_m.into()),
    ]
}

/// Returns the columns of what kind of session it was, and what the user says of it.
fn kind_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        ("kind", |s| Cell::name(&s.kind)),
        ("kind_confidence", |s| s.kind_confidence.into()),
        ("runner_up", |s| {
            let runner_up = s.runner_up.as_ref();
            runner_up.map_or(Cell::Absent, |r| Cell::name(&r.kind))
        }),
        ("runner_up_confidence", |s| {
            s.runner_up.as_ref().map(|r| r.confidence).into()
        }),
        ("quality", |s| s.quality.into()),
        ("title", |s| session_title(s).as_str().into()),
        ("sets", |s| Cell::list(s.sets.iter().map(|set| &set.name))),
        ("tags", |s| Cell::list(&s.tags)),
        ("corrected", |s| s.corrected.into()),
        ("excluded", |s| s.excluded.into()),
        ("note", |s| s.note.as_deref().into()),
    ]
}

/// Returns the columns of time in zones.
fn zone_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        ("zone_basis", |s| {
            s.distribution.as_ref().map(|d| d.basis.name()).into()
        }),
        ("zone_1_s", |s| zone(s, |d| d.zone_s[0])),
        ("zone_2_s", |s| zone(s, |d| d.zone_s[1])),
        ("zone_3_s", |s| zone(s, |d| d.zone_s[2])),
        ("middle_outside_quality_s", |s| {
            zone(s, |d| d.middle_outside_quality_s)
        }),
        ("zone_coverage", |s| zone(s, |d| d.coverage)),
        ("five_zone_1_s", |s| zone(s, |d| d.five_zone_s[0])),
        ("five_zone_2_s", |s| zone(s, |d| d.five_zone_s[1])),
        ("five_zone_3_s", |s| zone(s, |d| d.five_zone_s[2])),
        ("five_zone_4_s", |s| zone(s, |d| d.five_zone_s[3])),
        ("five_zone_5_s", |s| zone(s, |d| d.five_zone_s[4])),
        ("gauge_disagreement_s", |s| zone(s, |d| d.disagreement_s)),
        ("goal_zone", |s| {
            s.distribution.as_ref().map(|d| d.goal_zone).into()
        }),
    ]
}

/// Returns the columns of load and how hard it was.
fn load_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        ("load", |s| s.load.as_ref().map(|l| l.value).into()),
        ("load_method", |s| {
            s.load.as_ref().map(|l| l.method.name()).into()
        }),
        ("load_coverage", |s| {
            s.load.as_ref().map(|l| l.coverage).into()
        }),
        ("perceived_exertion", |s| s.perceived_exertion.into()),
        ("feel", |s| s.feel.into()),
        ("hours_since_key_session", |s| {
            s.hours_since_key_session.into()
        }),
    ]
}

/// Returns the columns of how it was run.
fn execution_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        ("heart_rate_drift_pct", |s| s.drift.pa_hr_pct.into()),
        ("efficiency_change_pct", |s| {
            s.durability.efficiency_change_pct.into()
        }),
        ("split_pct", |s| {
            s.split.as_ref().map(|split| split.change_pct).into()
        }),
        ("of_modelled_best", |s| {
            let execution = s.execution.as_ref();
            execution.and_then(|e| e.of_modelled_best).into()
        }),
        ("heart_rate_above_own_line_bpm", |s| {
            s.expectation.difference_bpm.into()
        }),
        ("unexpectedly_hard", |s| {
            s.expectation.unexpectedly_hard.into()
        }),
    ]
}

/// Returns the columns of the reference values of its day.
fn reference_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        ("easy_speed_m_s", |s| value(&s.references.easy_speed_m_s)),
        ("critical_speed_m_s", |s| {
            value(&s.references.critical_speed_m_s)
        }),
        ("critical_power_w", |s| {
            value(&s.references.critical_power_w)
        }),
        ("threshold_heart_rate_bpm", |s| {
            value(&s.references.threshold_heart_rate_bpm)
        }),
        ("maximum_heart_rate_bpm", |s| {
            value(&s.references.maximum_heart_rate_bpm)
        }),
        ("resting_heart_rate_bpm", |s| {
            value(&s.references.resting_heart_rate_bpm)
        }),
        ("pace_wander", |s| value(&s.references.pace_wander)),
    ]
}

/// Returns the columns of how good the recording is.
fn quality_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        ("data_coverage", |s| s.data_quality.coverage.into()),
        ("speed_source", |s| Cell::name(&s.data_quality.speed)),
        ("heart_rate_quality", |s| {
            Cell::name(&s.data_quality.heart_rate)
        }),
        ("laps_used", |s| Cell::name(&s.laps.used)),
        ("warnings", |s| {
            Cell::list(s.warnings.iter().map(|warning| &warning.code))
        }),
    ]
}

/// Returns a number of the distribution over zones.
fn zone(session: &Session, number: fn(&Distribution) -> f64) -> Cell {
    session.distribution.as_ref().map(number).into()
}

/// Returns the value of a reference.
fn value(reference: &Option<Reference>) -> Cell {
    reference.as_ref().map(|reference| reference.value).into()
}
