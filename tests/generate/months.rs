//! Three months of an invented directorate, in which every change is known: who holds how many children in
//! which team of which file. Everybody is a full-time social worker of a locality team, whose limit is 20.

/// A file of a month: its name, its team, and each worker with the children they hold.
pub struct File {
    pub name: &'static str,
    pub teams: &'static [(&'static str, &'static [(&'static str, u32)])],
}

/// The last day of each month.
pub const DAYS: [&str; 3] = ["2025-07-31", "2025-08-31", "2025-09-30"];

/// July: Ada, Hana and Nia are red.
pub const JULY: &[File] = &[
    File {
        name: "Locality North Jul 2025.csv",
        teams: &[("Locality North", &[("Ada Lovell", 23), ("Ben Hill", 20), ("Cara Wood", 18)])],
    },
    File {
        name: "Localities.csv",
        teams: &[
            ("Locality East", &[("Dan Moss", 15), ("Eve Park", 16), ("Finn Reed", 12)]),
            ("Locality West", &[("Gil Shaw", 14), ("Hana Todd", 22)]),
        ],
    },
    File {
        name: "Old Town.csv",
        teams: &[("Locality Old Town", &[("Ivo Urban", 10), ("Jan Vale", 11), ("Kit Webb", 12)])],
    },
    File { name: "Quay.csv", teams: &[("Locality Quay", &[("Lea York", 13), ("Max Zane", 14)])] },
    File { name: "Harbour.csv", teams: &[("Locality Harbour", &[("Nia Abel", 24), ("Ola Beck", 19)])] },
];

/// August: Ben is newly red, and Old Town is called Castle. Harbour's own workbook comes back with a plan.
pub const AUGUST: &[File] = &[
    File {
        name: "Locality North Aug 2025.csv",
        teams: &[("Locality North", &[("Ada Lovell", 23), ("Ben Hill", 22), ("Wood, Cara", 18)])],
    },
    File {
        name: "Localities.csv",
        teams: &[
            ("Locality East", &[("Dan Moss", 15), ("Eve Park", 16), ("Finn Reed", 12)]),
            ("Locality West", &[("Gil Shaw", 14), ("Hana Todd", 22)]),
        ],
    },
    File {
        name: "Castle.csv",
        teams: &[("Locality Castle", &[("Ivo Urban", 10), ("Jan Vale", 11), ("Kit Webb", 12)])],
    },
    File { name: "Quay.csv", teams: &[("Locality Quay", &[("Lea York", 13), ("Max Zane", 14)])] },
];

/// September: East and West are one team, Cara has moved there, Quay is missing, Meadow is new, and Ben is red no longer.
pub const SEPTEMBER: &[File] = &[
    File { name: "Locality North Sep 2025.csv", teams: &[("Locality North", &[("Ada Lovell", 23), ("Ben Hill", 20)])] },
    File {
        name: "Localities.csv",
        teams: &[(
            "Locality South",
            &[
                ("Dan Moss", 15),
                ("Eve Park", 16),
                ("Finn Reed", 12),
                ("Gil Shaw", 14),
                ("Hana Todd", 22),
                ("Cara Wood", 18),
            ],
        )],
    },
    File {
        name: "Castle.csv",
        teams: &[("Locality Castle", &[("Ivo Urban", 10), ("Jan Vale", 11), ("Kit Webb", 12)])],
    },
    File { name: "Meadow.csv", teams: &[("Locality Meadow", &[("Pia Cole", 22), ("Ray Dunn", 9)])] },
];

impl File {
    /// The file's text: a row for each child.
    pub fn text(&self) -> String {
        let mut text = String::from("Child ID,Worker,Team,Role,FTE,Experience,Status\n");
        for (team, workers) in self.teams {
            for (worker, children) in *workers {
                let worker = if worker.contains(',') { format!("\"{worker}\"") } else { worker.to_string() };
                // A child's reference is their worker's initials and a number, whatever the order of the name.
                let mut letters: Vec<char> = worker.chars().filter(char::is_ascii_uppercase).collect();
                letters.sort_unstable();
                let letters: String = letters.into_iter().collect();
                for child in 1..=*children {
                    text.push_str(&format!("{letters}-{child:04},{worker},{team},Social worker,1,3+ years,CIN\n"));
                }
            }
        }
        text
    }
}
