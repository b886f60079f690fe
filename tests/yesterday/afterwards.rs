//! What comes after the night by itself: what waited is delivered, every open question is asked once
//! more, what was recorded is shown, and time brings what was planned. Yesterday's program wrote down
//! what it said; today's must say the same, and may say more.

use std::path::Path;

use crate::fixture::{AFTERWARDS, column};
use crate::platform::NAMING;
use crate::stage::Screens;
use crate::talk::{Deed, Place, home};
use crate::world::{TAPPING, TYPING, World};

/// How far time goes: past every step around a meeting and two digests.
const UNTIL: &str = "2019-01-11 09:00";

/// What people ask for in the morning, wherever they are written to.
const LOOKS: [(&str, &str); 22] = [
    ("NS-027", "/viec"),
    ("NS-010", "/viec"),
    ("NS-013", "/viec"),
    ("NS-027", "/duyet"),
    ("NS-027", "/thongke"),
    ("NS-010", "/thongke"),
    ("NS-027", "/chitieu 2018"),
    ("NS-027", "/chitieu 2019"),
    ("NS-027", "/lop"),
    ("NS-027", "/nguon"),
    ("NS-010", "/nguon"),
    ("NS-010", "/hoso qc-014"),
    ("NS-025", "/hoso qc-010"),
    ("NS-027", "/thongbao"),
    ("NS-010", "/lichhop"),
    ("NS-016", "/lichhop"),
    ("NS-010", "/nhac"),
    ("NS-001", "/nhac"),
    ("NS-010", "/hop"),
    ("NS-027", "/nhatky"),
    ("NS-027", "/nhatky phòng 1"),
    ("NS-012", "/caidat"),
];

/// Sentences that were worded anew since: yesterday's words, and today's. Deliberate changes only.
/// Where names are hidden, candidates are spoken to without theirs.
const REWORDED: &[(&str, &str)] = &[
    // Asking once more for the reason of an absence answers nothing: it stands since it was said.
    ("đã phản hồi 22:35 ngày 03/12/2018", "đã phản hồi 18:00 ngày 03/12/2018"),
    (" Vũ Tiến Lâm", ""),
    (" Nguyễn Thị Cẩm Tú", ""),
    (" Đỗ Anh Khoa", ""),
    (" Trần Thị Thùy Nhiên", ""),
    (" Chu Hoàng Sơn", ""),
    ("QC-036, L.T.P., QC-037", "QC-036, L.T.P.; QC-037"),
    // The branch that somebody left is among those they can come back to.
    (
        "ví dụ: phòng 1.\n[Chi bộ Phòng Tổ chức, Thống kê, Khiếu tố]\n[Chi bộ Phòng 1]\n\
         [Chi bộ Phòng 3 – Thanh tra]\n[Chi bộ Phòng 2]",
        "ví dụ: phòng 1.\n[Chi bộ Phòng Tổ chức, Thống kê, Khiếu tố]\n[Chi bộ Phòng 1]\n\
         [Chi bộ Phòng 3 – Thanh tra]\n[Chi bộ Văn phòng]\n[Chi bộ Phòng 2]",
    ),
    ("Dear Nguyễn Thị Hồng Thắm", "Dear comrade Nguyễn Thị Hồng Thắm"),
    // The preview of a rule shows what holds now as well.
    (
        "Khi trùng ngày nghỉ: Vẫn họp ngày ấy.",
        "Khi trùng ngày nghỉ: Vẫn họp ngày ấy.\nHiện nay: ngày 5 hằng tháng, lúc 14:00, tại Phòng họp tầng 3. \
         Khi trùng ngày nghỉ: Chuyển sang ngày làm việc sau.",
    ),
];

/// Whose file left on 28/11 is not counted any more, where figures are asked for: what was composed the evening
/// before stays as it was.
const COUNTED_ANEW: [(&str, &str); 2] = [
    ("50/78 cán bộ, công chức (64,1%)", "50/77 cán bộ, công chức (64,9%)"),
    ("Chi bộ Văn phòng: 11/14 (78,6%)", "Chi bộ Văn phòng: 11/13 (84,6%)"),
];

/// Names that were typed, where the reader may not know the case: initials in the code's place.
const UNKNOWN_TO_THE_READER: [(&str, &str); 2] =
    [("có QC-014 phát biểu", "có T.V.B. phát biểu"), ("đồng chí QC-016", "đồng chí L.V.H.")];

/// What was said: a head with occasion, time and chat, and the text.
pub type Told = (String, String);

/// Plays the morning and the weeks after it.
pub async fn account(w: &mut World) -> Vec<Told> {
    let mut told = Vec::new();
    let due = planned(&w.guard.url).await;
    w.app.rescue().await.unwrap();
    w.settle().await;
    told.extend(w.said("delivered"));
    for place in asked(&w.guard.url).await {
        w.asks(&place, "/toi").await;
        told.extend(w.said("again"));
    }
    for (who, command) in LOOKS {
        w.asks(&home(who), command).await;
        told.extend(w.said(&format!("look {command}")));
    }
    w.advance_to(UNTIL).await;
    told.extend(w.said("later"));
    told.extend(became(&w.guard.url, &due).await);
    told
}

/// Where a dialogue is open.
async fn asked(url: &str) -> Vec<Place> {
    let open = "SELECT bot || '|' || sender || '|' || chat FROM session
        WHERE feature IS NOT NULL ORDER BY 1";
    let places = column(url, open).await.into_iter().map(|row| {
        let (bot, rest) = row.split_once('|').expect("a bot");
        let (account, chat) = rest.split_once('|').expect("an account");
        let bots = [TAPPING, TYPING, NAMING];
        let bot = bots.into_iter().find(|known| *known == bot).expect("a platform");
        let code = account.split('/').next().unwrap_or_default().to_owned();
        Place { bot, code, account: account.to_owned(), chat: chat.to_owned() }
    });
    places.collect()
}

pub const PLANNED: &str = "SELECT * FROM (
    SELECT 'step ' || kind || ' ' || step AS what, state, due_at AS at,
        CAST(id AS TEXT) AS id FROM planned_step
    UNION ALL SELECT 'deferred ' || cause || ' ' || s.kind || ' ' || s.step, d.state, d.due_at,
        'd' || CAST(d.id AS TEXT)
        FROM deferred_step d JOIN planned_step s ON s.id = d.step_id
    UNION ALL SELECT 'digest', state, due_at, period FROM digest
    UNION ALL SELECT 'notice', reminder, remind_at, CAST(id AS TEXT) FROM notice
        WHERE remind_at IS NOT NULL
    UNION ALL SELECT 'alert ' || kind, state, due_at,
        CAST(case_id AS TEXT) || ' ' || ends_on || ' ' || CAST(days AS TEXT) FROM case_alert
    ) AS planned";

/// What is planned, by what it is and its row.
async fn planned(url: &str) -> Vec<String> {
    let sql = PLANNED.replacen('*', "what || '|' || id", 1) + " WHERE state = 'planned' ORDER BY 1";
    column(url, &sql).await
}

/// What became of what was planned, as counts.
async fn became(url: &str, due: &[String]) -> Vec<Told> {
    let sql = PLANNED.replacen('*', "what || '|' || id || '|' || state", 1);
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for row in column(url, &sql).await {
        let (key, state) = row.rsplit_once('|').expect("a state");
        if due.iter().any(|known| known == key) {
            let what = key.split('|').next().unwrap_or_default();
            *counts.entry(format!("became {what} {state}")).or_default() += 1;
        }
    }
    counts.into_iter().map(|(head, count)| (head, count.to_string())).collect()
}

impl World {
    async fn asks(&mut self, place: &Place, command: &str) {
        let deed = Deed::Says(command.to_owned());
        self.does(place, &deed, &Screens::new()).await.expect("words");
        self.settle().await;
    }

    /// What stands unread, in the order of time and chat; then everything is read.
    fn said(&self, occasion: &str) -> Vec<Told> {
        let mut told = Vec::new();
        for (bot, platform) in &self.platforms {
            for seen in platform.shelf().messages.iter().filter(|seen| seen.unread) {
                let at = self.practice.local(seen.at).format("%Y-%m-%d %H:%M");
                let text = if *bot == TYPING { uncoded(&seen.whole()) } else { seen.whole() };
                told.push((format!("{occasion} | {at} | {bot} {}", seen.chat), text));
            }
        }
        told.sort();
        self.everyone_reads();
        told
    }
}

/// The codes of prompts come from the counter of ids, which another version moves in other steps:
/// `CM 347`, and `966-1` where the answer is a number.
fn uncoded(text: &str) -> String {
    let words = text.split_inclusive([' ', '\n']).scan(String::new(), |before, word| {
        let digits = word.chars().take_while(char::is_ascii_digit).count();
        let loud = before.trim_end().chars().next_back().is_some_and(char::is_uppercase);
        let code = digits == 3 && (loud || word[3..].starts_with('-'));
        let shown = if code { format!("###{}", &word[3..]) } else { word.to_owned() };
        *before = word.to_owned();
        Some(shown)
    });
    words.collect()
}

/// Before each head in the file.
const MARK: &str = "@@ ";

pub fn write(version: &Path, told: &[Told]) {
    let text: String =
        told.iter().map(|(head, text)| format!("{MARK}{head}\n{}\n", text.trim_end())).collect();
    std::fs::write(file(version), text).expect("a file to write");
}

pub fn read(version: &Path) -> Vec<Told> {
    let text = std::fs::read_to_string(file(version)).expect("what was said");
    let mut told: Vec<Told> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(MARK), told.last_mut()) {
            (Some(head), _) => told.push((head.to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => panic!("a text without a head: {line}"),
        }
    }
    told
}

fn file(version: &Path) -> std::path::PathBuf {
    version.join(AFTERWARDS)
}

/// What yesterday's program said and today's does not.
pub fn missing(wanted: &[Told], said: &[Told]) -> Vec<String> {
    let mut left: Vec<(&str, &str)> =
        said.iter().map(|(head, text)| (head.as_str(), text.trim_end())).collect();
    let mut missing = Vec::new();
    for (head, text) in wanted {
        let mut words = text.trim_end().to_owned();
        for (was, is) in REWORDED.iter().filter(|_| !head.contains(NAMING)) {
            words = words.replace(was, is);
        }
        for (was, is) in COUNTED_ANEW.iter().filter(|_| !head.starts_with("delivered")) {
            words = words.replace(was, is);
        }
        let same = |words: &str| left.iter().position(|one| *one == (head.as_str(), words));
        let masked = UNKNOWN_TO_THE_READER
            .iter()
            .fold(words.clone(), |words, (was, is)| words.replace(was, is));
        match same(&words).or_else(|| same(&masked)) {
            Some(at) => drop(left.swap_remove(at)),
            None => {
                let nearest = left.iter().find(|(other, _)| other == head);
                let instead = nearest.map_or("nothing", |(_, text)| text);
                missing.push(format!("{head}\nwas said:\n{words}\nnow:\n{instead}"));
            }
        }
    }
    missing
}
