"""A conversation with an echo over Python's websockets: URL. Prints what came of it as JSON."""
import asyncio
import json
import sys

import websockets


async def main():
    async with websockets.connect(sys.argv[1], max_size=None) as socket:
        echoed = []
        for message in ["Hello", "", "ÄÖÜ €  𝄞", b"\x00\x01\xff", b"x" * 300000, "ü" * 70000]:
            await socket.send(message)
            echoed.append(await socket.recv() == message)

        async def parts():
            for part in ["one ", "two ", "three"]:
                yield part

        await socket.send(parts())
        fragments = await socket.recv()
        pong = await socket.ping(b"there?")
        await asyncio.wait_for(pong, 5)
        for number in range(500):
            await socket.send(str(number))
        numbers = [await socket.recv() for _ in range(500)]
        extensions = [type(extension).__name__ for extension in socket.extensions]
        await socket.close(4001, "done")
    print(json.dumps({
        "echoed": all(echoed),
        "fragments": fragments,
        "inOrder": numbers == [str(number) for number in range(500)],
        "extensions": extensions,
        "code": socket.close_code,
    }))


asyncio.run(main())
