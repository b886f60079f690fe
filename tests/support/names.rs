//! Who may be named and who may not, where only codes may be shown.

use diudat::store::faces::{self, Face};
use diudat::store::{Db, people};

/// Folded names of the official members of a day.
pub async fn officials(db: &Db, day: chrono::NaiveDate) -> Vec<String> {
    folded(everybody(db, day).await.iter().filter(|face| face.official))
}

/// Folded names of every candidate and probationary member.
pub async fn secrets(db: &Db, today: chrono::NaiveDate) -> Vec<String> {
    let everybody = everybody(db, today).await;
    let hidden = |face: &&Face| face.case_code.is_some() && !face.official;
    let found = folded(everybody.iter().filter(hidden));
    assert!(found.len() > 10, "the demo has candidates: {found:?}");
    found
}

async fn everybody(db: &Db, day: chrono::NaiveDate) -> Vec<Face> {
    let mut tx = db.read().await.unwrap();
    let ids: Vec<_> = people::all(&mut tx, day).await.unwrap().iter().map(|p| p.id).collect();
    faces::of(&mut tx, &ids, day).await.unwrap()
}

fn folded<'a>(faces: impl Iterator<Item = &'a Face>) -> Vec<String> {
    faces.map(|face| face.name.folded()).collect()
}
