//! What lists tell of an organisation, compared with what is known of it: who is the same, what is new, what has
//! changed, and what only a person can decide. Nothing is read or written here.

mod branches;
mod classes;
mod compare;
mod known;
mod matching;
mod membership;
mod merge;
mod plan;
mod road;
mod told;
mod units;

pub use compare::compare;
pub use known::{Known, KnownClass, KnownPerson, KnownUnit};
pub use membership::Period;
pub use plan::{
    Change, ChangedPerson, ClassRef, Count, Counted, Counts, Decisions, Doubt, Mistake, NewClass,
    NewNumber, NewPerson, NewRule, NewUnit, PersonRef, Placed, Plan, Question, UnitRef, Wrong,
};
pub use road::{Road, RoadStep, Seat};
pub use told::{
    Arrival, At, Came, CandidateTold, Certificate, ClassTold, Departure, FactKind, NumberTold,
    PersonTold, PostTold, RuleTold, StepTold, Told, UnitTold,
};
