//! How wide the terminal is.

use crate::report::text::LINE_WIDTH;

/// The variable by which a user says how wide texts shall be.
const COLUMNS: &str = "COLUMNS";

/// Returns the columns of standard output: as `COLUMNS` says, else as the terminal is, else as many
/// as a terminal usually has.
pub(super) fn columns() -> usize {
    let said = std::env::var(COLUMNS).ok();
    let said = said.and_then(|columns| columns.trim().parse().ok());
    let measured = || {
        let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
        Some(usize::from(width.0))
    };
    let is_some = |columns: &usize| *columns > 0;
    said.filter(is_some)
        .or_else(|| measured().filter(is_some))
        .unwrap_or(LINE_WIDTH)
}
