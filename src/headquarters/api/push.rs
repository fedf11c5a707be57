//! `POST /api/v1/push`: any journals, also a colleague's. Answered after the commit.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use sync::admission;
use sync::message::push::{Push, PushAnswer};

use super::asked::Proven;
use super::refuse::ApiError;
use crate::custody::{self, Taken};
use crate::headquarters::Headquarters;
use crate::store::{StoreFault, people};

pub(crate) async fn push(
    State(headquarters): State<Arc<Headquarters>>,
    Proven { seat, body, now }: Proven,
) -> Result<Json<PushAnswer>, ApiError> {
    let push = Push::from_bytes(&body)?;
    let journals = push.parts.iter().map(admission::journal_of);
    let journals = journals.collect::<Result<BTreeSet<_>, _>>()?;
    let authors = custody::authors(&headquarters.store, &journals).await?;
    // Hashes and signatures of thousands of events would keep other requests waiting.
    let examined = tokio::task::spawn_blocking(move || custody::examine(push.parts, authors));
    let examined =
        examined.await.map_err(|_| ApiError::malformed("the push was not examined"))??;
    let keys = headquarters.keys.clone();
    let taken = headquarters
        .store
        .write::<Taken, StoreFault, _>(move |tx| {
            Box::pin(async move {
                people::touch(&mut *tx, seat.id, now).await?;
                custody::take(tx, &keys, &examined, now).await
            })
        })
        .await?;
    headquarters.metrics.pushed(taken.fresh);
    Ok(Json(PushAnswer { epoch: headquarters.epoch, journals: taken.answers }))
}
