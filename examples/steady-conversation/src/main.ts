import { converse } from './conversations.ts';

for (const sticky of [false, true]) {
  const { changed, newModel } = await converse(sticky);
  const kind = sticky ? 'sticky' : 'not sticky';
  console.log(
    `${kind}: ${changed} of 5000 conversations changed model midway; new ones got the new model: ${newModel * 100}%`,
  );
}
