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
    const flag = flagWithoutValue(error as NodeJS.ErrnoException);
    if (flag !== undefined) {
      throw new OperationError([`'${flag}' must be followed by a value, got none; see ${help}`], 2);
    }
    const [reason] = (error as Error).message.split(/[.\n]/);
    throw new OperationError([`'flags' must be known ones, got: ${reason}; see ${help}`], 2);
  }
}

/** Node says so of one that is last, and of one after which another flag comes. */
function flagWithoutValue({ code, message }: NodeJS.ErrnoException): string | undefined {
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return undefined;
  return /^Option '(?:-\w, )?(--[^' ]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(message)?.[1];
}
