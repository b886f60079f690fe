//! A private PostgreSQL for tests, started at the first use in a test process and gone with it.
//!
//! `DIUDAT_TEST_POSTGRES` may name a server that is already running and used for nothing else: the
//! URL of a superuser, who finds databases `diudat_test_…` there afterwards. Without it the server
//! is made here, in a folder of its own, reachable only through a socket in it. Where PostgreSQL is
//! not installed the tests fail and say so: they are never skipped.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use diudat::store::Db;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

/// The URL of a new database with the newest schema.
pub async fn fresh_database() -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(migrated_template).await;
    create_database(Some(template)).await.0
}

/// The URL of a new database without any table.
pub async fn empty_database() -> String {
    create_database(None).await.0
}

/// The URL of a copy of the database at this URL, which nobody has open.
pub async fn copy_of(url: &str) -> String {
    let address = url.split('?').next().unwrap_or_default();
    create_database(address.rsplit('/').next()).await.0
}

/// Migrates once; every fresh database is a copy.
async fn migrated_template() -> String {
    let (url, name) = create_database(None).await;
    let db = Db::open(&url, 1).await.expect("the migrations apply to an empty database");
    db.close().await;
    name
}

/// URL and name of a new database.
async fn create_database(template: Option<&str>) -> (String, String) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("diudat_test_{}_{count}", std::process::id());
    let server = server().await;
    let mut connection =
        PgConnection::connect(&server.url("postgres")).await.expect("the test server answers");
    // A server that is not ours may hold one of an earlier process with this id.
    let drop = format!("DROP DATABASE IF EXISTS {name}");
    let create = format!("CREATE DATABASE {name} TEMPLATE {}", template.unwrap_or("template1"));
    for sql in [drop, create] {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a new database");
    }
    connection.close().await.expect("the test server lets go");
    (server.url(&name), name)
}

/// How the databases of a server are named from outside: what stands before and after their name.
struct Server {
    before: String,
    after: String,
    /// Holds the end of the pipe that keeps our own server alive.
    _watchdog: Option<Child>,
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("{}{database}{}", self.before, self.after)
    }

    fn running_at(url: &str) -> Self {
        let (address, options) = url.split_once('?').unwrap_or((url, ""));
        let (scheme, rest) = address.split_once("://").expect("a URL postgres://…");
        let authority = rest.split('/').next().unwrap_or_default();
        let after = if options.is_empty() { String::new() } else { format!("?{options}") };
        Self { before: format!("{scheme}://{authority}/"), after, _watchdog: None }
    }
}

async fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    // Starting takes seconds; the runtimes of other tests wait for it on their own threads.
    tokio::task::spawn_blocking(|| SERVER.get_or_init(find_or_start))
        .await
        .expect("a PostgreSQL for the tests")
}

#[allow(clippy::disallowed_methods, reason = "a setting of the tests, not of the program")]
fn find_or_start() -> Server {
    match std::env::var("DIUDAT_TEST_POSTGRES") {
        Ok(url) if !url.is_empty() => Server::running_at(&url),
        _ => start(),
    }
}

/// Makes a cluster in the folder `$1` with the programs in `$2`, and stops and removes it when
/// standard input ends: when the test process is gone, however it went. Nothing in it is worth
/// keeping, so it never waits for the disk; a test that waits for a lock fails in the end.
const WATCHDOG: &str = r#"
folder=$1 programs=$2
cd "$folder" &&
"$programs/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 &&
"$programs/pg_ctl" -D data -l server.log -w -t 60 start >>log 2>&1 \
    -o "-k '$folder' -c listen_addresses='' -c fsync=off -c synchronous_commit=off
        -c full_page_writes=off -c shared_buffers=32MB -c max_connections=200
        -c lock_timeout=20s" &&
echo ready || echo failed
cat >/dev/null
"$programs/pg_ctl" -D data -m immediate -w stop >>log 2>&1
cd / && rm -rf "$folder"
"#;

fn start() -> Server {
    let (folder, mut watchdog) = keep(WATCHDOG);
    await_ready(&mut watchdog, &folder);
    Server {
        before: "postgres://postgres@localhost/".to_owned(),
        after: format!("?host={}", folder.display()),
        _watchdog: Some(watchdog),
    }
}

/// Runs a shell script over a cluster in a new folder, which it finds as `$1`, with the folder of
/// the server programs as `$2`; as somebody PostgreSQL agrees to run as. The script takes the folder
/// away when its input ends.
pub fn keep(script: &str) -> (PathBuf, Child) {
    let folder = tempfile::Builder::new()
        .prefix("diudat-pg-")
        .tempdir()
        .expect("a folder for PostgreSQL")
        .keep();
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]).arg(&folder).arg(programs());
    // PostgreSQL refuses to run as root.
    if id(&["-u"]) == Some(0) {
        let (user, group) = ordinary_user();
        std::os::unix::fs::chown(&folder, Some(user), Some(group)).expect("a folder to give away");
        command.uid(user).gid(group);
    }
    // Out of our process group, so that Ctrl-C leaves the script the time to clean up.
    let shell = command
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell to watch over PostgreSQL");
    (folder, shell)
}

fn await_ready(watchdog: &mut Child, folder: &Path) {
    let stdout = watchdog.stdout.take().expect("the pipe asked for");
    let mut line = String::new();
    let read = BufReader::new(stdout).read_line(&mut line);
    if read.is_err() || line.trim() != "ready" {
        let log = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        let told = format!("{}{}", log("log"), log("server.log"));
        drop(watchdog.stdin.take());
        let _ = watchdog.wait();
        panic!("PostgreSQL for the tests did not start:\n{told}");
    }
}

/// The folder with PostgreSQL's server programs: on the PATH, or where Debian keeps the newest.
pub fn programs() -> PathBuf {
    let complete = |folder: &PathBuf| {
        ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).is_file())
    };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    debian.sort_unstable_by_key(|(version, _)| std::cmp::Reverse(*version));
    std::env::split_paths(&path)
        .chain(debian.into_iter().map(|(_, folder)| folder))
        .find(complete)
        .unwrap_or_else(|| {
            panic!(
                "These tests need PostgreSQL's server programs (initdb, pg_ctl, postgres), and \
                 they are neither on the PATH nor in /usr/lib/postgresql/*/bin. Install them \
                 (Debian, Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server; \
                 macOS: brew install postgresql), or set DIUDAT_TEST_POSTGRES to the superuser's \
                 URL of a running server kept for tests."
            )
        })
}

/// User and group of an account that owns nothing of ours.
pub fn ordinary_user() -> (u32, u32) {
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| Some((id(&["-u", name])?, id(&["-g", name])?)))
        .expect("PostgreSQL does not run as root, and there is neither user postgres nor nobody")
}

/// What the program `id` answers.
pub fn id(args: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(args).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
