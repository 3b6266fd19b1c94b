import { type ParseArgsConfig, parseArgs } from 'node:util';
import { OperationError } from './operation-error';

/**
 * Takes apart what was typed.
 *
 * @param help where the flags are told, such as `npm run vault -- --help`
 * @throws OperationError with exit code 2 on a flag that there is not
 */
export function parsedFlags<Config extends ParseArgsConfig>(config: Config, help: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    const [reason] = (error as Error).message.split(/[.\n]/);
    throw new OperationError([`'flags' must be known ones, got: ${reason}; see ${help}`], 2);
  }
}
