//! The people of a demo.

use crate::Office;
use crate::account::Account;
use crate::error::Result;
use motcua_model::actor::Role;
use motcua_model::id::AgencyCode;
use motcua_store::StoreError;

/// The one password of every demo account.
pub const PASSWORD: &str = "motcua-2020";

/// The demo citizen as accounts know her.
pub const CITIZEN: &str = "+84912345678";

/// Somebody to sign in as.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// Phone or user name.
    pub login: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Role.
    pub role: Role,
    /// Agency or post office.
    pub agency: Option<&'static str>,
}

/// Who is there: people of a mountain commune, of its district, and of three departments.
pub const PEOPLE: &[DemoPerson] = &[
    DemoPerson {
        login: "0912345678",
        name: "Nông Thị Hoa",
        role: Role::Citizen,
        agency: None,
    },
    DemoPerson {
        login: "motcua.sangmoc",
        name: "Hoàng Văn Tiếp",
        role: Role::Receptionist,
        agency: Some("24.12"),
    },
    DemoPerson {
        login: "chuyenvien.sangmoc",
        name: "Triệu Thị Xuân",
        role: Role::Specialist,
        agency: Some("24.12"),
    },
    DemoPerson {
        login: "lanhdao.sangmoc",
        name: "Lý Văn Thắng",
        role: Role::Leader,
        agency: Some("24.12"),
    },
    DemoPerson {
        login: "motcua.vonhai",
        name: "Dương Thị Mai",
        role: Role::Receptionist,
        agency: Some("24.00"),
    },
    DemoPerson {
        login: "chuyenvien.vonhai",
        name: "Ma Văn Lực",
        role: Role::Specialist,
        agency: Some("24.00"),
    },
    DemoPerson {
        login: "lanhdao.vonhai",
        name: "Nguyễn Quang Huy",
        role: Role::Leader,
        agency: Some("24.00"),
    },
    DemoPerson {
        login: "motcua.gtvt",
        name: "Trần Thị Thu",
        role: Role::Receptionist,
        agency: Some("03.00"),
    },
    DemoPerson {
        login: "chuyenvien.gtvt",
        name: "Phạm Văn Đức",
        role: Role::Specialist,
        agency: Some("03.00"),
    },
    DemoPerson {
        login: "lanhdao.gtvt",
        name: "Vũ Hồng Sơn",
        role: Role::Leader,
        agency: Some("03.00"),
    },
    DemoPerson {
        login: "motcua.tuphap",
        name: "Lê Thị Ngọc",
        role: Role::Receptionist,
        agency: Some("02.00"),
    },
    DemoPerson {
        login: "chuyenvien.tuphap",
        name: "Bùi Văn Khánh",
        role: Role::Specialist,
        agency: Some("02.00"),
    },
    DemoPerson {
        login: "lanhdao.tuphap",
        name: "Đỗ Thị Hằng",
        role: Role::Leader,
        agency: Some("02.00"),
    },
    DemoPerson {
        login: "motcua.datdai",
        name: "Hứa Thị Yến",
        role: Role::Receptionist,
        agency: Some("24.01"),
    },
    DemoPerson {
        login: "chuyenvien.datdai",
        name: "Lường Văn Nam",
        role: Role::Specialist,
        agency: Some("24.01"),
    },
    DemoPerson {
        login: "lanhdao.datdai",
        name: "Phan Văn Bình",
        role: Role::Leader,
        agency: Some("24.01"),
    },
    DemoPerson {
        login: "chuyenvien.thue",
        name: "Đinh Thị Mận",
        role: Role::Specialist,
        agency: Some("24.03"),
    },
    DemoPerson {
        login: "lanhdao.tnmt",
        name: "Lục Văn Na",
        role: Role::Leader,
        agency: Some("09.00"),
    },
    DemoPerson {
        login: "buudien.vonhai",
        name: "Lục Thị Sen",
        role: Role::PostClerk,
        agency: Some("24.02"),
    },
    DemoPerson {
        login: "truong.buudien",
        name: "Ma Thị Nhung",
        role: Role::PostHead,
        agency: Some("24.02"),
    },
    DemoPerson {
        login: "ketoan.sangmoc",
        name: "Nguyễn Thị Thanh",
        role: Role::Accountant,
        agency: Some("24.12"),
    },
    DemoPerson {
        login: "ketoan.vonhai",
        name: "Lưu Văn Toàn",
        role: Role::Accountant,
        agency: Some("24.00"),
    },
    DemoPerson {
        login: "ketoan.gtvt",
        name: "Tạ Thị Lan",
        role: Role::Accountant,
        agency: Some("03.00"),
    },
    DemoPerson {
        login: "ketoan.tinh",
        name: "Hà Quốc Việt",
        role: Role::Accountant,
        agency: None,
    },
    DemoPerson {
        login: "giamsat",
        name: "Nguyễn Thanh Tùng",
        role: Role::Monitor,
        agency: None,
    },
    DemoPerson {
        login: "quantri",
        name: "Đặng Minh Quân",
        role: Role::Administrator,
        agency: None,
    },
    DemoPerson {
        login: "quantri2",
        name: "Vi Thị Lan",
        role: Role::Administrator,
        agency: None,
    },
];

impl Office {
    /// Makes the demo's people where they are not there yet.
    ///
    /// # Errors
    /// The store.
    pub async fn ensure_demo_people(&self) -> Result<()> {
        let mut password = None;
        for person in PEOPLE {
            let citizen = person.role == Role::Citizen;
            let login = if citizen {
                format!("+84{}", &person.login[1..])
            } else {
                person.login.to_owned()
            };
            if self.store().account_by_login(&login).await?.is_some() {
                continue;
            }
            let hash = match &password {
                Some(hash) => hash,
                None => password.insert(self.hash_password(PASSWORD.to_owned()).await?),
            };
            let account = Account {
                id: self.new_account_id(),
                role: person.role,
                name: person.name.to_owned(),
                agency: person.agency.map(AgencyCode::from),
                phone: if citizen { login.clone() } else { String::new() },
                email: String::new(),
                person_id: if citizen { "019185001234".to_owned() } else { String::new() },
                birth_date: if citizen { "30/03/1985".to_owned() } else { String::new() },
                address: String::new(),
                language: "vi".to_owned(),
                password: hash.clone(),
                verified: true,
                created_at: self.now(),
            };
            match self.store().create_account(&account, std::slice::from_ref(&login)).await {
                // Another process of the same demo was faster.
                Ok(()) | Err(StoreError::Conflict) => {}
                Err(e) => return Err(e.into()),
            }
        }
        self.ensure_demo_history().await
    }
}
