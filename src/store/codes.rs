//! The codes by which people and cases are known. Their numbers are given once each: not even a code of
//! somebody who is no more comes again, so that a paper or a message of before never means somebody else.

use std::collections::HashSet;

use super::{StoreError, Tx, args, statements};
use crate::domain::words;

statements! {
    RESERVE(Text, Int) = ["UPDATE code_number SET next = next + $2 WHERE kind = $1 RETURNING next"];
    PERSONS_TAKEN() = ["UPDATE code_number SET next = (SELECT COALESCE(MAX(CAST(substr(code, 4) AS BIGINT)), 0) + 1
        FROM person WHERE code LIKE 'NS-%') WHERE kind = 'person'"];
    CASES_TAKEN() = ["UPDATE code_number SET next = (SELECT COALESCE(MAX(CAST(substr(code, 4) AS BIGINT)), 0) + 1
        FROM candidate_case WHERE code LIKE 'QC-%') WHERE kind = 'case'"];
    PERSONS(Rows) = ["SELECT code FROM person WHERE code " TEXTS];
    CASES(Rows) = ["SELECT code FROM candidate_case WHERE code " TEXTS];
}

words! {
    /// What a code stands for.
    Coded {
        Person = "person",
        Case = "case",
    }
}

impl Coded {
    fn code(self, number: i64) -> String {
        match self {
            Self::Person => format!("NS-{number:03}"),
            Self::Case => format!("QC-{number:03}"),
        }
    }
}

/// The next code, which nobody has had.
pub async fn next(tx: &mut Tx, coded: Coded) -> Result<String, StoreError> {
    Ok(reserve(tx, coded, 1).await?.pop().unwrap_or_default())
}

/// So many codes, which nobody has had, the lowest first.
pub async fn reserve(tx: &mut Tx, coded: Coded, many: usize) -> Result<Vec<String>, StoreError> {
    let taken = match coded {
        Coded::Person => &PERSONS,
        Coded::Case => &CASES,
    };
    let mut free = Vec::with_capacity(many);
    while free.len() < many {
        let lacking = i64::try_from(many - free.len()).unwrap_or(i64::MAX);
        let (after,) = tx.one::<(i64,)>(&RESERVE, args![coded.as_str(), lacking]).await?;
        let codes: Vec<String> =
            (after - lacking..after).map(|number| coded.code(number)).collect();
        // A list that brought its codes along, as the invented one does, has taken some.
        let listed = serde_json::to_string(&codes)?;
        let taken: HashSet<String> = tx
            .all::<(String,)>(taken, args![listed])
            .await?
            .into_iter()
            .map(|(code,)| code)
            .collect();
        free.extend(codes.into_iter().filter(|code| !taken.contains(code)));
    }
    Ok(free)
}

/// Goes on behind the codes that a list brought along into an empty database.
pub async fn go_on(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(&PERSONS_TAKEN, args![]).await?;
    tx.run(&CASES_TAKEN, args![]).await.map(drop)
}
