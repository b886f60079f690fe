//! What the templates are filled with. Everything a person wrote reaches HTML through here and is
//! escaped by the templates, for the page and for the event stream alike.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use super::wording::Wording;
use super::{Site, assets};
use crate::channels::web::{Commands, Line};
use crate::message::{Arg, Key, KeyAction, Part, Phrase, Run};

/// A template as an answer.
pub(super) fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A piece of a page; empty, and logged, if it cannot be written.
pub(super) fn piece(template: &impl Template) -> String {
    template.render().unwrap_or_else(|error| {
        tracing::error!(%error, "a piece of a page cannot be written");
        String::new()
    })
}

/// One visitor's chat.
#[derive(Template)]
#[template(path = "page.html")]
pub(super) struct Page<'a> {
    pub w: &'static Wording,
    pub version: &'static str,
    pub organisation: &'a str,
    pub who: Who,
    pub forms: Forms,
    /// Where the event stream begins.
    pub bookmark: String,
    pub bubbles: Vec<Bubble>,
    /// How many lines to ask for to see older ones.
    pub older: Option<u32>,
    pub menu: Commands,
    pub invitation: Option<Invitation>,
    pub demo: Option<DemoBar>,
}

/// Whom the page takes its visitor for.
pub(super) struct Who {
    pub name: String,
    pub role: Option<String>,
    /// Whether the account speaks for nobody yet.
    pub stranger: bool,
}

/// What every form of a page carries.
#[derive(Clone)]
pub(super) struct Forms {
    /// Path before `/say`, `/tap` and `/events`.
    pub base: String,
    pub token: String,
    /// Makes a form that is sent twice count once.
    pub key: String,
}

/// What the link of an invitation brought.
pub(super) enum Invitation {
    Code(String),
    Unreadable,
}

/// A line of the chat.
pub(super) struct Bubble {
    pub id: i64,
    pub mine: bool,
    /// Local day, for comparing.
    pub day: NaiveDate,
    /// The day in words, where it stands above the line.
    pub day_label: Option<String>,
    pub body: Body,
}

impl Bubble {
    /// Shows the line's day in words unless the line before it is of the same day.
    pub fn new(line: &Line, zone: Tz, w: &Wording, before: Option<NaiveDate>) -> Self {
        let local = local(line.shown_at, zone);
        let day = local.date();
        Self {
            id: line.id,
            mine: line.from_person,
            day,
            day_label: (before != Some(day)).then(|| day_in_words(day, w)),
            body: Body { time: Some(time_of_day(local)), ..Body::new(&line.part) },
        }
    }

    /// The bubbles of consecutive lines.
    pub fn row(lines: &[Line], zone: Tz, w: &Wording) -> Vec<Self> {
        let mut before = None;
        lines
            .iter()
            .map(|line| {
                let bubble = Self::new(line, zone, w, before);
                before = Some(bubble.day);
                bubble
            })
            .collect()
    }
}

/// The local date and time of an instant.
fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

fn time_of_day(at: NaiveDateTime) -> String {
    at.format("%H:%M").to_string()
}

fn day_in_words(day: NaiveDate, w: &Wording) -> String {
    w.say(&Phrase::new("web-day").with("weekday", Arg::Weekday(day)).with("date", day))
}

/// What stands in a bubble.
pub(super) struct Body {
    pub paragraphs: Vec<Paragraph>,
    pub keyboard: Vec<Vec<Key>>,
    /// Local time of day; `None` where the page knows it.
    pub time: Option<String>,
}

/// One line of text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub runs: Vec<Run>,
}

impl Paragraph {
    /// An entry of a list hangs its second line under its first word.
    fn is_item(&self) -> bool {
        self.runs.first().is_some_and(|run| run.text.starts_with("• "))
    }
}

impl Body {
    pub fn new(part: &Part) -> Self {
        Self { paragraphs: paragraphs(&part.runs), keyboard: part.keyboard.clone(), time: None }
    }
}

/// Cuts runs at their line breaks; an empty line is a paragraph without runs.
fn paragraphs(runs: &[Run]) -> Vec<Paragraph> {
    let mut all = vec![Paragraph::default()];
    for run in runs {
        for (n, text) in run.text.split('\n').enumerate() {
            if n > 0 {
                all.push(Paragraph::default());
            }
            let text = text.trim_end_matches('\r');
            if let Some(last) = all.last_mut()
                && !text.is_empty()
            {
                last.runs.push(Run { text: text.to_owned(), strong: run.strong });
            }
        }
    }
    all
}

/// A bubble by itself, for the event stream.
#[derive(Template)]
#[template(path = "bubble.html")]
pub(super) struct BubbleView<'a> {
    pub bubble: Bubble,
    pub forms: &'a Forms,
}

/// What stands in a bubble that is there already.
#[derive(Template)]
#[template(path = "body.html")]
pub(super) struct BodyView<'a> {
    pub body: Body,
    pub line: i64,
    pub forms: &'a Forms,
}

/// The demo's bar and its list of people.
pub(super) struct DemoBar {
    pub clock: ClockView,
    pub people: Vec<PersonLink>,
    /// The person the visitor is being, if any.
    pub code: String,
    pub form_token: String,
}

/// Someone the visitor of the demo can be.
pub(super) struct PersonLink {
    pub code: String,
    pub name: String,
    pub role: String,
    pub here: bool,
    pub unread: bool,
}

/// The demo's date and time, and what its last move caused.
#[derive(Template)]
#[template(path = "clock.html")]
pub(super) struct ClockView {
    pub w: &'static Wording,
    pub day: String,
    pub time: String,
    /// `None` before the first move.
    pub happened: Option<Vec<String>>,
}

impl ClockView {
    pub fn new(now: NaiveDateTime, happened: Option<&[Phrase]>, w: &'static Wording) -> Self {
        Self {
            w,
            day: day_in_words(now.date(), w),
            time: time_of_day(now),
            happened: happened.map(|all| all.iter().map(|phrase| w.say(phrase)).collect()),
        }
    }
}

/// Brings a visitor from another site to the chat, with the cookie this time.
#[derive(Template)]
#[template(path = "enter.html")]
pub(super) struct Enter {
    pub w: &'static Wording,
    pub version: &'static str,
    /// Path and query of the chat.
    pub to: String,
}

/// Where the file of a notice is chosen.
#[derive(Template)]
#[template(path = "attach.html")]
pub(super) struct Attach<'a> {
    pub w: &'static Wording,
    pub version: &'static str,
    pub organisation: &'a str,
    pub forms: Forms,
    /// What may be chosen.
    pub text: String,
}

/// Where an organisation begins.
#[derive(Template)]
#[template(path = "setup.html")]
pub(super) struct SetupPage {
    pub w: &'static Wording,
    pub version: &'static str,
    pub fields: SetupFields,
    pub wrong: Option<String>,
}

/// What is filled in there.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SetupFields {
    pub code: String,
    pub name: String,
    pub place: String,
    /// An IANA name.
    pub zone: String,
    /// `vi` or `en`
    pub language: String,
    /// YYYY-MM-DD, or empty.
    pub term: String,
    pub officer: String,
}

/// What is shown once it began.
#[derive(Template)]
#[template(path = "begun.html")]
pub(super) struct BegunPage {
    pub w: &'static Wording,
    pub version: &'static str,
    pub organisation: String,
    pub officer: String,
    pub invitation: String,
}

/// Where lists are taken in.
#[derive(Template)]
#[template(path = "lists.html")]
pub(super) struct ListsPage<'a> {
    pub w: &'static Wording,
    pub version: &'static str,
    pub organisation: &'a str,
    pub forms: Forms,
    /// What came of the form before.
    pub notice: Option<String>,
    pub look: Option<ListLook>,
    /// The number of each of the newest imports, and what is told of it.
    pub imports: Vec<(String, String)>,
}

/// What is shown of lists before they are taken in.
pub(super) struct ListLook {
    /// Of all that is shown.
    pub digest: String,
    /// The files, for the next form.
    pub kept: Vec<ListFile>,
    pub counts: Vec<ListCount>,
    pub errors: Vec<String>,
    pub doubts: Vec<String>,
    /// Whether doubts are decided as the lists say, and whoever they do not name ends.
    pub accepts: bool,
    pub ends: bool,
    pub can_be_taken: bool,
    pub tables: Vec<ListTable>,
    pub not_read: Vec<String>,
}

pub(super) struct ListFile {
    pub name: String,
    /// In base 64.
    pub bytes: String,
}

pub(super) struct ListCount {
    pub what: String,
    pub added: usize,
    pub changed: usize,
    pub ended: usize,
    pub unchanged: usize,
}

pub(super) struct ListTable {
    pub place: String,
    pub columns: Vec<ListColumn>,
    /// What a column can be, and how that is headed.
    pub options: Vec<(&'static str, &'static str)>,
}

pub(super) struct ListColumn {
    pub letters: String,
    /// The form's name for it.
    pub field: String,
    pub heading: String,
    /// Empty: nothing.
    pub means: &'static str,
}

/// Instead of a page that cannot be shown.
#[derive(Template)]
#[template(path = "failure.html")]
pub(super) struct Failure<'a> {
    w: &'static Wording,
    version: &'static str,
    organisation: &'a str,
    status: u16,
    text: &'static str,
}

impl<'a> Failure<'a> {
    pub fn new(w: &'static Wording, site: &'a Site, status: StatusCode) -> Self {
        let text = match status {
            StatusCode::NOT_FOUND => &w.error_missing,
            StatusCode::FORBIDDEN => &w.error_forbidden,
            StatusCode::PAYLOAD_TOO_LARGE => &w.error_too_long,
            StatusCode::TOO_MANY_REQUESTS => &w.error_busy,
            status if status.is_client_error() => &w.error_request,
            _ => &w.error_busy,
        };
        Self {
            w,
            version: assets::version(),
            organisation: &site.organisation,
            status: status.as_u16(),
            text,
        }
    }
}

/// What a script gets instead of a page.
pub(super) fn wants_json(headers: &axum::http::HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_at_line_breaks_and_keep_their_style() {
        let run = |text: &str, strong| Run { text: text.to_owned(), strong };
        let cut =
            paragraphs(&[run("Tiêu đề", true), run("\n\n• một\r\nhai ", false), run("ba", true)]);
        let texts: Vec<String> = cut
            .iter()
            .map(|p| {
                p.runs
                    .iter()
                    .map(|r| format!("{}{}", r.text, if r.strong { "!" } else { "" }))
                    .collect()
            })
            .collect();
        assert_eq!(texts, ["Tiêu đề!", "", "• một", "hai ba!"]);
        assert_eq!(
            cut.iter().map(Paragraph::is_item).collect::<Vec<_>>(),
            [false, false, true, false]
        );
    }
}
