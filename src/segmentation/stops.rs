//! Stops of the timer inside a bout: which of them end a repetition.
//!
//! Runners stop the watch in their rests, and at lights. A stop between pieces that are alike, or as
//! long as the other repetitions, or longer than any light, is a rest; another one is a light within
//! one effort.
//!
//! Why not every stop, and not none: a set whose runner stops the watch in each rest has no recoveries
//! at all in its moving time, and is one tempo block; a tempo block across a town is cut by three
//! lights. What tells them apart is regularity, so the lengths of the pieces decide, then the length of
//! the stop. A repetition as long as the others stays whole even with a light in it.

use std::ops::Range;

use crate::segmentation::answer::moving;
use crate::segmentation::bout::Bout;
use crate::segmentation::bout::seconds;
use crate::segmentation::edges::Boundary;
use crate::segmentation::signals::Signals;
use crate::statistics::median_of;
use crate::streams::Streams;

/// A shorter stop of the timer ends nothing.
///
/// # Units
/// Seconds. Convention: no rest is shorter.
pub(crate) const LEAST_STOP_S: usize = 10;
/// A stop of this length between two pieces ends the first, whatever their lengths.
///
/// # Units
/// Seconds. Chosen: no light is red for so long.
const LONG_STOP_S: usize = 90;
/// A single stop between two equal halves is a rest from this length on.
///
/// # Units
/// Seconds. Chosen: a light that lies right in the middle is rare, and mostly shorter.
const LEAST_HALVING_S: usize = 30;
/// A shorter piece is no repetition.
///
/// # Units
/// Seconds. Chosen: what is shorter is the way from a stop to the next.
const LEAST_PIECE_S: usize = 15;
/// A piece is run as an effort from this share of the fastest piece on.
///
/// # Units
/// Ratio of grade-adjusted speeds. Chosen: repetitions of a set differ by less, a jog by more.
const AS_FAST: f64 = 0.85;
/// Pieces are alike when they differ by at most this much in length.
///
/// # Units
/// Fraction of the other's length. Chosen: rests are taken where a set says, lights where streets cross.
const ALIKE: f64 = 0.2;
/// This share of the pieces is alike in a set.
///
/// # Units
/// Share of the pieces. Chosen: one odd piece in three is the first, the last or the one with a light.
const ALIKE_SHARE: f64 = 2.0 / 3.0;
/// So many pieces, or other repetitions, show what a repetition is.
///
/// # Units
/// Count. Chosen: two may be alike by accident.
const LEAST_ALIKE: usize = 3;

/// Returns the bouts cut where a stop of the timer ends a repetition, in order. Edges that come of a cut
/// are exact, as the watch recorded the stop. A progression is never cut: it is one by all its minutes.
pub(crate) fn cut(streams: &Streams, signals: &Signals, bouts: &[Bout]) -> Vec<Bout> {
    let pieces: Vec<Vec<Range<usize>>> = bouts.iter().map(|bout| pieces(streams, bout)).collect();
    let mut whole: Vec<f64> = pieces
        .iter()
        .filter(|pieces| pieces.len() == 1)
        .map(|pieces| pieces[0].len() as f64)
        .collect();
    let usual = median_of(&mut whole).filter(|_| whole.len() >= LEAST_ALIKE);
    let cut = bouts.iter().zip(&pieces).flat_map(|(bout, pieces)| {
        if bout.is_progression {
            return vec![bout.clone()];
        }
        let parts = joined(pieces, &ends(signals, pieces, usual));
        parts.iter().map(|part| part_of(bout, part)).collect()
    });
    cut.collect()
}

/// Returns a bout between the stops that end it.
fn part_of(bout: &Bout, part: &Range<usize>) -> Bout {
    let own = seconds(bout.start.at_s, bout.end.at_s);
    let mut one = bout.clone();
    if part.start > own.start {
        one.start = Boundary::exact(part.start as f64);
    }
    if part.end < own.end {
        one.end = Boundary::exact(part.end as f64);
    }
    one
}

/// Returns the seconds of a bout between the stops of the timer; the whole bout where there are none.
fn pieces(streams: &Streams, bout: &Bout) -> Vec<Range<usize>> {
    let own = seconds(bout.start.at_s, bout.end.at_s);
    let pieces = between_stops(streams, own.clone());
    if pieces.is_empty() { vec![own] } else { pieces }
}

/// Returns the parts of a stretch, in seconds of the elapsed clock, between the stops of the timer,
/// without those at its ends; shorter stops are within a part.
pub(crate) fn between_stops(streams: &Streams, own: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut at = own.start;
    while at < own.end {
        let is_paused = |second: &usize| streams.paused.get(*second).copied().unwrap_or(false);
        let paused = (at..own.end).take_while(is_paused).count();
        let ran = (at + paused..own.end).take_while(|s| !is_paused(s)).count();
        let piece = at + paused..at + paused + ran;
        match pieces.last_mut() {
            Some(last) if paused < LEAST_STOP_S && ran > 0 => last.end = piece.end,
            None if paused < LEAST_STOP_S && ran > 0 => pieces.push(at..piece.end),
            _ if ran > 0 => pieces.push(piece.clone()),
            Some(last) if paused < LEAST_STOP_S => last.end = own.end,
            _ => {}
        }
        at = piece.end;
    }
    pieces
}

/// Returns which stops end a repetition: one less than there are pieces. `usual` is the length of the
/// run's other repetitions, in seconds, where there are enough.
fn ends(signals: &Signals, pieces: &[Range<usize>], usual: Option<f64>) -> Vec<bool> {
    let efforts: Vec<f64> = pieces
        .iter()
        .map(|piece| moving(signals, piece).map_or(0.0, |moved| moved.effort_m_s))
        .collect();
    let fastest = efforts.iter().copied().fold(0.0, f64::max);
    let is_effort: Vec<bool> = pieces
        .iter()
        .zip(&efforts)
        .map(|(piece, effort)| piece.len() >= LEAST_PIECE_S && *effort >= AS_FAST * fastest)
        .collect();
    let lengths: Vec<f64> = pieces.iter().map(|piece| piece.len() as f64).collect();
    let is_set = is_set(&lengths);
    // One of several repetitions, with a light in it.
    if usual.is_some_and(|usual| is_like(lengths.iter().sum(), usual)) {
        return vec![false; pieces.len().saturating_sub(1)];
    }
    (1..pieces.len())
        .map(|next| {
            let stop_s = pieces[next].start - pieces[next - 1].end;
            let (one, other) = (lengths[next - 1], lengths[next]);
            let halves = pieces.len() == 2 && stop_s >= LEAST_HALVING_S && is_like(one, other);
            let usual = usual.is_some_and(|usual| is_like(one, usual) && is_like(other, usual));
            let is_rest = is_set || halves || usual || stop_s >= LONG_STOP_S;
            is_effort[next - 1] && is_effort[next] && is_rest
        })
        .collect()
}

fn is_like(one: f64, other: f64) -> bool {
    (one / other - 1.0).abs() <= ALIKE
}

/// Returns whether most pieces are alike in length.
fn is_set(lengths: &[f64]) -> bool {
    let middle = median_of(&mut lengths.to_vec()).unwrap_or(0.0);
    let alike = lengths.iter().filter(|one| is_like(**one, middle)).count();
    lengths.len() >= LEAST_ALIKE && alike as f64 >= ALIKE_SHARE * lengths.len() as f64
}

/// Returns the pieces with those joined between which no stop ends a repetition.
fn joined(pieces: &[Range<usize>], ends: &[bool]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = pieces.first().cloned().into_iter().collect();
    for (piece, ends) in pieces.iter().skip(1).zip(ends) {
        match parts.last_mut() {
            Some(last) if !ends => last.end = piece.end,
            _ => parts.push(piece.clone()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segmentation::exact;

    /// Cuts one bout over pieces of a length and a speed, the watch stopped for some time after each.
    fn cut_of(parts: &[(usize, f64, usize)]) -> Vec<(f64, f64)> {
        let (mut speed, mut paused) = (Vec::new(), Vec::new());
        for (length, pace, stop) in parts {
            speed.extend(std::iter::repeat_n(*pace, *length));
            speed.extend(std::iter::repeat_n(0.0, *stop));
            paused.extend(std::iter::repeat_n(false, *length));
            paused.extend(std::iter::repeat_n(true, *stop));
        }
        let streams = Streams {
            paused,
            ..exact::streams(&speed)
        };
        let bout = Bout {
            start: Boundary::exact(0.0),
            end: Boundary::exact(streams.len() as f64),
            probability: 0.9,
            candidate: None,
            executed: true,
            from_lap: true,
            is_progression: false,
        };
        let cut = cut(&streams, &Signals::new(&streams), &[bout]);
        cut.iter()
            .map(|bout| (bout.start.at_s, bout.end.at_s))
            .collect()
    }

    #[test]
    fn pieces_that_are_alike_are_repetitions() {
        let set = [
            (230, 4.3, 60),
            (232, 4.3, 61),
            (228, 4.3, 12),
            (231, 4.3, 0),
        ];
        assert_eq!(
            cut_of(&set),
            [
                (0.0, 230.0),
                (290.0, 522.0),
                (583.0, 811.0),
                (823.0, 1054.0)
            ]
        );
    }

    #[test]
    fn lights_and_dips_leave_one_effort() {
        assert_eq!(cut_of(&[(300, 4.0, 35), (900, 4.0, 0)]), [(0.0, 1235.0)]);
        assert_eq!(cut_of(&[(600, 4.0, 6), (600, 4.0, 0)]), [(0.0, 1206.0)]);
        let lights = [(200, 4.0, 40), (700, 4.0, 30), (420, 4.0, 0)];
        assert_eq!(cut_of(&lights), [(0.0, 1390.0)]);
    }

    #[test]
    fn a_long_stop_and_one_in_the_middle_are_rests() {
        let cut = cut_of(&[(690, 3.3, 159), (390, 3.3, 0)]);
        assert_eq!(cut, [(0.0, 690.0), (849.0, 1239.0)]);
        let cut = cut_of(&[(300, 4.0, 45), (290, 4.0, 0)]);
        assert_eq!(cut, [(0.0, 300.0), (345.0, 635.0)]);
    }

    #[test]
    fn stops_at_the_ends_belong_to_no_repetition() {
        let streams = [(27, 5.0, 54)];
        assert_eq!(cut_of(&streams), [(0.0, 27.0)]);
    }

    /// The parts of seconds 20 to 280 of 300, given starts and ends of stops.
    fn parts(stops: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut streams = exact::streams(&[3.0; 300]);
        for (start, end) in stops {
            streams.paused[*start..*end].fill(true);
        }
        let parts = between_stops(&streams, 20..280).into_iter();
        parts.map(|part| (part.start, part.end)).collect()
    }

    #[test]
    fn parts_lie_between_stops_and_short_stops_within_them() {
        let long = LEAST_STOP_S;
        assert_eq!(parts(&[]), [(20, 280)]);
        assert_eq!(parts(&[(100, 100 + long)]), [(20, 100), (100 + long, 280)]);
        assert_eq!(parts(&[(100, 99 + long)]), [(20, 280)]);
        // At the ends.
        assert_eq!(
            parts(&[(0, 20 + long), (280 - long, 300)]),
            [(20 + long, 280 - long)]
        );
        assert_eq!(parts(&[(0, 19 + long), (281 - long, 300)]), [(20, 280)]);
        assert_eq!(parts(&[(0, 300)]), []);
    }

    #[test]
    fn pieces_of_one_length_are_a_set() {
        assert!(is_set(&[200.0, 201.0, 199.0, 200.0]));
        assert!(!is_set(&[200.0, 201.0]));
        assert!(!is_set(&[200.0, 400.0, 100.0, 50.0]));
        assert!(!is_set(&[]));
        assert!(is_like(100.0, 100.0) && is_like(100.0 + 100.0 * ALIKE * 0.99, 100.0));
        assert!(
            !is_like(100.0 + 100.0 * ALIKE * 1.01, 100.0)
                && !is_like(100.0 - 100.0 * ALIKE * 1.01, 100.0)
        );
    }

    #[test]
    fn pieces_join_where_no_stop_ends_a_repetition() {
        let pieces = [0..10, 20..30, 40..50, 60..70];
        assert_eq!(joined(&pieces, &[false, true, false]), [0..30, 40..70]);
        assert_eq!(joined(&pieces, &[true; 3]), pieces);
        assert!(joined(&[], &[]).is_empty());
    }

    #[test]
    fn a_few_steps_beside_a_stop_end_no_repetition() {
        let signals = Signals::new(&exact::streams(&[4.0; 600]));
        assert_eq!(ends(&signals, &[0..200, 320..520], None), [true]);
        assert_eq!(ends(&signals, &[0..200, 320..330], None), [false]);
        assert_eq!(ends(&signals, &[0..10, 120..320], None), [false]);
    }

    #[test]
    fn pieces_as_long_as_the_other_repetitions_are_repetitions() {
        let signals = Signals::new(&exact::streams(&[4.0; 600]));
        let ends = |second: Range<usize>, usual| ends(&signals, &[0..200, second], usual)[0];
        // A short stop between two halves says nothing by itself.
        assert!(!ends(220..420, None) && ends(230..430, None));
        assert!(ends(220..420, Some(200.0)) && !ends(220..300, Some(200.0)));
        // Together they are one of them.
        assert!(!ends(230..430, Some(400.0)));
    }
}
