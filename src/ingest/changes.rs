//! What the user says of a recording: done to it before anything is derived from it.

use serde::Deserialize;
use serde::Serialize;

use crate::channel::Channel;
use crate::ingest::Activity;
use crate::ingest::SPORT_NAMES;
use crate::ingest::SportFrom;
use crate::ingest::Totals;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::or_default::has_default;

/// A stretch of the elapsed clock, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Crop {
    /// Where it starts.
    pub start_s: f64,
    /// Where it ends.
    pub end_s: f64,
}

/// Changes to a recording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changes {
    /// The sport, one of [`SPORT_NAMES`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sport: Option<String>,
    /// The part that counts; its start is the new zero of the elapsed clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crop: Option<Crop>,
    /// The true distance: all distances and speeds are scaled to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
}

has_default!(Changes);

impl Changes {
    /// Returns whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Makes the changes, and says which of them could not be made.
    pub fn apply(&self, activity: &mut Activity) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let named = self
            .sport
            .as_deref()
            .and_then(|name| SPORT_NAMES.iter().find(|(known, _, _)| *known == name));
        if let Some((_, sport, kind)) = named {
            let is_same = activity.sport == *sport && kind.is_none();
            if !is_same {
                activity.sub_sport = kind.map(str::to_owned);
            }
            activity.sport = *sport;
            activity.sport_from = SportFrom::User;
        }
        if let Some(crop) = self.crop
            && !activity.crop(crop)
        {
            let text = "the part to keep holds fewer than two records; the whole was kept: give another --crop, or --undo";
            warnings.push(Warning::new(WarningCode::CorrectionCrop, text));
        }
        if self.distance_m.is_some() {
            activity.true_distance_m = self.distance_m;
        }
        warnings
    }
}

impl Activity {
    /// Keeps a part of the recording; returns false, and keeps all, when that would be next to nothing.
    fn crop(&mut self, crop: Crop) -> bool {
        let records = &mut self.records;
        let from = records
            .time_s
            .partition_point(|time_s| *time_s < crop.start_s);
        let until = records
            .time_s
            .partition_point(|time_s| *time_s < crop.end_s);
        if until < from + 2 {
            return false;
        }
        let zero_s = records.time_s[from];
        let end_s = records.time_s[until - 1] - zero_s;
        let kept = records.time_s[from..until].iter();
        records.time_s = kept.map(|time_s| time_s - zero_s).collect();
        for column in records.columns_mut() {
            if !column.is_empty() {
                *column = (from..until).map(|index| column.get(index)).collect();
            }
        }
        records.distance_m = from_zero(&records.distance_m);
        let clip = |start_s: &mut f64, end_of_s: &mut f64| {
            *start_s = (*start_s - zero_s).clamp(0.0, end_s);
            *end_of_s = (*end_of_s - zero_s).clamp(0.0, end_s);
            *end_of_s > *start_s
        };
        self.pauses
            .retain_mut(|pause| clip(&mut pause.start_s, &mut pause.end_s));
        self.splits
            .retain_mut(|split| clip(&mut split.start_s, &mut split.end_s));
        self.laps.retain_mut(|lap| {
            let length_s = lap.end_s - lap.start_s;
            let is_kept = clip(&mut lap.start_s, &mut lap.end_s);
            if lap.end_s - lap.start_s < length_s {
                (lap.timer_s, lap.distance_m) = (None, None);
            }
            is_kept
        });
        self.totals = Totals::default();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "saturates; no run lasts 2^63 ms"
        )]
        let later = chrono::Duration::try_milliseconds((zero_s * 1000.0).round() as i64);
        self.start = self
            .start
            .zip(later)
            .and_then(|(start, later)| start.checked_add_signed(later));
        true
    }
}

fn from_zero(distance_m: &Channel) -> Channel {
    let first_m = distance_m.iter().flatten().next().unwrap_or(0.0);
    distance_m.map(|metres| metres - first_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Lap;
    use crate::ingest::Pause;
    use crate::ingest::Records;
    use crate::ingest::Sport;

    fn run() -> Activity {
        Activity {
            start: "2026-05-01T06:00:00Z".parse().ok(),
            sport: Sport::Other,
            records: Records {
                time_s: (0..100).map(f64::from).collect(),
                distance_m: (0..100).map(|second| 3.0 * f64::from(second)).collect(),
                ..Records::default()
            },
            pauses: vec![Pause {
                start_s: 5.0,
                end_s: 15.0,
            }],
            laps: vec![
                Lap {
                    start_s: 0.0,
                    end_s: 50.0,
                    distance_m: Some(150.0),
                    ..Lap::default()
                },
                Lap {
                    start_s: 50.0,
                    end_s: 60.0,
                    distance_m: Some(30.0),
                    ..Lap::default()
                },
            ],
            ..Activity::default()
        }
    }

    #[test]
    fn a_cropped_run_starts_and_ends_where_the_user_says() {
        let mut activity = run();
        let crop = Some(Crop {
            start_s: 10.0,
            end_s: 80.0,
        });
        let changes = Changes {
            crop,
            ..Changes::default()
        };
        assert!(changes.apply(&mut activity).is_empty());
        assert_eq!(activity.records.len(), 70);
        assert_eq!(activity.records.time_s.last(), Some(&69.0));
        assert_eq!(activity.records.distance_m.get(69), Some(207.0));
        assert_eq!(
            activity.pauses,
            [Pause {
                start_s: 0.0,
                end_s: 5.0
            }]
        );
        let laps: Vec<_> = activity
            .laps
            .iter()
            .map(|lap| (lap.start_s, lap.distance_m))
            .collect();
        assert_eq!(laps, [(0.0, None), (40.0, Some(30.0))]);
        assert_eq!(activity.start, "2026-05-01T06:00:10Z".parse().ok());
    }

    #[test]
    fn a_part_without_records_is_refused() {
        let mut activity = run();
        let crop = Some(Crop {
            start_s: 500.0,
            end_s: 800.0,
        });
        let changes = Changes {
            crop,
            ..Changes::default()
        };
        assert_eq!(changes.apply(&mut activity).len(), 1);
        assert_eq!(activity.records.len(), 100);
    }

    #[test]
    fn the_user_names_the_sport() {
        let mut activity = run();
        let sport = Some("hiking".to_owned());
        let _ = Changes {
            sport,
            ..Changes::default()
        }
        .apply(&mut activity);
        assert_eq!(activity.sport, Sport::Walking);
        assert_eq!(activity.sub_sport.as_deref(), Some("hiking"));
        assert_eq!(activity.sport_from, SportFrom::User);
    }
}
