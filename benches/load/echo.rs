//! The lower bound of what a bot costs: teloxide, which answers each message with the same text and
//! remembers nothing.

use teloxide::dispatching::UpdateFilterExt;
use teloxide::prelude::{Bot, Dispatcher, Message, Requester, ResponseResult};
use teloxide::types::Update;

pub async fn run(platform: &str) {
    let url = platform.parse().expect("the platform's address");
    let bot = Bot::new(super::process::TOKEN).set_api_url(url);
    let handler = Update::filter_message().endpoint(echo);
    Dispatcher::builder(bot, handler).build().dispatch().await;
}

async fn echo(bot: Bot, message: Message) -> ResponseResult<()> {
    if let Some(text) = message.text() {
        bot.send_message(message.chat.id, text).await?;
    }
    Ok(())
}
