//! A visitor at the demo: a browser window of some size, and what a person does with it. Whatever
//! is looked for is waited for.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities};

use crate::leash::Leash;

/// Long enough for a busy machine; a test that reaches it has failed.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks at the page.
const LOOK: Duration = Duration::from_millis(40);

const SWITCHES: [&str; 10] = [
    "--headless",
    "--no-sandbox", // which root has no use of
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=vi",
];

/// What the browser is like.
#[derive(Clone, Copy)]
pub enum Kind {
    Desktop,
    /// A telephone, this many points wide.
    Phone(u32),
    WithoutScript,
}

/// The demo, and a browser that shows it.
pub struct Window {
    driver: WebDriver,
    pub demo: Leash,
    address: String,
    _chromedriver: Leash,
    /// The demo's temporary files and the browser's profile.
    folder: TempDir,
}

impl Window {
    /// Starts both and opens the address that the demo prints.
    pub async fn open(kind: Kind) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let temporary = folder.path().join("tmp");
        std::fs::create_dir(&temporary).expect("a folder in it");
        let temporary = temporary.to_str().expect("a plain path");
        let program = env!("CARGO_BIN_EXE_diudat");
        let demo = Leash::on(program, &["demo", "--port", "0"], &[("TMPDIR", temporary)]);
        let chromedriver = Leash::on(&find_chromedriver(), &["--port=0"], &[]);
        let port = chromedriver.hear("started successfully on port ");
        let server = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        let profile = folder.path().join("profile");
        let driver = WebDriver::new(server, capabilities(kind, &profile)).await;
        let driver = driver.unwrap_or_else(|error| {
            panic!("chromedriver opens no browser; is Chromium installed, as new as it? {error}")
        });
        // The leash ends the browser too, also where a test fails.
        driver.clone().leak().expect("the session is ours to leave");
        let address = demo.hear("Dìu Dắt: ").trim().to_owned();
        driver.goto(&*address).await.expect("the demo answers");
        Self { driver, demo, address, _chromedriver: chromedriver, folder }
    }

    /// How many files and folders the demo has left among the temporary ones.
    pub fn left_behind(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("tmp")).expect("the folder").count()
    }

    /// Waits until `probe` finds what it looks for.
    async fn until<T>(&self, what: &str, probe: impl AsyncFn() -> WebDriverResult<Option<T>>) -> T {
        let waited = tokio::time::timeout(PATIENCE, async {
            loop {
                // The page changes while it is looked at; what failed is looked at again.
                if let Ok(Some(found)) = probe().await {
                    return found;
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        match waited.await {
            Ok(found) => found,
            Err(_) => panic!("no {what}; the page says:\n{}", self.text("body").await),
        }
    }

    async fn text(&self, css: &str) -> String {
        match self.driver.find(By::Css(css)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until this stands on the page, and gives the whole text around it.
    async fn sees(&self, css: &str, text: &str) -> String {
        self.until(&format!("{text:?} in {css}"), async || {
            for element in self.driver.find_all(By::Css(css)).await?.iter().rev() {
                let shown = element.text().await?;
                if shown.contains(text) {
                    return Ok(Some(shown));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits for a message of the program's that holds this text.
    pub async fn reads(&self, text: &str) -> String {
        self.sees("#lines .line:not(.mine) .text", text).await
    }

    /// Waits until the bar says this.
    pub async fn hears(&self, text: &str) -> String {
        self.sees(".demo", text).await
    }

    /// Waits for a notice above the chat.
    pub async fn is_told(&self, text: &str) {
        self.sees("main > .state, main > noscript", text).await;
    }

    /// Whether a message of the program's holds this text now.
    pub async fn has_read(&self, text: &str) -> bool {
        self.text("#lines").await.contains(text)
    }

    /// Types into the field and presses Enter.
    pub async fn says(&self, text: &str) {
        let field = self.driver.find(By::Id("text")).await.expect("the field");
        field.send_keys(text.to_owned() + Key::Enter).await.expect("it takes text");
    }

    /// Types into the field and clicks on the arrow beside it.
    pub async fn says_by_click(&self, text: &str) {
        let field = self.driver.find(By::Id("text")).await.expect("the field");
        field.send_keys(text).await.expect("it takes text");
        self.clicks(".send", "").await;
    }

    /// Clicks on the newest element with this label.
    async fn clicks(&self, css: &str, label: &str) {
        let element = self
            .until(&format!("{label:?} to click on"), async || {
                for element in self.driver.find_all(By::Css(css)).await?.into_iter().rev() {
                    if element.text().await?.lines().next().unwrap_or_default() == label {
                        return Ok(Some(element));
                    }
                }
                Ok(None)
            })
            .await;
        element.scroll_into_view().await.expect("it can be scrolled to");
        element.click().await.unwrap_or_else(|error| panic!("{label:?}: {error}"));
    }

    /// Taps the newest button of the chat with this label.
    pub async fn taps(&self, label: &str) {
        self.clicks("#lines .keys button", label).await;
    }

    /// Presses a button of the demo's bar.
    pub async fn turns(&self, label: &str) {
        self.clicks("#turn button", label).await;
    }

    /// Becomes someone else, by the list of people.
    pub async fn becomes(&self, name: &str) {
        self.clicks("#people a[data-code]", name).await;
        self.is(name).await;
    }

    /// Waits until the page is this person's.
    pub async fn is(&self, name: &str) {
        self.sees("#who", name).await;
    }

    /// Waits for the sign that there is news for somebody else.
    pub async fn is_told_of_news_for(&self, name: &str) {
        self.until(&format!("news for {name}"), async || {
            for person in self.driver.find_all(By::Css("#people a[data-code]")).await? {
                if person.text().await?.contains(name) {
                    return Ok(person.find(By::Css(".dot")).await.ok());
                }
            }
            Ok(None)
        })
        .await;
    }

    pub async fn reloads(&self) {
        self.driver.refresh().await.expect("the page loads again");
    }

    pub async fn goes_back(&self) {
        self.driver.back().await.expect("there is a page before");
    }

    /// Presses a key once.
    pub async fn presses(&self, key: Key) {
        self.driver.action_chain().send_keys(key).perform().await.expect("a key");
    }

    /// Types with whatever has the focus.
    pub async fn types(&self, text: &str) {
        self.driver.action_chain().send_keys(text).perform().await.expect("keys");
    }

    /// Goes forward by the Tab key, to something that can be seen, until it bears this label.
    pub async fn tabs_to(&self, label: &str) {
        let mut passed = Vec::new();
        for _ in 0..60 {
            self.presses(Key::Tab).await;
            let (name, visible) = self.focused().await;
            if name == label {
                assert!(visible, "{label:?} has the focus where it cannot be seen");
                return;
            }
            passed.push(name);
        }
        panic!("Tab does not lead to {label:?}, only to {passed:?}");
    }

    /// The label of what has the focus, and whether it lies within the window.
    pub async fn focused(&self) -> (String, bool) {
        let focused = self
            .asks(
                "const it = document.activeElement, at = it.getBoundingClientRect();
                 const name = it.getAttribute('aria-label') ?? it.innerText.split('\\n')[0];
                 return [name, at.left >= 0 && at.top >= 0 && at.right <= innerWidth + 1
                    && at.bottom <= innerHeight + 1];",
            )
            .await;
        serde_json::from_value(focused).expect("a label and a truth")
    }

    /// What on the page reaches beyond the window's sides, or is a button too small for a finger.
    pub async fn misfits(&self) -> Vec<String> {
        let found = self
            .asks(
                "const shown = [...document.querySelectorAll('body *')].filter(e =>
                    e.checkVisibility() && !e.matches('.skip') && !e.closest('svg'));
                 const wide = shown.filter(e => e.getBoundingClientRect().right > innerWidth + 1);
                 const small = shown.filter(e => e.matches('button, summary, a')
                    && e.getBoundingClientRect().height < 40);
                 return [...wide, ...small].map(e => e.outerHTML.slice(0, 80));",
            )
            .await;
        serde_json::from_value(found).expect("a list")
    }

    async fn asks(&self, script: &str) -> serde_json::Value {
        let answer = self.driver.execute(script, Vec::new()).await.expect("the script runs");
        answer.json().clone()
    }

    /// Whether the address is still the demo's, at somebody's page.
    pub async fn is_at_the_demo(&self) -> bool {
        let here = self.driver.current_url().await.expect("an address");
        here.as_str().starts_with(&format!("{}nguoi/", self.address))
    }
}

fn capabilities(kind: Kind, profile: &std::path::Path) -> ChromeCapabilities {
    let mut chrome = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", profile.display());
    let size = "--window-size=1280,800";
    for switch in SWITCHES.iter().copied().chain([profile.as_str(), size]) {
        chrome.add_arg(switch).expect("a switch");
    }
    let (option, value) = match kind {
        Kind::Desktop => return chrome,
        Kind::Phone(width) => {
            let screen = json!({ "width": width, "height": 740, "pixelRatio": 2.0 });
            ("mobileEmulation", json!({ "deviceMetrics": screen }))
        }
        Kind::WithoutScript => {
            let setting = "profile.managed_default_content_settings.javascript";
            ("prefs", json!({ (setting): 2 }))
        }
    };
    chrome.add_experimental_option(option, value).expect("an option");
    chrome
}

#[allow(clippy::disallowed_methods, reason = "a setting of the tests, not of the program")]
fn find_chromedriver() -> String {
    let named = std::env::var("DIUDAT_TEST_CHROMEDRIVER").ok().map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).map(|folder| folder.join("chromedriver"));
    let found = match named {
        Some(named) => Some(named).filter(|file| file.is_file()),
        None => in_path.into_iter().find(|file| file.is_file()),
    };
    found.map(|file| file.display().to_string()).unwrap_or_else(|| {
        panic!(
            "These tests drive a browser and need chromedriver, which is neither on the PATH nor \
             where DIUDAT_TEST_CHROMEDRIVER says. Install it with Chromium (Debian: apt-get \
             install chromium chromium-driver), or name its file in that variable."
        )
    })
}
