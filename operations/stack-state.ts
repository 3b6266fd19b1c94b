import type { LastDeploy } from './last-deploy';
import { LocalState } from './local-state';
import type { Machine } from './machine';
import { RemoteState } from './remote-state';
import type { StackFile } from './stack-file';

/** The state of one stack, wherever it is. */
export interface StackState {
  /**
   * Reads it. It takes no lock: a deploy may be under way.
   * @throws OperationError where it cannot be read
   */
  read(): Promise<LastDeploy>;
}

export function stackState(stack: StackFile, machine: Machine): StackState {
  return stack.backend.type === 'local' ? LocalState.of(stack) : new RemoteState(stack, machine);
}
