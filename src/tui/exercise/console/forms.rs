//! The facilitator's forms: news typed on the spot, and observations.

use crate::front::facilitate::{About, Facilitate, Improvised, Observation, Panel};
use crate::front::seats::Rating;
use crate::tui::field::{NAME_MAX_CHARACTERS, TEXT_MAX_CHARACTERS, TextField};
use crate::tui::form::{Form, FormEntry, FormRow};

/// What is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FormKind {
    /// News typed on the spot.
    Inject,
    /// Something that the facilitator saw.
    Observe,
}

impl FormKind {
    pub(super) const ALL: [FormKind; 2] = [FormKind::Inject, FormKind::Observe];

    /// Nothing is filled in yet.
    pub(super) fn blank(self, panel: &Panel) -> Form {
        match self {
            FormKind::Inject => inject(panel),
            FormKind::Observe => observe(panel),
        }
    }

    /// What a form asks for, or the sentence that says what is missing.
    pub(super) fn request(self, form: &Form, panel: &Panel) -> Result<Facilitate, &'static str> {
        match self {
            FormKind::Inject => improvised(form, panel)
                .map(Facilitate::Inject)
                .ok_or("Type a subject and a text first; then Send delivers it."),
            FormKind::Observe => observation(form, panel)
                .map(Facilitate::Observe)
                .ok_or("Type what you saw first."),
        }
    }
}

fn name_row(label: &'static str, hint: &'static str) -> FormRow {
    let field = TextField::line(NAME_MAX_CHARACTERS);
    FormRow::new(label, hint, FormEntry::Text(field))
}

fn choice_row(label: &'static str, choices: Vec<String>) -> FormRow {
    FormRow::new(label, "", FormEntry::One { choices, chosen: 0 })
}

fn inject(panel: &Panel) -> Form {
    let roles = panel.roles.iter();
    let to = FormEntry::Any {
        choices: roles.map(|(_, title)| (title.clone(), false)).collect(),
        current: 0,
    };
    let text = TextField::lines(TEXT_MAX_CHARACTERS);
    Form::new(vec![
        FormRow::new("To", "none chosen: everybody", to),
        name_row("From", "nobody"),
        name_row("Subject", "needed"),
        FormRow::new("Text", "needed", FormEntry::Text(text)),
        FormRow::new("Send", "", FormEntry::Button),
    ])
}

fn improvised(form: &Form, panel: &Panel) -> Option<Improvised> {
    let [to, from, subject, text] = [0, 1, 2, 3];
    let chosen = form.chosen(to).into_iter();
    let to = chosen.filter_map(|place| Some(panel.roles.get(place)?.0.clone()));
    let inject = Improvised {
        to: to.collect(),
        from: form.text(from).trim().to_owned(),
        title: form.text(subject).trim().to_owned(),
        text: form.text(text).trim().to_owned(),
    };
    (!inject.title.is_empty() && !inject.text.is_empty()).then_some(inject)
}

fn observe(panel: &Panel) -> Form {
    let seen = TextField::line(TEXT_MAX_CHARACTERS);
    let mut about = vec!["The room".to_owned()];
    for (what, titles) in [("role", &panel.roles), ("objective", &panel.objectives)] {
        about.extend(titles.iter().map(|(_, title)| format!("{title} ({what})")));
    }
    let mut ratings = vec!["none".to_owned()];
    ratings.extend(Rating::ALL.map(|it| format!("{}: {}", it.letter(), it.words())));
    Form::new(vec![
        FormRow::new("Seen", "needed", FormEntry::Text(seen)),
        choice_row("About", about),
        choice_row("Rating", ratings),
    ])
}

fn observation(form: &Form, panel: &Panel) -> Option<Observation> {
    let [seen, about, rating] = [0, 1, 2];
    let text = form.text(seen).trim().to_owned();
    // In the order of the choices.
    let roles = panel.roles.iter().map(|(id, _)| About::Role(id.clone()));
    let objectives = panel.objectives.iter();
    let objectives = objectives.map(|(id, _)| About::Objective(id.clone()));
    let mut all = [About::Room].into_iter().chain(roles).chain(objectives);
    let about = all.nth(*form.chosen(about).first()?)?;
    let rating = form.chosen(rating).first()?.checked_sub(1);
    (!text.is_empty()).then_some(Observation {
        about,
        rating: rating.map(|place| Rating::ALL[place]),
        text,
    })
}
