//! How well found segments agree with the true ones, by the definitions of the project's scorer.

/// A stretch of time, half-open.
pub type Span = (f64, f64);

/// The figures of one run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Whether the number of efforts is right.
    pub exact: bool,
    /// Whether it is within one.
    pub within_one: bool,
    /// F1 of efforts matched one to one at an overlap of 0.5.
    pub overlap_50: f64,
    /// The same at 0.75.
    pub overlap_75: f64,
    /// F1 of boundaries within 5 s.
    pub edges_5_s: f64,
    /// The same after taking off one constant offset.
    pub edges_5_s_aligned: f64,
    /// F1 of boundaries within 10 s.
    pub edges_10_s: f64,
    /// F1 of seconds.
    pub seconds: f64,
}

/// Compares the efforts found with the true ones.
pub fn score(truth: &[Span], found: &[Span]) -> Score {
    let half = matched(truth, found, 0.5, overlap);
    let errors = half
        .iter()
        .flat_map(|&(i, j)| [found[j].0 - truth[i].0, found[j].1 - truth[i].1]);
    let offset = median(errors.collect());
    let aligned: Vec<Span> = found.iter().map(|f| (f.0 - offset, f.1 - offset)).collect();
    let f1_at = |least| {
        f1(
            matched(truth, found, least, overlap).len(),
            truth.len(),
            found.len(),
        )
    };
    Score {
        exact: truth.len() == found.len(),
        within_one: truth.len().abs_diff(found.len()) <= 1,
        overlap_50: f1_at(0.5),
        overlap_75: f1_at(0.75),
        edges_5_s: edges(truth, found, 5.0),
        edges_5_s_aligned: edges(truth, &aligned, 5.0),
        edges_10_s: edges(truth, found, 10.0),
        seconds: seconds(truth, found),
    }
}

/// Returns how far confidence is from the truth: the mean distance between how sure one was and how
/// often that was right, over ten bins, each with the weight of its members (expected calibration
/// error).
pub fn calibration_error(judged: &[(f64, bool)]) -> f64 {
    const BINS: f64 = 10.0;
    let mut bins: Vec<(f64, f64, f64)> = vec![(0.0, 0.0, 0.0); BINS as usize];
    for (sure, is_right) in judged {
        let bin = &mut bins[(sure * BINS).floor().min(BINS - 1.0) as usize];
        bin.0 += sure;
        bin.1 += f64::from(u8::from(*is_right));
        bin.2 += 1.0;
    }
    let distance: f64 = bins
        .iter()
        .map(|(sure, right, _)| (sure - right).abs())
        .sum();
    distance / judged.len().max(1) as f64
}

/// Returns the means over runs, booleans as shares, in the order of the fields of [`Score`].
pub fn means(scores: &[Score]) -> [f64; 8] {
    let mean = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>() / scores.len() as f64;
    [
        mean(|s| f64::from(u8::from(s.exact))),
        mean(|s| f64::from(u8::from(s.within_one))),
        mean(|s| s.overlap_50),
        mean(|s| s.overlap_75),
        mean(|s| s.edges_5_s),
        mean(|s| s.edges_5_s_aligned),
        mean(|s| s.edges_10_s),
        mean(|s| s.seconds),
    ]
}

/// Returns intersection over union.
pub fn overlap(a: &Span, b: &Span) -> f64 {
    let both = common(*a, *b);
    if both > 0.0 {
        both / (a.1.max(b.1) - a.0.min(b.0))
    } else {
        0.0
    }
}

/// F1 of boundaries within a tolerance, one to one, the nearest first.
pub fn edges(truth: &[Span], found: &[Span], tolerance_s: f64) -> f64 {
    let ends = |spans: &[Span]| spans.iter().flat_map(|s| [s.0, s.1]).collect::<Vec<f64>>();
    let (truth, found) = (ends(truth), ends(found));
    let near = |a: &f64, b: &f64| tolerance_s - (a - b).abs();
    f1(
        matched(&truth, &found, 0.0, near).len(),
        truth.len(),
        found.len(),
    )
}

/// F1 of the seconds in efforts.
pub fn seconds(truth: &[Span], found: &[Span]) -> f64 {
    let length = |spans: &[Span]| spans.iter().map(|s| s.1 - s.0).sum::<f64>();
    let total = length(truth) + length(found);
    let pairs = truth
        .iter()
        .flat_map(|&a| found.iter().map(move |&b| common(a, b)));
    if total > 0.0 {
        2.0 * pairs.sum::<f64>() / total
    } else {
        1.0
    }
}

/// Returns the time that two stretches share.
pub fn common(a: Span, b: Span) -> f64 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0.0)
}

fn f1(hits: usize, truth: usize, found: usize) -> f64 {
    if truth + found == 0 {
        1.0
    } else {
        2.0 * hits as f64 / (truth + found) as f64
    }
}

/// Matches greedily one to one, best first; of equals the last pair, as the scorer does.
fn matched<T>(
    left: &[T],
    right: &[T],
    least: f64,
    quality: impl Fn(&T, &T) -> f64,
) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in left.iter().enumerate() {
        for (j, b) in right.iter().enumerate() {
            let value = quality(a, b);
            if value >= least {
                pairs.push((value, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in pairs {
        if out.iter().all(|&(p, q)| p != i && q != j) {
            out.push((i, j));
        }
    }
    out
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        length if length % 2 == 1 => values[middle],
        _ => 0.5 * (values[middle - 1] + values[middle]),
    }
}
