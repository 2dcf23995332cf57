//! The program as its users and its source as its readers meet it.

#[path = "../common/mod.rs"]
mod common;

mod activities;
mod archives;
mod at_once;
mod cache;
mod circles;
mod cli;
mod compare;
mod conformance;
mod dates;
mod each;
mod faults;
mod files_from;
mod first_minutes;
mod full_disk;
mod garmin;
mod golden;
mod killed;
mod large;
mod many;
mod outside;
mod pixels;
mod private;
mod python;
mod range;
mod report;
mod review;
mod serve;
mod settings;
mod since;
mod spark;
mod strangers;
mod supply;
mod tables;
mod tidy;
mod told;
mod trees;
mod watch;
mod weeks;
mod writing;
mod zones;
