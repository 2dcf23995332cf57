//! Fields that apps on the watch add: kept as bytes while reading, understood at the end, because
//! their descriptions may come late or never.

use std::collections::BTreeMap;

use super::definition::Definition;
use super::fields::Fields;
use super::frame::LOCAL_TYPES;
use super::frame::Message;
use super::profile;
use super::value::NumberReader;

/// At most so many values are kept until their descriptions are known: two fields in each of the
/// records that are kept at most. An ultra of a day with a dozen fields has a million.
const MAX_VALUES: usize = 6_000_000;

/// Bytes of the widest number.
const WIDEST: usize = 8;

/// At most so many fields of apps are carried: more than any app writes.
const MAX_FIELDS: usize = 24;

/// The base type of texts.
const TEXT: u8 = 7;

/// The message number of records, and in it the number of the field for power.
const RECORD: f64 = 20.0;
const NATIVE_POWER: f64 = 7.0;

/// Names under which apps write running power, in lower case without spaces.
///
/// Source: Stryd ("Power"), Garmin running power ("RP_Power") and the common spellings.
const POWER_NAMES: [&str; 5] = [
    "power",
    "rp_power",
    "runningpower",
    "running_power",
    "runpower",
];

/// Fields that only a Stryd pod writes, which name the app that calls its power just "Power".
const STRYD_NAMES: [&str; 2] = ["leg spring stiffness", "form power"];

/// What names a developer field: the app's index in this file, and the field's number in the app.
type Key = (u8, u8);

/// What a file says of a developer field.
#[derive(Clone, Debug, PartialEq)]
struct Description {
    base_type: u8,
    name: String,
    unit: String,
    scale: f64,
    offset: f64,
    is_native_power: bool,
}

impl Description {
    /// Returns whether it describes numbers that have a name.
    fn is_number(&self) -> bool {
        !self.name.trim().is_empty() && self.base_type != TEXT
    }

    /// Returns the name with the unit, as in "Form Power (Watts)".
    fn shown(&self) -> String {
        let (name, unit) = (self.name.trim(), self.unit.trim());
        if unit.is_empty() {
            name.to_owned()
        } else {
            format!("{name} ({unit})")
        }
    }

    fn is_power(&self) -> bool {
        let name = self.name.to_lowercase().replace(' ', "");
        self.is_native_power || POWER_NAMES.contains(&name.as_str())
    }
}

/// One value, not yet understood.
#[derive(Clone, Copy, Debug)]
struct Raw {
    row: u32,
    size: u8,
    big_endian: bool,
    bytes: [u8; WIDEST],
}

/// A developer field of a record definition that may be wanted.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    key: Key,
    offset: usize,
    size: u8,
}

/// The developer fields of the records of one file.
#[derive(Clone, Debug, Default)]
pub(super) struct DeveloperColumns {
    plans: [Vec<Wanted>; LOCAL_TYPES],
    values: BTreeMap<Key, Vec<Raw>>,
    count: usize,
    descriptions: BTreeMap<Key, Description>,
    makers: BTreeMap<u8, u16>,
    /// How many values were dropped because there were too many.
    pub(super) dropped: usize,
}

impl DeveloperColumns {
    /// Returns whether any value of a record was kept.
    pub(super) fn has(&self, row: usize) -> bool {
        let of_row = |values: &Vec<Raw>| {
            let index = u32::try_from(row);
            index.is_ok_and(|row| values.binary_search_by_key(&row, |raw| raw.row).is_ok())
        };
        self.values.values().any(of_row)
    }

    /// Notes which developer fields of a record definition may be wanted.
    pub(super) fn define(&mut self, local: usize, definition: &Definition) {
        let wanted = definition.developer_fields.iter().filter_map(|field| {
            let key = (field.developer_index, field.number);
            let size = u8::try_from(field.size).ok()?;
            let fits = (1..=WIDEST).contains(&field.size);
            fits.then_some(Wanted {
                key,
                offset: field.offset,
                size,
            })
        });
        self.plans[local] = wanted.collect();
    }

    /// Keeps the developer fields of a record; returns whether it has any.
    pub(super) fn push(&mut self, row: usize, message: &Message<'_>) -> bool {
        let mut any = false;
        for wanted in &self.plans[message.local] {
            let end = wanted.offset + usize::from(wanted.size);
            let (Some(bytes), Ok(row)) =
                (message.payload.get(wanted.offset..end), u32::try_from(row))
            else {
                continue;
            };
            if self.count >= MAX_VALUES {
                self.dropped += 1;
                continue;
            }
            let mut raw = Raw {
                row,
                size: wanted.size,
                big_endian: message.definition.big_endian,
                bytes: [0; WIDEST],
            };
            raw.bytes[..bytes.len()].copy_from_slice(bytes);
            self.values.entry(wanted.key).or_default().push(raw);
            self.count += 1;
            any = true;
        }
        any
    }

    /// Takes a `field_description` message.
    pub(super) fn describe(&mut self, fields: &Fields) {
        let (Some(index), Some(number), Some(base_type)) =
            (fields.byte(0), fields.byte(1), fields.byte(2))
        else {
            return;
        };
        let is_record = fields
            .number(14)
            .is_none_or(|message| message.total_cmp(&RECORD).is_eq());
        let is_power = fields
            .number(15)
            .is_some_and(|field| field.total_cmp(&NATIVE_POWER).is_eq());
        let description = Description {
            base_type,
            name: fields.text(3).unwrap_or_default(),
            unit: fields.text(8).unwrap_or_default(),
            scale: fields.number(6).filter(|scale| *scale > 0.0).unwrap_or(1.0),
            offset: fields.number(7).unwrap_or(0.0),
            is_native_power: is_record && is_power,
        };
        self.descriptions.insert((index, number), description);
    }

    /// Takes a `developer_data_id` message.
    pub(super) fn identify(&mut self, fields: &Fields) {
        if let (Some(index), Some(maker)) = (fields.byte(3), fields.short(2)) {
            self.makers.insert(index, maker);
        }
    }

    /// Returns running power as rows and watts, and where it comes from.
    pub(super) fn power(&self) -> Option<(Vec<(usize, f64)>, String)> {
        self.descriptions
            .iter()
            .filter(|(_, description)| description.is_power())
            .find_map(|(key, description)| {
                let values = self.read(*key, description)?;
                Some((values, self.label(key.0, description)))
            })
    }

    /// Returns the fields of apps but the power of a label: name with unit, rows and values.
    pub(super) fn others(
        &self,
        power_source: Option<&str>,
    ) -> impl Iterator<Item = (String, Vec<(usize, f64)>)> {
        let is_power = move |index: u8, description: &Description| {
            let is_taken = || Some(self.label(index, description).as_str()) == power_source;
            description.is_power() && is_taken()
        };
        self.descriptions
            .iter()
            .filter(move |(key, one)| one.is_number() && !is_power(key.0, one))
            .filter_map(|(key, one)| Some((one.shown(), self.read(*key, one)?)))
            .take(MAX_FIELDS)
    }

    fn read(&self, key: Key, description: &Description) -> Option<Vec<(usize, f64)>> {
        let values: Vec<(usize, f64)> = self
            .values
            .get(&key)?
            .iter()
            .filter_map(|raw| {
                let size = usize::from(raw.size);
                let reader = NumberReader::new(description.base_type, size, raw.big_endian)?;
                let value = reader.read(&raw.bytes)? / description.scale - description.offset;
                Some((usize::try_from(raw.row).ok()?, value))
            })
            .collect();
        values
            .iter()
            .any(|(_, watts)| *watts > 0.0)
            .then_some(values)
    }

    /// Names a field and, as far as the file tells, the app that wrote it.
    fn label(&self, index: u8, description: &Description) -> String {
        let has_stryd_names = self
            .descriptions
            .range((index, 0)..=(index, u8::MAX))
            .any(|(_, other)| STRYD_NAMES.contains(&other.name.to_lowercase().as_str()));
        let maker = if has_stryd_names {
            Some("Stryd".to_owned())
        } else {
            self.makers
                .get(&index)
                .and_then(|maker| profile::manufacturer(*maker))
        };
        match maker {
            Some(maker) => format!("developer field {} ({maker})", description.name),
            None => format!("developer field {}", description.name),
        }
    }
}
