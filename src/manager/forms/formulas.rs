//! The expressions that the forms share; none begins with `=`.

use crate::field::rating::{Measure, Rag, Shade};
use crate::policy::{Cells, figure_ids as id};

use super::figures::{Figures, Key, List, NONE, NOT_GIVEN, of};

/// A load with the two figures that it is judged by, each a cell or an expression.
pub struct Judged<'a> {
    /// What is held.
    pub load: &'a str,
    /// Lower figure after pro rata.
    pub lower: &'a str,
    /// Upper figure after pro rata, or a text where there is none.
    pub upper: &'a str,
}

/// The colour's word, by the bands of a measure.
pub fn colour(figures: &Figures<'_>, measure: Measure, judged: &Judged<'_>) -> String {
    let not_scored = Rag::NotScored.word();
    let Some((_, bands)) = figures.bands_of(measure) else { return format!("\"{not_scored}\"") };
    let Judged { load, lower, upper } = *judged;
    let [amber, red] = [Rag::Amber, Rag::Red].map(|rag| figures.at_key(&Key::Edge(measure, rag)));
    let word = bands.formula(&Cells { load, lower, upper, amber: &amber, red: &red });
    format!("IF(ISNUMBER({upper}),{word},\"{not_scored}\")")
}

/// The share of the upper figure that is used, as the tables round it.
pub fn used(load: &str, upper: &str) -> String {
    let nothing = Shade::NoCasesExpected;
    format!("IF(ISNUMBER({upper}),IF({upper}=0,\"{nothing}\",ROUND({load}/{upper},4)),\"{NONE}\")")
}

/// The worse of two colours' words; not scored only where neither is.
pub fn worst(one: &str, other: &str) -> String {
    let [red, amber, green] = [Rag::Red, Rag::Amber, Rag::Green].map(Rag::word);
    let either = |word: &str| format!("OR({one}=\"{word}\",{other}=\"{word}\")");
    format!(
        "IF({},\"{red}\",IF({},\"{amber}\",IF({},\"{green}\",\"{}\")))",
        either(red),
        either(amber),
        either(green),
        Rag::NotScored.word()
    )
}

/// How often a cell's word stands on a list.
pub fn on_list(figures: &Figures<'_>, list: List, cell: &str) -> String {
    format!("SUMPRODUCT(({}=TRIM({cell}))*1)", figures.list(list, 0))
}

/// What a list gives for a cell's word, nought for a word that is not on it.
pub fn meaning(figures: &Figures<'_>, list: List, of: u32, cell: &str) -> String {
    format!("SUMPRODUCT(({}=TRIM({cell}))*{})", figures.list(list, 0), figures.list(list, of))
}

/// Whether something is written that is not on the list.
pub fn off_list(figures: &Figures<'_>, list: List, cell: &str) -> String {
    format!("AND(TRIM({cell})<>\"\",{}=0)", on_list(figures, list, cell))
}

/// Whether something is written that is neither a figure of nought or more nor on the list.
pub fn off_figures(figures: &Figures<'_>, list: List, cell: &str) -> String {
    format!("IF(ISNUMBER({cell}),{cell}<0,{})", off_list(figures, list, cell))
}

/// Whether status, proceedings, level or additional points of a household are of no list: a condition of each.
pub fn off_any_list(figures: &Figures<'_>, [status, court, needs, more]: [&str; 4]) -> String {
    [
        off_list(figures, List::Statuses, status),
        off_list(figures, List::Proceedings, court),
        off_figures(figures, List::Levels, needs),
        off_figures(figures, List::Additional, more),
    ]
    .join(",")
}

/// Points of an intervention level; `blank` where nothing is written.
pub fn level(figures: &Figures<'_>, cell: &str, blank: &str) -> String {
    format!("IF(TRIM({cell})=\"\",{blank},IF(ISNUMBER({cell}),{cell},{}))", meaning(figures, List::Levels, 1, cell))
}

/// Whether a household earns the points for its status or private proceedings: 1 or 0.
pub fn earns(figures: &Figures<'_>, status: &str, proceedings: &str) -> String {
    let by_status = meaning(figures, List::Statuses, 1, status);
    format!("MIN(1,{by_status}+{})", meaning(figures, List::Proceedings, 1, proceedings))
}

/// Whether a household is in care proceedings: 1 or 0.
pub fn in_care_proceedings(figures: &Figures<'_>, proceedings: &str) -> String {
    meaning(figures, List::Proceedings, 2, proceedings)
}

/// A household's points from their parts.
pub fn household(figures: &Figures<'_>, children: &str, earns: &str, care: &str, level: &str, more: &str) -> String {
    let [base, status, proceedings] = [id::POINTS_BASE, id::POINTS_STATUS, id::POINTS_CARE].map(|id| figures.at(id));
    format!("ROUND({children}*{base}+{earns}*{status}+{care}*{proceedings}+{level}+{more},8)")
}

/// Points for duties beside cases or tasks: as written, else the usual ones where some are named.
pub fn duties(figures: &Figures<'_>, what: &str, points: &str, usual: &str) -> String {
    let nothing = on_list(figures, List::Nothing, what);
    format!(
        "IF(ISNUMBER({points}),{points},IF(ISNUMBER({what}),{what},IF(OR(TRIM({what})=\"\",{nothing}>0),0,{usual})))"
    )
}

/// The share of a post: 1 where nothing is written, 0 where what is written cannot be used.
pub fn share(figures: &Figures<'_>, fte: &str) -> String {
    let most = figures.at(id::FTE_MOST);
    format!("IF(TRIM({fte})=\"\",1,IF(ISNUMBER({fte}),IF(AND({fte}>0,{fte}<={most}),ROUND({fte},4),0),0))")
}

/// The line of what is expected of a worker; 0 for words that are on no list.
pub fn line(figures: &Figures<'_>, area: &str, role: &str, stage: &str) -> String {
    let part = |cell: &str| format!("IF(TRIM({cell})=\"\",\"{NOT_GIVEN}\",TRIM({cell}))");
    format!(
        "SUMPRODUCT(({}={}&\"|\"&{}&\"|\"&{})*{})",
        figures.whom_column(of::KEY),
        part(area),
        part(role),
        part(stage),
        figures.whom_column(of::LINE)
    )
}

/// A figure of what is expected on a line, made pro rata; a dash where there is none.
pub fn expected(figures: &Figures<'_>, column: u32, line: &str, share: &str) -> String {
    let figure = format!("INDEX({},{line})", figures.whom_column(column));
    let share = match column {
        of::POINTS | of::TASKS => share.to_string(),
        _ => format!("IF(INDEX({},{line})=1,{share},1)", figures.whom_column(of::PRO_RATA)),
    };
    format!(
        "IF({line}=0,\"{NONE}\",IF({share}=0,\"{NONE}\",IF(ISNUMBER({figure}),ROUND({figure}*{share},8),\"{NONE}\")))"
    )
}

/// Whether a case of this status is open: 1 or 0; so is one of no status, or of one that is not on the list.
pub fn open(figures: &Figures<'_>, status: &str) -> String {
    format!("IF({}=0,1,{})", on_list(figures, List::Statuses, status), meaning(figures, List::Statuses, 2, status))
}
