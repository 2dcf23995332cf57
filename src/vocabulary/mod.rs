//! The words that all stages speak, as types: what a segment and what a session can be.

mod segment_kind;
mod session_kind;

pub use segment_kind::SegmentKind;
pub use session_kind::LONG_QUALITY_S;
pub use session_kind::SessionKind;
