//! A person's name, apart from other text: a sentence cannot hold one.
//!
//! Sentences name people by their id, and rendering decides for each reader what is shown. What
//! needs the name itself says so with [`Name::in_full`], and `tests/architecture.rs` lists who may:
//! papers, our own pages and the command line.

use std::cmp::Ordering;
use std::fmt;

use super::text;

/// A person's full name: `Lê Thị Hồng Nhung`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    pub fn new(full: impl Into<String>) -> Self {
        Self(full.into())
    }

    /// The name for those who may read all names.
    pub fn in_full(&self) -> &str {
        &self.0
    }

    /// The key under which it is compared with what people type.
    pub fn folded(&self) -> String {
        text::fold(&self.0)
    }

    /// `T.V.B.`, which may stand where the name may not.
    pub fn initials(&self) -> String {
        text::initials(&self.0)
    }
}

/// By given name, as Vietnamese lists go.
impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        text::by_given_name(&self.0, &other.0)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Initials: a name that gets into a log by way of somebody else's value stays one.
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.initials())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_shows_initials() {
        assert_eq!(format!("{:?}", Name::new("Trần Văn Bình")), "T.V.B.");
    }

    #[test]
    fn names_sort_by_given_name() {
        let mut names = ["Nguyễn Văn Bình", "Trần Thị An", "Lê Anh"].map(Name::new);
        names.sort();
        assert_eq!(names.map(|name| name.0), ["Trần Thị An", "Lê Anh", "Nguyễn Văn Bình"]);
    }
}
