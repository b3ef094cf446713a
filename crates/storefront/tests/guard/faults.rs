//! Whatever garbage comes, the answer is an error that a program can read: each operation of the
//! OpenAPI document is asked with random queries, bodies, addresses and methods.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, Service, on_each_engine};

const TRIES: usize = 12;
/// How serde and Rust speak, and no error of ours.
const NOT_OURS: [&str; 9] = [
    "missing field",
    "invalid type",
    "invalid value",
    "invalid digit",
    "unknown variant",
    "unknown field",
    "struct ",
    "i64",
    "u32",
];

struct Operation {
    method: Method,
    path: String,
    /// Names of what may stand after `?`.
    queries: Vec<String>,
    spec: Value,
}

async fn operations(service: &Service) -> Vec<Operation> {
    let document: Value = service.anonymous().get("/openapi.json").await.expect(200);
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, spec) in methods.as_object().unwrap() {
            let named = spec["parameters"].as_array().cloned().unwrap_or_default();
            let queries = named.iter().filter(|one| one["in"] == "query");
            all.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                queries: queries.map(|one| one["name"].as_str().unwrap().to_owned()).collect(),
                spec: spec.clone(),
            });
        }
    }
    // signing out ends what the others need
    all.sort_by_key(|one| {
        (one.method == Method::DELETE && one.path.contains("session"), one.path.clone())
    });
    assert!(all.len() > 70);
    all
}

fn address(path: &str, id: &str) -> String {
    path.replace("{store}", "lantern")
        .split('/')
        .map(|part| if part.starts_with('{') { id } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// A part of an address: also what is no UTF-8, or a way up.
fn garbage_text() -> impl Strategy<Value = String> {
    let sharp = prop::sample::select(vec![
        "%FF",
        "%00",
        "-1",
        "0",
        "9999999999999999999999",
        "true",
        "null",
        "..%2F..",
        "%F0%9F%A6%9C",
        "a.b.c",
        "1.2.3.4",
        "%",
        "",
    ]);
    prop_oneof![sharp.prop_map(str::to_owned), "[a-zA-Z0-9._~-]{0,12}"]
}

fn garbage_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        let key = prop::sample::select(vec![
            "name",
            "id",
            "rev",
            "base_rev",
            "value",
            "text",
            "mutations",
            "price",
            "minor",
            "act",
            "epoch",
            "sku",
            "quantity",
            "entity",
            "patch",
            "email",
            "password",
            "heads",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|fields| {
                fields
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }),
        ]
    })
}

fn garbage_body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => garbage_json().prop_map(|value| value.to_string().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => "[\\[{]{0,200}".prop_map(String::into_bytes),
    ]
}

async fn holds(client: &Client, method: Method, path: &str, body: Option<Vec<u8>>) {
    let mut request = client.request(method.clone(), path).header("Idempotency-Key", uuid());
    if let Some(body) = body.clone() {
        request = request.header("content-type", "application/json").body(body);
    }
    let response = request.send().await.unwrap();
    let (status, kind) = (response.status(), response.headers().get("content-type").cloned());
    let text = response.text().await.unwrap();
    let asked = || {
        format!(
            "{method} {path} {:?}: {status} {text}",
            body.as_deref().map(String::from_utf8_lossy)
        )
    };
    assert!(!status.is_server_error(), "{}", asked());
    if !status.is_client_error() {
        return;
    }
    assert_eq!(kind.unwrap(), "application/json", "{}", asked());
    let told: api::ErrorBody =
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}", asked()));
    assert!(!told.message.is_empty(), "{}", asked());
    let own = NOT_OURS.iter().all(|words| !told.message.contains(words));
    assert!(own || told.message.contains("\""), "{}", asked());
}

fn uuid() -> String {
    format!("{:032x}", rand_of(&mut TestRunner::new(ProptestConfig::default()), &any::<u128>()))
}

fn rand_of<S: Strategy>(runner: &mut TestRunner, of: &S) -> S::Value {
    of.new_tree(runner).unwrap().current()
}

#[tokio::test]
async fn no_garbage_is_refused_without_a_problem_that_a_program_can_read() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let mut runner = TestRunner::deterministic();
        for one in operations(&service).await {
            for _ in 0..TRIES {
                let mut path = address(&one.path, &rand_of(&mut runner, &garbage_text()));
                for (n, name) in one.queries.iter().enumerate() {
                    let value = rand_of(&mut runner, &garbage_text());
                    path += &format!("{}{name}={value}", if n == 0 { '?' } else { '&' });
                }
                let body =
                    (one.method != Method::GET).then(|| rand_of(&mut runner, &garbage_body()));
                holds(&market.owner, one.method.clone(), &path, body).await;
            }
            holds(&market.owner, Method::TRACE, &address(&one.path, "x"), None).await;
        }
        holds(&market.owner, Method::GET, "/v1/stores/lantern/live", None).await;
        holds(&market.owner, Method::GET, "/v1/nowhere", None).await;
    })
    .await;
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_told_by_its_name() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        for (path, field, words) in [
            ("orders?limit=many", "limit", "expected a whole number"),
            ("orders?sold=yes", "sold", "expected true or false"),
            ("orders?from=yesterday", "from", "expected a moment such as"),
            ("dashboard?from=2026-11-01T00:00:00Z", "until", "it is missing"),
            ("sync/pull?after=-1", "after", "0 or more"),
            ("sync/pull?limit=0", "limit", "1 to 1000"),
            ("orders?q=%00", "q", "NUL"),
        ] {
            let told = market.owner.get(&market.at(path)).await.refused(400);
            assert_eq!(told.context["field"], field, "{path}: {told:?}");
            assert!(told.message.contains(words), "{path}: {told:?}");
        }
        let told = market.owner.post(&market.at("sync/push"), &json!({})).await.refused(400);
        assert_eq!(told.context["field"], "mutations", "{told:?}");
        let answer = market.owner.delete(&market.at("orders")).await;
        assert_eq!(answer.headers["allow"], "GET,HEAD");
        let told = answer.refused(405);
        assert_eq!(told.message, "This address does not take DELETE.");
    })
    .await;
}

/// The document's security is what the service does: without a sign-in those operations answer 401
/// that name staff, and no others.
#[tokio::test]
async fn each_operation_names_its_security_and_means_it() {
    let service = Service::start(testkit::Engine::Sqlite).await;
    service.market("lantern").await;
    let mut open = Vec::new();
    for one in operations(&service).await {
        let told = one.spec["security"].as_array().unwrap_or_else(|| panic!("{}", one.path));
        let staff = told.iter().any(|by| by.get("session").is_some());
        let path = address(&one.path, "x");
        let request = service.anonymous().request(one.method.clone(), &path);
        let answer = request.header("Idempotency-Key", "k").body("{}").send().await.unwrap();
        assert_eq!(answer.status() == 401, staff, "{} {path}: {}", one.method, answer.status());
        if staff {
            assert!(told.iter().any(|by| by.get("api_key").is_some()), "{path}");
            for status in ["401", "403"] {
                assert!(one.spec["responses"].get(status).is_some(), "{path} {status}");
            }
        }
        if told.is_empty() {
            open.push(format!("{} {}", one.method, one.path));
        }
    }
    open.sort();
    assert_eq!(
        open,
        [
            "GET /healthz",
            "GET /readyz",
            "GET /v1/shops/{store}/categories",
            "GET /v1/shops/{store}/products",
            "POST /v1/sessions",
        ]
    );
}
