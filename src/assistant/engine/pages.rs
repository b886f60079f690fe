//! Long lists of choices, a page at a time.

/// Entries on a page.
const SIZE: usize = 10;

/// A page of a list.
#[derive(Clone, Copy, Debug)]
pub(in crate::assistant) struct Page {
    at: usize,
    last: usize,
}

impl Page {
    /// This page of a list of so many entries, or its last one.
    pub fn of(wanted: usize, entries: usize) -> Self {
        let last = entries.saturating_sub(1) / SIZE;
        Self { at: wanted.min(last), last }
    }

    /// Its entries, of all there are.
    pub fn shown<T>(self, all: &[T]) -> impl Iterator<Item = &T> {
        all.iter().skip(self.at * SIZE).take(SIZE)
    }

    /// Buttons to the pages before and after it, made of their labels and pages.
    pub fn beside<B>(
        self,
        [before, after]: [&'static str; 2],
        button: impl Fn(&'static str, usize) -> B,
    ) -> Vec<B> {
        let back = self.at.checked_sub(1).map(|to| button(before, to));
        let on = (self.at < self.last).then(|| button(after, self.at + 1));
        back.into_iter().chain(on).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_shown_a_page_at_a_time() {
        for (wanted, entries, shown, beside) in [
            (0, 0, 0..0, ""),
            (0, 10, 0..10, ""),
            (0, 11, 0..10, ">1"),
            (1, 25, 10..20, "<0>2"),
            (2, 25, 20..25, "<1"),
            (9, 25, 20..25, "<1"),
        ] {
            let (page, all) = (Page::of(wanted, entries), Vec::from_iter(0..entries));
            assert_eq!(Vec::from_iter(page.shown(&all).copied()), Vec::from_iter(shown));
            let buttons = page.beside(["<", ">"], |label, to| format!("{label}{to}"));
            assert_eq!(buttons.concat(), beside, "{wanted} of {entries}");
        }
    }
}
