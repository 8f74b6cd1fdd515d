//! The organisation of a day: what opened, what closed, and who took over.

use crate::content::catalogue;
use jiff::civil::{Date, date};
use motcua_catalogue::{Catalogue, fill};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::procedure::AgencyKind;

const ARTICLE: Date = date(2020, 3, 30);
const MERGED: Date = date(2025, 3, 1);
const TWO_LEVELS: Date = date(2025, 7, 1);

fn count(catalogue: &Catalogue, day: Date, kind: AgencyKind) -> usize {
    catalogue.as_of(day).agencies().filter(|a| a.kind == kind).count()
}

#[test]
fn districts_and_communes_are_those_of_the_day() {
    let catalogue = catalogue();
    let places = |day, list| catalogue.as_of(day).registers().list(list).len();
    let before = date(2025, 6, 30);
    for (day, districts, communes) in [(ARTICLE, 9, 178), (before, 9, 178), (TWO_LEVELS, 0, 92)] {
        assert_eq!(
            (places(day, "districts"), places(day, "communes")),
            (districts, communes),
            "{day}"
        );
        assert_eq!(count(&catalogue, day, AgencyKind::Commune), communes, "{day}");
        assert_eq!(count(&catalogue, day, AgencyKind::District), districts, "{day}");
    }
    assert_eq!(count(&catalogue, ARTICLE, AgencyKind::Department), 19);
    assert_eq!(count(&catalogue, MERGED, AgencyKind::Department), 14);
}

#[test]
fn who_closed_left_somebody_who_is_open() {
    let catalogue = catalogue();
    let (then, now) = (catalogue.as_of(ARTICLE), catalogue.as_of(TWO_LEVELS));
    for agency in then.agencies() {
        let heirs = now.heirs(&agency.code);
        assert!(!heirs.is_empty(), "{} left nobody", agency.name.vi);
        assert!(heirs.iter().all(|heir| now.is_open(&heir.code)));
        assert_eq!(heirs[0].code == agency.code, now.is_open(&agency.code));
    }
    for commune in then.registers().list("communes") {
        assert!(
            !now.registers().now("communes", &commune.code).is_empty(),
            "{}",
            commune.name.vi
        );
    }
}

#[test]
fn a_commune_that_was_divided_passes_to_its_main_part_first() {
    let catalogue = catalogue();
    let registers = catalogue.as_of(TWO_LEVELS).registers();
    let names = |code| -> Vec<&str> { registers.now("communes", code).iter().map(|c| c.name.vi.as_str()).collect() };
    assert_eq!(names("170-02"), ["Xã Sảng Mộc"]);
    assert_eq!(names("164-11"), ["Phường Gia Sàng", "Phường Phan Đình Phùng"]);
    // What was chosen on another day can still be read, and no more be chosen.
    assert!(registers.entry("communes", "170-02").is_none());
    assert_eq!(registers.known("communes", "170-02").unwrap().name.vi, "Xã Sảng Mộc");
}

#[test]
fn a_dossier_goes_to_the_agency_of_the_day() {
    let catalogue = catalogue();
    let example = |code: &str| {
        let procedure = catalogue.procedure(&ProcedureCode(code.to_owned())).unwrap();
        let (_, example) = catalogue
            .examples()
            .unwrap()
            .into_iter()
            .find(|(p, _)| p.code().as_str() == code)
            .unwrap();
        let (answers, _) = fill(&procedure.form, &example.right, catalogue.as_of(ARTICLE).registers());
        (procedure, answers)
    };
    for (code, day, agency) in [
        // A driving licence: the department of transport, then the police.
        ("1.002820", ARTICLE, "Sở Giao thông vận tải"),
        ("1.002820", MERGED, "Công an tỉnh"),
        // A company: the departments were merged.
        ("2.001583", MERGED, "Sở Tài chính"),
        // A household business: from the district to the commune.
        ("1.001612", MERGED, "Ủy ban nhân dân thành phố Thái Nguyên"),
        ("1.001612", TWO_LEVELS, "Ủy ban nhân dân phường Quan Triều"),
        // Land stays with the branch of the former district.
        ("2.000889", TWO_LEVELS, "Chi nhánh Văn phòng Đăng ký đất đai huyện Võ Nhai"),
    ] {
        let (procedure, answers) = example(code);
        let found = catalogue.as_of(day).agency_for(&procedure, &answers).unwrap();
        assert_eq!(found.name.vi, agency, "{code} on {day}");
    }
}

#[test]
fn every_service_modelled_whole_has_an_agency_in_every_organisation() {
    let catalogue = catalogue();
    for (procedure, example) in catalogue.examples().unwrap() {
        let (answers, _) = fill(&procedure.form, &example.right, catalogue.as_of(ARTICLE).registers());
        for organisation in catalogue.organisations() {
            let agency = organisation.agency_for(&procedure, &answers);
            assert!(
                agency.is_some_and(|a| organisation.is_open(&a.code)),
                "{} since {:?}",
                procedure.code(),
                organisation.since()
            );
        }
    }
}

#[test]
fn a_sheet_names_who_settles_now() {
    let catalogue = catalogue();
    let settles = |code: &str, day| {
        let service = catalogue.service(&ProcedureCode(code.to_owned())).unwrap();
        catalogue.as_of(day).settles(&service.sheet)
    };
    assert_eq!(settles("1.001612", ARTICLE), "UBND cấp huyện (Phòng Tài chính - Kế hoạch)");
    assert_eq!(settles("1.001612", TWO_LEVELS), "UBND cấp xã");
    assert_eq!(settles("2.001583", MERGED), "Sở Tài chính (Phòng Đăng ký kinh doanh)");
    assert_eq!(settles("1.004873", TWO_LEVELS), "UBND cấp xã");
}

#[test]
fn the_organisation_turns_with_the_day_unless_one_is_held() {
    let turning = catalogue();
    assert!(!turning.turn_to(ARTICLE));
    assert!(turning.turn_to(TWO_LEVELS));
    assert!(!turning.turn_to(TWO_LEVELS));
    assert!(turning.organisation().registers().list("districts").is_empty());
    let held = catalogue().hold(ARTICLE);
    assert!(!held.turn_to(TWO_LEVELS));
    assert!(held.organisation().is_open(&AgencyCode::from("24.00")));
}
