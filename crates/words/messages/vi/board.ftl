# Bảng theo dõi: /bang
board-title = Bảng theo dõi
board-total = Có { $total } hồ sơ trên hệ thống.
board-now = Hồ sơ theo tình trạng
board-clock = Đúng hạn và quá hạn lúc này
board-on-time = Đang giải quyết, còn hạn
board-late = Đang giải quyết, đã quá hạn
board-waiting = Chờ người dân bổ sung
board-late-words = { $late } trong { $open } hồ sơ đang giải quyết đã quá hạn ({ $share } %).
board-by-agency = Hồ sơ theo cơ quan
board-desc = Mỗi cơ quan một thanh: phần đầu là hồ sơ còn hạn, phần kẻ chéo là quá hạn, phần sau là chờ người dân, phần cuối là đã trả kết quả. Bảng bên dưới có đủ các số.
board-open = Đang giải quyết
board-done = Đã trả kết quả
board-ended = Từ chối, rút hoặc dừng
board-all = Tổng số
board-numbers = Các số của biểu đồ
board-definition = Đang giải quyết: đã nộp, chưa trả kết quả và không chờ người dân bổ sung. Quá hạn: đã qua hạn tiếp nhận (8 giờ làm việc) hoặc ngày hẹn trả. Mỗi hồ sơ tính một lần, ở cơ quan giải quyết.
board-nothing = Chưa có hồ sơ nào.
