//! Opening an inspection on the spot, with a reason and a decision that may be pending.

use std::rc::Rc;

use domain::act::{Act, Establishment, OpenInspection};
use domain::ids::{EstablishmentId, InspectionId};
use leptos::prelude::*;
use screens::seam::{NewInspection, NewInspectionState, StoreTrouble};

use crate::library::PackTrouble;
use crate::recording::{self, Outcome};
use crate::tablet::Tablet;
use crate::{browser, overview, trouble};

/// Stores the opening as the first events of a new journal in a new stream.
pub(crate) fn open(tablet: Rc<Tablet>, new: NewInspection) {
    tablet.board.new_inspection.set(NewInspectionState::Recording);
    let jobs = tablet.jobs.clone();
    jobs.give(async move {
        let state = match store(&tablet, new).await {
            Ok(inspection) => {
                overview::refresh(&tablet, inspection).await;
                NewInspectionState::Opened(inspection)
            }
            Err(trouble) => NewInspectionState::Failed(trouble),
        };
        tablet.board.new_inspection.set(state);
    });
}

async fn store(tablet: &Rc<Tablet>, new: NewInspection) -> Result<InspectionId, StoreTrouble> {
    let unavailable = StoreTrouble::Unavailable;
    let (facts, seat) = tablet.facts_and_seat().ok_or(unavailable)?;
    let current =
        tablet.library.current(&facts, &new.kind).await.map_err(|trouble| match trouble {
            PackTrouble::Missing => unavailable,
            PackTrouble::Store(fault) => trouble::of(&fault),
        })?;
    let inspection = InspectionId(browser::random().map_err(|_| unavailable)?);
    let establishment = EstablishmentId(browser::random().map_err(|_| unavailable)?);
    let act = Act::OpenInspection(OpenInspection {
        establishment: Establishment {
            id: establishment,
            name: new.establishment_name,
            kind: new.kind,
            address: new.address,
        },
        reason: new.reason,
        decision: new.decision,
        on: new.on,
        checklists: current.checklists,
        law: current.law,
    });
    match recording::append(tablet, &facts, &seat, inspection, vec![act], Vec::new()).await {
        Ok(Outcome::Stored(stored)) => {
            stored.tell(tablet);
            Ok(inspection)
        }
        // The stream was made a moment ago: no other tab can know it.
        Ok(Outcome::OtherTab(_)) => Err(StoreTrouble::Blocked),
        Err(fault) => Err(trouble::of(&fault)),
    }
}
