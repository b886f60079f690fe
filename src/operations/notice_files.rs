//! Files that go with notices: handed over by who has the draft of one open, fetched by whom the notice went
//! to and by the committees above, each as the offices are at that moment.

use super::rights::{self, Right};
use super::work::{Actor, Refused, Work, refuse};
use crate::domain::audit::Act;
use crate::domain::ids::{NoticeId, UnitId};
use crate::domain::people::Person;
use crate::domain::practice::Practice;
use crate::domain::units::UnitTree;
use crate::store::audit::Entry;
use crate::store::{StoreError, Tx, notice_files, notices};

/// Whether a file is waited for from a person: they may write notices today, and have the draft of one.
pub async fn is_awaited(
    tx: &mut Tx,
    practice: &Practice,
    person: &Person,
) -> Result<bool, StoreError> {
    Ok(practice.notice_file_max > 0
        && rights::somewhere(person, Right::WriteNotices)
        && notices::draft(tx, person.id).await?.is_some())
}

/// Keeps a file under the key of its form until its sender's draft takes it; gives its id.
pub async fn keep(
    work: &mut Work<'_>,
    form_key: &str,
    name: &str,
    bytes: &[u8],
) -> Result<i64, Refused> {
    let me = work.me()?;
    if !is_awaited(work.tx, work.practice, me).await? {
        return refuse("upload-refused");
    }
    Ok(notice_files::keep(work.tx, me.id, form_key, name, bytes, work.now).await?)
}

/// Deletes a file that was handed over and not taken.
pub async fn discard(work: &mut Work<'_>, id: i64) -> Result<(), Refused> {
    let me = work.me()?;
    Ok(notice_files::discard(work.tx, id, me.id).await?)
}

/// Whether a person may have the file of a notice: it went to them, or they may read it in all of its
/// branches.
pub async fn may_read(tx: &mut Tx, person: &Person, notice: NoticeId) -> Result<bool, StoreError> {
    if notices::went_to(tx, notice, person.id).await? {
        return Ok(true);
    }
    if !rights::somewhere(person, Right::ReadNoticeFiles) {
        return Ok(false);
    }
    let units = UnitTree::load(tx).await?;
    let branches = notices::tallies(tx, &[notice]).await?;
    let may = |unit: UnitId| rights::may(person, Right::ReadNoticeFiles, unit, &units);
    Ok(!branches.is_empty() && branches.iter().all(|branch| may(branch.unit_id)))
}

/// Writes down that the file of a notice was fetched, before it leaves.
pub async fn fetch(work: &mut Work<'_>, notice: NoticeId) -> Result<(), Refused> {
    if let Actor::Person(me) = work.by
        && !may_read(work.tx, me, notice).await?
    {
        return refuse("tap-stale");
    }
    let unit = notices::get(work.tx, notice).await?.map(|sent| sent.unit);
    let entry = Entry::new(Act::NoticeFileRead, notice.0.to_string()).within(unit);
    Ok(work.note_reading(entry).await?)
}
