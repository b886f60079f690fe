//! Rebuilds the crate when a file is added to a folder that travels inside the binary.

fn main() {
    for folder in ["locales", "config", "migrations"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
