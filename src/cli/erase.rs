//! Erasing what is known of a person, at their demand: said first, done when it is confirmed.

use super::{Failed, Opened, open, say as print_line};
use crate::app::{self, NotErased};
use crate::config::Config;

pub(super) async fn erase(
    settings: Config,
    code: &str,
    reason: &str,
    confirmed: bool,
) -> Result<(), Failed> {
    let Opened { db, clock, practice } = open(&settings, None).await?;
    let now = clock.now();
    let mut tx = db.begin().await?;
    let erased = app::erase(&mut tx, code, reason, practice.today(now), now).await;
    let erased = erased.map_err(|why| match why {
        NotErased::Store(error) => Failed::Store(error),
        why => Failed::Refused(why.to_string()),
    })?;
    for (what, rows) in erased.blanked.iter().filter(|(_, rows)| *rows > 0) {
        print_line!("{rows:>7}  {what}");
    }
    if erased.has_namesake {
        print_line!("Somebody else has the same name: it was left in what people typed.");
    }
    if !confirmed {
        tx.rollback().await?;
        return Err(Failed::Refused(
            "nothing was changed; this cannot be undone, so say it again with --yes".to_owned(),
        ));
    }
    tx.commit().await?;
    db.close().await;
    print_line!("Erased. Copies made before still hold it: see docs/operations.md.");
    Ok(())
}
