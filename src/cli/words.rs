//! Days and time zones as people write them on the command line, and what is said where they cannot be
//! understood.

use chrono::NaiveDate;
use chrono_tz::TZ_VARIANTS;
use chrono_tz::Tz;

/// An example of a day where what was written is no hint.
const EXAMPLE_DAY: &str = "2026-03-01";
/// An example of a time zone where what was written is no hint.
const EXAMPLE_ZONE: &str = "Europe/Berlin";
/// Other orders in which people write a day. Where two fit, the first wins: an example may guess, a
/// reading may not.
const OTHER_ORDERS: [&str; 6] = [
    "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d",
];
/// Time zones that are named where several end in what was written.
const MOST_ZONES: usize = 3;

/// Reads the day of `--from`.
///
/// # Errors
/// Says what is expected, with the day that was probably meant as an example.
pub(super) fn parse_from(text: &str) -> Result<NaiveDate, String> {
    parse_day(text, "--from")
}

/// The same for `--to`.
///
/// # Errors
/// As for [`parse_from`].
pub(super) fn parse_to(text: &str) -> Result<NaiveDate, String> {
    parse_day(text, "--to")
}

fn parse_day(text: &str, option: &str) -> Result<NaiveDate, String> {
    let read = |format: &&str| NaiveDate::parse_from_str(text.trim(), format).ok();
    if let Ok(day) = text.trim().parse() {
        return Ok(day);
    }
    let meant = OTHER_ORDERS.iter().find_map(read);
    let example = meant.map_or_else(|| EXAMPLE_DAY.to_owned(), |day| day.to_string());
    Err(format!(
        "expected a day as year-month-day, as in {option} {example}"
    ))
}

/// Reads a time zone.
///
/// # Errors
/// Says what is expected, with the zones that end in what was written.
pub(super) fn parse_time_zone(text: &str) -> Result<Tz, String> {
    if let Ok(zone) = text.parse() {
        return Ok(zone);
    }
    let close = close_zones(text);
    let examples = match close.as_slice() {
        [] => EXAMPLE_ZONE.to_owned(),
        some => some.join(" or --timezone "),
    };
    Err(format!(
        "expected a time zone by region and town, as in --timezone {examples}"
    ))
}

/// Returns the names of zones that end in a word, however it is written.
fn close_zones(text: &str) -> Vec<&'static str> {
    let word = text.trim().replace(' ', "_").to_lowercase();
    let ends = |name: &&str| {
        let name = name.to_lowercase();
        name == word || name.rsplit('/').next() == Some(word.as_str())
    };
    let names = TZ_VARIANTS.iter().map(|zone| zone.name());
    names.filter(ends).take(MOST_ZONES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_another_order_is_named_as_it_is_to_be_written() {
        assert_eq!(
            parse_from("2022-02-01").map(|day| day.to_string()),
            Ok("2022-02-01".to_owned())
        );
        let told = |text| parse_from(text).expect_err("no day");
        assert!(told("01/02/2022").ends_with("--from 2022-02-01"));
        assert!(told("13.4.2022").ends_with("--from 2022-04-13"));
        assert!(told("04/13/2022").ends_with("--from 2022-04-13"));
        assert!(told("last May").ends_with("--from 2026-03-01"));
        let to = parse_to("2022-02-30").expect_err("no day");
        assert!(to.contains("year-month-day, as in --to "), "{to}");
    }

    #[test]
    fn a_town_names_its_zone() {
        assert_eq!(parse_time_zone("Europe/Berlin"), Ok(Tz::Europe__Berlin));
        let told = |text| parse_time_zone(text).expect_err("no zone");
        assert!(told("Berlin").ends_with("--timezone Europe/Berlin"));
        assert!(told("new york").ends_with("--timezone America/New_York"));
        assert!(told("europe/paris").ends_with("--timezone Europe/Paris"));
        assert!(told("Louisville").contains("America/Kentucky/Louisville"));
        assert!(told("home").ends_with("--timezone Europe/Berlin"));
    }
}
