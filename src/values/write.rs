//! Turns a finished search into bytes.

use sha2::{Digest, Sha256};

use super::{
    Entering, FINGERPRINT_BYTES, MAGIC, PACKING, VALUES_MAX_BYTES, VERSION, Values, ValuesError,
    shape,
};
use crate::program::ProgramSetup;
use crate::program::ids::{DecisionId, PhaseId};
use crate::search::alike::needs_hindsight;
use crate::search::walk::Tell;
use crate::search::{Budget, Solver};

/// What a solver knows about the states that enter a phase; `None` unless it has explored everything from STARTEX.
#[must_use]
pub fn solved(
    solver: &Solver,
    setup: &ProgramSetup,
    budget: Budget,
    tell: &mut Tell,
) -> Option<Values> {
    let (program, walk) = (solver.program(), solver.walk());
    if walk.stopped() {
        return None;
    }
    let mut states = Vec::new();
    let mut whole = true;
    for phase in (0..program.phases.len()).map(PhaseId::at) {
        walk.entering(phase).each(|packed, _| {
            let worth = walk.table(phase).value_of(packed);
            whole &= worth.is_some();
            states.extend(worth.map(|worth| Entering {
                phase,
                words: packed.into(),
                worth,
            }));
        });
    }
    states.sort_by(|one, other| (one.phase, &one.words).cmp(&(other.phase, &other.words)));
    (whole && !states.is_empty()).then(|| Values {
        setup: setup.clone(),
        shape: shape(program),
        states,
        needs_hindsight: hindsight(solver, budget, tell),
    })
}

fn hindsight(solver: &Solver, budget: Budget, tell: &mut Tell) -> Vec<DecisionId> {
    let pairs = needs_hindsight(solver, budget, tell)
        .into_iter()
        .enumerate();
    let found = pairs.filter(|(_, pair)| pair.is_some());
    found.map(|(index, _)| DecisionId::at(index)).collect()
}

/// The bytes of stored values. The fingerprint is that of the scenario that they were made from.
///
/// # Panics
/// Unless the fingerprint has 64 bytes.
pub fn write(fingerprint: &str, setups: &[Values]) -> Result<Vec<u8>, ValuesError> {
    assert_eq!(
        fingerprint.len(),
        FINGERPRINT_BYTES,
        "a fingerprint has 64 characters"
    );
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(PACKING.to_le_bytes());
    bytes.extend(fingerprint.as_bytes());
    bytes.extend((setups.len() as u16).to_le_bytes());
    for values in setups {
        id(&mut bytes, values.setup.variant.as_deref());
        id(&mut bytes, values.setup.cut.as_deref());
        bytes.extend(values.shape);
        bytes.extend((values.states.len() as u32).to_le_bytes());
        values
            .states
            .iter()
            .for_each(|state| entering(&mut bytes, state));
        bytes.extend((values.needs_hindsight.len() as u16).to_le_bytes());
        let decisions = values.needs_hindsight.iter();
        bytes.extend(decisions.flat_map(|id| id.0.to_le_bytes()));
    }
    bytes.extend(Sha256::digest(&bytes));
    if bytes.len() > VALUES_MAX_BYTES {
        return Err(ValuesError::TooLarge);
    }
    Ok(bytes)
}

fn id(bytes: &mut Vec<u8>, id: Option<&str>) {
    // Ids are far shorter: reading limits them.
    let length = id.map_or(u16::MAX, |id| id.len() as u16);
    bytes.extend(length.to_le_bytes());
    bytes.extend(id.unwrap_or_default().as_bytes());
}

fn entering(bytes: &mut Vec<u8>, state: &Entering) {
    let worth = state.worth;
    bytes.extend(state.phase.0.to_le_bytes());
    bytes.extend((state.words.len() as u16).to_le_bytes());
    bytes.extend(state.words.iter().flat_map(|word| word.to_le_bytes()));
    for points in [worth.best, worth.worst, worth.random] {
        bytes.extend(points.to_bits().to_le_bytes());
    }
    bytes.extend(worth.moves.0.to_le_bytes());
    bytes.extend(worth.moves.1.to_le_bytes());
    bytes.extend(worth.endex.0.to_le_bytes());
    bytes.extend(worth.endex.1.to_le_bytes());
    bytes.push(u8::from(worth.exits));
}
