//! A race as runners speak of it: the name of its distance, the time from gun to line, how it was
//! paced.

use crate::classification::Session;
use crate::report::content::bests;
use crate::segmentation::Segment;
use crate::units::Seconds;
use crate::vocabulary::SessionKind;

/// Official distances that are run often, in metres.
const USUAL_M: [f64; 11] = [
    800.0, 1500.0, 3000.0, 5000.0, 8000.0, 10_000.0, 15_000.0, 21_097.5, 42_195.0, 50_000.0,
    100_000.0,
];
/// A watch measures a course longer than it is, rarely shorter: as a share of the official distance.
///
/// Chosen: the course is laid along the shortest line, which nobody runs, and positions wander.
const MEASURED: std::ops::Range<f64> = 0.985..1.03;

/// A race within a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Race {
    /// The official distance where it was given or is a usual one, else as measured, in metres.
    pub distance_m: f64,
    /// From the start to the finish, standing included, in seconds.
    pub time_s: f64,
    /// Whether distance and time are the official ones.
    pub is_official: bool,
}

impl Race {
    /// Returns the race that a session was; absent for other sessions, and where nothing tells how far
    /// it was.
    #[must_use]
    pub fn of(session: &Session) -> Option<Self> {
        if let Some(official) = &session.official {
            let time_s = official.time_s?;
            return Some(Self {
                distance_m: official.distance_m,
                time_s,
                is_official: true,
            });
        }
        if session.kind != SessionKind::Race {
            return None;
        }
        let head = &session.head;
        let (measured_m, time_s) = match raced_part(session) {
            Some(part) => (part.distance_m?, part.elapsed_s()),
            None => (head.distance_m?, head.elapsed_s),
        };
        Some(Self {
            distance_m: usual(measured_m).unwrap_or(measured_m),
            time_s,
            is_official: false,
        })
    }

    /// Returns the usual name of the distance, as in "half marathon", "12.3 km".
    #[must_use]
    pub fn name(&self) -> String {
        match usual(self.distance_m) {
            Some(usual) => bests::distance_name(usual),
            None => format!("{:.1} km", self.distance_m / 1000.0),
        }
    }

    /// Returns the race in a few words, as in "half marathon in 1:32:10".
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} in {}", self.name(), Seconds(self.time_s).show())
    }
}

/// Returns the one effort between warm-up and cool-down that was the race; absent where the whole run was.
fn raced_part(session: &Session) -> Option<&Segment> {
    let mut works = session.segments.iter().filter(|s| s.kind.is_work());
    let only = works.next()?;
    works.next().is_none().then_some(only)
}

fn usual(distance_m: f64) -> Option<f64> {
    USUAL_M
        .into_iter()
        .find(|usual| MEASURED.contains(&(distance_m / usual)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;
    use crate::report::made_up;
    use crate::vocabulary::SegmentKind;

    fn race_over(metres: f64) -> Session {
        let mut run = made_up::plain_session(made_up::first_day(), SessionKind::Race, 2400.0);
        run.segments.clear();
        run.head.distance_m = Some(metres);
        run
    }

    #[test]
    fn courses_are_measured_long() {
        let name = |metres| Race::of(&race_over(metres)).unwrap().name();
        assert_eq!(name(21_300.0), "half marathon");
        assert_eq!(name(10_050.0), "10 km");
        assert_eq!(name(12_340.0), "12.3 km");
    }

    #[test]
    fn a_warm_up_is_not_part_of_the_race() {
        let mut run = race_over(9000.0);
        run.segments = vec![
            made_up::segment(SegmentKind::WarmUp, 0.0, 900.0, 2.7),
            made_up::segment(SegmentKind::Tempo, 900.0, 2150.0, 4.0),
            made_up::segment(SegmentKind::CoolDown, 2150.0, 2700.0, 2.7),
        ];
        let race = Race::of(&run).unwrap();
        assert_eq!(race.words(), "5 km in 20:50");
        run.kind = SessionKind::Tempo;
        assert_eq!(Race::of(&run), None);
    }
}
