# Complaints and suggestions: /phan-anh, /ban/phan-anh
feedback-title = Complaints and suggestions
feedback-menu = Complaints
feedback-lead = Tell an agency how you were served, or what should be done differently. No account is needed.
feedback-follow = See the answer
feedback-kind = You want to send
feedback-complaint = A complaint: I was not served well
feedback-suggestion = A suggestion: what should be done differently
feedback-choose = Choose an agency
feedback-text = What you want to say
feedback-text-hint = Where, when, what. Do not write identity numbers.
feedback-about = Code of the request, if it is about one (optional)
feedback-name = Full name (optional)
feedback-phone = Phone number to be told when there is an answer (optional)
feedback-send = Send
feedback-term = The agency answers complaints within 5 working days and suggestions within 15 working days; if it is late, the province sees it at once. The head of the agency reads and answers.
feedback-not-this = An appeal against a decision and a denunciation follow their own procedures and are not taken here (Article 1 of Decree 20/2008/NĐ-CP); call { $hotline } for guidance.
feedback-wrong-kind = Choose complaint or suggestion.
feedback-wrong-agency = Choose an agency from the list.
feedback-wrong-about = Write the code of the request as on your slip, or leave it empty.
feedback-wrong-text = Write what you want to say in 10 to 4,000 characters.
feedback-wrong-name = The name must have at most 120 characters.
feedback-wrong-phone = Write a 10-digit phone number, or leave it empty.
feedback-wrong-wait = Several of your messages are still waiting for an answer. Wait for an answer before you send more, or call the hotline.
feedback-done = Sent. Write down the code below to see the answer later.
feedback-code = Code of the complaint
feedback-code-hint = It begins with PA; you got it when you sent the complaint.
feedback-missing = No complaint has this code. Check it letter by letter.
feedback-no-answer = No answer yet.
feedback-sent-at = Sent
feedback-due = Answer due
feedback-late = Overdue
feedback-answer = Answer
feedback-mine = What you have sent
feedback-wait = Waiting for an answer
feedback-none = No complaint or suggestion is waiting for an answer.
feedback-answered = Answered
feedback-answer-hint = The sender reads this answer. Once sent, it cannot be changed.
feedback-answer-send = Send the answer
feedback-wrong-answer = Write an answer of at most 4,000 characters.
feedback-late-none = No complaint or suggestion is overdue for an answer.
feedback-late-sum = { $n ->
    [one] One complaint or suggestion is overdue for an answer.
   *[other] { $n } complaints and suggestions are overdue for an answer.
}
feedback-late-n = Overdue
feedback-waiting-sum = { $n ->
    [one] One is waiting for the agency's answer.
   *[other] { $n } are waiting for the agency's answer.
}
feedback-open-list = Open the list
feedback-mail-subject = There is an answer to { $code }
feedback-mail = The agency has answered { $code }. See { $link }
