"""One request with http.client: METHOD URL BODY-FILE [UPLOAD-FILE CONTENT-TYPE]. Prints what came as JSON."""
import http.client
import json
import pathlib
import sys
from urllib.parse import urlsplit

method, url, target = sys.argv[1:4]
address = urlsplit(url)
connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
if len(sys.argv) > 4:
    body = pathlib.Path(sys.argv[4]).read_bytes()
    connection.request(method, address.path, body, {"content-type": sys.argv[5]})
else:
    connection.request(method, address.path)
response = connection.getresponse()
pathlib.Path(target).write_bytes(response.read())
print(json.dumps({
    "status": response.status,
    "version": {10: "HTTP/1.0", 11: "HTTP/1.1"}[response.version],
    "contentType": response.getheader("content-type"),
}))
