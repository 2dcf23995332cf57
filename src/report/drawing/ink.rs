//! The palette: what each colour of the report means, and how it looks in light and in dark.

use crate::report::drawing::digits::push_colour;
use crate::vocabulary::SegmentKind;

/// What a mark means; the palette gives each its colour, in light and in dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// What charts are drawn on.
    Ground,
    /// Letters of axes.
    Label,
    /// Letters on a dark colour.
    OnDark,
    /// Letters on a light colour.
    OnLight,
    /// Grid lines.
    Grid,
    /// The pace line.
    Pace,
    /// The line of flat-equivalent pace.
    EffortPace,
    /// The heart-rate line.
    HeartRate,
    /// The power line.
    Power,
    /// The cadence line.
    Cadence,
    /// The altitude profile.
    Altitude,
    /// Hard running: work, zone 3.
    Hard,
    /// Running between easy and hard: tempo, zone 2.
    Middle,
    /// Easy running: zone 1.
    Easy,
    /// The upper half of easy running, beside the lower in [`Ink::Easy`].
    EasyUpper,
    /// The upper half of the middle zone, threshold, beside the lower in [`Ink::Middle`].
    MiddleUpper,
    /// Strides.
    Stride,
    /// Recoveries and rests between repetitions.
    Recovery,
    /// Warm-up and cool-down.
    Around,
    /// Another sport.
    Cross,
    /// Stops and pauses.
    Stop,
    /// Efforts that are only possible.
    Possible,
    /// Running that could not be rated.
    Unrated,
    /// Reference values.
    Reference,
    /// What was before, beside what is now.
    Earlier,
    /// The load of a day.
    DayLoad,
    /// Load smoothed over about 7 days.
    Smoothed7,
    /// Load smoothed over about 42 days.
    Smoothed42,
    /// The running of a week.
    Volume,
    /// The longest run of a week.
    LongRun,
}

impl Ink {
    /// Returns the ink of letters that can be read on this one.
    #[must_use]
    pub fn letters(self) -> Ink {
        match self {
            Ink::Hard
            | Ink::EasyUpper
            | Ink::MiddleUpper
            | Ink::Stride
            | Ink::Cross
            | Ink::LongRun => Ink::OnDark,
            _ => Ink::OnLight,
        }
    }
}

/// Name, colour in light and colour in dark of each ink. Easy, middle and hard differ in hue and
/// in lightness, so that the colour-blind tell them apart.
const PALETTE: [(Ink, &str, u32, u32); 30] = [
    (Ink::Ground, "ground", 0xfe_fe_fe, 0x17_1b_20),
    (Ink::Label, "label", 0x5b_64_70, 0x9b_a6_b4),
    (Ink::OnDark, "on-dark", 0xff_ff_ff, 0x1a_06_0d),
    (Ink::OnLight, "on-light", 0x12_1a_24, 0x0c_12_19),
    (Ink::Grid, "grid", 0xe3_e6_ea, 0x2b_32_3b),
    (Ink::Pace, "pace", 0x1f_3a_5f, 0xa9_c9_f0),
    (Ink::EffortPace, "effort-pace", 0x1f_86_74, 0x5f_cf_b8),
    (Ink::HeartRate, "heart-rate", 0xb0_3a_5b, 0xf0_8f_ab),
    (Ink::Power, "power", 0x5a_4a_9c, 0xb8_a9_f2),
    (Ink::Cadence, "cadence", 0x7d_5a_1e, 0xdc_b7_72),
    (Ink::Altitude, "altitude", 0xb9_b4_a7, 0x5f_61_5c),
    (Ink::Hard, "hard", 0xa6_24_4a, 0xe8_5f_86),
    (Ink::Middle, "middle", 0xe3_9a_26, 0xf0_b3_4c),
    (Ink::Easy, "easy", 0x5c_9b_d4, 0x5a_9a_d6),
    (Ink::EasyUpper, "easy-upper", 0x2f_6f_ae, 0x3f_7f_c0),
    (Ink::MiddleUpper, "middle-upper", 0xa8_61_0c, 0xc9_8a_2b),
    (Ink::Stride, "stride", 0x7a_52_b3, 0xa8_86_e0),
    (Ink::Recovery, "recovery", 0x8f_c6_c1, 0x4d_8c_88),
    (Ink::Around, "around", 0xc3_d3_e3, 0x7d_93_aa),
    (Ink::Cross, "cross", 0x7c_6e_92, 0x8d_7f_a6),
    (Ink::Stop, "stop", 0xa8_ad_b4, 0x80_88_92),
    (Ink::Possible, "possible", 0x8a_90_98, 0x8b_93_9d),
    (Ink::Unrated, "unrated", 0xd3_d6_db, 0x7a_80_88),
    (Ink::Reference, "reference", 0x6f_7b_89, 0x82_8f_9f),
    (Ink::Earlier, "earlier", 0x7a_8f_a8, 0x71_8a_a8),
    (Ink::DayLoad, "day-load", 0xb3_c0_ce, 0x4d_5b_6b),
    (Ink::Smoothed7, "smoothed-7", 0xd9_83_24, 0xf2_a9_55),
    (Ink::Smoothed42, "smoothed-42", 0x1d_5d_96, 0x74_b3_ec),
    (Ink::Volume, "volume", 0x81_95_ac, 0x64_79_8f),
    (Ink::LongRun, "long-run", 0x2c_4a_6e, 0xa6_c1_de),
];

impl Ink {
    /// Returns the colour in light, as 0xRRGGBB.
    #[must_use]
    pub fn light(self) -> u32 {
        entry(self).2
    }

    /// Returns the colour in light, as it is written.
    #[must_use]
    pub fn hex(self) -> String {
        hex(self.light())
    }

    /// Returns the name by which the style sheet knows the colour.
    #[must_use]
    pub fn name(self) -> &'static str {
        entry(self).1
    }

    /// Returns the lengths of dashes and gaps, in pixels, of a line that is not whole.
    pub(super) fn dashes(self) -> Option<(u32, u32)> {
        (self == Ink::Reference).then_some((5, 4))
    }
}

fn hex(colour: u32) -> String {
    let mut text = String::new();
    push_colour(&mut text, colour);
    text
}

fn entry(ink: Ink) -> &'static (Ink, &'static str, u32, u32) {
    // A test checks that the palette has every ink at its number.
    &PALETTE[ink as usize]
}

/// Returns the palette as a style sheet of a page: a variable for each colour, in light and in dark,
/// and what [`chart_css`] says.
#[must_use]
pub fn palette_css() -> String {
    let variables = |dark: bool| -> String {
        PALETTE
            .iter()
            .map(|(_, name, light, night)| {
                format!("--{name}:{};", hex(if dark { *night } else { *light }))
            })
            .collect()
    };
    format!(
        ":root{{{}}}@media(prefers-color-scheme:dark){{:root{{{}}}}}{}",
        variables(false),
        variables(true),
        recoloured(|_| true)
    )
}

/// Returns the style sheet of a chart: it recolours in the dark what the chart draws.
#[must_use]
pub fn chart_css(body: &str) -> String {
    let mut used: Vec<&str> = body.split("class=\"").skip(1).filter_map(class).collect();
    // The ground is not part of the body.
    let ground = format!("f-{}", Ink::Ground.name());
    used.push(&ground);
    used.sort_unstable();
    recoloured(|class| used.binary_search(&class).is_ok())
}

/// Returns the first of the classes that an attribute lists.
fn class(list: &str) -> Option<&str> {
    list.split(['"', ' ']).next()
}

/// Thickness of the ground around letters of axes.
///
/// # Units
/// Those of the charts: half pixels.
const HALO: u32 = 6;

/// Returns how classes look in the dark, and how letters of axes stand out from lines below them.
fn recoloured(is_used: impl Fn(&str) -> bool) -> String {
    let mut dark = String::new();
    let mut class = String::new();
    for (_, name, _, colour) in &PALETTE {
        for (prefix, property) in [("f-", "fill"), ("s-", "stroke")] {
            class.clear();
            class.push_str(prefix);
            class.push_str(name);
            if is_used(&class) {
                for part in [".", &class, "{", property, ":"] {
                    dark.push_str(part);
                }
                push_colour(&mut dark, *colour);
                dark.push('}');
            }
        }
    }
    let (.., light, night) = *entry(Ink::Ground);
    format!(
        "@supports(paint-order:stroke){{.f-label{{paint-order:stroke;stroke:{};stroke-width:{}}}}}\
         @media(prefers-color-scheme:dark){{{dark}.f-label{{stroke:{}}}}}",
        hex(light),
        HALO,
        hex(night)
    )
}

/// Returns the classes by which elements of a page take the colour of an ink as `--ink`.
#[must_use]
pub fn ink_classes_css() -> String {
    let class = |(_, name, ..): &(Ink, &str, u32, u32)| format!(".i-{name}{{--ink:var(--{name})}}");
    PALETTE.iter().map(class).collect()
}

/// Returns the ink of a kind of segment.
#[must_use]
pub fn segment_ink(kind: SegmentKind) -> Ink {
    use SegmentKind::*;
    match kind {
        Work | Hill => Ink::Hard,
        Tempo | Progression => Ink::Middle,
        Stride => Ink::Stride,
        Recovery | Rest => Ink::Recovery,
        Steady => Ink::Easy,
        WarmUp | CoolDown => Ink::Around,
        Stop => Ink::Stop,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn colours_and_names_are_told_apart() {
        let colours: BTreeSet<u32> = PALETTE.iter().map(|entry| entry.2).collect();
        let names: BTreeSet<&str> = PALETTE.iter().map(|entry| entry.1).collect();
        let inks: BTreeSet<Ink> = PALETTE.iter().map(|entry| entry.0).collect();
        assert_eq!((colours.len(), names.len(), inks.len()), (30, 30, 30));
        for (number, entry) in (0..).zip(PALETTE) {
            assert_eq!(entry.0 as usize, number);
        }
    }

    /// Returns how much two colours differ in lightness, 1 to 21, as the web accessibility guidelines
    /// reckon it.
    fn contrast(one: u32, other: u32) -> f64 {
        let light = |colour: u32| {
            let [_, parts @ ..] = colour.to_be_bytes();
            let linear = parts.map(|part| match f64::from(part) / 255.0 {
                dark if dark <= 0.04045 => dark / 12.92,
                bright => ((bright + 0.055) / 1.055).powf(2.4),
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05
        };
        let (one, other) = (light(one), light(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn letters_on_colours_can_be_read_in_light_and_dark() {
        let segments = SegmentKind::ALL.map(segment_ink);
        let zones = [Ink::EasyUpper, Ink::MiddleUpper, Ink::Unrated];
        let days = [Ink::Cross, Ink::LongRun];
        for ink in [&segments[..], &zones, &days].concat() {
            let (ground, letters) = (entry(ink), entry(ink.letters()));
            for (ground, letters) in [(ground.2, letters.2), (ground.3, letters.3)] {
                assert!(contrast(ground, letters) >= 4.5, "{ink:?}");
            }
        }
    }

    #[test]
    fn bars_of_volume_stand_out_from_the_ground() {
        let ground = entry(Ink::Ground);
        for ink in [Ink::Volume, Ink::LongRun] {
            let bar = entry(ink);
            for (bar, ground) in [(bar.2, ground.2), (bar.3, ground.3)] {
                assert!(contrast(bar, ground) >= 3.0, "{ink:?}");
            }
        }
    }
}
