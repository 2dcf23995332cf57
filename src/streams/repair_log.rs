//! The account of what was repaired, kept short.

use serde::Deserialize;
use serde::Serialize;

use super::cells::runs;

/// The most entries that [`Repairs::close`] returns: more than this nobody reads.
const MOST_ENTRIES: usize = 40;
/// Entries of one kind closer than this are told as one, in seconds.
const MERGE_WITHIN_S: f64 = 30.0;

/// One stretch that was repaired or taken out, half-open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Repair {
    /// What was done, as in "GPS dropout bridged", "heart rate equals cadence: taken out".
    pub what: String,
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
}

/// What can be repaired or taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    ClockJump,
    TooLong,
    InferredPause,
    InferredStanding,
    GapBridged,
    GapOpen,
    DistanceFell,
    DistanceInSteps,
    DistanceScaled,
    DistanceJump,
    DropoutBridged,
    NotRunning,
    DistanceAhead,
    SpeedSpikes,
    PositionSpikes,
    AltitudeSpikes,
    AltitudeUnsound,
    HeartRateIsCadence,
    HeartRateFlat,
    HeartRateStart,
    HeartRateSpikes,
    CadenceOutliers,
}

impl Kind {
    /// Returns what was done, in words.
    fn words(self) -> &'static str {
        match self {
            Kind::ClockJump => "the clock jumps by more than a day: what follows is left out",
            Kind::TooLong => "longer than 48 h: what follows is left out",
            Kind::InferredPause => "no records and hardly any distance: taken as a pause",
            Kind::InferredStanding => "no records and hardly any distance: taken as standing",
            Kind::GapBridged => "no records: distance bridged at an even speed",
            Kind::GapOpen => "no records and no plausible distance: left open",
            Kind::DistanceFell => "distance goes back: the fall is taken out",
            Kind::DistanceInSteps => "distance arrives in steps: spread over the time it covers",
            Kind::DistanceScaled => "distance scaled to the one that is known to be true",
            Kind::DistanceJump => "distance jumps faster than anyone runs: the jump is taken out",
            Kind::DropoutBridged => "GPS dropout bridged",
            Kind::NotRunning => "not run: taken out of distance and moving time",
            Kind::DistanceAhead => {
                "distance runs ahead of steps and heart rate: the usual speed takes its place"
            }
            Kind::SpeedSpikes => "spikes of speed replaced",
            Kind::PositionSpikes => "positions far off the track left out",
            Kind::AltitudeSpikes => "spikes of altitude replaced",
            Kind::AltitudeUnsound => "altitude cannot be the ground's: slope not used",
            Kind::HeartRateIsCadence => "heart rate equals cadence: taken out",
            Kind::HeartRateFlat => "heart rate does not move at all: taken out",
            Kind::HeartRateStart => "heart rate far too high at the start: taken out",
            Kind::HeartRateSpikes => "spikes of heart rate taken out",
            Kind::CadenceOutliers => "impossible cadence taken out",
        }
    }

    /// Returns whether it changes where one was when, and with that distance and time.
    fn is_of_way(self) -> bool {
        match self {
            Kind::ClockJump
            | Kind::InferredPause
            | Kind::InferredStanding
            | Kind::GapBridged
            | Kind::GapOpen
            | Kind::DistanceFell
            | Kind::DistanceInSteps
            | Kind::DistanceScaled
            | Kind::DistanceJump
            | Kind::DropoutBridged
            | Kind::NotRunning
            | Kind::DistanceAhead
            | Kind::PositionSpikes => true,
            Kind::TooLong
            | Kind::SpeedSpikes
            | Kind::AltitudeSpikes
            | Kind::AltitudeUnsound
            | Kind::HeartRateIsCadence
            | Kind::HeartRateFlat
            | Kind::HeartRateStart
            | Kind::HeartRateSpikes
            | Kind::CadenceOutliers => false,
        }
    }

    /// Returns whether single entries say nothing, so that only their sum is told.
    fn is_summed(self) -> bool {
        matches!(
            self,
            Kind::SpeedSpikes
                | Kind::PositionSpikes
                | Kind::AltitudeSpikes
                | Kind::HeartRateSpikes
                | Kind::CadenceOutliers
        )
    }
}

/// One stretch, half-open, in seconds; `repaired_s` is how much of it was touched.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Entry {
    kind: Kind,
    start_s: f64,
    end_s: f64,
    repaired_s: f64,
    times: usize,
}

/// Collects repairs and tells them in short.
#[derive(Clone, Debug, Default)]
pub(super) struct Repairs {
    entries: Vec<Entry>,
}

impl Repairs {
    /// Notes one repaired stretch.
    pub(super) fn note(&mut self, kind: Kind, start_s: f64, end_s: f64) {
        self.entries.push(Entry {
            kind,
            start_s,
            end_s,
            repaired_s: end_s - start_s,
            times: 1,
        });
    }

    /// Notes each run of cells that a mask marks.
    pub(super) fn note_cells(&mut self, kind: Kind, mask: &[bool]) {
        for (start, end) in runs(mask) {
            self.note(kind, start as f64, end as f64);
        }
    }

    /// Returns the repairs in order of time: neighbours of a kind merged, kinds with very many
    /// entries summed up.
    pub(super) fn close(self) -> Told {
        let mut entries = merged(self.entries, Kind::is_summed);
        while entries.len() > MOST_ENTRIES {
            let Some(kind) = most_frequent(&entries) else {
                break;
            };
            entries = merged(entries, |other| other == kind);
        }
        entries.sort_by(|a, b| a.start_s.total_cmp(&b.start_s).then(a.kind.cmp(&b.kind)));
        let of_way = entries.iter().filter(|entry| entry.kind.is_of_way());
        let longest = of_way.max_by(|a, b| a.length_s().total_cmp(&b.length_s()));
        Told {
            longest_of_way: longest.map(|entry| tell(entry).what),
            repairs: entries.iter().map(tell).collect(),
        }
    }
}

/// What was repaired, as it is told.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// All of it, in order of time.
    pub(super) repairs: Vec<Repair>,
    /// The longest repair of distance, position or clock.
    pub(super) longest_of_way: Option<String>,
}

impl Entry {
    fn length_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// Merges entries of one kind that are close, or all of them where `whole` says so.
fn merged(mut entries: Vec<Entry>, whole: impl Fn(Kind) -> bool) -> Vec<Entry> {
    entries.sort_by(|a, b| a.kind.cmp(&b.kind).then(a.start_s.total_cmp(&b.start_s)));
    let mut result: Vec<Entry> = Vec::new();
    for entry in entries {
        match result.last_mut() {
            Some(last)
                if last.kind == entry.kind
                    && (whole(entry.kind) || entry.start_s - last.end_s <= MERGE_WITHIN_S) =>
            {
                last.end_s = last.end_s.max(entry.end_s);
                last.repaired_s += entry.repaired_s;
                last.times += entry.times;
            }
            _ => result.push(entry),
        }
    }
    result
}

/// Returns the kind with the most entries, absent when no kind has two.
fn most_frequent(entries: &[Entry]) -> Option<Kind> {
    let count = |kind| entries.iter().filter(|entry| entry.kind == kind).count();
    entries
        .iter()
        .map(|entry| (count(entry.kind), entry.kind))
        .filter(|(count, _)| *count > 1)
        .max()
        .map(|(_, kind)| kind)
}

fn tell(entry: &Entry) -> Repair {
    let words = entry.kind.words();
    let what = if entry.kind.is_summed() {
        format!("{words} ({:.0} s in all)", entry.repaired_s)
    } else if entry.times > 1 {
        format!(
            "{words} ({} times, {:.0} s in all)",
            entry.times, entry.repaired_s
        )
    } else {
        words.to_owned()
    };
    Repair {
        what,
        start_s: entry.start_s,
        end_s: entry.end_s,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_entry_and_spikes_are_summed() {
        let mut repairs = Repairs::default();
        repairs.note(Kind::SpeedSpikes, 900.0, 902.0);
        repairs.note(Kind::DropoutBridged, 100.0, 110.0);
        repairs.note(Kind::DropoutBridged, 130.0, 140.0);
        repairs.note(Kind::DropoutBridged, 500.0, 510.0);
        repairs.note(Kind::SpeedSpikes, 50.0, 51.0);
        let told: Vec<String> = repairs
            .close()
            .repairs
            .iter()
            .map(|repair| format!("{}–{} {}", repair.start_s, repair.end_s, repair.what))
            .collect();
        assert_eq!(
            told,
            [
                "50–902 spikes of speed replaced (3 s in all)",
                "100–140 GPS dropout bridged (2 times, 20 s in all)",
                "500–510 GPS dropout bridged",
            ]
        );
    }

    #[test]
    fn the_list_stays_short() {
        let mut repairs = Repairs::default();
        for index in 0..200 {
            repairs.note(
                Kind::DropoutBridged,
                f64::from(index) * 100.0,
                f64::from(index) * 100.0 + 5.0,
            );
        }
        repairs.note(Kind::ClockJump, 7.0, 8.0);
        let told = repairs.close().repairs;
        assert_eq!(told.len(), 2);
        assert_eq!(
            told[0].what,
            "GPS dropout bridged (200 times, 1000 s in all)"
        );
    }
}
