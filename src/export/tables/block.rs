//! The tables of a block: days, weeks, findings; and of months.

use std::collections::BTreeMap;

use chrono::NaiveDate;

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
use crate::export::tables::column::word;
use crate::report::content::periods;
use crate::report::content::periods::Period;
use crate::review::Day;
use crate::review::Finding;
use crate::review::LoadPoint;
use crate::review::Review;
use crate::review::Week;
use crate::settings::WellnessDay;

/// A part of a block.
pub(super) struct Part<'a, T> {
    review: &'a Review,
    part: &'a T,
}

/// Returns the days of all blocks.
pub(super) fn days(reviews: &[Review]) -> impl Iterator<Item = Part<'_, Day>> {
    reviews
        .iter()
        .flat_map(|review| review.days.iter().map(move |part| Part { review, part }))
}

/// Returns the weeks of all blocks.
pub(super) fn weeks(reviews: &[Review]) -> impl Iterator<Item = Part<'_, Week>> {
    reviews
        .iter()
        .flat_map(|review| review.weeks.iter().map(move |part| Part { review, part }))
}

/// Returns the columns of the table of days.
pub(super) fn day_columns<'a>() -> Vec<Column<Part<'a, Day>>> {
    vec![
        text("athlete", "the sub-folder, with `--athletes`", |p| {
            p.review.athlete.as_deref().into()
        }),
        always(day("day", "the day", |p| p.part.day.into())),
        word("week", "the week that it lies in", |p| {
            week_of(p).map_or(Cell::Absent, |week| Cell::word(week.name.as_str()))
        }),
        always(word("kind", "hard, medium, easy, cross or rest", |p| {
            Cell::name(&p.part.kind)
        })),
        always(integer("activities", "how many", |p| {
            p.part.sessions.len().into()
        })),
        always(boolean("double", "whether it held two runs or more", |p| {
            p.part.double.into()
        })),
        text(
            "sessions",
            "the activities, as in the table of sessions",
            |p| {
                let lines = p.part.sessions.iter();
                Cell::list(lines.filter_map(|&index| Some(&p.review.sessions.get(index)?.id)))
            },
        ),
        of(
            "points",
            float("load", "load of the rated runs; 0 without runs", |p| {
                load(p, |point| point.load)
            }),
        ),
        of(
            "points",
            float(
                "smoothed_load_7_days",
                "load smoothed over about 7 days",
                |p| load(p, |point| point.smoothed_7),
            ),
        ),
        of(
            "points",
            float(
                "smoothed_load_42_days",
                "load smoothed over about 42 days",
                |p| load(p, |point| point.smoothed_42),
            ),
        ),
        of(
            "points",
            float("load_ramp", "how much the latter changed in 7 days", |p| {
                load(p, |point| point.ramp)
            }),
        ),
        float(
            "resting_hr_bpm",
            "resting heart rate, from `wellness.csv`",
            |p| noted(p, |day| day.resting_hr_bpm),
        ),
        float(
            "hrv_ms",
            "heart-rate variability (RMSSD), from there",
            |p| noted(p, |day| day.hrv_ms),
        ),
        float("sleep_h", "sleep of the night before, from there", |p| {
            noted(p, |day| day.sleep_h)
        }),
        float("soreness", "0 (none) to 10, from there", |p| {
            noted(p, |day| day.soreness)
        }),
        float("mood", "0 (the worst) to 10, from there", |p| {
            noted(p, |day| day.mood)
        }),
    ]
}

/// Returns the columns of the table of weeks.
pub(super) fn week_columns<'a>() -> Vec<Column<Part<'a, Week>>> {
    vec![
        text("athlete", "the sub-folder, with `--athletes`", |p| {
            p.review.athlete.as_deref().into()
        }),
        always(word(
            "week",
            "its name, as in 2026-W19; the first day where weeks begin with Sunday",
            |p| Cell::word(p.part.name.as_str()),
        )),
        always(day(
            "monday",
            "its first day, the Sunday where weeks begin with it",
            |p| p.part.monday.into(),
        )),
        of(
            "days",
            always(integer(
                "days_in_block",
                "the days of it that lie in the block; 7 for a whole week",
                |p| p.part.days_in_block.into(),
            )),
        ),
        always(integer("runs", "runs", |p| p.part.runs.into())),
        float(
            "distance_m",
            "distance of the runs of which it is known; 0 without runs",
            |p| p.part.distance_m.into(),
        ),
        always(integer(
            "measured_runs",
            "runs whose distance is known",
            |p| p.part.measured_runs.into(),
        )),
        always(float("moving_s", "running time", |p| {
            p.part.moving_s.into()
        })),
        always(float(
            "longest_run_s",
            "the longest run by moving time",
            |p| p.part.longest_run_s.into(),
        )),
        float("longest_run_m", "the longest run by distance", |p| {
            p.part.longest_run_m.into()
        }),
        always(integer("quality_sessions", "quality sessions", |p| {
            p.part.quality_sessions.into()
        })),
        of(
            "points",
            float("load", "load of the rated runs; 0 without runs", |p| {
                p.part.load.into()
            }),
        ),
        always(integer("rated_runs", "runs whose load is known", |p| {
            p.part.rated_runs.into()
        })),
        of(
            "points",
            float(
                "cross_training_load",
                "load of the rated other activities",
                |p| p.part.cross_training_load.into(),
            ),
        ),
        of(
            "ratio",
            float(
                "monotony",
                "mean daily load over its standard deviation; contested",
                |p| p.part.monotony.into(),
            ),
        ),
        of(
            "points",
            float("strain", "load times monotony; contested", |p| {
                p.part.strain.into()
            }),
        ),
        always(float(
            "zone_1_s",
            "running below the first threshold",
            |p| p.part.zone_s[0].into(),
        )),
        always(float("zone_2_s", "running between the thresholds", |p| {
            p.part.zone_s[1].into()
        })),
        always(float(
            "zone_3_s",
            "running above the second threshold",
            |p| p.part.zone_s[2].into(),
        )),
        always(float("unrated_s", "running that could not be rated", |p| {
            p.part.unrated_s.into()
        })),
    ]
}

/// Returns the findings of all blocks.
pub(super) fn findings(reviews: &[Review]) -> impl Iterator<Item = Part<'_, Finding>> {
    reviews.iter().flat_map(|review| {
        review
            .findings
            .iter()
            .map(move |part| Part { review, part })
    })
}

/// Returns the columns of the table of findings.
pub(super) fn finding_columns<'a>() -> Vec<Column<Part<'a, Finding>>> {
    vec![
        text("athlete", "the sub-folder, with `--athletes`", |p| {
            p.review.athlete.as_deref().into()
        }),
        day("from", "the first day of the block", |p| {
            p.review.from.into()
        }),
        day("to", "the last day of the block", |p| p.review.to.into()),
        always(word(
            "finding",
            "which finding, as in `easy_days_easy`",
            |p| Cell::word(p.part.id.as_str()),
        )),
        always(word("tone", "good, look, fact or not_evaluated", |p| {
            Cell::name(&p.part.tone)
        })),
        always(text("text", "what it says", |p| {
            p.part.text.as_str().into()
        })),
        always(word("grade", "how well it is founded", |p| {
            Cell::name(&p.part.grade)
        })),
        text("source", "where the rule comes from", |p| {
            p.part.source.as_str().into()
        }),
        always(float("weight", "how much it matters: greater first", |p| {
            p.part.weight.into()
        })),
        text(
            "sessions",
            "the sessions that it rests on, as in the table of sessions",
            |p| Cell::list(&p.part.sessions),
        ),
        text(
            "numbers",
            "the numbers in it, each as name=value unit",
            |p| {
                let numbers = p.part.numbers.iter();
                Cell::list(numbers.map(|one| format!("{}={} {}", one.name, one.value, one.unit)))
            },
        ),
    ]
}

/// A calendar month of an athlete.
pub(super) struct Month<'a> {
    athlete: Option<&'a str>,
    year: i32,
    month: u32,
    sums: Period,
}

/// Returns the months of all athletes with an activity.
pub(super) fn months(sessions: &[Session]) -> impl Iterator<Item = Month<'_>> {
    let athletes = sessions.chunk_by(|a, b| a.head.athlete == b.head.athlete);
    athletes.flat_map(|own| {
        let years = periods::years(own).into_keys();
        let months = years.flat_map(move |year| {
            let months: BTreeMap<u32, Period> = periods::months(own, year);
            months
                .into_iter()
                .map(move |(month, sums)| (year, month, sums))
        });
        months.map(|(year, month, sums)| Month {
            athlete: own.first().and_then(|first| first.head.athlete.as_deref()),
            year,
            month,
            sums,
        })
    })
}

/// Returns the columns of the table of months.
pub(super) fn month_columns<'a>() -> Vec<Column<Month<'a>>> {
    vec![
        text("athlete", "the sub-folder, with `--athletes`", |m| {
            m.athlete.into()
        }),
        always(word("month", "the month, as in 2026-01", |m| {
            Cell::word(format!("{:04}-{:02}", m.year, m.month))
        })),
        always(day("first_day", "its first day", |m| {
            NaiveDate::from_ymd_opt(m.year, m.month, 1).into()
        })),
        always(integer("runs", "runs", |m| m.sums.runs.into())),
        always(integer("others", "other activities", |m| {
            m.sums.others.into()
        })),
        always(integer("quality_sessions", "quality sessions", |m| {
            m.sums.hard.into()
        })),
        float(
            "distance_m",
            "distance of the runs of which it is known",
            |m| m.sums.distance_m.into(),
        ),
        always(integer(
            "measured_runs",
            "runs whose distance is known",
            |m| m.sums.measured_runs.into(),
        )),
        always(float("moving_s", "running time", |m| {
            m.sums.moving_s.into()
        })),
        always(float(
            "longest_run_s",
            "the longest run by moving time",
            |m| m.sums.longest_s.into(),
        )),
        float(
            "ascent_m",
            "metres climbed by the runs of which it is known",
            |m| m.sums.ascent_m.into(),
        ),
        of(
            "points",
            float("load", "load of the rated runs", |m| m.sums.load.into()),
        ),
        always(integer("rated_runs", "runs whose load is known", |m| {
            m.sums.rated_runs.into()
        })),
        always(float(
            "zone_1_s",
            "running below the first threshold",
            |m| m.sums.zone_s[0].into(),
        )),
        always(float("zone_2_s", "running between the thresholds", |m| {
            m.sums.zone_s[1].into()
        })),
        always(float(
            "zone_3_s",
            "running above the second threshold",
            |m| m.sums.zone_s[2].into(),
        )),
    ]
}

/// Returns the week of a day.
fn week_of<'a>(part: &Part<'a, Day>) -> Option<&'a Week> {
    let weeks = &part.review.weeks;
    let after = weeks.partition_point(|week| week.monday <= part.part.day);
    weeks.get(after.checked_sub(1)?)
}

/// Returns a number that the athlete noted of a day.
fn noted(part: &Part<'_, Day>, number: fn(&WellnessDay) -> Option<f64>) -> Cell {
    part.part.wellness.as_ref().and_then(number).into()
}

/// Returns a number of the load curve on a day.
fn load<T: Into<Cell>>(part: &Part<'_, Day>, number: fn(&LoadPoint) -> T) -> Cell {
    let curve = &part.review.load_curve;
    let index = curve.binary_search_by_key(&part.part.day, |point| point.day);
    let found = index.ok().map(|index| number(&curve[index]).into());
    found.unwrap_or(Cell::Absent)
}
