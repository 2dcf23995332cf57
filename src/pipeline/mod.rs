//! *paths → sessions, failures*
//!
//! The only place that reads exports, and the one that uses several threads: walks folders, takes
//! each file through all per-file stages in parallel, leaves out duplicates, then folds each
//! athlete's runs by date. See [`read_runs`], [`read_beside`] and [`visit_streams`];
//! [`read_recorded`] judges nothing.
//!
//! Results never depend on the number of threads or on the order in which paths are given.

mod account;
mod answers;
mod beside;
mod cache;
mod clean_names;
mod companions;
mod decode;
mod decode_all;
mod duplicates;
pub mod files;
mod fingerprint;
mod gather;
mod hash;
mod health;
mod names;
mod options;
mod outcome;
mod recorded;
mod settings_files;
mod streams;
mod unreadable;
mod walk;

pub use account::FileLine;
pub use account::Status;
pub use answers::Answer;
pub use answers::Question;
pub use beside::Beside;
pub use beside::read_beside;
pub use cache::CacheFolder;
pub use cache::CacheSize;
pub use cache::FileHashes;
pub use cache::stamp;
pub use clean_names::MASK;
pub use clean_names::without_addresses;
pub use duplicates::TWIN;
pub use fingerprint::Glance;
pub use fingerprint::fingerprint;
pub use fingerprint::glance;
pub use hash::content_hash;
pub use hash::file_hash;
pub use names::CORRECTIONS_FILE;
pub(crate) use names::NOT_FOLLOWED;
pub use names::REPORT_MARKER;
pub use names::SETTINGS_FILE;
pub use names::WELLNESS_FILE;
pub use options::Input;
pub use options::NamedFile;
pub use options::Options;
pub use outcome::Athlete;
pub use outcome::Outcome;
pub use recorded::read_recorded;
pub use settings_files::SettingsProblem;
pub use settings_files::settings_folder;
pub use streams::Work;
pub use streams::visit_streams;
pub use streams::visit_streams_in_turn;
pub use streams::visit_streams_where;
pub use unreadable::unreadable;

/// Reads everything that some inputs hold and judges it.
///
/// `progress` is called once per file with the number of files done and of files in all, from any
/// thread.
///
/// # Errors
/// [`SettingsProblem`] when settings or corrections cannot be understood. A file that cannot be
/// read is no error here: it is in [`Outcome::account`].
pub fn read_runs(
    inputs: Vec<Input>,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Outcome, SettingsProblem> {
    Ok(gather::gather(inputs, options, progress)?.judged(options))
}
