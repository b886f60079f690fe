//! Files that go with notices: handed over by who has the draft of one open, fetched by whom the notice went
//! to and by the committees above, each as the offices are at that moment.

use super::deed::{Doer, Door};
use super::rights::{self, Right};
use super::work::{Actor, Refused, Work, refuse};
use crate::domain::audit::Act;
use crate::domain::ids::{NoticeId, UnitId};
use crate::domain::typed::Typed;
use crate::store::audit::Entry;
use crate::store::{notice_files, notices};

/// The file of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeFile {
    pub name: Typed,
    pub bytes: Vec<u8>,
}

/// The longest file that is waited for from whoever asks, in bytes; `None`: none is. They may write notices
/// today, and have the draft of one.
pub async fn limit(work: &mut Work<'_>) -> Result<Option<usize>, Refused> {
    let me = work.me()?;
    let longest = usize::try_from(work.practice.notice_file_max).unwrap_or(0);
    let awaited = longest > 0
        && rights::somewhere(me, Right::WriteNotices)
        && notices::draft(work.tx, me.id).await?.is_some();
    Ok(awaited.then_some(longest))
}

/// Keeps a file under the key of its form until its sender's draft takes it, once; gives its id.
pub async fn keep(
    door: &Door,
    doer: Doer<'_>,
    form_key: &str,
    name: &str,
    bytes: &[u8],
) -> Result<Option<i64>, Refused> {
    let Some(mut deed) = door.deed_once(doer, form_key).await? else {
        let mut inquiry = door.inquiry(doer).await?;
        return Ok(notice_files::by_form(inquiry.work().tx, form_key).await?);
    };
    let mut work = deed.work();
    if limit(&mut work).await?.is_none() {
        return refuse("upload-refused");
    }
    let (me, now) = (work.me()?.id, work.now);
    let id = notice_files::keep(work.tx, me, form_key, name, bytes, now).await?;
    deed.end().await?;
    Ok(Some(id))
}

/// Deletes a file that was handed over and not taken.
pub async fn discard(work: &mut Work<'_>, id: i64) -> Result<(), Refused> {
    let me = work.me()?;
    Ok(notice_files::discard(work.tx, id, me.id).await?)
}

/// The file of a notice; `None` if it has none.
pub async fn read(work: &mut Work<'_>, notice: NoticeId) -> Result<Option<NoticeFile>, Refused> {
    must_read(work, notice).await?;
    let found = notice_files::content(work.tx, notice).await?;
    Ok(found.map(|(name, bytes)| NoticeFile { name: Typed::new(name), bytes }))
}

/// Writes down that the file of a notice was fetched, before it leaves.
pub async fn note_fetched(work: &mut Work<'_>, notice: NoticeId) -> Result<(), Refused> {
    must_read(work, notice).await?;
    let unit = notices::get(work.tx, notice).await?.map(|sent| sent.unit);
    let entry = Entry::new(Act::NoticeFileRead, notice.0.to_string()).within(unit);
    Ok(work.note_reading(entry).await?)
}

/// Refuses the file of a notice that did not go to whoever asks, unless they may read it in all of its
/// branches.
async fn must_read(work: &mut Work<'_>, notice: NoticeId) -> Result<(), Refused> {
    let me = match work.by {
        Actor::Person(me) => me,
        Actor::Administrator | Actor::Time => return Ok(()),
        Actor::Stranger => return refuse("tap-stale"),
    };
    if notices::went_to(work.tx, notice, me.id).await? {
        return Ok(());
    }
    if rights::somewhere(me, Right::ReadNoticeFiles) {
        let branches = notices::tallies(work.tx, &[notice]).await?;
        let may = |unit: UnitId| rights::may(me, Right::ReadNoticeFiles, unit, &work.units);
        if !branches.is_empty() && branches.iter().all(|branch| may(branch.unit_id)) {
            return Ok(());
        }
    }
    refuse("tap-stale")
}
