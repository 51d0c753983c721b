//! Blank workbooks to fill in, whose formulas show what `run` will say while one types.
//!
//! Every figure comes from the chosen policies and stands on the form's own sheets of figures, which the
//! formulas refer to. Only functions that every spreadsheet of the last ten years has are used, and rounding
//! to eight places takes off what binary floating point adds, so that edges are met exactly.

mod caseload;
mod entries;
mod expected;
mod figures;
mod formulas;
mod guidance;
mod points;
mod roster;
mod tasks;
mod time;

use crate::book::names::named;
use crate::book::page::Page;
use crate::policy::{DEFAULT, Policies};

use figures::Figures;

named! {
    /// The forms.
    Form {
        /// A row for each child, with the team's workers.
        Caseload = "caseload",
        /// The workers alone.
        Roster = "roster",
        /// A worker's households with their points.
        Points = "points",
        /// A worker's hours over a period.
        Time = "time",
        /// A worker's tasks or pieces of work.
        Tasks = "tasks",
    }
}

impl Form {
    /// What the form is called in its own title.
    pub fn title(self) -> &'static str {
        match self {
            Form::Caseload => "Caseload form",
            Form::Roster => "Roster form",
            Form::Points => "Points form",
            Form::Time => "Time form",
            Form::Tasks => "Tasks form",
        }
    }
}

impl Form {
    /// The policies whose figures stand in it where none are asked for.
    pub fn policies(self) -> &'static [&'static str] {
        match self {
            Form::Time => &["task-force-time"],
            Form::Tasks => &["task-force-tasks"],
            Form::Caseload | Form::Roster | Form::Points => DEFAULT,
        }
    }
}

/// The sheets of a form, with the figures of these policies.
///
/// # Errors
///
/// The chosen policies have no figures for such a form; the sentence says what to choose.
pub fn pages(form: Form, policies: &Policies) -> Result<Vec<Page>, String> {
    let figures = Figures::new(policies);
    if form == Form::Points && figures.points.is_none() {
        return Err(
            "the chosen policies have no points by household that a form can show; add --policy task-force-points"
                .into(),
        );
    }
    if form == Form::Tasks && figures.tasks.is_none() {
        return Err(
            "the chosen policies have no points for tasks that a form can show; add --policy task-force-tasks".into()
        );
    }
    if form == Form::Time && figures.time.is_none() {
        return Err("the chosen policies do not score hours; add --policy task-force-time".into());
    }
    let mut pages = match form {
        Form::Caseload => caseload::pages(&figures),
        Form::Roster => vec![roster::page(&figures)],
        Form::Points => points::pages(&figures),
        Form::Tasks => tasks::pages(&figures),
        Form::Time => time::pages(&figures),
    };
    let working = match form {
        Form::Caseload => pages.pop(),
        Form::Roster | Form::Points | Form::Time | Form::Tasks => None,
    };
    pages.push(guidance::page(form, &figures));
    pages.extend(figures.into_pages());
    pages.extend(working);
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::{Content, EntryKind, Look};
    use crate::book::pages::form as written;
    use crate::policy::Policy;
    use jiff::civil::date;

    fn policies(form: Form) -> Policies {
        let chosen = form.policies().iter().map(|name| Policy::built_in(name).unwrap().unwrap());
        Policies::new(chosen.collect(), date(2025, 9, 30)).unwrap()
    }

    #[test]
    fn every_form_asks_guides_and_protects() {
        for form in Form::ALL {
            let pages = pages(*form, &policies(*form)).unwrap();
            assert!(pages.iter().all(|page| page.protected), "{form}");
            assert!(pages.iter().any(|page| page.name == guidance::NAME), "{form}");
            let inputs: Vec<&Page> = pages.iter().filter(|page| !page.entries.is_empty()).collect();
            assert!(!inputs.is_empty(), "{form}");
            for rule in inputs.iter().flat_map(|page| &page.entries) {
                assert!(!rule.prompt.is_empty() && rule.prompt.chars().count() <= 255, "{form}: {}", rule.prompt);
            }
            let lists = inputs.iter().flat_map(|page| &page.entries);
            assert!(lists.filter(|rule| matches!(rule.kind, EntryKind::OnlyIn(_))).count() > 1, "{form}");
        }
    }

    #[test]
    fn formulas_are_locked_and_inputs_are_not() {
        let open = [Look::Input, Look::InputText, Look::InputDate];
        for form in Form::ALL {
            for page in pages(*form, &policies(*form)).unwrap() {
                for cell in page.rows.iter().flat_map(|row| &row.cells) {
                    let formula = matches!(cell.content, Content::Formula(..));
                    assert!(!(formula && open.contains(&cell.look)), "{form} {}", page.name);
                }
            }
        }
    }

    #[test]
    fn the_same_policies_give_the_same_bytes() {
        for form in Form::ALL {
            let write = || {
                let policies = policies(*form);
                written(pages(*form, &policies).unwrap(), &policies.imprint(form.title())).unwrap()
            };
            assert!(write() == write(), "{form}");
        }
    }

    #[test]
    fn only_functions_that_every_spreadsheet_has() {
        const KNOWN: &[&str] = &[
            "IF",
            "AND",
            "OR",
            "NOT",
            "SUM",
            "MAX",
            "MIN",
            "ROUND",
            "SUMPRODUCT",
            "INDEX",
            "ISNUMBER",
            "COUNT",
            "COUNTA",
            "COUNTIF",
            "TRIM",
            "UPPER",
            "SUBSTITUTE",
            "ROW",
            "TEXT",
        ];
        for form in Form::ALL {
            for page in pages(*form, &policies(*form)).unwrap() {
                for cell in page.rows.iter().flat_map(|row| &row.cells) {
                    let Content::Formula(formula, _) = &cell.content else { continue };
                    let unquoted: String = formula.split('"').step_by(2).collect();
                    for (at, _) in unquoted.match_indices('(') {
                        let name = unquoted[..at].rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
                        let name = name.unwrap_or_default();
                        assert!(name.is_empty() || KNOWN.contains(&name), "{form} {}: {name} in {formula}", page.name);
                    }
                    assert!(formula.len() < 8000, "{form} {}: {formula}", page.name);
                }
            }
        }
    }
}
