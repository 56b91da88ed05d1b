"""What a clerk does in the editor of a body, for browser tests."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

CLIPS = Path(__file__).parent / "clipboard"
BODY = ".jodit-wysiwyg"


def write(page: Page, text: str) -> None:
    """Type lines at the caret of the first body, each ended by the Enter key."""
    page.click(BODY)
    for line in text.split("\n"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def rewrite(page: Page, text: str) -> None:
    """Type these lines in place of everything in the first body."""
    page.click(BODY)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    first, *others = text.split("\n")
    page.keyboard.type(first)
    for line in others:
        page.keyboard.press("Enter")
        page.keyboard.type(line)


def paste(page: Page, html: str, text: str = "") -> None:
    """A paste event of the browser with these contents, as an office program puts them on the clipboard; waits for
    what the page says of it."""
    page.evaluate(
        """([html, text]) => {
            const held = new DataTransfer();
            held.setData("text/html", html);
            held.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true });
            document.querySelector(".jodit-wysiwyg").dispatchEvent(event);
        }""",
        [html, text],
    )
    told(page)


def told(page: Page) -> str:
    """What is said below the body, once it is more than that something is under way."""
    page.wait_for_selector(".pasted > p:not(:text('正在整理'))", timeout=60_000)
    return page.inner_text(".pasted")


def saved_value(page: Page) -> str:
    """What the field would send now: asked in the page's own world, where the editor writes it out first."""
    page.wait_for_selector(
        "[name=body]", state="attached"
    )  # a click may still be on its way to the page with the field
    return str(page.evaluate("document.querySelector('[name=body]').value"))


def clip(name: str) -> str:
    return (CLIPS / f"{name}.html").read_text("utf-8")


def drop(page: Page, name: str, content: str, kind: str = "text/csv") -> None:
    """Drop a file of text onto the zone of attachments."""
    page.evaluate(
        """([name, content, kind]) => {
            const held = new DataTransfer();
            held.items.add(new File([content], name, { type: kind }));
            const zone = document.querySelector(".drop");
            for (const told of ["dragover", "drop"]) {
                zone.dispatchEvent(new DragEvent(told, { dataTransfer: held, bubbles: true, cancelable: true }));
            }
        }""",
        [name, content, kind],
    )
