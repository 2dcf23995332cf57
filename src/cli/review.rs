//! `review`: the training block.

use serde_json::json;

use super::args::Block;
use super::args::Common;
use super::args::ReviewArguments;
use super::args::ReviewFormat;
use super::exit::Exit;
use super::print;
use super::range;
use super::read;
use super::terminal;
use crate::classification::Keep;
use crate::classification::Session;
use crate::classification::Span;
use crate::clean::clean_json;
use crate::pipeline::Athlete;
use crate::pipeline::Options;
use crate::report::content::athletes::overview;
use crate::report::text;
use crate::review::DEFAULT_WEEKS;
use crate::review::Review;

/// Returns what a block may look at.
fn span(block: &Block) -> Span {
    match (block.from, block.to, block.weeks) {
        (Some(from), _, _) => Span::From(from),
        (None, Some(_), _) => Span::All,
        (None, None, weeks) => Span::Weeks(u64::from(weeks.unwrap_or(DEFAULT_WEEKS))),
    }
}

/// Reviews the training block of each athlete.
pub(super) fn run(common: &Common, command: &ReviewArguments) -> anyhow::Result<Exit> {
    let options = Options {
        keep: Keep::ForReview(span(&command.block)),
        ..read::options(common, &command.inputs)
    };
    let outcome = read::read_with(common, &command.inputs, &options)?;
    let options = read::review_options(common, &command.block)?;
    let athletes = outcome.athletes.iter();
    let reviews: Vec<Review> = athletes
        .map(|athlete| read::review_of(&outcome, athlete, &options))
        .collect();
    range::refuse_empty(&outcome.sessions, &command.block, &reviews)?;
    let reviewed: Vec<(&Athlete, &Review)> = outcome.athletes.iter().zip(&reviews).collect();
    match command.format {
        ReviewFormat::Json => print(&json_text(&reviewed)?)?,
        // Why there is none is told already.
        ReviewFormat::Text if reviewed.is_empty() => {}
        ReviewFormat::Text if command.inputs.athletes => {
            let athletes = reviewed.iter();
            let athletes: Vec<(&Review, &[Session])> = athletes
                .map(|(athlete, review)| (*review, outcome.sessions_of(athlete)))
                .collect();
            let units = read::units(common, outcome.athletes.first());
            let reviews: Vec<&Review> = reviews.iter().collect();
            print(&text::athletes_text(
                &overview(&athletes),
                &reviews,
                units,
                terminal::columns(),
            ))?;
        }
        ReviewFormat::Text => {
            for (athlete, review) in &reviewed {
                print(&text::review_text(
                    review,
                    read::units(common, Some(athlete)),
                ))?;
            }
        }
        ReviewFormat::Markdown => {
            for (athlete, review) in &reviewed {
                print(&text::review_markdown(
                    review,
                    read::units(common, Some(athlete)),
                ))?;
            }
        }
    }
    Ok(Exit::of(&outcome))
}

/// Returns one review document, or a document of several when sub-folders are athletes.
fn json_text(reviewed: &[(&Athlete, &Review)]) -> anyhow::Result<String> {
    let text = match reviewed {
        [(athlete, review)] if athlete.name.is_none() => serde_json::to_string_pretty(review)?,
        several => {
            let reviews: Vec<&Review> = several.iter().map(|(_, review)| *review).collect();
            serde_json::to_string_pretty(
                &json!({"schema": "hardeasy.reviews/1", "reviews": reviews}),
            )?
        }
    };
    Ok(clean_json(text) + "\n")
}
