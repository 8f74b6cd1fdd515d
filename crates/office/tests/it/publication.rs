//! A change of the catalogue: drafted by one, approved by another, in force on its day; each step a line of a chain.

use crate::town::Town;
use jiff::civil::{Date, date};
use motcua_catalogue::Files;
use motcua_model::actor::Actor;
use motcua_model::dossier::Refusal;
use motcua_model::id::{ProcedureCode, PublicationId};
use motcua_model::publication::{PublicationRefusal, PublicationState};
use motcua_office::error::{OfficeError, PublicationProblem, Result};
use sqlx::Connection;

pub const SHEET: &str = "procedures/1.004873/sheet.toml";
pub const FORM: &str = "procedures/1.004873/form.toml";

/// The two administrators of a town whose catalogue is read.
pub struct Admins {
    pub town: Town,
    pub quan: Actor,
    pub lan: Actor,
}

impl Admins {
    pub async fn new() -> Self {
        let town = Town::new().await;
        town.office.refresh_catalogue().await.unwrap();
        let (quan, lan) = (town.sign_in("quantri").await, town.sign_in("quantri2").await);
        Self { town, quan, lan }
    }

    fn name(&self) -> String {
        let office = self.town.office.current();
        office
            .catalogue()
            .service(&ProcedureCode::from("1.004873"))
            .unwrap()
            .sheet
            .name
            .vi
            .clone()
    }

    fn text(&self, path: &str) -> String {
        self.town.office.files_in_force().get(path).unwrap().to_owned()
    }

    /// A draft of `who` that changes one text of a file.
    async fn draft(&self, who: &Actor, path: &str, from: &str, to: &str) -> PublicationId {
        let office = &self.town.office;
        let id = office.begin_publication(who, "Đổi theo quyết định mới").await.unwrap();
        let text = self.text(path);
        assert!(text.contains(from), "{from} is not in {path}");
        office
            .save_file(who, id, 0, path, Some(&text.replacen(from, to, 1)))
            .await
            .unwrap();
        id
    }

    async fn renamed(&self, who: &Actor, to: &str) -> PublicationId {
        let now = self.name();
        self.draft(who, SHEET, &format!("vi = \"{now}\""), &format!("vi = \"{to}\""))
            .await
    }

    async fn published(&self, to: &str, from: Date) -> PublicationId {
        let id = self.renamed(&self.quan, to).await;
        self.town.office.send_publication(&self.quan, id, from).await.unwrap();
        self.town.office.approve_publication(&self.lan, id).await.unwrap();
        id
    }

    async fn state(&self, id: PublicationId) -> PublicationState {
        self.town
            .office
            .publication(&self.quan, id)
            .await
            .unwrap()
            .publication()
            .state
    }

    pub async fn saved(&self, id: PublicationId) -> u64 {
        self.town.office.publication(&self.quan, id).await.unwrap().stored.saved
    }
}

fn refused<T: std::fmt::Debug>(done: Result<T>) -> PublicationRefusal {
    match done {
        Err(OfficeError::Publication(PublicationProblem::Refused(no))) => no,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_in_force_on_its_day_and_not_before() {
    let a = Admins::new().await;
    let old = a.name();
    let before = a.town.office.current();
    let id = a.published("Giấy độc thân", date(2020, 4, 1)).await;
    assert_eq!((a.name(), a.state(id).await), (old.clone(), PublicationState::Approved));
    a.town.set_clock("2020-03-31T23:59:59+07");
    a.town.office.refresh_catalogue().await.unwrap();
    assert_eq!(a.name(), old);
    a.town.set_clock("2020-04-01T00:00:00+07");
    assert!(a.town.office.refresh_catalogue().await.unwrap());
    assert_eq!(
        (a.name().as_str(), a.state(id).await),
        ("Giấy độc thân", PublicationState::InForce)
    );
    // Who began before holds what she began with.
    let code = ProcedureCode::from("1.004873");
    assert_eq!(before.catalogue().service(&code).unwrap().sheet.name.vi, old);
    assert!(!a.town.office.refresh_catalogue().await.unwrap(), "nothing happened since");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_result_paper_that_cannot_be_made_does_not_come_into_force() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let path = "procedures/1.004873/result.typ";
    let right = a.text(path);
    let id = a.draft(&a.quan, path, "#data.text", "#data.noi_dung").await;
    let sent = office.send_publication(&a.quan, id, office.today()).await;
    let Err(OfficeError::Publication(PublicationProblem::Mistakes(list))) = sent else {
        panic!("{sent:?}")
    };
    let line = right.lines().position(|l| l == "#data.text").unwrap() + 1;
    assert_eq!((list.len(), list[0].file.as_str(), list[0].line), (1, path, line), "{list:?}");
    let put_right = right.replacen("#data.text", "#strong(data.text)", 1);
    office
        .save_file(&a.quan, id, a.saved(id).await, path, Some(&put_right))
        .await
        .unwrap();
    office.send_publication(&a.quan, id, office.today()).await.unwrap();
    office.approve_publication(&a.lan, id).await.unwrap();
    assert_eq!(a.text(path), put_right);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_today_means_at_once() {
    let a = Admins::new().await;
    let id = a.published("Giấy độc thân", date(2020, 3, 30)).await;
    assert_eq!(
        (a.name().as_str(), a.state(id).await),
        ("Giấy độc thân", PublicationState::InForce)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_published_is_there_after_a_restart() {
    let a = Admins::new().await;
    a.published("Giấy độc thân", date(2020, 3, 30)).await;
    let again = a.town.restarted().await;
    again.refresh_catalogue().await.unwrap();
    let code = ProcedureCode::from("1.004873");
    assert_eq!(
        again.current().catalogue().service(&code).unwrap().sheet.name.vi,
        "Giấy độc thân"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_approves_what_she_wrote_and_only_administrators_publish() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let id = a.renamed(&a.quan, "Giấy độc thân").await;
    office.send_publication(&a.quan, id, date(2020, 4, 1)).await.unwrap();
    assert_eq!(
        refused(office.approve_publication(&a.quan, id).await),
        PublicationRefusal::OwnApproval
    );
    let leader = a.town.sign_in("lanhdao.sangmoc").await;
    assert!(matches!(
        office.approve_publication(&leader, id).await,
        Err(OfficeError::Refused(Refusal::NotPermitted))
    ));
    assert_eq!(
        refused(office.begin_publication(&leader, "Đổi").await),
        PublicationRefusal::NotPermitted
    );
    assert_eq!(
        refused(office.begin_publication(&a.quan, "  ").await),
        PublicationRefusal::NoReason
    );
    assert_eq!(a.state(id).await, PublicationState::Waiting);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_that_is_over_is_refused_when_sent_and_when_approved() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let id = a.renamed(&a.quan, "Giấy độc thân").await;
    let past = |from, today| PublicationRefusal::InThePast { from, today };
    let (yesterday, today) = (date(2020, 3, 29), date(2020, 3, 30));
    assert_eq!(
        refused(office.send_publication(&a.quan, id, yesterday).await),
        past(yesterday, today)
    );
    office.send_publication(&a.quan, id, today).await.unwrap();
    a.town.set_clock("2020-03-31T08:00:00+07");
    assert_eq!(
        refused(office.approve_publication(&a.lan, id).await),
        past(today, date(2020, 3, 31))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_change_the_same_file_the_second_is_told_and_sees_what_the_first_did() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let mine = a.renamed(&a.lan, "Tên của Lan").await;
    a.published("Tên của Quân", date(2020, 3, 30)).await;
    let told = office.send_publication(&a.lan, mine, date(2020, 4, 1)).await;
    let Err(OfficeError::Publication(PublicationProblem::Moved(paths))) = told else {
        panic!("{told:?}")
    };
    assert_eq!(paths, [SHEET]);
    let open = office.publication(&a.lan, mine).await.unwrap();
    let moved = office.moved(&open, None).await.unwrap();
    assert!(moved[0].now.as_ref().unwrap().contains("Tên của Quân"));
    assert_eq!(moved[0].by.as_ref().unwrap().0, "Đặng Minh Quân");
    // She looked at it and keeps hers.
    office.keep_mine(&a.lan, mine, a.saved(mine).await, SHEET).await.unwrap();
    office.send_publication(&a.lan, mine, date(2020, 3, 30)).await.unwrap();
    office.approve_publication(&a.quan, mine).await.unwrap();
    assert_eq!(a.name(), "Tên của Lan");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_holds_earlier_may_not_be_undone_by_what_was_approved_for_later() {
    let a = Admins::new().await;
    a.published("Từ tháng năm", date(2020, 5, 1)).await;
    // Made from the text of May, wanted for April.
    let id = a.town.office.begin_publication(&a.lan, "Sớm hơn").await.unwrap();
    let may = a.town.office.content_on(date(2020, 5, 1)).await.unwrap();
    let text = may.get(SHEET).unwrap().replace("Từ tháng năm", "Từ tháng tư");
    a.town.office.save_file(&a.lan, id, 0, SHEET, Some(&text)).await.unwrap();
    for (day, fits) in [(date(2020, 4, 1), false), (date(2020, 5, 1), true)] {
        let sent = a.town.office.send_publication(&a.lan, id, day).await;
        assert_eq!(sent.is_ok(), fits, "{day}: {sent:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_windows_of_one_draft_do_not_overwrite_each_other() {
    let a = Admins::new().await;
    let id = a.renamed(&a.quan, "Một").await;
    let text = a.text(SHEET);
    let late = a.town.office.save_file(&a.quan, id, 0, SHEET, Some(&text)).await;
    assert!(matches!(late, Err(OfficeError::Refused(Refusal::Overtaken))), "{late:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_withdrawn_before_it_holds_and_not_after() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let old = a.name();
    let id = a.published("Giấy độc thân", date(2020, 4, 1)).await;
    assert_eq!(
        refused(office.withdraw_publication(&a.lan, id, "").await),
        PublicationRefusal::NoReason
    );
    office.withdraw_publication(&a.lan, id, "Quyết định bị hoãn").await.unwrap();
    a.town.set_clock("2020-04-02T08:00:00+07");
    office.refresh_catalogue().await.unwrap();
    assert_eq!(a.name(), old);
    let held = a.published("Giấy độc thân", date(2020, 4, 2)).await;
    assert_eq!(
        refused(office.withdraw_publication(&a.lan, held, "Muộn").await),
        PublicationRefusal::WrongState(PublicationState::InForce)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_read_is_neither_sent_nor_lost() {
    let a = Admins::new().await;
    let office = &a.town.office;
    // A condition that asks for a field which is gone.
    let id = a.draft(&a.quan, FORM, "id = \"tinh_trang\"", "id = \"tinh_trang_moi\"").await;
    let sent = office.send_publication(&a.quan, id, date(2020, 4, 1)).await;
    let Err(OfficeError::Publication(PublicationProblem::Mistakes(list))) = sent else {
        panic!("{sent:?}")
    };
    assert!(
        list.iter().any(|m| m.file == FORM && m.line > 0 && !m.remedy.is_empty()),
        "{list:?}"
    );
    let open = office.publication(&a.quan, id).await.unwrap();
    assert!(open.files[0].body.as_ref().unwrap().contains("tinh_trang_moi"));
    assert_eq!(a.state(id).await, PublicationState::Draft);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_changes_gets_the_next_version() {
    let a = Admins::new().await;
    let id = a.draft(&a.quan, FORM, "# ", "# Ghi chú: ").await;
    let version = |text: &str| text.parse::<toml::Table>().unwrap()["version"].as_integer().unwrap();
    let of = async |id| {
        a.town.office.publication(&a.quan, id).await.unwrap().files[0]
            .body
            .clone()
            .unwrap()
    };
    let now = version(&a.text(FORM));
    assert_eq!(version(&of(id).await), now, "a remark changes nothing");
    let id = a.draft(&a.quan, FORM, "title = { vi = \"", "title = { vi = \"Mới: ").await;
    assert_eq!(version(&of(id).await), now + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_with_drafts_or_dossiers_is_not_removed() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let remove = async || {
        let id = office.begin_publication(&a.quan, "Bỏ thủ tục").await.unwrap();
        let files = office.files_in_force();
        let paths = files.paths().filter(|p| p.starts_with("procedures/1.004873/"));
        // What names its papers goes with it.
        let kept = "kept_papers.toml";
        let others = files
            .get(kept)
            .unwrap()
            .replace("asked_as = [\"1.004873/ban-an\", ", "asked_as = [")
            .replace("issued_by = [\"1.004873\"]", "issued_by = []");
        let gone = paths.map(|path| (path, None));
        for (saved, (path, text)) in gone.chain([(kept, Some(&others[..]))]).enumerate() {
            office.save_file(&a.quan, id, saved as u64, path, text).await.unwrap();
        }
        office.send_publication(&a.quan, id, date(2020, 4, 1)).await
    };
    let citizen = a.town.sign_in("0912345678").await;
    a.town.filed(&citizen).await;
    let Err(OfficeError::Publication(PublicationProblem::Mistakes(list))) = remove().await else {
        panic!("removed")
    };
    assert!(list.iter().any(|m| m.file == SHEET), "{list:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_zip_comes_back_as_a_change_of_what_differs() {
    let a = Admins::new().await;
    let office = &a.town.office;
    let zip = office.files_in_force().to_zip().unwrap();
    let same = Files::from_zip(&zip).unwrap();
    assert_eq!(same, *office.files_in_force().as_ref());
    let nothing = office.import_publication(&a.quan, "Nhập", &same).await;
    assert!(
        matches!(nothing, Err(OfficeError::Publication(PublicationProblem::Empty))),
        "{nothing:?}"
    );
    let changed = same.with([(SHEET.to_owned(), Some(a.text(SHEET).replace("15_000", "16_000").into()))]);
    let changed = changed.with([("asked.tsv".to_owned(), None)]);
    let id = office.import_publication(&a.quan, "Nhập", &changed).await.unwrap();
    let open = office.publication(&a.quan, id).await.unwrap();
    assert!(open.files.iter().any(|f| f.path == "asked.tsv" && f.body.is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_by_hand_shows() {
    for (sql, says) in [
        (
            "update publication_step set body = replace(body, 'Quân', 'Lan') where seq = 2",
            "line 2",
        ),
        ("delete from publication_step where seq = 2", "line 2"),
        (
            "delete from publication_step where seq = (select max(seq) from publication_step)",
            "differs from its journal",
        ),
        (
            "update publication set fold = replace(fold, 'Vi Thị Lan', 'Vi Thị Lân')",
            "differs from its journal",
        ),
        (
            "update publication_file set body = replace(body, 'Giấy độc thân', 'Giấy khác')",
            "are not those that were sent",
        ),
        ("delete from publication", "differs from its journal"),
    ] {
        let a = Admins::new().await;
        a.published("Giấy độc thân", date(2020, 3, 30)).await;
        let whole = a.town.office.verify_publications().await.unwrap();
        assert_eq!((whole.publications, whole.steps, whole.damage), (1, 4, None));
        let url = format!("sqlite:{}", a.town.folder.path().join("motcua.db").display());
        let mut by_hand = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let text = sqlx::SqlSafeStr::into_sql_str(sql);
        assert_eq!(
            sqlx::query(text).execute(&mut by_hand).await.unwrap().rows_affected(),
            1,
            "{sql}"
        );
        let damage = a.town.office.verify_publications().await.unwrap().damage;
        assert!(damage.as_ref().is_some_and(|d| d.contains(says)), "{sql}: {damage:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn missed_searches_are_counted_without_saying_who_asked() {
    let a = Admins::new().await;
    let office = &a.town.office;
    for typed in ["nuôi ong", "Nuôi  Ong!", "bán pháo hoa", "019185001234", "gọi 0912345678"] {
        office.note_missed(typed);
    }
    let said: Vec<_> = office
        .missed(&a.quan)
        .await
        .unwrap()
        .into_iter()
        .map(|m| (m.words, m.n, m.last_day))
        .collect();
    let day = || "2020-03-30".to_owned();
    assert_eq!(
        said,
        [("nuoi ong".to_owned(), 2, day()), ("ban phao hoa".to_owned(), 1, day())]
    );
    let citizen = a.town.sign_in("0912345678").await;
    assert!(office.missed(&citizen).await.is_err());
    office.forget_missed(&a.quan, "nuoi ong").await.unwrap();
    assert_eq!(office.missed(&a.quan).await.unwrap().len(), 1);
}
