//! The page of one run: what it was, how sure that is, and why.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::classification::SessionKind;
use crate::report::clean_text;
use crate::report::distribution;
use crate::report::facts::facts;
use crate::report::html::page;
use crate::report::html::parts;
use crate::report::html::run_details;
use crate::report::html::run_tables;
use crate::report::html::words;
use crate::report::ink::Ink;
use crate::report::map;
use crate::report::timeline;
use crate::streams::HeartRateQuality;
use crate::streams::Streams;
use crate::units::Metres;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// What a run's page is made from.
#[derive(Clone, Debug)]
pub struct RunPage<'a> {
    /// The run.
    pub session: &'a Session,
    /// Its streams; without them the page has no chart over time.
    pub streams: Option<&'a Streams>,
    /// The units to show.
    pub units: UnitSystem,
    /// Whether its course is drawn, and how much of the way is left out at each end, in metres.
    pub map_trim_m: Option<f64>,
    /// The run before it.
    pub previous: Option<Link>,
    /// The run after it.
    pub next: Option<Link>,
    /// Where the session document lies, relative to the page.
    pub data_href: Option<String>,
}

/// A link to another page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its place relative to the page.
    pub href: String,
    /// The words of the link.
    pub text: String,
}

/// Returns the page of one run.
#[must_use]
pub fn run_page(run: &RunPage) -> String {
    let session = run.session;
    let kind = words::capital(session.kind.words());
    let title = format!("{kind}, {}", words::session_day(session));
    let body = html! {
        (navigation(run))
        main {
            (headline(session))
            (key_numbers(session, run.units))
            (over_time(run))
            (effort(session))
            (within(session, run.units))
            (run_tables::segments(session, run.units))
            (run_tables::sets(session))
            (run_tables::best_efforts(session, run.units))
            (on_the_ground(run))
            (run_details::references(session, run.units))
            (run_details::laps(session, run.units))
            (run_details::quality(session))
            (run_details::origin(session, run.data_href.as_deref()))
        }
        (parts::foot())
    };
    page(&title, "", &body)
}

fn navigation(run: &RunPage) -> Markup {
    html! {
        header.top {
            nav aria-label="Runs" {
                a href="../index.html" { "All runs" }
                span.pages {
                    @if let Some(link) = &run.previous {
                        a rel="prev" href=(link.href) { "← " (link.text) }
                    }
                    @if let Some(link) = &run.next {
                        a rel="next" href=(link.href) { (link.text) " →" }
                    }
                }
            }
        }
    }
}

fn headline(session: &Session) -> Markup {
    let head = &session.head;
    let title = words::title(session);
    html! {
        section.head {
            p.eyebrow {
                (words::session_day(session))
                @if let Some(clock) = words::start_clock(session) { " · " (clock) }
                @if let Some(athlete) = &head.athlete { " · " (clean_text(athlete)) }
                @if let Some(name) = &head.name { " · " (clean_text(name)) }
            }
            h1 {
                (parts::dot(words::kind_ink(session.kind)))
                (words::capital(session.kind.words()))
                @if session.quality { span.badge { "quality session" } }
                @if session.corrected { span.badge.quiet { "corrected by hand" } }
                @if session.excluded { span.badge.quiet { "left out of the review" } }
            }
            @if !title.is_empty() { p.what { (title) } }
            (verdict(session))
            (reasons(session))
            @if let Some(note) = &session.note { p.note { "Note: " (clean_text(note)) } }
            @if !session.tags.is_empty() {
                ul.tags aria-label="Marks" {
                    @for tag in &session.tags { li { (words::plain(&clean_text(tag))) } }
                }
            }
        }
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
                b { (words::capital(&words::confidence(session.kind_confidence))) }
            }
            @if let Some(second) = &session.runner_up {
                span.second {
                    "Next best: " (second.kind.words()) " (" (words::sureness(second.confidence)) ")"
                }
            }
        }
    }
}

fn reasons(session: &Session) -> Markup {
    let missing = session.summary.cannot_tell.as_deref();
    html! {
        @if !session.evidence.is_empty() || missing.is_some() {
            h2.small { "Why" }
            ul.reasons {
                @for reason in &session.evidence {
                    @let against = reason.contribution.is_some_and(|speaks| speaks < 0.0);
                    li.against[against] {
                        (clean_text(&reason.text))
                        @if against { span.muted { " (speaks against it)" } }
                    }
                }
                @if let Some(missing) = missing { li.against { (clean_text(missing)) } }
            }
        }
    }
}

fn key_numbers(session: &Session, units: UnitSystem) -> Markup {
    let head = &session.head;
    let quality = &session.data_quality;
    let heart_rate = session.summary.mean_heart_rate_bpm;
    let highest = session.summary.heart_rate_max_10s_bpm;
    let heart_rate_remark = match quality.heart_rate {
        HeartRateQuality::None => "not recorded".to_owned(),
        HeartRateQuality::Invalid => "recorded, but not sound".to_owned(),
        _ => highest.map_or_else(String::new, |bpm| format!("highest {bpm:.0}")),
    };
    let load = session.load.as_ref();
    let load_remark = load.map_or_else(
        || "not rated".to_owned(),
        |load| {
            let rated = words::percent(load.coverage);
            format!("points, from {}, {rated} rated", words::plain(&load.method))
        },
    );
    html! {
        dl.numbers {
            (parts::figure_of(
                "Moving time",
                &Seconds(head.moving_s).show(),
                &format!("{} elapsed", Seconds(head.elapsed_s).show()),
            ))
            (parts::figure_of(
                "Distance",
                &words::distance(head.distance_m, units),
                if head.distance_m.is_none() { "not recorded" } else { "" },
            ))
            (parts::figure_of(
                "Pace",
                &words::mean_pace(head.distance_m, head.moving_s, units),
                "mean while moving",
            ))
            (parts::figure_of("Heart rate", &words::count(heart_rate, "bpm"), &heart_rate_remark))
            (parts::figure_of("Load", &words::count(load.map(|l| l.value), ""), &load_remark))
            @if let Some(ascent_m) = head.ascent_m {
                (parts::figure_of("Ascent", &Metres(ascent_m).show_height(units), ""))
            }
            @if let Some(power_w) = session.summary.power_w {
                @let source = session.summary.power_source.as_deref().filter(|name| *name != "native").unwrap_or("");
                (parts::figure_of("Power", &words::count(Some(power_w), "W"), &clean_text(source)))
            }
            @if let Some(exertion) = session.perceived_exertion {
                (parts::figure_of("Perceived exertion", &format!("{exertion:.0} of 10"), ""))
            }
            @if let Some(feel) = session.feel {
                (parts::figure_of("Feel", &format!("{feel:.0} of 100"), ""))
            }
            @if let Some(hours) = session.hours_since_key_session {
                (parts::figure_of("Since last key session", &words::hours_or_days(hours), ""))
            }
            (drift(session))
            (parts::figure_of("Data coverage", &words::percent(quality.coverage), "of the timer time"))
        }
    }
}

fn drift(session: &Session) -> Markup {
    let drift = &session.drift;
    let value = drift
        .pa_hr_pct
        .map_or_else(|| words::ABSENT.to_owned(), |pct| format!("{pct:+.1} %"));
    let remark = drift.reason.as_deref().unwrap_or("against pace");
    parts::figure_of("Heart-rate drift", &value, &clean_text(remark))
}

fn over_time(run: &RunPage) -> Markup {
    let streams = run.streams;
    let chart = streams.and_then(|streams| {
        parts::chart_of(|width| timeline::figure(run.session, streams, run.units, width))
    });
    let mut kinds: Vec<(Ink, &str)> = Vec::new();
    for segment in &run.session.segments {
        let entry = (timeline::segment_ink(segment.kind), segment.kind.word());
        if !kinds.contains(&entry) {
            kinds.push(entry);
        }
    }
    if !timeline::possible_efforts(run.session).is_empty() {
        kinds.push((Ink::Possible, "possible effort"));
    }
    html! {
        @if let Some(chart) = chart {
            section {
                h2 { "Over time" }
                figure.card {
                    (chart)
                    @if !kinds.is_empty() { figcaption { (parts::legend(kinds)) } }
                }
            }
        }
    }
}

fn on_the_ground(run: &RunPage) -> Markup {
    let course = run
        .streams
        .zip(run.map_trim_m)
        .and_then(|(streams, trim_m)| map::course(run.session, streams, trim_m));
    html! {
        @if let Some(course) = course {
            section {
                h2 { "Course" }
                figure.card {
                    (map::drawing(&course, run.units))
                    figcaption { "North is up. Colours are those of the segments." }
                }
            }
        }
    }
}

/// Returns what the effort within the session comes to.
fn within(session: &Session, units: UnitSystem) -> Markup {
    let facts = facts(session, units);
    html! {
        @if !facts.is_empty() {
            section {
                h2 { "Within the session" }
                dl.numbers {
                    @for fact in &facts {
                        (parts::figure_of(fact.label, &fact.value, &fact.remark))
                    }
                }
            }
        }
    }
}

fn effort(session: &Session) -> Markup {
    let distribution = session.distribution.as_ref();
    html! {
        section {
            h2 { "Effort" }
            @if let Some(zones) = distribution {
                figure.card {
                    @if let Some(chart) = parts::chart_of(|width| distribution::session_figure(zones, width)) {
                        (chart)
                    }
                    figcaption {
                        (parts::zone_legend(
                            zones.zone_s.map(|s| Seconds(s).show()),
                            zones.zone_s,
                        ))
                        p.muted {
                            "Easy lies below the first threshold, hard above the second. Measured by "
                            (words::plain(&zones.basis)) ", " (words::percent(zones.coverage))
                            " of the moving time rated."
                            @if zones.middle_outside_quality_s > 0.0 {
                                " In the middle zone outside intended work: "
                                (Seconds(zones.middle_outside_quality_s).show()) "."
                            }
                        }
                    }
                }
            } @else {
                p.muted { "Not rated: the run has neither a speed nor a heart rate that can be compared with reference values." }
            }
        }
    }
}
