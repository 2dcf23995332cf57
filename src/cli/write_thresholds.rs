//! What `athlete --write` puts into the settings: marked by a comment, so that a later run of the
//! program tells it from what the user wrote.

use anyhow::Context;
use anyhow::bail;
use chrono::NaiveDate;
use toml_edit::ArrayOfTables;
use toml_edit::DocumentMut;
use toml_edit::Item;
use toml_edit::Table;
use toml_edit::Value;
use toml_edit::value;

use crate::history::ReferenceUnit;
use crate::history::References;
use crate::settings::Settings;
use crate::settings::Thresholds;
use crate::units::round;

/// How the comments begin that mark what hardeasy wrote.
const MARK: &str = "# Estimated by hardeasy";
/// The comment above an entry that hardeasy wrote.
const ABOVE_ENTRY: &str = "\n# Estimated by hardeasy from the runs before this day.\n";
/// The comment behind a value that hardeasy wrote into an entry of the user.
const BEHIND_VALUE: &str = " # Estimated by hardeasy";
/// The key of the entries.
const ENTRIES: &str = "thresholds";
/// The key of the day of an entry.
const DAY: &str = "from";
/// Decimals of a written speed.
///
/// # Units
/// A millimetre per second.
const SPEED_DECIMALS: i32 = 3;
/// Decimals of a written heart rate.
///
/// # Units
/// A beat per minute.
const HEART_RATE_DECIMALS: i32 = 0;
/// Decimals of a written ratio.
///
/// # Units
/// A hundredth of a per cent.
const RATIO_DECIMALS: i32 = 4;

/// Returns the thresholds of a settings file that the user wrote: those that hardeasy wrote are
/// left out, else they would be taken for given and never change again.
///
/// # Errors
/// When the text is not one of settings.
pub(super) fn given_by_user(text: &str) -> anyhow::Result<Vec<Thresholds>> {
    let mut document: DocumentMut = text.parse().context("expected TOML; mend it first")?;
    let tables = document
        .get_mut(ENTRIES)
        .and_then(Item::as_array_of_tables_mut);
    if let Some(tables) = tables {
        tables.retain(|entry| !is_marked(entry));
        for entry in tables.iter_mut() {
            for kind in References::KINDS {
                if entry.get(kind.key).is_some_and(is_value_marked) {
                    entry.remove(kind.key);
                }
            }
        }
    }
    Ok(Settings::parse(&document.to_string())?.thresholds)
}

/// Returns the text of the settings with the newest values that are known and not the user's own.
///
/// They make an entry of their day. What hardeasy wrote for that day before is replaced; an entry
/// of the user keeps its values and gets those that it lacks. Everything else stays as it is.
///
/// # Errors
/// When nothing is to be written, or the text is not one of settings.
pub(super) fn with_newest(
    old: &str,
    day: NaiveDate,
    references: &References,
) -> anyhow::Result<String> {
    let newest = to_write(references);
    if newest.iter().all(|(_, number)| number.is_none()) {
        bail!(
            "no value is known well enough to be written; it needs more runs, hard ones among them"
        );
    }
    let mut document: DocumentMut = old.parse().context("expected TOML; mend it first")?;
    let entries = document
        .entry(ENTRIES)
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(tables) = entries.as_array_of_tables_mut() else {
        bail!("expected [[thresholds]] tables, found something else; mend it first");
    };
    let of_day = tables.iter().position(|entry| day_of(entry) == Some(day));
    let place = match of_day {
        Some(place) => place,
        None => {
            tables.push(empty_entry(day)?);
            tables.len() - 1
        }
    };
    if let Some(entry) = tables.get_mut(place) {
        fill(entry, &newest);
    }
    let new = document.to_string();
    Settings::parse(&new)
        .with_context(|| format!("the newest values do not fit the entry of {day}"))?;
    Ok(new)
}

/// Returns every key that settings may have, with the number to write.
fn to_write(references: &References) -> Vec<(&'static str, Option<f64>)> {
    let settings = references.iter().filter(|(kind, _)| kind.is_setting);
    settings
        .map(|(kind, reference)| {
            let known = reference.filter(|known| known.is_known() && !known.is_given());
            let number = known.map(|known| round(known.value, decimals(kind.unit)));
            (kind.key, number)
        })
        .collect()
}

fn empty_entry(day: NaiveDate) -> anyhow::Result<Table> {
    let date: toml_edit::Datetime = day.to_string().parse().context("a date is TOML")?;
    let mut entry = Table::new();
    entry.decor_mut().set_prefix(ABOVE_ENTRY);
    entry[DAY] = value(date);
    Ok(entry)
}

/// Brings what hardeasy wrote into an entry up to date; what the user wrote into it stays.
fn fill(entry: &mut Table, newest: &[(&str, Option<f64>)]) {
    let is_ours = is_marked(entry);
    for (key, number) in newest {
        let there = entry.get(key);
        if there.is_some_and(|there| !is_ours && !is_value_marked(there)) {
            continue;
        }
        let Some(number) = number else {
            entry.remove(key);
            continue;
        };
        let mut written = Value::from(*number);
        match there.and_then(Item::as_value) {
            Some(there) => *written.decor_mut() = there.decor().clone(),
            None if is_ours => {}
            None => written.decor_mut().set_suffix(BEHIND_VALUE),
        }
        entry[*key] = Item::Value(written);
    }
}

/// Returns the day of an entry, written in either of the ways in which settings may write it.
fn day_of(entry: &Table) -> Option<NaiveDate> {
    let day = entry.get(DAY)?;
    match day.as_datetime() {
        Some(day) => day.to_string().parse().ok(),
        None => day.as_str()?.parse().ok(),
    }
}

/// Returns whether the comment that touches an entry says that hardeasy wrote it.
fn is_marked(entry: &Table) -> bool {
    let above = entry.decor().prefix().and_then(|above| above.as_str());
    let above = above.and_then(|above| above.rsplit_once('\n'));
    let lines = above.map_or("", |(lines, _)| lines).lines().rev();
    lines
        .map(str::trim)
        .take_while(|line| line.starts_with('#'))
        .any(|line| line.starts_with(MARK))
}

/// Returns whether the comment behind a value says that hardeasy wrote it.
fn is_value_marked(item: &Item) -> bool {
    let behind = item.as_value().and_then(|value| value.decor().suffix());
    let behind = behind.and_then(|behind| behind.as_str());
    behind.is_some_and(|behind| behind.trim().starts_with(MARK))
}

/// Returns the decimals of a written value: finer ones are far below what is known.
fn decimals(unit: ReferenceUnit) -> i32 {
    match unit {
        ReferenceUnit::MetresPerSecond => SPEED_DECIMALS,
        ReferenceUnit::BeatsPerMinute | ReferenceUnit::Watts => HEART_RATE_DECIMALS,
        ReferenceUnit::Ratio => RATIO_DECIMALS,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::history::Confidence;
    use crate::history::Reference;

    fn reference(value: f64, source: &str) -> Option<Reference> {
        Some(Reference {
            source: source.to_owned(),
            ..Reference::exact(value, Confidence::Fair)
        })
    }

    fn critical(speed: f64) -> References {
        References {
            critical_speed_m_s: reference(speed, ""),
            ..References::default()
        }
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, 25).unwrap()
    }

    #[test]
    fn the_newest_values_join_the_settings() {
        let old = "# mine\nunits = \"imperial\"\n";
        let once = with_newest(old, day(), &critical(4.2004)).unwrap();
        let twice = with_newest(&once, day(), &critical(4.2004)).unwrap();
        assert_eq!(once, twice);
        assert_eq!(
            once,
            format!(
                "{old}\n# Estimated by hardeasy from the runs before this day.\n\
                 [[thresholds]]\nfrom = 2026-05-25\ncritical_speed_m_s = 4.2\n"
            )
        );
    }

    #[test]
    fn what_was_written_for_the_day_is_replaced() {
        let both = References {
            maximum_heart_rate_bpm: reference(190.0, ""),
            ..critical(4.2)
        };
        let once = with_newest("", day(), &both).unwrap();
        let later = with_newest(&once, day(), &critical(4.3)).unwrap();
        assert!(!later.contains("maximum"), "{later}");
        assert!(later.contains("critical_speed_m_s = 4.3\n"), "{later}");
        assert_eq!(given_by_user(&later).unwrap(), []);
    }

    #[test]
    fn an_entry_of_the_user_gets_only_what_it_lacks() {
        for from in ["2026-05-25", "\"2026-05-25\""] {
            let old = format!(
                "# lab\n[[thresholds]]\nfrom = {from} # Monday\n# on the treadmill\n\
                 critical_speed_m_s = 4.1 # sure\n\n# autumn\n[[races]]\nday = 2026-10-04\n"
            );
            let newest = References {
                maximum_heart_rate_bpm: reference(190.2, ""),
                ..critical(4.2)
            };
            let new = with_newest(&old, day(), &newest).unwrap();
            let line = "maximum_heart_rate_bpm = 190.0 # Estimated by hardeasy\n";
            assert_eq!(new, old.replace("# sure\n", &format!("# sure\n{line}")));
            let given = given_by_user(&new).unwrap();
            assert_eq!(given, Settings::parse(&old).unwrap().thresholds);
            let newer = References {
                maximum_heart_rate_bpm: reference(192.0, ""),
                ..newest
            };
            let newer = with_newest(&new, day(), &newer).unwrap();
            assert_eq!(newer, new.replace("190.0", "192.0"));
        }
    }

    #[test]
    fn a_comment_that_does_not_touch_an_entry_leaves_it_to_the_user() {
        let entry = "[[thresholds]]\nfrom = 2026-05-25\ncritical_speed_m_s = 4.1\n";
        let given = |above: &str| given_by_user(&format!("{above}{entry}")).unwrap().len();
        assert_eq!(
            given("# Estimated by hardeasy from the runs before this day.\n"),
            0
        );
        assert_eq!(given("# Estimated by hardeasy, checked\n# by me\n  "), 0);
        assert_eq!(given("# Estimated by hardeasy\n\n# the lab\n"), 1);
        assert_eq!(given(""), 1);
    }

    #[test]
    fn nothing_given_and_nothing_unsure_is_written() {
        let given = References {
            critical_speed_m_s: reference(4.2, "given by you from 2026-01-01 on"),
            ..References::default()
        };
        for references in [given, References::default()] {
            let error = with_newest("", day(), &references).unwrap_err();
            let message = error.to_string();
            assert!(
                message.starts_with("no value is known well enough"),
                "{message}"
            );
        }
    }
}
