//! A PostgreSQL of the harness's own, because it is killed: the postmaster and all its children at
//! once, in the middle of whatever they do.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::task::block_in_place;

use crate::support::postgres::keep;

/// Makes a cluster in the folder `$1` with the programs in `$2` and obeys `start` and `kill`; at the
/// end of its input it takes everything away. What was committed survives a kill, because only the
/// power of the machine could take it from the disk's cache.
const KEEPER: &str = r#"
folder=$1 programs=$2
cd "$folder" || exit 1
"$programs/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 || exit 1
echo made
while read -r order; do
    case $order in
    start) "$programs/pg_ctl" -D data -l server.log -w -t 60 start >>log 2>&1 \
        -o "-k '$folder' -c listen_addresses='' -c fsync=off -c synchronous_commit=on
            -c full_page_writes=off -c shared_buffers=16MB -c max_connections=100
            -c autovacuum=off" && echo started || echo failed ;;
    kill) "$programs/pg_ctl" -D data -m immediate -w stop >>log 2>&1; echo killed ;;
    esac
done
"$programs/pg_ctl" -D data -m immediate -w stop >>log 2>&1
cd / && rm -rf "$folder"
"#;

pub struct Cluster {
    folder: PathBuf,
    keeper: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    databases: usize,
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.keeper.wait();
    }
}

impl Cluster {
    pub fn start() -> Self {
        let (folder, mut keeper) = keep(KEEPER);
        let orders = keeper.stdin.take();
        let answers = BufReader::new(keeper.stdout.take().expect("the pipe asked for"));
        let mut cluster = Self { folder, keeper, orders, answers, databases: 0 };
        cluster.hears("made");
        cluster.revive();
        cluster
    }

    fn order(&mut self, order: &str) {
        let orders = self.orders.as_mut().expect("open until the end");
        writeln!(orders, "{order}").expect("the keeper listens");
    }

    fn hears(&mut self, answer: &str) {
        let mut line = String::new();
        let _ = self.answers.read_line(&mut line);
        if line.trim() != answer {
            let log = |name: &str| std::fs::read_to_string(self.folder.join(name));
            let told = [log("log"), log("server.log")].map(Result::unwrap_or_default).concat();
            panic!("PostgreSQL: {line:?} instead of {answer:?}\n{told}");
        }
    }

    /// Ends the server and everybody in it at once.
    pub fn kill(&mut self) {
        block_in_place(|| {
            self.order("kill");
            self.hears("killed");
        });
    }

    pub fn revive(&mut self) {
        block_in_place(|| {
            self.order("start");
            self.hears("started");
        });
    }

    /// The folder of its socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn url(folder: &Path, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", folder.display())
    }

    /// A new database, empty or a copy of another one; its name.
    pub async fn database(&mut self, template: Option<&str>) -> String {
        self.databases += 1;
        let name = format!("faults_{}", self.databases);
        let create = format!("CREATE DATABASE {name} TEMPLATE {}", template.unwrap_or("template1"));
        self.run(&create).await;
        name
    }

    pub async fn drop_database(&self, name: &str) {
        self.run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }

    async fn run(&self, sql: &str) {
        let url = Self::url(&self.folder, "postgres");
        let mut connection = PgConnection::connect(&url).await.expect("the server answers");
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        sql.execute(&mut connection).await.expect("the statement runs");
        connection.close().await.expect("the server lets go");
    }
}
