//! People who are introduced, arrive and are invited.
