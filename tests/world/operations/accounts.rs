//! Accounts and groups that are bound by codes.

use diudat::domain::code::InvitationCode;
use diudat::message::{Address, ChatKind, Event};
use diudat::operations::accounts::{self, Opened, Visitor};
use diudat::operations::{Refused, Work, groups};
use rstest_reuse::apply;

use super::refusal;
use crate::binding::invite;
use crate::support::{Engine, both_engines};
use crate::world::{KEY, TAPPING, World};

const SECRETARY: &str = "NS-010";
const CODE: &str = "ABCD-EFGH";

/// Shows a code in a chat.
async fn shown(work: &mut Work<'_>, chat: &str, code: &str) -> Result<Opened, Refused> {
    let kind = if chat.starts_with("group") { ChatKind::Group } else { ChatKind::Private };
    let chat = Address { bot: TAPPING.to_owned(), chat: chat.to_owned() };
    accounts::open(work, Visitor { sender: &chat.chat, chat: &chat, kind }, code, KEY).await
}

/// Issues a code for the group of a branch.
async fn invited(work: &mut Work<'_>, branch: &str) -> Result<(), Refused> {
    let branch = work.units.by_code(branch).unwrap().id;
    let digest = InvitationCode::parse(CODE).unwrap().digest(KEY);
    groups::invite(work, branch, &digest).await.map(drop)
}

#[apply(both_engines)]
#[tokio::test]
async fn a_code_opens_alike_in_a_chat_and_at_the_command_line(engine: Engine) {
    let mut chat = World::at(engine, "2018-11-26 07:00").await;
    let mut line = World::at(engine, "2018-11-26 07:00").await;
    for w in [&chat, &line] {
        invite(w, "NS-012", CODE).await;
    }
    chat.as_("stranger").says("/start 0000-0000").await.reads(&["Không có mã mời này"]);
    let wrong = line.at_the_command_line(async |work| shown(work, "stranger", "0000-0000").await);
    let wrong = wrong.await;
    assert!(matches!(wrong, Ok(Opened::Nothing("start-code-unknown"))), "{wrong:?}");
    chat.as_("stranger").says(CODE).await.reads(&["Chi bộ Phòng 1"]);
    let opened = line.at_the_command_line(async |work| shown(work, "stranger", CODE).await).await;
    assert!(matches!(opened, Ok(Opened::Account(me)) if me.code == "NS-012"));
    let again = line.at_the_command_line(async |work| shown(work, "another", CODE).await).await;
    assert!(matches!(again, Ok(Opened::Nothing("start-code-used"))), "{again:?}");
    chat.as_("another").says(CODE).await.reads(&["đã được sử dụng"]);
    // Whoever shows it, the deed is theirs for whom the code was made.
    let theirs = "SELECT COUNT(*) FROM audit a JOIN person p ON p.id = a.person_id
        WHERE a.action = 'account.bind' AND p.code = 'NS-012'";
    for w in [&chat, &line] {
        assert_eq!(w.audited("account.bind").await, ["NS-012"]);
        assert_eq!(w.count(theirs).await, 1);
        assert_eq!(w.count("SELECT COUNT(*) FROM account").await, 1);
        assert_eq!(w.count("SELECT COUNT(*) FROM bind_failure").await, 2);
    }
    line.as_("stranger").says("/toi").await.reads(&["NS-012"]);
    for w in [chat, line] {
        w.finish().await;
    }
}

/// The code is spent though nothing is bound.
#[apply(both_engines)]
#[tokio::test]
async fn a_personal_code_that_a_group_has_seen_is_worth_nothing(engine: Engine) {
    let mut w = World::peopled(engine, "2018-11-26 07:00").await;
    w.everyone_reads();
    invite(&w, "NS-012", CODE).await;
    let said = format!("/start {CODE}");
    w.in_group("group1", SECRETARY).says(&said).await.reads(&["đã bị lộ trong nhóm"]);
    w.as_("stranger").says(CODE).await.reads(&["đã được sử dụng"]);
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_group_is_bound_and_lost_alike_in_a_chat_and_on_a_page(engine: Engine) {
    let mut chat = crate::groups::bound(engine).await;
    let mut page = World::peopled(engine, "2018-11-27 09:00").await;
    page.everyone_reads();
    let done = page.on_the_page("NS-012", async |work| invited(work, "CB-02").await).await;
    assert_eq!(refusal(done).as_deref(), Some("group-not-leader"));
    // No row says who issued it, so the administrator may; who bound it is written down.
    page.at_the_command_line(async |work| invited(work, "CB-02").await).await.unwrap();
    for (who, chat, why) in [
        ("NS-012", "group1", "group-not-leader"),
        ("NS-016", "group1", "group-not-leader"),
        (SECRETARY, SECRETARY, "start-code-for-group"),
    ] {
        let done = page.on_the_page(who, async |work| shown(work, chat, CODE).await).await;
        assert_eq!(refusal(done).as_deref(), Some(why));
    }
    let nobody = page.at_the_command_line(async |work| shown(work, "group1", CODE).await).await;
    assert_eq!(refusal(nobody).as_deref(), Some("deed-needs-a-person"));
    page.as_("stranger").happens(Event::Reachable { reachable: true }).await.reads_nothing();
    page.in_group("group1", "stranger").says(&format!("/start {CODE}")).await.reads(&["chưa được"]);
    let bound = page.on_the_page(SECRETARY, async |work| shown(work, "group1", CODE).await).await;
    assert!(matches!(bound, Ok(Opened::Group(_))), "{bound:?}");
    let groups = "SELECT COUNT(*) FROM group_chat WHERE unbound_at IS NULL";
    assert_eq!((chat.count(groups).await, page.count(groups).await), (1, 1));

    chat.in_group("group1", "").happens(Event::Present { present: false }).await;
    let lost = page.at_the_command_line(async |work| {
        let chat = Address { bot: TAPPING.to_owned(), chat: "group1".to_owned() };
        Ok(groups::lose(work, &chat).await?)
    });
    lost.await.unwrap();
    let told = chat.as_(SECRETARY).reads(&["Chi bộ Phòng 1"]);
    assert_eq!(page.as_(SECRETARY).reads(&[]), told);
    assert_eq!((chat.count(groups).await, page.count(groups).await), (0, 0));
    for act in ["group.code", "group.bind", "group.unbind"] {
        assert_eq!(chat.audited(act).await, ["CB-02"], "{act}");
        assert_eq!(page.audited(act).await, ["CB-02"], "{act}");
    }
    for w in [chat, page] {
        w.finish().await;
    }
}
