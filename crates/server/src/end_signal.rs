//! When a program without a window, or one started from a terminal, is asked to end.

/// Comes at Ctrl+C, or when the system asks the program to end.
///
/// # Errors
/// When the system does not let signals be received.
#[cfg(unix)]
pub fn end_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
    })
}

/// Comes at Ctrl+C.
///
/// # Errors
/// None on this system.
#[cfg(not(unix))]
pub fn end_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl+C cannot be received");
            std::future::pending::<()>().await;
        }
    })
}
