//! What an athlete can do in repetitions with rests: the balance of work above critical speed over a
//! whole session.
//!
//! Steps: the balance starts full, at D′. Above critical speed it falls by the metres run beyond it;
//! below, the part that is spent comes back by (CS − v) / D′ of it each second, standing counted as
//! v = 0, but never faster than by 1 / [`FASTEST_RETURN_S`]. The most that can be done is where the
//! efforts, all faster by one factor and the running between them as it was, just empty the balance.
//!
//! # References
//! Skiba et al. 2015, Eur J Appl Physiol 115:703, and Skiba & Clarke 2021, Int J Sports Physiol Perform
//! 16:1561, for the differential form; that it returns too fast after complete rest, and the limit to
//! that, is this program's own reading. Beyond 20 min of effort critical speed falls such that one
//! effort without rests has the speed of [`modelled_best`].

use std::ops::RangeInclusive;

use crate::history::TYPICAL_D_PRIME_M;
use crate::history::modelled_best;
use crate::segmentation::Segment;

/// The spent part returns no faster than with this time constant.
///
/// # Units
/// Seconds. Chosen: Ferguson 2010 (J Appl Physiol 108:866) found 37 % back after two minutes of light
/// pedalling, a constant of 260 s, and more in runners' practice: twelve times 400 m with jogs of 75 s
/// can be run at the speed of 3 km, hardly faster.
const FASTEST_RETURN_S: f64 = 180.0;
/// The factor on the efforts is sought between these limits.
///
/// # Units
/// Ratio.
const FACTORS: RangeInclusive<f64> = 0.5..=2.0;
/// Steps of halving in that search: the last is below a thousandth.
const HALVINGS: usize = 12;

/// A stretch of a session at one speed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// How long it takes.
    pub(super) duration_s: f64,
    /// Its effort speed.
    pub(super) speed_m_s: f64,
    /// Whether it is one of the efforts.
    pub(super) is_effort: bool,
}

/// Returns the session as the balance sees it: each segment at its speed, what it holds of standing
/// behind it.
pub(super) fn parts(segments: &[Segment], efforts: &[&Segment]) -> Vec<Part> {
    let is_effort = |segment: &Segment| efforts.iter().any(|effort| std::ptr::eq(*effort, segment));
    segments
        .iter()
        .flat_map(|segment| {
            let moving = Part {
                duration_s: segment.moving_s,
                speed_m_s: segment.effort_speed_m_s.unwrap_or(0.0),
                is_effort: is_effort(segment),
            };
            let standing = Part {
                duration_s: (segment.elapsed_s() - segment.moving_s).max(0.0),
                speed_m_s: 0.0,
                is_effort: false,
            };
            [moving, standing]
        })
        .collect()
}

/// Returns the least critical speed with which a session was possible as it was run.
///
/// # Units
/// Metres per second.
pub(super) fn taken(parts: &[Part]) -> Option<f64> {
    let efforts = || parts.iter().filter(|part| part.is_effort);
    let effort_s: f64 = efforts().map(|part| part.duration_s).sum();
    let fastest = efforts().map(|part| part.speed_m_s).reduce(f64::max)?;
    let (mut low, mut high) = (FACTORS.start() * fastest, fastest);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if least_balance(tired(middle, effort_s), parts, 1.0) >= 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// Returns the mean speed of the efforts as a share of the most that was possible with these rests.
///
/// # Units
/// Ratio of speeds.
pub(super) fn share_of_most(critical_speed_m_s: f64, parts: &[Part]) -> Option<f64> {
    let efforts = parts.iter().filter(|part| part.is_effort);
    let effort_s: f64 = efforts.map(|part| part.duration_s).sum();
    if effort_s <= 0.0 {
        return None;
    }
    let critical = tired(critical_speed_m_s, effort_s);
    let (mut low, mut high) = FACTORS.into_inner();
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if least_balance(critical, parts, middle) >= 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(1.0 / f64::midpoint(low, high))
}

/// Returns the critical speed that holds over so much effort.
fn tired(critical_speed_m_s: f64, effort_s: f64) -> f64 {
    let without_rests =
        modelled_best(critical_speed_m_s, effort_s) - TYPICAL_D_PRIME_M.mean / effort_s;
    without_rests.min(critical_speed_m_s)
}

/// Returns the lowest balance at the end of an effort, when the efforts are faster by a factor.
///
/// # Units
/// Metres.
fn least_balance(critical_speed_m_s: f64, parts: &[Part], factor: f64) -> f64 {
    let full = TYPICAL_D_PRIME_M.mean;
    let (mut balance, mut least) = (full, full);
    for part in parts {
        let speed = part.speed_m_s * if part.is_effort { factor } else { 1.0 };
        let over = speed - critical_speed_m_s;
        if over > 0.0 {
            balance -= over * part.duration_s;
        } else {
            let rate = (-over / full).min(1.0 / FASTEST_RETURN_S);
            balance = full - (full - balance) * (-rate * part.duration_s).exp();
        }
        if part.is_effort {
            least = least.min(balance);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn part(duration_s: f64, speed_m_s: f64, is_effort: bool) -> Part {
        Part {
            duration_s,
            speed_m_s,
            is_effort,
        }
    }

    /// Repetitions of a distance with jogs between, after a warm-up.
    fn set(count: usize, metres: f64, speed: f64, jog_s: f64) -> Vec<Part> {
        let mut parts = vec![part(900.0, 2.8, false)];
        for _ in 0..count {
            parts.push(part(metres / speed, speed, true));
            parts.push(part(jog_s, 2.4, false));
        }
        parts
    }

    #[test]
    fn one_effort_can_be_as_fast_as_the_modelled_best() {
        for duration_s in [300.0, 1200.0, 2400.0] {
            let best = modelled_best(4.0, duration_s);
            let share = share_of_most(4.0, &[part(duration_s, best, true)]).unwrap();
            assert!((share - 1.0).abs() < 2e-3, "{duration_s} {share}");
        }
    }

    #[test]
    fn the_spent_part_comes_back_by_hand() {
        // 100 m spent; 90 s of standing at a constant of 180 s leave 100 · e^−0.5 = 60.65 m spent,
        // and 100 m more leave 180 − 160.65.
        let parts = [
            part(100.0, 5.0, true),
            part(90.0, 0.0, false),
            part(100.0, 5.0, true),
        ];
        assert!((least_balance(4.0, &parts, 1.0) - 19.35).abs() < 0.01);
        // A float 0.5 m/s below critical speed returns by 0.5 / 180 a second: e^−0.25 = 0.7788.
        let parts = [
            part(100.0, 5.0, true),
            part(90.0, 3.5, false),
            part(50.0, 5.0, true),
        ];
        assert!((least_balance(4.0, &parts, 1.0) - (180.0 - 127.88)).abs() < 0.01);
    }

    #[test]
    fn usual_sets_leave_room_and_hard_ones_little() {
        // 5 km in 20:00 is a critical speed of 4.017.
        let critical = 4.017;
        let kilometres = share_of_most(critical, &set(6, 1000.0, 1000.0 / 240.0, 150.0)).unwrap();
        assert!((0.90..0.96).contains(&kilometres), "{kilometres}");
        let quarters = share_of_most(critical, &set(12, 400.0, 1000.0 / 226.0, 75.0)).unwrap();
        assert!((0.90..0.96).contains(&quarters), "{quarters}");
        // 15 s a kilometre faster than that speed of 5 km, with short rests, is all that is there.
        let raced = share_of_most(critical, &set(6, 1000.0, 1000.0 / 225.0, 90.0)).unwrap();
        assert!(raced > 0.97, "{raced}");
    }

    #[test]
    fn what_a_set_takes_is_where_it_was_the_most_possible() {
        let parts = set(6, 1000.0, 4.3, 120.0);
        let taken = taken(&parts).unwrap();
        assert!((share_of_most(taken, &parts).unwrap() - 1.0).abs() < 2e-3);
    }
}
