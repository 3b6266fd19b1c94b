/** What somebody has to agree to, by the label that says so. The review tells which of them a change needs. */
const LABELS = {
  'access-broadening': { variable: 'BROADENING', what: 'somebody can reach more than before' },
  'destroys-data': {
    variable: 'DESTROY',
    what: 'something that holds data or identity is destroyed or replaced',
  },
};

module.exports = { LABELS };
