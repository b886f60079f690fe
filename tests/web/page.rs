//! What a page shows and wears, and what the database keeps of it.

use crate::stage::{Memory, Stage, client, part, with_buttons};
use diudat::channels::web::WebChannel;
use diudat::domain::language::Language;
use diudat::http::{Acquaintance, Directory, StoredChats};
use diudat::message::{Channel, Disclosure, Key, KeyAction, Menu, MenuAudience, SendError};
use reqwest::StatusCode;
use reqwest::header::ACCEPT;
use rstest::rstest;

#[tokio::test]
async fn a_stranger_is_told_so_until_the_account_speaks_for_someone() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    assert!(browser.open("/").await.contains("Khách chưa xác nhận"));
    let chat = browser.chat(&stage).await;
    let mut events = browser.follow().await;
    events.expect("line").await;
    let mai = Acquaintance { name: "Trần Thị Mai".into(), lang: Some(Language::En) };
    stage.memory.known.lock().unwrap().insert(chat.clone(), mai);
    stage.channel.send(&chat, &part("chào đồng chí"), "1").await.unwrap();
    events.expect("line").await;
    assert_eq!(events.expect("who").await.data["name"], "Trần Thị Mai");
    let html = browser.open("/").await;
    assert!(html.contains("Trần Thị Mai") && html.contains("<html lang=\"en\">"), "{html}");
    assert!(html.contains("Monday, 26/11/2018"), "in the language of the person");
}

#[tokio::test]
async fn an_invitations_link_offers_a_button_and_sends_nothing_by_itself() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let html = browser.open("/?code=ab01cd1f").await;
    assert!(html.contains("name=\"text\" value=\"/start AB01-CD1F\""), "{html}");
    assert!(stage.memory.inbox().is_empty());
    let html = browser.open("/?code=%3Cscript%3E").await;
    assert!(html.contains("Mã mời trong đường dẫn không đúng dạng"));
    assert!(!html.contains("/start &") && !html.contains("<script>"));
}

#[tokio::test]
async fn the_menu_is_the_chats_own_or_the_languages() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    let menu = |audience, language: Option<&str>, command: &str| Menu {
        audience,
        language: language.map(|code| code.parse().unwrap()),
        commands: vec![(command.into(), "Việc <này>".into())],
    };
    let general = [
        menu(MenuAudience::PrivateChats, None, "trogiup"),
        menu(MenuAudience::PrivateChats, Some("en"), "help"),
        menu(MenuAudience::Groups, None, "nhom"),
    ];
    stage.channel.set_menus(&general).await.unwrap();
    let html = browser.open("/").await;
    assert!(html.contains("value=\"/trogiup\"") && html.contains("Việc &#60;này&#62;"), "{html}");
    assert!(!html.contains("/nhom") && !html.contains("/help"));
    stage.channel.set_menus(&[menu(MenuAudience::Chat(chat), None, "thongke")]).await.unwrap();
    let html = browser.open("/").await;
    assert!(html.contains("value=\"/thongke\"") && !html.contains("/trogiup"));
}

#[tokio::test]
async fn older_lines_are_a_link_away() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    for n in 0..70 {
        stage.channel.send(&chat, &part("tin"), &n.to_string()).await.unwrap();
    }
    let html = browser.open("/").await;
    assert!(html.contains("href=\"/?lines=120\"") && !html.contains("id=\"l1000\""));
    let html = browser.open("/?lines=120").await;
    assert!(!html.contains("?lines=") && html.contains("id=\"l1000\""));
}

#[tokio::test]
async fn every_answer_is_guarded_and_assets_may_be_kept() {
    let stage = Stage::open().await;
    let html = stage.visitor().await.open("/").await;
    for path in ["/", "/healthz", "/nowhere"] {
        let response = client().get(stage.url(path)).send().await.unwrap();
        let has = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert!(has("content-security-policy").starts_with("default-src 'self';"));
        assert_eq!(has("x-content-type-options"), "nosniff");
        assert_eq!(has("x-frame-options"), "DENY");
        assert_eq!(has("referrer-policy"), "same-origin");
        assert_eq!(has("cache-control"), "no-store");
    }
    for asset in ["chat.css", "chat.js", "mark.svg"] {
        let start = html.find(&format!("/assets/{asset}?v=")).expect("it is used");
        let path = html[start..].split('"').next().unwrap();
        let response = client().get(stage.url(path)).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        let old = client().get(stage.url(&format!("/assets/{asset}?v=old"))).send().await.unwrap();
        assert_eq!(old.headers()["cache-control"], "no-cache");
    }
    assert!(!html.contains("http://") && !html.contains("https://"), "nothing comes from outside");
    assert!(!html.contains("style=") && !html.contains(" onclick"), "the policy would refuse it");
}

#[tokio::test]
async fn people_get_a_readable_error_and_scripts_a_bare_one() {
    let stage = Stage::open().await;
    let request = |accept| client().get(stage.url("/nowhere")).header(ACCEPT, accept).send();
    let page = request("text/html,*/*").await.unwrap();
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(page.text().await.unwrap().contains("Không có trang này."));
    let bare = request("application/json").await.unwrap();
    assert_eq!(bare.status(), StatusCode::NOT_FOUND);
    assert_eq!(bare.text().await.unwrap(), "");
}

/// A key that no file of `locales/` knows is shown in brackets.
#[rstest]
#[case(Language::Vi)]
#[case(Language::En)]
#[tokio::test]
async fn no_page_has_a_gap_in_its_words(#[case] lang: Language) {
    let stage = Stage::with(|site| site.lang = lang).await;
    for path in ["/", "/?code=AB01CD1F", "/?code=x"] {
        let html = stage.visitor().await.open(path).await;
        assert!(!html.contains("[web-") && !html.contains("{$"), "{html}");
    }
}

#[tokio::test]
async fn the_database_keeps_lines_and_knows_whom_an_account_speaks_for() {
    use diudat::clock::{Clock, ManualClock};
    use diudat::store::{Db, accounts, people};
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("web.db").display());
    let db = Db::open(&url, 2).await.unwrap();
    let now = "2018-11-26T01:00:00Z".parse().unwrap();
    let chats = StoredChats {
        db: db.clone(),
        clock: Clock::Manual(ManualClock::new(now)),
        zone: chrono_tz::Asia::Ho_Chi_Minh,
        disclosure: Disclosure::Names,
    };
    let channel = WebChannel::new(std::sync::Arc::new(chats.clone()), Disclosure::Names, [7; 16]);
    let sent = channel.send("a", &with_buttons(), "1").await.unwrap();
    assert_eq!(channel.send("a", &with_buttons(), "1").await.unwrap(), sent);
    channel.write_down("a", "1", &part("hai")).await.unwrap();
    let lines = channel.last("a", 10).await.unwrap();
    let shown: Vec<_> = lines.iter().map(|l| (l.from_person, l.part.plain())).collect();
    assert_eq!(shown, [(false, "Báo cáo".to_owned()), (true, "hai".to_owned())]);
    assert_eq!((lines[0].shown_at, &lines[0].part), (now, &with_buttons()));
    let id = sent.external_id.unwrap();
    channel.edit("a", &id, &part("ba")).await.unwrap();
    assert_eq!(channel.edit("b", &id, &part("x")).await, Err(SendError::CannotEdit));
    assert_eq!(channel.last("a", 10).await.unwrap()[0].part, part("ba"));

    assert_eq!(chats.who("a").await, Ok(None));
    let raw = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::query(
        "INSERT INTO person (id, code, name, name_key, language)
         VALUES (1, 'NS-001', 'Trần Thị Mai', 'tran thi mai', 'en')",
    )
    .execute(&raw)
    .await
    .unwrap();
    raw.close().await;
    let mut tx = db.begin().await.unwrap();
    let person = people::by_code(&mut tx, "NS-001").await.unwrap().unwrap();
    accounts::bind(&mut tx, "web", "a", person, "a", now).await.unwrap();
    tx.commit().await.unwrap();
    let mai = Acquaintance { name: "Trần Thị Mai".into(), lang: Some(Language::En) };
    assert_eq!(chats.who("a").await, Ok(Some(mai)));
    db.close().await;
    assert!(chats.who("a").await.is_err());
    assert_eq!(
        channel.send("a", &part("x"), "2").await,
        Err(SendError::Transient { after: None }),
        "nothing was shown, so it is tried again"
    );
}

/// A link, not a button: it is fetched by who may read it, and looks like nothing to the others.
#[tokio::test]
async fn a_paper_is_a_link_that_only_its_readers_can_follow() {
    let stage = Stage::open().await;
    let mut browser = stage.visitor().await;
    browser.open("/").await;
    let chat = browser.chat(&stage).await;
    let mut message = part("Đã kết thúc kỳ họp");
    let action = KeyAction::Paper { kind: "minutes".into(), meeting: 7 };
    message.keyboard = vec![vec![Key { label: "Tải Biên bản".into(), action }]];
    stage.channel.send(&chat, &message, "1").await.unwrap();
    let html = browser.open("/").await;
    assert!(html.contains("href=\"/giay/7/minutes\" download>Tải Biên bản</a>"), "{html}");

    assert_eq!(browser.get("/giay/7/minutes").await.status(), StatusCode::NOT_FOUND);
    stage.is_the_office(&chat).await;
    let paper = browser.get("/giay/7/minutes").await;
    assert_eq!(paper.status(), StatusCode::OK);
    let head = |name: &str| paper.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(
        head("content-disposition"),
        "attachment; filename=\"bien-ban-2018-12-05-chi-bo-phong-1.docx\""
    );
    assert!(head("content-type").ends_with("wordprocessingml.document"));
    assert_eq!(head("cache-control"), "no-store");
    assert!(paper.bytes().await.unwrap().starts_with(b"PK"));
    assert_eq!(stage.readings().await, 1);
    for other in ["/giay/8/minutes", "/giay/7/resolution", "/giay/7/votes", "/giay/x/minutes"] {
        let status = browser.get(other).await.status();
        assert!(status.is_client_error(), "{other}: {status}");
    }
    let nobody = client().get(stage.url("/giay/7/minutes")).send().await.unwrap();
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
}

/// Papers name people in full.
#[tokio::test]
async fn where_the_page_shows_codes_nobody_fetches_a_paper() {
    let stage = Stage::with(|site| {
        let memory = std::sync::Arc::new(Memory::default());
        let channel = WebChannel::new(memory, Disclosure::Codes, *b"a run of the app");
        site.channel = std::sync::Arc::new(channel);
    })
    .await;
    let browser = stage.visitor().await;
    let chat = browser.chat(&stage).await;
    stage.is_the_office(&chat).await;
    assert_eq!(browser.get("/giay/7/minutes").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/tep/7").await.status(), StatusCode::OK, "a file is for its readers");
    assert_eq!(stage.readings().await, 1);
}
