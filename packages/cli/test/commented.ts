import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** As a person writes one: comments, an order of its own, quotes and spacing that no printer would choose. */
export const commented: string = `# owned by the support team
sluice: 1
flagSetId: support   # do not rename

switches:
  # off means: no agent answers
  ai-agent: { enabled: true,   retryAfterSeconds: 300 }
  code-execution:
    enabled: false

flags:
  tone:   # an old one
    variants: { formal: 'formal', warm: "warm" }
    control: formal
    rollout: { serve: warm, percentage: 100 }
  support-model:
    requires: [ ai-agent ]
    kind: model
    variants:
      gpt:    { model: gpt-4o }   # safe
      claude: { model: claude }
    control: gpt
    rules:
      - { name: eu, when: { country: DE }, rollout: { percentage: 50, serve: claude } }
    rollout:
      percentage: 10  # since May
      serve: claude
`;

/** A file with that document, which is gone after the test. */
export function commentedFile(): string {
  const file = join(temporaryFolder(), 'flags.yaml');
  writeFileSync(file, commented);
  return file;
}
