//! Settings as an administrator meets them: which source wins, and what is said when one is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveTime;
use diudat::config::{Config, Disclosure, Error, Language, LogFormat, Receiving};
use rstest::rstest;
use secrecy::ExposeSecret;
use tempfile::TempDir;

const SECRET: &str = "s3cr3t-that-must-not-show";

fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn with(pairs: &[(&str, &str)]) -> Result<Config, Error> {
    Config::load(None, variables(pairs))
}

fn refusal(loaded: Result<Config, Error>) -> String {
    loaded.expect_err("the settings are wrong").to_string()
}

/// A folder with one file in it.
fn file(name: &str, text: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, text).expect("the file can be written");
    (folder, path)
}

fn time(text: &str) -> NaiveTime {
    text.parse().expect("a time")
}

#[test]
fn the_defaults_are_complete_and_valid() {
    let config = with(&[]).expect("the defaults are valid");
    assert_eq!(config.org.timezone, chrono_tz::Asia::Ho_Chi_Minh);
    assert_eq!(config.org.language, Language::Vi);
    assert_eq!(config.org.name, None);
    assert_eq!(config.database.url.expose_secret(), "sqlite://data/diudat.db");
    assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
    assert!(config.telegram.token.is_none() && config.telegram.proxy.is_none());
    assert_eq!(config.telegram.mode, Receiving::Polling);
    assert_eq!(config.telegram.disclosure, Disclosure::Codes);
    assert_eq!(config.web.disclosure, Disclosure::Names);
    assert_eq!(config.console.disclosure, Disclosure::Names);
    assert_eq!(config.invite.hours, 72);
    assert_eq!(config.reminders.meeting_days, [3, 1]);
    assert_eq!(config.reminders.prompt_working_days, [5, 3, 1]);
    assert_eq!(config.reminders.hour, time("08:00:00"));
    assert_eq!(config.meeting.time, time("14:00:00"));
    let quiet = config.reminders.quiet_hours.expect("a night");
    assert_eq!((quiet.from, quiet.to), (time("21:00:00"), time("06:30:00")));
    assert_eq!(config.reminders.ladder_secretary_hours, Some(24));
    assert_eq!(config.log.format, LogFormat::Text);
}

#[test]
fn every_default_has_a_comment() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/default.toml");
    let text = fs::read_to_string(path).expect("the file is there");
    let lines: Vec<&str> = text.lines().collect();
    let settings: Vec<_> = (1..lines.len()).filter(|i| lines[*i].contains(" = ")).collect();
    assert!(settings.len() > 30, "the settings were not found");
    for i in settings {
        assert!(lines[i - 1].starts_with('#'), "{} has no comment", lines[i]);
    }
}

#[test]
fn the_file_beats_the_defaults_and_the_environment_beats_the_file() {
    let (_folder, path) = file(
        "diudat.toml",
        "[org]\nname = \"Đảng bộ A\"\nlanguage = \"en\"\n[http]\nlisten = \"0.0.0.0:80\"\n",
    );
    let config = Config::load(
        Some(&path),
        variables(&[
            ("DIUDAT__HTTP__LISTEN", "[::1]:81"),
            ("DIUDAT__HTTP__ENABLED", "false"),
            ("DIUDAT__REMINDERS__MEETING_DAYS", "1, 7,2"),
            ("DIUDAT__REMINDERS__MEETING_HOURS", ""),
            ("DIUDAT__REMINDERS__QUIET_HOURS", ""),
            ("DIUDAT__REMINDERS__LADDER_DEPUTY_HOURS", ""),
            ("DIUDAT__RETENTION__INBOX_DAYS", "9"),
            ("DIUDAT_PORT", "tcp://10.0.0.1:8080"), // other programs' variables are left alone
            ("PATH", "/bin"),
        ]),
    )
    .expect("the settings are valid");
    assert_eq!(config.org.name.as_deref(), Some("Đảng bộ A"));
    assert_eq!(config.org.language, Language::En);
    assert_eq!(config.http.listen.to_string(), "[::1]:81");
    assert!(!config.http.enabled);
    assert_eq!(config.reminders.meeting_days, [7, 2, 1]);
    assert_eq!(config.reminders.meeting_hours, [0; 0]);
    assert_eq!(config.reminders.quiet_hours, None);
    assert_eq!(config.reminders.ladder_deputy_hours, None);
    assert_eq!(config.retention.inbox_days, 9);
    assert_eq!(config.delivery.parallel, 8);
}

#[test]
fn a_secret_may_come_from_a_file() {
    let (_folder, path) = file("token", "123:ABC-def_9\r\n");
    let path = path.to_str().expect("a plain path");
    let config = with(&[("DIUDAT__TELEGRAM__TOKEN_FILE", path)]).expect("valid");
    let token = config.telegram.token.expect("there is a token");
    assert_eq!(token.expose_secret(), "123:ABC-def_9");
}

#[test]
fn a_key_and_its_file_do_not_go_together() {
    let (_folder, path) = file("token", "123:ABC");
    let path = path.to_str().expect("a plain path");
    let both = [("DIUDAT__TELEGRAM__TOKEN", SECRET), ("DIUDAT__TELEGRAM__TOKEN_FILE", path)];
    let said = refusal(with(&both));
    assert_eq!(
        said,
        format!(
            "setting telegram.token is given twice: by environment variable \
             DIUDAT__TELEGRAM__TOKEN and by file {path}, named by environment variable \
             DIUDAT__TELEGRAM__TOKEN_FILE"
        )
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let missing = Path::new("/nowhere/diudat.toml");
    let said = refusal(Config::load(Some(missing), []));
    assert!(said.starts_with("cannot read the settings file /nowhere/diudat.toml: "), "{said}");
    let said = refusal(with(&[("DIUDAT__INVITE__SECRET_FILE", "/nowhere/key")]));
    assert!(
        said.starts_with(
            "cannot read file /nowhere/key, named by environment variable \
             DIUDAT__INVITE__SECRET_FILE: "
        ),
        "{said}"
    );
}

#[rstest]
#[case(
    "[http]\nlisen = \"x\"",
    "unknown setting http.lisen (file PATH); did you mean http.listen?"
)]
#[case("[telegrm]\nmode = \"x\"", "unknown setting telegrm (file PATH); did you mean telegram?")]
#[case("[http]\nPORT = 80", "unknown setting http.PORT (file PATH)")]
#[case(
    "http = 80",
    "wrong setting http (file PATH): is a section: write [http] and its settings below"
)]
#[case(
    "[telegram]\nmode = \"hook\"",
    "wrong setting telegram.mode = \"hook\" (file PATH): expected one of polling, webhook"
)]
#[case(
    "[retention]\ninbox_days = \"week\"",
    "wrong setting retention.inbox_days = \"week\" (file PATH): expected an integer"
)]
#[case(
    "[reminders]\nmeeting_days = [3, \"x\"]",
    "wrong setting reminders.meeting_days = \"3,x\" (file PATH): expected an integer"
)]
fn what_is_wrong_in_a_file_is_named(#[case] text: &str, #[case] expected: &str) {
    let (_folder, path) = file("diudat.toml", text);
    let said = refusal(Config::load(Some(&path), []));
    assert_eq!(said, expected.replace("PATH", path.to_str().expect("a plain path")));
}

#[rstest]
#[case("ORG__TIMEZONE", "Hanoi", "expected the name of a zone, like Asia/Ho_Chi_Minh")]
#[case("ORG__LANGUAGE", "fr", "expected one of vi, en")]
#[case("HTTP__LISTEN", "localhost", "expected an IP address and a port, like 127.0.0.1:8080")]
#[case(
    "HTTP__PUBLIC_URL",
    "example.vn",
    "expected an address that begins with http:// or https://"
)]
#[case("TELEGRAM__API_URL", "", "expected an address that begins with http:// or https://")]
#[case("TELEGRAM__DISCLOSURE", "all", "expected one of codes, names")]
#[case("REMINDERS__HOUR", "8h", "expected a time of day, like 08:00")]
#[case("REMINDERS__REPORT_DUE", "25:00", "expected a time of day, like 08:00")]
#[case(
    "REMINDERS__QUIET_HOURS",
    "21:00-21:00",
    "expected two different times of day, like 21:00-06:30"
)]
#[case("REMINDERS__QUIET_HOURS", "22h-6h", "expected two different times of day, like 21:00-06:30")]
#[case("REMINDERS__SNOOZE_AFTERNOON", "", "expected a time of day, like 08:00")]
#[case("REMINDERS__LADDER_DEPUTY_HOURS", "-1", "expected a number from 0 to 65535, or nothing")]
#[case("REMINDERS__MEETING_DAYS", "3,3", "expected different numbers of at least 1")]
#[case("REMINDERS__MEETING_HOURS", "0", "expected different numbers of at least 1")]
#[case("MEETING__TIME", "14:60", "expected a time of day, like 08:00")]
#[case("MEETING__DAY_OFF", "later", "expected one of next, previous, keep")]
#[case("DELIVERY__PARALLEL", "0", "expected a number of at least 1")]
#[case(
    "DELIVERY__RETRY_LONGEST_SECONDS",
    "1",
    "must not be less than delivery.retry_first_seconds"
)]
#[case("LOG__FORMAT", "xml", "expected one of text, json")]
#[case(
    "LOG__LEVEL",
    "inof",
    "expected off, error, warn, info, debug or trace, also per module: info,diudat=debug"
)]
#[case(
    "LOG__LEVEL",
    "info,diudat=loud",
    "expected off, error, warn, info, debug or trace, also per module: info,diudat=debug"
)]
#[case("TELEGRAM__MODE", "webhook", "the webhook needs telegram.webhook_url")]
#[case("TELEGRAM__WEBHOOK_URL", "http://example.vn/", "Telegram calls https addresses only")]
fn what_is_wrong_in_the_environment_is_named(
    #[case] name: &str,
    #[case] value: &str,
    #[case] reason: &str,
) {
    let name = format!("DIUDAT__{name}");
    let key = name["DIUDAT__".len()..].to_lowercase().replacen("__", ".", 1);
    assert_eq!(
        refusal(with(&[(&name, value)])),
        format!("wrong setting {key} = {value:?} (environment variable {name}): {reason}")
    );
}

#[rstest]
#[case("off", "off")]
#[case("warn, diudat=debug ,diudat::http=trace", "warn,diudat=debug,diudat::http=trace")]
fn the_log_has_a_level_for_each_module(#[case] text: &str, #[case] read: &str) {
    let config = with(&[("DIUDAT__LOG__LEVEL", text)]).expect("valid");
    assert_eq!(config.log.level, read);
}

#[test]
fn an_unknown_variable_is_spelled_as_a_variable() {
    assert_eq!(
        refusal(with(&[("DIUDAT__TELEGRAM__TOKN", SECRET)])),
        "unknown setting DIUDAT__TELEGRAM__TOKN (environment variable DIUDAT__TELEGRAM__TOKN); \
         did you mean DIUDAT__TELEGRAM__TOKEN?"
    );
}

#[rstest]
#[case("sqlite::memory:")]
#[case("sqlite:///var/lib/diudat/diudat.db?mode=rwc")]
#[case("postgres://diudat:x@db.example.vn:5432/diudat")]
#[case("postgresql:///diudat?host=/run/postgresql")]
fn both_engines_addresses_are_taken(#[case] url: &str) {
    let config = with(&[("DIUDAT__DATABASE__URL", url)]).expect("valid");
    assert_eq!(config.database.url.expose_secret(), url);
}

#[test]
fn the_webhook_needs_its_address_its_secret_and_a_server() {
    let mode = ("DIUDAT__TELEGRAM__MODE", "webhook");
    let url = ("DIUDAT__TELEGRAM__WEBHOOK_URL", "https://example.vn/telegram/webhook");
    let secret = ("DIUDAT__TELEGRAM__WEBHOOK_SECRET", "a_b-C9");
    let off = ("DIUDAT__HTTP__ENABLED", "false");
    assert!(refusal(with(&[mode, url])).ends_with("the webhook needs telegram.webhook_secret"));
    assert!(refusal(with(&[mode, url, secret, off])).ends_with("the webhook needs http.enabled"));
    let config = with(&[mode, url, secret]).expect("valid");
    assert_eq!(config.telegram.mode, Receiving::Webhook);
}

#[rstest]
#[case("DATABASE__URL", "mysql://root:s3cr3t-that-must-not-show@db/x")]
#[case("DATABASE__URL", "postgres://")]
#[case("DATABASE__URL", "sqlite://")]
#[case("HTTP__METRICS_TOKEN", "s3cr3t-that-must-not-show!")]
#[case("TELEGRAM__TOKEN", SECRET)]
#[case("TELEGRAM__WEBHOOK_SECRET", "s3cr3t-that-must-not-show!")]
#[case("TELEGRAM__PROXY", "socks5://u:s3cr3t-that-must-not-show@host")]
fn a_wrong_secret_is_named_but_not_shown(#[case] name: &str, #[case] value: &str) {
    let name = format!("DIUDAT__{name}");
    let error = with(&[(&name, value)]).expect_err("the settings are wrong");
    let (said, debug) = (error.to_string(), format!("{error:?}"));
    assert!(said.contains(&name) && !said.contains(&format!("{value:?}")), "{said}");
    assert!(!said.contains(SECRET) && !debug.contains(SECRET), "{debug}");
}

/// A setting whose comment says that it is secret; the others are shown.
#[test]
fn what_is_called_secret_is_never_shown() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/default.toml");
    let text = fs::read_to_string(path).expect("the file is there");
    let (mut section, mut comment, mut secrets) = ("", String::new(), Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if line.starts_with('#') {
            comment.push_str(line);
            continue;
        } else if let Some((key, _)) = line.split_once(" = ") {
            // A list of lists is right nowhere.
            let (_folder, path) =
                file("diudat.toml", &format!("[{section}]\n{key} = [[\"{SECRET}\"]]"));
            let said = refusal(Config::load(Some(&path), []));
            let secret = comment.contains("Secret.");
            assert!(said.starts_with(&format!("wrong setting {section}.{key} ")), "{said}");
            assert_eq!(!said.contains(SECRET), secret, "{said}");
            secrets.extend(secret.then(|| format!("{section}.{key}")));
        }
        comment.clear();
    }
    assert!(secrets.contains(&"telegram.token".to_owned()) && secrets.len() > 5, "{secrets:?}");
}

#[rstest]
#[case("[telegram]\ntoken = \"s3cr3t-that-must-not-show\nmode = \"polling\"")]
#[case("[telegram]\ntoken = s3cr3t-that-must-not-show")]
#[case("[telegram]\ntoken = \"a\"\ntoken = \"s3cr3t-that-must-not-show\"")]
#[case("[telegram]\ntoken = \"\\s3cr3t-that-must-not-show\"")]
#[case("[telegram]\ntoken s3cr3t-that-must-not-show")]
#[case("[telegram]\ntoken = [\"s3cr3t-that-must-not-show\"]")]
#[case("[telegram]\ntoken = { x = \"s3cr3t-that-must-not-show\" }")]
fn a_broken_file_is_refused_without_quoting_it(#[case] text: &str) {
    let (_folder, path) = file("diudat.toml", text);
    let error = Config::load(Some(&path), []).expect_err("the file is broken");
    let (said, debug) = (error.to_string(), format!("{error:?}"));
    assert!(said.contains(path.to_str().expect("a plain path")), "{said}");
    assert!(!said.contains(SECRET) && !debug.contains(SECRET), "{debug}");
}

#[test]
fn a_syntax_error_says_the_line() {
    let (_folder, path) = file("diudat.toml", "[http]\n\nlisten = \n");
    let said = refusal(Config::load(Some(&path), []));
    assert!(said.contains("line 3"), "{said}");
}

#[test]
fn printing_the_settings_shows_no_secret() {
    let config = with(&[
        ("DIUDAT__DATABASE__URL", "postgres://u:s3cr3t-that-must-not-show@db/x"),
        ("DIUDAT__TELEGRAM__TOKEN", "1:s3cr3t-that-must-not-show"),
        ("DIUDAT__TELEGRAM__WEBHOOK_SECRET", SECRET),
        ("DIUDAT__TELEGRAM__PROXY", "http://u:s3cr3t-that-must-not-show@proxy:3128"),
        ("DIUDAT__INVITE__SECRET", SECRET),
        ("DIUDAT__HTTP__METRICS_TOKEN", SECRET),
    ])
    .expect("valid");
    let debug = format!("{config:?}");
    assert!(debug.contains("webhook_secret") && !debug.contains(SECRET), "{debug}");
}
