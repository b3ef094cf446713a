//! What is wrong with a body, a query or a setting, by its place and in our words: serde's own speak
//! of Rust's types. A text that serde did not make, but one of our parsers, stands as it is.

use std::error::Error;

use serde::de::DeserializeOwned;

use crate::error::{AppError, AppResult};

/// Reads JSON.
///
/// # Errors
/// Where it is no JSON, by line and column; else what cannot be taken, by its place.
pub(crate) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> AppResult<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        if error.inner().is_data() {
            return misfit("", &error.path().to_string(), &error.inner().to_string());
        }
        no_json(error.inner())
    })?;
    reader.end().map_err(|error| no_json(&error))?;
    Ok(read)
}

fn no_json(error: &serde_json::Error) -> AppError {
    let (line, column) = (error.line(), error.column());
    AppError::invalid("body", format!("The body is not JSON from line {line}, column {column} on."))
        .with("line", line)
        .with("column", column)
}

/// A JSON value as `T`; `under` is put before the names of fields.
///
/// # Errors
/// What cannot be taken, by its place.
pub(crate) fn read_value<T: DeserializeOwned>(
    under: &str,
    value: &serde_json::Value,
) -> AppResult<T> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| misfit(under, &error.path().to_string(), &error.inner().to_string()))
}

/// What cannot be taken of a query, from axum's own refusal of it.
pub(crate) fn of_query(refused: &(dyn Error + 'static)) -> AppError {
    type Told = serde_path_to_error::Error<serde::de::value::Error>;
    let mut cause = Some(refused);
    while let Some(error) = cause {
        if let Some(told) = error.downcast_ref::<Told>() {
            return misfit("", &told.path().to_string(), &told.inner().to_string());
        }
        cause = error.source();
    }
    AppError::invalid("query", "The part of the address after ? cannot be read.")
}

fn misfit(under: &str, path: &str, told: &str) -> AppError {
    let (key, words) = worded(told);
    let mut place: Vec<&str> =
        [under, path].into_iter().filter(|p| !matches!(*p, "" | ".")).collect();
    let ends_with = |path: &str, key: &str| path == key || path.ends_with(&format!(".{key}"));
    if let Some(key) = key.filter(|key| !ends_with(path, key)) {
        place.push(key);
    }
    // a list's place is written `value[2]`
    match place.join(".").replace(".[", "[").as_str() {
        "" => AppError::invalid("body", format!("The body cannot be taken: {words}.")),
        place => AppError::invalid(place, format!("{place} cannot be taken: {words}.")),
    }
}

/// The key that serde names, and what is wrong.
fn worded(told: &str) -> (Option<&str>, String) {
    let told = told.rsplit_once(" at line ").map_or(told, |(told, _)| told);
    let named = |opening: &str| told.strip_prefix(opening)?.split('`').next();
    if let Some(key) = named("missing field `") {
        return (Some(key), "it is missing".to_owned());
    }
    if let Some(key) = named("duplicate field `") {
        return (Some(key), "it is there twice".to_owned());
    }
    let expected = told.split_once(", expected ").map(|(_, expected)| expected);
    if let Some(key) = named("unknown field `") {
        let known = expected.map(|known| format!("; known are {}", listed(known)));
        return (Some(key), format!("there is no such field{}", known.unwrap_or_default()));
    }
    let words = match (told, expected) {
        ("provided string was not `true` or `false`", _) => "expected true or false".to_owned(),
        _ if is_number_fault(told) => "expected a whole number in range".to_owned(),
        _ if told.starts_with("data did not match") => "it has none of the known forms".to_owned(),
        (_, Some(expected)) if told.starts_with("unknown variant") => {
            format!("expected {}", listed(expected))
        }
        (_, Some(expected)) if told.starts_with("invalid ") => {
            format!("expected {}", kind(expected))
        }
        _ => told.trim_end_matches('.').to_owned(),
    };
    (None, words)
}

fn is_number_fault(told: &str) -> bool {
    told.starts_with("invalid digit")
        || told.starts_with("number too ")
        || told.starts_with("cannot parse integer")
}

fn listed(names: &str) -> String {
    names.trim_start_matches("one of ").replace('`', "")
}

/// What a person calls it that Rust has a type for.
fn kind(expected: &str) -> String {
    let words = match expected {
        "a string" | "string" | "a borrowed string" => "text",
        "a boolean" => "true or false",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "a whole number in range",
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "a whole number in range, 0 or more",
        "f32" | "f64" => "a number",
        "unit" | "null" => "nothing",
        "string or map" => "one of the known words",
        _ if expected.starts_with("enum ") => "one of the known words",
        _ if expected.starts_with("a sequence") => "a list",
        _ if ["a map", "struct ", "internally tagged", "adjacently tagged"]
            .iter()
            .any(|s| expected.starts_with(s)) =>
        {
            "an object"
        }
        _ if expected.starts_with("tuple ") => "a list",
        own => return listed(own),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use api::order::OrderTransition;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read, never looked at")]
    struct Small {
        how_many: u32,
        #[serde(default)]
        yes: bool,
        role: Option<api::staff::Role>,
        price: Option<api::Money>,
        from: Option<api::Instant>,
        list: Option<Vec<String>>,
    }

    #[test]
    fn faults_of_bodies_name_key_and_expectation_in_our_words() {
        for (body, field, words) in [
            (json!({}), "how_many", "it is missing"),
            (json!({ "how_many": "a" }), "how_many", "a whole number in range, 0 or more"),
            (json!({ "how_many": -1 }), "how_many", "a whole number in range, 0 or more"),
            (json!({ "how_many": 1, "yes": 1 }), "yes", "expected true or false"),
            (
                json!({ "how_many": 1, "more": 1 }),
                "more",
                "there is no such field; known are how_many",
            ),
            (json!({ "how_many": 1, "role": "king" }), "role", "expected owner, manager, agent"),
            (json!({ "how_many": 1, "price": { "minor": 9.5 } }), "price.minor", "a whole number"),
            (json!({ "how_many": 1, "price": { "minor": 9 } }), "price.currency", "it is missing"),
            (json!({ "how_many": 1, "price": 9 }), "price", "expected an object"),
            (json!({ "how_many": 1, "from": "soon" }), "from", "expected a moment such as 2026"),
            (json!({ "how_many": 1, "from": 7 }), "from", "expected text"),
            (json!({ "how_many": 1, "list": {} }), "list", "expected a list"),
            (json!({ "how_many": 1, "list": ["a", 7] }), "list[1]", "expected text"),
            (json!("no"), "body", "expected an object"),
        ] {
            let told = read_json::<Small>(body.to_string().as_bytes()).unwrap_err().body();
            assert_eq!(told.context["field"], field, "{body}: {told:?}");
            assert!(told.message.contains(words), "{body}: {told:?}");
        }
        let told = read_json::<Small>(b"{\n \"how_many\" 1}").unwrap_err().body();
        assert_eq!((told.context["line"].as_str(), told.context["column"].as_str()), ("2", "13"));
        assert!(read_json::<OrderTransition>(b"{\"to\": \"packed\"} {}").is_err());
    }
}
