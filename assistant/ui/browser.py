"""The few things only a browser can do: copy, print, scroll, and tell which citation number was pressed.

The scripts are ours and fixed. What varies travels as data and is never run or parsed as HTML.
"""

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_CITATIONS_JS = """
export default function ({ setTriggerValue }) {
  const pressed = (event) => {
    const button = event.target.closest("button[data-cite]");
    if (button) setTriggerValue("pressed", button.dataset.cite);
  };
  document.addEventListener("click", pressed);
  return () => document.removeEventListener("click", pressed);
}
"""

_COPY_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  let timer;
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
    } catch {
      const area = document.createElement("textarea");
      area.value = data.text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = data.done;
    clearTimeout(timer);
    timer = setTimeout(() => { button.textContent = data.label; }, 2000);
  };
  return () => clearTimeout(timer);
}
"""

_PRINT_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => window.print();
}
"""

# Streamlit keeps a page with a chat input at its end while it grows; so hold on until the page has settled or a person
# takes over.
_SCROLL_JS = """
export default function ({ data }) {
  const takeovers = ["wheel", "touchstart", "keydown", "pointerdown"];
  const until = performance.now() + 2500;
  let frame, last;
  const stop = () => {
    cancelAnimationFrame(frame);
    takeovers.forEach((name) => removeEventListener(name, stop, true));
  };
  const hold = () => {
    const target = document.querySelector(data.selector);
    const top = target?.getBoundingClientRect().top;
    if (target && top !== last) {
      target.scrollIntoView({ block: data.block, behavior: "instant" });
      last = target.getBoundingClientRect().top;
    }
    if (performance.now() < until) frame = requestAnimationFrame(hold); else stop();
  };
  takeovers.forEach((name) => addEventListener(name, stop, true));
  hold();
  return stop;
}
"""

# The first page comes with the side bar closed; whoever opens it while this loads must not see it close.
_CLOSE_JS = """
export default function () {
  const isFirst = !document.documentElement.dataset.salescoach;
  document.documentElement.dataset.salescoach = "visited";
  if (!isFirst && window.matchMedia("(max-width: 48rem)").matches) {
    document.querySelector('[data-testid="stSidebarCollapseButton"] [aria-expanded="true"]')?.click();
  }
}
"""

_BUTTON_HTML = '<button type="button"></button>'

_BUTTON_CSS = """
button {
  font: inherit; font-size: 0.875rem; color: inherit; cursor: pointer; padding: 0.25rem 0.75rem; min-height: 2.5rem;
  background: transparent; border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
}
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""


def pressed_citation() -> str:
    """Return `turn_id:number` when a citation number in a text was just pressed; else empty."""
    result = _component("salescoach_citations", js=_CITATIONS_JS)(key="citations", on_pressed_change=_ignored)
    return str(result.get("pressed") or "")


def copy_button(text: str, *, label: str, done: str, key: str) -> None:
    """Show a button that puts text on the clipboard."""
    _component("salescoach_copy", html=_BUTTON_HTML, css=_BUTTON_CSS, js=_COPY_JS)(
        key=key, data={"text": text, "label": label, "done": done}, width="content"
    )


def print_button(*, label: str, key: str) -> None:
    """Show a button that opens the browser's print dialog."""
    _component("salescoach_print", html=_BUTTON_HTML, css=_BUTTON_CSS, js=_PRINT_JS)(
        key=key, data={"label": label}, width="content"
    )


def scroll_to(selector: str, *, key: str, block: str = "center") -> None:
    """Bring the first element that matches a selector of ours into view, once for each key."""
    _component("salescoach_scroll", js=_SCROLL_JS)(key=key, data={"selector": selector, "block": block})


def close_side_bar_on_phone(*, key: str) -> None:
    """Uncover the page on a narrow screen, once for each key: a choice in the side bar leaves it open."""
    _component("salescoach_close", js=_CLOSE_JS)(key=key)


def _ignored() -> None:
    """Let a press rerun the page; the page reads its value."""


@cache
def _component(name: str, *, js: str, html: str | None = None, css: str | None = None) -> ComponentRenderer:
    return st.components.v2.component(name, html=html, css=css, js=js)
