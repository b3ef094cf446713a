//! Tries a credential against its provider, with the smallest call that proves it. The answer says
//! what happened in words and never quotes what the provider sent.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::StatusCode;
use tokio::io::{AsyncBufReadExt, BufReader};

use super::{CredentialTest, Provider};

const WAIT_MAX: Duration = Duration::from_secs(10);

pub(super) async fn run(provider: Provider, fields: &BTreeMap<String, String>) -> CredentialTest {
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    match provider {
        Provider::Smtp => smtp(field("host"), field("port")).await,
        Provider::Jira => {
            atlassian(field("url"), "/rest/api/2/myself", field("email"), field("token")).await
        }
        Provider::Confluence => {
            let path = format!("/wiki/rest/api/space/{}", sync::service::path_part(field("space")));
            atlassian(field("url"), &path, field("email"), field("token")).await
        }
        Provider::Ai => {
            let url = match field("url") {
                "" => "https://api.openai.com/v1",
                url => url.trim_end_matches('/'),
            };
            http(url, "/models", |r| r.bearer_auth(field("key"))).await
        }
        Provider::PacketTarget => {
            let token = field("token").to_owned();
            http(field("url"), "", move |r| if token.is_empty() { r } else { r.bearer_auth(token) })
                .await
        }
    }
}

async fn atlassian(url: &str, path: &str, email: &str, token: &str) -> CredentialTest {
    http(url.trim_end_matches('/'), path, |r| r.basic_auth(email, Some(token))).await
}

async fn http(
    url: &str,
    path: &str,
    sign: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
) -> CredentialTest {
    let client = reqwest::Client::builder()
        .timeout(WAIT_MAX)
        // a credential must not follow a redirect to somewhere else
        .redirect(reqwest::redirect::Policy::none())
        .build();
    let Ok(client) = client else { return no("The network could not be set up.") };
    match sign(client.get(format!("{url}{path}"))).send().await {
        Ok(response) => match response.status() {
            s if s.is_success() => yes("It works."),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                no("The provider was reached, and refused this credential.")
            }
            StatusCode::NOT_FOUND => {
                no("The provider was reached, but knows nothing at that address.")
            }
            s if s.is_redirection() => {
                no("That address sends elsewhere: enter the address that it leads to.")
            }
            s => no(&format!("The provider was reached, and answered {}.", s.as_u16())),
        },
        Err(e) if e.is_timeout() => no("The provider did not answer within ten seconds."),
        Err(_) => no("Nothing could be reached at that address."),
    }
}

/// The mail server's greeting. The password itself is proved by the first mail, which the service
/// sends over an encrypted connection.
async fn smtp(host: &str, port: &str) -> CredentialTest {
    let Ok(port) = port.parse::<u16>() else { return no("The port is not a number.") };
    let greet = async {
        let stream = tokio::net::TcpStream::connect((host, port)).await?;
        if port == 465 {
            return Ok::<_, std::io::Error>(true);
        }
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).await?;
        Ok(line.starts_with("220"))
    };
    match tokio::time::timeout(WAIT_MAX, greet).await {
        Ok(Ok(true)) => {
            yes("The mail server answers. User name and password are tried with the first mail.")
        }
        Ok(Ok(false)) => no("Something answers there, but it is no mail server."),
        Ok(Err(_)) => no("Nothing could be reached at that address and port."),
        Err(_) => no("The mail server did not answer within ten seconds."),
    }
}

fn yes(message: &str) -> CredentialTest {
    CredentialTest { ok: true, message: message.to_owned() }
}

fn no(message: &str) -> CredentialTest {
    CredentialTest { ok: false, message: message.to_owned() }
}
