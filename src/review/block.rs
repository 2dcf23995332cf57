//! Which activities a review is about: the block, what came before it, and what is left out.

use std::cmp::Ordering;

use chrono::Days;
use chrono::NaiveDate;

use crate::classification::Session;
use crate::history;
use crate::review::DEFAULT_WEEKS;
use crate::review::ReviewOptions;
use crate::review::titles::session_id;
use crate::settings::WeekStart;

/// Days of a week.
pub(crate) const DAYS_OF_WEEK: u64 = 7;

/// The days of a block, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// The first day.
    pub(super) from: NaiveDate,
    /// The last day, not before the first.
    pub(super) to: NaiveDate,
}

impl Span {
    /// Returns whether a day lies in the block.
    pub(super) fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Returns the days in order.
    pub(super) fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }
}

/// A dated activity that counts.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// The activity.
    pub(super) session: &'a Session,
    /// Its day.
    pub(super) day: NaiveDate,
    /// Its identifier.
    pub(super) id: String,
}

impl Entry<'_> {
    /// Returns whether the activity is running; other sports and walks are not.
    pub(super) fn is_run(&self) -> bool {
        self.session.kind.is_run()
    }

    /// Returns whether it is a run that counts as a quality session.
    pub(super) fn is_quality(&self) -> bool {
        self.is_run() && self.session.quality
    }
}

/// The activities under review.
#[derive(Clone, Debug, Default)]
pub(super) struct Block<'a> {
    /// The weekday on which its weeks begin.
    pub(super) week_starts: WeekStart,
    /// The days; absent without a dated activity.
    pub(super) span: Option<Span>,
    /// The first and the last day with an activity, in the block or not.
    pub(super) known: Option<Span>,
    /// The activities of the block in order of start.
    pub(super) entries: Vec<Entry<'a>>,
    /// The activities before the block in order of start.
    pub(super) before: Vec<Entry<'a>>,
    /// Identifiers of activities that have no day.
    pub(super) undated: Vec<String>,
    /// The activities whose day cannot be right: they lie in none of the other fields.
    pub(super) far_away: Vec<Entry<'a>>,
    /// The number of activities that are excluded.
    pub(super) excluded: usize,
}

impl<'a> Block<'a> {
    /// Picks the activities of a block.
    pub(super) fn new(sessions: &'a [Session], options: &ReviewOptions) -> Self {
        let (entries, undated) = dated(sessions);
        let (entries, far_away) = together(entries);
        let ends = entries.first().zip(entries.last());
        let known = ends.map(|(first, last)| Span {
            from: first.day,
            to: last.day,
        });
        let span = span(&entries, options);
        let (before, entries) = match span {
            Some(span) => split(entries, span),
            None => (Vec::new(), Vec::new()),
        };
        Self {
            week_starts: options.week_starts,
            span,
            known,
            entries,
            before,
            undated,
            far_away,
            excluded: sessions
                .iter()
                .filter(|session| session.excluded)
                .filter(|session| in_span(session.head.day, span))
                .count(),
        }
    }

    /// Returns the runs of the block in order.
    pub(super) fn runs(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter().filter(|entry| entry.is_run())
    }

    /// Returns the runs before and in the block in order.
    pub(super) fn all_runs(&self) -> impl Iterator<Item = &Entry<'a>> {
        let all = self.before.iter().chain(&self.entries);
        all.filter(|entry| entry.is_run())
    }

    /// Returns the day of the first run of all.
    pub(super) fn first_run_day(&self) -> Option<NaiveDate> {
        self.all_runs().next().map(|run| run.day)
    }
}

/// Returns the activities that count and have a day, in order of start, and the identifiers of those
/// that have none.
pub(super) fn dated(sessions: &[Session]) -> (Vec<Entry<'_>>, Vec<String>) {
    let mut undated = Vec::new();
    let mut entries = Vec::new();
    for session in sessions.iter().filter(|session| !session.excluded) {
        let id = session_id(session);
        match session.head.day {
            Some(day) => entries.push(Entry { session, day, id }),
            None => undated.push(id),
        }
    }
    entries.sort_by(order);
    undated.sort();
    (entries, undated)
}

/// Splits activities in order into those on days that can be right and those far away from them.
fn together(entries: Vec<Entry<'_>>) -> (Vec<Entry<'_>>, Vec<Entry<'_>>) {
    let ends = history::known_days(entries.iter().map(|entry| entry.day));
    let is_near = |day| ends.is_some_and(|(first, last)| first <= day && day <= last);
    entries.into_iter().partition(|entry| is_near(entry.day))
}

/// Returns the first and the last day of what a review looks at; dates so far away that they cannot be
/// right are none. Absent without a dated activity that counts.
#[must_use]
pub fn known_days(sessions: &[Session]) -> Option<(NaiveDate, NaiveDate)> {
    let counted = sessions.iter().filter(|session| !session.excluded);
    history::known_days(counted.filter_map(|session| session.head.day))
}

/// Returns whether a day lies in the block; one that is not known might.
fn in_span(day: Option<NaiveDate>, span: Option<Span>) -> bool {
    day.zip(span).is_none_or(|(day, span)| span.contains(day))
}

/// Compares two activities by what decides their order, whatever order they come in.
fn order(a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    let (head_a, head_b) = (&a.session.head, &b.session.head);
    a.day
        .cmp(&b.day)
        .then(head_a.start_time.cmp(&head_b.start_time))
        .then(head_a.source.path.cmp(&head_b.source.path))
        .then(head_a.source.member.cmp(&head_b.source.member))
        .then(head_a.source.sha256.cmp(&head_b.source.sha256))
}

/// Returns the days of the block.
///
/// It ends with the last activity, never with the clock, and starts with a week; weeks before the
/// first activity of all are not in it, because nothing is known of them. Days that were asked for
/// are clamped in the same way to the weeks that hold activities.
fn span(entries: &[Entry<'_>], options: &ReviewOptions) -> Option<Span> {
    let first = entries.first()?.day;
    let last = entries.last()?.day;
    let starts = options.week_starts;
    let to = options.to.map_or(last, |to| to.min(starts.last_day(last)));
    let given = options.from.map(|from| from.max(starts.first_day(first)));
    let from = given.unwrap_or_else(|| {
        let weeks = u64::from(options.weeks.unwrap_or(DEFAULT_WEEKS).max(1));
        starts
            .first_day(to)
            .checked_sub_days(Days::new((weeks - 1).saturating_mul(DAYS_OF_WEEK)))
            .unwrap_or(NaiveDate::MIN)
            .max(starts.first_day(first))
    });
    (from <= to).then_some(Span { from, to })
}

/// Splits what lies before the block from what lies in it; what lies after it is left out.
fn split<'a>(entries: Vec<Entry<'a>>, span: Span) -> (Vec<Entry<'a>>, Vec<Entry<'a>>) {
    entries
        .into_iter()
        .filter(|entry| entry.day <= span.to)
        .partition(|entry| !span.contains(entry.day))
}
