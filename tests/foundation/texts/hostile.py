"""Strings that want to be more than text, and a reader that says what of a page could run or lead astray."""

import itertools
import re
from html import unescape
from html.parser import HTMLParser

_HTML = [
    "<script>zqx()</script>",
    "<img src=x onerror=zqx()>",
    "<svg/onload=zqx()>",
    "<svg><script>zqx()</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=zqx()&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=zqx()>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=zqx()>",
    "<noscript><p title='</noscript><img src=x onerror=zqx()>'>",
    "<iframe srcdoc='<script>zqx()</script>'></iframe>",
    "<object data='javascript:zqx()'></object>",
    "<a href='java&#115;cript:zqx()'>a</a>",
    "<a href='&#x6A;avascript&colon;zqx()'>a</a>",
    "<details open ontoggle=zqx()>",
    "<style>*{background:url(//zqx.example)}</style>",
    "<base href=//zqx.example>",
    "<meta http-equiv=refresh content='0;url=//zqx.example'>",
    "<!--><img src=x onerror=zqx()>-->",
    "<![CDATA[<img src=x onerror=zqx()>]]>",
    "</textarea><img src=x onerror=zqx()>",
    "</title></style></script><img src=x onerror=zqx()>",
    "<p/onclick=zqx()>x",
    "<<script>zqx()//<</script>",
    "\x3cimg src=x onerror=zqx()\x3e",
    "&lt;img src=x onerror=zqx()&gt;",
    "&amp;lt;script&amp;gt;zqx()",
    "<template><script>zqx()</script></template>",
]
_BREAKS = [
    '"',
    "'",
    "`",
    '">',
    "'>",
    '" onfocus=zqx() autofocus x="',
    "' onmouseover=zqx() x='",
    "-->",
    "]]>",
    "\\",
]
_SCHEMES = [
    *(
        "javascript:zqx()",
        "JaVaScRiPt:zqx()",
        "java\tscript:zqx()",
        " javascript:zqx()",
        "javascript&colon;zqx()",
    ),
    *(
        "&#106;avascript:zqx()",
        "&#x6a;avascript:zqx()",
        "data:text/html,<script>zqx()</script>",
        "vbscript:zqx()",
    ),
    *("file:///etc/passwd", "blob:zqx", "javascript:%0azqx()", "\x01javascript:zqx()", "ja\\vascript:zqx()"),
    *("data:image/svg+xml;base64,PHN2Zz4=", "feed:javascript:zqx()", "jar:javascript:zqx()!/"),
]
_LINKS = ["[a]({})", "[a](<{}>)", "![a]({})", "<{}>", '[a]({} "zqx")', "[a]: {}\n\n[a]", '<a href="{}">a</a>']
_MARKDOWN = [
    '[a](https://x.example/" onclick="zqx())',
    "[a](https://x.example/' onclick='zqx())",
    "![x](https://zqx.example/x.png)",
    '[a](https://x.example "" onmouseover=zqx() "")',
    '```html"><img src=x onerror=zqx()>\n<script>zqx()</script>\n```',
    "`<script>zqx()</script>`",
    "    <script>zqx()</script>",
    "# <img src=x onerror=zqx()>",
    "| <script>zqx()</script> | b |\n|---|---|\n| <img src=x onerror=zqx()> | c |",
    "**<b onclick=zqx()>x**</b>",
    "[<img src=x onerror=zqx()>](https://x.example)",
    "1. <li onclick=zqx()>",
    "> <blockquote onclick=zqx()>",
    "&#60;script&#62;zqx()&#60;/script&#62;",
    "\\<script>zqx()\\</script>",
]
_TEMPLATES = [
    *(
        "{{ 700*11 }}",
        "{% debug %}",
        "{0.__class__}",
        "{name.__init__}",
        "%(name)s",
        "${7*7}",
        "{% include 'x' %}",
    ),
    *(
        "{{ settings.SECRET_KEY }}",
        "{%load%}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{!name}",
        "{authority.x}",
        "{:>9999999}",
    ),
]


def corpus() -> list[str]:
    """Every one of them, alone and put together: well over 150."""
    links = [form.format(scheme) for form, scheme in itertools.product(_LINKS, _SCHEMES)]
    broken = [f"{before}{html}" for before, html in itertools.product(_BREAKS, _HTML[:6])]
    halves = [html[: len(html) // 2] for html in _HTML]
    return _HTML + broken + links + _MARKDOWN + _TEMPLATES + halves


class Reader(HTMLParser):
    """Collects the elements that are not ours, handlers, schemes and whatever stays open."""

    _EMPTY = frozenset({"br", "hr", "img", "input", "meta", "link"})

    def __init__(self, tags: frozenset[str], attributes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes = tags, attributes
        self.problems: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.tags:
            self.problems.append(f"<{tag}>")
        for name, value in attrs:
            if name not in self.attributes:
                self.problems.append(f"{tag} {name}")
            if name == "href" and not re.match(
                r"(https?://|mailto:|tel:|/(?!/)|[#?])", unescape(value or "")
            ):
                self.problems.append(f"href={value}")
        if tag not in self._EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in self._EMPTY:
            self.problems.append(f"</{tag}>")

    def handle_comment(self, data):
        self.problems.append(f"<!--{data[:20]}")

    def handle_decl(self, decl):
        self.problems.append(f"<!{decl[:20]}")

    unknown_decl = handle_pi = handle_decl


def dangers(html: str, tags: frozenset[str], attributes: frozenset[str]) -> list[str]:
    """What is wrong with a piece of HTML that may hold only ``tags`` with only ``attributes``."""
    reader = Reader(tags, attributes)
    reader.feed(html)
    reader.close()
    return reader.problems + [f"open <{tag}>" for tag in reader.open]
