// One version, two spellings: VAMS writes its 128 bits in base32 behind `v-`, Posta in base62 behind `astv_`.
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const DIGITS = 22;
const PADDING = 2n; // 26 letters of 5 bits are 130

export function postaVersion(id) {
  let bits = 0n;
  for (const letter of id.slice(2)) bits = bits * 32n + BigInt(BASE32.indexOf(letter));
  bits >>= PADDING;
  let text = "";
  for (let digit = 0; digit < DIGITS; digit++) {
    text = BASE62[Number(bits % 62n)] + text;
    bits /= 62n;
  }
  return `astv_${text}`;
}
