//! Heart rate that a chest strap stored by itself (message 132), for swims above all.

use super::definition::Definition;
use super::frame::Message;
use super::table::Column;
use super::table::RecordTable;
use super::value::NumberReader;

/// Fields of the message.
const FRACTIONAL_TIMESTAMP: u8 = 0;
const FILTERED_BPM: u8 = 6;
const EVENT_TIMESTAMP: u8 = 9;
const EVENT_TIMESTAMP_12: u8 = 10;

/// Units of the strap's clock in one second.
const TICKS_PER_SECOND: f64 = 1024.0;

/// Units of the fractional timestamp in one second.
const FRACTIONS_PER_SECOND: f64 = 32_768.0;

/// Bits of a short time of the strap, which rolls over every four seconds.
const SHORT_MASK: u32 = 0xFFF;

/// A beat older than this says nothing about a record any more: judgement, about the slowest rate
/// at which straps store beats, with some to spare.
const MAX_AGE_S: f64 = 5.0;

/// At most so many beats are kept: two a second for as long as records are kept.
const MAX_BEATS: usize = 6_000_000;

/// A heart rate at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beat {
    /// Seconds since the FIT epoch.
    pub(super) time_s: f64,
    pub(super) heart_rate_bpm: f64,
}

/// A field of the message as its bytes lie.
#[derive(Clone, Copy, Debug)]
struct Span {
    offset: usize,
    size: usize,
}

impl Span {
    fn of(self, payload: &[u8]) -> &[u8] {
        payload
            .get(self.offset..self.offset + self.size)
            .unwrap_or_default()
    }
}

/// How to read the `hr` messages of one definition.
#[derive(Clone, Debug, Default)]
pub(super) struct HrPlan {
    fraction: Option<(usize, NumberReader)>,
    rates: Option<Span>,
    long_times: Option<Span>,
    short_times: Option<Span>,
    big_endian: bool,
}

impl HrPlan {
    /// Works out how to read the messages of a definition.
    pub(super) fn new(definition: &Definition) -> Self {
        let mut plan = Self {
            big_endian: definition.big_endian,
            ..Self::default()
        };
        for field in &definition.fields {
            let span = Some(Span {
                offset: field.offset,
                size: field.size,
            });
            match field.number {
                FILTERED_BPM => plan.rates = span,
                EVENT_TIMESTAMP => plan.long_times = span,
                EVENT_TIMESTAMP_12 => plan.short_times = span,
                FRACTIONAL_TIMESTAMP => {
                    plan.fraction =
                        NumberReader::new(field.base_type, field.size, definition.big_endian)
                            .map(|reader| (field.offset, reader));
                }
                _ => {}
            }
        }
        plan
    }
}

/// The heart rates of a strap, with the strap's clock tied to the watch's.
#[derive(Clone, Debug, Default)]
pub(super) struct Strap {
    pub(super) beats: Vec<Beat>,
    /// What is to be added to the strap's clock, in seconds.
    shift_s: Option<f64>,
    /// The strap's clock at the last beat.
    ticks: u32,
}

impl Strap {
    /// Takes an `hr` message.
    pub(super) fn take(&mut self, plan: &HrPlan, message: &Message<'_>) {
        let times = self.times(plan, message.payload);
        if let (Some(time), Some(first)) = (message.time, times.first()) {
            let fraction = plan
                .fraction
                .and_then(|(offset, reader)| reader.read(message.payload.get(offset..)?))
                .unwrap_or(0.0);
            let start_s = f64::from(time) + fraction / FRACTIONS_PER_SECOND;
            self.shift_s = Some(start_s - f64::from(*first) / TICKS_PER_SECOND);
        }
        let Some(shift_s) = self.shift_s else {
            return;
        };
        let rates = plan.rates.map_or(&[][..], |span| span.of(message.payload));
        for (ticks, rate) in times.iter().zip(rates) {
            if *rate != 0 && *rate != u8::MAX && self.beats.len() < MAX_BEATS {
                self.beats.push(Beat {
                    time_s: shift_s + f64::from(*ticks) / TICKS_PER_SECOND,
                    heart_rate_bpm: f64::from(*rate),
                });
            }
        }
    }

    /// Returns the strap's clock at each beat of a message.
    fn times(&mut self, plan: &HrPlan, payload: &[u8]) -> Vec<u32> {
        let mut times = Vec::new();
        if let Some(span) = plan.long_times {
            let (words, _) = span.of(payload).as_chunks::<4>();
            times.extend(words.iter().map(|word| {
                if plan.big_endian {
                    u32::from_be_bytes(*word)
                } else {
                    u32::from_le_bytes(*word)
                }
            }));
            times.retain(|ticks| *ticks != u32::MAX);
        }
        self.ticks = times.last().copied().unwrap_or(self.ticks);
        if let Some(span) = plan.short_times
            && times.is_empty()
        {
            let (pairs, _) = span.of(payload).as_chunks::<3>();
            for [a, b, c] in pairs {
                for short in [
                    u32::from(*a) | u32::from(b & 0x0F) << 8,
                    u32::from(b >> 4) | u32::from(*c) << 4,
                ] {
                    let ahead = short.wrapping_sub(self.ticks) & SHORT_MASK;
                    self.ticks = self.ticks.wrapping_add(ahead);
                    times.push(self.ticks);
                }
            }
        }
        times
    }
}

/// Gives the records that have no heart rate that of the strap; returns to how many.
///
/// A record gets the mean of the beats since the record before it, else the last recent beat.
pub(super) fn merge(beats: &mut [Beat], table: &mut RecordTable) -> usize {
    beats.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
    let mut filled = 0;
    let mut before_s = f64::NEG_INFINITY;
    for row in 0..table.len() {
        let Some(time) = table.times()[row] else {
            continue;
        };
        let time_s = f64::from(time);
        if table.get(Column::HeartRate, row).is_none()
            && let Some(heart_rate_bpm) = heart_rate_at(beats, before_s, time_s)
        {
            table.set(Column::HeartRate, row, heart_rate_bpm);
            filled += 1;
        }
        before_s = time_s;
    }
    filled
}

/// Returns the mean heart rate after one moment and up to another, in beats per minute.
fn heart_rate_at(beats: &[Beat], after_s: f64, until_s: f64) -> Option<f64> {
    let end = beats.partition_point(|beat| beat.time_s <= until_s);
    let oldest_s = after_s.max(until_s - MAX_AGE_S);
    let start = beats[..end].partition_point(|beat| beat.time_s <= oldest_s);
    let recent = &beats[start..end];
    if recent.is_empty() {
        return beats[..end]
            .last()
            .filter(|beat| beat.time_s >= until_s - MAX_AGE_S)
            .map(|beat| beat.heart_rate_bpm);
    }
    let sum: f64 = recent.iter().map(|beat| beat.heart_rate_bpm).sum();
    Some(sum / recent.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fit::testing::definition;

    fn message<'a>(
        definition: &'a Definition,
        payload: &'a [u8],
        time: Option<u32>,
    ) -> Message<'a> {
        Message {
            local: 0,
            definition,
            payload,
            time,
        }
    }

    #[test]
    fn short_times_accumulate_from_the_long_one() {
        let anchor = definition(132, &[(6, 1, 2), (9, 4, 0x86)]);
        let mut strap = Strap::default();
        // The strap's clock says 2 s when the watch says 1000 s.
        strap.take(
            &HrPlan::new(&anchor),
            &message(&anchor, &[100, 0, 8, 0, 0], Some(1000)),
        );
        let packed = definition(132, &[(6, 2, 2), (10, 3, 13)]);
        // 0xC00 = 3 s, then 0x000: rolled over to 4 s.
        strap.take(
            &HrPlan::new(&packed),
            &message(&packed, &[110, 120, 0x00, 0x0C, 0x00], None),
        );
        let beats: Vec<(f64, f64)> = strap
            .beats
            .iter()
            .map(|beat| (beat.time_s, beat.heart_rate_bpm))
            .collect();
        assert_eq!(beats, [(1000.0, 100.0), (1001.0, 110.0), (1002.0, 120.0)]);
    }

    #[test]
    fn a_record_gets_the_beats_since_the_last_one() {
        let beats: Vec<Beat> = [(10.0, 100.0), (11.0, 110.0), (12.0, 120.0)]
            .map(|(time_s, heart_rate_bpm)| Beat {
                time_s,
                heart_rate_bpm,
            })
            .to_vec();
        assert_eq!(heart_rate_at(&beats, 10.0, 12.0), Some(115.0));
        assert_eq!(heart_rate_at(&beats, 12.0, 14.0), Some(120.0));
        assert_eq!(heart_rate_at(&beats, 12.0, 30.0), None);
        assert_eq!(heart_rate_at(&beats, 0.0, 9.0), None);
    }
}
