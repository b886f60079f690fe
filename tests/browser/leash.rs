//! Processes that do not outlive the test, however it ends: a shell holds them, and kills them and
//! all they started when the pipe it listens on is closed, which the kernel does even for a test
//! that was killed itself.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Each line it hears is a signal for the child; the end of the lines is the end of all.
const HOLD: &str = r#"
"$@" </dev/null &
child=$!
while read -r signal; do
    kill -s "$signal" "$child"
    wait "$child"
    echo "ended with $?"
done
kill -s KILL 0
"#;

/// How long a process may take to say what is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running process and what it prints.
pub struct Leash {
    shell: Child,
    orders: Option<ChildStdin>,
    printed: Receiver<String>,
}

impl Leash {
    /// Starts a program in a process group of its own, with these variables.
    pub fn on(program: &str, args: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", HOLD, "leash", program])
            .args(args)
            .envs(variables.iter().copied())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let output = BufReader::new(shell.stdout.take().expect("its output is a pipe"));
        let (tell, printed) = channel();
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
        });
        Self { orders: shell.stdin.take(), shell, printed }
    }

    /// What follows `words` on the first line that has them.
    pub fn hear(&self, words: &str) -> String {
        let mut heard = Vec::new();
        loop {
            match self.printed.recv_timeout(PATIENCE) {
                Ok(line) => match line.split_once(words) {
                    Some((_, rest)) => return rest.to_owned(),
                    None => heard.push(line),
                },
                Err(error) => panic!("no {words:?} ({error}) after {heard:?}"),
            }
        }
    }

    /// Sends a signal (`TERM`) and gives the exit status.
    pub fn end(&mut self, signal: &str) -> String {
        let orders = self.orders.as_mut().expect("open until the drop");
        writeln!(orders, "{signal}").expect("the shell listens");
        self.hear("ended with ")
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        self.orders = None;
        // Killed with the rest, so there is no status to look at.
        let _ = self.shell.wait();
    }
}
