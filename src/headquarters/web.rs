//! How browsers reach this headquarters: over TLS or not, and under which address. It listens to
//! nothing itself.

use thiserror::Error;

/// How browsers reach headquarters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Web {
    /// The origin that browsers see, where it was told.
    origin: Option<String>,
    /// Whether browsers speak TLS, with this program or with a proxy in front of it.
    tls: bool,
    /// Whether a proxy stands in front, which says for whom it asks.
    proxied: bool,
}

/// Why an address is not one that browsers reach.
#[derive(Debug, Error)]
#[error(
    "--public-url `{0}` is no address like `https://inspections.example`: give scheme and host, and no path"
)]
pub struct PublicUrlFault(String);

impl Web {
    /// Behind a proxy, under this address.
    ///
    /// # Errors
    /// [`PublicUrlFault`] where it is not an origin of http or https.
    pub fn behind(public_url: &str) -> Result<Self, PublicUrlFault> {
        let fault = || PublicUrlFault(public_url.to_owned());
        let origin = public_url.strip_suffix('/').unwrap_or(public_url).to_ascii_lowercase();
        let (scheme, host) = origin.split_once("://").ok_or_else(fault)?;
        let is_host =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        let tls = scheme == "https";
        if !(tls || scheme == "http") || host.is_empty() || !host.chars().all(is_host) {
            return Err(fault());
        }
        Ok(Self { origin: Some(origin), tls, proxied: true })
    }

    /// With TLS of its own; a proxy in front stays one.
    #[must_use]
    pub fn with_own_tls(self) -> Self {
        Self { tls: true, ..self }
    }

    /// The origin that browsers see, where it was told.
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Whether browsers speak TLS.
    pub fn is_tls(&self) -> bool {
        self.tls
    }

    /// Whether what a proxy says of where a request comes from is believed.
    pub fn is_proxied(&self) -> bool {
        self.proxied
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_path_is_taken_and_says_whether_browsers_speak_tls() {
        let web = Web::behind("https://Bienban.example:8443/").unwrap();
        assert_eq!(web.origin(), Some("https://bienban.example:8443"));
        assert!(web.is_tls() && web.is_proxied());
        assert!(!Web::behind("http://10.0.0.1").unwrap().is_tls());
        assert!(Web::default().with_own_tls().is_tls());
        for wrong in
            ["", "bienban.example", "ftp://a", "https://", "https://a/office", "https://a b"]
        {
            assert!(Web::behind(wrong).is_err(), "{wrong}");
        }
    }
}
