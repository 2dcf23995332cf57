//! *paths → sessions, failures*
//!
//! The only place that reads files and the only one that uses several threads: walks folders, reads
//! each file through all per-file stages in parallel, then folds each athlete's runs by date.
