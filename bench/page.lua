-- Asks for one page, with a cookie, or posts a body to it.
function init(args)
  wrk.headers["Cookie"] = args[1]
  wrk.headers["Sec-Fetch-Site"] = "same-origin"
  if args[2] then
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.body = args[2]
  end
end
