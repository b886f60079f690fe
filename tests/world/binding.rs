//! `/start CODE`: who comes in, and what a stranger sees.

use diudat::domain::code::InvitationCode;
use diudat::message::MenuAudience;
use diudat::store::invitations::{self, Opens};
use diudat::store::people;
use rstest_reuse::apply;

use crate::support::{Engine, both_engines};
use crate::world::{KEY, World};

pub async fn invite(w: &World, person: &str, code: &str) {
    let mut tx = w.db.begin().await.unwrap();
    let id = people::by_code(&mut tx, person).await.unwrap().unwrap();
    let digest = InvitationCode::parse(code).unwrap().digest(KEY);
    let now = w.clock.now();
    let until = now + w.practice.invitations.life;
    invitations::issue(&mut tx, &digest, Opens::Person(id), now, until).await.unwrap();
    tx.commit().await.unwrap();
}

#[apply(both_engines)]
#[tokio::test]
async fn a_code_binds_once(engine: Engine) {
    let mut w = World::at(engine, "2018-11-26 07:00").await;
    invite(&w, "NS-012", "ABCD-EFGH").await;
    let welcome = w.as_("stranger").says("/start").await.reads(&["Dìu Dắt"]);
    for command in ["/thongke", "/toi", "/viec", "/baocao", "xin chào", "/khongco", "2"] {
        let said = w.as_("stranger").says(command).await.reads(&[]);
        assert_eq!(said, welcome, "{command}");
    }
    w.as_("stranger").says("/start abcd efgh").await.reads(&["Chi bộ Phòng 1"]);
    let menus = w.menus();
    let own = menus.iter().find(|m| m.audience == MenuAudience::Chat("stranger".to_owned()));
    let own = own.expect("the chat has a menu of its own");
    assert!(own.commands.iter().any(|(name, _)| name == "baocao"));
    w.as_("stranger").says("/toi").await.reads(&["NS-012", "Chi bộ Phòng 1"]);
    w.as_("stranger").says("/trogiup").await.reads(&["/baocao", "/viec"]);
    let said = w.as_("another").says("/start ABCD-EFGH").await.reads(&[]);
    assert!(!said.contains("Phòng 1"), "{said}");
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn each_wrong_code_gets_a_kind_answer(engine: Engine) {
    let mut w = World::at(engine, "2018-11-26 07:00").await;
    invite(&w, "NS-012", "ABCD-EFGH").await;
    let mut answers = Vec::new();
    answers.push(w.as_("x").says("/start hello").await.reads(&[]));
    answers.push(w.as_("x").says("/start 1234-5678").await.reads(&[]));
    w.advance_to("2018-11-29 07:01").await;
    answers.push(w.as_("y").says("/start ABCD-EFGH").await.reads(&[]));
    invite(&w, "NS-012", "1111-2222").await;
    w.as_("z").says("1111-2222").await.reads(&["Chi bộ Phòng 1"]);
    answers.push(w.as_("y").says("/start 1111-2222").await.reads(&[]));
    for _ in 0..3 {
        w.as_("y").says("/start 0000-0000").await.reads(&[]);
    }
    answers.push(w.as_("y").says("/start 0000-0000").await.reads(&[]));
    invite(&w, "NS-013", "3333-4444").await;
    let shut = w.as_("y").says("/start 3333-4444").await.reads(&[]);
    assert_eq!(Some(&shut), answers.last(), "even the right code waits");
    insta::assert_snapshot!("wrong_codes", answers.join("\n---\n"));
    w.advance_to("2018-11-29 08:02").await;
    w.as_("y").says("/start 3333-4444").await.reads(&["Chi bộ Phòng 1"]);
    w.everyone_reads();
    w.finish().await;
}

#[apply(both_engines)]
#[tokio::test]
async fn a_stranger_who_talks_without_end_is_asked_to_wait_and_then_not_answered(engine: Engine) {
    let mut w = World::at(engine, "2018-11-26 07:00").await;
    invite(&w, "NS-012", "ABCD-EFGH").await;
    for _ in 0..10 {
        w.as_("stranger").says("/start").await.reads(&["Dìu Dắt"]);
    }
    w.as_("stranger").says("/start ABCD-EFGH").await.reads(&["đợi một phút"]);
    w.as_("stranger").says("/start ABCD-EFGH").await.reads_nothing();
    // Nobody else has to wait, and a minute later neither does this one: the code is not spent.
    w.as_("another").says("/start").await.reads(&["Dìu Dắt"]);
    w.advance_to("2018-11-26 07:01").await;
    w.as_("stranger").says("/start ABCD-EFGH").await.reads(&["Chi bộ Phòng 1"]);
    // Whom somebody has confirmed may write as they like.
    for _ in 0..20 {
        w.as_("stranger").says("/toi").await.reads(&["NS-012"]);
    }
    w.finish().await;
}
