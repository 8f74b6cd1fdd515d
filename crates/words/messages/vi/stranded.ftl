# Cán bộ của cơ quan đã sáp nhập
stranded-title = Cán bộ của cơ quan đã sáp nhập
stranded-lead = Hồ sơ của các cơ quan này đã chuyển sang cơ quan kế thừa. Chuyển tài khoản cán bộ theo để họ làm việc tiếp.
stranded-none = Không có cán bộ nào còn ở cơ quan đã sáp nhập.
stranded-until = làm việc đến hết { $day }
stranded-who = Cán bộ
stranded-role = Vai trò
stranded-to = Chuyển sang
stranded-move = Chuyển
stranded-moved-before = Cán bộ này vừa được chuyển rồi.
stranded-closed = Cơ quan của bạn đã sáp nhập
stranded-closed-remedy = { $name } làm việc đến hết { $until }; hồ sơ đã chuyển sang { $heirs }. Nhờ quản trị chuyển tài khoản của bạn sang cơ quan mới rồi mở lại trang này.
stranded-closed-remedy-alone = { $name } làm việc đến hết { $until }. Nhờ quản trị chuyển tài khoản của bạn sang cơ quan mới rồi mở lại trang này.
