export const valid: string = `sluice: 1
flagSetId: support
switches:
  ai-agent: { enabled: true }
  code-execution: { enabled: false, retryAfterSeconds: 60 }
segments:
  staff: { when: { email: { endsWith: "@acme.com" } } }
flags:
  support-model:
    kind: model
    requires: [ai-agent]
    variants: { gpt: { model: gpt-4o }, claude: { model: claude } }
    control: gpt
    rules:
      - { name: staff-first, when: { inSegment: staff }, serve: claude }
    rollout: { percentage: 10, serve: claude }
  tone: { variants: { formal: formal, warm: warm }, control: formal }
  limit: { variants: { low: 1, high: 2 }, control: low }
  runner: { kind: tool, requires: [code-execution] }
`;

export const broken: string = `sluice: 1
flags:
  support-model:
    variants: { a: 1, b: two }
    control: c
    rollout: { percentage: 110, serve: a }
`;
