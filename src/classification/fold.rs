//! The fold over an athlete's runs in order of time: the one place where history grows.

use chrono::Days;
use chrono::NaiveDate;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use crate::classification::Session;
use crate::classification::balance;
use crate::classification::classify;
use crate::classification::easy_blocks::kind_at;
use crate::classification::features::works;
use crate::history::History;
use crate::history::PastSession;
use crate::history::Reference;
use crate::history::References;
use crate::history::known_days;
use crate::ingest::Sport;
use crate::or_default::OrDefault;
use crate::segmentation::AthletePast;
use crate::segmentation::Evidence;
use crate::segmentation::Segment;
use crate::settings::Corrections;
use crate::settings::Settings;
use crate::summary::DataQuality;
use crate::summary::MeanMax;
use crate::summary::PackedRun;
use crate::summary::RunDetails;
use crate::summary::RunHead;
use crate::summary::RunSummary;
use crate::summary::SteadyBlock;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// So many summaries are unpacked while as many are judged.
///
/// # Units
/// Runs. Chosen: enough for several threads, and half a megabyte.
const UNPACKED_AT_ONCE: usize = 32;

/// Judges all runs of one athlete, each with what was known before its day.
///
/// The sessions come in order of start. Runs whose start is not known come first: they are judged
/// by themselves and do not enter history. With `hindsight`, reference values rest on the days
/// around each run instead of the days before it.
#[must_use]
pub fn judge(
    runs: Vec<RunSummary>,
    settings: &Settings,
    corrections: &Corrections,
    hindsight: bool,
) -> Vec<Session> {
    let runs = runs.into_iter().map(PackedRun::from).collect();
    judge_packed(runs, settings, corrections, hindsight, Keep::All)
}

/// The same for summaries that may be packed. What is not to be kept of a session goes as soon as it is
/// judged and in the history.
#[must_use]
pub fn judge_packed(
    mut runs: Vec<PackedRun>,
    settings: &Settings,
    corrections: &Corrections,
    hindsight: bool,
    keep: Keep,
) -> Vec<Session> {
    runs.sort_by(|a, b| order(&a.head).cmp(&order(&b.head)));
    if !hindsight {
        return fold(runs, settings, corrections, None, keep);
    }
    let first_look = fold(runs.clone(), settings, corrections, None, Keep::All);
    let whole = history_of(settings, &first_look).with_hindsight();
    drop(first_look);
    fold(runs, settings, corrections, Some(&whole), keep)
}

/// How much of a session is kept once it is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// All of it, so that it can be written down and judged again.
    #[default]
    All,
    /// What the review of a block looks at.
    ForReview(Span),
}

/// The weeks that are reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// So many that end with the last activity.
    Weeks(u64),
    /// All from a day on.
    From(NaiveDate),
    /// All there are.
    All,
}

impl Span {
    /// Returns the first day from which a review of the span looks at more of a session than its totals:
    /// workouts and bests are compared with those of a year before the block.
    fn first_day(self, last: Option<NaiveDate>) -> Option<NaiveDate> {
        /// A year, with the week in which the block may begin and the days of time zones.
        const BEFORE_BLOCK_DAYS: u64 = 380;
        const WEEK_DAYS: u64 = 7;
        let first = match self {
            Span::Weeks(weeks) => last?.checked_sub_days(Days::new(weeks.checked_mul(WEEK_DAYS)?)),
            Span::From(day) => Some(day),
            Span::All => None,
        };
        first?.checked_sub_days(Days::new(BEFORE_BLOCK_DAYS))
    }
}

impl Keep {
    /// Leaves out what is not kept; `first` is the first day of which more than totals is kept.
    fn of(self, session: &mut Session, first: Option<NaiveDate>) {
        if self == Self::All {
            return;
        }
        if session.head.day < first {
            session.segments = Vec::new();
            session.best_efforts = Vec::new();
            session.evidence = Vec::new();
            session.sets = Vec::new();
            session.references = OrDefault::default();
            session.summary = OrDefault::default();
            session.drift = OrDefault::default();
            session.durability = OrDefault::default();
            session.data_quality = DataQuality::default();
            session.laps = OrDefault::default();
            session.expectation = OrDefault::default();
            session.warnings = Vec::new();
            if let Some(distribution) = &mut session.distribution {
                distribution.by_gauge = Vec::new();
            }
            if let Some(load) = &mut session.load {
                load.by_segment = Vec::new();
            }
            return;
        }
        let details: &mut RunDetails = &mut session.summary;
        details.candidates = Vec::new();
        details.readings = Vec::new();
        details.mean_max = Vec::new();
        details.histograms = Vec::new();
        details.steady_blocks = Vec::new();
        session.laps.rows = Vec::new();
        for segment in &mut session.segments {
            segment.evidence = Vec::new();
        }
        session.segments.shrink_to_fit();
    }
}

/// By start, then by what tells files apart, so that the order of the input does not matter.
fn order(head: &RunHead) -> impl Ord + '_ {
    let source = &head.source;
    (
        head.start_time,
        &source.path,
        &source.member,
        &source.sha256,
    )
}

fn fold(
    runs: Vec<PackedRun>,
    settings: &Settings,
    corrections: &Corrections,
    whole: Option<&History>,
    keep: Keep,
) -> Vec<Session> {
    let mut history = History::new(settings.clone());
    let nobody = History::new(settings.clone());
    let mut sessions = Vec::with_capacity(runs.len());
    let first = match keep {
        Keep::All => None,
        Keep::ForReview(span) => span.first_day(last_day(&runs)),
    };
    unpacked_ahead(runs, |mut run| {
        let correction = corrections.of(&run.head.source.sha256);
        let Some(day) = run.head.day else {
            run.read_again(AthletePast::default());
            let mut session = classify(run, References::default(), &nobody, correction);
            session.evidence.push(without_date());
            keep.of(&mut session, first);
            sessions.push(session);
            return;
        };
        let known = whole.unwrap_or(&history);
        let references = known.references(day);
        run.read_again(AthletePast {
            habits: known.habits(day, &references).as_ref(),
            race_m: race_m(settings, day),
        });
        let mut session = classify(run, references, &history, correction);
        history.extend_with(&session);
        history.forget_details_before(day);
        keep.of(&mut session, first);
        sessions.push(session);
    });
    sessions
}

/// Takes runs one after the other, unpacked, while the next ones are unpacked by whichever threads are free:
/// each is judged by those before it, but unpacking takes as long as judging.
fn unpacked_ahead(runs: Vec<PackedRun>, mut take: impl FnMut(RunSummary) + Send) {
    let mut packed = runs.into_iter();
    let mut next = || {
        let some: Vec<PackedRun> = packed.by_ref().take(UNPACKED_AT_ONCE).collect();
        some.into_par_iter().map(PackedRun::unpacked).collect()
    };
    let mut ready: Vec<RunSummary> = next();
    while !ready.is_empty() {
        let judged = || ready.into_iter().for_each(&mut take);
        ((), ready) = rayon::join(judged, &mut next);
    }
}

/// Returns the day of the last run; a date that cannot be right is none.
fn last_day(runs: &[PackedRun]) -> Option<NaiveDate> {
    let days = runs.iter().filter_map(|run| run.head.day);
    known_days(days).map(|(_, last)| last)
}

fn without_date() -> Evidence {
    Evidence {
        text: "no start time: judged by itself, left out of the history".to_owned(),
        value: None,
        unit: None,
        contribution: None,
    }
}

/// Returns the history that the sessions of one athlete make, in order of their start.
#[must_use]
pub fn history_of(settings: &Settings, sessions: &[Session]) -> History {
    let mut history = History::new(settings.clone());
    for session in sessions {
        history.extend_with(session);
    }
    history
}

impl History {
    /// Adds a session, unless it is excluded or its date is not known.
    pub fn extend_with(&mut self, session: &Session) {
        if let Some(past) = past_session(session) {
            self.push(past);
        }
    }
}

/// Returns what later sessions need of a session; nothing when it is excluded or its date is not
/// known.
fn past_session(session: &Session) -> Option<PastSession> {
    let head = &session.head;
    let (start, day) = (head.start_time?, head.day?);
    if session.excluded {
        return None;
    }
    let elapsed = chrono::Duration::try_milliseconds(milliseconds(head.elapsed_s))?;
    let details = &session.summary;
    // What the user says was no run teaches nothing about running.
    let is_run = head.sport == Sport::Running && session.kind.is_run();
    let of_run = |blocks: &dyn Fn() -> Vec<SteadyBlock>| match is_run {
        true => blocks(),
        false => Vec::new(),
    };
    Some(PastSession {
        day,
        start,
        end: start.checked_add_signed(elapsed)?,
        is_run,
        quality: session.quality,
        easy: is_easy(session.kind),
        race: session.kind == SessionKind::Race,
        is_named: session.official.is_some(),
        moving_s: head.moving_s,
        distance_m: head.distance_m,
        easy_blocks: of_run(&|| habit_blocks(session)),
        steady_blocks: of_run(&|| details.steady_blocks.clone()),
        repetitions: repetitions(session),
        mean_max: if is_run {
            true_mean_max(session)
        } else {
            Vec::new()
        },
        shown_critical_speed_m_s: is_run.then(|| shown_critical_speed(session)).flatten(),
        pace_wander: details.wander.blocks_60s,
        heart_rate_max_20min_bpm: details.heart_rate_max_20min_bpm,
        heart_rate_max_10s_bpm: details.heart_rate_max_10s_bpm,
        power_source: details.power_w.and(details.power_source.clone()),
        athlete: details.athlete.clone(),
    })
}

/// Returns the distance of the race that the settings name for a day.
fn race_m(settings: &Settings, day: NaiveDate) -> Option<f64> {
    let mut of_day = settings.races.iter().filter(|race| race.day == day);
    of_day.find_map(|race| race.distance_m)
}

/// Returns the efforts of a session: seconds and effort speed.
fn repetitions(session: &Session) -> Vec<(f64, f64)> {
    let efforts = session.segments.iter().filter(|one| one.kind.is_work());
    efforts
        .filter_map(|one| Some((one.elapsed_s(), one.effort_speed_m_s?)))
        .filter(|(_, speed_m_s)| *speed_m_s > 0.0)
        .collect()
}

/// Returns the curve of greatest means, at the scale of the official distance where there is one, and
/// with the race itself: its time is none of the usual ones.
fn true_mean_max(session: &Session) -> Vec<MeanMax> {
    let mut curve = session.summary.mean_max.clone();
    if let Some(official) = &session.official {
        let scale = official.scale();
        curve.iter_mut().for_each(|point| point.speed_m_s *= scale);
        if let Some(time_s) = official.time_s {
            let longer = curve.partition_point(|point| point.duration_s < time_s);
            let like = longer.checked_sub(1).and_then(|shorter| curve.get(shorter));
            let race = MeanMax {
                duration_s: time_s,
                speed_m_s: official.distance_m / time_s,
                start_s: official.start_s,
                heart_rate_bpm: like.and_then(|shorter| shorter.heart_rate_bpm),
                slope: like.and_then(|shorter| shorter.slope),
                suspect_s: 0.0,
                unwitnessed: false,
            };
            curve.insert(longer, race);
        }
    }
    curve
}

/// Returns the critical speed that the repetitions of a session take with their rests.
fn shown_critical_speed(session: &Session) -> Option<f64> {
    let works: Vec<&Segment> = works(&session.segments).collect();
    (works.len() >= 2)
        .then(|| balance::taken(&balance::parts(&session.segments, &works)))
        .flatten()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, and no activity lasts 2^63 milliseconds"
)]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1000.0) as i64
}

/// Returns whether runs of a kind count as easy running.
fn is_easy(kind: SessionKind) -> bool {
    use SessionKind::*;
    matches!(kind, Easy | Recovery | Long | Steady)
}

/// Returns the blocks that show the athlete's easy habit: all base running of easy runs, warm-up
/// and cool-down of the others, among them runs in the middle zone. Recovery runs are slower than the
/// habit by their definition: they would draw the measure towards themselves. While nothing is known of
/// the athlete, moderate running is a guess: most first files are easy runs, and a habit learned from none of
/// them would make the next ones races.
fn habit_blocks(session: &Session) -> Vec<SteadyBlock> {
    use SessionKind::*;
    let critical = session.references.critical_speed_m_s.as_ref();
    let is_guess = critical.is_none_or(Reference::is_weak);
    let whole_run = matches!(session.kind, Easy | Long) || (session.kind == Steady && is_guess);
    let blocks = session.summary.steady_blocks.iter();
    blocks
        .filter(|block| {
            let kind = kind_at(&session.segments, block.start_s);
            match kind {
                // An easy run that got faster by itself is still one.
                SegmentKind::Steady | SegmentKind::Progression => whole_run,
                SegmentKind::WarmUp | SegmentKind::CoolDown => true,
                _ => false,
            }
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests;
