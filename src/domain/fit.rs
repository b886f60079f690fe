//! Text of others made fit for where it goes: what somebody can have meant is kept, what would break
//! a file, a line or a screen is not. A function for each kind of place, used at its door.

use std::borrow::Cow;
use std::fmt::Write;

/// What a person can have meant by what they typed: every kind of line break as a line feed, and no
/// control character beside that and TAB, no noncharacter. Such come in by pasting from Word or a
/// terminal, and by programs. XML 1.0 (and so Word), JSON in PostgreSQL and terminals have no place
/// for them.
pub fn meant(text: &str) -> Cow<'_, str> {
    let is_fit = |c: char| c == '\t' || c == '\n' || !(is_break(c) || is_never_meant(c));
    if text.chars().all(is_fit) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\t' => out.push(c),
            // One break, written as two characters.
            '\n' if before == '\r' => {}
            c if is_break(c) => out.push('\n'),
            c if is_never_meant(c) => {}
            c => out.push(c),
        }
        before = c;
    }
    Cow::Owned(out)
}

/// The same on one line, for a place that is a line or a column.
pub fn one_line(text: &str) -> String {
    meant(text).replace(['\n', '\t'], " ")
}

/// Text on its way to somebody's terminal: what would move the cursor, colour, retitle or turn the
/// text round is shown as `\u001b`, which is the same text still where it stands in JSON.
pub fn for_terminal(text: &str) -> Cow<'_, str> {
    escaped(text, |c| (c.is_control() && c != '\n' && c != '\t') || turns_round(c))
}

/// One event of a log on one line, so that no words of others can pose as another event. `colours`:
/// whether the log itself colours it.
pub fn for_log(event: &str, colours: bool) -> String {
    let (line, end) = match event.strip_suffix('\n') {
        Some(line) => (line, "\n"),
        None => (event, ""),
    };
    let own = |c: char| c == '\t' || (colours && c == '\u{1b}');
    let odd = |c: char| is_break(c) || c.is_control() || turns_round(c);
    format!("{}{end}", escaped(line, |c| odd(c) && !own(c)))
}

fn escaped(text: &str, odd: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if odd(c) {
            // A string takes whatever is written to it.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// What ends a line somewhere: LF, VT, FF, CR, NEL, and the separators of lines and paragraphs.
fn is_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters, and the noncharacters of Unicode (chapter 23.7 of the standard).
fn is_never_meant(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// What turns the direction of the text that follows.
fn turns_round(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stay_apart_and_what_nobody_means_goes() {
        for (typed, kept) in [
            ("tốt\tkhá", "tốt\tkhá"),
            ("một\r\nhai\rba\nbốn", "một\nhai\nba\nbốn"),
            ("một\u{b}hai\u{c}ba\u{85}bốn\u{2028}năm\u{2029}sáu", "một\nhai\nba\nbốn\nnăm\nsáu"),
            ("a\0b\u{1b}[31mc\u{7f}\u{9b}d", "ab[31mcd"),
            ("a\u{FFFE}b\u{FFFF}c\u{FDD0}d\u{1FFFE}e", "abcde"),
            ("\u{FFFD}\u{FEFF}\u{E000}😀", "\u{FFFD}\u{FEFF}\u{E000}😀"),
        ] {
            assert_eq!(meant(typed), kept, "{typed:?}");
        }
        assert_eq!(one_line("một\r\nhai\tba"), "một hai ba");
    }

    #[test]
    fn a_terminal_and_a_log_are_told_no_orders() {
        assert_eq!(for_terminal("\u{1b}]0;x\u{7}\u{9b}2J\r"), "\\u001b]0;x\\u0007\\u009b2J\\u000d");
        assert_eq!(for_terminal("một\thai\nba \u{202e}"), "một\thai\nba \\u202e");
        let (coloured, plain) = (true, false);
        let event = "\u{1b}[32mINFO\u{1b}[0m a\nERROR b\r\u{2028}\n";
        assert_eq!(
            for_log(event, coloured),
            "\u{1b}[32mINFO\u{1b}[0m a\\u000aERROR b\\u000d\\u2028\n"
        );
        assert!(for_log(event, plain).starts_with("\\u001b[32mINFO"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_becomes_text(text in any::<String>(), odd in "[\u{0}-\u{20}\u{7f}-\u{a0}\u{2028}\u{2029}\u{fffe}\u{ffff}]{0,8}") {
            let text = format!("{odd}{text}{odd}");
            let fit = meant(&text);
            prop_assert!(fit.chars().all(|c| c == '\t' || c == '\n' || !is_never_meant(c)));
            prop_assert_eq!(meant(&fit), fit.clone());
            prop_assert!(!one_line(&text).contains(['\n', '\t']));
            prop_assert!(for_terminal(&text).chars().all(|c| c == '\t' || c == '\n' || !c.is_control()));
            let event = format!("{text}\n");
            let colours = text.len() % 2 == 0;
            prop_assert_eq!(for_log(&event, colours).lines().count().max(1), 1);
        }
    }
}
