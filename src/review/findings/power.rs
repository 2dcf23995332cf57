//! Idea 9: power as a gauge across hills and wind, where the file has it.

use crate::classification::Session;
use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::review::findings::words::share;
use crate::review::findings::words::show_day;
use crate::units::plural;
use crate::vocabulary::LoadMethod;

const IDEA: Idea = Idea {
    id: "power",
    grade: Grade::Measured,
    source: "load by power against load by grade-adjusted pace; many devices model power from speed and \
             slope, so that a part of the agreement is built in",
};

/// Runs with both from which on they are compared.
const LEAST_RUNS: usize = 4;
/// Both gauges agree when the loads differ by at most this.
///
/// # Units
/// Ratio. Our choice: load grows with the square of effort, so this is 5 % of effort.
const AGREES: f64 = 0.10;
/// Share of runs that agree below which it is worth a look.
const LOOK_SHARE: f64 = 0.7;

/// Returns nothing for runners without power.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let with_power = context.block.runs();
    let with_power = with_power.filter(|run| run.session.summary.power_w.is_some());
    let with_power = with_power.count();
    let compared: Vec<(&Entry<'_>, f64)> = context
        .block
        .runs()
        .filter_map(|run| Some((run, power_over_speed(run.session)?)))
        .collect();
    if with_power == 0 {
        return Vec::new();
    }
    if compared.len() < LEAST_RUNS {
        let needs = format!(
            "{LEAST_RUNS} runs rated by grade-adjusted pace and by power (critical power is learned from \
             the even running of the runs before)"
        );
        let found = format!(
            "{} of {} with power",
            compared.len(),
            plural(with_power, "run")
        );
        return IDEA.not_evaluated("Power", &needs, &found);
    }
    let off = |ratio: f64| (ratio - 1.0).abs();
    let agree = compared.iter().filter(|(_, r)| off(*r) <= AGREES).count();
    let tone = if share(agree, compared.len()) < LOOK_SHARE {
        Tone::Look
    } else {
        Tone::Fact
    };
    let farthest = compared.iter().max_by(|a, b| off(a.1).total_cmp(&off(b.1)));
    let farthest = match farthest {
        Some((run, ratio)) if off(*ratio) > AGREES => format!(
            "; farthest apart on {}, {:.0} % {} by power",
            show_day(run.day),
            off(*ratio) * 100.0,
            if *ratio > 1.0 { "more" } else { "less" }
        ),
        _ => String::new(),
    };
    let text = format!(
        "Power and grade-adjusted pace agree on the load of {agree} of {} within {:.0} %{farthest}.",
        plural(compared.len(), "run"),
        AGREES * 100.0
    );
    vec![
        IDEA.says(tone, text)
            .count("agree", agree)
            .count("runs", compared.len())
            .on(compared.iter().map(|(run, _)| *run)),
    ]
}

/// Returns the load by power over the load by effort speed.
fn power_over_speed(session: &Session) -> Option<f64> {
    let load = session.load.as_ref()?;
    let by = |method: LoadMethod| {
        if load.method == method {
            return Some(load.value);
        }
        let mut others = load.alternatives.iter();
        others.find(|other| other.method == method).map(|o| o.value)
    };
    by(LoadMethod::Power)
        .zip(by(LoadMethod::EffortSpeed))
        .filter(|(_, speed)| *speed > 0.0)
        .map(|(power, speed)| power / speed)
}
