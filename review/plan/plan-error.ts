import { SynthError } from '../../access/synth-error';

/** What was given as a plan is none, or none that can be read here. Quotes nothing of what is in it. */
export class PlanError extends SynthError {
  public constructor(stack: string, problem: string) {
    super(`plan of '${stack}': ${problem}`);
    this.name = 'PlanError';
  }
}
