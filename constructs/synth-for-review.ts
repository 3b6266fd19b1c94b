/**
 * A variable with the folder for stacks that are reviewed and never deployed. With it main.ts also writes stacks that
 * rules refuse, prints nothing and does not look at certificates.
 */
export const SYNTH_FOR_REVIEW = 'SYNTH_FOR_REVIEW';
