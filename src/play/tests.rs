use std::sync::Arc;

use super::{LineError, PlayLine, line_of, parse, parse_line, run};
use crate::finding::{Finding, Sources};
use crate::program::{Program, ProgramSetup, compile};
use crate::scenario::read::{Folder, read};

/// A door, a guard and a burglar; three hours.
const SCENARIO: &str = "
format: 1
id: door
title: The door
zone: Europe/London
startex: 2022-08-02 21:00
lasts: 1d
roles: {guard: {title: Guard}, boss: {title: Boss}}
objectives: {keep: {title: Keep, worth: 3}, tell: {title: Tell, worth: 2}}
values:
  door: {one_of: [open, shut], initial: open}
  lamp: false
  guards: {min: 0, max: 4, initial: 3}
actions:
  call: {label: Call, consent: {of: boss, question: May I?, within: 1h, default: refuse}, score: {tell: 2}, because: Told.}
phases:
  night:
    title: Night
    begins: [{chance: weather, outcomes: [{odds: 1}, {odds: 1, do: [lamp = true]}]}]
    injects:
      noise:
        at: 1h
        by: Guard
        via: phone
        title: A noise
        text: There is a noise.
        asks:
          question: What now?
          within: 1h
          default: sit
          options:
            sit: {label: Sit}
            go:
              label: Go
              do: [guards -= 1]
              then: [{chance: luck, outcomes: [{odds: 1, do: [door = shut], score: {keep: 3}, because: Shut.}, {odds: 1}]}]
    ends: [{at: 2h, to: morning}]
  morning:
    title: Morning
    injects: {post: {at: 30m, by: Post, via: post, title: Post, text: A letter.}}
    ends: [{at: 1h, to: endex}]
endings: {safe: {title: Safe, when: door == shut, text: Safe.}, robbed: {title: Robbed, text: Robbed.}}
variants: {closed: {title: Closed, initial: {door: shut}}}
cuts: {late: {title: Late, minutes: 10, from: morning, at: 2022-08-02 23:00, to: morning}}
";

fn program(setup: &ProgramSetup) -> Program {
    let folder = Folder::single("door.yaml", SCENARIO.into());
    let (scenario, findings, sources) = read(&folder);
    let scenario =
        Arc::new(scenario.unwrap_or_else(|| panic!("{:?}", shown(&findings.sorted(), &sources))));
    let (program, findings) = compile(&scenario, setup);
    program.unwrap_or_else(|| panic!("{:?}", shown(&findings, &sources)))
}

fn shown(findings: &[Finding], sources: &Sources) -> Vec<String> {
    let shown = |finding: &Finding| {
        let (line, _) = sources.line_and_column(finding.place);
        let instead = finding
            .instead
            .as_ref()
            .map(|instead| format!(" -> {instead}"))
            .unwrap_or_default();
        let place = sources.text(finding.place);
        format!(
            "{line} {}: {} [{place}]{instead}",
            finding.rule, finding.headline
        )
    };
    findings.iter().map(shown).collect()
}

/// What a play comes to: findings of reading, else of running.
fn findings(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("a.play", text);
    let (play, findings) = parse(text, file);
    if !findings.is_empty() {
        return shown(&findings, &sources);
    }
    let program = program(&play.setup());
    shown(&run(&program, &play).findings, &sources)
}

#[test]
fn a_play_that_expects_what_happens_has_no_findings() {
    let plays = [
        "",
        "# nothing\n\n  # more\r\n",
        "expect time 2022-08-02 21:00\nexpect phase night\nexpect guards 3\nexpect no inject noise",
        "wait for noise\nexpect time 2022-08-02 22:00\nexpect inject noise\nexpect total 0",
        "roll luck 1\nwait for noise\nchoose noise go  # bravely\nexpect chosen noise go\nexpect guards < 3\nexpect guards != 3\n\
         expect door shut\nexpect score keep 3\nexpect total >= 3\nwait until 2022-08-03\nend\nexpect ending safe\nexpect phase morning",
        "roll luck 2\nwait for noise\nchoose noise go\nexpect door open\nexpect score keep 0",
        "wait until 2022-08-02 23:00\nexpect chosen noise sit\nexpect phase morning\nwait for post",
        "take call\nwait for call.consent\nchoose call.consent agree\nexpect chosen call.consent agree\nexpect score tell = 2",
        "seed 9\nvariant closed\nexpect door != open",
        "cut late\nexpect time 2022-08-02 23:00\nwait for post",
        "roll weather 2\nexpect lamp true",
        "roll weather 1\nexpect lamp false",
    ];
    for play in plays {
        assert_eq!(findings(play), Vec::<String>::new(), "{play}");
    }
}

#[test]
fn what_does_not_hold_is_said_at_its_line() {
    let cases: &[(&str, &[&str])] = &[
        (
            "expect guards 4\nexpect guards < 2",
            &[
                "1 unmet-expectation: expected guards 4, found 3 [expect guards 4]",
                "2 unmet-expectation: expected guards < 2, found 3 [expect guards < 2]",
            ],
        ),
        (
            "expect door shut",
            &["1 unmet-expectation: expected door shut, found open [expect door shut]"],
        ),
        (
            "expect inject noise",
            &["1 unmet-expectation: inject `noise` has not come [expect inject noise]"],
        ),
        (
            "wait\nexpect no inject noise",
            &[
                "2 unmet-expectation: inject `noise` has come, at 2022-08-02 22:00 [expect no inject noise]",
            ],
        ),
        (
            "expect chosen noise go",
            &["1 unmet-expectation: expected chosen noise go, found none [expect chosen noise go]"],
        ),
        (
            "expect score keep > 0",
            &["1 unmet-expectation: expected score keep > 0, found 0 [expect score keep > 0]"],
        ),
        (
            "expect total 1",
            &["1 unmet-expectation: expected total 1, found 0 [expect total 1]"],
        ),
        (
            "expect phase morning",
            &["1 unmet-expectation: expected phase morning, found night [expect phase morning]"],
        ),
        (
            "expect ending safe",
            &[
                "1 unmet-expectation: expected ending safe, found not ENDEX yet [expect ending safe]",
            ],
        ),
        (
            "expect time 2022-08-02",
            &[
                "1 unmet-expectation: expected time 2022-08-02 00:00, found 2022-08-02 21:00 [expect time 2022-08-02]",
            ],
        ),
        (
            "end",
            &[
                "1 unmet-expectation: expected ENDEX, but the exercise is still under way at 2022-08-02 21:00 [end]",
            ],
        ),
        (
            "wait until 2022-08-05",
            &[
                "1 never-came: ENDEX came before the date, at 2022-08-03 00:00 [wait until 2022-08-05]",
            ],
        ),
        (
            "wait until 2022-08-03\nwait for call.consent\nexpect guards 9",
            &[
                "2 never-came: ENDEX came before `call.consent`, at 2022-08-03 00:00 [wait for call.consent]",
            ],
        ),
        (
            "choose noise go\nexpect guards 9",
            &["1 refused-move: refused: `noise` is not open [choose noise go]"],
        ),
        (
            "roll luck 1\nroll luck 1\nwait for noise\nchoose noise go",
            &["2 unused-roll: the forced roll of `luck` never came [roll luck 1]"],
        ),
        (
            "wait for noise\nchoose noise go\nroll luck 1",
            &["3 unused-roll: the forced roll of `luck` never came [roll luck 1]"],
        ),
    ];
    for (play, expected) in cases {
        assert_eq!(findings(play), *expected, "{play}");
    }
}

#[test]
fn names_that_are_not_there_come_with_the_nearest() {
    let cases = [
        (
            "choose nose go",
            "1 bad-line: unknown decision `nose` [nose] -> noise",
        ),
        (
            "choose noise goo",
            "1 bad-line: unknown option `goo` [goo] -> go",
        ),
        ("take cal", "1 bad-line: unknown action `cal` [cal] -> call"),
        (
            "wait for pots",
            "1 bad-line: unknown inject or decision `pots` [pots] -> post",
        ),
        (
            "roll lucky 1",
            "1 bad-line: unknown chance `lucky` [lucky] -> luck",
        ),
        (
            "roll luck 3",
            "1 bad-line: `luck` has no outcome number 3 [3]",
        ),
        (
            "expect guard 3",
            "1 bad-line: unknown value `guard` [guard] -> guards",
        ),
        (
            "expect door shot",
            "1 bad-line: unknown word `shot` [shot] -> shut",
        ),
        (
            "expect door > open",
            "1 bad-line: `door` is not a number, so it has no order [door]",
        ),
        (
            "expect guards many",
            "1 bad-line: `guards` is a number, and `many` is not [many]",
        ),
        (
            "expect inject nois",
            "1 bad-line: unknown inject `nois` [nois] -> noise",
        ),
        (
            "expect score kep 1",
            "1 bad-line: unknown objective `kep` [kep] -> keep",
        ),
        (
            "expect phase nigth",
            "1 bad-line: unknown phase `nigth` [nigth] -> night",
        ),
        (
            "expect ending saf",
            "1 bad-line: unknown ending `saf` [saf] -> safe",
        ),
    ];
    for (play, expected) in cases {
        assert_eq!(findings(play), [expected], "{play}");
    }
}

#[test]
fn all_mistakes_of_a_file_come_at_once() {
    let text = "\u{feff}wiat\n  chose a b\nwait\nseed 7\nwait unil 2022-08-04\nwait until 4.8.2022\nexpect no noise x\nroll luck 0\nwait wait wait\nchoose a\nseed x\n";
    let expected = [
        "1 bad-line: a line cannot begin with `wiat` [wiat] -> wait",
        "2 bad-line: a line cannot begin with `chose` [chose] -> choose",
        "4 misplaced-line: `seed` must stand before the first move [seed 7]",
        "5 bad-line: `unil` does not belong after `wait` [unil] -> until",
        "6 bad-line: `4.8.2022` is not a date [4.8.2022]",
        "7 bad-line: `noise` does not belong after `no` [noise] -> inject",
        "8 bad-line: outcomes are counted from 1 [0]",
        "9 bad-line: `wait` does not belong after `wait` [wait]",
        "10 bad-line: an option is missing []",
        "11 bad-line: `x` is not the seed [x]",
    ];
    assert_eq!(findings(text), expected);
    assert_eq!(
        findings("seed 1\nseed 2"),
        ["2 misplaced-line: `seed` is given twice [seed 2]"]
    );
}

#[test]
fn an_unknown_setup_is_reported_in_the_play() {
    let mut sources = Sources::default();
    let text = "variant close\ncut late";
    let file = sources.add("a.play", text);
    let (play, _) = parse(text, file);
    let plain = program(&ProgramSetup::default());
    let findings = play.unknown_setup(&plain.script.scenario);
    assert_eq!(
        shown(&findings, &sources),
        ["1 bad-line: unknown variant `close` [close] -> closed"]
    );
}

#[test]
fn a_line_shows_no_control_characters() {
    let Err(LineError { headline, .. }) = parse_line("\u{1b}[31mgo") else {
        panic!("no verb")
    };
    assert_eq!(headline, "a line cannot begin with `␛[31mgo`");
    assert_eq!(parse_line(" \t# only a comment"), Ok(None));
    assert_eq!(parse_line("end # of it"), Ok(Some(PlayLine::End)));
}

#[test]
fn a_move_written_as_a_line_is_the_same_move() {
    let program = program(&ProgramSetup::default());
    for text in [
        "wait",
        "take call",
        "choose noise go",
        "choose call.consent refuse",
    ] {
        let line = parse_line(text).expect("a line").expect("not blank");
        let made = line
            .to_move(&program)
            .expect("known names")
            .expect("one move");
        assert_eq!(line_of(&program, made), text);
    }
}

#[test]
fn an_outcome_sums_points_and_counts_single_waits() {
    let mut sources = Sources::default();
    let text = "roll luck 1\nwait for noise\nchoose noise go\nwait until 2022-08-03";
    let file = sources.add("a.play", text);
    let outcome = run(&program(&ProgramSetup::default()), &parse(text, file).0);
    assert_eq!(
        (outcome.points.as_slice(), outcome.total),
        ([3, 0].as_slice(), 3)
    );
    let moves: Vec<String> = outcome
        .moves
        .iter()
        .map(|made| line_of(&program(&ProgramSetup::default()), *made))
        .collect();
    assert_eq!(moves, ["wait", "choose noise go", "wait", "wait", "wait"]);
}

/// The same, in the night in which clocks go back. The first moment comes at 00:30.
const FOLD: (&str, &str) = ("2022-08-02 21:00", "2024-10-27 00:30");

fn doubts_and_findings(text: &str) -> Vec<String> {
    let scenario = SCENARIO
        .replace(FOLD.0, FOLD.1)
        .replace("2022-08-02 23:00", "2024-10-27 01:30");
    let folder = Folder::single("door.yaml", scenario.into_bytes());
    let (scenario, _, _) = read(&folder);
    let (program, _) = compile(
        &Arc::new(scenario.expect("it reads")),
        &ProgramSetup::default(),
    );
    let program = program.expect("it compiles");
    let mut sources = Sources::default();
    let file = sources.add("a.play", text);
    let (play, mut findings) = parse(text, file);
    findings.extend(run(&program, &play).findings);
    findings.extend(super::doubts(&program, &play));
    shown(&findings, &sources)
}

#[test]
fn a_time_that_comes_twice_is_told_apart() {
    let twice =
        "clock-change: this time comes twice; it is taken as the first, 01:30 BST, not 01:30 GMT";
    let cases = [
        ("wait for noise\nexpect time 2024-10-27 01:30 BST", vec![]),
        ("wait for noise\nexpect time 2024-10-27 01:30 +01:00", vec![]),
        (
            "wait for noise\nexpect time 2024-10-27 01:30 GMT",
            vec!["2 unmet-expectation: expected time 2024-10-27 01:30 GMT, found 2024-10-27 01:30 BST [expect time 2024-10-27 01:30 GMT]".to_owned()],
        ),
        (
            "wait for noise\nwait\nexpect time 2024-10-27 01:30 GMT\nwait until 2024-10-27 02:00 GMT",
            vec![],
        ),
        (
            "wait for noise\nwait\nexpect time 2024-10-27 01:30",
            vec![
                "3 unmet-expectation: expected time 2024-10-27 01:30 BST, found 2024-10-27 01:30 GMT [expect time 2024-10-27 01:30]".to_owned(),
                format!("3 {twice} [2024-10-27 01:30] -> 2024-10-27 01:30 BST"),
            ],
        ),
        (
            "wait until 2024-10-27 01:30\nexpect door open",
            vec![format!("1 {twice} [2024-10-27 01:30] -> 2024-10-27 01:30 BST")],
        ),
        (
            "expect time 2024-10-27 00:30 GMT",
            vec!["1 bad-line: `GMT` is not the zone at this time [GMT] -> BST".to_owned()],
        ),
        (
            "expect time 2024-03-31 01:30",
            vec![
                "1 unmet-expectation: expected time 2024-03-31 02:30, found 2024-10-27 00:30 [expect time 2024-03-31 01:30]".to_owned(),
                "1 clock-change: clocks skip this time; it is taken as 02:30 BST [2024-03-31 01:30] -> 2024-03-31 02:30".to_owned(),
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(doubts_and_findings(text), expected, "{text}");
    }
}

#[test]
fn a_play_that_expects_nothing_is_doubted() {
    let cases = [
        (
            "",
            vec!["1 no-expectation: the play is empty, so it proves nothing []"],
        ),
        (
            "# Nothing yet.\n\n",
            vec!["1 no-expectation: the play is empty, so it proves nothing []"],
        ),
        (
            "wait\n",
            vec![
                "1 no-expectation: the play expects nothing: it only shows that its moves are allowed [wait]",
            ],
        ),
        ("wait for post\nwait\nend", vec![]),
        ("expect door open", vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(doubts_and_findings(text), expected, "{text}");
    }
}
