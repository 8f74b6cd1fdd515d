use jiff::civil::{Date, date};
use motcua_model::form::{Answers, FeeRule, Form, Raw, Reason, Registers};
use motcua_model::procedure::Lang;
use serde_json::json;

const TODAY: Date = date(2020, 3, 30);

/// A form of one step with the fields given as TOML.
fn form(fields: &str) -> Form {
    let text = format!("version = 1\n[applicant]\nname = \"ten\"\n[[step]]\nid = \"a\"\ntitle = {{ vi = \"A\" }}\n{fields}");
    toml::from_str(&text).unwrap()
}

fn field(kind: &str) -> Form {
    form(&format!(
        "[[step.field]]\nid = \"x\"\nlabel = {{ vi = \"X\" }}\nrequired = true\nkind = {kind}\n"
    ))
}

fn read(form: &Form, pairs: &[(&str, &str)]) -> (Answers, Vec<(String, Reason)>) {
    let raw = Raw::from_pairs(pairs.iter().copied());
    let reading = form.read_step(&form.steps[0], &raw, &Answers::new(), &Registers::default(), TODAY);
    let problems = reading.problems.into_iter().map(|p| (p.field, p.reason)).collect();
    (reading.answers, problems)
}

#[test]
fn a_dot_groups_thousands_and_never_makes_25_copies_of_2_and_a_half() {
    let f = field("{ number = { min = 1, max = 100000000 } }");
    for (typed, read_as) in [
        ("50.000.000", 50_000_000),
        ("1 250", 1_250),
        ("7", 7),
        ("1.250 đồng", 1_250),
        ("50,000", 50_000),
    ] {
        assert_eq!(read(&f, &[("x", typed)]).0["x"], json!(read_as), "{typed}");
    }
    for typed in [
        "2.5",
        "2,5",
        "1.2345",
        "12.34.567",
        "1e5",
        "abc",
        "1.000,5",
        "--1",
        ".",
        "1..000",
    ] {
        assert_eq!(read(&f, &[("x", typed)]).1, [("x".to_owned(), Reason::NotANumber)], "{typed}");
    }
}

#[test]
fn the_area_of_a_plot_keeps_its_decimals() {
    let f = field("\"plot\"");
    let area = |typed: &str| read(&f, &[("x.sheet", "12"), ("x.number", "345"), ("x.area", typed)]);
    assert_eq!(area("120,5").0["x"]["area"], json!(120.5));
    assert_eq!(area("120.5 m2").0["x"]["area"], json!(120.5));
    assert_eq!(area("1.250,75").0["x"]["area"], json!(1250.75));
    assert_eq!(area("1.250").0["x"]["area"], json!(1250));
    assert_eq!(area("1,2,3").1, [("x.area".to_owned(), Reason::NotANumber)]);
    assert_eq!(
        area("0").1,
        [(
            "x.area".to_owned(),
            Reason::OutOfRange {
                min: 1,
                max: 100_000_000
            }
        )]
    );
    let answers = area("120,5").0;
    let shown = f.display(&answers, &Registers::default(), Lang::Vi);
    assert_eq!(shown[0].rows[0].value, "tờ bản đồ số 12, thửa đất số 345, 120,5 m²");
    assert_eq!(f.check(&answers, &Registers::default(), TODAY).answers, answers);
}

#[test]
fn an_answer_to_a_hidden_question_is_dropped() {
    let f = form(
        "[[step.field]]\nid = \"thue\"\nlabel = { vi = \"Thuê\" }\nkind = \"checkbox\"\n\
         [[step.field]]\nid = \"chu\"\nlabel = { vi = \"Chủ\" }\nrequired = true\nwhen = { ticked = \"thue\" }\nkind = \"person_name\"\n",
    );
    assert_eq!(read(&f, &[("thue", "on"), ("chu", "Nguyễn Thị Hoa")]).0.len(), 2);
    assert_eq!(read(&f, &[("chu", "Nguyễn Thị Hoa")]), (Answers::new(), vec![]));
    assert_eq!(read(&f, &[("thue", "on")]).1, [("chu".to_owned(), Reason::Required)]);
    let stale = Answers::from([("chu".to_owned(), json!("Nguyễn Thị Hoa"))]);
    assert!(f.check(&stale, &Registers::default(), TODAY).answers.is_empty());
}

#[test]
fn a_group_ignores_an_empty_entry_and_names_the_input_that_is_wrong() {
    let f = field(
        "{ group = { min = 1, max = 3, fields = [{ id = \"ten\", label = { vi = \"Tên\" }, required = true, kind = \"person_name\" }, \
         { id = \"nam\", label = { vi = \"Năm\" }, kind = { number = { min = 1900, max = 2100 } } }] } }",
    );
    let (answers, problems) = read(&f, &[("x.0.ten", ""), ("x.1.ten", "Nông Văn Tài"), ("x.1.nam", "1980")]);
    assert_eq!(
        (answers["x"].clone(), problems),
        (json!([{ "ten": "Nông Văn Tài", "nam": 1980 }]), vec![])
    );
    assert_eq!(read(&f, &[("x.1.nam", "1980")]).1, [("x.1.ten".to_owned(), Reason::Required)]);
    assert_eq!(read(&f, &[]).1, [("x".to_owned(), Reason::TooFew { min: 1 })]);
    let huge = read(&f, &[("x.18446744073709551615.ten", "A")]);
    assert_eq!(huge.1, [("x".to_owned(), Reason::TooMany { max: 3 })]);
}

#[test]
fn a_vietnamese_name_typed_on_a_mac_is_kept_composed() {
    let (answers, problems) = read(&field("\"person_name\""), &[("x", "Nguye\u{302}\u{303}n Thi\u{323} Hoa")]);
    assert_eq!((answers["x"].clone(), problems), (json!("Nguyễn Thị Hoa"), vec![]));
}

#[test]
fn a_text_is_never_cut_but_refused_with_its_limit() {
    let f = field("{ text = { max = 5 } }");
    assert_eq!(read(&f, &[("x", "abcde")]).0["x"], json!("abcde"));
    assert_eq!(read(&f, &[("x", "abcdef")]).1, [("x".to_owned(), Reason::TooLong { max: 5 })]);
    assert_eq!(
        read(&f, &[("x", &"a".repeat(100_000))]).1,
        [("x".to_owned(), Reason::TooLong { max: 5 })]
    );
}

#[test]
fn a_choice_that_is_not_offered_is_refused() {
    let options = "options = [{ value = \"a\", label = { vi = \"A\" } }, { value = \"b\", label = { vi = \"B\" } }]";
    let one = field(&format!("{{ choice = {{ {options} }} }}"));
    let some = field(&format!("{{ choices = {{ {options} }} }}"));
    assert_eq!(read(&one, &[("x", "c")]).1, [("x".to_owned(), Reason::NotAChoice)]);
    assert_eq!(
        read(&some, &[("x", "a"), ("x", "c")]).1,
        [("x".to_owned(), Reason::NotAChoice)]
    );
    assert_eq!(read(&some, &[("x", "a"), ("x", "b")]).0["x"], json!(["a", "b"]));
}

#[test]
fn the_third_certificate_is_the_first_that_costs_more() {
    let rule: FeeRule = toml::from_str(
        "[[line]]\nlabel = { vi = \"Phí\" }\namount = 200000\n\
         [[line]]\nlabel = { vi = \"Thêm\" }\namount = 5000\nper = \"n\"\nbeyond = 2\n\
         [[exempt]]\nlabel = { vi = \"Hộ nghèo\" }\nwhen = { ticked = \"ngheo\" }\nproof = \"giay\"\n",
    )
    .unwrap();
    let total = |n: u64| rule.fee(&Answers::from([("n".to_owned(), json!(n))]), |_| false).total;
    assert_eq!([total(1), total(2), total(3), total(5)], [200_000, 200_000, 205_000, 215_000]);
    assert_eq!(total(u64::MAX), u64::MAX, "never wraps around");
    let poor = Answers::from([("ngheo".to_owned(), json!(true)), ("n".to_owned(), json!(1))]);
    assert_eq!(rule.fee(&poor, |paper| paper == "giay").total, 0);
    assert_eq!(
        rule.fee(&poor, |_| false).total,
        200_000,
        "an exemption counts with its proof only"
    );
}

#[test]
fn a_form_works_out_sums_and_refuses_what_does_not_go_together() {
    let f = form(
        r#"
[[step.field]]
id = "thanh_vien"
label = { vi = "Thành viên" }
kind = { group = { min = 1, max = 5, fields = [ { id = "von", label = { vi = "Vốn" }, kind = { money = { min = 1, max = 1000000000 } } } ] } }
[[step.field]]
id = "von_dieu_le"
label = { vi = "Vốn điều lệ" }
kind = { money = { min = 1, max = 1000000000 } }
[[step.field]]
id = "tong"
label = { vi = "Tổng vốn góp" }
kind = { calculated = { formula = { sum = { group = "thanh_vien", field = "von" } }, money = true } }
[[step.field]]
id = "tu"
label = { vi = "Từ ngày" }
kind = { date = {} }
[[step.field]]
id = "den"
label = { vi = "Đến ngày" }
kind = { date = {} }
[[check]]
field = "tong"
refuse = { less = { field = "tong", than = "von_dieu_le" } }
say = { vi = "Vốn góp chưa đủ vốn điều lệ." }
[[check]]
field = "den"
refuse = { less = { field = "den", than = "tu" } }
say = { vi = "Ngày cuối trước ngày đầu." }
"#,
    );
    let shares = [("thanh_vien.0.von", "60"), ("thanh_vien.1.von", "40")];
    let with = |more: &[(&'static str, &'static str)]| read(&f, &[&shares[..], more].concat());
    let (answers, problems) = with(&[("von_dieu_le", "100"), ("tu", "1/3/2020"), ("den", "1/3/2020"), ("tong", "7")]);
    assert_eq!(
        (answers["tong"].clone(), problems),
        (json!(100), vec![]),
        "what is typed into a sum is not read"
    );
    let fields = |more| with(more).1.into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    assert_eq!(fields(&[("von_dieu_le", "101")]), ["tong"]);
    assert_eq!(fields(&[("tu", "2/3/2020"), ("den", "1/3/2020")]), ["den"]);
    assert_eq!(
        fields(&[("von_dieu_le", ""), ("tu", "2/3/2020")]),
        Vec::<String>::new(),
        "nothing to compare with"
    );
}
