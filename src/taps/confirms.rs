//! Which taps confirm: they do what the message above them shows. Each tap there is, is here, so that the
//! compiler asks for a decision on each new one.

use super::{
    ApprovalTap, ClassTap, HandoverTap, IntroductionTap, NoticeTap, ReportTap, ReviewTap, RoadTap,
    ScheduleTap, SheetTap, Tap, TargetTap,
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

impl ReportTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Send => Confirms::Question,
            Self::Open
            | Self::Choose { .. }
            | Self::Repeat { .. }
            | Self::AsLastMonth
            | Self::Rate(_)
            | Self::SkipText
            | Self::Recommend(_)
            | Self::Back
            | Self::SaveDraft
            | Self::Edit
            | Self::EditRating(_)
            | Self::EditText
            | Self::EditRecommendation => Confirms::Nothing,
        }
    }
}

impl ReviewTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Until(_) => Confirms::Question,
            Self::Accept(_) | Self::Return(_) => Confirms::Message,
            Self::Open(_) | Self::Earlier(_) => Confirms::Nothing,
        }
    }
}

impl ScheduleTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Confirm => Confirms::Question,
            Self::Rule(_)
            | Self::Meetings(_)
            | Self::Move(_)
            | Self::Cancel(_)
            | Self::Add(_)
            | Self::Roll(_)
            | Self::Give(_)
            | Self::Ask(_)
            | Self::Edit
            | Self::Leave => Confirms::Nothing,
        }
    }
}

impl SheetTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::SaveRoll(_) | Self::Unanimous { .. } | Self::CloseNow(_) => Confirms::Message,
            Self::Branch(_)
            | Self::Ahead(_)
            | Self::Show(_)
            | Self::Roll(_)
            | Self::AllPresent(_)
            | Self::Mark { .. }
            | Self::Chairs(_)
            | Self::Chair { .. }
            | Self::Takers(_)
            | Self::Taker { .. }
            | Self::Case { .. }
            | Self::Conclude { .. }
            | Self::Propose { .. }
            | Self::Vote { .. }
            | Self::Duties(_)
            | Self::Assign { .. }
            | Self::TakeBack { .. }
            | Self::Score(_)
            | Self::Number { .. }
            | Self::Close(_)
            | Self::Done(_) => Confirms::Nothing,
        }
    }
}

impl HandoverTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Confirm => Confirms::Question,
            Self::Candidate(_)
            | Self::Branch(_)
            | Self::Begin(_)
            | Self::Who(_)
            | Self::Since(_)
            | Self::Anew => Confirms::Nothing,
        }
    }
}

impl NoticeTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Send | Self::Discard => Confirms::Question,
            Self::Compose
            | Self::Pick(_)
            | Self::Drop(_)
            | Self::PickAll
            | Self::DropAll
            | Self::Page(_)
            | Self::Continue
            | Self::EditText
            | Self::EditUnits
            | Self::DropFile
            | Self::Back
            | Self::Look { .. }
            | Self::Read(_) => Confirms::Nothing,
        }
    }
}

impl RoadTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Take => Confirms::Question,
            Self::TakeBack { .. } => Confirms::Message,
            Self::Branch(_)
            | Self::Open(_)
            | Self::Others(_)
            | Self::Papers { .. }
            | Self::Paper { .. }
            | Self::Keep { .. }
            | Self::Begin { .. }
            | Self::Mistaken(_)
            | Self::On(_)
            | Self::To(_)
            | Self::Name(_)
            | Self::Named
            | Self::Because(_)
            | Self::Edit
            | Self::Change(_) => Confirms::Nothing,
        }
    }
}

impl IntroductionTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Record => Confirms::Question,
            Self::Choose(_)
            | Self::New
            | Self::In(_)
            | Self::Arrive
            | Self::As(_)
            | Self::NotYet
            | Self::Anew
            | Self::On(_) => Confirms::Nothing,
        }
    }
}

impl ClassTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Confirm => Confirms::Question,
            Self::Year(_)
            | Self::Open
            | Self::Kind(_)
            | Self::Day(_)
            | Self::Look(_)
            | Self::Add(_)
            | Self::Again
            | Self::Pick(_)
            | Self::Drop(_)
            | Self::PickAll
            | Self::DropAll
            | Self::Page(_)
            | Self::Continue
            | Self::Certify(_)
            | Self::Mark { .. }
            | Self::Cancel(_)
            | Self::Anew => Confirms::Nothing,
        }
    }
}

impl TargetTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Anyway => Confirms::Question,
            Self::Year(_) | Self::Changes(_) | Self::Set(_) | Self::Of { .. } => Confirms::Nothing,
        }
    }
}

impl ApprovalTap {
    fn confirms(&self) -> Confirms {
        match self {
            Self::Record => Confirms::Question,
            Self::List(_)
            | Self::Pick(_)
            | Self::Approve
            | Self::Return
            | Self::On(_)
            | Self::Because(_)
            | Self::Anew => Confirms::Nothing,
        }
    }
}
