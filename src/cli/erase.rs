//! Erasing what is known of a person, at their demand: said first, done when it is confirmed.

use secrecy::ExposeSecret;

use super::{Failed, copies, open, say as print_line};
use crate::app;
use crate::config::Config;
use crate::operations::Doer;
use crate::operations::erasure::{self, NotErased};
use crate::store::{Scrubbed, StoreError, file};

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
        drop(deed);
        older_copies(&settings, &opened.practice.zone).await?;
        return Err(Failed::Refused(
            "nothing was changed; this cannot be undone, so say it again with --yes".to_owned(),
        ));
    }
    deed.end().await?;
    print_line!("Erased.");
    let scrubbed = app::scrub(&opened.db).await;
    print_line!("{}", left(scrubbed, settings.database.url.expose_secret()));
    opened.db.close().await;
    older_copies(&settings, &opened.practice.zone).await
}

/// What the files of the database still hold, and what becomes of that.
fn left(scrubbed: Result<Option<Scrubbed>, StoreError>, url: &str) -> String {
    let again = "The running program tries again at its start and once a day.";
    match scrubbed {
        Ok(None | Some(Scrubbed::Clean)) => {
            "The file of the database was rewritten and its log emptied: neither holds it any more."
                .to_owned()
        }
        Ok(Some(Scrubbed::LogHeld)) => {
            let log = file::of_address(url).map(|file| file::with_ending(&file, "-wal"));
            format!(
                "The file of the database was rewritten, but its log, {}, still holds what was erased: \
                 another process reads the database all the time, so the log could not be emptied. Find \
                 that process and end it; a running \"diudat serve\" then empties the log within minutes, \
                 and without one the log goes with the last process that has the database open.",
                log.unwrap_or_default().display()
            )
        }
        Ok(Some(Scrubbed::Server { left })) => {
            let tables = match left.as_slice() {
                [] => "The tables were rewritten (CLUSTER).".to_owned(),
                left => format!(
                    "These tables could not be rewritten and may still hold it: {}. {again} Or let \
                     their owner run VACUUM FULL.",
                    left.join(", ")
                ),
            };
            format!(
                "{tables} The server's log (WAL), its archive, replicas and base backups hold it until \
                 they are recycled; that is its administrator's."
            )
        }
        Err(error) => format!("The files of the database may still hold it: {error}. {again}"),
    }
}

/// Says which copies hold what was erased.
async fn older_copies(settings: &Config, zone: &chrono_tz::Tz) -> Result<(), Failed> {
    let copies = copies::beside(settings, *zone).await;
    for (file, day) in &copies {
        print_line!("still held by the copy {} of {}", file.display(), day.format("%d/%m/%Y"));
    }
    let others = if copies.is_empty() { "Copies" } else { "Other copies" };
    print_line!(
        "{others} made before, wherever they are kept, hold it as well: see docs/operations.md."
    );
    Ok(())
}
