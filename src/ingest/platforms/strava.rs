//! `activities.csv` of a Strava export: a line for each activity, in the language of the account.

mod columns;
mod dates;

use csv::ReaderBuilder;
use csv::StringRecord;

use crate::ingest::Totals;
use crate::ingest::platforms::Entry;
use crate::ingest::platforms::Meant;
use crate::ingest::platforms::Platform;
use crate::ingest::platforms::Remarks;
use crate::ingest::platforms::entry::sport;
use crate::ingest::platforms::entry::text;
use crate::ingest::xml::encoding;
use columns::Column;
use columns::Columns;
use dates::Order;

/// The name of the table in every language.
const TABLE: &str = "activities.csv";
/// The largest exertion that can be entered.
const LARGEST_EXERTION: f64 = 10.0;

/// Returns whether a file of this name may be the table.
pub(super) fn is_named_like_table(name: &str) -> bool {
    name.eq_ignore_ascii_case(TABLE)
}

/// Reads the table; `None` when it is another.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Entry>> {
    let decoded = encoding::decode(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(&decoded.text))
        .flexible(true)
        .has_headers(false)
        .from_reader(decoded.text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<StringRecord> = reader.records().flatten().collect();
    let (header, rows) = rows.split_first()?;
    let columns = Columns::of(header, rows)?;
    let order = Order::of(rows.iter().filter_map(|row| row.get(columns.date)));
    Some(rows.iter().map(|row| entry(row, &columns, order)).collect())
}

/// Returns what stands between cells: a spreadsheet that saved the table may have changed it.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default().as_bytes();
    let count = |mark: u8| header.iter().filter(|byte| **byte == mark).count();
    // Of equals the last, so that a table of one column has commas.
    let best = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|mark| count(*mark));
    best.unwrap_or(b',')
}

fn entry(row: &StringRecord, columns: &Columns, order: Order) -> Entry {
    let cell = |column: Option<usize>| column.and_then(|index| row.get(index)).and_then(text);
    let number = |column: Option<Column>| {
        let column = column?;
        let text = cell(Some(column.index))?;
        let text = match text.contains('.') {
            // Between thousands, as there is a point already.
            true => text.replace(',', ""),
            false => text.replace(',', "."),
        };
        let value: f64 = text.parse().ok()?;
        (value.is_finite() && value >= 0.0).then_some(value * column.scale)
    };
    let is_set = |column| cell(column).is_some_and(|cell| is_true(&cell));
    let meant = if is_set(columns.race) {
        Some(Meant::Race)
    } else {
        is_set(columns.long_run).then_some(Meant::LongRun)
    };
    let exertion =
        number(columns.exertion).filter(|value| (1.0..=LARGEST_EXERTION).contains(value));
    Entry {
        place: row
            .position()
            .map_or_else(String::new, |at| format!("line {}", at.line())),
        file: cell(Some(columns.file)),
        id: None,
        is_sum: false,
        start: row
            .get(columns.date)
            .and_then(|date| dates::parse(date, order)),
        utc_offset_s: None,
        sport: row.get(columns.sport).and_then(sport),
        title: cell(Some(columns.title)),
        perceived_exertion: exertion,
        feel: None,
        totals: Totals {
            elapsed_s: number(columns.elapsed_s),
            timer_s: None,
            distance_m: number(columns.distance_m).filter(|metres| *metres > 0.0),
            moving_s: number(columns.moving_s).filter(|seconds| *seconds > 0.0),
            ascent_m: number(columns.ascent_m),
            energy_kcal: number(columns.energy_kcal),
            mean_heart_rate_bpm: number(columns.heart_rate_bpm).filter(|beats| *beats > 0.0),
        },
        remarks: Remarks {
            platform: Some(Platform::Strava),
            description: cell(columns.description),
            private_note: cell(columns.private_note),
            gear: cell(columns.gear),
            commute: is_set(columns.commute),
            meant,
            ..Remarks::default()
        },
    }
}

fn is_true(cell: &str) -> bool {
    cell.eq_ignore_ascii_case("true") || cell.parse().is_ok_and(|number: f64| number > 0.0)
}

#[cfg(test)]
mod tests;
