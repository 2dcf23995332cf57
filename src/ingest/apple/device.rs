//! What is told of a device: its model, never whose it is.

use crate::ingest::xml::values;

/// Apple's devices: how their model begins, what a source is called after them, how they are shown.
const DEVICES: [(&str, &str, &str); 3] = [
    ("Watch", "Apple Watch", "Apple Watch"),
    ("iPhone", "iPhone", "Apple iPhone"),
    ("iPad", "iPad", "Apple iPad"),
];

/// Returns what recorded a workout: the model of Apple's device, as in "Apple Watch (Watch6,2)", else the
/// app. The description of a device holds an address and names, the source the name of its owner.
pub(super) fn shown(description: Option<&str>, source: &str) -> Option<String> {
    if let Some(model) = description.and_then(model) {
        let device = DEVICES
            .iter()
            .find(|(start, _, _)| model.starts_with(start));
        if let Some((_, _, shown)) = device {
            return Some(format!("{shown} ({model})"));
        }
    }
    // The name of a watch is written with a space that does not break.
    let source = source.replace('\u{a0}', " ");
    let device = DEVICES.iter().find(|(_, part, _)| source.contains(part));
    device.map_or_else(
        || values::name(&source),
        |(_, _, shown)| Some((*shown).to_owned()),
    )
}

/// Returns the model in `<<HKDevice: 0x0>, name:Apple Watch, …, hardware:Watch6,2, software:10.1>`.
fn model(description: &str) -> Option<&str> {
    let (_, rest) = description.split_once("hardware:")?;
    let end = rest.find([' ', '>', '&']).unwrap_or(rest.len());
    let model = rest[..end].trim_end_matches(',');
    let is_model = model.chars().all(|c| c.is_ascii_alphanumeric() || c == ',');
    (is_model && !model.is_empty()).then_some(model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_told_and_no_owner() {
        let description = "<<HKDevice: 0x28>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:10.1>";
        let cases = [
            (
                Some(description),
                "Ann’s Apple\u{a0}Watch",
                "Apple Watch (Watch6,2)",
            ),
            (None, "Ann’s Apple\u{a0}Watch", "Apple Watch"),
            (None, "iPhone von Ann", "Apple iPhone"),
            (
                Some("<<HKDevice: 0x28>, name:strap>"),
                "A running app",
                "A running app",
            ),
        ];
        for (description, source, expected) in cases {
            assert_eq!(shown(description, source).as_deref(), Some(expected));
        }
    }
}
