use motcua_catalogue::Catalogue;

pub fn catalogue() -> Catalogue {
    Catalogue::embedded().unwrap_or_else(|mistakes| {
        let lines: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
        panic!("the shipped content has mistakes:\n{}", lines.join("\n"))
    })
}

#[test]
fn the_shipped_content_has_no_mistake() {
    catalogue();
}

#[test]
fn every_one_of_the_263_services_has_a_sheet() {
    assert_eq!(catalogue().services().len(), 263);
}

#[test]
fn every_commune_and_district_has_its_agency() {
    let catalogue = catalogue();
    assert_eq!(catalogue.registers().list("communes").len(), 178);
    assert_eq!(catalogue.registers().list("districts").len(), 9);
    let of = |kind| catalogue.agencies().filter(|a| a.kind == kind).count();
    assert_eq!(of(motcua_model::procedure::AgencyKind::Commune), 178);
    assert_eq!(of(motcua_model::procedure::AgencyKind::LandBranch), 9);
}
