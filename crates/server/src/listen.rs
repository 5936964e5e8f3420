//! The port.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

use tokio::net::{TcpListener, TcpSocket};

/// Connections the kernel accepts before the server does. The default of 128
/// makes two hundred people who press at once wait a second: their first
/// packets are thrown away.
const BACKLOG: u32 = 4096;

/// Bytes that the system takes of one connection ahead of its reader. By itself
/// it takes some megabytes, so that a thousand readers who never read would cost
/// gigabytes, and nobody could tell a slow one from one that has stopped. Wi-Fi
/// that answers in ten milliseconds carries 100 Mbit/s with this.
const SEND_BUFFER: u32 = 128 * 1024;

/// Ports tried when 80 and 8080 are taken.
const FURTHER_PORTS: std::ops::RangeInclusive<u16> = 8081..=8180;

/// Which port to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// 80 if it can be had, since then nobody types a port; else 8080, else
    /// the next free one.
    Auto,
    /// This one and no other; 0 lets the system choose.
    Fixed(u16),
}

/// Why no port could be had.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The wanted port is in use or not allowed.
    #[error(
        "port {port} cannot be used ({source}); close the program that uses it, or choose another with --port"
    )]
    Fixed {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// None of the ports is free.
    #[error(
        "no port between 8080 and 8180 is free ({0}); close other servers on this machine and try again"
    )]
    NoneFree(io::Error),
}

/// Listens on `ip`.
///
/// # Errors
/// [`ListenError`] when no port can be had.
pub fn listen(ip: IpAddr, port: Port) -> Result<TcpListener, ListenError> {
    match port {
        Port::Fixed(port) => bind(ip, port).map_err(|source| ListenError::Fixed { port, source }),
        Port::Auto => {
            let mut last = None;
            for port in [80, 8080].into_iter().chain(FURTHER_PORTS) {
                match bind(ip, port) {
                    Ok(listener) => return Ok(listener),
                    Err(error) => last = Some(error),
                }
            }
            Err(ListenError::NoneFree(
                last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()),
            ))
        }
    }
}

fn bind(ip: IpAddr, port: u16) -> io::Result<TcpListener> {
    let socket = if ip.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A restart must not wait for the old connections' last packets. On
    // Windows the same option would let two programs share the port.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    // Connections take over what the listening socket has.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(SocketAddr::new(ip, port))?;
    socket.listen(BACKLOG)
}
