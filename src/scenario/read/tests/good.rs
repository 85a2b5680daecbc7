use super::{found, harbour, read};
use crate::scenario::{Bands, IndicatorForm, Placed, Provenance, Scenario, TimePoint, ValueKind};

fn scenario() -> Scenario {
    let folder = harbour();
    assert_eq!(found(&folder), Vec::<String>::new());
    read(&folder).0.expect("it has no findings")
}

fn values<T: Clone>(placed: &[Placed<T>]) -> Vec<T> {
    placed.iter().map(|item| item.value.clone()).collect()
}

#[test]
fn the_top_comes_out_as_written() {
    let it = scenario();
    assert_eq!(it.id.value, "harbour-2024");
    assert_eq!(
        it.startex.value,
        jiff::civil::date(2024, 3, 30).at(21, 0, 0, 0)
    );
    assert_eq!(it.lasts.value, 60 * 60);
    let briefing = it.briefing.expect("there is one");
    assert_eq!(
        briefing.text.value,
        "You run the port of Example.\n\nShips are waiting."
    );
    assert_eq!(briefing.marks[0].standing.value, Provenance::Invented);
    assert_eq!(it.summary.expect("there is one").marks.len(), 1);
    let brief = it.roles[0].brief.as_ref().expect("there is one");
    assert_eq!(brief.marks[0].says.value, "two data centres");
    assert_eq!(values(&it.objectives[0].maps), ["CAF D1", "CSF RS.MI"]);
    assert_eq!(it.endings.len(), 2);
    assert_eq!(
        it.endex[0].when.as_ref().expect("there is one").value,
        "cranes == moving"
    );
    let (name, value) = &it.variants[1].initial[1];
    assert_eq!((name.value.as_str(), value.value.as_str()), ("crews", "5"));
    assert_eq!(it.cuts[0].minutes.value, 30);
    assert_eq!(it.sources.files.len(), 3);
}

#[test]
fn values_take_their_kind_from_their_fields() {
    let it = scenario();
    let kinds: Vec<String> = it
        .values
        .iter()
        .map(|value| match &value.kind {
            ValueKind::Truth { initial } => format!("{}", initial.value),
            ValueKind::Number {
                min,
                max,
                initial,
                unit,
            } => {
                let unit = unit.as_ref().map_or("-", |unit| &unit.value);
                format!("{} {} {} {unit}", min.value, max.value, initial.value)
            }
            ValueKind::Word { words, initial } => format!("{:?} {}", values(words), initial.value),
        })
        .collect();
    let expected = [
        "false",
        "true",
        r#"["no", "moving", "stopped"] no"#,
        "0 12 12 people",
        "-5 19000 0 -",
    ];
    assert_eq!(kinds, expected);
    assert!(it.values[1].hidden && it.values[4].saturates);
    let growth = &it.values[4].grows[0];
    assert_eq!(
        (growth.add.value.as_str(), growth.every.value),
        ("1600", 60)
    );
    let forms = [
        IndicatorForm::Lamp,
        IndicatorForm::Lamp,
        IndicatorForm::Gauge,
        IndicatorForm::Trend,
        IndicatorForm::Clock,
    ];
    assert!(it.board.iter().map(|entry| entry.form).eq(forms));
    assert_eq!(values(&it.board[1].good), ["true"]);
    assert_eq!(values(&it.board[3].phases), ["outage"]);
}

#[test]
fn phases_hold_decisions_and_injects_in_the_order_of_the_file() {
    let it = scenario();
    let phase = &it.phases[0];
    let ids: Vec<&str> = phase
        .injects
        .iter()
        .map(|inject| inject.id.value.as_str())
        .collect();
    assert_eq!(ids, ["early", "odd_logon", "reporter", "owner"]);
    assert!(phase.injects[0].message.is_none());
    let within = phase.injects[0]
        .asks
        .as_ref()
        .and_then(|asks| asks.within.as_ref());
    let nine = jiff::civil::date(2024, 3, 31).at(9, 0, 0, 0);
    assert_eq!(within.map(|within| within.value), Some(TimePoint::On(nine)));
    assert_eq!(
        phase.ends[2].at.as_ref().map(|at| at.value),
        Some(TimePoint::After(2880))
    );
    assert_eq!(phase.bands[0].marks.value, Bands::Step(1000));
    assert_eq!(phase.bands[1].marks.value, Bands::List(vec![0, 5, 10]));
    let second = &it.phases[1];
    assert_eq!(
        second.text.as_ref().expect("there is one").text.value,
        "It's \"dark\": nothing moves."
    );
    assert_eq!(
        it.sources.files[usize::from(second.title.place.file.0)].path,
        "scenarios/harbour-2024/phases/outage.yaml"
    );
}

#[test]
fn an_inject_holds_its_decision_and_everything_below() {
    let it = scenario();
    let inject = &it.phases[0].injects[1];
    assert_eq!(
        inject.trigger.when.as_ref().expect("there is one").value,
        "!mfa"
    );
    assert_eq!(
        inject.trigger.repeats.as_ref().map(|repeats| repeats.value),
        Some(3)
    );
    assert_eq!(values(&inject.block.injects), ["reporter", "owner"]);
    let message = inject.message.as_ref().expect("there is one");
    assert_eq!(
        (message.via.value.as_str(), message.text.marks.len()),
        ("alert", 1)
    );
    let asks = inject.asks.as_ref().expect("there is one");
    assert_eq!(asks.question.marks[0].says.value, "the question");
    let cut = &asks.options[1];
    assert_eq!(
        (cut.uses[0].0.value.as_str(), cut.uses[0].1.value),
        ("crews", 1)
    );
    assert_eq!(cut.takes.as_ref().map(|takes| takes.value), Some(30));
    let consent = cut.consent.as_ref().expect("there is one");
    assert!(!consent.default_agrees.value);
    assert_eq!(consent.refused.len(), 1);
    assert_eq!(
        cut.feedback.as_ref().expect("there is one").text.value,
        "The crane stops at once."
    );
    assert_eq!(cut.block.score[0].1.value, -2);
    assert_eq!(
        cut.block
            .because
            .as_ref()
            .expect("there is one")
            .marks
            .len(),
        1
    );
    let then = &cut.then[0];
    assert_eq!(then.after.as_ref().map(|after| after.value), Some(120));
    let chance = then.chance.as_ref().expect("there is one");
    assert_eq!(
        chance
            .outcomes
            .iter()
            .map(|outcome| outcome.odds.value)
            .sum::<i64>(),
        100
    );
    assert_eq!(
        values(&chance.outcomes[0].block.effects),
        ["cranes = moving", "mfa = true"]
    );
    let action = &it.actions[0];
    assert_eq!(
        action.repeats.as_ref().map(|repeats| repeats.value),
        Some(2)
    );
    assert_eq!(values(&action.phases), ["access"]);
}

#[test]
fn the_record_keeps_what_its_author_wrote() {
    let record = scenario().record;
    assert_eq!(values(&record.organisations), ["Example Port"]);
    assert_eq!(record.sources[0].1.value, "example news, 1 Apr 2024");
    assert_eq!(
        record.entries[0].date.as_ref().expect("there is one").value,
        "2024-03-30"
    );
    assert_eq!(values(&record.entries[1].figures), ["295"]);
    assert_eq!(record.entries[0].confidence.value, "V-");
}

#[test]
fn a_missing_record_is_an_empty_one() {
    let mut folder = harbour();
    folder.files.remove("record.yaml");
    let it = read(&folder).0.expect("it has no findings");
    assert!(it.record.entries.is_empty());
}

#[test]
fn plain_scalars_stay_what_was_written() {
    for written in [
        "1e3",
        "0x10",
        "no",
        "2022-08-04",
        "~",
        "null",
        "12",
        "1_000",
        ".inf",
        "+1",
    ] {
        let text = super::SCENARIO.replace("title: Harbour master", &format!("title: {written}"));
        let it = read(&super::harbour_with("scenario.yaml", text))
            .0
            .expect("it is good");
        assert_eq!(it.roles[1].title.value, written);
        assert_eq!(it.sources.text(it.roles[1].title.place), written);
    }
}

#[test]
fn long_comments_may_stand_anywhere() {
    let comment = "# a line\n".repeat(300);
    for before in [
        "format: 1",
        "roles:\n",
        "  tech:\n    title",
        "  - {gauge",
        "phases:\n",
        "endings:\n",
    ] {
        let text = super::SCENARIO.replacen(before, &format!("{comment}{before}"), 1);
        let after = format!("{before}\n{comment}");
        let text = if before.ends_with('\n') {
            text.replacen(before, &after, 1)
        } else {
            text
        };
        assert_eq!(
            found(&super::harbour_with("scenario.yaml", text)),
            Vec::<String>::new(),
            "{before}"
        );
    }
}

#[test]
fn windows_line_endings_and_a_byte_order_mark_change_nothing() {
    let text = format!("\u{feff}{}", super::SCENARIO.replace('\n', "\r\n"));
    let it = read(&super::harbour_with("scenario.yaml", text))
        .0
        .expect("it is good");
    assert_eq!(it.sources.text(it.title.place), "The harbour incident");
    let briefing = it.briefing.expect("there is one").text.value;
    assert_eq!(
        briefing,
        "You run the port of Example.\n\nShips are waiting."
    );
}
