//! Who may be named and who may not, where only codes may be shown.

use diudat::domain::people::{Person, Status};
use diudat::store::{Db, cases, people};

/// Folded names of the official members of a day.
pub async fn officials(db: &Db, day: chrono::NaiveDate) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let statuses = people::statuses(&mut tx, day).await.unwrap();
    let everyone = people::all(&mut tx, day).await.unwrap();
    let official = |person: &Person| statuses.get(&person.id) == Some(&Status::Official);
    everyone.iter().filter(|person| official(person)).map(|p| p.name.folded()).collect()
}

/// Folded names of every candidate and probationary member.
pub async fn secrets(db: &Db, today: chrono::NaiveDate) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let hidden = cases::names(&mut tx, today).await.unwrap();
    let everyone = people::all(&mut tx, today).await.unwrap();
    let found: Vec<_> = everyone
        .into_iter()
        .filter(|person| hidden.iter().any(|(_, name)| name == person.name.in_full()))
        .map(|person| person.name.folded())
        .collect();
    assert!(found.len() > 10, "the demo has candidates: {found:?}");
    found
}
