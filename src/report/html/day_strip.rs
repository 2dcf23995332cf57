//! The day strip as a table, each day a link to its run.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::classification::SessionKind;
use crate::report::clean_text;
use crate::report::html::parts;
use crate::report::html::run_list::Links;
use crate::report::html::show;
use crate::report::html::words;
use crate::report::strip;
use crate::report::strip::StripDay;
use crate::report::strip::StripWeek;
use crate::review::DayKind;
use crate::review::Review;
use crate::review::SessionLine;
use crate::units::Seconds;
use crate::units::UnitSystem;

/// Returns the day strip.
pub(super) fn days(
    review: &Review,
    links: &Links,
    week_hrefs: &BTreeMap<NaiveDate, String>,
) -> Markup {
    let strip = strip::strip(review);
    html! {
        @if !strip.weeks.is_empty() {
            section {
                h2 { "Hard days and easy days" }
                div.card {
                    table.strip {
                        thead {
                            tr {
                                th scope="col" { span.hidden { "Week" } }
                                @for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] { th scope="col" { (day) } }
                                th.n scope="col" { (show::both(UnitSystem::distance_unit)) }
                            }
                        }
                        tbody { @for week in &strip.weeks { (strip_row(week, links, week_hrefs)) } }
                    }
                    (legend())
                    p.muted { "Hard: a quality session. Medium: a steady run, or an easy run that drifted into the middle zone. The number is the distance of the day's runs in " (show::both(UnitSystem::distance_unit)) "." }
                }
            }
        }
    }
}

/// Returns what the letters and colours of the days mean.
fn legend() -> Markup {
    html! {
        ul.legend {
            @for kind in strip::KINDS {
                li { @if let Some(ink) = strip::day_ink(kind) { (parts::dot(ink)) } (strip::day_key(kind)) }
            }
        }
    }
}

fn strip_row(week: &StripWeek, links: &Links, week_hrefs: &BTreeMap<NaiveDate, String>) -> Markup {
    html! {
        tr {
            th scope="row" { (words::week_link(week.monday, &week.monday.format("%-d %b").to_string(), week_hrefs)) }
            @for day in &week.days {
                @match day {
                    Some(day) => (strip_cell(day, links)),
                    None => td.outside {},
                }
            }
            td.n { (show::bare_distance(week.distance_m)) }
        }
    }
}

fn strip_cell(day: &StripDay, links: &Links) -> Markup {
    let word = strip::day_word(day.kind);
    let titles: Vec<String> = day.sessions.iter().map(|line| in_short(line)).collect();
    let about = format!(
        "{}: {word}. {}",
        words::long_day(day.day),
        titles.join("; ")
    );
    let distance_m: f64 = day
        .sessions
        .iter()
        .filter(|line| line.kind != SessionKind::CrossTraining)
        .filter_map(|line| line.distance_m)
        .sum();
    let shown = show::bare_distance(distance_m);
    let key = hardest(&day.sessions).and_then(|line| links.get(line.id.as_str()));
    html! {
        td class=(format!("d-{}", word)) title=(clean_text(about.trim())) {
            @match key {
                Some(row) => a href=(row.href) { (strip::day_letter(day.kind)) span { (shown) } },
                None => span.none { (strip::day_letter(day.kind)) },
            }
        }
    }
}

/// Returns the session that a day stands for: the quality session, else the longest.
fn hardest<'a>(sessions: &[&'a SessionLine]) -> Option<&'a SessionLine> {
    sessions.iter().copied().max_by(|a, b| {
        let by_time = a.moving_s.total_cmp(&b.moving_s);
        a.quality.cmp(&b.quality).then(by_time)
    })
}

fn in_short(line: &SessionLine) -> String {
    let time = Seconds(line.moving_s).show();
    if line.title.is_empty() {
        format!("{} {time}", line.kind.words())
    } else {
        format!("{} {time}, {}", line.kind.words(), line.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_letter_of_the_strip_is_explained_beside_it() {
        let review = sample::review(&sample::season(1));
        let page = days(&review, &Links::new(), &BTreeMap::new()).into_string();
        for kind in strip::KINDS {
            let key = strip::day_key(kind);
            assert!(page.contains(&format!("{key}</li>")), "{key}");
        }
    }
}
