/** FNV-1a, 32 bits, over UTF-16 units. `basis` is where another text's hash left off: two texts hash as one joined. */
export function fnv1a(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
