//! Starts what is measured as processes of their own, and reads from `/proc` what they cost.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use super::platform::Seen;

pub const TOKEN: &str = "4242:load";
/// Nothing measured here takes longer.
const PATIENCE: Duration = Duration::from_secs(300);

/// This program, in another role.
pub fn ourselves(role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("our own path"));
    command.arg(role);
    command
}

/// A process that ends with this value.
pub struct Running(Child);

impl Running {
    pub fn start(mut command: Command) -> Self {
        Self(command.stdin(Stdio::null()).spawn().expect("the process starts"))
    }

    /// Seconds of a processor used so far.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id()));
        let stat = stat.expect("the process lives");
        // The name in brackets may hold anything; the fields after it are numbers.
        let fields: Vec<&str> =
            stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |n: usize| fields.get(n).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
        // utime and stime, in the hundredths of a second that Linux shows to everyone.
        (ticks(11) + ticks(12)) / 100.0
    }

    /// Most memory held so far, in MiB.
    pub fn peak(&self) -> f64 {
        self.status("VmHWM:")
    }

    /// Memory held now, in MiB.
    pub fn memory(&self) -> f64 {
        self.status("VmRSS:")
    }

    fn status(&self, key: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()));
        let status = status.expect("the process lives");
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        let kib = line.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok());
        kib.unwrap_or(0.0) / 1024.0
    }

    fn lives(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }

    /// Ends it in order, so that it gives back what it leased.
    pub fn stop(mut self) {
        let kill = Command::new("kill").arg(self.0.id().to_string()).status();
        assert!(kill.is_ok_and(|status| status.success()), "it had ended by itself");
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The fake platform.
pub struct Platform {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    pub url: String,
}

impl Platform {
    /// With updates to offer at a rate (0: at once) and a limit on messages a second (0: none).
    pub fn start(updates: Option<&Path>, rate: f64, limit: usize) -> Self {
        let mut command = ourselves("platform");
        command.args(["--rate", &rate.to_string(), "--limit", &limit.to_string()]);
        if let Some(file) = updates {
            command.arg("--updates").arg(file);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the platform starts");
        let commands = child.stdin.take().expect("a pipe");
        let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut port = String::new();
        answers.read_line(&mut port).expect("the platform's port");
        let url = format!("http://127.0.0.1:{}", port.trim());
        Self { child, commands, answers, url }
    }

    /// Waits until so many messages were sent by a process.
    pub fn wait(&mut self, count: usize, by: &mut Running) -> Seen {
        let end = Instant::now() + PATIENCE;
        loop {
            let seen = self.ask(&format!("wait {count}\n"));
            if seen.sent >= count {
                return seen;
            }
            assert!(by.lives() && Instant::now() < end, "{count} were awaited: {seen:?}");
        }
    }

    pub fn look(&mut self) -> Seen {
        self.ask("look\n")
    }

    fn ask(&mut self, command: &str) -> Seen {
        self.commands.write_all(command.as_bytes()).expect("the platform listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the platform answers");
        serde_json::from_str(&answer).expect("JSON")
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
