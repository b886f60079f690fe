//! The rows of the table, one function each: what is started beside what, and which values are
//! compared. Everything a row compares is measured within the same run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Plan;
use super::figures::{Measured, aim, at_least, at_most};
use super::organisation as org;
use super::process::{Platform, Running, TOKEN, ourselves};
use super::tables::{Database, Ground};

/// Sends at once and messages taken at once where no pace holds the program back; the yardstick's
/// too.
const WIDE: Grouping = Grouping { parallel: 64, claim: 256 };
/// As a fresh installation has it.
const USUAL: Grouping = Grouping { parallel: 8, claim: 64 };

#[derive(Clone, Copy)]
struct Grouping {
    parallel: usize,
    claim: usize,
}

struct Bench {
    plan: Plan,
    folder: tempfile::TempDir,
    measured: Measured,
}

/// The databases that runs start from.
struct Stock {
    ground: Ground,
    organisation: Database,
    due: Database,
    aged: Option<Database>,
}

/// What a yardstick without a database did in this run.
#[derive(Default)]
struct Echo {
    per_second: f64,
    cpu: f64,
    p99: f64,
}

pub async fn run(plan: Plan) {
    let folder = tempfile::Builder::new().prefix("diudat-load-").tempdir().expect("a folder");
    let mut grounds = vec![Ground::Sqlite(folder.path().to_owned())];
    grounds.extend(plan.postgres.clone().map(Ground::Postgres));
    let measured =
        Measured { machine: machine(), runs: plan.runs, quick: plan.quick, ..Measured::default() };
    let mut bench = Bench { plan, folder, measured };
    let mut stocks = Vec::new();
    for ground in grounds {
        stocks.push(bench.stock(ground).await);
    }
    for run in 1..=bench.plan.runs {
        println!("-- run {run} of {}", bench.plan.runs);
        let echo = bench.echo();
        for stock in &stocks {
            bench.once(stock, &echo).await;
        }
        let text = serde_json::to_string_pretty(&bench.measured).expect("JSON");
        std::fs::write(&bench.plan.out, text).expect("the figures are kept");
    }
}

/// The processors and the system, for the head of the page.
fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    let name = name.trim_start_matches(['\t', ' ', ':']);
    format!("{count} × {}", if name.is_empty() { "unknown processor" } else { name })
}

impl Bench {
    fn wants(&self, row: char) -> bool {
        self.plan.only.contains(row)
    }

    /// A size, or a tenth of it.
    fn size(&self, full: usize) -> usize {
        if self.plan.quick { full / 10 } else { full }
    }

    fn updates(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).expect("the updates are written");
        file
    }

    /// Fills what runs start from, and lets the program plan its meetings once.
    async fn stock(&self, ground: Ground) -> Stock {
        let organisation = org::found(&ground, "organisation").await;
        let mut platform = Platform::start(None, 0.0, 0);
        let planning = self.program(&organisation, &platform, USUAL, None);
        while platform.look().first_poll == 0.0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        planning.stop();
        let due = ground.make("due", Some(&organisation)).await;
        let mut aged = None;
        if self.wants('d') {
            let history = ground.make("aged", Some(&organisation)).await;
            org::history(&ground, &history, self.size(1_000_000)).await;
            org::due(&ground, &history, self.size(100_000)).await;
            aged = Some(history);
        }
        org::due(&ground, &due, self.size(100_000)).await;
        Stock { ground, organisation, due, aged }
    }

    /// The program; `limit`: messages a second, else without any pace.
    fn program(
        &self,
        database: &Database,
        platform: &Platform,
        grouping: Grouping,
        limit: Option<usize>,
    ) -> Running {
        let paced = |usual: &str| if limit.is_some() { usual } else { "0" }.to_owned();
        let settings = [
            ("DATABASE__URL", database.url.clone()),
            ("TELEGRAM__TOKEN", TOKEN.to_owned()),
            ("TELEGRAM__API_URL", platform.url.clone()),
            ("TELEGRAM__PER_SECOND", limit.unwrap_or(0).to_string()),
            ("TELEGRAM__PER_CHAT_SECOND", paced("1")),
            ("TELEGRAM__PER_GROUP_MINUTE", paced("20")),
            ("DELIVERY__PARALLEL", grouping.parallel.to_string()),
            ("DELIVERY__CLAIM", grouping.claim.to_string()),
            ("HTTP__LISTEN", "127.0.0.1:0".to_owned()),
            ("LOG__LEVEL", "error".to_owned()),
            // The machine's clock may stand anywhere: no reminder comes in between.
            ("REMINDERS__MEETING_DAYS", String::new()),
            ("REMINDERS__MEETING_HOURS", String::new()),
            ("REMINDERS__PROMPT_WORKING_DAYS", String::new()),
            ("REMINDERS__LADDER_DEPUTY_HOURS", String::new()),
            ("REMINDERS__LADDER_SECRETARY_HOURS", String::new()),
            ("REMINDERS__LADDER_COMMITTEE_HOURS", String::new()),
            ("REMINDERS__QUIET_HOURS", String::new()),
        ];
        let mut command = Command::new(&self.plan.program);
        command.arg("serve").envs(settings.map(|(key, value)| (format!("DIUDAT__{key}"), value)));
        Running::start(command)
    }

    fn yardstick(&self, what: &str, database: &Database, platform: &Platform) -> Running {
        let mut command = ourselves("yardstick");
        command.args([what, &database.url, &platform.url]);
        command.args(["--parallel", &WIDE.parallel.to_string()]);
        command.args(["--claim", &WIDE.claim.to_string()]);
        Running::start(command)
    }

    async fn once(&mut self, stock: &Stock, echo: &Echo) {
        if self.wants('a') {
            self.backlog(stock, echo).await;
        }
        if self.wants('b') {
            self.open_loop(stock, echo).await;
        }
        if self.wants('c') || self.wants('d') {
            self.drain(stock).await;
        }
        if self.wants('e') || self.wants('f') {
            self.paced(stock, 30, 20, USUAL).await;
            self.paced(stock, 1000, 8, WIDE).await;
        }
        if self.wants('g') {
            self.idle(stock).await;
        }
    }

    fn backlog_file(&self) -> (PathBuf, usize) {
        let count = self.size(20_000);
        (self.updates("backlog", &org::backlog(count)), count)
    }

    fn open_loop_file(&self) -> (PathBuf, usize) {
        let count = self.size(3_000);
        (self.updates("open-loop", &org::backlog(count)), count)
    }

    /// The second yardstick of (a) and (b).
    fn echo(&mut self) -> Echo {
        let mut echo = Echo::default();
        if self.wants('a') {
            let (file, count) = self.backlog_file();
            let mut platform = Platform::start(Some(&file), 0.0, 0);
            let mut command = ourselves("echo");
            command.arg(&platform.url);
            let mut process = Running::start(command);
            let seen = platform.wait(count, &mut process);
            echo.per_second = count as f64 / (seen.last_sent - seen.first_update);
            echo.cpu = process.cpu() / count as f64 * 1e6;
            self.measured.note('a', "", "(ii) updates a second", "/s", echo.per_second);
            self.measured.note('a', "", "(ii) CPU per update", "µs", echo.cpu);
        }
        if self.wants('b') {
            let (file, count) = self.open_loop_file();
            let mut platform = Platform::start(Some(&file), 300.0, 0);
            let mut command = ourselves("echo");
            command.arg(&platform.url);
            let mut process = Running::start(command);
            echo.p99 = platform.wait(count, &mut process).p99_ms;
            self.measured.note('b', "", "(ii) p99", "ms", echo.p99);
        }
        echo
    }

    /// (a): a backlog is answered, each update and reply durable.
    async fn backlog(&mut self, stock: &Stock, echo: &Echo) {
        let engine = stock.ground.engine().name();
        let (file, count) = self.backlog_file();
        let per_second =
            |seen: &super::platform::Seen| count as f64 / (seen.last_sent - seen.first_update);

        let database = stock.ground.make("work", Some(&stock.organisation)).await;
        let mut platform = Platform::start(Some(&file), 0.0, 0);
        let mut hand = self.yardstick("answer", &database, &platform);
        let by_hand = per_second(&platform.wait(count, &mut hand));
        database.finished().await;
        let hand_cpu = hand.cpu() / count as f64 * 1e6;
        hand.stop();
        drop(platform);

        let database = stock.ground.make("work", Some(&stock.organisation)).await;
        let mut platform = Platform::start(Some(&file), 0.0, 0);
        let mut program = self.program(&database, &platform, WIDE, None);
        let seen = platform.wait(count, &mut program);
        database.finished().await;
        let (ours, cpu, peak) =
            (per_second(&seen), program.cpu() / count as f64 * 1e6, program.peak());
        program.stop();
        let said = platform.look().sent;
        assert_eq!(said, count, "each update is answered by one message");

        let m = &mut self.measured;
        m.note('a', engine, "(i) updates a second", "/s", by_hand);
        m.note('a', engine, "(i) CPU per update", "µs", hand_cpu);
        m.note('a', engine, "updates a second", "/s", ours);
        m.note('a', engine, "CPU per update", "µs", cpu);
        m.judge('a', engine, "throughput ÷ (i)", at_least(0.7), ours / by_hand);
        m.judge('a', engine, "throughput ÷ (ii)", aim(at_least(0.4)), ours / echo.per_second);
        m.judge('a', engine, "CPU per update ÷ (ii)", aim(at_most(2.5)), cpu / echo.cpu);
        m.judge('a', engine, "peak memory, MiB", at_most(64.0), peak);
    }

    /// (b): updates come at their own pace, whether or not earlier ones are answered.
    async fn open_loop(&mut self, stock: &Stock, echo: &Echo) {
        let engine = stock.ground.engine().name();
        let (file, count) = self.open_loop_file();
        let database = stock.ground.make("work", Some(&stock.organisation)).await;
        let mut platform = Platform::start(Some(&file), 300.0, 0);
        let mut program = self.program(&database, &platform, WIDE, None);
        let seen = platform.wait(count, &mut program);
        program.stop();
        let allowed = 1.5 * echo.p99 + 2.0;
        let m = &mut self.measured;
        m.note('b', engine, "p50", "ms", seen.p50_ms);
        m.note('b', engine, "p99", "ms", seen.p99_ms);
        m.judge('b', engine, "p99 ÷ (1.5 × (ii) + 2 ms)", at_most(1.0), seen.p99_ms / allowed);
    }

    /// (c) and (d): what is due is sent, each message finished durably.
    async fn drain(&mut self, stock: &Stock) {
        let engine = stock.ground.engine().name();
        let count = self.size(100_000);
        let by_hand = {
            let database = stock.ground.make("work", Some(&stock.due)).await;
            let platform = Platform::start(None, 0.0, 0);
            let hand = self.yardstick("drain", &database, &platform);
            drained(&database, platform, hand, count).await
        };
        let ours = self.drained_by_program(stock, &stock.due, count).await;
        let m = &mut self.measured;
        m.note('c', engine, "(i) messages a second", "/s", by_hand.0);
        m.note('c', engine, "(i) CPU per message", "µs", by_hand.1);
        m.note('c', engine, "messages a second", "/s", ours.0);
        m.note('c', engine, "CPU per message", "µs", ours.1);
        m.judge('c', engine, "throughput ÷ (i)", at_least(0.7), ours.0 / by_hand.0);
        if let Some(aged) = &stock.aged {
            let aged = self.drained_by_program(stock, aged, count).await;
            let m = &mut self.measured;
            m.note('d', engine, "messages a second", "/s", aged.0);
            m.judge('d', engine, "throughput ÷ (c)", at_least(0.9), aged.0 / ours.0);
        }
    }

    async fn drained_by_program(&self, stock: &Stock, from: &Database, count: usize) -> (f64, f64) {
        let database = stock.ground.make("work", Some(from)).await;
        let platform = Platform::start(None, 0.0, 0);
        let program = self.program(&database, &platform, WIDE, None);
        drained(&database, platform, program, count).await
    }

    /// (e) and (f): the pace is used up by what is due while people ask.
    async fn paced(&mut self, stock: &Stock, limit: usize, seconds: usize, grouping: Grouping) {
        let engine = stock.ground.engine().name();
        let seconds = if self.plan.quick { 4 } else { seconds };
        let asked = (limit as f64 / 6.0).min(20.0);
        let questions = org::questions((asked * (seconds + 1) as f64) as usize);
        let file = self.updates("questions", &questions);
        let database = stock.ground.make("work", Some(&stock.due)).await;
        let mut platform = Platform::start(Some(&file), asked, limit);
        let mut program = self.program(&database, &platform, grouping, Some(limit));
        let begin = platform.wait(limit, &mut program);
        let cpu = program.cpu();
        let seen = platform.wait(limit * (1 + seconds), &mut program);
        let cores = (program.cpu() - cpu) / (seen.now - begin.now);
        program.stop();
        let m = &mut self.measured;
        let named = |what: &str| format!("{what} at {limit}/s");
        m.judge(
            'e',
            engine,
            &named("share of the limit"),
            at_least(0.99),
            seen.rate / limit as f64,
        );
        m.judge('e', engine, &named("refusals"), at_most(0.0), seen.refused as f64);
        let core = if limit < 1000 { None } else { at_most(1.0 / 3.0) };
        m.judge('e', engine, &named("processors used"), core, cores);
        m.note('f', engine, &named("answers"), "", seen.answers as f64);
        m.note('f', engine, &named("p50"), "ms", seen.p50_ms);
        m.judge('f', engine, &named("p99 in ms"), at_most(100.0), seen.p99_ms);
    }

    /// (g): what it costs to have it run.
    async fn idle(&mut self, stock: &Stock) {
        let engine = stock.ground.engine().name();
        let database = stock.ground.make("work", Some(&stock.organisation)).await;
        let mut platform = Platform::start(None, 0.0, 0);
        let before = platform.look().now;
        let program = self.program(&database, &platform, USUAL, Some(30));
        while platform.look().first_poll == 0.0 {
            std::thread::sleep(Duration::from_millis(2));
        }
        let begun = platform.look().first_poll - before;
        std::thread::sleep(Duration::from_secs(2));
        let memory = program.memory();
        program.stop();
        let m = &mut self.measured;
        m.judge('g', engine, "idle memory, MiB", at_most(20.0), memory);
        m.judge('g', engine, "start to first poll, ms", at_most(50.0), begun * 1000.0);
        let size = size(&self.plan.program);
        self.measured.judge('g', engine, "binary, MiB", at_most(24.0), size);
    }
}

fn size(program: &Path) -> f64 {
    let length = std::fs::metadata(program).expect("the program is there").len();
    length as f64 / 1024.0 / 1024.0
}

/// Messages a second until all are marked, and microseconds of a processor for each.
async fn drained(
    database: &Database,
    mut platform: Platform,
    mut process: Running,
    count: usize,
) -> (f64, f64) {
    let seen = platform.wait(count, &mut process);
    database.finished().await;
    let end = platform.look();
    let cpu = process.cpu() / count as f64 * 1e6;
    process.stop();
    assert_eq!(platform.look().sent, count, "each message is sent once");
    (count as f64 / (end.now - seen.first_sent), cpu)
}
