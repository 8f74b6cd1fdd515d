# Báo tin cho người dân: /tai-khoan/bao-tin
tell-title = Báo tin cho tôi
tell-lead = Tin chỉ có mã hồ sơ và đường dẫn; nội dung hồ sơ xem sau khi đăng nhập.
tell-channels = Báo bằng
tell-sms = Tin nhắn SMS
tell-mail = Thư điện tử
tell-moments = Báo khi
tell-always = Luôn báo, dù bạn chọn gì ở trên.
tell-moment-received = Hồ sơ đã nhận, được tiếp nhận hoặc không
tell-moment-pay = Có tiền phải nộp, đã nộp hoặc trả lại
tell-moment-missing = Cần bổ sung, phải nộp tiền trước, hoặc kết quả bị thu hồi
tell-moment-ready = Có kết quả, hoặc hồ sơ kết thúc
tell-moment-late = Ngày hẹn trả thay đổi
tell-moment-parcel = Bưu gửi đi đến đâu
tell-language = Ngôn ngữ của tin
