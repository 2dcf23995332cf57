//! `review`: the training block.

use serde_json::json;

use super::args::Block;
use super::args::Common;
use super::args::ReviewArguments;
use super::args::ReviewFormat;
use super::exit::Exit;
use super::messages;
use super::print;
use super::range;
use super::read;
use super::terminal;
use crate::classification::Keep;
use crate::classification::Session;
use crate::classification::Span;
use crate::clean::clean_json;
use crate::pipeline::Answer;
use crate::pipeline::Athlete;
use crate::pipeline::Options;
use crate::pipeline::Question;
use crate::report::content::athletes::overview;
use crate::report::text;
use crate::review::DEFAULT_WEEKS;
use crate::review::Review;
use crate::units::UnitSystem;

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
    let question = question(common, command, &options);
    if let Some(known) = question.as_ref().and_then(Question::known) {
        messages::tell_again(common, &known.told);
        print(&known.text)?;
        return Ok(Exit::from_code(known.exit));
    }
    let outcome = read::read_with(common, &command.inputs, &options)?;
    let options = read::review_options(common, &command.block)?;
    let athletes = outcome.athletes.iter();
    let reviews: Vec<Review> = athletes
        .map(|athlete| read::review_of(&outcome, athlete, &options))
        .collect();
    range::refuse_empty(&outcome.sessions, &command.block, &reviews)?;
    let reviewed: Vec<(&Athlete, &Review)> = outcome.athletes.iter().zip(&reviews).collect();
    let text = match command.format {
        ReviewFormat::Json => json_text(&reviewed)?,
        // Why there is none is told already.
        ReviewFormat::Text if reviewed.is_empty() => String::new(),
        ReviewFormat::Text if command.inputs.athletes => {
            let athletes = reviewed.iter();
            let athletes: Vec<(&Review, &[Session])> = athletes
                .map(|(athlete, review)| (*review, outcome.sessions_of(athlete)))
                .collect();
            let units = read::units(common, outcome.athletes.first());
            let reviews: Vec<&Review> = reviews.iter().collect();
            text::athletes_text(&overview(&athletes), &reviews, units, terminal::columns())
        }
        ReviewFormat::Text => for_each(&reviewed, common, text::review_text),
        ReviewFormat::Markdown => for_each(&reviewed, common, text::review_markdown),
    };
    print(&text)?;
    let exit = Exit::of(&outcome);
    if let Some(question) = question.filter(|_| exit != Exit::Nothing) {
        question.keep(&Answer {
            text,
            told: messages::words(&outcome),
            exit: exit.code(),
        });
    }
    Ok(exit)
}

/// Asks what may have been answered before; nothing when the input comes once only.
fn question<'a>(
    common: &Common,
    command: &ReviewArguments,
    options: &'a Options,
) -> Option<Question<'a>> {
    let inputs = &command.inputs;
    if inputs
        .paths
        .iter()
        .any(|path| read::is_standard_input(path))
    {
        return None;
    }
    let columns = inputs.athletes.then(terminal::columns);
    let words = format!(
        "review {:?} {:?} {:?} {:?} {columns:?}",
        command.block, command.format, common.units, common.recovery_view
    );
    Question::of(&words, &inputs.paths, options)
}

/// Returns what is written of each review, one after the other.
fn for_each(
    reviewed: &[(&Athlete, &Review)],
    common: &Common,
    write: impl Fn(&Review, UnitSystem) -> String,
) -> String {
    let reviewed = reviewed.iter();
    let texts = reviewed.map(|(athlete, review)| write(review, read::units(common, Some(athlete))));
    texts.collect()
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
