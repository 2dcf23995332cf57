//! A session in a sentence that a runner would say, and how what was run compares with what was
//! planned.

use crate::classification::Session;
use crate::clean::clean_text;
use crate::report::content::race::Race;
use crate::review::session_title;
use crate::segmentation::Planned;
use crate::segmentation::Segment;
use crate::units::MetresPerSecond;
use crate::units::Seconds;
use crate::units::UnitSystem;
use crate::units::plural;
use crate::vocabulary::SessionKind;

/// Less than this share of the rated time above easy is an easy run that stayed easy.
///
/// Chosen: a hill and a road crossed in a hurry on a run of 40 minutes.
const STAYED_EASY: f64 = 0.1;

/// The word where the evidence speaks for more than one thing.
pub const UNSURE: &str = "unsure";

/// Least confidence of "clear" and of "likely"; less is "unsure".
const EVIDENCE_WORDS: [(f64, &str); 2] = [(0.9, "clear"), (0.6, "likely")];

/// A target of speed is met within this share of it.
///
/// Chosen: some five seconds a kilometre at the pace of intervals, what a watch itself leaves open.
const SPEED_TOLERANCE: f64 = 0.02;
/// A target of heart rate is met within so many beats a minute.
const HEART_RATE_TOLERANCE_BPM: f64 = 2.0;
/// A target of power is met within this share of it.
const POWER_TOLERANCE: f64 = 0.03;

/// Returns how good the evidence of something is, in the words of a runner.
#[must_use]
pub fn evidence_word(confidence: f64) -> &'static str {
    EVIDENCE_WORDS
        .iter()
        .find(|(least, _)| confidence >= *least)
        .map_or(UNSURE, |(_, word)| word)
}

/// Returns a session in a sentence, as in "Intervals: 6 × 1000 m, 90 s jog, at 3:52/km."
#[must_use]
pub fn sentence(session: &Session, units: UnitSystem) -> String {
    let kind = session.kind;
    let mut said = match kind {
        SessionKind::Undecided => return "It cannot be told what kind of session this was.".into(),
        SessionKind::Race => race(session),
        _ => with_title(session),
    };
    if let Some(speed) = mean_of_works(session).filter(|_| kind != SessionKind::Race) {
        let pace = MetresPerSecond(speed).show_pace(units);
        said.push_str(&format!(", at {pace}"));
    }
    said.push_str(&stayed_easy(session).unwrap_or_default());
    said.push('.');
    said
}

/// Returns the same below a heading that is the kind, which it does not repeat.
#[must_use]
pub fn below_its_kind(session: &Session, units: UnitSystem) -> String {
    let said = sentence(session, units);
    let kind = capital(session.kind.words());
    let rest = said.strip_prefix(&kind).unwrap_or_default();
    let rest = rest.strip_prefix(": ").or_else(|| rest.strip_prefix(", "));
    rest.map_or(said.clone(), capital)
}

fn with_title(session: &Session) -> String {
    let kind = capital(session.kind.words());
    let title = clean_text(&session_title(session));
    let said_already = title.to_lowercase().starts_with(session.kind.words());
    match title.is_empty() {
        true => kind,
        false if said_already => capital(&title),
        false => format!("{kind}: {title}"),
    }
}

fn race(session: &Session) -> String {
    match Race::of(session) {
        Some(race) => format!("Race: {}", race.words()),
        None => format!("Race of {}", Seconds(session.head.elapsed_s).show()),
    }
}

/// Returns the mean speed of the repetitions of the longest set, or of all efforts where there is no set.
fn mean_of_works(session: &Session) -> Option<f64> {
    let works = session
        .segments
        .iter()
        .filter(|s| s.kind.is_work() && s.executed);
    let reps = session.main_reps();
    let of_set = if reps.is_empty() {
        works.collect()
    } else {
        reps
    };
    let (mut metres, mut seconds) = (0.0, 0.0);
    for work in of_set {
        metres += work.distance_m?;
        seconds += work.moving_s;
    }
    (seconds > 0.0).then(|| metres / seconds)
}

/// Returns whether a run that was to be easy was easy throughout.
fn stayed_easy(session: &Session) -> Option<String> {
    use SessionKind::*;
    if !matches!(session.kind, Easy | Recovery | Long) || session.quality {
        return None;
    }
    let [easy, moderate, hard] = session.distribution.as_ref()?.zone_s;
    let above = moderate + hard;
    let all = easy + above;
    if all <= 0.0 {
        return None;
    }
    Some(if above < STAYED_EASY * all {
        " that stayed easy".to_owned()
    } else {
        format!(", {} of it faster than easy", Seconds(above).show())
    })
}

/// What was planned beside what was run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Steps of the workout that are efforts.
    pub steps: usize,
    /// How many of them were run.
    pub run: usize,
    /// How many of those that were run had a target of speed, heart rate or power.
    pub with_target: usize,
    /// How many met it.
    pub met: usize,
    /// How many were faster or harder than asked for.
    pub over: usize,
}

impl Plan {
    /// Returns what a programmed workout asked for and what came of it; absent where none was.
    #[must_use]
    pub fn of(session: &Session) -> Option<Self> {
        let works = session.segments.iter().filter(|s| s.kind.is_work());
        let mut plan = Self::default();
        for work in works {
            let Some(planned) = &work.planned else {
                continue;
            };
            plan.steps += 1;
            if !work.executed {
                continue;
            }
            plan.run += 1;
            if let Some(off) = off_target(work, planned) {
                plan.with_target += 1;
                plan.met += usize::from(off == 0);
                plan.over += usize::from(off > 0);
            }
        }
        (plan.steps > 0).then_some(plan)
    }

    /// Returns it in words, as in "Planned: 6 efforts, all run; 5 of 6 within their target, 1 over it."
    #[must_use]
    pub fn words(&self) -> String {
        let run = match self.run {
            all if all == self.steps => "all run".to_owned(),
            some => format!("{some} run"),
        };
        let mut said = format!("Planned: {}, {run}", plural(self.steps, "effort"));
        if self.with_target > 0 {
            said += &format!("; {} of {} within their target", self.met, self.with_target);
            let under = self.with_target - self.met - self.over;
            if self.over > 0 {
                said += &format!(", {} over it", self.over);
            }
            if under > 0 {
                said += &format!(", {under} below it");
            }
        }
        said + "."
    }
}

/// Returns whether a step was below (-1), within (0) or over (1) its target; absent without one that can
/// be compared.
fn off_target(work: &Segment, planned: &Planned) -> Option<i8> {
    let target = &planned.target;
    let speed = [target.speed_low_m_s, target.speed_high_m_s];
    let heart = [target.heart_rate_low_bpm, target.heart_rate_high_bpm];
    let power = [target.power_low_w, target.power_high_w];
    let side = |value: Option<f64>, [low, high]: [Option<f64>; 2], tolerance: f64| {
        low.or(high)?;
        let value = value?;
        let below = low.is_some_and(|low| value < low - tolerance);
        let over = high.is_some_and(|high| value > high + tolerance);
        Some(i8::from(over) - i8::from(below))
    };
    let share = |range: [Option<f64>; 2], share: f64| range[1].or(range[0]).unwrap_or(0.0) * share;
    side(work.speed_m_s, speed, share(speed, SPEED_TOLERANCE))
        .or_else(|| side(work.heart_rate_bpm, heart, HEART_RATE_TOLERANCE_BPM))
        .or_else(|| side(work.power_w, power, share(power, POWER_TOLERANCE)))
}

/// Returns the first letter in upper case.
#[must_use]
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::ingest::StepTarget;
    use crate::report::made_up;

    #[test]
    fn a_session_is_a_sentence() {
        let (mut session, _) = made_up::intervals();
        let said = sentence(&session, UnitSystem::Metric);
        assert!(said.starts_with("Intervals: 6 × 1000 m"), "{said}");
        assert!(said.contains(", at ") && said.ends_with("/km."), "{said}");
        let below = below_its_kind(&session, UnitSystem::Metric);
        assert!(below.starts_with("6 × 1000 m"), "{below}");
        session.kind = SessionKind::Undecided;
        assert!(sentence(&session, UnitSystem::Metric).starts_with("It cannot be told"));
    }

    #[test]
    fn an_easy_run_says_whether_it_stayed_easy() {
        let mut run = made_up::plain_session(made_up::first_day(), SessionKind::Easy, 2400.0);
        let mut rated = made_up::intervals().0.distribution.unwrap();
        rated.zone_s = [2300.0, 100.0, 0.0];
        run.distribution = Some(rated.clone());
        run.quality = false;
        let said = sentence(&run, UnitSystem::Metric);
        assert!(said.ends_with(" that stayed easy."), "{said}");
        rated.zone_s = [1800.0, 600.0, 0.0];
        run.distribution = Some(rated);
        let said = sentence(&run, UnitSystem::Metric);
        assert!(said.ends_with(", 10:00 of it faster than easy."), "{said}");
    }

    #[test]
    fn evidence_has_three_words() {
        assert_eq!(
            [0.95, 0.7, 0.4].map(evidence_word),
            ["clear", "likely", "unsure"]
        );
    }

    #[test]
    fn a_plan_is_compared_with_what_was_run() {
        let (mut session, _) = made_up::intervals();
        assert_eq!(Plan::of(&session), None);
        let works = session.segments.iter_mut().filter(|s| s.kind.is_work());
        for (index, work) in works.enumerate() {
            let speed = work.speed_m_s.unwrap();
            // The first asked for less, the last was not run.
            let asked = if index == 0 { 0.9 * speed } else { speed };
            work.planned = Some(Planned {
                duration_s: None,
                distance_m: Some(1000.0),
                target: StepTarget {
                    speed_low_m_s: Some(0.99 * asked),
                    speed_high_m_s: Some(1.01 * asked),
                    ..StepTarget::default()
                },
            });
            work.executed = index != 5;
        }
        let plan = Plan::of(&session).unwrap();
        let words = "Planned: 6 efforts, 5 run; 4 of 5 within their target, 1 over it.";
        assert_eq!(plan.words(), words);
    }
}
