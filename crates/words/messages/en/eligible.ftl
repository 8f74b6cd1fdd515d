# Questions before the form
eligible-title = Can you use this service?
eligible-yes = Yes
eligible-no = No
eligible-not = This service is not for your case
eligible-can = You can use this service
eligible-ask-me = Answer the questions one by one to be sure
