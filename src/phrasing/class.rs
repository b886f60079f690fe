//! A class in sentences, and what became of whoever was sent to it.

use crate::domain::class::{ClassKind, Outcome};
use crate::message::{Arg, Phrase};
use crate::store::classes::{Draft, Seat};

pub fn kind(kind: ClassKind) -> Phrase {
    Phrase::new(format!("class-kind-{kind}"))
}

/// A class as sentences name it: kind, days, place, number.
pub fn named(class: &Draft) -> Phrase {
    Phrase::new("class-name")
        .with("kind", kind(class.kind))
        .with("first", class.first)
        .with("last", class.last)
        .with("place", Arg::Typed(class.place.clone()))
        .with("number", Arg::Typed(class.number.clone()))
}

/// Somebody who was sent, with what became of them.
pub fn seat(seat: &Seat) -> Phrase {
    Phrase::new("class-seat").with("candidate", seat.person).with("result", result(seat))
}

fn result(seat: &Seat) -> Phrase {
    match (seat.outcome, &seat.certificate) {
        _ if seat.reversed && seat.outcome.is_none_or(Outcome::keeps_the_step) => {
            Phrase::new("class-result-withdrawn")
        }
        (Some(Outcome::Certified), Some((number, on))) => Phrase::new("class-result-certified")
            .with("number", Arg::Typed(number.clone()))
            .with("on", *on),
        (result, _) => outcome(result),
    }
}

/// What became of somebody; `None`: it is not known yet.
pub fn outcome(outcome: Option<Outcome>) -> Phrase {
    match outcome {
        Some(outcome) => Phrase::new(format!("class-outcome-{outcome}")),
        None => Phrase::new("class-result-open"),
    }
}
