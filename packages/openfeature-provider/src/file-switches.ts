import { resolve } from 'node:path';
import {
  noSwitches,
  readSwitchStates,
  type SwitchChange,
  type SwitchStates,
  type SwitchStore,
  writeSwitchStates,
} from '@sluice/core';
import { editFile, editsOf } from './edited-file.ts';
import { followTextFile } from './follow-text-file.ts';
import { readTextFileIfAny } from './read-text-file.ts';
import { changeSwitches, type SwitchEdit } from './switch-change.ts';
import type { TextResult } from './watch-text-file.ts';

export interface FileSwitchesOptions {
  /** How often the file is looked at, in case the system tells nothing of a change, as a shared volume. @default 200 */
  readonly pollIntervalMs?: number;
  /** How long the text has to stay the same before it counts as written out. @default 10 */
  readonly settleMs?: number;
}

const NOTHING_SET = textOf(noSwitches);

/**
 * Keeps switch states in a file, which all processes of a machine or of a shared volume follow. It is made by the first
 * change, replaced whole by each, and may be edited by hand; changes are listed in `<path>.audit.ndjson`.
 *
 * A file that holds no switch states, or is gone after it held some, is an error: what was known last stays.
 */
export function fileSwitches(path: string, options: FileSwitchesOptions = {}): SwitchStore {
  const { pollIntervalMs = 200, settleMs = 10 } = options;
  // A relative path means the file it meant here, whatever directory the process changes to.
  const absolutePath = resolve(path);
  let lastText: string | undefined;
  let lastRevision = 0;

  const readText = async (): Promise<string> => {
    const text = await readTextFileIfAny(absolutePath);
    if (text === undefined && lastRevision > 0) {
      throw new Error(
        `${path} is gone, with the switch states that were in it: put it back, or set the switches again`,
      );
    }
    return text ?? NOTHING_SET;
  };
  const parse = (text: string): SwitchStates => {
    const states = statesIn(path, text);
    lastRevision = states.revision;
    return states;
  };
  const change = (text: TextResult): SwitchChange => {
    try {
      return { states: parse(text()) };
    } catch (error) {
      return { error: error as Error };
    }
  };
  const following = followTextFile({ path: absolutePath, pollIntervalMs, settleMs, read: readText }, change);
  const edit = async (made: SwitchEdit): Promise<number> => {
    let revision = 0;
    await editFile(absolutePath, (text) => {
      const { states, entry } = changeSwitches(text === undefined ? noSwitches : statesIn(path, text), made);
      revision = states.revision;
      return { text: textOf(states), entry };
    });
    return revision;
  };
  return {
    name: `file ${path}`,
    async read() {
      lastText = undefined;
      const text = await readText();
      const states = parse(text);
      lastText = text;
      return states;
    },
    watch(listener) {
      following.add(listener, lastText);
    },
    set: (target, state) => edit({ target, state, author: state }),
    clear: (target, author) => edit({ target, state: null, author }),
    audit: (limit) => editsOf(absolutePath, limit),
    async close() {
      following.end();
    },
  };
}

function textOf(states: SwitchStates): string {
  return `${JSON.stringify(writeSwitchStates(states), null, 2)}\n`;
}

function statesIn(path: string, text: string): SwitchStates {
  try {
    return readSwitchStates(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} holds no switch states: ${(error as Error).message}`, { cause: error });
  }
}
