//! Lists of an office: the template, and taking lists in. What is proposed is shown first and done when it is
//! confirmed.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Failed, door, say as print_line};
use crate::app;
use crate::config::Config;
use crate::domain::listed::{At, Decisions, Doubt, Mistake, Plan, Question, Wrong};
use crate::lists::file::{self, Workbook};
use crate::lists::records::{self, Lists};
use crate::lists::table::{self, Proposal};
use crate::operations::imports::{self, Preview};
use crate::operations::{Doer, Door};

#[derive(clap::Args)]
pub(super) struct ImportArgs {
    /// Lists: .xlsx, .xls, .ods, .csv; all of one call together or none.
    #[arg(required = true)]
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
    /// In whose name: the code of an officer of the committee's office.
    #[arg(long = "as", value_name = "CODE")]
    author: Option<String>,
    #[arg(long)]
    json: bool,
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
    let (bytes, books) = read(&asked.files)?;
    let proposals: Vec<Vec<Proposal>> = books.iter().map(table::propose).collect();
    let mut lists = Lists::default();
    for (book, proposals) in books.iter().zip(&proposals) {
        lists.append(records::read(book, proposals));
    }
    if !asked.json {
        propose(&books, &proposals, &lists)?;
    }
    let db = app::open_database(&settings.database).await?;
    let door = door(&settings, db, None).await?;
    let doer = match &asked.author {
        Some(code) => Doer::InName { code },
        None => Doer::Administrator,
    };
    let done = decide(&door, doer, &asked, &lists, &bytes).await;
    door.db.close().await;
    done
}

async fn decide(
    door: &Door,
    doer: Doer<'_>,
    asked: &ImportArgs,
    lists: &Lists,
    bytes: &[Vec<u8>],
) -> Result<(), Failed> {
    let mut decisions =
        Decisions { accept_doubts: asked.doubts.is_some(), end_gone: asked.gone == Gone::End };
    let mut preview = look(door, doer, lists, decisions).await?;
    let wrong = lists.errors.len() + preview.plan.mistakes.len();
    if asked.json {
        print_line!(
            "{}",
            serde_json::to_string_pretty(&report(lists, &preview.plan))
                .map_err(std::io::Error::from)?
        );
    } else {
        show(lists, &preview.plan)?;
    }
    if wrong > 0 {
        return Err(Failed::Refused(format!(
            "{wrong} cells or rows cannot be taken in; correct them, nothing was changed"
        )));
    }
    if asked.dry_run || preview.plan.is_empty() {
        if !asked.json && preview.plan.is_empty() {
            print_line!("Nothing is new: everything is as the lists tell.");
        }
        return Ok(());
    }
    if !asked.yes {
        if asked.gone == Gone::Ask
            && preview.plan.doubts.iter().any(|d| matches!(d.question, Question::Gone { .. }))
        {
            decisions.end_gone = confirmed("End whoever the lists name no more?")?;
            preview = look(door, doer, lists, decisions).await?;
        }
        if !confirmed("Take this in?")? {
            return Err(Failed::Refused("nothing was changed".to_owned()));
        }
    }
    let mut deed = door.deed(doer).await?;
    let id = imports::take_in(&mut deed.work(), preview, bytes).await?;
    deed.end().await?;
    if !asked.json {
        print_line!("Taken in as import {id}.");
    }
    Ok(())
}

async fn look(
    door: &Door,
    doer: Doer<'_>,
    lists: &Lists,
    decisions: Decisions,
) -> Result<Preview, Failed> {
    let mut inquiry = door.inquiry(doer).await?;
    Ok(imports::preview(&mut inquiry.work(), lists, decisions).await?)
}

/// The bytes of the files, and their cells.
fn read(files: &[PathBuf]) -> Result<(Vec<Vec<u8>>, Vec<Workbook>), Failed> {
    let (mut bytes, mut books) = (Vec::new(), Vec::new());
    for path in files {
        let about =
            |why: &dyn std::fmt::Display| Failed::Refused(format!("{}: {why}", path.display()));
        let size = std::fs::metadata(path).map_err(|error| about(&error))?.len();
        if usize::try_from(size).is_ok_and(|size| size > file::MOST_BYTES) {
            return Err(about(&file::Unreadable::TooBig));
        }
        let content = std::fs::read(path).map_err(|error| about(&error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        books.push(file::open(&name, &content).map_err(|error| about(&error))?);
        bytes.push(content);
    }
    Ok((bytes, books))
}

/// Which column is thought to be what, and what is not used.
fn propose(books: &[Workbook], proposals: &[Vec<Proposal>], lists: &Lists) -> Result<(), Failed> {
    for (book, tables) in books.iter().zip(proposals) {
        for left in &book.not_read {
            print_line!("{}: sheet {:?} is not read: {:?}", book.name, left.sheet, left.why);
        }
        for table in tables {
            print_line!(
                "{}, sheet {:?}, heading in row {}:",
                book.name,
                table.sheet,
                table.heading.0
            );
            for column in &table.columns {
                print_line!(
                    "  {:>3}  {:<40} {}",
                    column.column.to_string(),
                    column.heading,
                    column.means.name()
                );
            }
        }
    }
    for column in &lists.unused {
        print_line!(
            "not used: {}, {:?}, column {}: {}",
            column.file,
            column.sheet,
            column.column,
            column.heading
        );
    }
    Ok(())
}

fn show(lists: &Lists, plan: &Plan) -> Result<(), Failed> {
    for error in &lists.errors {
        print_line!(
            "{}: {:?} is no {}: {:?}",
            place(&error.at.file, &error.at.sheet, error.at.row, Some(&error.column.to_string())),
            error.read,
            error.means.name(),
            error.allowed
        );
    }
    for mistake in &plan.mistakes {
        print_line!("{}: {}: {}", at(&mistake.at), mistake.read, wrong(mistake));
    }
    for doubt in &lists.doubts {
        let column = doubt.column.map(|column| column.to_string());
        let place = place(&doubt.at.file, &doubt.at.sheet, doubt.at.row, column.as_deref());
        print_line!("in doubt: {place}: {:?}: {:?}", doubt.read, doubt.doubt);
    }
    for doubt in &plan.doubts {
        print_line!("in doubt: {}: {}: {}", at(&doubt.at), doubt.read, question(doubt));
    }
    for (what, count) in counts(plan) {
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

fn counts(plan: &Plan) -> [(&'static str, crate::domain::listed::Count); 7] {
    [
        ("units", plan.units),
        ("people", plan.people),
        ("offices", plan.posts),
        ("cases", plan.cases),
        ("mentors", plan.mentors),
        ("admissions", plan.admissions),
        ("classes", crate::domain::listed::Count::default()),
    ]
}

fn place(file: &str, sheet: &str, row: u32, column: Option<&str>) -> String {
    format!(
        "{file}, sheet {sheet:?}, row {row}{}",
        column.map(|c| format!(", column {c}")).unwrap_or_default()
    )
}

fn at(at: &At) -> String {
    if at.file.is_empty() {
        "in no list".to_owned()
    } else {
        place(&at.file, &at.sheet, at.row, None)
    }
}

fn wrong(mistake: &Mistake) -> &'static str {
    match mistake.wrong {
        Wrong::UnknownParent => "there is no unit of this name above it",
        Wrong::Circle => "it would stand above itself",
        Wrong::NoUnit => "no branch is told for them; add a column with the branch",
        Wrong::Order => "the days are in no possible order: born, admitted, official, left",
        Wrong::Ahead => "a day to come",
        Wrong::SeveralUnits => "several units are called so; write the code",
        Wrong::BelowBranch => "a branch has no units below it",
    }
}

fn question(doubt: &Doubt) -> String {
    match &doubt.question {
        Question::Namesake { codes } => {
            format!(
                "is it {}, or somebody else of that name? (accepted: somebody else)",
                codes.join(" or ")
            )
        }
        Question::Elsewhere { code, unit } => {
            format!("{code} is in {unit}; have they moved? (accepted: yes, today)")
        }
        Question::Renamed { code, was } => {
            format!("{code} was {was} until now (accepted: renamed)")
        }
        Question::TooYoung => "admitted before the age of 18 (taken as it is told)".to_owned(),
        Question::Mentor { name } => {
            format!("{name}, the mentor, is nobody here or several (left out)")
        }
        Question::Gone { code } => {
            format!("{code} is in no list any more (kept unless --gone end)")
        }
        Question::Contradicts { other } => {
            format!("row {} of {} tells otherwise of them (that is taken)", other.row, other.file)
        }
    }
}

/// The value that `--json` prints.
fn report(lists: &Lists, plan: &Plan) -> Value {
    let mut report = serde_json::Map::new();
    for (what, count) in counts(plan) {
        report.insert(what.to_owned(), json!(count));
    }
    let doubts = lists
        .doubts
        .iter()
        .map(|doubt| {
            json!({ "file": &*doubt.at.file, "sheet": &*doubt.at.sheet, "row": doubt.at.row,
                "column": doubt.column.map(|column| column.to_string()), "read": doubt.read,
                "question": doubt.doubt })
        })
        .chain(plan.doubts.iter().map(|doubt| {
            json!({ "file": doubt.at.file, "sheet": doubt.at.sheet, "row": doubt.at.row, "column": null,
                "read": doubt.read, "question": question(doubt) })
        }));
    let errors = lists
        .errors
        .iter()
        .map(|error| {
            json!({ "file": &*error.at.file, "sheet": &*error.at.sheet, "row": error.at.row,
                "column": error.column.to_string(), "read": error.read, "allowed": error.allowed })
        })
        .chain(plan.mistakes.iter().map(|mistake| {
            json!({ "file": mistake.at.file, "sheet": mistake.at.sheet, "row": mistake.at.row,
                "column": null, "read": mistake.read, "allowed": wrong(mistake) })
        }));
    let unused = lists.unused.iter().map(|one| {
        json!({ "file": &*one.file, "sheet": &*one.sheet, "column": one.column.to_string(),
            "heading": one.heading })
    });
    report.insert("doubts".to_owned(), doubts.collect());
    report.insert("errors".to_owned(), errors.collect());
    report.insert("unused".to_owned(), unused.collect());
    Value::Object(report)
}

/// Whether somebody at the terminal says yes; where nobody can be asked it is no.
fn confirmed(what: &str) -> Result<bool, Failed> {
    let stdin = std::io::stdin();
    let mut terminal = std::io::stderr();
    write!(terminal, "{what} [y/N] ")?;
    terminal.flush()?;
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    if !stdin.is_terminal() {
        writeln!(terminal)?;
    }
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Writes a filled example that the import reads as it is.
pub(super) fn template(path: &Path) -> Result<(), Failed> {
    if path.symlink_metadata().is_ok() {
        return Err(Failed::Refused(format!("{} is there already", path.display())));
    }
    let bytes = crate::lists::template::workbook()
        .map_err(|error| Failed::Refused(format!("{}: {error}", path.display())))?;
    std::fs::write(path, bytes)?;
    print_line!("{}: fill it in, and then: diudat import {}", path.display(), path.display());
    Ok(())
}
