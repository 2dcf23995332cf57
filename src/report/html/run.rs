//! The page of one run: what it was, how sure that is, and why.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::clean::clean_text;
use crate::ingest::platforms::Platform;
use crate::ingest::platforms::Remarks;
use crate::report::charts::of_run::RunCharts;
use crate::report::content::aggregates;
use crate::report::content::bests;
use crate::report::content::facts::facts;
use crate::report::content::verdict;
use crate::report::content::verdict::Plan;
use crate::report::html::method;
use crate::report::html::parts;
use crate::report::html::run_chart;
use crate::report::html::run_details;
use crate::report::html::run_more;
use crate::report::html::run_page::ROOT;
use crate::report::html::run_page::RunPage;
use crate::report::html::run_splits;
use crate::report::html::run_tables;
use crate::report::html::shell;
use crate::report::html::shell::Script;
use crate::report::html::shell::Shell;
use crate::report::html::show;
use crate::report::html::words;
use crate::streams::HeartRateQuality;
use crate::summary::RunHead;
use crate::units::Seconds;
use crate::units::UnitSystem;
use crate::units::plural;
use crate::vocabulary::SessionKind;

/// Returns the page of one run.
#[must_use]
pub fn run_page(run: &RunPage, charts: &RunCharts) -> String {
    let session = run.session;
    let kind = words::capital(session.kind.words());
    let title = format!("{kind}, {}", words::session_day(session));
    let body = html! {
        (headline(run))
        (key_numbers(session))
        (run_more::race(run))
        (run_more::hills(session))
        (run_chart::effort(session, charts))
        (run_chart::over_time(run, charts))
        (run_splits::splits(run))
        (run_tables::segments(session))
        (run_tables::sets(session, charts))
        (run_more::same_workout(run))
        (within(session, charts))
        (run_tables::best_efforts(session, charts))
        (run_chart::on_the_ground(run))
        (run_details::references(session))
        (run_details::laps(session))
        (run_details::quality(session))
        (run_more::wrong(session))
        (run_details::origin(session, run.data_href.as_deref()))
        (parts::neighbours("Runs", run.previous.as_ref(), run.next.as_ref()))
    };
    let shell = Shell {
        title: &title,
        units: run.units,
        root: ROOT,
        links: &run.links,
        more_css: None,
        script: Script::Chart,
    };
    shell::page(&shell, &body)
}

/// Returns the name of a number, with a link to how it is made.
fn named(name: &str) -> Markup {
    method::named(ROOT, name)
}

fn headline(run: &RunPage) -> Markup {
    let session = run.session;
    let head = &session.head;
    html! {
        section.head {
            p.eyebrow {
                (words::session_day(session))
                @if let Some(clock) = words::start_clock(session) { " · " (clock) }
                @if let Some(athlete) = &head.athlete { " · " (clean_text(athlete)) }
                @if let Some(name) = &head.name { " · " (clean_text(name)) }
            }
            h1 {
                (parts::dot(words::session_ink(session)))
                (words::capital(session.kind.words()))
                @if session.quality { span.badge { "quality session" } }
                @if session.corrected { span.badge.quiet { "corrected by hand" } }
                @if session.excluded { span.badge.quiet { "left out of the review" } }
            }
            p.what { (show::both(|units| verdict::below_its_kind(session, units))) }
            @if let Some(plan) = Plan::of(session) { p { (plan.words()) } }
            (verdict(session))
            (reasons(session))
            @if let Some(note) = &session.note { p.note { "Note: " (clean_text(note)) } }
            (remarks(&head.remarks))
            @if !session.tags.is_empty() || !run.records_m.is_empty() {
                ul.tags aria-label="Marks" {
                    @for metres in &run.records_m { li { "fastest " (bests::distance_name(*metres)) " of all" } }
                    @for tag in &session.tags { li { (words::plain(&clean_text(tag))) } }
                }
            }
        }
    }
}

/// Returns what the athlete wrote of the activity on a platform.
fn remarks(remarks: &Remarks) -> Markup {
    let platform = remarks.platform.map_or("a platform", Platform::words);
    let marks = [
        remarks
            .gear
            .as_deref()
            .map(|gear| format!("in {}", clean_text(gear))),
        remarks.commute.then(|| "a commute".to_owned()),
        remarks
            .meant
            .map(|meant| format!("marked as {}", meant.words())),
    ];
    let marks: Vec<String> = marks.into_iter().flatten().collect();
    html! {
        @if remarks.without_recording {
            p.note { "There is no recording of this: all that is known are the totals in " (platform) "." }
        }
        @if let Some(text) = &remarks.description { p.note { "On " (platform) ": " (clean_text(text)) } }
        @if let Some(text) = &remarks.private_note { p.note { "Private note: " (clean_text(text)) } }
        @if !marks.is_empty() { p.note { (words::capital(&marks.join(", "))) } }
    }
}

fn verdict(session: &Session) -> Markup {
    html! {
        p.verdict {
            @if session.kind == SessionKind::Undecided {
                "It cannot be told what kind of session this was."
            } @else if session.kind_is_given() {
                "The kind was given by hand."
            } @else {
                b { (words::capital(verdict::evidence_word(session.kind_confidence))) }
                span.muted { " " (words::sureness(session.kind_confidence)) }
            }
            @if let Some(second) = &session.runner_up {
                span.second {
                    "Else: " (second.kind.words()) " (" (words::sureness(second.confidence)) ")"
                }
            }
        }
    }
}

/// Returns what the verdict rests on, the foremost reasons in sight.
fn reasons(session: &Session) -> Markup {
    /// Reasons that are shown without opening the list.
    const IN_SIGHT: usize = 5;
    let missing = session.summary.cannot_tell.as_deref();
    let reasons: Vec<Markup> = session
        .evidence
        .iter()
        .map(|reason| {
            let against = reason.contribution.is_some_and(|speaks| speaks < 0.0);
            html! {
                li.against[against] {
                    (clean_text(&reason.text))
                    @if against { span.muted { " (speaks against it)" } }
                }
            }
        })
        .chain(missing.map(|text| html! { li.against { (clean_text(text)) } }))
        .collect();
    let (first, further) = reasons.split_at(IN_SIGHT.min(reasons.len()));
    html! {
        @if !first.is_empty() {
            h2.small { "Why" }
            ul.reasons { @for reason in first { (reason) } }
            @if !further.is_empty() {
                details {
                    summary { (plural(further.len(), "further reason")) }
                    ul.reasons { @for reason in further { (reason) } }
                }
            }
        }
    }
}

fn key_numbers(session: &Session) -> Markup {
    let head = &session.head;
    let quality = &session.data_quality;
    let heart_rate = session.summary.mean_heart_rate_bpm;
    html! {
        dl.numbers {
            (parts::figure_of(named("Moving time"), Seconds(head.moving_s).show(), times(head)))
            (parts::figure_of(
                named("Distance"),
                show::distance(head.distance_m),
                if head.distance_m.is_none() { "not recorded" } else { "" },
            ))
            (parts::figure_of(named("Pace"), show::mean_pace(head.distance_m, head.moving_s), "mean while moving"))
            (parts::figure_of(named("Heart rate"), words::count(heart_rate, "bpm"), heart_rate_remark(session)))
            (load(session))
            @if let Some(ascent_m) = head.ascent_m {
                (parts::figure_of(named("Ascent"), show::height(ascent_m), ""))
            }
            @if let Some(power_w) = session.summary.power_w {
                @let source = session.summary.power_source.as_deref().filter(|name| *name != "native").unwrap_or("");
                (parts::figure_of(named("Power"), words::count(Some(power_w), "W"), clean_text(source)))
            }
            @if let Some(cadence) = cadence(session) {
                (parts::figure_of(named("Cadence"), format!("{cadence:.0}"), "steps a minute"))
            }
            @if let Some(exertion) = session.perceived_exertion {
                (parts::figure_of(named("Perceived exertion"), format!("{exertion:.0} of 10"), ""))
            }
            @if let Some(feel) = session.feel {
                (parts::figure_of(named("Feel"), words::feel(feel), ""))
            }
            @if let Some(hours) = session.hours_since_key_session {
                (parts::figure_of(named("Since last key session"), words::hours_or_days(hours), ""))
            }
            (drift(session))
            (parts::figure_of(named("Data coverage"), words::percent(quality.coverage), "of the timer time"))
        }
    }
}

/// Returns the other times of a run, and why they differ.
fn times(head: &RunHead) -> String {
    /// Less is no stop.
    const LEAST_S: f64 = 5.0;
    let clock = |seconds: f64| Seconds(seconds).show();
    let paused_s = head.elapsed_s - head.timer_s;
    let cut_s = head.not_running_s.unwrap_or(0.0);
    let stood_s = head.timer_s - cut_s - head.moving_s;
    let parts = [
        (cut_s, "not run"),
        (stood_s, "standing"),
        (paused_s, "watch stopped"),
    ];
    let parts = parts.iter().filter(|(seconds, _)| *seconds >= LEAST_S);
    let parts: Vec<String> = parts
        .map(|(seconds, word)| format!("{} {word}", clock(*seconds)))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    let (timer, elapsed) = (clock(head.timer_s), clock(head.elapsed_s));
    format!(
        "{timer} on the timer, {elapsed} elapsed: {}",
        parts.join(", ")
    )
}

/// Returns the mean cadence of what was moved, in steps per minute.
fn cadence(session: &Session) -> Option<f64> {
    aggregates::mean_by_time(&session.segments, |segment| segment.cadence_spm)
}

fn heart_rate_remark(session: &Session) -> String {
    let highest = session.summary.heart_rate_max_10s_bpm;
    let highest = highest.map_or_else(String::new, |bpm| format!("highest {bpm:.0}"));
    match session.data_quality.heart_rate {
        HeartRateQuality::None => "not recorded".to_owned(),
        HeartRateQuality::Invalid => "recorded, but not sound".to_owned(),
        HeartRateQuality::Partial if highest.is_empty() => "sound in parts only".to_owned(),
        HeartRateQuality::Partial => format!("{highest}, sound in parts only"),
        HeartRateQuality::Valid => highest,
    }
}

fn load(session: &Session) -> Markup {
    let load = session.load.as_ref();
    let remark = load.map_or_else(
        || "not rated".to_owned(),
        |load| {
            let rated = words::percent(load.coverage);
            format!(
                "points, from {}, {rated} rated",
                words::plain(load.method.name())
            )
        },
    );
    parts::figure_of(
        named("Load"),
        words::count(load.map(|load| load.value), ""),
        remark,
    )
}

fn drift(session: &Session) -> Markup {
    let drift = &session.drift;
    let value = drift
        .pa_hr_pct
        .map_or_else(|| words::ABSENT.to_owned(), |pct| format!("{pct:+.1} %"));
    let remark = drift.reason.as_deref().unwrap_or("against pace");
    parts::figure_of(named("Aerobic decoupling"), value, clean_text(remark))
}

/// Returns what the effort within the session comes to.
fn within(session: &Session, charts: &RunCharts) -> Markup {
    let metric = facts(session, UnitSystem::Metric);
    let imperial = facts(session, UnitSystem::Imperial);
    html! {
        @if !metric.is_empty() {
            section {
                h2 { "Pacing and execution" }
                dl.numbers {
                    @for (metric, imperial) in metric.iter().zip(&imperial) {
                        @let of = |units| if units == UnitSystem::Metric { metric } else { imperial };
                        (parts::figure_of(
                            named(metric.label),
                            show::both(|units| of(units).value.as_str()),
                            show::both(|units| of(units).remark.as_str()),
                        ))
                    }
                }
                @if let Some(drift) = &charts.drift { figure.card { (parts::chart(drift)) } }
            }
        }
    }
}
