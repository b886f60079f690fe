//! Bytes to throw at a parser: noise, and sound examples with something done to them.
#![allow(dead_code)] // each test binary uses its own part of it

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

/// What is dear to parsers: ends, signs that mean something somewhere, letters of several bytes.
const MORSELS: &[&str] = &[
    "",
    "\0",
    " ",
    "\n",
    "\u{a0}",
    "\u{200d}",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "ệ",
    "e\u{302}\u{323}",
    "🇻🇳",
    "👨\u{200d}👩\u{200d}👧",
    "ﷺ",
    "\"",
    "\\",
    "\\u0000",
    "'",
    "<b>",
    "</",
    "&amp;",
    "&",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ";",
    "=",
    "/",
    "//",
    "@",
    "*",
    "?",
    "-",
    "--",
    "+",
    "%",
    "%00",
    "%n",
    "0",
    "00",
    "-1",
    "1e309",
    "31",
    "32",
    "0.5",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999",
    "null",
    "true",
    "29/2",
    "31/12/9999",
    "tháng 13",
    "năm 0",
    "QC-",
    "QC-000",
    "\u{1f}",
    "\r\n\r\n",
];

#[derive(Clone, Debug)]
enum Edit {
    Insert(usize, Vec<u8>),
    Delete(usize, usize),
    Flip(usize, u8),
    Repeat(usize, usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<usize>;
    let morsel = prop_oneof![
        4 => proptest::sample::select(MORSELS).prop_map(|text| text.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 1..6),
    ];
    prop_oneof![
        4 => (at(), morsel).prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
        2 => (at(), 1..12usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        2 => (at(), 1..=255u8).prop_map(|(at, with)| Edit::Flip(at, with)),
        1 => (at(), 1..40usize, 1..200usize).prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
    ]
}

fn apply(mut bytes: Vec<u8>, edits: Vec<Edit>) -> Vec<u8> {
    for edit in edits {
        let end = bytes.len();
        let place = |at: usize| at % (end + 1);
        match edit {
            Edit::Insert(at, piece) => drop(bytes.splice(place(at)..place(at), piece)),
            Edit::Delete(at, length) => {
                let from = place(at);
                bytes.drain(from..(from + length).min(end));
            }
            Edit::Flip(at, with) => {
                if let Some(byte) = bytes.get_mut(place(at)) {
                    *byte ^= with;
                }
            }
            Edit::Repeat(at, length, times) => {
                let from = place(at);
                let piece = bytes[from..(from + length).min(end)].repeat(times);
                bytes.splice(from..from, piece);
            }
        }
    }
    bytes
}

/// Noise, or one of these examples with up to a handful of accidents.
pub fn bytes(examples: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let mangled = (proptest::sample::select(examples), proptest::collection::vec(edit(), 0..6))
        .prop_map(|(example, edits)| apply(example.as_bytes().to_vec(), edits));
    prop_oneof![
        1 => proptest::collection::vec(any::<u8>(), 0..400),
        9 => mangled,
    ]
}

/// The same as text: what is none is made one, as every door does.
pub fn text(examples: &'static [&'static str]) -> impl Strategy<Value = String> {
    let letters = proptest::collection::vec(any::<char>(), 0..200).prop_map(String::from_iter);
    prop_oneof![
        1 => letters,
        9 => bytes(examples).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}

/// Runs a check on `cases` inputs; the smallest that fails is printed.
pub fn fuzz<T: std::fmt::Debug>(cases: u32, inputs: impl Strategy<Value = T>, check: impl Fn(T)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&inputs, |input| {
        check(input);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Some inputs, for checks that wait.
pub fn draws<T: std::fmt::Debug>(count: usize, inputs: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::default();
    let draw = |_| inputs.new_tree(&mut runner).expect("nothing is rejected").current();
    (0..count).map(draw).collect()
}
