//! Several athletes side by side, for a coach: who ran when, how this week compares with the usual one,
//! and who needs a call.

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::history;
use crate::report::content::periods::Period;
use crate::review::DAYS_OF_WEEK;
use crate::review::Review;
use crate::review::Tone;
use crate::review::known_days;
use crate::statistics;
use crate::units::SECONDS_PER_HOUR;
use crate::units::plural;
use crate::vocabulary::SessionKind;

/// Weeks before the last one that make the usual week.
///
/// Chosen: two months, long enough for one easier week in four to be no matter.
const USUAL_WEEKS: u64 = 8;
/// Fewer weeks with a run tell nothing of what is usual.
const LEAST_WEEKS: usize = 3;
/// Hard days are counted, and flags looked for, over so many days.
const RECENT: u64 = 14;

/// Days without a run from which someone who usually runs is worth a call.
///
/// Chosen: two missed long runs.
const SILENT_DAYS: i64 = 10;
/// Days without a run after which someone counts as having stopped: they stand last.
///
/// Chosen: a quarter of a year.
const INACTIVE_DAYS: i64 = 90;
/// Two weeks with less than this share of the usual time are a collapse.
///
/// Chosen: an easier week has 60 to 80 % of the usual time, two in a row with less than half are none.
const COLLAPSE: f64 = 0.5;
/// Unexpectedly hard runs in two weeks from which they are worth a word: one may be heat or a sensor.
const LEAST_UNEXPECTED: usize = 2;

/// Findings of the block that speak of the athlete rather than of the plan, and their word.
const OF_THE_ATHLETE: [(&str, &str); 3] = [
    ("volume_fell", "fell"),
    ("perceived_exertion", "exertion"),
    ("signs_together", "signs"),
];

/// Something that a coach would ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// One word for it, as in "spike".
    pub word: &'static str,
    /// Why, in a few words.
    pub why: String,
}

/// One athlete.
#[derive(Clone, Debug, PartialEq)]
pub struct AthleteLine {
    /// The name.
    pub name: Option<String>,
    /// The day and the kind of the latest run.
    pub latest: Option<(NaiveDate, SessionKind)>,
    /// Days from it to the last day of the table.
    pub days_since: Option<i64>,
    /// The last seven days of the table.
    pub week: Period,
    /// Usual moving time of seven days, in seconds; absent where too few weeks are known.
    pub usual_s: Option<f64>,
    /// Usual load of seven days, in points.
    pub usual_load: Option<f64>,
    /// Hard runs of the last 14 days.
    pub hard: usize,
    /// What to ask about, most urgent first.
    pub flags: Vec<Flag>,
}

impl AthleteLine {
    /// Returns whether the athlete has not run for so long that nobody waits for them.
    #[must_use]
    pub fn is_inactive(&self) -> bool {
        self.days_since.is_none_or(|days| days > INACTIVE_DAYS)
    }
}

/// Returns a time in hours with one decimal, as in "3.4 h".
pub(in crate::report) fn hours(seconds: f64) -> String {
    format!("{:.1} h", seconds / SECONDS_PER_HOUR)
}

/// Several athletes over the same days.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The last day of the table: that of the latest activity of all.
    pub last_day: Option<NaiveDate>,
    /// The athletes, those with most to ask about first.
    pub lines: Vec<AthleteLine>,
    /// The place of each line's athlete among those that were given.
    pub places: Vec<usize>,
}

/// Returns the table of some athletes: the review of each and all sessions of it.
#[must_use]
pub fn overview(athletes: &[(&Review, &[Session])]) -> Overview {
    // One watch with a wrong clock is no last day for all.
    let known = athletes.iter().map(|(_, sessions)| known_days(sessions));
    let known: Vec<Option<(NaiveDate, NaiveDate)>> = known.collect();
    let last_day = last_day_of_all(athletes, &known);
    let lines = athletes
        .iter()
        .zip(&known)
        .map(|((review, sessions), known)| {
            let known = known.map(|(first, last)| (first, last.min(last_day.unwrap_or(last))));
            let runs = known_runs(sessions, known);
            line(review, &runs, last_day)
        });
    let mut placed: Vec<(usize, AthleteLine)> = lines.enumerate().collect();
    placed.sort_by_key(|(place, line)| {
        let urgency = std::cmp::Reverse(line.flags.len());
        (line.is_inactive(), urgency, line.days_since, *place)
    });
    let (places, lines) = placed.into_iter().unzip();
    Overview {
        last_day,
        lines,
        places,
    }
}

/// Returns the last day of all athletes, of whom each was active on known days. Who has nothing but one run in
/// the year 9999 is no last day for the others, either.
fn last_day_of_all(
    athletes: &[(&Review, &[Session])],
    known: &[Option<(NaiveDate, NaiveDate)>],
) -> Option<NaiveDate> {
    let of_athletes = athletes
        .iter()
        .zip(known)
        .filter_map(|((_, sessions), known)| {
            let (first, last) = (*known)?;
            let counted = sessions.iter().filter(|session| !session.excluded);
            let days = counted.filter_map(|session| session.head.day);
            Some(days.filter(move |day| first <= *day && *day <= last))
        });
    history::known_days(of_athletes.flatten()).map(|(_, last)| last)
}

/// Returns the runs that count, without those on a date that cannot be right.
fn known_runs(sessions: &[Session], known: Option<(NaiveDate, NaiveDate)>) -> Vec<&Session> {
    let is_known = |day| known.is_none_or(|(first, last)| first <= day && day <= last);
    let runs = sessions.iter().filter(|one| one.is_counted_run());
    runs.filter(|run| run.head.day.is_none_or(is_known))
        .collect()
}

fn line(review: &Review, runs: &[&Session], last_day: Option<NaiveDate>) -> AthleteLine {
    let dated = runs
        .iter()
        .filter_map(|run| Some((run.head.day?, run.kind)));
    let latest = dated.max_by_key(|(day, _)| *day);
    let mut line = AthleteLine {
        name: review.athlete.clone(),
        latest,
        days_since: None,
        week: Period::default(),
        usual_s: None,
        usual_load: None,
        hard: 0,
        flags: Vec::new(),
    };
    let Some(last_day) = last_day else {
        return line;
    };
    line.days_since = latest.map(|(day, _)| (last_day - day).num_days());
    line.week = in_days(runs, last_day, DAYS_OF_WEEK);
    line.hard = in_days(runs, last_day, RECENT).hard;
    let before: Vec<Period> = usual_weeks(runs, last_day);
    line.usual_s = usual(&before, |week| Some(week.moving_s));
    line.usual_load = usual(&before, |week| {
        (week.rated_runs == week.runs).then_some(week.load?)
    });
    line.flags = flags(&line, review, runs, last_day);
    line
}

/// Returns the sums of the days that end with one.
fn in_days(runs: &[&Session], last: NaiveDate, days: u64) -> Period {
    let first = last
        .checked_sub_days(Days::new(days - 1))
        .unwrap_or(NaiveDate::MIN);
    let is_in = |run: &&&Session| run.head.day.is_some_and(|day| first <= day && day <= last);
    Period::of(runs.iter().filter(is_in).copied())
}

/// Returns the weeks before the last one, or before a silence, but for those before the first run.
fn usual_weeks(runs: &[&Session], last_day: NaiveDate) -> Vec<Period> {
    let days = || runs.iter().filter_map(|run| run.head.day);
    let before = last_day.checked_sub_days(Days::new(DAYS_OF_WEEK));
    let Some(((first, latest), before)) = days().min().zip(days().max()).zip(before) else {
        return Vec::new();
    };
    let end = before.min(latest);
    let ends =
        (0..USUAL_WEEKS).filter_map(|week| end.checked_sub_days(Days::new(week * DAYS_OF_WEEK)));
    let known = ends.filter(|end| first <= *end);
    known.map(|end| in_days(runs, end, DAYS_OF_WEEK)).collect()
}

fn usual(weeks: &[Period], value: impl Fn(&Period) -> Option<f64>) -> Option<f64> {
    let values: Option<Vec<f64>> = weeks.iter().map(value).collect();
    let values = values.filter(|values| values.len() >= LEAST_WEEKS)?;
    statistics::median(&values)
}

fn flags(line: &AthleteLine, review: &Review, runs: &[&Session], last_day: NaiveDate) -> Vec<Flag> {
    let since = last_day
        .checked_sub_days(Days::new(RECENT - 1))
        .unwrap_or(NaiveDate::MIN);
    if line.is_inactive() {
        return Vec::new();
    }
    let silent = silent(line);
    let fell = silent
        .is_none()
        .then(|| fell(line, runs, last_day))
        .flatten();
    let mut spikes = review.single_run_spikes().into_iter();
    let spike = spikes.rfind(|run| run.day >= since).map(|run| Flag {
        word: "spike",
        why: format!(
            "{} was far longer than any run of the 30 days before",
            run.day.format("%-d %b")
        ),
    });
    let findings = OF_THE_ATHLETE.iter().filter_map(|(id, word)| {
        let mut findings = review.findings.iter();
        let found = findings.find(|one| one.id == *id && one.tone == Tone::Look)?;
        Some(Flag {
            word,
            why: found.text.clone(),
        })
    });
    let mut flags: Vec<Flag> = silent
        .into_iter()
        .chain(fell)
        .chain(spike)
        .chain(unexpected(runs, since))
        .chain(findings)
        .collect();
    // A collapse that the block tells too is one thing.
    let mut seen = std::collections::BTreeSet::new();
    flags.retain(|flag| seen.insert(flag.word));
    flags
}

fn silent(line: &AthleteLine) -> Option<Flag> {
    let days = line.days_since.filter(|days| *days >= SILENT_DAYS)?;
    line.usual_s.filter(|usual| *usual > 0.0)?;
    Some(Flag {
        word: "silent",
        why: format!("no run for {}", plural_of(days, "day")),
    })
}

fn fell(line: &AthleteLine, runs: &[&Session], last_day: NaiveDate) -> Option<Flag> {
    /// Weeks that are looked at.
    const WEEKS: f64 = 2.0;
    let usual_s = WEEKS * line.usual_s?;
    let own_s = in_days(runs, last_day, RECENT).moving_s;
    (own_s < COLLAPSE * usual_s).then(|| Flag {
        word: "fell",
        why: format!("{} in 14 days, usually {}", hours(own_s), hours(usual_s)),
    })
}

fn unexpected(runs: &[&Session], since: NaiveDate) -> Option<Flag> {
    let recent = runs
        .iter()
        .filter(|run| run.head.day.is_some_and(|day| day >= since));
    let hard = recent
        .filter(|run| run.expectation.unexpectedly_hard)
        .count();
    (hard >= LEAST_UNEXPECTED).then(|| Flag {
        word: "heart rate",
        why: format!(
            "{} in 14 days with a heart rate far above usual for the speed",
            plural(hard, "run")
        ),
    })
}

fn plural_of(count: i64, noun: &str) -> String {
    plural(usize::try_from(count).unwrap_or_default(), noun)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::report::made_up;

    /// Weeks of two runs of a length in minutes.
    fn weeks(minutes: &[f64], name: &str) -> Vec<Session> {
        let days = minutes.iter().zip(0_u64..).flat_map(|(minutes, week)| {
            [1, 4].map(|day| {
                (
                    made_up::first_day() + Days::new(DAYS_OF_WEEK * week + day),
                    *minutes,
                )
            })
        });
        let runs = days.filter(|(_, minutes)| *minutes > 0.0);
        runs.map(|(day, minutes)| {
            let mut run = made_up::plain_session(day, SessionKind::Easy, 60.0 * minutes);
            run.head.athlete = Some(name.to_owned());
            run
        })
        .collect()
    }

    fn words(line: &AthleteLine) -> Vec<&str> {
        line.flags.iter().map(|flag| flag.word).collect()
    }

    #[test]
    fn who_fell_silent_or_fell_off_comes_first() {
        let steady = weeks(&[40.0; 10], "a");
        let silent = weeks(&[40.0, 40.0, 40.0, 40.0, 40.0, 40.0, 40.0, 40.0], "b");
        let fell = weeks(
            &[60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 12.0, 10.0],
            "c",
        );
        let mut gone = weeks(&[40.0; 8], "gone");
        for run in &mut gone {
            run.head.day = run.head.day.map(|day| day - Days::new(200));
        }
        let all = [steady, silent, fell, gone];
        let reviews: Vec<Review> = all
            .iter()
            .map(|one| crate::review::review(one, &Default::default()))
            .collect();
        let athletes: Vec<(&Review, &[Session])> = reviews
            .iter()
            .zip(&all)
            .map(|(review, one)| (review, &one[..]))
            .collect();
        let table = overview(&athletes);
        assert_eq!(table.places[2..], [0, 3]);
        let of = |name: &str| {
            let mut lines = table.lines.iter();
            lines
                .find(|line| line.name.as_deref() == Some(name))
                .unwrap()
        };
        assert_eq!(words(of("a")), [""; 0]);
        assert_eq!(
            (words(of("b"))[0], of("b").days_since),
            ("silent", Some(14))
        );
        assert_eq!(of("b").flags[0].why, "no run for 14 days");
        assert_eq!(words(of("gone")), [""; 0]);
        assert!(of("gone").is_inactive());
        assert!(words(of("c")).contains(&"fell"), "{:?}", of("c"));
        assert_eq!(of("a").week.runs, 2);
        assert!((of("a").usual_s.unwrap() - 4800.0).abs() < 1e-6);
    }

    #[test]
    fn the_findings_that_are_flags_are_findings() {
        for (id, _) in OF_THE_ATHLETE {
            assert!(crate::review::is_finding(id), "{id}");
        }
    }

    #[test]
    fn one_wrong_clock_is_no_last_day_for_all() {
        let mut sessions = weeks(&[40.0; 6], "a");
        let last = sessions.last().and_then(|run| run.head.day);
        let mut wrong = sessions[0].clone();
        wrong.head.day = NaiveDate::from_ymd_opt(9999, 12, 30);
        sessions.push(wrong);
        let review = crate::review::review(&sessions, &Default::default());
        let table = overview(&[(&review, &sessions[..])]);
        assert_eq!(table.last_day, last);
        assert_eq!(table.lines[0].days_since, Some(0));
    }

    #[test]
    fn who_has_nothing_but_a_wrong_date_is_no_last_day_for_the_others() {
        let sound = weeks(&[40.0; 12], "a");
        let mut wrong = weeks(&[40.0], "b");
        wrong.truncate(1);
        wrong[0].head.day = NaiveDate::from_ymd_opt(9999, 12, 30);
        let reviews = [&sound, &wrong].map(|one| crate::review::review(one, &Default::default()));
        let table = overview(&[(&reviews[0], &sound[..]), (&reviews[1], &wrong[..])]);
        assert_eq!(table.last_day, sound.last().and_then(|run| run.head.day));
        assert_eq!(table.lines[0].days_since, Some(0));
        assert!(table.lines[1].is_inactive() && table.lines[1].latest.is_none());
    }

    #[test]
    fn a_beginner_has_no_usual_week() {
        let sessions = weeks(&[30.0, 30.0], "d");
        let review = crate::review::review(&sessions, &Default::default());
        let table = overview(&[(&review, &sessions[..])]);
        assert_eq!(
            (table.lines[0].usual_s, table.lines[0].flags.len()),
            (None, 0)
        );
    }
}
