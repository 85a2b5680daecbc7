//! Reads stored values from any bytes, or says what is wrong with them.

use sha2::{Digest, Sha256};

use super::{
    Entering, FINGERPRINT_BYTES, MAGIC, PACKING, VALUES_MAX_BYTES, VERSION, Values, ValuesError,
    shape,
};
use crate::program::ids::{DecisionId, PhaseId};
use crate::program::{Program, ProgramSetup};
use crate::search::worth::{EQUAL, Worth};

/// The bytes of the checksum.
const CHECKSUM_BYTES: usize = 32;

/// What a file of stored values holds, whether or not it fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The fingerprint of the scenario that they were made from.
    pub fingerprint: String,
    /// One for each setup that was solved.
    pub setups: Vec<Values>,
}

impl Stored {
    /// The values for one setup of a scenario with this fingerprint.
    pub fn fit(
        self,
        fingerprint: &str,
        program: &Program,
        setup: &ProgramSetup,
    ) -> Result<Values, ValuesError> {
        if self.fingerprint != fingerprint {
            return Err(ValuesError::OtherText);
        }
        let mut setups = self.setups.into_iter();
        let values = setups.find(|values| values.setup == *setup);
        let values = values.ok_or(ValuesError::NoSetup)?;
        if values.shape != shape(program) {
            return Err(ValuesError::Packing);
        }
        Ok(values)
    }
}

/// Reads stored values; any bytes give a value or an error.
pub fn read(bytes: &[u8]) -> Result<Stored, ValuesError> {
    if bytes.len() > VALUES_MAX_BYTES {
        return Err(ValuesError::TooLarge);
    }
    let body = bytes.strip_prefix(MAGIC).ok_or(ValuesError::Foreign)?;
    let mut head = Cursor(body);
    let version = head.u32()?;
    if version != VERSION {
        return Err(ValuesError::Version(version));
    }
    if head.u32()? != PACKING {
        return Err(ValuesError::Packing);
    }
    let (summed, checksum) = bytes.split_at(bytes.len().saturating_sub(CHECKSUM_BYTES));
    if Sha256::digest(summed).as_slice() != checksum {
        return Err(ValuesError::Broken("the checksum does not fit"));
    }
    let mut cursor = Cursor(head.0.strip_suffix(checksum).ok_or(SHORT)?);
    let fingerprint = text(cursor.take(FINGERPRINT_BYTES)?)?;
    let count = cursor.u16()?;
    let setups = (0..count).map(|_| values(&mut cursor));
    let setups = setups.collect::<Result<Vec<Values>, ValuesError>>()?;
    if !cursor.0.is_empty() {
        return Err(ValuesError::Broken(
            "there is something after the last state",
        ));
    }
    Ok(Stored {
        fingerprint,
        setups,
    })
}

const SHORT: ValuesError = ValuesError::Broken("they end too early");

/// What is left to read.
struct Cursor<'b>(&'b [u8]);

impl<'b> Cursor<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], ValuesError> {
        let (taken, left) = self.0.split_at_checked(count).ok_or(SHORT)?;
        self.0 = left;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ValuesError> {
        let (taken, left) = self.0.split_first_chunk().ok_or(SHORT)?;
        self.0 = left;
        Ok(*taken)
    }

    fn u16(&mut self) -> Result<u16, ValuesError> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, ValuesError> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, ValuesError> {
        self.array().map(u64::from_le_bytes)
    }

    fn points(&mut self) -> Result<f64, ValuesError> {
        let points = f64::from_bits(self.u64()?);
        if !points.is_finite() {
            return Err(ValuesError::Broken("points are not a number"));
        }
        Ok(points)
    }

    fn id(&mut self) -> Result<Option<String>, ValuesError> {
        match self.u16()? {
            u16::MAX => Ok(None),
            length => text(self.take(usize::from(length))?).map(Some),
        }
    }
}

fn text(bytes: &[u8]) -> Result<String, ValuesError> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| ValuesError::Broken("a name is not UTF-8"))?;
    Ok(text.to_owned())
}

fn values(cursor: &mut Cursor) -> Result<Values, ValuesError> {
    let setup = ProgramSetup {
        variant: cursor.id()?,
        cut: cursor.id()?,
    };
    let shape = cursor.array()?;
    // A count that is too large runs out of bytes: no memory is reserved for it.
    let count = cursor.u32()?;
    let mut states: Vec<Entering> = Vec::new();
    for _ in 0..count {
        let state = entering(cursor)?;
        let key = (state.phase, &state.words);
        if states
            .last()
            .is_some_and(|last| (last.phase, &last.words) >= key)
        {
            return Err(ValuesError::Broken("states are out of order"));
        }
        states.push(state);
    }
    let count = cursor.u16()?;
    let decisions = (0..count).map(|_| cursor.u16().map(DecisionId));
    let needs_hindsight = decisions.collect::<Result<Vec<DecisionId>, ValuesError>>()?;
    if !needs_hindsight.is_sorted() {
        return Err(ValuesError::Broken("decisions are out of order"));
    }
    Ok(Values {
        setup,
        shape,
        states,
        needs_hindsight,
    })
}

fn entering(cursor: &mut Cursor) -> Result<Entering, ValuesError> {
    let phase = PhaseId(cursor.u16()?);
    let count = usize::from(cursor.u16()?);
    let words = cursor.take(count * 8)?.chunks_exact(8);
    let words = words.map(|bytes| {
        bytes
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte))
    });
    let words = words.collect();
    let worth = Worth {
        best: cursor.points()?,
        worst: cursor.points()?,
        random: cursor.points()?,
        moves: (cursor.u16()?, cursor.u16()?),
        endex: (cursor.u32()?, cursor.u32()?),
        exits: match cursor.array()? {
            [0] => false,
            [1] => true,
            _ => return Err(ValuesError::Broken("a truth is neither 0 nor 1")),
        },
    };
    let in_order = worth.worst <= worth.random + EQUAL && worth.random <= worth.best + EQUAL;
    if !in_order || worth.moves.0 > worth.moves.1 || worth.endex.0 > worth.endex.1 {
        return Err(ValuesError::Broken(
            "a lowest number is more than its highest",
        ));
    }
    Ok(Entering {
        phase,
        words,
        worth,
    })
}
