//! The fake's HTTP side: the routes, the faults on the wire, long polling and webhook calls.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::serve::{IncomingStream, Listener};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};

use super::methods::{self, Refusal, Reply, refuse};
use super::world::{Fault, Webhook, World};

/// Pause before an update that a webhook did not take is brought again.
const WEBHOOK_RETRY: Duration = Duration::from_millis(50);

pub async fn start(world: Arc<World>) -> (SocketAddr, Vec<JoinHandle<()>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound address");
    let app = Router::new()
        .fallback(answer)
        .with_state(world.clone())
        .into_make_service_with_connect_info::<Wire>();
    let server = tokio::spawn(async move {
        axum::serve(CutListener(listener), app).await.expect("the fake serves");
    });
    (address, vec![server, tokio::spawn(call_webhook(world))])
}

async fn answer(
    State(world): State<Arc<World>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    uri: Uri,
    body: Bytes,
) -> Response {
    let path = uri.path().strip_prefix("/bot").and_then(|path| path.split_once('/'));
    let Some((token, method)) = path else {
        return envelope(Err(refuse(404, "Not Found")));
    };
    if token != world.state().token {
        return envelope(Err(match token.contains(':') {
            true => refuse(401, "Unauthorized"),
            false => refuse(404, "Not Found"),
        }));
    }
    let Ok(body) = read_body(&body) else {
        return envelope(Err(refuse(400, "Bad Request: can't parse request body as JSON object")));
    };
    let method = method.to_lowercase();
    let fault = note_call(&world, &method, &body);
    match fault {
        None => envelope(run(&world, &method, &body).await),
        Some(fault) => misbehave(&world, &wire, fault, &method, &body).await,
    }
}

fn read_body(body: &[u8]) -> serde_json::Result<Value> {
    if body.is_empty() { Ok(json!({})) } else { serde_json::from_slice(body) }
}

fn note_call(world: &World, method: &str, body: &Value) -> Option<Fault> {
    let mut state = world.state();
    *state.calls.entry(method.to_owned()).or_default() += 1;
    state.last_calls.insert(method.to_owned(), body.clone());
    let fault = state.next_fault(method, body);
    drop(state);
    world.changed.send_replace(());
    fault
}

async fn run(world: &World, method: &str, body: &Value) -> Reply {
    if method == "getupdates" {
        return get_updates(world, body).await;
    }
    let reply = methods::call(&mut world.state(), method, body);
    world.changed.send_replace(());
    reply
}

async fn misbehave(
    world: &World,
    wire: &Wire,
    fault: Fault,
    method: &str,
    body: &Value,
) -> Response {
    const PAGE: &str = "<html><body>Bad Gateway</body></html>";
    match fault {
        Fault::TooMany(seconds) => envelope(Err(methods::too_many(seconds))),
        Fault::Server => envelope(Err(refuse(500, "Internal Server Error"))),
        Fault::Refuse { code, description } => envelope(Err(refuse(code, description))),
        Fault::Migrated(to) => envelope(Err(methods::migrated(to))),
        Fault::Gateway(status) => {
            (StatusCode::from_u16(status).expect("a status"), PAGE).into_response()
        }
        Fault::DropBefore => wire.cut(),
        Fault::DropAfter => {
            let _ = run(world, method, body).await;
            wire.cut()
        }
        Fault::Garbage => {
            let _ = run(world, method, body).await;
            PAGE.into_response()
        }
        Fault::Truncated => {
            let whole = run(world, method, body).await.unwrap_or_default().to_string();
            let length = whole.len() + 100;
            let body = Body::from_stream(HalfBody(Some(Bytes::from(whole))));
            ([(header::CONTENT_LENGTH, length)], body).into_response()
        }
        Fault::Hang => std::future::pending().await,
    }
}

fn envelope(reply: Reply) -> Response {
    let (code, body) = match reply {
        Ok(result) => (200, json!({ "ok": true, "result": result })),
        Err(Refusal { code, description, parameters }) => {
            let mut body = json!({ "ok": false, "error_code": code, "description": description });
            if let Some(parameters) = parameters {
                body["parameters"] = parameters;
            }
            (code, body)
        }
    };
    let status = StatusCode::from_u16(code).expect("a status");
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// Confirms, then waits until there is something, the time is over or another poller comes.
async fn get_updates(world: &World, body: &Value) -> Reply {
    let limit = body["limit"].as_u64().unwrap_or(100).clamp(1, 100) as usize;
    let wait = Duration::from_secs(body["timeout"].as_u64().unwrap_or(0).min(50));
    let deadline = Instant::now() + wait;
    let mut changed = world.changed.subscribe();
    let mine = {
        let mut state = world.state();
        if state.webhook.is_none() {
            methods::set_allowed(&mut state, body);
            confirm(&mut state, body["offset"].as_i64());
        }
        state.poll += 1;
        state.poll
    };
    world.changed.send_replace(());
    loop {
        {
            let state = world.state();
            if state.webhook.is_some() {
                return Err(refuse(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use \
                     deleteWebhook to delete the webhook first",
                ));
            }
            if state.poll != mine {
                return Err(refuse(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one \
                     bot instance is running",
                ));
            }
            let batch: Vec<&Value> = state.updates.iter().take(limit).map(|(_, u)| u).collect();
            if !batch.is_empty() {
                return Ok(json!(batch));
            }
        }
        if timeout_at(deadline, changed.changed()).await.is_err() {
            return Ok(json!([]));
        }
    }
}

/// Forgets what `offset` confirms. An offset far beyond the last id, as after ids restarted lower,
/// confirms nothing: the real one then starts from the oldest update it has.
fn confirm(state: &mut super::State, offset: Option<i64>) {
    const TOLERANCE: i64 = 10;
    match offset {
        Some(offset) if offset > state.next_update + TOLERANCE => {}
        Some(offset) if offset > 0 => state.updates.retain(|(id, _)| *id >= offset),
        Some(offset) if offset < 0 => {
            let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
            let forget = state.updates.len().saturating_sub(keep);
            state.updates.drain(..forget);
        }
        _ => {}
    }
}

/// Brings updates to the webhook, one after the other, each until it is taken.
async fn call_webhook(world: Arc<World>) {
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut changed = world.changed.subscribe();
    loop {
        let due = {
            let state = world.state();
            let webhook = state.webhook.clone();
            let webhook = webhook.map(|webhook| match &state.reverse_proxy {
                Some(proxy) => Webhook { url: behind(proxy, &webhook.url), ..webhook },
                None => webhook,
            });
            webhook.zip(state.updates.front().cloned())
        };
        let Some((webhook, (id, update))) = due else {
            if changed.changed().await.is_err() {
                return;
            }
            continue;
        };
        let mut request = http.post(&webhook.url).json(&update);
        if let Some(secret) = &webhook.secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        if request.send().await.is_ok_and(|answer| answer.status().is_success()) {
            world.state().updates.retain(|(waiting, _)| *waiting != id);
            world.changed.send_replace(());
        } else {
            sleep(WEBHOOK_RETRY).await;
        }
    }
}

/// The same path at another place.
fn behind(proxy: &str, url: &str) -> String {
    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
    format!("{proxy}/{path}")
}

/// A connection the fake can cut.
#[derive(Clone, Default)]
pub struct Wire(Arc<AtomicBool>);

impl Wire {
    /// What is answered after this never reaches the client: the connection ends instead.
    fn cut(&self) -> Response {
        self.0.store(true, Ordering::SeqCst);
        StatusCode::OK.into_response()
    }

    fn check(&self) -> io::Result<()> {
        if self.0.load(Ordering::SeqCst) { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }
}

impl Connected<IncomingStream<'_, CutListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, CutListener>) -> Self {
        stream.io().wire.clone()
    }
}

struct CutListener(TcpListener);

impl Listener for CutListener {
    type Io = CutStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (CutStream, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        let _ = stream.set_nodelay(true);
        (CutStream { stream, wire: Wire::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

struct CutStream {
    stream: TcpStream,
    wire: Wire,
}

impl AsyncRead for CutStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for CutStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.wire.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.wire.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A body that breaks off after its only piece.
struct HalfBody(Option<Bytes>);

impl futures::Stream for HalfBody {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(self.0.take().ok_or(io::ErrorKind::BrokenPipe.into())))
    }
}
