//! The lists of commands that channels show beside their input field, by who sits in the chat.

use super::App;
use crate::assistant::{Command, commands};
use crate::domain::ids::PersonId;
use crate::domain::language::Language;
use crate::domain::people::Person;
use crate::message::{Channel, Disclosure, Menu, MenuAudience, Phrase};
use crate::render::{Reader, say};
use crate::store::{StoreError, accounts, menus, people};

/// How many menus are shown between two commits.
const AT_ONCE: u32 = 50;

impl App {
    /// Shows the menus that fit everyone, and those of chats whose people can do more. Doing it
    /// again changes nothing; a channel that fails keeps its old menus.
    pub(super) async fn show_menus(&self) -> Result<(), StoreError> {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.read().await?;
        let everyone = people::all(&mut tx, today).await?;
        let ids: Vec<_> = everyone.iter().map(|person| person.id).collect();
        let accounts = accounts::of_persons(&mut tx, &ids).await?;
        drop(tx);
        for (bot, channel) in self.channels.iter() {
            show(channel.as_ref(), &self.general_menus()).await;
            for account in accounts.iter().filter(|a| a.bot == *bot && a.reachable) {
                let person = everyone.iter().find(|p| p.id == account.person_id);
                if let Some(person) = person.filter(|p| has_more(p)) {
                    show(channel.as_ref(), &[self.menu_of(&account.chat, person)]).await;
                }
            }
        }
        Ok(())
    }

    /// Fits the menus of chats where somebody may do more or less than before, whoever wrote that down.
    pub(super) async fn fit_menus(&self) -> Result<(), StoreError> {
        // One at a time: a menu of before must not be shown after a newer one.
        let _fitting = self.fitting_menus.lock().await;
        let now = self.clock.now();
        loop {
            let mut tx = self.db.read().await?;
            let due = menus::due(&mut tx, &self.bots, AT_ONCE).await?;
            let ids: Vec<PersonId> = due.iter().filter_map(|due| due.person_id).collect();
            let people = people::load(&mut tx, &ids, self.practice.today(now)).await?;
            drop(tx);
            if due.is_empty() {
                return Ok(());
            }
            for one in &due {
                let person = people.iter().find(|person| Some(person.id) == one.person_id);
                if let (Some(channel), Some(person)) = (self.channels.get(&one.bot), person) {
                    show(channel.as_ref(), &[self.menu_of(&one.chat, person)]).await;
                }
            }
            let mut tx = self.db.begin().await?;
            for one in &due {
                menus::shown(&mut tx, one).await?;
            }
            tx.commit().await?;
        }
    }

    fn general_menus(&self) -> Vec<Menu> {
        let mut menus = Vec::new();
        for &language in Language::ALL {
            // The organisation's language is also what all other languages get.
            let own = (language != self.practice.language).then_some(language);
            menus.push(Menu {
                audience: MenuAudience::PrivateChats,
                language: own,
                commands: listed(language, Command::is_for_everybody),
            });
            menus.push(Menu {
                audience: MenuAudience::Groups,
                language: own,
                commands: listed(language, |c| c.in_groups && !c.is_start()),
            });
        }
        menus
    }

    fn menu_of(&self, chat: &str, person: &Person) -> Menu {
        let language = self.practice.language_of(person);
        Menu {
            audience: MenuAudience::Chat(chat.to_owned()),
            language: None,
            commands: listed(language, |c| c.is_for(person) && !c.is_start()),
        }
    }
}

fn has_more(person: &Person) -> bool {
    commands().iter().any(|command| !command.is_for_everybody() && command.is_for(person))
}

fn listed(language: Language, shown: impl Fn(&Command) -> bool) -> Vec<(String, String)> {
    let nobody = Reader::of_no_names();
    commands()
        .iter()
        .filter(|command| shown(command))
        .map(|command| {
            let about = say(&Phrase::new(command.about), language, Disclosure::Codes, &nobody);
            (command.name.to_owned(), about)
        })
        .collect()
}

async fn show(channel: &dyn Channel, menus: &[Menu]) {
    if let Err(error) = channel.set_menus(menus).await {
        tracing::warn!(bot = channel.bot(), %error, "the menus could not be shown");
    }
}
