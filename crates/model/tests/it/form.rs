use motcua_model::form::{Answers, Choice, Condition, Field, FieldKind, Problem, Raw, Reason, Registers, Step};
use motcua_model::form::{ApplicantFields, Form};
use motcua_model::procedure::Text;

fn field(id: &str, kind: FieldKind, required: bool, when: Option<Condition>) -> Field {
    Field {
        id: id.into(),
        label: Text::same(id),
        hint: None,
        example: None,
        required,
        required_when: None,
        when,
        kind,
        prefill: None,
    }
}

fn form() -> Form {
    let options = ["co", "khong"]
        .map(|v| Choice {
            value: v.into(),
            label: Text::same(v),
        })
        .to_vec();
    let asked = Condition::Is {
        field: "ket_hon".into(),
        value: "co".into(),
    };
    Form {
        version: 1,
        applicant: ApplicantFields::default(),
        questions: Vec::new(),
        steps: vec![Step {
            id: "mot".into(),
            title: Text::same("Một"),
            intro: None,
            when: None,
            fields: vec![
                field("ket_hon", FieldKind::Choice { options }, true, None),
                field("voi", FieldKind::PersonName, true, Some(asked)),
                field("so", FieldKind::Number { min: 1, max: 20 }, false, None),
                field(
                    "nguoi",
                    FieldKind::Group {
                        fields: vec![field("ten", FieldKind::PersonName, true, None)],
                        min: 1,
                        max: 3,
                    },
                    false,
                    None,
                ),
            ],
        }],
        papers: Vec::new(),
    }
}

fn read(pairs: &[(&str, &str)]) -> (Answers, Vec<Problem>) {
    let form = form();
    let reading = form.read_step(
        &form.steps[0],
        &Raw::from_pairs(pairs.iter().copied()),
        &Answers::new(),
        &Registers::default(),
        jiff::civil::date(2020, 3, 30),
    );
    (reading.answers, reading.problems)
}

#[test]
fn a_hidden_field_is_neither_asked_nor_kept() {
    let (answers, problems) = read(&[("ket_hon", "khong"), ("voi", "Hoa"), ("nguoi.0.ten", "An")]);
    assert_eq!(problems, []);
    assert!(!answers.contains_key("voi"));
    let (_, problems) = read(&[("ket_hon", "co"), ("nguoi.0.ten", "An")]);
    assert_eq!(
        problems,
        [Problem {
            field: "voi".into(),
            reason: Reason::Required
        }]
    );
}

#[test]
fn a_choice_that_was_not_offered_and_a_number_beyond_its_limits_are_refused() {
    let (_, problems) = read(&[("ket_hon", "<script>"), ("so", "21"), ("nguoi.0.ten", "An")]);
    assert_eq!(problems[0].reason, Reason::NotAChoice);
    assert_eq!(problems[1].reason, Reason::OutOfRange { min: 1, max: 20 });
}

#[test]
fn a_group_takes_no_more_entries_than_it_may_however_they_are_numbered() {
    let (_, problems) = read(&[("ket_hon", "khong"), ("nguoi.18446744073709551615.ten", "An")]);
    assert_eq!(
        problems,
        [Problem {
            field: "nguoi".into(),
            reason: Reason::TooMany { max: 3 }
        }]
    );
    let (_, problems) = read(&[("ket_hon", "khong"), ("nguoi.0.ten", " ")]);
    assert_eq!(
        problems,
        [Problem {
            field: "nguoi".into(),
            reason: Reason::TooFew { min: 1 }
        }]
    );
}

#[test]
fn answers_read_again_are_the_same_answers() {
    let (answers, _) = read(&[
        ("ket_hon", "co"),
        ("voi", "Hoa"),
        ("so", "2"),
        ("nguoi.0.ten", "An"),
        ("nguoi.1.ten", "Bình"),
    ]);
    let again = form().check(&answers, &Registers::default(), jiff::civil::date(2020, 3, 30));
    assert_eq!((again.answers, again.problems), (answers, vec![]));
}
