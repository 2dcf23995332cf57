//! What cannot be easy: time above critical speed, or a run that felt very hard.

use crate::classification::condition::fact;
use crate::classification::condition::minutes;
use crate::classification::condition::percent;
use crate::classification::distribution::above_critical_speed_s;
use crate::classification::features::Features;
use crate::classification::rule::Rule;
use crate::vocabulary::SessionKind;

/// A run with this much time above critical speed is not easy.
///
/// # Units
/// Seconds. Chosen: nobody runs ten minutes above critical speed by chance.
const HARD_S: f64 = 600.0;
/// Nor is one with this share of it, which is what counts in a short run.
///
/// # Units
/// Ratio of moving time. Chosen: strides take less than a tenth.
const HARD_SHARE: f64 = 0.20;
/// Below this share of threshold heart rate nobody runs above critical speed for minutes.
///
/// # Units
/// Ratio. Convention: the first threshold lies at 0.89.
const CALM: f64 = 0.89;
/// A run that felt this hard is not easy.
///
/// # Units
/// Perceived exertion, 0–10.
const HARD_EXERTION: f64 = 9.0;
/// More efforts than a tempo session has are taken for irregular ones.
const TEMPO_EFFORTS: usize = 3;

/// Returns what speaks against easy running, if anything does.
pub(super) fn too_hard(features: &Features<'_>) -> Option<String> {
    by_speed(features).or_else(|| by_exertion(features))
}

/// A hard run that none of the rules before knows: sustained or irregular efforts by their number,
/// or, where it only felt hard, more than easy.
pub(super) fn hard(features: &Features<'_>) -> Option<Rule> {
    let (kind, text) = match by_speed(features) {
        Some(text) if features.works.len() <= TEMPO_EFFORTS => (SessionKind::Tempo, text),
        Some(text) => (SessionKind::Fartlek, text),
        None => (SessionKind::Steady, by_exertion(features)?),
    };
    Some(Rule::new(kind, vec![fact(true, text)]))
}

fn by_speed(features: &Features<'_>) -> Option<String> {
    if is_calm(features) {
        return None;
    }
    let hard_s = above_critical_speed_s(features)?;
    let share = hard_s / features.moving_s;
    is_hard(hard_s, share).then(|| {
        format!(
            "{} above critical speed, {} of the moving time",
            minutes(hard_s),
            percent(share)
        )
    })
}

/// Returns whether heart rate contradicts a critical speed that was not measured: a lower bound, which
/// easy running may exceed.
fn is_calm(features: &Features<'_>) -> bool {
    let beats = features.heart_rate().zip(features.threshold_heart_rate());
    let calm = beats.is_some_and(|(beats, threshold)| beats < CALM * threshold);
    calm && !features.is_measured()
}

fn by_exertion(features: &Features<'_>) -> Option<String> {
    let felt = features.perceived_exertion?;
    (felt >= HARD_EXERTION).then(|| format!("it felt {felt:.0} of 10 hard"))
}

fn is_hard(hard_s: f64, share: f64) -> bool {
    hard_s >= HARD_S || share >= HARD_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_minutes_or_a_fifth_are_hard_and_strides_are_not() {
        assert!(is_hard(600.0, 0.1));
        assert!(is_hard(240.0, 0.2));
        // Six strides of 20 s in half an hour.
        assert!(!is_hard(120.0, 120.0 / 1800.0));
    }

    #[test]
    fn a_calm_heart_contradicts_a_critical_speed_that_was_not_measured() {
        use crate::history::Confidence;
        use crate::history::History;
        use crate::history::Reference;
        use crate::history::References;
        use crate::settings::Settings;
        use crate::streams::HeartRateQuality;
        use crate::summary::RunSummary;

        let reference = |value, confidence| Some(Reference::exact(value, confidence));
        let calm = |beats: f64, confidence, quality| {
            let mut run = RunSummary::default();
            run.details.mean_heart_rate_bpm = Some(beats);
            run.data_quality.heart_rate = quality;
            let references = References {
                critical_speed_m_s: reference(4.0, confidence),
                threshold_heart_rate_bpm: reference(170.0, Confidence::Fair),
                ..References::default()
            };
            let history = History::new(Settings::default());
            is_calm(&Features::new(&run, &references, &history, None))
        };
        let limit = CALM * 170.0;
        assert!(calm(
            limit - 1.0,
            Confidence::LowerBound,
            HeartRateQuality::Valid
        ));
        assert!(!calm(
            limit + 1.0,
            Confidence::LowerBound,
            HeartRateQuality::Valid
        ));
        assert!(!calm(
            limit - 1.0,
            Confidence::Fair,
            HeartRateQuality::Valid
        ));
        assert!(!calm(
            limit - 1.0,
            Confidence::LowerBound,
            HeartRateQuality::Invalid
        ));
    }
}
