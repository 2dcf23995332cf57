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
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Complete => ExitCode::SUCCESS,
            Exit::SomeFailed => ExitCode::from(1),
            Exit::Nothing => ExitCode::from(2),
        }
    }
}

/// Returns whether an error is only that nobody reads the output any more, as after `| head`.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io_error = cause.downcast_ref::<io::Error>();
        io_error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
