import { waitFor } from './clock';
import type { Outcome, Unsealing, UnsealProgress } from './unsealing';
import type { VaultSurroundings } from './vault-surroundings';

/** How often the server is asked whether somebody else has unsealed it. */
const LOOK = { patienceMs: Number.POSITIVE_INFINITY, everyMs: 2_000 };

type People = Pick<VaultSurroundings, 'input' | 'clock' | 'signal' | 'say'>;

/**
 * Asks the holders for their shares, one after another, until no node needs one. Others may give theirs elsewhere
 * meanwhile.
 *
 * @returns where the nodes stand: some are sealed still when nobody had another share
 */
export async function askHolders(unsealing: Unsealing, people: People): Promise<UnsealProgress> {
  for (;;) {
    const progress = await unsealing.settle(people);
    if (progress.sealed.length === 0) return progress;
    const share = await shareOf(progress, unsealing, people);
    if (share === 'not needed') continue;
    if (!share) return unsealing.look();
    const outcome = await unsealing.give(share);
    people.say(await sentence(outcome, unsealing));
  }
}

async function shareOf(
  { given, threshold }: UnsealProgress,
  unsealing: Unsealing,
  people: People,
): Promise<string | undefined> {
  const question = `share ${given + 1} of ${threshold}, which is not shown`;
  if (!people.input.isTerminal) return people.input.line(question);
  const withdrawn = new AbortController();
  const watched = new AbortController();
  const watching = waitFor({ clock: people.clock, signal: watched.signal }, LOOK, async () =>
    (await unsealing.look()).sealed.length === 0 ? true : undefined,
  ).then(
    () => withdrawn.abort(),
    () => {},
  );
  try {
    const share = await people.input.line(question, withdrawn.signal);
    return withdrawn.signal.aborted ? 'not needed' : share;
  } finally {
    watched.abort();
    await watching;
  }
}

async function sentence(outcome: Outcome, unsealing: Unsealing): Promise<string> {
  switch (outcome) {
    case 'taken': {
      const { given, threshold, sealed } = await unsealing.look();
      return sealed.length === 0 ? 'taken' : `taken: ${given} of ${threshold}`;
    }
    case 'known':
      return 'this share was given before; each holder has another one';
    case 'no share':
      return 'this is no share; paste what decrypting the file of the holder gave, and nothing else';
    case 'begin again':
      return 'one of these shares is wrong or of another server, and the server cannot tell which: it has forgotten all of them, begin again with the first';
  }
}
