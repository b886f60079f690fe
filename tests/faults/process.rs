//! A node as the harness sees it: a process to be started, killed, paused and told the time.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::node::Orders;

/// The argument that makes this executable a node.
pub const NODE: &str = "--node";
/// A stop in order takes seconds at most.
const PATIENCE: Duration = Duration::from_secs(40);

pub struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    accessions: Arc<AtomicUsize>,
    /// The number of its last accession among all.
    newest: Arc<AtomicUsize>,
    pub paused: bool,
    pub orders: Orders,
}

impl Drop for Process {
    fn drop(&mut self) {
        // A paused process is killed as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts a node that writes its log to the end of a file.
    pub fn start(orders: &Orders, log: &Path) -> Self {
        let log: File = OpenOptions::new().create(true).append(true).open(log).expect("a log");
        let this = std::env::current_exe().expect("this executable");
        let orders_text = serde_json::to_string(orders).expect("plain words");
        let mut child = Command::new(this)
            .args([NODE, &orders_text])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("a node starts");
        static ALL: AtomicUsize = AtomicUsize::new(1);
        let accessions = Arc::new(AtomicUsize::new(0));
        let newest = Arc::new(AtomicUsize::new(0));
        let stdout = child.stdout.take().expect("the pipe asked for");
        let (counts, last) = (accessions.clone(), newest.clone());
        // Ends with the node.
        std::thread::spawn(move || {
            for _ in BufReader::new(stdout).lines().map_while(Result::ok) {
                counts.fetch_add(1, Ordering::SeqCst);
                last.store(ALL.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
            }
        });
        let stdin = child.stdin.take();
        Self { child, stdin, accessions, newest, paused: false, orders: orders.clone() }
    }

    /// How often it began to lead.
    pub fn accessions(&self) -> usize {
        self.accessions.load(Ordering::SeqCst)
    }

    /// Of several, the one where this is greatest leads.
    pub fn newest_accession(&self) -> usize {
        self.newest.load(Ordering::SeqCst)
    }

    /// What is told to a process that has just ended is lost, as it should be.
    pub fn tell_time(&mut self, millis: i64) {
        if let Some(stdin) = &mut self.stdin {
            let _ = writeln!(stdin, "clock {millis}");
        }
    }

    /// Its clock shows something else, and no time has passed.
    pub fn leap(&mut self, millis: i64) {
        if let Some(stdin) = &mut self.stdin {
            let _ = writeln!(stdin, "leap {millis}");
        }
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("a status").is_some()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub fn pause(&mut self) {
        self.signal("-STOP");
        self.paused = true;
    }

    pub fn resume(&mut self) {
        self.signal("-CONT");
        self.paused = false;
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("there is a kill").success());
    }

    /// Asks it to stop in order; whether it did.
    pub async fn stop(&mut self) -> bool {
        if let Some(stdin) = &mut self.stdin {
            let _ = writeln!(stdin, "stop");
        }
        let deadline = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return ExitStatus::success(&status);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.kill();
        false
    }
}
