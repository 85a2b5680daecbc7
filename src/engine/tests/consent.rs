//! Consent: a second role must agree first.

use super::check;

const TEXT: &str = "
values: {ready: true, x: {min: 0, max: 9, initial: 0}}
actions: {spoil: {label: Spoil, do: [ready = false]}}
phases:
  one:
    title: One
    decisions:
      ask:
        at: 0m
        question: What now?
        within: 3h
        default: no
        options:
          no: {label: No}
          pay:
            label: Pay
            needs: ready
            consent: {of: exec, question: Do you agree?, within: 1h, default: ANSWER, refused: [{text: Not so.}]}
            do: [x += 1]
      other: {at: 5h, ASK, default: a, options: {a: {label: A}}}
";

fn with(answer: &str) -> String {
    TEXT.replace("ANSWER", answer)
}

const ASKED: &str = "> start
    0 phase one
    0 came ask
    0 asked ask
    > choose ask pay
    0 asked ask.pay.consent
    > no choose ask pay
    Exec has been asked to agree.
    ";

#[test]
fn agreement_takes_the_option() {
    check(
        &with("refuse"),
        &format!(
            "{ASKED}> choose ask.pay.consent agree
             0 chosen ask.pay.consent agree
             0 chosen ask pay
             0 x 0 -> 1
             > no choose ask no
             `ask` is not open."
        ),
    );
}

#[test]
fn refusal_takes_the_option_away_and_the_question_stays() {
    check(
        &with("refuse"),
        &format!(
            "{ASKED}> choose ask.pay.consent refuse
             0 chosen ask.pay.consent refuse
             0 told Not so.
             > no choose ask pay
             “Pay” was refused.
             > choose ask no
             0 chosen ask no"
        ),
    );
}

#[test]
fn a_refused_option_can_be_chosen_again_when_its_question_is_asked_again() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
phases:
  one:
    title: One
    decisions:
      ask:
        at: 1h
        repeats: 2
        every: 4h
        question: What now?
        within: 2h
        default: no
        options:
          no: {label: No}
          pay: {label: Pay, consent: {of: exec, question: Do you agree?, within: 1h, default: refuse}, do: [x += 1]}
",
        "> start
         0 phase one
         > wait
         60 came ask
         60 asked ask
         > choose ask pay
         60 asked ask.pay.consent
         > choose ask.pay.consent refuse
         60 chosen ask.pay.consent refuse
         > no choose ask pay
         “Pay” was refused.
         > wait
         180 default ask no
         > wait
         300 came ask
         300 asked ask
         > choose ask pay
         300 asked ask.pay.consent
         > choose ask.pay.consent agree
         300 chosen ask.pay.consent agree
         300 chosen ask pay
         300 x 0 -> 1",
    );
}

#[test]
fn a_refused_action_stays_refused() {
    check(
        "
actions:
  pay: {label: Pay, repeats: 2, consent: {of: exec, question: Now?, within: 1h, default: refuse}}
phases:
  one: {title: One, ends: [{at: 2h, to: two}]}
  two: {title: Two}
",
        "> start
         0 phase one
         > take pay
         0 asked pay.consent
         > wait
         60 default pay.consent refuse
         > no take pay
         “Pay” was refused.
         > wait
         120 phase two
         > no take pay
         “Pay” was refused.",
    );
}

#[test]
fn another_choice_withdraws_the_question() {
    check(
        &with("agree"),
        &format!(
            "{ASKED}> choose ask no
             0 chosen ask no
             0 withdrawn ask.pay.consent
             > no choose ask.pay.consent agree
             `ask.pay.consent` is not open.
             > wait
             300 came other
             300 asked other"
        ),
    );
}

#[test]
fn silence_answers_at_the_deadline_as_it_says() {
    check(
        &with("agree"),
        &format!(
            "{ASKED}> wait
             60 default ask.pay.consent agree
             60 chosen ask pay
             60 x 0 -> 1"
        ),
    );
    check(
        &with("refuse"),
        &format!(
            "{ASKED}> wait
             60 default ask.pay.consent refuse
             60 told Not so.
             > wait
             180 default ask no"
        ),
    );
}

#[test]
fn nobody_agrees_to_what_became_impossible() {
    check(
        &with("agree"),
        &format!(
            "{ASKED}> take spoil
             0 taken spoil
             0 ready 1 -> 0
             > no choose ask.pay.consent agree
             “Pay” is not possible now.
             > wait
             60 withdrawn ask.pay.consent
             > no choose ask pay
             “Pay” is not possible now.
             > wait
             180 default ask no"
        ),
    );
}

#[test]
fn the_deadline_of_the_first_question_withdraws_the_second() {
    check(
        &with("agree"),
        "> start
         0 phase one
         0 came ask
         0 asked ask
         > until 150
         > choose ask pay
         150 asked ask.pay.consent
         > wait
         180 default ask no
         180 withdrawn ask.pay.consent",
    );
}

#[test]
fn an_action_may_need_consent_too() {
    check(
        "
values: {x: {min: 0, max: 9, initial: 0}}
actions:
  pay: {label: Pay, in: [one], repeats: 2, consent: {of: exec, question: Now?, within: 1h, default: agree}, do: [x += 1]}
phases:
  one: {title: One, ends: [{at: 150m, to: two}]}
  two: {title: Two}
",
        "> start
         0 phase one
         > take pay
         0 asked pay.consent
         > no take pay
         Exec has been asked to agree.
         > choose pay.consent agree
         0 chosen pay.consent agree
         0 taken pay
         0 x 0 -> 1
         > until 120
         > take pay
         120 asked pay.consent
         > wait
         150 default pay.consent agree
         150 taken pay
         150 x 1 -> 2
         150 phase two",
    );
}
