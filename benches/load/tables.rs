//! Databases for what is measured: made, filled and asked behind the program's back.

use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Row};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// Where databases of one engine are made.
pub enum Ground {
    Sqlite(PathBuf),
    /// A superuser's URL of a server.
    Postgres(String),
}

/// A database; gone with this value or, on a server, with the server.
pub struct Database {
    pub url: String,
    name: String,
}

impl Ground {
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A database of this name, as a copy of another if there is one.
    pub async fn make(&self, name: &str, of: Option<&Database>) -> Database {
        match self {
            Self::Sqlite(folder) => {
                let file = folder.join(format!("{name}.db"));
                for suffix in ["", "-wal", "-shm", "-leader"] {
                    let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
                }
                if let Some(of) = of {
                    std::fs::copy(folder.join(format!("{}.db", of.name)), &file).expect("a copy");
                    sync(&file);
                }
                Database { url: format!("sqlite://{}", file.display()), name: name.to_owned() }
            }
            Self::Postgres(server) => {
                let of = match of {
                    Some(of) => format!("TEMPLATE {} STRATEGY FILE_COPY", of.name),
                    None => String::new(),
                };
                let texts = [
                    format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
                    format!("CREATE DATABASE {name} {of}"),
                    // What is written later is not slowed down by what was written now.
                    "CHECKPOINT".to_owned(),
                ];
                let mut connection = PgConnection::connect(server).await.expect("the server");
                for text in texts {
                    let query = sqlx::raw_sql(AssertSqlSafe(text));
                    query.execute(&mut connection).await.expect("a database is made");
                }
                let _ = connection.close().await;
                Database { url: beside(server, name), name: name.to_owned() }
            }
        }
    }
}

/// What was copied reaches the disk before anything is measured.
fn sync(file: &Path) {
    std::fs::File::open(file).and_then(|file| file.sync_all()).expect("the disk");
}

/// The URL of another database on the same server.
fn beside(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let (server, _) = address.rsplit_once('/').expect("a URL with a database");
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{server}/{name}{mark}{options}")
}

impl Database {
    /// Runs statements that answer nothing.
    pub async fn run(&self, text: &str) {
        let text = sqlx::raw_sql(AssertSqlSafe(text.to_owned()));
        if self.url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(&self.url).await.expect("it opens");
            text.execute(&mut connection).await.expect("the statements run");
            connection.close().await.expect("it closes");
        } else {
            let mut connection = PgConnection::connect(&self.url).await.expect("it opens");
            text.execute(&mut connection).await.expect("the statements run");
            connection.close().await.expect("it closes");
        }
    }

    /// The whole numbers in the first column.
    pub async fn numbers(&self, text: &str) -> Vec<i64> {
        let query = sqlx::raw_sql(AssertSqlSafe(text.to_owned()));
        if self.url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(&self.url).await.expect("it opens");
            let rows = query.fetch_all(&mut connection).await.expect("the question is answered");
            rows.iter().map(|row| row.get(0)).collect()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.expect("it opens");
            let rows = query.fetch_all(&mut connection).await.expect("the question is answered");
            rows.iter().map(|row| row.get(0)).collect()
        }
    }

    /// Waits until every message is marked finished.
    pub async fn finished(&self) {
        const OPEN: &str = "SELECT id FROM outbox WHERE state = 'ready' UNION ALL
            SELECT id FROM outbox WHERE state IN ('sending', 'retry') LIMIT 1";
        while !self.numbers(OPEN).await.is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}
