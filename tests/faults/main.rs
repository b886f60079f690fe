//! Nothing lost, nothing sent twice without cause: the program under accidents that a seed chooses.
//!
//! The real program runs as a process of its own between a fake Telegram and a database. It is
//! killed, paused and stopped, its database is killed, its connections are cut in the middle of a
//! commit or a send, its disk fills up, its server only reads for a while, its clock jumps and leaps,
//! and the platform refuses, is silent or talks nonsense. What the platform took is compared with an oracle that was told the same and
//! asks neither the program nor its database what to expect. Bugs planted from outside prove that
//! the comparison sees something.
//!
//! `cargo test --test faults` plays a few seeds on each engine;
//! `cargo test --test faults -- --seeds 200 --from 1 --engine sqlite` plays more.

mod accidents;
mod chance;
mod cluster;
#[path = "../support/disk.rs"]
mod disk;
mod effects;
mod eye;
mod figures;
mod ground;
mod node;
mod oracle;
mod plan;
mod plant;
mod process;
mod proxy;
mod run;
mod stage;
#[path = "../support/mod.rs"]
mod support;
mod town;

#[path = "../support/fake_telegram/mod.rs"]
mod fake_telegram;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use figures::Figures;
use ground::Ground;
use plant::Plant;
use support::Engine;

/// Seeds on each engine unless more are asked for.
const SEEDS: u64 = 5;
/// Seeds within which a planted bug must be seen.
const TO_SEE_A_BUG: u64 = 4;

/// What is asked for.
struct Wish {
    seeds: u64,
    from: u64,
    engines: Vec<Engine>,
    planted: bool,
}

impl Wish {
    /// `None`: the arguments name tests that are not here, as `cargo test NAME` does.
    fn read(arguments: &[String]) -> Option<Self> {
        let engines = vec![Engine::Sqlite, Engine::Postgres];
        let mut wish = Self { seeds: SEEDS, from: 1, engines, planted: true };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let mut number = || words.next().and_then(|n| n.parse().ok()).expect("a number");
            match word.as_str() {
                "--seeds" => wish.seeds = number(),
                "--from" => wish.from = number(),
                "--no-planted" => wish.planted = false,
                "--engine" => match words.next().map(String::as_str) {
                    Some("sqlite") => wish.engines = vec![Engine::Sqlite],
                    Some("postgres") => wish.engines = vec![Engine::Postgres],
                    _ => panic!("--engine sqlite or --engine postgres"),
                },
                "--list" => return None,
                word if word.starts_with('-') => {}
                word if "faults".contains(word) => {}
                _ => return None,
            }
        }
        Some(wish)
    }
}

/// Counted as libtest counts.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Tally {
    fn count(&mut self, name: &str, passed: bool) {
        println!("test {name} ... {}", if passed { "ok" } else { "FAILED" });
        if passed { self.passed += 1 } else { self.failed += 1 }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, orders] = arguments.as_slice()
        && word == process::NODE
    {
        return node::run(serde_json::from_str(orders).expect("orders"));
    }
    let started = Instant::now();
    let mut tally = Tally::default();
    if let Some(wish) = Wish::read(&arguments) {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(2).enable_all().build().expect("a runtime");
        tally = runtime.block_on(grant(wish));
    }
    let verdict = if tally.failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {verdict}. {} passed; {} failed; {} ignored; 0 measured; 0 filtered out; \
         finished in {:.2}s\n",
        tally.passed,
        tally.failed,
        tally.ignored,
        started.elapsed().as_secs_f64()
    );
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Both engines at once: most of the time is spent waiting for somebody to take over.
async fn grant(wish: Wish) -> Tally {
    let wish = Arc::new(wish);
    let engines: Vec<_> =
        wish.engines.iter().map(|engine| tokio::spawn(on(*engine, wish.clone()))).collect();
    let mut sums = Vec::new();
    let mut tally = Tally::default();
    for engine in engines {
        let (sum, counted) = engine.await.expect("the harness does not panic");
        sums.push(sum);
        tally.passed += counted.passed;
        tally.failed += counted.failed;
        tally.ignored += counted.ignored;
    }
    println!("\nin all");
    for (engine, sum) in sums {
        println!("{engine:?}, {} seeds from {}: {sum}", wish.seeds, wish.from);
    }
    tally
}

async fn on(engine: Engine, wish: Arc<Wish>) -> ((Engine, Figures), Tally) {
    let mut tally = Tally::default();
    let mut ground = Ground::prepare(engine).await;
    if engine == Engine::Sqlite && disk::Disk::mount().is_none() {
        println!("SKIPPED: this user may not mount a small disk, so no disk fills up");
        tally.ignored += 1;
    }
    let mut sum = Figures::default();
    for seed in wish.from..wish.from + wish.seeds {
        let begun = Instant::now();
        let figures = run::play(&mut ground, seed, None).await;
        println!("{engine:?} seed {seed}: {figures} ({:.1?})", begun.elapsed());
        for complaint in &figures.complaints {
            println!("    {complaint}");
        }
        tally.count(&format!("{engine:?}::seed_{seed}"), figures.is_as_promised());
        sum += &figures;
    }
    for plant in Plant::on(engine).to_vec().into_iter().filter(|_| wish.planted) {
        let name = format!("{engine:?}::sees_{plant:?}");
        tally.count(&name, is_seen(&mut ground, plant, wish.from).await);
    }
    ((engine, sum), tally)
}

/// Whether a planted bug is seen within a few seeds.
async fn is_seen(ground: &mut Ground, plant: Plant, from: u64) -> bool {
    for seed in from..from + TO_SEE_A_BUG {
        let figures = run::play(ground, 1_000_000 + seed, Some(plant)).await;
        if !figures.is_as_promised() {
            println!(
                "{:?}, {}: seen at seed {seed}: lost {}, repeated without cause {}, wrong rows {}",
                ground.engine,
                plant.about(),
                figures.lost,
                figures.causeless,
                figures.wrong_rows
            );
            return true;
        }
    }
    println!("{:?}, {}: NOT SEEN in {TO_SEE_A_BUG} seeds", ground.engine, plant.about());
    false
}
