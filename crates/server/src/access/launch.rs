//! One-time secrets of a launch: the desktop window gets one over loopback,
//! the headless server prints one on its terminal.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use store::SecretHash;

use crate::secrets::Secret;

/// From where a launch secret may be presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidFrom {
    /// This machine only.
    Loopback,
    /// Anywhere: it was printed for a person who may sit at another machine.
    Anywhere,
}

/// The secrets not used yet.
#[derive(Debug, Default)]
pub struct LaunchSecrets(Mutex<Vec<(SecretHash, ValidFrom)>>);

impl LaunchSecrets {
    /// Makes one more.
    #[must_use]
    pub fn issue(&self, valid_from: ValidFrom) -> Secret {
        let secret = Secret::generate();
        let mut unused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        unused.push((secret.hash(), valid_from));
        secret
    }

    /// Uses one up; whether it was valid.
    #[must_use]
    pub fn redeem(&self, presented: &Secret, from: IpAddr) -> bool {
        let hash = presented.hash();
        let mut unused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = unused.iter().position(|(secret, valid_from)| {
            *secret == hash && (*valid_from == ValidFrom::Anywhere || from.is_loopback())
        });
        found.map(|at| unused.swap_remove(at)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 7));

    #[test]
    fn a_secret_works_once() {
        let secrets = LaunchSecrets::default();
        let secret = secrets.issue(ValidFrom::Anywhere);
        assert!(!secrets.redeem(&Secret::generate(), THERE));
        assert!(secrets.redeem(&secret, THERE));
        assert!(!secrets.redeem(&secret, THERE));
    }

    #[test]
    fn the_windows_secret_works_on_this_machine_only() {
        let secrets = LaunchSecrets::default();
        let secret = secrets.issue(ValidFrom::Loopback);
        assert!(!secrets.redeem(&secret, THERE));
        assert!(
            secrets.redeem(&secret, HERE),
            "a try from elsewhere does not use it up"
        );
    }
}
