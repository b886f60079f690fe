//! Erasing what is known of a person, at their demand: said first, done when it is confirmed.

use super::{Failed, open, say as print_line};
use crate::config::Config;
use crate::operations::Doer;
use crate::operations::erasure::{self, NotErased};

pub(super) async fn erase(
    settings: Config,
    code: &str,
    reason: &str,
    confirmed: bool,
) -> Result<(), Failed> {
    let opened = open(&settings, None).await?;
    let mut deed = opened.deed(Doer::Administrator).await?;
    let erased = erasure::erase(&mut deed.work(), code, reason).await;
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
        return Err(Failed::Refused(
            "nothing was changed; this cannot be undone, so say it again with --yes".to_owned(),
        ));
    }
    deed.end().await?;
    opened.db.close().await;
    print_line!("Erased. Copies made before still hold it: see docs/operations.md.");
    Ok(())
}
