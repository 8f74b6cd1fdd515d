# Error pages
errors-sign-in = Cần đăng nhập
errors-sign-in-remedy = Đăng nhập rồi làm tiếp; những gì đã lưu vẫn còn.
errors-forbidden = Trang này không dành cho bạn
errors-forbidden-remedy = Đăng nhập bằng tài khoản có quyền, hoặc quay lại trang chủ.
errors-not-found = Không tìm thấy
errors-not-found-remedy = Kiểm tra lại mã hồ sơ, bốn số cuối điện thoại hoặc địa chỉ trang. Cần giúp thì gọi đường dây nóng.
errors-too-often = Thử quá nhiều lần
errors-too-often-remedy = Đợi một phút rồi thử lại.
errors-bad-request = Yêu cầu không đọc được
errors-bad-request-remedy = Quay lại trang trước và gửi lại. Tệp phải nhỏ hơn 20 MB.
errors-refused = Chưa làm được
errors-unavailable = Hệ thống đang bận
errors-unavailable-remedy = Những gì đã lưu vẫn còn. Đợi một phút rồi thử lại.
errors-internal = Có lỗi ở phía chúng tôi
errors-internal-remedy = Những gì đã lưu vẫn còn. Lỗi đã được ghi lại; thử lại hoặc gọi đường dây nóng.
