//! Loads the tree of units, or a part of it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sqlx::FromRow;

use super::types::Day;
use super::{StoreError, Tx, args, statements, tables_read};
use crate::domain::ids::UnitId;
use crate::domain::people::UnitKind;
use crate::domain::text::fold;
use crate::domain::unit_history::{UnitHistory, UnitPeriod};
use crate::domain::units::{Unit, UnitName, UnitTree};

statements! {
    ALL() = ["SELECT id, code, parent_id, kind, name, name_key, ended_on FROM unit"];
    /// The unit with this code and everything below it; each once, also where parents go round in a
    /// circle.
    BELOW(Text) = ["WITH RECURSIVE below (id) AS (
            SELECT id FROM unit WHERE code = $1
            UNION SELECT u.id FROM below b JOIN unit u ON u.parent_id = b.id)
        SELECT u.id, u.code, u.parent_id, u.kind, u.name, u.name_key, u.ended_on
        FROM below b JOIN unit u ON u.id = b.id"];
    FOUND(Int, Text, MaybeInt, Text, Text, Text) = ["INSERT INTO unit
        (id, code, parent_id, kind, name, name_key, illustrative) VALUES ($1, $2, $3, $4, $5, $6, FALSE)"];
    PERIODS() = ["SELECT unit_id, parent_id, name, from_on, to_on FROM unit_period"];
    ROOT() = ["SELECT name FROM unit WHERE parent_id IS NULL ORDER BY code LIMIT 1"];
}

/// The tables behind the tree.
pub static TABLES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| tables_read(&[STATEMENTS]));

#[derive(FromRow)]
struct UnitRow {
    id: UnitId,
    code: String,
    parent_id: Option<UnitId>,
    kind: UnitKind,
    name: String,
    name_key: String,
    ended_on: Option<Day>,
}

#[derive(FromRow)]
struct PeriodRow {
    unit_id: UnitId,
    parent_id: Option<UnitId>,
    name: String,
    from_on: Day,
    to_on: Option<Day>,
}

impl From<PeriodRow> for UnitPeriod {
    fn from(row: PeriodRow) -> Self {
        Self {
            unit: row.unit_id,
            parent: row.parent_id,
            name: UnitName::new(row.name),
            from: row.from_on.0,
            to: row.to_on.map(|day| day.0),
        }
    }
}

impl From<UnitRow> for Unit {
    fn from(row: UnitRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            parent: row.parent_id,
            kind: row.kind,
            name: UnitName::new(row.name),
            name_key: row.name_key,
            ended: row.ended_on.map(|day| day.0),
        }
    }
}

/// Founds a unit under a code that no other has.
pub async fn found(
    tx: &mut Tx,
    code: &str,
    parent: Option<UnitId>,
    kind: UnitKind,
    name: &UnitName,
) -> Result<UnitId, StoreError> {
    let (id, key) = (UnitId(tx.new_id().await?), fold(name.as_str()));
    let parent = parent.map(|unit| unit.0);
    tx.run(&FOUND, args![id, code, parent, kind.as_str(), name.as_str(), key]).await?;
    Ok(id)
}

/// The name of the topmost unit, which is the organisation's; `None`: there is no unit.
pub async fn root_name(tx: &mut Tx) -> Result<Option<String>, StoreError> {
    Ok(tx.maybe::<(String,)>(&ROOT, args![]).await?.map(|(name,)| name))
}

impl UnitHistory {
    /// What the units of a tree were before.
    pub async fn load(tx: &mut Tx, now: &UnitTree) -> Result<Self, StoreError> {
        let rows = tx.all::<PeriodRow>(&PERIODS, args![]).await?;
        Ok(Self::new(now, rows.into_iter().map(UnitPeriod::from).collect()))
    }
}

impl UnitTree {
    /// All units.
    pub async fn load(tx: &mut Tx) -> Result<Self, StoreError> {
        Ok(Self::of(tx.all(&ALL, args![]).await?))
    }

    /// The unit with this code, exactly, and everything below it; empty if there is none.
    pub async fn below(tx: &mut Tx, code: &str) -> Result<Self, StoreError> {
        Ok(Self::of(tx.all(&BELOW, args![code]).await?))
    }

    fn of(rows: Vec<UnitRow>) -> Self {
        Self::new(rows.into_iter().map(Unit::from).collect())
    }
}
