//! The words that all stages speak, as types: what a segment is and rests on, what a session is, what
//! effort is read from.

mod gauge;
mod rests_on;
mod segment_kind;
mod session_kind;

pub use gauge::Gauge;
pub use gauge::LoadMethod;
pub use gauge::ZoneBasis;
pub use rests_on::RestsOn;
pub use segment_kind::SegmentKind;
pub use session_kind::LONG_QUALITY_S;
pub use session_kind::SessionKind;

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    fn stored(word: impl Serialize) -> String {
        let text = serde_json::to_string(&word).unwrap_or_default();
        text.trim_matches('"').to_owned()
    }

    #[test]
    fn the_name_of_a_word_is_its_name_in_documents() {
        for kind in SegmentKind::ALL {
            assert_eq!(stored(kind), kind.name());
        }
        for kind in SessionKind::ALL {
            assert_eq!(stored(kind), kind.name());
        }
        for gauge in [Gauge::EffortSpeed, Gauge::Power, Gauge::HeartRate] {
            assert_eq!(stored(gauge), gauge.name());
            assert_eq!(stored(ZoneBasis::from(gauge)), gauge.name());
        }
        let both = ZoneBasis::EffortSpeedAndHeartRate;
        assert_eq!(stored(both), both.name());
        use LoadMethod::*;
        for method in [EffortSpeed, Power, HeartRate, PerceivedExertion] {
            assert_eq!(stored(method), method.name());
        }
        let speeds = [RestsOn::Distance, RestsOn::DeviceSpeed, RestsOn::Position];
        let others = [
            RestsOn::Laps,
            RestsOn::Workout,
            RestsOn::HeartRate,
            RestsOn::You,
        ];
        for source in speeds.into_iter().chain(others) {
            assert_eq!(stored(source), source.words());
        }
    }
}
