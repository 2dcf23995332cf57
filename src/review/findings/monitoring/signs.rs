//! Several signs slipping together: what was felt, what the heart did, what was noted each morning.

use chrono::Days;
use chrono::NaiveDate;

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::numbers::as_f64;
use crate::settings::WellnessDay;
use crate::statistics::median;

const IDEA: Idea = Idea {
    id: "signs_together",
    grade: Grade::CoachingConvention,
    source: "the last two weeks against the four before; one sign says little, several together are a \
             reason to look. Nothing here predicts illness or injury",
};

/// The days that are looked at.
///
/// # Units
/// Days. Convention.
const RECENT_DAYS: u64 = 14;
/// The days with which they are compared.
///
/// # Units
/// Days. Convention.
const COMPARED_DAYS: u64 = 28;
/// Rated runs that either stretch needs.
const LEAST_RUNS: usize = 3;
/// Mornings that either stretch needs.
const LEAST_MORNINGS: usize = 5;
/// Signs that can be told from which on they are spoken of.
const LEAST_SIGNS: usize = 2;
/// Unexpectedly hard runs that make a sign.
const HARD_RUNS: usize = 2;

/// A sign: what it is, from which change on it slips, and which way.
struct Sign {
    /// What it is, as in "resting heart rate".
    name: &'static str,
    /// What slipped, as in "resting heart rate up".
    words: &'static str,
    unit: &'static str,
    /// The change that counts, in the unit of the sign; negative when a fall does.
    slips_at: f64,
    /// Values that either stretch needs.
    least: usize,
    values: fn(&Stretch<'_>) -> Vec<f64>,
}

/// The signs. Changes are our choice: about one and a half times what the value scatters by from
/// week to week in steady times.
const SIGNS: [Sign; 7] = [
    Sign {
        name: "perceived exertion of easy days",
        words: "perceived exertion of runs that were not key sessions up",
        unit: "of 10",
        slips_at: 1.5,
        least: LEAST_RUNS,
        values: |stretch| {
            let easy = stretch.runs.iter().filter(|run| !run.is_quality());
            easy.filter_map(|run| run.session.perceived_exertion)
                .collect()
        },
    },
    Sign {
        name: "heart rate for the speed",
        words: "heart rate for the speed up",
        unit: "bpm",
        slips_at: 3.0,
        least: LEAST_RUNS,
        values: |stretch| {
            let runs = stretch.runs.iter();
            runs.filter_map(|run| run.session.expectation.difference_bpm)
                .collect()
        },
    },
    Sign {
        name: "resting heart rate",
        words: "resting heart rate up",
        unit: "bpm",
        slips_at: 4.0,
        least: LEAST_MORNINGS,
        values: |stretch| stretch.noted(|day| day.resting_hr_bpm),
    },
    Sign {
        name: "heart-rate variability",
        words: "heart-rate variability down",
        unit: "ms",
        slips_at: -8.0,
        least: LEAST_MORNINGS,
        values: |stretch| stretch.noted(|day| day.hrv_ms),
    },
    Sign {
        name: "sleep",
        words: "sleep down",
        unit: "h",
        slips_at: -0.75,
        least: LEAST_MORNINGS,
        values: |stretch| stretch.noted(|day| day.sleep_h),
    },
    Sign {
        name: "soreness",
        words: "soreness up",
        unit: "of 10",
        slips_at: 1.5,
        least: LEAST_MORNINGS,
        values: |stretch| stretch.noted(|day| day.soreness),
    },
    Sign {
        name: "mood",
        words: "mood down",
        unit: "of 10",
        slips_at: -1.5,
        least: LEAST_MORNINGS,
        values: |stretch| stretch.noted(|day| day.mood),
    },
];

/// What is known of some days.
struct Stretch<'a> {
    runs: Vec<&'a Entry<'a>>,
    mornings: &'a [WellnessDay],
}

impl Stretch<'_> {
    fn noted(&self, value: fn(&WellnessDay) -> Option<f64>) -> Vec<f64> {
        self.mornings.iter().filter_map(value).collect()
    }
}

/// A sign that could be told.
struct Told {
    sign: &'static Sign,
    change: f64,
}

impl Told {
    fn slips(&self) -> bool {
        if self.sign.slips_at < 0.0 {
            self.change <= self.sign.slips_at
        } else {
            self.change >= self.sign.slips_at
        }
    }

    fn words(&self) -> String {
        format!(
            "{} by {:.1} {}",
            self.sign.words,
            self.change.abs(),
            self.sign.unit
        )
    }
}

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let Some(span) = context.block.span else {
        return not_evaluated(0);
    };
    let recent = stretch(context, span.to, 0, RECENT_DAYS);
    let before = stretch(context, span.to, RECENT_DAYS, RECENT_DAYS + COMPARED_DAYS);
    let told: Vec<Told> = SIGNS
        .iter()
        .filter_map(|sign| told(sign, &recent, &before))
        .collect();
    if told.len() < LEAST_SIGNS {
        return not_evaluated(told.len());
    }
    let hard: Vec<&Entry<'_>> = recent
        .runs
        .iter()
        .copied()
        .filter(|run| run.session.expectation.unexpectedly_hard)
        .collect();
    let mut slipping: Vec<String> = told.iter().filter(|t| t.slips()).map(Told::words).collect();
    if hard.len() >= HARD_RUNS {
        slipping.push(format!("{} runs unexpectedly hard", hard.len()));
    }
    let names: Vec<&str> = told.iter().map(|t| t.sign.name).collect();
    let (tone, text) = match slipping.as_slice() {
        [] => (
            Tone::Good,
            format!(
                "None of {} signs slipped in the last {RECENT_DAYS} days against the {COMPARED_DAYS} \
                 before: {}.",
                told.len(),
                names.join(", ")
            ),
        ),
        [one] => (
            Tone::Fact,
            format!(
                "One of {} signs slipped in the last {RECENT_DAYS} days: {one}.",
                told.len()
            ),
        ),
        several => (
            Tone::Look,
            format!(
                "Several signs slipped together in the last {RECENT_DAYS} days: {}.",
                several.join("; ")
            ),
        ),
    };
    let mut finding = IDEA
        .says(tone, text)
        .number("signs told", as_f64(told.len()), "1")
        .number("slipping", as_f64(slipping.len()), "1");
    for told in &told {
        finding = finding.number(told.sign.words, told.change, told.sign.unit);
    }
    vec![finding.on(recent.runs)]
}

fn not_evaluated(found: usize) -> Vec<Finding> {
    IDEA.not_evaluated(
        "Signs slipping together",
        "two signs with values in the last 14 days and the 28 before (perceived exertion, heart rate \
         for the speed, or mornings in wellness.csv)",
        &found.to_string(),
    )
}

/// Returns the change of a sign where both stretches hold enough values.
fn told(sign: &'static Sign, recent: &Stretch<'_>, before: &Stretch<'_>) -> Option<Told> {
    let (now, then) = ((sign.values)(recent), (sign.values)(before));
    if now.len() < sign.least || then.len() < sign.least {
        return None;
    }
    Some(Told {
        sign,
        change: median(now)? - median(then)?,
    })
}

/// Returns what is known of the days from `to` to `from` days before the end of the block.
fn stretch<'a>(context: &'a Context<'_>, end: NaiveDate, from: u64, to: u64) -> Stretch<'a> {
    let back = |days: u64| end.checked_sub_days(Days::new(days)).unwrap_or(end);
    let (first, last) = (back(to.saturating_sub(1)), back(from));
    let within = |day: NaiveDate| first <= day && day <= last;
    Stretch {
        runs: context
            .block
            .all_runs()
            .filter(|run| within(run.day))
            .collect(),
        mornings: context
            .wellness
            .between(first, last.succ_opt().unwrap_or(last)),
    }
}
