//! The meetings ahead of a branch, and why they fall on their days.

use crate::domain::ids::UnitId;
use crate::domain::people::UnitKind;
use crate::domain::practice::Practice;
use crate::message::{Address, Arg, Phrase};
use crate::operations::rights::{self, Right};
use crate::operations::timetable::{self, Ahead, Planned};
use crate::operations::work::{Refused, Work, refuse};
use crate::phrasing::{self, NextMeeting};
use crate::store::accounts;
use crate::store::meetings::{self, MeetingRule};
use crate::store::revisions::{self, Reason};

/// How many regular meetings are shown.
const SHOWN: usize = 4;
/// How many meetings ahead are looked at for thematic ones and for changes.
pub const LOOKED_AT: u32 = 8;

/// A branch whose meetings may be told where somebody asks: only [`of_person`] and [`of_group`] make one.
#[derive(Debug)]
pub struct Shown(UnitId);

impl Shown {
    pub fn branch(&self) -> UnitId {
        self.0
    }
}

/// The branch whose meetings are a person's to see: the one whose meetings they set, or their own.
pub fn of_person(work: &Work<'_>) -> Result<Shown, Refused> {
    let me = work.me()?;
    let first = |right| rights::roots(me, right).first().copied();
    let is_branch =
        |id: &UnitId| work.units.get(*id).is_some_and(|unit| unit.kind == UnitKind::Branch);
    let unit = first(Right::SetMeetings).or_else(|| first(Right::SeeMeetings));
    match unit.filter(is_branch) {
        Some(unit) => Ok(Shown(unit)),
        None => refuse("schedule-no-branch"),
    }
}

/// The branch whose group a chat is: there its meetings are told to whoever asks, as they are reminded of.
pub async fn of_group(work: &mut Work<'_>, chat: &Address) -> Result<Shown, Refused> {
    match accounts::group_at(work.tx, chat).await? {
        Some(group) => Ok(Shown(group.unit_id)),
        None => refuse("group-not-bound"),
    }
}

/// The next meetings of a branch: what is planned, and then what follows from the rule for the months not
/// planned yet; thematic meetings where they fall among these.
pub async fn next(work: &mut Work<'_>, shown: &Shown) -> Result<Vec<NextMeeting>, Refused> {
    let (branch, practice, now) = (shown.0, work.practice, work.judged_now());
    let rule = super::rule::stands(work, branch).await?;
    let mut ahead = timetable::ahead(work.tx, practice, &rule, Planned::Stay, SHOWN, now).await?;
    let planned = meetings::upcoming(work.tx, branch, now, LOOKED_AT).await?;
    ahead.extend(planned.into_iter().filter(|meeting| !meeting.is_regular()).map(|meeting| {
        let at = timetable::appointment(practice, &meeting);
        Ahead { at, meeting: Some(meeting), scheduled: None }
    }));
    ahead.sort_by_key(|one| one.at.starts);
    let reasons = revisions::reasons(work.tx, branch, now).await?;
    let told = |one: Ahead| {
        let why = why(practice, &rule, &one, &reasons);
        one.told(practice, why)
    };
    Ok(ahead.into_iter().map(told).collect())
}

/// Why a meeting falls on its day.
fn why(practice: &Practice, rule: &MeetingRule, one: &Ahead, reasons: &[Reason]) -> Phrase {
    if let Some(topic) = one.meeting.as_ref().and_then(|meeting| meeting.topic.clone()) {
        return Phrase::new("schedule-thematic").with("topic", Arg::Typed(topic));
    }
    match (&one.scheduled, one.moved(practice, reasons)) {
        (_, Some(moved)) => moved,
        (Some(scheduled), None) if one.is_by_rule() => phrasing::reason(rule, scheduled),
        // Set by hand, or planned under an earlier rule.
        _ => Phrase::new("schedule-by-hand"),
    }
}
