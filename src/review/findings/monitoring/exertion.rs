//! What the runner felt, where the file or the corrections say it.

use crate::review::Finding;
use crate::review::Grade;
use crate::review::Tone;
use crate::review::block::Entry;
use crate::review::findings::context::Context;
use crate::review::findings::idea::Idea;
use crate::statistics::median;
use crate::units::plural;

const IDEA: Idea = Idea {
    id: "perceived_exertion",
    grade: Grade::Measured,
    source: "perceived exertion 0 to 10, as entered on the watch or in the corrections file",
};

/// Easy runs, and quality sessions, from which on they are compared.
const LEAST_EACH: usize = 3;
/// Easy runs rated above this are worth a look: on the usual scale 4 is "somewhat hard".
///
/// # Units
/// Points of 10. Our choice.
const EASY_LIMIT: f64 = 4.0;

pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let rated = || context.block.runs().filter(|run| exertion(run).is_some());
    let (quality, easy): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) =
        rated().partition(|run| run.is_quality());
    let medians = (
        median(easy.iter().filter_map(|run| exertion(run))),
        median(quality.iter().filter_map(|run| exertion(run))),
    );
    let enough = easy.len() >= LEAST_EACH && quality.len() >= LEAST_EACH;
    let ((Some(easy_median), Some(quality_median)), true) = (medians, enough) else {
        return IDEA.not_evaluated(
            "Perceived exertion",
            &format!("{LEAST_EACH} quality sessions and {LEAST_EACH} other runs with a rating"),
            &format!("{} and {}", quality.len(), easy.len()),
        );
    };
    let tone = if easy_median > EASY_LIMIT {
        Tone::Look
    } else {
        Tone::Fact
    };
    let text = format!(
        "Quality sessions were usually felt as {quality_median:.0} of 10 ({}), other runs as \
         {easy_median:.0} ({}).",
        plural(quality.len(), "rating"),
        plural(easy.len(), "rating")
    );
    vec![
        IDEA.says(tone, text)
            .number("quality sessions", quality_median, "points of 10")
            .number("other runs", easy_median, "points of 10")
            .on(rated()),
    ]
}

/// Returns the perceived exertion of a run.
fn exertion(run: &Entry<'_>) -> Option<f64> {
    run.session.perceived_exertion
}
