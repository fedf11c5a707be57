//! Making a story that breaks a law shorter, as long as it breaks one.

use crate::plant::Plant;
use crate::story::Story;
use crate::world::World;

/// The most worlds that are lived through to make one story shorter.
const MOST_TRIES: u32 = 600;

/// Lives through a story.
///
/// # Errors
/// The law that is broken, in words.
pub fn live(story: &Story, plant: Option<Plant>) -> Result<(), String> {
    let mut world = World::of(story, plant);
    for action in &story.actions {
        world.act(action);
        if let Some(law) = world.broken.take() {
            return Err(law);
        }
    }
    world.end()
}

/// The shortest story that still breaks a law, found by leaving out ever smaller pieces, with
/// what it breaks.
pub fn shortest(mut story: Story, mut law: String, plant: Option<Plant>) -> (Story, String) {
    let (mut piece, mut tries) = (story.actions.len() / 2, 0);
    while piece > 0 {
        let mut from = 0;
        let mut found = false;
        while from < story.actions.len() && tries < MOST_TRIES {
            let shorter = without(&story, from, piece);
            tries += 1;
            match live(&shorter, plant) {
                Err(broken) => {
                    (story, law, found) = (shorter, broken, true);
                }
                Ok(()) => from += piece,
            }
        }
        if !found || piece > story.actions.len() {
            piece /= 2;
        }
    }
    (story, law)
}

fn without(story: &Story, from: usize, count: usize) -> Story {
    let mut shorter = story.clone();
    let to = (from + count).min(shorter.actions.len());
    shorter.actions.drain(from..to);
    shorter
}
