//! The seat at which this tablet works: made by enrolment, opened from the store afterwards.
//!
//! Keys are made here and only public halves leave. The record of the seat is stored before the
//! seat is used; an enrolment whose answer is lost leaves nothing behind but a used invitation.

use std::collections::BTreeMap;

use domain::ids::{EnvelopeKey, SeatId};
use domain::order;
use proof::chain::{Journal, Tip};
use proof::head::{Head, SignedHead};
use storage::contract::Fault;
use storage::seat::SeatRecord;
use sync::message::enrol::{Enrol, Enrolled};
use sync::message::refusal::RefusalCode;
use sync::status::SyncFault;

use crate::browser;
use crate::keys::{self, FreshKeys, KeyFault, Signer};
use crate::network::{self, Answer, Ask, Network};
use crate::{APP, Facts};

/// The seat in use.
pub(crate) struct Seat {
    pub(crate) record: SeatRecord,
    pub(crate) network: Network,
    /// The keys of this seat and of those before it: journals are signed by who wrote them.
    signers: BTreeMap<SeatId, Signer>,
}

impl Seat {
    /// Takes a seat out of its record, and those before it out of theirs.
    pub(crate) async fn open(record: SeatRecord, former: &[SeatRecord]) -> Result<Self, KeyFault> {
        let signer = Signer::import(&record.signing_key).await?;
        let network = Network::new(record.seat, signer.clone());
        let mut signers: BTreeMap<_, _> = order::gather([(record.seat, signer)]);
        for former in former {
            // A former key that cannot be used leaves its journals here, and nothing else undone.
            if let Ok(signer) = Signer::import(&former.signing_key).await {
                signers.insert(former.seat, signer);
            }
        }
        Ok(Self { record, network, signers })
    }

    /// The seats of headquarters.
    pub(crate) fn headquarters(&self) -> Vec<SeatId> {
        self.record.headquarters.iter().map(|headquarters| headquarters.seat).collect()
    }

    /// The keys of headquarters to which files for it are sealed.
    pub(crate) fn headquarters_envelopes(&self) -> impl Iterator<Item = EnvelopeKey> {
        self.record.headquarters.iter().filter_map(|headquarters| headquarters.envelope)
    }

    /// Signs how far a journal reaches, with the key of the seat that wrote it.
    pub(crate) async fn sign_head(
        &self,
        author: SeatId,
        journal: Journal,
        tip: Tip,
    ) -> Result<SignedHead, KeyFault> {
        let signer = self.signers.get(&author).ok_or(KeyFault::NotHere(author))?;
        let head = Head { journal, tip, at: browser::now() }.to_bytes();
        let signature = signer.sign(&head).await?;
        Ok(SignedHead { head, signature })
    }
}

/// Why this browser did not become a seat.
pub(crate) enum EnrolmentFault {
    /// Headquarters was not reached or refused.
    Sync(SyncFault),
    /// The browser cannot make keys.
    Keys,
    /// The seat could not be stored.
    Store(Fault),
}

/// Makes keys, takes the invitation and stores the seat.
pub(crate) async fn enrol(facts: &Facts, code: &str) -> Result<SeatRecord, EnrolmentFault> {
    let keys = keys::make().await.map_err(|_| EnrolmentFault::Keys)?;
    let enrolled = take_invitation(code, &keys).await.map_err(EnrolmentFault::Sync)?;
    if enrolled.seat != proof::seat::seat_of(&keys.signing) {
        return Err(EnrolmentFault::Sync(SyncFault::Unreadable));
    }
    let epoch = enrolled.epoch;
    let record = SeatRecord {
        seat: enrolled.seat,
        person: enrolled.person,
        name: enrolled.name,
        signing_key: keys.signing_pkcs8,
        envelope_key: keys.envelope_pkcs8,
        headquarters: enrolled.headquarters,
        signing_public: keys.signing,
    };
    facts.enrol(&record, epoch).await.map_err(EnrolmentFault::Store)?;
    Ok(record)
}

async fn take_invitation(code: &str, keys: &FreshKeys) -> Result<Enrolled, SyncFault> {
    let message = Enrol {
        code: code.trim().to_owned(),
        signing_key: keys.signing,
        envelope_key: keys.envelope,
        app: APP.to_owned(),
    };
    let body = network::to_json(&message)?;
    match network::send(Ask::post("/api/v1/enrol", "application/json", &body), None).await? {
        Answer::Given(bytes) => network::json(&bytes),
        Answer::Refused(refusal, _) => {
            Err(SyncFault::Refused(refusal.code().unwrap_or(RefusalCode::Other)))
        }
    }
}
