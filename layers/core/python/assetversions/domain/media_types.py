"""What a file's name says about its type: one table for uploads, listings and every API."""

from functools import cache
from mimetypes import MimeTypes

_OURS = {
    "model/gltf-binary": ".glb",
    "model/gltf+json": ".gltf",
    "model/vnd.usdz+zip": ".usdz",
    "model/vnd.usd": ".usd .usdc",
    "model/vnd.usda": ".usda",
    "model/obj": ".obj",
    "model/mtl": ".mtl",
    "model/stl": ".stl",
    "model/step": ".step .stp",
    "model/iges": ".iges .igs",
    "model/ply": ".ply",
    "model/3mf": ".3mf",
    "model/vnd.collada+xml": ".dae",
    "application/vnd.autodesk.revit": ".rvt .rfa",
    "application/x-ifc": ".ifc",
    "application/vnd.autodesk.fbx": ".fbx",
    "application/x-blender": ".blend",
    "image/vnd.dwg": ".dwg",
    "image/vnd.dxf": ".dxf",
    "image/x-exr": ".exr",
    "image/vnd.radiance": ".hdr",
    "image/ktx2": ".ktx2",
    "image/ktx": ".ktx",
    "image/vnd-ms.dds": ".dds",
    "image/x-tga": ".tga",
    "image/vnd.adobe.photoshop": ".psd",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/heic": ".heic",
    "video/x-matroska": ".mkv",
    "audio/flac": ".flac",
    "audio/ogg": ".ogg",
    "text/markdown": ".md",
    "application/yaml": ".yaml .yml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.ms-word.document.macroEnabled.12": ".docm",
    "application/vnd.ms-excel.sheet.macroEnabled.12": ".xlsm",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.12": ".pptm",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
# S3 unpacks nothing: a packed file is no more than that, whatever is in it.
_PACKED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


@cache
def _types() -> MimeTypes:
    """Python's own and ours: what a machine has in /etc/mime.types is read for it, but must not decide."""
    types = MimeTypes()
    for kind, extensions in _OURS.items():
        for extension in extensions.split():
            types.add_type(kind, extension)
    return types


def media_type(path: str) -> str | None:
    """The media type of a file of this name, None where the name does not tell."""
    # With a slash before it, a name with a colon in it is no address.
    kind, packed = _types().guess_type(f"/{path}")
    return kind if packed is None else _PACKED.get(packed)
