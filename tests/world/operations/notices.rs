//! Notices of the committee.
