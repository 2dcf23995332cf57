//! The day strip as a table, each day a link to its run.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::Markup;
use maud::html;

use crate::clean::clean_text;
use crate::report::content::partial_sums;
use crate::report::content::strip;
use crate::report::content::strip::StripDay;
use crate::report::content::strip::StripWeek;
use crate::report::html::parts;
use crate::report::html::run_list::Links;
use crate::report::html::show;
use crate::report::html::words;
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
    let mut sums = strip.weeks.iter().filter_map(|week| week.sums);
    let is_partial = sums.any(|week| partial_sums::is_partial(week.measured_runs, week.runs));
    html! {
        @if !strip.weeks.is_empty() {
            section {
                h2 { "Hard days and easy days" }
                div.card {
                    table.strip {
                        thead {
                            tr {
                                th scope="col" { span.hidden { "Week" } }
                                @for day in review.week_starts.weekdays() { th scope="col" { (day) } }
                                th.n scope="col" { (show::both(UnitSystem::distance_unit)) }
                            }
                        }
                        tbody { @for week in &strip.weeks { (strip_row(week, links, week_hrefs)) } }
                    }
                    (legend())
                    p.muted { "Hard: a quality session. Moderate: a steady run, or an easy run that drifted into the moderate zone (zone 2 of 3). The number is the distance of the day's runs in " (show::both(UnitSystem::distance_unit)) "." @if is_partial { " " (partial_sums::AT_LEAST_KEY) "." } }
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
            td.n {
                @if let Some(sums) = week.sums {
                    (partial_sums::sign(sums.measured_runs, sums.runs)) (show::bare_distance(sums.distance_m))
                }
            }
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
    let shown = show::bare_distance(day.distance_m());
    let link = day.decisive().and_then(|line| links.get(line.id.as_str()));
    html! {
        td class=(format!("d-{}", word.replace(' ', "-"))) title=(clean_text(about.trim())) {
            @match link {
                Some(row) => a href=(row.href) { (strip::day_letter(day.kind)) span { (shown) } },
                None => span.none { (strip::day_letter(day.kind)) },
            }
        }
    }
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
    use crate::report::html::run_list::RunRow;
    use crate::report::made_up;
    use crate::review::DayKind;
    use crate::vocabulary::SessionKind;

    #[test]
    fn every_letter_of_the_strip_is_explained_beside_it() {
        let review = made_up::review(&made_up::season(1));
        let page = days(&review, &Links::new(), &BTreeMap::new()).into_string();
        for kind in strip::KINDS {
            let key = strip::day_key(kind);
            assert!(page.contains(&format!("{key}</li>")), "{key}");
        }
    }

    #[test]
    fn a_week_of_which_a_part_is_known_says_so() {
        let mut review = made_up::review(&made_up::season(1));
        review.weeks[0].measured_runs -= 1;
        let page = days(&review, &Links::new(), &BTreeMap::new()).into_string();
        assert!(page.contains("<td class=\"n\">≥<i"), "{page}");
        assert!(page.contains(partial_sums::AT_LEAST_KEY));
    }

    #[test]
    fn a_cell_links_to_what_made_the_day_and_counts_only_runs() {
        let monday = made_up::first_day();
        let sessions = [
            (SessionKind::Easy, 2400.0),
            (SessionKind::CrossTraining, 5400.0),
            (SessionKind::Walk, 3600.0),
        ]
        .map(|(kind, moving_s)| made_up::plain_session(monday, kind, moving_s));
        let mut review = made_up::review(&sessions);
        review.days[0].kind = DayKind::Easy;
        let kinds = [DayKind::Easy, DayKind::Cross, DayKind::Cross];
        for (line, (kind, id)) in review
            .sessions
            .iter_mut()
            .zip(kinds.iter().zip(["run", "ride", "walk"]))
        {
            (line.day_kind, line.id) = (*kind, id.to_owned());
        }
        let row = |index: usize, id: &str| RunRow {
            session: &sessions[index],
            id: id.to_owned(),
            href: format!("runs/{id}.html"),
        };
        let rows = [row(0, "run"), row(1, "ride"), row(2, "walk")];
        let links: Links = rows.iter().map(|row| (row.id.as_str(), row)).collect();
        let page = days(&review, &links, &BTreeMap::new()).into_string();
        // 40 minutes at 2.9 m/s.
        let cell = "<a href=\"runs/run.html\">E<span><i class=\"km\">7</i><i class=\"mi\">4</i></span></a>";
        assert!(page.contains(cell), "{page}");
        assert!(!page.contains("runs/ride.html") && !page.contains("runs/walk.html"));
    }
}
