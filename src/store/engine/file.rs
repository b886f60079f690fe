//! The file of an SQLite database, looked at before anything opens it: what is not a database of this
//! program is neither touched nor taken for one.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::upkeep::{APPLIED, Applied, judge};
use crate::store::StoreError;

/// The header of a database (<https://www.sqlite.org/fileformat.html>).
const HEADER: usize = 100;
/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where an SQLite database is; `None`: the address is another engine's.
pub fn of_address(url: &str) -> Option<PathBuf> {
    let options = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok());
    options.flatten().map(|options| options.get_filename().to_owned())
}

/// Whether there is no file, or nothing in it.
pub(super) fn is_nothing(file: &Path) -> bool {
    std::fs::metadata(file).map_or_else(
        |error| error.kind() == std::io::ErrorKind::NotFound,
        |about| about.is_file() && about.len() == 0,
    )
}

/// The address of a database as it may be shown: without a password.
pub fn shown_address(url: &str) -> String {
    match of_address(url) {
        Some(file) => {
            let file = std::path::absolute(&file).unwrap_or(file);
            format!("sqlite://{}", file.display())
        }
        None => without_password(url),
    }
}

/// What stands between the scheme and the host, but for the user's name, is left out; so are parameters, of
/// which one may be a password as well.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return String::new() };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((who, place)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}

/// A file that belongs to another by its name: its log `-wal`, its lock `-leader`.
pub fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Makes a folder, and those above it, for nobody but its owner; leaves it as it is if it is there.
pub fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What the first bytes and the length of a file say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Empty,
    /// So many bytes, of a database that should have so many.
    Database {
        length: u64,
        expected: Option<u64>,
    },
    Other(&'static str),
}

fn head(file: &Path) -> Result<Head, StoreError> {
    let unopened = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            StoreError::Foreign("no file at all: there is none".to_owned())
        }
        _ => StoreError::Folder(error),
    };
    let about = std::fs::metadata(file).map_err(unopened)?;
    if about.is_dir() {
        return Ok(Head::Other("a folder; name the file in it"));
    }
    // A pipe would be waited for.
    if !about.is_file() {
        return Ok(Head::Other("no ordinary file"));
    }
    let mut bytes = Vec::with_capacity(HEADER);
    let open = std::fs::File::open(file).map_err(unopened)?;
    open.take(HEADER as u64).read_to_end(&mut bytes).map_err(unopened)?;
    Ok(match bytes.as_slice() {
        [] => Head::Empty,
        [0x37, 0x7f, 0x06, 0x82 | 0x83, ..] | [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, ..] => {
            Head::Other(
                "the log of a database, and nothing without the file it belongs to; name that",
            )
        }
        [b'P', b'G', b'D', b'M', b'P', ..] => {
            Head::Other("a copy of a PostgreSQL database; pg_restore takes it")
        }
        bytes if !bytes.starts_with(b"SQLite format 3\0") => Head::Other("no database"),
        bytes => Head::Database { length: about.len(), expected: expected(bytes) },
    })
}

/// How long the header says the file is; `None`: it does not say.
fn expected(header: &[u8]) -> Option<u64> {
    let number = |at: usize| {
        let bytes = header.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let page = match u16::from_be_bytes(header.get(16..18)?.try_into().ok()?) {
        1 => 65_536,
        size => u64::from(size),
    };
    // An older SQLite changed the file and did not count.
    (number(24)? == number(92)?).then_some(page * u64::from(number(28)?))
}

/// Whether a database may be opened here: nothing is there yet, or what is there is ours.
pub(super) async fn may_be_opened(file: &Path) -> Result<(), StoreError> {
    if !file.exists() {
        return Ok(());
    }
    match head(file)? {
        Head::Empty => Ok(()),
        Head::Other(what) => Err(StoreError::Foreign(what.to_owned())),
        Head::Database { .. } => {
            let mut connection = options(file).connect().await?;
            let found = ours_or_empty(&mut connection).await;
            connection.close().await?;
            found.map(drop)
        }
    }
}

/// Whether a file is a database of another program, as far as it can be read.
pub async fn is_foreign(file: &Path) -> bool {
    matches!(head(file), Ok(Head::Database { .. }))
        && matches!(may_be_opened(file).await, Err(StoreError::Foreign(_)))
}

/// Whether a file is a whole database of ours that nobody has open, as a copy is. Nothing is written,
/// not even beside it.
pub async fn is_whole_copy(file: &Path) -> Result<(), StoreError> {
    let refused = |what: String| Err(StoreError::Foreign(what));
    match head(file)? {
        Head::Empty => return refused("an empty file".to_owned()),
        Head::Other(what) => return refused(what.to_owned()),
        Head::Database { length, expected: Some(expected) } if length < expected => {
            return refused(format!("cut off: {length} of {expected} bytes are there"));
        }
        Head::Database { .. } => {}
    }
    for ending in ["-wal", "-journal"] {
        let log = with_ending(file, ending);
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(StoreError::NotAlone(log));
        }
    }
    let mut connection = options(file).immutable(true).connect().await?;
    let found = ours_or_empty(&mut connection).await;
    connection.close().await?;
    if found? { Ok(()) } else { refused("a database without any table".to_owned()) }
}

/// Whether the database has our tables; `false`: it has none at all.
async fn ours_or_empty(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let tables =
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let (tables,): (i64,) = sqlx::query_as(tables).fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(false);
    }
    let applied = applied(connection).await?;
    let by = "SELECT value FROM installation WHERE name = 'written_by'";
    let by = sqlx::query_as::<_, (String,)>(by).fetch_optional(connection).await;
    judge(&applied, by.ok().flatten().map(|(by,)| by))?;
    Ok(true)
}

/// The migrations that were applied; none if there is no list of them.
pub(super) async fn applied(connection: &mut SqliteConnection) -> Result<Vec<Applied>, StoreError> {
    let there =
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'";
    let (there,): (i64,) = sqlx::query_as(there).fetch_one(&mut *connection).await?;
    if there == 0 {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_as(APPLIED).fetch_all(connection).await?)
}

/// Puts the log of a database into its file, so that this is all of it; `false`: another process has
/// it open.
pub async fn fold(file: &Path) -> Result<bool, StoreError> {
    // SQLite throws away the log of what is no database.
    if !matches!(head(file)?, Head::Database { .. }) {
        return Err(StoreError::Foreign("no database".to_owned()));
    }
    let mut connection = options(file).connect().await?;
    let mode = "PRAGMA journal_mode = DELETE";
    let mode = sqlx::query_as::<_, (String,)>(mode).fetch_one(&mut connection).await;
    connection.close().await?;
    match mode.map_err(StoreError::from) {
        Ok((mode,)) => Ok(mode == "delete"),
        Err(StoreError::Busy(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).busy_timeout(PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (url, shown) in [
            ("postgres://an:s3cret@db.example/diudat", "postgres://an@db.example/diudat"),
            ("postgres://an:a@b@db:5432/diudat?password=x", "postgres://an@db:5432/diudat"),
            ("postgresql:///diudat?host=/run&password=x", "postgresql:///diudat"),
            ("sqlite:///srv/x.db", "sqlite:///srv/x.db"),
        ] {
            assert_eq!(shown_address(url), shown);
        }
    }
}
