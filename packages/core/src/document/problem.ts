/** One thing that is wrong with a document, where it is, and how to mend it. */
export interface Problem {
  /** An error refuses the document; a warning does not. */
  readonly severity: 'error' | 'warning';
  /**
   * `syntax`: not YAML or JSON. `structure`: what the JSON Schema refuses as well. `reference`: what no schema can see,
   * such as a name that does not exist.
   */
  readonly check: 'syntax' | 'structure' | 'reference';
  /** Keys and indexes from the document's root, such as `['flags', 'support-model', 'rollout']`. */
  readonly path: Path;
  /** What is wrong, and what to write instead. */
  readonly message: string;
  /** From 1; only where the document was read from text. */
  readonly line?: number;
  readonly column?: number;
}

export type Path = readonly (string | number)[];

/** Thrown for a document that cannot be used; it lists every problem at once. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly problems: readonly Problem[];

  /** `origin` is what a person calls the document, such as its file's path. */
  constructor(origin: string, problems: readonly Problem[], options?: ErrorOptions) {
    super(`${origin} is not a usable flag document:\n${problems.map(formatProblem).join('\n')}`, options);
    this.problems = problems;
  }
}

/** `  12:5  error  flags.support-model.control  "gpt-5" is not a variant…` */
export function formatProblem(problem: Problem): string {
  const at = problem.line === undefined ? '' : `${problem.line}:${problem.column ?? 1}  `;
  return `  ${at}${problem.severity}  ${formatPath(problem.path)}  ${problem.message}`;
}

export function formatPath(path: Path): string {
  if (path.length === 0) return '(document)';
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w$-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
