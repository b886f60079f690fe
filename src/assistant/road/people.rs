//! Naming mentors and introducers: by buttons, which take a name back when they are tapped again, or
//! by typing names or codes with commas between them.

use super::questions::Answer;
use super::steps::Plan;
use super::{Cx, Failure, refuse};
use crate::domain::ids::PersonId;
use crate::domain::people::{Named, Person, named};
use crate::domain::road::Ask;
use crate::domain::typed::Typed;
use crate::message::{Arg, Button, Message, Phrase};
use crate::operations::cases::Dossier;
use crate::operations::mentorships;
use crate::phrasing::road as say;
use crate::taps::{RoadTap, Tap};

/// How many members get a button; the others are typed.
const BUTTONS: usize = 30;

/// Who can be named on the day of the step.
async fn eligible(cx: &mut Cx<'_>, dossier: &Dossier, plan: &Plan) -> Result<Vec<Person>, Failure> {
    let on = plan.told.on.unwrap_or(cx.today());
    Ok(mentorships::eligible(&mut cx.work().await?, dossier, on).await?)
}

/// The question with the members to choose from.
pub(super) async fn offer(
    cx: &mut Cx<'_>,
    dossier: &Dossier,
    plan: &Plan,
    ask: Ask,
    message: Message,
) -> Result<Message, Failure> {
    let members = eligible(cx, dossier, plan).await?;
    let key = if ask == Ask::Mentors { "ask-mentors" } else { "ask-introducers" };
    let mut message = message.line(key);
    if !plan.chosen.is_empty() {
        let names = say::names(&plan.chosen);
        message = message.line(Phrase::new("ask-chosen").with("people", names));
    }
    for member in members.iter().take(BUTTONS) {
        let chosen = plan.chosen.contains(&member.id);
        let key = if chosen { "ask-person-chosen" } else { "ask-person" };
        let label = Phrase::new(key).with("name", member.id);
        message = message.row(vec![Button::new(label, Tap::Road(RoadTap::Name(member.id)))]);
    }
    if !plan.chosen.is_empty() {
        message = message.row(vec![Button::new("ask-named-button", Tap::Road(RoadTap::Named))]);
    }
    Ok(message)
}

/// Names a member, or takes the name back.
pub(super) async fn turn(
    cx: &mut Cx<'_>,
    dossier: &Dossier,
    mut plan: Plan,
    id: PersonId,
) -> Result<Plan, Failure> {
    if plan.chosen.contains(&id) {
        plan.chosen.retain(|chosen| *chosen != id);
    } else if eligible(cx, dossier, &plan).await?.iter().any(|member| member.id == id) {
        plan.chosen.push(id);
    } else {
        return refuse("ask-person-not-eligible");
    }
    Ok(plan)
}

/// Reads names or codes with commas between them.
pub(super) async fn read(
    cx: &mut Cx<'_>,
    dossier: &Dossier,
    plan: &Plan,
    text: &str,
) -> Result<Answer, Failure> {
    let members = eligible(cx, dossier, plan).await?;
    let mut named = Vec::new();
    for typed in text.split([',', ';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()) {
        match &found(&members, typed)[..] {
            [one] if named.contains(one) => {}
            [one] => named.push(*one),
            [] => {
                let typed = Arg::Typed(Typed::new(typed));
                return refuse(Phrase::new("ask-person-unknown").with("typed", typed));
            }
            many => {
                let phrase = Phrase::new("ask-person-many")
                    .with("typed", Arg::Typed(Typed::new(typed)))
                    .with("people", say::names(many));
                return refuse(phrase);
            }
        }
    }
    Ok(Answer::People(named))
}

/// Whom a text means: a code, a whole name, or the last words of one.
fn found(members: &[Person], typed: &str) -> Vec<PersonId> {
    match named(members, typed) {
        Named::One(one) => vec![one.id],
        Named::Several(several) => several.into_iter().map(|person| person.id).collect(),
        Named::Nobody => Vec::new(),
    }
}
