//! Charts as viewers without style sheets draw them: the mean colours of their parts are kept under
//! `fixtures/golden` and compared.
#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a test may fail by panicking; pixels and shares of colours are small numbers"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;

use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg;

use crate::common::golden;

/// Into so many parts across and down a chart is cut.
const PARTS: (u32, u32) = (8, 4);
/// The width of a part in pixels: enough that thin lines count.
const PART_PX: u32 = 60;
/// So much may a mean differ, of 255: less than a legible mark makes, more than another version of
/// the renderer does at edges.
const TOLERANCE: u8 = 3;
/// The file of all charts: of each its name and its rows of colours.
const FILE: &str = "pixels.txt";

/// One writer at a time: the charts are drawn by several tests.
static WRITING: Mutex<()> = Mutex::new(());

type Colours = Vec<[u8; 3]>;

fn place(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("fixtures/golden").join(name)
}

/// Compares a chart with its golden file, to the letter, and with how that looked.
pub(crate) fn check(name: &str, svg: &str) {
    golden::check(name, svg);
    let now = colours(svg);
    if std::env::var_os(golden::BLESS).is_some() {
        let _writing = WRITING.lock().unwrap();
        let mut all = stored();
        all.insert(name.to_owned(), now);
        fs::write(place(FILE), written(&all)).unwrap();
        return;
    }
    let stored = stored();
    let golden = stored.get(name).map_or(&[][..], Vec::as_slice);
    if let Some(complaint) = difference(golden, &now) {
        panic!("fixtures/golden/{name} looks another way: {complaint}");
    }
}

/// Returns the mean colours of the parts of a chart, row by row.
fn colours(svg: &str) -> Colours {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let (across, down) = PARTS;
    let width_px = across * PART_PX;
    let scale = width_px as f32 / tree.size().width();
    let part_height_px = ((tree.size().height() * scale) as u32).div_ceil(down);
    let mut pixels = Pixmap::new(width_px, part_height_px * down).unwrap();
    let fit = Transform::from_scale(scale, (part_height_px * down) as f32 / tree.size().height());
    resvg::render(&tree, fit, &mut pixels.as_mut());
    let mut sums = vec![[0u32; 3]; (across * down) as usize];
    for (index, pixel) in (0u32..).zip(pixels.pixels()) {
        let (column, row) = (
            index % width_px / PART_PX,
            index / width_px / part_height_px,
        );
        let sum = &mut sums[(row * across + column) as usize];
        for (sum, share) in sum
            .iter_mut()
            .zip([pixel.red(), pixel.green(), pixel.blue()])
        {
            *sum += u32::from(share);
        }
    }
    let count = PART_PX * part_height_px;
    let means = sums.iter().map(|sum| sum.map(|sum| (sum / count) as u8));
    means.collect()
}

/// Returns what differs; absent when nothing does that an eye would see.
fn difference(golden: &[[u8; 3]], now: &[[u8; 3]]) -> Option<String> {
    if golden.len() != now.len() {
        return Some(format!("{} parts, expected {}", now.len(), golden.len()));
    }
    let mut pairs = golden.iter().zip(now).enumerate();
    let (part, (golden, now)) = pairs.find(|(_, (golden, now))| {
        let mut shares = golden.iter().zip(*now);
        shares.any(|(golden, now)| golden.abs_diff(*now) > TOLERANCE)
    })?;
    let across = PARTS.0 as usize;
    let (row, column) = (part / across + 1, part % across + 1);
    Some(format!(
        "row {row}, column {column} of its parts is {}, expected {}",
        hex(now),
        hex(golden)
    ))
}

fn hex(colour: &[u8; 3]) -> String {
    let [red, green, blue] = colour;
    format!("{red:02x}{green:02x}{blue:02x}")
}

fn stored() -> BTreeMap<String, Colours> {
    let text = fs::read_to_string(place(FILE)).unwrap_or_default();
    let mut all: BTreeMap<String, Colours> = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => name = line.to_owned(),
            Some(row) => {
                let colours = row.split(' ').map(|hex| {
                    let [_, rgb @ ..] = u32::from_str_radix(hex, 16).unwrap().to_be_bytes();
                    rgb
                });
                all.entry(name.clone()).or_default().extend(colours);
            }
        }
    }
    all
}

fn written(all: &BTreeMap<String, Colours>) -> String {
    let rows = |colours: &Colours| -> String {
        let rows = colours.chunks(PARTS.0 as usize);
        let rows = rows.map(|row| row.iter().map(hex).collect::<Vec<_>>().join(" "));
        rows.map(|row| format!("  {row}\n")).collect()
    };
    let charts = all.iter();
    charts
        .map(|(name, colours)| format!("{name}\n{}", rows(colours)))
        .collect()
}

#[test]
fn a_chart_that_is_drawn_black_is_told_from_what_it_was() {
    let svg = fs::read_to_string(place("volume.svg")).unwrap();
    let without_colours = svg.replace(" fill=\"#", " data-fill=\"#");
    assert_eq!(difference(&colours(&svg), &colours(&svg)), None);
    assert!(difference(&colours(&svg), &colours(&without_colours)).is_some());
}

#[test]
fn no_part_of_a_chart_is_black_and_none_is_transparent() {
    let stored = stored();
    let charts = golden::FILES.iter().map(|(name, _)| *name);
    for name in charts.filter(|name| name.ends_with(".svg")) {
        let colours = stored.get(name).unwrap();
        // What is transparent counts as black.
        assert!(
            colours.iter().all(|rgb| rgb.iter().max() > Some(&0x50)),
            "{name}: {colours:?}"
        );
    }
}
