# Questions before the form
eligible-title = Bạn có làm được thủ tục này không
eligible-yes = Có
eligible-no = Không
eligible-not = Thủ tục này không dành cho trường hợp của bạn
eligible-can = Bạn làm được thủ tục này
eligible-ask-me = Trả lời từng câu để biết chắc
