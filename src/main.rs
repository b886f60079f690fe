//! The command `diudat`. Everything it does is in the library.

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let status = diudat::cli::run().await;
    std::process::ExitCode::from(u8::try_from(status).unwrap_or(1))
}
