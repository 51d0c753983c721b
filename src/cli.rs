//! What may be asked for on the command line; no work is done here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Checks children's social work caseloads and scores every worker against agreed limits and benchmarks.
///
/// `fairload INPUT...` is `fairload run INPUT...`. Nothing is sent anywhere, and no input is altered.
#[derive(Debug, Parser)]
#[command(name = "fairload", version, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, check, score, and write annotated workbooks and the directorate comparison.
    Run(RunArgs),
    /// The same without writing: findings and ratings on the terminal or as JSON.
    Check(CheckArgs),
    /// Put earlier runs side by side: what changed for each team and worker, and what could not be matched.
    Compare(CompareArgs),
    /// A blank workbook to fill in, whose own formulas show points, limits and colours as one types.
    Template(TemplateArgs),
    /// Policies: list them, show one, or check a file.
    Policy {
        /// What to do with them.
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Every rule, or one explained: what, why, what to do, source.
    Rules {
        /// The rule's name.
        rule: Option<String>,
    },
    /// Reads a file on standard input and writes its cells: the far end of a run, which a damaged file may stop.
    #[command(hide = true)]
    ReadCells,
}

/// Commands about policies.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// The policies the program carries.
    List,
    /// The figures of a policy in force on a date: each with whom it is for, first day and source.
    Show {
        /// A policy's name or file.
        #[arg(value_name = "NAME|FILE")]
        policy: String,
        /// The date, as 2025-09-30 or 30/09/2025 [default: today].
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_of: Option<Date>,
    },
    /// Looks a policy's file through: what is wrong, where, and who has no limit. Ends with 0 if all is
    /// well, 1 if something is worth a look, 2 if the policy cannot be used.
    Check {
        /// A policy's file or name.
        #[arg(value_name = "FILE")]
        policy: String,
        /// Another policy: tells what this one would change against it.
        #[arg(long, value_name = "NAME|FILE")]
        against: Option<String>,
        /// The date, as 2025-09-30 or 30/09/2025 [default: today].
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_of: Option<Date>,
    },
    /// The JSON Schema of a policy's file, for editors that complete and explain as one types.
    Schema,
}

/// Arguments of `template`.
#[derive(Debug, Args)]
pub struct TemplateArgs {
    /// caseload: a row for each child, with the team's workers; roster: the workers alone; points: a worker's
    /// households; time: their hours; tasks: their tasks or pieces of work.
    #[arg(value_name = "KIND", value_parser = ["caseload", "roster", "points", "time", "tasks"])]
    pub kind: String,
    /// The file to write, which must not be there yet [default: KIND.xlsx in this folder].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Policy by name or file whose figures stand in the form; may be repeated [default: redcar-2020 and
    /// task-force-points; for time and tasks theirs].
    #[arg(long, value_name = "NAME|FILE")]
    pub policy: Vec<String>,
    /// The date that policies are judged on, as 2025-09-30 or 30/09/2025 [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// What is read, and how.
    #[command(flatten)]
    pub common: Common,
    /// Folder where everything is written [default: beside a single file, else fairload-out].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace files that fairload did not write.
    #[arg(long)]
    pub force: bool,
    /// Name workers in directorate.xlsx [default: teams alone].
    #[arg(long)]
    pub workers: bool,
    /// Make directorate.xlsx one to hand outside, with teams-suppressed.csv: counts of 1 to 5, and figures that would
    /// give them away, are replaced by c. The other files stay whole, and inside.
    #[arg(long, conflicts_with = "workers")]
    pub suppress: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// What is read, and how.
    #[command(flatten)]
    pub common: Common,
    /// What would follow if a worker, or each worker of a team, took so many more children; may be repeated.
    #[arg(long, value_name = "NAME=+N", value_parser = asked)]
    pub what_if: Vec<(String, u32)>,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The --out folders of two or more runs; they are put in the order of their dates.
    #[arg(required = true, num_args = 2.., value_name = "RUN")]
    pub runs: Vec<PathBuf>,
    /// Folder where trend.csv, changes.csv and directorate.xlsx are written; not that of a run.
    #[arg(long, value_name = "DIR", default_value = "fairload-out")]
    pub out: PathBuf,
    /// Show workers by name in directorate.xlsx.
    #[arg(long)]
    pub workers: bool,
    /// Terminal output.
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub format: Output,
    /// Print nothing but errors.
    #[arg(long)]
    pub quiet: bool,
    /// Replace files that fairload did not write.
    #[arg(long)]
    pub force: bool,
}

/// Arguments that reading and scoring share.
#[derive(Debug, Args)]
pub struct Common {
    /// Workbooks, CSVs or folders.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Policy by name or file; may be repeated [default: redcar-2020 and task-force-points].
    #[arg(long, value_name = "NAME|FILE")]
    pub policy: Vec<String>,
    /// Workers with role, FTE, stage, duties and agreed limits [default: a roster sheet in each workbook].
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// The date that stages, ages and policies are judged on, as 2025-09-30 or 30/09/2025 [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// An earlier run's folder, for the change since; may be repeated.
    #[arg(long, value_name = "DIR")]
    pub previous: Vec<PathBuf>,
    /// Extra headings and words for columns, roles, teams and statuses.
    #[arg(long, value_name = "FILE")]
    pub columns: Option<PathBuf>,
    /// Terminal output.
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub format: Output,
    /// Threads [default: all cores].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
    /// Print nothing but errors.
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress bar.
    #[arg(long)]
    pub no_progress: bool,
}

/// How the terminal output is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Puts `run` in front where the first argument is an input: `fairload samples` is `fairload run samples`.
pub fn with_command(mut arguments: Vec<std::ffi::OsString>) -> Vec<std::ffi::OsString> {
    const FIRST: &[&str] = &[
        "run",
        "check",
        "compare",
        "template",
        "policy",
        "rules",
        "read-cells",
        "help",
        "-h",
        "--help",
        "-V",
        "--version",
    ];
    let bare = arguments.get(1).is_some_and(|first| !FIRST.iter().any(|known| first == known));
    if bare {
        arguments.insert(1, "run".into());
    }
    arguments
}

fn asked(text: &str) -> Result<(String, u32), String> {
    let parts =
        text.rsplit_once('=').map(|(name, number)| (name.trim(), number.trim().trim_start_matches('+').parse()));
    match parts {
        Some((name, Ok(children))) if !name.is_empty() && (1..=1000).contains(&children) => {
            Ok((name.to_string(), children))
        }
        _ => Err("write a worker's or a team's name and a number of children, such as \"Ada Field=+3\"".into()),
    }
}

fn day(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('/').collect();
    let date = match parts.as_slice() {
        // Two digits of a year would be those of the first century.
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}").parse(),
        [_, _, _] => return Err("write the year with four digits, as in 30/09/2025".into()),
        _ => text.parse::<Date>(),
    };
    date.map_err(|_| "write the date as 2025-09-30 or 30/09/2025".into())
}
