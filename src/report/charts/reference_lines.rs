//! A reference value over time as stretches of equal trust, with the gaps where it was not known.

use crate::history::DatedReferences;
use crate::history::Reference;
use crate::history::ReferenceKind;
use crate::report::drawing::ticks::days_after;

/// What a value stands for to either side where its neighbours in time are not known.
///
/// # Units
/// Days: half the distance of two samples.
const HALF_WEEK_DAYS: f64 = 3.5;

/// How far a stretch of a line is to be trusted, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum Trust {
    Unsure,
    Known,
    Given,
}

impl Trust {
    /// Returns how far a value is to be trusted.
    pub(in crate::report) fn of(reference: &Reference) -> Self {
        if reference.is_given() {
            Trust::Given
        } else if reference.is_known() {
            Trust::Known
        } else {
            Trust::Unsure
        }
    }
}

/// A value at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Estimate {
    /// Days after the first sample.
    pub(in crate::report) x: f64,
    pub(in crate::report) value: f64,
    pub(in crate::report) low: f64,
    pub(in crate::report) high: f64,
}

/// Values of equal trust that follow each other in time.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Stretch {
    pub(in crate::report) trust: Trust,
    pub(in crate::report) points: Vec<Estimate>,
}

/// Returns the newest day on which a value was known, and the value.
pub(in crate::report) fn newest<'a>(
    kind: &ReferenceKind,
    days: &'a [DatedReferences],
) -> Option<(&'a DatedReferences, &'a Reference)> {
    let known = |dated: &'a DatedReferences| Some((dated, drawable(kind, dated)?));
    days.iter().rev().find_map(known)
}

/// Returns a value on a day; absent when it is not known or no number.
fn drawable<'a>(kind: &ReferenceKind, dated: &'a DatedReferences) -> Option<&'a Reference> {
    let numbers = |r: &Reference| [r.value, r.low, r.high];
    (kind.of)(&dated.references).filter(|r| numbers(r).iter().all(|number| number.is_finite()))
}

/// Returns the stretches of a line. Where two of them touch, the line goes on: from one value to the
/// next it looks like the less trusted of both.
pub(in crate::report) fn stretches(kind: &ReferenceKind, days: &[DatedReferences]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut previous: Option<Estimate> = None;
    for dated in days {
        let Some(reference) = drawable(kind, dated) else {
            previous = None;
            continue;
        };
        let estimate = Estimate {
            x: days_after(days[0].day, dated.day),
            value: reference.value,
            low: reference.low,
            high: reference.high,
        };
        let trust = Trust::of(reference);
        let mut points = vec![estimate];
        match (previous, stretches.last_mut()) {
            (Some(_), Some(last)) if last.trust <= trust => last.points.push(estimate),
            (Some(before), _) => points.insert(0, before),
            _ => {}
        }
        if previous.is_none() || stretches.last().is_some_and(|last| last.trust != trust) {
            stretches.push(Stretch { trust, points });
        }
        previous = Some(estimate);
    }
    visible(stretches)
}

/// Returns the stretches without those of one value that others lead to; a value all by itself
/// becomes a short line.
fn visible(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let ends = |stretch: &Stretch| {
        [
            stretch.points.first().copied(),
            stretch.points.last().copied(),
        ]
    };
    let all_ends: Vec<Option<Estimate>> = stretches.iter().flat_map(ends).collect();
    let draw = |mut stretch: Stretch| {
        if let [alone] = stretch.points[..] {
            // Its own first and last point, and any other that is the same.
            if all_ends.iter().filter(|end| **end == Some(alone)).count() > 2 {
                return None;
            }
            let at = |x| Estimate { x, ..alone };
            stretch.points = vec![at(alone.x - HALF_WEEK_DAYS), at(alone.x + HALF_WEEK_DAYS)];
        }
        Some(stretch)
    };
    stretches.into_iter().filter_map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Confidence;
    use crate::history::References;
    use crate::report::made_up;

    /// Returns the trust and the days of each stretch of a line of weeks: "h" high, "l" low, "g"
    /// given, "-" not known.
    fn stretches_of(weeks: &str) -> Vec<(Trust, Vec<f64>)> {
        let monday = made_up::first_day();
        let weeks = weeks.chars().zip(monday.iter_weeks());
        let days: Vec<DatedReferences> = weeks
            .map(|(letter, day)| {
                let mut dated = DatedReferences {
                    day,
                    ..DatedReferences::default()
                };
                let confidence = match letter {
                    'l' => Confidence::Low,
                    _ => Confidence::High,
                };
                let source = match letter {
                    'g' => "given by you",
                    _ => "12 runs",
                };
                dated.references.critical_speed_m_s = (letter != '-').then(|| Reference {
                    value: 4.0,
                    low: 3.9,
                    high: 4.1,
                    source: source.to_owned(),
                    date: None,
                    confidence,
                });
                dated
            })
            .collect();
        let found = stretches(&References::KINDS[1], &days).into_iter();
        found
            .map(|stretch| (stretch.trust, stretch.points.iter().map(|e| e.x).collect()))
            .collect()
    }

    #[test]
    fn lines_go_on_where_trust_changes_and_break_where_nothing_is_known() {
        use Trust::*;
        assert_eq!(
            stretches_of("hh-hh"),
            [(Known, vec![0.0, 7.0]), (Known, vec![21.0, 28.0])]
        );
        assert_eq!(
            stretches_of("llhhl"),
            [
                (Unsure, vec![0.0, 7.0, 14.0]),
                (Known, vec![14.0, 21.0]),
                (Unsure, vec![21.0, 28.0])
            ]
        );
        assert_eq!(
            stretches_of("hhgg"),
            [(Known, vec![0.0, 7.0, 14.0]), (Given, vec![14.0, 21.0])]
        );
    }

    #[test]
    fn a_single_value_is_drawn_unless_others_lead_to_it() {
        use Trust::*;
        assert_eq!(stretches_of("-h-"), [(Known, vec![3.5, 10.5])]);
        assert_eq!(stretches_of("llh"), [(Unsure, vec![0.0, 7.0, 14.0])]);
        assert_eq!(stretches_of("hll"), [(Unsure, vec![0.0, 7.0, 14.0])]);
        assert!(stretches_of("---").is_empty());
    }
}
