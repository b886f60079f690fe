//! One seed: rounds of talk and time, each with an accident in the middle, and after each the
//! comparison of what the platform took with what the oracle wanted.

use std::time::Duration;

use chrono::TimeDelta;

use crate::accidents::{self, Accident};
use crate::chance::Chance;
use crate::effects;
use crate::fake_telegram::{FakeTelegram, Fault, Mishap};
use crate::figures::Figures;
use crate::ground::Ground;
use crate::node::PARALLEL;
use crate::oracle::{Counted, Item};
use crate::plan::{Plan, month_of};
use crate::plant::Plant;
use crate::stage::{Stage, Standing};
use crate::support::Engine;
use crate::town::{Pair, user};

const ROUNDS: usize = 4;
/// Seconds after which every loop has looked at the clock again.
const ALL_LOOPS: i64 = 75;
/// So long a clock that leapt must be steady to be believed.
const STEADY: TimeDelta = TimeDelta::minutes(31);
/// So often it is awaited that it is, for so long: somebody may have to take over before.
const TRIES: usize = 8;
const LOOKED: Duration = Duration::from_secs(4);
const DOUBTED: &str =
    "SELECT CAST(doubted_at AS TEXT) FROM clock_watch WHERE doubted_at IS NOT NULL";
const YEAR: i64 = 365;
const SOON: Duration = Duration::from_secs(20);

/// What time does in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Stands where it is, or nearly.
    Stays,
    /// Reaches what falls due next.
    Due,
    /// Jumps to an hour after it.
    Late,
    /// Jumps beyond the grace.
    Beyond,
    /// Jumps by a month.
    Month,
    /// Goes back by an hour, and returns.
    HourBack,
    /// Goes back by a month, and returns.
    MonthBack,
    /// Leaps by a year, forward or back, and returns before anybody believes it.
    Leap,
}

struct Run<'a> {
    chance: Chance,
    ground: &'a mut Ground,
    stage: Stage,
    figures: Figures,
    next_case: usize,
    planted: bool,
    jumped_far: bool,
    /// Answers that were lost, by message, not yet made up for by a repetition.
    unknown: Counted,
    mishaps_seen: usize,
    /// Take-overs that were accounted for.
    accounted: usize,
}

/// Plays a seed. With a planted bug it ends at the first complaint.
pub async fn play(ground: &mut Ground, seed: u64, plant: Option<Plant>) -> Figures {
    let chance = Chance::from_seed(seed ^ (ground.engine as u64) << 32);
    let two = ground.engine == Engine::Postgres && seed % 2 == 1 && plant.is_none();
    let on_disk = ground.engine == Engine::Sqlite && plant.is_none();
    let stage = Stage::open(ground, seed, 1 + usize::from(two), on_disk).await;
    let mut run = Run {
        chance,
        ground,
        stage,
        figures: Figures::default(),
        next_case: 1000,
        planted: plant.is_some(),
        jumped_far: false,
        unknown: Counted::new(),
        mishaps_seen: 0,
        accounted: 0,
    };
    if !run.stage.until(SOON, |stage| stage.accessions() > 0).await {
        run.figures.complaints.push("nobody leads".to_owned());
    }
    run.accounted = run.stage.accessions();
    if let Some(plant) = plant {
        plant.into_stage(&mut run.stage).await;
    }
    for _ in 0..ROUNDS {
        run.round(plant).await;
        if !run.figures.is_as_promised() {
            break;
        }
    }
    run.close().await
}

impl Run<'_> {
    async fn round(&mut self, plant: Option<Plant>) {
        let since = self.stage.standing();
        let crashes = self.stage.counts.kills;
        let stops = self.stage.counts.stops;
        self.platform_faults();
        let turn = plant.and_then(Plant::turn).unwrap_or_else(|| self.choose_turn());
        let turn = self.if_calm(turn);
        let back = self.turn(turn);
        // A node may be handed a message before it reads the new time, and what it answers to a report
        // names the month of a meeting: none is written while months are skipped.
        let report =
            self.owed().filter(|_| !matches!(turn, Turn::Month | Turn::MonthBack | Turn::Leap));
        let asked = self.talk(report.as_ref());
        self.lose_answers(&asked);
        let before = report.as_ref().map_or(0, |pair| self.draft(pair));
        let accident = match plant {
            Some(plant) => plant.accident(),
            None => accidents::choose(&mut self.chance, self.ground.engine, &self.stage),
        };
        self.accident(accident).await;
        if let Some(pair) = report {
            self.send(&pair, before, &since).await;
            if self.chance.once_in(3) {
                self.accident(Accident::Kill).await;
            }
        }
        let mut missing = self.stage.settle(&since).await;
        if let Some(from) = back.filter(|_| missing.is_empty()) {
            missing = self.come_back(from, &since).await;
        }
        if turn == Turn::Leap && missing.is_empty() {
            missing = self.leap_back(&since).await;
        }
        if !missing.is_empty() {
            let unfinished = self.stage.unfinished().await;
            self.complain(unfinished);
        }
        self.stage.fake.be_well();
        if let Some(proxy) = &self.stage.place.proxy {
            proxy.forget_cuts();
        }
        self.judge(&since, missing, crashes, stops, &format!("{turn:?}, {accident:?}"));
    }

    async fn accident(&mut self, accident: Accident) {
        accidents::happen(
            accident,
            &mut self.stage,
            self.ground,
            &mut self.chance,
            &mut self.figures,
        )
        .await;
    }

    fn choose_turn(&mut self) -> Turn {
        let turn = *self.chance.pick(&[
            Turn::Stays,
            Turn::Due,
            Turn::Due,
            Turn::Due,
            Turn::Late,
            Turn::Beyond,
            Turn::HourBack,
            Turn::MonthBack,
            Turn::Month,
            Turn::Leap,
            Turn::Leap,
        ]);
        match turn {
            Turn::Month if std::mem::replace(&mut self.jumped_far, true) => Turn::Due,
            turn => turn,
        }
    }

    /// A leap comes when nothing is due while it lasts and is in doubt.
    fn if_calm(&self, turn: Turn) -> Turn {
        let is_calm = self.stage.oracle.town.plan.is_calm_after(self.stage.local());
        if turn == Turn::Leap && !is_calm { Turn::Stays } else { turn }
    }

    /// The clock is right again, after every loop has seen that it was wrong, and is believed.
    async fn leap_back(&mut self, since: &Standing) -> Vec<(Item, usize)> {
        self.stage.set_clock(self.stage.local() + TimeDelta::seconds(ALL_LOOPS));
        self.stage.settle(since).await;
        self.stage.leap(TimeDelta::zero());
        self.stage.settle(since).await;
        // A doubt may not be in the database yet, which was away.
        self.stage.set_clock(self.stage.local() + STEADY);
        self.stage.pass(LOOKED).await;
        self.believed().await;
        self.stage.settle(since).await
    }

    /// Lets time go on until the clock is believed; a process that took over meanwhile counts anew.
    async fn believed(&mut self) {
        for _ in 0..TRIES {
            let doubted = self.stage.eye().texts(DOUBTED).await;
            if doubted.as_ref().is_some_and(Vec::is_empty) {
                return;
            }
            self.stage.set_clock(self.stage.local() + STEADY);
            self.stage.pass(LOOKED).await;
        }
        self.complain("the clock is never believed again".to_owned());
    }

    /// Turns the clock. What is given back is where it must return to.
    fn turn(&mut self, turn: Turn) -> Option<chrono::NaiveDateTime> {
        let now = self.stage.local();
        let plan = &self.stage.oracle.town.plan;
        let next = plan.next(now);
        let to = match turn {
            Turn::Stays => return None,
            Turn::Leap => {
                let days = if self.chance.once_in(3) { -YEAR } else { YEAR };
                self.stage.leap(TimeDelta::days(days));
                self.figures.leaps += 1;
                return None;
            }
            Turn::Due => next,
            Turn::Late => calm(plan, next + TimeDelta::hours(1)),
            Turn::Beyond => {
                let hours = i64::try_from(self.chance.between(13, 40)).unwrap_or_default();
                calm(plan, next + TimeDelta::hours(hours))
            }
            Turn::Month => calm(plan, now + TimeDelta::days(30)),
            Turn::HourBack => now - TimeDelta::hours(1),
            Turn::MonthBack => now - TimeDelta::days(30),
        };
        self.figures.jumps += usize::from(turn != Turn::Due);
        self.stage.set_clock(to);
        (to < now).then_some(now)
    }

    /// The clock is right again, after every loop has seen that it was wrong.
    async fn come_back(
        &mut self,
        to: chrono::NaiveDateTime,
        since: &Standing,
    ) -> Vec<(Item, usize)> {
        self.stage.set_clock(self.stage.local() + TimeDelta::seconds(ALL_LOOPS));
        self.stage.settle(since).await;
        self.stage.set_clock(to.max(self.stage.local()));
        self.stage.settle(since).await;
        self.believed().await;
        self.stage.settle(since).await
    }

    /// Members ask, each something of their own; whoever writes a report does not.
    fn talk(&mut self, report: Option<&Pair>) -> Vec<String> {
        let mut members = self.stage.oracle.town.bound.clone();
        members.retain(|code| report.is_none_or(|pair| pair.mentor != *code));
        let count = self.chance.between(4, 14);
        let mut asked = Vec::new();
        for _ in 0..count {
            let who = self.chance.pick(&members).clone();
            self.next_case += 1;
            let case = format!("QC-{}", self.next_case);
            self.stage.fake.user_says(user(&who), user(&who), &case.to_lowercase());
            self.stage.oracle.asked(&who, &case);
            asked.push(case);
        }
        if self.chance.once_in(3) {
            self.stage.fake.bring_again(self.chance.between(1, count));
        }
        if self.chance.once_in(3) {
            self.stage.fake.reverse_updates();
        }
        asked
    }

    /// The platform is slow, down or talks nonsense; nothing of it leaves a doubt about a message.
    fn platform_faults(&mut self) {
        let refusals = [Fault::TooMany(1), Fault::TooMany(3), Fault::Server, Fault::Gateway(502)];
        let losses = [Fault::DropBefore, Fault::DropAfter, Fault::Garbage, Fault::Truncated];
        for _ in 0..self.chance.below(4) {
            let fault = self.chance.pick(&refusals).clone();
            self.stage.fake.fail_next_times("sendMessage", self.chance.between(1, 3), fault);
        }
        if self.chance.once_in(2) {
            let fault = self.chance.pick(&losses).clone();
            self.stage.fake.fail_next("getUpdates", fault);
        }
    }

    /// The answer to the sending of some messages is lost: once for each of them.
    fn lose_answers(&mut self, asked: &[String]) {
        let losses = [Fault::DropBefore, Fault::DropAfter, Fault::Garbage, Fault::Truncated];
        let count = self.chance.below(4);
        for case in self.chance.some(asked, count) {
            let fault = match self.chance.once_in(16) {
                true => Fault::Hang,
                false => self.chance.pick(&losses).clone(),
            };
            self.stage.fake.fail_about("sendMessage", &case, fault);
        }
        if self.chance.once_in(3) {
            let words = *self.chance.pick(&[
                "sinh hoạt lúc",
                "Đề nghị đồng chí báo cáo",
                "Chi bộ chưa nhận được",
            ]);
            let fault = self.chance.pick(&losses).clone();
            self.stage.fake.fail_about("sendMessage", words, fault);
        }
    }

    /// A report that is to be written: one that is owed for a meeting some time ahead.
    fn owed(&mut self) -> Option<Pair> {
        let now = self.stage.local();
        let oracle = &self.stage.oracle;
        let mut pairs = oracle.town.pairs.clone();
        pairs.retain(|pair| {
            let meeting = oracle.next_meeting(&pair.unit, now);
            meeting.is_some_and(|meeting| {
                let month = meeting.month;
                month >= month_of(crate::town::beginning())
                    && meeting.start > now + TimeDelta::hours(1)
                    && !oracle.has_reported(pair, month)
            })
        });
        if pairs.is_empty() || !self.chance.once_in(2) {
            return None;
        }
        Some(self.chance.pick(&pairs).clone())
    }

    /// The mentor writes it in one line; gives how many messages stood in the chat before.
    fn draft(&mut self, pair: &Pair) -> usize {
        let before = self.stage.fake.sent_to(user(&pair.mentor)).len();
        let month = self.month_for(pair);
        let line = format!("{} tốt khá tốt tốt tốt, tiếp tục", pair.case.to_lowercase());
        self.stage.fake.user_says(user(&pair.mentor), user(&pair.mentor), &line);
        self.stage.oracle.drafted(pair, month);
        before
    }

    fn month_for(&self, pair: &Pair) -> chrono::NaiveDate {
        let meeting = self.stage.oracle.next_meeting(&pair.unit, self.stage.local());
        meeting.expect("a meeting ahead").month
    }

    /// As soon as the preview is there, and whatever else the mentor was to be sent, its button is
    /// tapped: a prompt that an accident holds up would be needless afterwards. An older preview
    /// that came too late to be tapped may still stand above; its button means nothing any more.
    async fn send(&mut self, pair: &Pair, before: usize, since: &Standing) {
        let chat = user(&pair.mentor);
        let words = format!("Báo cáo theo dõi, giúp đỡ {}", pair.case);
        let preview = |fake: &FakeTelegram| {
            let sent = fake.sent_to(chat).into_iter().skip(before).collect::<Vec<_>>();
            sent.into_iter().rev().find(|m| m.text.contains(&words) && !m.keyboard.is_empty())
        };
        let has_all = |stage: &Stage| {
            stage.missing(since).iter().all(|(item, _)| item.chat != chat)
                && preview(&stage.fake).is_some()
        };
        if !self.stage.until(SOON, has_all).await {
            return;
        }
        let message = preview(&self.stage.fake).expect("it stands there");
        if self.chance.once_in(3) {
            let losses = [Fault::DropBefore, Fault::DropAfter, Fault::Garbage, Fault::Server];
            let fault = self.chance.pick(&losses).clone();
            self.stage.fake.fail_about("editMessageText", "Đã gửi báo cáo về", fault);
        }
        let month = self.month_for(pair);
        self.stage.fake.user_taps(chat, message.message_id, "Gửi báo cáo");
        self.stage.oracle.sent(pair, month);
    }

    /// Compares what came in this round with what was to come.
    fn judge(
        &mut self,
        since: &Standing,
        missing: Vec<(Item, usize)>,
        crashes: usize,
        stops: usize,
        what: &str,
    ) {
        let (seen, strange) = self.stage.oracle.count(&self.stage.fake.sent());
        for (chat, text) in strange {
            self.complain(format!("{what}: nobody expected in {chat}: {text:?}"));
        }
        let wanted = self.stage.oracle.wanted.clone();
        let at = |counted: &Counted, item: &Item| counted.get(item).copied().unwrap_or_default();
        let lost: usize = missing.iter().map(|(_, count)| count).sum();
        let due: usize = wanted.iter().map(|(item, n)| n - at(&since.wanted, item)).sum();
        self.figures.expected += due;
        self.figures.delivered += due.saturating_sub(lost);
        self.figures.lost += lost;
        for (item, count) in &missing {
            self.complain(format!("{what}: lost {count}: {item:?}"));
        }
        self.note_mishaps();
        let takeovers = self.takeovers(crashes, stops);
        self.figures.takeovers += takeovers;
        let mut in_flight = 0;
        for (item, count) in &seen {
            let came = count - at(&since.seen, item);
            let repeated = came.saturating_sub(at(&wanted, item) - at(&since.wanted, item));
            let doubted = repeated.min(at(&self.unknown, item));
            if let Some(left) = self.unknown.get_mut(item) {
                *left -= doubted;
            }
            self.figures.unknown += doubted;
            let excused = (repeated - doubted).min(takeovers);
            in_flight += excused;
            let causeless = repeated - doubted - excused;
            self.figures.causeless += causeless;
            if causeless > 0 {
                self.complain(format!(
                    "{what}: {causeless} times too often, with {takeovers} take-overs: {item:?}"
                ));
            }
        }
        self.figures.in_flight += in_flight;
        if in_flight > takeovers * (PARALLEL + 1) {
            self.complain(format!("{what}: {in_flight} repeated at {takeovers} take-overs"));
        }
    }

    /// How often in this round a process may have taken over what another one had in flight. A
    /// stop in order leaves nothing behind.
    fn takeovers(&mut self, crashes: usize, stops: usize) -> usize {
        let accessions = self.stage.accessions();
        let new = accessions - std::mem::replace(&mut self.accounted, accessions);
        let killed = self.stage.counts.kills - crashes;
        new.saturating_sub(self.stage.counts.stops - stops).max(killed)
    }

    /// Messages that were taken although the program did not hear so.
    fn note_mishaps(&mut self) {
        let mishaps = self.stage.fake.mishaps();
        self.figures.platform += mishaps.len() - self.mishaps_seen;
        for Mishap { chat, text, fault, .. } in &mishaps[self.mishaps_seen..] {
            let taken = matches!(fault, Fault::DropAfter | Fault::Garbage | Fault::Truncated);
            let plain = text.replace("<b>", "").replace("</b>", "");
            if taken && let Some(item) = self.stage.oracle.known(*chat, &plain) {
                *self.unknown.entry(item.clone()).or_default() += 1;
            }
        }
        self.mishaps_seen = mishaps.len();
    }

    fn complain(&mut self, about: String) {
        self.figures.complaints.push(about);
    }

    /// Everybody stops; what is left behind is looked at.
    async fn close(mut self) -> Figures {
        let since = self.stage.standing();
        let (crashes, stops) = (self.stage.counts.kills, self.stage.counts.stops);
        if self.figures.is_as_promised() {
            self.stage.close().await;
            self.judge(&since, Vec::new(), crashes, stops, "at the end");
        } else {
            // Nobody need wait for those who may be stuck.
            self.stage.nodes.clear();
        }
        if self.figures.is_as_promised() {
            let wrong = effects::wrong(&mut self.stage).await;
            self.figures.wrong_rows += wrong.len();
            self.figures.complaints.extend(wrong);
        }
        self.stage.eye().close().await;
        let counts = self.stage.counts;
        self.figures.kills += counts.kills;
        self.figures.stops += counts.stops;
        self.figures.pauses += counts.pauses;
        self.figures.fell += counts.fell;
        self.figures.dropped += self.stage.oracle.dropped;
        self.figures.reports += self.stage.oracle.reports.len();
        if let Some(proxy) = &self.stage.place.proxy {
            self.figures.cuts += proxy.cuts_made();
        }
        if !self.figures.is_as_promised() && !self.planted {
            keep_log(&self.stage.log(), &mut self.figures);
        }
        self.ground.clear(&self.stage.place).await;
        self.figures
    }
}

/// The nodes' log of a seed that failed, for whoever looks into it.
fn keep_log(log: &str, figures: &mut Figures) {
    let file = tempfile::Builder::new().prefix("diudat-faults-").suffix(".log").tempfile();
    let Ok((mut file, path)) = file.map(|file| file.keep().expect("a file to keep")) else {
        return;
    };
    let _ = std::io::Write::write_all(&mut file, log.as_bytes());
    figures.complaints.push(format!("the nodes said: {}", path.display()));
}

/// The first instant from `at` on after which nothing changes for a while.
fn calm(plan: &Plan, at: chrono::NaiveDateTime) -> chrono::NaiveDateTime {
    let mut at = at;
    while !plan.is_calm_after(at) {
        at += TimeDelta::minutes(10);
    }
    at
}
