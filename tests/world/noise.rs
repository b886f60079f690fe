//! Anything typed or tapped, to the whole program: it is answered, and never with a fault.

use diudat::message::Event;
use proptest::prelude::*;
use rstest_reuse::apply;

use crate::mangle::{draws, text};
use crate::support::{Engine, both_engines};
use crate::world::World;

const TYPED: &[&str] = &[
    "/baocao qc-014 tốt khá tốt tốt tốt, đưa vào nguồn",
    "qc-014 t k tb y t, tiếp tục",
    "/start ABCD-EFGH",
    "/thongke phòng 1 2016-2018",
    "thong ke quy 3/2018",
    "/lichhop",
    "tốt",
    "1",
    "/huy",
    "bỏ qua nhận xét",
    "Gửi báo cáo",
    "Như tháng trước",
];

#[apply(both_engines)]
#[tokio::test]
async fn whatever_is_said_is_answered(engine: Engine) {
    let mut w = World::peopled(engine, "2018-12-03 09:00").await;
    let people = ["NS-012", "NS-010", "NS-027", "stranger"];
    let said = draws(160, (text(TYPED), 0..people.len(), any::<bool>()));
    for (n, (words, who, sound)) in said.iter().enumerate() {
        // A sound step in between keeps dialogues going.
        let words = if *sound { TYPED[n % TYPED.len()] } else { words.as_str() };
        w.clock.advance(chrono::TimeDelta::seconds(7));
        w.as_(people[*who]).says(words).await;
        // A question that is open is asked again in its place.
        let now = w.clock.now();
        let mut answers = w.sent_to(people[*who]);
        answers.retain(|seen| seen.at == now);
        // Strangers who go on and on get no answer any more.
        let silent = words.trim().is_empty() || people[*who] == "stranger";
        assert!(silent || !answers.is_empty(), "{words:?} is not answered");
        for answer in answers {
            assert!(!answer.text.contains("E-0"), "{words:?}: {}", answer.text);
        }
    }
    assert!(!w.sent_to("stranger").is_empty());
    for (button, _) in draws(60, (text(&["b123456", "b1", "b999999999999"]), Just(()))) {
        w.as_("NS-012").taps_id(&button, "1").await;
    }
    let upload = Event::Upload { caption: Some("\u{202e}".repeat(3_000)), file: None };
    w.as_("NS-012").happens(upload).await;
    assert!(w.sent_to("NS-012").iter().all(|seen| !seen.text.contains("E-0")));
    w.everyone_reads();
    w.finish().await;
}
