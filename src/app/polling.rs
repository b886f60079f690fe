//! A platform lets one process poll: the one that leads.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::App;
use crate::channels::Bot;

/// Polls whenever this process leads, until `shutdown`.
pub async fn poll_while_leading(bot: Arc<dyn Bot>, app: Arc<App>, shutdown: CancellationToken) {
    let mut leads = app.leads();
    while !shutdown.is_cancelled() {
        tokio::select! {
            () = shutdown.cancelled() => return,
            led = leads.wait_for(|leads| *leads) => if led.is_err() { return },
        }
        let turn = shutdown.child_token();
        tokio::select! {
            () = bot.clone().poll(app.inbox.clone(), turn.clone()) => {}
            _ = leads.wait_for(|leads| !*leads) => turn.cancel(),
        }
    }
}
