//! The API as a page to read, made from the same document as `/openapi.json`. No script.

use std::fmt;
use std::sync::OnceLock;

use askama::Template;
use askama::filters::{Html as Escaped, HtmlSafe, escape};
use axum::response::Html;
use serde_json::{Map, Value};

use crate::error::{AppError, AppResult};

#[derive(Template)]
#[template(path = "api_docs.html")]
struct Page {
    title: String,
    version: String,
    description: Words,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

struct Group {
    name: String,
    endpoints: Vec<Endpoint>,
}

struct Endpoint {
    method: String,
    path: String,
    summary: Words,
    parameters: Vec<Field>,
    body: Option<Name>,
    answers: Vec<Answer>,
}

struct Answer {
    status: String,
    body: Option<Name>,
}

struct Schema {
    name: String,
    description: Words,
    fields: Vec<Field>,
    values: String,
}

struct Field {
    name: String,
    kind: Name,
    required: bool,
    description: Words,
}

/// A type as written, and the schema that it links to, if it is one of ours.
struct Name {
    text: String,
    link: Option<String>,
}

/// A text whose words between backticks are code.
struct Words(String);

impl Words {
    fn of(value: &Value) -> Self {
        Self(text(value))
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.0.split('`');
        let paired = parts.clone().count() % 2 == 1;
        for (at, part) in parts.enumerate() {
            let part = escape(part, Escaped).map_err(|_| fmt::Error)?;
            match at % 2 {
                1 if paired => write!(f, "<code>{part}</code>")?,
                _ if at > 0 && !paired => write!(f, "`{part}")?,
                _ => write!(f, "{part}")?,
            }
        }
        Ok(())
    }
}

impl HtmlSafe for Words {}

/// The page is the same for as long as the process runs, and anyone may ask for it.
static PAGE: OnceLock<String> = OnceLock::new();

/// `GET /docs`
pub(crate) async fn page() -> AppResult<Html<&'static str>> {
    if let Some(page) = PAGE.get() {
        return Ok(Html(page));
    }
    let page = make()?;
    Ok(Html(PAGE.get_or_init(|| page)))
}

fn make() -> AppResult<String> {
    let document = crate::server::openapi_json();
    let document: Value = serde_json::from_str(&document).map_err(AppError::internal)?;
    let page = Page {
        title: text(&document["info"]["title"]),
        version: text(&document["info"]["version"]),
        description: Words::of(&document["info"]["description"]),
        groups: groups(&document),
        schemas: schemas(&document),
    };
    page.render().map_err(AppError::internal)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn groups(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let name = text(&operation["tags"][0]);
            let endpoint = endpoint(path, method, operation);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.endpoints.push(endpoint),
                None => groups.push(Group { name, endpoints: vec![endpoint] }),
            }
        }
    }
    groups
}

fn endpoint(path: &str, method: &str, operation: &Value) -> Endpoint {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameter = |p: &Value| Field {
        name: format!("{} ({})", text(&p["name"]), text(&p["in"])),
        kind: name(&p["schema"]),
        required: p["required"].as_bool().unwrap_or(false),
        description: Words::of(&p["description"]),
    };
    let answers = operation["responses"].as_object().into_iter().flatten();
    Endpoint {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: Words([text(&operation["summary"]), text(&operation["description"])].join(" ")),
        parameters: parameters.map(parameter).collect(),
        body: body(&operation["requestBody"]),
        answers: answers
            .map(|(status, answer)| Answer { status: status.clone(), body: body(answer) })
            .collect(),
    }
}

fn body(holder: &Value) -> Option<Name> {
    let (_, first) = holder["content"].as_object()?.iter().next()?;
    Some(name(&first["schema"]))
}

fn schemas(document: &Value) -> Vec<Schema> {
    let all = document["components"]["schemas"].as_object();
    let schema = |(name, schema): (&String, &Value)| Schema {
        name: name.clone(),
        description: Words::of(&schema["description"]),
        fields: schema["properties"].as_object().map(|p| fields(p, schema)).unwrap_or_default(),
        values: values(schema),
    };
    all.into_iter().flatten().map(schema).collect()
}

fn fields(properties: &Map<String, Value>, schema: &Value) -> Vec<Field> {
    let needed = schema["required"].as_array();
    let field = |(field, value): (&String, &Value)| Field {
        name: field.clone(),
        kind: name(value),
        required: needed.is_some_and(|all| all.iter().any(|n| n == field.as_str())),
        description: Words::of(&value["description"]),
    };
    properties.iter().map(field).collect()
}

fn values(schema: &Value) -> String {
    let listed = schema["enum"].as_array().into_iter().flatten();
    listed.filter_map(Value::as_str).collect::<Vec<_>>().join(" · ")
}

fn name(schema: &Value) -> Name {
    if let Some(reference) = schema["$ref"].as_str() {
        let own = reference.rsplit('/').next().unwrap_or(reference).to_owned();
        return Name { text: own.clone(), link: Some(own) };
    }
    if schema["type"] == "array" {
        let item = name(&schema["items"]);
        return Name { text: format!("list of {}", item.text), link: item.link };
    }
    if let Some(options) = schema["oneOf"].as_array() {
        let present = options.iter().find(|option| option["type"] != "null");
        let inner = present.map_or_else(|| plain("any"), name);
        return Name { text: format!("{} or null", inner.text), link: inner.link };
    }
    match &schema["type"] {
        Value::String(one) => plain(one),
        Value::Array(many) => {
            plain(&many.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "))
        }
        _ => plain("any"),
    }
}

fn plain(text: &str) -> Name {
    Name { text: text.to_owned(), link: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_page_is_made_once() {
        let first = page().await.expect("a page").0;
        let second = page().await.expect("a page").0;
        assert!(first.contains("/v1/sessions"));
        assert!(!first.contains('`'), "what is between backticks is code");
        assert!(std::ptr::eq(first, second));
    }

    #[test]
    fn code_is_marked_and_nothing_else_is_markup() {
        for (text, shown) in [
            ("`a<b` & c", "<code>a&#60;b</code> &#38; c"),
            ("plain", "plain"),
            ("one ` alone", "one ` alone"),
            ("`x` and ` one", "`x` and ` one"),
        ] {
            assert_eq!(Words(text.to_owned()).to_string(), shown);
        }
    }
}
