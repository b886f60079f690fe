//! A look into the database, past the program and past the proxy: for what the run left behind, and
//! for whether anything is still to be done. What is expected is never asked here.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::support::Engine;

/// Updates not handled and messages not finished.
const UNFINISHED: &str = "SELECT CAST((SELECT COUNT(*) FROM inbox WHERE state = 'waiting')
    + (SELECT COUNT(*) FROM outbox WHERE state IN ('ready', 'sending', 'retry')) AS TEXT)";

enum Open {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

pub struct Eye {
    engine: Engine,
    url: String,
    open: Option<Open>,
}

impl Eye {
    pub fn on(engine: Engine, url: &str) -> Self {
        Self { engine, url: url.to_owned(), open: None }
    }

    /// Whether nothing is left to be done; not if the database does not answer.
    pub async fn sees_quiet(&mut self) -> bool {
        matches!(self.texts(UNFINISHED).await.as_deref(), Some([count]) if count == "0")
    }

    /// The only column of a query, as text.
    pub async fn texts(&mut self, sql: &str) -> Option<Vec<String>> {
        if self.open.is_none() {
            self.open = self.connect().await.ok();
        }
        let sql = AssertSqlSafe(sql.to_owned());
        let found: Result<Vec<(String,)>, sqlx::Error> = match self.open.as_mut()? {
            Open::Sqlite(connection) => sqlx::query_as(sql).fetch_all(connection).await,
            Open::Postgres(connection) => sqlx::query_as(sql).fetch_all(connection).await,
        };
        match found {
            Ok(rows) => Some(rows.into_iter().map(|(text,)| text).collect()),
            Err(_) => {
                self.open = None;
                None
            }
        }
    }

    async fn connect(&self) -> Result<Open, sqlx::Error> {
        Ok(match self.engine {
            Engine::Sqlite => Open::Sqlite(SqliteConnection::connect(&self.url).await?),
            Engine::Postgres => Open::Postgres(PgConnection::connect(&self.url).await?),
        })
    }

    pub async fn close(&mut self) {
        let _ = match self.open.take() {
            Some(Open::Sqlite(connection)) => connection.close().await,
            Some(Open::Postgres(connection)) => connection.close().await,
            None => Ok(()),
        };
    }
}
