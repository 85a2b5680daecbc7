//! States put in by one thread and by several.

use std::collections::BTreeSet;

use super::{AsWords, InsertRefused, Insertion, Sought, StateHandle, StateTable, Writer};

/// Of different lengths, too.
fn words(number: u64) -> Vec<u64> {
    vec![number % 100; number as usize / 100 % 200 + 1]
}

fn put<V: AsWords>(writer: &mut Writer<V>, words: &[u64], sought: Sought) -> Insertion<V> {
    loop {
        match writer.insert(words, sought) {
            Ok(found) => return found,
            Err(refused) => assert_eq!(refused, InsertRefused::Crowded),
        }
        writer.grow();
    }
}

#[test]
fn every_different_state_is_kept_once() {
    let table: StateTable<()> = StateTable::new(200);
    let mut writer = table.writer();
    for new in [true, false] {
        for number in 0..20_000 {
            let sought = writer.seek(&words(number));
            writer.approach(sought);
            let found = put(&mut writer, &words(number), sought);
            assert_eq!(found.new, new, "{number}");
        }
    }
    drop(writer);
    assert_eq!(table.len(), 20_000);
    let mut seen = Vec::new();
    for part in 0..3 {
        table.each_part((part, 3), |words, _| seen.push(words.to_vec()));
    }
    seen.sort_unstable();
    let mut wanted: Vec<_> = (0..20_000).map(words).collect();
    wanted.sort_unstable();
    assert_eq!(seen, wanted);
}

#[test]
fn a_value_is_known_once_it_is_settled_and_settled_once() {
    let table: StateTable<u32> = StateTable::new(2);
    let mut writer = table.writer();
    let sought = writer.seek(&[7]);
    let found = put(&mut writer, &[7], sought);
    assert_eq!((found.value, writer.value_of(&[7])), (None, None));
    assert!(writer.settle(found.handle, 3));
    assert!(!writer.settle(found.handle, 3));
    assert_eq!(writer.value_of(&[7]), Some(3));
    let again = put(&mut writer, &[7], sought);
    assert_eq!((again.handle, again.value), (found.handle, Some(3)));
    assert_eq!(writer.value_of(&[7, 7]), None);
    assert_eq!(
        writer.insert(&[0; 2_000], sought).err(),
        Some(InsertRefused::Full),
        "longer than was said"
    );
}

#[test]
fn what_was_not_put_in_leaves_nothing_behind() {
    let table: StateTable<()> = StateTable::new(60);
    let mut writer = table.writer();
    let sought = writer.seek(&[1]);
    // Behind its header and its only word.
    let handle = StateHandle(put(&mut writer, &[1], sought).handle.0 + 2);
    table.store.write(handle, &[9; 50]);
    table.store.unwrite(handle, 50);
    let sought = writer.seek(&[2]);
    put(&mut writer, &[2], sought);
    drop(writer);
    // The next thread goes on where this one stopped.
    let mut writer = table.writer();
    let sought = writer.seek(&[3]);
    assert_eq!(put(&mut writer, &[3], sought).handle.0, handle.0 + 2);
    drop(writer);
    let mut seen = Vec::new();
    table.each(|words, _| seen.push(words.to_vec()));
    assert_eq!(seen, [[1], [2], [3]]);
}

#[test]
fn threads_that_put_in_the_same_states_keep_each_once() {
    let table: StateTable<u32> = StateTable::new(200);
    let new: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|thread| {
                let table = &table;
                scope.spawn(move || {
                    let mut writer = table.writer();
                    let mut new = 0;
                    for at in 0..20_000 {
                        let number = (at + thread * 2_000) % 20_000;
                        let words = words(number);
                        let sought = writer.seek(&words);
                        let found = put(&mut writer, &words, sought);
                        new += usize::from(found.new);
                        writer.settle(found.handle, number as u32);
                        if at % 100 == 0 {
                            writer.leave();
                            writer.enter();
                        }
                    }
                    new
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|it| it.join().expect("no panic"))
            .sum()
    });
    assert_eq!((new, table.len()), (20_000, 20_000));
    let mut seen = BTreeSet::new();
    table.each(|words, value| {
        let number = words[0] + (words.len() as u64 - 1) * 100;
        assert_eq!(value.map(u64::from), Some(number));
        assert!(seen.insert(words.to_vec()));
    });
    assert_eq!(seen.len(), 20_000);
}
