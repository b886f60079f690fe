//! Lists that an office keeps become its organisation. A [`preview`] compares them with what is known and changes
//! nothing; [`take_in`] does what was shown, all of it or nothing, and refuses where anything was done since.

mod apply;
mod told;

use sha2::{Digest, Sha256};

use super::work::{Refused, Work, refuse};
use crate::domain::audit::{Act, Field};
use crate::domain::listed::{self, Decisions, Known, Plan};
use crate::lists::records::Lists;
use crate::message::Phrase;
use crate::operations::rights::Right;
use crate::store::audit::Entry;
use crate::store::imports;

/// What would become of some lists, and of which state of the organisation that was said.
#[derive(Debug)]
pub struct Preview {
    pub plan: Plan,
    known: Known,
    version: i64,
}

/// Refuses whoever may not take in the lists of the whole organisation.
fn must_take_in(work: &Work<'_>) -> Result<(), Refused> {
    match work.units.root() {
        Some(top) => work.must(Right::TakeInLists, top.id, "import-not-allowed"),
        None => refuse("import-nowhere"),
    }
}

/// Compares lists with what is known; nothing is changed, and nobody waits for it.
pub async fn preview(
    work: &mut Work<'_>,
    lists: &Lists,
    decisions: Decisions,
) -> Result<Preview, Refused> {
    must_take_in(work)?;
    let today = work.today();
    let version = imports::version(work.tx).await?;
    let known = imports::known(work.tx, today).await?;
    let plan = listed::compare(told::told(lists), &known, today, decisions);
    Ok(Preview { plan, known, version })
}

/// Does what a preview showed; gives the import's id.
pub async fn take_in(
    work: &mut Work<'_>,
    preview: Preview,
    files: &[Vec<u8>],
) -> Result<i64, Refused> {
    must_take_in(work)?;
    let Preview { plan, known, version } = preview;
    if !plan.mistakes.is_empty() {
        return refuse(Phrase::new("import-mistakes").with("many", count(plan.mistakes.len())));
    }
    if plan.is_empty() {
        return refuse("import-nothing");
    }
    if imports::version(work.tx).await? != version {
        return refuse("import-changed-since");
    }
    let counts = serde_json::json!({
        "units": plan.units, "people": plan.people, "offices": plan.posts, "cases": plan.cases,
        "mentors": plan.mentors, "admissions": plan.admissions,
    });
    let changed = apply::write(work, &plan, &known).await?;
    let mut digest = Sha256::new();
    files.iter().for_each(|file| digest.update(Sha256::digest(file)));
    let digest = hex::encode(digest.finalize());
    let (by, now) = (work.person(), work.now);
    let id = imports::note(work.tx, (&digest, &counts.to_string()), by, now).await?;
    let top = work.units.root().map(|top| top.id);
    let entry = Entry::new(Act::ListsTakenIn, format!("DS-{id}")).within(top);
    work.note(entry.became(Field::Added, plan.people.added).became(Field::Changed, changed.len()))
        .await?;
    for (code, unit) in changed {
        work.note(Entry::new(Act::PersonChanged, code).within(unit)).await?;
    }
    Ok(id)
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
