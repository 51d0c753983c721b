//! Workbooks that combine what spreadsheets can hold, each compared with its overlaid self part by part.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;
use rust_xlsxwriter::*;

use super::books::PIXEL;
use super::packages::{Small, raw, unzipped};
use super::{contents, overlaid};

const PLACES: &[&str] = &["0!A2", "0!B3", "0!B4", "0!C5", "0!D6", "0!H20", "0!A26"];
const AGAIN: &[&str] = &["1!A2", "1!B3", "1!B4", "1!C5", "1!D6", "1!H20", "1!A26"];

/// Whether marks and added sheets may change a part; all others stay as they are, compressed bytes and all.
fn may_change(part: &str) -> bool {
    let named = ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"];
    let begins = ["xl/worksheets/sheet", "xl/worksheets/_rels/sheet"];
    let notes = part.contains("omment") && !part.contains("hreaded") || part.ends_with(".vml");
    named.contains(&part) || notes || begins.iter().any(|start| part.starts_with(start))
}

const OUR_LINE_BELOW: &str = "\n— fairload —";

/// Something that a library can put on the sheet, or into the workbook.
type Written = (&'static str, fn(&mut Workbook) -> Result<(), XlsxError>);

fn sheet(book: &mut Workbook) -> Result<&mut Worksheet, XlsxError> {
    book.worksheet_from_name("Team A")
}

const WRITTEN: &[Written] = &[
    ("note", |book| sheet(book)?.insert_note(2, 1, &Note::new("Agreed with HR").set_author("Ann")).map(drop)),
    ("button", |book| sheet(book)?.insert_button(12, 5, &Button::new().set_caption("Go")).map(drop)),
    ("merged", |book| sheet(book)?.merge_range(25, 0, 26, 2, "merged", &Format::new()).map(drop)),
    ("table", |book| sheet(book)?.add_table(0, 0, 8, 3, &Table::new()).map(drop)),
    ("names", |book| {
        book.define_name("TheLimit", "='Team A'!$B$2")?;
        book.define_name("'Team A'!TheLimit", "='Team A'!$B$3").map(drop)
    }),
    ("validation", |book| {
        let list = DataValidation::new().allow_list_strings(&["0.5", "0.8"])?;
        sheet(book)?.add_data_validation(1, 1, 8, 1, &list).map(drop)
    }),
    ("data bars", |book| sheet(book)?.add_conditional_format(1, 2, 8, 2, &ConditionalFormatDataBar::new()).map(drop)),
    ("icons", |book| {
        let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeStars);
        sheet(book)?.add_conditional_format(1, 2, 8, 2, &icons).map(drop)
    }),
    ("conditional fill", |book| {
        let rule = ConditionalFormatFormula::new()
            .set_rule("=$B2>0.5")
            .set_format(Format::new().set_background_color("EE827C"));
        sheet(book)?.add_conditional_format(1, 0, 8, 3, &rule).map(drop)
    }),
    ("sparklines", |book| {
        sheet(book)?.add_sparkline(1, 6, &Sparkline::new().set_range(("Team A", 1, 1, 1, 3))).map(drop)
    }),
    ("image", |book| sheet(book)?.insert_image(14, 5, &Image::new_from_buffer(PIXEL)?).map(drop)),
    ("image in a cell", |book| sheet(book)?.embed_image(3, 6, &Image::new_from_buffer(PIXEL)?).map(drop)),
    ("background", |book| {
        sheet(book)?.insert_background_image(&Image::new_from_buffer(PIXEL)?);
        Ok(())
    }),
    ("image in the header", |book| {
        let image = Image::new_from_buffer(PIXEL)?;
        sheet(book)?.set_header("&L&G").set_header_image(&image, HeaderImagePosition::Left).map(drop)
    }),
    ("chart", |book| sheet(book)?.insert_chart(8, 7, &chart()).map(drop)),
    ("chart sheet", |book| book.add_chartsheet().set_name("Picture")?.insert_chart(0, 0, &chart()).map(drop)),
    ("text box", |book| sheet(book)?.insert_shape(30, 0, &Shape::textbox().set_text("Ask first")).map(drop)),
    ("tick box", |book| sheet(book)?.insert_checkbox(4, 6, true).map(drop)),
    ("hidden sheets", |book| {
        book.add_worksheet().set_name("Lists")?.set_hidden(true).write(0, 0, "Yes")?;
        book.add_worksheet().set_name("Deep")?.set_very_hidden(true).write(0, 0, "No").map(drop)
    }),
    ("protected", |book| {
        sheet(book)?.protect_with_password("secret");
        Ok(())
    }),
    ("printing", |book| {
        let sheet = sheet(book)?;
        sheet.set_print_area(0, 0, 8, 3)?.set_repeat_rows(0, 0)?.set_page_breaks(&[5])?;
        sheet.set_landscape().set_footer("&P").set_paper_size(9);
        Ok(())
    }),
    ("filter and panes", |book| {
        let sheet = sheet(book)?;
        sheet.autofilter(0, 0, 8, 3)?;
        sheet.filter_column(0, &FilterCondition::new().add_list_filter("Worker 1"))?.set_freeze_panes(1, 1).map(drop)
    }),
    ("outline", |book| sheet(book)?.group_rows(2, 4)?.set_column_hidden(9).map(drop)),
    ("formats", |book| {
        let own = Format::new().set_background_color("FFFF00").set_pattern(FormatPattern::Gray125);
        let sheet = sheet(book)?;
        sheet.set_row_format(19, &own)?.set_column_format(7, &Format::new().set_num_format("0.000"))?;
        sheet.write_with_format(3, 1, 0.5, &own).map(drop)
    }),
    ("formulas", |book| {
        let sheet = sheet(book)?;
        sheet.write_array_formula(10, 0, 11, 0, Formula::new("=B2:B3*2").set_result("1.6"))?;
        sheet.write_dynamic_array_formula(12, 0, 12, 0, Formula::new("=UNIQUE(A2:A8)").set_result("Worker 1")).map(drop)
    }),
    ("links and letters", |book| {
        let sheet = sheet(book)?;
        sheet.write_url(10, 2, "https://example.com/a?b=1&c=2")?;
        let parts = [(&Format::new().set_bold(), "bold "), (&Format::new(), "plain")];
        sheet.write_rich_string(11, 2, &parts)?.ignore_error(1, 0, IgnoreError::NumberStoredAsText).map(drop)
    }),
    ("properties", |book| {
        book.set_properties(&DocProperties::new().set_title("Ours").set_custom_property("Owner", "Ann"));
        book.read_only_recommended();
        Ok(())
    }),
];

fn chart() -> Chart {
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("Team A", 1, 2, 8, 2));
    chart
}

/// Something that no library writes: parts, and what leads to them.
type Packed = (&'static str, fn(Small) -> Small);

const MAIN: &str = "xl/workbook.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";
const BOOK_RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const SHEET_RELATIONS: &str = "xl/worksheets/_rels/sheet1.xml.rels";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

const PACKED: &[Packed] = &[
    ("external link", |parts| {
        let link = format!("<externalLink xmlns=\"{NAMESPACE}\"><externalBook/></externalLink>");
        let id = format!("x{}", parts.parts.len() + 1);
        let referred = format!("</sheets><externalReferences><externalReference r:id=\"{id}\"/></externalReferences>");
        parts
            .and("xl/externalLinks/externalLink1.xml", link)
            .related(BOOK_RELATIONS, "externalLink", "externalLinks/externalLink1.xml")
            .with(MAIN, "</sheets>", &referred)
    }),
    ("order of calculation", |parts| {
        let chain = format!("<calcChain xmlns=\"{NAMESPACE}\"><c r=\"C2\" i=\"1\"/><c r=\"C3\"/></calcChain>");
        parts.and("xl/calcChain.xml", chain).related(BOOK_RELATIONS, "calcChain", "calcChain.xml")
    }),
    ("custom XML", |parts| {
        parts
            .and("customXml/item1.xml", "<label kind=\"official\"/>")
            .and("customXml/itemProps1.xml", "<itemProps/>")
            .related(BOOK_RELATIONS, "customXml", "../customXml/item1.xml")
            .related("customXml/_rels/item1.xml.rels", "customXmlProps", "itemProps1.xml")
    }),
    ("printer settings", |parts| {
        parts.and("xl/printerSettings/printerSettings1.bin", vec![0u8, 1, 2, 255]).related(
            SHEET_RELATIONS,
            "printerSettings",
            "../printerSettings/printerSettings1.bin",
        )
    }),
    ("pivot", |parts| {
        let id = format!("x{}", parts.parts.len() + 3);
        let caches = format!("</sheets><pivotCaches><pivotCache cacheId=\"7\" r:id=\"{id}\"/></pivotCaches>");
        // In its order the list of caches stands behind the names.
        let has_names = parts
            .parts
            .iter()
            .any(|(name, bytes)| name == MAIN && String::from_utf8_lossy(bytes).contains("</definedNames>"));
        let (before, after) = match has_names {
            true => ("</definedNames>", caches.replace("</sheets>", "</definedNames>")),
            false => ("</sheets>", caches),
        };
        parts
            .and("xl/pivotCache/pivotCacheDefinition1.xml", format!("<pivotCacheDefinition xmlns=\"{NAMESPACE}\"/>"))
            .and(
                "xl/pivotCache/pivotCacheRecords1.xml",
                format!("<pivotCacheRecords xmlns=\"{NAMESPACE}\" count=\"0\"/>"),
            )
            .and(
                "xl/pivotTables/pivotTable1.xml",
                format!("<pivotTableDefinition xmlns=\"{NAMESPACE}\" cacheId=\"7\"/>"),
            )
            .related(BOOK_RELATIONS, "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
            .related(
                "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels",
                "pivotCacheRecords",
                "pivotCacheRecords1.xml",
            )
            .related(SHEET_RELATIONS, "pivotTable", "../pivotTables/pivotTable1.xml")
            .with(MAIN, before, &after)
    }),
    ("slicer", |parts| {
        parts
            .and("xl/slicers/slicer1.xml", "<slicers><slicer name=\"Team\"/></slicers>")
            .and("xl/slicerCaches/slicerCache1.xml", "<slicerCacheDefinition/>")
            .related(SHEET_RELATIONS, "slicer", "../slicers/slicer1.xml")
            .related(BOOK_RELATIONS, "slicerCache", "slicerCaches/slicerCache1.xml")
    }),
    ("threaded comment elsewhere", |parts| {
        parts
            .and("xl/persons/person.xml", "<personList/>")
            .and(
                "xl/threadedComments/threadedComment1.xml",
                "<ThreadedComments><threadedComment ref=\"D9\"/></ThreadedComments>",
            )
            .related(BOOK_RELATIONS, "person", "persons/person.xml")
            .related(SHEET_RELATIONS, "threadedComment", "../threadedComments/threadedComment1.xml")
    }),
    ("embedded object", |parts| {
        parts.and("xl/embeddings/oleObject1.bin", vec![0xD0u8, 0xCF, 0x11, 0xE0]).related(
            SHEET_RELATIONS,
            "oleObject",
            "../embeddings/oleObject1.bin",
        )
    }),
    ("controls", |parts| {
        parts.and("xl/ctrlProps/ctrlProp1.xml", "<formControlPr objectType=\"CheckBox\"/>").related(
            SHEET_RELATIONS,
            "ctrlProp",
            "../ctrlProps/ctrlProp1.xml",
        )
    }),
    ("queries", |parts| {
        parts
            .and(
                "xl/connections.xml",
                format!("<connections xmlns=\"{NAMESPACE}\"><connection id=\"1\"/></connections>"),
            )
            .and("xl/queryTables/queryTable1.xml", format!("<queryTable xmlns=\"{NAMESPACE}\"/>"))
            .related(BOOK_RELATIONS, "connections", "connections.xml")
            .related(SHEET_RELATIONS, "queryTable", "../queryTables/queryTable1.xml")
    }),
    ("macros", |parts| {
        parts.and("xl/vbaProject.bin", vec![1u8, 2, 3]).related(BOOK_RELATIONS, "vbaProject", "vbaProject.bin").with(
            "[Content_Types].xml",
            "openxmlformats-officedocument.spreadsheetml.sheet.main",
            "ms-excel.sheet.macroEnabled.main",
        )
    }),
    ("extensions", |parts| {
        let known = |parts: &Small| {
            parts.parts.iter().any(|(name, bytes)| name == SHEET && String::from_utf8_lossy(bytes).contains("<extLst>"))
        };
        match known(&parts) {
            true => parts,
            false => parts.with(
                SHEET,
                "</worksheet>",
                "<extLst><ext uri=\"{1}\"><a:b xmlns:a=\"urn:a\">c &amp; d</a:b></ext></extLst></worksheet>",
            ),
        }
    }),
    ("unknown parts", |parts| {
        parts.and("docProps/thumbnail.jpeg", vec![255u8, 216]).and("xl/webextensions/note.xml", "<we/>")
    }),
    ("duplicate names", |parts| {
        let names = "<definedName name=\"Twice\">'Team A'!$A$1</definedName><definedName name=\"TWICE\">'Team A'!$A$2</definedName>";
        let has_names = parts
            .parts
            .iter()
            .any(|(name, bytes)| name == MAIN && String::from_utf8_lossy(bytes).contains("</definedNames>"));
        match has_names {
            true => parts.with(MAIN, "</definedNames>", &format!("{names}</definedNames>")),
            false => parts.with(MAIN, "</sheets>", &format!("</sheets><definedNames>{names}</definedNames>")),
        }
    }),
];

/// A workbook with these features: positions in [`WRITTEN`], and behind them in [`PACKED`].
fn workbook(features: &[usize]) -> Vec<u8> {
    let mut book = Workbook::new();
    let team = book.add_worksheet().set_name("Team A").unwrap();
    team.write_row(0, 0, ["Worker", "FTE", "Cases", "Since"]).unwrap();
    for row in 1..9u32 {
        team.write(row, 0, format!("Worker {row}")).unwrap().write(row, 1, 0.8).unwrap();
        team.write_formula(row, 2, Formula::new("=ROW()*2").set_result(((row + 1) * 2).to_string())).unwrap();
        team.write(row, 3, 45_000 + row).unwrap();
    }
    for (name, write) in features.iter().filter_map(|at| WRITTEN.get(*at)) {
        write(&mut book).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
    let mut parts = Small { parts: unzipped(&book.save_to_buffer().unwrap()) };
    for (_, pack) in features.iter().filter_map(|at| PACKED.get(at.checked_sub(WRITTEN.len())?)) {
        parts = pack(parts);
    }
    parts.bytes()
}

/// Tags, attributes and texts in their order, without what counts and what marks change.
fn tokens(part: &[u8]) -> Vec<String> {
    const CHANGED: &[&str] = &[
        "c s",
        "t xml:space",
        "dimension ref",
        "workbookView activeTab",
        "workbookView firstSheet",
        "definedName localSheetId",
    ];
    let mut reader = Reader::from_reader(part);
    let mut tokens = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Eof => return tokens,
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_string();
                let mut said = format!("<{name}");
                for attribute in tag.attributes().map(Result::unwrap) {
                    let key = format!("{name} {}", attribute.key.as_ref());
                    if !CHANGED.contains(&key.as_str()) && !key.ends_with(" count") {
                        said.push_str(&format!(" {}={}", attribute.key.as_ref(), attribute.value));
                    }
                }
                tokens.push(said);
                if empty {
                    tokens.push(format!("</{name}"));
                }
            }
            Event::End(tag) => tokens.push(format!("</{}", tag.name().as_ref())),
            Event::Text(text) if tokens.last().is_some_and(|tag| tag.starts_with("<x:Anchor")) => drop(text),
            Event::Text(text) => tokens.push(text.to_string()),
            Event::GeneralRef(name) => tokens.push(format!("&{};", &*name)),
            _ => {}
        }
    }
}

/// The first token of `before` that `after` lacks; none where something was only put in.
fn lost(before: &[u8], after: &[u8]) -> Option<String> {
    let after = tokens(after);
    let mut rest = after.iter();
    // In a note of the manager's ours stands below a line of our own.
    let longer =
        |other: &str, token: &str| other.strip_prefix(token).is_some_and(|more| more.starts_with(OUR_LINE_BELOW));
    tokens(before).into_iter().find(|token| !rest.any(|other| other == token || longer(other, token)))
}

/// What is wrong with the overlaid workbook, if anything.
fn wrong(source: &[u8], and_again: bool) -> Option<String> {
    let out = match overlaid(source, PLACES) {
        Ok(out) => out.bytes,
        Err(why) => return Some(why.0),
    };
    let parts = |bytes: &[u8]| unzipped(bytes).into_iter().collect::<BTreeMap<_, _>>();
    let (before, after, packed) = (parts(source), parts(&out), raw(&out));
    for part in raw(source) {
        if packed.contains(&part) {
            continue;
        }
        let name = part.0;
        if !after.contains_key(&name) {
            return Some(format!("{name} is gone"));
        }
        if !may_change(&name) {
            return Some(format!("{name} is not what it was"));
        }
        if let Some(lost) = lost(&before[&name], &after[&name]) {
            return Some(format!("{name} lost {lost}"));
        }
    }
    let (theirs, ours) = (contents(source), contents(&out));
    if let Some((sheet, _)) = theirs.iter().find(|(sheet, cells)| ours.get(*sheet) != Some(cells)) {
        return Some(format!("other cells on {sheet}"));
    }
    if ours.len() != theirs.len() + 5 {
        return Some("five sheets more were expected".into());
    }
    (and_again && overlaid(&out, AGAIN).map(|again| again.bytes) != Ok(out))
        .then(|| "it changes when it comes back".into())
}

/// Every feature alone, with its neighbour, and all together: more than a hundred workbooks.
#[test]
fn rich_workbooks_lose_nothing() {
    let count = WRITTEN.len() + PACKED.len();
    let label = |at: usize| WRITTEN.get(at).map_or_else(|| PACKED[at - WRITTEN.len()].0, |written| written.0);
    let mut made: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
    made.extend((0..count - 1).map(|at| vec![at, at + 1]));
    // Each of the first with one of those that only a package holds.
    made.extend((0..WRITTEN.len()).map(|at| vec![at, WRITTEN.len() + at % PACKED.len()]));
    // A table and a filter of its own do not go together on one sheet.
    let table = WRITTEN.iter().position(|written| written.0 == "table");
    made.push((0..count).filter(|at| Some(*at) != table).collect());
    let told = made.iter().filter_map(|features| {
        let labels: Vec<&str> = features.iter().map(|at| label(*at)).collect();
        Some(format!("{}: {}", labels.join(" + "), wrong(&workbook(features), features.len() != 2)?))
    });
    let told: Vec<String> = told.collect();
    assert!(made.len() > 100 && told.is_empty(), "{} of {}:\n{}", told.len(), made.len(), told.join("\n"));
}

/// Workbooks of other programs, from a folder that `FAIRLOAD_OVERLAY_DIR` names.
#[test]
#[ignore = "needs a folder of workbooks"]
fn workbooks_of_others_lose_nothing() {
    let Some(folder) = std::env::var_os("FAIRLOAD_OVERLAY_DIR") else { return };
    let mut told = Vec::new();
    let mut count = 0;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm") {
            let why = wrong(&std::fs::read(entry.path()).unwrap(), true);
            told.extend(why.map(|why| format!("{}: {why}", entry.path().display())));
            count += 1;
        }
    }
    assert!(told.is_empty(), "{} of {count}:\n{}", told.len(), told.join("\n"));
    println!("{count} workbooks");
}

#[test]
fn a_loss_is_noticed() {
    let before = b"<a><b c=\"1\">text</b><d/></a>";
    assert_eq!(lost(before, b"<a><new/><b c=\"1\">text</b><d/></a>"), None);
    for after in ["<a><b>text</b><d/></a>", "<a><b c=\"1\"/><d/></a>", "<a><d/><b c=\"1\">text</b></a>"] {
        assert!(lost(before, after.as_bytes()).is_some(), "{after}");
    }
}
