//! Which taps confirm: they do what the message above them shows. Each tap there is, is here, so that the
//! compiler asks for a decision on each new one.

use super::{
    ApprovalTap, ClassTap, HandoverTap, IntroductionTap, NoticeTap, PersonnelTap, ReportTap,
    ReviewTap, RoadTap, ScheduleTap, SheetTap, Tap, TargetTap,
};

/// Whether a tap does what the message above it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirms {
    /// It asks, chooses, or says by itself all that it does.
    Nothing,
    /// The open question of its feature's dialogue.
    Question,
    /// What its message shows, whatever is asked since.
    Message,
}

impl Tap {
    /// What it confirms. Each new tap is to be decided on here.
    pub fn confirms(&self) -> Confirms {
        match self {
            Self::Report(tap) => tap.confirms(),
            Self::Review(tap) => tap.confirms(),
            Self::Schedule(tap) => tap.confirms(),
            Self::Sheet(tap) => tap.confirms(),
            Self::Handover(tap) => tap.confirms(),
            Self::Personnel(tap) => tap.confirms(),
            Self::Notice(tap) => tap.confirms(),
            Self::Road(tap) => tap.confirms(),
            Self::Introduction(tap) => tap.confirms(),
            Self::Class(tap) => tap.confirms(),
            Self::Target(tap) => tap.confirms(),
            Self::Approval(tap) => tap.confirms(),
            Self::Attendance(_)
            | Self::Figures(_)
            | Self::Nudge(_)
            | Self::Snooze(_)
            | Self::Settings(_)
            | Self::Doubt(_)
            | Self::Audit(_)
            | Self::Command(_) => Confirms::Nothing,
        }
    }
}

/// Says of each tap of a feature what it confirms.
macro_rules! confirms {
    ($($taps:ident { $($what:ident: $($tap:ident)|+;)+ })+) => {$(
        impl $taps {
            fn confirms(&self) -> Confirms {
                match self {
                    $($(Self::$tap { .. })|+ => Confirms::$what,)+
                }
            }
        }
    )+};
}

confirms! {
    ReportTap {
        Question: Send;
        Nothing: Open | Choose | Repeat | AsLastMonth | Rate | SkipText | Recommend | Back | SaveDraft
            | Edit | EditRating | EditText | EditRecommendation;
    }
    ReviewTap {
        Question: Until;
        Message: Accept | Return;
        Nothing: Open | Earlier;
    }
    ScheduleTap {
        Question: Confirm;
        Nothing: Rule | Meetings | Move | Cancel | Add | Roll | Give | Ask | Edit | Leave;
    }
    SheetTap {
        Message: SaveRoll | Unanimous | CloseNow | AllPresent;
        Nothing: Branch | Ahead | Show | Roll | Mark | Chairs | Chair | Takers | Taker | Case | Conclude
            | Propose | Vote | Duties | Assign | TakeBack | Score | Number | Close | Done;
    }
    HandoverTap {
        Question: Confirm;
        Nothing: Candidate | Branch | Begin | Who | Since | Anew;
    }
    PersonnelTap {
        Question: Confirm;
        Message: Accept | Decline;
        Nothing: Somebody | Begin | Unit | Status | How | Office | Day | Anew | Proposal;
    }
    NoticeTap {
        Question: Send | Discard;
        Nothing: Compose | Pick | Drop | PickAll | DropAll | Page | Continue | EditText | EditUnits
            | DropFile | Back | Look | Read;
    }
    RoadTap {
        Question: Take;
        Message: TakeBack;
        Nothing: Branch | Open | Others | Papers | Paper | Keep | Begin | Mistaken | On | To | Name | Named
            | Because | Edit | Change;
    }
    IntroductionTap {
        Question: Record;
        Nothing: Choose | New | In | Arrive | As | NotYet | Anew | On;
    }
    ClassTap {
        Question: Confirm;
        Nothing: Year | Open | Kind | Day | Look | Add | Again | Pick | Drop | PickAll | DropAll | Page
            | Continue | Certify | Mark | Cancel | Anew;
    }
    TargetTap {
        Question: Anyway;
        Nothing: Year | Changes | Set | Of;
    }
    ApprovalTap {
        Question: Record;
        Nothing: List | Pick | Approve | Return | On | Because | Anew;
    }
}
