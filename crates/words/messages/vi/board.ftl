# The board
board-title = Tình hình hồ sơ toàn tỉnh
board-total = { $total } hồ sơ
board-by-agency = Theo cơ quan
board-desc = Mỗi hàng một cơ quan: phần đậm là hồ sơ đang giải quyết, phần nhạt là đã trả. Số ở bảng dưới.
board-open = Đang giải quyết
board-done = Đã trả
board-ended = Từ chối, rút, dừng
board-definition = Một hồ sơ tính một lần, tại cơ quan giải quyết, theo tình trạng hiện tại.
