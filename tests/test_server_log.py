"""What counts as a fault in the log of a server under test: everything but one race of Streamlit's own."""

from tests.browser.server import tracebacks

LEFT = """INFO: connection closed
Traceback (most recent call last):
  File "/streamlit/web/server/starlette/starlette_websocket.py", line 516, in _websocket_endpoint
    data = await websocket.receive_bytes()
starlette.websockets.WebSocketDisconnected: WebSocket is not connected. Need to call "accept" first.

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/streamlit/web/server/starlette/starlette_websocket.py", line 524, in _websocket_endpoint
    await websocket.close()
starlette.websockets.WebSocketDisconnected: Cannot call "send" once a close message has been sent.
"""
OURS = """Traceback (most recent call last):
  File "/dashboard/views/runs.py", line 41, in show
    entries = here.entries()
KeyError: 'nobody'
"""


def test_a_window_that_closes_is_no_fault_and_all_else_is() -> None:
    assert tracebacks(LEFT) == []
    assert len(tracebacks(OURS + LEFT + OURS)) == 2
    assert "KeyError" in tracebacks(LEFT + OURS)[0]
