//! Anything sent to the web server: it answers or lets go, and goes on answering others.

use diudat::http::Limits;
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::mangle::{bytes, draws};
use crate::stage::{Stage, client};

const REQUESTS: &[&str] = &[
    "GET / HTTP/1.1\r\nHost: a\r\nCookie: diudat=0123456789abcdef0123456789abcdef\r\n\r\n",
    "GET /events?after=AAAA HTTP/1.1\r\nHost: a\r\nLast-Event-ID: AAAA.17\r\nCookie: diudat=0123456789abcdef0123456789abcdef\r\n\r\n",
    "POST /say HTTP/1.1\r\nHost: a\r\nCookie: diudat=0123456789abcdef0123456789abcdef\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 37\r\n\r\nform=0123&key=key-0001&text=xin+ch%C3",
    "POST /tap HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 36\r\n\r\nform=0123&key=k&line=-1&button=b9999",
    "POST /platform/webhook HTTP/1.1\r\nHost: a\r\nX-Secret: s3cret\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
    "POST /say HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx\r\n0\r\n\r\n",
    "GET /assets/..%2f..%2fCargo.toml HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /nguoi/NS-001 HTTP/1.0\r\n\r\n",
];

#[tokio::test]
async fn whatever_is_sent_the_server_goes_on_answering() {
    let limits = Limits { headers: std::time::Duration::from_millis(100), ..Limits::default() };
    let stage = Stage::limited(limits, |_| ()).await;
    let mut answered = 0;
    for request in draws(400, bytes(REQUESTS)) {
        let mut stream = TcpStream::connect(stage.address).await.unwrap();
        // It may have been let go before everything was said.
        let _ = stream.write_all(&request).await;
        let _ = stream.shutdown().await;
        let mut answer = vec![0; 64];
        let read = stream.read(&mut answer).await.unwrap_or_default();
        let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
        let status = answer.split(' ').nth(1).unwrap_or_default();
        answered += usize::from(!status.is_empty());
        let asked = String::from_utf8_lossy(&request);
        assert!(!status.starts_with('5') || status == "501", "{asked:?}: {answer}");
    }
    let alive = client().get(stage.url("/healthz")).send().await.unwrap();
    assert_eq!(alive.status(), StatusCode::OK);
    assert!(answered > 0, "it lets everybody go");
    // The platform's secret opens its door; no form has what ours carry.
    let taken = stage.memory.inbox();
    assert!(!taken.is_empty() && taken.iter().all(|one| one.bot == "platform"), "{taken:?}");
}
