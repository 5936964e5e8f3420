//! Makes the database that `sqlx::query!` checks every statement against.

use std::{env, error::Error, fs, io, path::PathBuf};

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let migrations = PathBuf::from("../../migrations");
    println!("cargo:rerun-if-changed={}", migrations.display());
    println!("cargo:rerun-if-changed=build.rs");

    let out_dir = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let file = PathBuf::from(out_dir).join("check.db");
    match fs::remove_file(&file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let migrator = sqlx::migrate::Migrator::new(migrations).await?;
    migrator.run(&mut connection).await?;
    connection.close().await?;
    println!("cargo:rustc-env=DATABASE_URL=sqlite:{}", file.display());
    Ok(())
}
