//! Who is asking: the cookie of a visitor, the chosen person of the demo, and the proof that a form
//! came from our own page.
//!
//! A visitor is a random token that only their browser has. The chat's id, which is also the
//! account's, is its SHA-256, so nobody who reads the database can become a visitor. Which person
//! the account speaks for is not decided here.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::guard::Trouble;
use super::{Desk, demo_chat};
use crate::channels::web::BOT;
use crate::operations::Doer;

/// How long a browser keeps the cookie: the longest that browsers allow.
const COOKIE_AGE: Duration = Duration::days(400);

/// Someone at a page.
pub(super) struct Guest {
    /// Chat and account at once.
    pub chat: String,
    /// What their forms must carry.
    pub form_token: String,
    /// The person of the demo they have chosen to be.
    pub demo_code: Option<String>,
}

impl Guest {
    fn visitor(token: &str) -> Self {
        Self { chat: digest("chat", token), form_token: digest("form", token), demo_code: None }
    }

    /// Whoever the guest's account speaks for, to operations.
    pub fn doer(&self) -> Doer<'_> {
        Doer::Account { bot: BOT, account: &self.chat }
    }

    /// Where this guest's forms and events are: nothing, or the path of the demo person.
    pub fn base(&self) -> String {
        match &self.demo_code {
            Some(code) => format!("/nguoi/{code}"),
            None => String::new(),
        }
    }

    /// Whether a form that was sent is one of this guest's pages' own.
    pub fn sent(&self, form_token: &str) -> bool {
        self.form_token.as_bytes().ct_eq(form_token.as_bytes()).into()
    }
}

/// SHA-256 of a token for one purpose, in hexadecimal; what is made for one purpose says nothing
/// about the other.
fn digest(purpose: &str, token: &str) -> String {
    hex::encode(Sha256::digest(format!("diudat {purpose} {token}")))
}

impl Desk {
    /// The guest a request names: the demo's person if the path has a code, else the visitor of
    /// the cookie; `None` for a browser without one.
    pub(super) async fn guest(
        &self,
        headers: &HeaderMap,
        code: Option<&str>,
    ) -> Result<Option<Guest>, Trouble> {
        let Some(code) = code else {
            return Ok(self.visitor(headers));
        };
        let demo = self.demo.as_ref().ok_or(Trouble::NotFound)?;
        let person = demo.person(code).await?.ok_or(Trouble::NotFound)?;
        Ok(Some(Guest {
            chat: demo_chat(&person.code),
            form_token: self.demo_form_token(),
            demo_code: Some(person.code),
        }))
    }

    /// What forms of the demo carry, whoever the visitor is just being.
    pub(super) fn demo_form_token(&self) -> String {
        digest("form", &hex::encode(self.secret))
    }

    /// A visitor who was never here, and the cookie that will tell us so no more.
    pub(super) fn newcomer(&self) -> (Guest, HeaderValue) {
        let token = hex::encode((self.site.chance)());
        let cookie = Cookie::build((self.cookie_name(), token.as_str()))
            .path("/")
            .max_age(COOKIE_AGE)
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.is_https());
        // Hexadecimal digits and literals: always a header's value.
        let cookie = HeaderValue::from_str(&cookie.to_string())
            .unwrap_or_else(|_| HeaderValue::from_static(""));
        (Guest::visitor(&token), cookie)
    }

    /// Whoever the request's cookie names by a well-formed token.
    fn visitor(&self, headers: &HeaderMap) -> Option<Guest> {
        let name = self.cookie_name();
        let is_token = |text: &str| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(Cookie::split_parse)
            .flatten()
            .find(|cookie| cookie.name() == name && is_token(cookie.value()))
            .map(|cookie| Guest::visitor(cookie.value()))
    }

    fn is_https(&self) -> bool {
        self.site.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The prefix makes browsers refuse a cookie that another host of the domain has planted.
    fn cookie_name(&self) -> &'static str {
        if self.is_https() { "__Host-diudat" } else { "diudat" }
    }

    /// Refuses a form that another site made the browser send. Browsers say where a request comes
    /// from; for the old ones that do not, the form's token stands alone.
    pub(super) fn check_origin(&self, headers: &HeaderMap) -> Result<(), Trouble> {
        let text =
            |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or("?"));
        if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
            return if site == "same-origin" { Ok(()) } else { Err(Trouble::Forbidden) };
        }
        let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
        let public = self.site.public_url.as_deref().map(|url| url.trim_end_matches('/'));
        let host = origin.split_once("://").map(|(_, host)| host);
        if public == Some(origin) || (host.is_some() && host == text(header::HOST)) {
            return Ok(());
        }
        Err(Trouble::Forbidden)
    }

    /// Whether a page was opened from another site. Browsers keep a strict cookie back then, so
    /// its absence says nothing about whether the visitor has one.
    pub(super) fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
        headers
            .get("sec-fetch-site")
            .is_some_and(|site| site == "cross-site" || site == "same-site")
    }
}
