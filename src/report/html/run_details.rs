//! The end of a run's page: reference values, laps, the quality of the recording, its origin.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::ingest::Intensity;
use crate::ingest::LapTrigger;
use crate::report::content::aggregates;
use crate::report::html::references;
use crate::report::html::run_page::ROOT;
use crate::report::html::show;
use crate::report::html::words;
use crate::segmentation::LapRow;
use crate::segmentation::LapUse;
use crate::streams::GradeQuality;
use crate::streams::HeartRateQuality;
use crate::streams::Repair;
use crate::streams::SpeedSource;
use crate::summary::Watch;
use crate::units::Seconds;

/// From so much standing in a lap on its elapsed time stands beside its moving time.
///
/// # Units
/// Seconds: less does not show in a time, and a cut second at either end comes to it.
const LEAST_STANDING_S: f64 = 1.0;

/// Returns the reference values that the run was judged with.
pub(super) fn references(session: &Session) -> Markup {
    html! {
        section.aside {
            h2 { "Reference values on that day" }
            (references::table(&session.references, ROOT))
            p.muted { "Learned from the athlete's own runs, unless they were given." }
        }
    }
}

/// Returns how laps were used and how they compare.
pub(super) fn laps(session: &Session) -> Markup {
    let laps = &session.laps;
    let first = laps.rows.first().map(|lap| lap.trigger);
    let alike = first.filter(|first| laps.rows.iter().all(|lap| lap.trigger == *first));
    let all_closed = alike.map_or_else(String::new, |by| {
        format!(", all closed by {}", closed_by(by))
    });
    html! {
        @if !laps.rows.is_empty() {
            section.aside {
                h2 { "Laps" }
                p {
                    (lap_use(laps.used))
                    @if let Some(agreement) = laps.agreement {
                        " Detection without laps agrees with them to " (words::percent(agreement)) "."
                    }
                }
                @if !laps.disagreements.is_empty() {
                    ul { @for text in &laps.disagreements { li { (clean_text(text)) } } }
                }
                details {
                    summary { (laps.rows.len()) " laps as the watch wrote them" (all_closed) }
                    table.flow {
                        thead {
                            tr {
                                th scope="col" { "Lap" }
                                th.n scope="col" { "From" }
                                th.n scope="col" { "Time" }
                                th.n scope="col" { "Distance" }
                                th.n scope="col" { "Pace" }
                                @if alike.is_none() { th scope="col" { "Closed by" } }
                            }
                        }
                        tbody { @for (index, lap) in laps.rows.iter().enumerate() { (lap_row(index, lap, alike.is_none())) } }
                    }
                }
            }
        }
    }
}

fn lap_use(used: LapUse) -> &'static str {
    match used {
        LapUse::Structured => "The steps of the programmed workout fixed the boundaries.",
        LapUse::Manual => "Laps pressed by hand fixed the boundaries.",
        LapUse::Detected => "The boundaries were found without laps.",
        LapUse::Ignored => "Laps were left aside, as asked.",
    }
}

fn closed_by(trigger: LapTrigger) -> &'static str {
    match trigger {
        LapTrigger::Manual => "hand",
        LapTrigger::Auto => "the watch",
        LapTrigger::SessionEnd => "the end",
        LapTrigger::Unknown => "not said",
    }
}

/// Returns a lap; its time is the moving one where it is known, as that of its pace is.
fn lap_row(index: usize, lap: &LapRow, with_trigger: bool) -> Markup {
    let elapsed_s = lap.elapsed_s();
    let time_s = lap.moving_s.unwrap_or(elapsed_s);
    let speed_m_s = lap
        .distance_m
        .zip(lap.moving_s.filter(|time_s| *time_s > 0.0))
        .map(|(distance_m, time_s)| distance_m / time_s);
    html! {
        tr {
            th scope="row" {
                (index + 1)
                @if let Some(intensity) = lap.intensity { span.muted { " " (intensity_word(intensity)) } }
            }
            td { (Seconds(lap.start_s).show()) }
            td {
                (Seconds(time_s).show())
                @if elapsed_s - time_s >= LEAST_STANDING_S { small { (Seconds(elapsed_s).show()) " elapsed" } }
            }
            td { (show::distance(lap.distance_m)) }
            td { (show::pace(speed_m_s)) }
            @if with_trigger { td { (closed_by(lap.trigger)) } }
        }
    }
}

fn intensity_word(intensity: Intensity) -> &'static str {
    match intensity {
        Intensity::Active => "active",
        Intensity::Rest => "rest",
        Intensity::Warmup => "warm-up",
        Intensity::Cooldown => "cool-down",
        Intensity::Recovery => "recovery",
        Intensity::Other => "other",
    }
}

/// Returns how good the recording is.
pub(super) fn quality(session: &Session) -> Markup {
    let quality = &session.data_quality;
    html! {
        section.aside {
            h2 { "The recording" }
            dl.facts {
                div { dt { "Speed" } dd { (speed_words(quality.speed)) } }
                div { dt { "Heart rate" } dd { (heart_rate_words(quality.heart_rate)) } }
                div { dt { "Altitude" } dd { (altitude_words(quality.altitude)) } }
                div { dt { "A sample every" } dd { (format!("{:.0} s", quality.sampling_s)) } }
                div { dt { "Coverage" } dd { (words::percent(quality.coverage)) " of the timer time" } }
            }
            (further(session))
            @if let Some(watch) = &session.head.watch { (of_watch(session, watch)) }
            @if quality.repairs.is_empty() {
                p.muted { "Nothing had to be repaired." }
            } @else {
                details {
                    summary { (repairs_title(&quality.repairs)) }
                    ul {
                        @for repair in &quality.repairs {
                            li { (Seconds(repair.start_s).show()) "–" (Seconds(repair.end_s).show()) ": " (clean_text(&repair.what)) }
                        }
                    }
                }
            }
            @if !session.warnings.is_empty() {
                h3 { "Warnings" }
                ul.warnings {
                    @for warning in &session.warnings {
                        li {
                            code { (clean_text(&warning.code)) } " " (clean_text(&warning.text))
                            @if let Some(place) = &warning.place { span.muted { " (" (clean_text(place)) ")" } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns running dynamics and the fields of apps: of the whole run, and of its efforts.
fn further(session: &Session) -> Markup {
    let rows = aggregates::further(&session.segments);
    html! {
        @if !rows.is_empty() {
            details {
                summary { "Running dynamics and what else was recorded" }
                div.scroll {
                    table {
                        thead { tr { th { "" } th { "run" } th { "efforts" } } }
                        tbody {
                            @for row in &rows {
                                tr {
                                    th scope="row" { (clean_text(&words::plain(&row.name))) }
                                    td { (format!("{:.1}", row.run)) }
                                    td { (row.efforts.map_or_else(|| words::ABSENT.to_owned(), |value| format!("{value:.1}"))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the totals of the watch, and where ours differ.
fn of_watch(session: &Session, watch: &Watch) -> Markup {
    let time = |seconds: Option<f64>| seconds.map(|seconds| html! { (Seconds(seconds).show()) });
    let energy = watch
        .energy_kcal
        .map(|kcal| html! { (format!("{kcal:.0} kcal")) });
    let facts = [
        (
            "Distance",
            watch.distance_m.map(|metres| show::distance(Some(metres))),
        ),
        ("Timer", time(watch.timer_s)),
        ("Moving", time(watch.moving_s)),
        ("Climbed", watch.ascent_m.map(show::height)),
        ("Energy", energy),
    ];
    html! {
        details {
            summary { "What the watch itself says" }
            dl.facts {
                @for (label, value) in &facts {
                    @if let Some(value) = value { div { dt { (label) } dd { (value) } } }
                }
            }
            ul {
                @for line in watch.lines(&session.head) { li { (clean_text(&line)) } }
            }
        }
    }
}

fn repairs_title(repairs: &[Repair]) -> String {
    match repairs.len() {
        1 => "1 stretch repaired or taken out".to_owned(),
        many => format!("{many} stretches repaired or taken out"),
    }
}

fn speed_words(source: SpeedSource) -> &'static str {
    match source {
        SpeedSource::Distance => "from the recorded distance",
        SpeedSource::Device => "from the device's own speed",
        SpeedSource::Position => "from positions",
        SpeedSource::None => "none",
    }
}

fn heart_rate_words(quality: HeartRateQuality) -> &'static str {
    match quality {
        HeartRateQuality::Valid => "sound",
        HeartRateQuality::Partial => "sound in part; the rest was taken out",
        HeartRateQuality::Invalid => "not sound, not used",
        HeartRateQuality::None => "not recorded",
    }
}

fn altitude_words(quality: GradeQuality) -> &'static str {
    match quality {
        GradeQuality::Barometric => "from a pressure sensor, used",
        GradeQuality::Smooth => "smooth, used",
        GradeQuality::Noisy => "too noisy, slope not used",
        GradeQuality::None => "none",
    }
}

/// Returns where the run was read from.
pub(super) fn origin(session: &Session, data_href: Option<&str>) -> Markup {
    let source = &session.head.source;
    html! {
        section.origin {
            h2.small { "Source" }
            p {
                code { (clean_text(&source.path)) }
                @if let Some(member) = &source.member { " · " code { (clean_text(member)) } }
                @if let Some(device) = &source.device { " · " (clean_text(device)) }
                @if let Some(sport) = &session.head.sub_sport { " · " (words::plain(&clean_text(sport))) }
                @if let Some(href) = data_href { " · " a href=(href) { "all numbers (JSON)" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(moving_s: Option<f64>) -> String {
        let lap = LapRow {
            start_s: 990.0,
            end_s: 1433.0,
            moving_s,
            distance_m: Some(1000.0),
            trigger: LapTrigger::Auto,
            intensity: None,
            workout_step: None,
        };
        lap_row(3, &lap, true).into_string()
    }

    #[test]
    fn standing_counts_into_no_pace_of_a_lap() {
        let paused = row(Some(330.0));
        assert!(
            paused.contains("<td>5:30<small>7:23 elapsed</small></td>"),
            "{paused}"
        );
        assert!(paused.contains("5:30/km") && !paused.contains("7:23/km"));
        assert!(!row(Some(442.5)).contains("elapsed"));
    }

    #[test]
    fn without_a_known_moving_time_a_lap_has_no_pace() {
        let unknown = row(None);
        assert!(unknown.contains("<td>7:23</td>"), "{unknown}");
        assert!(unknown.contains("<td>–</td>") && !unknown.contains("/km"));
    }
}
