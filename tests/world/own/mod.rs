//! An organisation that exists only as five lists: taken in, let in, and its first month lived through.

mod count;
mod files;

use std::sync::Arc;

use diudat::clock::{Clock, ManualClock};
use diudat::config::Config;
use diudat::domain::figures::Figures;
use diudat::domain::listed::Decisions;
use diudat::domain::typed::Typed;
use diudat::domain::units::UnitTree;
use diudat::lists::sources::Sources;
use diudat::operations::organisation::{self, Founding};
use diudat::operations::{Doer, Door, imports};
use diudat::store::{Db, people};
use rstest_reuse::apply;

use crate::binding::invite;
use crate::support::{Engine, both_engines, fresh_db};
use crate::world::{World, local};

const MONDAY: &str = "2018-11-26 08:00";
const NAME: &str = "Đảng bộ Công ty Cơ khí Sông Đà";

/// Begins the organisation and takes in its lists, as the commands do.
async fn founded(db: &Db) -> Door {
    let settings = Config::load(None, []).unwrap();
    let clock = ManualClock::new(diudat::clock::Instant::default());
    let practice = diudat::app::practice(&settings, db, clock.now()).await.unwrap();
    clock.set(practice.instant(local(MONDAY)));
    let door = Door { db: db.clone(), clock: Clock::Manual(clock), practice: Arc::new(practice) };
    let founding = Founding {
        name: Typed::new(NAME),
        locality: Typed::new("Hòa Bình"),
        zone: None,
        language: None,
        term_start: None,
    };
    let mut deed = door.deed(Doer::Administrator).await.unwrap();
    let unit = organisation::found(&mut deed.work(), &founding).await.unwrap();
    deed.end().await.unwrap();
    let mut deed = door.deed(Doer::Administrator).await.unwrap();
    let officer = Typed::new("Phạm Thu Hằng");
    let (_, code) = organisation::first_officer(&mut deed.work(), unit, &officer).await.unwrap();
    deed.end().await.unwrap();
    take_in(&door, &code).await;
    door
}

async fn take_in(door: &Door, officer: &str) {
    let mut sources = Sources::open(&files::files()).unwrap();
    let doer = Doer::InName { code: officer };
    let mut inquiry = door.inquiry(doer).await.unwrap();
    imports::recall(&mut inquiry.work(), &mut sources).await.unwrap();
    let lists = sources.lists();
    assert!(lists.errors.is_empty(), "{:#?}", lists.errors);
    let decisions = Decisions { accept_doubts: false, end_gone: false };
    let preview = imports::preview(&mut inquiry.work(), &sources, &lists, decisions).await.unwrap();
    assert!(preview.plan.mistakes.is_empty(), "{:#?}", preview.plan.mistakes);
    drop(inquiry);
    let mut deed = door.deed(doer).await.unwrap();
    imports::take_in(&mut deed.work(), preview).await.unwrap();
    deed.end().await.unwrap();
}

impl World {
    /// Everybody in it by an invitation of their own.
    async fn lets_everybody_in(&mut self) {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.read().await.unwrap();
        let all = people::all(&mut tx, today).await.unwrap();
        drop(tx);
        for (at, person) in all.iter().enumerate() {
            let code = format!("{:04}-{:04}", at / 100 + 1000, at % 100 + 2000);
            invite(self, &person.code, &code).await;
            self.as_(&person.code)
                .says(&format!("/start {code}"))
                .await
                .reads(&["đã được xác nhận"]);
        }
        self.everyone_reads();
    }

    async fn code_of(&self, name: &str) -> String {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.read().await.unwrap();
        let all = people::all(&mut tx, today).await.unwrap();
        all.into_iter()
            .find(|one| one.name.in_full() == name)
            .unwrap_or_else(|| panic!("{name}"))
            .code
    }

    async fn figures_of(&self, from: &str, to: &str) -> Figures {
        let mut tx = self.db.read().await.unwrap();
        let units = UnitTree::load(&mut tx).await.unwrap();
        let (root, today) = (units.root().unwrap().id, self.practice.today(self.clock.now()));
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let figures = diudat::store::figures::figures(&mut tx, &units, root, from, to, today).await;
        figures.unwrap().unwrap()
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn five_lists_become_a_running_month(engine: Engine) {
    let (db, guard) = fresh_db(engine).await;
    founded(&db).await;
    let mut w = World::holding(db, guard, MONDAY).await;

    // What the program counts is what another counts in the files.
    let counted = count::count(&files::files());
    assert_eq!(
        counted.branches.values().map(|(_, staff)| staff).sum::<i64>(),
        files::PEOPLE as i64
    );
    let figures = w.figures_of("1980-01-01", "2019-01-01").await;
    let by_branch = figures.by_branch.iter();
    let by_branch: std::collections::BTreeMap<String, (i64, i64)> =
        by_branch.map(|of| (of.name.to_string(), (of.members, of.staff))).collect();
    assert_eq!(by_branch, counted.branches);
    let admitted: std::collections::BTreeMap<i32, i64> =
        figures.admitted.iter().filter(|(_, count)| **count > 0).map(|(y, c)| (*y, *c)).collect();
    assert_eq!(admitted, counted.admitted);
    let year = w.figures_of("2018-01-01", "2019-01-01").await;
    assert_eq!(year.awareness_class, counted.awareness_class);
    // The same lists again are nothing new.
    let door = w.door();
    let mut sources = Sources::open(&files::files()).unwrap();
    let mut inquiry = door.inquiry(Doer::Administrator).await.unwrap();
    imports::recall(&mut inquiry.work(), &mut sources).await.unwrap();
    let lists = sources.lists();
    let decisions = Decisions { accept_doubts: true, end_gone: true };
    let again = imports::preview(&mut inquiry.work(), &sources, &lists, decisions).await.unwrap();
    assert!(again.plan.is_empty(), "{:#?}", again.plan.counts());
    drop(inquiry);

    w.lets_everybody_in().await;
    let all = files::everybody();
    let of = |place: usize, branch: usize| all[place * files::BRANCHES.len() + branch].name.clone();
    let (secretary, mentor) = (w.code_of(&of(0, 0)).await, w.code_of(&of(2, 0)).await);
    let member = w.code_of(&of(4, 0)).await;
    w.as_(&secretary).says("/toi").await.reads(&["Chi bộ Văn phòng", "Bí thư"]);
    w.as_(&secretary).says("/lichhop").await.reads(&["05/12/2018", "14:00"]);
    w.as_(&mentor).says("/viec").await.reads(&["QC-0"]);
    w.everyone_reads();

    // The month: reminders, a report, answers, the meeting, its papers.
    w.advance_to("2018-12-03 09:00").await;
    w.everyone_reads();
    w.as_(&mentor).says("/baocao").await.reads(&["1/5"]);
    for answer in ["tốt", "khá", "tốt", "tốt", "tốt"] {
        w.as_(&mentor).says(answer).await.reads(&[]);
    }
    w.as_(&mentor).taps("Bỏ qua nhận xét").await.reads(&[]);
    w.as_(&mentor).taps("Tiếp tục theo dõi").await.reads(&["[Gửi báo cáo]"]);
    w.as_(&mentor).taps("Gửi báo cáo").await.reads(&["Đã gửi báo cáo"]);
    w.as_(&member).says("có mặt").await.reads(&[]);
    w.advance_to("2018-12-05 14:05").await;
    w.everyone_reads();
    w.as_(&secretary).says("/hop").await.reads(&["Chưa điểm danh", "[Tất cả có mặt]"]);
    w.as_(&secretary).taps("Tất cả có mặt").await.reads(&["có mặt 9/9", "8 đảng viên chính thức"]);
    w.as_(&secretary).taps("Người ghi biên bản").await.reads(&["ghi biên bản"]);
    w.as_(&secretary).says(&of(1, 0)).await.reads(&[&of(1, 0)]);
    w.as_(&secretary).taps("Tự chấm điểm").await.reads(&["0 đến 100"]);
    w.as_(&secretary).says("92").await.reads(&["92 điểm"]);
    w.as_(&secretary).taps("Kết thúc kỳ họp").await.reads(&["không sửa được nữa"]);
    // Numbers go on from the lists.
    w.as_(&secretary).taps("Xác nhận kết thúc").await.reads(&["Biên bản số 04-BB/CB"]);
    w.advance_to("2018-12-31 18:00").await;
    w.everyone_reads();
    let after = w.figures_of("1980-01-01", "2019-01-01").await;
    assert_eq!((after.members, after.staff), (figures.members, figures.staff));
    w.finish().await;
}
