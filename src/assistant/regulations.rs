//! `/quydinh`: the rules in force today, each with the document it comes from.
//!
//! What an office has not confirmed yet is marked, and so is what it should look at first; under a
//! rule stand its earlier versions, which what began under them keeps.

use async_trait::async_trait;
use chrono::NaiveDate;

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::Outcome;
use super::engine::feature::Feature;
use crate::domain::regulations::Listed;
use crate::message::{Arg, Message, Phrase};
use crate::operations::rights::Right;
use crate::phrasing::road;

pub struct RegulationsFeature;

#[async_trait]
impl Feature for RegulationsFeature {
    fn name(&self) -> &'static str {
        "regulations"
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "quydinh",
            words: &["quy dinh", "cac quy dinh", "rules"],
            needs: &[Right::ReadRules],
            about: "regulations-about",
            in_groups: false,
            answer: |cx, _| Box::pin(command(cx)),
        }]
    }
}

async fn command(cx: &mut Cx<'_>) -> Outcome {
    let today = cx.today();
    let listed = cx.practice.regulations.until(today);
    let all = listed.len();
    let unconfirmed = listed
        .iter()
        .filter(|(_, versions)| versions.first().is_some_and(|v| !v.source.confirmed))
        .count();
    let mut message = Message::new()
        .title(Phrase::new("regulations-title").with("today", today))
        .line(Phrase::new("regulations-unconfirmed").with("count", unconfirmed).with("all", all))
        .gap();
    for rule in listed {
        message = with_rule(message, &rule, today);
    }
    cx.reply(message).await
}

/// The rule in force, what is doubtful about it, and what it was before. The oldest version stands
/// in for those before it, and says so.
fn with_rule(mut message: Message, (key, versions): &Listed, today: NaiveDate) -> Message {
    let name = Phrase::new(format!("regulation-{key}"));
    for (age, version) in versions.iter().enumerate() {
        let said = |key: &str| {
            Phrase::new(key)
                .with("value", road::measure(&version.value))
                .with("source", road::source(&version.source))
        };
        if age > 0 {
            message = message.line(said("regulations-before"));
            continue;
        }
        message = message.item(said("regulations-line").with("name", name.clone()));
        if version.source.from > today {
            let line = Phrase::new("regulations-oldest").with("from", version.source.from);
            message = message.line(line);
        }
        if let Some(doubt) = &version.source.doubt {
            message = message.line(
                Phrase::new("regulations-doubt").with("doubt", Arg::unmasked(doubt.as_str())),
            );
        }
    }
    message
}
