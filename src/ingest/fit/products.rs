//! Products and makers that are newer than the profile of fitparser (21.202).
//!
//! Source: FIT profile 21.218, public with the manufacturer's development kit.

/// Garmin's products by number.
const PRODUCTS: [(u16, &str); 19] = [
    (4565, "fr970"),
    (4570, "fr570_large"),
    (4574, "fr570_small"),
    (4595, "fenix7_pro_solar_no_wifi"),
    (4814, "fr170_music"),
    (4815, "fr170"),
    (4874, "approach_s72_43mm"),
    (4875, "approach_s72_47mm"),
    (4916, "fr70_2026"),
    (4952, "fenix9_pro_43mm"),
    (4953, "fenix9_pro_47mm"),
    (4954, "fenix9_pro_51mm"),
    (4955, "fenix9_pro_solar_47mm"),
    (4956, "fenix9_pro_solar_51mm"),
    (5019, "cirqa_smart_band"),
    (5056, "d2_mach2_pro"),
    (5133, "fenix9_43mm"),
    (5134, "fenix9"),
    (5169, "enduro4"),
];

/// Makers by number.
const MAKERS: [(u16, &str); 4] = [
    (351, "Una Watch"),
    (352, "Tymewear"),
    (353, "Exposure Lights"),
    (354, "Forto Cycling"),
];

/// Returns the name of a product of Garmin.
pub(super) fn product(number: u16) -> Option<String> {
    named(&PRODUCTS, number)
}

/// Returns the name of a maker.
pub(super) fn maker(number: u16) -> Option<String> {
    named(&MAKERS, number)
}

fn named(names: &[(u16, &str)], number: u16) -> Option<String> {
    let found = names.iter().find(|(known, _)| *known == number);
    found.map(|(_, name)| (*name).to_owned())
}
