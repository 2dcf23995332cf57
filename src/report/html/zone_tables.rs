//! Time in zones as tables: of a run with where each zone lies, of a week or a year as sums.

use maud::Markup;
use maud::html;

use crate::classification::Session;
use crate::classification::ZoneSums;
use crate::report::content::zones;
use crate::report::content::zones::ZoneTimes;
use crate::report::html::method;
use crate::report::html::run_page::ROOT;
use crate::report::html::show;
use crate::report::html::words;
use crate::units::Seconds;

/// Returns the time in the zones of a run.
pub(super) fn of_session(session: &Session) -> Markup {
    html! {
        @for times in &zones::of_session(session) {
            h3 { (method::named(ROOT, times.of.title())) }
            @match &times.lacking {
                Some(lacking) => p.muted { "Your limits are percentages, and " (lacking) " is not known." },
                None => (table(times)),
            }
        }
    }
}

/// Returns sums of time in the runner's own zones; nothing where there are none.
pub(super) fn of_sums(sums: &[ZoneSums]) -> Markup {
    html! {
        @if !sums.is_empty() {
            section {
                h2 { "Your zones" }
                @for times in &zones::of_sums(sums) {
                    h3 { (times.of.title()) }
                    (table(times))
                }
            }
        }
    }
}

fn table(times: &ZoneTimes) -> Markup {
    let share = |seconds: f64| seconds / times.total_s().max(1.0);
    html! {
        table.zones {
            tbody {
                @for zone in times.zones.iter().rev() {
                    tr {
                        th scope="row" { (zone.name) }
                        @if zone.low.or(zone.high).is_some() { td { (show::both(|units| zone.range(times.of, units))) } }
                        td.bar { meter aria-hidden="true" max="100" value=(format!("{:.0}", share(zone.seconds) * 100.0)) {} }
                        td { (Seconds(zone.seconds).show()) }
                        td { (words::percent(share(zone.seconds))) }
                    }
                }
            }
        }
    }
}
