# SPDX-License-Identifier: MPL-2.0
"""Encryption: the installation's key wraps a key per municipality; tasks get key pairs of their own.

The installation's key comes from INDGANG_MASTER_KEY and is not SECRET_KEY, so that renewing one leaves
the other alone. Primitives are libsodium's (PyNaCl): SecretBox for files, SealedBox for bids.
"""

import base64

from django.conf import settings
from django.utils import timezone
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from indgang.kernel.models import MunicipalityKey


def master_box() -> SecretBox:
    """Raises ValueError when INDGANG_MASTER_KEY is missing or is not 32 bytes in base64."""
    try:
        return SecretBox(base64.b64decode(settings.MASTER_KEY, validate=True))
    except Exception as trouble:
        raise ValueError("INDGANG_MASTER_KEY must be 32 random bytes in base64") from trouble


def municipality_box(municipality_id: int) -> SecretBox:
    """The box that files and private keys of one municipality are locked in; made at first use."""
    row = MunicipalityKey.objects.filter(municipality_id=municipality_id).first()
    if row is None:
        fresh = bytes(master_box().encrypt(PrivateKey.generate().encode()))
        row, _ = MunicipalityKey.objects.get_or_create(
            municipality_id=municipality_id, defaults={"wrapped": fresh, "created_at": timezone.now()}
        )
    return SecretBox(master_box().decrypt(bytes(row.wrapped)))


def new_key_pair(municipality_id: int) -> tuple[bytes, bytes]:
    """A public key, and its private key locked in the municipality's box."""
    private = PrivateKey.generate()
    locked = bytes(municipality_box(municipality_id).encrypt(private.encode()))
    return private.public_key.encode(), locked


def seal(content: bytes, public_key: bytes) -> bytes:
    """Encrypt so that only the private key's holder can read it; whoever seals cannot open again."""
    return bytes(SealedBox(PublicKey(public_key)).encrypt(content))


def unseal(sealed: bytes, locked_private_key: bytes, municipality_id: int) -> bytes:
    """The inverse of `seal`. Raises nacl.exceptions.CryptoError when the content was altered."""
    private = PrivateKey(municipality_box(municipality_id).decrypt(locked_private_key))
    return bytes(SealedBox(private).decrypt(sealed))
