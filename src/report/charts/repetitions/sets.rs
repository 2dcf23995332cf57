//! The efforts of a session in groups: its sets, and between them the efforts that are in none.

use crate::classification::Session;
use crate::report::drawing::letters::ascii;
use crate::report::drawing::near_median::near_median;
use crate::report::drawing::ticks;
use crate::segmentation::LEAST_HEART_RATE_S;
use crate::segmentation::Segment;
use crate::units::plural;
use crate::vocabulary::SegmentKind;

/// Efforts farther from the median of their set do not set the axis: an odd one would flatten the rest.
///
/// # Units
/// Ratio of speeds. Chosen: an evenly run set lies within 3 %, one that fades within 8 %.
const FAR_OFF_IN_SET: f64 = 0.08;
/// The same of efforts that are no set.
///
/// # Units
/// Ratio of speeds. Chosen: a ladder from 400 to 3000 m lies within 25 %.
const FAR_OFF: f64 = 0.25;

/// An effort that is in no set stands in the strip from this length on: shorter ones are slips of a
/// finger on the lap key.
///
/// # Units
/// Seconds. Strides have as much.
const LEAST_ALONE_S: f64 = 8.0;

/// Efforts that stand together.
pub(super) struct Group {
    /// What they are called: ASCII.
    pub(super) name: String,
    /// Whether they are alike, so that they have a mean to be held against.
    pub(super) is_set: bool,
    /// In order of time, never empty.
    pub(super) efforts: Vec<Effort>,
}

/// One effort.
pub(super) struct Effort {
    /// Its number in the group, counted from 1.
    pub(super) number: usize,
    pub(super) kind: SegmentKind,
    name: Option<String>,
    /// False for a programmed step that the data do not show.
    pub(super) executed: bool,
    pub(super) speed_m_s: f64,
    moving_s: f64,
    /// Heart rate at its end, and at the end of the recovery after it.
    pub(super) heart_rate_bpm: Option<(f64, Option<f64>)>,
}

impl Group {
    /// Returns the mean speed over the moving time.
    pub(super) fn mean_m_s(&self) -> f64 {
        let time: f64 = self.efforts.iter().map(|one| one.moving_s).sum();
        let way = self.efforts.iter().map(|one| one.speed_m_s * one.moving_s);
        way.sum::<f64>() / time
    }

    pub(super) fn speeds(&self) -> impl Iterator<Item = f64> {
        self.efforts.iter().map(|one| one.speed_m_s)
    }

    /// Returns the slowest and the fastest speed.
    pub(super) fn extremes(&self) -> (f64, f64) {
        let slowest = self.speeds().min_by(f64::total_cmp);
        let fastest = self.speeds().max_by(f64::total_cmp);
        slowest.zip(fastest).unwrap_or_default()
    }

    /// Returns the mean fall of heart rate in the recoveries.
    pub(super) fn heart_rate_fall_bpm(&self) -> Option<f64> {
        let known = self.efforts.iter().filter_map(|one| one.heart_rate_bpm);
        let falls = known.filter_map(|(end, after)| after.map(|after| end - after));
        let falls: Vec<f64> = falls.collect();
        (!falls.is_empty()).then(|| falls.iter().sum::<f64>() / ticks::as_f64(falls.len()))
    }
}

/// Returns the efforts of a session in groups. Blocks of tempo and single strides belong to no group.
pub(super) fn groups(session: &Session) -> Vec<Group> {
    let mut groups: Vec<(Option<usize>, Vec<Effort>)> = Vec::new();
    for (index, segment) in session.segments.iter().enumerate() {
        if segment.set.is_none() && !stands_alone(segment) {
            continue;
        }
        let Some(effort) = effort(&session.segments[index..]) else {
            continue;
        };
        match groups.last_mut() {
            Some((set, efforts)) if *set == segment.set => efforts.push(effort),
            _ => groups.push((segment.set, vec![effort])),
        }
    }
    let groups = groups.into_iter().map(|(set, mut efforts)| {
        let alone = efforts.first().filter(|_| efforts.len() == 1);
        let alone = alone.and_then(|effort| effort.name.clone());
        let other = alone.unwrap_or_else(|| plural(efforts.len(), "effort"));
        for (place, effort) in efforts.iter_mut().enumerate() {
            effort.number = place + 1;
        }
        let set = set.and_then(|number| session.sets.get(number.checked_sub(1)?));
        Group {
            name: set.map_or(other, |set| ascii(&set.name)),
            is_set: set.is_some(),
            efforts,
        }
    });
    groups.collect()
}

fn stands_alone(segment: &Segment) -> bool {
    let is_repetition = matches!(segment.kind, SegmentKind::Work | SegmentKind::Hill);
    is_repetition && segment.executed && segment.elapsed_s() >= LEAST_ALONE_S
}

/// Returns the effort that a list of segments begins with; absent without a speed.
fn effort(segments: &[Segment]) -> Option<Effort> {
    let (own, after) = segments.split_first()?;
    let recovery = after.iter().take_while(|next| {
        use SegmentKind::*;
        matches!(next.kind, Recovery | Rest | Stop)
    });
    let recovered = recovery.last().and_then(|last| last.heart_rate_end_bpm);
    Some(Effort {
        number: 0,
        kind: own.kind,
        name: own.name.as_deref().map(ascii),
        executed: own.executed,
        moving_s: own.moving_s.max(1.0),
        speed_m_s: own.effort_speed_m_s.or(own.speed_m_s)?,
        heart_rate_bpm: own
            .heart_rate_end_bpm
            .filter(|_| own.elapsed_s() >= LEAST_HEART_RATE_S)
            .map(|end| (end, recovered)),
    })
}

/// Returns the slowest and the fastest effort of those that are not far off the others of a set, or
/// the others of no set.
pub(super) fn usual_speeds(groups: &[Group]) -> Option<(f64, f64)> {
    let ends = groups.iter().filter_map(|group| {
        let far_off = if group.is_set {
            FAR_OFF_IN_SET
        } else {
            FAR_OFF
        };
        near_median(group.speeds(), far_off)
    });
    ends.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}
