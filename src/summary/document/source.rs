//! Where an activity was read from.

use std::num::NonZeroUsize;

use serde::Deserialize;
use serde::Serialize;

use crate::ingest::Format;

/// Where an activity was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The path relative to its PATH argument, with `/`.
    pub path: String,
    /// The path inside an archive, and the number of the activity in a file with several ("#2").
    pub member: Option<String>,
    /// The number of the activity in its file, from 1; absent where the file holds one only, unless
    /// its name ends like such a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NonZeroUsize>,
    /// The format.
    pub format: Option<Format>,
    /// SHA-256 of the unpacked bytes, in hexadecimal.
    pub sha256: String,
    /// The number of unpacked bytes.
    pub bytes: u64,
    /// The device.
    pub device: Option<String>,
}

impl Source {
    /// Returns the number that the name of a member ends with: documents of before there was
    /// [`Source::number`] tell the activities of a file apart by nothing else.
    #[must_use]
    pub fn number_in_member(&self) -> Option<NonZeroUsize> {
        let (_, number) = self.member.as_deref()?.rsplit_once('#')?;
        number.parse().ok()
    }

    /// Returns the path with the member behind it.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}: {member}", self.path),
            None => self.path.clone(),
        }
    }
}
