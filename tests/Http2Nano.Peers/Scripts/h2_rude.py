"""What polite clients never do, with python-h2: URL CASE. Prints what came of it as JSON."""
import json
import socket
import sys
from urllib.parse import urlsplit

import h2.config
import h2.connection
import h2.events
import h2.settings

address = urlsplit(sys.argv[1])
case = sys.argv[2]
connection = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
peer = socket.create_connection((address.hostname, address.port), timeout=30)
told = {"promised": 0, "bodies": {}, "resets": {}, "closed": None}
ended = set()


def ask(stream, path, method="GET", end=True, more=()):
    fields = [(":method", method), (":scheme", "http"), (":authority", address.netloc), (":path", path), *more]
    connection.send_headers(stream, fields, end_stream=end)


def flush():
    peer.sendall(connection.data_to_send())


def turn(acknowledge=True):
    """Receives once and notes what it was."""
    data = peer.recv(65536)
    events = connection.receive_data(data) if data else [h2.events.ConnectionTerminated()]
    for event in events:
        if isinstance(event, h2.events.DataReceived):
            stream = str(event.stream_id)
            told["bodies"][stream] = told["bodies"].get(stream, 0) + len(event.data)
            if acknowledge:
                connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.PushedStreamReceived):
            told["promised"] += 1
            if case == "refuse-push":
                connection.reset_stream(event.pushed_stream_id, 8)
        elif isinstance(event, h2.events.StreamEnded):
            ended.add(event.stream_id)
        elif isinstance(event, h2.events.StreamReset):
            told["resets"][str(event.stream_id)] = event.error_code
            ended.add(event.stream_id)
        elif isinstance(event, h2.events.ConnectionTerminated):
            told["closed"] = event.error_code
            return False
    flush()
    return True


def until(*streams):
    while not ended.issuperset(streams) and turn():
        pass


connection.initiate_connection()
if case == "refuse-push":
    # A promise is reset, and something else asked for.
    ask(1, "/push-long")
    flush()
    until(1)
    ask(3, "/style.css")
    flush()
    until(3)
elif case == "shrink-window":
    # The windows become negative in the middle of a download, and grow again later.
    connection.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: 60000})
    connection.increment_flow_control_window(1_000_000)
    ask(1, "/long")
    flush()
    while told["bodies"].get("1", 0) < 50000:
        turn(acknowledge=False)
    connection.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: 10})
    connection.ping(b"settings")
    flush()
    turn(acknowledge=False)
    connection.update_settings({h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: 1_000_000})
    flush()
    until(1)
elif case == "leave-streams":
    # Streams are reset as soon as their responses begin, and others asked for.
    for stream in range(1, 21, 2):
        ask(stream, "/long")
        flush()
        while str(stream) not in told["bodies"]:
            turn()
        connection.reset_stream(stream, 8)
        flush()
    told["bodies"] = {}
    ask(21, "/style.css")
    flush()
    until(21)
elif case == "pad":
    # Every octet of a body in a frame of its own, padded; then trailers.
    ask(1, "/request-trailers", "POST", end=False)
    for _ in range(20):
        connection.send_data(1, b"x", pad_length=255)
    connection.send_headers(1, [("x-checksum", "cafe")], end_stream=True)
    flush()
    until(1)
elif case == "change-table":
    # The size of the table for responses goes down and up between requests.
    for number, size in enumerate((0, 100, 4096, 1, 65536, 0)):
        connection.update_settings({h2.settings.SettingCodes.HEADER_TABLE_SIZE: size})
        ask(number * 2 + 1, "/style.css")
        flush()
        until(number * 2 + 1)
elif case == "too-many":
    # The client goes on before it knows the limit; what is refused may be tried again.
    for stream in range(1, 121, 2):
        ask(stream, "/style.css")
    flush()
    until(*range(1, 121, 2))
peer.close()
print(json.dumps(told))
