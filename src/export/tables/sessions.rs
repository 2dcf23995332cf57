//! The table of sessions.

use chrono::DateTime;
use chrono::FixedOffset;
use chrono::SecondsFormat;

use crate::classification::Distribution;
use crate::classification::Session;
use crate::export::tables::cell::Cell;
use crate::export::tables::column::Column;
use crate::export::tables::column::always;
use crate::export::tables::column::boolean;
use crate::export::tables::column::day;
use crate::export::tables::column::float;
use crate::export::tables::column::integer;
use crate::export::tables::column::of;
use crate::export::tables::column::text;
use crate::export::tables::column::time;
use crate::export::tables::column::word;
use crate::history::Reference;
use crate::review::session_id;
use crate::review::session_title;

/// Returns the columns of the table of sessions.
pub(super) fn session_columns<'a>() -> Vec<Column<&'a Session>> {
    let groups = [
        run_columns(),
        kind_columns(),
        zone_columns(),
        load_columns(),
        execution_columns(),
        reference_columns(),
        quality_columns(),
        local_columns(),
        remark_columns(),
        mean_columns(),
    ];
    groups.into_iter().flatten().collect()
}

/// Returns the columns of what was run: file, day, sport, totals.
fn run_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        always(word(
            "session",
            "the identifier by which all other tables refer to it: the day and the start of the hash",
            |s| Cell::word(session_id(s)),
        )),
        text("athlete", "the sub-folder, with `--athletes`", |s| {
            s.head.athlete.as_deref().into()
        }),
        always(text("path", "the file, relative to what was given", |s| {
            s.head.source.path.as_str().into()
        })),
        text(
            "member",
            "the path inside an archive, or the number of the activity in the file",
            |s| s.head.source.member.as_deref().into(),
        ),
        word("format", "fit, gpx or tcx", |s| {
            Cell::name(&s.head.source.format)
        }),
        always(word("sha256", "the SHA-256 of the unpacked file", |s| {
            Cell::word(s.head.source.sha256.as_str())
        })),
        text("device", "the device", |s| {
            s.head.source.device.as_deref().into()
        }),
        day("day", "the local day of the start", |s| s.head.day.into()),
        always(word(
            "day_from",
            "where the local day comes from: file, timezone, position or utc",
            |s| Cell::name(&s.head.day_from),
        )),
        time("start_time", "when it started, in UTC", |s| {
            s.head.start_time.into()
        }),
        integer("utc_offset_s", "local time less UTC", |s| {
            s.head.utc_offset_s.into()
        }),
        always(word("sport", "the sport", |s| Cell::name(&s.head.sport))),
        text(
            "sub_sport",
            "the kind of that sport, in the words of the file",
            |s| s.head.sub_sport.as_deref().into(),
        ),
        text("name", "its title", |s| s.head.name.as_deref().into()),
        always(float(
            "elapsed_s",
            "from the first to the last record",
            |s| s.head.elapsed_s.into(),
        )),
        always(float("timer_s", "with the timer running", |s| {
            s.head.timer_s.into()
        })),
        always(float("moving_s", "moving", |s| s.head.moving_s.into())),
        float("distance_m", "distance", |s| s.head.distance_m.into()),
        float("ascent_m", "metres climbed, where altitude is sound", |s| {
            s.head.ascent_m.into()
        }),
    ]
}

/// Returns the columns of what kind of session it was, and what the user says of it.
fn kind_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        always(word("kind", "the kind of session", |s| Cell::name(&s.kind))),
        always(float("kind_confidence", "how sure that is, 0–1", |s| {
            s.kind_confidence.into()
        })),
        word("runner_up", "the next best kind", |s| {
            let runner_up = s.runner_up.as_ref();
            runner_up.map_or(Cell::Absent, |r| Cell::name(&r.kind))
        }),
        float(
            "runner_up_confidence",
            "how sure that would be, 0–1",
            |s| s.runner_up.as_ref().map(|r| r.confidence).into(),
        ),
        always(boolean(
            "quality",
            "whether it was a quality session: a hard day",
            |s| s.quality.into(),
        )),
        text("title", "what is worth saying of it in a few words", |s| {
            session_title(s).as_str().into()
        }),
        text("sets", "the names of its sets", |s| {
            Cell::list(s.sets.iter().map(|set| &set.name))
        }),
        text("tags", "further marks, as in `strides`", |s| {
            Cell::list(&s.tags)
        }),
        always(boolean("corrected", "whether you corrected it", |s| {
            s.corrected.into()
        })),
        always(boolean(
            "excluded",
            "whether it is left out of history and review",
            |s| s.excluded.into(),
        )),
        text("note", "your note", |s| s.note.as_deref().into()),
    ]
}

/// Returns the columns of time in zones.
fn zone_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        word("zone_basis", "what the zones were measured by", |s| {
            s.distribution
                .as_ref()
                .map_or(Cell::Absent, |d| Cell::word(d.basis.name()))
        }),
        float("zone_1_s", "below the first threshold", |s| {
            zone(s, |d| d.zone_s[0])
        }),
        float("zone_2_s", "between the thresholds", |s| {
            zone(s, |d| d.zone_s[1])
        }),
        float("zone_3_s", "above the second threshold", |s| {
            zone(s, |d| d.zone_s[2])
        }),
        float(
            "middle_outside_quality_s",
            "in the middle zone outside intended tempo",
            |s| zone(s, |d| d.middle_outside_quality_s),
        ),
        of(
            "ratio",
            float(
                "zone_coverage",
                "the share of moving time that could be rated",
                |s| zone(s, |d| d.coverage),
            ),
        ),
        float("five_zone_1_s", "in the first of five zones", |s| {
            zone(s, |d| d.five_zone_s[0])
        }),
        float("five_zone_2_s", "in the second of five zones", |s| {
            zone(s, |d| d.five_zone_s[1])
        }),
        float("five_zone_3_s", "in the third of five zones", |s| {
            zone(s, |d| d.five_zone_s[2])
        }),
        float("five_zone_4_s", "in the fourth of five zones", |s| {
            zone(s, |d| d.five_zone_s[3])
        }),
        float("five_zone_5_s", "in the fifth of five zones", |s| {
            zone(s, |d| d.five_zone_s[4])
        }),
        float(
            "gauge_disagreement_s",
            "steady running that speed and heart rate put into different zones",
            |s| zone(s, |d| d.disagreement_s),
        ),
        integer("goal_zone", "the zone of its main set, 1–3", |s| {
            s.distribution.as_ref().map(|d| d.goal_zone).into()
        }),
    ]
}

/// Returns the columns of load and how hard it was.
fn load_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        of(
            "points",
            float("load", "what it cost: 100 is an hour at threshold", |s| {
                s.load.as_ref().map(|l| l.value).into()
            }),
        ),
        word("load_method", "what the load was computed from", |s| {
            s.load
                .as_ref()
                .map_or(Cell::Absent, |l| Cell::word(l.method.name()))
        }),
        of(
            "ratio",
            float(
                "load_coverage",
                "the share of moving time that could be rated",
                |s| s.load.as_ref().map(|l| l.coverage).into(),
            ),
        ),
        float("perceived_exertion", "perceived exertion, 0–10", |s| {
            s.perceived_exertion.into()
        }),
        float("feel", "how it felt, 0–100", |s| s.feel.into()),
        of(
            "h",
            float(
                "hours_since_key_session",
                "from the end of the last quality session to its start",
                |s| s.hours_since_key_session.into(),
            ),
        ),
    ]
}

/// Returns the columns of how it was run.
fn execution_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        float(
            "heart_rate_drift_pct",
            "how much heart rate rose against speed from half to half",
            |s| s.drift.pa_hr_pct.into(),
        ),
        float(
            "efficiency_change_pct",
            "how much speed for each heartbeat changed in the last third",
            |s| s.durability.efficiency_change_pct.into(),
        ),
        float("split_pct", "how much faster the second half was", |s| {
            s.split.as_ref().map(|split| split.change_pct).into()
        }),
        of(
            "ratio",
            float(
                "of_modelled_best",
                "speed of the efforts over the most that is modelled as possible",
                |s| {
                    let execution = s.execution.as_ref();
                    execution.and_then(|e| e.of_modelled_best).into()
                },
            ),
        ),
        float(
            "heart_rate_above_own_line_bpm",
            "heart rate less that of the athlete's own line",
            |s| s.expectation.difference_bpm.into(),
        ),
        always(boolean(
            "unexpectedly_hard",
            "whether it was much harder than that line says",
            |s| s.expectation.unexpectedly_hard.into(),
        )),
    ]
}

/// Returns the columns of the reference values of its day.
fn reference_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        float("easy_speed_m_s", "habitual easy speed on its day", |s| {
            value(&s.references.easy_speed_m_s)
        }),
        float("critical_speed_m_s", "critical speed on its day", |s| {
            value(&s.references.critical_speed_m_s)
        }),
        float("critical_power_w", "critical power on its day", |s| {
            value(&s.references.critical_power_w)
        }),
        float(
            "threshold_heart_rate_bpm",
            "threshold heart rate on its day",
            |s| value(&s.references.threshold_heart_rate_bpm),
        ),
        float(
            "maximum_heart_rate_bpm",
            "maximum heart rate on its day",
            |s| value(&s.references.maximum_heart_rate_bpm),
        ),
        float(
            "resting_heart_rate_bpm",
            "resting heart rate on its day",
            |s| value(&s.references.resting_heart_rate_bpm),
        ),
        of(
            "ratio",
            float(
                "pace_wander",
                "how much the pace of easy running wanders",
                |s| value(&s.references.pace_wander),
            ),
        ),
    ]
}

/// Returns the columns of how good the recording is.
fn quality_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        of(
            "ratio",
            always(float(
                "data_coverage",
                "the share of the timer with sound records",
                |s| s.data_quality.coverage.into(),
            )),
        ),
        always(word("speed_source", "where speed comes from", |s| {
            Cell::name(&s.data_quality.speed)
        })),
        always(word("heart_rate_quality", "how good heart rate is", |s| {
            Cell::name(&s.data_quality.heart_rate)
        })),
        always(word(
            "laps_used",
            "what fixed the boundaries: structured, manual, detected or ignored",
            |s| Cell::name(&s.laps.used),
        )),
        text(
            "warnings",
            "the codes of what was repaired or dropped",
            |s| Cell::list(s.warnings.iter().map(|warning| &warning.code)),
        ),
    ]
}

/// Returns the columns of local time.
fn local_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        word(
            "start_local",
            "local time of the start with its offset, as in 2026-01-06T07:00:00+01:00",
            |s| {
                let start =
                    local_start(s).map(|start| start.to_rfc3339_opts(SecondsFormat::AutoSi, false));
                start.map_or(Cell::Absent, Cell::word)
            },
        ),
        word("utc_offset", "that offset: the zone of the start", |s| {
            local_start(s).map_or(Cell::Absent, |start| Cell::word(start.offset().to_string()))
        }),
    ]
}

/// Returns the columns of what the athlete wrote and marked on a platform.
fn remark_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        word(
            "platform",
            "the platform whose export says more of it",
            |s| Cell::name(&s.head.remarks.platform),
        ),
        text("description", "the description written there", |s| {
            s.head.remarks.description.as_deref().into()
        }),
        text(
            "private_note",
            "the note for nobody else, only with `--private-notes`",
            |s| s.head.remarks.private_note.as_deref().into(),
        ),
        text("gear", "the shoes", |s| {
            s.head.remarks.gear.as_deref().into()
        }),
        always(boolean("commute", "whether it was a way to work", |s| {
            s.head.remarks.commute.into()
        })),
        word(
            "meant",
            "what it was marked as: race, workout or long_run",
            |s| Cell::name(&s.head.remarks.meant),
        ),
        always(boolean(
            "without_recording",
            "whether all that is known are totals",
            |s| s.head.remarks.without_recording.into(),
        )),
        text(
            "training_effect",
            "what the device found that it trained",
            |s| s.head.remarks.training_effect.as_deref().into(),
        ),
        always(boolean(
            "typed_in",
            "whether you typed it in, as the platform says",
            |s| s.head.remarks.typed_in.into(),
        )),
    ]
}

/// Returns the columns of means over the whole activity.
fn mean_columns<'a>() -> Vec<Column<&'a Session>> {
    vec![
        float("heart_rate_bpm", "mean heart rate", |s| {
            s.summary.mean_heart_rate_bpm.into()
        }),
        float("power_w", "mean power while moving", |s| {
            s.summary.power_w.into()
        }),
        float("temperature_c", "mean temperature", |s| {
            s.summary.temperature_c.into()
        }),
    ]
}

/// Returns the local time of the start; absent where the offset is not known.
fn local_start(session: &Session) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(session.head.utc_offset_s?)?;
    Some(session.head.start_time?.with_timezone(&offset))
}

/// Returns a number of the distribution over zones.
fn zone(session: &Session, number: fn(&Distribution) -> f64) -> Cell {
    session.distribution.as_deref().map(number).into()
}

/// Returns the value of a reference.
fn value(reference: &Option<Reference>) -> Cell {
    reference.as_ref().map(|reference| reference.value).into()
}
