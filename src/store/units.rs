//! The tree of units. An organisation has tens of them, so the tree is read whole.

use sqlx::FromRow;

use super::{StoreError, Tx, args, statements};
use crate::domain::ids::UnitId;
use crate::domain::people::UnitKind;

statements! {
    ALL() = ["SELECT id, code, parent_id, kind, name, name_key FROM unit ORDER BY code"];
}

#[derive(FromRow)]
struct UnitRow {
    id: UnitId,
    code: String,
    parent_id: Option<UnitId>,
    kind: String,
    name: String,
    name_key: String,
}

#[derive(Clone, Debug)]
pub struct Unit {
    pub id: UnitId,
    pub code: String,
    pub parent: Option<UnitId>,
    pub kind: UnitKind,
    pub name: String,
    /// The name folded.
    pub name_key: String,
}

/// All units, in the order of their codes.
#[derive(Clone, Debug, Default)]
pub struct UnitTree(pub Vec<Unit>);

impl UnitTree {
    pub async fn load(tx: &mut Tx) -> Result<Self, StoreError> {
        let rows = tx.all::<UnitRow>(&ALL, args![]).await?;
        rows.into_iter()
            .map(|row| {
                Ok(Unit {
                    id: row.id,
                    code: row.code,
                    parent: row.parent_id,
                    kind: row.kind.parse().map_err(StoreError::Unreadable)?,
                    name: row.name,
                    name_key: row.name_key,
                })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub fn get(&self, id: UnitId) -> Option<&Unit> {
        self.0.iter().find(|unit| unit.id == id)
    }

    /// The unit's name; empty for a unit that is not there.
    pub fn name(&self, id: UnitId) -> &str {
        self.get(id).map_or("", |unit| unit.name.as_str())
    }

    /// The unit's code; empty for a unit that is not there.
    pub fn code(&self, id: UnitId) -> &str {
        self.get(id).map_or("", |unit| unit.code.as_str())
    }

    pub fn branches(&self) -> impl Iterator<Item = &Unit> {
        self.0.iter().filter(|unit| unit.kind == UnitKind::Branch)
    }

    /// The unit and everything below it.
    pub fn subtree(&self, root: UnitId) -> Vec<&Unit> {
        self.0.iter().filter(|unit| self.is_within(unit.id, root)).collect()
    }

    /// Whether `unit` is `root` or stands below it.
    pub fn is_within(&self, unit: UnitId, root: UnitId) -> bool {
        let mut at = Some(unit);
        // The tree is shallow; the bound keeps a broken one from hanging us.
        for _ in 0..32 {
            match at {
                Some(id) if id == root => return true,
                Some(id) => at = self.get(id).and_then(|unit| unit.parent),
                None => return false,
            }
        }
        false
    }

    /// The topmost unit.
    pub fn root(&self) -> Option<&Unit> {
        self.0.iter().find(|unit| unit.parent.is_none())
    }
}

/// The units among some that folded words mean: by code, by the whole name, or by words of it in their
/// order. A match of whole words beats one inside a word.
pub fn named<'u>(units: &[&'u Unit], words: &str) -> Vec<&'u Unit> {
    let padded = format!(" {words} ");
    let exact: Vec<_> = units
        .iter()
        .copied()
        .filter(|unit| unit.code.to_lowercase() == words || unit.name_key == words)
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let whole: Vec<_> = units
        .iter()
        .copied()
        .filter(|unit| format!(" {} ", unit.name_key).contains(&padded))
        .collect();
    if !whole.is_empty() {
        return whole;
    }
    units.iter().copied().filter(|unit| in_order(&unit.name_key, words)).collect()
}

/// Whether each word begins a word of the name, in order: "to chuc" and "tc tk" style fragments.
fn in_order(name: &str, words: &str) -> bool {
    let mut rest = name.split(' ');
    words.split(' ').all(|word| rest.any(|part| part.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::fold;

    fn unit(id: i64, name: &str) -> Unit {
        Unit {
            id: UnitId(id),
            code: format!("CB-{id:02}"),
            parent: None,
            kind: UnitKind::Branch,
            name: name.to_owned(),
            name_key: fold(name),
        }
    }

    #[test]
    fn units_are_found_by_fragments_of_their_names() {
        let units = [
            unit(1, "Chi bộ Phòng 1"),
            unit(2, "Chi bộ Phòng 3 – Thanh tra"),
            unit(3, "Chi bộ Phòng Tổ chức, Thống kê, Khiếu tố"),
            unit(11, "Chi bộ Phòng 11"),
        ];
        let units: Vec<&Unit> = units.iter().collect();
        let found = |words: &str| named(&units, words).iter().map(|u| u.id.0).collect::<Vec<_>>();
        assert_eq!(found("phong 1"), [1], "whole words beat a beginning");
        assert_eq!(found("thanh tra"), [2]);
        assert_eq!(found("to chuc"), [3]);
        assert_eq!(found("cb-02"), [2]);
        assert_eq!(found("phong 3 thanh"), [2]);
        assert_eq!(found("khieu"), [3]);
        assert_eq!(found("phong"), [1, 2, 3, 11]);
        assert!(found("phong 9").is_empty());
    }
}
