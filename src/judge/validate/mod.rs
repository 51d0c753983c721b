//! The rules, in the order shown: each looks at one flaw and says where, what and what to do.

mod additional_not_understood;
mod additional_out_of_range;
mod age_out_of_range;
mod age_unreadable;
mod agreed_limit_not_a_figure;
mod agreed_limit_without_reason;
mod ambiguous_abbreviation;
mod awaiting_move_not_understood;
mod awaiting_registration_without_manager;
mod blank_worker_cannot_be_told;
mod case_points_missing;
mod cases_held_where_none_expected;
mod catalogue;
mod child_id_missing;
mod child_not_on_main_list;
mod children_not_counted;
mod count_differs_from_list;
mod counts_disagree;
mod date_in_future;
mod date_unreadable;
mod duplicate_row;
mod duties_not_understood;
mod duty_without_points;
mod error_value;
mod experience_assumed_first_half;
mod experience_missing;
mod experience_not_understood;
mod filled_down;
mod filter_left_on;
mod formula_without_result;
mod fte_above_one;
mod fte_adds_above_one;
mod fte_missing;
mod fte_not_usable;
mod fte_read_as_days;
mod fte_read_as_hours;
mod fte_read_as_percent;
mod fte_zero;
mod header_not_found;
mod heading_close_spelling;
mod heading_row_unclear;
mod hidden_cases;
mod household_missing;
mod intervention_blank;
mod intervention_not_understood;
mod intervention_out_of_range;
mod judgement_not_understood;
mod judgement_without_reason;
mod list_missing;
mod lists_disagree;
mod merged_read;
mod name_resembles_another;
mod name_written_two_ways;
mod nqsw_key_worker_of_cp;
mod points_column_missing;
mod proceedings_contradict_status;
mod proceedings_hinted;
mod proceedings_not_known;
mod required_column_not_found;
mod role_missing;
mod role_not_known;
mod role_without_limit;
mod roster_needed;
mod row_unreadable;
mod several_children;
mod sheet_doubtful;
mod sheet_not_readable;
mod sheet_set_aside;
mod siblings_differ;
mod sources;
mod start_date_in_future;
mod start_date_unreadable;
mod status_not_known;
mod status_points_differ;
mod student_key_worker;
mod sub_limit_passed;
mod task_not_known;
mod task_points_differ;
mod tasks_not_counted;
mod tasks_not_scored;
mod tasks_total_differs;
mod team_not_known;
mod time_assumed;
mod time_available_differs;
mod time_lines_unclear;
mod time_not_counted;
mod time_not_scored;
mod too_many_care_proceedings;
mod totals_disagree;
mod two_columns_one_meaning;
mod two_digit_year;
mod two_ftes;
mod two_key_workers;
mod two_key_workers_across_workbooks;
mod two_names_in_one_cell;
mod two_roles;
mod two_stages;
mod unallocated_child;
mod view;
mod word_close_spelling;
mod worker_from_name;

use crate::field::finding::{Finding, Rule};

pub use catalogue::{explain, list, table};
pub use view::View;

/// A rule's function: adds what it finds.
pub type Check = fn(&View<'_>, &mut Vec<Finding>);

/// Every rule with its function, in the order shown.
pub const CHECKS: &[(&Rule, Check)] = &[
    (&unallocated_child::RULE, unallocated_child::check),
    (&two_names_in_one_cell::RULE, two_names_in_one_cell::check),
    (&nqsw_key_worker_of_cp::RULE, nqsw_key_worker_of_cp::check),
    (&student_key_worker::RULE, student_key_worker::check),
    (&awaiting_registration_without_manager::RULE, awaiting_registration_without_manager::check),
    (&cases_held_where_none_expected::RULE, cases_held_where_none_expected::check),
    (&too_many_care_proceedings::RULE, too_many_care_proceedings::check),
    (&sub_limit_passed::RULE, sub_limit_passed::check),
    (&two_key_workers::RULE, two_key_workers::check),
    (&two_key_workers_across_workbooks::RULE, two_key_workers_across_workbooks::check),
    (&roster_needed::RULE, roster_needed::check),
    (&fte_missing::RULE, fte_missing::check),
    (&fte_zero::RULE, fte_zero::check),
    (&fte_above_one::RULE, fte_above_one::check),
    (&fte_read_as_hours::RULE, fte_read_as_hours::check),
    (&fte_read_as_percent::RULE, fte_read_as_percent::check),
    (&fte_read_as_days::RULE, fte_read_as_days::check),
    (&fte_not_usable::RULE, fte_not_usable::check),
    (&two_ftes::RULE, two_ftes::check),
    (&two_roles::RULE, two_roles::check),
    (&two_stages::RULE, two_stages::check),
    (&role_missing::RULE, role_missing::check),
    (&role_not_known::RULE, role_not_known::check),
    (&role_without_limit::RULE, role_without_limit::check),
    (&team_not_known::RULE, team_not_known::check),
    (&experience_missing::RULE, experience_missing::check),
    (&experience_not_understood::RULE, experience_not_understood::check),
    (&experience_assumed_first_half::RULE, experience_assumed_first_half::check),
    (&fte_adds_above_one::RULE, fte_adds_above_one::check),
    (&name_written_two_ways::RULE, name_written_two_ways::check),
    (&name_resembles_another::RULE, name_resembles_another::check),
    (&duties_not_understood::RULE, duties_not_understood::check),
    (&agreed_limit_without_reason::RULE, agreed_limit_without_reason::check),
    (&agreed_limit_not_a_figure::RULE, agreed_limit_not_a_figure::check),
    (&judgement_without_reason::RULE, judgement_without_reason::check),
    (&judgement_not_understood::RULE, judgement_not_understood::check),
    (&start_date_unreadable::RULE, start_date_unreadable::check),
    (&start_date_in_future::RULE, start_date_in_future::check),
    (&blank_worker_cannot_be_told::RULE, blank_worker_cannot_be_told::check),
    (&children_not_counted::RULE, children_not_counted::check),
    (&count_differs_from_list::RULE, count_differs_from_list::check),
    (&tasks_not_counted::RULE, tasks_not_counted::check),
    (&task_not_known::RULE, task_not_known::check),
    (&task_points_differ::RULE, task_points_differ::check),
    (&duty_without_points::RULE, duty_without_points::check),
    (&tasks_total_differs::RULE, tasks_total_differs::check),
    (&time_not_counted::RULE, time_not_counted::check),
    (&time_assumed::RULE, time_assumed::check),
    (&time_available_differs::RULE, time_available_differs::check),
    (&time_lines_unclear::RULE, time_lines_unclear::check),
    (&heading_row_unclear::RULE, heading_row_unclear::check),
    (&child_id_missing::RULE, child_id_missing::check),
    (&duplicate_row::RULE, duplicate_row::check),
    (&status_not_known::RULE, status_not_known::check),
    (&proceedings_not_known::RULE, proceedings_not_known::check),
    (&proceedings_hinted::RULE, proceedings_hinted::check),
    (&proceedings_contradict_status::RULE, proceedings_contradict_status::check),
    (&intervention_out_of_range::RULE, intervention_out_of_range::check),
    (&intervention_blank::RULE, intervention_blank::check),
    (&intervention_not_understood::RULE, intervention_not_understood::check),
    (&additional_out_of_range::RULE, additional_out_of_range::check),
    (&additional_not_understood::RULE, additional_not_understood::check),
    (&case_points_missing::RULE, case_points_missing::check),
    (&awaiting_move_not_understood::RULE, awaiting_move_not_understood::check),
    (&household_missing::RULE, household_missing::check),
    (&siblings_differ::RULE, siblings_differ::check),
    (&status_points_differ::RULE, status_points_differ::check),
    (&date_unreadable::RULE, date_unreadable::check),
    (&two_digit_year::RULE, two_digit_year::check),
    (&date_in_future::RULE, date_in_future::check),
    (&lists_disagree::RULE, lists_disagree::check),
    (&age_out_of_range::RULE, age_out_of_range::check),
    (&age_unreadable::RULE, age_unreadable::check),
    (&header_not_found::RULE, header_not_found::check),
    (&list_missing::RULE, list_missing::check),
    (&child_not_on_main_list::RULE, child_not_on_main_list::check),
    (&required_column_not_found::RULE, required_column_not_found::check),
    (&sheet_not_readable::RULE, sheet_not_readable::check),
    (&two_columns_one_meaning::RULE, two_columns_one_meaning::check),
    (&heading_close_spelling::RULE, heading_close_spelling::check),
    (&ambiguous_abbreviation::RULE, ambiguous_abbreviation::check),
    (&word_close_spelling::RULE, word_close_spelling::check),
    (&worker_from_name::RULE, worker_from_name::check),
    (&sheet_set_aside::RULE, sheet_set_aside::check),
    (&sheet_doubtful::RULE, sheet_doubtful::check),
    (&totals_disagree::RULE, totals_disagree::check),
    (&counts_disagree::RULE, counts_disagree::check),
    (&several_children::RULE, several_children::check),
    (&hidden_cases::RULE, hidden_cases::check),
    (&filter_left_on::RULE, filter_left_on::check),
    (&formula_without_result::RULE, formula_without_result::check),
    (&error_value::RULE, error_value::check),
    (&merged_read::RULE, merged_read::check),
    (&filled_down::RULE, filled_down::check),
    (&row_unreadable::RULE, row_unreadable::check),
    (&points_column_missing::RULE, points_column_missing::check),
    (&tasks_not_scored::RULE, tasks_not_scored::check),
    (&time_not_scored::RULE, time_not_scored::check),
];

/// Runs every rule; findings come in the order of sheet, row and column, then of the rules.
pub fn validate(view: &View<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, check) in CHECKS {
        check(view, &mut findings);
    }
    findings.sort_by_key(|finding| finding.place);
    // A row that stands for several children says the same of each.
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    fn every_rule(view: &View, findings: &mut Vec<Finding>) {
        findings.extend(validate(view));
    }

    #[test]
    fn an_ordinary_sheet_gives_no_finding() {
        expect(
            every_rule,
            "
                Child ID, Worker, Role, FTE, Experience, Household, Status, Proceedings, Intervention, Additional factors
                C-101, Ada Lovell, Social worker, 1, 3+ years, H1, CP, , 2,
                C-102, Ada Lovell, Social worker, 1, 3+ years, H1, CP, , 2,
                C-103, Ben Marsh, NQSW, 0.8, 7 months, H2, CiN, , 1, 1
                C-104, Cy Reed, Deputy team manager, 1, 3+ years, H3, LAC, Care proceedings, 3, 2
            ",
            &[],
        );
    }

    #[test]
    fn findings_come_in_the_order_of_the_sheet() {
        expect(
            every_rule,
            "
                Child ID, Worker, Role, FTE, Experience, Household, Status, Intervention
                C-101, Ada Lovell, Social worker, 1.1, 3+ years, H1, CP, 9
                C-102, TBC, , , , H2, CiN, 2
            ",
            &[
                "D2: FTE 1.1 of Ada Lovell is above 1; it is used as it stands.",
                "H2: Intervention level 9 is outside 0 to 5; it is used as it stands.",
                "B3: This child has no named worker: a word for nobody in particular stands there.",
            ],
        );
    }
}
