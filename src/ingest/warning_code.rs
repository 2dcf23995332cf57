//! The warnings, each once: its code, what it means, whether a part of what was recorded is gone.
//!
//! The manual's page is these rows; a test holds it to them.

use std::fmt;

/// Declares the codes.
macro_rules! codes {
    ($($name:ident $code:literal $loss:ident $meaning:literal;)+) => {
        /// What was repaired, dropped or left open while reading. A code never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum WarningCode {
            $(#[doc = $meaning] $name,)+
        }

        impl WarningCode {
            /// All of them, in the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Returns the code as documents hold it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// Returns what it means, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning,)+
                }
            }

            /// Returns whether a part of what was recorded is gone: the file counts as partial.
            #[must_use]
            pub fn loses_data(self) -> bool {
                match self {
                    $(Self::$name => codes!(@ $loss),)+
                }
            }
        }
    };
    (@ partial) => { true };
    (@ whole) => { false };
}

codes! {
    PlatformTotals "W-platform-totals" partial "a platform's export names a recording that is missing or could not be read; only its totals are known.";
    PlatformEntry "W-platform-entry" partial "an entry of a platform's export without a recording has no date or no duration that can be; it was left out.";
    FitTruncated "W-fit-truncated" partial "the file ends before it should; what precedes was read.";
    FitNotClosed "W-fit-not-closed" partial "the watch did not finish the file; its records were recovered.";
    FitDesync "W-fit-desync" partial "the content makes no sense from some byte on; what precedes was read.";
    FitLimit "W-fit-limit" partial "more content than any recording has; the excess was not read.";
    FitCrc "W-fit-crc" whole "the checksum is wrong; the data may be damaged";
    FitCrcZero "W-fit-crc-zero" whole "the checksum was not written";
    FitCrcMissing "W-fit-crc-missing" whole "the file ends before its checksum; all else was read";
    FitHeaderCrc "W-fit-header-crc" whole "the checksum of the header is wrong";
    FitHeaderSize "W-fit-header-size" whole "the header has an unusual size";
    FitPadding "W-fit-padding" whole "zeros around the files were skipped";
    FitTrailing "W-fit-trailing" whole "bytes that belong to no FIT file were skipped";
    FitNoSession "W-fit-no-session" whole "no summary by the watch; the activity was rebuilt from its records";
    FitSessions "W-fit-sessions" whole "a session that starts together with another was dropped";
    FitNoDate "W-fit-no-date" whole "the clock of the watch had never been set; the date is unknown";
    FitNoTime "W-fit-no-time" whole "records without a valid time were dropped";
    FitClock "W-fit-clock" whole "the clock of the watch was set during the run; what was recorded by the wrong one is dated from the rest";
    FitStray "W-fit-stray" whole "records far from all others in time, or an empty one long after the end, were left out";
    FitStale "W-fit-stale" whole "records from while the clock was wrong were dropped";
    FitTimeBack "W-fit-time-back" whole "time goes back; the records were sorted";
    FitMerged "W-fit-merged" whole "records of the same second were merged";
    FitEmptyRecords "W-fit-empty-records" whole "records without any valid value were dropped";
    FitImplausible "W-fit-implausible" whole "impossible records at the end were dropped";
    FitLaps "W-fit-laps" whole "laps without length, outside the records or overlapping were dropped or cut; one with the start of the run follows the one before";
    FitPosition "W-fit-position" whole "impossible positions count as missing";
    FitHeartRate "W-fit-heart-rate" whole "impossible heart rates count as missing";
    FitStrap "W-fit-strap" whole "heart rate that the strap had stored was added to the records";
    FitStrapUnused "W-fit-strap-unused" whole "heart rate that the strap had stored fits no record";
    FitCadence "W-fit-cadence" whole "cadence was taken for steps, though FIT counts strides";
    XmlIncomplete "W-xml-incomplete" partial "a GPX or TCX file or an export of Apple Health is cut off; what precedes was read.";
    XmlMismatched "W-xml-mismatched" whole "faulty tags were mended";
    XmlConcatenated "W-xml-concatenated" whole "several documents in one file; all were read";
    XmlEncoding "W-xml-encoding" whole "the encoding of the text is wrong or was guessed";
    XmlClock "W-xml-clock" whole "the clock of the device had not been set; the date is unknown";
    XmlNoZone "W-xml-no-zone" whole "times name no time zone; taken for UTC";
    XmlNoTime "W-xml-no-time" whole "points without a time were dropped";
    XmlBadTime "W-xml-bad-time" whole "times that are no dates count as missing";
    XmlBadPosition "W-xml-bad-position" whole "impossible positions count as missing";
    XmlBadValue "W-xml-bad-value" whole "values that are no numbers, or impossible, count as missing";
    XmlNoHeartRate "W-xml-no-heart-rate" whole "heart rate is 0, 1 or 255 throughout and counts as missing";
    XmlClockJump "W-xml-clock-jump" whole "the clock jumps by days while the run goes on; both parts were kept as one";
    XmlStray "W-xml-stray" whole "points far from all others in time were left out";
    XmlPositionsRepeated "W-xml-positions-repeated" whole "points at older times repeat the newest position; only their other values were used";
    XmlSpeedUnit "W-xml-speed-unit" whole "the recorded speed is in km/h; turned into m/s";
    XmlStale "W-xml-stale" whole "points a day or more away from all others were dropped";
    XmlTimesBack "W-xml-times-back" whole "time goes back; the points were sorted";
    XmlTimesRepeated "W-xml-times-repeated" whole "points of the same time were merged";
    TcxLaps "W-tcx-laps" whole "laps were put in order, those without any time dropped";
    TcxDistanceOffset "W-tcx-distance-offset" whole "distance does not start at 0; counted from its start";
    Course "W-course" whole "the file calls it a course, but it was recorded: heart rate, or times and unevenness that no planner writes";
    LapPoints "W-lap-points" whole "laps come from points or tracks that a converter named LAP001, LAP002 …, as if the lap key had been pressed there; or these points could not be placed";
    LapDistanceSum "W-lap-distance-sum" whole "distances of laps count from the start of the run; made to count from their own";
    LapDistance "W-lap-distance" whole "a lap longer than the run has no distance";
    Calibrated "W-calibrated" whole "the distance of a treadmill run was put right on the watch: it counts, and speeds are scaled to it";
    WatchDistance "W-watch-distance" whole "distance differs from that of the watch by more than 0.5 %; by how much and why";
    WatchTime "W-watch-time" whole "timer time differs from that of the watch by more than 2 %; by how much and why";
    SportGuess "W-sport-guess" whole "the file names no sport; it was taken for one by speed, cadence and heart rate";
    AppleRoute "W-apple-route" partial "the route of a workout of Apple Health is missing or cannot be read; it was read without positions.";
    AppleWorkout "W-apple-workout" partial "workouts of Apple Health without a start and an end that make sense were left out.";
    GzTruncated "W-gz-truncated" partial "a compressed file is cut off or damaged; what precedes was read.";
    GzCrc "W-gz-crc" whole "the checksum of a compressed file is wrong";
    GzTrailing "W-gz-trailing" whole "bytes after the compressed data were skipped";
    ZipTruncated "W-zip-truncated" partial "an entry of an archive is cut off or damaged; what precedes was read.";
    ZipCrc "W-zip-crc" whole "the checksum of an entry is wrong";
    ZipSize "W-zip-size" whole "an entry has another size than the archive says";
    ZipDirectory "W-zip-directory" whole "the directory of an archive is damaged; its entries were found without it";
    CorrectionCrop "W-correction-crop" whole "the part that you want to keep holds no records; the whole was kept";
    NotRunning "W-not-running" whole "a stretch is a ride, a drive or a lift: it is a stop and left out of distance, moving time, load and best efforts. Mark it with another kind than stop if it was run";
    NotARun "W-not-a-run" whole "the whole is no running, whatever the file says: taken as a ride";
    DistanceAhead "W-distance-ahead" whole "distance ran ahead of steps and heart rate, as with bad reception: the usual speed of the run takes its place";
    Altitude "W-altitude" whole "altitude rises as no ground does, or differs at the same places: slope is not used where it cannot be, and the climb is not known";
    CorrectionDistance "W-correction-distance" whole "the distance that you gave is beyond any error of a counter; the measured one was kept";
    CorrectionSegment "W-correction-segment" whole "a segment that you marked was cut or left out: it goes beyond the end of the run, or the activity is no run";
    CorrectionStored "W-correction-stored" whole "a stored document cannot be cropped, scaled, taken for another sport or cut anew as you say: read the recording itself";
}

impl fmt::Display for WarningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl WarningCode {
    /// Returns the code that a document holds, unless it is of another version.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manual::warnings;

    #[test]
    fn the_page_of_the_manual_is_this_table() {
        let row = |code: &WarningCode| {
            let partial = if code.loses_data() {
                " **partial**"
            } else {
                ""
            };
            format!("| `{code}` | {}{partial} |", code.meaning())
        };
        let expected: Vec<String> = WarningCode::ALL.iter().map(row).collect();
        let shown = warnings::TEXT
            .lines()
            .filter(|line| line.starts_with("| `W-"));
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn codes_are_found_again() {
        for code in WarningCode::ALL {
            assert_eq!(WarningCode::of(code.as_str()), Some(*code));
        }
        assert_eq!(WarningCode::of("W-none"), None);
    }
}
