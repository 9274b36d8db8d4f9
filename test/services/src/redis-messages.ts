/** Loses what Redis publishes, on demand, between it and its clients: for `fromServer` of a proxy. */
export interface MessageFilter {
  /** Whether published messages are lost from now on. */
  dropping: boolean;
  /** How many were lost. */
  readonly dropped: number;
  fromServer(): (bytes: Buffer) => Buffer;
}

const messageKinds = ['message', 'smessage'].map((kind) => Buffer.from(`\r\n$${kind.length}\r\n${kind}\r\n`));

/** Replies pass untouched, those to SUBSCRIBE too; only messages of channels are lost, in RESP2 and RESP3. */
export function messageFilter(): MessageFilter {
  let dropped = 0;
  const filter: MessageFilter = {
    dropping: false,
    get dropped() {
      return dropped;
    },
    fromServer() {
      let rest: Buffer = Buffer.alloc(0);
      return (bytes) => {
        rest = Buffer.concat([rest, bytes]);
        const kept: Buffer[] = [];
        for (;;) {
          const end = endOfReply(rest, 0);
          if (end === undefined) return Buffer.concat(kept);
          const reply = rest.subarray(0, end);
          rest = rest.subarray(end);
          if (filter.dropping && isMessage(reply)) dropped++;
          else kept.push(reply);
        }
      };
    },
  };
  return filter;
}

/** A message is an array or a push whose first member says so: `*3`, `$7`, `message`, … */
function isMessage(reply: Buffer): boolean {
  const head = reply.indexOf('\r\n');
  return messageKinds.some((kind) => reply.subarray(head, head + kind.length).equals(kind));
}

/** Where the reply that begins at `start` ends; `undefined` where it has not come whole. */
function endOfReply(bytes: Buffer, start: number): number | undefined {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd === -1) return undefined;
  const kind = String.fromCharCode(bytes[start] as number);
  const count = Number(bytes.toString('latin1', start + 1, lineEnd));
  const body = lineEnd + 2;
  if ('$=!'.includes(kind)) {
    const end = count < 0 ? body : body + count + 2;
    return end <= bytes.length ? end : undefined;
  }
  if (!'*>~%|'.includes(kind)) return body;
  // A map has a key and a value for each; an attribute is followed by the reply that it belongs to.
  const members = kind === '%' ? count * 2 : kind === '|' ? count * 2 + 1 : count;
  let end: number | undefined = body;
  for (let member = 0; member < members && end !== undefined; member++) end = endOfReply(bytes, end);
  return end;
}
