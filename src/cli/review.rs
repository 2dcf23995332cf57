//! `review`: the training block.

use serde_json::json;

use super::args::Common;
use super::args::ReviewArguments;
use super::args::ReviewFormat;
use super::exit::Exit;
use super::print;
use super::read;
use crate::clean::clean_json;
use crate::pipeline::Athlete;
use crate::report::text;
use crate::review::Review;

/// Reviews the training block of each athlete.
pub(super) fn run(common: &Common, command: &ReviewArguments) -> anyhow::Result<Exit> {
    let outcome = read::read(common, &command.inputs)?;
    let options = read::review_options(common, &command.block)?;
    let reviewed: Vec<(&Athlete, Review)> = outcome
        .athletes
        .iter()
        .map(|athlete| {
            let review = read::review_of(&outcome, athlete, &options);
            (athlete, review)
        })
        .collect();
    match command.format {
        ReviewFormat::Json => print(&json_text(&reviewed)?)?,
        ReviewFormat::Text if command.inputs.athletes => {
            let reviews: Vec<&Review> = reviewed.iter().map(|(_, review)| review).collect();
            let first = reviewed.first().map(|(athlete, _)| *athlete);
            print(&text::athletes_text(&reviews, read::units(common, first)))?;
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
fn json_text(reviewed: &[(&Athlete, Review)]) -> anyhow::Result<String> {
    let text = match reviewed {
        [(athlete, review)] if athlete.name.is_none() => serde_json::to_string_pretty(review)?,
        several => {
            let reviews: Vec<&Review> = several.iter().map(|(_, review)| review).collect();
            serde_json::to_string_pretty(
                &json!({"schema": "hardeasy.reviews/1", "reviews": reviews}),
            )?
        }
    };
    Ok(clean_json(text) + "\n")
}
