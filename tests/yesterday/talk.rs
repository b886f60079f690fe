//! Reads the conversations of a fixture: what people did in the evening, and how they go on in the
//! morning.
//!
//! ```text
//! # Words for whoever reads the file.
//! @ 2018-12-03 18:30                 when what follows is done
//!
//! == a-report                        a tale, by a name of its own
//! NS-013> /baocao                    somebody types
//!   1/5                              and reads this
//! NS-013> [Tốt]                      taps the newest button that begins so
//! ~~~                                the night
//! NS-013> yesterday's [Khá]          taps the newest of those that hung there in the evening
//!   3/5
//!   ! 1/5                            and does not read this
//! ~~~ alone                          the same night, and another morning
//! @ 2018-12-04 06:30                 time passes
//! NS-010 at home>                    only looks
//!   đã gửi báo cáo
//! ```
//!
//! The mornings of a file follow each other in one database, so that those in which time passes come
//! last. One that is `alone` has a copy of its own, because it is about the same as another.
//!
//! Whoever takes part in a tale has an account and a chat of their own for it, so that nobody is in
//! the way of their other tales. What nobody asked for comes to them `at home`. They may also be
//! `by typing`, where there are no buttons, `on the web`, where candidates are named, or `in
//! group-1`. `{CM}` stands for that word with the newest number that was offered behind it,
//! `{code}` for the last code that was read, like 7K2M-9QXA.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use diudat::message::Event;

use crate::platform::NAMING;
use crate::world::{TAPPING, TYPING, local};

/// One conversation, or several that belong together.
pub struct Tale {
    pub name: String,
    pub evening: Vec<Line>,
    pub mornings: Vec<Morning>,
}

/// One way in which a tale goes on from the night.
#[derive(Default)]
pub struct Morning {
    /// Whether it has a database of its own.
    pub alone: bool,
    pub lines: Vec<Line>,
}

pub struct Line {
    /// `report.txt:12`
    pub at: String,
    pub what: What,
}

#[derive(Clone)]
pub enum What {
    /// Time passes.
    Until(NaiveDateTime),
    Does(Place, Deed),
    /// What is new in the chat of who did something last holds this.
    Reads(String),
    Lacks(String),
}

#[derive(Clone)]
pub enum Deed {
    Looks,
    Says(String),
    Taps(String),
    /// A button that hung there in the evening.
    TapsOld(String),
    Happens(Event),
    /// Puts a file to the notice that is being written, on the organisation's page.
    Hands(String),
}

/// A person at a chat.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub bot: &'static str,
    /// The person's code.
    pub code: String,
    /// Their account; that of the platform is empty.
    pub account: String,
    pub chat: String,
}

/// Those who are written to elsewhere than most.
const HOMES: [(&str, &str); 3] = [("NS-011", TYPING), ("NS-053", TYPING), ("NS-054", NAMING)];

/// Where somebody is written to.
pub fn home(code: &str) -> Place {
    let bot = HOMES.iter().find(|(who, _)| *who == code).map_or(TAPPING, |(_, bot)| bot);
    Place { bot, code: code.to_owned(), account: code.to_owned(), chat: code.to_owned() }
}

/// The fixtures, each in the folder of its version.
pub fn versions() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/yesterday");
    let entries = std::fs::read_dir(root).expect("the folder of the fixtures");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    assert!(!found.is_empty(), "there is no fixture");
    found
}

/// Every tale of a fixture.
pub fn tales(version: &Path) -> Vec<Tale> {
    let talks = version.join("talks");
    let entries = std::fs::read_dir(&talks).expect("the talks of the fixture");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let tales: Vec<Tale> = files.iter().flat_map(|file| read(file)).collect();
    let mut names: Vec<&str> = tales.iter().map(|tale| tale.name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).for_each(|two| assert_ne!(two[0], two[1], "two tales of this name"));
    tales
}

/// The tales of one file.
pub fn read(file: &Path) -> Vec<Tale> {
    let name = file.file_name().expect("a file").to_string_lossy();
    let text = std::fs::read_to_string(file).expect("a talk");
    let mut tales: Vec<Tale> = Vec::new();
    let mut usual = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let at = format!("{name}:{}", n + 1);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("== ") {
            let evening = usual.clone().into_iter().map(|what| Line { at: at.clone(), what });
            let (name, evening) = (name.trim().to_owned(), evening.collect());
            tales.push(Tale { name, evening, mornings: Vec::new() });
            continue;
        }
        let Some(tale) = tales.last_mut() else {
            usual = vec![meant(line, "").unwrap_or_else(|| panic!("{at}: {line}"))];
            continue;
        };
        if let Some(alone) = line.strip_prefix("~~~") {
            let alone = alone.trim() == "alone";
            tale.mornings.push(Morning { alone, lines: Vec::new() });
            continue;
        }
        let what = meant(line, &tale.name).unwrap_or_else(|| panic!("{at}: {line}"));
        let half = match tale.mornings.last_mut() {
            Some(morning) => &mut morning.lines,
            None => &mut tale.evening,
        };
        half.push(Line { at, what });
    }
    tales
}

fn meant(line: &str, tale: &str) -> Option<What> {
    if let Some(time) = line.strip_prefix("@ ") {
        return Some(What::Until(local(time.trim())));
    }
    if let Some(piece) = line.strip_prefix("  ") {
        let piece = piece.trim();
        return Some(match piece.strip_prefix("! ") {
            Some(piece) => What::Lacks(piece.to_owned()),
            None => What::Reads(piece.to_owned()),
        });
    }
    let (who, deed) = line.split_once('>')?;
    Some(What::Does(place(who.trim(), tale)?, deed_of(deed.trim())?))
}

fn place(who: &str, tale: &str) -> Option<Place> {
    let (code, place) = who.split_once(' ').unwrap_or((who, ""));
    let own = |bot| {
        let chat = format!("{code}/{tale}");
        Place { bot, code: code.to_owned(), account: chat.clone(), chat }
    };
    Some(match place {
        "" => own(TAPPING),
        "by typing" => own(TYPING),
        "on the web" => own(NAMING),
        "at home" => home(code),
        _ => Place { chat: place.strip_prefix("in ")?.to_owned(), ..home(code) },
    })
}

fn deed_of(text: &str) -> Option<Deed> {
    let label = |text: &str| Some(text.strip_prefix('[')?.strip_suffix(']')?.to_owned());
    if let Some(old) = text.strip_prefix("yesterday's ") {
        return label(old).map(Deed::TapsOld);
    }
    if let Some(label) = label(text) {
        return Some(Deed::Taps(label));
    }
    let event = match text {
        "" => return Some(Deed::Looks),
        "<a picture>" => Event::Upload { caption: None, file: None },
        "<blocks the bot>" => Event::Reachable { reachable: false },
        "<adds the bot>" => Event::Present { present: true },
        "<removes the bot>" => Event::Present { present: false },
        _ => {
            let named = |before| text.strip_prefix(before)?.strip_suffix('>').map(str::to_owned);
            return Some(match (named("<moves to "), named("<the file ")) {
                (Some(to), _) => Deed::Happens(Event::Moved { to }),
                (_, Some(name)) => Deed::Hands(name),
                (None, None) => Deed::Says(text.to_owned()),
            });
        }
    };
    Some(Deed::Happens(event))
}

impl Tale {
    /// Everywhere somebody is in it.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let mornings = self.mornings.iter().flat_map(|morning| &morning.lines);
        self.evening.iter().chain(mornings).filter_map(|line| match &line.what {
            What::Does(place, _) => Some(place),
            _ => None,
        })
    }
}
