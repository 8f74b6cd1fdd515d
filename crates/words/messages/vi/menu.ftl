# Trình đơn của mỗi cửa
menu-label = Trình đơn của bạn
menu-inbox = Hồ sơ
menu-counter = Nộp hộ tại quầy
menu-board = Tổng quan
menu-adoption = Nộp trực tuyến
menu-post = Nhận và theo dõi
menu-outbox = Việc tự động
menu-books = Sổ
menu-movements = Nhật ký tiền
menu-refunds = Trả lại tiền
menu-till = Khóa quỹ
menu-treasury = Báo cáo kho bạc
menu-reconcile = Đối soát
menu-catalogue = Danh mục thủ tục
menu-missed = Tìm không thấy
