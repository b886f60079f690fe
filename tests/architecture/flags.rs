//! Nobody who reads a call knows what `true` means there.

use std::collections::BTreeSet;

use super::Findings;
use super::source::{Source, sources};

#[test]
fn no_function_is_called_with_true_or_false() {
    let sources = sources();
    let functions: BTreeSet<&str> = sources.iter().flat_map(Source::functions_with_flags).collect();
    let mut wrong = Findings::default();
    for source in &sources {
        for line in source.lines_flagging(&functions) {
            wrong.push(format!("{}:{line}", source.file));
        }
    }
    wrong.none("A call says what it means: by two functions, an enum, or the field of a struct.");
}

#[test]
fn the_reader_finds_such_calls_and_no_others() {
    let sample = "fn show<T: Fn(u8) -> bool>(all: &[T], late: bool) {}
        fn count(all: Vec<bool>) -> bool { true }
        fn call() {
            show(&all, true);
            show(&all, is_late(true, 3));
            count(vec![true]); other(false);
            self.show(
                &all,
                false,
            );
        }";
    let source = Source::new("src/sample.rs", sample);
    let functions = source.functions_with_flags();
    assert_eq!(functions.iter().copied().collect::<Vec<_>>(), ["show"]);
    assert_eq!(source.lines_flagging(&functions).into_iter().collect::<Vec<_>>(), [4, 7]);
}
