# Administration
admin-title = Quản trị
admin-waiting = việc đang chờ gửi
admin-dead = việc đã bỏ cuộc
admin-dead-title = Việc đã bỏ cuộc
admin-attempts = { $n } lần thử
admin-replay = Làm lại
admin-messages = Tin đã gửi
admin-when = Lúc
admin-channel = Kênh
admin-recipient = Người nhận
admin-sent = đã gửi
admin-failed = lỗi
