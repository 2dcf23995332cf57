//! Which source fixes the boundaries: the laps, or detection.
//!
//! Detection has run already, blind to laps. Laps that mark efforts replace what it found, because a
//! thumb or a programme knows what was meant: on the same runs the share with the right number of
//! repetitions is 0.95 with laps, 0.77 without. But laps are refused where the running contradicts
//! them: when most of what they mark is slower than what lies between, or when detection found
//! something else that stands out more; then the programme is a step behind the runner, or belongs to
//! another day. And a programme that was run like the rest is easy running. What was refused is told,
//! never dropped in silence.
//!
//! Laps of a file that hardeasy wrote are the segments that it found before, in view of all that the file then
//! read held: they are taken at their word.
//!
//! Steps: marks; out of step or not; manual laps without those slower than their recoveries; programmed
//! ones where at least half of their blocks are answered (`answer`), a lone one where detection found it
//! or it stands out from both sides.
//!
//! Tried before: to take programmed steps at their word, with the mark "not executed" on those that
//! speed does not show. A workout left in the watch makes a set of an easy run that way.

use std::ops::Range;

use crate::segmentation::LapUse;
use crate::segmentation::agreement::agreement;
use crate::segmentation::answer;
use crate::segmentation::answer::Moved;
use crate::segmentation::bout::AGREE;
use crate::segmentation::bout::Bout;
use crate::segmentation::bout::overlap;
use crate::segmentation::bout::seconds;
use crate::segmentation::bout::span;
use crate::segmentation::labels::HILL_LEAST_SLOPE;
use crate::segmentation::labels::TEMPO_LEAST_S;
use crate::segmentation::manual_laps::manual;
use crate::segmentation::marks::EXECUTED_LEAST;
use crate::segmentation::marks::LEAST_LAPS;
use crate::segmentation::marks::LEAST_MARKED_S;
use crate::segmentation::marks::Marked;
use crate::segmentation::marks::mark;
use crate::segmentation::marks::marked_bouts;
use crate::segmentation::marks::structured;
use crate::segmentation::signals::Signals;
use crate::statistics::median_of;
use crate::streams::Streams;
use crate::thresholds::WALKING_M_S;

/// What a manual lap at both ends adds.
///
/// # Units
/// Log-odds. Chosen: it makes four chances in five of an even one.
pub(crate) const LAP_LOG_ODDS: f64 = 1.5;
/// What a programmed step counts, in manual laps.
///
/// # Units
/// Ratio of log-odds. Chosen: it says what was meant, a thumb only where something changed.
pub(super) const PROGRAMMED_MARKS: f64 = 2.0;
/// A programmed step is a long one among short ones from this many times their median on.
///
/// # Units
/// Ratio of times. Chosen: warm-ups that a programme calls active are longer still; the longest rung of a
/// pyramid is shorter.
const LONG_TIMES: f64 = 4.0;
/// Below this agreement, laps and detection speak of different things.
///
/// # Units
/// F1 of efforts that meet. Chosen: a chance agreement of one in ten or so occurs.
const LEAST_AGREEMENT: f64 = 0.25;
/// A recovery has a pace when this share of it was moved.
///
/// # Units
/// Share of its time. Chosen: the steps to and from a stand are run, but no recovery.
const MOVED_SHARE: f64 = 0.5;
/// Whether marked laps may fix boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LapPolicy {
    /// Programmed steps, then manual laps, then detection; auto-laps never.
    #[default]
    Auto,
    /// Blind detection.
    Ignore,
}

/// Which source fixes the bouts.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    /// The source, which documents name.
    pub(crate) used: LapUse,
    /// The bouts, in order, none overlapping.
    pub(crate) bouts: Vec<Bout>,
    /// What the laps say, where the running does not bear it out.
    pub(crate) refused: Option<Refused>,
}

/// Laps that are not used.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// The efforts that they mark.
    pub(crate) bouts: Vec<Bout>,
    /// Why they are not used.
    pub(crate) why: &'static str,
}

/// Returns the bouts that the laps fix, or those of detection where laps say nothing or are not borne
/// out by the running.
pub(crate) fn bouts(streams: &Streams, signals: &Signals, blind: &[Bout]) -> Fixed {
    if let Some(known) = known(streams) {
        return known.map_or_else(
            || found(blind.to_vec(), None),
            |known| at_their_word(&marked_bouts(signals, &known, false), blind),
        );
    }
    let (used, marked) = if let Some(marked) = structured(streams) {
        (LapUse::Structured, marked)
    } else if let Some(marked) = manual(streams, signals, blind) {
        (LapUse::Manual, marked)
    } else {
        return found(blind.to_vec(), None);
    };
    let all = marked_bouts(signals, &marked, used == LapUse::Structured);
    let refused = |why| {
        Some(Refused {
            bouts: all.clone(),
            why,
        })
    };
    if are_out_of_step(signals, &all, blind) {
        return found(
            blind.to_vec(),
            refused("the laps do not agree with the running"),
        );
    }
    if used == LapUse::Manual {
        return Fixed {
            used,
            bouts: without_slower(signals, &all),
            refused: None,
        };
    }
    match programmed(signals, &all, blind) {
        Programme::Done(bouts) => Fixed {
            used,
            bouts: without_slower(signals, &bouts),
            refused: None,
        },
        Programme::Easy(blind) => found(
            blind,
            refused("the programmed steps were run like the rest"),
        ),
    }
}

/// Returns the laps of a file that hardeasy wrote, in which they are the segments that it had found; nothing
/// within where some of them are to be found again.
fn known(streams: &Streams) -> Option<Option<Vec<Marked>>> {
    let laps = &streams.marks.laps;
    let is_own = laps.iter().any(|lap| lap.is_effort.is_some());
    let known = laps
        .iter()
        .map(|lap| Some(mark(lap.start_s, lap.end_s, lap.is_effort?)));
    is_own.then(|| known.collect())
}

/// Returns what was found before, as what is found now where both are the same.
fn at_their_word(known: &[Bout], blind: &[Bout]) -> Fixed {
    let is_same = known.len() == blind.len()
        && known
            .iter()
            .zip(blind)
            .all(|(one, other)| overlap(span(one), span(other)) >= AGREE);
    if is_same {
        return found(blind.to_vec(), None);
    }
    Fixed {
        used: LapUse::Manual,
        bouts: known.to_vec(),
        refused: None,
    }
}

/// Returns the bouts of detection, with the laps that are not used because of them.
pub(crate) fn found(bouts: Vec<Bout>, refused: Option<Refused>) -> Fixed {
    Fixed {
        used: LapUse::Detected,
        bouts,
        refused,
    }
}

/// Returns the bouts of detection where laps are left aside, as asked.
pub(crate) fn unasked(bouts: Vec<Bout>) -> Fixed {
    Fixed {
        used: LapUse::Ignored,
        ..found(bouts, None)
    }
}

/// What became of a programme.
enum Programme {
    /// The running answers it: its efforts.
    Done(Vec<Bout>),
    /// It was run easily: what was found without it.
    Easy(Vec<Bout>),
}

/// Returns what became of the programmed efforts. Where the programme was run easily, what detection
/// found inside its steps goes with it: it was judged in view of other such stretches, and the runner
/// was told to run there.
fn programmed(signals: &Signals, all: &[Bout], blind: &[Bout]) -> Programme {
    let blocks = blocks(all);
    if let [lone] = &blocks[..] {
        let own = (lone.start as f64, lone.end as f64);
        let is_found = blind.iter().any(|bout| overlap(own, span(bout)) >= AGREE);
        return if is_found || answer::stands_out(signals, lone) {
            Programme::Done(all.to_vec())
        } else {
            Programme::Easy(blind.to_vec())
        };
    }
    let answers = answer::answers(signals, &blocks);
    let answered = answers.iter().filter(|is| **is).count();
    if answered > 0 && 2 * answered >= answers.len() {
        return Programme::Done(carried_out(signals, all, &blocks, &answers));
    }
    let is_easy = |bout: &Bout| {
        let own = seconds(bout.start.at_s, bout.end.at_s);
        let inside = |block: &Range<usize>| {
            own.end
                .min(block.end)
                .saturating_sub(own.start.max(block.start))
        };
        2 * blocks.iter().map(inside).sum::<usize>() > own.len()
    };
    Programme::Easy(
        blind
            .iter()
            .filter(|bout| !is_easy(bout))
            .cloned()
            .collect(),
    )
}

/// Returns efforts without a pause between them as one, in seconds: a programme may change its target
/// within an effort, and each part would be compared with the other.
fn blocks(all: &[Bout]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for bout in all {
        let own = seconds(bout.start.at_s, bout.end.at_s);
        match blocks.last_mut() {
            Some(last) if ((own.start - last.end) as f64) < LEAST_MARKED_S => last.end = own.end,
            _ => blocks.push(own),
        }
    }
    blocks
}

/// Returns the efforts of a programme that was answered. A step is carried out where it is faster than
/// what lies beside it, or its block is answered; a long one that is not, among short ones, is the easy
/// running before or after them.
fn carried_out(
    signals: &Signals,
    all: &[Bout],
    blocks: &[Range<usize>],
    answers: &[bool],
) -> Vec<Bout> {
    let mut lengths: Vec<f64> = all.iter().map(Bout::length_s).collect();
    let usual = median_of(&mut lengths).unwrap_or(0.0);
    let base = outside(signals, blocks);
    let mut done = Vec::new();
    for bout in all {
        let own = seconds(bout.start.at_s, bout.end.at_s);
        let block = blocks.iter().position(|block| block.contains(&own.start));
        let is_answered = block.is_some_and(|block| answers[block]);
        let is_long = bout.length_s() >= TEMPO_LEAST_S && bout.length_s() >= LONG_TIMES * usual;
        let is_fast = answer::moving(signals, &own)
            .zip(base)
            .is_none_or(|(own, base)| own.effort_m_s >= EXECUTED_LEAST * base.effort_m_s);
        if is_long && !is_fast {
            continue;
        }
        let executed = bout.executed || is_answered;
        done.push(Bout {
            executed,
            ..bout.clone()
        });
    }
    done
}

/// Returns the running outside blocks.
fn outside(signals: &Signals, blocks: &[Range<usize>]) -> Option<Moved> {
    let is_outside = |second: &usize| !blocks.iter().any(|block| block.contains(second));
    answer::moved(signals, (0..signals.len()).filter(is_outside), WALKING_M_S)
}

/// Returns whether the laps have lost their step: most of what they mark is slower than what lies
/// between, or detection, which finds something else, tells fast from slow better.
fn are_out_of_step(signals: &Signals, marked: &[Bout], blind: &[Bout]) -> bool {
    let slower = slower(signals, marked).iter().filter(|is| **is).count();
    let mostly = slower >= LEAST_LAPS - 1 && 2 * slower > marked.len();
    let differs = blind.len() > 1 && agreement(marked, blind) < LEAST_AGREEMENT;
    let better = || {
        let pair = contrast(signals, blind).zip(contrast(signals, marked));
        pair.is_some_and(|(blind, marked)| marked < EXECUTED_LEAST && blind > marked)
    };
    mostly || (differs && better())
}

/// Returns how many times as fast bouts are as the running between the first and the last: warm-up and
/// cool-down would make any two cuts of a set look alike.
fn contrast(signals: &Signals, bouts: &[Bout]) -> Option<f64> {
    let blocks: Vec<Range<usize>> = bouts
        .iter()
        .map(|bout| seconds(bout.start.at_s, bout.end.at_s))
        .collect();
    let whole = blocks.first()?.start..blocks.last()?.end;
    let is_inside = |second: &usize| blocks.iter().any(|block| block.contains(second));
    let (inside, outside): (Vec<usize>, Vec<usize>) = whole.partition(is_inside);
    let of = |part: Vec<usize>| answer::moved(signals, part.into_iter(), WALKING_M_S);
    Some(of(inside)?.effort_m_s / of(outside)?.effort_m_s)
}

/// Returns marked efforts without those that are slower than the recoveries beside them.
fn without_slower(signals: &Signals, bouts: &[Bout]) -> Vec<Bout> {
    let slower = slower(signals, bouts);
    let kept = bouts.iter().zip(slower).filter(|(_, is)| !is);
    kept.map(|(bout, _)| bout.clone()).collect()
}

/// Returns which efforts are slower than the recoveries beside them, and not uphill.
fn slower(signals: &Signals, bouts: &[Bout]) -> Vec<bool> {
    let ranges: Vec<Range<usize>> = bouts
        .iter()
        .map(|bout| seconds(bout.start.at_s, bout.end.at_s))
        .collect();
    let effort = |range: Range<usize>| {
        let moved = answer::moving(signals, &range)?;
        // What is mostly stood has no pace.
        (moved.seconds >= MOVED_SHARE * range.len() as f64).then_some(moved.effort_m_s)
    };
    (0..bouts.len())
        .map(|index| {
            let own = &ranges[index];
            let before = index.checked_sub(1).map(|one| ranges[one].end..own.start);
            let after = ranges.get(index + 1).map(|next| own.end..next.start);
            let beside = [before, after].into_iter().flatten();
            let mut beside: Vec<f64> = beside.filter_map(effort).collect();
            let is_uphill = signals.slope_sums.mean(own.clone()).unwrap_or(0.0) >= HILL_LEAST_SLOPE;
            let pair = median_of(&mut beside).zip(effort(own.clone()));
            !is_uphill && pair.is_some_and(|(beside, own)| own < beside)
        })
        .collect()
}

#[cfg(test)]
mod tests;
