//! How much a search may spend: the same options, with the same defaults, for every command that searches.

use std::num::NonZero;
use std::thread;

use clap::Args;

use crate::search::{Budget, STATE_BYTES};

/// Bytes of a GiB.
const GIB: usize = 1 << 30;

/// How much a search may spend.
#[derive(Clone, Copy, Debug, Args)]
pub struct Spend {
    /// Memory for states, in GiB
    #[arg(long, value_name = "GIB", default_value_t = 12)]
    memory: usize,
    /// The most states, instead of as many as fit into the memory
    #[arg(long, value_name = "N")]
    states_max: Option<usize>,
    /// Threads that search at once; one for each core where it is left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

impl Spend {
    /// The same, as the search takes it.
    pub fn budget(&self) -> Budget {
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        let fit = self.memory.saturating_mul(GIB) / STATE_BYTES;
        Budget {
            threads: self.threads.map_or_else(cores, usize::from),
            states_max: self.states_max.unwrap_or(fit),
        }
    }
}
