//! Names of syllables that stand nowhere else, so that any trace of one is a candidate's name that got out.

use std::collections::BTreeMap;
use std::path::Path;

use diudat::domain::ids::PersonId;
use diudat::domain::people::Status;
use diudat::domain::text::{fold, initials};
use diudat::store::{name_variants, people};

use crate::world::{TAPPING, TYPING, World};

/// Ends of syllables that no word of the office has.
const ENDS: [&str; 12] = [
    "oằngh", "uyếchp", "oéop", "ươưng", "ioắtr", "eụych", "aoẵp", "yuộch", "uêôm", "oăơch",
    "iẫuph", "eoừnh",
];
const MIDDLES: [&str; 5] = ["", "r", "z", "w", "j"];

/// Somebody who has or had a case, and every part of the name they bear here.
pub struct Rare {
    person: PersonId,
    pub name: String,
    parts: Vec<String>,
}

/// Whatever the program may say or be told here, folded: its sentences, its settings with the organisation
/// of the demo, and the names of everybody who keeps theirs.
fn everything_else(kept: &[String]) -> String {
    fn gather(path: &Path, into: &mut String) {
        if path.is_dir() {
            let mut inside: Vec<_> = path.read_dir().unwrap().map(|e| e.unwrap().path()).collect();
            inside.sort();
            inside.iter().for_each(|path| gather(path, into));
        } else {
            into.push_str(&std::fs::read_to_string(path).unwrap_or_default());
        }
    }
    let mut text = String::new();
    for folder in ["locales", "config"] {
        gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut text);
    }
    text.push_str(&kept.join("\n"));
    fold(&text)
}

/// Syllables with this first letter that stand neither in `corpus` nor in each other.
fn syllable(first: char, corpus: &str, taken: &mut Vec<String>) -> String {
    for middle in MIDDLES {
        for end in ENDS {
            let made = format!("{first}{middle}{end}");
            let key = fold(&made);
            let overlaps = |other: &String| other.contains(&key) || key.contains(other.as_str());
            if key.len() >= 5 && !corpus.contains(&key) && !taken.iter().any(overlaps) {
                taken.push(key);
                return made;
            }
        }
    }
    panic!("no syllable is left for {first}");
}

impl World {
    /// Everybody who has or had a case bears another name from now on, with the initials they had.
    pub async fn renames_candidates(&mut self) -> Vec<Rare> {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.read().await.unwrap();
        let everyone = people::all(&mut tx, today).await.unwrap();
        drop(tx);
        let (mut hidden, mut kept) = (Vec::new(), Vec::new());
        for person in everyone {
            let sql =
                format!("SELECT COUNT(*) FROM candidate_case WHERE person_id = {}", person.id.0);
            if self.count(sql.leak()).await > 0 {
                hidden.push(person);
            } else {
                kept.push(person.name.in_full().to_owned());
            }
        }
        assert!(hidden.len() > 15, "the demo has cases: {}", hidden.len());
        let corpus = everything_else(&kept);
        let (mut taken, mut made, mut rare) = (Vec::new(), BTreeMap::new(), Vec::new());
        for person in &hidden {
            let old = person.name.in_full();
            let parts: Vec<String> = initials(old)
                .split('.')
                .filter_map(|letter| letter.chars().next())
                .map(|first| syllable(first, &corpus, &mut taken))
                .collect();
            let name = parts.join(" ");
            assert_eq!(initials(&name), initials(old));
            made.insert(person.id.0, name.clone());
            let parts = parts.iter().map(|part| fold(part)).collect();
            rare.push(Rare { person: person.id, name, parts });
        }
        for (id, name) in made {
            let key = fold(&name);
            let sql =
                format!("UPDATE person SET name = '{name}', name_key = '{key}' WHERE id = {id}");
            self.damage(sql.leak()).await;
        }
        self.damage("DELETE FROM name_variant").await;
        name_variants::refresh(&self.db).await.unwrap();
        // Nothing is remembered from before.
        self.restart().await;
        rare
    }

    /// Searches whatever was shown since the last time for every part of every name that may not be
    /// shown today, and groups for anything about a candidate; how much was searched.
    pub async fn nobody_was_named(&self, rare: &[Rare], when: &str) -> usize {
        let today = self.practice.today(self.clock.now());
        let mut tx = self.db.read().await.unwrap();
        let statuses = people::statuses(&mut tx, today).await.unwrap();
        drop(tx);
        let hidden: Vec<&Rare> = rare
            .iter()
            .filter(|rare| statuses.get(&rare.person) != Some(&Status::Official))
            .collect();
        assert!(hidden.len() > 10, "{when}: there are candidates");
        let (mut searched, mut found) = (0, Vec::new());
        for bot in [TAPPING, TYPING] {
            for shown in self.platforms[bot].take_shown() {
                searched += 1;
                let text = fold(&shown.text);
                let named = hidden.iter().any(|rare| rare.parts.iter().any(|p| text.contains(p)));
                if named || shown.chat.starts_with("group") && text.contains("qc-") {
                    found.push(format!("{when}, to {}:\n{}", shown.chat, shown.text));
                }
            }
        }
        assert!(found.is_empty(), "{} of {searched}\n{}", found.len(), found.join("\n\n"));
        searched
    }
}
