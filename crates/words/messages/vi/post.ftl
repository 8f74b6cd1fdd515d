# Bưu điện: /buu-dien
post-filed-here = Hồ sơ đã nộp tại bưu cục này
post-masked = Số giấy tờ và họ tên được che bớt sau khi nộp, để giữ kín thông tin của người dân.
post-nothing = Bưu cục này chưa nộp hồ sơ nào.
post-hand-slip = In giấy hẹn và đưa cho người dân
post-money = Lệ phí
post-paid = Đã thu đủ lệ phí.
