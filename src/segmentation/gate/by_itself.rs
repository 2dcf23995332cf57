//! What the first stage of the gate looks at: each candidate by itself, in units of its own run.
//!
//! Contrast is there many times: to the near seconds, to minutes, to all of the run, to running only, by
//! the chosen speed and by distance increments. No single one does for 20 s strides, kilometres on the
//! track and a tempo block; the trees choose. The ones against running came last and are what tells easy
//! runs that are cut by stops from sets. Those against the athlete's habits are a stage of their own
//! (`habits`), as nothing is known of most runs' athletes.

use crate::segmentation::gate::feature::Feature;
use crate::segmentation::gate::feature::Theme;
use crate::segmentation::gate::feature::features;

features! {
    /// What the first stage looks at. The order is that of the columns which the weights were fitted on.
    BY_ITSELF:
    /// How long it lasts: 10 % of contrast is wander over 20 s and an effort over 5 min. ln s.
    ln_length_s, Length, |l| l.own.length_s().ln();
    /// Its grade-adjusted speed: few jog at 5, few sprint at 3. m/s.
    speed_m_s, RunContrast, |l| l.own.speed_m_s;
    /// Over the near seconds before it, half its length, 15–60 s: the step up. ln ratio.
    left, Contrast, |l| l.own.near.before;
    /// Over the near seconds after it: the step down. ln ratio.
    right, Contrast, |l| l.own.near.after;
    /// The lesser of both: a step on one side is the end of a warm-up, not an effort. ln ratio.
    least_contrast, Contrast, |l| l.own.near.least();
    /// Over ten minutes on either side, other efforts included: low inside a set, high for a lone one.
    /// ln ratio.
    far, Contrast, |l| l.own.far;
    /// Over the middle of the running: what a set of many repetitions is itself part of. ln ratio.
    to_median, RunContrast, |l| l.own.to_levels[1];
    /// Over the fastest tenth of the running: whether it is among the fastest of the run. ln ratio.
    to_fast, RunContrast, |l| l.own.to_levels[2];
    /// Over the slowest quarter of the running, mostly recoveries and hills. ln ratio.
    to_slow, RunContrast, |l| l.own.to_levels[0];
    /// The spread of its ten-second means: efforts are even, several at once are not. Ratio to the
    /// mean.
    unevenness, Evenness, |l| l.own.evenness.spread;
    /// The slowest ten seconds: a recovery inside shows here first. Ratio to the mean.
    dip, Evenness, |l| l.own.evenness.lowest;
    /// Second half over first: what fades from the start is a wave, a progression rises. ln ratio.
    trend, Evenness, |l| l.own.evenness.gain;
    /// Contrast over the noise of its mean: whether the channel can show it at all. Standard
    /// deviations.
    clearness, Contrast, |l| l.own.clearness;
    /// Contrast over how much the run wanders anyway. Robust standard deviations.
    contrast_in_wander, Wander, |l| l.own.near.least() / l.run.wander;
    /// The step of speed over twelve seconds at its start: who decides to go, goes. Ratio to the mean.
    edge_start, Edges, |l| l.own.edges.inside.before - l.own.edges.outside.before;
    /// The same at its end: who reaches the line, stops. Ratio to the mean.
    edge_end, Edges, |l| l.own.edges.inside.after - l.own.edges.outside.after;
    /// Speed of its first six seconds: efforts start fast. Ratio to the mean.
    inside_start, Edges, |l| l.own.edges.inside.before;
    /// Speed of its last six seconds. Ratio to the mean.
    inside_end, Edges, |l| l.own.edges.inside.after;
    /// Speed of the six seconds before it: a walk, a stand, a jog. Ratio to the mean.
    outside_start, Edges, |l| l.own.edges.outside.before;
    /// Speed of the six seconds after it. Ratio to the mean.
    outside_end, Edges, |l| l.own.edges.outside.after;
    /// What of the minute before is walked or stood: a rest, a light, a start. Share; 1 beyond the run.
    slow_left, Breaks, |l| l.own.slow[0];
    /// What of the minute after is walked or stood. Share; 1 beyond the run.
    slow_right, Breaks, |l| l.own.slow[1];
    /// What of it is walked or stood: a set taken for one effort has some. Share.
    slow_inside, Breaks, |l| l.own.slow[2];
    /// How much of the moving time it is: most of a run is no effort in it. Ratio.
    share, Length, |l| l.own.length_s() / l.run.moving_s.max(1.0);
    /// How late it begins: warm-ups come first, GPS settles in the first minute. min.
    since_start_min, Place, |l| l.own.range.start as f64 / 60.0;
    /// How long the run goes on after it: strides come last, a hurry home too. min.
    to_end_min, Place, |l| (l.run.length_s - l.own.range.end as f64) / 60.0;
    /// How many candidates apart from it are like it in speed and length: sets repeat. Count.
    similar, Similar, |l| l.own.similar_reps.similar;
    /// How like it the most similar of them is. 0–1.
    best_similar, Similar, |l| l.own.similar_reps.best_similar;
    /// How many times longer the next larger cut of the same stretch is. Ratio.
    parent_length, Rivals, |l| l.own.similar_reps.parent_length;
    /// How far that cut rises from what borders it: then it may be the effort. ln ratio.
    parent_rise, Rivals, |l| l.own.similar_reps.parent_rise;
    /// How many candidates lie inside it: a set has its repetitions there. Count.
    children, Rivals, |l| l.own.similar_reps.children;
    /// How far the clearest of them rises: then they are the efforts. ln ratio.
    best_child, Rivals, |l| l.own.similar_reps.best_child;
    /// How far its lowest level lies above the higher of the two beside it. ln ratio.
    rise, Contrast, |l| l.own.rise[0];
    /// How far it lies above the lower of the two. ln ratio.
    rise_foot, Contrast, |l| l.own.rise[1];
    /// How many step functions, fine and coarse, of all channels show it. Count.
    seen, Rivals, |l| l.own.seen;
    /// The mean length of the steps in it: short ones are a ragged stretch. s.
    step_length_s, Evenness, |l| l.own.step_length_s;
    /// How far heart rate rises over it, ten seconds late. bpm.
    heart_rise_bpm, Heart, |l| l.own.heart.rise;
    /// Heart rate at its end over the mean of the run. bpm.
    heart_level_bpm, Heart, |l| l.own.heart.level;
    /// How far heart rate falls in the minute after it: it falls after efforts only. bpm.
    heart_fall_bpm, Heart, |l| l.own.heart.fall;
    /// Cadence over that of the near seconds before: GPS may surge, legs do not. ln ratio.
    cadence_left, Cadence, |l| l.own.cadence.before;
    /// Cadence over that of the near seconds after. ln ratio.
    cadence_right, Cadence, |l| l.own.cadence.after;
    /// Its mean slope: what is fast downhill is not meant, what is slow uphill may be. Rise over
    /// distance.
    slope, Slope, |l| l.own.slope;
    /// How far its time is from a usual one: programmes are in minutes. ln ratio.
    round_time, Length, |l| l.own.roundness[0];
    /// How far its distance is from a usual one: track sessions are in laps. ln ratio.
    round_distance, Length, |l| l.own.roundness[1];
    /// How much the run wanders: on trails more contrast means less. Ratio.
    run_wander, Wander, |l| l.run.wander;
    /// The time between records: smart recording shows no sharp edges. s.
    sampling_s, Wander, |l| l.run.sampling_s;
    /// What of the run is walked or stood: run and walk, towns, trails. Share.
    run_slow, Breaks, |l| l.run.slow_share;
    /// The moving time of the run: the longer, the more accidents. min.
    run_min, Wander, |l| l.run.moving_s / 60.0;
    /// The run's fastest half-minutes over the middle: in an easy run they are close. ln ratio.
    run_spread, Wander, |l| l.run.spread;
    /// The noise of the channel: what GPS makes of tall houses. m/s.
    noise_m_s, Wander, |l| l.run.noise_m_s;
    /// Over the two minutes before it: beyond a short recovery. ln ratio.
    wide_left, Contrast, |l| l.own.wide.before;
    /// Over the two minutes after it. ln ratio.
    wide_right, Contrast, |l| l.own.wide.after;
    /// Over the near seconds before it, by distance increments: not smoothed by the watch. ln ratio.
    raw_left, Contrast, |l| l.own.raw.before;
    /// Over the near seconds after it, by distance increments. ln ratio.
    raw_right, Contrast, |l| l.own.raw.after;
    /// The lesser of both: strides, which the watch's speed halves, show here. ln ratio.
    raw_least, Contrast, |l| l.own.raw.least();
    /// Over the middle of four minutes of running on either side, efforts outvoted. ln ratio.
    over_background, Contrast, |l| l.own.over_background();
    /// How far the slower running there lies below its middle: how quiet the surround is. ln ratio.
    background_spread, Wander, |l| l.own.background.spread;
    /// The contrast to that middle in units of that spread. Ratio.
    contrast_over_background, Contrast, |l| l.own.over_background_in_spreads();
    /// How many stretches of about its length stand out at least as much: few, or a set. Count.
    stronger, Rarity, |l| l.own.rarity.stronger;
    /// How many stand out nearly as much: many of all sizes are wander. Count.
    comparable, Rarity, |l| l.own.rarity.comparable;
    /// Its contrast over the strongest of those. Ratio.
    share_of_strongest, Rarity, |l| l.own.rarity.share_of_strongest;
    /// Power over that of the near seconds before: an effort on any slope, in any wind. ln ratio.
    power_left, Power, |l| l.own.power.before;
    /// Power over that of the near seconds after. ln ratio.
    power_right, Power, |l| l.own.power.after;
    /// Over the last three minutes *run* before it: a walk or a light is skipped. ln ratio.
    running_before, RunContrast, |l| l.own.running.before;
    /// Over the next three minutes run after it. ln ratio.
    running_after, RunContrast, |l| l.own.running.after;
    /// The lesser of both: the sign that easy runs cut by lights lack. ln ratio.
    running_least, RunContrast, |l| l.own.running.least;
    /// Over ten minutes run on either side. ln ratio.
    running_far, RunContrast, |l| l.own.running.far;
    /// Over the slower quarter of all running outside it. ln ratio.
    running_slow, RunContrast, |l| l.own.running.outside[0];
    /// Over the middle of all running outside it, the contrast that a reader would name. ln ratio.
    running_middle, RunContrast, |l| l.own.running.outside[1];
    /// Over the faster quarter of all running outside it, which in a set is the set. ln ratio.
    running_fast, RunContrast, |l| l.own.running.outside[2];
    /// The contrast to that middle over how much the run wanders. Robust standard deviations.
    running_in_wander, Wander, |l| l.own.running.outside[1] / l.run.wander;
    /// How much running there is outside it: of little, contrast tells little. ln (1 + min).
    running_outside_min, RunContrast, |l| l.own.running.outside_min;
    /// What of the running it is: one of two halves stands out from nothing. Share.
    running_share, Length, |l| l.own.running.share;
    /// The break right before it: long before a start at the door, short before a repetition. ln (1 +
    /// s).
    break_before_s, Breaks, |l| l.own.running.break_before;
    /// The break right after it. ln (1 + s).
    break_after_s, Breaks, |l| l.own.running.break_after;
    /// The longest break inside it: an effort bears a light, not a bakery. ln (1 + s).
    break_inside_s, Breaks, |l| l.own.running.break_inside;
    /// What of the half-minute before was paused or is not known: a rest with the watch stopped. Share.
    paused_before, Breaks, |l| l.own.running.paused_before;
    /// What of the half-minute after was paused or is not known. Share.
    paused_after, Breaks, |l| l.own.running.paused_after;
    /// Heart rate of its second half over that of the running outside it. bpm.
    heart_over_outside_bpm, Heart, |l| l.own.running.heart_over_outside;
    /// Heart rate of its second half, for runs that are all effort or none. bpm.
    heart_bpm, Heart, |l| l.own.running.heart_bpm;
    /// Heart rate of its second half over the highest of the run. Ratio.
    heart_of_highest, Heart, |l| l.own.running.heart_of_highest;
}
