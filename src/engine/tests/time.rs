//! How time passes, and what comes first at one moment.

use super::{check, check_setup};
use crate::program::ProgramSetup;

#[test]
fn choosing_and_acting_take_no_time() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
actions: {call: {label: Call, do: [x += 1]}}
phases:
  one:
    title: One
    injects:
      news: {at: 5m, MSG, asks: {ASK, default: no, options: {yes: {label: Yes, do: [x += 1]}, no: {label: No}}}}
",
        "> start
         0 phase one
         > take call
         0 taken call
         0 x 0 -> 1
         > wait
         5 came news
         5 asked news
         > choose news yes
         5 chosen news yes
         5 x 1 -> 2
         > wait
         600 ended over",
    );
}

#[test]
fn a_wait_runs_through_silent_moments_to_the_first_that_shows_something() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
phases:
  one:
    title: One
    begins:
      - {after: 1h, do: [x += 1]}
      - {after: 2h, do: [x += 1]}
      - {after: 3h, text: Seen.}
",
        "> start
         0 phase one
         > wait
         60 x 0 -> 1
         120 x 1 -> 2
         180 told Seen.
         > wait
         600 ended over",
    );
}

#[test]
fn a_deadline_stops_a_wait_because_the_default_shows() {
    check(
        "
phases:
  one:
    title: One
    injects:
      news: {at: 1h, MSG, asks: {ASK, within: 2h, default: no, options: {yes: {label: Yes}, no: {label: No}}}}
      late: {at: 5h, MSG}
",
        "> start
         0 phase one
         > wait
         60 came news
         60 asked news
         > wait
         180 default news no
         > no choose news yes
         `news` is not open.
         > wait
         300 came late",
    );
}

#[test]
fn at_one_moment_come_delayed_effects_then_deadlines_then_timed_then_conditions_then_the_end() {
    check(
        "
values: {go: false, x: {min: 0, max: 99, initial: 0}}
actions: {work: {label: Work, takes: 1h, then: [{do: [go = true]}]}}
phases:
  one:
    title: One
    injects:
      watched: {when: go, MSG}
      timed: {at: 1h, MSG}
      asked: {at: 0m, MSG, asks: {ASK, within: 1h, default: no, options: {no: {label: No, do: [x += 1]}}}}
    ends: [{when: x == 1 && came.timed, to: two}]
  two:
    title: Two
    begins: [{do: [x += 1]}]
    injects:
      second_watched: {when: go, MSG}
      second_timed: {at: 0m, MSG}
    ends: [{when: came.second_watched, to: three}]
  three: {title: Three}
",
        "> start
         0 phase one
         0 came asked
         0 asked asked
         > take work
         0 taken work
         > wait
         60 finished work
         60 go 0 -> 1
         60 default asked no
         60 x 0 -> 1
         60 came timed
         60 came watched
         60 phase two
         60 x 1 -> 2
         60 came second_timed
         60 came second_watched
         60 phase three",
    );
}

#[test]
fn ties_go_in_source_order_not_in_order_of_scheduling() {
    check(
        "
actions:
  first: {label: First, takes: 1h}
  second: {label: Second, takes: 2h}
phases:
  one:
    title: One
    injects:
      a: {at: 3h, MSG}
      b: {at: 2h, repeats: 2, every: 1h, MSG}
",
        "> start
         0 phase one
         > take second
         0 taken second
         > until 60
         > take first
         60 taken first
         > wait
         120 finished first
         120 finished second
         120 came b
         > wait
         180 came a
         180 came b",
    );
}

#[test]
fn endex_comes_at_lasts_after_everything_else_of_that_minute() {
    check(
        "
lasts: 2h
values: {x: {min: 0, max: 9, initial: 0}}
phases:
  one:
    title: One
    begins: [{after: 2h, do: [x += 1]}, {after: 3h, text: Never.}]
    injects:
      last: {at: 2h, MSG}
      open: {at: 1h, MSG, asks: {ASK, within: 5h, default: no, options: {no: {label: No, do: [x += 1]}}}}
endex: [{when: x == 2, score: {points: 3}, because: Both happened.}]
endings:
  two: {title: Two, text: Two., when: x == 2}
  other: {title: Other, text: Other.}
",
        "> start
         0 phase one
         > wait
         60 came open
         60 asked open
         > wait
         120 x 0 -> 1
         120 came last
         120 default open no
         120 x 1 -> 2
         120 points 3
         120 ended two
         > no wait
         The exercise is over.
         > until 500",
    );
}

#[test]
fn dates_already_past_come_when_the_phase_begins() {
    check(
        "
actions: {leave: {label: Leave, in: [one], do: [gone = true]}}
values: {gone: false}
phases:
  one: {title: One, ends: [{when: gone, to: two}]}
  two:
    title: Two
    injects:
      past: {at: 2022-08-02 21:30, MSG}
      coming: {at: 2022-08-02 23:00, MSG}
    ends: [{at: 2022-08-02 22:00, to: three}]
  three:
    title: Three
    injects:
      gone_by: {at: 2022-08-02 21:10, MSG}
",
        "> start
         0 phase one
         > until 100
         > take leave
         100 taken leave
         100 gone 0 -> 1
         100 phase two
         100 came past
         100 phase three
         100 came gone_by
         > wait
         600 ended over",
    );
}

#[test]
fn a_repeating_inject_whose_date_is_past_comes_once_and_then_at_its_interval() {
    check(
        "
actions: {leave: {label: Leave, do: [gone = true]}}
values: {gone: false}
phases:
  one: {title: One, ends: [{when: gone, to: two}]}
  two:
    title: Two
    injects:
      past: {at: 2022-08-02 21:10, repeats: 3, every: 1h, MSG}
",
        "> start
         0 phase one
         > until 300
         > take leave
         300 taken leave
         300 gone 0 -> 1
         300 phase two
         300 came past
         > wait
         360 came past
         > wait
         420 came past
         > wait
         600 ended over",
    );
}

#[test]
fn dates_are_real_minutes_across_changes_of_clocks() {
    // Clocks go forward at 01:00 UTC on 27 March 2022 and back at 01:00 UTC on 30 October 2022.
    let cases = [
        ("2022-03-27 00:00", "2022-03-27 03:00", 120),
        ("2022-03-27 00:30", "2022-03-27 01:30", 60),
        ("2022-10-30 00:00", "2022-10-30 01:30", 90),
        ("2022-10-30 00:00", "2022-10-30 02:00", 180),
        ("2022-10-29 12:00", "2022-10-30 12:00", 25 * 60),
    ];
    for (startex, date, minute) in cases {
        let text = format!(
            "startex: {startex}\nlasts: 3d\nphases: {{one: {{title: One, injects: {{news: {{at: {date}, MSG}}}}}}}}"
        );
        let script = format!("> start\n0 phase one\n> wait\n{minute} came news");
        check(&text, &script);
    }
}

#[test]
fn a_deadline_longer_than_the_exercise_does_not_disturb_it() {
    check(
        "
lasts: 1h
values: {a: {min: 0, max: 1000000, initial: 7}, b: {min: 0, max: 1000000, initial: 7}}
actions: {ask: {label: Ask, consent: {of: exec, question: Now?, within: 9d, default: agree}}}
phases:
  one:
    title: One
    injects:
      news: {at: 1m, MSG, asks: {ASK, within: 5d, default: no, options: {no: {label: No}}}}
      often: {when: a == 7, repeats: 3, every: 9d, MSG}
",
        "> start
         0 phase one
         0 came often
         > take ask
         0 asked ask.consent
         > wait
         1 came news
         1 asked news
         > ? a
         a is 7
         > ? b
         b is 7
         > wait
         60 default news no
         60 default ask.consent agree
         60 taken ask
         60 ended over",
    );
}

#[test]
fn a_cut_starts_at_its_date_with_its_values_and_ends_with_its_last_phase() {
    let text = "
values: {x: {min: 0, max: 9, initial: 0}, how: {one_of: [short, long], initial: short}}
phases:
  one: {title: One, ends: [{at: 1h, to: two}]}
  two:
    title: Two
    injects: {news: {at: 30m, MSG}}
    ends: [{when: how == long, to: four}, {at: 1h, to: three}]
  three: {title: Three, ends: [{at: 1h, to: four}]}
  four: {title: Four}
variants:
  rich: {title: Rich, initial: {x: 5}}
cuts:
  middle: {title: Middle, minutes: 5, from: two, at: 2022-08-02 23:00, to: three, initial: {x: 3}}
  skipped: {title: Skipped, minutes: 5, from: two, at: 2022-08-02 23:00, to: three, initial: {how: long}}
  late: {title: Late, minutes: 5, from: two, at: 2022-08-03 07:00, to: three}
";
    let cut = |name: &str| ProgramSetup {
        variant: None,
        cut: Some(name.into()),
    };
    check_setup(
        text,
        &cut("middle"),
        "> start
         120 phase two
         > ? x
         x is 3
         > wait
         150 came news
         > wait
         180 phase three
         > wait
         240 ended over",
    );
    // The phase after the cut is not played, even where the cut's last phase is passed over.
    check_setup(
        text,
        &cut("skipped"),
        "> start\n120 phase two\n120 ended over",
    );
    // A cut at the last minute is over at once.
    check_setup(text, &cut("late"), "> start\n600 phase two\n600 ended over");
    let rich = ProgramSetup {
        variant: Some("rich".into()),
        cut: None,
    };
    check_setup(text, &rich, "> start\n0 phase one\n> ? x\nx is 5");
}

#[test]
fn what_is_due_comes_at_its_minute_wherever_it_stands_in_the_agenda() {
    // More than two words of the agenda, in another order than that of time.
    let minute = |number: i64| number * 37 % 151;
    let begins = (1..=150).map(|it| format!("{{after: {}m, text: T{it}.}}", minute(it)));
    let begins = begins.collect::<Vec<_>>().join(", ");
    let mut told: Vec<(i64, i64)> = (1..=150).map(|it| (minute(it), it)).collect();
    told.sort_unstable();
    let told = told.iter().map(|(at, it)| format!("{at} told T{it}."));
    check(
        &format!("phases: {{one: {{title: One, begins: [{begins}]}}}}"),
        &format!(
            "> start\n0 phase one\n> until 200\n{}",
            told.collect::<Vec<_>>().join("\n")
        ),
    );
}

#[test]
fn a_wait_stops_for_what_is_due_before_everything_in_an_earlier_word_of_the_agenda() {
    let late = "{after: 5h, text: Late.}, ".repeat(69);
    check(
        &format!("phases: {{one: {{title: One, begins: [{late}{{after: 1h, text: Early.}}]}}}}"),
        &format!(
            "> start
             0 phase one
             > wait
             60 told Early.
             > wait
             {}",
            "300 told Late.\n".repeat(69)
        ),
    );
}
