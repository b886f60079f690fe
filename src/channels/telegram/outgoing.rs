//! What goes out: rendered parts and menus into Bot API values, refusals into [`SendError`].
//!
//! Telegram's limits are checked here, before a call is spent on what it would refuse anyway.
//! Cutting long texts is not done here: rendering knows the limit from the capabilities.

use reqwest::Url;
use teloxide::payloads::SetMyCommands;
use teloxide::types::{
    BotCommand, BotCommandScope, ChatId, InlineKeyboardButton, InlineKeyboardButtonKind,
    InlineKeyboardMarkup, LinkPreviewOptions, Recipient,
};

use super::api::CallError;
use crate::message::{Key, KeyAction, Menu, MenuAudience, Part, Run, SendError};

/// Longest text after entities, in UTF-16 code units.
pub(super) const TEXT_LIMIT: usize = 4096;
/// Longest `callback_data`, in bytes.
const TAP_LIMIT: usize = 64;
/// Most buttons of one message.
const BUTTON_LIMIT: usize = 100;
/// Longest payload of a `/start` link, in characters.
const START_LIMIT: usize = 64;
const COMMAND_LIMIT: usize = 32;
const COMMANDS_LIMIT: usize = 100;
const DESCRIPTION_LIMIT: usize = 256;

fn rejected(reason: impl Into<String>) -> SendError {
    SendError::Rejected { reason: reason.into() }
}

/// Whether `text` is 1 to `longest` of `A-Z a-z 0-9 _ -`.
pub(super) fn is_word(text: &str, longest: usize) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (1..=longest).contains(&text.len()) && text.chars().all(allowed)
}

pub(super) fn chat_id(chat: &str) -> Result<Recipient, SendError> {
    let id = chat.parse().map_err(|_| rejected("the chat id is not a number"))?;
    Ok(Recipient::Id(ChatId(id)))
}

pub(super) fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// Telegram counts what is left after its tags and entities are read: the plain text.
pub(super) fn check_text(part: &Part) -> Result<(), SendError> {
    if part.runs.iter().all(|run| run.text.trim().is_empty()) {
        return Err(rejected("the text is empty"));
    }
    let length: usize = part.runs.iter().map(|run| run.text.encode_utf16().count()).sum();
    if length > TEXT_LIMIT {
        return Err(rejected(format!("the text has {length} units, {TEXT_LIMIT} are allowed")));
    }
    Ok(())
}

/// The text in Telegram's HTML.
pub(super) fn html(runs: &[Run]) -> String {
    let mut html = String::with_capacity(runs.iter().map(|run| run.text.len() + 8).sum());
    for run in runs.iter().filter(|run| !run.text.is_empty()) {
        html.push_str(if run.strong { "<b>" } else { "" });
        for c in run.text.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                c => html.push(c),
            }
        }
        html.push_str(if run.strong { "</b>" } else { "" });
    }
    html
}

/// The inline keyboard, if there is one. `username` is the bot's; buttons that open its private
/// chat need it.
pub(super) fn keyboard(
    part: &Part,
    username: Option<&str>,
) -> Result<Option<InlineKeyboardMarkup>, SendError> {
    if part.keyboard.iter().map(Vec::len).sum::<usize>() > BUTTON_LIMIT {
        return Err(rejected(format!("more than {BUTTON_LIMIT} buttons")));
    }
    let row = |keys: &Vec<Key>| keys.iter().map(|key| button(key, username)).collect();
    let rows = part.keyboard.iter().filter(|keys| !keys.is_empty()).map(row);
    let rows = rows.collect::<Result<Vec<Vec<_>>, SendError>>()?;
    Ok((!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows)))
}

fn button(key: &Key, username: Option<&str>) -> Result<InlineKeyboardButton, SendError> {
    if key.label.trim().is_empty() {
        return Err(rejected("a button has no label"));
    }
    let kind = match &key.action {
        KeyAction::Tap(id) if (1..=TAP_LIMIT).contains(&id.len()) => {
            InlineKeyboardButtonKind::CallbackData(id.clone())
        }
        KeyAction::Tap(_) => return Err(rejected("a button's id is not 1–64 bytes")),
        KeyAction::Lists => return Err(rejected("lists are not taken in here")),
        KeyAction::Paper { .. } => return Err(rejected("papers are not fetched here")),
        KeyAction::Attach | KeyAction::NoticeFile(_) => {
            return Err(rejected("files are not put or fetched here"));
        }
        KeyAction::PrivateChat(payload) => {
            InlineKeyboardButtonKind::Url(private_chat(username, payload)?)
        }
    };
    Ok(InlineKeyboardButton::new(key.label.clone(), kind))
}

fn private_chat(username: Option<&str>, payload: &str) -> Result<Url, SendError> {
    if !is_word(payload, START_LIMIT) {
        return Err(rejected("a start payload is not 1–64 of A-Z a-z 0-9 _ -"));
    }
    let username = username.ok_or_else(|| rejected("the bot's name is not known"))?;
    Url::parse(&format!("https://t.me/{username}?start={payload}"))
        .map_err(|_| rejected("the bot's name does not make a link"))
}

pub(super) fn menu(menu: &Menu) -> Result<SetMyCommands, SendError> {
    if menu.commands.len() > COMMANDS_LIMIT {
        return Err(rejected(format!("a menu has more than {COMMANDS_LIMIT} commands")));
    }
    let commands = menu.commands.iter().map(|(name, what)| command(name, what));
    let commands = commands.collect::<Result<Vec<_>, _>>()?;
    let scope = match &menu.audience {
        MenuAudience::PrivateChats => BotCommandScope::AllPrivateChats,
        MenuAudience::Groups => BotCommandScope::AllGroupChats,
        MenuAudience::Chat(chat) => BotCommandScope::Chat { chat_id: chat_id(chat)? },
    };
    Ok(SetMyCommands {
        scope: Some(scope),
        language_code: menu.language.map(|language| language.to_string()),
        ..SetMyCommands::new(commands)
    })
}

fn command(name: &str, what: &str) -> Result<BotCommand, SendError> {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if !(1..=COMMAND_LIMIT).contains(&name.len()) || !name.bytes().all(allowed) {
        return Err(rejected(format!("the command {name:?} is not 1–32 of a-z 0-9 _")));
    }
    if what.trim().is_empty() || what.encode_utf16().count() > DESCRIPTION_LIMIT {
        return Err(rejected(format!("the description of {name:?} is not 1–256 long")));
    }
    Ok(BotCommand::new(name, what))
}

/// What a failed call means to delivery.
pub(super) fn send_error(error: CallError) -> SendError {
    let token_refused = error.is_token_refused();
    match error {
        CallError::Slow { after } => SendError::Transient { after },
        CallError::Down { .. } | CallError::NotSent { .. } => SendError::Transient { after: None },
        CallError::Lost { .. } => SendError::Ambiguous,
        CallError::Refused { migrate_to: Some(to), .. } => SendError::Moved { to: to.to_string() },
        // Somebody has to mend the token; until then every message waits.
        CallError::Refused { .. } if token_refused => SendError::Transient { after: None },
        CallError::Refused { code, description, .. } if is_unreachable(code, &description) => {
            SendError::Unreachable
        }
        CallError::Refused { description, .. } => SendError::Rejected { reason: description },
    }
}

/// What a failed edit means: some refusals say that nothing needs doing, some that nothing can be.
pub(super) fn edit_outcome(error: CallError) -> Result<(), SendError> {
    const CANNOT: [&str; 4] = [
        "message can't be edited",
        "message to edit not found",
        "message_id_invalid",
        "there is no text in the message to edit",
    ];
    if let CallError::Refused { code: 400, description, migrate_to: None } = &error {
        let description = description.to_lowercase();
        if description.contains("message is not modified") {
            return Ok(());
        }
        if CANNOT.iter().any(|text| description.contains(text)) {
            return Err(SendError::CannotEdit);
        }
    }
    Err(send_error(error))
}

/// Whether the refusal is about the address and not about the message. Telegram has no codes finer
/// than 400 and 403, so its words decide.
fn is_unreachable(code: u16, description: &str) -> bool {
    const GONE: [&str; 6] = [
        "chat not found",
        "user is deactivated",
        "peer_id_invalid",
        "chat_write_forbidden",
        "have no rights to send",
        "not enough rights to send",
    ];
    let description = description.to_lowercase();
    code == 403
        || description.starts_with("forbidden:")
        || GONE.iter().any(|text| description.contains(text))
}
