//! The demo organisation as it stands before a run: who is in the two branches that are watched,
//! who reports on whom, and the plan that is published for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use diudat::app;
use diudat::domain::practice::Practice;
use diudat::domain::units::UnitTree;
use diudat::reminders::dry_run;
use diudat::store::{Db, accounts, cases, meetings, people, seed};

use crate::plan::Plan;

pub const BOT: &str = "telegram";
/// The branches whose members have accounts.
pub const WATCHED: [&str; 2] = ["CB-02", "CB-03"];
/// Months for which the plan is read: further than any run goes.
const MONTHS: [&str; 7] =
    ["2018-10", "2018-11", "2018-12", "2019-01", "2019-02", "2019-03", "2019-04"];
/// Where each run begins, local time.
const BEGINNING: &str = "2018-11-26T09:00:00";

/// A report that is owed each month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub mentor: String,
    pub case: String,
    pub unit: String,
}

#[derive(Clone)]
pub struct Town {
    pub plan: Plan,
    pub practice: Arc<Practice>,
    /// Codes of those who have an account.
    pub bound: Vec<String>,
    /// Names by code.
    pub names: BTreeMap<String, String>,
    pub units: BTreeMap<String, String>,
    /// By branch.
    pub secretaries: BTreeMap<String, String>,
    pub pairs: Vec<Pair>,
}

/// Each person has one account on Telegram: NS-012 is 7000012.
pub fn user(code: &str) -> i64 {
    let number: i64 = code.trim_start_matches("NS-").parse().expect("a code like NS-012");
    7_000_000 + number
}

impl Town {
    /// Settles an empty database and reads what is published about it.
    pub async fn found(db: &Db) -> Self {
        let settings = crate::node::settings();
        let long_ago = "2018-09-01T00:00:00Z".parse().expect("an instant");
        let mut tx = db.begin().await.unwrap();
        seed::demo(&mut tx, long_ago).await.unwrap();
        tx.commit().await.unwrap();
        let practice = Arc::new(app::practice(&settings, db, long_ago).await.unwrap());
        let beginning = practice.instant(beginning());
        let mut tx = db.begin().await.unwrap();
        let tree = UnitTree::load(&mut tx).await.unwrap();
        let everyone = people::all(&mut tx, beginning_day()).await.unwrap();
        let mut town = Self {
            plan: Plan::default(),
            practice: practice.clone(),
            bound: Vec::new(),
            names: everyone.iter().map(|p| (p.code.clone(), p.name.in_full().to_owned())).collect(),
            units: tree
                .all()
                .iter()
                .map(|unit| (unit.code.clone(), unit.name.to_string()))
                .collect(),
            secretaries: BTreeMap::new(),
            pairs: Vec::new(),
        };
        for code in WATCHED {
            let unit = tree.by_code(code).expect("a branch").id;
            let members = people::members(&mut tx, unit, beginning_day()).await.unwrap();
            for person in everyone.iter().filter(|person| members.contains(&person.id)) {
                let account = user(&person.code).to_string();
                accounts::bind(&mut tx, BOT, &account, person.id, &account, long_ago)
                    .await
                    .unwrap();
                town.bound.push(person.code.clone());
            }
            let leaders = people::leaders(&mut tx, unit, beginning_day()).await.unwrap();
            let secretary = everyone.iter().find(|p| p.id == leaders[0]).expect("a secretary");
            town.secretaries.insert(code.to_owned(), secretary.code.clone());
            for guided in cases::guided_in(&mut tx, unit, beginning_day()).await.unwrap() {
                let mentor = everyone.iter().find(|p| p.id == guided.mentor_id).expect("a mentor");
                town.pairs.push(Pair {
                    mentor: mentor.code.clone(),
                    case: guided.code,
                    unit: code.to_owned(),
                });
            }
            for month in MONTHS {
                // Meetings of the past, which nobody is reminded of.
                let of = month.parse().expect("a month");
                if meetings::units_with_regular(&mut tx, of).await.unwrap().contains(&unit) {
                    continue;
                }
                let first: NaiveDate = format!("{month}-01").parse().unwrap();
                let lines = dry_run(&mut tx, &practice, of, Some(unit), beginning).await.unwrap();
                town.plan.add(first, lines);
            }
        }
        tx.commit().await.unwrap();
        town
    }
}

pub fn beginning() -> NaiveDateTime {
    BEGINNING.parse().expect("a local time")
}

fn beginning_day() -> NaiveDate {
    beginning().date()
}
