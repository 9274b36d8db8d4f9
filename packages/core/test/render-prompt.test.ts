import fc from 'fast-check';
import Mustache from 'mustache';
import { describe, expect, it } from 'vitest';
import { renderPrompt } from '../src/prompt/render-prompt.ts';

const text = (template: string, variables: Record<string, unknown> = {}) => renderPrompt(template, variables).prompt;
const missing = (template: string, variables: Record<string, unknown> = {}) =>
  renderPrompt(template, variables).missing.map(({ name }) => name);

describe('a rendered prompt', () => {
  it('has the shape of its payload, with every template of it rendered and the rest as it was', () => {
    const payload = {
      model: '{{name}} is no template here',
      template: 'T {{name}}',
      prompt: 'P {{name}}',
      system: [{ type: 'text', text: 'S {{name}}', cache: true }],
      instructions: 'I {{name}}',
      messages: [
        { role: 'user', name: '{{name}}', content: 'M {{name}}' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'C {{name}}' },
            { type: 'image', url: '{{name}}' },
          ],
        },
        { role: 'assistant', content: null, tool_calls: [{ id: '{{name}}' }] },
      ],
    };
    const before = structuredClone(payload);
    expect(renderPrompt(payload, { name: 'Ada' })).toEqual({
      prompt: {
        model: '{{name}} is no template here',
        template: 'T Ada',
        prompt: 'P Ada',
        system: [{ type: 'text', text: 'S Ada', cache: true }],
        instructions: 'I Ada',
        messages: [
          { role: 'user', name: '{{name}}', content: 'M Ada' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'C Ada' },
              { type: 'image', url: '{{name}}' },
            ],
          },
          { role: 'assistant', content: null, tool_calls: [{ id: '{{name}}' }] },
        ],
      },
      missing: [],
      broken: [],
    });
    expect(payload).toEqual(before);
    expect(renderPrompt([{ role: 'user', content: '{{name}}' }], { name: 'Ada' }).prompt).toEqual([
      { role: 'user', content: 'Ada' },
    ]);
  });

  it('is not escaped for HTML, however many braces are written', () => {
    const code = `if (a < b && c > "d") { x = 'y/z' }`;
    expect(text('{{code}} {{{code}}} {{&code}}', { code })).toBe(`${code} ${code} ${code}`);
  });

  it('prints values as a model reads them', () => {
    const values = {
      n: 1.5,
      big: 2n ** 70n,
      yes: true,
      none: null,
      list: ['a', 1],
      object: { a: [] },
      day: new Date(0),
    };
    expect(text('{{{object}}} {{&list}}', values)).toBe('{"a":[]} ["a",1]');
    expect(missing('{{{a}}}{{&b}}')).toEqual(['a', 'b']);
    expect(text('{{n}} {{big}} {{yes}} [{{none}}] {{list}} {{object}} {{day}}', values)).toBe(
      '1.5 1180591620717411303424 true [] ["a",1] {"a":[]} 1970-01-01T00:00:00.000Z',
    );
  });

  it('renders sections and lists as Mustache does, whole lines gone where only a tag stands on them', () => {
    const template =
      'Facts:\n{{#facts}}\n- {{text}} ({{source.name}}, {{lang}})\n{{/facts}}\n{{^facts}}\nnone\n{{/facts}}\nEnd';
    const facts = [
      { text: 'A', source: { name: 'x' } },
      { text: 'B', source: { name: 'y' }, lang: 'de' },
    ];
    expect(text(template, { facts, lang: 'en' })).toBe('Facts:\n- A (x, en)\n- B (y, de)\nEnd');
    expect(text(template, { facts: [] })).toBe('Facts:\nnone\nEnd');
    expect(text('{{#tags}}<{{.}}>{{/tags}}', { tags: ['a', 'b'] })).toBe('<a><b>');
    expect(text('{{=<% %>=}}<% name %> {{name}}', { name: 'Ada' })).toBe('Ada {{name}}');
    expect(text('a{{! a note }}b')).toBe('ab');
  });

  it('equals what the library renders where there is nothing odd', () => {
    const variables = { a: 'x', b: { c: 1, d: '' }, list: [{ a: 1 }, { c: 2 }], no: false, yes: true };
    const tag = fc.constantFrom(
      '{{a}}',
      '{{b.c}}',
      '{{{ b.d }}}',
      ' text\n',
      '{{#list}}',
      '{{/list}}',
      '{{^no}}',
      '{{/no}}',
      '\n',
    );
    const config = { escape: String };
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 8 }), (tags) => {
        const template = tags.join('');
        const { prompt, broken } = renderPrompt(template, variables);
        if (broken.length > 0) expect(() => Mustache.parse(template)).toThrow();
        else expect(prompt).toBe(Mustache.render(template, variables, {}, config));
      }),
    );
  });
});

describe('a missing variable', () => {
  it('is named with the template that asked for it, and nothing is printed', () => {
    const payload = { messages: [{ role: 'user', content: 'Hi {{ user.name }}, {{user.name}} {{product}}' }] };
    expect(renderPrompt(payload, { user: {} })).toEqual({
      prompt: { messages: [{ role: 'user', content: 'Hi ,  ' }] },
      missing: [
        { name: 'user.name', path: ['messages', 0, 'content'] },
        { name: 'product', path: ['messages', 0, 'content'] },
      ],
      broken: [],
    });
  });

  it('is one that is undefined, a function, a symbol, or cannot be printed; null and empty texts are there', () => {
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    const thrower = {
      toJSON: () => {
        throw new Error('no');
      },
    };
    const variables = {
      a: undefined,
      b: () => 'called',
      c: Symbol('c'),
      d: circle,
      e: thrower,
      f: new Date(Number.NaN),
      g: null,
      h: '',
      i: 0,
      j: false,
    };
    expect(missing('{{a}}{{b}}{{c}}{{d}}{{e}}{{f}}{{g}}{{h}}{{i}}{{j}}', variables)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
    ]);
  });

  it('is no member that every object has, at whatever depth', () => {
    const template = '{{constructor}}{{__proto__}}{{a.toString}}{{a.constructor.name}}{{list.map}}{{text.length}}';
    expect(renderPrompt(template, { a: {}, list: [], text: 'x' })).toMatchObject({
      prompt: '',
      missing: { length: 6 },
    });
    expect(text('{{list.length}} {{list.0}}', { list: ['a'] })).toBe('1 a');
  });

  it('is no function that could run: not as a section either', () => {
    let called = 0;
    const lambda = () => () => {
      called++;
      return 'x';
    };
    expect(renderPrompt('{{#wrap}}inner{{/wrap}}{{wrap}}', { wrap: lambda })).toMatchObject({
      prompt: '',
      missing: [{ name: 'wrap' }],
    });
    expect(called).toBe(0);
  });

  it('is a section that nobody decided, unless the template also says what to write without it', () => {
    expect(missing('{{#vip}}{{gift}}{{/vip}}')).toEqual(['vip']);
    expect(missing('{{#vip}}{{gift}}{{/vip}}', { vip: false })).toEqual([]);
    expect(missing('{{#vip}}x{{/vip}}{{^vip}}y{{/vip}}')).toEqual([]);
    expect(missing('{{^vip}}{{offer}}{{/vip}}')).toEqual(['offer']);
    expect(missing('{{^vip}}y{{/vip}}')).toEqual([]);
  });

  it('is looked up in each item of a list, then around it, and only where the section is rendered', () => {
    const template = '{{#items}}{{name}}{{unit}}{{/items}}';
    expect(missing(template, { items: [{ name: 'a' }, { name: 'b' }], unit: 'kg' })).toEqual([]);
    expect(missing(template, { items: [{ name: 'a' }, {}], unit: 'kg' })).toEqual(['name']);
    expect(missing(template, { items: [] })).toEqual([]);
  });

  it('is a partial, whose text is not here', () => {
    expect(renderPrompt('a{{> footer}}b', { footer: 'x' })).toMatchObject({
      prompt: 'ab',
      missing: [{ name: '> footer' }],
    });
  });
});

describe('rendering', () => {
  it('leaves a template that cannot be read as it is and says so', () => {
    expect(renderPrompt({ system: '{{#a}}', prompt: 'Hi {{name}}' }, { name: 'Ada' })).toEqual({
      prompt: { system: '{{#a}}', prompt: 'Hi Ada' },
      missing: [],
      broken: [{ path: ['system'], message: expect.stringContaining('Unclosed section "a"') }],
    });
    const deep = `${'{{#a}}'.repeat(20_000)}${'{{/a}}'.repeat(20_000)}`;
    expect(renderPrompt(deep, { a: true }).broken).toEqual([{ path: [], message: 'its sections are nested too deep' }]);
  });

  it('does not heed what others in the process made of the library', () => {
    const { tags } = Mustache;
    Mustache.tags = ['<%', '%>'];
    try {
      expect(text('{{name}}', { name: 'Ada' })).toBe('Ada');
    } finally {
      Mustache.tags = tags;
    }
  });

  it('never throws, whatever the payload and the variables are', () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
        getOwnPropertyDescriptor: () => {
          throw new Error('trap');
        },
      },
    );
    expect(missing('{{trap.x}}{{trap}}', { trap })).toEqual(['trap.x', 'trap']);
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.string(), (payload, value, template) => {
        renderPrompt(payload, { value });
        renderPrompt(`{{value}}{{#value}}{{.}}{{x.y}}{{/value}}${template}`, { value });
        renderPrompt('{{a}}', value as never);
        expect(renderPrompt({ template: payload }, {})).toHaveProperty('prompt');
      }),
    );
  });
});
