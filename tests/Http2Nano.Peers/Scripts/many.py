"""httpx: as many requests at once, on one connection, as its second argument says, each with a path and a
number of its own if there is a third argument. Prints how many were answered, and what the others got."""
import asyncio
import sys
import uuid

import httpx


async def main(address, count, different):
    async with httpx.AsyncClient(http1=False, http2=True, timeout=20) as client:
        async def ask(number):
            if different:
                response = await client.get(f"{address}?{number}", headers={"x-request-id": str(uuid.uuid4())})
            else:
                response = await client.get(address)
            return response.status_code == 200

        answers = await asyncio.gather(*[ask(number) for number in range(count)], return_exceptions=True)
    print(sum(answer is True for answer in answers))
    for answer in {repr(answer) for answer in answers if answer is not True}:
        print(answer, file=sys.stderr)


asyncio.run(main(sys.argv[1], int(sys.argv[2]), len(sys.argv) > 3))
