import { withoutSlashes } from '../access/declarations';
import { remembered } from './remembered';
import { type ReviewedEnvironment, textOf } from './reviewed-environment';
import { serversOf } from './vault-servers';

const ENGINE = /^vault_(mount|\w+_secret_backend)$/;

/**
 * Paths of all secrets engines, with the one that a server for development brings; those that every server has, such as
 * `sys` and `cubbyhole`, are left out.
 *
 * @returns nothing where one of them is known at an apply only, or declared by a module
 */
export const enginePathsOf = remembered((environment: ReviewedEnvironment): readonly string[] | undefined => {
  const { access, blocks, modules } = environment;
  const declared = blocks
    .filter(({ block: { kind, type } }) => kind === 'resource' && ENGINE.test(type))
    .map(({ block }) => textOf(block, block.attributes.path === undefined ? 'backend' : 'path'));
  const called = blocks.flatMap(({ block }) => {
    const path = block.type === 'vault_generic_endpoint' ? (textOf(block, 'path') ?? '') : '';
    return /^\/?sys\/mounts\/([^*]+?)\/?$/.exec(path)?.[1] ?? [];
  });
  if (modules.length > 0 || declared.includes(undefined)) return undefined;
  const brought = serversOf(environment).some((one) => one.isDevelopmentServer) ? ['secret'] : [];
  const paths = [
    ...(declared as string[]),
    ...called,
    ...access.kvMounts.map(({ path }) => path),
    ...brought,
  ];
  return [...new Set(paths.map(withoutSlashes))];
});
