//! *Keep the hard days hard and the easy days easy.*
//!
//! hardeasy reads a folder of watch exports (FIT, GPX, TCX), finds what was really run (intervals,
//! tempo blocks, recovery jogs, strides, warm-up, cool-down), says what kind of session it was and
//! why, and reviews a whole training block. Offline, without configuration, input never touched.
//!
//! # The flow
//!
//! Data go one way; each stage is a folder with one door. The modules below are declared in
//! reading order, and a module uses earlier ones only (`tests/tidy.rs` holds the order).
//!
//! ```text
//! per file, in parallel   bytes ─ ingest → Activity ─ streams → Streams ─ segmentation → Segmentation
//!                                                          └──────── summary → RunSummary (streams dropped)
//! per athlete, by date    History::references ; classification → Session ; History::push   (no look-ahead)
//! per athlete             review(sessions) → Review
//! drawing                 report, export: what needs streams decodes that file again
//! ```
//!
//! A [`summary::RunSummary`] holds all that later stages need and is part of the stored session
//! document, so that folding stored documents gives the same bytes as reading the files again.
//!
//! # Glossary
//!
//! - **activity**: one recording, of any sport; a **run** is an activity of running or walking.
//! - **record**: one sample as the watch wrote it; **streams**: all channels on a grid of one second.
//! - **elapsed** time runs always, **timer** time stops with the watch, **moving** time only while
//!   the runner moves. Times in documents are seconds of the elapsed clock from the first record.
//! - **segment**: a stretch of a run that hardeasy found; **lap**: one that was pressed or
//!   programmed; **split**: a fixed distance.
//! - **work**: a repetition; **recovery**: the jog or walk after it; **rest**: standing; **set**:
//!   similar repetitions that belong together.
//! - **effort speed**: the speed on the flat that costs the same effort, from speed and slope.
//! - **easy speed**: the athlete's habitual one; **critical speed**: the fastest that can be held
//!   without steadily tiring, about what can be raced for half an hour to an hour.
//! - **zones**: 1 below 0.823 of critical speed, 2 the middle zone up to critical speed, 3 above.
//! - **quality session**: a hard day: intervals, repetitions, hills, fartlek, tempo, progression,
//!   race, and long runs of at least 90 minutes.
//! - **load**: what a session cost in points; 100 is one hour at threshold.
//! - **finding**: one statement of a review, with its numbers, the runs it rests on and a grade.
//!
//! # From bytes to segments
//!
//! ```
//! use hardeasy::ingest::{self, Format, Strictness};
//! use hardeasy::segmentation::{self, LapPolicy};
//! use hardeasy::{streams, units::Seconds};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bytes = std::fs::read("fixtures/runs/kilometres.fit")?;
//! for activity in ingest::read(&bytes, Format::Fit, Strictness::Lenient)? {
//!     let streams = streams::resample(&activity);
//!     let segmentation = segmentation::segment(&streams, LapPolicy::Ignore);
//!     for segment in &segmentation.segments {
//!         println!("{:>8} {:<10} {}", Seconds(segment.start_s).show(), segment.kind.word(), segment.confidence);
//!     }
//!     assert!(segmentation.segments.iter().any(|segment| segment.kind.is_work()));
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # From a folder to a season and its review
//!
//! ```
//! use hardeasy::pipeline::{self, Input, Options};
//! use hardeasy::review::{self, ReviewOptions};
//! use hardeasy::review::session_title;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = Input::Path("fixtures/season".into());
//! let outcome = pipeline::read_runs(vec![folder], &Options::default(), &|_, _| ())?;
//! for session in &outcome.sessions {
//!     println!("{:?} {}: {}", session.head.day, session.kind.words(), session_title(session));
//! }
//! // Every input is in the account once, whatever became of it.
//! assert!(outcome.account.len() >= outcome.sessions.len());
//! let review = review::review(&outcome.sessions, &ReviewOptions::default());
//! let (foremost, _) = review.ranked();
//! for finding in foremost {
//!     println!("{} ({})", finding.text, finding.grade.words());
//! }
//! assert!(review.totals.quality_sessions > 0);
//! # Ok(())
//! # }
//! ```

// Made-up runs of the tests name the library from outside.
#[cfg(test)]
extern crate self as hardeasy;

pub mod manual;

pub mod units;

pub mod or_default;

pub mod vocabulary;

mod statistics;

mod thresholds;

pub mod human;

pub mod clean;

pub mod channel;

pub mod ingest;

pub mod streams;

pub mod segmentation;

pub mod summary;

pub mod settings;

pub mod history;

pub mod classification;

pub mod pipeline;

pub mod review;

pub mod report;

pub mod export;

#[cfg(feature = "cli")]
pub mod cli;
