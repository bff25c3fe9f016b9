"""Decodes HPACK blocks with python3-hpack: one request a line on standard input, one answer a line on standard output.

"reset" begins a new connection; "limit N" sets SETTINGS_HEADER_TABLE_SIZE; "decode HEX" answers with a JSON list of
name and value pairs (Latin-1), or null if the block is malformed.
"""

import json
import sys

from hpack import Decoder
from hpack.exceptions import HPACKError


def new_decoder():
    return Decoder(max_header_list_size=2**30)


def main():
    decoder = new_decoder()
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "reset":
            decoder = new_decoder()
        elif command == "limit":
            decoder.max_allowed_table_size = int(argument)
        else:
            try:
                fields = decoder.decode(bytes.fromhex(argument), raw=True)
                answer = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in fields]
            except HPACKError:
                answer = None
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
