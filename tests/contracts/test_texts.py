"""Every sentence for users stands in both catalogues, is said somewhere, and stands nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from explain.texts import LANGUAGES, catalogue

CATALOGUES = {language: catalogue(language) for language in LANGUAGES}
DANISH = CATALOGUES["da"]

QUOTED = re.compile(r'//[^\n]*|/\*.*?\*/|"((?:\\.|[^"\\\n])*)"|\'((?:\\.|[^\'\\\n])*)\'|`((?:\\.|[^`\\])*)`', re.DOTALL)
"""A comment, or what stands in quotes: near enough to JavaScript and Jinja to find their strings."""

KEY_IN_A_TEMPLATE = re.compile(r"(?:(?<=say\([\"'])|(?<=[\"'])(?=\w+\.))([a-z_][\w.%]*)(?=[\"'])")
"""A key, its beginning up to a dot, or one with holes (``"step.%d.title" % step``); without a dot, what is said."""

SENTENCE = re.compile(r"[æøåÆØÅ]|[^\W\d_]{2,}[,.:;]? [^\W\d_]+[,.:;]? [^\W\d_]{2,}")
"""What reads like a sentence for a person: a Danish letter, or three words in a row."""

STYLE = re.compile(r"[{};]|^(\S+ )*(--|[.#<])|(^| )(skoen|jp|widget|js|page)-")
"""What has three words in a row and is no sentence: rules and class names of CSS, tags, selectors."""


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_the_catalogues_have_the_same_keys(looked_at):
    for language, sentences in CATALOGUES.items():
        assert sentences.keys() == DANISH.keys(), f"{language}: {sentences.keys() ^ DANISH.keys()}"
    looked_at("keys", len(DANISH))


def test_the_catalogues_have_the_same_placeholders():
    for language, sentences in CATALOGUES.items():
        differ = {key for key in DANISH if placeholders(sentences[key]) != placeholders(DANISH[key])}
        assert not differ, f"{language} has other placeholders than Danish in {differ}"


def test_no_sentence_is_empty():
    empty = [
        (language, key) for language, texts in CATALOGUES.items() for key, text in texts.items() if not text.strip()
    ]
    assert not empty


# --- every key is said: whole, by an f-string or ``%``, by a beginning that ends in a dot, or by ``under`` ---


def sources(folder: Path, *endings: str) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.name.endswith(endings) and not path.name.endswith(".min.js")
    )


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def ways_to_say(folder: Path) -> Iterator[str | re.Pattern[str]]:
    """Yield every string of the code: as it is, or as a pattern where it is the beginning of keys."""
    for path in sources(folder, ".py"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Constant(value=str(text)):
                    yield whole_or_beginning(text)
                case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if "." in start:
                    parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values]
                    yield re.compile("".join(parts))
                case ast.Call(func=ast.Attribute(attr="under"), args=[ast.Constant(value=str(table))]):
                    yield whole_or_beginning(f"{table}.")
    for path in sources(folder, ".js"):
        yield from strings_of_a_script(path.read_text(encoding="utf-8"))
    for path in sources(folder, ".j2", ".html"):
        for key in KEY_IN_A_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            yield (
                re.compile(re.escape(key).replace("%d", ".+").replace("%s", ".+"))
                if "%" in key
                else whole_or_beginning(key)
            )


def whole_or_beginning(text: str) -> str | re.Pattern[str]:
    return re.compile(re.escape(text) + ".+") if text.endswith(".") else text


def test_every_key_is_said_somewhere(root, looked_at):
    ways = list(ways_to_say(root / "src"))
    whole = {way for way in ways if isinstance(way, str)}
    beginnings = {way for way in ways if isinstance(way, re.Pattern)}
    silent = [key for key in DANISH if key not in whole and not any(way.fullmatch(key) for way in beginnings)]
    assert not silent, f"nothing says {silent}: take them out of the catalogues, or say them"
    looked_at("strings in the code", len(ways))


def test_what_is_said_is_in_the_catalogue_with_its_placeholders(root, looked_at):
    said, faults = 0, []
    for path in sources(root / "src", ".py"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(
                    func=ast.Name(id="say") | ast.Attribute(attr="say"),
                    args=[ast.Constant(value=str(key))],
                    keywords=given,
                ) if "." in key:
                    said += 1
                    here = f"{path.relative_to(root)}:{node.lineno}"
                    if key not in DANISH:
                        faults.append(f"{here}: {key} is not in the catalogue")
                    elif not placeholders(DANISH[key]) <= (names := {word.arg for word in given}) and None not in names:
                        faults.append(f"{here}: {key} needs {placeholders(DANISH[key])}")
    assert not faults, "\n".join(faults)
    looked_at("calls of say", said)


# --- no sentence stands outside the catalogues ---


def commands(root: Path) -> tuple[str, ...]:
    """How the modules of the command line begin: they speak to technicians, in English, in the code."""
    text = (root / "src/explain/apps/cli.py").read_text(encoding="utf-8")
    return ("cli", *re.findall(r'"explain\.apps\.(\w+)"', text))


def strings_shown(module: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings of a module but its docstrings, help for developers, errors raised and lines of the log."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(module):
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.Assert() | ast.keyword(arg="help"):
                skipped.update(ast.walk(node))
            case ast.Call(func=ast.Attribute(attr="debug" | "info" | "warning" | "error" | "exception" | "critical")):
                skipped.update(ast.walk(node))
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node


def strings_of_a_script(text: str) -> Iterator[str]:
    """Yield what stands in quotes, but in comments and in errors for developers."""
    for match in QUOTED.finditer(re.sub(r"new \w*Error\([^)]*\)", "", text)):
        yield next(filter(None, match.groups()), "")


def words_of_a_template(text: str) -> str:
    """Return what a page would show of a template: no comments, no placeholders, no scripts, no tags."""
    text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", text, flags=re.DOTALL)


def test_no_sentence_stands_outside_the_catalogues(root, looked_at):
    speaking = commands(root)
    strings: list[tuple[str, str]] = []
    for floor in ("views", "apps", "entrance", "serving"):
        for path in sources(root / "src/explain" / floor, ".py", ".js", ".j2", ".html"):
            text, here = path.read_text(encoding="utf-8"), str(path.relative_to(root))
            if path.suffix == ".js":
                strings += [(here, string) for string in strings_of_a_script(text)]
            elif path.suffix == ".py":
                if not (floor == "apps" and path.name.startswith(speaking)):
                    strings += [(f"{here}:{node.lineno}", str(node.value)) for node in strings_shown(tree(path))]
            else:
                strings.append((here, words_of_a_template(text)))
    found = [
        f"{here}: {text.strip()[:90]!r}" for here, text in strings if SENTENCE.search(text) and not STYLE.search(text)
    ]
    assert not found, "sentences belong in src/explain/texts:\n" + "\n".join(found)
    looked_at("strings of views, apps, entrance and serving", len(strings))
