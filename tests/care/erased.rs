//! Erased is erased: no byte of the name is left in any file of the database.

use unicode_normalization::UnicodeNormalization;

use super::Place;

/// The person who is erased.
const CODE: &str = "NS-003";

impl Place {
    fn name_of(&self, code: &str) -> String {
        let all = self.done(&["people"]);
        let line = all.lines().find(|line| line.starts_with(code)).expect("the person");
        line.split('\t').nth(1).expect("a name").to_owned()
    }

    /// The files of the database, its log and its index, in which one of these texts stands.
    fn holding(&self, texts: &[String]) -> Vec<String> {
        let mut found = Vec::new();
        for ending in ["", "-wal", "-shm", "-journal", "-leader"] {
            let Ok(bytes) = std::fs::read(self.file(&format!("data.db{ending}"))) else { continue };
            let holds =
                |text: &String| bytes.windows(text.len()).any(|piece| piece == text.as_bytes());
            found.extend(
                texts.iter().filter(|text| holds(text)).map(|text| format!("{ending}: {text}")),
            );
        }
        found
    }
}

/// A name in every form in which it may have been written.
fn forms(name: &str) -> Vec<String> {
    let plain = diudat::domain::text::fold(name);
    let json = |text: &str| -> String {
        let unit = |unit: u16| match char::from_u32(unit.into()) {
            Some(c) if c.is_ascii() => c.to_string(),
            _ => format!("\\u{unit:04x}"),
        };
        text.encode_utf16().map(unit).collect()
    };
    let mut forms = vec![
        name.to_owned(),
        name.nfd().collect(),
        name.to_uppercase(),
        name.to_lowercase(),
        name.to_uppercase().nfd().collect(),
        plain.to_uppercase(),
        plain,
        json(name),
    ];
    forms.dedup();
    forms
}

/// The name has been talked about, in every way people type.
fn talked_about(place: &Place, name: &str) {
    let nfd: String = name.nfd().collect();
    let plain = diudat::domain::text::fold(name);
    let lines = [
        format!("tôi là {name}"),
        format!("gặp {nfd}"),
        plain.to_uppercase(),
        format!("đồng chí {plain}"),
        name.to_uppercase(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    place.converse("NS-010", "2018-12-03T09:00", &lines);
    place.converse(CODE, "2018-12-03T09:05", &["/toi", "/caidat"]);
}

fn erased(place: &Place) -> String {
    place.done(&["erase", CODE, "--reason", "Đơn đề nghị số 3", "--yes"])
}

#[test]
fn no_byte_of_the_name_is_left() {
    let place = Place::seeded();
    let name = place.name_of(CODE);
    talked_about(&place, &name);
    assert!(place.holding(&forms(&name)).len() > 2, "the name is looked for where it is");
    let said = erased(&place);
    assert!(said.contains("neither holds it any more"), "{said}");
    assert_eq!(place.holding(&forms(&name)), [] as [String; 0]);
}

#[test]
fn nor_while_the_program_runs_beside_it() {
    let place = Place::seeded();
    let name = place.name_of(CODE);
    talked_about(&place, &name);
    let serving = place.serving();
    // What was written meanwhile stands in the log that the running program holds open.
    place.done(&["people"]);
    let said = erased(&place);
    assert!(said.contains("neither holds it any more"), "{said}");
    assert_eq!(place.holding(&forms(&name)), [] as [String; 0]);
    drop(serving);
    assert_eq!(place.holding(&forms(&name)), [] as [String; 0]);
}

/// A reader that never ends keeps the log: it is said, and made up for by the next start.
#[tokio::test]
async fn what_stands_in_the_way_is_said_and_made_up_for() {
    let place = Place::seeded();
    let name = place.name_of(CODE);
    let url = format!("sqlite://{}", place.file("data.db"));
    let db = diudat::store::Db::open(&url, 1).await.unwrap();
    let mut reading = db.read().await.unwrap();
    let people = diudat::store::people::by_code(&mut reading, CODE).await.unwrap();
    assert!(people.is_some());
    let said = erased(&place);
    let log = place.file("data.db-wal");
    assert!(said.contains(&format!("{log}, still holds what was erased")), "{said}");
    assert!(said.contains("reads the database all the time") && said.contains("end it"), "{said}");
    drop(reading);
    db.close().await;
    drop(place.serving());
    // The program leads first, and cleans up then.
    let patient = || {
        let serving = place.serving();
        place.done(&["backup", &place.file("b.db")]);
        std::fs::remove_file(place.file("b.db")).unwrap();
        drop(serving);
        place.holding(&forms(&name)).is_empty()
    };
    assert!((0..20).any(|_| patient()), "{:?}", place.holding(&forms(&name)));
}

/// Whoever erases hears which copies still hold it, before and after.
#[test]
fn the_copies_beside_it_are_named() {
    let place = Place::seeded();
    place.done(&["backup", &place.file("2026-11-23.db")]);
    place.done(&["restore", &place.file("2026-11-23.db")]);
    std::fs::write(place.file("notes.txt"), "no copy").unwrap();
    // What a restore put aside where nothing was.
    std::fs::write(place.file("data.db.before-restore-2"), "").unwrap();
    // A copy that was broken off with the machine.
    std::fs::create_dir(place.file(".diudat-xYz12")).unwrap();
    std::fs::copy(place.file("2026-11-23.db"), place.file(".diudat-xYz12/copy.db")).unwrap();
    let asked = place.run(&["erase", CODE, "--reason", "Đơn đề nghị số 3"]);
    let asked = String::from_utf8(asked.stdout).unwrap();
    for said in [asked, erased(&place)] {
        for copy in ["2026-11-23.db", "data.db.before-restore", ".diudat-xYz12/copy.db"] {
            let line = said.lines().find(|line| line.contains(&place.file(copy)));
            let line = line.unwrap_or_else(|| panic!("{copy}: {said}"));
            assert!(line.starts_with("still held by the copy") && line.contains(" of "), "{line}");
        }
        assert!(!said.contains("before-restore-2"), "{said}");
        assert!(!said.contains("notes.txt") && !said.contains("data.db-"), "{said}");
        assert!(said.contains("docs/operations.md"), "{said}");
    }
    // A fresh copy holds none of it.
    let name = place.name_of(CODE);
    assert_eq!(name, CODE);
}
