//! What PDF/A-2 (ISO 19005-2) asks of a file, as far as its bytes show it. typst checks the rest when it writes: it
//! refuses what the standard forbids.

use crate::sample;
use motcua_papers::Papers;

fn is_archival(pdf: &[u8], conformance: &str) {
    // typst writes without spaces, the joiner with them.
    let said = String::from_utf8_lossy(pdf)
        .replace("/Type /", "/Type/")
        .replace("/ID [", "/ID[");
    assert!(said.contains("<pdfaid:part>2</pdfaid:part>"));
    assert!(said.contains(&format!("<pdfaid:conformance>{conformance}</pdfaid:conformance>")));
    assert!(said.contains("/OutputIntents") && said.contains("/GTS_PDFA1"));
    assert!(!said.contains("/Encrypt") && !said.contains("/JavaScript") && !said.contains("/LZWDecode"));
    assert!(said.contains("/ID["), "an identifier of the file");
    let fonts = said.matches("/Type/FontDescriptor").count();
    let embedded = said.matches("/FontFile").count();
    assert!(fonts > 0 && fonts == embedded, "{fonts} fonts, {embedded} embedded");
}

#[test]
fn every_paper_is_archival() {
    let papers = Papers::new();
    is_archival(&papers.receipt_slip(&sample::receipt("Hoa", "")).unwrap(), "A");
    is_archival(&papers.supplement_slip(&sample::supplement()).unwrap(), "A");
    is_archival(&papers.refusal_slip(&sample::refusal()).unwrap(), "A");
    is_archival(&papers.apology_slip(&sample::apology()).unwrap(), "A");
    is_archival(&papers.control_sheet(&sample::control(3)).unwrap(), "A");
    is_archival(&papers.hand_over_list(&sample::hand_over()).unwrap(), "A");
    let mut register = papers.register(sample::register_head(), Vec::new()).unwrap();
    register.push(sample::register_row(1)).unwrap();
    is_archival(&register.finish().unwrap().0, "B");
}
