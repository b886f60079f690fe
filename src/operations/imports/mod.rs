//! Lists that an office keeps become its organisation. A [`preview`] compares them with what is known and changes
//! nothing; [`take_in`] does what was shown, all of it or nothing, and refuses where anything was done since.

mod apply;
mod export;
mod told;

use chrono::TimeDelta;

use super::rights::Right;
use super::work::{Refused, Work, refuse};
use crate::clock::Instant;
use crate::domain::audit::{Act, Field};
use crate::domain::ids::PersonId;
use crate::domain::listed::{self, Decisions, Known, Plan};
use crate::lists::records::Lists;
use crate::lists::sources::Sources;
use crate::lists::table::Mapping;
use crate::message::{Arg, Phrase};
use crate::store::audit::Entry;
use crate::store::undoing::{self, State};
use crate::store::{StoreError, imports};

pub use export::export;

/// A deed that was begun so long before a preview may be written down after it.
const BEGUN_BEFORE: TimeDelta = TimeDelta::hours(1);

/// What would become of some lists, and of which state of the organisation that was said.
pub struct Preview {
    pub plan: Plan,
    known: Known,
    /// How many deeds were written down since an instant.
    done: (Instant, i64),
    /// What somebody took columns for, by the headings.
    corrected: Vec<(String, Mapping)>,
    /// Of the files.
    digest: String,
}

/// Refuses whoever may not take in the lists of the whole organisation.
pub fn must_take_in(work: &Work<'_>) -> Result<(), Refused> {
    match work.units.root() {
        Some(top) => work.must(Right::TakeInLists, top.id, "import-not-allowed"),
        None => refuse("import-nowhere"),
    }
}

/// Takes columns for what was said of them when lists with the same headings were taken in, and leaves out what
/// nothing is made of here. Whoever corrects a column does so after this.
pub async fn recall(work: &mut Work<'_>, sources: &mut Sources) -> Result<(), Refused> {
    must_take_in(work)?;
    let signatures: Vec<&str> = sources.tables().map(|table| table.signature.as_str()).collect();
    let kept = imports::mappings(work.tx, &signatures).await?;
    for table in sources.tables_mut() {
        let Some(mapping) = kept.get(&table.signature) else { continue };
        let mapping: Mapping = serde_json::from_str(mapping).map_err(StoreError::from)?;
        for (column, means) in &mapping {
            // A version before may have known another kind of column there.
            let _ = table.take_for(*column, *means);
        }
    }
    told::only_used(sources.tables_mut());
    Ok(())
}

/// Compares lists with what is known; nothing is changed, and nobody waits for it.
pub async fn preview(
    work: &mut Work<'_>,
    sources: &Sources,
    lists: &Lists,
    decisions: Decisions,
) -> Result<Preview, Refused> {
    must_take_in(work)?;
    let since = work.now - BEGUN_BEFORE;
    let done = imports::done_since(work.tx, since).await?;
    let known = imports::known(work.tx, work.practice, work.today()).await?;
    let usual = &work.practice.usual_meeting;
    let plan = listed::compare(told::told(lists, usual), &known, work.today(), decisions);
    let corrected = sources.tables().filter(|table| !table.corrected.is_empty());
    let corrected = corrected.map(|table| (table.signature.clone(), table.corrected.clone()));
    let (corrected, digest) = (corrected.collect(), sources.digest().to_owned());
    Ok(Preview { plan, known, done: (since, done), corrected, digest })
}

/// So many of the newest imports are shown.
const LATEST: u32 = 5;

/// The newest imports that were not taken back: their ids, when each was, and whose it was, if not the
/// administrator's.
pub async fn latest(work: &mut Work<'_>) -> Result<Vec<(i64, Instant, Option<PersonId>)>, Refused> {
    must_take_in(work)?;
    Ok(imports::latest(work.tx, LATEST).await?)
}

/// Takes back an import, where nobody went on from what it brought.
pub async fn undo(work: &mut Work<'_>, import: i64) -> Result<(), Refused> {
    must_take_in(work)?;
    let with = |key| refuse(Phrase::new(key).with("import", Arg::code(&import.to_string())));
    match undoing::state(work.tx, import).await? {
        State::Unknown => return with("import-unknown"),
        State::Undone => return with("import-undone"),
        State::UsedSince => return with("import-used-since"),
        State::CanBeUndone => {}
    }
    let (by, now) = (work.person(), work.now);
    match undoing::undo(work.tx, import, by, now).await {
        Err(StoreError::Constraint(_)) => return with("import-used-since"),
        done => done?,
    }
    let top = work.units.root().map(|top| top.id);
    Ok(work.note(Entry::new(Act::ListsTakenBack, format!("DS-{import}")).within(top)).await?)
}

/// Does what a preview showed; gives the import's id.
pub async fn take_in(work: &mut Work<'_>, preview: Preview) -> Result<i64, Refused> {
    must_take_in(work)?;
    let Preview { plan, known, done: (since, done), corrected, digest } = preview;
    if !plan.mistakes.is_empty() {
        let many = i64::try_from(plan.mistakes.len()).unwrap_or(i64::MAX);
        return refuse(Phrase::new("import-mistakes").with("many", many));
    }
    if plan.is_empty() {
        return refuse("import-nothing");
    }
    if imports::done_since(work.tx, since).await? != done {
        return refuse("import-changed-since");
    }
    let counts = plan.counts();
    let told = serde_json::to_string(&counts).map_err(StoreError::from)?;
    let (by, now) = (work.person(), work.now);
    let id = imports::note(work.tx, (&digest, &told), by, now).await?;
    for (signature, mapping) in &corrected {
        let mapping = serde_json::to_string(mapping).map_err(StoreError::from)?;
        imports::keep_mapping(work.tx, signature, &mapping, now).await?;
    }
    let changed = apply::write(work, &plan, &known, id).await?;
    let top = work.units.root().map(|top| top.id);
    let entry = Entry::new(Act::ListsTakenIn, format!("DS-{id}")).within(top);
    let entry = entry.became(Field::Added, counts.people.added);
    work.note(entry.became(Field::Changed, changed.len())).await?;
    for (code, unit) in changed {
        work.note(Entry::new(Act::PersonChanged, code).within(unit)).await?;
    }
    Ok(id)
}
