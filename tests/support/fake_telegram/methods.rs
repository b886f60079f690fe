//! The methods of the Bot API over the fake's state, with the real refusals. Only `getUpdates`,
//! which waits, is elsewhere.

use serde_json::{Value, json};

use super::html::{self, Parsed};
use super::world::{Answer, Key, Membership, SentMessage, State, Webhook};

pub const TEXT_LIMIT: usize = 4096;

/// An answer of the Bot API.
pub struct Refusal {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
}

pub type Reply = Result<Value, Refusal>;

pub fn refuse(code: u16, description: impl Into<String>) -> Refusal {
    Refusal { code, description: description.into(), parameters: None }
}

fn bad(description: &str) -> Refusal {
    refuse(400, format!("Bad Request: {description}"))
}

pub fn too_many(seconds: u64) -> Refusal {
    Refusal {
        parameters: Some(json!({ "retry_after": seconds })),
        ..refuse(429, format!("Too Many Requests: retry after {seconds}"))
    }
}

pub fn migrated(to: i64) -> Refusal {
    Refusal {
        parameters: Some(json!({ "migrate_to_chat_id": to })),
        ..bad("group chat was upgraded to a supergroup chat")
    }
}

/// `method` in lower case: the real one does not mind case either.
pub fn call(state: &mut State, method: &str, body: &Value) -> Reply {
    match method {
        "getme" => Ok(me(state)),
        "sendmessage" => send_message(state, body),
        "editmessagetext" => edit_message(state, body),
        "answercallbackquery" => answer_callback(state, body),
        "setmycommands" => set_commands(state, body),
        "setwebhook" => set_webhook(state, body),
        "deletewebhook" => {
            state.webhook = None;
            if body["drop_pending_updates"] == true {
                state.updates.clear();
            }
            Ok(json!(true))
        }
        "getwebhookinfo" => Ok(json!({
            "url": state.webhook.as_ref().map(|webhook| webhook.url.as_str()).unwrap_or_default(),
            "has_custom_certificate": false,
            "pending_update_count": state.updates.len(),
        })),
        _ => Err(refuse(404, "Not Found: method not found")),
    }
}

fn me(state: &State) -> Value {
    let mut me = state.bot_json();
    super::world::merge(
        &mut me,
        json!({
            "can_join_groups": true, "can_read_all_group_messages": !state.privacy,
            "supports_inline_queries": false, "can_connect_to_business": false,
            "has_main_web_app": false,
        }),
    );
    me
}

fn send_message(state: &mut State, body: &Value) -> Reply {
    let chat = chat_id(&body["chat_id"])?;
    let Parsed { text, strong } = text(body)?;
    let keyboard = keyboard(&body["reply_markup"])?;
    check_chat(state, chat)?;
    admit(state, chat)?;
    let message_id = state.new_message_id();
    let message = SentMessage { chat, message_id, text, strong, keyboard, earlier: Vec::new() };
    let result = state.message_json(&message);
    state.ledger_index.insert(message_id, state.ledger.len());
    state.ledger.push(message);
    Ok(result)
}

fn edit_message(state: &mut State, body: &Value) -> Reply {
    let chat = chat_id(&body["chat_id"])?;
    let Parsed { text, strong } = text(body)?;
    let keyboard = keyboard(&body["reply_markup"])?;
    check_chat(state, chat)?;
    let message_id = body["message_id"].as_i64().unwrap_or_default();
    let Some(&at) = state.ledger_index.get(&message_id) else {
        return Err(bad("message to edit not found"));
    };
    let message = &state.ledger[at];
    if message.chat != chat {
        return Err(bad("message to edit not found"));
    }
    if (&message.text, &message.strong, &message.keyboard) == (&text, &strong, &keyboard) {
        return Err(bad(
            "message is not modified: specified new message content and reply markup are exactly \
             the same as a current content and reply markup of the message",
        ));
    }
    admit(state, chat)?;
    let message = &mut state.ledger[at];
    let before = std::mem::replace(&mut message.text, text);
    message.earlier.push(before);
    message.strong = strong;
    message.keyboard = keyboard;
    let message = message.clone();
    Ok(state.message_json(&message))
}

/// The real one takes an id as a number or as text.
fn chat_id(value: &Value) -> Result<i64, Refusal> {
    match value {
        Value::Null => Err(bad("chat_id is empty")),
        Value::String(text) => text.parse().map_err(|_| bad("chat not found")),
        value => value.as_i64().ok_or_else(|| bad("chat not found")),
    }
}

fn text(body: &Value) -> Result<Parsed, Refusal> {
    let raw = body["text"].as_str().unwrap_or_default();
    let parsed = match body["parse_mode"].as_str() {
        None => Parsed { text: raw.trim().to_owned(), strong: Vec::new() },
        Some(mode) if mode.eq_ignore_ascii_case("html") => {
            html::parse(raw).map_err(|description| refuse(400, description))?
        }
        Some(_) => return Err(bad("unsupported parse_mode")),
    };
    if parsed.text.is_empty() {
        return Err(bad("message text is empty"));
    }
    if parsed.text.encode_utf16().count() > TEXT_LIMIT {
        return Err(bad("message is too long"));
    }
    Ok(parsed)
}

fn keyboard(markup: &Value) -> Result<Vec<Vec<Key>>, Refusal> {
    if markup.is_null() {
        return Ok(Vec::new());
    }
    let rows = markup["inline_keyboard"].as_array();
    let rows = rows.ok_or_else(|| bad("object expected as reply markup"))?;
    let keys = |row: &Value| row.as_array().into_iter().flatten().map(button).collect();
    let rows: Vec<Vec<Key>> = rows.iter().map(keys).collect::<Result<_, _>>()?;
    if rows.iter().map(Vec::len).sum::<usize>() > 100 {
        return Err(bad("reply markup is too long"));
    }
    Ok(rows.into_iter().filter(|row| !row.is_empty()).collect())
}

fn button(button: &Value) -> Result<Key, Refusal> {
    const ACTIONS: [&str; 10] = [
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ];
    let unreadable = |why: &str| bad(&format!("can't parse inline keyboard button: {why}"));
    let label = button["text"].as_str();
    let label = label.ok_or_else(|| unreadable("Can't find field \"text\""))?;
    if label.trim().is_empty() {
        return Err(bad("inline keyboard button text must be non-empty"));
    }
    match ACTIONS.iter().filter(|action| !button[**action].is_null()).count() {
        0 => return Err(unreadable("Text buttons are unallowed in the inline keyboard")),
        1 => {}
        _ => return Err(bad("BUTTON_TYPE_INVALID")),
    }
    let data = button["callback_data"].as_str().map(str::to_owned);
    if data.as_ref().is_some_and(|data| !(1..=64).contains(&data.len())) {
        return Err(bad("BUTTON_DATA_INVALID"));
    }
    let url = button["url"].as_str().map(str::to_owned);
    let schemes = ["http://", "https://", "tg://"];
    if url.as_ref().is_some_and(|url| !schemes.iter().any(|scheme| url.starts_with(scheme))) {
        return Err(bad("BUTTON_URL_INVALID"));
    }
    Ok(Key { label: label.to_owned(), data, url })
}

/// Whether the bot may write there.
fn check_chat(state: &State, id: i64) -> Result<(), Refusal> {
    let chat = state.chats.get(&id).ok_or_else(|| bad("chat not found"))?;
    if let Some(to) = chat.migrated_to {
        return Err(migrated(to));
    }
    if state.people.get(&id).is_some_and(|person| person.deactivated) {
        return Err(refuse(403, "Forbidden: user is deactivated"));
    }
    let description = match (chat.bot, id > 0) {
        (Membership::In, _) => return Ok(()),
        (Membership::Never, true) => "Forbidden: bot can't initiate conversation with a user",
        (Membership::Out, true) => "Forbidden: bot was blocked by the user",
        (Membership::Never, false) => "Forbidden: bot is not a member of the group chat",
        (Membership::Out, false) => "Forbidden: bot was kicked from the group chat",
    };
    Err(refuse(403, description))
}

fn admit(state: &mut State, chat: i64) -> Result<(), Refusal> {
    let Some(limits) = &mut state.pace else { return Ok(()) };
    limits.admit(chat).map_err(|seconds| {
        state.flood_refusals += 1;
        too_many(seconds)
    })
}

fn answer_callback(state: &mut State, body: &Value) -> Reply {
    let callback = body["callback_query_id"].as_str().unwrap_or_default().to_owned();
    let text = body["text"].as_str().map(str::to_owned);
    if text.as_ref().is_some_and(|text| text.chars().count() > 200) {
        return Err(bad("MESSAGE_TOO_LONG"));
    }
    if !state.open_callbacks.contains(&callback) {
        return Err(bad("query is too old and response timeout expired or query ID is invalid"));
    }
    state.answers.push(Answer { callback, text });
    Ok(json!(true))
}

fn set_commands(state: &mut State, body: &Value) -> Reply {
    let commands = body["commands"].as_array();
    let commands = commands.ok_or_else(|| bad("can't parse commands: Can't find field"))?;
    if commands.len() > 100 {
        return Err(bad("too many bot commands specified"));
    }
    let commands = commands.iter().map(command).collect::<Result<Vec<_>, _>>()?;
    let language = body["language_code"].as_str().unwrap_or_default();
    let is_code = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
    if !language.is_empty() && !is_code {
        return Err(bad("invalid language code specified"));
    }
    let scope = match body["scope"]["type"].as_str().unwrap_or("default") {
        "chat" => {
            let chat = chat_id(&body["scope"]["chat_id"])?;
            if !state.chats.contains_key(&chat) {
                return Err(bad("chat not found"));
            }
            format!("chat:{chat}")
        }
        scope @ ("default" | "all_private_chats" | "all_group_chats") => scope.to_owned(),
        _ => return Err(bad("can't parse BotCommandScope: Unsupported type specified")),
    };
    state.menus.insert((scope, language.to_owned()), commands);
    Ok(json!(true))
}

fn command(command: &Value) -> Result<(String, String), Refusal> {
    let name = command["command"].as_str().unwrap_or_default();
    let what = command["description"].as_str().unwrap_or_default();
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if !(1..=32).contains(&name.len()) || !name.bytes().all(allowed) {
        return Err(bad("BOT_COMMAND_INVALID"));
    }
    if what.trim().is_empty() || what.encode_utf16().count() > 256 {
        return Err(bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok((name.to_owned(), what.to_owned()))
}

fn set_webhook(state: &mut State, body: &Value) -> Reply {
    let url = body["url"].as_str().unwrap_or_default().to_owned();
    if url.is_empty() {
        state.webhook = None;
        return Ok(json!(true));
    }
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(bad("bad webhook: Invalid URL"));
    }
    let secret = body["secret_token"].as_str().map(str::to_owned);
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if let Some(secret) = &secret {
        if secret.len() > 256 {
            return Err(bad("secret token is too long"));
        }
        if !secret.chars().all(allowed) {
            return Err(bad("secret token contains unallowed characters"));
        }
    }
    set_allowed(state, body);
    state.webhook = Some(Webhook { url, secret });
    Ok(json!(true))
}

/// Not named: as before. An empty list: the default.
pub fn set_allowed(state: &mut State, body: &Value) {
    if let Some(kinds) = body["allowed_updates"].as_array() {
        let kinds: Vec<String> =
            kinds.iter().filter_map(|kind| kind.as_str().map(str::to_owned)).collect();
        state.allowed = (!kinds.is_empty()).then_some(kinds);
    }
}
