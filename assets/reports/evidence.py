"""What ties a paper to the publication it was made of: the digest of its manifest, and whether that was signed."""

from warehouse.reading import Published, manifest_of, sha256_of


def evidence(published: Published) -> str:
    """A sentence for page 1; with its digest `mtcl verify --digest` finds the publication in the published folder."""
    manifest = manifest_of(published.path)
    if not manifest.exists():
        return "Bản công bố không có bản kê bên cạnh nên không có mã băm."
    signed_by = published.manifest.get("signed_by")
    signature = f"ký bằng khóa {signed_by[:16]}" if signed_by else "chưa ký số"
    return f"Mã băm SHA-256 của bản kê: {sha256_of(manifest)} ({signature})."
