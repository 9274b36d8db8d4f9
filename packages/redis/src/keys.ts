/** Where things are kept. All but assignments share a hash tag, and so one slot, since scripts change several at once. */
export interface Keys {
  /** What a person calls the place, for messages. */
  readonly place: string;
  /** Hash: `revision`, `switch:<name>`, `flag:<key>`. */
  readonly switches: string;
  /** Hash: `revision`, `text`. */
  readonly document: string;
  /** Stream of the last documents; each entry's id is its revision. */
  readonly versions: string;
  /** Stream of what was changed. */
  readonly audit: string;
  /** Hash of the processes that follow the switches. */
  readonly followers: string;
  /** Channel on which changes are told. */
  readonly changes: string;
}

export function keysOf(prefix: string): Keys {
  const key = (name: string): string => `{${prefix}}:${name}`;
  return {
    place: `redis ${prefix}`,
    switches: key('switches'),
    document: key('document'),
    versions: key('document:versions'),
    audit: key('audit'),
    followers: key('followers'),
    changes: key('changes'),
  };
}
