//! Reads `wellness.csv`: what the athlete noted of each morning.
//!
//! ```text
//! date,resting_hr_bpm,hrv_ms,sleep_h,soreness,mood
//! 2026-05-01,48,61,7.5,2,7
//! ```
//!
//! Only `date` has to be there; the columns come in any order, and an empty cell is absent. A table
//! with `;` between its cells, as spreadsheets write where a comma stands in numbers, may write
//! `7,5` for 7.5.

mod filled;

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use csv::ReaderBuilder;
use csv::StringRecord;
use csv::Trim;
use serde::Deserialize;
use serde::Serialize;

use crate::ingest::platforms::Platform;
use crate::settings::SettingsError;

/// The column that has to be there.
const DATE: &str = "date";
/// How a day is written.
const DATE_FORMAT: &str = "%Y-%m-%d";
/// Resting heart rate: wider than any human at rest, as in the thresholds.
///
/// # Units
/// Beats per minute.
const RESTING_BPM: RangeInclusive<f64> = 25.0..=110.0;
/// Heart-rate variability (RMSSD): from a very stressed to a very relaxed heart, with room.
///
/// # Units
/// Milliseconds.
const VARIABILITY_MS: RangeInclusive<f64> = 1.0..=400.0;
/// Sleep: a day has no more.
///
/// # Units
/// Hours.
const SLEEP_H: RangeInclusive<f64> = 0.0..=24.0;
/// Soreness and mood are told on the same scale as exertion.
const SCALE: RangeInclusive<f64> = 0.0..=10.0;

/// What an athlete noted, at most one entry a day, in order of date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wellness {
    days: Vec<WellnessDay>,
}

/// What an athlete noted of one morning; the fields are the columns of `wellness.csv`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WellnessDay {
    /// The day.
    #[serde(rename = "date")]
    pub day: NaiveDate,
    /// Resting heart rate in beats per minute.
    pub resting_hr_bpm: Option<f64>,
    /// Heart-rate variability (RMSSD) in milliseconds.
    pub hrv_ms: Option<f64>,
    /// Sleep of the night before in hours.
    pub sleep_h: Option<f64>,
    /// Soreness, from 0 (none) to 10 (the worst).
    pub soreness: Option<f64>,
    /// Mood, from 0 (the worst) to 10 (the best).
    pub mood: Option<f64>,
    /// The platform whose export tells the resting heart rate; absent where the athlete noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resting_hr_from: Option<Platform>,
}

/// A column of numbers.
struct Column {
    name: &'static str,
    range: RangeInclusive<f64>,
    unit: &'static str,
    field: fn(&mut WellnessDay) -> &mut Option<f64>,
}

/// The columns of numbers in the order of the documentation.
const COLUMNS: [Column; 5] = [
    Column {
        name: "resting_hr_bpm",
        range: RESTING_BPM,
        unit: " bpm",
        field: |day| &mut day.resting_hr_bpm,
    },
    Column {
        name: "hrv_ms",
        range: VARIABILITY_MS,
        unit: " ms",
        field: |day| &mut day.hrv_ms,
    },
    Column {
        name: "sleep_h",
        range: SLEEP_H,
        unit: " h",
        field: |day| &mut day.sleep_h,
    },
    Column {
        name: "soreness",
        range: SCALE,
        unit: "",
        field: |day| &mut day.soreness,
    },
    Column {
        name: "mood",
        range: SCALE,
        unit: "",
        field: |day| &mut day.mood,
    },
];

impl Wellness {
    /// Reads the text of `wellness.csv`, with or without a byte order mark.
    ///
    /// # Errors
    /// [`SettingsError`] at the first unknown column, value that is no number or is impossible, or
    /// date that is none or stands there twice.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let table = Table::new(text);
        let mut days: Vec<WellnessDay> = Vec::new();
        let mut rows = table.rows();
        let Some(header) = rows.next() else {
            return Ok(Self::default());
        };
        let columns = table.columns(&header)?;
        for row in rows.filter(|row| row.iter().any(|cell| !cell.is_empty())) {
            let day = table.day(&row, &columns)?;
            match days.binary_search_by_key(&day.day, |other| other.day) {
                Ok(_) => {
                    let found = format!("{} a second time", day.day);
                    let next = "put the values of one date into one row";
                    return Err(table.fault(&row, columns.date, "each date once", found, next));
                }
                Err(place) => days.insert(place, day),
            }
        }
        Ok(Self { days })
    }

    /// Returns all entries in order of date.
    #[must_use]
    pub fn days(&self) -> &[WellnessDay] {
        &self.days
    }

    /// Returns the entry of a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<&WellnessDay> {
        let place = self.days.binary_search_by_key(&day, |entry| entry.day);
        place.ok().map(|place| &self.days[place])
    }

    /// Returns the entries of a half-open range of days.
    #[must_use]
    pub fn between(&self, first: NaiveDate, end: NaiveDate) -> &[WellnessDay] {
        let from = self.days.partition_point(|entry| entry.day < first);
        let to = self.days.partition_point(|entry| entry.day < end);
        &self.days[from..to.max(from)]
    }
}

/// Which column of the file is what.
struct Columns {
    date: usize,
    numbers: Vec<(usize, &'static Column)>,
    count: usize,
}

/// The text with what separates its cells.
struct Table<'a> {
    text: &'a str,
    delimiter: char,
}

impl<'a> Table<'a> {
    fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = text.lines().find(|line| !line.trim().is_empty());
        let semicolons = header.is_some_and(|header| header.contains(';'));
        Self {
            text,
            delimiter: if semicolons { ';' } else { ',' },
        }
    }

    fn rows(&self) -> impl Iterator<Item = StringRecord> + use<'a> {
        let delimiter = if self.delimiter == ';' { b';' } else { b',' };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .delimiter(delimiter)
            .from_reader(self.text.as_bytes());
        // Rows may be of any length and the text is UTF-8: nothing is left that could fail.
        reader.into_records().map_while(Result::ok)
    }

    /// Returns which column is what.
    fn columns(&self, header: &StringRecord) -> Result<Columns, SettingsError> {
        let mut date = None;
        let mut numbers = Vec::new();
        for (index, name) in header.iter().enumerate() {
            if header.iter().take(index).any(|other| other == name) {
                let found = format!("{name} a second time");
                let next = "remove one of the two";
                return Err(self.fault(header, index, "each column once", found, next));
            }
            match COLUMNS.iter().find(|column| column.name == name) {
                Some(column) => numbers.push((index, column)),
                None if name == DATE => date = Some(index),
                None => {
                    let names = COLUMNS.map(|column| column.name).join(", ");
                    let expected = format!("one of {DATE}, {names}");
                    let found = format!("the unknown column \"{name}\"");
                    let next = "correct the name or remove the column";
                    return Err(self.fault(header, index, expected, found, next));
                }
            }
        }
        let Some(date) = date else {
            let next = "name the columns in the first line";
            return Err(self.fault(header, 0, "a column named date", "none", next));
        };
        Ok(Columns {
            date,
            numbers,
            count: header.len(),
        })
    }

    fn day(&self, row: &StringRecord, columns: &Columns) -> Result<WellnessDay, SettingsError> {
        let mut day = WellnessDay {
            day: self.date(row, columns.date)?,
            ..WellnessDay::default()
        };
        for (index, column) in &columns.numbers {
            *(column.field)(&mut day) = self.number(row, *index, column)?;
        }
        let mut further = row.iter().enumerate().skip(columns.count);
        if let Some((index, cell)) = further.find(|(_, cell)| !cell.is_empty()) {
            let expected = format!("{} cells as in the first line", columns.count);
            let found = format!("one more: \"{cell}\"");
            let next = "remove it or name its column";
            return Err(self.fault(row, index, expected, found, next));
        }
        Ok(day)
    }

    fn date(&self, row: &StringRecord, index: usize) -> Result<NaiveDate, SettingsError> {
        let cell = row.get(index).unwrap_or_default();
        NaiveDate::parse_from_str(cell, DATE_FORMAT).map_err(|_| {
            let expected = "a day as in 2026-05-01";
            self.fault(row, index, expected, quoted(cell), "correct the date")
        })
    }

    fn number(
        &self,
        row: &StringRecord,
        index: usize,
        column: &Column,
    ) -> Result<Option<f64>, SettingsError> {
        let Some(cell) = row.get(index).filter(|cell| !cell.is_empty()) else {
            return Ok(None);
        };
        let written = match self.delimiter {
            ';' => cell.replacen(',', ".", 1),
            _ => cell.to_owned(),
        };
        let Ok(number) = written.parse::<f64>() else {
            let expected = format!("a number as {}", column.name);
            let next = "write a number or leave the cell empty";
            return Err(self.fault(row, index, expected, quoted(cell), next));
        };
        if !column.range.contains(&number) {
            let (low, high) = (column.range.start(), column.range.end());
            let expected = format!("{} from {low} to {high}{}", column.name, column.unit);
            let next = "correct the value or leave the cell empty";
            return Err(self.fault(row, index, expected, cell, next));
        }
        Ok(Some(number))
    }

    /// Returns the error at a cell of a row.
    fn fault(
        &self,
        row: &StringRecord,
        index: usize,
        expected: impl Into<String>,
        found: impl Into<String>,
        next: &str,
    ) -> SettingsError {
        SettingsError::at(self.text, self.place(row, index), expected, found, next)
    }

    /// Returns the byte at which a cell of a row stands; the end of a row that has fewer cells.
    fn place(&self, row: &StringRecord, index: usize) -> usize {
        let start = row.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(0).min(self.text.len());
        let row_text = self.text[start..].trim_start_matches(['\r', '\n']);
        let first = self.text.len() - row_text.len();
        let (mut cells, mut in_quotes) = (0, false);
        for (offset, character) in self.text[first..].char_indices() {
            let is_end = matches!(character, '\r' | '\n') && !in_quotes;
            if cells == index || is_end {
                return first + offset;
            }
            in_quotes ^= character == '"';
            cells += usize::from(character == self.delimiter && !in_quotes);
        }
        self.text.len()
    }
}

fn quoted(cell: &str) -> String {
    if cell.is_empty() {
        "nothing".to_owned()
    } else {
        format!("\"{cell}\"")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fault(text: &str) -> String {
        Wellness::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn columns_come_in_any_order_and_empty_cells_are_absent() {
        let text = "mood,date,resting_hr_bpm\n7,2026-05-02,\n\n,2026-05-01,48\n";
        let wellness = Wellness::parse(text).unwrap();
        let days: Vec<String> = wellness.days().iter().map(|d| d.day.to_string()).collect();
        assert_eq!(days, ["2026-05-01", "2026-05-02"]);
        let first = wellness.on(day("2026-05-01")).unwrap();
        assert_eq!(first.resting_hr_bpm, Some(48.0));
        assert_eq!(first.mood, None);
        assert_eq!(wellness.on(day("2026-05-02")).unwrap().mood, Some(7.0));
        assert_eq!(wellness.on(day("2026-05-03")), None);
    }

    #[test]
    fn a_range_of_days_is_half_open() {
        let text = "date\n2026-05-01\n2026-05-02\n2026-05-03\n";
        let wellness = Wellness::parse(text).unwrap();
        let between = |first, end| wellness.between(day(first), day(end)).len();
        assert_eq!(between("2026-05-01", "2026-05-03"), 2);
        assert_eq!(between("2026-05-03", "2026-05-01"), 0);
        assert_eq!(between("2026-01-01", "2027-01-01"), 3);
    }

    #[test]
    fn a_table_of_a_european_spreadsheet_is_read() {
        let text = "\u{feff}date;sleep_h;\"resting_hr_bpm\"\r\n2026-05-01;7,5;\"48\"\r\n;;\r\n";
        let wellness = Wellness::parse(text).unwrap();
        assert_eq!(wellness.days().len(), 1);
        assert_eq!(wellness.days()[0].sleep_h, Some(7.5));
        assert_eq!(wellness.days()[0].resting_hr_bpm, Some(48.0));
    }

    #[test]
    fn an_empty_file_says_nothing() {
        for text in ["", "\u{feff}", "\n\n", "date,mood\n"] {
            assert_eq!(Wellness::parse(text), Ok(Wellness::default()), "{text:?}");
        }
    }

    #[test]
    fn faults_are_placed() {
        assert_eq!(
            fault("date,weight_kg\n"),
            "line 1, column 6: expected one of date, resting_hr_bpm, hrv_ms, sleep_h, soreness, \
             mood, found the unknown column \"weight_kg\"; correct the name or remove the column"
        );
        assert_eq!(
            fault("mood\n5\n"),
            "line 1, column 1: expected a column named date, found none; \
             name the columns in the first line"
        );
        assert_eq!(
            fault("date,mood,mood\n"),
            "line 1, column 11: expected each column once, found mood a second time; \
             remove one of the two"
        );
        assert_eq!(
            fault("\u{feff}date;mood\r\n2026-05-01;5\r\n\r\n2026-05-02;good\r\n"),
            "line 4, column 12: expected a number as mood, found \"good\"; \
             write a number or leave the cell empty"
        );
        assert_eq!(
            fault("date,resting_hr_bpm\n\"2026-05-01\",300\n"),
            "line 2, column 14: expected resting_hr_bpm from 25 to 110 bpm, found 300; \
             correct the value or leave the cell empty"
        );
        assert_eq!(
            fault("date,mood\n2026-05-01,5\n2026-05-02,6\n2026-05-01,7\n"),
            "line 4, column 1: expected each date once, found 2026-05-01 a second time; \
             put the values of one date into one row"
        );
        assert_eq!(
            fault("mood,date\n5,01.05.2026\n"),
            "line 2, column 3: expected a day as in 2026-05-01, found \"01.05.2026\"; \
             correct the date"
        );
        assert_eq!(
            fault("date,mood\n2026-05-01,5,8\n"),
            "line 2, column 14: expected 2 cells as in the first line, found one more: \"8\"; \
             remove it or name its column"
        );
    }

    #[test]
    fn a_row_without_a_date_and_numbers_that_are_none_are_faults() {
        assert!(fault("date,mood\n,5\n").starts_with("line 2, column 1: expected a day"));
        assert!(fault("mood,date\n5\n").starts_with("line 2, column 2: expected a day"));
        assert!(fault("date,mood\n2026-05-01,NaN\n").contains("expected mood from 0 to 10"));
        assert!(fault("date,mood\n2026-05-01,\"5,5\"\n").contains("found \"5,5\""));
    }
}
