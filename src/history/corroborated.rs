//! What nothing witnesses moves no reference alone: it needs a second day.

use std::borrow::Cow;

use crate::history::Reference;
use crate::history::efforts::D_PRIMES_M;
use crate::history::efforts::Effort;

/// From this share of the highest heart rate on, the heart witnesses a hard effort.
///
/// # Units
/// Ratio. Efforts of 8–25 min near critical speed are run at 0.85–0.95 of it (Jones & Vanhatalo 2017,
/// Sports Med 47:S65, put critical speed near 0.9); rides and drives stay below.
const CORROBORATED_OF_MAXIMUM: f64 = 0.8;

/// Returns efforts as they are believed: one that neither steps nor heart witness counts for no more than
/// the best of the other days. A single day is believed as it is: there is nothing else to go by.
pub(super) fn believed<'a>(
    efforts: Vec<&'a Effort>,
    maximum: Option<&Reference>,
) -> Vec<Cow<'a, Effort>> {
    if efforts
        .iter()
        .all(|effort| is_corroborated(effort, maximum))
    {
        return efforts.into_iter().map(Cow::Borrowed).collect();
    }
    let places = 0..D_PRIMES_M.len();
    let most: Vec<TwoDays<'a>> = places.map(|place| TwoDays::of(&efforts, place)).collect();
    let own = efforts.into_iter().map(|effort| {
        if is_corroborated(effort, maximum) {
            return Cow::Borrowed(effort);
        }
        let mut capped = effort.clone();
        for (log_speed, most) in capped.log_speeds.iter_mut().zip(&most) {
            *log_speed = most
                .beside(effort)
                .map_or(*log_speed, |other| log_speed.min(other));
        }
        Cow::Owned(capped)
    });
    own.collect()
}

fn is_corroborated(effort: &Effort, maximum: Option<&Reference>) -> bool {
    let share = effort
        .heart_rate_bpm
        .zip(maximum)
        .map(|(beats, maximum)| beats / maximum.middle());
    !effort.unwitnessed || share.is_some_and(|share| share >= CORROBORATED_OF_MAXIMUM)
}

/// The best of all days, and the best of the days but that one.
struct TwoDays<'a> {
    first: Option<&'a Effort>,
    second: Option<&'a Effort>,
    place: usize,
}

impl<'a> TwoDays<'a> {
    fn of(efforts: &[&'a Effort], place: usize) -> Self {
        let best = |not_on: Option<&Effort>| {
            let others = efforts.iter().copied();
            others
                .filter(|one| not_on.is_none_or(|other| other.day != one.day))
                .max_by(|a, b| a.log_speeds[place].total_cmp(&b.log_speeds[place]))
        };
        let first = best(None);
        Self {
            first,
            second: best(first),
            place,
        }
    }

    /// Returns the best of the days but that of an effort.
    fn beside(&self, effort: &Effort) -> Option<f64> {
        let is_other = |one: &&Effort| one.day != effort.day;
        let other = self.first.filter(is_other).or(self.second);
        other.map(|other| other.log_speeds[self.place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::efforts::Known;
    use chrono::NaiveDate;

    fn effort(day: u32, speed_m_s: f64, unwitnessed: bool) -> Effort {
        Effort {
            day: NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default(),
            known: Known::Nothing,
            log_speeds: D_PRIMES_M.map(|_| speed_m_s.ln()),
            heart_rate_bpm: None,
            unwitnessed,
        }
    }

    fn speeds(efforts: &[Effort]) -> Vec<f64> {
        let all = believed(efforts.iter().collect(), None);
        let middle = all.iter().map(|effort| effort.log_speeds[0].exp());
        middle
            .map(|speed| (speed * 100.0).round() / 100.0)
            .collect()
    }

    #[test]
    fn what_nothing_witnesses_needs_a_second_day() {
        let (easy, ride) = (effort(1, 3.2, true), effort(4, 5.5, true));
        assert_eq!(speeds(&[easy.clone(), ride.clone()]), [3.2, 3.2]);
        let again = effort(6, 5.3, true);
        assert_eq!(speeds(&[easy.clone(), ride, again]), [3.2, 5.3, 5.3]);
        assert_eq!(speeds(&[easy, effort(4, 4.2, false)]), [3.2, 4.2]);
        assert_eq!(speeds(&[effort(1, 3.9, true)]), [3.9]);
    }
}
