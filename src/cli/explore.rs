//! `sandtable explore`
use super::Trouble;
use super::arguments::Explore;
use super::store;
pub fn explore(chosen: &Explore) -> Result<u8, Trouble> {
    if chosen.store {
        return store::store(chosen);
    }
    Ok(0)
}
