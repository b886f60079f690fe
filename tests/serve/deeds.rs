//! What is done outside a chat, by another process beside the running program: it takes effect once, and
//! those it concerns hear of it.

use std::sync::Arc;

use diudat::app;
use diudat::clock::Clock;
use diudat::domain::practice::Practice;
use diudat::domain::target::TargetKind;
use diudat::operations::targets;
use diudat::operations::{Doer, Door, Refused};
use diudat::store::Db;

use crate::house::{House, user};
use crate::on_both_engines;
use crate::room;

const OFFICE: &str = "NS-027";
/// Of Chi bộ Phòng 7.
const SECRETARY: &str = "NS-049";

/// Another process on the same database.
struct Beside(Door);

impl Beside {
    async fn of(house: &House) -> Self {
        let db = Db::open(house.database(), 2).await.expect("the database opens");
        let settings = room::settings(&house.fake);
        let practice = app::practice(&settings, &db, Clock::System.now()).await;
        let practice = practice.expect("the ways of the organisation");
        // Nothing is held for the night, as in the house.
        let practice = Arc::new(Practice { quiet: None, ..practice });
        Self(Door { db, clock: Clock::System, practice })
    }

    /// A form that somebody sends, to set next year's target of Phòng 7; whether it was taken.
    async fn sends(&self, code: &str, key: &str, amount: i64) -> Result<bool, Refused> {
        let account = user(code).to_string();
        let doer = Doer::Account { bot: "telegram", account: &account };
        let Some(mut deed) = self.0.deed_once(doer, key).await? else { return Ok(false) };
        let mut work = deed.work();
        let unit = work.units.by_code("CB-06").expect("Phòng 7").id;
        let year = chrono::Datelike::year(&work.today()) + 1;
        let key = (unit, year, TargetKind::Admissions);
        let shown = targets::newest(&mut work, key).await?.and_then(|change| change.amount);
        targets::set(&mut work, key, shown, Some(amount)).await?;
        work.fit_menus(&[work.me()?.id]).await?;
        deed.end().await?;
        Ok(true)
    }
}

#[tokio::test]
async fn a_form_counts_once_and_the_running_program_sends_what_it_told() {
    on_both_engines(async |house| {
        let house = house.open(&[OFFICE, SECRETARY]).await;
        house.fake.wait_for_calls("setMyCommands", 6).await;
        let menus = house.fake.calls("setMyCommands");
        let page = Beside::of(&house).await;
        assert!(page.sends(OFFICE, "form-1-of-a-page", 2).await.expect("they may"));
        house.sees(user(SECRETARY), ": 2 (trước đó").await;
        // Whose menu was to change has it changed.
        house.fake.wait_for_calls("setMyCommands", menus + 1).await;

        // The answer was lost, so the form is sent again: nothing is done, nobody is told.
        assert!(!page.sends(OFFICE, "form-1-of-a-page", 3).await.expect("no refusal"));
        // What was refused can be sent again.
        let refused = page.sends(SECRETARY, "form-2-of-a-page", 4).await;
        assert!(matches!(refused, Err(Refused::Because(why)) if why.key == "target-not-yours"));
        let refused = page.sends(SECRETARY, "form-2-of-a-page", 4).await;
        assert!(matches!(refused, Err(Refused::Because(_))));
        assert!(page.sends(OFFICE, "form-3-of-a-page", 5).await.expect("they may"));
        house.sees(user(SECRETARY), ": 5 (trước đó").await;
        for never in [": 3 (trước đó", ": 4 (trước đó"] {
            assert!(!house.has(user(SECRETARY), never));
        }
    })
    .await;
}
