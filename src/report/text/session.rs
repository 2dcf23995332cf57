//! One run: what it was and why, its segments with their evidence, what is not known.

use crate::classification::Session;
use crate::clean::clean_text;
use crate::ingest::Warning;
use crate::report::content::bests;
use crate::report::content::facts::facts;
use crate::report::content::zones;
use crate::report::text::layout::cut_start;
use crate::report::text::layout::paragraph;
use crate::report::text::layout::usable;
use crate::report::text::pace_chart::pace_chart;
use crate::report::text::paint::STRONG;
use crate::report::text::paint::painted;
use crate::report::text::runs::pace;
use crate::report::text::segments::segments_text;
use crate::segmentation::LapUse;
use crate::streams::HeartRateQuality;
use crate::streams::SpeedSource;
use crate::streams::Streams;
use crate::units::Metres;
use crate::units::Seconds;
use crate::units::UnitSystem;
use crate::vocabulary::SessionKind;

/// Reasons shown for a session kind.
const MOST_REASONS: usize = 4;

/// Returns everything worth reading of one run: a chart of pace, its segments, what it was and why.
///
/// The text keeps within a terminal that is `columns` wide; it is made for 40 columns and more, and
/// does not grow beyond 140. Colours are escape sequences (SGR), which the caller strips where they
/// are not wanted; nothing is said by colour alone. Without `streams` there is no chart.
#[must_use]
pub fn session_text(
    session: &Session,
    streams: Option<&Streams>,
    units: UnitSystem,
    columns: usize,
) -> String {
    let columns = usable(columns);
    [
        head_text(session, units, columns),
        pace_chart(session, streams, units, columns),
        segments_text(session, units, columns),
        kind_text(session, columns),
        sets_text(session, columns),
        effort_text(session, units, columns),
        zones_text(session, columns),
        bests_text(session, columns),
        unknown_text(session, columns),
    ]
    .concat()
}

/// Returns the file, the day and the totals.
fn head_text(session: &Session, units: UnitSystem, columns: usize) -> String {
    let head = &session.head;
    let path = match &head.source.member {
        Some(member) => format!("{} {member}", head.source.path),
        None => head.source.path.clone(),
    };
    let mut text = cut_start(&clean_text(&path), columns);
    text.push('\n');
    let day = head.day.map(|day| day.format("%a %Y-%m-%d").to_string());
    let totals = [
        Some(day.unwrap_or_else(|| "no date".to_owned())),
        head.name.as_deref().map(clean_text),
        head.distance_m.map(|d| Metres(d).show(units)),
        Some(format!("{} moving", Seconds(head.moving_s).show())),
        Some(format!("{} elapsed", Seconds(head.elapsed_s).show())),
        head.distance_m.map(|_| pace(session, units)),
        head.ascent_m
            .map(|ascent| format!("{} climbed", Metres(ascent).show_height(units))),
        head.source.device.as_deref().map(clean_text),
    ];
    let totals: Vec<String> = totals.into_iter().flatten().collect();
    text.push_str(&paragraph(&totals.join(" · "), columns, 0, 2));
    text
}

/// Returns the kind, its reasons, and the runner-up.
fn kind_text(session: &Session, columns: usize) -> String {
    let sure = format!("{:.0} % sure", session.kind_confidence * 100.0);
    let kind = match (session.kind_is_given(), session.quality) {
        (true, _) => format!("{}, as corrected", session.kind.words()),
        (false, true) => format!("{} ({sure}), a quality session", session.kind.words()),
        (false, false) => format!("{} ({sure})", session.kind.words()),
    };
    let headline = paragraph(&format!("Kind: {kind}"), columns, 0, 2);
    let mut text = format!("\n{}\n", painted(headline.trim_end(), STRONG));
    for reason in session.evidence.iter().take(MOST_REASONS) {
        text.push_str(&paragraph(
            &format!("- {}", clean_text(&reason.text)),
            columns,
            2,
            2,
        ));
    }
    if let Some(other) = &session.runner_up {
        let confidence = other.confidence * 100.0;
        let line = format!("next best: {} ({confidence:.0} %)", other.kind.words());
        text.push_str(&paragraph(&line, columns, 2, 2));
    }
    if !session.tags.is_empty() {
        let tags: Vec<String> = session.tags.iter().map(|t| t.replace('_', " ")).collect();
        text.push_str(&paragraph(
            &format!("tags: {}", clean_text(&tags.join(", "))),
            columns,
            2,
            2,
        ));
    }
    if let Some(note) = &session.note {
        text.push_str(&paragraph(
            &format!("note: {}", clean_text(note)),
            columns,
            2,
            2,
        ));
    }
    text
}

/// Returns a line per set.
fn sets_text(session: &Session, columns: usize) -> String {
    let mut text = String::new();
    for (index, set) in session.sets.iter().enumerate() {
        let parts = [
            Some(set.name.clone()),
            set.recovery.clone(),
            set.spread_pct.map(|spread| format!("spread {spread:.1} %")),
            set.fade_pct.map(fade),
            set.work_to_recovery
                .map(|ratio| format!("work to recovery {ratio:.1} to 1")),
            set.heart_rate_drop_bpm
                .map(|drop| format!("heart rate fell {drop:.0} bpm between")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let line = format!("Set {}: {}", index + 1, parts.join(", "));
        text.push_str(&paragraph(&clean_text(&line), columns, 0, 2));
    }
    if text.is_empty() {
        text
    } else {
        format!("\n{text}")
    }
}

/// Returns how repetitions changed, as in "last third 1.2 % slower".
fn fade(fade_pct: f64) -> String {
    let word = if fade_pct < 0.0 { "faster" } else { "slower" };
    format!("last third {:.1} % {word}", fade_pct.abs())
}

/// Returns zones, load and drift, where they are known.
fn effort_text(session: &Session, units: UnitSystem, columns: usize) -> String {
    let zones = session.distribution.as_ref().map(|distribution| {
        let [low, middle, high] = distribution.zone_s.map(|s| Seconds(s).show());
        let basis = distribution.basis.name().replace('_', " ");
        let rated = distribution.coverage * 100.0;
        format!("easy {low}, moderate {middle}, hard {high} by {basis} ({rated:.0} % rated)")
    });
    let load = session.load.as_ref().map(|load| {
        let method = load.method.name().replace('_', " ");
        format!("load {:.0} points by {method}", load.value)
    });
    let exertion = session.perceived_exertion;
    let exertion = exertion.map(|exertion| format!("perceived exertion {exertion:.0} of 10"));
    let drift = session.drift.pa_hr_pct;
    let drift = drift.map(|pct| format!("heart rate drifted {pct:.1} % against speed"));
    let parts = [zones, load, exertion, drift];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return String::new();
    }
    let line = format!("Effort: {}", clean_text(&parts.join("; ")));
    let mut text = format!("\n{}", paragraph(&line, columns, 0, 2));
    for fact in facts(session, units) {
        let remark = match fact.remark.as_str() {
            "" => String::new(),
            remark => format!(" ({remark})"),
        };
        let line = format!("{}: {}{remark}", fact.label, fact.value);
        text.push_str(&paragraph(&line, columns, 2, 4));
    }
    text
}

/// Returns the time in the zones that the user gave.
fn zones_text(session: &Session, columns: usize) -> String {
    let own = zones::own(session);
    let lines = own.iter().map(zones::line);
    lines.map(|line| paragraph(&line, columns, 0, 2)).collect()
}

/// Returns the best efforts, both ways.
fn bests_text(session: &Session, columns: usize) -> String {
    let efforts = session.best_efforts.iter();
    let told: Vec<String> = efforts.filter_map(bests::words).collect();
    if told.is_empty() {
        return String::new();
    }
    let line = format!("Best efforts, elapsed: {}", told.join("; "));
    format!("\n{}", paragraph(&line, columns, 0, 2))
}

/// Returns what is not known, and what was repaired or dropped.
fn unknown_text(session: &Session, columns: usize) -> String {
    let is_run = session.kind != SessionKind::CrossTraining;
    let mut lines = Vec::new();
    if is_run {
        lines.extend(session.summary.cannot_tell.clone());
        lines.extend(missing(session));
    }
    lines.extend(laps_line(session));
    lines.extend(session.laps.disagreements.iter().cloned());
    lines.extend(session.data_quality.repairs.iter().map(|repair| {
        let (start, end) = (Seconds(repair.start_s), Seconds(repair.end_s));
        format!("{}: {} to {}", repair.what, start.show(), end.show())
    }));
    lines.extend(session.warnings.iter().map(warning_line));
    let of_watch = session.head.watch.iter();
    let moving = of_watch.flat_map(|watch| watch.lines(&session.head));
    let is_told = |line: &String| session.warnings.iter().any(|warning| warning.text == *line);
    lines.extend(moving.filter(|line| !is_told(line)));
    if lines.is_empty() {
        return String::new();
    }
    let lines = lines
        .iter()
        .map(|line| paragraph(&format!("- {}", clean_text(line)), columns, 2, 2));
    format!("\nNot known, or repaired:\n{}", lines.collect::<String>())
}

/// Returns a line for each thing that the recording does not hold.
fn missing(session: &Session) -> Vec<String> {
    let quality = &session.data_quality;
    let mut lines = Vec::new();
    if quality.speed == SpeedSource::None {
        lines.push("no speed was recorded".to_owned());
    }
    match quality.heart_rate {
        HeartRateQuality::None => lines.push("no heart rate was recorded".to_owned()),
        HeartRateQuality::Invalid => lines.push("heart rate is not sound".to_owned()),
        HeartRateQuality::Partial => lines.push("a part of heart rate is not sound".to_owned()),
        HeartRateQuality::Valid => {}
    }
    if !quality.altitude.is_used() {
        lines.push("slope is not known: effort is speed as run".to_owned());
    }
    if let Some(reason) = &session.drift.reason {
        lines.push(format!("no aerobic decoupling: {reason}"));
    }
    if session.distribution.is_none() {
        lines.push("zones and load cannot be rated without reference values".to_owned());
    }
    lines
}

/// Returns how the laps were used, where there are any.
fn laps_line(session: &Session) -> Option<String> {
    let laps = &session.laps;
    if laps.rows.is_empty() {
        return None;
    }
    let used = match laps.used {
        LapUse::Structured => "the steps of the workout fixed the segments",
        LapUse::Manual => "laps pressed by hand fixed the segments",
        LapUse::Detected => "laps did not fix the segments",
        LapUse::Ignored => "laps were ignored, as asked",
    };
    let agreement = laps.agreement;
    let agreement = agreement.map(|a| format!("; detection without them agrees to {a:.2} of 1"));
    Some(format!("{used}{}", agreement.unwrap_or_default()))
}

/// Returns a warning with its code and place.
fn warning_line(warning: &Warning) -> String {
    let place = warning.place.as_deref();
    let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
    format!("{}: {}{place}", warning.code, warning.text)
}
