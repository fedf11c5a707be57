//! `bienban invite`: a one-time invitation for a tablet or for the office, while headquarters runs
//! or not.

use super::user::{Given, Refused, find_unit, roles};
use super::{Failure, runtime};
use crate::clock;
use crate::identity::staff::{self, INVITATION_DAYS, MAX_INVITATION_DAYS};
use crate::identity::{Roles, Standing, UnitId};
use crate::store::invitations::Opens;
use crate::store::people;
use crate::store::{Store, Tx};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The person's name, as it stands in the minutes; who is not known is added.
    #[arg(long)]
    name: String,
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: std::path::PathBuf,
    /// The address under which headquarters is reached.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    address: String,
    /// Invite into the office instead of to a seat on a tablet.
    #[arg(long)]
    office: bool,
    /// For how many days.
    #[arg(long, value_name = "N", default_value_t = INVITATION_DAYS)]
    days: i64,
    #[command(flatten)]
    given: Given,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    if arguments.name.trim().is_empty() {
        return Err(Failure::BadInput("--name is empty; give the person's name".to_owned()));
    }
    if !(1..=MAX_INVITATION_DAYS).contains(&arguments.days) {
        return Err(Failure::BadInput(format!("--days takes 1 to {MAX_INVITATION_DAYS}")));
    }
    let opens = if arguments.office { Opens::Office } else { Opens::Seat };
    let address = arguments.address.trim_end_matches('/').to_owned();
    let code = runtime()?.block_on(invite(arguments, opens))?;
    match opens {
        Opens::Seat => {
            println!("code: {code}");
            println!("tablet: {address}/enrol#{code}");
        }
        Opens::Office => println!("office: {address}/office/enter?token={code}"),
    }
    Ok(())
}

async fn invite(arguments: Arguments, opens: Opens) -> Result<String, Failure> {
    let asked = roles(&arguments.given.roles)?;
    let store = Store::open_or_join(&arguments.data).await?;
    let unit = match &arguments.given.unit {
        Some(unit) => Some(find_unit(&store, unit).await?),
        None => None,
    };
    let (name, days) = (arguments.name.trim().to_owned(), arguments.days);
    let work = store.write::<String, Refused, _>(move |tx| {
        Box::pin(async move { given(tx, &name, (asked, unit), (opens, days)).await })
    });
    Ok(work.await?)
}

/// Adds the person where nobody has exactly this name, and gives the roles that are asked for or,
/// where none are, those that the invitation needs. Nobody loses a role by it.
async fn given(
    tx: &mut Tx,
    name: &str,
    (asked, unit): (Roles, Option<UnitId>),
    (opens, days): (Opens, i64),
) -> Result<String, Refused> {
    let known = people::members(&mut *tx).await?.into_iter();
    let known = known.filter(|it| it.departure.is_none()).find(|it| it.person.name == name);
    let before = known.as_ref().map(|it| it.standing).unwrap_or_default();
    let roles = match asked == Roles::default() {
        true => staff::with_roles_for(before.roles, opens),
        false => Roles::of(before.roles.each().chain(asked.each())),
    };
    let standing = Standing { roles, unit: unit.or(before.unit) };
    let person = match known {
        Some(member) => {
            staff::change(&mut *tx, None, member.person.id, standing).await?;
            member.person.id
        }
        None => staff::add(&mut *tx, None, name, standing).await?,
    };
    Ok(staff::invite(tx, None, (person, opens), (clock::now(), days)).await?)
}
