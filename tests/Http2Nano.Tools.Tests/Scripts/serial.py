"""A serial port that does not exist: a pseudo-terminal, under a name that comes and goes.

Each line of standard input is a command: "open" makes the port, "close" takes it away, "say TEXT" is what the board says.
"""
import os
import pty
import sys
import tty

name = sys.argv[1]
board = None
for line in sys.stdin:
    command, _, text = line.rstrip("\n").partition(" ")
    if command == "open":
        board, port = pty.openpty()
        tty.setraw(port)
        os.symlink(os.ttyname(port), name)
    elif command == "close":
        os.unlink(name)
        os.close(port)
        os.close(board)
    elif command == "say":
        os.write(board, text.encode().decode("unicode_escape").encode("latin-1"))
    print("done", command, flush=True)
