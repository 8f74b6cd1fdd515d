//! The form language beyond single fields: tables, companies, choices and papers with conditions, fees by rule,
//! questions that lead on, what is known already, and forms that change under running drafts.

use jiff::civil::{Date, date};
use motcua_model::form::{
    Answers, Eligibility, FeeRule, FieldKind, Form, Known, PaperRule, Raw, Reason, Register, Registers, Taken, shown,
};
use motcua_model::procedure::{Lang, Text};
use serde_json::json;
use std::collections::BTreeMap;

const TODAY: Date = date(2025, 9, 1);

fn form(text: &str) -> Form {
    let head = "version = 1\napplicant = { name = \"ho_ten\" }\n";
    toml::from_str(&format!("{head}{text}")).unwrap()
}

/// A form of one step with these fields, each `id`, `kind` and what else stands in its table.
fn fields(list: &[(&str, &str, &str)]) -> Form {
    let mut text = "[[step]]\nid = \"mot\"\ntitle = { vi = \"Một\" }\n".to_owned();
    for (id, kind, more) in list {
        text.push_str(&format!(
            "[[step.field]]\nid = \"{id}\"\nlabel = {{ vi = \"{id}\" }}\nkind = {kind}\n{more}\n"
        ));
    }
    form(&text)
}

fn read(form: &Form, typed: &[(&str, &str)]) -> (Answers, Vec<(String, Reason)>) {
    let raw = Raw::from_pairs(typed.iter().copied());
    let reading = form.read_step(&form.steps[0], &raw, &Answers::new(), &registers(), TODAY);
    (
        reading.answers,
        reading.problems.into_iter().map(|p| (p.field, p.reason)).collect(),
    )
}

/// One commune that is still there, one that was merged into it, one that was split.
fn registers() -> Registers {
    let last = Some(date(2025, 6, 30));
    let now = |code: &str, name: &str| Register::lasting(code, Text::same(name), None);
    let gone = |code: &str, name: &str, to: &[&str]| Register {
        until: last,
        successors: to.iter().map(|c| (*c).to_owned()).collect(),
        ..Register::lasting(code, Text::same(name), Some("170"))
    };
    let list = vec![
        now("01", "Xã Sảng Mộc"),
        now("02", "Xã Thần Sa"),
        gone("170-02", "Xã Sảng Mộc cũ", &["01"]),
        gone("170-03", "Xã Nghinh Tường", &["01", "02"]),
    ];
    Registers {
        lists: BTreeMap::from([("communes".to_owned(), list)]),
        ..Registers::default()
    }
    .on(TODAY)
}

#[test]
fn a_commune_that_is_gone_is_asked_again_with_what_it_is_now() {
    let form = fields(&[("noi", "\"address\"", "required = true")]);
    let at = |commune| read(&form, &[("noi.commune", commune), ("noi.street", "Xóm 1")]);
    assert_eq!(
        at("01").0["noi"],
        json!({ "district": "", "commune": "01", "street": "Xóm 1" })
    );
    let gone = |name: &str, now: &[&str]| Reason::PlaceGone {
        name: Text::same(name),
        until: date(2025, 6, 30),
        now: now.iter().map(|n| Text::same(n)).collect(),
    };
    assert_eq!(
        at("170-02").1,
        [("noi.commune".into(), gone("Xã Sảng Mộc cũ", &["Xã Sảng Mộc"]))]
    );
    assert_eq!(
        at("170-03").1,
        [("noi.commune".into(), gone("Xã Nghinh Tường", &["Xã Sảng Mộc", "Xã Thần Sa"]))]
    );
    assert_eq!(at("999").1, [("noi.commune".into(), Reason::NoSuchCommune)]);
    let old = json!({ "district": "170", "commune": "170-02", "street": "Xóm 1" });
    let answers = Answers::from([("noi".to_owned(), old.clone())]);
    let told = form.outdated("mot", &answers, &registers(), TODAY);
    assert_eq!(told.len(), 1, "a draft from before is told so");
    let said = shown(&form.steps[0].fields[0], Some(&old), &registers(), Lang::Vi);
    assert_eq!(said, "Xóm 1, Xã Sảng Mộc cũ, 170", "and an old dossier reads as it was filed");
}

#[test]
fn a_date_may_lack_what_the_field_lets_it_lack() {
    let form = fields(&[
        ("ngay", "{ date = {} }", ""),
        ("thang", "{ date = { precision = \"month\" } }", ""),
        ("nam", "{ date = { precision = \"partial\" } }", ""),
    ]);
    let one = |field: &str, typed: &str| {
        let (answers, problems) = read(&form, &[(field, typed)]);
        answers.get(field).and_then(|v| v.as_str().map(str::to_owned)).ok_or(problems)
    };
    assert_eq!(one("nam", "00/00/1950").unwrap(), "1950", "as old papers write it");
    assert_eq!(one("thang", "00/3/1950").unwrap(), "03/1950");
    assert_eq!(one("thang", "1950").unwrap_err(), [("thang".into(), Reason::MonthMissing)]);
    assert!(one("ngay", "3/1950").is_err() && one("ngay", "0/3/1950").is_err());
}

#[test]
fn a_company_is_one_answer_with_a_checked_tax_code() {
    let form = fields(&[("cong_ty", "\"company\"", "required = true")]);
    let typed = |code| {
        let name = [
            ("cong_ty.name", "Công ty TNHH Chè Tân Cương"),
            ("cong_ty.address", "Xã Tân Cương"),
        ];
        read(&form, &[&[("cong_ty.tax_code", code)], &name[..]].concat())
    };
    let (answers, _) = typed("0100109106");
    let said = shown(&form.steps[0].fields[0], answers.get("cong_ty"), &registers(), Lang::Vi);
    assert_eq!(said, "Công ty TNHH Chè Tân Cương, mã số thuế 0100109106, Xã Tân Cương");
    let (_, wrong) = typed("0100109107");
    assert!(matches!(&wrong[..], [(field, Reason::TaxCode(_))] if field == "cong_ty.tax_code"));
    let (_, empty) = read(&form, &[]);
    assert_eq!(empty.len(), 3, "each part is asked for: {empty:?}");
}

#[test]
fn a_table_asks_the_same_of_each_row_and_is_added_up() {
    let table = "{ table = { rows = [{ id = \"chinh\", label = { vi = \"Nhà chính\" } }, { id = \"bep\", label = { vi = \"Bếp\" } }], \
                 columns = [{ id = \"tang\", label = { vi = \"Số tầng\" }, kind = { number = { min = 1, max = 9 } }, required = true }, \
                 { id = \"san\", label = { vi = \"Diện tích\" }, kind = { number = { min = 1, max = 999 } } }] } }";
    let form = fields(&[
        ("nha", table, ""),
        (
            "tong",
            "{ calculated = { formula = { sum = { group = \"nha\", field = \"san\" } } } }",
            "",
        ),
    ]);
    let typed = [
        ("nha.chinh.tang", "2"),
        ("nha.chinh.san", "90"),
        ("nha.bep.tang", "1"),
        ("nha.bep.san", "20"),
    ];
    let (answers, problems) = read(&form, &typed);
    assert_eq!((&answers["tong"], &problems[..]), (&json!(110), &[][..]));
    let said = shown(&form.steps[0].fields[0], answers.get("nha"), &registers(), Lang::Vi);
    assert_eq!(said, "Nhà chính (Số tầng: 2, Diện tích: 90)\nBếp (Số tầng: 1, Diện tích: 20)");
    let again = form.check(&answers, &registers(), TODAY);
    assert_eq!(again.answers, answers, "read again it is the same");
    let (_, problems) = read(&form, &[("nha.bep.san", "20")]);
    assert_eq!(
        problems,
        [("nha.bep.tang".into(), Reason::Required)],
        "a row left empty is not asked, one begun is"
    );
}

#[test]
fn a_choice_is_offered_only_then_and_a_paper_needed_only_then() {
    let options = "{ choice = { options = [{ value = \"a\", label = { vi = \"A\" } }, \
                   { value = \"b\", label = { vi = \"B\" }, when = { ticked = \"them\" } }] } }";
    let form = fields(&[("them", "\"checkbox\"", ""), ("chon", options, "")]);
    assert_eq!(read(&form, &[("chon", "b")]).1, [("chon".into(), Reason::NotAChoice)]);
    assert_eq!(read(&form, &[("them", "on"), ("chon", "b")]).0["chon"], "b");
    let rule = "id = \"giay\"\nlabel = { vi = \"Giấy\" }\nrequired_when = { ticked = \"them\" }\ntypes = [\"pdf\"]\nmax_mb = 5";
    let paper: PaperRule = toml::from_str(rule).unwrap();
    assert!(!paper.is_required(&Answers::new()) && paper.is_required(&Answers::from([("them".into(), json!(true))])));
    assert!(paper.takes("application/pdf") && !paper.takes("image/png"));
}

fn fee(rule: &str, answers: &[(&str, serde_json::Value)]) -> u64 {
    let rule: FeeRule = toml::from_str(rule).unwrap();
    let answers = answers.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
    rule.fee(&answers, |paper| paper == "giay").total
}

#[test]
fn fees_go_by_area_count_bands_with_least_and_most() {
    let line = |more: &str| format!("[[line]]\nlabel = {{ vi = \"Phí\" }}\n{more}\n");
    let plot = |area: f64| ("thua", json!({ "sheet": 1, "number": 2, "area": area }));
    let by_area = line("amount = 2000\nper = \"thua.area\"\neach = 100\nmin = 5000\nmax = 20000");
    assert_eq!(fee(&by_area, &[plot(250.0)]), 6_000, "each hundred begun");
    assert_eq!(fee(&by_area, &[plot(100.5)]), 5_000, "not below the least");
    assert_eq!(fee(&by_area, &[plot(9_999.0)]), 20_000, "not above the most");
    let bands = line(
        "per = \"thua.area\"\nbands = [{ up_to = 100, amount = 15000 }, { up_to = 300, amount = 30000 }, { amount = 50000 }]",
    );
    let at = [100.0, 100.5, 300.0, 301.0].map(|area| fee(&bands, &[plot(area)]));
    assert_eq!(at, [15_000, 30_000, 30_000, 50_000]);
    let rate = line("amount = 5\nper = \"gia\"\neach = 1000");
    assert_eq!(
        fee(&rate, &[("gia", json!(1_000_000_000_i64))]),
        5_000_000,
        "half a percent of the price"
    );
    let people = line("amount = 10000\nper = \"nguoi\"\nbeyond = 1");
    assert_eq!(fee(&people, &[("nguoi", json!([{}, {}, {}]))]), 20_000, "entries of a group");
    let steps = line("amount = 1000\nper = \"n\"\nup_to = 10") + &line("amount = 500\nper = \"n\"\nbeyond = 10");
    assert_eq!(fee(&steps, &[("n", json!(14))]), 12_000, "the first ten dearer");
    assert_eq!(fee(&format!("min = 8000\n{}", line("amount = 5000")), &[]), 8_000);
}

#[test]
fn an_exemption_counts_with_its_proof_and_the_largest_counts() {
    let rule = |proof: &str| {
        format!(
            "[[line]]\nlabel = {{ vi = \"Phí\" }}\namount = 9999\n\
             [[exempt]]\nlabel = {{ vi = \"Một nửa\" }}\nwhen = {{ ticked = \"ngheo\" }}\npercent = 50\n\
             [[exempt]]\nlabel = {{ vi = \"Miễn\" }}\nwhen = {{ ticked = \"ngheo\" }}\nproof = \"{proof}\"\n"
        )
    };
    let poor = [("ngheo", json!(true))];
    assert_eq!(fee(&rule("giay"), &poor), 0);
    assert_eq!(
        fee(&rule("khac"), &poor),
        5_000,
        "half of 9,999 is taken off, the odd đồng stays"
    );
    assert_eq!(fee(&rule("giay"), &[]), 9_999);
}

#[test]
fn nothing_divides_by_zero() {
    assert!(toml::from_str::<FeeRule>("[[line]]\nlabel = { vi = \"x\" }\namount = 1\nper = \"n\"\neach = 0").is_err());
    let form = fields(&[
        ("dat", "{ number = { min = 0, max = 9999 } }", ""),
        ("ho", "{ number = { min = 0, max = 99 } }", ""),
        (
            "moi_ho",
            "{ calculated = { formula = { quotient = { of = \"dat\", by = \"ho\" } } } }",
            "",
        ),
    ]);
    let (answers, _) = read(&form, &[("dat", "100"), ("ho", "0")]);
    assert!(!answers.contains_key("moi_ho"));
    assert_eq!(read(&form, &[("dat", "100"), ("ho", "3")]).0["moi_ho"], 33);
}

#[test]
fn questions_lead_on_or_to_another_service() {
    let form = form(
        "[[question]]\nask = { vi = \"Sinh ở Việt Nam?\" }\n\
         answer = [{ label = { vi = \"Có\" } }, { label = { vi = \"Không\" }, refuse = { vi = \"Làm ở huyện\" }, instead = \"2.000528\" }, \
         { label = { vi = \"Không rõ\" }, next = \"cha-me\" }]\n\
         [[question]]\nask = { vi = \"Trong 60 ngày?\" }\notherwise = { vi = \"Vẫn làm được, nộp phạt\" }\n\
         [[question]]\nid = \"cha-me\"\nask = { vi = \"Có cha mẹ?\" }\n\
         answer = [{ label = { vi = \"Có\" }, next = \"form\" }, { label = { vi = \"Không\" }, next = \"form\" }]\n\
         [[step]]\nid = \"mot\"\ntitle = { vi = \"Một\" }\n",
    );
    let asked = |given: &[usize]| match form.eligibility(given) {
        Eligibility::Ask(q) => q.ask.vi.clone(),
        Eligibility::Form => "form".to_owned(),
        Eligibility::Refused(why, instead) => format!("{} {}", why.vi, instead.map_or("", |code| code.as_str()))
            .trim()
            .to_owned(),
    };
    assert_eq!(asked(&[]), "Sinh ở Việt Nam?");
    assert_eq!(asked(&[1]), "Làm ở huyện 2.000528");
    assert_eq!(asked(&[2]), "Có cha mẹ?", "an answer may pass over a question");
    assert_eq!(asked(&[0, 1]), "Vẫn làm được, nộp phạt");
    assert_eq!(asked(&[0, 0]), "Có cha mẹ?");
    assert_eq!((asked(&[2, 0]), asked(&[0, 0, 1, 5])), ("form".into(), "form".into()));
    assert_eq!(asked(&[7]), "Sinh ở Việt Nam?", "an answer that is none asks again");
}

#[test]
fn what_was_answered_once_is_taken_over_by_meaning_with_where_it_is_from() {
    let old = fields(&[
        ("ho_ten", "\"person_name\"", ""),
        ("nguoi_mat", "\"person_name\"", "meaning = \"deceased.name\""),
        ("noi_mat", "\"address\"", "meaning = \"deceased.place\""),
        ("ly_do", "{ text = { max = 50 } }", ""),
    ]);
    let new = fields(&[
        ("ho_ten", "\"person_name\"", ""),
        ("ten_cu", "\"person_name\"", "meaning = \"deceased.name\""),
        ("noi", "\"address\"", "meaning = \"deceased.place\"\nrequired = true"),
        ("ly_do", "{ text = { max = 50 } }", ""),
    ]);
    let answers = Answers::from([
        ("ho_ten".into(), json!("Nông Thị Hà")),
        ("nguoi_mat".into(), json!("Nông Văn Tài")),
        (
            "noi_mat".into(),
            json!({ "district": "170", "commune": "170-02", "street": "Xóm 1" }),
        ),
        ("ly_do".into(), json!("Tuổi già")),
    ]);
    let from = Taken::Dossier {
        code: "H55-1".into(),
        on: date(2025, 6, 1),
    };
    let mut known = Known::default();
    known.add("applicant.name", json!("Nông Thị Hoa"), Taken::Account);
    known.learn(&old, &answers, &from, |_| true);
    let filled = new.prefilled(&known, &registers(), TODAY);
    assert_eq!(
        filled.answers,
        Answers::from([
            ("ho_ten".into(), json!("Nông Thị Hoa")),
            ("ten_cu".into(), json!("Nông Văn Tài"))
        ]),
        "by meaning, never by a name that happens to be the same"
    );
    assert_eq!(filled.taken["ho_ten"], Taken::Account, "what is known first stays");
    assert_eq!(filled.taken["ten_cu"], from);
    assert_eq!(
        filled.typed["noi.commune"], "170-02",
        "a commune that is gone is asked again, with what was answered"
    );
}

#[test]
fn a_field_renamed_under_running_drafts_loses_nothing() {
    let old = fields(&[
        ("ten", "\"person_name\"", ""),
        ("so_con", "{ number = { min = 0, max = 20 } }", ""),
        ("mau_xe", "{ text = { max = 20 } }", ""),
        (
            "con",
            "{ group = { min = 0, max = 3, fields = [{ id = \"ten\", label = { vi = \"Tên\" }, kind = \"person_name\" }] } }",
            "",
        ),
    ]);
    let mut new = fields(&[
        ("ho_ten", "\"person_name\"", "was = [\"ten\"]"),
        ("so_con", "{ number = { min = 0, max = 2 } }", ""),
        ("dan_toc", "{ text = { max = 20 } }", "required = true"),
        (
            "con",
            "{ group = { min = 0, max = 3, fields = [{ id = \"ho_ten\", was = [\"ten\"], label = { vi = \"Họ tên\" }, kind = \"person_name\" }] } }",
            "",
        ),
    ]);
    new.version = 2;
    let (answers, _) = read(
        &old,
        &[
            ("ten", "Nông Thị Hoa"),
            ("so_con", "3"),
            ("mau_xe", "xanh"),
            ("con.0.ten", "Nông Văn An"),
        ],
    );
    let carried = new.carry((1, Some(&old)), &answers, &BTreeMap::new(), &registers(), TODAY);
    assert_eq!(carried.answers["ho_ten"], "Nông Thị Hoa");
    assert_eq!(carried.answers["con"], json!([{ "ho_ten": "Nông Văn An" }]));
    assert_eq!(
        carried.typed["so_con"], "3",
        "what the new version does not take stays as it was typed"
    );
    let moved = &carried.moved;
    assert_eq!((moved.from, moved.to), (1, 2));
    assert_eq!(moved.renamed, [(Text::same("ten"), Text::same("ho_ten"))]);
    assert_eq!(moved.asked, [Text::same("dan_toc")]);
    let left: Vec<_> = moved.left.iter().map(|l| (l.label.vi.as_str(), l.value.as_str())).collect();
    assert_eq!(left, [("mau_xe", "xanh")], "what is dropped is listed");
    assert!(carried.done.is_empty());
    let page = new.renamed(&Raw::from_pairs([("ten", "Hoa"), ("con.1.ten", "An")]));
    assert_eq!(
        (page.get("ho_ten"), page.get("con.1.ho_ten")),
        ("Hoa", "An"),
        "an old page posts under the new names"
    );
}

#[test]
fn a_text_of_many_lines_that_is_too_long_is_carried_whole() {
    let old = fields(&[("y_kien", "{ long_text = { max = 10 } }", "")]);
    let typed = BTreeMap::from([("y_kien".to_owned(), "dòng một\ndòng hai\ndòng ba".to_owned())]);
    let mut new = old.clone();
    new.version = 2;
    let carried = new.carry((1, Some(&old)), &Answers::new(), &typed, &registers(), TODAY);
    assert_eq!(carried.typed, typed);
    assert!(matches!(old.field("y_kien").unwrap().kind, FieldKind::LongText { .. }));
}
