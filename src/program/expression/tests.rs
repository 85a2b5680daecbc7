//! Trees, places and errors of the syntax.

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::{
    Assign, Binary, DEPTH_MAX, Expr, ExprKind, LENGTH_BYTES_MAX, NUMBER_MAX, Unary, parse,
    parse_effect,
};

/// Each text, and itself with every bracket.
#[test]
fn operators_bind_as_in_cel() {
    let cases = [
        ("7", "7"),
        ("90m", "90"),
        ("2h", "120"),
        ("3d", "4320"),
        ("1w", "10080"),
        ("1h+30m", "(60 + 30)"),
        ("007", "7"),
        ("9007199254740992", "9007199254740992"),
        ("true", "true"),
        ("( citrix )", "citrix"),
        ("a\n&&\tb", "(a && b)"),
        ("chosen.shutdown == none", "(chosen.shutdown == none)"),
        ("now()", "now()"),
        ("min(a+1, max(b,2h))", "min((a + 1), max(b, 120))"),
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("1 + 2 * 3 % 4", "(1 + ((2 * 3) % 4))"),
        ("a + 1 < b * 2", "((a + 1) < (b * 2))"),
        ("a || b && c", "(a || (b && c))"),
        ("a && b || c", "((a && b) || c)"),
        ("!a && b", "((!a) && b)"),
        ("!!a", "(!(!a))"),
        ("-a - -1", "((-a) - (-1))"),
        ("-since(x) * 2", "((-since(x)) * 2)"),
        (
            "a - 1 in [1, b + 1] && c",
            "(((a - 1) in [1, (b + 1)]) && c)",
        ),
        ("(a < b) == c", "((a < b) == c)"),
        ("a ? 1 : b ? 2 : 3", "(a ? 1 : (b ? 2 : 3))"),
        ("a || b ? (c ? 1 : 2) : 3", "((a || b) ? (c ? 1 : 2) : 3)"),
        ("in_house && truest", "(in_house && truest)"),
    ];
    for (text, brackets) in cases {
        assert_eq!(
            parse(text).map(|node| node.to_string()),
            Ok(brackets.to_owned()),
            "{text}"
        );
    }
}

/// Each text, and the bytes of its nodes, a parent before its children.
#[test]
fn every_node_knows_its_bytes() {
    let cases: [(&str, &[&str]); 8] = [
        (" (a) ", &["a"]),
        ("((a) + b)", &["(a) + b", "a", "b"]),
        ("a * (b - 1)", &["a * (b - 1)", "a", "b - 1", "b", "1"]),
        ("!(a) && - 2h", &["!(a) && - 2h", "!(a)", "a", "- 2h", "2h"]),
        ("x in [ a , (b) ] ", &["x in [ a , (b) ]", "x", "a", "b"]),
        ("(c) ? 1 : (2)", &["(c) ? 1 : (2)", "c", "1", "2"]),
        ("min( a, (b) )", &["min( a, (b) )", "a", "b"]),
        (
            "(chosen . x) == y",
            &["(chosen . x) == y", "chosen . x", "y"],
        ),
    ];
    for (text, expected) in cases {
        let node = parse(text).expect(text);
        let mut seen = Vec::new();
        walk(&node, &mut |node| seen.push(&text[node.range.clone()]));
        assert_eq!(seen, expected, "{text}");
    }
    let ExprKind::Field(_, _, field) = parse("chosen . x").expect("a field").kind else {
        panic!("no field");
    };
    assert_eq!(field, 9..10);
    let ExprKind::Call(_, name, _) = parse("  since (x)").expect("a call").kind else {
        panic!("no call");
    };
    assert_eq!(name, 2..7);
}

/// Each text, what the error points at, and its headline.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn an_error_says_what_to_write_and_where() {
    let long = format!("{}1", " ".repeat(LENGTH_BYTES_MAX));
    let cases = [
        ("", "", "the expression is empty"),
        ("  ", "", "the expression is empty"),
        ("a = 5", "=", "`=` writes, `==` compares"),
        ("a += 5", "+=", "`+=` writes a value"),
        ("a and b", "and", "`and` is written `&&`"),
        ("a OR b", "OR", "`OR` is written `||`"),
        ("not a", "not", "`not` is written `!`"),
        ("True", "True", "`True` is written `true`"),
        ("a & b", "&", "`&` is written `&&`"),
        ("a | b", "|", "`|` is written `||`"),
        ("a => b", "=>", "`=>` is written `>=`"),
        ("a ≤ b", "≤", "`≤` is written `<=`"),
        ("a === b", "===", "`===` is written `==`"),
        ("(a && (b)", "(", "this `(` is never closed"),
        ("a in [b", "[", "this `[` is never closed"),
        ("(a]", "(", "this `(` is never closed"),
        ("a)", ")", "this `)` was never opened"),
        ("1.5h", "1.5h", "only whole numbers are allowed"),
        (
            "a == \"mfa\"",
            "\"mfa\"",
            "words are written without quotes",
        ),
        ("a == 'mfa", "'mfa", "words are written without quotes"),
        ("a == „mfa“", "„mfa“", "words are written without quotes"),
        (
            "90min",
            "90min",
            "`90min` is neither a number nor a duration",
        ),
        (
            "1h30m",
            "1h30m",
            "`1h30m` is neither a number nor a duration",
        ),
        (
            "9007199254740993",
            "9007199254740993",
            "this number is too large",
        ),
        (
            "9007199254740992h",
            "9007199254740992h",
            "this number is too large",
        ),
        (
            "99999999999999999999",
            "99999999999999999999",
            "this number is too large",
        ),
        ("größe", "ö", "`ö` cannot stand in a name"),
        ("a \u{1b}[2J", "\u{1b}", "`\\u{1b}` has no meaning here"),
        ("a; b", ";", "`;` has no meaning here"),
        ("a b", "b", "an operator is missing before `b`"),
        (
            "(a) (b)",
            "(",
            "an operator is missing before this parenthesis",
        ),
        ("a &&", "", "something is missing after `&&`"),
        ("a && * b", "*", "something is missing before `*`"),
        ("min(a,)", ")", "something is missing before `)`"),
        ("a < b < c", "<", "comparisons cannot follow one another"),
        (
            "a in [b] == c",
            "==",
            "comparisons cannot follow one another",
        ),
        (
            "a in b",
            "b",
            "a list in square brackets belongs after `in`",
        ),
        ("a in [ ]", "[ ]", "this list is empty"),
        ("[a]", "[", "a list stands only after `in`"),
        ("a[0]", "[", "a list stands only after `in`"),
        ("a.b.c", ".", "only a name has a dot, and only one"),
        ("chosen.", "", "a name belongs after the dot"),
        (
            "a, b",
            ",",
            "a comma stands only in a list or between arguments",
        ),
        ("a ? b", "?", "this `?` has no `:`"),
        ("a : b", ":", "this `:` has no `?`"),
        (
            "a ? b ? 1 : 2 : 3",
            "?",
            "a choice between `?` and `:` needs brackets",
        ),
        ("!-a", "-", "`-` cannot follow `!`"),
        ("loop == 1", "loop", "`loop` cannot be a name"),
        (
            long.as_str(),
            long.as_str(),
            "the expression is longer than 2000 bytes",
        ),
    ];
    for (text, place, headline) in cases {
        let error = parse(text).expect_err(text);
        assert_eq!(
            (&text[error.range], error.headline.as_str()),
            (place, headline)
        );
    }
}

#[test]
fn an_error_points_at_the_right_one_of_several() {
    for (text, start) in [
        ("(a && (b)", 0),
        ("(a) && (b", 7),
        ("a < b < c", 6),
        ("a ? b ? 1 : 2 : 3", 6),
        ("a.b.c", 3),
        ("(a) (b)", 4),
        ("a &&  ", 4),
        ("a == 1 && b = 1", 12),
    ] {
        assert_eq!(parse(text).expect_err(text).range.start, start, "{text}");
    }
}

#[test]
fn an_effect_is_a_name_a_sign_and_an_expression() {
    for (text, assign, right) in [
        ("told = true", Assign::Set, "true"),
        (" told=!mfa", Assign::Set, "(!mfa)"),
        ("told += 1 + 2", Assign::Add, "(1 + 2)"),
        ("told-=-1", Assign::Subtract, "(-1)"),
        ("told = a == b", Assign::Set, "(a == b)"),
    ] {
        let effect = parse_effect(text).expect(text);
        assert_eq!(effect.name, "told");
        assert_eq!(&text[effect.name_range], "told");
        assert_eq!(effect.assign, assign, "{text}");
        assert_eq!(effect.expression.to_string(), right, "{text}");
    }
}

#[test]
fn a_wrong_effect_says_what_to_write() {
    for (text, place, headline) in [
        ("x == 5", "==", "`==` compares, `=` writes"),
        ("x", "", "`=`, `+=` or `-=` belongs after `x`"),
        ("x *= 2", "*", "`=`, `+=` or `-=` belongs after `x`"),
        ("x = ", "", "something is missing after `=`"),
        ("x = y = 5", "=", "`=` writes, `==` compares"),
        ("x.y = 5", "x.", "an effect writes only a value"),
        (
            "5 = x",
            "5",
            "an effect begins with the name of the value it writes",
        ),
        (
            "",
            "",
            "an effect begins with the name of the value it writes",
        ),
        ("if = 1", "if", "`if` cannot be a name"),
    ] {
        let error = parse_effect(text).expect_err(text);
        assert_eq!(
            (&text[error.range], error.headline.as_str()),
            (place, headline)
        );
    }
    let hint = |text| parse_effect(text).expect_err(text).hint;
    assert_eq!(hint("x  ==\n5 +  1"), "Write `x = 5 + 1`.");
    assert_eq!(hint("x =="), "Write `x =`.");
}

#[test]
fn a_tree_of_the_greatest_depth_is_read_and_printed_and_one_more_is_refused() {
    let chain = |joint: &str, parts: usize| vec!["a"; parts].join(joint);
    let nest = |open: &str, close: &str, times: usize| {
        format!("{}a{}", open.repeat(times), close.repeat(times))
    };
    let most = DEPTH_MAX - 1;
    let fitting = |parts| {
        [
            chain(" + ", parts + 1),
            format!("{}a", "a ? b : ".repeat(parts)),
            nest("a in [", "]", parts),
            nest("(b ? a : ", ")", parts),
            nest("f(", ")", parts),
            format!("{}a", "!".repeat(parts)),
        ]
    };
    for text in fitting(most) {
        let node = parse(&text).expect(&text);
        let printed = node.to_string();
        assert_eq!(parse(&printed).map(|node| node.to_string()), Ok(printed));
    }
    let endless = [nest("(", ")", 900), "(".repeat(LENGTH_BYTES_MAX)];
    for text in fitting(most + 1).into_iter().chain(endless) {
        let error = parse(&text).expect_err(&text);
        assert_eq!(error.headline, "the expression is nested deeper than 32");
    }
    assert!(parse(&nest("(", ")", DEPTH_MAX)).is_ok());
}

/// Calls `visit` with the node, then with everything below it.
fn walk<'n>(node: &'n Expr, visit: &mut impl FnMut(&'n Expr)) {
    visit(node);
    for child in children(node) {
        walk(child, visit);
    }
}

fn children(node: &Expr) -> Vec<&Expr> {
    match &node.kind {
        ExprKind::Number(_) | ExprKind::Truth(_) | ExprKind::Name(_) | ExprKind::Field(..) => {
            vec![]
        }
        ExprKind::Call(_, _, arguments) => arguments.iter().collect(),
        ExprKind::Unary(_, operand) => vec![operand],
        ExprKind::Binary(_, left, right) => vec![left, right],
        ExprKind::In(element, list) => std::iter::once(&**element).chain(list).collect(),
        ExprKind::If(condition, yes, no) => vec![condition, yes, no],
    }
}

/// The same tree with every range empty.
fn without_places(node: Expr) -> Expr {
    let boxed = |node: Box<Expr>| Box::new(without_places(*node));
    let list = |nodes: Vec<Expr>| nodes.into_iter().map(without_places).collect();
    let kind = match node.kind {
        ExprKind::Field(name, field, _) => ExprKind::Field(name, field, 0..0),
        ExprKind::Call(name, _, arguments) => ExprKind::Call(name, 0..0, list(arguments)),
        ExprKind::Unary(unary, operand) => ExprKind::Unary(unary, boxed(operand)),
        ExprKind::Binary(binary, left, right) => {
            ExprKind::Binary(binary, boxed(left), boxed(right))
        }
        ExprKind::In(element, nodes) => ExprKind::In(boxed(element), list(nodes)),
        ExprKind::If(condition, yes, no) => ExprKind::If(boxed(condition), boxed(yes), boxed(no)),
        leaf => leaf,
    };
    Expr { kind, range: 0..0 }
}

const BINARIES: [Binary; 13] = [
    Binary::Multiply,
    Binary::Divide,
    Binary::Remainder,
    Binary::Add,
    Binary::Subtract,
    Binary::Less,
    Binary::LessOrEqual,
    Binary::Greater,
    Binary::GreaterOrEqual,
    Binary::Equal,
    Binary::NotEqual,
    Binary::And,
    Binary::Or,
];

/// Any tree that the parser could make, without places and without looking at types.
fn trees() -> impl Strategy<Value = Expr> {
    let name = || {
        "[a-z_][a-zA-Z0-9_]{0,6}".prop_filter("a name that reads as one", |name| {
            parse(name).is_ok_and(|node| matches!(node.kind, ExprKind::Name(_)))
        })
    };
    let leaf = prop_oneof![
        (0..=NUMBER_MAX).prop_map(ExprKind::Number),
        any::<bool>().prop_map(ExprKind::Truth),
        name().prop_map(ExprKind::Name),
        (name(), name()).prop_map(|(name, field)| ExprKind::Field(name, field, 0..0)),
    ]
    .prop_map(placeless);
    leaf.prop_recursive(5, 24, 3, move |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let list = |least| proptest::collection::vec(inner.clone(), least..3);
        let unary = prop_oneof![Just(Unary::Not), Just(Unary::Negate)];
        let binary = proptest::sample::select(BINARIES.to_vec());
        prop_oneof![
            (name(), list(0)).prop_map(|(name, arguments)| ExprKind::Call(name, 0..0, arguments)),
            (unary, boxed()).prop_map(|(unary, operand)| ExprKind::Unary(unary, operand)),
            (binary, boxed(), boxed())
                .prop_map(|(binary, left, right)| ExprKind::Binary(binary, left, right)),
            (boxed(), list(1)).prop_map(|(element, list)| ExprKind::In(element, list)),
            (boxed(), boxed(), boxed()).prop_map(|(c, yes, no)| ExprKind::If(c, yes, no)),
        ]
        .prop_map(placeless)
    })
}

fn placeless(kind: ExprKind) -> Expr {
    Expr { kind, range: 0..0 }
}

/// Pieces that nearly make expressions.
fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "a", "b.c", "f(", "7", "2h", "1.", "true", "in", "[", "]", "(", ")", ",", ".", "!", "-",
        "*", "+", "<", "==", "=", "+=", "&&", "||", "&", "?", ":", "'", "ö", "€", " ", "\n",
    ]);
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_printed_tree_parses_back_to_the_same_tree(tree in trees()) {
        let text = tree.to_string();
        if text.len() <= LENGTH_BYTES_MAX {
            let node = parse(&text).expect("printed trees are expressions");
            prop_assert_eq!(without_places(node), tree);
        }
    }

    #[test]
    fn any_text_ends_in_a_tree_or_an_error_that_points_into_it(
        text in prop_oneof![pieces(), "\\PC{0,40}", any::<String>()],
    ) {
        match parse(&text) {
            Ok(node) => {
                let mut lost = Vec::new();
                walk(&node, &mut |parent| {
                    let inside = |child: &&Expr| {
                        parent.range.start <= child.range.start
                            && child.range.end <= parent.range.end
                    };
                    lost.extend(children(parent).into_iter().filter(|child| !inside(child)));
                });
                prop_assert!(lost.is_empty());
                prop_assert!(text.get(node.range).is_some_and(|part| !part.is_empty()));
            }
            Err(error) => {
                prop_assert!(text.get(error.range).is_some());
                prop_assert!(!error.headline.contains(char::is_control));
                prop_assert!(!error.hint.contains(char::is_control));
            }
        }
        if let Err(error) = parse_effect(&text) {
            prop_assert!(text.get(error.range).is_some());
            prop_assert!(!error.headline.contains(char::is_control));
            prop_assert!(!error.hint.contains(char::is_control));
        }
    }
}
