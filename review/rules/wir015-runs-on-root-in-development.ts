import { ofRootTokens } from '../root-tokens';
import type { Rule } from '../rule';

/** What works with a root token fails with the policy of the service, and nobody sees that before staging. */
export const runsOnRootInDevelopment: Rule = {
  id: 'WIR015',
  level: 'warning',
  title: 'a service runs on a root token in development',
  ...ofRootTokens(({ isDevelopment }) => isDevelopment),
};
