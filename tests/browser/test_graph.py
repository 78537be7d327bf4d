"""The graph, as a reader sees it: drawings, the map, ways, a random page, the page not found."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler
from itertools import combinations
from math import cos, sin, sqrt
from typing import TYPE_CHECKING

import pytest

from .conftest import Server, follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

TROPE = "wiki/InterspeciesRomance.html"
GRAPH = "tropes/graph.html"
SCENE = "() => document.querySelector('.trope-atlas').atlas?.scene"


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, demo: Path, served: str) -> str:
    return demo.as_uri() if request.param == "file" else served


def map_of(open_page: OpenPage, root: str = "", **options: object) -> Page:
    page = open_page(GRAPH, root=root, **options)
    page.locator(".trope-atlas .sigma-nodes").wait_for()
    page.wait_for_function(f"() => ({SCENE})()?.sigma")
    return page


def answer(page: Page, address: str, script: str) -> None:
    """Hands the page this script in place of the one at the address."""
    page.route(address, lambda route: route.fulfill(body=script, content_type="text/javascript"))


def of_thousands(served: str, open_page: OpenPage, count: int) -> Page:
    """A map of so many pages, in discs of a hundred."""
    places = [
        (column * 250 + round(95 * sqrt(at / 100) * cos(at * 2.4)),
         row * 250 + round(95 * sqrt(at / 100) * sin(at * 2.4)))
        for row in range(count // 1000) for column in range(10) for at in range(100)
    ]  # fmt: skip
    names = {
        "pages": [[f"Page Number {at}", f"page{at}.html", 0] for at in range(count)],
        "written": count - 50,
        "namespaces": [["Main", "Pages"]],
    }
    told = {
        "versions": {"names.js": "x"},
        "ways": 1,
        "communities": [
            [at * 100, at % 10 * 250, at // 10 * 250, 110] for at in range(count // 100)
        ],
        "bridges": [[at, at + 1, 5] for at in range(count // 100 - 1)],
        "nodes": [[x, y, at // 100] for at, (x, y) in enumerate(places)],
        "links": [[at // 100 * 100] * (at % 100 > 0) for at in range(count)],
    }
    page = open_page("tropes/index.html", root=served)
    for name, function, data in (
        ("map", "tropesMap", told),
        ("names", "tropesNames", names),
    ):
        answer(page, f"**/atlas/{name}.js*", f"{function}({json.dumps(data)});")
    page.goto(f"{served}/{GRAPH}")
    page.wait_for_function(f"() => ({SCENE})()?.sigma")
    return page


def names_of(page: Page) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each name on the map."""
    return [
        tuple(box)
        for box in page.evaluate(
            f"() => ({SCENE})().placed.map(n => [n.left, n.top, n.left + n.width, n.top + n.height])"
        )
    ]


def settled(page: Page) -> None:
    page.wait_for_timeout(100)
    page.wait_for_function(f"() => !({SCENE})().isMoving")


# -- drawings on pages


@pytest.mark.parametrize("width", [360, 1280])
def test_no_name_in_a_drawing_lies_on_another_or_is_cut_off(
    open_page: OpenPage, width: int
) -> None:
    for name in (TROPE, "guide/directives.html", "wiki/Film/Nosferatu.html"):
        page = open_page(name, viewport={"width": width, "height": 900})
        page.locator(".trope-graph svg").first.wait_for()
        wrong = page.evaluate(
            """() => [...document.querySelectorAll('.trope-graph svg')].flatMap(svg => {
              const frame = svg.viewBox.baseVal;
              const boxes = [...svg.querySelectorAll('text')].map(text => [text, text.getBBox()]);
              return boxes.flatMap(([text, a], at) => {
                const isOut = a.x < -8 || a.x + a.width > frame.width + 8;
                const lies = boxes.slice(at + 1).filter(([, b]) =>
                  a.x < b.x + b.width && b.x < a.x + a.width &&
                  a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height);
                return isOut || lies.length ? [text.textContent] : [];
              });
            })"""
        )
        assert wrong == [], name


def test_a_name_in_a_drawing_leads_to_its_page_without_a_script(open_page: OpenPage) -> None:
    page = open_page(TROPE, java_script_enabled=False)
    follow(page.locator("details.trope-graph svg a", has_text="Divine Date"))
    assert page.url.endswith("wiki/DivineDate.html")


def test_the_keyboard_walks_through_a_drawing(open_page: OpenPage) -> None:
    page = open_page(TROPE)
    links = page.locator("details.trope-graph svg a")
    links.first.focus()
    page.keyboard.press("Tab")
    assert links.nth(1).evaluate("e => e === document.activeElement")
    end = str(links.nth(1).get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{end}")


def open_drawing(page: Page) -> None:
    """Opens the drawing, and waits for what lights it up."""
    drawing = page.locator("details.trope-graph")
    drawing.evaluate("e => { e.open = true; e.scrollIntoView(); }")
    page.locator("script[src*='/drawing.js']").wait_for(state="attached")
    page.wait_for_timeout(100)


def test_what_is_near_the_page_under_the_pointer_stays_and_all_else_fades(
    open_page: OpenPage,
) -> None:
    page = open_page(TROPE)
    open_drawing(page)
    svg = page.locator("details.trope-graph svg")
    tie = svg.locator(".trope-tie").first
    one, other = str(tie.get_attribute("data-ends")).split()
    svg.locator(f"[data-at='{one}'] text").hover()
    near = svg.locator(".is-near").evaluate_all("found => found.map(e => e.dataset.at)")
    assert {one, other} <= {*near}
    far = svg.locator("[data-at]:not(.is-near)").first
    assert float(far.evaluate("e => getComputedStyle(e).opacity")) < 0.5
    page.mouse.move(0, 0)
    assert not svg.locator(".is-near").count()


def test_a_first_tap_shows_what_is_near_and_a_second_goes_there(open_page: OpenPage) -> None:
    page = open_page(TROPE, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_drawing(page)
    neighbour = page.locator("details.trope-graph svg a").first
    size = neighbour.locator("rect").bounding_box()
    assert size is not None
    assert size["height"] >= 24
    assert size["width"] >= 24
    end = str(neighbour.get_attribute("href"))
    neighbour.locator("text").tap()
    page.wait_for_timeout(300)
    assert page.url.endswith(TROPE)
    assert "is-near" in str(neighbour.get_attribute("class"))
    neighbour.locator("text").tap()
    page.wait_for_url(f"**/{end}")


# -- the map


def test_the_map_shows_every_page(root: str, open_page: OpenPage) -> None:
    page = map_of(open_page, root)
    drawn = page.evaluate(f"() => ({SCENE})().staged.size")
    assert drawn == page.locator(".trope-community li").count()


@pytest.mark.parametrize("width", [360, 1280])
def test_at_every_zoom_there_are_names_and_none_is_cut_off_or_on_another(
    open_page: OpenPage, width: int
) -> None:
    page = map_of(open_page, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    size = page.evaluate(f"() => ({SCENE})().view")
    for _ in range(6):
        names = names_of(page)
        assert names
        for left, top, right, bottom in names:
            assert left >= 0
            assert top >= 0
            assert right <= size["width"]
            assert bottom <= size["height"]
        for one, other in combinations(names, 2):
            assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        page.get_by_role("button", name="Zoom in").click()
        settled(page)
        assert page.evaluate(f"() => ({SCENE})().inSight(0).length") > 0


def test_the_most_tied_pages_in_sight_have_names(open_page: OpenPage) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    page.get_by_role("button", name="Zoom in").click()
    settled(page)
    first = page.evaluate(
        f"() => {{ const s = ({SCENE})(); return s.inSight(0).slice(0, 5)"
        ".map(number => s.pages[number].title); }"
    )
    named = page.evaluate(f"() => ({SCENE})().placed.map(name => name.text)")
    assert len(set(first) & set(named)) >= 3


def test_zooming_keeps_the_page_that_was_looked_for_in_sight(open_page: OpenPage) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    page.locator(".trope-atlas input[type=search]").fill("MacGuffin")
    page.locator(".trope-atlas input[type=search]").press("Enter")
    page.locator(".trope-atlas-canvas").focus()
    for key in ["ArrowRight", *["+"] * 8]:
        page.keyboard.press(key)
    settled(page)
    assert "MacGuffin" in page.evaluate(f"() => ({SCENE})().placed.map(name => name.text)")


def test_a_map_moved_away_from_all_pages_comes_back(open_page: OpenPage) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    page.locator(".trope-atlas-canvas").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    settled(page)
    assert page.evaluate(f"() => ({SCENE})().inSight(0).length") > 0


STATE = f"() => ({SCENE})().sigma.getCamera().getState()"


def over_the_map(page: Page) -> tuple[float, float]:
    """A spot on the map that is in sight."""
    canvas = page.locator(".trope-atlas-canvas")
    canvas.evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.wait_for_timeout(100)
    box = canvas.bounding_box()
    assert box
    return box["x"] + 5, box["y"] + box["height"] / 2


def scrolled(page: Page) -> float:
    page.wait_for_timeout(400)
    return float(page.evaluate("scrollY"))


def test_the_wheel_scrolls_the_page_over_the_map_and_says_what_zooms(open_page: OpenPage) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    page.mouse.move(*over_the_map(page))
    before, at = page.evaluate(STATE), scrolled(page)
    page.mouse.wheel(0, 200)
    assert scrolled(page) > at + 100
    assert page.evaluate(STATE) == before
    assert page.locator(".trope-atlas-hint.is-shown").inner_text().startswith("To zoom")


def test_the_wheel_zooms_the_map_with_ctrl_and_once_it_was_clicked(open_page: OpenPage) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    spot = over_the_map(page)
    page.mouse.move(*spot)
    before, at = page.evaluate(STATE)["ratio"], scrolled(page)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    assert scrolled(page) == at
    nearer = page.evaluate(STATE)["ratio"]
    assert nearer < before
    page.mouse.down()
    page.mouse.up()
    page.mouse.wheel(0, -200)
    assert scrolled(page) == at
    assert page.evaluate(STATE)["ratio"] < nearer
    # the mouse left the map and came again: it is as before the click
    page.mouse.move(spot[0], 2)
    page.mouse.move(*spot)
    last = page.evaluate(STATE)["ratio"]
    page.mouse.wheel(0, 200)
    assert scrolled(page) > at
    assert page.evaluate(STATE)["ratio"] == last


def test_one_finger_scrolls_the_page_and_two_zoom_the_map(open_page: OpenPage) -> None:
    phone = {"width": 390, "height": 700}
    page = map_of(open_page, viewport=phone, has_touch=True, is_mobile=True)
    _x, y = over_the_map(page)
    before, at = page.evaluate(STATE), scrolled(page)
    cdp = page.context.new_cdp_session(page)

    def touch(*shapes: list[tuple[float, float]]) -> None:
        for at, shape in enumerate(shapes):
            points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(shape)]
            type_ = "touchMove" if at else "touchStart"
            cdp.send("Input.dispatchTouchEvent", {"type": type_, "touchPoints": points})
            page.wait_for_timeout(20)
        cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    touch(*([(195, y - up)] for up in range(0, 150, 10)))
    assert scrolled(page) > at + 80
    assert page.evaluate(STATE) == before
    assert page.locator(".trope-atlas-hint.is-shown").count() == 1
    _x, y = over_the_map(page)
    at = scrolled(page)
    touch(*([(195 - far, y), (195 + far, y)] for far in range(30, 90, 5)))
    assert scrolled(page) == at
    assert page.evaluate(STATE)["ratio"] < before["ratio"]


def test_a_tap_on_a_dot_goes_to_its_page(open_page: OpenPage) -> None:
    phone = {"width": 390, "height": 700}
    page = map_of(
        open_page, viewport=phone, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page.locator(".trope-atlas input[type=search]").fill("MacGuffin")
    page.locator(".trope-atlas input[type=search]").press("Enter")
    over_the_map(page)
    page.wait_for_timeout(300)
    box = page.locator(".trope-atlas-canvas").bounding_box()
    spot = page.evaluate(f"() => {{ const s = ({SCENE})(); return s.pointOf(s.chosen); }}")
    assert box
    page.touchscreen.tap(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_url("**/wiki/MacGuffin.html")


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
def test_the_map_can_not_be_moved_out_of_its_frame(open_page: OpenPage, key: str) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    page.locator(".trope-atlas-canvas").focus()
    for zoom in ("", "+", "+", "-"):
        if zoom:
            page.keyboard.press(zoom)
        for _ in range(30):
            page.keyboard.press(key)
        left, top, right, bottom, width, height = page.evaluate(
            f"""() => {{
              const scene = ({SCENE})();
              scene.measure();
              const {{ x, y }} = scene.extent;
              const from = scene.point(x[0], -y[1]);
              const to = scene.point(x[1], -y[0]);
              return [from.x, from.y, to.x, to.y, scene.view.width, scene.view.height];
            }}"""
        )
        assert left <= width / 2 + 1
        assert right >= width / 2 - 1
        assert top <= height / 2 + 1
        assert bottom >= height / 2 - 1


def test_a_search_on_the_map_without_a_result_says_so(open_page: OpenPage) -> None:
    page = map_of(open_page)
    search = page.locator(".trope-atlas input[type=search]")
    search.fill("zzz $& zz")
    search.press("Enter")
    assert page.locator(".trope-atlas-status").inner_text() == "No page is called “zzz $& zz”."


def test_of_thousands_of_pages_a_few_hundred_are_drawn_and_all_when_one_is_near(
    served: str, open_page: OpenPage
) -> None:
    page = of_thousands(served, open_page, 5000)
    assert 50 < page.evaluate(f"() => ({SCENE})().staged.size") <= 310
    assert page.evaluate(f"() => ({SCENE})().placed.length") > 5
    page.locator(".trope-atlas input[type=search]").fill("Page Number 4321")
    page.locator(".trope-atlas input[type=search]").press("Enter")
    page.wait_for_timeout(500)
    settled(page)
    seen = page.evaluate(
        f"() => {{ const s = ({SCENE})(); return s.inSight(0).map(n => s.staged.has(n)); }}"
    )
    assert len(seen) > 20
    assert all(seen)
    assert "Page Number 4321" in page.evaluate(f"() => ({SCENE})().placed.map(name => name.text)")


def test_a_click_on_a_community_goes_nearer(served: str, open_page: OpenPage) -> None:
    page = of_thousands(served, open_page, 5000)
    before = page.evaluate(f"() => ({SCENE})().view.scale")
    box = page.locator(".trope-atlas-canvas").bounding_box()
    spot = page.evaluate(f"() => ({SCENE})().point(1250, 607)")
    assert box
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_timeout(500)
    settled(page)
    assert page.evaluate(f"() => ({SCENE})().view.scale") > 2 * before


def test_search_shows_a_page_on_the_map(open_page: OpenPage) -> None:
    page = map_of(open_page)
    search = page.locator(".trope-atlas input[type=search]")
    search.fill("macguf")
    assert page.locator(".trope-atlas datalist option").first.get_attribute("value") == "MacGuffin"
    search.press("Enter")
    status = page.locator(".trope-atlas-status")
    assert "MacGuffin – tied to" in status.inner_text()
    follow(status.locator("a"))
    assert page.url.endswith("wiki/MacGuffin.html")


def test_a_slider_shows_more_steps_around_the_page_that_was_looked_for(
    open_page: OpenPage,
) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    slider = page.get_by_role("slider")
    assert not slider.is_visible()
    page.locator(".trope-atlas input[type=search]").fill("MacGuffin")
    page.locator(".trope-atlas input[type=search]").press("Enter")
    near = f"() => [...({SCENE})().nearby]"
    own = page.evaluate(near)
    slider.focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    more = page.evaluate(near)
    assert {*own} < {*more}
    ties = page.evaluate(f"() => ({SCENE})().ties")
    assert {end for tie in ties for end in tie} <= {*more}
    where = page.evaluate(
        f"() => {{ const s = ({SCENE})(); return [...s.nearby].map((n) => s.isInside(n)); }}"
    )
    assert all(where)
    page.get_by_role("button", name="Show all").click()
    assert not slider.is_visible()


def test_a_click_on_a_dot_goes_to_its_page(open_page: OpenPage) -> None:
    page = map_of(open_page, reduced_motion="reduce")
    page.locator(".trope-atlas input[type=search]").fill("MacGuffin")
    page.locator(".trope-atlas input[type=search]").press("Enter")
    page.wait_for_timeout(300)
    box = page.locator(".trope-atlas-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**/wiki/MacGuffin.html")


def test_the_keyboard_moves_the_map(open_page: OpenPage) -> None:
    page = map_of(open_page)
    page.locator(".trope-atlas-canvas").focus()
    state = f"() => ({SCENE})().sigma.getCamera().getState()"
    before = page.evaluate(state)
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    after = page.evaluate(state)
    assert after["ratio"] < before["ratio"]
    assert after["x"] > before["x"]


def test_the_communities_can_be_read_without_a_script(open_page: OpenPage) -> None:
    page = open_page(GRAPH, java_script_enabled=False)
    assert not page.locator(".trope-atlas").is_visible()
    group = page.locator("details.trope-community").first
    group.locator("summary").click()
    follow(group.locator("a.trope").first)
    assert "/wiki/" in page.url


def test_without_a_script_a_still_picture_leads_to_the_communities(open_page: OpenPage) -> None:
    page = open_page(GRAPH, java_script_enabled=False)
    assert not page.get_by_role("heading", name="A way from one page to another").is_visible()
    link = page.locator(".trope-map a").first
    assert link.is_visible()
    follow(link)
    end = page.url.partition("#")[2]
    assert page.locator(f"details.trope-community[id='{end}']").count() == 1


def test_the_picture_is_there_on_paper_and_where_nothing_can_be_drawn(
    open_page: OpenPage,
) -> None:
    page = map_of(open_page)
    assert not page.locator(".trope-map").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".trope-map").is_visible()
    assert not page.locator(".trope-atlas").is_visible()
    page = open_page("tropes/index.html")
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(page.url.replace("tropes/index.html", GRAPH))
    page.locator(".trope-map").wait_for()
    assert "can't draw" in page.locator(".trope-atlas").inner_text()


def test_libraries_of_the_map_are_loaded_on_its_page_alone(open_page: OpenPage) -> None:
    sources = "() => [...document.scripts].map(script => script.src).join()"
    page = map_of(open_page)
    assert "sigma" in page.evaluate(sources)
    other = open_page(TROPE)
    other.wait_for_timeout(200)
    assert "sigma" not in other.evaluate(sources)
    assert "names.js" not in other.evaluate(sources)


# -- ways and chance


def test_a_way_is_told_in_the_sentences_of_its_links(root: str, open_page: OpenPage) -> None:
    page = open_page(GRAPH, root=root)
    form = page.locator(".trope-way-form")
    form.wait_for()
    form.locator("input").nth(0).fill("Dracula")
    form.locator("input").nth(1).fill("MacGuffin")
    form.locator("button").click()
    steps = page.locator(".trope-way-steps > li")
    steps.last.wait_for()
    assert steps.first.locator("a").first.inner_text() == "Dracula"
    assert steps.last.locator("a").first.inner_text() == "MacGuffin"
    assert page.locator(".trope-way-steps .trope-context").count() == steps.count() - 1
    mark = page.locator(".trope-way-steps .trope-mark").first
    anchor = str(mark.get_attribute("href")).partition("#")[2]
    mark.click()
    page.locator(f"[id='{anchor}']").wait_for(state="attached")


def test_a_way_can_be_linked_to(open_page: OpenPage) -> None:
    page = open_page(f"{GRAPH}?from=Red+Herring&to=Dracula")
    page.locator(".trope-way-steps > li").last.wait_for()
    assert "from=Red+Herring" in page.url


def test_a_page_that_there_is_not_is_told(open_page: OpenPage) -> None:
    page = open_page(GRAPH)
    form = page.locator(".trope-way-form")
    form.wait_for()
    form.locator("input").nth(0).fill("Zzyzx Xyzzy")
    form.locator("button").click()
    assert "Zzyzx Xyzzy" in page.locator(".trope-way-answer").inner_text()


def test_surprise_me_goes_to_some_page(root: str, open_page: OpenPage) -> None:
    page = open_page("tropes/index.html", root=root)
    link = page.locator(".trope-surprise")
    link.click()
    page.wait_for_url(lambda url: "tropes/index" not in url)


def test_there_is_no_surprise_without_a_script(open_page: OpenPage) -> None:
    page = open_page("tropes/index.html", java_script_enabled=False)
    assert page.locator(".trope-surprise").count() == 0
    assert not page.locator(".trope-random").is_visible()


# -- the page not found


# Before open_page in the arguments of a test: a server must outlive the pages that ask it.
@pytest.fixture
def host(demo: Path) -> Iterator[str]:
    """The demo as a host serves it: with its own page for what is not there."""

    class Host(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def send_error(self, code: int, *args: object) -> None:
            page = (demo / "404.html").read_bytes()
            self.send_response(200)  # a browser would say 404 on the console
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    server = Server(("127.0.0.1", 0), partial(Host, directory=str(demo)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "address",
    ["wiki/deep/down/Red_Hering.html", "RedHerrings", "tropes/backlinks/main/redherrin.html"],
)
def test_the_page_not_found_offers_the_nearest_names(
    host: str, open_page: OpenPage, address: str
) -> None:
    page = open_page(address, root=host)
    page.locator(".trope-missing a", has_text="Red Herring").click()
    page.wait_for_url("**/wiki/RedHerring.html")


def test_the_page_not_found_looks_like_the_others_at_any_depth(
    host: str, open_page: OpenPage
) -> None:
    page = open_page("some/where/deep.html", root=host)
    assert page.evaluate("() => [...document.styleSheets].length") > 2
    follow(page.get_by_role("link", name="Trope index").last)
    assert page.url.endswith("/tropes/index.html")
