//! `report`: writes the site, and of an earlier one only what has changed.

use crate::cli::args::Common;
use crate::cli::args::ReportArguments;
use crate::cli::diagnose;
use crate::cli::exit::Exit;
use crate::cli::messages;
use crate::cli::print;
use crate::cli::range;
use crate::cli::read;
use crate::history::DatedReferences;
use crate::history::Sampling;
use crate::pipeline;
use crate::pipeline::Options;
use crate::pipeline::Outcome;
use crate::report::privacy::Privacy;
use crate::report::site::Past;
use crate::report::site::Published;
use crate::report::site::ReportFolder;
use crate::report::site::Site;
use crate::review::Review;

/// So much is left out of the map at either end of a run unless another distance is asked for.
///
/// # Units
/// Metres. A few streets: what others use for the zones of privacy around a home.
const DEFAULT_TRIM_M: f64 = 200.0;

/// Writes a page for every run and the review of each athlete's block, and says where they begin.
pub(super) fn run(common: &Common, command: &ReportArguments) -> anyhow::Result<Exit> {
    let exit = make(common, command, None)?;
    if exit != Exit::Nothing {
        let first = command.output.join("index.html");
        print(&format!("{}\n", first.display()))?;
    }
    Ok(exit)
}

/// Gets the site and what it is made from, before it is written.
pub(super) type Look<'a> = &'a mut dyn FnMut(&Site<'_>, &Outcome);

/// Writes the same without a word on standard output. Where somebody wants to look, all is read although
/// nothing has changed since the earlier report.
pub(super) fn make(
    common: &Common,
    command: &ReportArguments,
    look: Option<Look<'_>>,
) -> anyhow::Result<Exit> {
    let root = &command.output;
    let options = Options {
        output: Some(root.clone()),
        ..read::options(common, &command.inputs)
    };
    let folder = ReportFolder::open(root, &command.inputs.paths, options.cache.as_ref())?;
    let old = folder.earlier();
    let program = program();
    let fingerprint = fingerprint(common, command, &options, &program);
    if look.is_none() && folder.is_current(fingerprint.as_deref()) {
        messages::tell_again(common, &old.told);
        return Ok(Exit::from_code(old.exit));
    }
    let mut outcome = read::read_with(common, &command.inputs, &options)?;
    let exit = Exit::of(&outcome);
    if exit == Exit::Nothing {
        if !old.files.is_empty() {
            let place = root.display();
            diagnose(
                "error",
                &format!(
                    "{place}: the earlier report was left as it is; remove the folder if its runs are gone for good"
                ),
            );
        }
        return Ok(exit);
    }
    // What was learned of an athlete leads to no door; all else is made from what may be shown.
    let athletes = outcome.athletes.iter();
    let histories = athletes.map(|athlete| read::history(common, &outcome, athlete));
    let learned: Vec<_> = histories
        .map(|one| one.over_time(Sampling::Weeks))
        .collect();
    let trim_m = command.trim.unwrap_or(DEFAULT_TRIM_M);
    let map = command.map.then(|| Privacy::of(&mut outcome, trim_m));
    let reviews = reviews(common, command, &outcome)?;
    range::refuse_empty(&outcome.sessions, &command.block, &reviews)?;
    let site = site(common, command, &outcome, &reviews, learned)?;
    let site = match &map {
        Some(privacy) => site.with_map(privacy),
        None => site,
    };
    if let Some(look) = look {
        look(&site, &outcome);
    }
    let published = folder.publish(&site, &outcome, &program)?;
    let exit = tell_losses(common, &outcome, &published, exit);
    folder.seal(
        published,
        fingerprint,
        exit.code(),
        messages::words(&outcome),
    )?;
    Ok(exit)
}

/// Tells what could not be removed and which runs were lost, and returns how the command ends.
fn tell_losses(common: &Common, outcome: &Outcome, published: &Published, exit: Exit) -> Exit {
    for (path, error) in &published.not_removed {
        diagnose(
            "warning",
            &format!("an old file of the report could not be removed: {path}: {error}"),
        );
    }
    for run in &published.lost {
        messages::tell_one(common, &messages::lost(&outcome.sessions[*run]));
    }
    if published.lost.is_empty() {
        exit
    } else {
        exit.with_losses()
    }
}

/// Returns what tells this program from any other that would draw something else.
fn program() -> String {
    let hash = std::env::current_exe().map(|path| pipeline::file_hash(&path));
    hash.unwrap_or_else(|_| env!("CARGO_PKG_VERSION").to_owned())
}

/// Returns a hash of all that decides what a report is: files and settings, options, the program
/// itself; absent when the input comes once only.
fn fingerprint(
    common: &Common,
    command: &ReportArguments,
    options: &Options,
    program: &str,
) -> Option<String> {
    let mut paths = command.inputs.paths.iter();
    if paths.any(|path| read::is_standard_input(path)) {
        return None;
    }
    let inputs = pipeline::fingerprint(&command.inputs.paths, options);
    let asked = format!(
        "{:?} {:?} {:?} {} {:?} {}",
        command.block,
        common.units,
        common.recovery_view,
        command.map,
        command.trim,
        command.no_charts
    );
    let all = format!("{program} {asked} {inputs}");
    Some(pipeline::content_hash(all.as_bytes()))
}

fn reviews(
    common: &Common,
    command: &ReportArguments,
    outcome: &Outcome,
) -> anyhow::Result<Vec<Review>> {
    let options = read::review_options(common, &command.block)?;
    let athletes = outcome.athletes.iter();
    Ok(athletes
        .map(|athlete| read::review_of(outcome, athlete, &options))
        .collect())
}

fn site<'a>(
    common: &Common,
    command: &ReportArguments,
    outcome: &'a Outcome,
    reviews: &'a [Review],
    learned: Vec<Vec<DatedReferences>>,
) -> anyhow::Result<Site<'a>> {
    let units = read::units(common, outcome.athletes.first());
    let asked = read::review_options(common, &command.block)?;
    let athletes = outcome.athletes.iter().zip(reviews).zip(learned);
    let past = athletes.map(|((athlete, review), references)| Past {
        references,
        earlier: read::earlier_blocks_of(outcome, athlete, &asked, review),
        races: athlete.settings.races.clone(),
    });
    Ok(Site::new(&outcome.sessions, reviews, units)
        .with_past(past.collect())
        .with_charts(!command.no_charts))
}
