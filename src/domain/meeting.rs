//! What a meeting of a branch is, how it stands, and what members answer to it.

use super::words;

words! {
    MeetingKind {
        /// The monthly one, which reports serve (sinh hoạt định kỳ).
        Regular = "regular",
        /// sinh hoạt chuyên đề
        Thematic = "thematic",
    }
}

words! {
    MeetingState {
        Planned = "planned",
        /// It is over, and its sheet may not change any more.
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

words! {
    /// What a member answers to a meeting that is to come.
    MeetingAnswer {
        Coming = "coming",
        Excused = "excused",
    }
}
