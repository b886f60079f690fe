//! What a run came to: what was expected, what arrived, what came twice and why; and whether that is
//! what was promised.

use std::fmt;
use std::ops::AddAssign;

#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub expected: usize,
    pub delivered: usize,
    pub lost: usize,
    /// Came once more because it was in flight at a crash or a take-over.
    pub in_flight: usize,
    /// Came once more because the platform's answer was lost.
    pub unknown: usize,
    /// Came twice without cause.
    pub causeless: usize,
    /// Steps that came too late, of which the secretary was told.
    pub dropped: usize,
    /// Rows that are not what they should be.
    pub wrong_rows: usize,
    pub kills: usize,
    pub stops: usize,
    pub pauses: usize,
    pub fell: usize,
    /// Accessions after which something may have come twice.
    pub takeovers: usize,
    pub database_kills: usize,
    pub cuts: usize,
    pub full_disks: usize,
    pub jumps: usize,
    pub leaps: usize,
    pub failovers: usize,
    pub platform: usize,
    pub reports: usize,
    /// What was not as promised, in words.
    pub complaints: Vec<String>,
}

impl Figures {
    pub fn is_as_promised(&self) -> bool {
        self.lost + self.causeless + self.wrong_rows == 0 && self.complaints.is_empty()
    }
}

impl AddAssign<&Self> for Figures {
    fn add_assign(&mut self, one: &Self) {
        self.expected += one.expected;
        self.delivered += one.delivered;
        self.lost += one.lost;
        self.in_flight += one.in_flight;
        self.unknown += one.unknown;
        self.causeless += one.causeless;
        self.dropped += one.dropped;
        self.wrong_rows += one.wrong_rows;
        self.kills += one.kills;
        self.stops += one.stops;
        self.pauses += one.pauses;
        self.fell += one.fell;
        self.takeovers += one.takeovers;
        self.database_kills += one.database_kills;
        self.cuts += one.cuts;
        self.full_disks += one.full_disks;
        self.jumps += one.jumps;
        self.leaps += one.leaps;
        self.failovers += one.failovers;
        self.platform += one.platform;
        self.reports += one.reports;
        self.complaints.extend(one.complaints.iter().cloned());
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected {}, delivered {}, lost {}, repeated {} (in flight at a crash {}, outcome \
             unknown {}, without cause {}), steps too late {}, reports {}, wrong rows {} | kills \
             {}, stops {}, pauses {}, ended by themselves {}, take-overs {}, database kills {}, \
             cuts {}, full disks {}, failovers {}, clock jumps {}, leaps {}, platform faults {}",
            self.expected,
            self.delivered,
            self.lost,
            self.in_flight + self.unknown + self.causeless,
            self.in_flight,
            self.unknown,
            self.causeless,
            self.dropped,
            self.reports,
            self.wrong_rows,
            self.kills,
            self.stops,
            self.pauses,
            self.fell,
            self.takeovers,
            self.database_kills,
            self.cuts,
            self.full_disks,
            self.failovers,
            self.jumps,
            self.leaps,
            self.platform,
        )
    }
}
