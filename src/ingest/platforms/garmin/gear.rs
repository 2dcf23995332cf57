//! Shoes, and which activity was done in which.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::loose::Loose;
use crate::ingest::platforms::entry::text;

/// The type of gear that is told.
const SHOES: &str = "shoes";

/// One piece of gear.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Gear {
    gear_pk: Option<Loose>,
    gear_type_name: Option<Loose>,
    custom_make_model: Option<Loose>,
    display_name: Option<Loose>,
}

/// One activity done with a piece of gear.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Link {
    activity_id: Option<Loose>,
}

impl Gear {
    fn is_shoe(&self) -> bool {
        let word = self.gear_type_name.as_ref().and_then(Loose::text);
        word.is_none_or(|word| word.eq_ignore_ascii_case(SHOES))
    }

    fn name(&self) -> Option<String> {
        let given = [&self.custom_make_model, &self.display_name];
        let mut given = given.into_iter().flatten().filter_map(Loose::text);
        given.find_map(text)
    }
}

/// Returns the name of the shoes of each activity.
pub(super) fn worn(gear: &[Gear], links: &BTreeMap<String, Vec<Link>>) -> BTreeMap<String, String> {
    let shoes = gear.iter().filter(|gear| gear.is_shoe());
    let named = shoes.filter_map(|gear| Some((gear.gear_pk.as_ref()?.name()?, gear.name()?)));
    let named: BTreeMap<String, String> = named.collect();
    let mut worn = BTreeMap::new();
    for (key, links) in links {
        let Some(name) = named.get(key) else { continue };
        for link in links {
            if let Some(activity) = link.activity_id.as_ref().and_then(Loose::name) {
                worn.insert(activity, name.clone());
            }
        }
    }
    worn
}
