use crate::tui::input::{Input, InputReader, PASTE_MAX_BYTES};
use crate::tui::theme::Ground;
use crate::tui::{Key, Mouse, MouseAction};

/// What these reads bring, and what quiet brings afterwards.
fn inputs(reads: &[&[u8]]) -> Vec<Input> {
    let mut reader = InputReader::default();
    let mut inputs: Vec<Input> = reads.iter().flat_map(|it| reader.read(it)).collect();
    for _ in 0..100 {
        if !reader.is_waiting() {
            return inputs;
        }
        inputs.extend(reader.quiet());
    }
    panic!("it waits for ever: {reader:?}");
}

fn keys(keys: &[Key]) -> Vec<Input> {
    keys.iter().copied().map(Input::Key).collect()
}

fn paste(text: &str) -> Vec<Input> {
    vec![Input::Paste(text.to_owned())]
}

#[test]
fn keys_of_every_kind_of_terminal() {
    use Key::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp,
        Right, Tab, Up,
    };
    let cases: [(&[u8], &[Key]); 33] = [
        (b"w", &[Char('w')]),
        ("é€日".as_bytes(), &[Char('é'), Char('€'), Char('日')]),
        (b"\r", &[Enter]),
        (b"\n", &[Enter]),
        (b"\t", &[Tab]),
        (b"\x7f", &[Backspace]),
        (b"\x08", &[Backspace]),
        (b"\x1b", &[Esc]),
        (b"\x1b\x1b", &[Esc, Esc]),
        (b"\x1bn", &[Esc, Char('n')]),
        (b"\x1b\r", &[Esc, Enter]),
        (b"\x1b[", &[Esc, Char('[')]),
        (b"\x1bO", &[Esc, Char('O')]),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D", &[Up, Down, Right, Left]),
        (b"\x1bOA\x1bOB\x1bOC\x1bOD", &[Up, Down, Right, Left]),
        (b"\x1b[H\x1b[F\x1bOH\x1bOF", &[Home, End, Home, End]),
        (b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~", &[Home, End, Home, End]),
        (b"\x1b[3~", &[Delete]),
        (b"\x1b[5~\x1b[6~", &[PageUp, PageDown]),
        (b"\x1b[Z", &[BackTab]),
        (b"\x1bOM", &[Enter]),
        (b"\x1b[1;2A", &[Up]),
        (b"\x1b[1;5A\x1b[1;3A\x1b[3;5~", &[]),
        (b"\x1b[11~\x1b[15~\x1bOP\x1b[[Aw", &[Char('w')]),
        (b"\x1b[Iw\x1b[O", &[Char('w')]),
        (b"\x1b[12;40Rw", &[Char('w')]),
        (b"\x1b[M !!w", &[Char('w')]),
        (b"\x01\x02\x1c\x1dw", &[Char('w')]),
        ("\u{9b}w".as_bytes(), &[Char('w')]),
        (b"\xff\xc3w", &[Char('w')]),
        (b"\x1b]0;a title\x07w", &[Char('w')]),
        (b"\x1bPdata\x1b\\w", &[Char('w')]),
        (b"\x1b[12\x1b[A", &[Up]),
    ];
    for (bytes, expected) in cases {
        assert_eq!(inputs(&[bytes]), keys(expected), "{bytes:?}");
        let one_by_one: Vec<&[u8]> = bytes.chunks(1).collect();
        if bytes != b"\x1b\x1b" && !matches!(bytes, [0x1b, b'n' | b'\r']) {
            assert_eq!(
                inputs(&one_by_one),
                keys(expected),
                "{bytes:?} byte by byte"
            );
        }
    }
}

#[test]
fn control_keys_and_answers_are_no_keys_of_a_screen() {
    assert_eq!(inputs(&[b"\x03"]), [Input::Interrupt]);
    assert_eq!(inputs(&[b"\x1a"]), [Input::Suspend]);
    assert_eq!(inputs(&[b"\x0c"]), [Input::Repaint]);
    assert_eq!(inputs(&[b"\x1b[?64;1;2c"]), [Input::Answered]);
}

#[test]
fn the_background_is_dark_or_light() {
    for (answer, expected) in [
        (
            "\x1b]11;rgb:0000/0000/0000\x07",
            vec![Input::Background(Ground::Dark)],
        ),
        (
            "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
            vec![Input::Background(Ground::Light)],
        ),
        (
            "\x1b]11;rgb:fd/f6/e3\x07",
            vec![Input::Background(Ground::Light)],
        ),
        (
            "\x1b]11;rgba:0000/2b2b/3636/ffff\x07",
            vec![Input::Background(Ground::Dark)],
        ),
        (
            "\x1b]11;rgb:f/f/f\x07",
            vec![Input::Background(Ground::Light)],
        ),
        ("\x1b]11;rgb:zz/00/00\x07", vec![]),
        ("\x1b]11;rgb:/0/0\x07", vec![]),
        ("\x1b]11;rgb:fffffffff/0/0\x07", vec![]),
        ("\x1b]11;?\x07", vec![]),
        ("\x1b]10;rgb:ff/ff/ff\x07", vec![]),
    ] {
        assert_eq!(inputs(&[answer.as_bytes()]), expected, "{answer:?}");
    }
}

#[test]
fn a_click_says_where() {
    let mouse = |column, row, action| {
        Input::Mouse(Mouse {
            column,
            row,
            action,
        })
    };
    assert_eq!(
        inputs(&[
            b"\x1b[<0;12;5M\x1b[<0;12;5m\x1b[<64;1;1M\x1b[<65;300;1M\x1b[<2;1;1M\x1b[<0;0;1M"
        ]),
        [
            mouse(11, 4, MouseAction::Press),
            mouse(0, 0, MouseAction::WheelUp),
            mouse(299, 0, MouseAction::WheelDown),
        ]
    );
}

#[test]
fn a_bracketed_paste_is_one_text_whatever_is_in_it() {
    assert_eq!(inputs(&[b"\x1b[200~w\rq\x03\x1b[201~"]), paste("w\nq\x03"));
    assert_eq!(inputs(&[b"\x1b[200~a\r\nb\x1b[201~"]), paste("a\nb"));
    assert_eq!(inputs(&[b"\x1b[20", b"0~a\x1b[2", b"01", b"~"]), paste("a"));
    assert_eq!(
        inputs(&[b"\x1b[200~a\x1b[Ab\x1b", b"[201~"]),
        paste("a\x1b[Ab")
    );
    // Before it somebody typed; what comes in the same read with its end, nobody did.
    assert_eq!(
        inputs(&[b"n\x1b[200~a\x1b[201~w\r"]),
        [keys(&[Key::Char('n')]), paste("aw\n")].concat()
    );
    // Its end never comes.
    assert_eq!(inputs(&[b"\x1b[200~abc"]), paste("abc"));
    // The terminal answers meanwhile.
    let answered = [vec![Input::Answered], paste("ab")].concat();
    assert_eq!(inputs(&[b"\x1b[200~a\x1b[201~\x1b[?6cb"]), answered);
}

#[test]
fn after_a_paste_keys_are_keys_again() {
    let mut reader = InputReader::default();
    assert_eq!(reader.read(b"\x1b[200~abc\x1b[201~"), []);
    assert_eq!(reader.quiet(), paste("abc"));
    assert_eq!(reader.read(b"w"), keys(&[Key::Char('w')]));
    assert!(!reader.is_waiting());
}

#[test]
fn without_brackets_what_nobody_can_type_in_one_read_is_a_paste() {
    let typed = |text: &str| {
        let key = |c| if c == '\r' { Key::Enter } else { Key::Char(c) };
        keys(&text.chars().map(key).collect::<Vec<_>>())
    };
    for text in ["w", "abcdefghijklmnop", "ab\r", "1\r", "\r\r\r"] {
        assert_eq!(inputs(&[text.as_bytes()]), typed(text), "{text:?}");
    }
    for text in ["abcdefghijklmnopq", "abc\r", "Hi all\r1. look\r"] {
        assert_eq!(
            inputs(&[text.as_bytes()]),
            paste(&text.replace('\r', "\n")),
            "{text:?}"
        );
    }
    // However fast keys come, one to a read they are keys; so are arrows held down.
    let one_by_one: Vec<&[u8]> = b"abcdefghijklmnopqrst\r".chunks(1).collect();
    assert_eq!(inputs(&one_by_one), typed("abcdefghijklmnopqrst\r"));
    assert_eq!(inputs(&[&b"\x1b[B".repeat(40)]), keys(&[Key::Down; 40]));
    // A long paste comes in several reads, the last of them short.
    assert_eq!(
        inputs(&[&[b'a'; 4096], b"w"]),
        paste(&("a".repeat(4096) + "w"))
    );
    // Nor does an interrupt in the middle of one end the program.
    assert_eq!(
        inputs(&[b"abcdefghijklmnopqrs\x03\x1b[Atu"]),
        paste("abcdefghijklmnopqrstu")
    );
}

#[test]
fn a_megabyte_is_one_paste_of_which_the_beginning_is_kept() {
    let much = "é".repeat(1 << 20);
    for brackets in [("", ""), ("\x1b[200~", "\x1b[201~")] {
        let bytes = [brackets.0, &much, brackets.1].concat();
        let reads: Vec<&[u8]> = bytes.as_bytes().chunks(4096).collect();
        let [Input::Paste(text)] = &inputs(&reads)[..] else {
            panic!("not one paste");
        };
        assert!(text.starts_with("éé") && text.len() <= PASTE_MAX_BYTES + 2);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_end_somewhere(reads in proptest::collection::vec(
        proptest::collection::vec(proptest::prop_oneof![
            proptest::strategy::Just(0x1b_u8), proptest::strategy::Just(b'['), proptest::num::u8::ANY,
        ], 1..40),
        0..10,
    )) {
        inputs(&reads.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
}
