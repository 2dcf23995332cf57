//! The form that corrects a run. The script puts it where the page shows the command that does so.

use maud::Markup;
use maud::html;

use super::shown::Run;
use crate::cli::correct;
use crate::ingest::SPORT_NAMES;
use crate::settings::Correction;
use crate::settings::Corrections;
use crate::units::Seconds;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// Letters of a field: a long note, and far below what a correction may weigh.
const MOST_LETTERS: u32 = 2000;

/// Returns the form, with what was said so far of the run.
pub(super) fn form(run: &Run) -> Markup {
    let said = said(run);
    html! {
        template #live-form {
            form.correct method="post" novalidate {
                @if !said.is_empty() {
                    p.said {
                        "You said: " (said.join(", ")) ". "
                        button type="button" name="undo" { "Take it back" }
                    }
                }
                div.fields {
                    (choice("kind", "It was", html! {
                        option value="" { "as it is: " (run.kind.words()) }
                        @for kind in SessionKind::ALL.iter().filter(|kind| **kind != run.kind) {
                            option value=(kind.name()) { (kind.words()) }
                        }
                    }))
                    (text("rpe", "How hard, 0 to 10", "decimal"))
                    (choice("sport", "Sport", html! {
                        option value="" { "as it is" }
                        @for (name, _, _) in SPORT_NAMES { option value=(name) { (name.replace('_', " ")) } }
                    }))
                }
                fieldset {
                    legend { "A stretch of it" }
                    div.fields {
                        (choice("stretch", "Which", html! {
                            option value="" { "as typed here" }
                            @for stretch in &run.stretches {
                                option value={ (stretch.start) "-" (stretch.end) "=" (stretch.kind.name()) } {
                                    (stretch.start) "–" (stretch.end) " " (stretch.name)
                                }
                            }
                        }))
                        (text("segment_start", "From (15:05)", "text"))
                        (text("segment_end", "To", "text"))
                        (choice("segment_kind", "Was", html! {
                            @for kind in SegmentKind::ALL { option value=(kind.name()) { (kind.word()) } }
                        }))
                    }
                }
                details {
                    summary { "Distance, part of the recording, note" }
                    div.fields {
                        (text("distance", "Distance (10km)", "text"))
                        (text("time", "Official time", "text"))
                        (text("crop_start", "Keep from (5:00)", "text"))
                        (text("crop_end", "Keep to", "text"))
                        (text("note", "Note", "text"))
                    }
                    label.check { input type="checkbox" name="exclude"; " Leave it out of history and review" }
                }
                p.send {
                    button type="submit" { "Save" }
                    span.told role="status" tabindex="-1" {}
                }
                p.muted {
                    "Written beside the export, which is never changed. Times count from the start of the whole recording, \
                     pauses included."
                }
            }
        }
    }
}

fn choice(name: &str, label: &str, options: Markup) -> Markup {
    html! {
        label { span { (label) } select name=(name) { (options) } }
    }
}

fn text(name: &str, label: &str, mode: &str) -> Markup {
    html! {
        label { span { (label) } input type="text" name=(name) inputmode=(mode) autocomplete="off" maxlength=(MOST_LETTERS); }
    }
}

/// Returns what the corrections file beside the export says of the run, in words.
fn said(run: &Run) -> Vec<String> {
    let text = correct::read_corrections(&correct::corrections_beside(&run.file));
    let all = Corrections::parse(&text.unwrap_or_default()).unwrap_or_default();
    all.of(&run.sha256).map(words).unwrap_or_default()
}

fn words(said: &Correction) -> Vec<String> {
    let part =
        |start_s: f64, end_s: f64| format!("{}–{}", Seconds(start_s).show(), Seconds(end_s).show());
    let segments = said.segments.iter();
    let segments =
        segments.map(|one| format!("{} {}", part(one.start_s, one.end_s), one.kind.word()));
    let all = [
        said.kind.map(|kind| kind.words().to_owned()),
        said.rpe.map(|rpe| format!("exertion {rpe}")),
        said.sport.as_ref().map(|sport| sport.replace('_', " ")),
        said.crop
            .map(|crop| format!("only {}", part(crop.start_s, crop.end_s))),
        said.distance_m.map(|metres| format!("{metres} m")),
        said.time_s
            .map(|seconds| format!("in {}", Seconds(seconds).show())),
        said.note.as_ref().map(|note| format!("“{note}”")),
        said.exclude
            .unwrap_or_default()
            .then(|| "left out".to_owned()),
    ];
    all.into_iter().flatten().chain(segments).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Crop;
    use crate::segmentation::SegmentEdit;

    #[test]
    fn what_was_said_is_told_in_words() {
        let said = Correction {
            kind: Some(SessionKind::RunWalk),
            rpe: Some(7.0),
            note: Some("windy".to_owned()),
            crop: Some(Crop {
                start_s: 300.0,
                end_s: 3300.0,
            }),
            segments: vec![SegmentEdit {
                start_s: 905.0,
                end_s: 1135.0,
                kind: SegmentKind::Work,
            }],
            ..Correction::default()
        };
        let expected = [
            "run/walk",
            "exertion 7",
            "only 5:00–55:00",
            "“windy”",
            "15:05–18:55 work",
        ];
        assert_eq!(words(&said), expected);
    }
}
