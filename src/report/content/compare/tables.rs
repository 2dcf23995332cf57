//! A comparison as tables in words, for page, terminal and Markdown alike.

use crate::report::content::bests;
use crate::report::content::compare::BlockComparison;
use crate::report::content::compare::BlockSide;
use crate::report::content::compare::Comparison;
use crate::report::content::compare::HeartRateAtPace;
use crate::report::content::compare::PairedRep;
use crate::report::content::compare::PairedSplit;
use crate::report::content::compare::RunComparison;
use crate::report::content::compare::RunSide;
use crate::report::content::compare::cells::bare_pace;
use crate::report::content::compare::cells::change;
use crate::report::content::compare::cells::or_dash;
use crate::report::content::compare::cells::pace;
use crate::report::content::compare::cells::pace_change;
use crate::report::content::compare::cells::signed;
use crate::report::content::compare::cells::whole;
use crate::report::content::partial_sums;
use crate::review::percentages;
use crate::units::Metres;
use crate::units::SECONDS_PER_HOUR;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// The words of the three zones.
const ZONES: [&str; 3] = ["easy", "moderate", "hard"];

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its title; may be empty for names of rows.
    pub title: String,
    /// Whether it holds numbers, flush right.
    pub is_number: bool,
}

/// A table in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its title.
    pub title: String,
    /// Its columns; the first names the row.
    pub columns: Vec<Column>,
    /// Its rows, a cell a column; may hold names from files.
    pub rows: Vec<Vec<String>>,
    /// What is to be said below it; may be empty.
    pub remark: String,
}

impl Table {
    fn new(title: impl Into<String>, columns: &[&str], rows: Vec<Vec<String>>) -> Self {
        let columns = columns.iter().enumerate();
        Self {
            title: title.into(),
            columns: columns
                .map(|(index, title)| Column {
                    title: (*title).to_owned(),
                    is_number: index > 0,
                })
                .collect(),
            rows,
            remark: String::new(),
        }
    }
}

/// Returns the tables of a comparison; those that would be empty are left out.
#[must_use]
pub fn tables(comparison: &Comparison, units: UnitSystem) -> Vec<Table> {
    let all = match comparison {
        Comparison::Runs(runs) => of_runs(runs, units),
        Comparison::Blocks(blocks) => of_blocks(blocks, units),
    };
    all.into_iter()
        .filter(|table| !table.rows.is_empty())
        .collect()
}

fn of_runs(runs: &RunComparison, units: UnitSystem) -> Vec<Table> {
    let [a, b] = &runs.runs;
    let mut tables = vec![
        Table::new("The runs", &["", "A", "B"], facts([a, b], units)),
        reps(&runs.reps, units),
    ];
    let at_pace = runs.heart_rate_at_pace.as_ref();
    tables.extend(at_pace.map(|at_pace| at_pace_table(at_pace, units)));
    let splits = match units {
        UnitSystem::Metric => &runs.splits,
        UnitSystem::Imperial => &runs.mile_splits,
    };
    tables.push(splits_table(splits, units));
    tables.push(zones([a.zone_s, b.zone_s]));
    tables
}

/// Returns the rows of both runs in short.
fn facts(sides: [&RunSide; 2], units: UnitSystem) -> Vec<Vec<String>> {
    type Fact = fn(&RunSide, UnitSystem) -> Option<String>;
    let facts: [(&str, Fact); 10] = [
        ("file", |side, _| Some(side.path.clone())),
        ("day", |side, _| side.day.map(|day| day.to_string())),
        ("kind", |side, _| Some(side.kind.words().to_owned())),
        ("what", |side, _| Some(side.title.clone())),
        ("distance", |side, units| {
            side.distance_m.map(|metres| Metres(metres).show(units))
        }),
        ("moving", |side, _| Some(Seconds(side.moving_s).show())),
        ("pace", |side, units| pace(side.speed_m_s, units)),
        ("grade-adjusted", |side, units| {
            pace(side.effort_speed_m_s, units)
        }),
        ("heart rate", |side, _| {
            side.heart_rate_bpm.map(|beats| format!("{beats:.0} bpm"))
        }),
        ("load", |side, _| {
            side.load.map(|load| format!("{load:.0} points"))
        }),
    ];
    let rows = facts.iter().map(|(name, fact)| {
        let values = sides.map(|side| or_dash(fact(side, units)));
        [vec![(*name).to_owned()], values.to_vec()].concat()
    });
    rows.collect()
}

/// Returns the cells of pace, heart rate and their differences in both runs.
fn pace_and_heart(
    speeds: [Option<f64>; 2],
    beats: [Option<f64>; 2],
    units: UnitSystem,
) -> [String; 6] {
    [
        bare_pace(speeds[0], units),
        bare_pace(speeds[1], units),
        pace_change(speeds, units),
        whole(beats[0]),
        whole(beats[1]),
        change(beats),
    ]
}

/// The columns of [`pace_and_heart`].
const PACE_AND_HEART: [&str; 6] = ["A", "B", "s", "A bpm", "B bpm", "bpm"];

fn reps(reps: &[PairedRep], units: UnitSystem) -> Table {
    let rows = reps.iter().map(|pair| {
        let of = pair.runs.each_ref().map(Option::as_ref);
        let speeds = of.map(|rep| rep?.speed_m_s);
        let beats = of.map(|rep| rep?.heart_rate_bpm);
        let [a, b] = of.map(|rep| or_dash(rep.and_then(|rep| rep.name.clone())));
        let name = if a == b {
            format!("{} · {a}", pair.number)
        } else {
            format!("{} · {a}, {b}", pair.number)
        };
        [vec![name], pace_and_heart(speeds, beats, units).to_vec()].concat()
    });
    let unit = units.pace_unit();
    Table {
        remark: format!(
            "pace in min{unit}; s: seconds{unit} that B took more (+) or less (−); bpm: the same of heart rate"
        ),
        ..Table::new(
            "Repetitions of the main set",
            &[&["rep"], &PACE_AND_HEART[..]].concat(),
            rows.collect(),
        )
    }
}

fn splits_table(splits: &[PairedSplit], units: UnitSystem) -> Table {
    let rows = splits.iter().map(|pair| {
        let of = pair.runs.each_ref().map(Option::as_ref);
        let speeds = of.map(|split| split?.speed_m_s);
        let beats = of.map(|split| split?.heart_rate_bpm);
        let cells = pace_and_heart(speeds, beats, units).to_vec();
        [vec![split_name(pair, units)], cells].concat()
    });
    Table::new(
        "Splits",
        &[&[units.distance_unit()], &PACE_AND_HEART[..]].concat(),
        rows.collect(),
    )
}

/// Returns the number of a split, with the lengths of those that are no whole ones.
fn split_name(pair: &PairedSplit, units: UnitSystem) -> String {
    let unit_m = units.distance_m();
    let parts = pair.runs.iter().zip(["A", "B"]).filter_map(|(split, run)| {
        let metres = split.as_ref()?.distance_m;
        (metres < unit_m - 1.0).then(|| format!("{run} {:.2}", metres / unit_m))
    });
    let parts: Vec<String> = parts.collect();
    match parts.is_empty() {
        true => pair.number.to_string(),
        false => format!("{} ({})", pair.number, parts.join(", ")),
    }
}

fn at_pace_table(at_pace: &HeartRateAtPace, units: UnitSystem) -> Table {
    let row = |name: &str, values: [String; 2]| [vec![name.to_owned()], values.to_vec()].concat();
    let runs = at_pace.runs.each_ref();
    let rows = vec![
        row(
            "heart rate",
            runs.map(|run| format!("{:.0} bpm", run.heart_rate_bpm)),
        ),
        row(
            "grade-adjusted",
            runs.map(|run| or_dash(pace(Some(run.effort_speed_m_s), units))),
        ),
        row(
            &format!("beats{}", units.pace_unit()),
            runs.map(|run| format!("{:.0}", run.beats_per_m * units.distance_m())),
        ),
    ];
    let word = if at_pace.change_pct < 0.0 {
        "fewer"
    } else {
        "more"
    };
    Table {
        remark: format!(
            "of {}: B took {:.1} % {word} beats for the same way; heat, ground and tiredness move that by some percent",
            at_pace.parts,
            at_pace.change_pct.abs()
        ),
        ..Table::new("Heart rate at pace", &["", "A", "B"], rows)
    }
}

/// Returns the time in three zones and its share; without rows where neither is known.
fn zones(sides: [Option<[f64; 3]>; 2]) -> Table {
    let percents = sides.map(|zones| zones.and_then(percentages));
    let is_known = percents.iter().any(Option::is_some);
    let rows = ZONES.iter().enumerate().filter(|_| is_known);
    let rows = rows.map(|(index, word)| {
        let cell = |side: usize| {
            let known = sides[side].zip(percents[side]);
            or_dash(known.map(|(seconds, percents)| {
                format!("{} · {} %", Seconds(seconds[index]).show(), percents[index])
            }))
        };
        vec![(*word).to_owned(), cell(0), cell(1)]
    });
    Table::new("Time in zones", &["zone", "A", "B"], rows.collect())
}

fn of_blocks(blocks: &BlockComparison, units: UnitSystem) -> Vec<Table> {
    let [a, b] = &blocks.blocks;
    let bests = blocks.best_efforts.iter().map(|best| {
        let [a, b] = best.time_s;
        let seconds = |value: Option<f64>| or_dash(value.map(|value| Seconds(value).show()));
        let name = bests::distance_name(best.distance_m);
        vec![name, seconds(a), seconds(b), change([a, b])]
    });
    vec![
        Table {
            remark: "means of a week, as blocks may differ in length".to_owned(),
            ..Table::new("A week", &["", "A", "B", "B to A"], weekly([a, b], units))
        },
        Table::new("The blocks", &["", "A", "B"], whole_blocks([a, b], units)),
        zones([Some(a.zone_s), Some(b.zone_s)]),
        Table {
            remark: "fastest continuous times; s: seconds that B took more (+) or less (−)"
                .to_owned(),
            ..Table::new(
                "Best efforts",
                &["distance", "A", "B", "s"],
                bests.collect(),
            )
        },
    ]
}

/// Returns the rows of what an average week held, each with its change in percent.
fn weekly(sides: [&BlockSide; 2], units: UnitSystem) -> Vec<Vec<String>> {
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let row = |name: &str, sums: [Option<f64>; 2], show: &dyn Fn(f64) -> String| {
        let a_week = [0, 1].map(|side| sides[side].a_week(sums[side]?));
        let [a, b] = a_week.map(|value| or_dash(value.map(show)));
        let both = a_week[0].zip(a_week[1]).filter(|(a, _)| *a > 0.0);
        let change = both.map(|(a, b)| format!("{} %", signed((b / a - 1.0) * 100.0)));
        vec![name.to_owned(), a, b, or_dash(change)]
    };
    let one_decimal = |value: f64| format!("{value:.1}");
    vec![
        row(
            "runs",
            sides.map(|side| Some(count(side.runs))),
            &one_decimal,
        ),
        row("distance", sides.map(|side| side.distance_m), &|metres| {
            Metres(metres).show_short(units)
        }),
        row(
            "moving",
            sides.map(|side| Some(side.moving_s)),
            &|seconds| format!("{:.1} h", seconds / SECONDS_PER_HOUR),
        ),
        row("load", sides.map(|side| side.load), &|load| {
            format!("{load:.0}")
        }),
        row(
            "quality sessions",
            sides.map(|side| Some(count(side.quality_sessions))),
            &one_decimal,
        ),
        row(
            "hard days",
            sides.map(|side| Some(count(side.hard_days))),
            &one_decimal,
        ),
        row(
            "days of rest",
            sides.map(|side| Some(count(side.rest_days))),
            &one_decimal,
        ),
    ]
}

fn whole_blocks(sides: [&BlockSide; 2], units: UnitSystem) -> Vec<Vec<String>> {
    type Fact = fn(&BlockSide, UnitSystem) -> Option<String>;
    let facts: [(&str, Fact); 7] = [
        ("from", |side, _| side.from.map(|day| day.to_string())),
        ("to", |side, _| side.to.map(|day| day.to_string())),
        ("runs", |side, _| Some(side.runs.to_string())),
        ("distance", |side, units| {
            let sign = partial_sums::sign(side.measured_runs, side.runs);
            let distance = side.distance_m?;
            Some(format!("{sign}{}", Metres(distance).show_short(units)))
        }),
        ("longest run", |side, _| {
            Some(Seconds(side.longest_run_s).show())
        }),
        ("easy pace at the end", |side, units| {
            pace(side.easy_speed_m_s, units)
        }),
        ("critical speed at the end", |side, units| {
            pace(side.critical_speed_m_s, units)
        }),
    ];
    let rows = facts.iter().map(|(name, fact)| {
        let values = sides.map(|side| or_dash(fact(side, units)));
        [vec![(*name).to_owned()], values.to_vec()].concat()
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::content::compare::Run;
    use crate::report::made_up;

    fn titles(tables: &[Table]) -> Vec<&str> {
        tables.iter().map(|table| table.title.as_str()).collect()
    }

    #[test]
    fn every_row_has_a_cell_a_column() {
        let (session, streams) = made_up::intervals();
        let run = Run::of(&session, Some(&streams));
        let runs = Comparison::Runs(Box::new(RunComparison::of([&run, &run])));
        let review = crate::review::review(&made_up::season(4), &Default::default());
        let blocks = Comparison::Blocks(Box::new(BlockComparison::of([&review, &review])));
        for comparison in [&runs, &blocks] {
            for units in [UnitSystem::Metric, UnitSystem::Imperial] {
                let tables = tables(comparison, units);
                assert!(tables.len() >= 3, "{:?}", titles(&tables));
                for table in &tables {
                    let widths = table.rows.iter().map(Vec::len);
                    assert!(widths.clone().all(|width| width == table.columns.len()));
                }
            }
        }
        let metric = tables(&runs, UnitSystem::Metric);
        let expected = [
            "The runs",
            "Repetitions of the main set",
            "Heart rate at pace",
            "Splits",
            "Time in zones",
        ];
        assert_eq!(titles(&metric), expected);
    }

    #[test]
    fn a_last_split_says_how_long_it_is() {
        let side = |distance_m| {
            Some(crate::report::content::compare::SplitSide {
                distance_m,
                moving_s: 200.0,
                speed_m_s: None,
                heart_rate_bpm: None,
            })
        };
        let pair = |runs| PairedSplit { number: 6, runs };
        let name = |runs| split_name(&pair(runs), UnitSystem::Metric);
        assert_eq!(name([side(1000.0), side(1000.0)]), "6");
        assert_eq!(name([side(430.0), side(1000.0)]), "6 (A 0.43)");
        assert_eq!(name([side(430.0), None]), "6 (A 0.43)");
    }
}
