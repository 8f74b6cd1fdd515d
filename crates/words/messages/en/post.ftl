# The post office: /buu-dien
post-filed-here = Requests filed at this post office
post-masked = Identity numbers and names are partly hidden after filing, to keep people's information private.
post-nothing = Nothing has been filed at this post office yet.
post-hand-slip = Print the receipt slip and hand it to the person
post-money = Fee
post-paid = The fee is paid in full.
