//! Exit codes and how a command ends.

use std::io;
use std::process::ExitCode;

use crate::pipeline::Outcome;
use crate::pipeline::Status;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything was read.
    Complete,
    /// At least one file failed or is partial; the rest was reported.
    SomeFailed,
    /// Nothing could be done.
    Nothing,
}

impl Exit {
    /// Returns how reading ended.
    pub(super) fn of(outcome: &Outcome) -> Self {
        let failed = outcome.count(Status::Failed) + outcome.count(Status::Partial) > 0;
        if outcome.sessions.is_empty() {
            Exit::Nothing
        } else if failed {
            Exit::SomeFailed
        } else {
            Exit::Complete
        }
    }

    /// Returns how a command ended that read its inputs so, and then could not use all of them.
    pub(super) fn with_losses(self) -> Self {
        match self {
            Exit::Complete => Exit::SomeFailed,
            worse => worse,
        }
    }
}

impl Exit {
    /// Returns the exit code of the process.
    pub(super) fn code(self) -> u8 {
        match self {
            Exit::Complete => 0,
            Exit::SomeFailed => 1,
            Exit::Nothing => 2,
        }
    }

    /// Returns what an exit code says; any that is not known says that something failed.
    pub(super) fn from_code(code: u8) -> Self {
        let all = [Exit::Complete, Exit::SomeFailed, Exit::Nothing];
        let known = all.into_iter().find(|exit| exit.code() == code);
        known.unwrap_or(Exit::SomeFailed)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

/// Returns whether an error is only that nobody reads the output any more, as after `| head`.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    has_kind(error, &[io::ErrorKind::BrokenPipe])
}

/// Returns whether an error is that there is no room left.
pub(super) fn is_full(error: &anyhow::Error) -> bool {
    let kinds = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
    has_kind(error, &kinds)
}

fn has_kind(error: &anyhow::Error, kinds: &[io::ErrorKind]) -> bool {
    error.chain().any(|cause| {
        let io_error = cause.downcast_ref::<io::Error>();
        io_error.is_some_and(|error| kinds.contains(&error.kind()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_make_no_exit_better() {
        let all = [Exit::Complete, Exit::SomeFailed, Exit::Nothing];
        assert_eq!(all.map(|exit| exit.with_losses().code()), [1, 1, 2]);
    }
}
