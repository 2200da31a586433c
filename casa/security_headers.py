"""What pages may load, and what browsers may offer them: headers of every answer."""

from typing import Any

from csp.constants import NONCE, NONE, SELF

# No page asks for any of these, whatever gets onto it. Copying a link stays possible.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb",
        "xr-spatial-tracking",
    )
}  # fmt: skip

# The style sheet that the rich-text editor (0.28) puts into its page; a browser test of the admin
# fails when an update changes it, and the browser's console then names the new one.
EDITOR_STYLE_HASH = "sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA="


def content_security_policy() -> dict[str, Any]:
    """Each page may also load the style sheet of its look (casa/appearance/middleware.py)."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "object-src": [NONE],  # as above; auditors look for it by name
            "script-src": [SELF, NONCE],
            "style-src": [SELF, f"'{EDITOR_STYLE_HASH}'"],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }
