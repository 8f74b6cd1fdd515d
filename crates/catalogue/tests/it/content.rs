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

#[test]
fn a_refusal_that_names_another_service_leads_to_it() {
    let catalogue = catalogue();
    let codes = || catalogue.services().iter().map(|s| &s.sheet.code);
    let mut led = 0;
    for procedure in codes().filter_map(|code| catalogue.procedure(code)) {
        let refusals = procedure.form.questions.iter().flat_map(|q| {
            let answers = q.answers.iter().map(|a| (&a.refuse, &a.instead));
            answers.chain([(&q.otherwise, &q.instead)])
        });
        for (text, instead) in refusals {
            let Some(text) = text else { continue };
            // One service has no code of the national portal yet, only a dash.
            let mut named = codes().filter(|code| code.as_str().len() > 1 && text.vi.contains(code.as_str()));
            if let Some(named) = named.next() {
                assert_eq!(instead.as_ref(), Some(named), "{}: {}", procedure.code(), text.vi);
                led += 1;
            }
        }
    }
    assert!(led >= 9, "{led}");
}
