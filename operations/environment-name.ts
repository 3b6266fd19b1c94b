import { nearestName } from '../policies/nearest-name';
import { OperationError } from './operation-error';

/**
 * The environment that somebody named.
 *
 * @param command what is typed before the name, such as `npm run deploy --`
 * @throws OperationError with exit code 2 on a name that there is not
 */
export function environmentNamed<Environment>(
  name: string | undefined,
  known: { readonly names: readonly string[]; get(name: string): Environment },
  command: string,
): Environment {
  if (name !== undefined && known.names.includes(name)) return known.get(name);
  const got = name === undefined ? 'nothing' : `'${name}'`;
  const ofPlatform = known.names.filter((one) => one.startsWith(`${name}-`));
  const nearest = name && nearestName(name, known.names);
  const [names, remedy] =
    ofPlatform.length > 1
      ? [ofPlatform, `that is a platform, name its environment too, as in ${command} ${ofPlatform[0]}`]
      : nearest
        ? [known.names, `did you mean ${command} ${nearest}`]
        : [known.names, `name it first, as in ${command} ${known.names[0]}`];
  throw new OperationError([`'environment' must be one of ${names.join(', ')}, got ${got}; ${remedy}`], 2);
}
