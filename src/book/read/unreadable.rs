//! Why a file could not be read, told to people.

use serde::{Deserialize, Serialize};

use crate::book::package::{Flaw, PARTS_READ_MOST};

/// Why a file could not be read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// A limit or a rule of ours refused it; otherwise the file itself cannot be read.
    pub refused: bool,
    /// One or two sentences without the file's name.
    pub why: String,
}

impl Unreadable {
    pub(super) fn broken(why: impl Into<String>) -> Self {
        Self { refused: false, why: why.into() }
    }

    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self { refused: true, why: why.into() }
    }
}

impl From<Flaw> for Unreadable {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Broken | Flaw::Unnamed => {
                Self::broken("the workbook is damaged; open it in Excel, let it be repaired and save it again")
            }
            Flaw::Relations => Self::broken("the workbook is damaged"),
            Flaw::Damaged(_) | Flaw::Large(_) => Self::broken(
                "a part of the workbook is damaged; open it in Excel, let it be repaired and save it again",
            ),
            Flaw::Packing(_) => {
                Self::refused("the workbook is packed in a way that is not read; save it again from Excel")
            }
            Flaw::Parts(found) => Self::refused(format!(
                "the workbook has {found} parts, more than the {PARTS_READ_MOST} that are read; save a copy with fewer sheets and pictures"
            )),
            Flaw::NamedTwice => Self::refused(
                "two parts of the workbook have one name, so it can be read in two ways; save it again from Excel",
            ),
            Flaw::Outside => Self::refused("a part of the workbook points outside it; save it again from Excel"),
            Flaw::Ratio(most) => Self::refused(format!(
                "a part of the workbook unpacks to more than {most} times its size; save it again from Excel"
            )),
            Flaw::Unpacked(most) => Self::refused(format!("the workbook unpacks to more than {most} MiB; split it")),
            Flaw::DocumentType => {
                Self::refused("the workbook declares a document type, which Excel never does; save it again from Excel")
            }
        }
    }
}
