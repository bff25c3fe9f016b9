"""httpx: as many requests at once, on one connection, as its second argument says. Prints how many were answered."""
import asyncio
import sys

import httpx


async def main(address, count):
    async with httpx.AsyncClient(http1=False, http2=True, timeout=20) as client:
        async def ask():
            response = await client.get(address)
            return response.status_code == 200

        answers = await asyncio.gather(*[ask() for _ in range(count)], return_exceptions=True)
    print(sum(answer is True for answer in answers))
    for answer in {repr(answer) for answer in answers if answer is not True}:
        print(answer, file=sys.stderr)


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
