//! Columns of raw records → the quantities of an activity, with what is impossible left out.

use crate::channel::Channel;
use crate::ingest::Records;
use crate::ingest::Series;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::statistics::median;
use crate::units::plural;

use super::clock::Moment;
use super::clock::Timeline;
use super::note::note;
use super::table::Column;
use super::table::FURTHER;
use super::table::RecordTable;

/// Heart rates that occur in people, in beats per minute.
///
/// Judged from real files; 0 and 255 are marks of a missing strap, 2.5 % of the files have a 0.
const HEART_RATES_BPM: std::ops::RangeInclusive<f64> = 25.0..=240.0;

/// Largest latitude and longitude, in degrees; the marks of absence lie on or beyond them.
const MAX_LATITUDE_DEG: f64 = 90.0;
const MAX_LONGITUDE_DEG: f64 = 180.0;

/// Positions that devices write when they have none: latitude and longitude in degrees.
///
/// Seen in real files, (90, −80) in those of Huawei watches.
const LOST_POSITIONS_DEG: [(f64, f64); 2] = [(0.0, 0.0), (90.0, -80.0)];

/// How near a position must be to a mark of a lost one, in degrees: a few units of the format.
const SAME_POSITION_DEG: f64 = 1e-6;

/// FIT counts strides; a runner's median below this many a minute is strides, above it is steps.
///
/// 120 steps a minute is a walk, 120 strides are beyond any sprinter.
const MAX_STRIDES_PER_MIN: f64 = 120.0;

/// Steps in one stride.
const STEPS_PER_STRIDE: f64 = 2.0;

/// Returns the quantities at some moments, and where power comes from.
pub(super) fn records(
    table: &RecordTable,
    timeline: &Timeline,
    moments: &[Moment],
    is_on_foot: bool,
    warnings: &mut Vec<Warning>,
) -> (Records, Option<String>) {
    let channel = |column| timeline.channel(table, column, moments);
    let (latitude_deg, longitude_deg) = positions(
        &channel(Column::Latitude),
        &channel(Column::Longitude),
        warnings,
    );
    let (power_w, power_source) = power(table, timeline, moments);
    let base = moments.first().map_or(0, |moment| moment.time);
    let records = Records {
        time_s: moments
            .iter()
            .map(|moment| f64::from(moment.time - base))
            .collect(),
        latitude_deg,
        longitude_deg,
        distance_m: channel(Column::Distance),
        speed_m_s: channel(Column::Speed),
        altitude_m: channel(Column::Altitude),
        heart_rate_bpm: heart_rate(&channel(Column::HeartRate), warnings),
        cadence_spm: cadence(
            &channel(Column::Cadence),
            &channel(Column::FractionalCadence),
            is_on_foot,
            warnings,
        ),
        power_w,
        temperature_c: channel(Column::Temperature),
        further: further(table, timeline, moments, power_source.as_deref()),
    };
    (records, power_source)
}

/// Returns running dynamics, and the fields of apps that are not the power already taken.
fn further(
    table: &RecordTable,
    timeline: &Timeline,
    moments: &[Moment],
    power_source: Option<&str>,
) -> Vec<Series> {
    let native = FURTHER.iter().map(|(column, name)| Series {
        name: (*name).to_owned(),
        // A sensor that is silent writes 0.
        values: positive(&timeline.channel(table, *column, moments)),
    });
    let of_apps = table.developer.others(power_source);
    let of_apps = of_apps.map(|(name, values)| Series {
        name,
        values: timeline.scattered(&values, moments),
    });
    let all = native.chain(of_apps);
    all.filter(|series| series.values.has_values()).collect()
}

fn positive(channel: &Channel) -> Channel {
    channel
        .iter()
        .map(|value| value.filter(|value| *value > 0.0))
        .collect()
}

/// Leaves out positions that are marks of a lost signal, or only half there.
fn positions(
    latitudes: &Channel,
    longitudes: &Channel,
    warnings: &mut Vec<Warning>,
) -> (Channel, Channel) {
    if !latitudes.has_values() || !longitudes.has_values() {
        return (Channel::default(), Channel::default());
    }
    let mut dropped = 0;
    let pairs: Vec<Option<(f64, f64)>> = latitudes
        .iter()
        .zip(longitudes.iter())
        .map(|(latitude, longitude)| {
            let position = latitude.zip(longitude);
            let is_sound = position.is_some_and(is_sound_position);
            dropped += usize::from(!is_sound && (latitude.is_some() || longitude.is_some()));
            position.filter(|_| is_sound)
        })
        .collect();
    note(warnings, dropped, WarningCode::FitPosition, |n| {
        format!(
            "{} dropped: marks of a lost signal, or out of range",
            plural(n, "position")
        )
    });
    (
        pairs
            .iter()
            .map(|pair| pair.map(|(latitude, _)| latitude))
            .collect(),
        pairs
            .iter()
            .map(|pair| pair.map(|(_, longitude)| longitude))
            .collect(),
    )
}

fn is_sound_position((latitude, longitude): (f64, f64)) -> bool {
    let is_lost = LOST_POSITIONS_DEG
        .iter()
        .any(|(lost_latitude, lost_longitude)| {
            (latitude - lost_latitude).abs() < SAME_POSITION_DEG
                && (longitude - lost_longitude).abs() < SAME_POSITION_DEG
        });
    latitude.abs() <= MAX_LATITUDE_DEG && longitude.abs() < MAX_LONGITUDE_DEG && !is_lost
}

/// Leaves out heart rates that no one has.
fn heart_rate(raw: &Channel, warnings: &mut Vec<Warning>) -> Channel {
    let sound: Channel = raw
        .iter()
        .map(|rate| rate.filter(|rate| HEART_RATES_BPM.contains(rate)))
        .collect();
    note(
        warnings,
        raw.count() - sound.count(),
        WarningCode::FitHeartRate,
        |n| {
            format!(
                "{} of 0 or outside 25–240 treated as missing",
                plural(n, "heart rate")
            )
        },
    );
    sound
}

/// Returns cadence with its fraction, in steps when on foot.
fn cadence(
    whole: &Channel,
    fraction: &Channel,
    is_on_foot: bool,
    warnings: &mut Vec<Warning>,
) -> Channel {
    let exact: Channel = whole
        .iter()
        .enumerate()
        .map(|(index, whole)| Some(whole? + fraction.get(index).unwrap_or(0.0)))
        .collect();
    if !is_on_foot {
        return exact;
    }
    if usual(&exact).is_some_and(|median| median > MAX_STRIDES_PER_MIN) {
        warnings.push(Warning::new(
            WarningCode::FitCadence,
            "cadence taken as steps a minute, though FIT counts strides: it is too high for those",
        ));
        return exact;
    }
    exact.map(|strides| strides * STEPS_PER_STRIDE)
}

/// Returns the median of the values that are not zero.
fn usual(channel: &Channel) -> Option<f64> {
    median(channel.iter().flatten().filter(|value| *value > 0.0))
}

/// Returns power: the device's own, else that of an app.
fn power(
    table: &RecordTable,
    timeline: &Timeline,
    moments: &[Moment],
) -> (Channel, Option<String>) {
    let native = timeline.channel(table, Column::Power, moments);
    if native.iter().flatten().any(|watts| watts > 0.0) {
        return (native, Some("native".to_owned()));
    }
    match table.developer.power() {
        Some((values, source)) => (timeline.scattered(&values, moments), Some(source)),
        None => (Channel::default(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(values: &[f64]) -> Channel {
        values.iter().copied().collect()
    }

    #[test]
    fn marks_of_lost_positions_are_absent() {
        let mut warnings = Vec::new();
        let (latitudes, longitudes) = positions(
            &channel(&[48.0, 0.0, 90.0, -180.0, 50.0, 48.1]),
            &channel(&[9.0, 0.0, -80.0, 9.0, f64::NAN, 9.1]),
            &mut warnings,
        );
        assert_eq!((latitudes.count(), longitudes.count()), (2, 2));
        assert_eq!(latitudes.get(5), Some(48.1));
        assert!(warnings[0].text.starts_with("4 positions"));
    }

    #[test]
    fn impossible_heart_rates_are_absent() {
        let mut warnings = Vec::new();
        let sound = heart_rate(&channel(&[0.0, 24.0, 25.0, 240.0, 250.0]), &mut warnings);
        assert_eq!(sound.count(), 2);
        assert!(warnings[0].text.starts_with("3 heart rates"));
    }

    #[test]
    fn strides_become_steps() {
        let strides = channel(&[85.0, 86.0, 0.0]);
        let half = channel(&[0.5, 0.0, 0.0]);
        let steps = cadence(&strides, &half, true, &mut Vec::new());
        assert_eq!(steps, channel(&[171.0, 172.0, 0.0]));
        assert_eq!(
            cadence(&strides, &half, false, &mut Vec::new()).get(0),
            Some(85.5)
        );
        let already = channel(&[170.0, 172.0]);
        assert_eq!(
            cadence(&already, &Channel::default(), true, &mut Vec::new()),
            already
        );
    }
}
