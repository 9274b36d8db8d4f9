import eld from 'eld/small';
import { franc } from 'franc-min';
import lande from 'lande';
import { languages } from './languages.ts';

/** Says in which language a text is written, as ISO 639-3; `undefined` where the model cannot tell. */
export type Model = (text: string) => string | undefined;

const codeByShort = new Map(languages.map(({ short, code }) => [short, code]));

/** The real models by name, each called the way its own documentation says. */
export const models: Readonly<Record<string, Model>> = {
  'franc-min': (text) => {
    const code = franc(text);
    return code === 'und' ? undefined : code;
  },
  eld: (text) => {
    const { language } = eld.detect(text);
    return language === '' ? undefined : (codeByShort.get(language) ?? language);
  },
  lande: (text) => lande(text)[0]?.[0],
};
