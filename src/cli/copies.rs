//! Copies that can be trusted: made while the database is in use, checked before they count and before
//! they replace anything, and as private as what they copy.

use std::fs::{File, Permissions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use secrecy::ExposeSecret;

use super::{Failed, say as print_line};
use crate::app;
use crate::config::Config;
use crate::domain::units::UnitTree;
use crate::store::file::{self, private_folder, with_ending};
use crate::store::{Db, StoreError};

/// What PostgreSQL's own tools are for.
const POSTGRES: &str = "this database is PostgreSQL, whose own tools copy it while it is in use:\n  \
    umask 077\n  \
    pg_dump --format=custom --file=FILE \"$URL\"\n\
    to restore, stop every `diudat serve` on it, and then:\n  \
    psql -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' \"$URL\"\n  \
    pg_restore --single-transaction --dbname=\"$URL\" FILE\n  \
    diudat check";

/// What the name of a database goes on with that a restore has put aside.
const BEFORE: &str = ".before-restore";
/// What the name of a folder begins with in which a copy is made, and what the copy is called there.
const WORKSHOP: &str = ".diudat-";
const PART: &str = "copy.db";

pub(super) async fn backup(settings: Config, file: &Path) -> Result<(), Failed> {
    let place = place(&settings)?;
    if !place.exists() {
        return Err(about(&place, "there is no database to copy"));
    }
    if file.symlink_metadata().is_ok() {
        return Err(about(file, THERE));
    }
    // Written beside its place, so that nobody takes half a copy for a whole one, and in a folder
    // that nobody else can look into, so that SQLite's own files are private as well.
    let workshop = Workshop::beside(file)?;
    let part = workshop.part()?;
    let db = app::open_organisation(&settings.database).await?;
    db.copy_to(&part).await.map_err(|error| about(file, &error))?;
    db.close().await;
    verify(&part, file).await?;
    let size = std::fs::metadata(&part)?.len();
    File::open(&part)?.sync_all()?;
    put(&part, file)?;
    print_line!("{}: {} KiB, checked", file.display(), size.div_ceil(1024));
    Ok(())
}

pub(super) async fn restore(settings: Config, file: &Path) -> Result<(), Failed> {
    let place = place(&settings)?;
    // Everything that can be said by looking is said before anything is made.
    file::is_whole_copy(file).await.map_err(|error| about(file, &error))?;
    if place.is_dir() {
        return Err(about(&place, "a folder is in the place of the database"));
    }
    if let (Ok(copy), Ok(there)) = (file.canonicalize(), place.canonicalize())
        && copy == there
    {
        return Err(about(file, "this is the database itself"));
    }
    // Where a link leads: the link stays one.
    let named = place;
    let place = named.canonicalize().unwrap_or_else(|_| named.clone());
    if file::is_foreign(&place).await {
        return Err(about(&named, "a database of another program, which is not replaced"));
    }
    // The copy is checked, and brought up to date, in a copy of its own, so that the file given stays
    // as it was made.
    let workshop = Workshop::beside(&place)?;
    let part = workshop.part()?;
    // Not by `fs::copy`, which would open it to whoever may read the file given.
    let copied = File::open(file).and_then(|mut from| {
        std::io::copy(&mut from, &mut File::options().write(true).open(&part)?)
    });
    copied.map_err(|error| about(file, &error))?;
    verify(&part, file).await?;
    let _lock = alone(&place)?;
    let running =
        "the program is running on this database; stop it first, and whatever else has it open";
    let kept = if place.exists() {
        match file::fold(&place).await {
            Ok(true) => {}
            Ok(false) => return Err(about(&place, running)),
            // It cannot be read, which may be why a copy is restored: it is kept as it is.
            Err(error) => tracing::warn!(%error, "what is replaced cannot be read"),
        }
        same_owner(&place, &part)?;
        Some(aside(&place)?)
    } else {
        None
    };
    File::open(&part)?.sync_all()?;
    // Over what was there, which has another name by now: there is no moment without a database.
    std::fs::rename(&part, &place)?;
    workshop.done();
    print_line!("{} is in the place of {}", file.display(), named.display());
    if let Some(old) = kept {
        print_line!("what was there before is kept as {}", old.display());
    }
    Ok(())
}

/// Copies of the database that stand beside it, with the day each was written: those that a restore
/// put aside, and whatever else is a database of ours.
pub(super) async fn beside(settings: &Config, zone: Tz) -> Vec<(PathBuf, NaiveDate)> {
    let Ok(place) = place(settings) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder_of(&place)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if Some(name.as_os_str()) == place.file_name() {
            continue;
        }
        let name = name.to_string_lossy();
        // Of a copy that was broken off with the program or the machine.
        let is_left = name.starts_with(WORKSHOP);
        let file = if is_left { entry.path().join(PART) } else { entry.path() };
        let is_ours = match file::is_whole_copy(&file).await {
            Ok(()) => true,
            Err(StoreError::NotAlone(_) | StoreError::Newer { .. }) => true,
            Err(_) => is_left || name.contains(BEFORE),
        };
        // What was put aside may have been empty, and holds nobody.
        let about = std::fs::metadata(&file).ok().filter(|about| about.len() > 0);
        if is_ours && let Some(Ok(written)) = about.map(|about| about.modified()) {
            let written: DateTime<chrono::Utc> = written.into();
            found.push((file, written.with_timezone(&zone).date_naive()));
        }
    }
    found.sort();
    found
}

const THERE: &str = "it is there already, and nothing is overwritten";

/// A new file for its owner's eyes only.
pub(super) fn private_file(file: &Path) -> Result<File, Failed> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map_err(|error| about(file, &error))
}

fn about(file: &Path, why: &(impl std::fmt::Display + ?Sized)) -> Failed {
    Failed::Refused(format!("{}: {why}", file.display()))
}

/// Where the database is, or what is to be used for one that is no file.
fn place(settings: &Config) -> Result<PathBuf, Failed> {
    let url = settings.database.url.expose_secret();
    match file::of_address(url) {
        Some(place) => Ok(place),
        None if url.starts_with("postgres") => Err(Failed::Refused(POSTGRES.to_owned())),
        None => Err(StoreError::Address.into()),
    }
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A folder beside a file, closed to others, in which a copy is made. It goes with everything in it,
/// and so do the folders that were made for it, unless it has done its work.
struct Workshop {
    folder: Option<tempfile::TempDir>,
    /// The outermost first.
    made: Vec<PathBuf>,
}

impl Workshop {
    fn beside(file: &Path) -> Result<Self, Failed> {
        let folder = folder_of(file);
        let mut made: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|one| !one.as_os_str().is_empty() && !one.exists())
            .map(Path::to_owned)
            .collect();
        made.reverse();
        private_folder(folder).map_err(|error| about(file, &error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(WORKSHOP);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        match builder.tempdir_in(folder) {
            Ok(folder) => Ok(Self { folder: Some(folder), made }),
            Err(error) => {
                drop(Self { folder: None, made });
                Err(about(file, &error))
            }
        }
    }

    /// The empty file in which the copy is made.
    fn part(&self) -> Result<PathBuf, Failed> {
        let folder = self.folder.as_ref().map_or(Path::new("."), tempfile::TempDir::path);
        let part = folder.join(PART);
        private_file(&part)?;
        Ok(part)
    }

    fn done(mut self) {
        self.made.clear();
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.folder.take();
        for folder in self.made.iter().rev() {
            // Only while it is empty.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Whether a copy is a whole database of ours; what is wrong is said of the file that was named.
/// Opening it brings its schema up to date.
async fn verify(part: &Path, named: &Path) -> Result<(), Failed> {
    let refused = |error: StoreError| about(named, &error);
    let db = Db::open(&format!("sqlite://{}", part.display()), 1).await.map_err(refused)?;
    let verdict = db.integrity().await;
    let units = match db.read().await {
        Ok(mut tx) => UnitTree::load(&mut tx).await,
        Err(error) => Err(error),
    };
    db.close().await;
    match (verdict, units) {
        (Ok(None), Ok(_)) => Ok(()),
        (Ok(Some(words)), _) => Err(about(named, &format!("damaged: {words}; use another copy"))),
        (Err(error), _) | (_, Err(error)) => Err(refused(error)),
    }
}

/// The lock that whoever leads on a database holds, for as long as it is kept.
fn alone(place: &Path) -> Result<Option<File>, Failed> {
    // Not made if it is not there: made by another user it would stand in the program's way.
    let lock = match File::open(with_ending(place, "-leader")) {
        Ok(lock) => lock,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(about(place, &error)),
    };
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(_) => Err(about(place, "the program is running on this database; stop it first")),
    }
}

/// Gives a new file the owner and the mode of the one it will replace.
fn same_owner(old: &Path, new: &Path) -> Result<(), Failed> {
    let about_old = std::fs::metadata(old)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let about_new = std::fs::metadata(new)?;
        let owner = (about_old.uid(), about_old.gid());
        if owner != (about_new.uid(), about_new.gid()) {
            chown(new, Some(owner.0), Some(owner.1)).map_err(|error| {
                let why = format!(
                    "it belongs to user {} and group {}, who would not own what replaces it \
                     ({error}); restore as that user, or as root",
                    owner.0, owner.1
                );
                about(old, &why)
            })?;
        }
    }
    let mode: Permissions = about_old.permissions();
    Ok(std::fs::set_permissions(new, mode)?)
}

/// Gives what is in a place a name that nothing has, beside the one it keeps until it is replaced;
/// its log, if it could not be folded in, goes with it.
fn aside(place: &Path) -> Result<PathBuf, Failed> {
    let names = (1_u32..).map(|n| match n {
        1 => with_ending(place, BEFORE),
        n => with_ending(place, &format!("{BEFORE}-{n}")),
    });
    for old in names {
        if with_ending(&old, "-wal").exists() {
            continue;
        }
        match put_beside(place, &old) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(about(&old, &error)),
        }
        for ending in ["-wal", "-journal"] {
            let log = with_ending(place, ending);
            if log.exists() {
                std::fs::rename(log, with_ending(&old, ending))?;
            }
        }
        let index = with_ending(place, "-shm");
        if index.exists() {
            std::fs::remove_file(index)?;
        }
        return Ok(old);
    }
    Err(about(place, "every name for what was there is taken"))
}

/// Puts a finished copy in its place, where nothing is.
fn put(part: &Path, file: &Path) -> Result<(), Failed> {
    match put_beside(part, file) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(about(file, THERE)),
        Err(error) => Err(about(file, &error)),
    }
}

/// A second name for a file, never that of another; on a file system without such names it is moved.
fn put_beside(file: &Path, name: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(file, name) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        Err(_) if name.symlink_metadata().is_ok() => Err(ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::rename(file, name),
        Ok(()) => Ok(()),
    }
}
