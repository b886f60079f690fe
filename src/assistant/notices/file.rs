//! The file that goes with a notice: what is taken, and why another is not. A file that is refused
//! changes nothing: the draft keeps the one it had.

use super::{Desk, Step, drafted};
use crate::assistant::context::Cx;
use crate::assistant::failure::{Failure, Outcome, refuse};
use crate::domain::attachment::{FileKind, clean_name, kib};
use crate::domain::typed::Typed;
use crate::message::{Arg, OfferedFile, Phrase};
use crate::phrasing;
use crate::store::notice_files;

/// Puts a file to the draft, in place of the one there is, and says so.
pub(super) async fn take(
    cx: &mut Cx<'_>,
    desk: &mut Desk,
    offered: &OfferedFile,
    step: Step,
) -> Outcome {
    if desk.draft.is_none() && step == Step::Text {
        return refuse("notice-file-text-first");
    }
    drafted(cx, desk)?;
    let name = clean_name(&offered.name);
    let Some(kind) = FileKind::of_name(&name) else {
        return refuse(Phrase::new("notice-file-kind").with("name", Arg::Typed(Typed::new(name))));
    };
    let limit = cx.practice.notice_file_max;
    if offered.size > limit {
        let size = Phrase::new("notice-file-size").with("kib", kib(offered.size));
        return refuse(
            Phrase::new("notice-file-too-large").with("size", size).with("limit", kib(limit)),
        );
    }
    let me = cx.me()?.id;
    let arrived = match offered.kept {
        Some(id) => notice_files::arrived(cx.tx, id, me).await?.map(|head| (id, head)),
        None => None,
    };
    let Some((id, head)) = arrived else { return refuse("notice-file-elsewhere") };
    if !kind.begins(&head) {
        return refuse(
            Phrase::new("notice-file-content").with("name", Arg::Typed(Typed::new(name))),
        );
    }
    notice_files::attach(cx.tx, id, me, &name).await?;
    reload(cx, desk).await?;
    match &desk.file {
        Some(file) => cx.say_aside(phrasing::notice_file("notice-file-attached", file)).await,
        None => Ok(()),
    }
}

/// Takes the file away from the draft.
pub(super) async fn drop(cx: &mut Cx<'_>, desk: &mut Desk) -> Outcome {
    let me = cx.me()?.id;
    notice_files::detach(cx.tx, me).await?;
    reload(cx, desk).await
}

async fn reload(cx: &mut Cx<'_>, desk: &mut Desk) -> Result<(), Failure> {
    let me = cx.me()?.id;
    desk.file = notice_files::of_draft(cx.tx, me).await?;
    Ok(())
}
