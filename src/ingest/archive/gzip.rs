//! Takes one layer of gzip off.

use std::io;
use std::io::Read;

use flate2::bufread::GzDecoder;

use crate::ingest::Error;
use crate::ingest::Warning;
use crate::ingest::WarningCode;
use crate::ingest::archive::deflate::is_whole;
use crate::ingest::archive::limits::Budget;
use crate::ingest::archive::limits::Cap;
use crate::ingest::archive::limits::limit;
use crate::ingest::archive::member::faulty;
use crate::units::plural;

/// How every member of a gzip file begins.
const MARK: [u8; 2] = [0x1f, 0x8b];

/// Unpacks all members of a gzip file.
///
/// Members are taken one by one, so that it is known which bytes follow the last sound one. What
/// was unpacked before a fault is kept.
///
/// # Errors
/// A limit, or a first member that gives nothing.
pub(super) fn unpack(
    packed: &[u8],
    budget: &mut Budget,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<u8>, Error> {
    let Cap { bytes: cap, name } = budget.cap(packed.len());
    let mut bytes = Vec::new();
    let mut rest = packed;
    let mut members = 0;
    while rest.starts_with(&MARK) {
        let mut decoder = GzDecoder::new(rest);
        // The header is read by now.
        let data = *decoder.get_ref();
        let room = cap.saturating_sub(bytes.len()).saturating_add(1);
        let outcome = (&mut decoder)
            .take(u64::try_from(room).unwrap_or(u64::MAX))
            .read_to_end(&mut bytes);
        if bytes.len() > cap {
            return Err(limit(name, format!("at least {} bytes", bytes.len())));
        }
        if let Err(error) = outcome {
            if bytes.is_empty() && members == 0 {
                return Err(faulty(
                    "gzip data",
                    error.to_string(),
                    "copy or export the file again",
                ));
            }
            warnings.push(fault(&error, data, bytes.len()));
            budget.spend(bytes.len());
            return Ok(bytes);
        }
        rest = decoder.into_inner();
        members += 1;
    }
    // Tapes and some tools fill up with zeros, which is no sign of a fault.
    if rest.iter().any(|byte| *byte != 0) {
        warnings.push(Warning::new(
            WarningCode::GzTrailing,
            format!(
                "{} after the compressed data ignored",
                plural(rest.len(), "byte")
            ),
        ));
    }
    budget.spend(bytes.len());
    Ok(bytes)
}

/// Tells a wrong checksum, after which all bytes are there, from data that stop.
fn fault(error: &io::Error, data: &[u8], kept: usize) -> Warning {
    let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
    if !is_cut && is_whole(data, kept) {
        Warning::new(
            WarningCode::GzCrc,
            format!(
                "the checksum of the compressed file is wrong; its {} may be damaged",
                plural(kept, "byte")
            ),
        )
    } else {
        let how = if is_cut { "cut off" } else { "damaged" };
        Warning::new(
            WarningCode::GzTruncated,
            format!(
                "the compressed file is {how}; {} could be unpacked",
                plural(kept, "byte")
            ),
        )
    }
}
