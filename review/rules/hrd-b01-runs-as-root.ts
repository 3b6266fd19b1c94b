import { ofServers } from '../hardening';
import type { Rule } from '../rule';

/** Without a user the image decides: its entrypoint starts as root, but for images on UBI. */
export const runsAsRoot: Rule = {
  id: 'HRD-B01',
  level: 'error',
  title: 'the server runs as root',
  ...ofServers(function* ({ container, image = '' }) {
    const user = container.text('user');
    if (user === undefined && /-ubi(?![a-z])/.test(image)) return;
    if (user !== undefined && user !== '' && !/^(root|0+)(:|$)/.test(user)) return;
    yield {
      seen: user ? `'user' is '${user}'` : "'user' is not there: its entrypoint starts as root",
      remedy: "write the user of the image, such as user = '100:1000'",
    };
  }),
};
