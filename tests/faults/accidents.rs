//! What befalls the nodes and their database, at moments the seed chooses.

use std::time::Duration;

use crate::chance::Chance;
use crate::fake_telegram::Fault;
use crate::figures::Figures;
use crate::ground::Ground;
use crate::proxy::Cut;
use crate::stage::Stage;
use crate::support::Engine;

/// A standby takes over within two seconds, unless the machine is very busy.
const TAKE_OVER: Duration = Duration::from_secs(15);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accident {
    None,
    /// `kill -9` of whoever leads.
    Kill,
    /// Killed while it starts again.
    KillTwice,
    /// A stop in order.
    Stop,
    /// The leader is stopped, another takes over, and the first one wakes.
    Pause,
    /// The database server is killed and started again.
    Database,
    /// Connections to the database are cut in the middle of a commit.
    Cut,
    /// The disk fills up and is cleared.
    Disk,
    /// A process begins to work that does not ask for the lease.
    Intruder,
    /// The server only reads for a while, and whoever is connected then stays with it.
    Failover,
    /// The disk fills up, and the process is killed before it is cleared.
    DiskAndKill,
}

pub fn choose(chance: &mut Chance, engine: Engine, stage: &Stage) -> Accident {
    use Accident::{
        Cut, Database, Disk, DiskAndKill, Failover, Kill, KillTwice, None, Pause, Stop,
    };
    let possible: &[Accident] = match engine {
        Engine::Sqlite if stage.place.disk.is_some() => {
            &[None, Kill, Kill, KillTwice, Stop, Disk, DiskAndKill]
        }
        Engine::Sqlite => &[None, Kill, Kill, KillTwice, Stop],
        Engine::Postgres if stage.nodes.len() > 1 => {
            &[None, Kill, Stop, Pause, Pause, Pause, Database, Cut, Failover]
        }
        Engine::Postgres => &[None, Kill, KillTwice, Stop, Database, Cut, Cut, Failover],
    };
    *chance.pick(possible)
}

pub async fn happen(
    accident: Accident,
    stage: &mut Stage,
    ground: &mut Ground,
    chance: &mut Chance,
    figures: &mut Figures,
) {
    if accident == Accident::Cut {
        cut(stage, chance);
    }
    moment(stage, chance).await;
    let leader = stage.leader();
    match accident {
        Accident::None | Accident::Cut => {}
        Accident::Intruder => {
            // For as long as it takes to start, something is on its way.
            stage.fake.fail_next_times("sendMessage", 12, Fault::TooMany(60));
            stage.add_node(false);
        }
        Accident::Kill => stage.kill(leader),
        Accident::KillTwice => {
            stage.kill(leader);
            moment(stage, chance).await;
            stage.kill(stage.leader());
        }
        Accident::Stop => stage.stop(leader).await,
        Accident::Pause => pause(stage, leader, chance).await,
        Accident::Database => {
            let cluster = ground.cluster.as_mut().expect("a server to kill");
            cluster.kill();
            stage.pass(Duration::from_millis(chance.below(400) as u64)).await;
            let cluster = ground.cluster.as_mut().expect("a server to start");
            cluster.revive();
            figures.database_kills += 1;
        }
        Accident::Failover => {
            stage.place.proxy.as_ref().expect("a proxy").fail_over();
            stage.pass(Duration::from_millis(chance.between(100, 2500) as u64)).await;
            stage.place.proxy.as_ref().expect("a proxy").take_over();
            figures.failovers += 1;
        }
        Accident::Disk | Accident::DiskAndKill => {
            stage.place.disk.as_ref().expect("a disk").fill();
            moment(stage, chance).await;
            stage.pass(Duration::from_millis(chance.between(100, 1200) as u64)).await;
            if accident == Accident::DiskAndKill {
                stage.kill(stage.leader());
                moment(stage, chance).await;
            }
            stage.place.disk.as_ref().expect("a disk").clear();
            figures.full_disks += 1;
        }
    }
}

/// A moment of the seed's choice: after so many more calls to the platform, or so much time.
async fn moment(stage: &mut Stage, chance: &mut Chance) {
    let calls = stage.fake.calls("sendMessage") + chance.below(16);
    let most = Duration::from_millis(chance.between(30, 600) as u64);
    stage.until(most, |stage| stage.fake.calls("sendMessage") >= calls).await;
    stage.pass(Duration::from_millis(chance.below(12) as u64)).await;
}

fn cut(stage: &Stage, chance: &mut Chance) {
    let proxy = stage.place.proxy.as_ref().expect("a proxy");
    for _ in 0..chance.between(1, 3) {
        let how = *chance.pick(&[Cut::BeforeCommit, Cut::AfterCommit, Cut::AfterCommit]);
        proxy.cut(chance.below(14), how);
    }
}

async fn pause(stage: &mut Stage, leader: usize, chance: &mut Chance) {
    let before = stage.accessions();
    stage.nodes[leader].pause();
    stage.counts.pauses += 1;
    stage.until(TAKE_OVER, |stage| stage.accessions() > before).await;
    moment(stage, chance).await;
    if let Some(sleeper) = stage.nodes.iter_mut().find(|node| node.paused) {
        sleeper.resume();
    }
}
