//! The facilitator's forms: news typed on the spot, and observations.

use crate::front::facilitate::{About, Improvised, Observation, Panel};
use crate::front::seats::Rating;
use crate::tui::field::{NAME_MAX_CHARACTERS, TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::{Form, FormEntry, FormRow};

const TO: usize = 0;

const FROM: usize = 1;

const SUBJECT: usize = 2;

const TEXT: usize = 3;

const SEEN: usize = 0;

const ABOUT: usize = 1;

const RATING: usize = 2;

/// News typed on the spot.
pub(super) fn inject(panel: &Panel) -> Form {
    let roles = panel.roles.iter();
    let to = roles.map(|(_, title)| (title.clone(), false)).collect();
    let name = || FormEntry::Text(TextField::line(NAME_MAX_CHARACTERS));
    let text = TextField::lines(TEXT_MAX_CHARACTERS);
    Form::new(vec![
        FormRow::new(
            "To",
            "none chosen: everybody",
            FormEntry::Any {
                choices: to,
                current: 0,
            },
        ),
        FormRow::new("From", "nobody", name()),
        FormRow::new("Subject", "needed", name()),
        FormRow::new("Text", "needed", FormEntry::Text(text)),
        FormRow::new("Send", "", FormEntry::Button),
    ])
}

/// What the form says, if it has a subject and a text.
pub(super) fn improvised(form: &Form, panel: &Panel) -> Option<Improvised> {
    let chosen = form.chosen(TO).into_iter();
    let to = chosen.filter_map(|place| Some(panel.roles.get(place)?.0.clone()));
    let inject = Improvised {
        to: to.collect(),
        from: form.text(FROM).trim().to_owned(),
        title: form.text(SUBJECT).trim().to_owned(),
        text: form.text(TEXT).trim().to_owned(),
    };
    (!inject.title.is_empty() && !inject.text.is_empty()).then_some(inject)
}

/// Something that the facilitator saw.
pub(super) fn observe(panel: &Panel) -> Form {
    let titles = |them: &[(String, String)], what: &str| -> Vec<String> {
        let each = them.iter();
        each.map(|(_, title)| format!("{title} ({what})")).collect()
    };
    let mut about = vec!["The room".to_owned()];
    about.extend(titles(&panel.roles, "role"));
    about.extend(titles(&panel.objectives, "objective"));
    let mut ratings = vec!["none".to_owned()];
    let words = |it: Rating| format!("{}: {}", it.letter(), it.words());
    ratings.extend(Rating::ALL.map(words));
    Form::new(vec![
        FormRow::new(
            "Seen",
            "needed",
            FormEntry::Text(TextField::line(TEXT_MAX_CHARACTERS)),
        ),
        FormRow::new(
            "About",
            "",
            FormEntry::One {
                choices: about,
                chosen: 0,
            },
        ),
        FormRow::new(
            "Rating",
            "",
            FormEntry::One {
                choices: ratings,
                chosen: 0,
            },
        ),
    ])
}

/// What the form says, if anything.
pub(super) fn observation(form: &Form, panel: &Panel) -> Option<Observation> {
    let text = form.text(SEEN).trim().to_owned();
    let place = form.chosen(ABOUT).first().copied().unwrap_or(0);
    let role = place.checked_sub(1);
    let objective = place.checked_sub(1 + panel.roles.len());
    let role = role.and_then(|at| panel.roles.get(at));
    let objective = objective.and_then(|at| panel.objectives.get(at));
    let about = match (role, objective) {
        (Some((id, _)), _) => About::Role(id.clone()),
        (None, Some((id, _))) => About::Objective(id.clone()),
        (None, None) => About::Room,
    };
    let rating = form.chosen(RATING).first().copied().unwrap_or(0);
    let rating = rating.checked_sub(1);
    let rating = rating.and_then(|at| Rating::ALL.get(at)).copied();
    (!text.is_empty()).then_some(Observation {
        about,
        rating,
        text,
    })
}
