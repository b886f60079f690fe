//! Sheets of meetings.
