//! Tests of the table on made-up ones.

use super::*;
use crate::ingest::Sport;

const ENGLISH: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,Elevation Gain";

fn entries(text: &str) -> Vec<Entry> {
    read(text.as_bytes()).unwrap_or_default()
}

#[test]
fn the_second_of_two_columns_has_the_finer_unit() {
    let row = "7,\"Mar 3, 2026, 6:00:00 AM\",Evening,Run,\"two\nlines\",2401,7.27,150,,true,secret,Blue shoe,activities/7.fit.gz,,,2401.5,2300.0,7279.4,,,31.5";
    let [entry] = &entries(&format!("{ENGLISH}\n{row}\n"))[..] else {
        panic!("one line");
    };
    assert_eq!(entry.totals.distance_m, Some(7279.4));
    assert_eq!(entry.totals.elapsed_s, Some(2401.5));
    assert_eq!(entry.totals.ascent_m, Some(31.5));
    assert_eq!(entry.remarks.description.as_deref(), Some("two\nlines"));
    assert_eq!(entry.remarks.private_note.as_deref(), Some("secret"));
    assert_eq!(entry.remarks.gear.as_deref(), Some("Blue shoe"));
    assert!(entry.remarks.commute);
    assert_eq!(entry.file.as_deref(), Some("activities/7.fit.gz"));
    assert_eq!(entry.place, "line 2");
}

#[test]
fn in_other_languages_the_place_of_a_column_decides() {
    let header = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,Max. Herzfrequenz,Relative Leistung,Pendelstrecke,Private Notiz,Aktivitätsausrüstung,Dateiname,Gewicht,Radgewicht,Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschw.,Geschw.,Höhenzunahme";
    let text = format!(
        "\u{feff}{header}\n8,\"04.03.2026, 17:30:00\",Runde,Lauf,,2400,\"7,27\",,,false,,Schuh,activities/8.gpx,,,\"2400,0\",\"2300,0\",\"7270,0\",,,\"12,0\"\n9,\"05.03.2026, 07:00:00\",Mit Hund,Spaziergang,,1800,\"2,0\",,,false,,,,,,\"1800,0\",,\"2000,0\",,,\n"
    );
    let [run, walk] = &entries(&text)[..] else {
        panic!("two lines");
    };
    assert_eq!(run.sport, Some((Sport::Running, None)));
    assert_eq!(run.totals.distance_m, Some(7270.0));
    assert_eq!(run.remarks.gear.as_deref(), Some("Schuh"));
    assert_eq!(
        run.start.map(|at| at.to_rfc3339()).as_deref(),
        Some("2026-03-04T17:30:00+00:00")
    );
    assert_eq!(
        walk.sport.as_ref().map(|(sport, _)| *sport),
        Some(Sport::Walking)
    );
    assert_eq!(walk.file, None);
}

#[test]
fn other_tables_are_none_of_strava() {
    for text in [
        "",
        "date,km\n2026-05-01,10\n",
        "a,b,c,d,e,f,g,h,i,j,k,l,m,n\nx,,,,,,,,,,,,,\n",
    ] {
        assert_eq!(read(text.as_bytes()), None, "{text}");
    }
}
