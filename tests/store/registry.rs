//! Every statement of the program runs on both engines, and there is no SQL outside the registry.

use std::path::{Path, PathBuf};

use diudat::store::{Statement, figures, people, registry};
use rstest::rstest;
use rstest_reuse::apply;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use crate::support::{Engine, both_engines, fresh_db};

/// Lets sample rows stand without the rows they refer to, until the transaction ends.
const WITHOUT_REFERENCES: Statement = Statement {
    name: "WITHOUT_REFERENCES",
    sqlite: "PRAGMA defer_foreign_keys = ON",
    postgres: "SET LOCAL session_replication_role = replica",
    takes: &[],
};

#[apply(both_engines)]
#[tokio::test]
async fn every_statement_runs(engine: Engine) {
    let (db, _guard) = fresh_db(engine).await;
    let mut failed = Vec::new();
    for (module, statements) in registry() {
        assert!(!statements.is_empty(), "{module}");
        for statement in statements {
            let mut tx = db.begin().await.unwrap();
            tx.probe(&WITHOUT_REFERENCES).await.unwrap();
            if let Err(error) = tx.probe(statement).await {
                failed.push(format!("{module}::{}: {error}", statement.name));
            }
            tx.rollback().await.unwrap();
        }
    }
    assert!(failed.is_empty(), "{engine:?}:\n{}", failed.join("\n"));
}

/// What is finished must be found the same way however much is held and however long the history
/// is. SQLite once preferred its index of states, and walked through it for every row.
#[tokio::test]
async fn sqlite_finishes_messages_by_their_key() {
    let by_key = "SEARCH outbox USING INDEX sqlite_autoindex_outbox_1 (id=?)";
    for name in ["FINISH", "HOLD", "RELEASE", "RESUME", "CLAIM"] {
        let steps = sqlite_plan("outbox", name).await;
        assert!(steps.iter().any(|step| step == by_key), "{name}: {steps:?}");
    }
}

/// What waits is found by the index of what waits. SQLite once preferred the key of bot and update,
/// and walked through all that a bot had received within the retention.
#[tokio::test]
async fn sqlite_finds_what_waits_without_looking_at_what_is_done() {
    let steps = sqlite_plan("inbox", "WAITING").await;
    assert!(steps.iter().any(|s| s == "SCAN inbox USING INDEX inbox_waiting"), "{steps:?}");
    assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "{steps:?}");
}

/// Names in a text are found by their keys, however many people there are.
#[tokio::test]
async fn sqlite_finds_names_by_their_keys() {
    for name in ["NAMED", "CALLED"] {
        let steps = sqlite_plan("faces", name).await;
        let walks = |step: &String| step.starts_with("SCAN") && !step.contains("json_each");
        assert!(!steps.iter().any(walks), "{name}: {steps:?}");
        assert!(
            steps.iter().any(|step| step.contains("name_variant") || step.contains("SEARCH v"))
        );
    }
}

/// How SQLite goes about a statement, step by step.
async fn sqlite_plan(module: &str, name: &str) -> Vec<String> {
    let (_db, guard) = fresh_db(Engine::Sqlite).await;
    let mut connection = SqliteConnection::connect(&guard.url).await.unwrap();
    let statements = registry().into_iter().find(|(other, _)| *other == module).unwrap().1;
    let statement = statements.iter().find(|statement| statement.name == name).unwrap();
    let plan = format!("EXPLAIN QUERY PLAN {}", statement.sqlite);
    let mut query = sqlx::query(AssertSqlSafe(plan));
    for argument in ["[]", "[]", "1"].into_iter().take(statement.takes.len()) {
        query = query.bind(argument);
    }
    let rows = query.fetch_all(&mut connection).await.unwrap();
    rows.iter().map(|row| row.get("detail")).collect()
}

/// Path below `src/` and text of every source file.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root).unwrap().to_owned(), text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    assert!(found.len() > 10, "the sources are elsewhere");
    found
}

/// The text without lines of comment.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The code without its `statements! { … }` blocks.
fn outside_statements(code: &str) -> String {
    let mut rest = code;
    let mut outside = String::new();
    while let Some((before, block)) = rest.split_once("\nstatements! {") {
        outside.push_str(before);
        rest = block.split_once("\n}").expect("the block ends at the margin").1;
    }
    outside + rest
}

/// An engine's own upkeep, which runs outside any transaction, before the schema is known to be ours,
/// or means nothing on the other engine. It asks, and changes no row.
const UPKEEP: [&str; 2] = ["store/engine/file.rs", "store/engine/upkeep.rs"];

#[test]
fn sql_stands_in_statements_alone() {
    // What is asked of a server before there is a schema, or of a pooler outside any transaction.
    let schema = |path: &Path| path.ends_with("store/server.rs");
    for (path, text) in sources().into_iter().filter(|(path, _)| !schema(path)) {
        let outside = outside_statements(&code(&text));
        let upkeep = UPKEEP.iter().any(|file| path.ends_with(file));
        let asking: &[&str] = if upkeep { &[] } else { &["SELECT ", "PRAGMA "] };
        let verbs = ["INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE "];
        for verb in verbs.iter().chain(asking) {
            assert!(!outside.contains(&format!("\"{verb}")), "{} has {verb}", path.display());
        }
        if upkeep {
            continue;
        }
        for call in
            ["sqlx::query", "query!(", "query_as!(", "query_scalar", "raw_sql", "QueryBuilder"]
        {
            assert!(!outside.contains(call), "{} has {call}", path.display());
        }
    }
}

#[test]
fn sqlx_is_named_in_the_store_alone() {
    for (path, text) in sources() {
        if !path.starts_with("store") {
            assert!(!code(&text).contains("sqlx"), "{}", path.display());
        }
    }
}

#[test]
fn every_module_with_statements_is_registered() {
    let mut declared: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| code(text).contains("\nstatements! {"))
        .map(|(path, _)| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut registered: Vec<String> =
        registry().into_iter().map(|(module, _)| module.to_owned()).collect();
    declared.sort();
    registered.sort();
    assert_eq!(declared, registered);
}

fn statement(sqlite: &'static str) -> Statement {
    Statement { name: "ONE", sqlite, postgres: sqlite, takes: &[] }
}

#[rstest]
#[case("SELECT a FROM person WHERE id = $1", None, &["person"])]
#[case("INSERT INTO person (id) VALUES ($1) ON CONFLICT DO UPDATE SET id = $1", Some("person"), &[])]
#[case("UPDATE person SET id = (SELECT MAX(id) FROM unit)", Some("person"), &["unit"])]
#[case("DELETE FROM person", Some("person"), &["person"])]
#[case("WITH a AS (SELECT 1 FROM unit u JOIN office o ON TRUE) INSERT INTO person SELECT * FROM a",
    Some("person"), &["unit", "office", "a"])]
#[case("SELECT id FROM lease FOR UPDATE", None, &["lease"])]
fn a_statement_says_what_it_changes_and_looks_at(
    #[case] sql: &'static str,
    #[case] writes: Option<&str>,
    #[case] reads: &[&str],
) {
    let statement = statement(sql);
    assert_eq!(statement.writes(), writes);
    assert_eq!(statement.reads().collect::<Vec<_>>(), reads);
}

/// What is remembered of people, units and figures is forgotten when these change, and not at every
/// message.
#[test]
fn what_is_remembered_stands_in_few_tables() {
    let (people, figures) = (&people::TABLES, &figures::TABLES);
    for table in ["person", "placement", "office", "mentorship", "standing"] {
        assert!(people.contains(table), "{table} is not in {people:?}");
    }
    for table in ["outbox", "audit", "session", "button", "inbox"] {
        assert!(!people.contains(table), "{table} is in {people:?}");
        assert!(!figures.contains(table));
    }
    assert!(figures.contains("case_step"));
}
