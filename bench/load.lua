-- Sends the requests of a file, one a line, each once; a file of one line is sent again and again.
-- A line: method, path, headers (name=value, joined by 0x1E), body; separated by tabs.
local ffi = require("ffi")
ffi.cdef("int kill(int, int); int getpid(void);")
local SIGINT = 2
local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, named, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { Host = args[2] }
    for name, value in named:gmatch("([^=\30]+)=([^\30]*)") do headers[name] = value end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
  if args[3] == "once" then
    -- Nothing is sent again: a page that was shown before is another thing.
    function delay() return at < #requests and 0 or 60000 end
  end
end

function request()
  if #requests == 1 then return requests[1] end
  at = at + 1
  -- wrk itself would sleep until its time is over.
  if at == #requests then ffi.C.kill(ffi.C.getpid(), SIGINT) end
  -- What still leaves in the tenth of a second until then is the first ones again, so that a rate has no
  -- gap at its end: the last alone would meet its buyer's limit.
  return requests[(at - 1) % #requests + 1]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"seconds":%f,"bytes":%d,"p50":%f,"p99":%f,"failed":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
