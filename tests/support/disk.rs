//! A small disk that can be filled: a tmpfs of its own size, where this user may mount one.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Enough for the database of a seed and its log, and quickly filled.
const SIZE: &str = "size=6m";
const FILLER: &str = "filler";

pub struct Disk(tempfile::TempDir);

impl Drop for Disk {
    fn drop(&mut self) {
        let gone = Command::new("umount").arg(self.0.path()).status();
        if !gone.is_ok_and(|status| status.success()) {
            let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
        }
    }
}

impl Disk {
    /// `None`: this user may not mount.
    pub fn mount() -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("diudat-disk-").tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", SIZE, "diudat-faults"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(folder))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    fn filler(&self) -> PathBuf {
        self.path().join(FILLER)
    }

    /// Takes every byte that is left.
    pub fn fill(&self) {
        let mut file = File::create(self.filler()).expect("a file");
        let block = [0; 4096];
        while file.write_all(&block).is_ok() {}
        while file.write_all(&block[..1]).is_ok() {}
    }

    pub fn clear(&self) {
        std::fs::remove_file(self.filler()).expect("the filler is there");
    }
}
