//! The tools: what each is called, takes, answers and does. None of them writes, and none takes a path.

mod block;
mod chart;
mod compare;
mod list_sessions;
mod rows;
mod session;

use serde_json::Value;

use super::arguments::Arguments;
use super::library::Library;
use super::library::Reading;
use super::problem::Problem;

/// A tool.
pub(super) struct Tool {
    /// Its name.
    pub(super) name: &'static str,
    /// Its name for people.
    pub(super) title: &'static str,
    /// What it does, for whoever chooses among tools.
    pub(super) about: &'static str,
    /// The schema of its arguments.
    pub(super) input: fn() -> Value,
    /// The schema of its answer.
    pub(super) output: fn() -> Value,
    answer: fn(&Reading, Arguments) -> Result<Value, Problem>,
}

/// All tools, in the order in which one would use them.
pub(super) const TOOLS: [Tool; 8] = [
    Tool {
        name: list_sessions::NAME,
        title: "Activities",
        about: "Lists the activities in short, newest first: id, day, kind of session (easy, long, intervals, tempo, \
                race …), title, time, distance, load. Also names the athletes. Begin here: the other tools take \
                the ids. Filter by days and kind.",
        input: list_sessions::input,
        output: list_sessions::output,
        answer: list_sessions::answer,
    },
    Tool {
        name: session::NAME,
        title: "One activity",
        about: "Gives the document of one activity: its kind with the evidence, segments (repetitions, recoveries, \
                warm-up …), sets, time in zones, load, drift, best efforts, reference values, warnings. Lists in it \
                come in pages.",
        input: session::input,
        output: session::output,
        answer: session::answer,
    },
    Tool {
        name: rows::SEGMENTS,
        title: "Segments",
        about: "Lists the segments of one activity or of many: repetitions, recoveries, tempo blocks, strides, \
                warm-up, cool-down, each with time, distance, pace, heart rate and why it is what it is. Filter by \
                activity, days and kind of segment.",
        input: rows::segments_input,
        output: rows::segments_output,
        answer: rows::segments,
    },
    Tool {
        name: block::REVIEW,
        title: "Review of a block",
        about: "Reviews a training block, the last 12 weeks unless told otherwise: totals, weeks, distribution of \
                intensity, key sessions, recovery, phases, comparable workouts, best efforts, findings with their \
                grade of evidence. Lists in it come in pages.",
        input: block::review_input,
        output: block::review_output,
        answer: block::review,
    },
    Tool {
        name: block::ATHLETE,
        title: "The athlete over time",
        about: "Gives the reference values week by week, as known before each day: easy speed, critical speed, \
                threshold, maximum and resting heart rate, each with interval and confidence. Comes in pages, oldest \
                first.",
        input: block::athlete_input,
        output: block::athlete_output,
        answer: block::athlete,
    },
    Tool {
        name: rows::BEST_EFFORTS,
        title: "Best efforts",
        about: "Lists the fastest times over usual distances (400 m to marathon) of each activity, or with `fastest` \
                the one fastest of each distance. Filter by activity, days and distance.",
        input: rows::best_efforts_input,
        output: rows::best_efforts_output,
        answer: rows::best_efforts,
    },
    Tool {
        name: compare::NAME,
        title: "Two side by side",
        about: "Compares two runs (`runs`: two ids) or two blocks of one athlete (`blocks`: two spans of days): \
                repetitions, splits, heart rate at pace; volume, load, zones, best efforts. Differences are of the \
                second against the first.",
        input: compare::input,
        output: compare::output,
        answer: compare::answer,
    },
    Tool {
        name: chart::NAME,
        title: "Chart",
        about: "Draws a chart as SVG: of one activity (timeline, distance, zones, repetitions, best_efforts, drift), or \
                of a block or the athlete (days, weeks, volume, load, workouts, block_best_efforts, references).",
        input: chart::input,
        output: chart::output,
        answer: chart::answer,
    },
];

/// Returns the tool of a name.
pub(super) fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

impl Tool {
    /// Answers a call.
    ///
    /// # Errors
    /// Says what was expected, what was found and what to do next.
    pub(super) fn call(&self, library: &Library, arguments: Arguments) -> Result<Value, Problem> {
        (self.answer)(&*library.reading()?, arguments)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::cli::args::Arguments as CommandLine;
    use crate::cli::args::Command;
    use clap::Parser;
    use serde_json::json;

    fn library(folder: &str) -> Library {
        let line = CommandLine::parse_from(["hardeasy", "--quiet", "mcp", folder]);
        match &line.command {
            Command::Mcp(command) => Library::new(&line.common, &command.inputs),
            _ => unreachable!("mcp was asked for"),
        }
    }

    #[test]
    fn every_tool_answers_as_its_schema_says_without_a_conversation() {
        let library = library("fixtures/season");
        let call = |name: &str, arguments: Value| {
            let arguments = arguments.as_object().unwrap().clone();
            let tool = find(name).unwrap();
            let answer = tool.call(&library, arguments).unwrap();
            let schema = (tool.output)();
            jsonschema::validate(&schema, &answer)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            answer
        };
        let list = call("list_sessions", json!({"limit": 2}));
        let ids = [&list["sessions"][0]["id"], &list["sessions"][1]["id"]];
        for tool in &TOOLS {
            call(
                tool.name,
                match tool.name {
                    "session" => json!({"id": ids[0]}),
                    "compare" => json!({"runs": ids}),
                    "chart" => json!({"chart": "load"}),
                    _ => json!({}),
                },
            );
        }
    }

    #[test]
    fn every_part_of_a_document_can_be_asked_for_by_itself() {
        let library = library("fixtures/season");
        let review = find("review").unwrap();
        let input = (review.input)();
        let names = input.pointer("/properties/parts/items/enum").unwrap();
        let names: Vec<&str> = names
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert!(names.len() > 15, "{names:?}");
        for name in names {
            let asked = json!({"parts": [name]}).as_object().unwrap().clone();
            let answer = review.call(&library, asked).unwrap();
            let keys: Vec<&String> = answer["review"].as_object().unwrap().keys().collect();
            let is_there = keys.iter().all(|key| **key == name || **key == "schema");
            assert!(is_there, "{name}: {keys:?}");
        }
    }
}
