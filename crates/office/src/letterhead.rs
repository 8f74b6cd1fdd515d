//! What stands on top of every paper: who issues it, where and when (Decree 30/2020, annex I).

use crate::Office;
use jiff::Timestamp;
use jiff::civil::Date;
use motcua_model::clock::local;
use motcua_model::dossier::Dossier;
use motcua_model::id::AgencyCode;
use motcua_model::procedure::AgencyKind;
use motcua_papers::paper::Head;

/// The part of an agency that receives and returns (Decree 61/2018).
const ONE_STOP: &str = "Bộ phận Tiếp nhận và Trả kết quả";
const PROVINCE: &str = "Thái Nguyên";

/// `9 giờ 00 phút, ngày 30/03/2020`.
pub(crate) fn moment(at: Timestamp) -> String {
    local(at).strftime("%-H giờ %M phút, ngày %d/%m/%Y").to_string()
}

/// `ngày 30 tháng 3 năm 2020`; days below ten and the first two months have a zero before them.
pub(crate) fn day_in_words(day: Date) -> String {
    let month = if day.month() < 3 {
        format!("{:02}", day.month())
    } else {
        day.month().to_string()
    };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

impl Office {
    /// Head of a paper that the one-stop of an agency issues.
    pub(crate) fn one_stop_head(&self, agency: &AgencyCode, code: &str, number: &str, at: Timestamp) -> Head {
        Head {
            parent: self.agency_name(agency),
            agency: ONE_STOP.to_owned(),
            ..self.agency_head(agency, code, number, at)
        }
    }

    /// Head of a paper that an agency issues itself.
    pub(crate) fn agency_head(&self, agency: &AgencyCode, code: &str, number: &str, at: Timestamp) -> Head {
        let known = self.catalogue().agency(agency);
        // A department stands below the province's people's committee; a people's committee names none above itself.
        let below = known.is_some_and(|a| a.kind == AgencyKind::Department);
        Head {
            parent: if below {
                format!("Ủy ban nhân dân tỉnh {PROVINCE}")
            } else {
                String::new()
            },
            agency: self.agency_name(agency),
            number: number.to_owned(),
            code: code.to_owned(),
            place_and_date: format!("{}, {}", self.seat(agency), day_in_words(local(at).date())),
            sign_mark: Vec::new(),
        }
    }

    /// An agency's name in Vietnamese.
    pub(crate) fn agency_name(&self, agency: &AgencyCode) -> String {
        self.catalogue()
            .agency(agency)
            .map_or_else(|| agency.0.clone(), |a| a.name.vi.clone())
    }

    /// The place that a paper's date names: the commune's, the district's or the province's own name.
    fn seat(&self, agency: &AgencyCode) -> String {
        let place = self.catalogue().agency(agency).and_then(|a| {
            let registers = self.catalogue().registers();
            let code = a.place.as_deref()?;
            registers
                .entry("communes", code)
                .or_else(|| registers.entry("districts", code))
                .map(|r| r.name.vi.clone())
        });
        place.map_or_else(
            || PROVINCE.to_owned(),
            |name| {
                let kinds = ["Xã ", "Phường ", "Thị trấn ", "Thị xã ", "Thành phố ", "Huyện "];
                let own = kinds.iter().find_map(|k| name.strip_prefix(k));
                own.unwrap_or(&name).to_owned()
            },
        )
    }

    /// Whom to call about a dossier.
    pub(crate) fn contact(&self, d: &Dossier) -> String {
        let agency = self.catalogue().agency(&d.agency);
        let own = agency.map(|a| a.phone.clone()).filter(|p| !p.is_empty());
        own.unwrap_or_else(|| self.settings().hotline.clone())
    }

    /// Address of the page that says whether a paper is ours.
    pub(crate) fn check_url(&self, d: &Dossier) -> String {
        format!("{}/kiem-tra/{}", self.settings().public_url, d.code)
    }
}
