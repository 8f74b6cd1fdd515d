//! By which words a dossier is found, and how what is typed is read.

use jiff::Timestamp;
use motcua_model::actor::Actor;
use motcua_model::dossier::{
    Applicant, Channel, Dossier, Event, Level, Recorded, ReturnWay, WORDS_MAX, evolve, search_words, sought,
};
use motcua_model::id::{AgencyCode, DossierCode, DossierId, ProcedureCode};
use serde_json::{Value, json};

fn dossier(name: &str, answers: &Value) -> Dossier {
    let at: Timestamp = "2020-03-30T02:00:00Z".parse().unwrap();
    let event = Event::Submitted {
        code: DossierCode::from("000.24.12.H55-200330-0001"),
        procedure: ProcedureCode::from("1.004873"),
        form_version: 1,
        agency: AgencyCode::from("24.12"),
        level: Level::Four,
        channel: Channel::Online,
        owner: None,
        filed_at_office: None,
        applicant: Applicant {
            name: name.into(),
            person_id: "019185001234".into(),
            birth_date: String::new(),
            phone: "+84912345678".into(),
            email: String::new(),
            address: String::new(),
            commune: String::new(),
        },
        answers: serde_json::from_value(answers.clone()).unwrap(),
        papers: Vec::new(),
        return_way: ReturnWay::Online,
        fee: 0,
        fee_shares: Vec::new(),
        acknowledge_by: at,
    };
    let recorded = Recorded {
        at,
        actor: Actor::system(),
        event,
    };
    evolve(None, DossierId::new(1, [1; 10]), &recorded).unwrap()
}

#[test]
fn a_dossier_is_found_by_code_number_phone_and_every_part_of_the_name() {
    let words = search_words(&dossier("Nông Thị Hoa", &json!({})));
    assert_eq!(
        words,
        ["200330-0001", "019185001234", "0912345678", "nong thi hoa", "hoa", "thi hoa"]
    );
}

#[test]
fn a_plot_is_found_with_and_without_its_commune_and_a_company_by_its_tax_code() {
    let words = search_words(&dossier(
        "Hoa",
        &json!({
            "noi_cu_tru": { "commune": "164-01", "district": "164" },
            "dia_chi_thua_dat": { "commune": "170-02", "district": "170" },
            "thua": { "sheet": 12, "number": 34, "area": 250 },
            "mst": "0100109106",
            "ghi_chu": "0100109106-999",
        }),
    ));
    for word in ["12/34", "170-02/12/34", "0100109106"] {
        assert!(words.iter().any(|w| w == word), "{word} is not among {words:?}");
    }
}

#[test]
fn a_long_name_writes_no_more_than_the_most_words_and_keeps_the_given_name() {
    let name = "Công ty trách nhiệm hữu hạn một thành viên xây dựng và thương mại Ánh".repeat(2);
    let words = search_words(&dossier(&name, &json!({})));
    assert_eq!(words.len(), WORDS_MAX);
    assert!(words.iter().any(|w| w == "anh"));
    assert!(words.iter().all(|w| w.chars().count() <= 60));
}

#[test]
fn what_is_typed_is_read_as_people_type_it() {
    for (typed, terms) in [
        ("000.24.12.H55-200330-0001", &["200330-0001"][..]),
        ("24.12.h55-2003", &["2003"]),
        ("200330-0001", &["200330-0001"]),
        ("0912 345 678", &["0912345678"]),
        ("+84 912.345.678", &["0912345678"]),
        ("019185001234", &["019185001234"]),
        ("Tờ 12 thửa 34", &["12/34"]),
        ("170-02/12/34", &["170-02/12/34"]),
        ("Hoa 0912345678", &["hoa", "0912345678"]),
        ("  ", &[]),
        ("%_'\"", &[]),
    ] {
        assert_eq!(sought(typed).terms, terms, "{typed}");
    }
    assert_eq!(sought("Nông  Thị H").phrase.as_deref(), Some("nong thi h"));
    assert_eq!(sought("Hoa 0912345678").phrase, None);
    assert!(sought(&"a ".repeat(10_000)).terms.len() <= 4);
}
