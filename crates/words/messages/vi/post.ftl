# The post office
post-filed-here = Hồ sơ nộp tại bưu điện này
