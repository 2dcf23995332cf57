//! The table of inputs.

use crate::export::tables::cell::Cell;
use crate::export::tables::column::Column;
use crate::export::tables::column::always;
use crate::export::tables::column::integer;
use crate::export::tables::column::text;
use crate::export::tables::column::word;
use crate::pipeline::FileLine;

/// Returns the columns of the table of inputs.
pub(super) fn account_columns<'a>() -> Vec<Column<&'a FileLine>> {
    vec![
        always(text(
            "path",
            "the file, relative to what was given",
            |line| line.path.as_str().into(),
        )),
        text(
            "member",
            "the path inside an archive, or the number of the activity in the file",
            |line| line.member.as_deref().into(),
        ),
        text("athlete", "the sub-folder, with `--athletes`", |line| {
            line.athlete.as_deref().into()
        }),
        always(word(
            "status",
            "ok, warned, partial, skipped or failed",
            |line| Cell::name(&line.status),
        )),
        text("reason", "why it was skipped or failed", |line| {
            line.reason.as_deref().into()
        }),
        always(integer(
            "activities",
            "how many were read from it",
            |line| line.activities.into(),
        )),
        text(
            "warnings",
            "the codes of what was repaired or dropped",
            |line| Cell::list(line.warnings.iter().map(|warning| &warning.code)),
        ),
    ]
}
