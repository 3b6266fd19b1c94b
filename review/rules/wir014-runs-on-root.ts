import { ofRootTokens } from '../root-tokens';
import type { Rule } from '../rule';

/** One that is written out is told by HRD-B08. */
export const runsOnRoot: Rule = {
  id: 'WIR014',
  level: 'fatal',
  title: 'a service runs on a root token',
  ...ofRootTokens(({ isDevelopment }) => !isDevelopment),
};
