//! Settings that cannot work: the program ends at once and says which, where and why.

use crate::house::House;
use crate::support::Engine;

#[tokio::test]
async fn a_wrong_setting_is_named_with_its_value_and_its_source() {
    let mut house = House::new(Engine::Sqlite).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("diudat.toml");
    std::fs::write(&file, "[reminders]\nhour = \"sáng sớm\"\n").expect("a file");
    let path = file.display().to_string();
    let failures = [
        (vec!["--config", &path, "serve"], None, vec!["reminders.hour", "sáng sớm", &path]),
        (
            vec!["serve"],
            Some(("HTTP__LISTEN", "cổng 80")),
            vec!["http.listen", "cổng 80", "DIUDAT__HTTP__LISTEN"],
        ),
        (
            vec!["serve"],
            Some(("TELEGRAM__MODE", "webhook")),
            vec!["telegram.mode", "webhook", "DIUDAT__TELEGRAM__MODE", "telegram.webhook_url"],
        ),
        (
            vec!["serve"],
            Some(("TELEGRAM__TOKE", "x")),
            vec!["DIUDAT__TELEGRAM__TOKE", "did you mean DIUDAT__TELEGRAM__TOKEN"],
        ),
        (
            vec!["serve"],
            Some(("MEETING__RULE", "hôm nào cũng được")),
            vec!["meeting.rule", "hôm nào cũng được"],
        ),
    ];
    for (arguments, setting, named) in failures {
        let mark = house.mark();
        if let Some((key, value)) = setting {
            house.set(key, value);
        }
        let output = house.outcome(&arguments).await;
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(output.stdout.is_empty());
        for words in named {
            assert!(said.contains(words), "{words:?} is not in {said:?}");
        }
        house.back_to(mark);
    }
    // A secret is never shown, however wrong it is.
    house.set("TELEGRAM__TOKEN", "bi mat");
    let output = house.outcome(&["serve"]).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("telegram.token") && !said.contains("bi mat"), "{said}");
}
