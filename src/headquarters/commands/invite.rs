//! `bienban invite`: a one-time invitation for a tablet or for the office, while headquarters runs
//! or not.

use std::path::PathBuf;

use domain::ids::PersonId;

use super::{Failure, runtime};
use crate::clock;
use crate::identity::{Role, Roles, Standing};
use crate::store::people::{self, Opens, Person, Uses};
use crate::store::{Store, StoreFault, Tx};

/// How long an invitation may be used, in milliseconds.
const VALID_MS: i64 = 7 * 24 * 60 * 60 * 1000;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The person's name, as it stands in the minutes.
    #[arg(long)]
    name: String,
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The address under which headquarters is reached.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    address: String,
    /// Invite into the office instead of to a seat on a tablet.
    #[arg(long)]
    office: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.name.trim();
    if name.is_empty() {
        return Err(Failure::BadInput("--name is empty; give the person's name".to_owned()));
    }
    let opens = if arguments.office { Opens::Office } else { Opens::Seat };
    let code = runtime()?.block_on(invite(&arguments.data, name.to_owned(), opens))?;
    let address = arguments.address.trim_end_matches('/');
    match opens {
        Opens::Seat => {
            println!("code: {code}");
            println!("tablet: {address}/enrol#{code}");
        }
        Opens::Office => println!("office: {address}/office/enter?token={code}"),
    }
    Ok(())
}

async fn invite(data: &std::path::Path, name: String, opens: Opens) -> anyhow::Result<String> {
    let store = Store::open_or_join(data).await?;
    let code = clock::code();
    let given = code.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                let now = clock::now();
                let person = person(tx, name, opens).await?;
                let until = now.later_by_ms(VALID_MS);
                people::invite(tx, &code, person, opens, Uses::Once, (now, until)).await
            })
        })
        .await?;
    Ok(given)
}

/// The person with exactly this name, who may be new, in the roles that the invitation needs.
async fn person(tx: &mut Tx, name: String, opens: Opens) -> Result<PersonId, StoreFault> {
    let known = people::persons(&mut *tx).await?;
    let id = match known.into_iter().find(|person| person.name == name) {
        Some(person) => person.id,
        None => {
            let id = PersonId(clock::random());
            people::add_person(&mut *tx, &Person { id, name }, clock::now()).await?;
            id
        }
    };
    let standing = people::standing(&mut *tx, id).await?;
    let roles = Roles::of(standing.roles.each().chain(needed(opens)));
    people::appoint(tx, id, Standing { roles, ..standing }).await?;
    Ok(id)
}

/// What a person has to be for what an invitation opens.
fn needed(opens: Opens) -> Vec<Role> {
    match opens {
        Opens::Seat => vec![Role::Inspector],
        Opens::Office => vec![Role::Office, Role::Administrator],
    }
}
