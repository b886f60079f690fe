//! The demo organisation in the browser: its people, one chat each, and its clock in the visitor's
//! hand.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};

use super::{App, SetupError};
use crate::channels::web::{Change, Feed, WebChannel};
use crate::clock::{Instant, ManualClock};
use crate::domain::ids::{PersonId, UnitId};
use crate::domain::people::{OfficeKind, Person};
use crate::domain::units::UnitTree;
use crate::http::{ClockMove, DemoError, DemoMoved, DemoPanel, DemoPerson, demo_chat};
use crate::message::{Arg, Phrase};
use crate::reminders;
use crate::store::{Db, StoreError, accounts, cases, meetings, outbox, people};

/// When "next day" wakes up.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).expect("eight o'clock exists");
/// How far ahead an event is looked for. Every branch meets each month.
const HORIZON: TimeDelta = TimeDelta::days(100);

pub struct Demo {
    app: Arc<App>,
    web: Arc<WebChannel>,
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
    pub async fn prepare(
        app: Arc<App>,
        web: Arc<WebChannel>,
        clock: ManualClock,
    ) -> Result<Self, SetupError> {
        let now = app.clock.now();
        bind_all(&app.db, app.practice.today(now), now).await?;
        let cast = cast(&app, now).await?;
        Ok(Self { app, web, clock, cast })
    }

    /// Moves to an instant, through everything that falls due on the way.
    async fn walk(&self, to: Instant, news: &mut News) -> Result<(), StoreError> {
        loop {
            let next = self.next_due().await?;
            let at = next.map_or(to, |next| next.min(to)).max(self.clock.now());
            self.clock.set(at);
            self.app.plan_once().await?;
            self.app.sent().await;
            news.hear(self.web.feed());
            if at >= to {
                return Ok(());
            }
        }
    }

    /// When the next step falls due, or what waits out quiet hours may go.
    async fn next_due(&self) -> Result<Option<Instant>, StoreError> {
        let now = self.clock.now();
        let mut tx = self.app.db.read().await?;
        let step = reminders::next_due(&mut tx).await?;
        let waiting = outbox::unfinished(&mut tx).await?;
        let held = waiting.into_iter().map(|some| some.first).filter(|first| *first > now);
        Ok(held.chain(step).min())
    }

    /// Moves until there is news for one of those the visitor can be, or their branch meets.
    /// What concerns only the rest of the organisation happens on the way.
    async fn walk_to_event(&self, news: &mut News) -> Result<(), StoreError> {
        let far = self.clock.now() + HORIZON;
        loop {
            let now = self.clock.now();
            let due = self.next_due().await?;
            let meeting = self.meetings(now, far).await?.first().copied();
            let Some(next) = due.into_iter().chain(meeting).filter(|at| *at <= far).min() else {
                return Ok(());
            };
            self.walk(next, news).await?;
            if meeting == Some(next) || self.cast.people.iter().any(|p| news.has(&p.code)) {
                return Ok(());
            }
        }
    }

    /// When the visitor's branch begins to meet, after one instant and until another.
    async fn meetings(&self, after: Instant, until: Instant) -> Result<Vec<Instant>, StoreError> {
        let step = TimeDelta::milliseconds(1);
        let mut tx = self.app.db.read().await?;
        let all = meetings::between(&mut tx, after + step, until + step).await?;
        let own = all.into_iter().filter(|meeting| meeting.unit == self.cast.unit);
        Ok(own.map(|meeting| meeting.starts_at).collect())
    }

    async fn moved(&self, by: ClockMove) -> Result<DemoMoved, StoreError> {
        let from = self.clock.now();
        let practice = &self.app.practice;
        let mut news = News::from_now(self.web.feed());
        match by {
            ClockMove::NextEvent => self.walk_to_event(&mut news).await?,
            ClockMove::NextDay => {
                let tomorrow = practice.today(from) + Days::new(1);
                self.walk(practice.instant(tomorrow.and_time(MORNING)), &mut news).await?;
            }
            ClockMove::ToMeeting => {
                if let Some(at) = self.meetings(from, from + HORIZON).await?.first() {
                    self.walk(*at, &mut news).await?;
                }
            }
        }
        let now = self.clock.now();
        let mut happened = Vec::new();
        if let Some(at) = self.meetings(from, now).await?.last() {
            let units = UnitTree::load(&mut self.app.db.read().await?).await?;
            happened.push(
                Phrase::new("demo-happened-meeting")
                    .with("unit", units.name(self.cast.unit))
                    .with("at", practice.local(*at)),
            );
        }
        happened.extend(news.told(&self.cast.people));
        Ok(DemoMoved { now: practice.local(now), happened })
    }
}

/// What arrived while the clock moved. It is read from the pages' own feed, because the app's
/// planner and the walk share the planning and neither knows the whole.
struct News {
    position: u64,
    /// Messages by chat.
    arrived: HashMap<String, usize>,
}

impl News {
    fn from_now(feed: &Feed) -> Self {
        Self { position: feed.position(), arrived: HashMap::new() }
    }

    /// Counts what came since the last time. Should one step bring more than the feed keeps, what
    /// was lost stays uncounted.
    fn hear(&mut self, feed: &Feed) {
        let Some((missed, reached)) = feed.since(self.position, |_| true) else {
            self.position = feed.position();
            return;
        };
        self.position = reached;
        for announcement in missed {
            if matches!(&announcement.change, Change::Added(line) if !line.from_person) {
                *self.arrived.entry(announcement.chat.clone()).or_default() += 1;
            }
        }
    }

    fn has(&self, code: &str) -> bool {
        self.arrived.contains_key(&demo_chat(code))
    }

    /// How many messages were sent, and who of the visitor's people got some.
    fn told(&self, people: &[DemoPerson]) -> Vec<Phrase> {
        let count: usize = self.arrived.values().sum();
        if count == 0 {
            return Vec::new();
        }
        let mut told = vec![Phrase::new("demo-happened-sent").with("count", count)];
        let readers = people.iter().filter(|person| self.has(&person.code));
        let readers: Vec<Arg> = readers.map(|person| Arg::unmasked(person.name.clone())).collect();
        if !readers.is_empty() {
            told.push(Phrase::new("demo-happened-news").with("people", readers));
        }
        told
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

async fn cast(app: &App, now: Instant) -> Result<Cast, SetupError> {
    let today = app.practice.today(now);
    let mut tx = app.db.read().await?;
    let units = UnitTree::load(&mut tx).await?;
    let Some((unit, mentors)) = two_mentors(&mut tx, &units, today).await? else {
        return Err(SetupError::Other("the demo has no candidate with two mentors".to_owned()));
    };
    let secretary_of = Phrase::new("demo-role-secretary").with("unit", units.name(unit));
    let mentor_of = Phrase::new("demo-role-mentor").with("unit", units.name(unit));
    let mut chosen: Vec<(PersonId, Phrase)> = Vec::new();
    let secretary = people::holders(&mut tx, unit, OfficeKind::Secretary, today).await?;
    chosen.extend(secretary.first().map(|id| (*id, secretary_of)));
    chosen.extend(mentors.iter().map(|id| (*id, mentor_of.clone())));
    if let Some(root) = units.root() {
        let office = people::holders(&mut tx, root.id, OfficeKind::Office, today).await?;
        chosen.extend(office.first().map(|id| (*id, Phrase::new("demo-role-office"))));
    }
    let ids: Vec<PersonId> = chosen.iter().map(|(id, _)| *id).collect();
    let known = people::load(&mut tx, &ids, today).await?;
    let person = |id: PersonId| known.iter().find(|person: &&Person| person.id == id);
    let people = chosen
        .into_iter()
        .filter_map(|(id, role)| {
            let person = person(id)?;
            Some(DemoPerson {
                code: person.code.clone(),
                name: person.name.in_full().to_owned(),
                role,
            })
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
