//! What blank worker cells below a name mean, and filling them down where they repeat it.

use std::collections::BTreeMap;

use crate::book::sheet::CellRef;
use crate::field::reading::{BlanksBelow, Meaning, Reason, SheetReading};
use crate::understand::normalise::line::Line;
use crate::understand::normalise::reader::Reader;
use crate::understand::normalise::whose::Holder;

/// What blank worker cells below a name mean on this sheet (domain section 10).
pub fn blanks_below(lines: &[Line<'_>]) -> BlanksBelow {
    let mut below_a_name = 0usize;
    let mut below_a_heading = 0usize;
    let mut cases = 0usize;
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut above = None;
    for line in lines {
        match &line.holder {
            Holder::Named(name, _) => {
                above = Some(line.is_case);
                if line.is_case {
                    *uses.entry(&name.key).or_default() += 1;
                }
            }
            Holder::Nobody(_) => above = None,
            Holder::Blank(_) => {
                if let Some(is_case) = above {
                    below_a_name += 1;
                    below_a_heading += usize::from(!is_case);
                }
            }
        }
        cases += usize::from(line.is_case);
    }
    if below_a_name == 0 {
        return BlanksBelow::Unallocated;
    }
    if below_a_name * 2 > cases || below_a_heading == below_a_name {
        return BlanksBelow::FillDown;
    }
    // Where no name is ever written twice and a good share is blank, both readings are likely.
    let never_twice = uses.len() >= 2 && uses.values().all(|count| *count == 1);
    if never_twice && below_a_name * 4 >= cases { BlanksBelow::CannotTell } else { BlanksBelow::Unallocated }
}

/// Gives rows with a blank worker cell the worker above, where that is what blank cells mean.
pub fn fill_down(lines: &mut [Line<'_>], reader: &Reader<'_>, reading: &SheetReading, blanks: BlanksBelow) {
    if blanks != BlanksBelow::FillDown {
        return;
    }
    // A row that could not be read and says something below the worker's heading may name the next one.
    let column = reader.table.column(Meaning::Worker).unwrap_or(0);
    let unread = reading.set_aside.iter().filter(|row| row.reason == Reason::Unreadable).map(|row| row.row);
    let mut unread = unread.filter(|row| reader.sheet.value(CellRef::new(*row, column)).is_some()).peekable();
    let mut above: Option<Holder> = None;
    let mut doubtful = false;
    for line in lines {
        while unread.next_if(|row| *row < line.row.index).is_some() {
            doubtful = true;
        }
        match &line.holder {
            Holder::Named(..) | Holder::Nobody(_) => {
                above = Some(line.holder.clone());
                doubtful = false;
            }
            Holder::Blank(_) => {
                if let Some(holder) = &above {
                    line.holder = holder.clone();
                    line.doubtful = doubtful;
                }
            }
        }
    }
}
