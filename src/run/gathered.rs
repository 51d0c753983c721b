//! What the files of a run come to together, taken one by one in their order.

use crate::directorate::aggregate::{directorate, quality, team_lines, worker_lines};
use crate::directorate::comparison::{Directorate, WorkerLine};
use crate::directorate::table;
use crate::directorate::team_line::TeamLine;
use crate::field::caseload::Caseload;
use crate::field::elsewhere::Elsewhere;
use crate::field::quality::{FileStatus, Quality};
use crate::policy::Policies;
use crate::run::outcome::FileOutcome;
use crate::run::workbook::judge;

use super::growing::{Share, Tables};
use super::settings::Settings;

/// What the files of a run come to together.
#[derive(Default)]
pub struct Gathered {
    /// One for each input; their lines, quality and workers are taken out.
    pub files: Vec<FileOutcome>,
    /// What could not be read, written or understood.
    pub failures: Vec<(String, String)>,
    /// The tables so far.
    pub tables: Tables,
    /// A worker is rated red.
    pub red: bool,
    lines: Vec<TeamLine>,
    quality: Vec<Quality>,
    workers: Vec<WorkerLine>,
}

impl Gathered {
    /// Adds a file that is finished.
    pub fn add(&mut self, mut file: FileOutcome, share: Share) {
        self.tables.add(share);
        self.lines.append(&mut file.lines);
        let own = std::mem::take(&mut file.quality);
        self.quality.push(Quality { file: file.file.clone(), status: file.status, ..own });
        self.workers.append(&mut file.workers);
        self.failures.extend(file.failure.iter().map(|failure| (file.file.clone(), failure.clone())));
        self.red |= file.red;
        self.files.push(file);
    }

    /// Adds the workers of the roster whom no file lists.
    pub fn add_left_over(&mut self, caseload: Caseload, settings: &Settings<'_>) {
        let Settings { options, policies, roster, .. } = settings;
        let judged = judge(&roster.name, caseload, policies, &Elsewhere::default());
        self.red |= judged.has_red();
        self.lines.extend(team_lines(&judged.file, &judged.caseload, &judged.scored));
        self.quality.push(Quality { status: FileStatus::Roster, ..quality(&judged) });
        if options.shown.workers {
            self.workers.extend(worker_lines(&judged));
        }
        self.tables.add(Share::of(table::rows(&judged, options.as_of), options));
    }

    /// The comparison of all that was added; it is taken out.
    pub fn directorate(&mut self, policies: &Policies) -> Directorate {
        Directorate {
            quality: std::mem::take(&mut self.quality),
            workers: std::mem::take(&mut self.workers),
            ..directorate(std::mem::take(&mut self.lines), policies)
        }
    }
}
