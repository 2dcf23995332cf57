//! Which column of the table holds what.
//!
//! The names are in the language of the account, and some stand twice: a time in whole seconds and again in
//! seconds, a distance in kilometres, cut and not rounded, and again in metres. English names are looked up;
//! in any other language the place decides, counted from the column that names the files, which is told by
//! what it holds. The order is that of exports in English, German, French and Dutch that readers of them
//! describe; later columns were only ever added at the end.

use csv::StringRecord;

/// A column of numbers, and what makes its unit ours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) index: usize,
    pub(super) scale: f64,
}

/// Which column holds what.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    pub(super) date: usize,
    pub(super) title: usize,
    pub(super) sport: usize,
    pub(super) file: usize,
    pub(super) description: Option<usize>,
    pub(super) private_note: Option<usize>,
    pub(super) gear: Option<usize>,
    pub(super) commute: Option<usize>,
    pub(super) race: Option<usize>,
    pub(super) long_run: Option<usize>,
    pub(super) elapsed_s: Option<Column>,
    pub(super) moving_s: Option<Column>,
    pub(super) distance_m: Option<Column>,
    pub(super) ascent_m: Option<Column>,
    pub(super) heart_rate_bpm: Option<Column>,
    pub(super) energy_kcal: Option<Column>,
    pub(super) exertion: Option<Column>,
}

/// How the paths of files begin.
const FILES: &str = "activities/";
/// Where the files are named in tables since 2021, counted from 0.
const USUAL_FILE_COLUMN: usize = 12;
/// Before the files are at least the number, date, title, sport, description, time, distance and gear.
const LEAST_BEFORE_FILE: usize = 8;

impl Columns {
    /// Finds the columns; `None` when the table is not one of activities.
    pub(super) fn of(header: &StringRecord, rows: &[StringRecord]) -> Option<Self> {
        Self::by_name(header).or_else(|| Self::by_place(header, rows))
    }

    fn by_name(header: &StringRecord) -> Option<Self> {
        let named = |name: &str| header.iter().position(|cell| cell.trim() == name);
        // Of two columns of one name the second has the finer unit.
        let last = |name: &str| {
            (0..header.len())
                .rfind(|index| header.get(*index).is_some_and(|cell| cell.trim() == name))
        };
        let number = |name: &str| last(name).map(plain);
        let distance_m = last("Distance").map(|index| {
            let is_only = named("Distance") == Some(index);
            let scale = if is_only { 1000.0 } else { 1.0 };
            Column { index, scale }
        });
        Some(Self {
            date: named("Activity Date")?,
            title: named("Activity Name")?,
            sport: named("Activity Type")?,
            file: named("Filename")?,
            description: named("Activity Description"),
            private_note: named("Activity Private Note"),
            gear: named("Activity Gear"),
            commute: named("Commute"),
            race: named("Competition"),
            long_run: named("Long Run"),
            elapsed_s: number("Elapsed Time"),
            moving_s: number("Moving Time"),
            distance_m,
            ascent_m: number("Elevation Gain"),
            heart_rate_bpm: number("Average Heart Rate"),
            energy_kcal: number("Calories"),
            exertion: number("Perceived Exertion"),
        })
    }

    fn by_place(header: &StringRecord, rows: &[StringRecord]) -> Option<Self> {
        let file = file_column(header, rows)?;
        let behind = |places: usize| {
            let index = file + places;
            (index < header.len()).then(|| plain(index))
        };
        let is_usual = file == USUAL_FILE_COLUMN;
        let before = |places: usize| is_usual.then(|| file - places);
        Some(Self {
            date: 1,
            title: 2,
            sport: 3,
            file,
            description: Some(4),
            private_note: before(2),
            gear: Some(file - 1),
            commute: before(3),
            race: None,
            long_run: None,
            elapsed_s: behind(3),
            moving_s: behind(4),
            distance_m: behind(5),
            ascent_m: behind(8),
            heart_rate_bpm: behind(19),
            energy_kcal: behind(22),
            exertion: behind(31),
        })
    }
}

fn plain(index: usize) -> Column {
    Column { index, scale: 1.0 }
}

/// Returns the column that names the files. Where no activity has one, a table of the usual width whose
/// first column holds numbers has it in the usual place.
fn file_column(header: &StringRecord, rows: &[StringRecord]) -> Option<usize> {
    let names_files = |row: &StringRecord| row.iter().position(|cell| cell.starts_with(FILES));
    let found = rows.iter().find_map(names_files);
    let is_number = |row: &StringRecord| {
        let id = row.get(0).unwrap_or_default();
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_numbered = !rows.is_empty() && rows.iter().all(is_number);
    let usual = (is_numbered && header.len() > USUAL_FILE_COLUMN).then_some(USUAL_FILE_COLUMN);
    found
        .or(usual)
        .filter(|column| *column >= LEAST_BEFORE_FILE)
}
