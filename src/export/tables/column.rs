//! What a column is declared as, and how its cell is found.

use crate::classification::Session;
use crate::export::tables::cell::Cell;
use crate::export::tables::cell::Row;
use crate::review::session_id;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A word or name of ours.
    Word,
    /// A text from a file or from the user; several are parted by "; ".
    Text,
    /// A whole number.
    Integer,
    /// A number; in CSV always with a point, as in "3.0".
    Float,
    /// True or false.
    Boolean,
    /// A day, as in "2026-01-06".
    Day,
    /// A moment in UTC, as in "2026-01-06T06:00:00Z".
    Time,
}

impl Kind {
    /// Returns the word for it in the manual.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Word => "word",
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Float => "float",
            Kind::Boolean => "boolean",
            Kind::Day => "day",
            Kind::Time => "time",
        }
    }
}

/// The declaration of a column: whatever is written or said of it comes from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its name, with the unit where it has a usual one.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// The unit of its numbers.
    pub unit: Option<&'static str>,
    /// Whether cells may be absent.
    pub nullable: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// A column, and how its cell of a row is found.
pub(super) struct Column<T> {
    pub(super) declared: Declared,
    pub(super) cell: fn(&T) -> Cell,
}

/// Units by the end of a name, the longer before those that are a part of them.
const UNITS: [(&str, &str); 16] = [
    ("_s_per_km", "s/km"),
    ("_per_min", "1/min"),
    ("_m_s", "m/s"),
    ("_kcal", "kcal"),
    ("_deg", "°"),
    ("_bpm", "bpm"),
    ("_spm", "steps/min"),
    ("_pct", "%"),
    ("_mm", "mm"),
    ("_ms", "ms"),
    ("_min", "min"),
    ("_w", "W"),
    ("_c", "°C"),
    ("_h", "h"),
    ("_s", "s"),
    ("_m", "m"),
];

impl<T> Column<T> {
    fn new(kind: Kind, name: &'static str, meaning: &'static str, cell: fn(&T) -> Cell) -> Self {
        let is_number = matches!(kind, Kind::Integer | Kind::Float);
        let of_name = || UNITS.iter().find(|(end, _)| name.ends_with(end));
        Self {
            declared: Declared {
                name,
                kind,
                unit: is_number.then(of_name).flatten().map(|(_, unit)| *unit),
                nullable: true,
                meaning,
            },
            cell,
        }
    }
}

/// Returns a column as one whose cells are never absent.
pub(super) fn always<T>(mut column: Column<T>) -> Column<T> {
    column.declared.nullable = false;
    column
}

/// Returns a column with a unit that its name does not tell.
pub(super) fn of<T>(unit: &'static str, mut column: Column<T>) -> Column<T> {
    column.declared.unit = Some(unit);
    column
}

/// Declares a constructor for a kind of column.
macro_rules! constructors {
    ($($name:ident: $kind:ident),+) => {
        $(pub(super) fn $name<T>(
            name: &'static str,
            meaning: &'static str,
            cell: fn(&T) -> Cell,
        ) -> Column<T> {
            Column::new(Kind::$kind, name, meaning, cell)
        })+
    };
}

constructors!(word: Word, text: Text, integer: Integer, float: Float, boolean: Boolean, day: Day, time: Time);

/// A row that is about a session.
pub(super) trait OfSession {
    /// Returns the session.
    fn session(&self) -> &Session;
}

/// Returns some columns behind those that tell which session a row is about; `meaning` is what that is to the
/// row.
pub(super) fn of_session<T: OfSession>(
    meaning: &'static str,
    columns: Vec<Column<T>>,
) -> Vec<Column<T>> {
    let mut all = vec![
        always(word("session", meaning, |row: &T| {
            Cell::word(session_id(row.session()))
        })),
        always(text("path", "the file", |row: &T| {
            row.session().head.source.path.as_str().into()
        })),
        day("day", "the local day", |row: &T| {
            row.session().head.day.into()
        }),
    ];
    all.extend(columns);
    all
}

/// Returns what columns are declared as.
pub(super) fn declared<T>(columns: &[Column<T>]) -> Vec<Declared> {
    columns.iter().map(|column| column.declared).collect()
}

/// Returns the row of cells of each item.
pub(super) fn rows<'a, T: 'a>(
    columns: Vec<Column<T>>,
    items: impl Iterator<Item = T> + 'a,
) -> Rows<'a> {
    Box::new(items.map(move |item| columns.iter().map(|column| (column.cell)(&item)).collect()))
}

/// Rows of a table, in order.
pub type Rows<'a> = Box<dyn Iterator<Item = Row> + 'a>;
