"""Mail drafts: files that a mail program opens ready to be sent, never sent from here."""

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from suivi_tui.documents.letter import Recipient
from suivi_tui.vocabulary.text import clean

_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def draft(to: Recipient, subject: str, body: str, attached: tuple[str, bytes]) -> bytes:
    """An ``.eml`` file, its attachment named; without a usable address nobody is addressed."""
    message = EmailMessage(policy=SMTP)
    # Outlook and Thunderbird open such a message as one being written.
    message["X-Unsent"] = "1"
    message["Subject"] = clean(subject)
    address = address_of(to)
    if address is not None:
        message["To"] = address
    message.set_content(body, charset="utf-8", cte="base64")
    name, content = attached
    main, sub = _WORD
    message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def address_of(to: Recipient) -> Address | None:
    """The address of a recipient; None when there is none or it is not one."""
    mail = clean(to.mail)
    if not mail or any(sign in mail for sign in ' ,;<>"()[]\\'):
        return None
    try:
        found = Address(display_name=clean(to.name), addr_spec=mail)
    except (ValueError, HeaderParseError, IndexError):
        return None
    return found if found.username and "." in found.domain else None
