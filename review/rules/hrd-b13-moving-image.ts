import { MARK } from '../../policies/terraform-value';
import { ofServers } from '../hardening';
import type { Rule } from '../rule';

const DIGEST = /@sha256:[a-f0-9]{64}$/;
const COMPLETE = /:v?\d+\.\d+\.\d+(?:[-+.][\w.-]+)?$/;

/** An upgrade of Vault is decided on: it can change the storage in a way that has no way back. */
export const movingImage: Rule = {
  id: 'HRD-B13',
  level: 'warning',
  title: 'the version of the server is left to the registry',
  ...ofServers(function* ({ image }) {
    if (image === undefined || image.search(MARK) >= 0 || DIGEST.test(image) || COMPLETE.test(image)) return;
    yield {
      seen: `image '${image}' is another one tomorrow`,
      remedy: 'write all three parts of the version, or best its digest',
    };
  }),
};
