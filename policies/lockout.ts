/**
 * How many wrong passwords lock an operator out, and for how long. After as long without one they are counted anew.
 * The server's configuration says so for every method of the type, and the ceremony for the one it sets up.
 */
export const LOCKOUT = { threshold: '5', duration: '15m' } as const;
