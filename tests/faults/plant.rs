//! Bugs put in from outside, to see that the harness sees them. None of them needs a line in the
//! program: triggers, the proxy, or a process that does not ask for the lease.

use crate::accidents::Accident;
use crate::run::Turn;
use crate::stage::Stage;
use crate::support::Engine;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plant {
    /// The platform is told that an update was taken, and it was not committed.
    SkippedCommit,
    /// A message is marked sent before it is.
    FinishedTooEarly,
    /// A process works without asking whether another one leads.
    NoLease,
    /// Nobody watches the clock.
    NoWatch,
    /// Connections to a server that only reads are kept.
    KeptConnections,
}

impl Plant {
    /// Those there can be on an engine.
    pub fn on(engine: Engine) -> &'static [Self] {
        const ALL: [Plant; 5] = [
            Plant::SkippedCommit,
            Plant::FinishedTooEarly,
            Plant::NoLease,
            Plant::NoWatch,
            Plant::KeptConnections,
        ];
        match engine {
            Engine::Sqlite => &ALL[..4],
            Engine::Postgres => &ALL,
        }
    }

    /// What time does besides, if that matters.
    pub fn turn(self) -> Option<Turn> {
        (self == Self::NoWatch).then_some(Turn::Leap)
    }

    pub fn about(self) -> &'static str {
        match self {
            Self::SkippedCommit => "a skipped commit",
            Self::FinishedTooEarly => "a message finished before it was sent",
            Self::NoLease => "a lost lease check",
            Self::NoWatch => "a clock that nobody watches",
            Self::KeptConnections => "connections that are kept",
        }
    }

    /// What befalls the nodes besides.
    pub fn accident(self) -> Accident {
        match self {
            Self::FinishedTooEarly => Accident::Kill,
            Self::NoLease => Accident::Intruder,
            Self::SkippedCommit | Self::NoWatch => Accident::None,
            Self::KeptConnections => Accident::Failover,
        }
    }

    pub async fn into_stage(self, stage: &mut Stage) {
        match (self, stage.place.proxy.as_ref()) {
            (Self::SkippedCommit, Some(proxy)) => proxy.skip_commits(5),
            (Self::SkippedCommit, None) => stage.place.sql(SKIP_ON_SQLITE).await,
            (Self::FinishedTooEarly, Some(_)) => stage.place.sql(FINISH_ON_POSTGRES).await,
            (Self::FinishedTooEarly, None) => stage.place.sql(FINISH_ON_SQLITE).await,
            (Self::NoWatch, _) => stage.unwatch(),
            (Self::KeptConnections, Some(proxy)) => proxy.keep_all(),
            (Self::KeptConnections, None) => {}
            // It comes in the middle of each round.
            (Self::NoLease, _) => {}
        }
    }
}

const SKIP_ON_SQLITE: &str = "CREATE TRIGGER planted BEFORE INSERT ON inbox
    WHEN NEW.id % 5 = 0 BEGIN SELECT RAISE(IGNORE); END";

const FINISH_ON_SQLITE: &str = "CREATE TRIGGER planted AFTER INSERT ON outbox
    WHEN NEW.state = 'sending'
    BEGIN UPDATE outbox SET state = 'sent' WHERE id = NEW.id; END";

const FINISH_ON_POSTGRES: &str = "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.state := 'sent'; RETURN NEW; END $$;
    CREATE TRIGGER planted BEFORE INSERT ON outbox FOR EACH ROW
    WHEN (NEW.state = 'sending') EXECUTE FUNCTION planted()";
