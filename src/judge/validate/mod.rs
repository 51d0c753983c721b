//! The rules, in the order shown: each looks at one flaw and says where, what and what to do.

mod catalogue;
mod sources;
mod tell;
mod view;

use crate::field::finding::{About, Finding, Rule};

pub use catalogue::{explain, list, table};
pub use view::View;

/// A rule's function: adds what it finds.
pub(crate) type Check = fn(&View<'_>, &mut Vec<Finding>);

/// Makes of the one list of rules their modules and [`CHECKS`]; a rule that says to be about something else than what
/// it stands under does not compile.
///
/// `cargo fmt` does not look into modules that a macro declares: `rustfmt src/judge/validate/*.rs` does.
macro_rules! rules {
    ($($about:ident { $($rule:ident,)+ })+) => {
        $($(mod $rule;)+)+

        /// Every rule with its function, in the order shown.
        const CHECKS: &[(&Rule, Check)] = &[$($((&$rule::RULE, $rule::check),)+)+];

        $($(const _: () = assert!(matches!($rule::RULE.about, About::$about), "a rule stands under what it is about");)+)+
    };
}

rules! {
    Allocation {
        unallocated_child,
        two_names_in_one_cell,
        nqsw_key_worker_of_cp,
        student_key_worker,
        awaiting_registration_without_manager,
        cases_held_where_none_expected,
        too_many_care_proceedings,
        sub_limit_passed,
        two_key_workers,
        two_key_workers_across_workbooks,
    }
    Worker {
        roster_needed,
        fte_missing,
        fte_zero,
        fte_above_one,
        fte_read_as_hours,
        fte_read_as_percent,
        fte_read_as_days,
        fte_not_usable,
        two_ftes,
        two_roles,
        two_stages,
        role_missing,
        role_not_known,
        role_without_limit,
        team_not_known,
        experience_missing,
        experience_not_understood,
        experience_assumed_first_half,
        nqsw_first_year_over,
        fte_adds_above_one,
        name_written_two_ways,
        name_resembles_another,
        duties_not_understood,
        agreed_limit_without_reason,
        agreed_limit_not_a_figure,
        judgement_without_reason,
        judgement_not_understood,
        start_date_unreadable,
        start_date_in_future,
        blank_worker_cannot_be_told,
        children_not_counted,
        count_differs_from_list,
        tasks_not_counted,
        task_not_known,
        task_points_differ,
        duty_without_points,
        tasks_total_differs,
        time_not_counted,
        time_assumed,
        time_available_differs,
        time_lines_unclear,
    }
    Case {
        heading_row_unclear,
        child_id_missing,
        duplicate_row,
        status_not_known,
        proceedings_not_known,
        proceedings_hinted,
        proceedings_contradict_status,
        intervention_out_of_range,
        intervention_blank,
        intervention_not_understood,
        additional_out_of_range,
        additional_not_understood,
        case_points_missing,
        awaiting_move_not_understood,
        household_missing,
        siblings_differ,
        status_points_differ,
        date_unreadable,
        two_digit_year,
        date_in_future,
        lists_disagree,
        age_out_of_range,
        age_unreadable,
    }
    Sheet {
        header_not_found,
        list_missing,
        child_not_on_main_list,
        required_column_not_found,
        sheet_not_readable,
        two_columns_one_meaning,
        heading_close_spelling,
        ambiguous_abbreviation,
        word_close_spelling,
        worker_from_name,
        sheet_set_aside,
        sheet_doubtful,
        totals_disagree,
        counts_disagree,
        several_children,
        hidden_cases,
        filter_left_on,
        formula_without_result,
        error_value,
        merged_read,
        filled_down,
        row_unreadable,
        points_column_missing,
        tasks_not_scored,
        time_not_scored,
    }
}

/// Every rule, in the order shown.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKS.iter().map(|(rule, _)| *rule)
}

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
