"""Mail: a newsletter saved as ``.eml``, or a page saved whole as ``.mht``."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from corpus.assemble import Given, assemble, normal
from corpus.errors import UnreadableReport
from corpus.readers.flow import Known, tidy
from corpus.readers.html import MAX_BYTES, report_of
from corpus.readers.html.document import decoded
from corpus.report import Report

_FORWARDED = re.compile(r"^(?:(?:re|fwd?|전달|회신|답장)\s*:\s*|[(\[]광고[)\]]\s*)+", re.IGNORECASE)


def read_mail(data: bytes, source: str, name: str, given: Given) -> Report:
    """Read the HTML of a message, else its plain text; attachments are not opened.

    Subject, day and sender are title, date and publisher where nothing else says them.
    Raises :class:`UnreadableReport` for what is no mail or has no text.
    """
    if not data.strip() or len(data) > MAX_BYTES:
        raise UnreadableReport(
            f"cannot read {source!r}: it has {len(data):,} bytes; expected a message of at most "
            f"{MAX_BYTES:,}: save it again"
        )
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
        html, plain = _part(message, "html"), _part(message, "plain")
        known = _known(message)
    except (MessageError, LookupError, ValueError, AttributeError) as exc:
        # Python's parser of header fields raises the latter three on damaged ones.
        raise _refusal(source, f"its headers are damaged ({type(exc).__name__})") from exc
    if html is not None:
        markup = decoded(html[0], source) if not html[1] else html[1]
        return report_of(markup, source, name, given, known, format="mail")
    text = normal(plain[1] or plain[0].decode("utf-8", "replace")) if plain else ""
    if not text.strip():
        raise _refusal(source, "it holds no text")
    given = Given(
        given.id,
        given.date or known.date,
        given.title or known.title,
        given.publisher or known.publisher,
        given.authors,
    )
    return assemble(text, format="mail", source=source, name=name, given=given)


def _refusal(source: str, what: str) -> UnreadableReport:
    return UnreadableReport(
        f"cannot read {source!r}: {what}; expected a message with text or HTML: save it again"
    )


def _part(message: EmailMessage, kind: str) -> tuple[bytes, str] | None:
    """The first part of a kind: its bytes, and its text where it names its encoding."""
    if not message.keys():
        return None
    for part in message.walk():
        if part.get_content_type() != f"text/{kind}" or part.is_attachment():
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data.strip():
            continue
        charset = part.get_content_charset()
        try:
            return data, data.decode(charset) if charset else ""
        except (UnicodeDecodeError, LookupError):
            return data, ""
    return None


def _known(message: EmailMessage) -> Known:
    sender, address = parseaddr(str(message.get("From", "")))
    domain = address.rpartition("@")[2]
    return Known(
        title=_FORWARDED.sub("", tidy(str(message.get("Subject", "")))) or None,
        date=_day(str(message.get("Date", ""))),
        publisher=tidy(sender) or domain or None,
    )


def _day(text: str) -> dt.date | None:
    """The day a message was sent, where it was sent."""
    try:
        return parsedate_to_datetime(text).date() if text else None
    except (ValueError, TypeError, IndexError):
        return None
