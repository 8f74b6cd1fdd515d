# The post office
post-filed-here = Filed at this post office
