import type { Path } from '../../document/problem.ts';
import type { TextEdit } from './json-edits.ts';
import { entryOf, type TextNode } from './text-tree.ts';

interface Alias {
  readonly path: Path;
  readonly node: TextNode;
  readonly target: TextNode | undefined;
}

/**
 * The aliases that have to be written out before an edit, because it would show through them: the one on the way, or else
 * those of anchors in which, or around which, something changes.
 */
export function aliasesInTheWay(root: TextNode | undefined, { path }: Pick<TextEdit, 'path'>): readonly Path[] {
  const touched = new Set<TextNode>();
  let node = root;
  for (const [length, step] of path.entries()) {
    if (node === undefined) break;
    if (node.shape === 'alias') return [path.slice(0, length)];
    touched.add(node);
    node = entryOf(node, step)?.node;
  }
  const gone = new Set<TextNode>();
  if (node !== undefined) for (const each of within(node)) gone.add(each);
  return aliasesOf(root)
    .filter(
      ({ node: alias, target }) =>
        target !== undefined && !gone.has(alias) && (touched.has(target) || gone.has(target)),
    )
    .map((alias) => alias.path);
}

function within(node: TextNode): TextNode[] {
  return [node, ...node.entries.flatMap((entry) => (entry.node === undefined ? [] : within(entry.node)))];
}

/** In the order of the text, in which an anchor's name may be given again. */
function aliasesOf(root: TextNode | undefined): readonly Alias[] {
  const anchors = new Map<string, TextNode>();
  const found: Alias[] = [];
  const walk = (node: TextNode, path: Path): void => {
    if (node.shape === 'alias') found.push({ path, node, target: anchors.get(node.anchor ?? '') });
    else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    for (const entry of node.entries) if (entry.node !== undefined) walk(entry.node, [...path, entry.name]);
  };
  if (root !== undefined) walk(root, []);
  return found;
}
