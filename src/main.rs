//! The fairload command: arguments in, exit code out; the only place that prints.

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use fairload::cli::{Cli, Command, Common, CompareArgs, Output, PolicyCommand, with_command};
use fairload::directorate::comparison::Shown;
use fairload::judge::validate;
use fairload::judge::what_if::Asked;
use fairload::policy::{BUILT_IN, Policy};
use fairload::run::outcome::Outcome;
use fairload::run::report;
use fairload::run::{Comparing, Options, compare, examine_policy, load_policy, read_cells, run, template};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;

/// The command line itself is wrong.
const USAGE: u8 = 64;
/// Something could not be read, written or understood.
const NOT_DONE: u8 = 2;

fn main() -> ExitCode {
    // A panic's own message may quote a cell; nothing of a cell may reach a log.
    std::panic::set_hook(Box::new(|_| {}));
    let cli = match Cli::try_parse_from(with_command(std::env::args_os().collect())) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers; anything else is a wrong command line.
            let code = if error.use_stderr() { USAGE } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let code = match cli.command {
        Command::Run(arguments) => {
            let out = arguments.out.clone().unwrap_or_else(|| beside(&arguments.common.inputs));
            work(
                &arguments.common,
                Writing::To {
                    out,
                    force: arguments.force,
                    shown: Shown { workers: arguments.workers, suppressed: arguments.suppress },
                },
                report::closing,
            )
        }
        Command::Check(arguments) => work(&arguments.common, Writing::Nothing(arguments.what_if), report::check),
        Command::Compare(arguments) => compare_runs(arguments),
        Command::Template(arguments) => {
            let as_of = arguments.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
            match template(&arguments.kind, &arguments.policy, as_of, arguments.out.as_deref()) {
                Ok(file) => {
                    say(&format!("{}: fill in the blue cells; its sheet \"Guidance\" says how\n", file.display()))
                }
                Err(why) => complain(&why, NOT_DONE),
            }
        }
        Command::Policy { command } => policy(command),
        Command::Rules { rule: None } => say(&validate::list()),
        Command::Rules { rule: Some(rule) } => match validate::explain(&rule) {
            Some(text) => say(&text),
            None => complain(&format!("there is no rule {rule}; `fairload rules` lists them"), USAGE),
        },
        Command::ReadCells => cells(),
    };
    ExitCode::from(code)
}

/// The far end of a run: a file's bytes in, its cells out.
fn cells() -> u8 {
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes).map(|_| read_cells(&bytes));
    match read.and_then(|cells| std::io::stdout().write_all(&cells)) {
        Ok(()) => 0,
        Err(_) => NOT_DONE,
    }
}

/// Whether a run writes, and what is asked where it does not.
enum Writing {
    To { out: PathBuf, force: bool, shown: Shown },
    Nothing(Vec<(String, u32)>),
}

fn work(common: &Common, writing: Writing, text: impl Fn(&Outcome) -> String) -> u8 {
    let (out, force, shown, asked) = match writing {
        Writing::To { out, force, shown } => (Some(out), force, shown, Vec::new()),
        Writing::Nothing(asked) => (None, false, Shown::default(), asked),
    };
    let checks = out.is_none();
    let options = Options {
        inputs: common.inputs.clone(),
        out,
        policies: common.policy.clone(),
        roster: common.roster.clone(),
        as_of: common.as_of.unwrap_or_else(today),
        previous: common.previous.clone(),
        columns: common.columns.clone(),
        jobs: common.jobs.map(usize::from),
        force,
        what_if: asked.into_iter().map(|(name, children)| Asked { name, children }).collect(),
        shown,
        rows: matches!(common.format, Output::Json) || (checks && !common.quiet),
        reader: std::env::current_exe().ok(),
    };
    let bar = bar(common);
    let outcome = run(&options, &|steps, step| {
        bar.set_length(steps as u64);
        bar.inc(step as u64);
    });
    bar.finish_and_clear();
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(why) => return complain(&why, NOT_DONE),
    };
    match common.format {
        Output::Json => _ = say(&report::json(&outcome)),
        Output::Text if common.quiet => {
            for (name, why) in &outcome.failures {
                complain(&format!("{name}: {why}"), NOT_DONE);
            }
        }
        Output::Text => _ = say(&text(&outcome)),
    }
    outcome.exit
}

fn compare_runs(arguments: CompareArgs) -> u8 {
    let shown = Shown { workers: arguments.workers, ..Shown::default() };
    let asked = Comparing { runs: arguments.runs, out: arguments.out, shown, force: arguments.force };
    let compared = match compare(&asked) {
        Ok(compared) => compared,
        Err(why) => return complain(&why, NOT_DONE),
    };
    match arguments.format {
        Output::Json => _ = say(&report::trend::json(&compared)),
        Output::Text if arguments.quiet => {
            for (name, why) in &compared.failures {
                complain(&format!("{name}: {why}"), NOT_DONE);
            }
        }
        Output::Text => _ = say(&report::trend::compared(&compared)),
    }
    compared.exit
}

fn policy(command: PolicyCommand) -> u8 {
    match command {
        PolicyCommand::List => {
            let all: Vec<Policy> = BUILT_IN.iter().filter_map(|(name, _)| Policy::built_in(name)?.ok()).collect();
            say(&report::policy::list(&all))
        }
        PolicyCommand::Show { policy, as_of } => match load_policy(&policy) {
            Ok(policy) => say(&report::policy::show(&policy, as_of.unwrap_or_else(today))),
            Err(why) => complain(&why, NOT_DONE),
        },
        PolicyCommand::Check { policy, against, as_of } => {
            let on = as_of.unwrap_or_else(today);
            check_policy(&policy, against.as_deref(), on).unwrap_or_else(|why| complain(&why, NOT_DONE))
        }
        PolicyCommand::Schema => say(&report::policy::schema()),
    }
}

fn check_policy(name: &str, against: Option<&str>, on: Date) -> Result<u8, String> {
    let examined = examine_policy(name, on)?;
    say(&report::policy::checked(name, &examined, on));
    if let (Some(policy), Some(against)) = (&examined.policy, against) {
        let before = load_policy(against)?;
        say(&report::policy::changes(&policy.changes_from(&before, on), &before, on));
    }
    Ok(report::policy::exit(&examined))
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Beside a single file, else a folder of its own here.
fn beside(inputs: &[PathBuf]) -> PathBuf {
    match inputs {
        [only] if only.is_file() => match only.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => PathBuf::from("."),
        },
        _ => PathBuf::from("fairload-out"),
    }
}

fn bar(common: &Common) -> ProgressBar {
    let hidden = common.quiet || common.no_progress || !std::io::stderr().is_terminal();
    let bar = ProgressBar::new(0);
    bar.set_draw_target(if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() });
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} reading and writing workbooks") {
        bar.set_style(style);
    }
    bar
}

fn say(text: &str) -> u8 {
    // A closed pipe is no fault of the run.
    let _ = std::io::stdout().write_all(text.as_bytes());
    0
}

fn complain(text: &str, code: u8) -> u8 {
    let _ = writeln!(std::io::stderr(), "fairload: {text}");
    code
}
