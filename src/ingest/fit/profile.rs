//! The words behind the numbers of FIT.
//!
//! The names of products, manufacturers and messages are those of the FIT profile that fitparser
//! carries; the rest is hardeasy's own reading of them.

use fitparser::profile::field_types;
use fitparser::profile::field_types::SplitType;

use crate::ingest::Intensity;
use crate::ingest::LapTrigger;
use crate::ingest::SplitKind;
use crate::ingest::Sport;

use super::products;

/// The manufacturer numbers that are treated in a special way.
const GARMIN: u16 = 1;
const COROS: u16 = 294;

/// The file type of recorded activities.
pub(super) const ACTIVITY_FILE: u8 = 4;

/// The file type of courses.
pub(super) const COURSE_FILE: u8 = 6;

/// Garmin watches with a pressure sensor, by the beginning of their names in the profile.
///
/// Source: the manufacturer's data sheets of these models, from memory; a watch that is missing
/// here only makes its altitude's source unknown.
const BAROMETRIC_WATCHES: [&str; 27] = [
    "d2",
    "descent",
    "enduro",
    "epix",
    "fenix",
    "fr165",
    "fr255",
    "fr265",
    "fr570",
    "fr645",
    "fr745",
    "fr910xt",
    "fr920xt",
    "fr935",
    "fr945",
    "fr955",
    "fr965",
    "fr970",
    "instinct",
    "marq",
    "quatix",
    "tactix",
    "venu2",
    "venu3",
    "vivo_active4",
    "vivoactive3",
    "vivoactive4",
];

/// The device type and source by which a file says that there is a pressure sensor inside.
pub(crate) const BAROMETER: u8 = 4;
pub(crate) const LOCAL: u8 = 5;

/// Returns a name of the profile, unless it is only the number again.
fn known(name: String) -> Option<String> {
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_word && !name.starts_with("unknown")).then_some(name)
}

/// Returns the name of a kind of message.
pub(super) fn message(number: u16) -> Option<String> {
    known(field_types::MesgNum::from(number).to_string())
}

/// Returns the name of a manufacturer as one writes it.
pub(super) fn manufacturer(number: u16) -> Option<String> {
    if number == COROS {
        return Some("COROS".to_owned());
    }
    if let Some(name) = products::maker(number) {
        return Some(name);
    }
    let name = known(field_types::Manufacturer::from(number).to_string())?;
    let first = name.get(..1)?.to_uppercase();
    Some(format!("{first}{}", name.get(1..)?.replace('_', " ")))
}

/// Returns the name of a device, as in "Garmin fr245".
pub(super) fn device(
    maker: Option<u16>,
    product: Option<u16>,
    product_name: Option<&str>,
) -> Option<String> {
    let maker_name = maker.and_then(manufacturer);
    let product_name = match product_name {
        Some(name) => Some(name.to_owned()),
        None => product.map(|number| {
            garmin_product(maker, number).unwrap_or_else(|| format!("product {number}"))
        }),
    };
    match (maker_name, product_name) {
        (Some(maker), Some(product)) if starts_with_word(&product, &maker) => Some(product),
        (Some(maker), Some(product)) => Some(format!("{maker} {product}")),
        (Some(maker), None) => Some(maker),
        (None, Some(product)) => maker
            .map(|number| format!("manufacturer {number} {product}"))
            .or(Some(product)),
        (None, None) => None,
    }
}

/// Returns whether a product's name begins with its maker's.
fn starts_with_word(product: &str, maker: &str) -> bool {
    product.to_lowercase().starts_with(&maker.to_lowercase())
}

fn garmin_product(maker: Option<u16>, product: u16) -> Option<String> {
    (maker == Some(GARMIN))
        .then(|| {
            let of_profile = known(field_types::GarminProduct::from(product).to_string());
            of_profile.or_else(|| products::product(product))
        })
        .flatten()
}

/// Returns whether a device is known to measure air pressure.
pub(super) fn has_barometer(maker: Option<u16>, product: Option<u16>) -> bool {
    let garmin = product.and_then(|product| garmin_product(maker, product));
    maker == Some(COROS)
        || garmin.is_some_and(|name| {
            BAROMETRIC_WATCHES
                .iter()
                .any(|watch| name.starts_with(watch))
        })
}

/// Returns whether a `device_info` message tells of a pressure sensor in the device.
pub(super) fn is_barometer(source: Option<u8>, kind: Option<u8>) -> bool {
    source == Some(LOCAL) && kind == Some(BAROMETER)
}

/// Returns what a kind of file is, for the message that it is not an activity.
pub(super) fn file_kind(number: u8) -> String {
    match number {
        1 => "a device description".to_owned(),
        2 => "device settings".to_owned(),
        3 => "sport settings".to_owned(),
        4 => "an activity file without usable records".to_owned(),
        5 => "a workout".to_owned(),
        6 => "a course".to_owned(),
        7 => "a training schedule".to_owned(),
        9 => "weight data".to_owned(),
        10 => "device totals".to_owned(),
        11 => "goals".to_owned(),
        14 => "blood pressure data".to_owned(),
        15 | 28 | 32 => "monitoring data".to_owned(),
        20 => "an activity summary".to_owned(),
        34 | 35 => "a segment".to_owned(),
        40 => "display settings".to_owned(),
        // Not in the profile, but written by every Garmin watch.
        44 => "device metrics".to_owned(),
        49 => "sleep data".to_owned(),
        68 => "heart rate variability data".to_owned(),
        other => format!("a FIT file of type {other}"),
    }
}

/// Returns what a sport and its sub-sport are, and the file's word for it.
pub(super) fn sport(number: Option<u8>, sub_number: Option<u8>) -> (Sport, Option<String>) {
    let word = sub_number.and_then(sub_sport);
    let sport = match (number, sub_number) {
        (Some(1), _) | (Some(0 | 4) | None, Some(1..=4 | 45 | 59 | 67)) => Sport::Running,
        (Some(2 | 21), _) | (Some(0 | 4) | None, Some(5..=13 | 46)) => Sport::Cycling,
        (Some(5), _) => Sport::Swimming,
        (Some(10 | 62 | 67 | 86), _) | (Some(4), Some(20)) => Sport::Strength,
        (Some(11 | 17), _) | (Some(4), Some(27)) => Sport::Walking,
        (Some(0) | None, _) => Sport::Unknown,
        (Some(_), _) => Sport::Other,
    };
    let name = number.filter(|_| sport == Sport::Other).map(|number| {
        match known(field_types::Sport::from(number).to_string()) {
            Some(name) => name,
            None => format!("sport {number}"),
        }
    });
    (sport, word.or(name))
}

/// Returns the file's word for a sub-sport; "generic" is none.
fn sub_sport(number: u8) -> Option<String> {
    if number == 0 {
        return None;
    }
    known(field_types::SubSport::from(number).to_string())
        .or_else(|| Some(format!("sub-sport {number}")))
}

/// Returns what closed a lap.
pub(super) fn lap_trigger(number: Option<u8>) -> LapTrigger {
    match number {
        Some(0) => LapTrigger::Manual,
        Some(1..=6) => LapTrigger::Auto,
        Some(7) => LapTrigger::SessionEnd,
        _ => LapTrigger::Unknown,
    }
}

/// Returns what a lap or a step was meant to be.
pub(super) fn intensity(number: Option<u8>) -> Option<Intensity> {
    Some(match number? {
        0 | 5 => Intensity::Active,
        1 => Intensity::Rest,
        2 => Intensity::Warmup,
        3 => Intensity::Cooldown,
        4 => Intensity::Recovery,
        _ => Intensity::Other,
    })
}

/// Returns what a split is of.
pub(super) fn split_kind(number: Option<u8>) -> SplitKind {
    let Some(number) = number else {
        return SplitKind::Other;
    };
    match SplitType::from(number) {
        SplitType::IntervalActive => SplitKind::Interval(Intensity::Active),
        SplitType::IntervalRest => SplitKind::Interval(Intensity::Rest),
        SplitType::IntervalWarmup => SplitKind::Interval(Intensity::Warmup),
        SplitType::IntervalCooldown => SplitKind::Interval(Intensity::Cooldown),
        SplitType::IntervalRecovery => SplitKind::Interval(Intensity::Recovery),
        SplitType::IntervalOther => SplitKind::Interval(Intensity::Other),
        SplitType::RwdRun => SplitKind::Running,
        SplitType::RwdWalk => SplitKind::Walking,
        SplitType::RwdStand => SplitKind::Standing,
        _ => SplitKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named() {
        let name = |maker, product, text| device(maker, product, text).unwrap_or_default();
        assert_eq!(name(Some(1), Some(3076), None), "Garmin fr245");
        assert_eq!(
            name(Some(294), Some(841), Some("COROS PACE 2")),
            "COROS PACE 2"
        );
        assert_eq!(name(Some(23), Some(12345), None), "Suunto product 12345");
        assert_eq!(name(Some(1), Some(4565), None), "Garmin fr970");
        assert_eq!(name(Some(352), Some(7), None), "Tymewear product 7");
        assert_eq!(
            name(Some(60_000), Some(7), None),
            "manufacturer 60000 product 7"
        );
        assert_eq!(device(None, None, None), None);
        assert!(has_barometer(Some(1), Some(3113)), "fr945");
        assert!(!has_barometer(Some(1), Some(3076)), "fr245");
    }

    #[test]
    fn sports_are_told_apart() {
        assert_eq!(
            sport(Some(1), Some(4)),
            (Sport::Running, Some("track".into()))
        );
        assert_eq!(sport(Some(1), Some(0)), (Sport::Running, None));
        assert_eq!(
            sport(Some(4), Some(1)),
            (Sport::Running, Some("treadmill".into()))
        );
        assert_eq!(sport(Some(10), Some(20)).0, Sport::Strength);
        assert_eq!(
            sport(Some(3), None),
            (Sport::Other, Some("transition".into()))
        );
        assert_eq!(sport(Some(2), Some(250)).1, Some("sub-sport 250".into()));
        assert_eq!(sport(None, None), (Sport::Unknown, None));
    }

    #[test]
    fn messages_are_named_or_not() {
        assert_eq!(message(20).as_deref(), Some("record"));
        assert_eq!(message(60_000), None);
    }
}
