"""Firefox as Playwright wants to find it: a program that says where it listens for WebDriver BiDi.

Playwright is ahead of the Firefox that hospitals run. What it asks of every new page and the ESR
does not know yet is answered here, as done; all else goes through as it is.
"""

import asyncio
import json
import re
import shutil
import sys

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

NOT_YET_KNOWN = {"emulation.setMediaFeaturesOverride"}  # dark is tried in Chromium
LISTENING = re.compile(rb"(WebDriver BiDi listening on ws://[^:]+:)(\d+)")


async def main(arguments: list[str]) -> int:
    """Start Firefox with these arguments, and stand between it and whoever started this."""
    program = shutil.which("firefox-esr") or sys.exit("firefox-esr is missing")
    firefox = await asyncio.create_subprocess_exec(
        program, *arguments, stderr=asyncio.subprocess.PIPE
    )
    assert firefox.stderr is not None
    async for line in firefox.stderr:
        if found := LISTENING.search(line):
            server = await serve(Between(int(found[2])), "127.0.0.1", 0, max_size=None)
            port = server.sockets[0].getsockname()[1]
            line = b"%s%d\n" % (found[1], port)
        sys.stderr.buffer.write(line)
        sys.stderr.flush()
    return await firefox.wait()


class Between:
    """One conversation: the test's side, and Firefox's at this port."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def __call__(self, test: ServerConnection) -> None:
        address = f"ws://127.0.0.1:{self.port}{test.request.path if test.request else ''}"
        async with connect(address, max_size=None) as firefox:
            back = asyncio.create_task(self._back(firefox, test))
            try:
                async for message in test:
                    asked = json.loads(message)
                    if asked["method"] in NOT_YET_KNOWN:
                        done = {"type": "success", "id": asked["id"], "result": {}}
                        await test.send(json.dumps(done))
                    else:
                        await firefox.send(message)
            except ConnectionClosed:
                pass
            finally:
                back.cancel()

    async def _back(self, firefox: ClientConnection, test: ServerConnection) -> None:
        async for message in firefox:
            await test.send(message)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
