//! `/duyet`: what waits for the committee, the oldest first: the source lists of the branches, the
//! cases that branches submitted after their vote, and the recognitions.
//!
//! Grammar: `/duyet` shows what waits. A list is approved or returned as a whole, or only for those
//! who are chosen: on which day and under which number, or for which reason, then everything once
//! more, then it is recorded for each. Whoever lacks something is named with what it is, and the
//! others are taken. A submission leads into the dialogue of its step. `/huy` leaves everything as it
//! was.

mod list;
mod overview;

use async_trait::async_trait;

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use crate::operations::rights::Right;
use crate::taps::{ApprovalTap, Tap};

pub struct Approvals;

const NAME: &str = "approval";

#[async_trait]
impl Feature for Approvals {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[Command {
            name: "duyet",
            words: &["duyet danh sach", "duyet nguon", "duyet danh sach nguon", "viec cho duyet"],
            needs: &[Right::Approve],
            about: "approve-about",
            in_groups: false,
            answer: |cx, _| Box::pin(overview::show(cx)),
        }]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Approval(tap) = tap else { return cx.stale().await };
        match tap {
            ApprovalTap::List(unit) => list::open(cx, unit).await,
            _ if cx.on_open_question() => list::tap(cx, tap).await,
            _ => cx.stale().await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        list::text(cx, text).await
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        list::repeat(cx).await
    }
}
