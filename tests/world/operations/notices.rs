//! Notices.

use diudat::domain::typed::Typed;
use diudat::operations::notices::{self, Dispatch};
use diudat::operations::{Refused, Work};
use diudat::store::notices::unread_of;
use rstest_reuse::apply;

use super::{finish, refusal};
use crate::support::{Engine, both_engines};
use crate::world::World;

const OFFICE: &str = "NS-027";
const TEXT: &str = "Mời các đồng chí dự hội nghị";
/// All members of Chi bộ Phòng 1.
const PHONG_1: [&str; 5] = ["NS-010", "NS-011", "NS-012", "NS-013", "NS-014"];

async fn writes(work: &mut Work<'_>, text: &str, branches: &[&str]) -> Result<(), Refused> {
    let units = branches.iter().map(|code| work.units.by_code(code).unwrap().id);
    let units: Vec<_> = units.collect();
    let mut desk = notices::desk(work).await?;
    notices::write(work, &mut desk, Typed::new(text)).await?;
    notices::choose(work, &mut desk, &units).await
}

async fn sends(work: &mut Work<'_>) -> Result<Dispatch, Refused> {
    let desk = notices::desk(work).await?;
    notices::send(work, &desk).await
}

/// Says that the one notice that was not read is.
async fn reads(work: &mut Work<'_>) -> Result<bool, Refused> {
    let me = work.me()?.id;
    let unread = unread_of(work.tx, me).await?;
    let Some((notice, _)) = unread.first() else { return Ok(false) };
    Ok(notices::read(work, *notice).await?.is_some())
}

#[apply(both_engines)]
#[tokio::test]
async fn a_notice_is_sent_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = World::peopled(engine, "2018-11-26 09:00").await;
    let mut page = World::peopled(engine, "2018-11-26 09:00").await;
    chat.as_(OFFICE).says(&format!("/thongbao {TEXT}")).await.reads(&["Đã chọn 0/6 chi bộ"]);
    chat.as_(OFFICE).taps("Chi bộ Phòng 1").await.reads(&["[✓ Chi bộ Phòng 1]"]);
    chat.as_(OFFICE).taps("Tiếp tục").await.reads(&[TEXT]);
    chat.as_(OFFICE).taps("Gửi thông báo").await.reads(&["Đã gửi thông báo đến 5 đảng viên"]);

    // Who may not, may not; what cannot be is refused.
    let no_right = page.on_the_page("NS-010", async |work| writes(work, TEXT, &[]).await).await;
    let empty = page.on_the_page(OFFICE, async |work| writes(work, "", &[]).await).await;
    let none = page.on_the_page(OFFICE, async |work| sends(work).await).await.map(drop);
    page.on_the_page(OFFICE, async |work| writes(work, TEXT, &[]).await).await.unwrap();
    let nowhere = page.on_the_page(OFFICE, async |work| sends(work).await).await.map(drop);
    let nobody = page.at_the_command_line(async |work| sends(work).await).await.map(drop);
    let said = [no_right, empty, none, nowhere, nobody].map(refusal).map(Option::unwrap);
    let expected = [
        "notice-not-allowed",
        "notice-text-length",
        "notice-draft-gone",
        "notice-no-branch",
        "deed-needs-a-person",
    ];
    assert_eq!(said, expected);
    let kept = "SELECT COUNT(*) FROM notice";
    assert_eq!(page.count(kept).await, 0, "a refusal sends nothing");

    page.on_the_page(OFFICE, async |work| writes(work, TEXT, &["CB-02"]).await).await.unwrap();
    let sent = page.on_the_page(OFFICE, async |work| sends(work).await).await.unwrap();
    assert_eq!((sent.recipients, sent.unreachable), (5, 0));
    let rows = "SELECT COUNT(*) FROM notice_recipient";
    for sql in [kept, rows, "SELECT COUNT(*) FROM notice_draft"] {
        assert_eq!(page.count(sql).await, chat.count(sql).await, "{sql}");
    }
    assert_eq!(page.audited("notice.send").await.len(), chat.audited("notice.send").await.len());
    for code in PHONG_1 {
        let letter = chat.as_(code).reads(&[TEXT, "[Đã đọc]"]);
        assert_eq!(page.as_(code).reads(&[]), letter);
    }

    chat.as_("NS-012").taps("Đã đọc").await.reads(&[TEXT]);
    assert!(page.on_the_page("NS-012", async |work| reads(work).await).await.unwrap());
    assert!(!page.on_the_page("NS-015", async |work| reads(work).await).await.unwrap());
    let read = "SELECT COUNT(*) FROM notice_recipient WHERE read_at IS NOT NULL";
    assert_eq!((page.count(read).await, chat.count(read).await), (1, 1));
    finish(chat, page).await;
}
