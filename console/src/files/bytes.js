// The beginning of a file, from its link: S3 is asked for no more than is shown.

/** Text of at most `most` bytes, whether that was all, and whether it is text at all. */
export async function readText(url, most, signal) {
  const reply = await fetch(url, {
    headers: { Range: `bytes=0-${most - 1}` },
    signal,
    referrerPolicy: "no-referrer",
  });
  if (!reply.ok) throw Object.assign(new Error(""), { status: reply.status });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  return { ...decode(bytes.subarray(0, most)), read: Math.min(bytes.length, most) };
}

const MARKS = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

function decode(bytes) {
  const marked = MARKS.find(([mark]) => mark.every((value, index) => bytes[index] === value));
  if (marked) return { text: new TextDecoder(marked[1]).decode(bytes), binary: false };
  return { text: new TextDecoder().decode(bytes), binary: bytes.includes(0) };
}
