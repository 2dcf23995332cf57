//! Even, negative or positive: how the second half of a run compares with the first.

use crate::classification::Split;
use crate::classification::SplitWord;
use crate::classification::features::Features;
use crate::units::round;
use crate::vocabulary::SessionKind;

/// The second half is faster or slower than the first by at least this for a split to be named.
///
/// # Units
/// Percent of effort speed. Chosen: half of what 5-minute means of ordinary runs vary by.
const UNEVEN_PCT: f64 = 3.0;

/// Returns the split of a run without efforts, by moving time and effort speed.
pub(super) fn split(features: &Features<'_>, kind: SessionKind) -> Option<Split> {
    use SessionKind::*;
    let even = matches!(
        kind,
        Easy | Long | Steady | Race | Progression | Recovery | Tempo
    );
    let [first, second] = features.run.details.pacing.halves_m_s?;
    (even && features.works.is_empty() && first > 0.0).then(|| {
        let change_pct = round((second / first - 1.0) * 100.0, 1);
        Split {
            word: word(change_pct),
            change_pct,
        }
    })
}

fn word(change_pct: f64) -> SplitWord {
    if change_pct >= UNEVEN_PCT {
        SplitWord::Negative
    } else if change_pct <= -UNEVEN_PCT {
        SplitWord::Positive
    } else {
        SplitWord::Even
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_percent_make_a_split() {
        assert_eq!(word(3.0), SplitWord::Negative);
        assert_eq!(word(2.9), SplitWord::Even);
        assert_eq!(word(-3.0), SplitWord::Positive);
    }

    #[test]
    fn halves_are_compared_in_even_runs_alone() {
        use crate::history::History;
        use crate::history::References;
        use crate::settings::Settings;
        use crate::summary::RunSummary;

        let change = |halves, kind| {
            let mut run = RunSummary::default();
            run.details.pacing.halves_m_s = Some(halves);
            let (references, history) = (References::default(), History::new(Settings::default()));
            let features = Features::new(&run, &references, &history, None);
            split(&features, kind).map(|split| (split.word, split.change_pct))
        };
        assert_eq!(
            change([3.0, 3.15], SessionKind::Easy),
            Some((SplitWord::Negative, 5.0))
        );
        assert_eq!(
            change([3.0, 2.85], SessionKind::Long),
            Some((SplitWord::Positive, -5.0))
        );
        assert_eq!(change([0.0, 2.85], SessionKind::Easy), None);
        assert_eq!(change([3.0, 3.15], SessionKind::Intervals), None);
    }
}
