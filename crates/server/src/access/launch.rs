//! One-time secrets of a launch: the desktop window gets one over loopback,
//! the headless server prints one on its terminal.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use store::SecretHash;
use tokio::sync;

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
pub struct LaunchSecrets {
    unused: Mutex<Vec<(SecretHash, ValidFrom)>>,
    /// Held while one is used, so that of two browsers with the same secret the
    /// second learns what became of the first.
    using: sync::Mutex<()>,
}

impl LaunchSecrets {
    /// Makes one more.
    #[must_use]
    pub fn issue(&self, valid_from: ValidFrom) -> Secret {
        let secret = Secret::generate();
        let mut unused = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        unused.push((secret.hash(), valid_from));
        secret
    }

    /// Does what a secret is for, and uses it up if that succeeds; nothing if the
    /// secret is not valid.
    ///
    /// # Errors
    /// Those of `enter`; the secret can then be used again.
    pub async fn redeem<T, E>(
        &self,
        presented: &Secret,
        from: IpAddr,
        enter: impl Future<Output = Result<T, E>>,
    ) -> Result<Option<T>, E> {
        let hash = presented.hash();
        // Before the wait: who guesses waits for nobody.
        if !self.is_unused(hash, from) {
            return Ok(None);
        }
        let _one_at_a_time = self.using.lock().await;
        if !self.is_unused(hash, from) {
            return Ok(None);
        }
        let entered = enter.await?;
        let mut unused = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        unused.retain(|(secret, _)| *secret != hash);
        Ok(Some(entered))
    }

    fn is_unused(&self, hash: SecretHash, from: IpAddr) -> bool {
        let unused = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        unused.iter().any(|(secret, valid_from)| {
            *secret == hash && (*valid_from == ValidFrom::Anywhere || from.is_loopback())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, future::ready, net::Ipv4Addr};

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 7));

    async fn works(secrets: &LaunchSecrets, secret: &Secret, from: IpAddr) -> bool {
        let entered = secrets.redeem(secret, from, ready(Ok::<_, Infallible>(())));
        entered.await.unwrap().is_some()
    }

    #[tokio::test]
    async fn a_secret_works_once() {
        let secrets = LaunchSecrets::default();
        let secret = secrets.issue(ValidFrom::Anywhere);
        assert!(!works(&secrets, &Secret::generate(), THERE).await);
        assert!(works(&secrets, &secret, THERE).await);
        assert!(!works(&secrets, &secret, THERE).await);
    }

    #[tokio::test]
    async fn a_secret_is_used_up_only_by_what_succeeds() {
        let secrets = LaunchSecrets::default();
        let secret = secrets.issue(ValidFrom::Anywhere);
        let failed = secrets.redeem(&secret, THERE, ready(Err::<(), _>("the disk is full")));
        assert_eq!(failed.await, Err("the disk is full"));
        assert!(works(&secrets, &secret, THERE).await);
    }

    #[tokio::test]
    async fn of_two_browsers_with_one_secret_one_enters() {
        let secrets = LaunchSecrets::default();
        let secret = secrets.issue(ValidFrom::Anywhere);
        let slowly = secrets.redeem(&secret, THERE, async {
            tokio::task::yield_now().await;
            Ok::<_, Infallible>(())
        });
        let (first, second) = tokio::join!(slowly, works(&secrets, &secret, THERE));
        assert_eq!((first, second), (Ok(Some(())), false));
    }

    #[tokio::test]
    async fn the_windows_secret_works_on_this_machine_only() {
        let secrets = LaunchSecrets::default();
        let secret = secrets.issue(ValidFrom::Loopback);
        assert!(!works(&secrets, &secret, THERE).await);
        assert!(
            works(&secrets, &secret, HERE).await,
            "a try from elsewhere does not use it up"
        );
    }
}
