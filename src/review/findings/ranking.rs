//! How much each finding matters: the one table that decides their order.

use crate::review::Tone;

/// How much the findings of an idea matter.
struct Rank {
    /// [`crate::review::Finding::id`].
    id: &'static str,
    /// When they are worth a look.
    look: f64,
    /// When they went well or are a fact.
    otherwise: f64,
}

/// Returns a row of the table.
const fn rank(id: &'static str, look: f64, otherwise: f64) -> Rank {
    Rank {
        id,
        look,
        otherwise,
    }
}

/// The ideas by how much they matter when they are worth a look. Only the order means something: what
/// is worth a look stands before what is not, save for the core of the matter, easy days and hard days,
/// which is told either way. Our choice.
const RANKING: [Rank; 33] = [
    rank("volume_fell", 96.0, 96.0),
    rank("easy_days_easy", 90.0, 70.0),
    rank("signs_together", 88.0, 27.0),
    rank("hard_day_spacing", 85.0, 65.0),
    rank("came_back", 82.0, 54.0),
    rank("recovery_runs", 80.0, 40.0),
    rank("single_run_spike", 78.0, 30.0),
    rank("middle_zone", 75.0, 50.0),
    rank("raced_workouts", 72.0, 33.0),
    rank("more_every_week", 66.0, 31.0),
    rank("perceived_exertion", 62.0, 28.0),
    rank("quality_sessions", 60.0, 45.0),
    rank("taper", 58.0, 52.0),
    rank("even_repetitions", 55.0, 35.0),
    rank("easier_weeks", 50.0, 42.0),
    rank("warm_up", 48.0, 18.0),
    rank("same_workout", 47.0, 47.0),
    rank("key_pace", 46.0, 24.0),
    rank("last_third", 44.0, 21.0),
    rank("phases", 43.0, 43.0),
    rank("strength_days", 41.0, 23.0),
    rank("splits", 40.0, 17.0),
    rank("long_run_share", 38.0, 25.0),
    rank("power", 36.0, 16.0),
    rank("sessions_far_away", 30.0, 20.0),
    rank("other_sport_days", 22.0, 22.0),
    rank("block_empty", 20.0, 20.0),
    rank("sessions_excluded", 20.0, 20.0),
    rank("sessions_undecided", 20.0, 20.0),
    rank("sessions_without_day", 20.0, 20.0),
    rank("before_key_sessions", 19.0, 19.0),
    rank("long_runs_with_purpose", 15.0, 15.0),
    rank("days_after_hard_days", 14.0, 14.0),
];

/// Returns how much a finding matters: greater first, 0 for what was not evaluated.
pub(super) fn weight(id: &str, tone: Tone) -> f64 {
    let rank = RANKING.iter().find(|rank| rank.id == id);
    rank.map_or(0.0, |rank| match tone {
        Tone::Look => rank.look,
        Tone::Good | Tone::Fact => rank.otherwise,
        Tone::NotEvaluated => 0.0,
    })
}

/// Returns whether a finding of this name exists.
#[cfg(test)]
pub(crate) fn is_known(id: &str) -> bool {
    RANKING.iter().any(|rank| rank.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_its_own_order_and_names_each_idea_once() {
        assert!(RANKING.is_sorted_by(|a, b| a.look >= b.look));
        for (index, rank) in RANKING.iter().enumerate() {
            assert!(RANKING[index + 1..].iter().all(|other| other.id != rank.id));
            assert!(
                rank.look >= rank.otherwise && rank.otherwise > 0.0,
                "{}",
                rank.id
            );
        }
    }
}
