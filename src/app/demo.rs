//! The demo organisation in the browser: its people, one chat each, and its clock in the visitor's
//! hand.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{Days, NaiveDateTime, NaiveTime};

use super::App;
use crate::clock::{Instant, ManualClock};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::{OfficeKind, Person};
use crate::http::{ClockMove, DemoError, DemoMoved, DemoPanel, DemoPerson, demo_chat};
use crate::message::Phrase;
use crate::store::units::UnitTree;
use crate::store::{Db, StoreError, accounts, cases, meetings, people, steps};

/// When "next day" wakes up.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).expect("eight o'clock exists");

pub struct Demo {
    app: Arc<App>,
    clock: ManualClock,
    cast: Cast,
}

/// Whom the visitor can be.
struct Cast {
    unit: UnitId,
    people: Vec<DemoPerson>,
}

impl Demo {
    /// Gives everyone of the demo a web chat, and chooses whom the visitor can be: the secretary
    /// and the mentors of the branch whose candidate has two of them, and the committee's office.
    pub async fn prepare(app: Arc<App>, clock: ManualClock) -> Result<Self, StoreError> {
        let now = app.clock.now();
        bind_all(&app.db, app.practice.today(now), now).await?;
        let cast = cast(&app, now).await?;
        Ok(Self { app, clock, cast })
    }

    /// Moves to an instant, through everything that falls due on the way; gives how many messages
    /// went out.
    async fn walk(&self, to: Instant) -> Result<u64, StoreError> {
        let mut queued = 0;
        loop {
            let next = steps::next_due(&mut self.app.db.read().await?).await?;
            let at = next.map_or(to, |next| next.min(to)).max(self.clock.now());
            self.clock.set(at);
            queued += self.app.plan_once().await?.queued as u64;
            self.app.sent().await;
            if at >= to {
                return Ok(queued);
            }
        }
    }

    /// The next start of a meeting: of the visitor's branch, or of any.
    async fn next_meeting(
        &self,
        now: Instant,
        only: Option<UnitId>,
    ) -> Result<Option<(Instant, UnitId)>, StoreError> {
        let later = now + chrono::TimeDelta::milliseconds(1);
        let far = now + chrono::TimeDelta::days(100);
        let ahead = meetings::between(&mut self.app.db.read().await?, later, far).await?;
        let first = ahead.into_iter().find(|m| only.is_none_or(|unit| unit == m.unit));
        Ok(first.map(|meeting| (meeting.starts_at, meeting.unit)))
    }

    async fn moved(&self, by: ClockMove) -> Result<DemoMoved, StoreError> {
        let now = self.clock.now();
        let practice = &self.app.practice;
        let due = steps::next_due(&mut self.app.db.read().await?).await?;
        let meeting = self.next_meeting(now, None).await?;
        let to = match by {
            ClockMove::NextEvent => {
                due.into_iter().chain(meeting.map(|(at, _)| at)).min().unwrap_or(now)
            }
            ClockMove::NextDay => {
                let tomorrow = practice.today(now) + Days::new(1);
                practice.instant(tomorrow.and_time(MORNING))
            }
            ClockMove::ToMeeting => {
                self.next_meeting(now, Some(self.cast.unit)).await?.map_or(now, |(at, _)| at)
            }
        };
        let queued = self.walk(to).await?;
        let mut happened = Vec::new();
        if queued > 0 {
            happened.push(
                Phrase::new("demo-happened-reminders")
                    .with("count", i64::try_from(queued).unwrap_or(i64::MAX)),
            );
        }
        if let Some((at, unit)) = meeting
            && at == to
        {
            let units = UnitTree::load(&mut self.app.db.read().await?).await?;
            happened.push(Phrase::new("demo-happened-meeting").with("unit", units.name(unit)));
        }
        if happened.is_empty() {
            happened.push(Phrase::new("demo-happened-nothing"));
        }
        Ok(DemoMoved { now: practice.local(to), happened })
    }
}

#[async_trait]
impl DemoPanel for Demo {
    async fn people(&self) -> Result<Vec<DemoPerson>, DemoError> {
        Ok(self.cast.people.clone())
    }

    async fn now(&self) -> Result<NaiveDateTime, DemoError> {
        Ok(self.app.practice.local(self.clock.now()))
    }

    async fn move_clock(&self, by: ClockMove) -> Result<DemoMoved, DemoError> {
        self.moved(by).await.map_err(|error| {
            tracing::error!(%error, "the demo's clock could not be moved");
            DemoError
        })
    }
}

async fn bind_all(db: &Db, today: chrono::NaiveDate, now: Instant) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    for person in people::all(&mut tx, today).await? {
        let chat = demo_chat(&person.code);
        accounts::bind(&mut tx, "web", &chat, person.id, &chat, now).await?;
    }
    tx.commit().await
}

async fn cast(app: &App, now: Instant) -> Result<Cast, StoreError> {
    let today = app.practice.today(now);
    let mut tx = app.db.read().await?;
    let units = UnitTree::load(&mut tx).await?;
    let Some((unit, mentors)) = two_mentors(&mut tx, &units, today).await? else {
        return Err(StoreError::Value("the demo has no candidate with two mentors".to_owned()));
    };
    let mut chosen: Vec<(PersonId, &str, UnitId)> = Vec::new();
    let secretary = people::holders(&mut tx, unit, OfficeKind::Secretary, today).await?;
    chosen.extend(secretary.first().map(|id| (*id, "demo-role-secretary", unit)));
    chosen.extend(mentors.iter().map(|id| (*id, "demo-role-mentor", unit)));
    if let Some(root) = units.root() {
        let office = people::holders(&mut tx, root.id, OfficeKind::Office, today).await?;
        chosen.extend(office.first().map(|id| (*id, "demo-role-office", root.id)));
    }
    let ids: Vec<PersonId> = chosen.iter().map(|(id, ..)| *id).collect();
    let known = people::load(&mut tx, &ids, today).await?;
    let person = |id: PersonId| known.iter().find(|person: &&Person| person.id == id);
    let people = chosen
        .iter()
        .filter_map(|(id, role, unit)| {
            let person = person(*id)?;
            let role = Phrase::new(*role).with("unit", units.name(*unit));
            Some(DemoPerson { code: person.code.clone(), name: person.name.clone(), role })
        })
        .collect();
    Ok(Cast { unit, people })
}

/// The first candidate with two mentors, neither of them the secretary: a branch in which the
/// visitor can play every part.
async fn two_mentors(
    tx: &mut crate::store::Tx,
    units: &UnitTree,
    today: chrono::NaiveDate,
) -> Result<Option<(UnitId, Vec<PersonId>)>, StoreError> {
    for branch in units.branches() {
        let secretary = people::holders(tx, branch.id, OfficeKind::Secretary, today).await?;
        let guided = cases::guided_in(tx, branch.id, today).await?;
        for one in &guided {
            let mentors: Vec<PersonId> = guided
                .iter()
                .filter(|other| other.id == one.id && !secretary.contains(&other.mentor_id))
                .map(|other| other.mentor_id)
                .collect();
            if mentors.len() == 2 {
                return Ok(Some((branch.id, mentors)));
            }
        }
    }
    Ok(None)
}
