/** The folder of the package. It lies two folders up, whether this runs from `src/main`, `dist/main` or `dist/bundle`. */
export const packageRoot = new URL('../../', import.meta.url);
