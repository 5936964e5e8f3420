//! What is advertised, checked and put into the form of the mDNS responder.

use mdns_sd::ServiceInfo;

use super::{AdvertiseError, Advertisement};

/// A web page (so that every browser of services lists it), with a subtype for those
/// who look for workshops only.
const SERVICE_TYPE: &str = "_codelabs._sub._http._tcp.local.";

/// A DNS label has 63 bytes at most (RFC 1035 section 2.3.4); a clash appends up to five
/// (`-9999`, ` (99)`).
const LABEL_BYTES: usize = 63 - 5;

/// A checked advertisement.
#[derive(Debug, Clone)]
pub(super) struct Service {
    /// For the responder; its addresses are filled in from the interfaces.
    pub(super) info: ServiceInfo,
    /// The wanted name without a trailing dot.
    pub(super) hostname: String,
}

/// Checks `ad`.
pub(super) fn describe(ad: Advertisement) -> Result<Service, AdvertiseError> {
    if !is_label(&ad.hostname) {
        return Err(AdvertiseError::Hostname(ad.hostname));
    }
    if !is_instance(&ad.instance) {
        return Err(AdvertiseError::Instance(ad.instance));
    }
    if let Some((key, _)) = ad
        .properties
        .iter()
        .find(|(key, value)| !is_property(key, value))
    {
        return Err(AdvertiseError::Property(key.clone()));
    }
    let hostname = format!("{}.local", ad.hostname.to_ascii_lowercase());
    let info = ServiceInfo::new(
        SERVICE_TYPE,
        &ad.instance,
        &format!("{hostname}."),
        "",
        ad.port,
        ad.properties.as_slice(),
    )
    .map_err(|error| AdvertiseError::Property(error.to_string()))?
    .enable_addr_auto();
    Ok(Service { info, hostname })
}

/// RFC 952 and RFC 1123 section 2.1.
fn is_label(label: &str) -> bool {
    (1..=LABEL_BYTES).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// RFC 6763 section 4.1.1: any text without control characters.
fn is_instance(instance: &str) -> bool {
    (1..=LABEL_BYTES).contains(&instance.len()) && !instance.chars().any(char::is_control)
}

/// RFC 6763 sections 6.1 and 6.4.
fn is_property(key: &str, value: &str) -> bool {
    !key.is_empty()
        && key.chars().all(|c| matches!(c, ' '..='~') && c != '=')
        && key.len() + value.len() < usize::from(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{AdvertiseError, Advertisement, describe};

    fn ad() -> Advertisement {
        Advertisement {
            instance: "Open Codelabs on Ada's laptop (2nd floor)".into(),
            hostname: "Codelabs".into(),
            port: 8080,
            properties: vec![
                ("path".into(), "/".into()),
                ("release".into(), "0.1.0".into()),
            ],
        }
    }

    #[test]
    fn a_good_one_becomes_a_web_page_with_a_subtype() {
        let service = describe(ad()).expect("a good advertisement");
        assert_eq!(service.hostname, "codelabs.local");
        assert_eq!(service.info.get_hostname(), "codelabs.local.");
        assert_eq!(service.info.get_type(), "_http._tcp.local.");
        assert_eq!(
            service.info.get_subtype().as_deref(),
            Some("_codelabs._sub._http._tcp.local.")
        );
        assert_eq!(service.info.get_port(), 8080);
        assert_eq!(service.info.get_property_val_str("path"), Some("/"));
        assert!(service.info.is_addr_auto());
    }

    #[test]
    fn labels_that_no_resolver_takes_are_refused() {
        for hostname in ["", "-a", "a-", "a.b", "a b", "ü", &"a".repeat(59)] {
            let refused = describe(Advertisement {
                hostname: hostname.into(),
                ..ad()
            });
            assert_eq!(
                refused.err(),
                Some(AdvertiseError::Hostname(hostname.into()))
            );
        }
        describe(Advertisement {
            hostname: "a".repeat(58),
            ..ad()
        })
        .expect("fits with -9999");
    }

    #[test]
    fn instances_that_do_not_fit_a_label_are_refused() {
        for instance in ["", "two\nlines", &"한".repeat(20)] {
            let refused = describe(Advertisement {
                instance: instance.into(),
                ..ad()
            });
            assert_eq!(
                refused.err(),
                Some(AdvertiseError::Instance(instance.into()))
            );
        }
        describe(Advertisement {
            instance: "한".repeat(19),
            ..ad()
        })
        .expect("57 bytes");
    }

    #[test]
    fn properties_that_do_not_fit_a_record_are_refused() {
        for (key, value) in [
            ("", "x"),
            ("a=b", "x"),
            ("ключ", "x"),
            ("k", &*"x".repeat(254)),
        ] {
            let properties = vec![(key.to_owned(), value.to_owned())];
            let refused = describe(Advertisement { properties, ..ad() });
            assert_eq!(refused.err(), Some(AdvertiseError::Property(key.into())));
        }
    }
}
