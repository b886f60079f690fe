//! A person demands that what is known of them be erased: nothing of it is left in any table, and
//! the figures stay what they were.

use diudat::app;
use diudat::message::{Part, Run};
use diudat::operations::Doer;
use diudat::operations::erasure::{self, Erased, NotErased};
use diudat::store::{
    Scrubbed, Statement, accounts, erasure as erasure_rows, name_variants, people, web,
};
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::World;

const OFFICE: &str = "NS-027";
const SECRETARY: &str = "NS-010";
/// Candidate QC-014.
const CANDIDATE: &str = "NS-015";
const NAME: &str = "Trần Văn Bình";
const REASON: &str = "Đơn đề nghị số 3 ngày 03/12/2018";

/// Table and column of every text there is.
static TEXTS: Statement = Statement {
    name: "TEXTS",
    sqlite: "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.type = 'TEXT' AND t.name <> '_sqlx_migrations'",
    postgres: "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)
        FROM information_schema.columns WHERE table_schema = 'public'
        AND data_type = 'text' AND table_name <> '_sqlx_migrations'",
    takes: &[],
};

impl World {
    /// Every table and column in which one of some words stands.
    async fn places_of(&self, words: &[&str]) -> Vec<String> {
        let mut tx = self.db.read().await.unwrap();
        let columns: Vec<(String, String)> = tx.all(&TEXTS, Vec::new()).await.unwrap();
        assert!(columns.len() > 60, "the schema was not read: {columns:?}");
        let questions: Vec<String> = columns
            .iter()
            .map(|(table, column)| {
                let likes: Vec<String> =
                    words.iter().map(|word| format!("{column} LIKE '%{word}%'")).collect();
                let likes = likes.join(" OR ");
                format!("SELECT '{table}.{column}' FROM {table} WHERE {likes}")
            })
            .collect();
        let sql: &'static str = Box::leak(questions.join(" UNION ").into_boxed_str());
        let statement = Statement { name: "PLACES", sqlite: sql, postgres: sql, takes: &[] };
        let statement: &'static Statement = Box::leak(Box::new(statement));
        let found: Vec<(String,)> = tx.all(statement, Vec::new()).await.unwrap();
        found.into_iter().map(|(place,)| place).collect()
    }

    /// The files of the database in which one of some words stands, as bytes.
    async fn files_holding(&self, words: &[&str]) -> Vec<String> {
        static CHECKPOINT: Statement = Statement {
            name: "CHECKPOINT",
            sqlite: "SELECT 1",
            postgres: "CHECKPOINT",
            takes: &[],
        };
        static FILE: Statement = Statement {
            name: "FILE",
            sqlite: "SELECT file FROM pragma_database_list WHERE name = 'main'",
            postgres: "",
            takes: &[],
        };
        let mut tx = self.db.read().await.unwrap();
        if self.db.is_sqlite() {
            let (file,): (String,) = tx.one(&FILE, Vec::new()).await.unwrap();
            let ends = ["", "-wal", "-shm", "-journal"].map(|end| format!("{file}{end}"));
            let holds = |file: &String| {
                let bytes = std::fs::read(file).unwrap_or_default();
                let stands = |w: &&str| bytes.windows(w.len()).any(|piece| piece == w.as_bytes());
                words.iter().any(stands)
            };
            return ends.into_iter().filter(holds).collect();
        }
        tx.run(&CHECKPOINT, Vec::new()).await.unwrap();
        let likes: Vec<String> = words
            .iter()
            .map(|w| format!("position(convert_to('{w}', 'UTF8') IN bytes) > 0"))
            .collect();
        let sql = format!(
            "SELECT CAST(relname AS TEXT) FROM (SELECT relname,
                pg_read_binary_file(pg_relation_filepath(oid)) AS bytes FROM pg_class
                WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace) f
            WHERE {}",
            likes.join(" OR ")
        );
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        let statement = Statement { name: "FILES", sqlite: "", postgres: sql, takes: &[] };
        let statement: &'static Statement = Box::leak(Box::new(statement));
        let found: Vec<(String,)> = tx.all(statement, Vec::new()).await.unwrap();
        found.into_iter().map(|(file,)| file).collect()
    }

    async fn erase(&self, code: &str, reason: &str) -> Result<Erased, NotErased> {
        let mut deed = self.door().deed(Doer::Administrator).await.unwrap();
        let erased = erasure::erase(&mut deed.work(), code, reason).await?;
        deed.end().await.unwrap();
        Ok(erased)
    }

    /// The name stands wherever the program or people put it.
    async fn is_talked_about(&mut self) {
        self.as_(CANDIDATE).says("/toi").await;
        self.as_(CANDIDATE).says("tôi là Trần Văn Bình").await;
        self.as_("NS-013").says("qc-014 tốt khá tốt tốt tốt, tiếp tục").await;
        self.as_("NS-013").taps("Sửa").await;
        self.as_("NS-013").taps("Ưu điểm, hạn chế").await;
        self.as_("NS-013").says("Đồng chí TRAN VAN BINH chịu khó").await;
        self.as_("NS-013").taps("Bỏ qua").await;
        self.as_("NS-013").taps("Gửi báo cáo").await;
        // In the number of a class, under which its deeds were written down before classes had codes.
        self.as_(OFFICE).says("/lop").await;
        for said in ["Mở lớp", "Học lớp bồi dưỡng nhận thức"] {
            self.as_(OFFICE).taps(said).await;
        }
        for said in ["10/12", "14/12", "Nhà Trần Văn Bình", "95-CV/Trần Văn Bình"] {
            self.as_(OFFICE).says(said).await;
        }
        self.as_(OFFICE).taps("Mở lớp này").await;
        self.damage(
            "INSERT INTO audit (id, done_at, action, subject, detail, channel)
            SELECT 900001, opened_at, 'class.open', number, '', 'telegram' FROM study_class
            WHERE number = '95-CV/Trần Văn Bình'",
        )
        .await;
        self.damage(
            "INSERT INTO audit (id, done_at, action, subject, detail, channel)
            VALUES (900002, 1543800000000, 'class.open', 'LH-07 Trần Văn Bình', '', 'telegram')",
        )
        .await;
        self.as_(OFFICE).says("/thongbao Biểu dương quần chúng Trần  văn Bình").await;
        for button in ["Chi bộ Phòng 1", "Tiếp tục", "Gửi thông báo"] {
            self.as_(OFFICE).taps(button).await;
        }
        let now = self.clock.now();
        let mut tx = self.db.begin().await.unwrap();
        let person = people::by_code(&mut tx, CANDIDATE).await.unwrap().unwrap();
        accounts::bind(&mut tx, "web", "guest", person, "guest", now).await.unwrap();
        for (chat, text) in [("guest", "việc riêng"), ("other", "Kính gửi Trần Văn Bình")]
        {
            let part = Part {
                runs: vec![Run { text: text.to_owned(), strong: false }],
                keyboard: Vec::new(),
            };
            web::add(&mut tx, chat, chat, false, &part, now).await.unwrap();
        }
        tx.commit().await.unwrap();
        self.everyone_reads();
    }

    /// Somebody on probation in Chi bộ Phòng 1 dies in the middle of talk.
    async fn somebody_dies(&mut self) {
        self.as_(SECRETARY).says("/hoso qc-009").await;
        self.as_(SECRETARY).taps("Việc khác").await;
        self.as_(SECRETARY).taps("Ghi nhận từ trần").await;
        self.as_(SECRETARY).says("hôm nay").await;
        self.as_(SECRETARY).taps("Ghi nhận").await;
        let done = self.sent_to(SECRETARY).last().unwrap().whole();
        assert!(done.contains("Đã ghi nhận: Ghi nhận từ trần"), "{done}");
        self.everyone_reads();
    }

    /// The secretary ends the candidate's road.
    async fn ends_the_road(&mut self) {
        self.as_(SECRETARY).says("/hoso qc-014").await;
        self.as_(SECRETARY).taps("Việc khác").await;
        self.as_(SECRETARY).taps("Dừng theo dõi").await;
        self.as_(SECRETARY).says("hôm nay").await;
        self.as_(SECRETARY).says("07-NQ/CB").await;
        self.as_(SECRETARY).taps("Không còn nguyện vọng").await;
        self.as_(SECRETARY).taps("Ghi nhận").await;
        let done = self.sent_to(SECRETARY).last().unwrap().whole();
        assert!(done.contains("Đã ghi nhận: Dừng theo dõi"), "{done}");
        self.everyone_reads();
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn nothing_of_an_erased_person_is_left_and_the_figures_stay(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.is_talked_about().await;
    w.ends_the_road().await;
    let figures = w.as_(OFFICE).says("/thongke").await.reads(&["50/60"]);
    let mut words = vec![NAME, "TRAN VAN BINH", "tran van binh", "Trần  văn Bình"];
    let before = w.places_of(&words).await;
    for place in [
        "person.name",
        "report.strengths",
        "notice.body",
        "study_class.number",
        "audit.subject",
        "outbox.body",
        "web_line.part",
        "inbox.body",
    ] {
        assert!(before.iter().any(|found| found == place), "{place} is not tried: {before:?}");
    }

    let erased = w.erase("ns-015", REASON).await.unwrap();
    assert!(!erased.has_namesake);
    let written = [NAME, "TRAN VAN BINH", "tran van binh", "Trần  văn Bình", "TRẦN VĂN BÌNH"];
    assert_ne!(w.files_holding(&written).await, [] as [String; 0], "the bytes are not read");
    let scrubbed = app::scrub(&w.db).await.unwrap().expect("somebody was erased");
    assert!(scrubbed.is_clean(), "{scrubbed:?}");
    assert_eq!(w.files_holding(&written).await, [] as [String; 0]);
    assert_eq!(app::scrub(&w.db).await.unwrap(), None, "once is enough");
    // The web chat's account as well.
    words.push("guest");
    assert_eq!(w.places_of(&words).await, [] as [String; 0]);
    let recoded = "SELECT COUNT(*) FROM audit WHERE action = 'class.open'
        AND subject IN (SELECT 'LH-' || CAST(id AS TEXT) FROM study_class WHERE number LIKE '95-CV/QC%')";
    assert_eq!(w.count(recoded).await, 2);
    let born = "SELECT COUNT(*) FROM person WHERE code = 'NS-015' AND born_on IS NULL";
    assert_eq!(w.count(born).await, 1);
    let reason = "SELECT COUNT(*) FROM erasure e JOIN person p ON p.id = e.person_id
        WHERE p.code = 'NS-015' AND e.reason = 'Đơn đề nghị số 3 ngày 03/12/2018'";
    assert_eq!(w.count(reason).await, 1);
    // What is about the person has lost its circumstances, what is about others has not.
    let kept = "SELECT COUNT(*) FROM audit WHERE subject = 'QC-014' AND erased_at IS NULL
        AND (was IS NOT NULL OR became IS NOT NULL)";
    assert_eq!(w.count(kept).await, 0);
    assert!(w.count("SELECT COUNT(*) FROM audit WHERE became IS NOT NULL").await > 0);

    let again = w.as_(OFFICE).says("/thongke").await.reads(&["50/60"]);
    assert_eq!(again, figures, "the figures stay");
    // The account is a stranger's, and the code stays wherever it is asked for.
    w.as_(CANDIDATE).says("/toi").await.reads(&["liên hệ bí thư chi bộ"]);
    w.as_(SECRETARY).says("/hoso qc-014").await.reads(&["QC-014", "Dừng theo dõi"]);
    w.as_(OFFICE)
        .says("/nhatky qc-014")
        .await
        .reads(&["gửi báo cáo (qua tapping): QC-014", "chi tiết đã được xoá theo yêu cầu"]);
    w.as_(OFFICE).says("/nhatky ns-015").await.reads(&[
        "người quản trị hệ thống",
        "xoá dữ liệu cá nhân theo Luật 91/2025/QH15",
        "số mục đã xoá: ",
    ]);
    assert!(matches!(w.erase(CANDIDATE, REASON).await, Err(NotErased::Before(_))));
    w.everyone_reads();
    w.finish().await;
}

/// Nor is any name left that they bore before.
#[apply(both_engines)]
#[tokio::test]
async fn names_of_before_are_erased_as_well(engine: Engine) {
    const NAMES: [&str; 3] = [NAME, "Trần Quốc Khuông", "Trần Minh Đạt"];
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.everyone_reads();
    for name in &NAMES[1..] {
        w.is_renamed(CANDIDATE, name).await;
    }
    w.as_("NS-012")
        .says("vắng vì đưa Trần Quốc Khuông và TRAN VAN BINH đi khám, anh Khuông ốm")
        .await;
    w.as_("NS-013").says("qc-014 tốt khá tốt tốt tốt, tiếp tục").await;
    for (button, said) in [("Sửa", None), ("Ưu điểm, hạn chế", Some("Trần Quốc Khuông chịu khó"))]
    {
        w.as_("NS-013").taps(button).await;
        if let Some(said) = said {
            w.as_("NS-013").says(said).await;
        }
    }
    w.as_("NS-013").taps("Bỏ qua").await;
    w.as_("NS-013").taps("Gửi báo cáo").await;
    w.everyone_reads();
    w.ends_the_road().await;
    let mut words = NAMES.to_vec();
    words.extend(["TRAN VAN BINH", "tran van binh", "tran quoc khuong", "tran minh dat", "Khuông"]);
    assert!(w.places_of(&words).await.len() > 5);
    w.erase(CANDIDATE, REASON).await.unwrap();
    assert_eq!(w.places_of(&words).await, [] as [String; 0]);
    app::scrub(&w.db).await.unwrap();
    assert_eq!(w.files_holding(&words).await, [] as [String; 0]);
    w.as_(OFFICE).says("/nhansu tran quoc khuong").await.reads(&["Không tìm thấy"]);
    w.finish().await;
}

/// What an account of somebody who died has left behind goes with everything else.
#[apply(both_engines)]
#[tokio::test]
async fn nothing_of_the_dead_is_left_either(engine: Engine) {
    const DEAD: &str = "NS-014";
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.as_(DEAD).says("/caidat").await;
    w.as_(DEAD).says("tôi là Vũ Tiến Lâm").await;
    w.as_(DEAD).says("vắng").await;
    let now = w.clock.now();
    let mut tx = w.db.begin().await.unwrap();
    let person = people::by_code(&mut tx, DEAD).await.unwrap().unwrap();
    accounts::bind(&mut tx, "web", "guest", person, "guest", now).await.unwrap();
    let runs = vec![Run { text: "việc riêng".to_owned(), strong: false }];
    let part = Part { runs, keyboard: Vec::new() };
    web::add(&mut tx, "guest", "guest", false, &part, now).await.unwrap();
    tx.commit().await.unwrap();
    w.everyone_reads();
    w.somebody_dies().await;
    let left = [
        "SELECT COUNT(*) FROM account WHERE external_id IN ('NS-014', 'guest')",
        "SELECT COUNT(*) FROM session WHERE sender = 'NS-014'",
        "SELECT COUNT(*) FROM inbox WHERE body LIKE '%\"sender\":\"NS-014\"%'",
        "SELECT COUNT(*) FROM web_line WHERE chat = 'guest'",
    ];
    for rows in left {
        assert_ne!(w.count(rows).await, 0, "it is not tried: {rows}");
    }
    w.erase("ns-014", REASON).await.unwrap();
    for rows in left {
        assert_eq!(w.count(rows).await, 0, "{rows}");
    }
    assert_eq!(w.places_of(&["Vũ Tiến Lâm"]).await, [] as [String; 0]);
    w.finish().await;
}

/// A table that is being read is rewritten another time, and then alone.
#[tokio::test]
async fn what_could_not_be_rewritten_is_rewritten_alone() {
    const NODES: [&str; 2] = [
        "SELECT CAST(pg_relation_filenode('person') AS BIGINT)",
        "SELECT CAST(pg_relation_filenode('notice') AS BIGINT)",
    ];
    let mut w = World::peopled(Engine::Postgres, "2018-12-03 09:00").await;
    w.everyone_reads();
    w.somebody_dies().await;
    w.erase("ns-014", REASON).await.unwrap();
    let mut tx = w.db.read().await.unwrap();
    people::by_code(&mut tx, OFFICE).await.unwrap();
    let reading = async {
        loop {
            people::by_code(&mut tx, OFFICE).await.unwrap();
        }
    };
    let scrubbed = tokio::select! {
        scrubbed = app::scrub(&w.db) => scrubbed.unwrap(),
        () = reading => None,
    };
    assert_eq!(scrubbed, Some(Scrubbed::Server { left: vec!["person"] }));
    drop(tx);
    let before = [w.count(NODES[0]).await, w.count(NODES[1]).await];
    let scrubbed = app::scrub(&w.db).await.unwrap().expect("something was left");
    assert!(scrubbed.is_clean(), "{scrubbed:?}");
    let after = [w.count(NODES[0]).await, w.count(NODES[1]).await];
    assert_eq!((before[0] == after[0], before[1] == after[1]), (false, true));
    assert_eq!(app::scrub(&w.db).await.unwrap(), None);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn whoever_has_something_in_hand_hands_it_over_first(engine: Engine) {
    let w = World::peopled(engine, "2018-12-03 09:00").await;
    let mut refused = Vec::new();
    for (code, reason) in [
        (SECRETARY, REASON),
        ("NS-013", REASON),
        (CANDIDATE, REASON),
        (CANDIDATE, "Đơn của TRAN VAN BINH"),
        (CANDIDATE, "  "),
        ("NS-999", REASON),
    ] {
        refused.push(w.erase(code, reason).await.unwrap_err().to_string());
    }
    for (why, piece) in refused.iter().zip([
        "secretary of CB-02",
        "mentor of QC-014",
        "candidate QC-014",
        "without the name",
        "1 to 500 characters",
        "nobody has the code NS-999",
    ]) {
        assert!(why.contains(piece), "{why}");
    }
    assert!(w.places_of(&[NAME]).await.iter().any(|place| place == "person.name"));
    assert!(w.audited("person.erase").await.is_empty());
    w.everyone_reads();
    w.finish().await;
}

/// Two people have the same name: what was typed may mean either, and is left.
#[apply(both_engines)]
#[tokio::test]
async fn a_namesake_keeps_the_name(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.is_talked_about().await;
    w.ends_the_road().await;
    w.damage(
        "INSERT INTO person (id, code, name, name_key)
        VALUES (61, 'NS-061', 'Trần Văn Bình', 'tran van binh'),
            (62, 'NS-062', 'Đỗ Lý', 'do ly'), (63, 'NS-063', 'Đỗ Lí', 'do li')",
    )
    .await;
    name_variants::refresh(&w.db).await.unwrap();
    // One name in two spellings: the text of others may mean either.
    let mut tx = w.db.read().await.unwrap();
    let today = w.practice.today(w.clock.now());
    let spelled = erasure_rows::subject(&mut tx, "NS-062", today).await.unwrap().unwrap();
    assert!(spelled.has_namesake);
    drop(tx);
    let erased = w.erase(CANDIDATE, "Đơn đề nghị số 4").await.unwrap();
    assert!(erased.has_namesake);
    let places = w.places_of(&[NAME, "Trần  văn Bình", "TRAN VAN BINH"]).await;
    assert!(places.iter().any(|place| place == "notice.body"), "{places:?}");
    assert!(!places.iter().any(|place| place == "report.strengths"), "{places:?}");
    assert_eq!(w.count("SELECT COUNT(*) FROM person WHERE name = 'Trần Văn Bình'").await, 1);
    w.finish().await;
}

/// What hid parts of the name goes with it: the parts that mean nobody else are taken out of what others typed.
#[apply(both_engines)]
#[tokio::test]
async fn no_part_that_means_nobody_else_is_left(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    w.ends_the_road().await;
    w.damage(
        "INSERT INTO person (id, code, name, name_key)
        VALUES (61, 'NS-061', 'Trần Quang Bình', 'tran quang binh')",
    )
    .await;
    name_variants::refresh(&w.db).await.unwrap();
    w.as_(OFFICE).says("/lop").await;
    for said in ["Mở lớp", "Học lớp bồi dưỡng nhận thức"] {
        w.as_(OFFICE).taps(said).await;
    }
    for said in ["10/12", "14/12", "Nhà T. Văn Bình, gần nhà Trần Bình", "95-CV/T. V. Bình"]
    {
        w.as_(OFFICE).says(said).await;
    }
    w.everyone_reads();
    assert!(!w.places_of(&["T. Văn Bình"]).await.is_empty());
    let erased = w.erase(CANDIDATE, "Đơn đề nghị số 5").await.unwrap();
    assert!(!erased.has_namesake);
    assert!(w.places_of(&["Văn Bình", "T. V. Bình"]).await.is_empty());
    // That may be somebody else, who is hidden still.
    assert!(!w.places_of(&["gần nhà Trần Bình"]).await.is_empty());
    w.finish().await;
}
