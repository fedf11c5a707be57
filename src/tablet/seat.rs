//! The seat at which this tablet works: made by enrolment, opened from the store afterwards.
//!
//! Keys are made here and only public halves leave. They are stored before headquarters is asked,
//! so that an answer that is lost is asked for again with the same keys.

use std::collections::BTreeMap;

use domain::ids::{EnvelopeKey, SeatId};
use domain::order;
use proof::chain::{Journal, Tip};
use proof::head::{Head, SignedHead};
use storage::contract::Fault;
use storage::seat::SeatRecord;
use storage::store::invited::Invited;
use sync::message::enrol::{Enrol, Enrolled};
use sync::message::refusal::RefusalCode;
use sync::status::SyncFault;

use crate::browser;
use crate::keys::{self, KeyFault, Signer};
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

/// A seat that was just made, and the key in which headquarters keeps vaults open.
pub(crate) struct Enrolment {
    pub(crate) record: SeatRecord,
    pub(crate) escrow: Option<EnvelopeKey>,
}

/// The keys for an invitation: those that are stored for this code already, or new ones. They are
/// stored before headquarters hears of them.
pub(crate) async fn invite(facts: &Facts, code: &str) -> Result<Invited, EnrolmentFault> {
    let stored = facts.invited().await.map_err(EnrolmentFault::Store)?;
    if let Some(invited) = stored.filter(|invited| invited.code == code.trim()) {
        return Ok(invited);
    }
    let invited = fresh(code).await?;
    facts.remember_invited(&invited).await.map_err(EnrolmentFault::Store)?;
    Ok(invited)
}

/// New keys for an invitation.
pub(crate) async fn fresh(code: &str) -> Result<Invited, EnrolmentFault> {
    let keys = keys::make().await.map_err(|_| EnrolmentFault::Keys)?;
    Ok(Invited {
        code: code.trim().to_owned(),
        signing_public: keys.signing,
        signing_key: keys.signing_pkcs8,
        envelope_public: keys.envelope,
        envelope_key: keys.envelope_pkcs8,
    })
}

/// Takes the invitation and stores the seat.
pub(crate) async fn enrol(facts: &Facts, invited: Invited) -> Result<Enrolment, EnrolmentFault> {
    let enrolled = take_invitation(&invited).await.map_err(EnrolmentFault::Sync)?;
    if enrolled.seat != proof::seat::seat_of(&invited.signing_public) {
        return Err(EnrolmentFault::Sync(SyncFault::Unreadable));
    }
    let (epoch, escrow) = (enrolled.epoch, enrolled.escrow);
    let record = SeatRecord {
        seat: enrolled.seat,
        person: enrolled.person,
        name: enrolled.name,
        signing_key: invited.signing_key,
        envelope_key: invited.envelope_key,
        headquarters: enrolled.headquarters,
        signing_public: invited.signing_public,
    };
    facts.enrol(&record, epoch).await.map_err(EnrolmentFault::Store)?;
    facts.forget_invited().await.map_err(EnrolmentFault::Store)?;
    Ok(Enrolment { record, escrow })
}

async fn take_invitation(invited: &Invited) -> Result<Enrolled, SyncFault> {
    let message = Enrol {
        code: invited.code.clone(),
        signing_key: invited.signing_public,
        envelope_key: invited.envelope_public,
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
