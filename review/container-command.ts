import { type Container, textOf } from './container';
import { remembered } from './remembered';

/** All that a container runs, its test of health among it: what everybody sees who may list the processes of its host. */
export const commandOf = remembered((container: Container): string => {
  const tests = container.blocks('healthcheck').flatMap(({ test = [] }) => [test].flat());
  return [...container.words, ...tests.map((one) => textOf(one as string) ?? '')].join(' ');
});
