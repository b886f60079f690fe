//! Connections: how many there may be, and how long one may keep us waiting. What is asked on them
//! is the router's business.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::Service;

/// Connections at the same time. Each event stream is one; further ones wait to be accepted.
const CONNECTIONS: usize = 8_192;
/// How long a client may take to say what it wants, and how long a silent connection is kept.
const HEADERS: Duration = Duration::from_secs(15);
/// How long a client may go without reading what we write.
const READS: Duration = Duration::from_secs(30);
/// How long open requests may keep the server from stopping.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait after the machine had no place for a connection.
const PAUSE: Duration = Duration::from_millis(200);

/// Limits of the connections.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub connections: usize,
    pub headers: Duration,
    pub reads: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: CONNECTIONS, headers: HEADERS, reads: READS }
    }
}

/// Answers requests until `shutdown`, then lets the running ones end, for ten seconds at most.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = async {
            // Whoever finds no place waits at the door, in the system's queue.
            let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
            let (stream, _) = listener.accept().await?;
            Ok::<_, io::Error>((stream, place))
        };
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = accepted => accepted,
        };
        match accepted {
            Ok((stream, place)) => {
                let connection = graceful.watch(connection(stream, router.clone(), limits));
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                // Too many open files, or a client that left before it was let in.
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    Ok(())
}

type Wire = TokioIo<Pin<Box<TimeoutStream<TcpStream>>>>;

fn connection(
    stream: TcpStream,
    router: Router,
    limits: Limits,
) -> http1::Connection<Wire, TowerToHyperService<OffTheWire>> {
    // Small events must not wait for more; a socket that refuses only makes them late.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "the socket keeps its delay");
    }
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.reads));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        .serve_connection(
            TokioIo::new(Box::pin(stream)),
            TowerToHyperService::new(OffTheWire(router)),
        )
}

/// The router, for bodies as they come off the wire.
#[derive(Clone)]
struct OffTheWire(Router);

impl Service<hyper::Request<hyper::body::Incoming>> for OffTheWire {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = <Router as Service<Request>>::Future;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Infallible>> {
        // A router is always ready.
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: hyper::Request<hyper::body::Incoming>) -> Self::Future {
        self.0.call(request.map(Body::new))
    }
}
