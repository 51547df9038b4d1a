"""Parts of a page that speak for themselves, and what the reader does meanwhile."""

from __future__ import annotations

from conftest import Open, settle, wait_for_map, wait_until
from playwright.sync_api import WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

TURN = 400  # milliseconds, as in components/later.js


def test_a_page_comes_back_when_a_part_of_the_one_before_spoke_too_late(sample: str, open_page: Open) -> None:
    # In a tab of its own, since what is put between the browser and the server stays there.
    page = open_page("about:blank", settled=False, locale="en-GB")
    late: list[bytes] = []
    sent: list[bytes] = []

    def between(here: WebSocketRoute) -> None:
        server = here.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            assert isinstance(message, bytes)
            if BackMsg.FromString(message).rerun_script.fragment_id:
                late.append(message)
                return
            server.send(message)
            sent.append(message)
            # The server is at work on the next page when what the last one said arrives.
            while late:
                server.send(late.pop())

        here.on_message(pass_on)

    page.route_web_socket("**/_stcore/stream", between)
    page.goto(sample)
    settle(page)
    wait_for_map(page)
    wait_until(page, lambda: bool(late))
    sent.clear()
    page.get_by_role("link", name="Matrix").first.click()
    page.wait_for_url("**/matrix")
    # One message for the next page, another since that was taken away.
    wait_until(page, lambda: len(sent) >= 2)
    settle(page)
    expect(page.locator("h1").first).to_contain_text("acts toward")


def test_a_part_that_comes_near_lets_what_the_reader_pressed_go_first(sample: str, open_page: Open) -> None:
    # In a tab of its own, which notes when it pressed and when it asked.
    page = open_page("about:blank", settled=False, locale="en-GB")
    page.add_init_script(
        """window.pressed = [], window.asked = [];
        const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) { asked.push(performance.now()); return send.call(this, data); };
        for (const kind of ["pointerdown", "click"]) addEventListener(kind, () => pressed.push(performance.now()), true);"""
    )
    page.set_viewport_size({"width": 1440, "height": 300})  # so low that nothing beneath the map is near
    page.goto(sample)
    settle(page)
    wait_for_map(page)
    page.evaluate("asked.length = 0")
    page.evaluate(
        """() => {
            document.querySelector('h1').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
            const main = document.querySelector('[data-testid=stMain]');
            main.scrollTo(0, main.scrollHeight);
        }"""
    )
    page.wait_for_function("asked.length > 0")
    assert page.evaluate("Math.min(...asked) - Math.max(...pressed.filter((one) => one < Math.min(...asked)))") >= TURN
