//! Somebody who sets up how to sign in, and signs in, through the pages that a browser shows.

use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use domain::ids::{PersonId, from_hex};
use headquarters::clock;
use headquarters::identity::set_up::whose_link;
use headquarters::identity::totp::TotpSecret;
use headquarters::identity::{Role, Roles, Standing};
use headquarters::store::StoreFault;
use headquarters::store::people::{self, Opens, Uses};

use crate::house::{Answer, Clerk, House};

/// A passphrase that may be chosen.
pub(crate) const PASSPHRASE: &str = "cầu tre lắm gỗ";

/// Somebody who has set up how to sign in.
pub(crate) struct Newcomer {
    pub(crate) person: PersonId,
    pub(crate) name: String,
    pub(crate) secret: TotpSecret,
    pub(crate) recovery: Vec<String>,
    /// What the browser has since then.
    pub(crate) cookie: String,
}

/// The fields of a form as a body.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// What an answer gives a browser to keep, as it sends it back.
pub(crate) fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all(SET_COOKIE).into_iter().map(|it| it.to_str().unwrap());
    set.map(|cookie| cookie.split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

/// What stands in a hidden field of a page.
pub(crate) fn hidden(page: &Answer, name: &str) -> String {
    let begins = format!("type=\"hidden\" name=\"{name}\" value=\"");
    let rest = page.text().split(&begins).nth(1).unwrap_or_else(|| panic!("{}", page.text()));
    rest.split('"').next().unwrap().to_owned()
}

/// Reads the codes that are shown once.
pub(crate) fn codes(page: &Answer) -> Vec<String> {
    let items = page.text().split("<li><code>").skip(1);
    items.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

impl House {
    /// Whoever has no cookies at all.
    pub(crate) fn stranger(&self) -> Clerk<'_> {
        self.clerk_with(String::new())
    }

    /// The secret in the form of a link.
    pub(crate) fn secret_in(&self, page: &Answer, token: &str) -> TotpSecret {
        let sealed = from_hex::<48>(&hidden(page, "secret")).unwrap();
        let keyring = &self.headquarters.keyring;
        TotpSecret::open(keyring, &whose_link(token), &sealed).unwrap()
    }

    /// A person in these roles with a link that opens once.
    pub(crate) async fn linked(&self, name: &str, roles: &[Role]) -> (PersonId, String) {
        let (person, token) = self.invite_to(name, Opens::Office, Uses::Once).await;
        let standing = Standing { roles: Roles::of(roles.iter().copied()), unit: None };
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move { people::appoint(tx, person, standing).await })
        });
        work.await.unwrap();
        (person, token)
    }

    /// Somebody in these roles who has set up how to sign in.
    pub(crate) async fn newcomer(&self, name: &str, roles: &[Role]) -> Newcomer {
        let (person, token) = self.linked(name, roles).await;
        let page = self.get(&format!("/office/enter?token={token}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let secret = self.secret_in(&page, &token);
        let code = secret.code(clock::now());
        let done = self.set_up(&page, &token, (name, PASSPHRASE), &code).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
        let (recovery, cookie) = (codes(&done), cookies(&done));
        Newcomer { person, name: name.to_owned(), secret, recovery, cookie }
    }

    /// Sends the form of a link.
    pub(crate) async fn set_up(
        &self,
        page: &Answer,
        token: &str,
        (name, passphrase): (&str, &str),
        code: &str,
    ) -> Answer {
        let secret = hidden(page, "secret");
        let fields = [
            ("token", token),
            ("name", name),
            ("sign_in_name", name),
            ("passphrase", passphrase),
            ("again", passphrase),
            ("secret", &secret),
            ("code", code),
        ];
        self.stranger().post("/office/enter", &form(&fields)).await
    }

    /// Sends the form of signing in.
    pub(crate) async fn sign_in(&self, name: &str, passphrase: &str, code: &str) -> Answer {
        self.stranger().sign_in(name, passphrase, code).await
    }

    /// Lets the codes that were used open again, as if time had passed.
    pub(crate) async fn forget_steps(&self) {
        self.execute("update credentials set totp_step = null").await;
    }
}

impl Clerk<'_> {
    /// Sends the form of signing in, with what the browser keeps.
    pub(crate) async fn sign_in(&self, name: &str, passphrase: &str, code: &str) -> Answer {
        let fields = [("name", name), ("passphrase", passphrase), ("code", code)];
        self.post("/office/sign-in", &form(&fields)).await
    }
}

impl Newcomer {
    /// The present code.
    pub(crate) fn code(&self) -> String {
        self.secret.code(clock::now())
    }

    /// Signs in with the next code; each opens once.
    pub(crate) async fn sign_in(&self, house: &House) -> String {
        house.forget_steps().await;
        let answer = house.sign_in(&self.name, PASSPHRASE, &self.code()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        cookies(&answer)
    }
}
