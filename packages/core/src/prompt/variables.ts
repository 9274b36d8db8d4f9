import Mustache from 'mustache';

/**
 * The variables that a part of a template can see: its own item, then those around it. Only own members count, so no
 * template reaches a prototype, and nothing is called: a function is as good as missing.
 */
export class Variables extends Mustache.Context {
  override lookup(name: string): unknown {
    if (name === '.') return usable(this.view);
    for (let scope: Mustache.Context | undefined = this; scope !== undefined; scope = scope.parent) {
      const value = usable(follow(scope.view, name));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  override push(view: unknown): Variables {
    return new Variables(view, this);
  }
}

function follow(view: unknown, name: string): unknown {
  let value = view;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    try {
      if (!Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string, unknown>)[step];
    } catch {
      return undefined;
    }
  }
  return value;
}

function usable(value: unknown): unknown {
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
}

/** How a value reads in a prompt; `undefined` where it cannot be printed. Objects and lists are JSON, as models know it. */
export function printVariable(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value !== 'object') return value === undefined ? undefined : String(value);
  try {
    const printed: unknown = value instanceof Date ? value.toISOString() : JSON.stringify(value);
    return typeof printed === 'string' ? printed : undefined;
  } catch {
    return undefined;
  }
}
