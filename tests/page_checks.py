"""Checks of what every page owes to whoever sees little, hears it read, or has no mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAST_CONTRAST = 4.5
"""Of text and what is behind it, as WCAG 2 has it at level AA."""

_FAULTS = """(least) => {
  const faults = [];
  const told = (element, what) =>
    faults.push(`${what}: ${element.outerHTML.replace(/\\s+/g, " ").slice(0, 160)}`);
  const canvas = document.createElement("canvas").getContext("2d");
  const channels = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const parts = channels(colour);
      if (parts.length < 4 || parts[3] > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (a, b) => {
    const [more, less] = [light(a), light(b)].sort((x, y) => y - x);
    return (more + 0.05) / (less + 0.05);
  };
  const named = (element) =>
    element.getAttribute("aria-label") || element.textContent.trim() ||
    [...(element.labels || [])].some((label) => label.textContent.trim());

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) faults.push(`twice: ${id}`);
  for (const element of document.querySelectorAll("a, button, summary, input, select, progress")) {
    if (element.type !== "hidden" && !named(element)) told(element, "no name");
  }
  for (const element of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
    for (const name of ["aria-labelledby", "aria-describedby"]) {
      const id = element.getAttribute(name);
      if (id && !document.getElementById(id)) told(element, "named by nothing");
    }
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption && !table.hasAttribute("aria-labelledby")) told(table, "no caption");
    if (!table.querySelector("th[scope]")) told(table, "no heading");
  }
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((h) => Number(h.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) faults.push("not one h1");
  levels.forEach((level, at) => {
    if (at && level > levels[at - 1] + 1) faults.push(`h${level} after h${levels[at - 1]}`);
  });
  if (document.documentElement.lang !== "fr") faults.push("no language");
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
  if (!document.querySelector("[role=status]")) faults.push("nothing is announced");

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest(".cache, [hidden], script, .saut")) continue;
    if (!element.checkVisibility()) continue;
    if (contrast(getComputedStyle(element).color, behind(element)) < least) told(element, "pale");
    const box = document.createRange();
    box.selectNodeContents(node);
    for (const line of box.getClientRects()) {
      if (line.left < -1 || line.right > window.innerWidth + 1) { told(element, "cut"); break; }
    }
  }
  for (const field of document.querySelectorAll("input[placeholder]")) {
    const style = getComputedStyle(field);
    canvas.font = style.font;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (canvas.measureText(field.placeholder).width > room) told(field, "cut");
  }
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push("too wide");
  return faults;
}"""

_FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return true;
  const shown = element.id === "fichiers" ? element.nextElementSibling : element;
  const style = getComputedStyle(shown);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def page_faults(page: Page) -> list[str]:
    """Return what is wrong with a page, on its screen and on one half as wide and high.

    A page at 200 % is laid out as on such a screen.
    """
    page.wait_for_load_state("load")
    size = page.viewport_size
    assert size is not None
    faults = page.evaluate(_FAULTS, LEAST_CONTRAST)
    page.set_viewport_size({"width": size["width"] // 2, "height": size["height"] // 2})
    faults += [f"at 200 %: {fault}" for fault in page.evaluate(_FAULTS, LEAST_CONTRAST)]
    page.set_viewport_size(size)
    return [str(fault) for fault in faults]


def shows_focus(page: Page) -> bool:
    """Return whether one can see where the keyboard is."""
    return bool(page.evaluate(_FOCUS))
