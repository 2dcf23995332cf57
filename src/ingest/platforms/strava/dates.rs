//! Dates as the table writes them: in the language of the account, in UTC.
//!
//! ```text
//! Mar 3, 2026, 6:00:00 PM    3 mars 2026, 18:00:00    03.03.2026, 18:00:00
//! 3 mrt. 2026 18:00:00       3 de mar. de 2026, 18:00:00    2026年3月3日 18:00:00
//! ```

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

/// How the names of the months begin in English, German, French, Spanish, Italian, Portuguese, Dutch, the
/// Nordic languages, Polish, Russian and Turkish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty", "янв", "oca"],
    &["feb", "fev", "fév", "lut", "фев", "şub"],
    &["mar", "mär", "mrz", "mrt", "maa", "мар"],
    &["apr", "avr", "abr", "kwi", "апр", "nis"],
    &["may", "mai", "mei", "mag", "maj", "мая", "май"],
    &["jun", "juin", "giu", "cze", "июн", "haz"],
    &["jul", "juil", "lug", "lip", "июл", "tem"],
    &["aug", "aou", "aoû", "ago", "sie", "авг", "ağu"],
    &["sep", "set", "wrz", "сен", "eyl"],
    &["oct", "okt", "ott", "out", "paź", "окт", "eki"],
    &["nov", "lis", "ноя", "kas"],
    &["dec", "déc", "dez", "dic", "des", "gru", "дек", "ara"],
];
/// Words for the second half of the day.
const AFTERNOON: [&str; 4] = ["pm", "p", "午後", "下午"];
/// Words for the first.
const MORNING: [&str; 4] = ["am", "a", "午前", "上午"];
/// No day and no month has so many.
const LEAST_YEAR: u32 = 1000;
const MONTHS_A_YEAR: u32 = 12;
const HALF_DAY_H: u32 = 12;

/// Which number comes first where both could be the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// Returns the order of a table: the day first, as every language but one writes it, unless a date
    /// would then have a thirteenth month.
    pub(super) fn of<'a>(mut dates: impl Iterator<Item = &'a str>) -> Self {
        let tells = |date: &str| {
            let parts = Parts::of(date);
            let second = parts
                .numbers
                .get(1)
                .is_some_and(|number| *number > MONTHS_A_YEAR);
            parts.month.is_none() && second && parts.numbers[0] <= MONTHS_A_YEAR
        };
        match dates.any(tells) {
            true => Self::MonthFirst,
            false => Self::DayFirst,
        }
    }
}

/// Reads a date; `None` when it is none.
pub(super) fn parse(text: &str, order: Order) -> Option<DateTime<Utc>> {
    let parts = Parts::of(text);
    let (date, time) = match parts.month {
        Some(month) => {
            let (date, time) = parts.numbers.split_at_checked(2)?;
            let (year, day) = (*date.iter().max()?, *date.iter().min()?);
            ((year, month, day), time)
        }
        None => {
            let (date, time) = parts.numbers.split_at_checked(3)?;
            let date = match (date, order) {
                ([year, month, day], _) if *year >= LEAST_YEAR => (*year, *month, *day),
                ([day, month, year], Order::DayFirst) => (*year, *month, *day),
                ([month, day, year], Order::MonthFirst) => (*year, *month, *day),
                _ => return None,
            };
            (date, time)
        }
    };
    let (hour, minute, second) = match *time {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let hour = match parts.afternoon {
        Some(true) if hour < HALF_DAY_H => hour + HALF_DAY_H,
        Some(false) if hour == HALF_DAY_H => 0,
        _ => hour,
    };
    let day = NaiveDate::from_ymd_opt(i32::try_from(date.0).ok()?, date.1, date.2)?;
    day.and_hms_opt(hour, minute, second).map(|at| at.and_utc())
}

/// The words and numbers of a date.
struct Parts {
    numbers: Vec<u32>,
    /// From 1, when it is named.
    month: Option<u32>,
    afternoon: Option<bool>,
}

impl Parts {
    fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let mut parts = Self {
            numbers: Vec::new(),
            month: None,
            afternoon: None,
        };
        for part in pieces(&lower) {
            match part.parse() {
                Ok(number) => parts.numbers.push(number),
                Err(_) => parts.word(part),
            }
        }
        parts
    }

    fn word(&mut self, word: &str) {
        let is_month = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
        if AFTERNOON.contains(&word) {
            self.afternoon = Some(true);
        } else if MORNING.contains(&word) {
            self.afternoon = self.afternoon.or(Some(false));
        } else if self.month.is_none() {
            let month = (1..).zip(&MONTHS).find(|(_, names)| is_month(names));
            self.month = month.map(|(number, _)| number);
        }
    }
}

/// Returns the stretches of digits and of letters.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_digit);
            let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
            rest = after;
            Some(piece)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_languages_are_read() {
        let evening = [
            "Mar 3, 2026, 6:05:09 PM",
            "3 Mar 2026, 18:05:09",
            "03.03.2026, 18:05:09",
            "3 mars 2026 à 18:05:09",
            "3 mar 2026, 18:05:09",
            "3 mar. 2026, 6:05:09 p. m.",
            "3 de mar. de 2026, 18:05:09",
            "3 mrt. 2026 18:05:09",
            "3 maart 2026, 18:05:09",
            "2026/03/03 18:05:09",
            "2026年3月3日 下午6:05:09",
            "2026-03-03 18:05:09",
            "3 мар. 2026 г., 18:05:09",
        ];
        for text in evening {
            let read = parse(text, Order::DayFirst).map(|at| at.to_rfc3339());
            assert_eq!(read.as_deref(), Some("2026-03-03T18:05:09+00:00"), "{text}");
        }
        let midnight = parse("Dec 31, 2025, 12:00:01 AM", Order::DayFirst);
        assert_eq!(
            midnight.map(|at| at.to_rfc3339()).as_deref(),
            Some("2025-12-31T00:00:01+00:00")
        );
        for text in ["", "yesterday", "31.02.2026, 10:00:00", "3 mars 2026"] {
            assert_eq!(parse(text, Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn the_order_of_numbers_is_that_of_the_table() {
        assert_eq!(
            Order::of(["3/4/2026, 1:00", "3/14/2026, 1:00"].into_iter()),
            Order::MonthFirst
        );
        assert_eq!(
            Order::of(["3/4/2026, 1:00", "14/3/2026, 1:00"].into_iter()),
            Order::DayFirst
        );
        assert_eq!(
            Order::of(["Mar 13, 2026, 6:00:00 PM"].into_iter()),
            Order::DayFirst
        );
    }
}
