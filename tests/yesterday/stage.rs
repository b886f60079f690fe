//! Lets people do what their lines say, and looks at what they read.

use std::collections::BTreeMap;
use std::sync::Arc;

use diudat::clock::ManualClock;
use diudat::config::Config;
use diudat::message::{ChatKind, Event, Incoming, OfferedFile};
use diudat::operations::{Doer, Refused, notice_files};
use diudat::store::Db;

use crate::platform::NAMING;
use crate::support::Guard;
use crate::support::names::secrets;
use crate::talk::{Deed, Line, Place, What};
use crate::world::{Platform, Seen, TAPPING, TYPING, World, app, local};

/// The screens of a platform, as its people left them: messages in the order they came.
pub type Screens = BTreeMap<String, Vec<Seen>>;

impl World {
    /// The program on a database at a local time, its people in front of these screens.
    pub async fn on(db: Db, guard: Guard, time: &str, screens: Screens) -> Self {
        let clock = ManualClock::new(diudat::clock::Instant::default());
        let settings = Config::load(None, []).expect("the defaults are right");
        let mut practice = diudat::app::practice(&settings, &db, clock.now()).await.unwrap();
        practice.names_on = [NAMING.to_owned()].into();
        clock.set(practice.instant(local(time)));
        let names = secrets(&db, local(time).date()).await;
        let practice = Arc::new(practice);
        let platforms: BTreeMap<_, _> = [TAPPING, TYPING, NAMING]
            .map(|bot| {
                let platform = Platform::new(bot, clock.clone(), &names);
                platform.shelf().messages = screens.get(bot).cloned().unwrap_or_default();
                (bot, Arc::new(platform))
            })
            .into();
        let app = app(&db, &clock, &practice, &platforms);
        Self { clock, practice, db, platforms, app, number: 0, effort: BTreeMap::new(), guard }
    }

    /// Does what a line says. Whatever stood unread in the chat is read by then.
    pub async fn does(&mut self, place: &Place, deed: &Deed, old: &Screens) -> Result<(), String> {
        let event = match deed {
            Deed::Looks => return Ok(()),
            Deed::Says(text) => Event::Text { text: self.filled(place, text)? },
            Deed::Taps(label) => {
                let screens = self.platforms[place.bot].shelf().messages.clone();
                self.tap(&screens, place, label)?
            }
            Deed::TapsOld(label) => self.tap(&old[place.bot], place, label)?,
            Deed::Happens(event) => event.clone(),
            Deed::Hands(name) => self.hands(place, name).await?,
        };
        for seen in &mut self.platforms[place.bot].shelf().messages {
            seen.unread &= seen.chat != place.chat;
        }
        self.number += 1;
        let incoming = self.coming(place, event);
        self.accept(incoming).await;
        Ok(())
    }

    fn coming(&self, place: &Place, event: Event) -> Incoming {
        let group = place.chat.starts_with("group");
        let by_platform = matches!(&event, Event::Moved { .. } | Event::Reachable { .. });
        Incoming {
            bot: place.bot.to_owned(),
            external_id: self.number.to_string(),
            chat: place.chat.clone(),
            kind: if group { ChatKind::Group } else { ChatKind::Private },
            sender: if by_platform { String::new() } else { place.account.clone() },
            language: None,
            event,
        }
    }

    fn tap(&self, screens: &[Seen], place: &Place, label: &str) -> Result<Event, String> {
        let Some((message, button)) = button(screens, &place.chat, label) else {
            return Err(format!("no button {label:?}; {}", self.last(place)));
        };
        let callback = format!("cb{}", self.number);
        Ok(Event::Tap { button: button.to_owned(), message: Some(message.to_owned()), callback })
    }

    /// Hands a file over as the organisation's page does.
    async fn hands(&self, place: &Place, name: &str) -> Result<Event, String> {
        let content = b"%PDF-1.7";
        let doer = Doer::Account { bot: "web", account: &place.account };
        let kept = match notice_files::keep(&self.door(), doer, name, name, content).await {
            Err(Refused::Fault(error)) => panic!("{error}"),
            kept => kept.ok().flatten(),
        };
        let size = i64::try_from(content.len()).unwrap();
        let file = OfferedFile { name: name.to_owned(), size, kept };
        kept.ok_or_else(|| format!("{} writes no notice", place.account))?;
        Ok(Event::Upload { caption: None, file: Some(file) })
    }

    /// What the chat ends with.
    fn last(&self, place: &Place) -> String {
        let shelf = self.platforms[place.bot].shelf();
        let last = shelf.messages.iter().rev().find(|seen| seen.chat == place.chat);
        last.map_or("the chat is empty".to_owned(), |seen| {
            format!("the chat ends:\n{}", seen.whole())
        })
    }

    /// What is new in a chat.
    pub fn news(&self, place: &Place) -> String {
        let shelf = self.platforms[place.bot].shelf();
        let news = shelf.messages.iter().filter(|seen| seen.unread && seen.chat == place.chat);
        news.map(Seen::whole).collect::<Vec<_>>().join("\n--\n")
    }

    /// Puts what was read in the place of `{CM}` and `{code}`.
    fn filled(&self, place: &Place, text: &str) -> Result<String, String> {
        let Some((before, rest)) = text.split_once('{') else { return Ok(text.to_owned()) };
        let (word, after) = rest.split_once('}').ok_or("a brace is open")?;
        let shelf = self.platforms[place.bot].shelf();
        let mine = shelf.messages.iter().filter(|seen| match word {
            // A code is carried from one's own chat into the group.
            "code" => seen.chat.starts_with(&place.code),
            _ => seen.chat == place.chat,
        });
        let read: Vec<String> = mine.map(|seen| seen.text.clone()).collect();
        let found = read.iter().rev().find_map(|text| match word {
            "code" => {
                text.split_whitespace().map(bare).find(|word| is_code(word)).map(str::to_owned)
            }
            _ => {
                let number = text.split_once(&format!("{word} "))?.1;
                let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
                (!digits.is_empty()).then(|| format!("{word} {digits}"))
            }
        });
        let found = found.ok_or_else(|| format!("nobody said {word}: {read:?}"))?;
        Ok(format!("{before}{found}{after}"))
    }

    /// Plays lines; gives what went wrong.
    pub async fn plays(&mut self, lines: &[Line], old: &Screens) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut before: Option<&Place> = None;
        for line in lines {
            let failed = match (&line.what, before) {
                (What::Until(time), _) => {
                    self.advance_to(&time.format("%Y-%m-%d %H:%M").to_string()).await;
                    None
                }
                (What::Does(place, deed), _) => {
                    before = Some(place);
                    let done = self.does(place, deed, old).await;
                    self.settle().await;
                    done.err()
                }
                (What::Reads(piece), Some(place)) => self.lacks(place, piece),
                (What::Lacks(piece), Some(place)) => match self.lacks(place, piece) {
                    Some(_) => None,
                    None => Some(format!("{piece:?} stands in\n{}", self.news(place))),
                },
                (What::Reads(_) | What::Lacks(_), None) => Some("nobody reads this".to_owned()),
            };
            wrong.extend(failed.map(|told| format!("{}: {told}", line.at)));
        }
        wrong
    }

    fn lacks(&self, place: &Place, piece: &str) -> Option<String> {
        let news = self.news(place);
        (!news.contains(piece))
            .then(|| format!("{} reads:\n{news}\nwhich lacks {piece:?}", place.chat))
    }
}

/// The newest message of a chat with a button that begins so, and the button.
pub fn button<'s>(screens: &'s [Seen], chat: &str, label: &str) -> Option<(&'s str, &'s str)> {
    screens.iter().rev().filter(|seen| seen.chat == chat).find_map(|seen| {
        let found = seen.buttons.iter().find(|(shown, _)| shown.starts_with(label))?;
        Some((seen.id.as_str(), found.1.as_str()))
    })
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_ascii_alphanumeric())
}

fn is_code(word: &str) -> bool {
    word.len() == 9 && word.as_bytes()[4] == b'-'
}
