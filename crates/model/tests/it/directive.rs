//! What the province charges its agencies with, and how far they are.

use jiff::civil::date;
use motcua_model::directive::{Directive, DirectiveProblem, Goal, Plan, PlanProblem, Standing};
use motcua_model::id::AgencyCode;

fn directive(goal: Goal, target: i64) -> Directive {
    Directive {
        number: "612/QĐ-UBND".into(),
        title: "Nâng tỷ lệ nộp trực tuyến".into(),
        goal,
        target,
        field: String::new(),
        from: 202004,
        to: 202012,
        agencies: vec![AgencyCode::from("24.00")],
        answer_by: date(2020, 4, 15),
    }
}

#[test]
fn a_directive_names_number_target_period_agencies_and_a_day_for_the_answer() {
    let right = directive(Goal::OnlineShare, 300);
    assert_eq!(right.problems(date(2020, 4, 15)), []);
    assert_eq!(right.problems(date(2020, 4, 16)), [DirectiveProblem::AnswerBy]);
    let wrong = Directive {
        number: " ".into(),
        title: "dài".repeat(200),
        target: 1_001,
        from: 202013,
        agencies: Vec::new(),
        ..right.clone()
    };
    use DirectiveProblem as P;
    assert_eq!(
        wrong.problems(date(2020, 4, 1)),
        [P::Number, P::Title, P::Target, P::Period, P::Agencies]
    );
    let backwards = Directive { to: 202003, ..right };
    assert_eq!(backwards.problems(date(2020, 4, 1)), [P::Period]);
}

#[test]
fn a_share_is_reached_near_from_four_fifths_and_far_below() {
    let d = directive(Goal::OnlineShare, 300);
    let said = [Some(300), Some(299), Some(240), Some(239), Some(0), None].map(|v| d.standing(v, 0));
    use Standing::{Far, Near, NoFigures, Reached};
    assert_eq!(said, [Reached, Near, Near, Far, Far, NoFigures]);
}

#[test]
fn services_that_nobody_uses_are_to_become_few() {
    let d = directive(Goal::Unused, 0);
    assert_eq!(
        [0, 1, 2, 3].map(|v| d.standing(Some(v), 10)),
        [Standing::Reached, Standing::Near, Standing::Near, Standing::Far]
    );
}

#[test]
fn a_plan_says_what_who_and_by_when() {
    let plan = Plan {
        measures: "Hướng dẫn tại nhà văn hóa xóm".into(),
        person: "Dương Thị Mai".into(),
        by: date(2020, 4, 30),
    };
    assert_eq!(plan.problems(date(2020, 4, 30)), []);
    let empty = Plan {
        measures: String::new(),
        person: String::new(),
        ..plan
    };
    assert_eq!(
        empty.problems(date(2020, 5, 1)),
        [PlanProblem::Measures, PlanProblem::Person, PlanProblem::By]
    );
}
