//! Parts of documents that are often the default ones, and take no room then.

use std::fmt;
use std::ops::Deref;
use std::ops::DerefMut;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

/// A value in a box of its own; no box while it is the default one. It is used, written and read as the value
/// itself.
pub struct OrDefault<T>(Option<Box<T>>);

/// A type whose default value is at hand for as long as the program runs.
pub trait HasDefault: Default + PartialEq + 'static {
    /// Returns the default value.
    fn the_default() -> &'static Self;
}

/// Keeps the default value of a type at hand.
macro_rules! has_default {
    ($of:ty) => {
        impl $crate::or_default::HasDefault for $of {
            fn the_default() -> &'static Self {
                static DEFAULT: std::sync::LazyLock<$of> = std::sync::LazyLock::new(<$of>::default);
                &DEFAULT
            }
        }
    };
}

pub(crate) use has_default;

impl<T: HasDefault> OrDefault<T> {
    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0.map_or_else(T::default, |boxed| *boxed)
    }
}

impl<T: HasDefault> From<T> for OrDefault<T> {
    fn from(value: T) -> Self {
        Self((value != *T::the_default()).then(|| Box::new(value)))
    }
}

impl<T> Default for OrDefault<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: HasDefault> Deref for OrDefault<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::the_default())
    }
}

impl<T: HasDefault> DerefMut for OrDefault<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Clone> Clone for OrDefault<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: HasDefault + fmt::Debug> fmt::Debug for OrDefault<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl<T: HasDefault> PartialEq for OrDefault<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: HasDefault + Serialize> Serialize for OrDefault<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de, T: HasDefault + Deserialize<'de>> Deserialize<'de> for OrDefault<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for OrDefault<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Shoes {
        pairs: usize,
    }

    has_default!(Shoes);

    #[test]
    fn the_default_takes_no_room_and_is_written_as_any_other() -> Result<(), serde_json::Error> {
        assert_eq!(size_of::<OrDefault<Shoes>>(), size_of::<usize>());
        for pairs in [0, 3] {
            let mut shoes = OrDefault::from(Shoes { pairs });
            assert_eq!((shoes.0.is_some(), shoes.pairs), (pairs > 0, pairs));
            let text = serde_json::to_string(&shoes)?;
            assert_eq!(text, format!(r#"{{"pairs":{pairs}}}"#));
            assert_eq!(serde_json::from_str::<OrDefault<Shoes>>(&text)?, shoes);
            shoes.pairs += 1;
            assert_eq!(shoes.clone().into_inner().pairs, pairs + 1);
            shoes.pairs = 0;
            assert_eq!(shoes, OrDefault::default());
        }
        Ok(())
    }
}
