-- Sends one filled draft after another; each thread takes its own part of the list.
local threads = 0
function setup(thread)
  thread:set("part", threads)
  threads = threads + 1
end
function init(args)
  ids = {}
  for line in io.lines(args[1]) do ids[#ids + 1] = line end
  at = part
  wrk.headers["Cookie"] = args[2]
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Sec-Fetch-Site"] = "same-origin"
end
function request()
  at = at + 2
  return wrk.format("POST", "/ho-so/nhap/" .. (ids[at] or ids[1]) .. "/kiem-tra", nil, "declared=on")
end
