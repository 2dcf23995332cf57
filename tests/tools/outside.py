"""Asks `hardeasy mcp` with the official Python client, and prints what it found as JSON.

Arguments: the program, a folder. The client itself holds each answer to the schema of its tool.
"""

import asyncio
import json
import sys

try:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)


def field(of, *names):
    """Releases of the client write the same field in one way or the other."""
    return next(getattr(of, name) for name in names if hasattr(of, name))


async def asked(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    if field(result, "is_error", "isError"):
        return {"error": result.content[0].text}
    answer = field(result, "structured_content", "structuredContent")
    assert json.loads(result.content[0].text) == answer, tool
    return answer


async def pages(client, tool, key, **arguments):
    items, cursor = [], None
    while True:
        answer = await asked(client, tool, cursor=cursor, **arguments)
        items += answer[key]
        cursor = answer["next_cursor"]
        if cursor is None:
            return items


async def main(program, folder):
    server = StdioServerParameters(command=program, args=["mcp", folder])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
        begun = await client.initialize()
        tools = (await client.list_tools()).tools
        sessions = await pages(client, "list_sessions", "sessions", limit=20)
        first = sessions[0]["id"]
        found = {
            "server": field(begun, "server_info", "serverInfo").name,
            "protocol": field(begun, "protocol_version", "protocolVersion"),
            "tools": [tool.name for tool in tools],
            "sessions": [one["id"] for one in sessions],
            "session": (await asked(client, "session", id=first))["session"]["kind"],
            "segments": len(await pages(client, "segments", "segments", limit=200)),
            "best_efforts": len(await pages(client, "best_efforts", "best_efforts", limit=50)),
            "review": (await asked(client, "review"))["review"]["totals"],
            "athlete": len((await asked(client, "athlete"))["athlete"]["days"]),
            "compare": (await asked(client, "compare", runs=[first, sessions[1]["id"]]))["comparison"]["of"],
            "chart": (await asked(client, "chart", chart="timeline", session=first))["svg"][:4],
            "refused": (await asked(client, "session", id="../elsewhere"))["error"],
        }
    print(json.dumps(found))


asyncio.run(main(*sys.argv[1:]))
