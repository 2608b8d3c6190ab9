"""A real browser: a notebook runs in JupyterLab, and the report opens from disk, on a desk and on a phone."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import axe_core_python
import nbformat
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
START, NOTEBOOK = sorted((ROOT / "notebooks").glob("*.ipynb"))[:2]
EXPLORED = "explored.ipynb"
CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = {"desk": 1440, "tablet": 820, "phone": 390}
PATIENCE = 90  # seconds
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """const done = arguments[0];
axe.run(document, {resultTypes: ['violations']}).then(
  found => done(found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200)])));"""
PLAIN_SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # else cells out of sight aren't in the page
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator[webdriver.Chrome]:
    options = Options()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def set_width(browser: webdriver.Chrome, width: int) -> None:
    settings = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", settings)


def requested(browser: webdriver.Chrome) -> list[str]:
    """The addresses asked for since this was called last."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


# --- JupyterLab


def readme_command() -> list[str]:
    """What the README's first command runs in the end: its program is this environment's."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    line = re.search(r"^python3 .*jupyter lab.*$", text, re.MULTILINE)
    assert line, "the README has no command that opens JupyterLab"
    program, *arguments = shlex.split(line[0].split("&&")[-1])
    return [str(Path(sys.executable).with_name(Path(program).name)), *arguments]


@pytest.fixture
def lab(tmp_path) -> Iterator[str]:
    """The address of a JupyterLab without anybody's settings, on copies of notebooks without their outputs."""
    shown = tmp_path / "notebooks"
    shown.mkdir()
    for path in (START, NOTEBOOK):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.update(outputs=[], execution_count=None)
        nbformat.write(notebook, shown / path.name)
    menus = "import metaverse_analysis as ma\n\nma.explore(ma.load(), scope='metaverse_related')"
    menus_alone = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(menus)], metadata=notebook.metadata
    )
    nbformat.write(menus_alone, shown / EXPLORED)
    for name, values in PLAIN_SETTINGS.items():
        file = tmp_path / "SETTINGS" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(tmp_path / name) for name in ("SETTINGS", "WORKSPACES")}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [
        "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
        "--IdentityProvider.token=secret", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [*readme_command(), *options], cwd=tmp_path, env=os.environ | own, stdout=log, stderr=log
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def page_of(lab: str, name: str) -> str:
    return f"{lab}/lab/tree/notebooks/{name}?token=secret&reset"


PROMPTS = (
    "return [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent.trim())"
)
PICTURES = "return [...document.querySelectorAll('.jp-OutputArea img')].map(i => i.naturalWidth)"
FAULTS = """return [...document.querySelectorAll(`[data-mime-type="application/vnd.jupyter.stderr"],
    [data-mime-type="application/vnd.jupyter.error"]`)].map(e => e.textContent)"""


def open_lab(browser: webdriver.Chrome, address: str) -> None:
    """Open the address as soon as the server answers, and wait for the notebook's cells."""
    port = urlsplit(address).port

    def answers(_) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    WebDriverWait(browser, PATIENCE).until(answers)
    browser.get(address)
    WebDriverWait(browser, PATIENCE).until(lambda b: b.execute_script(PROMPTS))


def run_all(browser: webdriver.Chrome, cells: int) -> None:
    """Run All Cells, as soon as the kernel is up, and wait until every one has a number; none may have failed."""
    wait = WebDriverWait(browser, PATIENCE)
    wait.until(lambda b: len(b.execute_script(PROMPTS)) == cells)
    wait.until(lambda b: "| Idle" in b.execute_script("return document.body.innerText"))  # the kernel is up
    for item in ("lm-MenuBar-itemLabel'][.='Run", "lm-Menu-itemLabel'][.='Run All Cells"):
        wait.until(lambda b, item=item: b.find_elements(By.XPATH, f"//*[@class='{item}']"))[0].click()

    def numbered(b: webdriver.Chrome) -> bool:
        assert b.execute_script(FAULTS) == []
        prompts = b.execute_script(PROMPTS)
        return len(prompts) == cells and all(re.fullmatch(r"\[\d+\]:", prompt) for prompt in prompts)

    wait.until(numbered)


def test_the_readmes_command_opens_the_start_notebook(browser, lab):
    """Without a page asked for, JupyterLab shows it, and the files of the project beside it."""
    set_width(browser, WIDTHS["desk"])
    open_lab(browser, f"{lab}/?token=secret")
    heading = "return document.querySelector('.jp-RenderedMarkdown h1')?.textContent ?? ''"
    wait = WebDriverWait(browser, PATIENCE)
    wait.until(lambda b: "Start here" in b.execute_script(heading))
    folders = "return [...document.querySelectorAll('.jp-BreadCrumbs-item')].map(e => e.title)"
    assert "notebooks" in browser.execute_script(folders)


def test_a_notebook_runs_in_jupyterlab(browser, lab):
    set_width(browser, WIDTHS["desk"])
    open_lab(browser, page_of(lab, NOTEBOOK.name))
    wait = WebDriverWait(browser, PATIENCE)
    stored = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    drawn = sum("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)
    assert drawn, "the notebook shows a chart"
    assert browser.execute_script(PICTURES) == []
    run_all(browser, len(code))
    wait.until(lambda b: len(b.execute_script(PICTURES)) == drawn)
    wait.until(lambda b: all(width > 0 for width in b.execute_script(PICTURES)))


MENU_PICTURE = "return [...document.querySelectorAll('.widget-html img')].map(i => i.naturalWidth && i.alt)"
MENU = "//div[contains(@class, 'widget-dropdown')][label[text()='{}']]/select"


def test_menus_change_the_chart_in_jupyterlab(browser, lab):
    """Choose a scope, and another picture, its table and its calls follow."""
    set_width(browser, WIDTHS["desk"])
    open_lab(browser, page_of(lab, EXPLORED))
    run_all(browser, 1)
    wait = WebDriverWait(browser, PATIENCE)
    (first,) = wait.until(lambda b: b.execute_script(MENU_PICTURE))
    assert first and "related industries" in first
    Select(browser.find_element(By.XPATH, MENU.format("Scope"))).select_by_visible_text(
        "core metaverse industry"
    )
    wait.until(lambda b: b.execute_script(MENU_PICTURE) not in ([], [first]))
    (second,) = browser.execute_script(MENU_PICTURE)
    assert second and "core metaverse industry" in second
    table = "return document.querySelector('.widget-html table')?.innerText ?? ''"
    wait.until(lambda b: "core metaverse industry" in b.execute_script(table))
    button = browser.find_element(By.XPATH, "//button[contains(., 'Show the calls')]")
    browser.execute_script("arguments[0].click()", button)
    calls = wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, ".widget-textarea textarea"))[0]
    wait.until(lambda b: calls.is_displayed())
    assert 'scope="metaverse_core"' in calls.get_attribute("value")


# --- The report


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "report"
    command = [sys.executable, "-m", "metaverse_analysis", "report", "--output", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return folder


def path_of(address: str) -> Path:
    return Path(url2pathname(urlsplit(address).path))


LOOK = """return {
  images: [...document.images].filter(i => i.offsetParent).map(
    i => [(i.loading === "lazy" && !i.complete) || i.naturalWidth, i.alt, (i.currentSrc || i.src).slice(0, 80)]),
  links: [...document.querySelectorAll('a[href], link[href]')].map(a => a.href),
  ids: [...document.querySelectorAll('[id]')].map(e => e.id),
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  font: document.fonts.check('16px "Source Sans Pro"') && [...document.fonts].some(f => f.status === 'loaded'),
}"""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_of_the_report(browser, report, width):
    """Follow every link from the first page; each page is whole, quiet, and no wider than the screen."""
    set_width(browser, width)
    browser.get_log("browser"), requested(browser)
    waiting, seen, anchors = [(report / "index.html").as_uri()], {}, set()
    while waiting:
        address = waiting.pop()
        browser.get(address)
        page = path_of(address)
        looked = browser.execute_script(LOOK)
        seen[page] = set(looked["ids"])
        assert [i for i in looked["images"] if not i[0] or len(i[1]) < 20] == [], page.name
        assert looked["wide"] <= 0, f"{page.name} is {looked['wide']} pixels wider than {width}"
        assert looked["font"], page.name
        for link in looked["links"]:
            if urlsplit(link).scheme != "file":
                continue
            target = path_of(link)
            assert target.is_file() and target.is_relative_to(report), (page.name, link)
            if target.suffix == ".html":
                anchors.add((page.name, target, unquote(urlsplit(link).fragment)))
            if target.suffix == ".html" and target not in seen:
                seen[target] = set()
                waiting.append(target.as_uri())
    assert [entry for entry in browser.get_log("browser") if entry["level"] != "DEBUG"] == []
    assert {urlsplit(address).scheme for address in requested(browser)} <= {"file", "data"}
    assert [a for a in anchors if a[2] and a[2] not in seen[a[1]]] == []
    assert set(report.rglob("*.html")) <= set(seen), "every page can be reached"


def test_marks_say_what_they_are(browser, report):
    """Every drawing of the gallery has words for its marks, to be seen where the pointer rests."""
    browser.get((report / "gallery.html").as_uri())
    told = (
        "return [...document.querySelectorAll('.drawing')].map(d => d.querySelectorAll('g > title').length)"
    )
    counts = browser.execute_script(told)
    assert len(counts) == len(list((report / "charts").glob("*.svg"))) and min(counts) >= 3


def test_drawings_open(browser, report):
    for path in sorted((report / "charts").glob("*.svg")):
        browser.get(path.as_uri())
        assert browser.execute_script("return document.documentElement.tagName") == "svg", path.name
    assert browser.get_log("browser") == []


FOCUS = """const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
return {tag: e.tagName, id: e.id, words: e.textContent.trim(), href: e.getAttribute('href'),
        seen: r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.width > 10, outline: s.outlineStyle}"""


def press(browser: webdriver.Chrome, key: str) -> dict:
    browser.switch_to.active_element.send_keys(key)
    return browser.execute_script(FOCUS)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_the_report_by_keyboard(browser, report, width):
    set_width(browser, width)
    browser.get((report / "gallery.html").as_uri())
    skip = press(browser, Keys.TAB)
    assert skip["href"] == "#content" and skip["seen"] and skip["outline"] != "none"
    pages = browser.execute_script("return document.querySelectorAll('header nav a').length")
    reached = [press(browser, Keys.TAB) for _ in range(3 + pages)]
    assert all(focus["seen"] and focus["outline"] != "none" for focus in reached)
    stops = [focus["href"] or focus["tag"] for focus in reached]
    assert stops[:5] == ["index.html", "INPUT", "BUTTON", "index.html", "gallery.html"]
    assert len(set(stops)) == len(stops) - 1, "no stop but the first page comes twice"
    browser.get((report / "gallery.html").as_uri())
    press(browser, Keys.TAB)
    assert press(browser, Keys.ENTER)["id"] == "content"
    inside = press(browser, Keys.TAB)
    assert inside["href"].startswith("#"), "the next stop is inside the page, not in its navigation"


def test_the_report_in_print(browser, report):
    set_width(browser, WIDTHS["desk"])
    browser.get((report / "sources.html").as_uri())
    shown = "return getComputedStyle(document.querySelector('header nav')).display"
    address = "return getComputedStyle(document.querySelector('.sources .out'), '::after').content"
    assert (browser.execute_script(shown), browser.execute_script(address)) == ("block", "none")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert browser.execute_script(shown) == "none"
        assert "http" in browser.execute_script(address)
        assert browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


# --- What a reader does with it


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_no_rule_of_accessibility_is_broken(browser, report, width):
    """By axe-core, on every kind of page."""
    set_width(browser, width)
    for page in (
        *sorted(report.glob("*.html")),
        report / "places" / "cn-sc.html",
        report / "tables" / "events.html",
    ):
        browser.get(page.as_uri())
        browser.execute_script(AXE)
        found = browser.execute_async_script(RUN_AXE)
        assert found == [], f"{page.name} at {width}"


def test_a_word_is_looked_for_from_any_page(browser, report):
    """By keyboard alone: the box of a place's page leads to the hits, and the first of them to its page."""
    set_width(browser, WIDTHS["desk"])
    browser.get((report / "places" / "cn-sd.html").as_uri())
    browser.find_element(By.ID, "words").send_keys("sichuan", Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(lambda b: b.find_elements(By.CSS_SELECTOR, "#found a"))
    assert path_of(browser.current_url).name == "search.html"
    first = browser.find_element(By.CSS_SELECTOR, "#found a")
    assert (first.text, path_of(first.get_attribute("href")).name) == ("Sichuan", "cn-sc.html")
    box = browser.find_element(By.ID, "words")
    for words, entry in (
        ("区块链", "documents.html"),
        ("huawei", "organisations.html"),
        ("SICHUÁN", "cn-sc.html"),
    ):
        box.clear()
        box.send_keys(words)
        found = browser.find_elements(By.CSS_SELECTOR, "#found a")
        assert entry in {path_of(link.get_attribute("href")).name for link in found}, words
    box.clear()
    box.send_keys("<img src=x onerror=alert(1)>")
    assert browser.find_elements(By.CSS_SELECTOR, "#found *") == []
    assert "Nothing found" in browser.find_element(By.ID, "told").text


@pytest.mark.parametrize(("width", "shown", "least"), [(1440, ".drawing text", 11), (390, ".narrow img", 0)])
def test_charts_can_be_read(browser, report, width, shown, least):
    """A wide page has drawings whose words can be selected, a narrow one pictures of their own, loaded when seen."""
    set_width(browser, width)
    browser.get((report / "gallery.html").as_uri())
    sizes = browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter(e => e.getClientRects().length)"
        ".map(e => parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM ? e.getScreenCTM().a : 1))",
        shown,
    )
    assert sizes and min(sizes) > least
    if least:
        words = (
            "const s = getSelection(), t = document.querySelector('.drawing text'); s.selectAllChildren(t);"
        )
        assert browser.execute_script(words + "return s.toString() === t.textContent")
    else:
        loaded = "return [...document.images].map(i => i.currentSrc).filter(Boolean)"
        assert all(path_of(source).stem.endswith("-phone") for source in browser.execute_script(loaded))


def test_code_is_folded_and_a_notebook_can_be_taken_away(browser, report):
    page = sorted(report.glob("0*.html"))[0]
    browser.get(page.as_uri())
    shown = (
        "return [...document.querySelectorAll('.code .highlight')].filter(e => e.checkVisibility()).length"
    )
    assert browser.execute_script(shown) == 0
    browser.find_element(By.CSS_SELECTOR, ".code summary").send_keys(Keys.ENTER)
    assert browser.execute_script(shown) == 1
    link = browser.find_element(By.CSS_SELECTOR, ".sections a[download]").get_attribute("href")
    assert nbformat.read(path_of(link), as_version=4).cells


def test_the_report_is_small(report):
    assert sum(path.stat().st_size for path in report.rglob("*") if path.is_file()) < 15_000_000
