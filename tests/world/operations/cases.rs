//! What is done about candidates: steps, mentors, what is taken back.
