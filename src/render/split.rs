//! Collects the lines of a message and cuts them into parts a channel takes: at a paragraph if it
//! can, else at a line, else at a word, else between characters.
//!
//! Lengths are counted in UTF-16 units, as the platforms do. Escaping adds nothing: they count
//! after it is undone.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::message::Run;

/// A text under construction, with the stretches that are strong.
#[derive(Default)]
pub(super) struct Styled {
    text: String,
    /// Bytes of `text`, in order, apart from each other.
    strong: Vec<Range<usize>>,
}

impl Styled {
    pub(super) fn line(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }

    pub(super) fn strong_line(&mut self, line: &str) {
        self.line(line);
        self.strong.push(self.text.len() - line.len()..self.text.len());
    }

    /// An empty line; at the start, and after another, nothing.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text in pieces of at most `limit` UTF-16 units, without the white space around them;
    /// none is blank.
    pub(super) fn pieces(&self, limit: Option<usize>) -> Vec<Vec<Run>> {
        cut(&self.text, limit.unwrap_or(usize::MAX)).into_iter().map(|at| self.runs(at)).collect()
    }

    fn runs(&self, at: Range<usize>) -> Vec<Run> {
        let mut runs = Vec::new();
        let text = |part: Range<usize>| self.text[part].to_owned();
        let mut done = at.start;
        for strong in &self.strong {
            let (from, to) = (strong.start.clamp(done, at.end), strong.end.clamp(done, at.end));
            runs.push(Run { text: text(done..from), strong: false });
            runs.push(Run { text: text(from..to), strong: true });
            done = to;
        }
        runs.push(Run { text: text(done..at.end), strong: false });
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}

/// The pieces of `text` as byte ranges, without the white space between them.
fn cut(text: &str, limit: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let end = text.trim_end().len();
    let mut start = end - skip_blank(&text[..end]).len();
    while start < end {
        let rest = &text[start..end];
        let fits = prefix(rest, limit);
        let length = if fits == rest.len() { fits } else { break_before(rest, fits) };
        // Only a blank whose marks alone fill a piece leaves nothing here.
        let piece = rest[..length].trim_end();
        if !piece.is_empty() {
            pieces.push(start..start + piece.len());
        }
        start = end - skip_blank(&rest[length..]).len();
    }
    pieces
}

/// The text without the white space before it; a blank that carries a mark is kept.
fn skip_blank(text: &str) -> &str {
    let rest = text.trim_start();
    match text[..text.len() - rest.len()].char_indices().next_back() {
        Some((blank, _)) if rest.starts_with(continues) => &text[blank..],
        _ => rest,
    }
}

/// Bytes of the longest prefix of at most `limit` units, and of one character at least.
fn prefix(text: &str, limit: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > limit && at > 0 {
            return at;
        }
    }
    text.len()
}

/// Where to cut `text`, which starts with something to read, so that at most its first `fits` bytes
/// go into the piece. Never 0.
fn break_before(text: &str, fits: usize) -> usize {
    // A paragraph that ends early would leave a stub of a message: rather cut a later line.
    let early = fits / 4;
    let last = |mark: &str| {
        text.match_indices(mark)
            .map(|(at, _)| at)
            .take_while(|at| *at <= fits)
            .filter(|at| is_break(text, *at))
            .last()
    };
    ["\n\n", "\n", " "]
        .into_iter()
        .find_map(|mark| last(mark).filter(|at| *at > early))
        .or_else(|| last("\n").max(last(" ")))
        .unwrap_or_else(|| between_characters(text, fits))
}

/// Whether what follows the white space at `at` can begin a piece: a mark cannot stand alone.
fn is_break(text: &str, at: usize) -> bool {
    !text[at..].trim_start().starts_with(continues)
}

/// The last place within `fits` that splits nothing a reader sees as one character. A sequence
/// longer than a whole piece is split between its code points: the platform's limit is harder.
fn between_characters(text: &str, fits: usize) -> usize {
    let mut at = fits;
    while at > 0 {
        let joined = text[at..].starts_with(continues) || text[..at].ends_with(JOINER);
        if !joined {
            return at;
        }
        at = text[..at].char_indices().next_back().map_or(0, |(at, _)| at);
    }
    fits
}

const JOINER: char = '\u{200d}';

/// Whether the character belongs to the one before it.
fn continues(c: char) -> bool {
    is_combining_mark(c) || c == JOINER || matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn texts(text: &str, limit: usize) -> Vec<&str> {
        cut(text, limit).into_iter().map(|at| &text[at]).collect()
    }

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    #[rstest]
    #[case("aaaa bb\n\ncc dd", 12, &["aaaa bb", "cc dd"])]
    #[case("aaaa bb\n\ncc dd", 7, &["aaaa bb", "cc dd"])] // the break stands right at the limit
    #[case("aaaa bb\ncc dd", 12, &["aaaa bb", "cc dd"])]
    #[case("aaaa bb cc dd", 9, &["aaaa bb", "cc dd"])]
    #[case("a\n\nbbbb\ncccc dddd", 14, &["a\n\nbbbb", "cccc dddd"])] // no stub
    #[case("a\n\nbbbbbbbbbbbbbbbb", 16, &["a", "bbbbbbbbbbbbbbbb"])]
    #[case("aaaaaaa", 3, &["aaa", "aaa", "a"])]
    #[case("😀😀😀", 3, &["😀", "😀", "😀"])]
    #[case("aae\u{302}\u{301}b", 4, &["aa", "e\u{302}\u{301}b"])]
    #[case("aa👩\u{200d}🚀b", 5, &["aa", "👩\u{200d}🚀", "b"])]
    #[case("aaa \u{301}b", 4, &["aaa", " \u{301}b"])]
    #[case("e\u{301}\u{301}\u{301}\u{301}", 2, &["e\u{301}", "\u{301}\u{301}", "\u{301}"])]
    #[case(" \u{113b8}", 2, &["\u{113b8}"])]
    #[case(" \n\n ", 3, &[])]
    fn cuts(#[case] text: &str, #[case] limit: usize, #[case] expected: &[&str]) {
        assert_eq!(texts(text, limit), expected);
    }

    /// Text in which a reader's character is at most eight units long.
    fn prose() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-zđêơ]{1,12}",
            2 => "[a-zê][\u{300}\u{301}\u{323}]{0,3}",
            2 => prop::sample::select(vec![" ", "\n", "\n\n", "\u{a0}", "  "]).prop_map(str::to_owned),
            1 => prop::sample::select(vec!["😀", "👩\u{200d}🚀", "👍\u{1f3fd}"]).prop_map(str::to_owned),
            1 => "\\PC{0,4}".prop_filter("no marks", |text| !text.contains(continues)),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    fn solid(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    proptest! {
        #[test]
        fn parts_fit_and_lose_nothing(text in prose(), limit in 8usize..60) {
            let pieces = texts(&text, limit);
            for piece in &pieces {
                prop_assert!(!piece.trim().is_empty());
                prop_assert!(units(piece) <= limit, "{piece:?} is longer than {limit}");
                prop_assert!(!piece.starts_with(continues), "{piece:?} begins inside a character");
                prop_assert!(!piece.ends_with(JOINER));
            }
            prop_assert_eq!(solid(&pieces.concat()), solid(&text));
        }

        #[test]
        fn any_text_fits_any_limit(text in any::<String>(), limit in 2usize..20) {
            let pieces = texts(&text, limit);
            prop_assert!(pieces.iter().all(|piece| !piece.is_empty() && units(piece) <= limit));
            prop_assert_eq!(solid(&pieces.concat()), solid(&text));
        }

        #[test]
        fn styles_survive_the_cut(lines in prop::collection::vec(("[a-z ]{0,20}[a-z]", any::<bool>()), 1..8), limit in 5usize..40) {
            let mut styled = Styled::default();
            for (line, strong) in &lines {
                if *strong { styled.strong_line(line) } else { styled.line(line) }
            }
            let runs: Vec<Run> = styled.pieces(Some(limit)).into_iter().flatten().collect();
            for wanted in [true, false] {
                let shown: String = runs.iter().filter(|run| run.strong == wanted).map(|run| run.text.as_str()).collect();
                let written: String = lines.iter().filter(|(_, strong)| *strong == wanted).map(|(line, _)| line.as_str()).collect();
                prop_assert_eq!(solid(&shown), solid(&written));
            }
        }
    }
}
