//! How the domain's values read from a column.

use chrono::NaiveDate;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Type};

use crate::clock::{Instant, from_millis};
use crate::domain::calendar::Month;
use crate::domain::ids::{
    ButtonId, CaseId, CaseStepId, ClassId, DutyId, InboxId, MeetingId, NoticeId, OutboxId,
    PersonId, ProposalId, ReportId, SeatId, StepId, UnitId,
};
use crate::domain::language::Language;
use crate::domain::listed::{Arrival, Departure};
use crate::domain::meeting::{MeetingAnswer, MeetingKind, MeetingState};
use crate::domain::minutes::Presence;
use crate::domain::month::{Step, StepKind};
use crate::domain::name::Name;
use crate::domain::people::{OfficeKind, Status, UnitKind};
use crate::domain::report::ReportState;
use crate::domain::road::{CaseStep, DeadlineKind, Paper};
use crate::domain::typed::Typed;
use crate::store::deferrals::Cause;
use crate::store::outbox::State;

/// Values that stand in a column of another type.
macro_rules! stand_as {
    ($base:ty: $($value:ty)*) => {$(
        impl<DB: Database> Type<DB> for $value where $base: Type<DB> {
            fn type_info() -> DB::TypeInfo { <$base as Type<DB>>::type_info() }
            fn compatible(ty: &DB::TypeInfo) -> bool { <$base as Type<DB>>::compatible(ty) }
        }
    )*};
}
stand_as!(i64: At MaybeAt);
stand_as!(String: Day);

macro_rules! read_ids {
    ($($id:ident)*) => {$(
        stand_as!(i64: $id);
        impl<'r, DB: Database> Decode<'r, DB> for $id where i64: Decode<'r, DB> {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok($id(<i64 as Decode<DB>>::decode(value)?))
            }
        }
        impl From<$id> for crate::store::statement::Value {
            fn from(id: $id) -> Self { Self::Int(Some(id.0)) }
        }
        impl From<Option<$id>> for crate::store::statement::Value {
            fn from(id: Option<$id>) -> Self { Self::Int(id.map(|id| id.0)) }
        }
    )*};
}
read_ids!(ButtonId CaseId ClassId DutyId InboxId MeetingId NoticeId OutboxId PersonId ProposalId ReportId SeatId
    StepId UnitId CaseStepId);

macro_rules! read_texts {
    ($($text:ident as $raw:ident)*) => {$(
        stand_as!(String: $text);
        impl<'r, DB: Database> Decode<'r, DB> for $text where String: Decode<'r, DB> {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok($text::new(<String as Decode<DB>>::decode(value)?))
            }
        }
        impl From<&$text> for crate::store::statement::Value {
            fn from(text: &$text) -> Self { Self::from(text.$raw()) }
        }
        impl From<&Option<$text>> for crate::store::statement::Value {
            fn from(text: &Option<$text>) -> Self { Self::from(text.as_ref()) }
        }
        impl From<Option<&$text>> for crate::store::statement::Value {
            fn from(text: Option<&$text>) -> Self { Self::from(text.map(|text| text.$raw())) }
        }
    )*};
}
read_texts!(Name as in_full Typed as as_written);

/// Values whose text form is in the column; a text that is none of them is an error of the row.
macro_rules! read_words {
    ($($word:ty)*) => {$(
        stand_as!(String: $word);
        impl<'r, DB: Database> Decode<'r, DB> for $word where String: Decode<'r, DB> {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
                let text = <String as Decode<DB>>::decode(value)?;
                text.parse().map_err(|_| text.into())
            }
        }
        impl From<$word> for crate::store::statement::Value {
            fn from(word: $word) -> Self { Self::from(word.to_string()) }
        }
    )*};
}
read_words!(Arrival CaseStep Cause DeadlineKind Departure Paper Language MeetingAnswer MeetingKind MeetingState Month OfficeKind
    Presence ReportState State Status Step StepKind UnitKind);

/// A date column (TEXT, YYYY-MM-DD).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub NaiveDate);

impl<'r, DB: Database> Decode<'r, DB> for Day
where
    String: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Day(<String as Decode<DB>>::decode(value)?.parse()?))
    }
}

/// An instant column (BIGINT, epoch milliseconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At(pub Instant);

impl<'r, DB: Database> Decode<'r, DB> for At
where
    i64: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(At(from_millis(<i64 as Decode<DB>>::decode(value)?)))
    }
}

/// An instant column that may be NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaybeAt(pub Option<Instant>);

impl<'r, DB: Database> Decode<'r, DB> for MaybeAt
where
    i64: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(MaybeAt(<Option<i64> as Decode<DB>>::decode(value)?.map(from_millis)))
    }
}

impl From<Day> for NaiveDate {
    fn from(day: Day) -> Self {
        day.0
    }
}
impl From<At> for Instant {
    fn from(at: At) -> Self {
        at.0
    }
}
impl From<MaybeAt> for Option<Instant> {
    fn from(at: MaybeAt) -> Self {
        at.0
    }
}
