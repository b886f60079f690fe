//! Lists of an office: the template, and taking lists in. What is proposed is shown first and done when it is
//! confirmed.

mod words;

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::asking::{confirmed, doer};
use super::{Failed, open, say as print_line};
use crate::config::Config;
use crate::domain::listed::{At, Counted, Decisions, Doubt, Plan, Question};
use crate::lists::file::{self, Col};
use crate::lists::form::{self, Filled};
use crate::lists::records::{self, Lists};
use crate::lists::sources::{Correction, Sources};
use crate::operations::imports::{self, Preview};
use crate::operations::{Doer, Door};

#[derive(clap::Args)]
pub(super) struct ImportArgs {
    /// Lists: .xlsx, .xls, .ods, .csv; all of one call together or none.
    #[arg(required_unless_present = "undo")]
    files: Vec<PathBuf>,
    /// Shows what would be and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Takes what is proposed without asking; doubts that would change somebody stay undone.
    #[arg(long)]
    yes: bool,
    /// `accept`: what is in doubt is decided as the lists say.
    #[arg(long, value_name = "accept")]
    doubts: Option<Doubts>,
    /// What becomes of those whom a newer list names no more.
    #[arg(long, default_value = "keep")]
    gone: Gone,
    /// What a column is, where it is taken for something else: "F=Ngày sinh", "Sheet2!F=born", "F=-" for nothing. It
    /// is kept for lists with the same headings.
    #[arg(long = "column", value_name = "COLUMN=MEANING")]
    columns: Vec<Correction>,
    /// In whose name: the code of an officer of the committee's office.
    #[arg(long = "as", value_name = "CODE")]
    author: Option<String>,
    #[arg(long)]
    json: bool,
    /// Takes back an import by its number, while nobody went on from what it brought.
    #[arg(long, value_name = "ID", conflicts_with_all = ["files", "dry_run", "doubts", "json"])]
    undo: Option<i64>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Doubts {
    Accept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Gone {
    Keep,
    Ask,
    End,
}

pub(super) async fn import(settings: Config, asked: ImportArgs) -> Result<(), Failed> {
    if let Some(id) = asked.undo {
        return undo(settings, id, asked.author.as_deref()).await;
    }
    let mut sources = read(&asked.files)?;
    if let Some(name) = sources.unknown() {
        return Err(Failed::Refused(format!(
            "{name}: no row of headings is recognised in it; \"diudat template\" shows which are"
        )));
    }
    let door = open(&settings, None).await?;
    let doer = doer(asked.author.as_deref());
    let mut inquiry = door.inquiry(doer).await?;
    imports::recall(&mut inquiry.work(), &mut sources).await?;
    drop(inquiry);
    for column in &asked.columns {
        sources.correct(column).map_err(|why| Failed::Refused(why.to_string()))?;
    }
    let lists = sources.lists();
    if !asked.json {
        propose(&sources, &lists)?;
    }
    let done = decide(&door, doer, &asked, &sources, &lists).await;
    door.db.close().await;
    done
}

async fn undo(settings: Config, id: i64, author: Option<&str>) -> Result<(), Failed> {
    let door = open(&settings, None).await?;
    let mut deed = door.deed(doer(author)).await?;
    imports::undo(&mut deed.work(), id).await?;
    deed.end().await?;
    door.db.close().await;
    print_line!("Import {id} is taken back: everything is as it was before.");
    Ok(())
}

async fn decide(
    door: &Door,
    doer: Doer<'_>,
    asked: &ImportArgs,
    sources: &Sources,
    lists: &Lists,
) -> Result<(), Failed> {
    let mut decisions =
        Decisions { accept_doubts: asked.doubts.is_some(), end_gone: asked.gone == Gone::End };
    let mut preview = look(door, doer, (sources, lists), decisions).await?;
    let asks = !asked.yes && !asked.dry_run;
    let gone = |preview: &Preview| {
        let gone = |doubt: &&Doubt| matches!(doubt.question, Question::Gone { .. });
        preview.plan.doubts.iter().filter(gone).map(|doubt| doubt.read.clone()).collect::<Vec<_>>()
    };
    let names = gone(&preview);
    if asks && asked.gone == Gone::Ask && !names.is_empty() {
        print_line!("In no list any more: {}", names.join(", "));
        decisions.end_gone = confirmed("Do they end today?")?;
        preview = look(door, doer, (sources, lists), decisions).await?;
    }
    let wrong = lists.errors.len() + preview.plan.mistakes.len();
    let is_done = wrong == 0 && !asked.dry_run && !preview.plan.is_empty();
    let report = asked.json.then(|| report(sources, lists, &preview.plan));
    // What is shown is what is done.
    match &report {
        None => show(lists, &preview.plan)?,
        Some(report) if !is_done || asks => print_json(report)?,
        Some(_) => {}
    }
    if wrong > 0 {
        return Err(Failed::Refused(format!(
            "{wrong} cells or rows cannot be taken in; correct them, nothing was changed"
        )));
    }
    if asked.dry_run || preview.plan.is_empty() {
        if !asked.json && preview.plan.is_empty() {
            print_line!("Nothing is new: everything is as the lists tell, or waits for an answer.");
        }
        return Ok(());
    }
    if asks && !confirmed("Take this in?")? {
        return Err(Failed::Refused("nothing was changed".to_owned()));
    }
    let mut deed = door.deed(doer).await?;
    let id = imports::take_in(&mut deed.work(), preview).await?;
    deed.end().await?;
    match report {
        None => {
            print_line!("Taken in as import {id}; \"diudat import --undo {id}\" takes it back.")
        }
        Some(_) if asks => {}
        Some(mut report) => {
            report["import"] = id.into();
            print_json(&report)?;
        }
    }
    Ok(())
}

fn print_json(value: &Value) -> Result<(), Failed> {
    let text = serde_json::to_string_pretty(value).map_err(std::io::Error::from)?;
    print_line!("{text}");
    Ok(())
}

async fn look(
    door: &Door,
    doer: Doer<'_>,
    (sources, lists): (&Sources, &Lists),
    decisions: Decisions,
) -> Result<Preview, Failed> {
    let mut inquiry = door.inquiry(doer).await?;
    Ok(imports::preview(&mut inquiry.work(), sources, lists, decisions).await?)
}

/// The files, and what their columns are thought to be.
fn read(files: &[PathBuf]) -> Result<Sources, Failed> {
    let mut read = Vec::new();
    for path in files {
        let about =
            |why: &dyn std::fmt::Display| Failed::Refused(format!("{}: {why}", path.display()));
        let size = std::fs::metadata(path).map_err(|error| about(&error))?.len();
        if usize::try_from(size).is_ok_and(|size| size > file::MOST_BYTES) {
            return Err(about(&file::Unreadable::TooBig));
        }
        let content = std::fs::read(path).map_err(|error| about(&error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        read.push((name, content));
    }
    Sources::open(&read).map_err(|not| Failed::Refused(not.to_string()))
}

/// Which column is thought to be what, and what is not used.
fn propose(sources: &Sources, lists: &Lists) -> Result<(), Failed> {
    for (file, sheet) in sources.without_headings() {
        let place = words::within(&file, &sheet);
        print_line!("{place} is not read: no row of headings is recognised");
    }
    for (book, tables) in sources.files() {
        for left in &book.not_read {
            let why = words::why_not(left.why);
            print_line!("{} is not read: {why}", words::within(&book.name, &left.sheet));
        }
        for table in tables {
            let row = table.heading.0;
            print_line!("{}, heading in row {row}:", words::within(&book.name, &table.sheet));
            for column in &table.columns {
                let (at, means) = (column.column.to_string(), words::column(column.means));
                print_line!("  {at:>3}  {:<40} {means}", column.heading);
            }
        }
    }
    for column in &lists.unused {
        let place = words::within(&column.file, &column.sheet);
        print_line!("not used: {place}, column {}: {}", column.column, column.heading);
    }
    Ok(())
}

fn show(lists: &Lists, plan: &Plan) -> Result<(), Failed> {
    for error in &lists.errors {
        let place = words::cell(&error.at, Some(error.column));
        let (means, allowed) = (words::column(error.means), words::allowed(error.allowed));
        print_line!("{place}: \"{}\" is no {means}; allowed: {allowed}", error.read);
    }
    for mistake in &plan.mistakes {
        print_line!(
            "{}: {}: {}",
            words::at(&mistake.at),
            mistake.read,
            words::wrong(mistake.wrong)
        );
    }
    for doubt in &lists.doubts {
        let (place, said) = (words::cell(&doubt.at, doubt.column), words::doubt(doubt.doubt));
        print_line!("in doubt: {place}: \"{}\": {said}", doubt.read);
    }
    for doubt in &plan.doubts {
        let said = words::question(&doubt.question);
        print_line!("in doubt: {}: {}: {said}", words::at(&doubt.at), doubt.read);
    }
    let counts = plan.counts();
    for what in Counted::ALL {
        let (what, count) = (what.as_str(), counts.of(*what));
        print_line!(
            "{what:<11} {:>6} added {:>6} changed {:>6} ended {:>6} unchanged",
            count.added,
            count.changed,
            count.ended,
            count.unchanged
        );
    }
    Ok(())
}

/// The value that `--json` prints.
fn report(sources: &Sources, lists: &Lists, plan: &Plan) -> Value {
    let place = |at: &At, column: Option<String>| json!({ "file": at.file, "sheet": at.sheet, "row": at.row, "column": column });
    let cell = |at: &records::At, column: Option<Col>| {
        let column = column.map(|column| column.to_string());
        json!({ "file": &*at.file, "sheet": &*at.sheet, "row": at.row, "column": column })
    };
    let with = |mut place: Value, read: &str, key: &str, said: String| {
        place["read"] = read.into();
        place[key] = said.into();
        place
    };
    let doubts = lists.doubts.iter().map(|doubt| {
        let said = words::doubt(doubt.doubt);
        with(cell(&doubt.at, doubt.column), &doubt.read, "question", said)
    });
    let doubts = doubts.chain(plan.doubts.iter().map(|doubt| {
        with(place(&doubt.at, None), &doubt.read, "question", words::question(&doubt.question))
    }));
    let errors = lists.errors.iter().map(|error| {
        let said = words::allowed(error.allowed);
        with(cell(&error.at, Some(error.column)), &error.read, "allowed", said)
    });
    let errors = errors.chain(plan.mistakes.iter().map(|mistake| {
        let said = words::wrong(mistake.wrong);
        with(place(&mistake.at, None), &mistake.read, "allowed", said)
    }));
    let unused = lists.unused.iter().map(|one| {
        json!({ "file": &*one.file, "sheet": &*one.sheet, "column": one.column.to_string(),
            "heading": one.heading })
    });
    let left_out = sources.without_headings().into_iter().map(
        |(file, sheet)| json!({ "file": &*file, "sheet": &*sheet, "column": null, "heading": null }),
    );
    let unused = unused.chain(left_out);
    let mut report = serde_json::Map::new();
    let counts = plan.counts();
    for what in Counted::ALL {
        report.insert(what.to_string(), json!(counts.of(*what)));
    }
    report.insert("doubts".to_owned(), doubts.collect());
    report.insert("errors".to_owned(), errors.collect());
    report.insert("unused".to_owned(), unused.collect());
    Value::Object(report)
}

/// Writes everything that lists can tell into a new file, which nobody else may read.
pub(super) async fn export(
    settings: Config,
    path: &Path,
    author: Option<&str>,
) -> Result<(), Failed> {
    must_be_new(path)?;
    let door = open(&settings, None).await?;
    let mut deed = door.deed(doer(author)).await?;
    let filled = imports::export(&mut deed.work()).await?;
    write(path, &filled, 0o600)?;
    deed.end().await?;
    door.db.close().await;
    let (units, people) = (filled.units.len(), filled.people.len());
    print_line!("{}: {units} units, {people} people", path.display());
    Ok(())
}

/// Writes a new file with these rights, where the system knows them.
fn write(path: &Path, filled: &Filled, mode: u32) -> Result<(), Failed> {
    let bytes = form::workbook(filled)
        .map_err(|error| Failed::Refused(format!("{}: {error}", path.display())))?;
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, mode);
    Ok(open.open(path)?.write_all(&bytes)?)
}

fn must_be_new(path: &Path) -> Result<(), Failed> {
    match path.symlink_metadata() {
        Ok(_) => Err(Failed::Refused(format!("{} is there already", path.display()))),
        Err(_) => Ok(()),
    }
}

/// Writes a filled example that the import reads as it is.
pub(super) fn template(path: &Path) -> Result<(), Failed> {
    must_be_new(path)?;
    write(path, &form::example(), 0o644)?;
    print_line!("{}: fill it in, and then: diudat import {}", path.display(), path.display());
    Ok(())
}
