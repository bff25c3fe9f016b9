"""One request with python-h2 over a plain socket: METHOD URL BODY-FILE [UPLOAD-FILE CONTENT-TYPE]. Prints JSON."""
import json
import pathlib
import socket
import sys
from urllib.parse import urlsplit

import h2.config
import h2.connection
import h2.events

STREAM = 1
method, url, target = sys.argv[1:4]
address = urlsplit(url)
body = pathlib.Path(sys.argv[4]).read_bytes() if len(sys.argv) > 4 else b""
connection = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
peer = socket.create_connection((address.hostname, address.port), timeout=30)
connection.initiate_connection()
fields = [(":method", method), (":scheme", "http"), (":authority", address.netloc), (":path", address.path)]
if body:
    fields += [("content-type", sys.argv[5]), ("content-length", str(len(body)))]
connection.send_headers(STREAM, fields, end_stream=not body)

sent = 0
received = bytearray()
answer = {}
ended = False
while not ended:
    while sent < len(body):
        count = min(connection.local_flow_control_window(STREAM), connection.max_outbound_frame_size, len(body) - sent)
        if count <= 0:
            break
        connection.send_data(STREAM, body[sent:sent + count], end_stream=sent + count == len(body))
        sent += count
    peer.sendall(connection.data_to_send())
    data = peer.recv(65536)
    if not data:
        sys.exit("The connection was closed before the response was complete.")
    for event in connection.receive_data(data):
        if isinstance(event, h2.events.ResponseReceived):
            answer = dict(event.headers)
        elif isinstance(event, h2.events.DataReceived):
            received += event.data
            connection.acknowledge_received_data(event.flow_controlled_length, STREAM)
        elif isinstance(event, h2.events.StreamEnded):
            ended = True
        elif isinstance(event, (h2.events.StreamReset, h2.events.ConnectionTerminated)):
            sys.exit(f"{event}")
connection.close_connection()
peer.sendall(connection.data_to_send())
peer.close()
pathlib.Path(target).write_bytes(received)
print(json.dumps({
    "status": int(answer[":status"]),
    "version": "HTTP/2",
    "contentType": answer.get("content-type"),
}))
