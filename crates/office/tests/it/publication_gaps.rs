//! A change of the catalogue at its edges: versions of forms that come and go with a draft, imports, two at once, and a
//! service that is closed to new requests.

use crate::publication::{Admins, FORM, SHEET};
use jiff::civil::date;
use motcua_catalogue::Files;
use motcua_model::actor::Actor;
use motcua_model::dossier::Refusal;
use motcua_model::id::{ProcedureCode, PublicationId};
use motcua_model::procedure::{Closed, Text};
use motcua_model::publication::{PublicationRefusal, PublicationState};
use motcua_office::error::{OfficeError, PublicationProblem};

const KEPT: &str = "procedures/1.004873/versions/1.form.toml";

impl Admins {
    /// Changes a title of the form in a draft, as somebody does who reads the draft's own text.
    async fn retitled(&self, who: &Actor, id: PublicationId, title: &str) {
        let open = self.town.office.publication(who, id).await.unwrap();
        let content = self.town.office.content_with(who, &open).await.unwrap();
        let text = content.get(FORM).unwrap();
        let start = text.find("title = { vi = \"").unwrap() + "title = { vi = \"".len();
        let end = start + text[start..].find('"').unwrap();
        let text = format!("{}{title}{}", &text[..start], &text[end..]);
        let saved = open.stored.saved;
        self.town.office.save_file(who, id, saved, FORM, Some(&text)).await.unwrap();
    }

    async fn paths(&self, id: PublicationId) -> Vec<String> {
        let open = self.town.office.publication(&self.quan, id).await.unwrap();
        open.files.into_iter().map(|f| f.path).collect()
    }

    async fn publish(&self, id: PublicationId) {
        let office = &self.town.office;
        let author = office.publication(&self.quan, id).await.unwrap().publication().author;
        let (author, other) = if author == self.quan.account {
            (&self.quan, &self.lan)
        } else {
            (&self.lan, &self.quan)
        };
        office.send_publication(author, id, office.today()).await.unwrap();
        office.approve_publication(other, id).await.unwrap();
    }
}

fn version(text: &str) -> i64 {
    text.parse::<toml::Table>().unwrap()["version"].as_integer().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_version_that_a_form_replaces_comes_and_goes_with_it() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let id = office.begin_publication(&a.quan, "Sửa tờ khai").await.unwrap();
    a.retitled(&a.quan, id, "Một").await;
    assert_eq!(a.paths(id).await, [FORM, KEPT]);
    a.retitled(&a.quan, id, "Hai").await;
    assert_eq!(a.paths(id).await, [FORM, KEPT]);
    // Dropped by hand.
    office.drop_file(&a.quan, id, a.saved(id).await, FORM).await.unwrap();
    assert!(a.paths(id).await.is_empty());
    // Typed back to what it was.
    a.retitled(&a.quan, id, "Ba").await;
    let old = office.files_in_force().get(FORM).unwrap().to_owned();
    office
        .save_file(&a.quan, id, a.saved(id).await, FORM, Some(&old))
        .await
        .unwrap();
    assert!(a.paths(id).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_keeps_hers_after_anothers_approval_replaces_the_version_that_the_other_made() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let (mine, theirs) = (
        office.begin_publication(&a.lan, "Của Lan").await.unwrap(),
        office.begin_publication(&a.quan, "Của Quân").await.unwrap(),
    );
    a.retitled(&a.lan, mine, "Của Lan").await;
    a.retitled(&a.quan, theirs, "Của Quân").await;
    a.publish(theirs).await;
    office.keep_mine(&a.lan, mine, a.saved(mine).await, FORM).await.unwrap();
    assert_eq!(a.paths(mine).await, [FORM, "procedures/1.004873/versions/2.form.toml"]);
    a.publish(mine).await;
    let files = office.files_in_force();
    assert_eq!(version(files.get(FORM).unwrap()), 3);
    assert!(files.get(FORM).unwrap().contains("Của Lan"));
    assert!(
        files
            .get("procedures/1.004873/versions/2.form.toml")
            .unwrap()
            .contains("Của Quân")
    );
    assert_eq!(version(files.get(KEPT).unwrap()), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_keeps_the_version_that_was_in_force_and_sent_twice_is_one() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let files = office.files_in_force();
    let old = files.get(FORM).unwrap();
    let new = old.replacen("title = { vi = \"", "title = { vi = \"Mới: ", 1);
    // Somebody raised the version and wrote the old one down with a slip.
    let new = new.replacen("version = 1", "version = 2", 1);
    let slip = old.replacen("title = { vi = \"", "title = { vi = \"Sai: ", 1);
    let changed = Files::clone(&files).with([(FORM.to_owned(), Some(new.into())), (KEPT.to_owned(), Some(slip.into()))]);
    let id = office.import_publication(&a.quan, "Nhập", &changed).await.unwrap();
    assert_eq!(a.paths(id).await, [FORM, KEPT], "each path once");
    let open = office.publication(&a.quan, id).await.unwrap();
    assert_eq!(open.files[1].body.as_deref(), Some(old), "what was in force is what is kept");
    let again = office.import_publication(&a.quan, " Nhập ", &changed).await.unwrap();
    assert_eq!(again, id, "sent twice, it is one change");
    let other = office.import_publication(&a.lan, "Nhập", &changed).await.unwrap();
    assert_ne!(other, id, "another's is hers");
    a.publish(id).await;
    assert_eq!(office.files_in_force().get(KEPT), Some(old));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_approved_at_the_same_moment_one_holds_and_the_other_is_told() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let mut ids = Vec::new();
    for (author, title) in [(&a.quan, "Của Quân"), (&a.lan, "Của Lan")] {
        let id = office.begin_publication(author, title).await.unwrap();
        a.retitled(author, id, title).await;
        ids.push(id);
    }
    let today = office.today();
    office.send_publication(&a.quan, ids[0], today).await.unwrap();
    office.send_publication(&a.lan, ids[1], today).await.unwrap();
    let (first, second) = tokio::join!(
        office.approve_publication(&a.lan, ids[0]),
        office.approve_publication(&a.quan, ids[1])
    );
    assert_eq!(
        usize::from(first.is_ok()) + usize::from(second.is_ok()),
        1,
        "{first:?} {second:?}"
    );
    let told = first.err().or(second.err()).unwrap();
    assert!(
        matches!(
            told,
            OfficeError::Refused(Refusal::Overtaken) | OfficeError::Publication(PublicationProblem::Moved(_))
        ),
        "{told:?}"
    );
    assert_eq!(version(office.files_in_force().get(FORM).unwrap()), 2);
    assert_eq!(office.verify_publications().await.unwrap().damage, None);
}

fn code() -> ProcedureCode {
    ProcedureCode::from("1.004873")
}

fn closed(from: &str, until: Option<&str>) -> Closed {
    Closed {
        from: from.parse().unwrap(),
        until: until.map(|day| day.parse().unwrap()),
        reason: Text::same("Chờ mẫu tờ khai mới"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_service_takes_nothing_new_keeps_drafts_and_goes_on_with_what_was_filed() {
    let a = Admins::new().await;
    let (office, citizen) = (&a.town.office, a.town.sign_in("0912345678").await);
    let filed = a.town.paid().await;
    let draft = a.town.draft(&citizen).await;
    let want = closed("2020-04-01", Some("2020-04-10"));
    let id = office
        .close_service(&a.quan, &code(), Some(&want), "Dừng nhận")
        .await
        .unwrap();
    let p = office.publication(&a.lan, id).await.unwrap();
    assert_eq!(
        p.publication().state,
        PublicationState::Waiting,
        "a second person looks at it"
    );
    let file = &p.files[0];
    let added: Vec<_> = file
        .body
        .as_ref()
        .unwrap()
        .lines()
        .filter(|l| !file.base.as_ref().unwrap().contains(l))
        .collect();
    assert_eq!(added.len(), 1, "one line is added, the rest of the sheet stays: {added:?}");
    office.approve_publication(&a.lan, id).await.unwrap();
    // Requests work with the content that holds now.
    let office = &office.current();
    assert_eq!(office.closings()[0].closed, want, "people read of it beforehand");
    office.begin_draft(&citizen, &code()).await.unwrap();
    a.town.set_clock("2020-04-01T08:00:00+07");
    let refused = |e: OfficeError| matches!(e, OfficeError::Refused(Refusal::ServiceClosed(c)) if *c == want);
    assert!(refused(office.submit(&citizen, draft, true).await.unwrap_err()));
    assert!(refused(office.begin_draft(&citizen, &code()).await.unwrap_err()));
    let reception = a.town.sign_in("motcua.sangmoc").await;
    assert!(refused(office.begin_draft(&reception, &code()).await.unwrap_err()));
    // The draft is there, and can be filled in further.
    assert_eq!(office.open_draft(&citizen, draft).await.unwrap().draft.id, draft);
    // What was filed goes on.
    office.accept(&reception, filed.id, filed.version).await.unwrap();
    a.town.set_clock("2020-04-11T08:00:00+07");
    office.submit(&citizen, draft, true).await.unwrap();
    assert!(office.current().closings().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_service_is_opened_again_and_the_sheet_is_as_it_was() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let before = office.files_in_force().get(SHEET).unwrap().to_owned();
    let want = closed("2020-03-30", None);
    let id = office
        .close_service(&a.quan, &code(), Some(&want), "Dừng nhận")
        .await
        .unwrap();
    office.approve_publication(&a.lan, id).await.unwrap();
    assert_eq!(office.current().closings().len(), 1);
    let id = office.close_service(&a.lan, &code(), None, "Nhận lại").await.unwrap();
    office.approve_publication(&a.quan, id).await.unwrap();
    assert!(office.current().closings().is_empty());
    assert_eq!(office.files_in_force().get(SHEET), Some(&*before));
    let nothing = office.close_service(&a.lan, &code(), None, "Nhận lại").await;
    assert!(
        matches!(nothing, Err(OfficeError::Publication(PublicationProblem::Empty))),
        "{nothing:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_closed_begins_nothing() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let yesterday = office
        .close_service(&a.quan, &code(), Some(&closed("2020-03-29", None)), "Dừng")
        .await;
    assert!(
        matches!(
            yesterday,
            Err(OfficeError::Publication(PublicationProblem::Refused(PublicationRefusal::InThePast { today, .. })))
                if today == date(2020, 3, 30)
        ),
        "{yesterday:?}"
    );
    let end = office
        .close_service(&a.quan, &code(), Some(&closed("2020-04-10", Some("2020-04-01"))), "Dừng")
        .await;
    assert!(
        matches!(end, Err(OfficeError::Publication(PublicationProblem::Mistakes(_)))),
        "{end:?}"
    );
    let unknown = office
        .close_service(
            &a.quan,
            &ProcedureCode::from("9.999999"),
            Some(&closed("2020-04-01", None)),
            "Dừng",
        )
        .await;
    assert!(matches!(unknown, Err(OfficeError::Refused(Refusal::NotFound))), "{unknown:?}");
    let citizen = a.town.sign_in("0912345678").await;
    let stranger = office
        .close_service(&citizen, &code(), Some(&closed("2020-04-01", None)), "Dừng")
        .await;
    assert!(
        matches!(
            stranger,
            Err(OfficeError::Publication(PublicationProblem::Refused(
                PublicationRefusal::NotPermitted
            )))
        ),
        "{stranger:?}"
    );
    assert!(office.publications(&a.quan, None).await.unwrap().is_empty());
}
