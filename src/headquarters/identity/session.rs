//! The session in which something is asked. That it goes on is noted now and then.

use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::StoreFault;
use crate::store::sessions::{self, Session};

/// The session of a token, unless it has ended.
///
/// # Errors
/// See [`StoreFault`].
pub(crate) async fn in_use(
    headquarters: &Headquarters,
    token: &str,
) -> Result<Option<Session>, StoreFault> {
    let now = clock::now();
    let session = sessions::of_token(headquarters.store.readers(), token, now).await?;
    if let Some(id) = session.as_ref().filter(|it| it.is_news(now)).map(|it| it.id) {
        let touched = headquarters.store.write::<_, StoreFault, _>(move |tx| {
            Box::pin(async move { sessions::touch(tx, id, now).await })
        });
        touched.await?;
    }
    Ok(session)
}
