//! *Session | Review → tables*
//!
//! Writes sessions as tables (CSV) and segments as named GPX tracks.
