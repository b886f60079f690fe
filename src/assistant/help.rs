//! `/trogiup` by role, `/toi`, `/huy`, and what is said when a text means nothing.

use async_trait::async_trait;

use super::engine::command::{Command, LEAVE};
use super::engine::context::Cx;
use super::engine::failure::Outcome;
use super::engine::feature::Feature;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::rights::{self, Right};
use crate::phrasing;
use crate::taps::Tap;

pub struct Help;

#[async_trait]
impl Feature for Help {
    fn name(&self) -> &'static str {
        "help"
    }

    fn commands(&self) -> &'static [Command] {
        &[
            Command {
                name: "toi",
                words: &["toi la ai", "thong tin cua toi"],
                needs: &[],
                about: "me-about",
                in_groups: false,
                answer: |cx, _| Box::pin(me(cx)),
            },
            Command {
                name: LEAVE,
                words: &["huy bo", "cancel", "thoat"],
                needs: &[],
                about: "cancel-about",
                in_groups: false,
                answer: |cx, _| Box::pin(leave(cx)),
            },
            Command {
                name: "trogiup",
                words: &["tro giup", "huong dan", "help"],
                needs: &[],
                about: "help-about",
                in_groups: false,
                answer: |cx, _| Box::pin(help(cx)),
            },
        ]
    }
}

async fn help(cx: &mut Cx<'_>) -> Outcome {
    let me = cx.me()?.id;
    let greeting = cx.addressed(me, ["help-greeting", "help-greeting-guest"]).await?;
    let person = cx.me()?;
    let mut message = Message::new().title("help-title").line(greeting).gap();
    for command in cx.commands.iter().filter(|command| command.is_for(person)) {
        message = message.item(
            Phrase::new("help-command")
                .with("command", command.name)
                .with("about", Phrase::new(command.about)),
        );
    }
    if rights::somewhere(person, Right::Report) {
        message = message.gap().line("help-one-line");
    }
    cx.reply(message.gap().line("help-plain-words")).await
}

/// Who I am to the program, and where it writes to me.
async fn me(cx: &mut Cx<'_>) -> Outcome {
    let person = cx.me()?.clone();
    let units = cx.units().await?;
    let title = cx.addressed(person.id, ["me-title", "me-title-guest"]).await?;
    let mut message = Message::new().title(title.with("code", Arg::code(&person.code)));
    if let Some(unit) = person.unit {
        message = message.line(Phrase::new("me-unit").with("unit", units.name(unit)));
    }
    for office in &person.offices {
        message = message.item(
            Phrase::new("me-office")
                .with("office", phrasing::office(office.kind))
                .with("unit", units.name(office.unit)),
        );
    }
    if person.guides {
        message = message.item("me-mentor");
    }
    cx.reply(message).await
}

/// Leaves the open dialogue; what was written is kept as a draft.
pub(super) async fn leave(cx: &mut Cx<'_>) -> Outcome {
    cx.taken_up_by(Help.name());
    if cx.session.dialogue.is_none() {
        return cx.reply(Message::of("cancel-nothing")).await;
    }
    cx.leave();
    cx.reply(Message::of("cancel-done")).await
}

/// Says that a text means nothing, and what would.
pub(super) async fn unknown(cx: &mut Cx<'_>, key: &str) -> Outcome {
    cx.taken_up_by(Help.name());
    let person = cx.me()?;
    let buttons = ["thongke", "baocao", "trogiup"]
        .into_iter()
        .filter_map(|name| cx.commands.iter().find(|command| command.name == name))
        .filter(|command| command.is_for(person))
        .map(|command| Button::new(Phrase::new(command.about), Tap::Command(command.name.into())))
        .collect();
    // Who was misunderstood still has the last question in front of them.
    cx.reply_beside(Message::of(key).row(buttons)).await
}
