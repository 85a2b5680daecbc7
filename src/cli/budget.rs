//! How much a search may spend: the same options, with the same defaults, for every command that searches.

use std::num::NonZero;
use std::thread;

use clap::Args;

use crate::search::{Budget, STATE_BYTES};

/// Bytes of a GiB.
const GIB: usize = 1 << 30;

/// The budget of a search.
#[derive(Clone, Copy, Debug, Args)]
pub struct SpendArgs {
    /// The memory for states, in GiB
    #[arg(long, value_name = "GIB", default_value_t = 12)]
    memory: usize,
    /// The most states to look at, instead of as many as fit into the memory
    #[arg(long, value_name = "N")]
    states_max: Option<usize>,
    /// The number of threads; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

impl SpendArgs {
    pub fn budget(&self) -> Budget {
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        let fit = self.memory.saturating_mul(GIB) / STATE_BYTES;
        Budget {
            threads: self.threads.map_or_else(cores, usize::from),
            states_max: self.states_max.unwrap_or(fit),
        }
    }
}
