// MD5 (RFC 1321), which is how S3 names bytes and which browsers do not offer: to know what is there already.
const BLOCK = 64;
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Int32Array.from({ length: 64 }, (_, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
);

export class Md5 {
  #state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476);
  #rest = new Uint8Array(BLOCK);
  #restLength = 0;
  #length = 0;
  #words = new Int32Array(16);

  update(bytes) {
    let at = 0;
    this.#length += bytes.length;
    if (this.#restLength) {
      at = Math.min(BLOCK - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < BLOCK) return this;
      this.#mix(this.#rest, 0);
      this.#restLength = 0;
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.#mix(bytes, at);
    this.#rest.set(bytes.subarray(at));
    this.#restLength = bytes.length - at;
    return this;
  }

  /** The 16 bytes; nothing can be added then. */
  digest() {
    const length = this.#length;
    const tail = new Uint8Array((this.#restLength < 56 ? BLOCK : 2 * BLOCK) - this.#restLength);
    tail[0] = 0x80;
    const view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, (length * 8) >>> 0, true);
    view.setUint32(tail.length - 4, Math.floor(length / 2 ** 29), true);
    this.update(tail);
    const found = new DataView(new ArrayBuffer(16));
    this.#state.forEach((word, index) => {
      found.setInt32(index * 4, word, true);
    });
    return new Uint8Array(found.buffer);
  }

  #mix(bytes, start) {
    const words = this.#words;
    for (let index = 0, at = start; index < 16; index++, at += 4) {
      words[index] = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    }
    const state = this.#state;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    for (let index = 0; index < 64; index++) {
      const round = index >> 4;
      let mixed = 0;
      let word = index;
      if (round === 0) {
        mixed = (b & c) | (~b & d);
      } else if (round === 1) {
        mixed = (d & b) | (~d & c);
        word = (5 * index + 1) & 15;
      } else if (round === 2) {
        mixed = b ^ c ^ d;
        word = (3 * index + 5) & 15;
      } else {
        mixed = c ^ (b | ~d);
        word = (7 * index) & 15;
      }
      const sum = (a + mixed + SINES[index] + words[word]) | 0;
      const shift = SHIFTS[(round << 2) | (index & 3)];
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
}

export const hex = (digest) => Array.from(digest, (one) => one.toString(16).padStart(2, "0")).join("");
