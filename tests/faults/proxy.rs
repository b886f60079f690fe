//! A relay between the nodes and PostgreSQL that can cut a connection at the one moment that
//! matters: while a commit is on its way, or while its answer is. It also plants the bug of a
//! commit that is skipped.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

/// The name PostgreSQL gives its socket.
pub const SOCKET: &str = ".s.PGSQL.5432";

/// What a node asks before it says who it is.
const TLS_REQUEST: [u8; 4] = 80_877_103_u32.to_be_bytes();

const BEGIN: &[u8] = b"BEGIN";
const BEGIN_READING: &[u8] = b"BEGIN READ ONLY";

/// When a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The commit never reaches the server, which rolls back.
    BeforeCommit,
    /// The server commits; its answer is lost.
    AfterCommit,
}

#[derive(Default)]
struct Plans {
    /// After so many commits, cut.
    cuts: Mutex<Vec<(usize, Cut)>>,
    commits: AtomicUsize,
    done: AtomicUsize,
    /// Every so many commits one is skipped; 0: none.
    skips: AtomicUsize,
    /// How many servers there were; a connection stays with that of its time.
    servers: AtomicUsize,
    /// Those before this one only read.
    writes_from: AtomicUsize,
    /// A planted bug: nobody gets to another server.
    stuck: AtomicBool,
}

pub struct Proxy {
    plans: Arc<Plans>,
    accepting: JoinHandle<()>,
    _folder: tempfile::TempDir,
    folder: PathBuf,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Proxy {
    /// Relays to the server whose socket is in this folder.
    pub fn before(server: &Path) -> Self {
        let kept = tempfile::Builder::new().prefix("diudat-px-").tempdir().expect("a folder");
        let folder = kept.path().to_owned();
        let listener = UnixListener::bind(folder.join(SOCKET)).expect("a socket");
        let plans = Arc::new(Plans::default());
        let (server, shared) = (server.join(SOCKET), plans.clone());
        let accepting = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                // A server that is down is a connection that ends at once.
                if let Ok(far) = UnixStream::connect(&server).await {
                    relay(near, far, shared.clone());
                }
            }
        });
        Self { plans, accepting, _folder: kept, folder }
    }

    /// Where the nodes find it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Cuts the connection that makes the commit after the next `after` ones.
    pub fn cut(&self, after: usize, how: Cut) {
        let at = self.plans.commits.load(Ordering::SeqCst) + after;
        self.plans.cuts.lock().expect("no panic").push((at, how));
    }

    pub fn forget_cuts(&self) {
        self.plans.cuts.lock().expect("no panic").clear();
    }

    /// How many connections were cut.
    pub fn cuts_made(&self) -> usize {
        self.plans.done.load(Ordering::SeqCst)
    }

    /// Plants a bug: one in so many commits is a rollback, and nobody is told.
    pub fn skip_commits(&self, every: usize) {
        self.plans.skips.store(every, Ordering::SeqCst);
    }
}

impl Proxy {
    /// The server only reads from now on.
    pub fn fail_over(&self) {
        let servers = self.plans.servers.load(Ordering::SeqCst);
        self.plans.writes_from.store(servers + 1, Ordering::SeqCst);
    }

    /// Another server takes its place, for whoever connects anew.
    pub fn take_over(&self) {
        if !self.plans.stuck.load(Ordering::SeqCst) {
            self.plans.servers.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Plants a bug: whoever was connected before a take-over is never let go.
    pub fn keep_all(&self) {
        self.plans.stuck.store(true, Ordering::SeqCst);
    }
}

impl Plans {
    fn only_reads(&self, server: usize) -> bool {
        server < self.writes_from.load(Ordering::SeqCst)
    }

    fn at_commit(&self) -> (Option<Cut>, bool) {
        let number = self.commits.fetch_add(1, Ordering::SeqCst);
        let mut cuts = self.cuts.lock().expect("no panic");
        let due = cuts.iter().position(|(at, _)| *at <= number).map(|i| cuts.remove(i).1);
        if due.is_some() {
            self.done.fetch_add(1, Ordering::SeqCst);
        }
        let every = self.skips.load(Ordering::SeqCst);
        (due, every > 0 && number % every == every - 1)
    }
}

fn relay(near: UnixStream, far: UnixStream, plans: Arc<Plans>) {
    let (from_node, to_node) = near.into_split();
    let (from_server, to_server) = far.into_split();
    let mute = Arc::new(AtomicBool::new(false));
    let listening = tokio::spawn(backward(from_server, to_node, mute.clone()));
    tokio::spawn(async move {
        // The end of the one direction is the end of both, unless an answer is awaited to be lost.
        let awaited = forward(from_node, to_server, &plans, &mute).await.is_some();
        if !awaited {
            listening.abort();
        }
    });
}

/// Server to node; when `mute`, the next answer ends the connection instead.
async fn backward(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mute: Arc<AtomicBool>) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(n) = from.read(&mut buffer).await {
        if n == 0 || mute.load(Ordering::SeqCst) || to.write_all(&buffer[..n]).await.is_err() {
            return;
        }
    }
}

/// Node to server, message by message. `Some`: the server's answer to a commit is to be lost.
async fn forward(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    plans: &Plans,
    mute: &AtomicBool,
) -> Option<()> {
    // The first message has no type; before it the node may ask for TLS, which is declined.
    loop {
        let length = from.read_u32().await.ok()?;
        let start = body(&mut from, length).await?;
        to.write_u32(length).await.ok()?;
        to.write_all(&start).await.ok()?;
        if start != TLS_REQUEST {
            break;
        }
    }
    let server = plans.servers.load(Ordering::SeqCst);
    loop {
        let Ok(kind) = from.read_u8().await else { return None };
        let length = from.read_u32().await.ok()?;
        let mut content = body(&mut from, length).await?;
        let mut length = length;
        let mut cut = None;
        if kind == b'Q' && content.starts_with(BEGIN) && plans.only_reads(server) {
            content.splice(..BEGIN.len(), BEGIN_READING.iter().copied());
            length += u32::try_from(BEGIN_READING.len() - BEGIN.len()).ok()?;
        }
        if kind == b'Q' && content.eq_ignore_ascii_case(b"COMMIT\0") {
            let (due, skip) = plans.at_commit();
            cut = due;
            if skip {
                content = b"ROLLBACK\0".to_vec();
                length = 4 + 9;
            }
        }
        if cut == Some(Cut::BeforeCommit) {
            return None;
        }
        if cut == Some(Cut::AfterCommit) {
            mute.store(true, Ordering::SeqCst);
        }
        to.write_u8(kind).await.ok()?;
        to.write_u32(length).await.ok()?;
        to.write_all(&content).await.ok()?;
        if cut.is_some() {
            // Held open until the server has answered.
            let _ = from.readable().await;
            return Some(());
        }
    }
}

async fn body(from: &mut OwnedReadHalf, length: u32) -> Option<Vec<u8>> {
    let mut content = vec![0; usize::try_from(length).ok()?.checked_sub(4)?];
    from.read_exact(&mut content).await.ok()?;
    Some(content)
}
