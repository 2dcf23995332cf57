//! What is told of each document and table.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

#[test]
fn every_name_has_a_schema_and_recipes() {
    let names = names();
    for name in &names {
        let schema: Value = serde_json::from_str(&json_schema(name).unwrap()).unwrap();
        assert!(
            schema["$schema"].as_str().unwrap().contains("2020-12"),
            "{name}"
        );
        jsonschema::meta::validate(&schema).unwrap();
        for reader in [Reader::DuckDb, Reader::Polars, Reader::Spark] {
            assert!(recipe(name, reader).unwrap().lines().count() > 4, "{name}");
        }
    }
    let mut unique = names.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), names.len());
    assert_eq!(json_schema("moods"), None);
    assert_eq!(recipe("moods", Reader::DuckDb), None);
}

#[test]
fn a_recipe_tells_types() {
    let duckdb = recipe("sessions", Reader::DuckDb).unwrap();
    for line in [
        "'power_w': 'DOUBLE',",
        "'start_time': 'TIMESTAMPTZ',",
        "'goal_zone': 'BIGINT',",
        "'name': 'VARCHAR',",
    ] {
        assert!(duckdb.contains(line), "{line}\n{duckdb}");
    }
    let polars = recipe("session", Reader::Polars).unwrap();
    for line in [
        "\"perceived_exertion\": pl.Float64,",
        "\"name\": pl.String,",
        "\"kind\": pl.String,",
        "\"quality\": pl.Boolean,",
    ] {
        assert!(polars.contains(line), "{line}\n{polars}");
    }
    assert!(!polars.contains("\"segments\""));
    let nested = recipe("session", Reader::DuckDb).unwrap();
    assert!(nested.contains("'segments': 'JSON',"), "{nested}");
    let spark = recipe("session", Reader::Spark).unwrap();
    for line in [
        "\"`distance_m` DOUBLE\",",
        "\"`day` DATE\",",
        "\"`segments` STRING\",",
    ] {
        assert!(spark.contains(line), "{line}\n{spark}");
    }
}
