//! What a client may say: each argument with its bounds, which its schema tells too.

use std::fmt;

use chrono::NaiveDate;
use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use schemars::json_schema;
use serde::Deserialize;
use serde::Deserializer;
use serde::de;
use serde::de::DeserializeOwned;
use serde::de::Visitor;
use serde_json::Map;
use serde_json::Value;

use super::problem::MOST_SHOWN;
use super::problem::Problem;
use super::problem::cut;
use super::problem::shown;

/// The arguments of a call, by name.
pub(super) type Arguments = Map<String, Value>;

/// The items of a page unless the client says otherwise.
pub(super) const USUAL_LIMIT: usize = 50;
/// The items that a page may have: with the longest rows about as much as an answer may hold.
pub(super) const MOST_LIMIT: usize = 200;
/// The weeks that a block may be asked for: ten years.
pub(super) const MOST_WEEKS: u32 = 520;
/// The metres that a best effort may be asked for: a marathon is the longest.
const MOST_METRES: f64 = 100_000.0;
/// Characters of the name of a part of a document.
const MOST_PART_LENGTH: usize = 64;
/// Characters of the name of a folder, as file systems have them.
const MOST_NAME_LENGTH: usize = 255;
/// Characters of an identifier: a day, a hash, a number.
const MOST_ID_LENGTH: usize = 40;
/// Characters of a day.
const DAY_LENGTH: usize = 10;
/// Characters of a cursor.
const MOST_CURSOR_LENGTH: usize = 40;

/// Reads the arguments of a tool.
///
/// # Errors
/// Says what was expected and what was found.
pub(super) fn read<T: DeserializeOwned>(tool: &str, arguments: Arguments) -> Result<T, Problem> {
    serde_json::from_value(Value::Object(arguments)).map_err(|error| {
        Problem::new(format!(
            "{tool}: {error}; the tool's input schema tells each argument"
        ))
    })
}

/// Declares a text with its bounds, its schema and how it is read.
macro_rules! texts {
    ($($(#[$about:meta])* $name:ident: $most:expr, $expected:literal, $schema:tt, $is_one:expr;)+) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub(super) struct $name(pub(super) String);

            impl $name {
                fn of(text: &str) -> Result<Self, String> {
                    let is_one: fn(&str) -> bool = $is_one;
                    let is_short = text.chars().count() <= $most;
                    if is_short && is_one(text) {
                        return Ok(Self(text.to_owned()));
                    }
                    Err(format!("expected {}, found {}", $expected, shown(text)))
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Read;
                    impl Visitor<'_> for Read {
                        type Value = $name;

                        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                            formatter.write_str($expected)
                        }

                        fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                            $name::of(text).map_err(E::custom)
                        }
                    }
                    deserializer.deserialize_str(Read)
                }
            }

            impl JsonSchema for $name {
                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    let mut schema = json_schema!($schema);
                    schema.insert("type".to_owned(), "string".into());
                    schema.insert("maxLength".to_owned(), $most.into());
                    schema
                }
            }
        )+
    };
}

texts! {
    /// The identifier of an activity.
    SessionId: MOST_ID_LENGTH,
        "the id of an activity, as in 2026-01-08-1a2b3c4d (list_sessions names them)",
        { "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|undated)-[0-9a-f]{8}(-[0-9]+)?$" },
        is_id;
    /// The name of an athlete: that of a sub-folder.
    AthleteName: MOST_NAME_LENGTH,
        "the name of an athlete (list_sessions names them)",
        { "minLength": 1 },
        |text| !text.is_empty() && !text.contains(['/', '\\', '\0']) && text != "..";
    /// A day.
    Day: DAY_LENGTH,
        "a day as year-month-day, as in 2026-03-01",
        { "format": "date" },
        |text| text.parse::<NaiveDate>().is_ok();
    /// Where the next page begins.
    Cursor: MOST_CURSOR_LENGTH,
        "the next_cursor of the page before, as it was given",
        { "pattern": "^[0-9]+-[0-9a-f]+$" },
        |text| text.split_once('-').is_some();
    /// A key of a document.
    PartName: MOST_PART_LENGTH,
        "the name of a part of the document",
        {},
        |_| true;
}

/// Returns whether a text looks like what [`crate::review::session_id`] makes.
fn is_id(text: &str) -> bool {
    let is_of = |part: &str, digits: fn(&char) -> bool| {
        !part.is_empty() && part.chars().all(|digit| digits(&digit))
    };
    let rest = match text.strip_prefix("undated-") {
        Some(rest) => rest,
        None => match text.split_at_checked(DAY_LENGTH) {
            Some((day, rest)) if day.parse::<NaiveDate>().is_ok() => {
                rest.strip_prefix('-').unwrap_or_default()
            }
            _ => return false,
        },
    };
    let (hash, number) = match rest.split_once('-') {
        Some((hash, number)) => (hash, Some(number)),
        None => (rest, None),
    };
    is_of(hash, char::is_ascii_hexdigit)
        && number.is_none_or(|number| is_of(number, char::is_ascii_digit))
}

impl Day {
    /// Returns the date.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        self.0.parse().ok()
    }
}

/// Declares a whole number with its bounds.
macro_rules! numbers {
    ($($(#[$about:meta])* $name:ident: $most:expr, $kind:ty, $expected:literal;)+) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub(super) struct $name(pub(super) $kind);

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let expected = format!("{} from 1 to {}", $expected, $most);
                    let found = Value::deserialize(deserializer)?;
                    let number = found.as_u64().and_then(|number| <$kind>::try_from(number).ok());
                    match number {
                        Some(number) if (1..=$most).contains(&number) => Ok(Self(number)),
                        _ => Err(de::Error::custom(format!(
                            "expected {expected}, found {}",
                            cut(&found.to_string(), MOST_SHOWN)
                        ))),
                    }
                }
            }

            impl JsonSchema for $name {
                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "integer", "minimum": 1, "maximum": $most })
                }
            }
        )+
    };
}

numbers! {
    /// The items of a page.
    Limit: MOST_LIMIT, usize, "limit, a whole number";
    /// The weeks of a block.
    Weeks: MOST_WEEKS, u32, "weeks, a whole number";
}

/// A distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Metres(pub(super) f64);

impl<'de> Deserialize<'de> for Metres {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Value::deserialize(deserializer)?;
        match found.as_f64() {
            Some(metres) if (0.0..=MOST_METRES).contains(&metres) => Ok(Self(metres)),
            _ => Err(de::Error::custom(format!(
                "expected distance_m, a number up to {MOST_METRES}, found {}",
                cut(&found.to_string(), MOST_SHOWN)
            ))),
        }
    }
}

impl JsonSchema for Metres {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Metres".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0, "maximum": MOST_METRES })
    }
}

/// In which order activities come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    /// The latest first.
    #[default]
    Newest,
    /// The earliest first.
    Oldest,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use serde_json::json;

    #[test]
    fn an_id_is_no_path_and_nothing_else() {
        for id in [
            "2026-01-08-1a2b3c4d",
            "undated-1a2b3c4d",
            "2026-01-08-1a2b3c4d-12",
        ] {
            assert_eq!(SessionId::of(id).unwrap().0, id);
        }
        for other in [
            "",
            "../2026-01-08-1a2b3c4d",
            "/etc/hostname",
            "2026-13-08-1a2b3c4d",
            "2026-01-08",
            "2026-01-08-",
            "2026-01-08-1a2b3c4d-",
            "2026-01-08-1a2b3c4d-1/..",
            "2026-01-08-1a2b3c4d.fit",
            "é026-01-08-1a2b3c4d",
        ] {
            let told = SessionId::of(other).unwrap_err();
            assert!(told.contains("list_sessions"), "{told}");
        }
        let told = SessionId::of(&"x".repeat(100_000)).unwrap_err();
        assert!(told.len() < 300, "{told}");
    }

    #[test]
    fn bounds_are_kept_and_told() {
        let limit = |value: Value| serde_json::from_value::<Limit>(value);
        assert_eq!(limit(json!(200)).unwrap(), Limit(200));
        for wrong in [
            json!(0),
            json!(201),
            json!(-1),
            json!(2.5),
            json!("5"),
            json!(null),
            json!([1]),
            json!(18_446_744_073_709_551_615_u64),
        ] {
            let told = limit(wrong).unwrap_err().to_string();
            assert!(told.starts_with("expected limit"), "{told}");
            assert!(told.contains("from 1 to 200, found"), "{told}");
        }
        let wrong = serde_json::from_value::<Day>(json!(5)).unwrap_err();
        assert!(wrong.to_string().contains("a day as year-month-day"));
        assert!(serde_json::from_value::<Metres>(json!(1e9)).is_err());
        assert!(serde_json::from_value::<AthleteName>(json!("../ann")).is_err());
    }
}
