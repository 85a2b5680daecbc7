//! Two threads, a few states and one growth, in every order.

use loom::model::Builder;
use loom::sync::Arc;
use loom::thread;
use sandtable_loom::search::sync::AtomicUsize;
use sandtable_loom::search::table::{InsertRefused, Insertion, StateTable, Writer};
use sandtable_loom::search::walk::writers::Writers;

/// Runs a model in every order with at most so many switches that no thread waits for.
fn check(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(preemptions));
    builder.check(model);
}

/// Puts in a state as the walk does, and lets the table grow where it must.
fn put(writer: &mut Writer<u32>, state: u64) -> Insertion<u32> {
    let sought = writer.seek(&[state]);
    writer.approach(sought);
    loop {
        match writer.insert(&[state], sought) {
            Ok(found) => return found,
            Err(refused) => assert_eq!(refused, InsertRefused::Crowded),
        }
        writer.grow();
    }
}

/// What a state is worth: the same whoever works it out.
fn worth(state: u64) -> u32 {
    state as u32 + 40
}

/// Puts in states and settles each, and makes way after each as the walk does. How many were new, and how many were settled
/// first.
fn put_and_settle(table: &StateTable<u32>, states: &[u64]) -> (usize, usize) {
    let mut writer = table.writer();
    let (mut new, mut first) = (0, 0);
    for state in states {
        let found = put(&mut writer, *state);
        new += usize::from(found.new);
        if let Some(value) = found.value {
            assert_eq!(value, worth(*state));
        }
        let mut words = Vec::new();
        writer.copy(found.handle, &mut words);
        assert_eq!(words, [*state]);
        first += usize::from(writer.settle(found.handle, worth(*state)));
        assert_eq!(writer.value_of(&[*state]), Some(worth(*state)));
        writer.leave();
        writer.enter();
    }
    (new, first)
}

/// Puts in some states on one thread, and then two lists of others on a thread each. In the end every state must be there
/// once, with its value, and have been counted once.
fn both(before: &[u64], here: &'static [u64], there: &'static [u64]) {
    let table = Arc::new(StateTable::new(1));
    let mut counts = put_and_settle(&table, before);
    let other = Arc::clone(&table);
    let other = thread::spawn(move || put_and_settle(&other, there));
    let one = put_and_settle(&table, here);
    let other = other.join().expect("no panic");
    for count in [one, other] {
        counts = (counts.0 + count.0, counts.1 + count.1);
    }
    let mut states = [before, here, there].concat();
    states.sort_unstable();
    states.dedup();
    assert_eq!(counts, (states.len(), states.len()), "new and settled");
    assert_eq!(table.len(), states.len());
    let mut seen = Vec::new();
    table.each(|words, value| seen.push((words[0], value)));
    seen.sort_unstable();
    let wanted = states.iter().map(|it| (*it, Some(worth(*it))));
    assert_eq!(seen, wanted.collect::<Vec<_>>());
}

/// So many that both threads find room for what they put in after them.
const ROOM: &[u64] = &[11, 12, 13, 14, 15];

#[test]
fn a_state_that_two_threads_put_in_is_there_once() {
    check(3, || both(ROOM, &[1], &[1]));
}

#[test]
fn states_of_two_threads_are_all_there() {
    check(3, || both(ROOM, &[1, 2], &[2, 1]));
}

/// What both threads may put in is then too much for the index, so one of them lets it grow, wherever the other is.
const LITTLE_ROOM: &[u64] = &[11, 12];

#[test]
fn nothing_is_lost_where_the_index_grows() {
    check(3, || both(LITTLE_ROOM, &[1, 2], &[2, 3]));
}

#[test]
fn two_threads_may_both_find_no_index() {
    check(2, || both(&[], &[1], &[1]));
}

#[test]
fn two_threads_that_let_several_tables_grow_do_not_wait_for_each_other() {
    check(2, || {
        let tables = Arc::new((
            AtomicUsize::new(0),
            [StateTable::<u32>::new(1), StateTable::new(1)],
            [StateTable::<()>::new(1)],
            StateTable::<()>::new(1),
        ));
        let walk = |order: [usize; 2]| {
            let tables = Arc::clone(&tables);
            move || {
                let mut all = Writers::new(&tables.0, &tables.1, &tables.2, &tables.3);
                for index in order {
                    all.make_way();
                    let sought = all.states[index].seek(&[7]);
                    let found = all.put(|all| &mut all.states[index], &[7], sought);
                    let found = found.expect("there is room");
                    all.states[index].settle(found.handle, worth(7));
                }
            }
        };
        let other = thread::spawn(walk([1, 0]));
        walk([0, 1])();
        other.join().expect("no panic");
        for table in &tables.1 {
            assert_eq!((table.len(), table.value_of(&[7])), (1, Some(worth(7))));
        }
    });
}
