import stackTrace = require('cdktf/lib/tokens/private/stack-trace');

/**
 * Keeps cdktf from noting where each token and each block of a resource was made: the whole call stack, mapped to the
 * TypeScript sources, several times a container. That is a third of the time and a fifth of the memory of a
 * synth, cdktf has no option for it, and the note is shown in one place: below a token that cannot be
 * resolved. Set `DEBUG` to have it.
 */
export function forgetCreationStacks(): void {
  if (!process.env.DEBUG) Object.assign(stackTrace, { captureStackTrace: () => [] });
}
