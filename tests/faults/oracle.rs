//! What must arrive, and where: worked out from what was said, what was tapped and what time it is,
//! by rules of its own. It asks neither the program nor its database what is expected.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::fake_telegram::SentMessage;
use crate::plan::{Due, Meeting, State, Step};
use crate::town::{Pair, Town, user};

/// A message as the oracle knows it: the chat, and words that only this message has there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    pub chat: i64,
    pub words: Vec<String>,
}

impl Item {
    fn new<const N: usize>(code: &str, words: [String; N]) -> Self {
        Self { chat: user(code), words: words.into() }
    }

    pub fn fits(&self, chat: i64, text: &str) -> bool {
        self.chat == chat && self.words.iter().all(|words| text.contains(words))
    }
}

/// How often each message stands in a chat, or ever stood there.
pub type Counted = BTreeMap<Item, usize>;

#[derive(Clone)]
pub struct Oracle {
    pub town: Town,
    /// How often each message must have arrived.
    pub wanted: Counted,
    /// Reports that were sent: of whom, about whom, for the meeting of which month.
    pub reports: BTreeSet<(String, String, NaiveDate)>,
    /// Who was asked for reports, for which branch's meeting of which month.
    asked: BTreeSet<(String, String, NaiveDate)>,
    /// Steps that came too late.
    pub dropped: usize,
}

impl Oracle {
    pub fn new(town: Town) -> Self {
        Self {
            town,
            wanted: Counted::new(),
            reports: BTreeSet::new(),
            asked: BTreeSet::new(),
            dropped: 0,
        }
    }

    fn want(&mut self, item: Item) -> Item {
        *self.wanted.entry(item.clone()).or_default() += 1;
        item
    }

    /// Somebody asks about a case there is not; the answer names it.
    pub fn asked(&mut self, who: &str, case: &str) -> Item {
        self.want(Item::new(who, [format!("gửi về {case}")]))
    }

    /// A report in one line; the preview comes.
    pub fn drafted(&mut self, pair: &Pair, month: NaiveDate) -> Item {
        let words = [
            format!("Báo cáo theo dõi, giúp đỡ {}", pair.case),
            format!("kỳ họp chi bộ {}", words(month)),
        ];
        self.want(Item::new(&pair.mentor, words))
    }

    /// The button under the preview was tapped; the mentor and the secretary are told.
    pub fn sent(&mut self, pair: &Pair, month: NaiveDate) -> [Item; 2] {
        self.reports.insert((pair.mentor.clone(), pair.case.clone(), month));
        let about = words(month);
        let thanks =
            Item::new(&pair.mentor, [format!("Đã gửi báo cáo về {}", pair.case), about.clone()]);
        let mentor = self.town.names[&pair.mentor].clone();
        let news = [format!("Đồng chí {mentor} đã gửi báo cáo về {}", pair.case), about];
        let arrived = Item::new(&self.town.secretaries[&pair.unit], news);
        [self.want(thanks), self.want(arrived)]
    }

    /// The meeting for which a branch reports at an instant.
    pub fn next_meeting(&self, unit: &str, now: NaiveDateTime) -> Option<Meeting> {
        let meetings = self.town.plan.0.iter();
        let ahead = meetings.filter(|m| m.unit == unit && m.planned && m.start > now);
        ahead.min_by_key(|meeting| meeting.start).cloned()
    }

    pub fn has_reported(&self, pair: &Pair, month: NaiveDate) -> bool {
        self.reports.contains(&(pair.mentor.clone(), pair.case.clone(), month))
    }

    /// The clock shows this.
    pub fn clock(&mut self, now: NaiveDateTime) {
        for due in self.town.plan.advance(now) {
            match due {
                Due::Step { meeting, step } => self.step(&meeting, &step),
                Due::Dropped { meeting, count } => {
                    self.dropped += count;
                    let unit = &self.town.units[&meeting.unit];
                    let words = [format!("{count} đợt nhắc của {unit} không gửi kịp")];
                    let item = Item::new(&self.town.secretaries[&meeting.unit], words);
                    self.want(item);
                }
            }
        }
    }

    fn step(&mut self, meeting: &Meeting, step: &Step) {
        let month = words(meeting.month);
        let pairs: Vec<Pair> = self.town.pairs.clone();
        let owing: Vec<&Pair> = pairs
            .iter()
            .filter(|pair| pair.unit == meeting.unit && !self.has_reported(pair, meeting.month))
            .collect();
        let owes =
            |who: Option<&str>| owing.iter().any(|pair| who.is_none_or(|who| who == pair.mentor));
        let mut items = Vec::new();
        for code in &step.to {
            match (step.kind, step.name.as_str()) {
                ("meeting", _) => {
                    let unit = &self.town.units[&meeting.unit];
                    let date = meeting.start.format("%d/%m/%Y");
                    let words = [format!("{unit} sinh hoạt lúc"), format!("ngày {date}")];
                    items.push(Item::new(code, words));
                }
                ("thematic", _) => {
                    let (quarter, year) = (meeting.month.month() / 3, meeting.month.year());
                    let unit = &self.town.units[&meeting.unit];
                    let words = [format!("Quý {quarter}/{year} {unit} chưa có buổi sinh hoạt")];
                    items.push(Item::new(code, words));
                }
                (_, "owing") if owes(None) => {
                    let words = [format!("Đã hết hạn báo cáo phục vụ kỳ họp {month}")];
                    items.push(Item::new(code, words));
                }
                (_, "owing") => {}
                ("summary", _) => {
                    let unit = &self.town.units[&meeting.unit];
                    let date = meeting.start.format("%d/%m/%Y");
                    let summary = "tổng hợp báo cáo và chương trình dự kiến".to_owned();
                    let words = [summary, format!("kỳ họp {unit}"), format!("ngày {date}")];
                    items.push(Item::new(code, words));
                }
                _ if owes(Some(code)) => {
                    // Whoever was never asked is asked, whichever prompt it is.
                    let slot = (code.clone(), meeting.unit.clone(), meeting.month);
                    let words = match step.name.as_str() {
                        _ if self.asked.insert(slot) => "Đề nghị đồng chí báo cáo kết quả theo dõi",
                        "prompt-5" => "Đề nghị đồng chí báo cáo kết quả theo dõi",
                        "prompt-3" => "Chi bộ chưa nhận được báo cáo của đồng chí",
                        _ => "Sắp hết hạn báo cáo phục vụ",
                    };
                    items.push(Item::new(code, [words.to_owned(), month.clone()]));
                }
                _ => {}
            }
        }
        for item in items {
            self.want(item);
        }
    }

    /// What arrived, message by message; and what nobody expected.
    pub fn count(&self, ledger: &[SentMessage]) -> (Counted, Vec<(i64, String)>) {
        let mut counted = Counted::new();
        let mut strange = Vec::new();
        for message in ledger {
            for text in message.earlier.iter().chain([&message.text]) {
                match self.known(message.chat, text) {
                    Some(item) => *counted.entry(item.clone()).or_default() += 1,
                    None => strange.push((message.chat, text.clone())),
                }
            }
        }
        (counted, strange)
    }

    pub fn known(&self, chat: i64, text: &str) -> Option<&Item> {
        let from = Item { chat, words: Vec::new() };
        let of_chat = self.wanted.range(from..).map(|(item, _)| item);
        of_chat.take_while(|item| item.chat == chat).find(|item| item.fits(chat, text))
    }

    /// What must have become of each step that was planned: branch, month, step and state.
    pub fn steps(&self) -> BTreeSet<(String, String, String, State)> {
        let planned = self.town.plan.0.iter().filter(|meeting| meeting.planned);
        let steps = planned.flat_map(|meeting| {
            let month = meeting.month.format("%Y-%m").to_string();
            let of = move |step: &Step| {
                (meeting.unit.clone(), month.clone(), step.name.clone(), step.state)
            };
            meeting.steps.iter().map(of)
        });
        steps.collect()
    }
}

/// A month as it is written in messages.
fn words(month: NaiveDate) -> String {
    format!("tháng {}/{}", month.month(), month.year())
}
