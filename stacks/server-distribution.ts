import type { Construct } from 'constructs';
import { DISTRIBUTIONS, Distribution } from '../constructs/distribution';
import { ValidationError } from '../constructs/validation-error';
import type { Inputs } from './inputs';

/** The software of the server: as declared, unless the inputs of the environment say otherwise. */
export function serverDistribution(scope: Construct, declared: Distribution, inputs: Inputs): Distribution {
  const image = inputs.image('vault', declared.image);
  const chosen = inputs.distribution
    ? { openbao: Distribution.openBao, vault: Distribution.vault }[inputs.distribution](image)
    : declared.withImage(image);
  const program = programOf(image);
  if (program && program !== chosen.binary) {
    throw new ValidationError(
      scope,
      `'distribution' must be that of the server's image, got ${chosen.name} with '${image}'; set both 'distribution' and 'images.vault' of 'context.${scope.node.id}' in cdktf.json`,
    );
  }
  return chosen;
}

/** Only of the well-known names can be said whose they are; a mirror may call them anything. */
function programOf(image: string): string | undefined {
  if (/(^|\/)openbao[/:@-]/.test(image)) return DISTRIBUTIONS.openbao.binary;
  return /(^|\/)hashicorp\/vault[:@]/.test(image) ? DISTRIBUTIONS.vault.binary : undefined;
}
