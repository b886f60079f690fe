//! The fixed words of the pages, in each language, made once. Templates name them as fields, so a
//! missing one does not compile.

use std::sync::LazyLock;

use crate::domain::language::Language;
use crate::message::{Disclosure, Phrase};
use crate::render::{self, Reader};

macro_rules! wording {
    ($($field:ident = $key:literal,)*) => {
        /// Each field is the sentence of the key it is made from.
        pub(super) struct Wording {
            pub lang: Language,
            $(pub $field: String,)*
        }

        impl Wording {
            fn new(lang: Language) -> Self {
                Self { lang, $($field: say(&Phrase::new($key), lang),)* }
            }
        }
    };
}

wording! {
    app = "web-app",
    log = "web-log",
    stranger = "web-stranger",
    input = "web-input",
    placeholder = "web-placeholder",
    send = "web-send",
    menu = "web-menu",
    older = "web-older",
    newer = "web-newer",
    skip = "web-skip",
    welcome_title = "web-welcome-title",
    welcome_text = "web-welcome-text",
    sending = "web-sending",
    retrying = "web-retrying",
    refused = "web-refused",
    too_long = "web-too-long",
    stale = "web-stale",
    offline = "web-offline",
    online = "web-online",
    reload = "web-reload",
    without_script = "web-without-script",
    invited_title = "web-invited-title",
    invited_text = "web-invited-text",
    invited_button = "web-invited-button",
    invited_wrong = "web-invited-wrong",
    entering = "web-entering",
    enter = "web-enter",
    back = "web-back",
    attach_title = "web-attach-title",
    attach_choose = "web-attach-choose",
    attach_send = "web-attach-send",
    lists_title = "lists-title",
    lists_text = "lists-text",
    lists_choose = "lists-choose",
    lists_look = "lists-look",
    lists_again = "lists-again",
    lists_take = "lists-take",
    lists_what = "lists-what",
    lists_added = "lists-added",
    lists_changed = "lists-column-changed",
    lists_ended = "lists-ended",
    lists_unchanged = "lists-unchanged",
    lists_errors = "lists-errors",
    lists_doubts = "lists-doubts",
    lists_accept = "lists-accept",
    lists_gone = "lists-gone",
    lists_columns = "lists-columns",
    lists_nothing = "lists-nothing",
    lists_template = "lists-template",
    lists_imports = "lists-imports",
    lists_undo = "lists-undo",
    lists_undo_text = "lists-undo-text",
    setup_title = "setup-title",
    setup_text = "setup-text",
    setup_code = "setup-code",
    setup_name = "setup-name",
    setup_officer = "setup-officer",
    setup_place = "setup-place",
    setup_term = "setup-term",
    setup_zone = "setup-zone",
    setup_language = "setup-language",
    vietnamese = "settings-vietnamese",
    english = "settings-english",
    setup_begin = "setup-begin",
    setup_begun = "setup-begun",
    setup_enter = "setup-enter",
    setup_next = "setup-next",
    error_missing = "web-error-missing",
    error_forbidden = "web-error-forbidden",
    error_too_long = "web-error-too-long",
    error_request = "web-error-request",
    error_busy = "web-error-busy",
    demo_name = "web-demo-name",
    demo_note = "web-demo-note",
    demo_clock = "web-demo-clock",
    demo_next_event = "web-demo-next-event",
    demo_next_day = "web-demo-next-day",
    demo_to_meeting = "web-demo-to-meeting",
    demo_moving = "web-demo-moving",
    demo_failed = "web-demo-failed",
    demo_happened = "web-demo-happened",
    demo_nothing = "web-demo-nothing",
    demo_people = "web-demo-people",
    demo_switch = "web-demo-switch",
    demo_unread = "web-demo-unread",
    demo_close = "web-demo-close",
    demo_step_ask = "web-demo-step-ask",
    demo_step_wait = "web-demo-step-wait",
    demo_step_play = "web-demo-step-play",
}

impl Wording {
    pub fn of(lang: Language) -> &'static Self {
        static VI: LazyLock<Wording> = LazyLock::new(|| Wording::new(Language::Vi));
        static EN: LazyLock<Wording> = LazyLock::new(|| Wording::new(Language::En));
        match lang {
            Language::Vi => &VI,
            Language::En => &EN,
        }
    }

    /// A sentence with arguments. The page is our own, so it shows names.
    pub fn say(&self, phrase: &Phrase) -> String {
        say(phrase, self.lang)
    }
}

fn say(phrase: &Phrase, lang: Language) -> String {
    render::say(phrase, lang, Disclosure::Names, &Reader::of_no_names())
}
