//! Workbooks for the tests: our five sheets, and a manager's workbook with nearly everything in it.

use rust_xlsxwriter::*;

pub const OURS: [&str; 5] = ["RAG summary", "Findings", "Working", "Action plan", "Policy"];

/// Five sheets as the program adds them, under these names.
pub fn added(names: &[String]) -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_font_color("FFFFFF").set_background_color("1F3864");
    let percent = Format::new().set_num_format("0.0%").set_border(FormatBorder::Thin);
    let quote = |at: usize| format!("'{}'", names[at].replace('\'', "''"));

    let summary = book.add_worksheet().set_name(&names[0]).unwrap();
    summary.set_tab_color("C00000").set_freeze_panes(1, 0).unwrap();
    summary.write_with_format(0, 0, "Worker", &bold).unwrap();
    summary.write_with_format(0, 1, "Utilisation", &bold).unwrap();
    for row in 1..6u32 {
        summary.write(row, 0, format!("Worker {row} <&>")).unwrap();
        let formula = Formula::new(format!("={}!B{}*2", quote(2), row + 1)).set_result((row * 20).to_string());
        summary.write_formula_with_format(row, 1, formula, &percent).unwrap();
    }
    summary.set_column_width(0, 30).unwrap();
    summary.set_column_format(3, &percent).unwrap();
    summary.add_conditional_format(1, 1, 5, 1, &ConditionalFormatDataBar::new()).unwrap();
    let over = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(60))
        .set_format(Format::new().set_background_color("EE827C").set_bold());
    summary.add_conditional_format(1, 1, 5, 1, &over).unwrap();
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_values((names[0].as_str(), 1, 1, 5, 1)).set_categories((names[0].as_str(), 1, 0, 5, 0));
    summary.insert_chart(1, 4, &chart).unwrap();
    summary.set_print_area(0, 0, 5, 3).unwrap().set_repeat_rows(0, 0).unwrap();

    let findings = book.add_worksheet().set_name(&names[1]).unwrap();
    findings.write_with_format(0, 0, "Cell", &bold).unwrap();
    findings.write_url(1, 0, Url::new("internal:'Team A'!B3").set_text("B3")).unwrap();
    findings.write(1, 1, "FTE 12 is above 1.00").unwrap();
    findings.autofilter(0, 0, 1, 1).unwrap();

    let working = book.add_worksheet().set_name(&names[2]).unwrap();
    for row in 1..6u32 {
        working.write(row, 1, row * 10).unwrap();
    }
    let rich = [(&Format::default(), "plain "), (&bold, "bold")];
    working.write_rich_string(7, 0, &rich).unwrap();

    let plan = book.add_worksheet().set_name(&names[3]).unwrap();
    let mut table = Table::new();
    table = table
        .set_name("Plan")
        .set_columns(&[TableColumn::new().set_header("Who"), TableColumn::new().set_header("When")]);
    plan.add_table(0, 0, 4, 1, &table).unwrap();
    let list = DataValidation::new().allow_list_strings(&["Yes", "No"]).unwrap();
    plan.add_data_validation(1, 1, 4, 1, &list).unwrap();
    plan.write_formula(6, 0, Formula::new("=ROWS(Plan[Who])").set_result("4")).unwrap();

    let policy = book.add_worksheet().set_name(&names[4]).unwrap();
    policy.write(0, 0, "Limit").unwrap().write(0, 1, 18.5).unwrap();
    book.define_name("TheLimit", &format!("={}!$B$1", quote(4))).unwrap();
    book.save_to_buffer().unwrap()
}

/// The names as they are wished for.
pub fn our_names() -> Vec<String> {
    OURS.iter().map(|name| name.to_string()).collect()
}

pub const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2,
    0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 12, 0x49, 0x44, 0x41, 0x54, 8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0, 3, 1,
    1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

/// A manager's workbook: two teams, a chart sheet and a hidden sheet.
pub fn manager() -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy").set_unlocked();
    let own = Format::new().set_background_color("FFFF00");
    let head = Format::new().set_bold().set_border(FormatBorder::Medium);

    let team = book.add_worksheet().set_name("Team A").unwrap();
    for (column, name) in ["Worker", "FTE", "Cases", "Since"].iter().enumerate() {
        team.write_with_format(0, column as u16, *name, &head).unwrap();
    }
    for row in 1..8u32 {
        team.write(row, 0, format!("Worker {row}")).unwrap();
        team.write(row, 1, 0.8).unwrap();
        team.write_formula(row, 2, Formula::new(format!("=ROW()*{row}")).set_result((row * (row + 1)).to_string()))
            .unwrap();
        team.write_with_format(row, 3, 45_000 + row, &date).unwrap();
    }
    team.write_with_format(3, 1, 0.5, &own).unwrap();
    team.merge_range(9, 0, 10, 1, "merged", &head).unwrap();
    team.set_column_format(5, &own).unwrap();
    team.insert_note(2, 1, &Note::new("Agreed with HR").set_author("Ann")).unwrap();
    team.insert_note(6, 0, &Note::new("On leave").set_author("Ann")).unwrap();
    team.insert_button(12, 0, &Button::new().set_caption("Go")).unwrap();
    team.autofilter(0, 0, 7, 3).unwrap();
    team.set_freeze_panes(1, 1).unwrap().set_print_area(0, 0, 10, 3).unwrap().set_repeat_rows(0, 0).unwrap();
    let list = DataValidation::new().allow_list_strings(&["0.5", "0.8"]).unwrap();
    team.add_data_validation(1, 1, 7, 1, &list).unwrap();
    team.add_conditional_format(1, 2, 7, 2, &ConditionalFormatDataBar::new()).unwrap();
    let image = Image::new_from_buffer(PIXEL).unwrap();
    team.insert_image(14, 0, &image).unwrap();
    team.set_header("&LCaseload &P");

    let other = book.add_worksheet().set_name("It's B").unwrap();
    other.write_row(0, 0, ["Who", "What"]).unwrap().write_row(1, 0, ["Ada", "x"]).unwrap();
    other.add_table(0, 0, 3, 1, &Table::new().set_name("Plan")).unwrap();
    other.set_print_area(0, 0, 3, 1).unwrap();
    other.write_formula(5, 0, Formula::new("=SUM('Team A'!C2:C8)").set_result("168")).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("Team A", 1, 2, 7, 2));
    other.insert_chart(8, 0, &chart).unwrap();

    book.add_chartsheet().set_name("Picture").unwrap().insert_chart(0, 0, &chart).unwrap();
    let hidden = book.add_worksheet().set_name("Lists").unwrap();
    hidden.set_hidden(true).write(0, 0, "Yes").unwrap();
    book.define_name("Answers", "=Lists!$A$1:$A$2").unwrap();
    book.define_name("Lists!Local", "=Lists!$A$1").unwrap();
    let active = book.worksheet_from_name("It's B").unwrap();
    active.set_active(true);
    book.save_to_buffer().unwrap()
}
