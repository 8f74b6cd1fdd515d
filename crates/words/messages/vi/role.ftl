# Roles
role-citizen = Công dân
role-receptionist = Công chức Một cửa
role-specialist = Chuyên viên
role-leader = Lãnh đạo
role-post-clerk = Nhân viên bưu điện
role-accountant = Kế toán
role-monitor = Giám sát tỉnh
role-administrator = Quản trị
role-system = Hệ thống
