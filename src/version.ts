/** The same as in package.json, where npm wants it (a test compares). */
export const VERSION = '0.1.0'
