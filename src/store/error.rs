//! What goes wrong between us and the database, by kind: what somebody reads in a log, and whether
//! the same thing may work later. It is always our fault or the machine's, never a person's.

use sqlx::Error as Sql;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It does not answer: its server stops or is gone, the connection broke, the disk fails.
    #[error("the database is away: {0}")]
    Away(#[source] Sql),
    /// Others hold what was needed, or changed it at the same time.
    #[error("the database is busy: {0}")]
    Busy(#[source] Sql),
    /// Its disk has no room.
    #[error("the disk of the database is full: {0}")]
    Full(#[source] Sql),
    #[error("the database can only be read: {0}")]
    ReadOnly(#[source] Sql),
    /// There is no such database, or it does not let us in.
    #[error("the database cannot be opened: {0}")]
    Unopened(#[source] Sql),
    /// What stands between us and PostgreSQL refuses how we speak.
    #[error(
        "the database: the pooler refuses us: {0}; in pgbouncer.ini set \
         ignore_startup_parameters = extra_float_digits,options"
    )]
    Pooler(#[source] Sql),
    /// What the engine finds in its own files makes no sense.
    #[error("the database is damaged: {0}")]
    Damaged(#[source] Sql),
    /// A row would break a rule of the schema: unique, not null, a reference.
    #[error("the database: a rule of the schema: {0}")]
    Constraint(#[source] Sql),
    /// Everything else that a statement can meet.
    #[error("the database: a statement failed: {0}")]
    Query(#[source] Sql),
    #[error("the migrations: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A value in a row is none that this version knows: what was found, or what is wrong with it.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(String),
    /// Rows that belong together do not fit: what is wrong with them.
    #[error("the database's rows do not fit together: {0}")]
    Inconsistent(String),
    /// Another process leads now; what was begun is not committed.
    #[error("another process leads")]
    Deposed,
    /// The same work was committed from elsewhere in the meantime; what was begun is not.
    #[error("the same was done already")]
    Outrun,
    /// A statement that writes, in a transaction that was begun to read: what it wrote would be lost.
    #[error("{0} writes where only reading was meant to be")]
    OnlyReading(&'static str),
    #[error("the database's address must begin with sqlite:// or postgres://")]
    Address,
    #[error("the file of the database cannot be made or read: {0}")]
    Folder(std::io::Error),
    /// What stands in the place of a database is none of this program: what it is.
    #[error("this is no database of this program, but {0}")]
    Foreign(String),
    /// The log of a copy stands beside it, so the file alone is not all of it.
    #[error(
        "{} stands beside it, so this file alone is not the whole database; end the program that \
         uses it, or let \"diudat backup\" make a copy of it, and restore that", .0.display()
    )]
    NotAlone(std::path::PathBuf),
    /// A newer version has changed the schema; what it is now, and the newest that this one knows.
    #[error("{}", newer(needs.as_deref(), *schema, *newest))]
    Newer { needs: Option<String>, schema: i64, newest: i64 },
    /// What went wrong with a file; the address of a database on a server may hold a password.
    #[error("{}: {why}", file.display())]
    At { file: std::path::PathBuf, why: Box<StoreError> },
}

/// Which version a database needs, as far as it is known.
fn newer(needs: Option<&str>, schema: i64, newest: i64) -> String {
    let ours = env!("CARGO_PKG_VERSION");
    let needs = match needs {
        Some(needs) if needs != ours => format!("version {needs} or later"),
        _ => "the version that used it last, or a later one".to_owned(),
    };
    format!(
        "a newer version of this program has used this database: it needs {needs}, and this is \
         {ours} (its schema is {schema}, this version knows {newest})"
    )
}

impl StoreError {
    /// Whether the same thing may work later; anything else would fail again.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Away(_) | Self::Busy(_) | Self::Full(_) => true,
            // A server that stood by is made to take writes, or another takes its place.
            Self::ReadOnly(_) => true,
            // Somebody else will do it, or has done it.
            Self::Deposed | Self::Outrun => true,
            _ => false,
        }
    }

    /// The same failure as one that passes, because what caused it was put right.
    pub(super) fn again(self) -> Self {
        match self {
            Self::Query(error) => Self::Busy(error),
            other => other,
        }
    }
}

/// Makes an error of what the driver says.
type Kind = fn(Sql) -> StoreError;

impl From<Sql> for StoreError {
    fn from(error: Sql) -> Self {
        let kind: Kind = match &error {
            Sql::Database(told) => told.code().map_or(Self::Query, |code| of_code(&code)),
            Sql::Io(_)
            | Sql::Tls(_)
            | Sql::Protocol(_)
            | Sql::PoolTimedOut
            | Sql::PoolClosed
            | Sql::WorkerCrashed => Self::Away,
            Sql::Configuration(_) => Self::Unopened,
            Sql::ColumnDecode { .. } | Sql::Decode(_) => {
                |error| Self::Unreadable(error.to_string())
            }
            _ => Self::Query,
        };
        kind(error)
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// SQLITE_IOERR_SHMSIZE.
const NO_ROOM_FOR_INDEX: i64 = 4874;

/// The kind behind an engine's code: five characters of PostgreSQL, of which the first two name a
/// class (<https://www.postgresql.org/docs/current/errcodes-appendix.html>), or a number of SQLite,
/// whose lowest byte does (<https://www.sqlite.org/rescode.html>).
fn of_code(code: &str) -> Kind {
    if let (true, Ok(number)) = (code.len() < 5, code.parse::<i64>()) {
        // An I/O error by name: the index of the log cannot grow, so nobody can begin to read.
        if number == NO_ROOM_FOR_INDEX {
            return StoreError::Full;
        }
        return match number & 0xff {
            5 | 6 => StoreError::Busy,
            8 => StoreError::ReadOnly,
            10 => StoreError::Away,
            11 | 26 => StoreError::Damaged,
            13 => StoreError::Full,
            3 | 14 | 23 => StoreError::Unopened,
            19 => StoreError::Constraint,
            _ => StoreError::Query,
        };
    }
    match (code.get(..2), code) {
        (_, "53100") => StoreError::Full,
        // Another transaction held what was needed for too long.
        (_, "55P03") => StoreError::Busy,
        (_, "25006") => StoreError::ReadOnly,
        (_, "XX001" | "XX002") => StoreError::Damaged,
        (_, "3D000") | (Some("28"), _) => StoreError::Unopened,
        // Connection; operator intervention.
        (Some("08" | "57"), _) => StoreError::Away,
        // Resources; serialization.
        (Some("53" | "40"), _) => StoreError::Busy,
        (Some("23"), _) => StoreError::Constraint,
        _ => StoreError::Query,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_without_room_is_a_full_disk_and_no_failing_one() {
        let error = |code| of_code(code)(Sql::RowNotFound);
        assert!(matches!(error("4874"), StoreError::Full(_)));
        assert!(matches!(error("778"), StoreError::Away(_)));
    }
}
