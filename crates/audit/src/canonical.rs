//! One spelling of a JSON value, so that equal values hash equally: RFC 8785 (JSON
//! Canonicalization Scheme) for the values that an entry may hold. Fractions are refused: money is
//! whole minor units and rates are strings.

use serde_json::Value;
use thiserror::Error;

/// Arrays and objects inside one another, at most.
pub const DEPTH_MAX: usize = 32;

/// Whole numbers beyond this, either sign, are refused: 2^53 − 1, as RFC 8785 section 3.1 has it.
pub const INTEGER_MAX: u64 = 9_007_199_254_740_991;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CanonicalError {
    #[error("{0} is not a whole number within ±{INTEGER_MAX}: write fractions as strings")]
    Number(String),
    #[error("values stand more than {DEPTH_MAX} deep in one another")]
    TooDeep,
}

/// The value without blanks, its keys sorted by UTF-16 code units (RFC 8785, section 3.2.3).
pub fn canonical(value: &Value) -> Result<String, CanonicalError> {
    let mut out = String::new();
    write(value, 0, &mut out)?;
    Ok(out)
}

fn write(value: &Value, depth: usize, out: &mut String) -> Result<(), CanonicalError> {
    if depth > DEPTH_MAX {
        return Err(CanonicalError::TooDeep);
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => {
            let small = number.as_i64().is_some_and(|n| n.unsigned_abs() <= INTEGER_MAX);
            if !small {
                return Err(CanonicalError::Number(number.to_string()));
            }
            out.push_str(&number.as_i64().unwrap_or_default().to_string());
        }
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, depth + 1, out)?;
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (at, key) in keys.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write(&map[key], depth + 1, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

/// Escapes only what must be (RFC 8785, section 3.2.2.2).
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_spelling() {
        for (given, spelt) in [
            (r#" { "b" : 1 , "a" : [ true , null ] } "#, r#"{"a":[true,null],"b":1}"#),
            (r#""\u00e9\u0001\u001f\/\t""#, "\"é\\u0001\\u001f/\\t\""),
            ("-0", "0"),
            // U+1F600 is a surrogate pair from D83D, so it sorts before U+FB33 (RFC 8785, 3.2.3).
            ("{\"\u{fb33}\":1,\"\u{1f600}\":2}", "{\"\u{1f600}\":2,\"\u{fb33}\":1}"),
        ] {
            let value: Value = serde_json::from_str(given).unwrap();
            let got = canonical(&value);
            if given == "-0" {
                // serde_json reads -0 as a float, which has no place here.
                assert!(got.is_err());
            } else {
                assert_eq!(got.unwrap(), spelt);
            }
        }
    }

    #[test]
    fn fractions_giants_and_wells_are_refused() {
        for bad in [json!(0.5), json!(1e3), json!(9_007_199_254_740_992_u64), json!(u64::MAX)] {
            assert!(matches!(canonical(&bad), Err(CanonicalError::Number(_))), "{bad}");
        }
        assert_eq!(canonical(&json!(-9_007_199_254_740_991_i64)).unwrap(), "-9007199254740991");
        let deep = (0..40).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(canonical(&deep), Err(CanonicalError::TooDeep));
    }
}
