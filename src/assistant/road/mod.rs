//! `/nguon` and `/hoso`: the candidates of a branch on their road, and one candidate's page with
//! what happened, what is there, what is running out, and the steps that are possible now.
//!
//! Grammar: `/nguon [branch]` lists a branch's candidates by stage and what each waits for; `/hoso` lists
//! the dossiers, `/hoso QC-014` opens one. Secretaries and deputies see their branch, the
//! committee and its office what is below them. A step is recorded in a dialogue that asks for its
//! evidence, checks each answer against the rules at once, shows everything and asks to confirm;
//! `/huy` leaves it and changes nothing. Papers are only noted as there or not, and where they are
//! kept.

mod branches;
mod mistake;
mod page;
mod papers;
mod people;
mod pool;
mod questions;
mod steps;

use async_trait::async_trait;

use super::engine::command::Command;
use super::engine::context::Cx;
use super::engine::failure::{Failure, Outcome, a_date, refuse};
use super::engine::feature::{Claim, Feature};
use crate::domain::report::leading_case_code;
use crate::domain::text::fold;
use crate::operations::cases;
use crate::operations::rights::Right;
use crate::taps::{RoadTap, Tap};

pub struct Roads;

const NAME: &str = "road";

#[async_trait]
impl Feature for Roads {
    fn name(&self) -> &'static str {
        NAME
    }

    fn commands(&self) -> &'static [Command] {
        &[
            Command {
                name: "nguon",
                words: &["nguon phat trien dang", "danh sach nguon", "du nguon"],
                needs: &[Right::SeeDossiers],
                about: "pool-about",
                in_groups: false,
                answer: |cx, rest| Box::pin(pool::open(cx, rest)),
            },
            Command {
                name: "hoso",
                words: &["ho so", "ho so quan chung"],
                needs: &[Right::SeeDossiers],
                about: "page-about",
                in_groups: false,
                answer: |cx, rest| Box::pin(dossier(cx, rest)),
            },
        ]
    }

    async fn tap(&self, cx: &mut Cx<'_>, tap: Tap) -> Outcome {
        let Tap::Road(tap) = tap else { return cx.stale().await };
        match tap {
            RoadTap::Branch(unit) => pool::branch(cx, unit).await,
            RoadTap::Open(case) => {
                let sheet = cases::today(&mut cx.work().await?, case).await?;
                page::show(cx, &sheet).await
            }
            RoadTap::Others(case) => page::others(cx, case).await,
            RoadTap::Papers { case, set } => papers::show(cx, case, set).await,
            RoadTap::Paper { case, paper } => papers::ask(cx, case, paper).await,
            RoadTap::Keep { case, paper, at } => papers::keep(cx, case, paper, at).await,
            RoadTap::Begin { case, step } => steps::begin(cx, case, step).await,
            RoadTap::Mistaken(case) => mistake::ask(cx, case).await,
            RoadTap::TakeBack { case, taken } => mistake::take_back(cx, case, taken).await,
            _ if cx.on_open_question() => steps::tap(cx, tap).await,
            _ => cx.stale().await,
        }
    }

    async fn text(&self, cx: &mut Cx<'_>, text: &str) -> Result<Claim, Failure> {
        steps::text(cx, text).await
    }

    async fn show_again(&self, cx: &mut Cx<'_>, tap: &Tap) -> Outcome {
        match tap {
            Tap::Road(RoadTap::TakeBack { case, .. }) => mistake::ask(cx, *case).await,
            _ => self.repeat(cx).await,
        }
    }

    async fn repeat(&self, cx: &mut Cx<'_>) -> Outcome {
        steps::repeat(cx).await
    }
}

async fn dossier(cx: &mut Cx<'_>, rest: &str) -> Outcome {
    if rest.is_empty() {
        return pool::dossiers(cx).await;
    }
    match leading_case_code(&fold(rest)) {
        Some((code, "")) => {
            let sheet = cases::by_code(&mut cx.work().await?, &code).await?;
            page::show(cx, &sheet).await
        }
        _ => refuse("page-no-code"),
    }
}
