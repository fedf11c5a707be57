//! What a tablet does when its replica says so, step by step, each of which may be its last.

use std::collections::BTreeMap;

use domain::ids::{Epoch, InspectionId};
use proof::chain::{Journal, Tip};
use proof::head::Head;
use sync::carrying::Carry;
use sync::message::pull::{Page, PullAnswer};
use sync::message::push::{Part, PushAnswer};
use sync::reception;
use sync::replica::{Effect, Input, PassedOver, PullOutcome, Run, Sent, Survey};
use sync::status::SyncFault;

use crate::plant::Plant;
use crate::world::{Answer, Answered, Asked, Sending, World, Written};

impl World {
    pub(crate) fn carry_out(&mut self, tablet: usize, effect: Effect) {
        match effect {
            Effect::Push(runs) => self.push(tablet, &runs),
            Effect::Carry(carries) => self.give_back(tablet, &carries),
            Effect::Pull(pull) => self.send(tablet, Asked::Pull(pull), Sending::Pull),
            Effect::Survey(epoch) => {
                let survey = self.survey(tablet, epoch);
                self.tell_later(tablet, Input::Surveyed(survey));
            }
            Effect::Remember(journal, through) => self.remember(tablet, journal, through),
            Effect::NewEpoch(epoch) => {
                self.write(tablet, |disk| disk.begin_epoch(epoch));
            }
            Effect::Recovered => {
                self.write(tablet, |disk| disk.is_recovering = false);
            }
            Effect::Abandon(journal) => {
                self.write(tablet, |disk| disk.leave(journal));
            }
        }
    }

    /// Within the loop over effects the replica is told and the loop goes on.
    fn tell_later(&mut self, tablet: usize, input: Input) {
        let clock = self.clock(tablet);
        if let Some(ram) = &mut self.tablets[tablet].ram {
            ram.replica.handle_input(input, clock);
        }
    }

    fn survey(&mut self, tablet: usize, epoch: Epoch) -> Result<Survey, SyncFault> {
        if self.tablets[tablet].disk.epoch != Some(epoch) {
            self.stored(tablet, |disk| disk.begin_epoch(epoch))?;
        }
        Ok(self.tablets[tablet].disk.survey(self.headquarters.seat()))
    }

    fn remember(&mut self, tablet: usize, journal: Journal, through: Option<u64>) {
        self.write(tablet, |disk| {
            let epoch = disk.epoch;
            if let (Some(own), Some(epoch)) = (disk.own.get_mut(&journal), epoch) {
                own.accepted = through.map(|through| (epoch, through));
            }
        });
    }

    /// Own runs under fresh heads; a run may be cut short, as a large message would be.
    fn push(&mut self, tablet: usize, runs: &[Run]) {
        let cut = self.chance.percent(20).then(|| 1 + self.chance.below(4));
        let most = cut.unwrap_or(self.room as u64);
        let at = self.clock(tablet);
        let disk = &self.tablets[tablet].disk;
        let (mut parts, mut sent) = (Vec::new(), Vec::new());
        for run in runs {
            let Some(own) = disk.own.get(&run.journal) else { continue };
            let events = disk.run(own, run.from, most.min(run.events()));
            let through = run.from + (events.len() as u64).max(1) - 1;
            let last = usize::try_from(through).ok().and_then(|last| own.events.get(last));
            let Some(id) = last.filter(|_| !events.is_empty()) else { continue };
            let tip = Tip { seq: through, id: *id };
            let head = Head { journal: run.journal, tip, at };
            parts.push(Part { head: disk.seats[own.seat].keys.sign_head(&head), events });
            sent.push(Run { through, ..*run });
        }
        self.send(tablet, Asked::Push(parts), Sending::Push(sent));
    }

    fn give_back(&mut self, tablet: usize, carries: &[Carry]) {
        let disk = &self.tablets[tablet].disk;
        let parts: Vec<_> = carries.iter().filter_map(|carry| disk.carry(carry)).collect();
        let run = |carry: &Carry| Run {
            journal: carry.journal,
            from: carry.from,
            through: carry.tip.seq,
        };
        let sent = carries.iter().map(run).collect();
        self.send(tablet, Asked::Push(parts), Sending::Push(sent));
    }

    pub(crate) fn hear(&mut self, tablet: usize, sending: Sending, answer: Answer) {
        let input = match (sending, answer) {
            (Sending::Push(runs), Ok(Answered::Push(answer))) => {
                let answer = self.as_heard(tablet, answer);
                Input::Pushed(Ok(Sent { runs, answer }))
            }
            (Sending::Pull, Ok(Answered::Pull(answer))) => {
                Input::Pulled(self.take_news(tablet, answer))
            }
            (Sending::Push(_), Err(code)) => Input::Pushed(Err(SyncFault::Refused(code))),
            (Sending::Pull, Err(code)) => Input::Pulled(Err(SyncFault::Refused(code))),
            (Sending::Push(_), Ok(Answered::Pull(_))) => Input::Pushed(Err(SyncFault::Unreadable)),
            (Sending::Pull, Ok(Answered::Push(_))) => Input::Pulled(Err(SyncFault::Unreadable)),
        };
        self.tell(tablet, input);
    }

    fn as_heard(&self, tablet: usize, answer: PushAnswer) -> PushAnswer {
        PushAnswer { epoch: self.epoch_as_heard(tablet, answer.epoch), ..answer }
    }

    fn epoch_as_heard(&self, tablet: usize, epoch: Epoch) -> Epoch {
        match (self.plant, self.tablets[tablet].disk.epoch) {
            (Some(Plant::EpochIgnored), Some(known)) => known,
            (_, _) => epoch,
        }
    }

    pub(crate) fn hear_nothing(&mut self, tablet: usize, sending: Sending) {
        let input = match (sending, self.plant) {
            (Sending::Push(runs), Some(Plant::LostAcknowledgement)) => {
                let answer = self.as_if_accepted(&runs);
                Input::Pushed(Ok(Sent { runs, answer }))
            }
            (Sending::Push(_), _) => Input::Pushed(Err(SyncFault::Unreachable)),
            (Sending::Pull, _) => Input::Pulled(Err(SyncFault::Unreachable)),
        };
        self.tell(tablet, input);
    }

    /// The planted fault: no answer is taken for a good one.
    fn as_if_accepted(&self, runs: &[Run]) -> PushAnswer {
        let accepted = |run: &Run| sync::message::push::JournalAnswer {
            accepted_through: Some(run.through),
            ..sync::admission::blank(run.journal)
        };
        let journals = runs.iter().map(accepted).collect();
        PushAnswer { epoch: self.headquarters.epoch(), journals, durable_through: None }
    }

    fn take_news(&mut self, tablet: usize, answer: PullAnswer) -> Result<PullOutcome, SyncFault> {
        let epoch = self.epoch_as_heard(tablet, answer.epoch);
        if self.tablets[tablet].disk.epoch != Some(epoch) {
            self.stored(tablet, |disk| disk.begin_epoch(epoch))?;
            return Ok(PullOutcome { epoch: Some(epoch), more: true, ..PullOutcome::default() });
        }
        let (mut cursors, mut passed_over) = (BTreeMap::new(), BTreeMap::new());
        for page in answer.pages {
            let (inspection, cursor) = (page.inspection, page.cursor.clone());
            match self.take_page(tablet, epoch, page) {
                Ok(()) => drop(cursors.insert(inspection, cursor)),
                Err(SyncFault::NotStored) => return Err(SyncFault::NotStored),
                Err(fault) => drop(passed_over.insert(inspection, PassedOver { cursor, fault })),
            }
        }
        let gone = answer.gone;
        self.forget(tablet, &gone)?;
        Ok(PullOutcome { epoch: Some(epoch), cursors, passed_over, gone, more: answer.more })
    }

    fn take_page(&mut self, tablet: usize, epoch: Epoch, page: Page) -> Result<(), SyncFault> {
        let (inspection, cursor) = (page.inspection, page.cursor.clone());
        let known = self.tablets[tablet].disk.known(inspection);
        let received = reception::receive(page, &known).map_err(|fault| fault.as_sync_fault())?;
        self.stored(tablet, |disk| disk.take_page(epoch, (inspection, cursor), received))?;
        if self.chance.percent(50) {
            self.take_snapshot(tablet, inspection);
        }
        Ok(())
    }

    /// What may not be seen any longer is kept; with a planted fault it is deleted.
    fn forget(&mut self, tablet: usize, gone: &[InspectionId]) -> Result<(), SyncFault> {
        let deletes = self.plant == Some(Plant::DeletionWithoutReceipt);
        if gone.is_empty() {
            return Ok(());
        }
        self.stored(tablet, |disk| {
            for inspection in gone {
                disk.cursors.remove(inspection);
                disk.gone.insert(*inspection);
                if deletes {
                    disk.events.retain(|_, event| event.header.inspection != *inspection);
                }
            }
        })
    }

    fn stored(
        &mut self,
        tablet: usize,
        change: impl FnOnce(&mut crate::disk::Disk),
    ) -> Result<(), SyncFault> {
        let written: Written = self.write(tablet, change);
        Self::fault(written).map_or(Ok(()), Err)
    }
}
