//! `hardeasy mcp` as a client meets it: the real program, spoken to on its standard input and output.

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod changes;
mod client;
mod conversation;
mod hostile;
mod outside;
mod pages;
