//! No part of a candidate's name gets out where only codes may be shown, whoever asks for whatever, before
//! and after a case has moved, somebody was admitted or let go, or a mistake was put right.

use std::collections::BTreeMap;

use diudat::assistant::commands;
use diudat::domain::text::fold;
use diudat::store::people;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{TAPPING, TYPING, World};

mod called;
mod rare;
mod spellings;

pub use rare::Rare;

const SECRETARY: &str = "NS-010";
const OFFICE: &str = "NS-027";
/// Of the branch to which a case goes.
const THERE: &str = "NS-025";

/// Who looks: a candidate of the branch here, a member and a mentor elsewhere, the union's contact, both
/// mentors here, secretary and deputy here, a secretary elsewhere, the one to whom a case goes and the
/// one where a recognition is taken back, the office and the committee.
const LOOKING: [&str; 13] = [
    "NS-015", "NS-003", "NS-042", "NS-021", "NS-012", "NS-013", SECRETARY, "NS-011", "NS-016",
    THERE, "NS-049", OFFICE, "NS-001",
];
/// Those whom a change concerns: they look again after it.
const CONCERNED: [&str; 6] = ["NS-015", "NS-012", SECRETARY, THERE, "NS-049", OFFICE];
/// Those who also write where there are no buttons.
const TYPING_TOO: [&str; 3] = ["NS-012", THERE, "NS-001"];
/// One that moves, one that is admitted, one whose recognition is taken back, and one on a list.
const CASES: [&str; 4] = ["qc-009", "qc-014", "qc-007", "qc-021"];

/// A button as one of its kind: its first words, without numbers.
fn kind(label: &str) -> String {
    let folded = fold(label);
    let words = folded.split(' ').filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    words.take(3).collect::<Vec<_>>().join(" ")
}

/// Somebody who goes through whatever there is.
struct Looker<'a> {
    who: &'a str,
    /// How often each kind of button was tapped.
    tapped: BTreeMap<String, usize>,
    /// What is typed, in turn, where nothing new is to be tapped.
    words: &'a [String],
    typed: usize,
}

impl Looker<'_> {
    /// Says something, then taps what that brings and what these taps bring, a number of times at most.
    async fn follows(&mut self, w: &mut World, said: &str, taps: usize) {
        let mut waiting = self.brings(w, Next::Says(said)).await;
        for _ in 0..taps {
            let fresh = waiting.iter().position(|button| self.times(button) < 2);
            let mut new = if let Some(at) = fresh {
                let button = waiting.remove(at);
                *self.tapped.entry(kind(&button.label)).or_default() += 1;
                self.brings(w, Next::Taps(&button)).await
            } else if let Some(words) = self.words.get(self.typed % self.words.len().max(1)) {
                self.typed += 1;
                self.brings(w, Next::Says(words)).await
            } else {
                break;
            };
            // What is newest comes first, as anybody would go on.
            new.append(&mut waiting);
            waiting = new;
        }
        self.brings(w, Next::Says("/huy")).await;
    }

    fn times(&self, button: &Button) -> usize {
        self.tapped.get(&kind(&button.label)).copied().unwrap_or_default()
    }

    async fn brings(&self, w: &mut World, next: Next<'_>) -> Vec<Button> {
        let before = w.sent_to(self.who).len();
        let mut actor = w.as_(self.who);
        match next {
            Next::Says(words) => actor.says(words).await,
            Next::Taps(button) => actor.taps_id(&button.id, &button.message).await,
        };
        let mut buttons = Vec::new();
        for seen in w.sent_to(self.who).into_iter().skip(before) {
            for (label, id) in seen.buttons {
                buttons.push(Button { label, id, message: seen.id.clone() });
            }
        }
        buttons
    }
}

struct Button {
    label: String,
    id: String,
    message: String,
}

enum Next<'a> {
    Says(&'a str),
    Taps(&'a Button),
}

struct Walk {
    w: World,
    rare: Vec<Rare>,
    searched: usize,
}

impl Walk {
    async fn begin(engine: Engine, time: &str) -> Self {
        let mut w = World::peopled(engine, time).await;
        let rare = w.renames_candidates().await;
        w.has_a_group().await;
        Self { w, rare, searched: 0 }
    }

    /// They look at everything; each kind of button is followed twice.
    async fn look(&mut self, looking: &[&str], when: &str, words: &[String], taps: usize) {
        let names: Vec<String> = commands().iter().map(|c| format!("/{}", c.name)).collect();
        let cases: Vec<String> = CASES.iter().map(|case| format!("/hoso {case}")).collect();
        for who in looking {
            let mut looker = Looker { who, tapped: BTreeMap::new(), words, typed: 0 };
            for said in names.iter().chain(&cases) {
                looker.follows(&mut self.w, said, taps).await;
            }
            // They may have chosen English.
            self.w.as_(who).says("/caidat").await;
            if self.w.sent_to(who).last().is_some_and(|seen| seen.text.contains("English")) {
                self.w.as_(who).taps("Change to Tiếng Việt").await;
            }
        }
        self.search(when).await;
    }

    /// The same where there are no buttons.
    async fn look_without_buttons(&mut self, when: &str) {
        let names: Vec<String> = commands().iter().map(|c| format!("/{}", c.name)).collect();
        for who in TYPING_TOO {
            self.w.join(TYPING, who).await;
            for command in names.iter().filter(|name| *name != "/caidat") {
                for said in [command.as_str(), "1", "2", "/huy"] {
                    self.w.typing_as(who).says(said).await;
                }
            }
            self.w.join(TAPPING, who).await;
        }
        self.search(when).await;
    }

    async fn search(&mut self, when: &str) {
        self.searched += self.w.nobody_was_named(&self.rare, when).await;
        self.w.everyone_reads();
    }

    /// Time goes by with all its reminders.
    async fn until(&mut self, time: &str) {
        self.w.advance_to(time).await;
        self.search(&format!("until {time}")).await;
    }

    /// A step that is not the next on the road.
    async fn another_step(&mut self, who: &str, case: &str, step: &str, answers: &[&str]) {
        self.w.everyone_reads();
        self.w.as_(who).says(&format!("/hoso {case}")).await.reads(&["[Việc khác]"]);
        self.w.as_(who).taps("Việc khác").await.reads(&[step]);
        self.w.as_(who).taps(step).await.reads(&["Ngày thực hiện?"]);
        let mut shown = self.w.as_(who).says("hôm nay").await.reads(&[]);
        for answer in answers {
            shown = self.w.as_(who).says(answer).await.reads(&[]);
        }
        assert!(shown.contains("Xem lại trước khi ghi"), "{step}: {shown}");
        self.w.as_(who).taps("Ghi nhận").await.reads(&["Đã ghi nhận"]);
        self.search(step).await;
    }

    /// What is typed where words are asked for: names in full, without marks, in the middle of
    /// something; and what is asked for.
    fn words(&self) -> Vec<String> {
        let name = |n: usize| self.rare[n % self.rare.len()].name.clone();
        vec![
            format!("{} vắng", name(3)),
            "12-NQ/CB".to_owned(),
            fold(&name(8)),
            "hôm nay".to_owned(),
            format!("giao cho {}, báo cáo trước 15/3", name(13).to_uppercase()),
            "NS-012".to_owned(),
            format!("{} và {}", name(17), fold(&name(20))),
            "4".to_owned(),
            format!("77-QĐ/{}", name(11)),
        ]
    }
}

#[apply(both_engines)]
#[tokio::test]
async fn no_part_of_a_name_gets_out(engine: Engine) {
    let mut walk = Walk::begin(engine, "2018-12-03 09:00").await;
    walk.look(&LOOKING, "before anything", &[], 4).await;
    walk.until("2018-12-10 09:00").await;

    walk.another_step(SECRETARY, "qc-009", "Chuyển sang", &["31-CV/CB"]).await;
    let arrival = ["van phong", "45-CV/ĐU"];
    walk.w.walks_of("qc-009", OFFICE, "Chuyển hồ sơ về chi bộ mới", &arrival).await;
    walk.look(&CONCERNED, "after a transfer", &[], 4).await;

    walk.w.is_voted_on().await;
    walk.w.has_papers(&["Nghị quyết của chi bộ"]).await;
    walk.until("2019-01-10 09:00").await;
    let decision = ["03-QĐ/ĐU", "7/7", "hôm nay"];
    walk.w.walks_of("qc-014", OFFICE, "Đảng ủy quyết định kết nạp", &decision).await;
    walk.w.walks_of("qc-014", SECRETARY, "Lễ kết nạp", &[]).await;
    walk.look(&CONCERNED, "after an admission", &[], 4).await;

    walk.another_step(THERE, "qc-009", "Dừng theo dõi", &["07-NQ/CB", "1"]).await;
    for _ in 0..3 {
        walk.w.as_(OFFICE).says("/hoso qc-007").await.reads(&["[Ghi nhầm]"]);
        walk.w.as_(OFFICE).taps("Ghi nhầm").await;
        // Until now an official member, who is named.
        walk.search("before a correction").await;
        walk.w.as_(OFFICE).taps("Gỡ bước này").await;
        walk.search("a correction").await;
    }
    walk.look(&CONCERNED, "after a removal and a correction", &[], 4).await;

    // In the middle of a meeting, with words wherever they are asked for.
    walk.until("2019-02-11 14:30").await;
    let words = walk.words();
    walk.look(&LOOKING, "with names typed", &words, 12).await;
    walk.look_without_buttons("without buttons").await;
    walk.until("2019-03-15 09:00").await;
    println!("{} payloads searched, 0 found", walk.searched);
    assert!(walk.searched > 6_000, "{}", walk.searched);
    walk.w.finish().await;
}

/// Whoever types a name does not learn from the answer who has a case: those who may see it get its code,
/// all others initials, as of anybody.
#[apply(both_engines)]
#[tokio::test]
async fn an_echo_tells_nobody_who_is_a_candidate(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-28 08:00").await;
    w.everyone_reads();
    // A candidate, a probationary member, an official member and somebody without a case.
    let typed = "vắng vì Trần Văn Bình, VŨ TIẾN LÂM, pham quang hop, Nguyễn Thị Hoa Mai ốm.";
    let names = [("NS-015", "T.V.B."), ("NS-014", "V.T.L."), ("NS-012", "P.Q.H.")];
    for (code, initials) in names {
        let mut tx = w.db.read().await.unwrap();
        let id = people::by_code(&mut tx, code).await.unwrap().unwrap();
        let known = people::get(&mut tx, id, w.practice.today(w.clock.now())).await.unwrap();
        assert_eq!(known.unwrap().name.initials(), initials);
    }
    let hidden = "T.V.B., V.T.L., P.Q.H.";
    for (who, shown) in [
        // Secretary and member elsewhere, a mentor here of others, and the candidate.
        ("NS-049", hidden),
        ("NS-003", hidden),
        ("NS-014", "T.V.B., V.T.L., P.Q.H."),
        ("NS-010", "QC-014, QC-009, P.Q.H."),
    ] {
        let told = w.as_(who).says(typed).await.reads(&[shown]);
        assert!(!told.contains(".."), "{told}");
        w.everyone_reads();
    }
    // Who once guided somebody reads initials like everybody else; and one stop ends a sentence.
    let former = "vắng vì đón Hán Duy Phúc.";
    w.as_("NS-054").says(former).await.reads(&["lý do: đón H.D.P. Nếu"]);
    w.everyone_reads();
    // Nor is a candidate greeted by name in either language, and as whoever is not in the Party.
    w.as_("NS-015").says("/start").await.reads(&["Kính chào anh/chị."]);
    w.as_("NS-015").says("/trogiup").await.reads(&["Kính chào anh/chị. Anh/chị có thể dùng"]);
    w.as_("NS-015").says("/toi").await.reads(&["Anh/chị (NS-015)"]);
    w.as_("NS-014").says("/start").await.reads(&["Kính chào đồng chí."]);
    w.damage("UPDATE person SET language = 'en' WHERE code = 'NS-015'").await;
    w.as_("NS-015").says("/start").await.reads(&["Hello."]);
    w.finish().await;
}
