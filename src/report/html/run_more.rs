//! What a runner asks of a run besides its verdict: the race, the workout before, and what to do when the
//! verdict is wrong.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::report::charts::same_workout;
use crate::report::content::command::Argument;
use crate::report::content::race::Race;
use crate::report::html::parts;
use crate::report::html::run_page::RunPage;
use crate::report::html::show;
use crate::report::html::words;
use crate::segmentation::Segment;
use crate::units::SECONDS_PER_HOUR;
use crate::units::Seconds;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// Returns how a race was run: its distance and time, how even, how near to what was possible.
pub(super) fn race(run: &RunPage) -> Markup {
    let session = run.session;
    let Some(race) = Race::of(session) else {
        return html! {};
    };
    let expected = session.execution.as_ref().and_then(|e| e.of_modelled_best);
    html! {
        section {
            h2 { "The race" }
            dl.numbers {
                (parts::figure_of("Distance", race.name(), if race.is_official { "official" } else { "as measured" }))
                (parts::figure_of("Time", Seconds(race.time_s).show(), "standing included"))
                (parts::figure_of("Race pace", show::mean_pace(Some(race.distance_m), race.time_s), ""))
                @if let Some(split) = &session.split {
                    @let word = if split.change_pct < 0.0 { "slower" } else { "faster" };
                    (parts::figure_of("Split", split.word.word().to_owned(), format!("second half {:.1} % {word}", split.change_pct.abs())))
                }
                @if let Some((best_s, row)) = &run.best_before {
                    @let change = race.time_s - best_s;
                    @let word = if change < 0.0 { "faster than" } else { "slower than" };
                    @let day = row.session.head.day.map_or_else(|| row.id.clone(), words::dated);
                    (parts::figure_of(
                        "Best before",
                        html! { a href=(row.href) { (Seconds(*best_s).show()) } },
                        format!("{day}; this race was {} {word} it", Seconds(change.abs()).show()),
                    ))
                }
                @if let Some(share) = expected {
                    (parts::figure_of(
                        "Against critical speed",
                        format!("{:.0} %", share * 100.0),
                        format!("of what it lets expect: about {}", Seconds(race.time_s * share).show()),
                    ))
                }
            }
        }
    }
}

/// Returns the climbs of a session in hills: how high, how steep, how fast upwards.
pub(super) fn hills(session: &Session) -> Markup {
    let segments = session.segments.iter();
    let hills: Vec<&Segment> = segments
        .filter(|s| s.kind == SegmentKind::Hill && s.executed)
        .collect();
    html! {
        @if hills.iter().any(|hill| climb_m(hill).is_some()) {
            section {
                h2 { "The climbs" }
                table.flow {
                    thead {
                        tr {
                            th scope="col" { "Climb" }
                            th scope="col" { "Time" }
                            th scope="col" { "Height" }
                            th scope="col" { "Grade" }
                            th scope="col" { "Upwards" }
                            th scope="col" { "Heart rate" }
                        }
                    }
                    tbody {
                        @for (index, hill) in hills.iter().enumerate() {
                            @let climb = climb_m(hill);
                            tr {
                                th scope="row" { (index + 1) }
                                td { (Seconds(hill.elapsed_s()).show()) }
                                td { (or_dash(climb.map(show::height))) }
                                td { (or_dash(hill.slope.map(|slope| html! { (format!("{:.1} %", slope * 100.0)) }))) }
                                td { (or_dash(climb.map(|metres| html! { (show::height(metres / hill.elapsed_s() * SECONDS_PER_HOUR)) "/h" }))) }
                                td { (words::count(hill.heart_rate_bpm, "bpm")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the metres that a segment climbed, as its length and mean slope say.
fn climb_m(segment: &Segment) -> Option<f64> {
    Some(segment.distance_m? * segment.slope?).filter(|metres| *metres > 0.0)
}

fn or_dash(shown: Option<Markup>) -> Markup {
    shown.unwrap_or_else(|| html! { (words::ABSENT) })
}

/// Returns the last workouts of the same structure beside this one, repetition by repetition.
pub(super) fn same_workout(run: &RunPage) -> Markup {
    let before: Vec<&Session> = run.same_workout.iter().map(|row| row.session).collect();
    let chart =
        parts::chart_of(|units, width| same_workout::figure(run.session, &before, units, width));
    let Some(chart) = chart else {
        return html! {};
    };
    html! {
        section {
            h2 { "The same workout before" }
            figure.card { (chart) }
            table.flow {
                thead {
                    tr {
                        th scope="col" { "Day" }
                        th scope="col" { "Mean of reps" }
                        th scope="col" { "Heart rate" }
                        th scope="col" { "Last rep" }
                    }
                }
                tbody {
                    (workout_row(html! { "this one" }, run.session))
                    @for row in &run.same_workout {
                        @let day = row.session.head.day.map_or_else(|| row.id.clone(), words::dated);
                        (workout_row(html! { a href=(row.href) { (day) } }, row.session))
                    }
                }
            }
        }
    }
}

fn workout_row(name: Markup, session: &Session) -> Markup {
    let reps: Vec<&Segment> = session.main_reps();
    let mean = |value: fn(&Segment) -> Option<f64>| {
        let values: Option<Vec<f64>> = reps.iter().map(|rep| value(rep)).collect();
        crate::statistics::mean(&values?)
    };
    html! {
        tr {
            th scope="row" { (name) }
            td { (show::pace(mean(|rep| rep.speed_m_s))) }
            td { (words::count(mean(|rep| rep.heart_rate_bpm), "bpm")) }
            td { (show::pace(reps.last().and_then(|rep| rep.speed_m_s))) }
        }
    }
}

/// Returns what to do when the verdict is wrong: the command that corrects it, to be copied.
pub(super) fn wrong(session: &Session) -> Markup {
    let source = &session.head.source;
    let argument = Argument::of(&source.path).filter(|_| source.member.is_none());
    html! {
        details.wrong {
            summary { "This is wrong?" }
            @match argument {
                Some(argument) => {
                    label hidden {
                        "It was: "
                        select name="kind" {
                            @for kind in kinds(session) { option value=(kind.name()) { (kind.words()) } }
                        }
                    }
                    p { "Run this where the exports lie; the export itself is never changed, and " code { "--undo" } " takes it back." }
                    p { code { "hardeasy correct " (argument.posix) " --kind " b { (kinds(session).next().unwrap_or(SessionKind::Easy).name()) } } }
                    @if let Some(other) = argument.powershell.filter(|other| *other != argument.posix) {
                        p { "In PowerShell: " code { "hardeasy correct " (other) " --kind " b { (kinds(session).next().unwrap_or(SessionKind::Easy).name()) } } }
                    }
                }
                None => p { "The file lies in an archive or has a name that cannot be typed: copy it out and give " code { "hardeasy correct FILE --kind KIND" } " its new name." }
            }
            p.muted { "Wrong efforts, distance or time can be corrected too: " code { "hardeasy help correct" } "." }
        }
    }
}

/// Returns the kinds that a session could be instead, the next best first.
fn kinds(session: &Session) -> impl Iterator<Item = SessionKind> + use<'_> {
    let next = session.runner_up.as_ref().map(|second| second.kind);
    let others = SessionKind::ALL.into_iter();
    let others = others.filter(move |kind| Some(*kind) != next && *kind != session.kind);
    next.into_iter().chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made_up;

    #[test]
    fn the_command_names_the_file_and_nothing_else_runs() {
        let (mut session, _) = made_up::intervals();
        session.head.source.path = "2026/a'; rm -rf ~ #.fit".to_owned();
        session.head.source.member = None;
        let page = wrong(&session).into_string();
        let quoted = "hardeasy correct '2026/a'\\''; rm -rf ~ #.fit' --kind ";
        assert!(page.contains(quoted), "{page}");
        assert!(page.contains("'2026/a''; rm -rf ~ #.fit'"), "{page}");
        session.head.source.path = "a\u{202e}b.fit".to_owned();
        assert!(wrong(&session).into_string().contains("cannot be typed"));
    }

    #[test]
    fn the_next_best_kind_comes_first() {
        let (session, _) = made_up::intervals();
        let kinds: Vec<SessionKind> = kinds(&session).collect();
        assert_eq!(
            Some(kinds[0]),
            session.runner_up.as_ref().map(|second| second.kind)
        );
        assert_eq!(kinds.len(), SessionKind::ALL.len() - 1);
    }
}
