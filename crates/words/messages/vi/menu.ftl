# Trình đơn của mỗi cửa
menu-label = Trình đơn của bạn
menu-inbox = Hồ sơ
menu-counter = Nộp hộ tại quầy
menu-board = Tổng quan
menu-adoption = Nộp trực tuyến
menu-post = Nhận và theo dõi
menu-outbox = Việc tự động
