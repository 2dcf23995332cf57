//! Mornings that a platform's export tells, beside those that the athlete noted.

use super::COLUMNS;
use super::Wellness;
use super::WellnessDay;
use crate::ingest::platforms::Morning;
use crate::ingest::platforms::Platform;

impl Wellness {
    /// Fills in what a platform tells of mornings, day by day and column by column: what is there stays.
    /// Values that no human has are left out.
    pub fn fill_in(&mut self, mornings: &[Morning], platform: Platform) {
        for morning in mornings {
            let told = possible(morning, platform);
            match self.days.binary_search_by_key(&told.day, |day| day.day) {
                Ok(place) => self.days[place].fill_in(&told),
                Err(place) if told.is_any() => self.days.insert(place, told),
                Err(_) => {}
            }
        }
    }
}

impl WellnessDay {
    fn fill_in(&mut self, told: &Self) {
        if self.resting_hr_bpm.is_none() {
            self.resting_hr_from = told.resting_hr_from;
        }
        self.resting_hr_bpm = self.resting_hr_bpm.or(told.resting_hr_bpm);
        self.hrv_ms = self.hrv_ms.or(told.hrv_ms);
        self.sleep_h = self.sleep_h.or(told.sleep_h);
    }

    fn is_any(&self) -> bool {
        self.resting_hr_bpm.is_some() || self.hrv_ms.is_some() || self.sleep_h.is_some()
    }
}

/// Returns a morning with only what is possible in `wellness.csv` too.
fn possible(morning: &Morning, platform: Platform) -> WellnessDay {
    let mut day = WellnessDay {
        day: morning.day,
        resting_hr_bpm: morning.resting_hr_bpm,
        hrv_ms: morning.hrv_ms,
        sleep_h: morning.sleep_h,
        ..WellnessDay::default()
    };
    for column in &COLUMNS {
        let value = (column.field)(&mut day);
        *value = value.filter(|value| column.range.contains(value));
    }
    day.resting_hr_from = day.resting_hr_bpm.map(|_| platform);
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn morning(day: &str, beats: f64, sleep_h: Option<f64>) -> Morning {
        Morning {
            day: day.parse().expect("a sound literal"),
            resting_hr_bpm: Some(beats),
            hrv_ms: None,
            sleep_h,
        }
    }

    #[test]
    fn what_the_athlete_noted_wins_column_by_column() {
        let table = "date,resting_hr_bpm,sleep_h\n2026-05-01,48,\n2026-05-03,,6\n";
        let mut wellness = Wellness::parse(table).expect("a sound table");
        let told = [
            morning("2026-05-01", 55.0, Some(7.5)),
            morning("2026-05-02", 50.0, None),
            morning("2026-05-03", 51.0, Some(9.0)),
            morning("2026-05-04", 0.0, Some(30.0)),
        ];
        wellness.fill_in(&told, Platform::Garmin);
        let days: Vec<_> = wellness.days().iter().collect();
        assert_eq!(days.len(), 3);
        assert_eq!(
            (days[0].resting_hr_bpm, days[0].sleep_h),
            (Some(48.0), Some(7.5))
        );
        assert_eq!(days[0].resting_hr_from, None);
        assert_eq!(days[1].resting_hr_from, Some(Platform::Garmin));
        assert_eq!(
            (days[2].resting_hr_bpm, days[2].sleep_h),
            (Some(51.0), Some(6.0))
        );
    }
}
