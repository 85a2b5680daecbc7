//! A hand-made exercise for the tests of the faces.

mod ending;
pub mod seated;
mod start;

pub use ending::{account, ended, scorecard};
pub use start::{briefing, offers};

use crate::engine::view::{
    Choice, Citation, InboxMessage, IndicatorForm, IndicatorReading, MarkView, MessageKind,
    OpenDecision, PhaseView, Since, Stamp, Tone, UnderWay, View,
};
use crate::front::{MoveById, Msg, Request, Room, seats};

/// A time on 4 August 2022, as `07:20`.
pub fn stamp(time: &str) -> Stamp {
    let (hour, minute) = time.split_once(':').expect("a time with a colon");
    let day = |text: &str| text.parse::<i64>().expect("digits");
    Stamp {
        minute: 27 * 60 + day(hour) * 60 + day(minute),
        date: "Thu 4 Aug 2022".to_owned(),
        time: time.to_owned(),
        zone: "BST".to_owned(),
    }
}

/// A time on the evening of 2 August 2022.
pub fn evening(time: &str) -> Stamp {
    let mut at = stamp(time);
    at.minute -= 48 * 60;
    "Tue 2 Aug 2022".clone_into(&mut at.date);
    at
}

/// A message of one paragraph.
pub fn message(kind: MessageKind, at: Stamp, from: &str, title: &str, text: &str) -> InboxMessage {
    InboxMessage {
        kind,
        at,
        id: title.to_lowercase().replace(' ', "_"),
        from: from.to_owned(),
        to: if from.is_empty() {
            Vec::new()
        } else {
            vec!["Technical lead".to_owned()]
        },
        via: if from.is_empty() {
            String::new()
        } else {
            "phone".to_owned()
        },
        title: title.to_owned(),
        text: text.to_owned(),
        asks: String::new(),
        marks: Vec::new(),
    }
}

fn choice(id: &str, label: &str, cost: &str, barred: Option<&str>) -> Choice {
    Choice {
        id: id.to_owned(),
        label: label.to_owned(),
        cost: cost.to_owned(),
        barred: barred.map(str::to_owned),
        used: 0,
    }
}

fn reading(form: IndicatorForm, title: &str, text: &str, tone: Tone) -> IndicatorReading {
    IndicatorReading {
        form,
        title: title.to_owned(),
        text: text.to_owned(),
        tone,
        number: None,
        course: Vec::new(),
        changed: false,
    }
}

/// Marks with sources.
pub fn marks() -> Vec<MarkView> {
    vec![
        MarkView {
            says: "systems were encrypted in the early morning".to_owned(),
            standing: "documented",
            cites: vec![Citation {
                id: "T-10".to_owned(),
                says: "The attacker began to encrypt systems on 4 August 2022.".to_owned(),
                sources: vec![
                    "digitalhealth.net, 13 Oct 2022".to_owned(),
                    "ico.org.uk, 27 Mar 2025".to_owned(),
                ],
                rests_on: Vec::new(),
                confidence: "V".to_owned(),
            }],
        },
        MarkView {
            says: "the hour, and who called whom".to_owned(),
            standing: "invented",
            cites: Vec::new(),
        },
    ]
}

fn inbox() -> Vec<InboxMessage> {
    use MessageKind::{Feedback, Inject, Notice, Phase, Result};
    let mut inbox = vec![
        message(
            Phase,
            evening("21:00"),
            "",
            "Initial access",
            "Somebody is on the network.",
        ),
        message(
            Inject,
            evening("21:30"),
            "SOC duty analyst",
            "Odd logon on Staffplan",
            "A supplier account has opened a desktop session.",
        ),
        message(
            Feedback,
            evening("21:30"),
            "",
            "Note it and watch",
            "It is *noted*. The session goes on.",
        ),
        message(
            Result,
            evening("23:40"),
            "",
            "The session ends",
            "It was closed from the other side.",
        ),
        message(
            Notice,
            evening("23:59"),
            "",
            "A deadline passed",
            "Nobody answered: *Note it and watch*.",
        ),
        message(
            Phase,
            stamp("04:30"),
            "",
            "Encryption",
            "It is before dawn.",
        ),
        message(
            Inject,
            stamp("05:10"),
            "Night operator",
            "Backups do not answer",
            "The backup server is gone from the console.",
        ),
        message(
            Inject,
            stamp("05:50"),
            "Hosting desk",
            "日本語の名前 and 😀 in a subject",
            "Wide characters stay in their columns.",
        ),
        message(
            Inject,
            stamp("06:40"),
            "Hosting desk",
            "Alarms on the virtual machines",
            "Forty alarms in ten minutes.",
        ),
        message(
            Inject,
            stamp("06:58"),
            "111 desk",
            "Screens are frozen",
            "Callers are waiting. What do we tell them?",
        ),
        message(
            Feedback,
            stamp("07:00"),
            "",
            "Call the duty engineers",
            "Two are on their way, one does not answer.",
        ),
    ];
    let text = "We have **renamed files** on 40 servers and the count is rising.\n\n\
        - Carenotes, Staffplan and Caresys show the ransom note.\n\
        - Adastra still answers, but *slowly*.\n\n\
        Nobody here may cut off a customer. If we wait for confirmation, it will be on the health and care \
        farm within the hour; if we pull the plug, 111 goes to paper. Somebody has to say which.";
    let mut files = message(
        Inject,
        stamp("07:20"),
        "SOC duty analyst",
        "Files are renamed on 40 servers",
        text,
    );
    files.via = "alert".to_owned();
    files.to = vec!["Technical lead".to_owned(), "Incident lead".to_owned()];
    files.asks = "disconnect".to_owned();
    files.marks = marks();
    inbox.push(files);
    inbox
}

fn board() -> Vec<IndicatorReading> {
    let mut board = vec![
        reading(IndicatorForm::Lamp, "Adastra", "isolated", Tone::Plain),
        reading(IndicatorForm::Lamp, "Carenotes", "encrypted", Tone::Bad),
        reading(IndicatorForm::Lamp, "Staffplan", "encrypted", Tone::Bad),
        reading(IndicatorForm::Lamp, "Caresys", "encrypted", Tone::Bad),
        reading(IndicatorForm::Lamp, "Odyssey", "live", Tone::Good),
        reading(IndicatorForm::Lamp, "eFinancials", "live", Tone::Good),
        reading(IndicatorForm::Trend, "Calls on paper", "2,340", Tone::Plain),
        reading(
            IndicatorForm::Gauge,
            "Engineers free",
            "7 people",
            Tone::Plain,
        ),
        reading(
            IndicatorForm::Gauge,
            "Backlog of visits",
            "12,500",
            Tone::Plain,
        ),
        reading(
            IndicatorForm::Clock,
            "Since detection",
            "2 h 10 min",
            Tone::Plain,
        ),
    ];
    board[1].changed = true;
    board[6].number = Some((2340, 0, 20_000));
    board[6].course = [0, 40, 200, 410, 800, 790, 1500, 2340]
        .iter()
        .enumerate()
        .map(|(n, v)| (n as i64 * 20, *v))
        .collect();
    board[6].changed = true;
    board[7].number = Some((7, 0, 12));
    board[8].number = Some((12_500, 0, 50_000));
    board
}

fn decisions() -> Vec<OpenDecision> {
    vec![
        OpenDecision {
            id: "disconnect".to_owned(),
            question: "What do you disconnect?".to_owned(),
            to: vec!["Technical lead".to_owned()],
            closes: Some(stamp("07:50")),
            left: "30 min".to_owned(),
            default: "Nothing until it is confirmed".to_owned(),
            discuss: Some("Who in your organisation may do this at seven in the morning?".to_owned()),
            options: vec![
                choice("everything", "Everything in health and care", "", None),
                choice("farm", "The Citrix farm and the domain it trusts", "30 min · 2 engineers", None),
                choice("nothing", "Nothing until it is confirmed", "", None),
                choice("customers", "Only the customers who ask for it", "1 h", Some("It needs 8 engineers; 7 are free.")),
            ],
            marks: Vec::new(),
        },
        OpenDecision {
            id: "paper".to_owned(),
            question: "What do you tell the 111 providers, who have asked whether to go over to *paper forms* now?".to_owned(),
            to: vec!["Clinical safety officer".to_owned()],
            closes: None,
            left: "until the phase ends".to_owned(),
            default: "Wait for the next bulletin".to_owned(),
            discuss: None,
            options: vec![
                choice("go", "Go over to paper at once", "asks the Executive", None),
                choice("bulletin", "Wait for the next bulletin", "", None),
            ],
            marks: Vec::new(),
        },
    ]
}

fn actions() -> Vec<Choice> {
    let mut actions = vec![
        choice("call_ncsc", "Call the NCSC", "15 min", None),
        choice(
            "call_engineers",
            "Call the duty engineers",
            "1 h",
            Some("Used already."),
        ),
        choice(
            "declare",
            "Declare a major incident",
            "asks the Executive",
            None,
        ),
        choice(
            "tell_customers",
            "Tell the customers what is known",
            "30 min · 1 engineer",
            None,
        ),
        choice("tell_ico", "Report to the ICO", "2 h", None),
        choice(
            "rest",
            "Send the night shift home to sleep for as long as they can",
            "8 h · 3 engineers",
            None,
        ),
    ];
    actions[1].used = 1;
    actions
}

/// Twelve messages, ten entries on the board, two decisions, six actions.
pub fn view() -> View {
    View {
        since: Since::default(),
        moves: Vec::new(),
        title: "The Advanced incident".to_owned(),
        now: stamp("07:20"),
        phase: PhaseView {
            number: 2,
            of: 4,
            title: "Encryption".to_owned(),
        },
        inbox: inbox(),
        board: board(),
        decisions: decisions(),
        actions: actions(),
        under_way: vec![UnderWay {
            label: "Call the duty engineers".to_owned(),
            until: stamp("08:00"),
            left: "40 min".to_owned(),
        }],
        ending: None,
    }
}

/// What comes after `disconnect farm`: one decision, one more message.
pub fn after() -> View {
    let mut view = view();
    view.decisions.remove(0);
    view.inbox.push(message(
        MessageKind::Feedback,
        stamp("07:20"),
        "",
        "The Citrix farm and the domain",
        "Two engineers drive to the hall.",
    ));
    view
}

/// Answers every request from the hand-made exercise.
#[derive(Default)]
pub struct FakeRoom {
    /// What was asked so far.
    pub asked: Vec<Request>,
    history: bool,
    steps: usize,
    seated: seated::Seated,
}

impl Room for FakeRoom {
    fn ask(&mut self, request: Request) -> Vec<Msg> {
        self.asked.push(request.clone());
        if let Some(answer) = self.seated.answer(&request) {
            return answer;
        }
        match request {
            Request::Open(setup) => {
                self.history = setup.history;
                vec![Msg::Briefing(briefing(setup.history))]
            }
            Request::Begin if self.history => vec![
                Msg::View(Box::new(view())),
                Msg::Next(Some(
                    "choose disconnect farm: The Citrix farm and the domain it trusts".to_owned(),
                )),
            ],
            Request::Begin => vec![Msg::View(Box::new(view()))],
            Request::Move(MoveById::Choose(_, option)) if option == "customers" => {
                vec![Msg::Refused("It needs 8 engineers; 7 are free.".to_owned())]
            }
            Request::Move(MoveById::Wait) => vec![
                Msg::Made(MoveById::Wait, seats::Reason::default()),
                Msg::View(Box::new(ended())),
                Msg::Scorecard(scorecard()),
            ],
            Request::Move(it) => vec![
                Msg::Made(it, seats::Reason::default()),
                Msg::View(Box::new(after())),
            ],
            Request::Line(line) if line == "expect calls 0" => {
                vec![Msg::Refused("expected calls 0, found 2340".to_owned())]
            }
            Request::Step => {
                self.steps += 1;
                if self.steps == 1 {
                    vec![
                        Msg::View(Box::new(after())),
                        Msg::Next(Some("wait".to_owned())),
                    ]
                } else {
                    vec![
                        Msg::View(Box::new(ended())),
                        Msg::Scorecard(scorecard()),
                        Msg::Next(None),
                    ]
                }
            }
            Request::Stop => vec![Msg::Stopped(String::new()), Msg::Scorecard(scorecard())],
            Request::Home => vec![Msg::Offers(offers())],
            _ => Vec::new(),
        }
    }
}
