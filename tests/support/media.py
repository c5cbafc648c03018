"""Small files of the kinds that people look at, made of nothing."""

import io
import json
import math
import struct
import wave
import zipfile
import zlib
from pathlib import Path

Colour = tuple[int, int, int]
FILES = Path(__file__).with_name("media_files")


def made(name: str) -> bytes:
    """One that took a vendor's encoder: the folder's README says how it was made."""
    return (FILES / name).read_bytes()


def png(colour: Colour, width: int = 32, height: int = 20) -> bytes:
    """A picture of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def wav(seconds: float = 0.2) -> bytes:
    """Silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(bytes(2 * int(8_000 * seconds)))
    return file.getvalue()


def pdf(text: str, pages: int = 2) -> bytes:
    """Pages that say the same."""
    drawn = f"BT /F1 24 Tf 40 150 Td ({text}) Tj ET".encode()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    kids = " ".join(f"{5 + number} 0 R" for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[page] * pages,
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(whole))
    return whole + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)


CORNERS = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0))
SQUARE = (0, 1, 2, 0, 2, 3)


def gltf(buffer: str, picture: str) -> tuple[bytes, bytes]:
    """A square with a picture on it, which it names as it names its buffer; and the bytes of that."""
    places = b"".join(struct.pack("<fff", *corner) for corner in CORNERS)
    across = b"".join(struct.pack("<ff", x, 1 - y) for x, y, _ in CORNERS)
    order = struct.pack("<6H", *SQUARE)
    data = places + across + order
    views = [(0, len(places)), (len(places), len(across)), (len(places) + len(across), len(order))]
    said = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [
            {"primitives": [{"attributes": {"POSITION": 0, "TEXCOORD_0": 1}, "indices": 2, "material": 0}]}
        ],
        "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}, "metallicFactor": 0}}],
        "textures": [{"source": 0}],
        "images": [{"uri": picture}],
        "buffers": [{"uri": buffer, "byteLength": len(data)}],
        "bufferViews": [{"buffer": 0, "byteOffset": start, "byteLength": size} for start, size in views],
        "accessors": [
            {
                "bufferView": 0,
                "componentType": 5126,
                "count": 4,
                "type": "VEC3",
                "min": [0, 0, 0],
                "max": [1, 1, 0],
            },
            {"bufferView": 1, "componentType": 5126, "count": 4, "type": "VEC2"},
            {"bufferView": 2, "componentType": 5123, "count": 6, "type": "SCALAR"},
        ],
    }
    return json.dumps(said).encode(), data


def glb(document: bytes, data: bytes) -> bytes:
    """The same in one file; the document has no `uri` of its buffer then."""
    document += b" " * (-len(document) % 4)
    data += b"\0" * (-len(data) % 4)
    chunks = struct.pack("<II", len(document), 0x4E4F534A) + document
    chunks += struct.pack("<II", len(data), 0x004E4942) + data
    return struct.pack("<III", 0x46546C67, 2, 12 + len(chunks)) + chunks


def obj(library: str) -> bytes:
    """A square that names a library of materials."""
    lines = [f"mtllib {library}", *("v {} {} {}".format(*corner) for corner in CORNERS)]
    lines += [*("vt {} {}".format(*corner) for corner in CORNERS), "usemtl one", "f 1/1 2/2 3/3 4/4"]
    return "\n".join(lines).encode()


def stl() -> bytes:
    """A square of two triangles."""
    faces = b"".join(
        struct.pack("<3f", 0, 0, 1) + b"".join(struct.pack("<3f", *CORNERS[one]) for one in face) + b"\0\0"
        for face in (SQUARE[:3], SQUARE[3:])
    )
    return b"\0" * 80 + struct.pack("<I", 2) + faces


def vase(library: str, belly: float = 0.5, around: int = 24, up: int = 10) -> bytes:
    """Something round that names a library of materials; the larger its belly, the wider it is."""
    lines = [f"mtllib {library}", "usemtl one"]
    for row in range(up + 1):
        height = row / up
        radius = 0.25 + belly * math.sin(math.pi * height**0.7) * (1 - 0.4 * height)
        for step in range(around + 1):
            angle = 2 * math.pi * step / around
            lines.append(f"v {radius * math.cos(angle):.4f} {1.6 * height} {radius * math.sin(angle):.4f}")
            lines.append(f"vt {3 * step / around:.4f} {height}")
    for row in range(up):
        for step in range(around):
            one = row * (around + 1) + step + 1
            corners = (one, one + around + 1, one + around + 2, one + 1)
            lines.append("f " + " ".join(f"{corner}/{corner}" for corner in corners))
    return "\n".join(lines).encode()


def ply(colour: Colour | None = None) -> bytes:
    """Four points; a square of this colour, where there is one."""
    red_green_blue = "" if colour is None else " {} {} {}".format(*colour)
    head = ["ply", "format ascii 1.0", "element vertex 4", *(f"property float {axis}" for axis in "xyz")]
    faces = []
    if colour is not None:
        head += [f"property uchar {name}" for name in ("red", "green", "blue")]
        head += ["element face 2", "property list uchar int vertex_indices"]
        faces = ["3 {} {} {}".format(*face) for face in (SQUARE[:3], SQUARE[3:])]
    points = ["{} {} {}".format(*corner) + red_green_blue for corner in CORNERS]
    return "\n".join([*head, "end_header", *points, *faces, ""]).encode()


def usdz(picture: bytes, packing: int = zipfile.ZIP_STORED) -> bytes:
    """A square with this picture on it; no good one is packed."""
    said = f"""#usda 1.0
(
    defaultPrim = "Root"
    upAxis = "Y"
)
def Xform "Root"
{{
    def Mesh "Square" (
        prepend apiSchemas = ["MaterialBindingAPI"]
    )
    {{
        uniform bool doubleSided = 1
        int[] faceVertexCounts = [3, 3]
        int[] faceVertexIndices = {list(SQUARE)}
        point3f[] points = {list(CORNERS)}
        texCoord2f[] primvars:st = {[(x, y) for x, y, _ in CORNERS]} (
            interpolation = "vertex"
        )
        rel material:binding = </Root/Skin>
    }}
    def Material "Skin"
    {{
        token outputs:surface.connect = </Root/Skin/Surface.outputs:surface>
        def Shader "Surface"
        {{
            uniform token info:id = "UsdPreviewSurface"
            color3f inputs:diffuseColor.connect = </Root/Skin/Picture.outputs:rgb>
            token outputs:surface
        }}
        def Shader "Picture"
        {{
            uniform token info:id = "UsdUVTexture"
            asset inputs:file = @skin.png@
            float2 inputs:st.connect = </Root/Skin/Places.outputs:result>
            float3 outputs:rgb
        }}
        def Shader "Places"
        {{
            uniform token info:id = "UsdPrimvarReader_float2"
            string inputs:varname = "st"
            float2 outputs:result
        }}
    }}
}}
"""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as packed:
        packed.writestr("square.usda", said)
        packed.writestr("skin.png", picture)
    return file.getvalue()
