//! TLS over a real socket, with a certificate made for the test; and what changes under it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use headquarters::headquarters::Headquarters;
use headquarters::serve::{Front, listen, serve};
use headquarters::store::people::{Opens, Uses};
use headquarters::tablet_app::TabletApp;
use headquarters::tls::{Tls, TlsFault, TlsListener};
use headquarters::web::Web;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::house::House;

/// Writes a new certificate for `localhost` with its key, as of so many seconds from now.
fn write_pair(folder: &Path, later_s: u64) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    for (name, text) in [("a.crt", made.cert.pem()), ("a.key", made.signing_key.serialize_pem())] {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(later_s)).unwrap();
        set_mode(&path, 0o600);
    }
    made.cert.der().clone()
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// What a browser that trusts this certificate alone is answered.
async fn ask(
    address: SocketAddr,
    trusted: &CertificateDer<'static>,
    path: &str,
) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.unwrap().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TcpStream::connect(address).await?;
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8(answer).unwrap())
}

#[tokio::test]
async fn a_page_comes_over_tls_and_a_renewed_certificate_is_taken_without_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let first = write_pair(folder.path(), 0);
    let tls = Tls::open(&folder.path().join("a.crt"), &folder.path().join("a.key")).unwrap();
    let tls = Arc::new(tls);
    let app = TabletApp::choose(Some(folder.path().join("dist")));
    let mut headquarters =
        Headquarters::start(&folder.path().join("data"), None, app).await.unwrap();
    headquarters.web = Web::default().with_own_tls();
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    let (listener, address) = listen(free, "--listen").await.unwrap();
    let (ops, _) = listen(free, "--ops-listen").await.unwrap();
    let front = Front::Tls(TlsListener::new(listener, tls.clone()).unwrap());
    let serving = tokio::spawn(serve(Arc::new(headquarters), front, ops));

    let page = ask(address, &first, "/office/sign-in").await.unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("strict-transport-security: max-age=31536000"), "{page}");
    let choice = ask(address, &first, "/office/language?to=en").await.unwrap();
    assert!(choice.contains("SameSite=Lax; HttpOnly; Secure"), "{choice}");

    assert!(!tls.renew().unwrap(), "nothing has changed");
    let second = write_pair(folder.path(), 60);
    assert!(tls.renew().unwrap());
    assert!(ask(address, &first, "/office/sign-in").await.is_err(), "it is not the former one");
    assert!(ask(address, &second, "/office/sign-in").await.is_ok());

    std::fs::write(folder.path().join("a.crt"), "nonsense").unwrap();
    assert!(tls.renew().is_err());
    assert!(ask(address, &second, "/office/sign-in").await.is_ok(), "the former one stays in use");
    serving.abort();
}

#[test]
fn a_key_that_everyone_may_read_and_a_pair_that_does_not_fit_are_refused() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write_pair(folder.path(), 0);
    write_pair(other.path(), 0);
    let (certificate, key) = (folder.path().join("a.crt"), folder.path().join("a.key"));
    assert!(Tls::open(&certificate, &key).is_ok());
    let of_another = Tls::open(&certificate, &other.path().join("a.key"));
    assert!(matches!(of_another, Err(TlsFault::Unfit { .. })));
    set_mode(&key, 0o604);
    assert!(matches!(Tls::open(&certificate, &key), Err(TlsFault::Open(_))));
    let missing = Tls::open(&folder.path().join("none"), &other.path().join("a.key"));
    assert!(matches!(missing, Err(TlsFault::Unreadable { option: "--tls-cert", .. })));
}

#[tokio::test]
async fn without_tls_no_cookie_is_secure_and_no_browser_is_told_to_insist_on_it() {
    let house = House::start().await;
    let (_, token) = house.invite_to("Cán bộ Mẫu", Opens::Office, Uses::Any).await;
    let answer = house.get(&format!("/office/enter?token={token}")).await;
    assert!(answer.header("set-cookie").starts_with("bienban_office="));
    assert!(!answer.header("set-cookie").contains("Secure"));
    assert_eq!(answer.header("strict-transport-security"), "");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "same-origin");
}
