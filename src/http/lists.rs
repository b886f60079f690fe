//! The page on which the committee or its office takes in lists: files are chosen, what they are taken for is shown
//! and corrected, and what was shown is done.
//!
//! Nothing of a file is kept on the server between the two: the page carries it back, so that what is taken in is
//! what was looked at, by whichever process.

use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::files::unreadable;
use super::guard::Trouble;
use super::guest::Guest;
use super::view::{self, ListColumn, ListCount, ListFile, ListLook, ListTable, ListsPage};
use super::wording::Wording;
use super::{Desk, Shared, assets};
use crate::clock::Instant;
use crate::domain::ids::PersonId;
use crate::domain::listed::{At, Counted, Counts, Decisions};
use crate::domain::typed::Typed;
use crate::lists::file::Col;
use crate::lists::form;
use crate::lists::headings::Column;
use crate::lists::records::{self, Lists};
use crate::lists::sources::Sources;
use crate::lists::table::{Mapping, Proposal};
use crate::message::{Arg, Disclosure, Phrase};
use crate::operations::imports::{self, Preview};
use crate::operations::{Refused, Work};
use crate::phrasing::lists as phrasing;

/// Longest body of a form: the files once more, in letters, and what is around them.
pub(super) const BODY_LIMIT: usize = 24 * 1024 * 1024;
/// Bytes of all files of one form together. What is longer is for the command line.
const MOST: usize = 12 * 1024 * 1024;
/// Longest of the other fields.
const WORD_LIMIT: usize = 512;
/// Most fields: files, and a choice for each column.
const FIELDS: usize = 2_000;
/// Lines that a page shows of one kind; the others are counted.
const SHOWN: usize = 300;
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What came with a form.
#[derive(Default)]
struct Sent {
    key: String,
    /// What was shown when it was sent.
    shown: String,
    /// Whether it is to be taken in, and not only looked at.
    takes: bool,
    /// The import that is to be taken back.
    undo: Option<i64>,
    decisions: Decisions,
    /// By the number of the table and the column: what somebody takes it for.
    columns: Vec<(usize, Col, Option<Column>)>,
    files: Vec<(String, Vec<u8>)>,
}

/// Where files are chosen.
pub(super) async fn page(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let guest = desk.officer(path, &headers).await?;
    desk.lists_page(&guest, None, None).await
}

/// The filled example.
pub(super) async fn template(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    desk.officer(path, &headers).await?;
    let bytes = form::workbook(&form::example()).map_err(|error| {
        tracing::error!(%error, "the template cannot be written");
        Trouble::Busy
    })?;
    let head = [
        (header::CONTENT_TYPE, WORKBOOK),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"diudat-danh-sach.xlsx\""),
    ];
    Ok((head, bytes).into_response())
}

/// Looks at files, or takes them in.
pub(super) async fn take(
    State(desk): State<Shared>,
    path: Option<Path<String>>,
    headers: HeaderMap,
    mut form: Multipart,
) -> Result<Response, Trouble> {
    let token = super::files::word(&mut form, "form").await?;
    let guest = desk.sender(&headers, path, &token).await?;
    desk.must_take_in(&guest).await?;
    let _place = desk.uploads.try_acquire().map_err(|_| Trouble::Busy)?;
    let sent = read(&mut form).await?;
    if let Some(import) = sent.undo {
        let said = desk.take_back(&guest, &sent.key, import).await?;
        return desk.lists_page(&guest, Some(said), None).await;
    }
    if sent.files.is_empty() {
        return desk.lists_page(&guest, None, None).await;
    }
    if sent.files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > MOST {
        return desk.lists_page(&guest, Some(Phrase::new("lists-too-big")), None).await;
    }
    // A workbook takes its time, and so that nobody waits for it, a thread of its own.
    let (sent, opened) = tokio::task::spawn_blocking(move || {
        let opened = Sources::open(&sent.files);
        (sent, opened)
    })
    .await
    .map_err(|_| Trouble::Busy)?;
    let mut sources = match opened {
        Ok(sources) => sources,
        Err(not) => {
            let why = phrasing::not_opened(&not);
            return desk.lists_page(&guest, Some(why), None).await;
        }
    };
    if let Some(name) = sources.unknown() {
        let why = Phrase::new("lists-no-headings").with("file", Arg::Typed(Typed::new(name)));
        return desk.lists_page(&guest, Some(why), None).await;
    }
    let mut inquiry = desk.site.door.inquiry(guest.doer()).await?;
    let mut work = inquiry.work();
    imports::recall(&mut work, &mut sources).await?;
    correct(&mut sources, &sent.columns);
    let lists = sources.lists();
    let preview = imports::preview(&mut work, &sources, &lists, sent.decisions).await?;
    let look = desk.look(&guest, &mut work, &sent, &sources, (&lists, &preview)).await?;
    drop(inquiry);
    if !sent.takes || !look.can_be_taken {
        return desk.lists_page(&guest, None, Some(look)).await;
    }
    if look.digest != sent.shown {
        return desk.lists_page(&guest, Some(Phrase::new("lists-changed")), Some(look)).await;
    }
    let said = desk.take_in(&guest, &sent.key, preview).await?;
    desk.lists_page(&guest, Some(said), None).await
}

async fn read(form: &mut Multipart) -> Result<Sent, Trouble> {
    let mut sent = Sent::default();
    let mut bytes = 0_usize;
    for _ in 0..FIELDS {
        let Some(field) = form.next_field().await.map_err(unreadable)? else { return Ok(sent) };
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        match (name.as_str(), file) {
            ("file", Some(file)) if !file.is_empty() => {
                let content = content(field, &mut bytes).await?;
                sent.files.push((crate::domain::attachment::clean_name(&file), content));
            }
            ("file", _) => {}
            (kept, _) if kept.starts_with("kept:") => {
                let text = content(field, &mut bytes).await?;
                let content = STANDARD.decode(text).map_err(|_| Trouble::BadRequest)?;
                let file = kept.trim_start_matches("kept:");
                sent.files.push((crate::domain::attachment::clean_name(file), content));
            }
            (_, _) => {
                let mut length = 0;
                let text = content(field, &mut length).await?;
                if length > WORD_LIMIT {
                    return Err(Trouble::BadRequest);
                }
                word(&mut sent, &name, String::from_utf8(text).map_err(|_| Trouble::BadRequest)?)?;
            }
        }
    }
    Err(Trouble::BadRequest)
}

fn word(sent: &mut Sent, name: &str, value: String) -> Result<(), Trouble> {
    match name {
        "key" => sent.key = value,
        "shown" => sent.shown = value,
        "do" => sent.takes = value == "take",
        "undo" => sent.undo = Some(value.parse().map_err(|_| Trouble::BadRequest)?),
        "doubts" => sent.decisions.accept_doubts = value == "accept",
        "gone" => sent.decisions.end_gone = value == "end",
        name => {
            let mut parts = name.split(':');
            let (Some("col"), Some(table), Some(column), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                return Err(Trouble::BadRequest);
            };
            let table = table.parse().map_err(|_| Trouble::BadRequest)?;
            let column = column.parse().map_err(|_| Trouble::BadRequest)?;
            let means = Column::ALL.iter().copied().find(|one| one.name() == value);
            if means.is_none() && value != "-" {
                return Err(Trouble::BadRequest);
            }
            sent.columns.push((table, column, means));
        }
    }
    Ok(())
}

async fn content(mut field: Field<'_>, total: &mut usize) -> Result<Vec<u8>, Trouble> {
    let mut read = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        *total += chunk.len();
        read.extend_from_slice(&chunk);
    }
    Ok(read)
}

/// Takes columns for what was chosen, where that is another than it was taken for.
fn correct(sources: &mut Sources, chosen: &[(usize, Col, Option<Column>)]) {
    let now: Vec<Mapping> = sources.tables().map(|table| meanings(table).collect()).collect();
    for (table, column, means) in chosen {
        let was = now.get(*table).and_then(|columns| columns.get(column));
        if was.is_some_and(|was| was != means) {
            // What has no place in this kind of list is offered by no page.
            let _ = sources.take_for(*table, *column, *means);
        }
    }
}

fn meanings(table: &Proposal) -> impl Iterator<Item = (Col, Option<Column>)> {
    let used = table.columns.iter().map(|one| (one.column, Some(one.means)));
    used.chain(table.not_used.iter().map(|one| (one.column, None)))
}

impl Desk {
    /// Whoever asks for a page of lists, and may.
    async fn officer(
        &self,
        path: Option<Path<String>>,
        headers: &HeaderMap,
    ) -> Result<Guest, Trouble> {
        let code = path.map(|Path(code)| code);
        let guest = self.guest(headers, code.as_deref()).await?.ok_or(Trouble::NotFound)?;
        self.must_take_in(&guest).await?;
        Ok(guest)
    }

    /// Who may not take in lists finds no such page; nor does anybody where pages name nobody.
    async fn must_take_in(&self, guest: &Guest) -> Result<(), Trouble> {
        if self.disclosure() != Disclosure::Names {
            return Err(Trouble::NotFound);
        }
        let mut inquiry = self.site.door.inquiry(guest.doer()).await?;
        Ok(imports::must_take_in(&inquiry.work())?)
    }

    async fn lists_page(
        &self,
        guest: &Guest,
        notice: Option<Phrase>,
        look: Option<ListLook>,
    ) -> Result<Response, Trouble> {
        let (_, lang) = self.who(guest).await?;
        let w = Wording::of(lang);
        let mut inquiry = self.site.door.inquiry(guest.doer()).await?;
        let mut work = inquiry.work();
        let latest = imports::latest(&mut work).await?;
        let told: Vec<Phrase> = latest.iter().map(|one| taken(&work, one)).collect();
        let lines = self.say(&mut work, lang, &told).await?;
        let imports = latest.iter().map(|(import, ..)| import.to_string()).zip(lines).collect();
        Ok(view::page(&ListsPage {
            w,
            version: assets::version(),
            organisation: &self.site.organisation,
            forms: self.forms(guest),
            notice: notice.map(|notice| w.say(&notice)),
            look,
            imports,
        }))
    }

    async fn take_in(&self, guest: &Guest, key: &str, preview: Preview) -> Result<Phrase, Trouble> {
        let Some(mut deed) = self.site.door.deed_once(guest.doer(), key).await? else {
            return Ok(Phrase::new("lists-taken-before"));
        };
        match imports::take_in(&mut deed.work(), preview).await {
            Ok(id) => {
                deed.end().await?;
                Ok(Phrase::new("lists-taken").with("import", Arg::code(&id.to_string())))
            }
            Err(Refused::Because(why)) => Ok(why),
            Err(fault) => Err(fault.into()),
        }
    }

    async fn take_back(&self, guest: &Guest, key: &str, import: i64) -> Result<Phrase, Trouble> {
        let number = Arg::code(&import.to_string());
        let done = Phrase::new("lists-taken-back").with("import", number);
        let Some(mut deed) = self.site.door.deed_once(guest.doer(), key).await? else {
            return Ok(done);
        };
        match imports::undo(&mut deed.work(), import).await {
            Ok(()) => {
                deed.end().await?;
                Ok(done)
            }
            Err(Refused::Because(why)) => Ok(why),
            Err(fault) => Err(fault.into()),
        }
    }

    /// What the page shows of files before they are taken in.
    async fn look(
        &self,
        guest: &Guest,
        work: &mut Work<'_>,
        sent: &Sent,
        sources: &Sources,
        (lists, preview): (&Lists, &Preview),
    ) -> Result<ListLook, Trouble> {
        let (_, lang) = self.who(guest).await?;
        let plan = &preview.plan;
        let cell = |at: &records::At, column: Option<Col>, said: Phrase, read: &str| {
            let at = At { file: at.file.to_string(), sheet: at.sheet.to_string(), row: at.row };
            line(&at, column, said, read)
        };
        let errors = lists
            .errors
            .iter()
            .map(|one| cell(&one.at, Some(one.column), phrasing::allowed(one.allowed), &one.read));
        let mistakes = plan.mistakes.iter();
        let mistakes =
            mistakes.map(|one| line(&one.at, None, phrasing::wrong(one.wrong), &one.read));
        let errors: Vec<Phrase> = errors.chain(mistakes).collect();
        let doubts = lists
            .doubts
            .iter()
            .map(|one| cell(&one.at, one.column, phrasing::doubt(one.doubt), &one.read));
        let asked = plan.doubts.iter();
        let asked =
            asked.map(|one| line(&one.at, None, phrasing::question(&one.question), &one.read));
        let doubts: Vec<Phrase> = doubts.chain(asked).collect();
        let (counts, none) = (plan.counts(), plan.is_empty());
        let can_be_taken = errors.is_empty() && !none;
        let said = [self.lines(work, lang, &errors).await?, self.lines(work, lang, &doubts).await?];
        let [errors, doubts] = said;
        let w = Wording::of(lang);
        let mut digest = Sha256::new();
        digest.update(sources.digest());
        digest.update(format!("{counts:?} {:?} {errors:?} {doubts:?}", sent.decisions));
        for table in sources.tables() {
            digest.update(format!("{:?}", meanings(table).collect::<Vec<_>>()));
        }
        let not_read = sources.without_headings().into_iter().map(|(file, sheet)| {
            Phrase::new("lists-sheet-without").with("place", place(&file, &sheet))
        });
        let not_read: Vec<Phrase> = not_read.collect();
        let not_read = self.lines(work, lang, &not_read).await?;
        let kept = sent
            .files
            .iter()
            .map(|(name, bytes)| ListFile { name: name.clone(), bytes: STANDARD.encode(bytes) });
        Ok(ListLook {
            digest: hex::encode(digest.finalize()),
            kept: kept.collect(),
            counts: counted(&counts, w),
            errors,
            doubts,
            accepts: sent.decisions.accept_doubts,
            ends: sent.decisions.end_gone,
            can_be_taken,
            tables: tables(sources, w),
            not_read,
        })
    }

    /// Lines as whoever asks may read them, no more than a page shows.
    async fn lines(
        &self,
        work: &mut Work<'_>,
        lang: crate::domain::language::Language,
        phrases: &[Phrase],
    ) -> Result<Vec<String>, Trouble> {
        let shown = phrases.get(..SHOWN).unwrap_or(phrases);
        let mut lines = self.say(work, lang, shown).await?;
        if let Some(left) = phrases.len().checked_sub(SHOWN).filter(|left| *left > 0) {
            lines.push(Wording::of(lang).say(&Phrase::new("lists-more").with("count", left)));
        }
        Ok(lines)
    }
}

/// A line about a row or a cell.
fn line(at: &At, column: Option<Col>, said: Phrase, read: &str) -> Phrase {
    let text = |text: &str| Arg::Typed(Typed::new(text));
    if at.file.is_empty() {
        return Phrase::new("lists-line-alone").with("read", text(read)).with("what", said);
    }
    match column {
        Some(column) => Phrase::new("lists-line-cell")
            .with("place", place(&at.file, &at.sheet))
            .with("column", Arg::code(&column.to_string()))
            .with("row", i64::from(at.row))
            .with("read", text(read))
            .with("what", said),
        None => Phrase::new("lists-line")
            .with("place", place(&at.file, &at.sheet))
            .with("row", i64::from(at.row))
            .with("read", text(read))
            .with("what", said),
    }
}

/// An import that can perhaps be taken back.
fn taken(work: &Work<'_>, (import, at, by): &(i64, Instant, Option<PersonId>)) -> Phrase {
    let key = if by.is_some() { "lists-import-by" } else { "lists-import" };
    let phrase = Phrase::new(key)
        .with("import", Arg::code(&import.to_string()))
        .with("at", work.practice.local(*at));
    match by {
        Some(by) => phrase.with("name", *by),
        None => phrase,
    }
}

/// A file, and the sheet in it where it has sheets.
fn place(file: &str, sheet: &str) -> Phrase {
    let text = |text: &str| Arg::Typed(Typed::new(text));
    match sheet {
        "" => Phrase::new("lists-place-file").with("file", text(file)),
        sheet => Phrase::new("lists-place").with("file", text(file)).with("sheet", text(sheet)),
    }
}

fn counted(counts: &Counts, w: &Wording) -> Vec<ListCount> {
    let row = |what: &Counted| {
        let count = counts.of(*what);
        ListCount {
            what: w.say(&Phrase::new(format!("lists-count-{what}"))),
            added: count.added,
            changed: count.changed,
            ended: count.ended,
            unchanged: count.unchanged,
        }
    };
    Counted::ALL.iter().map(row).collect()
}

fn tables(sources: &Sources, w: &Wording) -> Vec<ListTable> {
    let mut out = Vec::new();
    for (book, tables) in sources.files() {
        for table in tables {
            let number = out.len();
            let used = table.columns.iter();
            let used = used.map(|one| (one.column, one.heading.clone(), one.means.name()));
            let left = table.not_used.iter();
            let left = left.map(|one| (one.column, one.heading.clone(), ""));
            let mut columns: Vec<ListColumn> = used
                .chain(left)
                .map(|(column, heading, means)| ListColumn {
                    letters: column.to_string(),
                    field: format!("col:{number}:{column}"),
                    heading,
                    means,
                })
                .collect();
            columns.sort_by_key(|column| (column.letters.len(), column.letters.clone()));
            let place = Phrase::new("lists-table")
                .with("place", place(&book.name, &table.sheet))
                .with("row", i64::from(table.heading.0));
            let options = table.offers().map(|means| (means.name(), means.label()));
            out.push(ListTable { place: w.say(&place), columns, options: options.collect() });
        }
    }
    out
}
