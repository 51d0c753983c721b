//! Blank forms as files.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::book::pages::form as form_of;
use crate::manager::forms::{self, Form};
use crate::run::files;

use super::settings::choose;

/// A blank form of this kind, with the figures of these policies; its file is never one that is there already.
///
/// # Errors
///
/// There is no such form, a policy cannot be used, or the file cannot be written; the sentence says what to do.
pub fn template(kind: &str, policies: &[String], as_of: Date, out: Option<&Path>) -> Result<PathBuf, String> {
    let form = Form::named(kind).ok_or_else(|| format!("there is no form {kind}"))?;
    let default: Vec<String> = form.policies().iter().map(ToString::to_string).collect();
    let policies = choose(if policies.is_empty() { &default } else { policies }, as_of)?;
    let out = out.map_or_else(|| PathBuf::from(format!("{form}.xlsx")), Path::to_path_buf);
    let told = |why: String| format!("{}: {why}", out.display());
    let pages = forms::pages(form, &policies)?;
    let bytes = form_of(&pages, &policies.imprint(form.title())).map_err(|error| told(error.to_string()))?;
    files::write_new(&out, &bytes).map_err(told)?;
    Ok(out)
}
